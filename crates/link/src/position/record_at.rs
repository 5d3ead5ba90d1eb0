//! The record as of a time. One function cuts every view, so that no rule sees what another does not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use onrecord_evidence::{RevisionId, Time};

use super::claim::{ClaimRecord, Utterance};
use super::report::ReportView;

/// What of `record` was uttered or published by `as_of`; all of it where that is `None`.
///
/// A report counts by [`ReportView::out`]. An utterance counts where a report of it was out, or where its stated time had passed: then
/// with its later reports. Withdrawals and links with a time count from then on. Decisions belong to the other axis (when this ledger
/// knew them), and stay: the store hands in those that it knew.
pub fn on_record<'r>(record: &'r ClaimRecord, as_of: Option<&Time>) -> Cow<'r, ClaimRecord> {
    let Some(as_of) = as_of else { return Cow::Borrowed(record) };
    let out: BTreeSet<RevisionId> =
        record.reports.iter().filter(|report| report.out().is_by(as_of)).map(|report| report.revision).collect();
    // Only what stays is copied: most moments are early ones.
    let utterance = |utterance: &Utterance| -> Option<Utterance> {
        if !utterance.relays.iter().any(|relay| out.contains(&relay.report)) {
            return utterance.said.as_ref().is_some_and(|said| said.is_by(as_of)).then(|| utterance.clone());
        }
        let relays = utterance.relays.iter().filter(|relay| out.contains(&relay.report)).cloned().collect();
        Some(Utterance {
            relays,
            key: utterance.key.clone(),
            party: utterance.party.clone(),
            act: utterance.act,
            commitment: utterance.commitment,
            said: utterance.said.clone(),
            occasion: utterance.occasion.clone(),
            answers: utterance.answers.clone(),
            rests_on: utterance.rests_on.clone(),
        })
    };
    let utterances: Vec<Utterance> = record.utterances.iter().filter_map(utterance).collect();
    let kept: BTreeSet<RevisionId> =
        utterances.iter().flat_map(|utterance| &utterance.relays).map(|relay| relay.report).chain(out).collect();
    let report = |report: &ReportView| {
        let mut report = report.clone();
        report.withdrawals.retain(|withdrawal| withdrawal.at.is_by(as_of));
        report
    };
    let cut = ClaimRecord {
        claim: record.claim.clone(),
        kind: record.kind,
        happened: record.happened.clone(),
        utterances,
        reports: record.reports.iter().filter(|report| kept.contains(&report.revision)).map(report).collect(),
        hangings: record.hangings.iter().filter(|hanging| kept.contains(&hanging.report)).cloned().collect(),
        sharings: record.sharings.clone(),
        beside: record.beside.iter().filter(|beside| kept.contains(&beside.report)).cloned().collect(),
        parties: record.parties.clone(),
        roles: record.roles.clone(),
        links: record.links.iter().filter(|link| link.at.as_ref().is_none_or(|at| at.is_by(as_of))).cloned().collect(),
        allies: record.allies.clone(),
        decisions: record.decisions.clone(),
    };
    Cow::Owned(cut)
}

/// The reports of a record by key; of two views of one the fuller, so that the order of the list decides nothing.
pub(crate) fn reports(record: &ClaimRecord) -> BTreeMap<RevisionId, &ReportView> {
    let mut reports: BTreeMap<RevisionId, &ReportView> = BTreeMap::new();
    for report in &record.reports {
        fn rank(report: &ReportView) -> impl Ord {
            (report.withdrawals.len(), report.impostor.len(), report.published.is_some(), &report.newsroom)
        }
        let kept = reports.entry(report.revision).or_insert(report);
        if rank(report) > rank(kept) {
            *kept = report;
        }
    }
    reports
}

/// When an utterance was made, as a first and a last moment: as its words state it, else when the first report of it was out, for news
/// reports what is new. `None` where neither is known.
pub fn uttered(utterance: &Utterance, record: &ClaimRecord) -> Option<(Timestamp, Timestamp)> {
    uttered_by(utterance, &reports(record))
}

pub(crate) fn uttered_by(
    utterance: &Utterance,
    reports: &BTreeMap<RevisionId, &ReportView>,
) -> Option<(Timestamp, Timestamp)> {
    if let Some(said) = &utterance.said {
        return Some((said.earliest(), said.latest()));
    }
    let outs = utterance.relays.iter().filter_map(|relay| reports.get(&relay.report)).map(|report| report.out());
    outs.map(|out| (out.earliest(), out.latest())).min_by_key(|(earliest, latest)| (*latest, *earliest))
}
