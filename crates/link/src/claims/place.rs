//! Where the statements of one report go, one after the other. Not the finding of their event, and nothing is kept here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onrecord_annotate::Act;
use onrecord_evidence::{ClaimId, Diagnostic, StatementId};

use super::assign::{Joining, MOST_OF_KEY, Placement, Thresholds, heaviest};
use super::claim::{Claim, Event};
use super::compare::{Comparer, Reason, ReasonKind};
use super::keys::ClaimKey;
use super::merge::Merge;
use super::statement::{Statement, Voice};
use super::store::{ClaimStore, LinkDecision};

/// Claims that are compared with a statement, besides those of its event.
const MOST_CLAIMS: usize = 16;
/// Claims that an event lists.
const MOST_LISTED: usize = 64;
/// Undecided claims that are named for a statement.
const MOST_UNDECIDED: usize = 3;
/// How far back a reference like "the report" reaches, in statements.
const REFERS_BACK: u32 = 3;

/// A report while its statements are put to claims.
pub(super) struct Work<'a> {
    pub(super) store: &'a dyn ClaimStore,
    pub(super) comparer: &'a Comparer,
    pub(super) thresholds: Thresholds,
    pub(super) event: Event,
    /// Claims that this report founded or changed.
    pub(super) claims: BTreeMap<ClaimId, Arc<Claim>>,
    /// Claims that have a statement of this report.
    pub(super) seen: BTreeSet<ClaimId>,
    /// Claims that were found to be one, in the order in which they were.
    pub(super) merges: Vec<Merge>,
    /// Pairs of claims that people's decisions make one.
    pub(super) forced: Vec<(ClaimId, ClaimId)>,
    /// What was left out.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Work<'_> {
    /// A claim as this report leaves it.
    pub(super) fn claim(&self, id: ClaimId) -> Option<Arc<Claim>> {
        self.claims.get(&id).cloned().or_else(|| self.store.claim(id))
    }

    /// Puts one statement to a claim.
    pub(super) fn place(&mut self, statement: &Statement, before: &[Statement], placed: &[Placement]) -> Placement {
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
        if let Some((claim, other)) = must.first().copied() {
            self.forced.extend(must[1..].iter().map(|(other, _)| (claim, *other)));
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
        // Who says two things in one breath does not say one thing twice.
        let mut cannot = cannot;
        cannot.extend(parts_beside(statement, before, placed));
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
                let mut claim = Claim::founded(statement, self.event.id);
                claim.keep_apart(self.apart(statement.id));
                let id = claim.id;
                if self.event.claims.len() < MOST_LISTED {
                    self.event.claims.push(id);
                } else if self.diagnostics.is_empty() {
                    let message = format!(
                        "the event {} lists {MOST_LISTED} claims; others are found by their words alone",
                        self.event.id
                    );
                    self.diagnostics
                        .push(Diagnostic::note("event-claims-left-out", message).at(statement.article.to_string()));
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
        let apart = self.apart(statement.id);
        let changed = Arc::make_mut(&mut claim);
        changed.admit(statement, nearness, self.seen.insert(id));
        changed.keep_apart(apart);
        self.claims.insert(id, claim);
    }

    /// Statements that people decided not to be of one claim with this one.
    fn apart(&self, statement: StatementId) -> Vec<StatementId> {
        let decisions = self.store.decisions(statement);
        let apart = decisions.into_iter().filter(|(_, decision)| *decision == LinkDecision::CannotLink);
        apart.map(|(other, _)| other).collect()
    }

    /// The representative that is nearest, and why.
    fn reasons(&self, statement: &Statement, claim: &Claim) -> (Option<StatementId>, Vec<Reason>) {
        let compared = claim
            .representatives
            .iter()
            .map(|one| (one, self.comparer.score(&statement.proposition, &one.proposition)));
        let nearest = compared.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(one, _)| one);
        let reasons = nearest
            .map(|one| self.comparer.compare(&statement.proposition, &one.proposition).reasons)
            .unwrap_or_default();
        (nearest.map(|one| one.statement), reasons)
    }

    /// What people decided: the claim that the statement must be put to, and those that it cannot be put to.
    fn decided(
        &self,
        statement: StatementId,
        placed: &[Placement],
    ) -> (Vec<(ClaimId, StatementId)>, BTreeSet<ClaimId>) {
        let claim_of = |other: StatementId| {
            let here = placed.iter().find(|placement| placement.statement == other).and_then(|one| one.claim);
            here.or_else(|| self.store.claim_of(other))
        };
        let mut must = Vec::new();
        let mut cannot = BTreeSet::new();
        for (other, decision) in self.store.decisions(statement) {
            let Some(claim) = claim_of(other) else { continue };
            match decision {
                LinkDecision::MustLink => must.push((claim, other)),
                LinkDecision::CannotLink => {
                    cannot.insert(claim);
                }
            }
        }
        must.retain(|(claim, _)| !cannot.contains(claim));
        (must, cannot)
    }
}

/// The claims of the other parts of the statement's content.
fn parts_beside(statement: &Statement, before: &[Statement], placed: &[Placement]) -> impl Iterator<Item = ClaimId> {
    let pairs = before.iter().zip(placed).rev().take(REFERS_BACK as usize);
    let parts = pairs.filter(|(one, _)| one.part.is_some() && one.attribution == statement.attribution);
    parts.filter_map(|(_, placement)| placement.claim)
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
