//! The figures of a claim: a picture of each claimant's series, the same as a table, and how figures stand to each other. The comparison is that of the view.

use jiff::Timestamp;
use onrecord::annotate::figures::{Decimal, Value};
use onrecord::link::figure::{Facet, Relation};
use onrecord::wire::claim::{ClaimView, FigureLine, FigurePair, RelationLine, SeriesLine, terms};

use super::time::percent;
use crate::moment;
use crate::shell::Links;
use crate::shown::Quote;

/// Series that are shown.
const MOST: usize = 12;
/// Pairs that are shown.
const MOST_PAIRS: usize = 16;
/// Kinds of marks: one for each series that is shown, six colours filled and six hollow.
const KINDS: usize = MOST;
/// Height of the picture.
const HEIGHT: f64 = 220.0;
/// Room above and below the values.
const ROOM: f64 = 18.0;

/// The figures of a claim.
pub struct Figures {
    /// Rows of the table.
    pub rows: Vec<Row>,
    /// The picture; `None` where there are too few dated figures.
    pub chart: Option<Chart>,
    /// How figures of different claimants stand.
    pub pairs: Vec<Pair>,
    /// Pairs that cannot be compared.
    pub open: Vec<String>,
    /// How many more of these there are.
    pub more_open: usize,
}

/// A row of the table.
pub struct Row {
    /// Who gives it; empty where it is that of the row above.
    pub claimant: String,
    /// What is counted; empty where it is that of the row above.
    pub counts: String,
    /// The mark of its series in the picture, from 1.
    pub kind: usize,
    /// The figure.
    pub shown: String,
    /// As of when.
    pub as_of: String,
    /// How the one before stands to it.
    pub how: String,
    /// Its words.
    pub quote: Option<Quote>,
}

/// The picture.
pub struct Chart {
    /// Lines between figures of one series.
    pub lines: Vec<Line>,
    /// The figures.
    pub points: Vec<Point>,
    /// Values of the axis.
    pub levels: Vec<Level>,
    /// First and last day.
    pub ends: [String; 2],
    /// What it shows, in words.
    pub says: String,
}

/// From one figure to the next.
pub struct Line {
    /// Where it starts and ends.
    pub x: [String; 2],
    /// Heights of both ends.
    pub y: [String; 2],
    /// The mark of its series.
    pub kind: usize,
}

/// A figure in the picture.
pub struct Point {
    /// Where it stands.
    pub x: String,
    /// The height of its value, or of the middle of its range.
    pub y: String,
    /// The heights of the ends of a range.
    pub range: Option<[String; 2]>,
    /// The mark of its series.
    pub kind: usize,
    /// In words.
    pub label: String,
}

/// A value of the axis.
pub struct Level {
    /// Its height.
    pub y: String,
    /// The value.
    pub words: String,
}

/// How two figures stand to each other.
pub struct Pair {
    /// "conflict"
    pub words: &'static str,
    /// Whether they conflict.
    pub conflict: bool,
    /// One with its claimant.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why.
    pub reason: &'static str,
    /// The words of both.
    pub quotes: Vec<Quote>,
}

impl Figures {
    /// As a page shows them; nothing where there is nothing to be said about them.
    pub fn new(view: &ClaimView, links: &Links) -> Option<Self> {
        if !view.tells_of_figures() {
            return None;
        }
        let series = &view.figures[..view.figures.len().min(MOST)];
        let (open, telling): (Vec<&FigurePair>, Vec<_>) =
            view.figure_relations.iter().partition(|pair| pair.relation.relation == Relation::NotComparable);
        Some(Self {
            rows: series.iter().enumerate().flat_map(|(index, one)| rows(one, index % KINDS + 1, links)).collect(),
            chart: chart(series),
            pairs: telling.into_iter().take(MOST_PAIRS).map(|one| pair(one, links)).collect(),
            open: open.iter().take(3).map(|one| not_comparable(one)).collect(),
            more_open: open.len().saturating_sub(3),
        })
    }
}

fn rows(series: &SeriesLine, kind: usize, links: &Links) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut push = |figure: &FigureLine, as_of: String, how: String| {
        let is_first = rows.is_empty();
        rows.push(Row {
            claimant: if is_first { series.claimant.clone() } else { String::new() },
            counts: if is_first { series.counts.clone() } else { String::new() },
            kind,
            shown: figure.shown.clone(),
            as_of,
            how,
            quote: figure.quotes.first().map(|quote| Quote::new(quote, links)),
        });
    };
    for step in &series.steps {
        let how = step.change.as_ref().map_or_else(String::new, |change| change.words.to_owned());
        push(&step.figure, moment::day(&step.as_of), how);
    }
    for part in &series.parts {
        push(part, String::new(), "a part, or on top".to_owned());
    }
    for figure in &series.undated {
        push(figure, "not stated".to_owned(), String::new());
    }
    rows
}

