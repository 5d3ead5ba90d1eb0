//! The origins of a claim with the tree of what hangs on what, as values and as the rows of a tree in which copies are one. Not the counting:
//! that of `onrecord_link::origin`.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{ArticleId, RevisionId, Time};
use onrecord_link::origin::{Doubt, End, FirstAppearance, OriginCount, OriginKind, Origins};
use onrecord_link::position::NewsroomKey;
use onrecord_link::standing::reason;
use serde::Serialize;

use super::asked::{Desk, QuoteLine};
use super::terms;

/// A report by its outlet and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportName {
    /// The article.
    pub article: ArticleId,
    /// The revision of it.
    pub revision: RevisionId,
    /// Which text of the article it is, from 1.
    pub number: u32,
    /// The outlet, as shown.
    pub outlet: Option<String>,
    /// By when it was out.
    pub out: Option<Time>,
}

/// An origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginLine {
    /// Where the chains end, in words; several where they were found to be one.
    pub ends: Vec<String>,
    /// What it is.
    pub kind: OriginKind,
    /// How it counts.
    pub count: OriginCount,
    /// The rules by which its ends are ends.
    pub rules: Vec<&'static str>,
    /// What they say.
    pub reasons: Vec<&'static str>,
    /// The words of its basis.
    pub quotes: Vec<QuoteLine>,
    /// How many reports hang on it, itself counted.
    pub reports: usize,
    /// The tree of its reports as rows, from the top down.
    pub rows: Vec<OriginRow>,
}

/// One row of a tree: a report, or several copies of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginRow {
    /// How many rows above it hangs on: 0 for one on which the chain ends.
    pub depth: usize,
    /// The reports; several where they are copies of what the row above names, or say the same of one party.
    pub reports: Vec<ReportName>,
    /// The rule that hung it there, or made it an end.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// The words by which it hangs there.
    pub quote: Option<QuoteLine>,
    /// Whether it is no longer stood by, or rests on what is not.
    pub withdrawn: bool,
}

/// Circular reporting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CircleLine {
    /// The reports.
    pub reports: Vec<ReportName>,
    /// The words that close it.
    pub quotes: Vec<QuoteLine>,
}

/// The origins of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginsView {
    /// "at least 1, 3 unknown"
    pub words: String,
    /// At least so many.
    pub least: usize,
    /// So many more may be origins of their own, or none.
    pub unknown: usize,
    /// Each of them, those that count first.
    pub origins: Vec<OriginLine>,
    /// Circular reporting.
    pub circles: Vec<CircleLine>,
    /// Reports that rest on a withdrawn origin.
    pub rest_on_withdrawn: Vec<ReportName>,
    /// The first known report.
    pub first: Option<FirstLine>,
}

/// The first known report of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstLine {
    /// The report.
    pub report: ReportName,
    /// Why it may not be the first, in words.
    pub doubts: Vec<String>,
}

/// The edge of a report to what it hangs on, in one origin.
struct Edge<'o> {
    parent: Option<RevisionId>,
    branch: &'o onrecord_link::origin::Branch,
}

