//! The dates that are found in the Wikinews articles against their gold. What is equal to what is decided here; what counts as gold is told in
//! `truth/README.md`.

use onrecord::annotate::{DateAnchors, DateBounds, DateClock, DateExpression, DateKind, DateModifier, dates};

use crate::answers::{Answer, Answers};
use crate::facts::{DATA, Facts, GoldDate, Placed, matched};
use crate::results::Results;

const STAGE: &str = "dates";

/// What came of one gold expression.
struct Judged {
    answer: Answer,
    days: Option<bool>,
    kind: bool,
    modifier: Option<bool>,
    doubt: bool,
    heading: bool,
    open: bool,
}

/// Scores the stage on the articles; `wrong`: lists what is wrong in the articles that may be read.
pub fn score(facts: &[Facts], wrong: bool, results: &mut Results) {
    let (mut judged, mut spurious) = (Vec::new(), 0);
    for (article, facts) in facts.iter().enumerate() {
        let anchors = DateAnchors { publication: Some(facts.published), ..DateAnchors::default() };
        let (found, _) = dates(&facts.text, &anchors);
        let ranges: Vec<_> = found.iter().map(|found| found.range).collect();
        let gold: Vec<_> = facts.dates.iter().map(Placed::range).collect();
        let matched = matched(&gold, &ranges);
        spurious += matched.spurious;
        for (gold, index) in facts.dates.iter().zip(matched.found) {
            let found = index.and_then(|index| found.get(index));
            let one = judge(article, facts, gold, found);
            if wrong && facts.open && !one.answer.right {
                show(&facts.text, gold, found);
            }
            judged.push(one);
        }
    }
    results.clear(STAGE, DATA);
    let values =
        |keep: &dyn Fn(&Judged) -> bool| Answers(judged.iter().filter(|one| keep(one)).map(|one| one.answer).collect());
    let all = values(&|_| true);
    all.report(results, STAGE, DATA, "value accuracy");
    all.report_curve(results, STAGE, DATA, "value accuracy");
    values(&|one| !one.doubt).report(results, STAGE, DATA, "value accuracy without doubt");
    values(&|one| !one.heading).report(results, STAGE, DATA, "value accuracy without headings");
    values(&|one| !one.heading && !one.doubt).report_accuracy(results, STAGE, DATA, "value accuracy without both");
    values(&|one| one.open).report_accuracy(results, STAGE, DATA, "value accuracy where errors were read");
    values(&|one| !one.open).report_accuracy(results, STAGE, DATA, "value accuracy where none was read");
    let parts = |right: &dyn Fn(&Judged) -> Option<bool>| {
        let of = |one: &Judged| Some(Answer { right: right(one)?, ..one.answer });
        Answers(judged.iter().filter_map(of).collect())
    };
    parts(&|one| one.days).report_accuracy(results, STAGE, DATA, "days accuracy");
    parts(&|one| Some(one.kind)).report_accuracy(results, STAGE, DATA, "kind accuracy");
    parts(&|one| one.modifier).report_accuracy(results, STAGE, DATA, "modifier accuracy");
    results.add(STAGE, DATA, "spurious an article", spurious as f64 / facts.len().max(1) as f64, None);
}

fn judge(article: usize, facts: &Facts, gold: &GoldDate, found: Option<&DateExpression>) -> Judged {
    let right = found.is_some_and(|found| same_value(gold, found));
    // The stage has no confidence of its own: the more its words leave open, the less sure.
    let confidence = found.map_or(0.0, |found| 1.0 / (1.0 + found.alternatives.len() as f64));
    let bounded = gold.begin.is_some() || gold.end.is_some();
    Judged {
        answer: Answer { article, given: found.is_some(), right, confidence },
        days: bounded.then(|| found.is_some_and(|found| same_days(gold, found.value.bounds))),
        kind: found.is_some_and(|found| gold.kind == kind(found.kind)),
        modifier: gold.modifier.as_deref().map(|gold| {
            found.is_some_and(|found| found.modifier.is_some_and(|modifier| same_modifier(gold, modifier)))
        }),
        doubt: gold.doubt.is_some(),
        heading: gold.range().start == 0 && gold.begin == Some(facts.published),
        open: facts.open,
    }
}

fn show(text: &str, gold: &GoldDate, found: Option<&DateExpression>) {
    let words = gold.range().slice(text).unwrap_or_default();
    let bounds = format!("{:?}..{:?}", gold.begin, gold.end);
    let doubt = gold.doubt.as_deref().unwrap_or_default();
    let found = found.map(|found| {
        let words = found.range.slice(text).unwrap_or_default();
        format!("{words:?} {:?} {:?} {:?}", found.kind, found.value.timex, found.value.bounds)
    });
    println!(
        "wrong: {words:?} {} {} {bounds} {doubt}: {}",
        gold.kind,
        gold.value,
        found.unwrap_or_else(|| "not found".into())
    );
}

