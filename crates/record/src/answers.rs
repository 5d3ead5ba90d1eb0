//! What a contested attribution answers within its article: the earlier saying that it shares the most words with.
//!
//! A help for people who look at one article, not a link: claims are joined across articles by their propositions, elsewhere.

use std::collections::BTreeSet;

use onrecord_annotate::Act;
use onrecord_evidence::Quoted;

use crate::AttributionRecord;

/// One answer: which attribution is answered, and by which words the two were put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Index of the attribution that answers.
    pub by: usize,
    /// Index of the attribution that is answered: one whose act is affirm, by another source.
    pub to: usize,
    /// The words that both contents hold, in lower case, sorted.
    pub shared: Vec<String>,
}

/// Fewer shared words than this say nothing.
const MIN_SHARED: usize = 2;

/// The answers among the records of one article, at most one for each contested attribution, in the order of `by`.
///
/// A saying that rejects or refuses something answers the affirmed one whose content shares the most words of four letters or
/// more with its own content (at least two): of equals one before it, and of those the nearest. A lead often denies what
/// is told further down. Nobody answers a source that shares a word with their own: "the chancellery" and "the First
/// Minister's chancellery" may be one.
pub fn answers(records: &[AttributionRecord]) -> Vec<Answer> {
    let contents: Vec<_> = records.iter().map(|record| stems(&record.content, EMPTY)).collect();
    let mut found = Vec::new();
    for (by, record) in records.iter().enumerate().filter(|(_, record)| is_response(record.act)) {
        let best = (0..records.len())
            .filter(|to| answerable(record, &records[*to]))
            .map(|to| (contents[by].intersection(&contents[to]).cloned().collect::<Vec<_>>(), to))
            .filter(|(shared, _)| shared.len() >= MIN_SHARED)
            .max_by_key(|(shared, to)| (shared.len(), *to < by, std::cmp::Reverse(by.abs_diff(*to))));
        found.extend(best.map(|(shared, to)| Answer { by, to, shared }));
    }
    found
}

/// Acts that presuppose something said before.
const fn is_response(act: Act) -> bool {
    matches!(
        act,
        Act::Deny
            | Act::PartialDeny
            | Act::RejectPremise
            | Act::Decline
            | Act::NonDenial
            | Act::CouldNotVerify
            | Act::DenyResponsibility
            | Act::AcceptResponsibility
    )
}

/// Nobody answers themselves, and an attribution inside of another one's content is not answered by it.
fn answerable(by: &AttributionRecord, to: &AttributionRecord) -> bool {
    let overlap = |left: &[Quoted], right: &[Quoted]| {
        left.iter().any(|one| right.iter().any(|other| one.range().overlaps(other.range())))
    };
    !to.is_contested()
        && !to.source.is_empty()
        && !overlap(&by.content, &to.content)
        && !overlap(&by.cue, &to.cue)
        && stems(&by.source, &[]).is_disjoint(&stems(&to.source, &[]))
}

/// Words that carry no topic.
const EMPTY: &[&str] = &[
    "that",
    "this",
    "with",
    "have",
    "been",
    "were",
    "would",
    "could",
    "should",
    "which",
    "when",
    "what",
    "from",
    "there",
    "their",
    "they",
    "them",
    "about",
    "after",
    "before",
    "said",
    "says",
    "will",
    "than",
    "then",
    "into",
    "also",
    "more",
    "some",
    "such",
    "only",
    "other",
    "over",
    "very",
    "just",
    "because",
    "while",
    "where",
    "being",
    "does",
    "comment",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "reported",
    "report",
    "told",
    "asked",
];

/// Words of four letters or more, in lower case, without plural and past endings, without `left_out`.
fn stems(quotes: &[Quoted], left_out: &[&str]) -> BTreeSet<String> {
    let words = quotes.iter().flat_map(|quote| quote.words().split(|letter: char| !letter.is_alphanumeric()));
    words
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 4 && !left_out.contains(&word.as_str()))
        .map(|word| {
            let stem = ["ing", "ed", "es", "s"].iter().find_map(|ending| word.strip_suffix(ending));
            stem.filter(|stem| stem.chars().count() >= 3).map_or(word.clone(), str::to_owned)
        })
        .collect()
}
