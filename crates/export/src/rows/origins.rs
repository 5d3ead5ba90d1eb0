//! One row a report in the tree of an origin. Not the counting: that of `onrecord_link::origin`.

use crate::Result;
use crate::claim::Claim;
use crate::table::{Cell, columns};
use crate::words::word;

columns! {
    /// A report in the tree of an origin.
    pub struct OriginRow {
        /// Which origin of the claim, from 1; those that count first.
        origin: usize,
        /// Where its chains end, in words; several where they were found to be one.
        origin_ends: Vec<String>,
        /// What it is: an utterance, a document, an observation, a newsroom vouching for unnamed sources, ...
        origin_kind: String,
        /// How it counts.
        origin_count: String,
        /// The rules by which its ends are ends; permanent.
        origin_rules: Vec<String>,
        /// Reports that hang on it, itself counted.
        origin_reports: usize,
        /// How many reports above this one it hangs on; 0 for one on which the chain ends.
        depth: usize,
        /// Whether it stands folded with others: copies of what is above it, or reports of one party's words.
        is_folded: bool,
        /// The rule that hung it there, or made it an end; permanent.
        hangs_by: String,
        /// What the rule says.
        hangs_reason: Option<String>,
        /// Whether it is no longer stood by, or rests on what is not.
        is_withdrawn: bool,
        /// At least so many origins the claim has.
        origins_least: usize,
        /// So many more may be origins of their own, or none.
        origins_unknown: usize,
    }
}

/// The rows of a claim.
pub(super) fn rows(claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
    let origins = &claim.view.origins;
    let mut rows = Vec::new();
    for (index, origin) in origins.origins.iter().enumerate() {
        for line in &origin.rows {
            for report in &line.reports {
                let own = OriginRow {
                    origin: index + 1,
                    origin_ends: origin.ends.iter().map(|end| claim.name(end)).collect(),
                    origin_kind: word(origin.kind),
                    origin_count: word(origin.count),
                    origin_rules: origin.rules.iter().map(|rule| (*rule).to_owned()).collect(),
                    origin_reports: origin.reports,
                    depth: line.depth,
                    is_folded: line.reports.len() > 1,
                    hangs_by: line.rule.to_owned(),
                    hangs_reason: line.reason.map(str::to_owned),
                    is_withdrawn: line.withdrawn,
                    origins_least: origins.least,
                    origins_unknown: origins.unknown,
                };
                // The words by which it hangs there are those of one report; the others of a fold have their own in `positions`.
                let quote = line
                    .quote
                    .as_ref()
                    .filter(|quote| quote.article == report.article && quote.revision == report.revision);
                let evidence = match quote {
                    Some(quote) => claim.quote(quote)?,
                    None => claim.report(report.article, report.revision, None, "")?,
                };
                rows.push(super::row(claim, &own, &evidence, &claim.provenance(&[])));
            }
        }
    }
    Ok(rows)
}
