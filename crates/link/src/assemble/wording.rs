//! How each report words an utterance, and what it quotes of it. Not the comparison of wordings.

use std::collections::BTreeMap;

use onrecord_annotate::{Commitment, Manner};

use super::record::{Told, of, quote_all};
use crate::drift::{HedgeWords, Quotation, Wording};
use crate::position::UtteranceKey;

/// The wordings of every utterance, in the order of the reports.
pub(super) fn wordings(told: &[Told<'_>], of_line: &[UtteranceKey]) -> BTreeMap<UtteranceKey, Vec<Wording>> {
    let mut found: BTreeMap<UtteranceKey, Vec<Wording>> = BTreeMap::new();
    for (one, key) in told.iter().zip(of_line) {
        let hedges = one.record.iter().flat_map(|record| &record.hedges).filter(|hedge| hedge.of_whole);
        let hedges = hedges.map(|hedge| HedgeWords { by: hedge.by, words: of(one.report, &hedge.words) });
        let wording = Wording {
            report: one.report.revision,
            out: one.report.published.clone(),
            commitment: one.record.map_or(Commitment::Certain, |record| record.commitment),
            hedges: hedges.collect(),
            evidence: one.evidence.clone(),
        };
        let list = found.entry(key.clone()).or_default();
        if !list.iter().any(|known| known.report == wording.report) {
            list.push(wording);
        }
    }
    found
}

/// What is quoted of every utterance, in the order of the reports.
pub(super) fn quotations(told: &[Told<'_>], of_line: &[UtteranceKey]) -> BTreeMap<UtteranceKey, Vec<Quotation>> {
    let mut found: BTreeMap<UtteranceKey, Vec<Quotation>> = BTreeMap::new();
    for (one, key) in told.iter().zip(of_line) {
        if one.record.is_some_and(|record| record.manner == Manner::Direct) {
            let words = quote_all(one.report, &one.line.statement.ranges);
            let quotation = Quotation { report: one.report.revision, out: one.report.published.clone(), words };
            found.entry(key.clone()).or_default().push(quotation);
        }
    }
    found
}
