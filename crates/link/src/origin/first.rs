//! First appearance: the first *known* report of a claim, with the doubt stated. Not the first that there was.

use onrecord_evidence::{RevisionId, Time, Zone};
use serde::Serialize;

use crate::position::{ClaimRecord, Evidence, HangingKind, HangsOn, NewsroomKey, on_record, reports};

use super::count::Reports;

/// Why the first known report may not be the first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// So many reports have no date and stand apart.
    Undated(usize),
    /// Another report may have been out as early.
    AsEarly(RevisionId),
    /// A newsroom is named as ground or as first, of which the ledger has no earlier report.
    NamedBefore(NewsroomKey, Vec<Evidence>),
    /// The time zone of the first is not stated.
    ZoneUnknown,
    /// The page states a time after the one at which it was seen; that one is taken.
    DateInFuture,
}

/// The first known report of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstAppearance {
    /// The report.
    pub report: RevisionId,
    /// When it was out.
    pub at: Time,
    /// Its doubts, in order.
    pub doubts: Vec<Doubt>,
}

/// The first known report as of a time; `None` where no report is dated.
pub fn first_appearance(record: &ClaimRecord, as_of: Option<&Time>) -> Option<FirstAppearance> {
    let record = on_record(record, as_of);
    first(&record, &reports(&record))
}

pub(super) fn first(record: &ClaimRecord, reports: &Reports<'_>) -> Option<FirstAppearance> {
    let relaying = record.utterances.iter().flat_map(|utterance| &utterance.relays).map(|relay| relay.report);
    let mut relaying: Vec<RevisionId> = relaying.collect();
    relaying.sort();
    relaying.dedup();
    let views = relaying.iter().filter_map(|report| reports.get(report).copied());
    let (dated, undated): (Vec<_>, Vec<_>) = views.partition(|report| report.published.is_some());
    let first = *dated.iter().min_by_key(|report| (report.out().latest(), report.out().earliest(), report.revision))?;
    let at = first.out();
    let mut doubts = Vec::new();
    if !undated.is_empty() {
        doubts.push(Doubt::Undated(undated.len()));
    }
    let early = dated.iter().filter(|report| report.article != first.article && report.out().earliest() < at.latest());
    // Thousands of copies may bear one date; the first few say as much.
    doubts.extend(early.take(8).map(|report| Doubt::AsEarly(report.revision)));
    for hanging in record.hangings.iter().filter(|hanging| hanging.report == first.revision) {
        let HangsOn::Newsroom(newsroom) = &hanging.on else { continue };
        let names = matches!(hanging.kind, HangingKind::Cites | HangingKind::FirstReportedBy | HangingKind::Derived);
        if names && *newsroom != first.newsroom {
            doubts.push(Doubt::NamedBefore(newsroom.clone(), hanging.evidence.clone()));
        }
    }
    if at.zone() == Zone::Unknown {
        doubts.push(Doubt::ZoneUnknown);
    }
    if first.published.as_ref().is_some_and(|published| published != at) {
        doubts.push(Doubt::DateInFuture);
    }
    doubts.sort();
    doubts.dedup();
    Some(FirstAppearance { report: first.revision, at: at.clone(), doubts })
}
