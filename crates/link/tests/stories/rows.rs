//! The rows `copies`, `not_copies`, `circular`, `revisions` and `silent_edits` of every story, over what is assembled from its reports with the
//! attributions of the gold file. Counted, with floors: a story that has none of them adds nothing.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord_evidence::{Quoted, RevisionId, TextRange};
use onrecord_link::Report;
use onrecord_link::assemble::{Linked, Tools, assemble};
use onrecord_link::citing::{CitingGraph, Step};
use onrecord_link::claims::{Comparer, NoVectors, StatementTools, StemTable, Thresholds};
use onrecord_link::copies::{Copying, Direction, Extent, Side, Taken};
use onrecord_link::revision::{ChangeClass, Noting, Revising};
use serde_json::Value;

use super::{gold, record, reports, root, stories};

/// What was right of what there is, with what was not.
#[derive(Default)]
struct Share {
    right: usize,
    of: usize,
    wrong: Vec<String>,
}

impl Share {
    fn add(&mut self, right: bool, what: impl FnOnce() -> String) {
        self.of += 1;
        self.right += usize::from(right);
        if !right {
            self.wrong.push(what());
        }
    }

    fn check(&self, what: &str, right: usize, of: usize) {
        assert!(self.of >= of, "{what}: expected at least {of} rows, found {}", self.of);
        assert!(self.right >= right, "{what}: expected {right} of {of}, found {}: {:#?}", self.right, self.wrong);
    }
}

struct Story {
    gold: Value,
    reports: BTreeMap<String, Report>,
    linked: Linked,
}

fn linked(story: &Path) -> Story {
    let (gold, mut reports) = (gold(story), reports(story));
    for article in gold["articles"].as_array().unwrap() {
        let report = reports.get_mut(article["file"].as_str().unwrap()).unwrap();
        let rows = article["attributions"].as_array().unwrap();
        report.records = rows.iter().filter_map(|row| record(&report.text, row)).collect();
        report.records.sort_by_key(|record| record.cue.first().map(Quoted::range));
        report.records.dedup_by_key(|record| record.id);
        // Two captures of one address stand one after the other, though the page states one time.
        if article["file"].as_str().unwrap().ends_with(":2") {
            report.observed =
                onrecord_evidence::Time::parse("2032-12-31", onrecord_evidence::TimeSource::User).unwrap();
        }
    }
    let text = |name: &str| std::fs::read_to_string(root().join("models/propositions").join(name)).unwrap();
    let (table, comparer) =
        (StemTable::parse(&text("stems.txt")).unwrap(), Comparer::parse(&text("comparison.txt")).unwrap());
    let tools = Tools {
        statements: StatementTools { table: &table, vectors: &NoVectors },
        comparer: &comparer,
        thresholds: Thresholds::default(),
        decisions: &[],
        mastheads: &[],
    };
    let all: Vec<Report> = reports.values().cloned().collect();
    let linked = assemble(&all, tools);
    Story { gold, reports, linked }
}

impl Story {
    fn rows(&self, name: &str) -> &[Value] {
        self.gold[name].as_array().map_or(&[], Vec::as_slice)
    }

    fn of(&self, file: &Value) -> &Report {
        &self.reports[file.as_str().unwrap()]
    }

    /// The copying between two reports, with the side of the first of them.
    fn copying(&self, one: &Report, other: &Report) -> Option<(&Copying, Side)> {
        self.linked.copyings.iter().find_map(|copying| match (copying.first, copying.second) {
            pair if pair == (one.revision, other.revision) => Some((copying, Side::First)),
            pair if pair == (other.revision, one.revision) => Some((copying, Side::Second)),
            _ => None,
        })
    }

    /// Who hangs on whom: by citing words that lead to an article, and by passages.
    fn graph(&self) -> CitingGraph {
        let mut graph = CitingGraph::default();
        let first = |report: &&Report| {
            !self
                .reports
                .values()
                .any(|other| other.article == report.article && other.observed.latest() < report.observed.latest())
        };
        for cite in &self.linked.cites {
            let to = self.reports.values().filter(|report| Some(report.article) == cite.to).find(first);
            if let Some(to) = to {
                graph.add(Step {
                    from: cite.from,
                    to: to.revision,
                    words: vec![cite.words.words.clone()],
                    named: true,
                });
            }
        }
        for copying in self.linked.copyings.iter().filter(|copying| copying.is_copy()) {
            let (from, to, range) = match copying.direction {
                Direction::FirstFromSecond => (copying.first, copying.second, copying.passages[0].first),
                Direction::SecondFromFirst => (copying.second, copying.first, copying.passages[0].second),
                _ => continue,
            };
            let words = self.reports.values().find(|report| report.revision == from).map(|report| &report.text);
            let words = words.and_then(|text| Quoted::new(text, range).ok());
            graph.add(Step { from, to, words: words.into_iter().collect(), named: false });
        }
        graph
    }
}

