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
    let mut cut = record.clone();
    cut.utterances.retain_mut(|utterance| {
        if utterance.relays.iter().any(|relay| out.contains(&relay.report)) {
            utterance.relays.retain(|relay| out.contains(&relay.report));
            return true;
        }
        utterance.said.as_ref().is_some_and(|said| said.is_by(as_of))
    });
    let kept: BTreeSet<RevisionId> =
        cut.utterances.iter().flat_map(|utterance| &utterance.relays).map(|relay| relay.report).chain(out).collect();
    cut.reports.retain(|report| kept.contains(&report.revision));
    for report in &mut cut.reports {
        report.withdrawals.retain(|withdrawal| withdrawal.at.is_by(as_of));
    }
    cut.hangings.retain(|hanging| kept.contains(&hanging.report));
    cut.beside.retain(|beside| kept.contains(&beside.report));
    cut.links.retain(|link| link.at.as_ref().is_none_or(|at| at.is_by(as_of)));
    Cow::Owned(cut)
}

/// The reports of a record by key; of two views of one the fuller, so that the order of the list decides nothing.
pub(crate) fn reports(record: &ClaimRecord) -> BTreeMap<RevisionId, &ReportView> {
    let mut reports: BTreeMap<RevisionId, &ReportView> = BTreeMap::new();
    for report in &record.reports {
        let rank = |report: &ReportView| {
            (report.withdrawals.len(), report.impostor.len(), report.published.is_some(), report.newsroom.clone())
        };
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
