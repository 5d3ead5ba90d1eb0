//! What claims need to know of the articles before: asked through a trait that the ledger implements, here kept in memory. Not a decision.

use std::collections::BTreeMap;
use std::sync::Arc;

use onrecord_evidence::{ClaimId, EventId, StatementId};
use serde::{Deserialize, Serialize};

use super::assign::Assignment;
use super::claim::{Claim, Event};
use super::keys::ClaimKey;
use super::utterance::Utterance;

/// A person's word on two statements; it stands above every comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkDecision {
    /// Both are one claim.
    MustLink,
    /// They are not one claim.
    CannotLink,
}

/// The claims so far.
///
/// Lists are ordered: by the time at which their entries were added, the latest first. A store may give fewer than it has, never more than `limit`. An id that was
/// given up in a [`Merge`](super::Merge) leads to the one that stayed, wherever it is given or asked for.
pub trait ClaimStore {
    /// Claims that have a representative with this key.
    fn claims_with(&self, key: ClaimKey, limit: usize) -> Vec<ClaimId>;
    /// Events that have a report with this key among its core statements.
    fn events_with(&self, key: ClaimKey, limit: usize) -> Vec<EventId>;
    /// One claim.
    fn claim(&self, id: ClaimId) -> Option<Arc<Claim>>;
    /// One event.
    fn event(&self, id: EventId) -> Option<Arc<Event>>;
    /// The claim to which a statement was assigned.
    fn claim_of(&self, statement: StatementId) -> Option<ClaimId>;
    /// Decisions that name this statement, with the other statement.
    fn decisions(&self, statement: StatementId) -> Vec<(StatementId, LinkDecision)>;
    /// The utterances on a claim, the latest added first.
    fn utterances_on(&self, claim: ClaimId, limit: usize) -> Vec<Utterance>;
}

/// A store in memory: for relinking, and for tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryClaims {
    claims: BTreeMap<ClaimId, Arc<Claim>>,
    events: BTreeMap<EventId, Arc<Event>>,
    claim_keys: BTreeMap<ClaimKey, Vec<ClaimId>>,
    event_keys: BTreeMap<ClaimKey, Vec<EventId>>,
    placed: BTreeMap<StatementId, ClaimId>,
    decisions: BTreeMap<StatementId, Vec<(StatementId, LinkDecision)>>,
    utterances: BTreeMap<ClaimId, Vec<Utterance>>,
    survivors: BTreeMap<ClaimId, ClaimId>,
}

impl MemoryClaims {
    /// A store without claims that obeys these decisions; of two on one pair the later one counts.
    pub fn with_decisions(decisions: &[(StatementId, StatementId, LinkDecision)]) -> Self {
        let mut store = Self::default();
        for (one, other, decision) in decisions {
            for (one, other) in [(one, other), (other, one)] {
                let list = store.decisions.entry(*one).or_default();
                list.retain(|(known, _)| known != other);
                list.push((*other, *decision));
            }
        }
        store
    }

    /// Keeps what an assignment changed.
    pub fn apply(&mut self, assignment: &Assignment) {
        for merge in &assignment.merges {
            self.claims.remove(&merge.from);
            self.survivors.insert(merge.from, merge.into);
            for mut utterance in self.utterances.remove(&merge.from).unwrap_or_default() {
                utterance.claim = merge.into;
                self.utterances.entry(merge.into).or_default().push(utterance);
            }
        }
        for claim in &assignment.claims {
            self.claims.insert(claim.id, Arc::new(claim.clone()));
        }
        self.events.insert(assignment.event.id, Arc::new(assignment.event.clone()));
        for (key, claim) in &assignment.claim_keys {
            add(self.claim_keys.entry(*key).or_default(), *claim);
        }
        for key in &assignment.event_keys {
            add(self.event_keys.entry(*key).or_default(), assignment.event.id);
        }
        for placement in &assignment.placements {
            if let Some(claim) = placement.claim {
                self.placed.insert(placement.statement, claim);
            }
        }
        for utterance in &assignment.utterances {
            let list = self.utterances.entry(utterance.claim).or_default();
            match list.iter_mut().find(|known| known.id == utterance.id) {
                Some(known) => *known = utterance.clone(),
                None => list.push(utterance.clone()),
            }
        }
    }

    /// The claim to which an id leads: itself, or the one with which it was merged.
    pub fn survivor(&self, mut id: ClaimId) -> ClaimId {
        while let Some(next) = self.survivors.get(&id).filter(|next| **next != id) {
            id = *next;
        }
        id
    }

    /// Every claim, by id.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.claims.values().map(Arc::as_ref)
    }

    /// Every event, by id.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values().map(Arc::as_ref)
    }
}

/// Lists are of those that were added; a linear look is bounded by the newest entries.
fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.iter().rev().take(LOOKED_BACK).any(|known| *known == item) {
        list.push(item);
    }
}

const LOOKED_BACK: usize = 64;

impl ClaimStore for MemoryClaims {
    fn claims_with(&self, key: ClaimKey, limit: usize) -> Vec<ClaimId> {
        let list = self.claim_keys.get(&key).map(Vec::as_slice).unwrap_or_default();
        list.iter().rev().take(limit).map(|id| self.survivor(*id)).collect()
    }

    fn events_with(&self, key: ClaimKey, limit: usize) -> Vec<EventId> {
        self.event_keys.get(&key).map(|list| list.iter().rev().take(limit).copied().collect()).unwrap_or_default()
    }

    fn claim(&self, id: ClaimId) -> Option<Arc<Claim>> {
        self.claims.get(&self.survivor(id)).cloned()
    }

    fn event(&self, id: EventId) -> Option<Arc<Event>> {
        self.events.get(&id).cloned()
    }

    fn claim_of(&self, statement: StatementId) -> Option<ClaimId> {
        self.placed.get(&statement).map(|id| self.survivor(*id))
    }

    fn decisions(&self, statement: StatementId) -> Vec<(StatementId, LinkDecision)> {
        self.decisions.get(&statement).cloned().unwrap_or_default()
    }

    fn utterances_on(&self, claim: ClaimId, limit: usize) -> Vec<Utterance> {
        self.utterances.get(&claim).map(|list| list.iter().rev().take(limit).cloned().collect()).unwrap_or_default()
    }
}