impl Desk<'_> {
    pub(super) fn report_name(&self, revision: RevisionId) -> ReportName {
        let report = self.report(revision);
        ReportName {
            article: report.map_or_else(|| ArticleId::of_fields(&[]), |report| report.article),
            revision: self.outward(revision),
            number: self.facts(revision).map_or(1, |facts| facts.number),
            outlet: report.and_then(|report| report.outlet.clone()),
            out: report.map(|report| report.out().clone()),
        }
    }

    pub(super) fn origins(&self, origins: &Origins) -> OriginsView {
        let mut lines: Vec<OriginLine> = origins.origins.iter().map(|origin| self.origin(origins, origin)).collect();
        let first = |line: &OriginLine| line.rows.first().and_then(|row| row.reports.first()?.out.clone());
        lines.sort_by_key(|line| (line.count, first(line).map(|out| out.latest())));
        let circle = |circle: &onrecord_link::origin::Circle| CircleLine {
            reports: circle.reports.iter().map(|report| self.report_name(*report)).collect(),
            quotes: self.quotes(&circle.evidence),
        };
        OriginsView {
            words: origins.to_string(),
            least: origins.least,
            unknown: origins.unknown,
            origins: lines,
            circles: origins.circles.iter().map(circle).collect(),
            rest_on_withdrawn: origins.rest_on_withdrawn.iter().map(|report| self.report_name(*report)).collect(),
            first: origins.first.as_ref().map(|first| self.first(first)),
        }
    }

    fn origin(&self, origins: &Origins, origin: &onrecord_link::origin::Origin) -> OriginLine {
        OriginLine {
            ends: origin.ends.iter().map(|end| self.end(end)).collect(),
            kind: origin.kind,
            count: origin.count,
            rules: origin.rules.clone(),
            reasons: origin.rules.iter().filter_map(|rule| reason(rule)).collect(),
            quotes: self.quotes(&origin.evidence),
            reports: origin.reports.len(),
            rows: self.rows(origins, origin),
        }
    }

    fn end(&self, end: &End) -> String {
        let newsroom = |key: &NewsroomKey| self.newsroom(key);
        match end {
            End::Party(party) => self.party(party).name,
            End::Newsroom(key) => newsroom(key),
            End::Observation(key) => format!("what {} saw", newsroom(key)),
            End::Impostor(key) => format!("an impostor: {}", newsroom(key)),
            End::Disputed(_) => "words that reports credit to different parties".to_owned(),
            End::Without(report) => format!("a report of {} that does not say it", self.outlet(*report)),
            End::Unheard(_) => "a saying that is named and not on record".to_owned(),
            End::Circle(report) => format!("a circle that leads back to {}", self.outlet(*report)),
            End::Decided(_) => "set apart by a person\u{2019}s decision".to_owned(),
        }
    }

    /// The rows of one origin. Of several relays in one report that is taken by which it hangs least.
    fn rows(&self, origins: &Origins, origin: &onrecord_link::origin::Origin) -> Vec<OriginRow> {
        let mut edges: BTreeMap<RevisionId, Edge<'_>> = BTreeMap::new();
        for branch in origins.tree.iter().filter(|branch| origin.ends.contains(&branch.end)) {
            let parent = branch.hangs_on.and_then(|at| origins.tree.get(at)).map(|on| on.report);
            // A sentence in own voice beside a source hangs on its own report.
            if parent == Some(branch.report) {
                continue;
            }
            let edge = Edge { parent, branch };
            match edges.entry(branch.report) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(edge);
                }
                std::collections::btree_map::Entry::Occupied(mut entry)
                    if parent.is_none() && entry.get().parent.is_some() =>
                {
                    entry.insert(edge);
                }
                std::collections::btree_map::Entry::Occupied(_) => {}
            }
        }
        let mut children: BTreeMap<Option<RevisionId>, Vec<RevisionId>> = BTreeMap::new();
        for (report, edge) in &edges {
            children.entry(edge.parent.filter(|parent| edges.contains_key(parent))).or_default().push(*report);
        }
        let out = |report: &RevisionId| (self.report(*report).map(|report| report.out().latest()), *report);
        children.values_mut().for_each(|list| list.sort_by_key(out));
        let mut grown =
            Grown { desk: self, edges: &edges, children: &children, seen: BTreeSet::new(), rows: Vec::new() };
        grown.below(None, 0);
        // What hangs in a circle has no top.
        for report in edges.keys() {
            if !grown.seen.contains(report) {
                grown.row(*report, 0);
            }
        }
        grown.rows
    }

    fn first(&self, first: &FirstAppearance) -> FirstLine {
        let doubt = |doubt: &Doubt| match doubt {
            Doubt::Undated(1) => "1 report states no date and stands apart".to_owned(),
            Doubt::Undated(count) => format!("{count} reports state no date and stand apart"),
            Doubt::AsEarly(report) => format!("{} may have been out as early", self.outlet(*report)),
            Doubt::NamedBefore(newsroom, evidence) => {
                let words = self.quotes(evidence).into_iter().next();
                let words = words.map_or_else(String::new, |quote| format!(": \u{201c}{}\u{201d}", quote.words));
                format!("{} is named before it, and no earlier report of it is here{words}", self.newsroom(newsroom))
            }
            Doubt::ZoneUnknown => "its time zone is not stated".to_owned(),
            Doubt::DateInFuture => "it states a later time than that at which it was seen, which is taken".to_owned(),
        };
        FirstLine { report: self.report_name(first.report), doubts: first.doubts.iter().map(doubt).collect() }
    }
}

