//! The statements of a new report put to claims: found by keys, compared with representatives, joined by mean nearness. It changes nothing: what is
//! to be kept is returned.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onrecord_annotate::Act;
use onrecord_evidence::{ClaimId, EventId, StatementId};
use serde::{Deserialize, Serialize};

use super::claim::{Claim, Event};
use super::compare::{Comparer, Reason, ReasonKind};
use super::keys::ClaimKey;
use super::links::{ClaimLink, links};
use super::reports::{EventReport, core};
use super::statement::{Statement, Voice};
use super::store::{ClaimStore, LinkDecision, MemoryClaims};
use super::utterance::Utterance;

/// From which mean nearness on something joins, 0 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// A report to an event.
    pub event: u16,
    /// A statement to a claim of the same event.
    pub within: u16,
    /// A statement to a claim of another event.
    pub across: u16,
    /// Below the others, from here on, the claim is named as undecided.
    pub undecided: u16,
}

impl Default for Thresholds {
    /// Chosen on the tuning part of the data (`models/propositions/CARD.md`).
    fn default() -> Self {
        Self { event: 500, within: 500, across: 700, undecided: 300 }
    }
}

/// Entries of a key that are looked at: what more reports share than these is no trace of one event.
const MOST_OF_KEY: usize = 32;
/// Events that are compared with a report.
const MOST_EVENTS: usize = 16;
/// Claims that are compared with a statement, besides those of its event.
const MOST_CLAIMS: usize = 16;
/// Claims that an event lists.
const MOST_LISTED: usize = 64;
/// Undecided claims that are named for a statement.
const MOST_UNDECIDED: usize = 3;
/// How far back a reference like "the report" reaches, in statements.
const REFERS_BACK: u32 = 3;
/// Utterances of a claim that are looked at.
const MOST_UTTERANCES: usize = 64;

/// How a statement came to its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joining {
    /// It founds the claim.
    Founds,
    /// It says the same.
    SameProposition,
    /// Its words only refer to what a statement before it says: "denied the report".
    RefersBack,
    /// A person decided.
    Decided,
    /// It says too little to be put to a claim.
    Unplaced,
}

/// Where a statement was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The statement.
    pub statement: StatementId,
    /// Its claim; `None` where it says too little.
    pub claim: Option<ClaimId>,
    /// How it came there.
    pub joining: Joining,
    /// Mean nearness to the claim's representatives, 0 to 1000; 0 where it founds it.
    pub nearness: u16,
    /// The representative that is nearest, with which the reasons were found.
    pub nearest: Option<StatementId>,
    /// Why, with words of this statement and of the nearest one.
    pub reasons: Vec<Reason>,
    /// Claims that it may also be on, the nearest first.
    pub undecided: Vec<(ClaimId, u16)>,
    /// The utterance that it reports, where a speaker is named.
    pub utterance: Option<onrecord_evidence::UtteranceId>,
}

/// All that a new report changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The report's event, as it is now.
    pub event: Event,
    /// How near the report was to it, 0 to 1000; 0 where it founds it.
    pub nearness: u16,
    /// The claim that the report is mainly about: that of the statement nearest to the event's other reports; its first claim where it founds the event.
    pub main_claim: Option<ClaimId>,
    /// Where each statement was put, in the order of the statements.
    pub placements: Vec<Placement>,
    /// The claims that are new or changed, by id.
    pub claims: Vec<Claim>,
    /// Keys that lead to claims from now on.
    pub claim_keys: Vec<(ClaimKey, ClaimId)>,
    /// Keys that lead to the event from now on.
    pub event_keys: Vec<ClaimKey>,
    /// New links between claims.
    pub links: Vec<ClaimLink>,
    /// The utterances that are new or changed, by id.
    pub utterances: Vec<Utterance>,
}