fn pair(pair: &FigurePair, links: &Links) -> Pair {
    let relation = &pair.relation;
    let quotes = pair.one.quotes.iter().take(1).chain(pair.other.quotes.iter().take(1));
    Pair {
        words: relation.words,
        conflict: matches!(relation.relation, Relation::Conflict | Relation::RoleConflict),
        one: claimed(&pair.one),
        other: claimed(&pair.other),
        reason: relation.reason.unwrap_or(relation.rule),
        quotes: quotes.map(|quote| Quote::new(quote, links)).collect(),
    }
}

fn claimed(figure: &FigureLine) -> String {
    format!("{} ({})", figure.shown, figure.claimant.as_deref().unwrap_or("nobody credited"))
}

fn not_comparable(pair: &FigurePair) -> String {
    let RelationLine { differs, missing, .. } = &pair.relation;
    let words = |facets: &[Facet]| facets.iter().map(|one| terms::facet(*one)).collect::<Vec<_>>().join(", ");
    let mut parts = vec![format!("{} and {}: not comparable", claimed(&pair.one), claimed(&pair.other))];
    if !differs.is_empty() {
        parts.push(format!("differs: {}", words(differs)));
    }
    if !missing.is_empty() {
        parts.push(format!("not stated: {}", words(missing)));
    }
    parts.join("; ")
}

/// A dated figure with a value.
struct Dated<'a> {
    at: Timestamp,
    low: f64,
    high: f64,
    label: String,
    kind: usize,
    series: &'a str,
}

fn number(value: &Value) -> Option<(f64, f64)> {
    // Digits of a decimal are read by every parser of numbers; a picture needs no more than they give.
    let read = |one: &Decimal| one.to_string().parse::<f64>().ok().filter(|read| read.is_finite());
    match value {
        Value::Number(one) => read(one).map(|one| (one, one)),
        Value::Range { low, high } => Some((read(low)?, read(high)?)),
        Value::Ratio { .. } | Value::Vague { .. } => None,
    }
}

fn chart(series: &[SeriesLine]) -> Option<Chart> {
    let dated = series.iter().enumerate().flat_map(|(index, one)| {
        one.steps.iter().filter_map(move |step| {
            let (low, high) = number(&step.figure.value)?;
            let label = format!("{}: {}, {}", one.claimant, step.figure.shown, moment::day(&step.as_of));
            let at = step.as_of.latest();
            Some(Dated { at, low, high, label, kind: index % KINDS + 1, series: one.claimant.as_str() })
        })
    });
    let dated: Vec<Dated<'_>> = dated.collect();
    if dated.len() < 2 {
        return None;
    }
    let first = dated.iter().map(|one| one.at).min()?;
    let last = dated.iter().map(|one| one.at).max()?;
    let top = dated.iter().map(|one| one.high).fold(f64::MIN, f64::max);
    let steps = levels(top);
    let top = steps.last().copied().unwrap_or(1.0).max(top);
    let span = (last.as_second() - first.as_second()).max(1);
    let x = |at: Timestamp| {
        let part = i128::from(at.as_second() - first.as_second());
        let middle = i64::from(last == first) * 4100;
        percent(900 + middle + i64::try_from(part * 8200 / i128::from(span)).unwrap_or(0))
    };
    let y = |value: f64| format!("{:.1}", ROOM + (HEIGHT - 2.0 * ROOM) * (1.0 - value / top));
    let middle = |one: &Dated<'_>| y((one.low + one.high) / 2.0);
    let joined = dated.windows(2).filter(|pair| pair[0].kind == pair[1].kind && pair[0].series == pair[1].series);
    Some(Chart {
        lines: joined
            .map(|pair| Line {
                x: [x(pair[0].at), x(pair[1].at)],
                y: [middle(&pair[0]), middle(&pair[1])],
                kind: pair[0].kind,
            })
            .collect(),
        points: dated
            .iter()
            .map(|one| Point {
                x: x(one.at),
                y: middle(one),
                range: (one.low < one.high).then(|| [y(one.low), y(one.high)]),
                kind: one.kind,
                label: one.label.clone(),
            })
            .collect(),
        levels: steps.iter().map(|step| Level { y: y(*step), words: format!("{step}") }).collect(),
        ends: [moment::moment_day(first), moment::moment_day(last)],
        says: dated.iter().map(|one| one.label.as_str()).collect::<Vec<_>>().join("; "),
    })
}

/// Round values from nought to at least `top`: four or five of them.
fn levels(top: f64) -> Vec<f64> {
    if !(top > 0.0 && top.is_finite()) {
        return vec![0.0, 1.0];
    }
    let rough = top / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|one| one * power).find(|one| *one >= rough).unwrap_or(power);
    let count = (top / step).ceil() as u32;
    (0..=count).map(|one| f64::from(one) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_an_axis_are_round() {
        let check = |top: f64, expect: &[f64]| assert_eq!(levels(top), expect, "{top}");
        check(500.0, &[0.0, 200.0, 400.0, 600.0]);
        check(127.0, &[0.0, 50.0, 100.0, 150.0]);
        check(80.0, &[0.0, 20.0, 40.0, 60.0, 80.0]);
        check(0.0, &[0.0, 1.0]);
        check(f64::INFINITY, &[0.0, 1.0]);
    }
}
