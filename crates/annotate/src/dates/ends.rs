//! Intervals: `from X to Y`, `since X`, `until X`, `before X`, `since the vote`. Not lengths (`lasting`).

use jiff::civil::Date;
use onrecord_evidence::TextRange;

use crate::dates::calendar::{self, add_days};
use crate::dates::meaning::{Open, Point, Stretch, Target};
use crate::dates::outcome::{MOST_VALUES, expression, solved, values};
use crate::dates::solve::{Frame, Problem};
use crate::dates::tense::Tense;
use crate::dates::token::Words;
use crate::dates::{DateAnchor, DateBounds, DateClock, DateExpression, DateKind, DateModifier, DateUnit, DateValue};

/// `from X to Y`.
pub(crate) fn interval(
    words: &Words<'_>,
    first: &Point,
    second: &Point,
    range: TextRange,
    frame: &Frame,
) -> Result<DateExpression, Problem> {
    let (from, to) = (solved(words, first, frame)?, solved(words, second, frame)?);
    let (from_values, to_values) = (values(&from, first, frame), values(&to, second, frame));
    let clocks = first.clock.is_some() || second.clock.is_some();
    let weekly = [first, second].iter().any(|point| {
        matches!(
            point.stretch,
            Stretch::Day { weekday: Some(_), month: None, .. } | Stretch::Named { target: Target::Weekday(_), .. }
        )
    });
    let mut found = Vec::new();
    for (from, to) in from_values.iter().zip(&to_values).take(if clocks { 1 } else { MOST_VALUES }) {
        if let Some(value) = joined(from, to, weekly, frame.tense) {
            found.push(value);
        }
    }
    if found.is_empty() {
        let timex = match (
            from_values.first().and_then(|value| value.timex.clone()),
            to_values.first().and_then(|value| value.timex.clone()),
        ) {
            (Some(from), Some(to)) => Some(format!("{from}/{to}")),
            _ => None,
        };
        let granularity = from.unit.min(to.unit);
        let closed = |values: &[DateValue]| values.first().is_some_and(|value| value.bounds.start().is_some());
        let reason = if closed(&from_values) && closed(&to_values) {
            "it ends before it begins: no interval of the calendar"
        } else {
            "no anchor: the value is relative"
        };
        let reason = reason.to_owned();
        found.push(DateValue { timex, bounds: DateBounds::Unknown, granularity, clock: None, reason });
    }
    let anchor = if from.anchor == DateAnchor::Whole { to.anchor } else { from.anchor };
    Ok(expression(range, DateKind::Interval, found, second.modifier.or(first.modifier), anchor, None))
}

/// Two ends as one value, in order.
fn joined(from: &DateValue, to: &DateValue, weekly: bool, tense: Tense) -> Option<DateValue> {
    let (DateBounds::Closed { mut start, end: from_end }, DateBounds::Closed { start: to_start, mut end }) =
        (from.bounds, to.bounds)
    else {
        return None;
    };
    let (mut from_timex, mut to_timex) = (from.timex.clone()?, to.timex.clone()?);
    let time = |clock: DateClock| (clock.hour, clock.minute.unwrap_or(0));
    if let (Some(first), Some(second)) = (from.clock, to.clock)
        && start == end
        && time(second) < time(first)
        && let Some(next) = add_days(end, 1)
    {
        // "Between 10 p.m. and 4 a.m." ends on the next day.
        to_timex = to_timex.replacen(&end.to_string(), &next.to_string(), 1);
        end = next;
    }
    if start > end {
        // Both were looked for on their own; the one further from the tense's side moves.
        let day_from = start == from_end && to_start == end;
        let step = |date: Date, back: bool| {
            let sign = if back { -1 } else { 1 };
            if weekly { add_days(date, 7 * sign) } else { calendar::add_months(date, 12 * sign) }
        };
        let back = tense != Tense::Future;
        let moved = if back { step(start, true)? } else { step(end, false)? };
        if back {
            start = moved
        } else {
            end = moved
        }
        if start > end {
            return None;
        }
        if day_from {
            let (old, new) = (if back { from.bounds.start()? } else { to.bounds.end()? }, moved);
            let text = if back { &mut from_timex } else { &mut to_timex };
            *text = text.replacen(&old.to_string(), &new.to_string(), 1);
        } else {
            let (old, new) = (if back { from.bounds.start()? } else { to.bounds.end()? }, moved);
            let text = if back { &mut from_timex } else { &mut to_timex };
            *text = text.replacen(&format!("{:04}", old.year()), &format!("{:04}", new.year()), 1);
        }
    }
    Some(DateValue {
        timex: Some(format!("{from_timex}/{to_timex}")),
        bounds: DateBounds::Closed { start, end },
        granularity: from.granularity.min(to.granularity),
        clock: from.clock,
        reason: format!("{}; {}", from.reason, to.reason),
    })
}