/// Puts the statements of one report, which the store does not hold yet, to claims; `None` where it has no statements.
pub fn assign(
    statements: &[Statement],
    store: &dyn ClaimStore,
    comparer: &Comparer,
    thresholds: Thresholds,
) -> Option<Assignment> {
    let report = EventReport::new(statements)?;
    let (event, nearness, lead) = event_of(report, statements, store, comparer, thresholds);
    let mut work = Work { store, comparer, thresholds, event, claims: BTreeMap::new(), seen: BTreeSet::new() };
    let mut placements: Vec<Placement> = Vec::with_capacity(statements.len());
    let mut claim_keys = Vec::new();
    let mut utterances: BTreeMap<onrecord_evidence::UtteranceId, Utterance> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        let mut placement = work.place(statement, &statements[..index], &placements);
        if let Some(claim) = placement.claim {
            if matches!(placement.joining, Joining::Founds | Joining::SameProposition | Joining::Decided) {
                claim_keys.extend(ClaimKey::of(&statement.proposition).into_iter().map(|(key, _)| (key, claim)));
            }
            placement.utterance = join_utterance(statement, claim, store, &mut utterances);
        }
        placements.push(placement);
    }
    let main_claim = lead
        .and_then(|lead| placements.iter().find(|placement| placement.statement == lead))
        .and_then(|placement| placement.claim)
        .or_else(|| placements.iter().find_map(|placement| placement.claim));
    let links = links(statements, &placements);
    let event_keys: BTreeSet<ClaimKey> =
        core(statements).flat_map(|one| ClaimKey::of(&one.proposition)).map(|(key, _)| key).collect();
    Some(Assignment {
        event: work.event,
        nearness,
        main_claim,
        placements,
        claims: work.claims.into_values().map(Arc::unwrap_or_clone).collect(),
        claim_keys,
        event_keys: event_keys.into_iter().collect(),
        links,
        utterances: utterances.into_values().collect(),
    })
}

/// Puts all reports to claims anew, in the order of date and id: the same reports and decisions give the same claims in whatever order they came.
pub fn relink(
    mut reports: Vec<Vec<Statement>>,
    decisions: &[(StatementId, StatementId, LinkDecision)],
    comparer: &Comparer,
    thresholds: Thresholds,
) -> (MemoryClaims, Vec<Assignment>) {
    reports.retain(|statements| !statements.is_empty());
    reports.sort_by_cached_key(|statements| statements[0].rank());
    let mut store = MemoryClaims::with_decisions(decisions);
    let mut assignments = Vec::with_capacity(reports.len());
    for statements in &reports {
        if let Some(assignment) = assign(statements, &store, comparer, thresholds) {
            store.apply(&assignment);
            assignments.push(assignment);
        }
    }
    (store, assignments)
}

/// The event of a report, how near it is, and the statement that is nearest to the event.
fn event_of(
    mut report: EventReport,
    statements: &[Statement],
    store: &dyn ClaimStore,
    comparer: &Comparer,
    thresholds: Thresholds,
) -> (Event, u16, Option<StatementId>) {
    let mut weights: BTreeMap<EventId, u64> = BTreeMap::new();
    let keys: BTreeMap<ClaimKey, u32> = core(statements).flat_map(|one| ClaimKey::of(&one.proposition)).collect();
    for (key, weight) in keys {
        for event in store.events_with(key, MOST_OF_KEY) {
            *weights.entry(event).or_default() += u64::from(weight);
        }
    }
    let best = heaviest(weights, MOST_EVENTS)
        .into_iter()
        .filter_map(|id| store.event(id))
        .map(|event| (event.nearness(&report, comparer), event))
        .filter(|(nearness, _)| *nearness >= thresholds.event)
        .min_by(|(a, one), (b, other)| b.cmp(a).then(one.id.cmp(&other.id)));
    let Some((nearness, event)) = best else { return (Event::founded(report), 0, None) };
    let near = |one: &&Statement| (event.nearness_of(&one.proposition, comparer), u32::MAX - one.order);
    let lead = core(statements).max_by_key(near).map(|one| one.id);
    let mut event = Event::clone(&event);
    report.nearness = nearness;
    event.admit(report);
    (event, nearness, lead)
}

