//! How the wording moved: hedges lost and gained against the first report, and the variants of one quotation side by side. The comparison is that of the
//! view.

use onrecord::link::drift::VariantKind;
use onrecord::wire::claim::{ClaimView, terms};

use crate::shell::Links;
use crate::shown::{Quote, Report};

/// Reports of which changes are shown.
const MOST: usize = 24;
/// Quotations, and variants of each.
const MOST_QUOTATIONS: usize = 12;

/// What a report changed against the first one.
pub struct Drift {
    /// The report.
    pub report: Report,
    /// The first report.
    pub origin: Report,
    /// What became of hedges.
    pub changes: Vec<Changed>,
    /// Where no hedge changed: the rule.
    pub reason: &'static str,
    /// Whether it has it more surely.
    pub surer: bool,
    /// The words of both, the first report's first.
    pub quotes: Vec<Quote>,
}

/// What became of one hedge.
pub struct Changed {
    /// "lost"
    pub word: &'static str,
    /// As the first report has it.
    pub before: Option<String>,
    /// As the report has it.
    pub after: Option<String>,
}

/// The wordings of one quotation.
pub struct Variants {
    /// Who is quoted.
    pub party: String,
    /// The wordings.
    pub variants: Vec<Variant>,
}

/// One wording.
pub struct Variant {
    /// How it differs from the first.
    pub kind: &'static str,
    /// Words of the first that it does not have.
    pub lost: String,
    /// Words that the first does not have.
    pub gained: String,
    /// It, in the first report that has it.
    pub quote: Quote,
    /// How many reports have it.
    pub reports: usize,
}

/// What reports changed.
pub fn drift(view: &ClaimView, links: &Links) -> Vec<Drift> {
    let line = |line: &onrecord::wire::claim::DriftLine| Drift {
        report: Report::new(&line.report, links),
        origin: Report::new(&line.origin, links),
        changes: line
            .changes
            .iter()
            .map(|one| Changed { word: one.change, before: one.before.clone(), after: one.after.clone() })
            .collect(),
        reason: line.reason.unwrap_or(line.rule),
        surer: line.surer,
        quotes: line.quotes.iter().take(2).map(|quote| Quote::new(quote, links)).collect(),
    };
    view.drift.iter().take(MOST).map(line).collect()
}

/// The wordings of quotations.
pub fn variants(view: &ClaimView, links: &Links) -> Vec<Variants> {
    let line = |line: &onrecord::wire::claim::VariantsLine| {
        let variants = line.variants.iter().take(MOST_QUOTATIONS).filter_map(|one| {
            Some(Variant {
                kind: if one.kind == VariantKind::First { "first" } else { terms::variant(one.kind) },
                lost: one.lost.join(" \u{b7} "),
                gained: one.gained.join(" \u{b7} "),
                quote: Quote::new(one.quotes.first()?, links),
                reports: one.reports,
            })
        });
        Variants { party: line.party.clone(), variants: variants.collect() }
    };
    view.quotations.iter().take(MOST_QUOTATIONS).map(line).collect()
}
