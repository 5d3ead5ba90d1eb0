//! Whom a report cites, as edges to newsrooms with their words: the findings of `citing` with the newsroom that each name means. Not the finding
//! of citing words.

use std::collections::BTreeSet;

use onrecord_evidence::{ArticleId, AttributionId, Diagnostic, Quoted, RevisionId, TextRange};

use super::at_hand::AtHand;
use super::names::folded;
use super::newsroom::{Masthead, Newsrooms};
use crate::Report;
use crate::citing::{self, Cited, Citing, CitingKind, Ground, cited_article, citings};
use crate::copies::Passages;
use crate::position::{Evidence, NewsroomKey};

/// In which way a report cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CiteKind {
    /// It is named as the ground.
    Ground,
    /// It is credited with the text.
    Credit,
    /// Words were said to it: "told the Post".
    Told,
    /// It is named as the first.
    FirstReportedBy,
}

/// An edge from a report to an outlet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cite {
    /// The report that cites.
    pub from: RevisionId,
    /// The newsroom that is cited.
    pub outlet: NewsroomKey,
    /// The article that is meant, where that is known.
    pub to: Option<ArticleId>,
    /// The words.
    pub words: Evidence,
    /// In which way.
    pub kind: CiteKind,
    /// The attributions that it covers.
    pub statements: Vec<AttributionId>,
    /// The parts of the text that it covers; empty for all of the report where it covers no attributions either.
    pub reach: Vec<TextRange>,
    /// Words that show sourcing of the report's own beside it.
    pub own_sourcing: Vec<Evidence>,
    /// Words that describe the unnamed sources of the outlet: "citing people familiar with the matter".
    pub sources: Vec<Evidence>,
    /// Whether reports of the outlet are at hand.
    pub is_held: bool,
}

impl Cite {
    /// Whether it covers a statement: by its attribution, or by its place.
    pub fn covers(&self, attribution: Option<AttributionId>, ranges: &[TextRange]) -> bool {
        let all = self.statements.is_empty() && self.reach.is_empty();
        all || attribution.is_some_and(|attribution| self.statements.contains(&attribution))
            || self.reach.iter().any(|reach| ranges.iter().any(|range| reach.overlaps(*range)))
    }
}

/// What the edges of all reports are read with.
pub(super) struct Reading<'r> {
    pub(super) reports: &'r [&'r Report],
    pub(super) mastheads: &'r [Masthead],
    pub(super) at_hand: &'r AtHand<'r>,
}

/// The citing words of one report, before it is known which outlets their names mean.
struct Read {
    index: usize,
    edges: Vec<Citing>,
}

