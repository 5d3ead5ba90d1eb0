//! Which article of the cited outlet is meant: those that were out before and hold the statement, ranked with reasons. Not which outlet.

use onrecord_evidence::{ArticleId, Quoted, RevisionId, Time};
use serde::{Deserialize, Serialize};

use super::kind::Citing;
use super::masthead::Masthead;
use crate::Report;

/// An article that may be meant, with what the store knows that both share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateArticle {
    /// The article.
    pub article: ArticleId,
    /// Its revision that stood when the citing article came out.
    pub revision: RevisionId,
    /// When it was published; `None` where nobody says.
    pub published: Option<Time>,
    /// When this text was first seen to stand.
    pub observed: Time,
    /// How many of the claims that the edge covers it holds.
    pub claims: u16,
    /// Words of the covered statements that stand in it, in thousandths.
    pub passage: u16,
    /// How many of the covered quotations stand in it.
    pub quotations: u16,
}

/// What a ledger knows for finding the cited article.
pub trait CitedStore {
    /// The articles of an outlet that hold a claim, a passage or a quotation that the edge covers; those that share most first, then by
    /// time, then by id; at most `limit`.
    fn articles(&self, outlet: &Masthead, report: &Report, citing: &Citing, limit: usize) -> Vec<CandidateArticle>;
}

/// Why an article may be the one that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// It holds the claim.
    HoldsClaim,
    /// It holds the passage, at least 300 of 1,000 words of it.
    HoldsPassage,
    /// It holds the quotation.
    HoldsQuotation,
    /// It came out on the day that the citing words state.
    StatedDay,
    /// It came out before the citing article.
    Before,
    /// When it came out is not known, or not finely enough.
    TimeOpen,
}

/// A candidate with its grounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// The candidate.
    pub candidate: CandidateArticle,
    /// What speaks for it, ascending.
    pub grounds: Vec<Ground>,
    /// How much, in thousandths.
    pub score: u16,
    /// The words that state the day, where they do.
    pub day: Option<Quoted>,
}

/// Which article is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleFinding {
    /// The article; `None` where that is undecided, or none is held.
    pub article: Option<ArticleId>,
    /// The candidates, best first.
    pub ranked: Vec<Ranked>,
}

/// Candidates that are asked for.
const CANDIDATES: usize = 32;
/// An article is decided from this score on.
const ENOUGH: u16 = 300;
/// And with this much more than the next one.
const MARGIN: u16 = 100;
/// From this share on the passage counts as held, in thousandths.
const HELD: u16 = 300;

/// Which article of `outlet` an edge of `report` leads to.
///
/// Candidates that came out after the citing article fall out; those whose time is open stay, and say so. The best is taken where its
/// score is at least 300 and 100 more than that of the next; of several revisions of one article the best counts.
pub fn cited_article(report: &Report, citing: &Citing, outlet: &Masthead, store: &dyn CitedStore) -> ArticleFinding {
    let mut ranked: Vec<Ranked> = store
        .articles(outlet, report, citing, CANDIDATES)
        .into_iter()
        .take(CANDIDATES)
        .filter(|candidate| candidate.article != report.article)
        .filter_map(|candidate| rank(report, citing, candidate))
        .collect();
    ranked.sort_by(|one, other| {
        let key =
            |ranked: &Ranked| (std::cmp::Reverse(ranked.score), ranked.candidate.article, ranked.candidate.revision);
        key(one).cmp(&key(other))
    });
    let mut seen = std::collections::BTreeSet::new();
    ranked.retain(|ranked| seen.insert(ranked.candidate.article));
    let next = ranked.get(1).map_or(0, |ranked| ranked.score);
    let article = ranked
        .first()
        .filter(|best| best.score >= ENOUGH && best.score >= next.saturating_add(MARGIN))
        .map(|best| best.candidate.article);
    ArticleFinding { article, ranked }
}

fn rank(report: &Report, citing: &Citing, candidate: CandidateArticle) -> Option<Ranked> {
    let out = |published: Option<&Time>, observed: &Time| published.unwrap_or(observed).clone();
    let (theirs, ours) =
        (out(candidate.published.as_ref(), &candidate.observed), out(report.published.as_ref(), &report.observed));
    if theirs.earliest() > ours.latest() {
        return None;
    }
    let mut grounds = Vec::new();
    let mut score: u16 = 0;
    if candidate.claims > 0 {
        grounds.push(Ground::HoldsClaim);
        score += 400 + 50 * candidate.claims.min(4);
    }
    if candidate.passage >= HELD {
        grounds.push(Ground::HoldsPassage);
        score += candidate.passage.min(1000) / 4;
    }
    if candidate.quotations > 0 {
        grounds.push(Ground::HoldsQuotation);
        score += 100 + 50 * candidate.quotations.min(2);
    }
    if score == 0 {
        return None;
    }
    let day = stated_day(report, citing, &theirs);
    if day.is_some() {
        grounds.push(Ground::StatedDay);
        score += 150;
    }
    if candidate.published.is_some() && report.published.is_some() && theirs.latest() <= ours.earliest() {
        grounds.push(Ground::Before);
        score += 50;
    } else {
        grounds.push(Ground::TimeOpen);
    }
    grounds.sort_unstable();
    Some(Ranked { candidate, grounds, score: score.min(1000), day })
}

/// The words of a covered attribution that say that it was said on the day on which the candidate came out.
fn stated_day(report: &Report, citing: &Citing, theirs: &Time) -> Option<Quoted> {
    let day = theirs.day()?;
    let covered = report.records.iter().filter(|record| citing.statements.contains(&record.id));
    covered
        .flat_map(|record| &record.said)
        .find(|date| said_on(&date.finding.value, day))
        .map(|date| date.words.clone())
}

/// Whether a stated date is that day and no longer span.
fn said_on(value: &onrecord_annotate::DateValue, day: jiff::civil::Date) -> bool {
    value.bounds == onrecord_annotate::DateBounds::Closed { start: day, end: day }
}
