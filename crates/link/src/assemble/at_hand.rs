//! The reports at hand as the store that is asked for the very article that a report cites. Not the ranking of what it finds.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::Manner;
use onrecord_evidence::{ClaimId, StatementId, TextRange};

use super::names::words;
use super::newsroom::Newsrooms;
use super::refer::Placed;
use crate::Report;
use crate::citing::{CandidateArticle, CitedStore, Citing, Masthead};
use crate::claims::Statement;

/// Articles of one newsroom that are looked at for an edge, those that were out last before it.
const MOST: usize = 64;
/// Words of a quotation that is looked for.
const FEWEST_QUOTED: usize = 5;

/// The reports at hand, by newsroom.
pub(super) struct AtHand<'r> {
    reports: &'r [&'r Report],
    statements: &'r [Vec<Statement>],
    placed: &'r Placed,
    /// Of each newsroom its reports, in their order.
    by_newsroom: BTreeMap<String, Vec<usize>>,
    /// The telling words of each report.
    words: Vec<OnceCell<BTreeSet<String>>>,
    /// The claims of each report.
    claims: Vec<OnceCell<BTreeSet<ClaimId>>>,
}

impl<'r> AtHand<'r> {
    pub(super) fn new(
        reports: &'r [&'r Report],
        statements: &'r [Vec<Statement>],
        placed: &'r Placed,
        newsrooms: &Newsrooms,
    ) -> Self {
        let mut by_newsroom: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in 0..reports.len() {
            by_newsroom.entry(newsrooms.at(index).0.as_str().to_owned()).or_default().push(index);
        }
        Self {
            reports,
            statements,
            placed,
            by_newsroom,
            words: vec![OnceCell::new(); reports.len()],
            claims: vec![OnceCell::new(); reports.len()],
        }
    }

    fn claim(&self, statement: StatementId) -> Option<ClaimId> {
        self.placed.get(&statement).map(|(claim, _)| *claim)
    }

    fn words_of(&self, index: usize) -> &BTreeSet<String> {
        self.words[index].get_or_init(|| telling(&self.reports[index].text).collect())
    }

    fn claims_of(&self, index: usize) -> &BTreeSet<ClaimId> {
        let all = || self.statements[index].iter().filter_map(|one| self.claim(one.id)).collect();
        self.claims[index].get_or_init(all)
    }

    /// The claims that an edge covers.
    fn covered(&self, index: usize, citing: &Citing) -> BTreeSet<ClaimId> {
        let covers = |one: &&Statement| {
            one.attribution.is_some_and(|attribution| citing.statements.contains(&attribution))
                || citing.reach.iter().any(|reach| one.ranges.iter().any(|range| reach.overlaps(*range)))
        };
        self.statements[index].iter().filter(covers).filter_map(|one| self.claim(one.id)).collect()
    }
}

impl CitedStore for AtHand<'_> {
    fn articles(&self, outlet: &Masthead, report: &Report, citing: &Citing, limit: usize) -> Vec<CandidateArticle> {
        let Some(own) = self.reports.iter().position(|other| other.revision == report.revision) else {
            return Vec::new();
        };
        let Some(theirs) = self.by_newsroom.get(&outlet.name) else { return Vec::new() };
        let covered = self.covered(own, citing);
        let said: BTreeSet<String> =
            citing.reach.iter().filter_map(|range| range.slice(&report.text)).flat_map(telling).collect();
        let quoted: Vec<String> = quotations(report, citing);
        // Reports stand in the order of their times: those just before the citing one are the likeliest.
        let before = theirs.partition_point(|index| *index < own);
        let near = theirs[before.saturating_sub(MOST)..].iter().take(MOST).copied();
        let mut found: Vec<CandidateArticle> = near
            .filter(|index| self.reports[*index].article != report.article)
            .map(|index| {
                let other = self.reports[index];
                let claims = self.claims_of(index).intersection(&covered).count();
                let shared = said.intersection(self.words_of(index)).count();
                let folded = if quoted.is_empty() { String::new() } else { spaced(&other.text) };
                let quotations = quoted.iter().filter(|quoted| folded.contains(quoted.as_str())).count();
                CandidateArticle {
                    article: other.article,
                    revision: other.revision,
                    published: other.published.clone(),
                    observed: other.observed.clone(),
                    claims: u16::try_from(claims).unwrap_or(u16::MAX),
                    passage: u16::try_from(1000 * shared / said.len().max(1)).unwrap_or(1000),
                    quotations: u16::try_from(quotations).unwrap_or(u16::MAX),
                }
            })
            .filter(|candidate| candidate.claims > 0 || candidate.passage > 0 || candidate.quotations > 0)
            .collect();
        found.sort_by_key(|candidate| {
            let most = std::cmp::Reverse((candidate.claims, candidate.quotations, candidate.passage));
            (most, candidate.observed.earliest(), candidate.article, candidate.revision)
        });
        found.truncate(limit);
        found
    }
}

/// The direct quotations that an edge covers, their words by one space.
fn quotations(report: &Report, citing: &Citing) -> Vec<String> {
    let covered = report.records.iter().filter(|record| citing.statements.contains(&record.id));
    let direct = covered.filter(|record| record.manner == Manner::Direct).flat_map(|record| &record.content);
    let long = direct.filter(|content| words(content.words()).len() >= FEWEST_QUOTED);
    long.map(|content| spaced(content.words())).collect()
}

/// The words of a text in lower case, each behind a space.
fn spaced(text: &str) -> String {
    words(text).into_iter().flat_map(|(_, word)| [" ".to_owned(), word.to_lowercase()]).collect()
}

/// The words of a text that tell it apart: their first letters, in lower case.
pub(super) fn telling(text: &str) -> impl Iterator<Item = String> {
    let long = words(text).into_iter().filter(|(_, word)| word.chars().count() > 3);
    long.map(|(_, word)| word.to_lowercase().chars().take(6).collect::<String>()).filter(|word| !is_plain(word))
}

/// Whether the first letters of a word are those of one that stands in every text.
fn is_plain(word: &str) -> bool {
    const PLAIN: &[&str] = &[
        "that", "this", "with", "from", "have", "been", "were", "they", "their", "there", "which", "would", "will",
        "said", "says", "also", "about", "after", "before", "when", "what", "where", "while", "than", "then", "into",
        "over", "more", "most", "some", "such", "only", "other", "could", "should", "report", "accord", "told",
    ];
    PLAIN.contains(&word)
}

/// The words that two ranges of texts share, and how many the shorter has.
pub(super) fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> (usize, usize) {
    (one.intersection(other).count(), one.len().min(other.len()))
}

/// The telling words of ranges of a text.
pub(super) fn telling_of(text: &str, ranges: impl Iterator<Item = TextRange>) -> BTreeSet<String> {
    ranges.filter_map(|range| range.slice(text)).flat_map(telling).collect()
}
