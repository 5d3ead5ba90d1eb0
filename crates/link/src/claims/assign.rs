//! The statements of a new report put to claims: found by keys, compared with representatives, joined by mean nearness. It changes nothing: what is
//! to be kept is returned.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onrecord_evidence::{ClaimId, Diagnostic, EventId, StatementId, UtteranceId};
use serde::{Deserialize, Serialize};

use super::claim::{Claim, Event};
use super::compare::{Comparer, Reason};
use super::keys::ClaimKey;
use super::links::{ClaimLink, links};
use super::merge::Merge;
use super::place::Work;
use super::reports::{EventReport, core};
use super::statement::Statement;
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
    /// Two claims of one event that a report brings near to each other.
    pub merge: u16,
    /// Below the others, from here on, the claim is named as undecided.
    pub undecided: u16,
}

impl Default for Thresholds {
    /// Chosen on the tuning part of the data (`models/propositions/CARD.md`).
    fn default() -> Self {
        Self { event: 350, within: 425, across: 950, merge: 450, undecided: 300 }
    }
}

/// Entries of a key that are looked at: what more reports share than these is no trace of one event.
pub(super) const MOST_OF_KEY: usize = 32;
/// Events that are compared with a report.
const MOST_EVENTS: usize = 16;
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
    pub utterance: Option<UtteranceId>,
}

/// All that a new report changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The report's event, as it is now.
    pub event: Event,
    /// How near the report was to it, 0 to 1000; 0 where it founds it.
    pub nearness: u16,
    /// The claim that the report is mainly about as far as is known now ([`main_claim`]).
    pub main_claim: Option<ClaimId>,
    /// Where each statement was put, in the order of the statements.
    pub placements: Vec<Placement>,
    /// The claims that are new or changed, by id.
    pub claims: Vec<Claim>,
    /// Claims that this report showed to be one, in the order in which they are to be made one.
    pub merges: Vec<Merge>,
    /// Keys that lead to claims from now on.
    pub claim_keys: Vec<(ClaimKey, ClaimId)>,
    /// Keys that lead to the event from now on.
    pub event_keys: Vec<ClaimKey>,
    /// New links between claims.
    pub links: Vec<ClaimLink>,
    /// The utterances that are new or changed, by id.
    pub utterances: Vec<Utterance>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Puts the statements of one report, which the store does not hold yet, to claims; `None` where it has no statements.
pub fn assign(
    statements: &[Statement],
    store: &dyn ClaimStore,
    comparer: &Comparer,
    thresholds: Thresholds,
) -> Option<Assignment> {
    let report = EventReport::new(statements)?;
    let (event, nearness) = event_of(report, statements, store, comparer, thresholds);
    let mut work = Work {
        store,
        comparer,
        thresholds,
        event,
        claims: BTreeMap::new(),
        seen: BTreeSet::new(),
        merges: Vec::new(),
        forced: Vec::new(),
        diagnostics: Vec::new(),
    };
    let mut placements: Vec<Placement> = Vec::with_capacity(statements.len());
    for (index, statement) in statements.iter().enumerate() {
        placements.push(work.place(statement, &statements[..index], &placements));
    }
    let survivors = work.merge(&placements);
    let mut claim_keys = Vec::new();
    let mut utterances: BTreeMap<UtteranceId, Utterance> = BTreeMap::new();
    for (statement, placement) in statements.iter().zip(&mut placements) {
        let survivor = |claim: ClaimId| survivors.get(&claim).copied().unwrap_or(claim);
        placement.claim = placement.claim.map(survivor);
        let Some(claim) = placement.claim else { continue };
        if matches!(placement.joining, Joining::Founds | Joining::SameProposition | Joining::Decided) {
            claim_keys.extend(ClaimKey::of(&statement.proposition).into_iter().map(|(key, _)| (key, claim)));
        }
        placement.utterance = join_utterance(statement, claim, store, &mut utterances);
    }
    let main_claim = main_claim(&placements, |id| work.claim(id));
    let links = links(statements, &placements);
    let event_keys: BTreeSet<ClaimKey> =
        core(statements).flat_map(|one| ClaimKey::of(&one.proposition)).map(|(key, _)| key).collect();
    Some(Assignment {
        merges: work.merges,
        event: work.event,
        nearness,
        main_claim,
        placements,
        claims: work.claims.into_values().map(Arc::unwrap_or_clone).collect(),
        claim_keys,
        event_keys: event_keys.into_iter().collect(),
        links,
        utterances: utterances.into_values().collect(),
        diagnostics: work.diagnostics,
    })
}

/// The claim that a report is mainly about: of its claims the one that most reports have, and the first of these in its text. It may change when reports come.
pub fn main_claim(placements: &[Placement], claim: impl Fn(ClaimId) -> Option<Arc<Claim>>) -> Option<ClaimId> {
    let mut best: Option<(u32, ClaimId)> = None;
    for id in placements.iter().filter_map(|placement| placement.claim) {
        let Some(claim) = claim(id) else { continue };
        if best.is_none_or(|(most, _)| claim.reports > most) {
            best = Some((claim.reports, claim.id));
        }
    }
    best.map(|(_, id)| id)
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

/// The event of a report, and how near it is.
fn event_of(
    mut report: EventReport,
    statements: &[Statement],
    store: &dyn ClaimStore,
    comparer: &Comparer,
    thresholds: Thresholds,
) -> (Event, u16) {
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
    let first = statements.first().map_or_else(|| StatementId::of_fields(&[]), |one| one.id);
    let Some((nearness, event)) = best else { return (Event::founded(report, first), 0) };
    let mut event = Event::clone(&event);
    // Some of its claims may have been merged by reports of other events.
    let mut known = BTreeSet::new();
    event.claims = event.claims.iter().filter_map(|id| store.claim(*id)).map(|claim| claim.id).collect();
    event.claims.retain(|id| known.insert(*id));
    report.nearness = nearness;
    event.admit(report);
    (event, nearness)
}

/// The ids with the largest weights, the heaviest first.
pub(super) fn heaviest<T: Copy + Ord>(weights: BTreeMap<T, u64>, most: usize) -> Vec<T> {
    let mut list: Vec<(T, u64)> = weights.into_iter().collect();
    list.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    list.into_iter().take(most).map(|(id, _)| id).collect()
}

fn join_utterance(
    statement: &Statement,
    claim: ClaimId,
    store: &dyn ClaimStore,
    changed: &mut BTreeMap<UtteranceId, Utterance>,
) -> Option<UtteranceId> {
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
