//! How the standing of a claim changed: each change with its time, its reason and its words. Not another rule: [`standing`] at moments.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use onrecord_evidence::{Diagnostic, RevisionId, Time, TimeSource};
use serde::Serialize;

use crate::position::{ClaimRecord, HangingKind, Relay, StandingWord, UtteranceKey};

use super::life::Life;
use super::neighbours::Neighbours;
use super::rule::{ByRule, standing};

/// Moments that are looked at.
const MOST_MOMENTS: usize = 128;

/// What stood from one moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// From when.
    pub at: Timestamp,
    /// The standing from then on, by a decision or by rule.
    pub word: StandingWord,
    /// What the rules say, with the words.
    pub by_rule: ByRule,
    /// At least so many origins, and so many unknown.
    pub origins: (usize, usize),
    /// The life.
    pub life: Life,
}

/// The changes of standing, range of origins and life, in order; and a diagnostic where moments were left out.
///
/// Moments are those at which something was said or withdrawn, a link took force, or a report came out that tells something new and is no copy; of more than 128
/// the first ones are looked at.
pub fn changes(claim: &ClaimRecord, others: &Neighbours<'_>) -> (Vec<Change>, Vec<Diagnostic>) {
    let mut moments: BTreeMap<Timestamp, ()> = BTreeMap::new();
    for record in others.records().filter(|record| record.claim != claim.claim).chain([claim]) {
        add_moments(record, &mut moments);
    }
    let mut diagnostics = Vec::new();
    if moments.len() > MOST_MOMENTS {
        let message = format!(
            "claim {}: expected at most {MOST_MOMENTS} moments, found {}; the first were looked at",
            claim.claim,
            moments.len()
        );
        diagnostics.push(Diagnostic::warning("moments-left-out", message));
    }
    let mut changes: Vec<Change> = Vec::new();
    for at in moments.into_keys().take(MOST_MOMENTS) {
        let moment = Time::instant(at, TimeSource::User);
        let found = standing(claim, others, Some(&moment));
        if found.coverage.articles == 0 && found.positions.parties.is_empty() {
            continue;
        }
        let change = Change {
            at,
            word: found.word,
            by_rule: found.by_rule,
            origins: (found.origins.least, found.origins.unknown),
            life: found.life,
        };
        let same = |last: &Change| {
            (last.word, last.by_rule.rule, last.origins, last.life.words())
                == (change.word, change.by_rule.rule, change.origins, change.life.words())
        };
        if !changes.last().is_some_and(same) {
            changes.push(change);
        }
    }
    (changes, diagnostics)
}

fn add_moments(record: &ClaimRecord, moments: &mut BTreeMap<Timestamp, ()>) {
    let (copies, telling) = (copies(record), telling(record));
    let reports = record.reports.iter();
    let reports = reports.filter(|report| telling.contains(&report.revision) && !copies.contains(&report.revision));
    let out = reports.map(|report| report.out().latest());
    let withdrawn =
        record.reports.iter().flat_map(|report| &report.withdrawals).map(|withdrawal| withdrawal.at.latest());
    let said = record.utterances.iter().filter_map(|utterance| utterance.said.as_ref()).map(Time::latest);
    let linked = record.links.iter().filter_map(|link| link.at.as_ref()).map(Time::latest);
    moments.extend(out.chain(withdrawn).chain(said).chain(linked).map(|at| (at, ())));
}

/// The reports that tell something new: the first of an utterance, one that shows a basis, one that credits another party, and those that tell
/// nothing but bear on the claim by a note.
fn telling(record: &ClaimRecord) -> BTreeSet<RevisionId> {
    let out: BTreeMap<RevisionId, Timestamp> =
        record.reports.iter().map(|report| (report.revision, report.out().latest())).collect();
    let mut found: BTreeSet<RevisionId> = out.keys().copied().collect();
    for relay in record.utterances.iter().flat_map(|utterance| &utterance.relays) {
        found.remove(&relay.report);
    }
    for utterance in &record.utterances {
        let first = utterance.relays.iter().filter_map(|relay| out.get(&relay.report)).min();
        let tells =
            |relay: &&Relay| relay.basis.is_some() || relay.credits.is_some() || out.get(&relay.report) == first;
        found.extend(utterance.relays.iter().filter(tells).map(|relay| relay.report));
    }
    found
}

/// The reports of which every utterance stands in a passage that is taken from another report.
fn copies(record: &ClaimRecord) -> BTreeSet<RevisionId> {
    let mut derived: BTreeMap<RevisionId, BTreeSet<&UtteranceKey>> = BTreeMap::new();
    let mut wholly: BTreeSet<RevisionId> = BTreeSet::new();
    for hanging in record.hangings.iter().filter(|hanging| hanging.kind == HangingKind::Derived) {
        derived.entry(hanging.report).or_default().extend(&hanging.utterances);
        if hanging.utterances.is_empty() {
            wholly.insert(hanging.report);
        }
    }
    let relayed = record.utterances.iter().flat_map(|one| one.relays.iter().map(|relay| (relay.report, &one.key)));
    let own: BTreeSet<RevisionId> = relayed
        .filter(|(report, utterance)| !derived.get(report).is_some_and(|covered| covered.contains(utterance)))
        .map(|(report, _)| report)
        .collect();
    wholly.into_iter().chain(derived.into_keys().filter(|report| !own.contains(report))).collect()
}
