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
    /// Lists that are opened before it.
    pub opens: usize,
    /// Lists that are closed behind it.
    pub closes: usize,
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

/// The rows with the lists that they open and close: a row that is deeper than the one before opens one, however much deeper it is.
fn rows(lines: &[OriginRow], links: &Links) -> Vec<Row> {
    let mut open: Vec<usize> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let mut closed = 0;
        while open.last().is_some_and(|depth| *depth > line.depth) {
            open.pop();
            closed += 1;
        }
        let opens = usize::from(open.last() != Some(&line.depth));
        if opens > 0 {
            open.push(line.depth);
        }
        if let Some(last) = rows.last_mut() {
            last.closes = closed;
        }
        rows.extend(row(line, opens, links));
    }
    if let Some(last) = rows.last_mut() {
        last.closes = open.len();
    }
    rows
}

fn row(line: &OriginRow, opens: usize, links: &Links) -> Option<Row> {
    let count = match (line.reports.len(), line.rule) {
        (1, _) => String::new(),
        (count, "derived-passage") => format!("{count} copies"),
        (count, _) => format!("{count} reports"),
    };
    let several = line.reports.len() > 1;
    let all = line.reports.iter().filter(|_| several).take(MOST_REPORTS).map(|name| Report::new(name, links));
    Some(Row {
        opens,
        closes: 0,
        first: Report::new(line.reports.first()?, links),
        all: all.collect(),
        count,
        why: (line.depth > 0).then(|| line.reason.unwrap_or(line.rule)),
        // At the top stand the words of the origin already.
        quote: line.quote.as_ref().filter(|_| line.depth > 0).map(|quote| Quote::new(quote, links)),
        withdrawn: line.withdrawn,
    })
}
