//! What the layout of an article says about its attributions, after the model: blocks, transcripts, signed quotations,
//! datelines and bylines, headings. Not what the words of a sentence say: that is the model's.
//!
//! Every rule is a pure function of the page and of what was found so far. What each was worth on articles that no weight
//! was trained on: `training/errors.md`.

mod block_quote;
mod furniture;
mod page;
mod quotation;
mod signature;
mod statement;
mod transcript;

use crate::ScoredSpans;

pub(crate) use page::Page;

/// A rule: what was found, put right.
type Rule = fn(&Page<'_>, Vec<ScoredSpans>) -> Vec<ScoredSpans>;

/// The rules with their names, in the order in which they apply.
const RULES: &[(&str, Rule)] = &[
    ("blocks", blocks),
    ("furniture", furniture::leave_out),
    ("headings", signature::headings),
    ("transcript", transcript::turns),
    ("signature", signature::signed),
    ("introduced", block_quote::introduced),
    ("nearer", quotation::nearer),
    ("continued", quotation::continued),
    ("trailing", quotation::trailing),
];

/// The findings of the model after all rules.
pub(crate) fn arrange(page: &Page<'_>, found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    RULES.iter().fold(found, |found, (_, rule)| rule(page, found))
}

fn blocks(page: &Page<'_>, mut found: Vec<ScoredSpans>) -> Vec<ScoredSpans> {
    for spans in &mut found {
        page.keep(spans);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_testkit::Marked;

    /// The one finding that `source`, `cue` and `content` mark; none where no cue is marked.
    pub(super) fn spans_of(marked: &Marked) -> Vec<ScoredSpans> {
        let [source, cue, content] = ["source", "cue", "content"].map(|label| marked.ranges(label));
        if cue.is_empty() { vec![] } else { vec![ScoredSpans { source, cue, content, score: 0.5 }] }
    }

    /// One line for each finding: `source | cue | content / content`.
    pub(super) fn shown(text: &str, found: &[ScoredSpans]) -> Vec<String> {
        let words = |ranges: &[onrecord_evidence::TextRange]| {
            ranges.iter().map(|range| range.slice(text).unwrap_or("?")).collect::<Vec<_>>().join(" / ")
        };
        let line = |one: &ScoredSpans| [&one.source, &one.cue, &one.content].map(|spans| words(spans)).join(" | ");
        found.iter().map(line).collect()
    }
}