/// The edges of all reports, sorted; and what was left out. The newsrooms learn the names that are cited.
///
/// An edge behind another one ("Northline reported, citing the Dial") is left to the report of the first where that is at hand; where it is
/// not, the report hangs on the last that is named. Who has it on ground of its own is no ground.
pub(super) fn cites(reading: &Reading<'_>, newsrooms: &mut Newsrooms) -> (Vec<Cite>, Vec<Diagnostic>) {
    let mut known: Vec<(String, citing::Masthead)> = Vec::new();
    let mut know = |name: &str, domain: Option<&String>| {
        let masthead = citing::Masthead { name: name.to_owned(), domain: domain.cloned(), agency: false };
        known.push((citing::folded(name), masthead));
    };
    for report in reading.reports {
        if let Some(name) = &report.outlet {
            know(name, report.domain.as_ref());
        }
    }
    reading.mastheads.iter().for_each(|masthead| know(&masthead.name, Some(&masthead.host)));
    known.sort();
    known.dedup();
    let outlets = |key: &str| {
        let from = known.partition_point(|(name, _)| name.as_str() < key);
        known[from..].iter().take_while(|(name, _)| name == key).map(|(_, masthead)| masthead.clone()).collect()
    };
    let (mut read, mut diagnostics, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (index, report) in reading.reports.iter().enumerate() {
        let citings = citings(report, Passages::of(report).credits(), &outlets);
        diagnostics.extend(citings.diagnostics);
        names.extend(citings.edges.iter().filter_map(Citing::outlet).map(|named| named.name.clone()));
        read.push(Read { index, edges: citings.edges });
    }
    newsrooms.learn(&names);
    let mut found: Vec<Cite> = read.iter().flat_map(|read| of_report(reading, newsrooms, read)).collect();
    found.sort();
    found.dedup();
    (found, diagnostics)
}

/// The newsroom that an edge names.
fn newsroom_of(newsrooms: &Newsrooms, edge: &Citing) -> Option<NewsroomKey> {
    let named = edge.outlet()?;
    Some(newsrooms.named(&named.name).unwrap_or_else(|| NewsroomKey::new(folded(&named.name))))
}

fn of_report(reading: &Reading<'_>, newsrooms: &Newsrooms, read: &Read) -> Vec<Cite> {
    let report = reading.reports[read.index];
    let own = &newsrooms.at(read.index).0;
    let evidence =
        |words: &Quoted| Evidence { article: report.article, revision: report.revision, words: words.clone() };
    let newsroom = |edge: &Citing| newsroom_of(newsrooms, edge);
    let behind = |at: usize| read.edges.iter().enumerate().filter(move |(_, edge)| edge.through == Some(at));
    let mut found = Vec::new();
    let mut asked = 0;
    for (at, edge) in read.edges.iter().enumerate() {
        let (Some(outlet), Some(kind)) = (newsroom(edge), kind(edge.kind)) else { continue };
        let through = edge.through.and_then(|through| read.edges.get(through)).and_then(&newsroom);
        if outlet == *own || through.is_some_and(|through| newsrooms.has(&through)) {
            continue;
        }
        let leads_on = behind(at).any(|(_, edge)| newsroom(edge).is_some_and(|on| on != outlet && on != *own));
        if leads_on && !newsrooms.has(&outlet) {
            continue;
        }
        // Whose sources are told of behind a report that is not at hand are those of the last that is named.
        let of_first = edge.through.map(&behind).into_iter().flatten();
        let sources = behind(at).chain(of_first).filter_map(|(_, edge)| match &edge.cited {
            Cited::UnnamedSources(words) => Some(evidence(words)),
            _ => None,
        });
        let is_held = newsrooms.has(&outlet);
        let to = if is_held && asked < MOST_ASKED {
            asked += 1;
            let masthead = citing::Masthead { name: outlet.as_str().to_owned(), domain: None, agency: false };
            let found = cited_article(report, edge, &masthead, reading.at_hand);
            // Where the outlet has one article only that holds as much of it, no other can be meant.
            let only = match found.ranked.as_slice() {
                [only] => only.grounds.contains(&Ground::HoldsPassage).then_some(only.candidate.article),
                _ => None,
            };
            found.article.or(only)
        } else {
            None
        };
        let mut sources: Vec<Evidence> = sources.collect();
        sources.sort();
        sources.dedup();
        found.push(Cite {
            from: report.revision,
            outlet,
            to,
            words: evidence(&edge.words),
            kind,
            statements: edge.statements.clone(),
            reach: edge.reach.clone(),
            own_sourcing: edge.own_sourcing.iter().map(evidence).collect(),
            sources,
            is_held,
        });
    }
    found
}

/// Edges of a report for which the very article is looked for at most; the others lead to the newsroom.
const MOST_ASKED: usize = 64;

const fn kind(kind: CitingKind) -> Option<CiteKind> {
    match kind {
        CitingKind::Reported | CitingKind::AccordingTo | CitingKind::Citing => Some(CiteKind::Ground),
        CitingKind::Told | CitingKind::Interview => Some(CiteKind::Told),
        CitingKind::Credit | CitingKind::Dateline => Some(CiteKind::Credit),
        CitingKind::FirstReportedBy => Some(CiteKind::FirstReportedBy),
        CitingKind::HeardToo => None,
    }
}
