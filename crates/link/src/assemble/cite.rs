//! Whom a report cites, as edges to newsrooms with their words: the findings of `citing` with the newsroom that each name means. Not the finding
//! of citing words.

use onrecord_evidence::{ArticleId, AttributionId, Diagnostic, Quoted, RevisionId, TextRange};

use super::names::folded;
use super::newsroom::Newsrooms;
use crate::Report;
use crate::citing::{CitingKind, Masthead, citings};
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
}

impl Cite {
    /// Whether it covers a statement: by its attribution, or by its place.
    pub fn covers(&self, attribution: Option<AttributionId>, ranges: &[TextRange]) -> bool {
        let all = self.statements.is_empty() && self.reach.is_empty();
        all || attribution.is_some_and(|attribution| self.statements.contains(&attribution))
            || self.reach.iter().any(|reach| ranges.iter().any(|range| reach.overlaps(*range)))
    }
}

/// The edges of all reports, sorted; and what was left out.
///
/// An edge behind another one ("Northline reported, citing the Dial") is left to the report of the first; who has it on ground of its own
/// is no ground.
pub(super) fn cites(reports: &[&Report], newsrooms: &Newsrooms) -> (Vec<Cite>, Vec<Diagnostic>) {
    let mastheads: Vec<(String, Masthead)> = reports
        .iter()
        .filter_map(|report| {
            let name = report.outlet.clone()?;
            Some((crate::citing::folded(&name), Masthead { name, domain: report.domain.clone(), agency: false }))
        })
        .collect();
    let outlets = |key: &str| {
        let mut found: Vec<Masthead> =
            mastheads.iter().filter(|(name, _)| name == key).map(|(_, masthead)| masthead.clone()).collect();
        found.sort();
        found.dedup();
        found
    };
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    for (index, report) in reports.iter().enumerate() {
        let own = &newsrooms.at(index).0;
        let evidence =
            |words: &Quoted| Evidence { article: report.article, revision: report.revision, words: words.clone() };
        let passages = Passages::of(report);
        let citings = citings(report, passages.credits(), &outlets);
        diagnostics.extend(citings.diagnostics);
        for edge in &citings.edges {
            let Some(named) = edge.outlet() else { continue };
            let outlet = newsrooms.named(&named.name).unwrap_or_else(|| NewsroomKey::new(folded(&named.name)));
            let kind = match edge.kind {
                CitingKind::Reported | CitingKind::AccordingTo | CitingKind::Citing => CiteKind::Ground,
                CitingKind::Told | CitingKind::Interview => CiteKind::Told,
                CitingKind::Credit | CitingKind::Dateline => CiteKind::Credit,
                CitingKind::FirstReportedBy => CiteKind::FirstReportedBy,
                CitingKind::HeardToo => continue,
            };
            let through = edge
                .through
                .and_then(|through| citings.edges.get(through))
                .is_some_and(|through| through.outlet().is_some());
            if outlet == *own || through {
                continue;
            }
            found.push(Cite {
                from: report.revision,
                outlet,
                to: None,
                words: evidence(&edge.words),
                kind,
                statements: edge.statements.clone(),
                reach: edge.reach.clone(),
                own_sourcing: edge.own_sourcing.iter().map(evidence).collect(),
            });
        }
    }
    found.sort();
    found.dedup();
    (found, diagnostics)
}
