//! The claims around a claim, by its links. Not the finding of links.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::Time;

use crate::origin::{Origins, count};
use crate::position::{ClaimKey, ClaimRecord, Evidence, LinkKind, Positions, on_record, settle};

/// Claims that are looked at on behalf of one.
const MOST_CLAIMS: usize = 64;

/// The records of the claims to which a claim is linked, in any number of steps. What is not in it is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Neighbours<'r> {
    records: BTreeMap<&'r ClaimKey, &'r ClaimRecord>,
}

impl<'r> Neighbours<'r> {
    /// Those of a list, in any order.
    pub fn new(records: impl IntoIterator<Item = &'r ClaimRecord>) -> Self {
        Self { records: records.into_iter().map(|record| (&record.claim, record)).collect() }
    }

    /// The record of a claim.
    pub fn get(&self, claim: &ClaimKey) -> Option<&'r ClaimRecord> {
        self.records.get(claim).copied()
    }

    /// All of them, by key.
    pub fn records(&self) -> impl Iterator<Item = &'r ClaimRecord> {
        self.records.values().copied()
    }
}

/// A link as it is walked: kind, the other claim, words.
type Edge<'l> = (LinkKind, &'l ClaimKey, &'l [Evidence]);

/// One step along a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) kind: LinkKind,
    pub(super) evidence: Vec<Evidence>,
}

/// A claim with its positions at a time.
pub(super) struct Seen<'r> {
    pub(super) record: std::borrow::Cow<'r, ClaimRecord>,
    pub(super) positions: Positions,
    /// The way from the claim that is asked about.
    pub(super) way: Vec<Step>,
}

impl<'r> Seen<'r> {
    pub(super) fn new(record: &'r ClaimRecord, as_of: Option<&Time>, way: Vec<Step>) -> Self {
        let record = on_record(record, as_of);
        let positions = settle(&record);
        Self { record, positions, way }
    }

    pub(super) fn origins(&self) -> Origins {
        count(&self.record, &self.positions)
    }
}

/// The claim and those that it reaches by links of these kinds, nearest first; and whether some were left out.
///
/// Links lead from the claim to what it presupposes or is a part of, never back; *same event* leads both ways.
pub(super) fn reach<'r>(
    claim: &'r ClaimRecord,
    others: &Neighbours<'r>,
    as_of: Option<&Time>,
    kinds: &[LinkKind],
) -> (Vec<Seen<'r>>, bool) {
    let mut both: BTreeMap<&ClaimKey, Vec<Edge<'_>>> = BTreeMap::new();
    let all = others.records.values().copied().filter(|record| record.claim != claim.claim).chain([claim]);
    for record in all {
        for link in record.links.iter().filter(|link| kinds.contains(&link.kind)) {
            if link.at.as_ref().zip(as_of).is_some_and(|(at, as_of)| !at.is_by(as_of)) {
                continue;
            }
            both.entry(&record.claim).or_default().push((link.kind, &link.other, &link.evidence));
            if matches!(link.kind, LinkKind::SameEvent | LinkKind::Incompatible) {
                both.entry(&link.other).or_default().push((link.kind, &record.claim, &link.evidence));
            }
        }
    }
    for links in both.values_mut() {
        links.sort();
        links.dedup();
    }
    let mut seen = BTreeSet::from([&claim.claim]);
    let mut found = vec![Seen::new(claim, as_of, Vec::new())];
    let mut left_out = false;
    let mut at = 0;
    while at < found.len() {
        let key = found[at].record.claim.clone();
        for (kind, other, evidence) in both.get(&key).into_iter().flatten() {
            let Some(record) = others.get(other) else { continue };
            if !seen.insert(&record.claim) {
                continue;
            }
            if found.len() == MOST_CLAIMS {
                left_out = true;
                continue;
            }
            let mut way = found[at].way.clone();
            way.push(Step { kind: *kind, evidence: evidence.to_vec() });
            found.push(Seen::new(record, as_of, way));
        }
        at += 1;
    }
    (found, left_out)
}
