//! Lengths of time, those that end or begin at the anchor too: `two weeks`, `the past year`; and words that say no more than
//! on which side of the anchor something lies: `recently`.

use jiff::civil::Date;
use onrecord_evidence::TextRange;

use crate::dates::calendar::{self, add_days, length};
use crate::dates::meaning::{Count, Point, Stretch};
use crate::dates::outcome::{expression, values};
use crate::dates::shift::{anchor_base, solve_shift};
use crate::dates::solve::{Frame, Problem, Solved};
use crate::dates::tense::Tense;
use crate::dates::{
    DateAnchor, DateBounds, DateDirection, DateExpression, DateKind, DateModifier, DateUnit, DateValue, RelativeDate,
};

/// A length that ends or begins at the anchor.
pub(crate) fn run(
    count: Count,
    unit: DateUnit,
    after: bool,
    modifier: Option<DateModifier>,
    range: TextRange,
    frame: &Frame,
) -> Result<DateExpression, Problem> {
    let direction = if after { DateDirection::After } else { DateDirection::Before };
    let relative = Some(RelativeDate { hundredths: count.hundredths, unit, direction });
    let mut value = DateValue {
        timex: Some(length(count.hundredths, unit)),
        bounds: DateBounds::Unknown,
        granularity: unit,
        clock: None,
        reason: "no anchor: the length is known, its ends are not".to_owned(),
    };
    // "He spent the next five decades in the House": counted from what is told, not from the article.
    if after && frame.tense == Tense::Past {
        let told = frame.earlier.iter().find(|earlier| earlier.near);
        let anchor = told.map_or(DateAnchor::Missing, |earlier| DateAnchor::Expression(earlier.range));
        "past tense: counted from what is told, not from the anchor".clone_into(&mut value.reason);
        let far = told.and_then(|earlier| far_end(earlier.days.start, count.hundredths?, unit, true));
        if let (Some(earlier), Some(end)) = (told, far) {
            value.bounds = DateBounds::Closed { start: earlier.days.start, end };
        }
        return Ok(expression(range, DateKind::Duration, vec![value], modifier, anchor, relative));
    }
    let Some((date, anchor)) = frame.anchor else {
        return Ok(expression(range, DateKind::Interval, vec![value], modifier, DateAnchor::Missing, relative));
    };
    let Some(hundredths) = count.hundredths else {
        value.bounds =
            if after { DateBounds::OpenEnd { start: Some(date) } } else { DateBounds::OpenStart { end: Some(date) } };
        value.reason = "at the anchor; the words do not say how long".to_owned();
        return Ok(expression(range, DateKind::Interval, vec![value], modifier, anchor, relative));
    };
    let far = far_end(date, hundredths, unit, after).ok_or(Problem::OutOfRange)?;
    let (start, end) = if after { (date, far) } else { (far, date) };
    value.bounds = DateBounds::Closed { start, end };
    value.reason = if after { "from the anchor on" } else { "up to the anchor" }.to_owned();
    let mut values = vec![value];
    if hundredths == 100
        && unit >= DateUnit::Week
        && let Some(days) = calendar::stretch(unit, date, if after { 1 } else { -1 })
    {
        values.push(DateValue {
            timex: Some(days.timex),
            bounds: DateBounds::Closed { start: days.start, end: days.end },
            granularity: unit,
            clock: None,
            reason: "if the one on the calendar is meant".to_owned(),
        });
    }
    Ok(expression(range, DateKind::Interval, values, modifier, anchor, relative))
}

fn far_end(date: Date, hundredths: u32, unit: DateUnit, after: bool) -> Option<Date> {
    let sign = if after { 1i64 } else { -1 };
    let scaled = |times: i64| i32::try_from((i64::from(hundredths) * times + 99) / 100 * sign).ok();
    match calendar::months(unit) {
        Some(months) => calendar::add_months(date, scaled(i64::from(months))?),
        None => {
            let days = match unit {
                DateUnit::Week | DateUnit::Weekend => scaled(7)?,
                DateUnit::Day | DateUnit::PartOfDay => scaled(1)?,
                DateUnit::Hour => {
                    (i64::from(hundredths) * sign / 2400) as i32
                        + sign as i32 * i32::from(!hundredths.is_multiple_of(2400))
                }
                _ => sign as i32,
            };
            add_days(date, days)
        }
    }
}

/// A length; after `in` or `within` with a verb of the future, the day that lies so far ahead.
pub(crate) fn lasting(
    parts: &[(Count, DateUnit)],
    modifier: Option<DateModifier>,
    ahead: bool,
    within: bool,
    range: TextRange,
    frame: &Frame,
) -> Result<DateExpression, Problem> {
    let mut timex = String::new();
    let mut granularity = DateUnit::Century;
    for (count, unit) in parts {
        let part = length(count.hundredths, *unit);
        let timed = timex.contains('T');
        let rest = part.trim_start_matches("PT").trim_start_matches('P');
        timex.push_str(if timex.is_empty() {
            &part
        } else if timed || !part.starts_with("PT") {
            rest
        } else {
            &part[1..]
        });
        granularity = granularity.min(*unit);
    }
    let value = |timex: String, reason: &str| DateValue {
        timex: Some(timex),
        bounds: DateBounds::Unknown,
        granularity,
        clock: None,
        reason: reason.to_owned(),
    };
    let mut values = vec![value(timex, "a length, nowhere on the calendar")];
    if let [(count, unit)] = parts
        && let Some(high) = count.high
    {
        values.push(value(length(Some(high), *unit), "the other end of the stated range"));
    }
    let plain = expression(range, DateKind::Duration, values, modifier, DateAnchor::Whole, None);
    let [(count, unit)] = parts else { return Ok(plain) };
    if !ahead || frame.anchor.is_none() {
        return Ok(plain);
    }
    let other = if within {
        run(*count, *unit, true, modifier, range, frame)?
    } else {
        let solved = solve_shift(*count, *unit, true, &anchor_base(frame))?;
        let values = values_of(&solved, frame);
        expression(range, DateKind::Date, values, modifier, solved.anchor, solved.relative)
    };
    let (mut taken, left) = if frame.tense == Tense::Future { (other, plain) } else { (plain, other) };
    taken.alternatives.push(left.value);
    Ok(taken)
}

fn values_of(solved: &Solved, frame: &Frame) -> Vec<DateValue> {
    values(solved, &Point::of(Stretch::Open), frame)
}

/// `recently`, `currently`, `soon`.
pub(crate) fn vague(timex: &str, range: TextRange, frame: &Frame) -> DateExpression {
    let bounds = match (timex, frame.anchor) {
        ("PAST_REF", Some((date, _))) => DateBounds::OpenStart { end: Some(date) },
        ("FUTURE_REF", Some((date, _))) => DateBounds::OpenEnd { start: Some(date) },
        ("PRESENT_REF", Some((date, _))) => DateBounds::Closed { start: date, end: date },
        _ => DateBounds::Unknown,
    };
    let anchor = frame.anchor.map_or(DateAnchor::Missing, |(_, anchor)| anchor);
    let reason = "the words do not say how far".to_owned();
    let value = DateValue { timex: Some(timex.to_owned()), bounds, granularity: DateUnit::Day, clock: None, reason };
    expression(range, DateKind::Date, vec![value], None, anchor, None)
}