fn place(report: &Report, words: &str) -> Option<TextRange> {
    let at = report.text.find(words)?;
    Some(TextRange::new(u32::try_from(at).ok()?, u32::try_from(at + words.len()).ok()?))
}

#[test]
fn copies_and_what_is_none() {
    let (mut extents, mut directions, mut passages, mut none) =
        (Share::default(), Share::default(), Share::default(), Share::default());
    for path in stories() {
        let story = linked(&path);
        for row in story.rows("copies") {
            let (file, of) = (story.of(&row["file"]), story.of(&row["of"]));
            let found = story.copying(file, of);
            let extent = match row["extent"].as_str() {
                Some("wholly") => Extent::Wholly,
                Some("partly") => Extent::Partly,
                _ => Extent::Not,
            };
            let shown = || format!("{row}: {found:?}");
            extents.add(found.is_some_and(|(copying, side)| copying.extent(side) == extent), shown);
            let taken = found.is_some_and(|(copying, side)| {
                matches!(
                    (&copying.direction, side),
                    (Direction::FirstFromSecond, Side::First) | (Direction::SecondFromFirst, Side::Second)
                )
            });
            directions.add(taken, || format!("{}: {:?}", row["file"], found.map(|(copying, _)| &copying.direction)));
            for passage in row["passages"].as_array().into_iter().flatten() {
                let words = passage["words"].as_str().unwrap();
                let range = place(file, words).unwrap_or_else(|| panic!("{words}"));
                let text = found.is_some_and(|(copying, side)| matches!(copying.taken(side, range), Taken::Text(_)));
                passages.add(text != (passage["kind"] == "new"), || words.to_owned());
            }
        }
        for row in story.rows("not_copies") {
            let found = story.copying(story.of(&row["file"]), story.of(&row["of"]));
            none.add(found.is_none_or(|(copying, _)| !copying.is_copy()), || row.to_string());
        }
    }
    extents.check("extents", 2, 2);
    directions.check("directions", 2, 2);
    passages.check("passages", 8, 9);
    none.check("no copies", 4, 4);
}

#[test]
fn circular_rows() {
    let mut steps = Share::default();
    for path in stories() {
        let story = linked(&path);
        let graph = story.graph();
        for row in story.rows("circular") {
            let chain: Vec<RevisionId> =
                row["chain"].as_array().unwrap().iter().map(|file| story.of(file).revision).collect();
            let returning = graph.returning(chain[0]);
            let whole = returning.iter().any(|back| back.chains.iter().any(|one| one.reports() == chain));
            steps.add(whole, || format!("{row}: {returning:#?}"));
        }
    }
    steps.check("circular", 2, 2);
}

#[test]
fn revised_rows() {
    let (mut notings, mut changes) = (Share::default(), Share::default());
    for path in stories() {
        let story = linked(&path);
        for row in story.rows("revisions").iter().chain(story.rows("silent_edits")) {
            let older = story.of(&row["between"][0]);
            let found = story.linked.revisings.iter().find(|one| one.older == older.revision);
            let expect = if row["noted"] == true { Noting::Noted } else { Noting::Silent };
            notings.add(found.is_some_and(|one| one.noting == expect), || row.to_string());
            let empty = Vec::new();
            for change in row["changes"].as_array().unwrap_or(&empty) {
                changes.add(found.is_some_and(|one| is_shown(one, change)), || change.to_string());
            }
        }
    }
    notings.check("notings", 2, 2);
    changes.check("changes", 9, 9);
}

/// Whether a change of a gold row is one of the changes of the text, or of the attributions.
fn is_shown(revising: &Revising, change: &Value) -> bool {
    let fits = |side: &str, words: &str| {
        change[side].as_str().is_some_and(|expect| expect.contains(words) || words.contains(expect))
    };
    let of_text = revising.changes.iter().any(|one| {
        let before = one.before.as_ref().is_none_or(|words| fits("before", words.words()));
        let after = one.after.as_ref().is_none_or(|words| fits("after", words.words()));
        let is_typo = (change["kind"] == "typo") == (one.class == ChangeClass::Typo);
        before && after && is_typo && (one.before.is_some() || one.after.is_some())
    });
    let of_attributions = revising.touched().any(|one| {
        let any = |words: &[Quoted], side: &str| words.iter().any(|words| fits(side, words.words()));
        any(&one.before, "before") && change["after"].is_null()
            || any(&one.after, "after") && change["before"].is_null()
            || any(&one.before, "before") && any(&one.after, "after")
    });
    of_text || of_attributions
}