/// The ids with the largest weights, the heaviest first.
fn heaviest<T: Copy + Ord>(weights: BTreeMap<T, u64>, most: usize) -> Vec<T> {
    let mut list: Vec<(T, u64)> = weights.into_iter().collect();
    list.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    list.into_iter().take(most).map(|(id, _)| id).collect()
}

fn join_utterance(
    statement: &Statement,
    claim: ClaimId,
    store: &dyn ClaimStore,
    changed: &mut BTreeMap<onrecord_evidence::UtteranceId, Utterance>,
) -> Option<onrecord_evidence::UtteranceId> {
    let own = Utterance::founded(statement, claim)?;
    let known = changed.values().find(|known| known.is_reported_by(&own)).cloned();
    let known = known
        .or_else(|| store.utterances_on(claim, MOST_UTTERANCES).into_iter().find(|known| known.is_reported_by(&own)));
    let utterance = match known {
        Some(mut known) => {
            known.admit(&own);
            known
        }
        None => own,
    };
    let id = utterance.id;
    changed.insert(id, utterance);
    Some(id)
}

/// A report while its statements are put to claims.
struct Work<'a> {
    store: &'a dyn ClaimStore,
    comparer: &'a Comparer,
    thresholds: Thresholds,
    event: Event,
    /// Claims that this report founded or changed.
    claims: BTreeMap<ClaimId, Arc<Claim>>,
    /// Claims that have a statement of this report.
    seen: BTreeSet<ClaimId>,
}

