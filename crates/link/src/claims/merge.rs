//! Claims that a later report shows to be one: what was founded twice because the first two wordings were far from each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use onrecord_evidence::ClaimId;
use serde::{Deserialize, Serialize};

use super::assign::Placement;
use super::claim::Claim;
use super::place::Work;

/// Merges that one report can bring to one of its claims.
const MOST_MERGES: usize = 3;

/// Two claims that are one from now on; the id that is given up leads to the other one for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The claim that is given up.
    pub from: ClaimId,
    /// The claim that stays: the one whose earliest statement is earlier.
    pub into: ClaimId,
    /// Mean score of their representatives, 0 to 1000; 1000 by a person's decision.
    pub nearness: u16,
}

impl Work<'_> {
    /// Merges the claims of this report with others of its event, and gives for each claim that was given up the one that stays.
    pub(super) fn merge(&mut self, placements: &[Placement]) -> BTreeMap<ClaimId, ClaimId> {
        let mut survivors = BTreeMap::new();
        for (one, other) in std::mem::take(&mut self.forced) {
            let (one, other) = (survivor(&survivors, one), survivor(&survivors, other));
            if let (Some(a), Some(b)) = (self.claim(one), self.claim(other))
                && one != other
                && !self.kept_apart(&a, &b, placements, &survivors)
            {
                self.unite(a, b, 1000, &mut survivors);
            }
        }
        let changed: Vec<ClaimId> = self.seen.iter().copied().collect();
        for id in changed {
            for _ in 0..MOST_MERGES {
                let id = survivor(&survivors, id);
                let Some(claim) = self.claim(id) else { break };
                let others = self
                    .event
                    .claims
                    .iter()
                    .filter_map(|other| self.claim(*other))
                    .filter(|other| other.id != claim.id);
                let near = others
                    .map(|other| (claim.nearness_to(&other, self.comparer), other))
                    .filter(|(nearness, _)| *nearness >= self.thresholds.merge)
                    .filter(|(_, other)| !self.kept_apart(&claim, other, placements, &survivors));
                let nearest = near.min_by(|(a, one), (b, other)| b.cmp(a).then(one.id.cmp(&other.id)));
                let Some((nearness, other)) = nearest else { break };
                self.unite(claim, other, nearness, &mut survivors);
            }
        }
        // What was given up may lead to what was given up later.
        let given_up: Vec<ClaimId> = survivors.keys().copied().collect();
        given_up.into_iter().map(|id| (id, survivor(&survivors, id))).collect()
    }

    fn unite(&mut self, a: Arc<Claim>, b: Arc<Claim>, nearness: u16, survivors: &mut BTreeMap<ClaimId, ClaimId>) {
        if a.id == b.id {
            return;
        }
        let (into, from) = if a.earliest() <= b.earliest() { (a, b) } else { (b, a) };
        let mut united = Claim::clone(&into);
        united.absorb(&from);
        self.event.claims.retain(|id| *id != from.id);
        if !self.event.claims.contains(&into.id) && into.event == self.event.id {
            self.event.claims.push(into.id);
        }
        self.claims.remove(&from.id);
        self.seen.insert(into.id);
        survivors.insert(from.id, into.id);
        self.merges.push(Merge { from: from.id, into: into.id, nearness });
        self.claims.insert(into.id, Arc::new(united));
    }

    /// Whether a person decided that a statement of one of them is not of the other.
    fn kept_apart(
        &self,
        a: &Claim,
        b: &Claim,
        placements: &[Placement],
        survivors: &BTreeMap<ClaimId, ClaimId>,
    ) -> bool {
        let has = |claim: &Claim, other: &Claim| {
            claim.apart().iter().any(|statement| {
                let here = placements.iter().find(|one| one.statement == *statement).and_then(|one| one.claim);
                let found = here.or_else(|| self.store.claim_of(*statement));
                found.is_some_and(|found| survivor(survivors, found) == other.id)
            })
        };
        has(a, b) || has(b, a)
    }
}

/// Where an id leads; a chain is as long as there were merges.
fn survivor(survivors: &BTreeMap<ClaimId, ClaimId>, mut id: ClaimId) -> ClaimId {
    while let Some(next) = survivors.get(&id).filter(|next| **next != id) {
        id = *next;
    }
    id
}
