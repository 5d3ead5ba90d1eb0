//! How the wording of a claim moved: hedges lost and gained, and the variants of one quotation. Not the rules: those of `onrecord_link::drift`.

use onrecord_annotate::HedgedBy;
use onrecord_link::drift::{HedgeChange, HedgeWords, VariantKind, drift, variants};
use onrecord_link::standing::reason;
use serde::Serialize;

use super::asked::{Desk, QuoteLine};
use super::origins::ReportName;

/// How a report's wording differs from that of the first report of the same utterance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriftLine {
    /// The report.
    pub report: ReportName,
    /// The first report.
    pub origin: ReportName,
    /// What became of the hedges.
    pub changes: Vec<HedgeLineChange>,
    /// Whether it has it more surely.
    pub surer: bool,
    /// The rule.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// The words of both.
    pub quotes: Vec<QuoteLine>,
}

/// What became of one hedge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HedgeLineChange {
    /// `lost`, `gained` or `reworded`.
    pub change: &'static str,
    /// Whose hedge it is.
    pub by: HedgedBy,
    /// The hedge as the first report has it; `null` where it was gained.
    pub before: Option<String>,
    /// The hedge as the report has it; `null` where it was lost.
    pub after: Option<String>,
}

/// The wordings of one quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariantsLine {
    /// Who is quoted.
    pub party: String,
    /// Its wordings, the first known one first.
    pub variants: Vec<VariantLine>,
}

/// One wording of a quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariantLine {
    /// How it differs from the first one.
    pub kind: VariantKind,
    /// Words of the first one that it does not have.
    pub lost: Vec<String>,
    /// Words that the first one does not have.
    pub gained: Vec<String>,
    /// How many reports have it.
    pub reports: usize,
    /// Its exact words.
    pub quotes: Vec<QuoteLine>,
}

impl Desk<'_> {
    pub(super) fn drifts(&self) -> Vec<DriftLine> {
        let mut found = Vec::new();
        for wordings in self.asked.claim.wordings.values() {
            let Some((origin, copies)) = wordings.split_first() else { continue };
            for one in drift(origin, copies, self.asked.as_of) {
                found.push(DriftLine {
                    report: self.report_name(one.report),
                    origin: self.report_name(origin.report),
                    changes: one.changes.iter().map(change).collect(),
                    surer: one.is_surer,
                    rule: one.rule,
                    reason: reason(one.rule),
                    quotes: self.quotes(&one.evidence),
                });
            }
        }
        found
    }

    pub(super) fn variants(&self) -> Vec<VariantsLine> {
        let of = |utterance: &_| self.record.utterances.iter().find(|one| one.key == *utterance);
        let lines = self.asked.claim.quotations.iter().filter_map(|(utterance, quotations)| {
            let found = variants(quotations, self.asked.as_of);
            let party = self.party(&of(utterance)?.party).name;
            let line = |one: &onrecord_link::drift::QuotationVariant| VariantLine {
                kind: one.kind,
                lost: one.lost.clone(),
                gained: one.gained.clone(),
                reports: one.reports.len(),
                quotes: self.quotes(&one.evidence),
            };
            (found.len() > 1).then(|| VariantsLine { party, variants: found.iter().map(line).collect() })
        });
        lines.collect()
    }
}

fn change(change: &HedgeChange) -> HedgeLineChange {
    let words = |hedge: &HedgeWords| Some(hedge.words.words.words().to_owned());
    match change {
        HedgeChange::Lost(hedge) => HedgeLineChange { change: "lost", by: hedge.by, before: words(hedge), after: None },
        HedgeChange::Gained(hedge) => {
            HedgeLineChange { change: "gained", by: hedge.by, before: None, after: words(hedge) }
        }
        HedgeChange::Reworded(before, after) => {
            HedgeLineChange { change: "reworded", by: after.by, before: words(before), after: words(after) }
        }
    }
}