impl Work<'_> {
    fn claim(&self, id: ClaimId) -> Option<Arc<Claim>> {
        self.claims.get(&id).cloned().or_else(|| self.store.claim(id))
    }

    fn place(&mut self, statement: &Statement, before: &[Statement], placed: &[Placement]) -> Placement {
        let placement = |claim, joining| Placement {
            statement: statement.id,
            claim,
            joining,
            nearness: 0,
            nearest: None,
            reasons: Vec::new(),
            undecided: Vec::new(),
            utterance: None,
        };
        let (must, cannot) = self.decided(statement.id, placed);
        if let Some((claim, other)) = must {
            self.admit(claim, statement, 1000);
            let reasons = vec![Reason { kind: ReasonKind::Decision, ours: Vec::new(), theirs: Vec::new() }];
            return Placement {
                nearness: 1000,
                nearest: Some(other),
                reasons,
                ..placement(Some(claim), Joining::Decided)
            };
        }
        if statement.proposition.is_thin() {
            let back = refers_back(statement, before, placed).filter(|claim| !cannot.contains(claim));
            let joining = if back.is_some() { Joining::RefersBack } else { Joining::Unplaced };
            return placement(back, joining);
        }
        let mut near = self.near(statement, &cannot);
        let joined = near.iter().position(|(_, nearness, needed)| nearness >= needed);
        let joined = joined.map(|index| near.remove(index));
        let undecided = near
            .iter()
            .filter(|(_, nearness, _)| *nearness >= self.thresholds.undecided)
            .take(MOST_UNDECIDED)
            .map(|(claim, nearness, _)| (claim.id, *nearness))
            .collect();
        match joined {
            Some((claim, nearness, _)) => {
                let (nearest, reasons) = self.reasons(statement, &claim);
                self.admit(claim.id, statement, nearness);
                let placement = placement(Some(claim.id), Joining::SameProposition);
                Placement { nearness, nearest, reasons, undecided, ..placement }
            }
            None => {
                let claim = Claim::founded(statement, self.event.id);
                let id = claim.id;
                if self.event.claims.len() < MOST_LISTED {
                    self.event.claims.push(id);
                }
                self.seen.insert(id);
                self.claims.insert(id, Arc::new(claim));
                Placement { undecided, ..placement(Some(id), Joining::Founds) }
            }
        }
    }

    /// The claims that may be that of the statement, with nearness and with what they need to join: the nearest first, those of this event before others.
    fn near(&self, statement: &Statement, cannot: &BTreeSet<ClaimId>) -> Vec<(Arc<Claim>, u16, u16)> {
        let mut weights: BTreeMap<ClaimId, u64> = BTreeMap::new();
        for (key, weight) in ClaimKey::of(&statement.proposition) {
            for claim in self.store.claims_with(key, MOST_OF_KEY) {
                *weights.entry(claim).or_default() += u64::from(weight);
            }
        }
        let mut ids: BTreeSet<ClaimId> = heaviest(weights, MOST_CLAIMS).into_iter().collect();
        ids.extend(&self.event.claims);
        let mut near: Vec<(Arc<Claim>, u16, u16)> = ids
            .into_iter()
            .filter(|id| !cannot.contains(id))
            .filter_map(|id| self.claim(id))
            .map(|claim| {
                let same_event = claim.event == self.event.id;
                let needed = if same_event { self.thresholds.within } else { self.thresholds.across };
                let nearness = claim.nearness(&statement.proposition, self.comparer);
                (claim, nearness, needed)
            })
            .collect();
        near.sort_by(|(a, near, _), (b, nearer, _)| (nearer, a.id).cmp(&(near, b.id)));
        near
    }

    fn admit(&mut self, id: ClaimId, statement: &Statement, nearness: u16) {
        let Some(mut claim) = self.claim(id) else { return };
        Arc::make_mut(&mut claim).admit(statement, nearness, self.seen.insert(id));
        self.claims.insert(id, claim);
    }

    /// The representative that is nearest, and why.
    fn reasons(&self, statement: &Statement, claim: &Claim) -> (Option<StatementId>, Vec<Reason>) {
        let compared =
            claim.representatives.iter().map(|one| (one, self.comparer.score(&statement.proposition, &one.proposition)));
        let nearest = compared.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(one, _)| one);
        let reasons =
            nearest.map(|one| self.comparer.compare(&statement.proposition, &one.proposition).reasons).unwrap_or_default();
        (nearest.map(|one| one.statement), reasons)
    }

    /// What people decided: the claim that the statement must be put to, and those that it cannot be put to.
    fn decided(
        &self,
        statement: StatementId,
        placed: &[Placement],
    ) -> (Option<(ClaimId, StatementId)>, BTreeSet<ClaimId>) {
        let claim_of = |other: StatementId| {
            let here = placed.iter().find(|placement| placement.statement == other).and_then(|one| one.claim);
            here.or_else(|| self.store.claim_of(other))
        };
        let mut must = None;
        let mut cannot = BTreeSet::new();
        for (other, decision) in self.store.decisions(statement) {
            let Some(claim) = claim_of(other) else { continue };
            match decision {
                LinkDecision::MustLink => must = must.or(Some((claim, other))),
                LinkDecision::CannotLink => {
                    cannot.insert(claim);
                }
            }
        }
        (must.filter(|(claim, _)| !cannot.contains(claim)), cannot)
    }
}

/// The claim of the statement to which "the report" or "it" refers: the last one before, if something other is done than affirming.
fn refers_back(statement: &Statement, before: &[Statement], placed: &[Placement]) -> Option<ClaimId> {
    if statement.voice != Voice::Attributed || statement.act.is_none_or(|act| act == Act::Affirm) {
        return None;
    }
    let last = before.iter().zip(placed).rev().find(|(one, placement)| {
        placement.claim.is_some() && !one.proposition.is_thin() && one.attribution != statement.attribution
    });
    last.filter(|(one, _)| one.order + REFERS_BACK >= statement.order).and_then(|(_, placement)| placement.claim)
}
