//! Who speaks for whom and under whose command, as the record states it. Nothing is guessed from names.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{ClaimRecord, NewsroomKey, PartyKey, PartyKind, PartyView};

/// Steps that a chain of command is followed.
const MOST_STEPS: usize = 16;

/// The parties of a claim, by key.
pub struct Parties<'r> {
    views: BTreeMap<&'r PartyKey, &'r PartyView>,
}

impl<'r> Parties<'r> {
    /// Those of `record`; of two views of one party the one with more evidence, then the first in order, is taken.
    pub fn of(record: &'r ClaimRecord) -> Self {
        let mut views: BTreeMap<&PartyKey, &PartyView> = BTreeMap::new();
        for view in &record.parties {
            fn rank(view: &PartyView) -> impl Ord {
                (std::cmp::Reverse(view.evidence.len()), &view.speaks_for, &view.commanded_by, &view.side)
            }
            let kept = views.entry(&view.party).or_insert(view);
            if rank(view) < rank(kept) {
                *kept = view;
            }
        }
        Self { views }
    }

    /// What is known of a party.
    pub fn view(&self, party: &PartyKey) -> Option<&'r PartyView> {
        self.views.get(party).copied()
    }

    /// Whether it is named; a party of which nothing is known is.
    pub fn is_named(&self, party: &PartyKey) -> bool {
        self.view(party).is_none_or(|view| view.kind == PartyKind::Named)
    }

    /// The newsroom of an outlet; `None` for other parties.
    pub fn newsroom(&self, party: &PartyKey) -> Option<&'r NewsroomKey> {
        match &self.view(party)?.kind {
            PartyKind::Outlet(newsroom) => Some(newsroom),
            _ => None,
        }
    }

    /// Its side in the conflict, or that of those it speaks for or stands under.
    pub fn side(&self, party: &PartyKey) -> Option<&'r str> {
        self.up(party).iter().find_map(|party| self.view(party)?.side.as_deref())
    }

    /// The party, then those for whom it speaks or who command it, nearest first; bounded, and safe where commands go in a circle.
    pub fn up(&self, party: &PartyKey) -> Vec<PartyKey> {
        let mut found = vec![party.clone()];
        let mut seen = BTreeSet::from([party.clone()]);
        let mut at = 0;
        while at < found.len() && found.len() < MOST_STEPS {
            if let Some(view) = self.view(&found[at]) {
                let mut next: Vec<&PartyKey> = view.speaks_for.iter().collect();
                next.sort();
                next.extend(&view.commanded_by);
                for party in next {
                    if seen.insert(party.clone()) {
                        found.push(party.clone());
                    }
                }
            }
            at += 1;
        }
        found
    }

    /// The party that counts once for all who speak for it or stand under its command. Where commands go in a circle, the first of
    /// the circle by key.
    pub fn head(&self, party: &PartyKey) -> PartyKey {
        let mut trail = vec![party.clone()];
        loop {
            let last = &trail[trail.len() - 1];
            let next = self.view(last).and_then(|view| view.speaks_for.iter().min().or(view.commanded_by.as_ref()));
            let Some(next) = next else { return last.clone() };
            if let Some(start) = trail.iter().position(|party| party == next) {
                return trail[start..].iter().min().unwrap_or(next).clone();
            }
            trail.push(next.clone());
        }
    }

    /// Whether one speaks for the other, in any number of steps; not merely under its command.
    pub fn speaks_for(&self, one: &PartyKey, other: &PartyKey) -> bool {
        let mut open = vec![one.clone()];
        let mut at = 0;
        while at < open.len() && open.len() < MOST_STEPS {
            let spoken = self.view(&open[at]).map(|view| view.speaks_for.clone()).unwrap_or_default();
            for next in spoken {
                if next == *other {
                    return true;
                }
                if !open.contains(&next) {
                    open.push(next);
                }
            }
            at += 1;
        }
        false
    }

    /// Whether crediting one or the other is no disagreement: one speaks for the other, or both stand under one command.
    pub fn is_one_voice(&self, one: &PartyKey, other: &PartyKey) -> bool {
        one == other || self.head(one) == self.head(other)
    }
}
