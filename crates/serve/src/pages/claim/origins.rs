//! The tree of origins as rows that fold: copies of one report are one row. The counting is that of the view.

use onrecord::link::origin::OriginCount;
use onrecord::wire::claim::{OriginLine, OriginRow, OriginsView};

use crate::moment;
use crate::shell::Links;
use crate::shown::{Quote, Report, some};

/// Origins that are shown.
const MOST: usize = 40;
/// Rows of one origin.
const MOST_ROWS: usize = 80;
/// Reports of one row that are listed.
const MOST_REPORTS: usize = 200;

/// The origins of a claim.
pub struct OriginsPart {
    /// "at least 1, 3 unknown"
    pub words: String,
    /// Each of them.
    pub origins: Vec<Origin>,
    /// How many are left out.
    pub more: usize,
    /// Circular reporting.
    pub circles: Vec<Circle>,
    /// Reports that rest on a withdrawn origin.
    pub on_withdrawn: Vec<Report>,
    /// The first known report.
    pub first: Option<First>,
}

/// One origin.
pub struct Origin {
    /// Where the chains end.
    pub ends: String,
    /// How it counts, in words.
    pub count: &'static str,
    /// Whether it counts.
    pub counts: bool,
    /// Why its ends are ends.
    pub reasons: String,
    /// The words of its basis.
    pub quotes: Vec<Quote>,
    /// The tree, as a list of lists.
    pub rows: Vec<Row>,
    /// Rows that are left out.
    pub more: usize,
}

/// A row of the tree.
pub struct Row {
    /// Whether a list is opened before it.
    pub opens: bool,
    /// Whether nothing hangs on it.
    pub is_leaf: bool,
    /// Levels that end behind it.
    pub closes: usize,
    /// Whether the tree ends behind it.
    pub is_last: bool,
    /// Its first report.
    pub first: Report,
    /// All of its reports, where there are several.
    pub all: Vec<Report>,
    /// "40 copies"
    pub count: String,
    /// Why it hangs there; `None` at the top.
    pub why: Option<&'static str>,
    /// The words by which it does.
    pub quote: Option<Quote>,
    /// Whether it is no longer stood by.
    pub withdrawn: bool,
}

/// Circular reporting.
pub struct Circle {
    /// Its reports.
    pub reports: Vec<Report>,
    /// The words.
    pub quotes: Vec<Quote>,
}

/// The first known report.
pub struct First {
    /// The report.
    pub report: Report,
    /// When exactly.
    pub when: String,
    /// Why it may not be the first.
    pub doubts: String,
}

impl OriginsPart {
    /// As a page shows them.
    pub fn new(view: &OriginsView, links: &Links) -> Self {
        let report = |name| Report::new(name, links);
        Self {
            words: view.words.clone(),
            origins: view.origins.iter().take(MOST).map(|one| origin(one, links)).collect(),
            more: view.origins.len().saturating_sub(MOST),
            circles: view
                .circles
                .iter()
                .map(|circle| Circle {
                    reports: circle.reports.iter().map(report).collect(),
                    quotes: circle.quotes.iter().take(2).map(|quote| Quote::new(quote, links)).collect(),
                })
                .collect(),
            on_withdrawn: view.rest_on_withdrawn.iter().map(report).collect(),
            first: view.first.as_ref().map(|first| First {
                report: report(&first.report),
                when: first.report.out.as_ref().map_or_else(|| "undated".to_owned(), moment::exact),
                doubts: first.doubts.join("; "),
            }),
        }
    }
}

fn origin(line: &OriginLine, links: &Links) -> Origin {
    let shown = &line.rows[..line.rows.len().min(MOST_ROWS)];
    Origin {
        ends: some(&line.ends, 3).join(", "),
        count: line.count_words(),
        counts: line.count == OriginCount::Counted,
        reasons: line.reasons.join("; "),
        quotes: line.quotes.iter().take(2).map(|quote| Quote::new(quote, links)).collect(),
        rows: rows(shown, links),
        more: line.rows.len() - shown.len(),
    }
}

/// The rows with the lists that they open and close. A row that is deeper than the one before, however much, is one level below it.
fn rows(lines: &[OriginRow], links: &Links) -> Vec<Row> {
    let levels = levels(lines.iter().map(|line| line.depth));
    let next = levels.iter().skip(1).copied().map(Some).chain([None]);
    let steps = levels.iter().zip(next).zip([None].into_iter().chain(levels.iter().copied().map(Some)));
    let rows = lines.iter().zip(steps).filter_map(|(line, ((level, next), before))| {
        let mut row = row(line, links)?;
        row.opens = before.is_none_or(|before| *level > before);
        row.is_leaf = next.is_none_or(|next| next <= *level);
        row.closes = next.map_or(*level, |next| level.saturating_sub(next));
        row.is_last = next.is_none();
        Some(row)
    });
    rows.collect()
}

/// Depths as levels without gaps.
fn levels(depths: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    depths
        .map(|depth| {
            while open.last().is_some_and(|last| *last >= depth) {
                open.pop();
            }
            open.push(depth);
            open.len() - 1
        })
        .collect()
}

fn row(line: &OriginRow, links: &Links) -> Option<Row> {
    let count = match (line.reports.len(), line.rule) {
        (1, _) => String::new(),
        (count, "derived-passage") => format!("{count} copies"),
        (count, _) => format!("{count} reports"),
    };
    let several = line.reports.len() > 1;
    let all = line.reports.iter().filter(|_| several).take(MOST_REPORTS).map(|name| Report::new(name, links));
    Some(Row {
        opens: false,
        is_leaf: true,
        closes: 0,
        is_last: false,
        first: Report::new(line.reports.first()?, links),
        all: all.collect(),
        count,
        why: (line.depth > 0).then(|| line.reason.unwrap_or(line.rule)),
        // At the top stand the words of the origin already.
        quote: line.quote.as_ref().filter(|_| line.depth > 0).map(|quote| Quote::new(quote, links)),
        withdrawn: line.withdrawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depths_become_levels_without_gaps() {
        let check =
            |depths: &[usize], expect: &[usize]| assert_eq!(levels(depths.iter().copied()), expect, "{depths:?}");
        check(&[0, 1, 2, 1, 0, 1], &[0, 1, 2, 1, 0, 1]);
        check(&[0, 2, 1, 5], &[0, 1, 1, 2]);
        check(&[3, 3, 0], &[0, 0, 0]);
        check(&[], &[]);
    }
}