const fn kind(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Date => "date",
        DateKind::Time => "time",
        DateKind::Interval => "interval",
        DateKind::Duration => "duration",
        DateKind::Set => "set",
    }
}

/// Whether the modifier is what TIMEX3 calls so.
fn same_modifier(gold: &str, found: DateModifier) -> bool {
    let name = match found {
        DateModifier::Early => "START",
        DateModifier::Mid => "MID",
        DateModifier::Late => "END",
        DateModifier::About => "APPROX",
        DateModifier::After => "AFTER",
        DateModifier::Before => "BEFORE",
        DateModifier::By => "ON_OR_BEFORE",
        DateModifier::MoreThan => "MORE_THAN",
        DateModifier::LessThan => "LESS_THAN",
        DateModifier::AtLeast => "EQUAL_OR_MORE",
        DateModifier::AtMost => "EQUAL_OR_LESS",
        DateModifier::Earlier | DateModifier::Later => return false,
    };
    name == gold
}

/// Whether the value taken first says what the gold says: the same TIMEX3 value in any notation of it; or, other than for clock times, whose
/// days are not enough, the same days.
fn same_value(gold: &GoldDate, found: &DateExpression) -> bool {
    let timex = found.value.timex.as_deref().map(|timex| canonical(&with_zone(timex, found.value.clock)));
    if timex.as_deref() == Some(canonical(&gold.value).as_str()) {
        return true;
    }
    let calendar = matches!(gold.kind.as_str(), "date" | "interval");
    let bounded = gold.begin.is_some() || gold.end.is_some();
    calendar
        && bounded
        && matches!(found.kind, DateKind::Date | DateKind::Interval)
        && same_days(gold, found.value.bounds)
}

fn same_days(gold: &GoldDate, bounds: DateBounds) -> bool {
    (gold.begin, gold.end) == (bounds.start(), bounds.end())
}

/// A time of day with the zone that its words state, if the value leaves it out.
fn with_zone(timex: &str, clock: Option<DateClock>) -> String {
    let offset = clock.and_then(|clock| clock.offset_minutes);
    match (offset, timex.split_once('T')) {
        (Some(offset), Some((_, time))) if !time.contains(['Z', '+', '-']) => {
            let sign = if offset < 0 { '-' } else { '+' };
            let minutes = offset.unsigned_abs();
            format!("{timex}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
        _ => timex.to_owned(),
    }
}

/// One notation for each value: lengths of decades and centuries in years, Greenwich as `Z`, full hours with minutes.
pub fn canonical(timex: &str) -> String {
    let timex = timex.replace("+00:00", "Z");
    if let Some(count) = timex.strip_prefix('P') {
        for (unit, years) in [("DE", 10), ("CE", 100)] {
            if let Some(count) = count.strip_suffix(unit).and_then(|count| count.parse::<u32>().ok()) {
                return format!("P{}Y", u64::from(count) * years);
            }
        }
        return timex;
    }
    match timex.split_once('T') {
        Some((day, hour)) if hour.len() == 2 && hour.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{day}T{hour}:00")
        }
        _ => timex,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gold as a line of the truth has it, and what the stage finds in `text`, published on Thursday, 5 June 2031.
    fn check(text: &str, gold: &str, expect: bool) {
        let gold: GoldDate = serde_json::from_str(gold).unwrap();
        let anchors = DateAnchors { publication: Some(jiff::civil::date(2031, 6, 5)), ..DateAnchors::default() };
        let (found, _) = dates(text, &anchors);
        assert_eq!(found.first().is_some_and(|found| same_value(&gold, found)), expect, "{text}: {found:#?}");
    }

    #[test]
    fn values_are_compared() {
        let day = r#"{"range":[0,0],"type":"date","value":"2031-06-03","begin":"2031-06-03","end":"2031-06-03"}"#;
        check("The mayor resigned on Tuesday.", day, true);
        check("The mayor resigned on Monday.", day, false);
        check("The mayor resigned.", day, false);
        check("The bridge was closed for two decades.", r#"{"range":[0,0],"type":"duration","value":"P20Y"}"#, true);
        check(
            "She has led the port since 2027.",
            r#"{"range":[0,0],"type":"interval","value":"2027/..","begin":"2027-01-01"}"#,
            true,
        );
    }

    #[test]
    fn notations_of_a_value_are_one() {
        assert_eq!(canonical("P2CE"), "P200Y");
        assert_eq!(canonical("PXDE"), "PXDE");
        assert_eq!(canonical("2031-06-05T09"), "2031-06-05T09:00");
        assert_eq!(canonical("2031-06-05TNI"), "2031-06-05TNI");
        assert_eq!(canonical("2031-06-05T09:30+00:00"), "2031-06-05T09:30Z");
    }
}