/// Rows while they are made.
struct Grown<'d, 'a> {
    desk: &'d Desk<'a>,
    edges: &'d BTreeMap<RevisionId, Edge<'d>>,
    children: &'d BTreeMap<Option<RevisionId>, Vec<RevisionId>>,
    seen: BTreeSet<RevisionId>,
    rows: Vec<OriginRow>,
}

/// What folded reports have in common: the rule, and whether they are stood by.
type Fold = (&'static str, bool);

/// Rows that go deeper than this hang on the same level.
const DEEPEST: usize = 12;

impl Grown<'_, '_> {
    fn below(&mut self, parent: Option<RevisionId>, depth: usize) {
        let list = self.children.get(&parent).cloned().unwrap_or_default();
        // What one party said, told by several outlets, and copies of one text are a row each; all in the order of their first report.
        let mut groups: Vec<(Option<Fold>, Vec<RevisionId>)> = Vec::new();
        for report in list {
            let fold = self.edges.get(&report).map(|edge| (edge.branch.rule, edge.branch.is_withdrawn));
            let fold = fold.filter(|_| self.is_copy(report, parent.is_none()));
            match groups.iter_mut().find(|(known, _)| fold.is_some() && *known == fold) {
                Some((_, reports)) => reports.push(report),
                None => groups.push((fold, vec![report])),
            }
        }
        for (fold, reports) in groups {
            if fold.is_none() {
                reports.into_iter().for_each(|report| self.row(report, depth));
                continue;
            }
            let mut gathered = Vec::new();
            reports.into_iter().for_each(|report| self.gather(report, &mut gathered));
            self.push(&gathered, depth);
        }
    }

    fn row(&mut self, report: RevisionId, depth: usize) {
        if self.seen.insert(report) {
            self.push(&[report], depth);
            self.below(Some(report), (depth + 1).min(DEEPEST));
        }
    }

    /// Whether a report and all that hangs on it are copies; of ends, whether nothing hangs on it.
    fn is_copy(&self, report: RevisionId, is_end: bool) -> bool {
        let below = self.children.get(&Some(report));
        if is_end {
            return below.is_none()
                && self.edges.get(&report).is_some_and(|edge| edge.branch.rule == "utterance-of-a-party");
        }
        let mut open = vec![report];
        let mut steps = 0;
        while let Some(next) = open.pop() {
            steps += 1;
            let derived = self.edges.get(&next).is_some_and(|edge| edge.branch.rule == "derived-passage");
            if !derived || steps > self.edges.len() {
                return false;
            }
            open.extend(self.children.get(&Some(next)).into_iter().flatten());
        }
        true
    }

    fn gather(&mut self, report: RevisionId, into: &mut Vec<RevisionId>) {
        let mut open = vec![report];
        while let Some(next) = open.pop() {
            if self.seen.insert(next) {
                into.push(next);
                open.extend(self.children.get(&Some(next)).into_iter().flatten());
            }
        }
    }

    fn push(&mut self, reports: &[RevisionId], depth: usize) {
        let Some(edge) = reports.first().and_then(|first| self.edges.get(first)) else { return };
        let branch = edge.branch;
        self.rows.push(OriginRow {
            depth,
            reports: reports.iter().map(|report| self.desk.report_name(*report)).collect(),
            rule: branch.rule,
            reason: reason(branch.rule),
            quote: self.desk.quotes(&branch.evidence).into_iter().next(),
            withdrawn: branch.is_withdrawn,
        });
    }
}

impl OriginLine {
    /// How it counts, in words.
    pub const fn count_words(&self) -> &'static str {
        terms::count(self.count)
    }
}