/// `since X`, `until X`, `by X`, `before X`, `after X`.
pub(crate) fn half_interval(
    words: &Words<'_>,
    open: Open,
    point: &Point,
    range: TextRange,
    frame: &Frame,
) -> Result<DateExpression, Problem> {
    let solved = solved(words, point, frame)?;
    let mut values = values(&solved, point, frame);
    if solved.candidates.len() > 1 && matches!(open, Open::From | Open::To | Open::By) {
        let wanted = |value: &DateValue| match (frame.anchor, open, value.bounds) {
            // "Since March" is over, "by Friday" and "until Friday" are mostly still to come.
            (Some((anchor, _)), Open::From, DateBounds::Closed { start, .. }) => {
                frame.tense == Tense::Future || start <= anchor
            }
            (Some((anchor, _)), Open::To | Open::By, DateBounds::Closed { end, .. }) => {
                frame.tense == Tense::Past || end >= anchor
            }
            _ => true,
        };
        if let Some(index) = values.iter().position(wanted) {
            values[..=index].rotate_right(1);
        }
    }
    for value in &mut values {
        let (start, end) = (value.bounds.start(), value.bounds.end());
        value.bounds = match (open, start.is_some() || end.is_some()) {
            (_, false) => value.bounds,
            (Open::From, _) => DateBounds::OpenEnd { start },
            (Open::After, _) => DateBounds::OpenEnd {
                start: end.and_then(|end| if value.clock.is_some() { Some(end) } else { add_days(end, 1) }),
            },
            (Open::To | Open::By, _) => DateBounds::OpenStart { end },
            (Open::Before, _) => DateBounds::OpenStart {
                end: start.and_then(|start| if value.clock.is_some() { Some(start) } else { add_days(start, -1) }),
            },
        };
        value.timex = value.timex.as_ref().map(|timex| match open {
            Open::From => format!("{timex}/.."),
            Open::To => format!("../{timex}"),
            Open::By | Open::Before | Open::After => timex.clone(),
        });
    }
    let modifier = match open {
        Open::After => Some(DateModifier::After),
        Open::Before => Some(DateModifier::Before),
        Open::By => Some(DateModifier::By),
        Open::From | Open::To => point.modifier,
    };
    let finer = values.first().is_some_and(|value| value.granularity < DateUnit::Day);
    let kind = match open {
        Open::From | Open::To => DateKind::Interval,
        Open::By | Open::Before | Open::After if finer => DateKind::Time,
        Open::By | Open::Before | Open::After => DateKind::Date,
    };
    Ok(expression(range, kind, values, modifier, solved.anchor, solved.relative))
}

/// `since his election win`.
pub(crate) fn event(event: TextRange, from: bool, range: TextRange) -> DateExpression {
    let bounds = if from { DateBounds::OpenEnd { start: None } } else { DateBounds::OpenStart { end: None } };
    let reason = "an event begins it, whose day is not known here".to_owned();
    let value = DateValue { timex: None, bounds, granularity: DateUnit::Day, clock: None, reason };
    expression(range, DateKind::Interval, vec![value], None, DateAnchor::Event(event), None)
}

/// `since then`.
pub(crate) fn since_earlier(range: TextRange, frame: &Frame) -> DateExpression {
    let (bounds, timex, anchor, granularity) = match frame.earlier.first() {
        Some(earlier) => (
            DateBounds::OpenEnd { start: Some(earlier.days.start) },
            Some(format!("{}/..", earlier.days.start)),
            DateAnchor::Expression(earlier.range),
            earlier.days.unit,
        ),
        None => (DateBounds::OpenEnd { start: None }, None, DateAnchor::Missing, DateUnit::Day),
    };
    let reason = "from the date before it in the text".to_owned();
    expression(
        range,
        DateKind::Interval,
        vec![DateValue { timex, bounds, granularity, clock: None, reason }],
        None,
        anchor,
        None,
    )
}

/// `at the time`: the days of the date before it, where one is near.
pub(crate) fn at_earlier(range: TextRange, frame: &Frame) -> DateExpression {
    let past = DateValue {
        timex: Some("PAST_REF".to_owned()),
        bounds: DateBounds::Unknown,
        granularity: DateUnit::Day,
        clock: None,
        reason: "the time of what is told; the words do not say which".to_owned(),
    };
    let told = frame.earlier.iter().find(|earlier| earlier.near);
    let days = told.and_then(|earlier| Some((earlier, calendar::stretch(earlier.days.unit, earlier.days.start, 0)?)));
    let Some((earlier, days)) = days else {
        return expression(range, DateKind::Date, vec![past], None, DateAnchor::Missing, None);
    };
    let same = DateValue {
        timex: Some(days.timex),
        bounds: DateBounds::Closed { start: days.start, end: days.end },
        granularity: days.unit,
        clock: None,
        reason: "the date before it in the text".to_owned(),
    };
    expression(range, DateKind::Date, vec![same, past], None, DateAnchor::Expression(earlier.range), None)
}
