//! From one date or time to the expression that is handed out. Intervals stand in `ends`, lengths in `lasting`; the choice
//! among days is made in `solve` and `shift`.

use jiff::civil::Date;
use onrecord_evidence::TextRange;

use crate::dates::calendar::{self, add_days, with_part};
use crate::dates::meaning::{Origin, Part, Point, Stretch};
use crate::dates::shift::{Base, anchor_base, earlier_base, solve_fiscal, solve_shift};
use crate::dates::solve::{Candidate, Frame, Problem, Solved, solve};
use crate::dates::token::Words;
use crate::dates::{
    DateAnchor, DateBounds, DateClock, DateDirection, DateExpression, DateKind, DateModifier, DateUnit, DateValue,
    RelativeDate,
};

/// Values of one expression that are kept.
pub(crate) const MOST_VALUES: usize = 4;

pub(crate) fn solved(words: &Words<'_>, point: &Point, frame: &Frame) -> Result<Solved, Problem> {
    match &point.stretch {
        Stretch::Shift { count, after, unit, origin } => {
            let base = match origin {
                Origin::Anchor => anchor_base(frame),
                Origin::Earlier => earlier_base(*unit, frame),
                Origin::Event(start, end) => {
                    let anchor = DateAnchor::Event(words.range(*start, *end));
                    Base { days: None, anchor, reason: "counted from an event" }
                }
                Origin::Point(from, start, end) => {
                    let from = solved(words, from, frame)?;
                    let days = from.candidates.into_iter().next().map(|candidate| candidate.days);
                    let anchor = match days {
                        Some(_) => DateAnchor::Expression(words.range(*start, *end)),
                        None => DateAnchor::Missing,
                    };
                    Base { days, anchor, reason: "counted from the date that is named" }
                }
            };
            solve_shift(*count, *unit, *after, &base)
        }
        Stretch::Fiscal { year, quarter } => solve_fiscal(*year, *quarter, frame),
        Stretch::Open => open_day(point, frame),
        stretch => solve(stretch, frame),
    }
}

/// A clock or a part of the day alone: on the day of the date before it in the sentence, where one is near.
fn open_day(point: &Point, frame: &Frame) -> Result<Solved, Problem> {
    let unit = if point.clock.is_some() { DateUnit::Minute } else { DateUnit::PartOfDay };
    let mut solved = Solved {
        candidates: Vec::new(),
        anchor: DateAnchor::Missing,
        relative: None,
        open: Some(String::new()),
        unit,
        base: None,
    };
    if let Some(earlier) = frame.earlier(DateUnit::Day).filter(|earlier| earlier.near) {
        let days = match (earlier.clock, point.clock) {
            (Some(told), Some(clock)) => days_apart(&told, &clock.clock),
            _ => 0,
        };
        let date = add_days(earlier.days.start, days).ok_or(Problem::OutOfRange)?;
        let reason = if days == 0 { "on the day named before it" } else { "the time before it in another zone" };
        solved.anchor = DateAnchor::Expression(earlier.range);
        solved.candidates.push(crate::dates::solve::candidate(calendar::day(date), reason));
    } else if let Some((date, anchor)) = frame.anchor {
        solved.anchor = anchor;
        solved
            .candidates
            .push(crate::dates::solve::candidate(calendar::day(date), "no day named: taken for the article's"));
    }
    Ok(solved)
}

/// By how many days the day moves from one clock to the same moment on another: "8:30 p.m. (0030 UTC)" is a day later
/// there. Zones lie between 12 hours behind Greenwich and 14 hours ahead of it.
fn days_apart(told: &DateClock, other: &DateClock) -> i32 {
    let minutes = |clock: &DateClock| i32::from(clock.hour) * 60 + i32::from(clock.minute.unwrap_or(0));
    let gap = minutes(other) - minutes(told);
    let zone = |offset: i32| (-720..=840).contains(&offset);
    let fits = |days: &i32| match (told.offset_minutes.map(i32::from), other.offset_minutes.map(i32::from)) {
        (Some(from), Some(to)) => gap + days * 1440 == to - from,
        (None, Some(to)) => zone(to - gap - days * 1440),
        (Some(from), None) if other.zone.is_some() => zone(from + gap + days * 1440),
        _ => *days == 0,
    };
    [0, 1, -1].into_iter().find(fits).unwrap_or(0)
}

fn clock_timex(clock: &DateClock) -> String {
    let mut timex = format!("T{:02}", clock.hour);
    if let Some(minute) = clock.minute {
        timex.push_str(&format!(":{minute:02}"));
    }
    if let Some(second) = clock.second {
        timex.push_str(&format!(":{second:02}"));
    }
    match clock.offset_minutes {
        Some(0) => timex.push('Z'),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            timex.push_str(&format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
        }
        None => {}
    }
    timex
}

/// The values of a point, one or more.
pub(crate) fn values(solved: &Solved, point: &Point, frame: &Frame) -> Vec<DateValue> {
    let unit = match (point.clock, point.part) {
        (Some(clock), _) if clock.clock.second.is_some() => DateUnit::Second,
        (Some(clock), _) if clock.clock.minute.is_some() => DateUnit::Minute,
        (Some(_), _) => DateUnit::Hour,
        (None, Some(_)) => DateUnit::PartOfDay,
        (None, None) => solved.unit,
    };
    let narrow = |day: &str| match (point.clock, point.part) {
        (Some(clock), _) => format!("{day}{}", clock_timex(&clock.clock)),
        (None, Some(part)) => with_part(day, part),
        (None, None) => day.to_owned(),
    };
    let clock = point.clock.map(|clock| clock.clock);
    let mut values: Vec<DateValue> = solved
        .candidates
        .iter()
        .take(MOST_VALUES)
        .filter_map(|Candidate { days, reason }| {
            let (mut start, mut end) = (days.start, days.end);
            let mut timex = days.timex.clone();
            if point.part == Some(Part::Overnight) {
                start = add_days(start, -1)?;
                timex = start.to_string();
            }
            if let (Some((anchor, _)), Some(modifier)) = (frame.anchor, point.modifier) {
                match modifier {
                    DateModifier::Earlier if start <= anchor && anchor < end => end = anchor,
                    DateModifier::Later if start < anchor && anchor <= end => start = anchor,
                    _ => {}
                }
            }
            let unit = if unit == solved.unit { days.unit } else { unit };
            let timex = (!timex.is_empty()).then(|| narrow(&timex));
            Some(DateValue {
                timex,
                bounds: DateBounds::Closed { start, end },
                granularity: unit,
                clock,
                reason: reason.clone(),
            })
        })
        .collect();
    if values.is_empty() {
        let timex = solved.open.as_ref().map(|open| narrow(open)).filter(|timex| !timex.is_empty());
        let past = solved.relative.filter(|relative| relative.hundredths.is_none()).map(|relative| relative.direction);
        let bounds = match (past, solved.anchor, frame.anchor) {
            (Some(DateDirection::Before), DateAnchor::Dateline | DateAnchor::Publication, Some((date, _))) => {
                DateBounds::OpenStart { end: Some(date) }
            }
            (Some(DateDirection::After), DateAnchor::Dateline | DateAnchor::Publication, Some((date, _))) => {
                DateBounds::OpenEnd { start: Some(date) }
            }
            (Some(DateDirection::Before), DateAnchor::Expression(_), _) if let Some(days) = &solved.base => {
                DateBounds::OpenStart { end: Some(days.start) }
            }
            (Some(DateDirection::After), DateAnchor::Expression(_), _) if let Some(days) = &solved.base => {
                DateBounds::OpenEnd { start: Some(days.end) }
            }
            (Some(DateDirection::Before), DateAnchor::Event(_), _) => DateBounds::OpenStart { end: None },
            (Some(DateDirection::After), DateAnchor::Event(_), _) => DateBounds::OpenEnd { start: None },
            _ => DateBounds::Unknown,
        };
        let reason = match solved.anchor {
            DateAnchor::Missing => "no anchor: the value is relative",
            DateAnchor::Event(_) => "counted from an event whose day is not known here",
            _ => "the words do not say how far",
        };
        values.push(DateValue { timex, bounds, granularity: unit, clock, reason: reason.to_owned() });
    }
    if point.clock.is_some_and(|clock| clock.half_open) {
        let later: Vec<DateValue> = values.iter().filter_map(half_a_day_later).collect();
        values.extend(later);
    }
    values.truncate(MOST_VALUES);
    values
}

/// The same value twelve hours later, for a time with neither a.m. nor p.m.
fn half_a_day_later(value: &DateValue) -> Option<DateValue> {
    let clock = value.clock?;
    let later = DateClock { hour: if clock.hour == 12 { 0 } else { clock.hour + 12 }, ..clock };
    let timex = value.timex.as_ref().map(|timex| timex.replacen(&clock_timex(&clock), &clock_timex(&later), 1));
    Some(DateValue { timex, clock: Some(later), reason: "neither a.m. nor p.m. is stated".to_owned(), ..value.clone() })
}

pub(crate) fn expression(
    range: TextRange,
    kind: DateKind,
    values: Vec<DateValue>,
    modifier: Option<DateModifier>,
    anchor: DateAnchor,
    relative: Option<RelativeDate>,
) -> DateExpression {
    let mut values = values.into_iter();
    let value = values.next().unwrap_or_else(|| DateValue {
        timex: None,
        bounds: DateBounds::Unknown,
        granularity: DateUnit::Day,
        clock: None,
        reason: "nothing is known of it".to_owned(),
    });
    DateExpression { range, kind, value, alternatives: values.collect(), modifier, anchor, relative }
}

/// One date or time.
pub(crate) fn point_expression(
    words: &Words<'_>,
    point: &Point,
    range: TextRange,
    frame: &Frame,
) -> Result<DateExpression, Problem> {
    let solved = solved(words, point, frame)?;
    let mut values = values(&solved, point, frame);
    if let Stretch::Fiscal { .. } = point.stretch {
        fiscal_years(&mut values);
    }
    let kind = if values.first().is_some_and(|value| value.granularity < DateUnit::Day) {
        DateKind::Time
    } else {
        DateKind::Date
    };
    Ok(expression(range, kind, values, point.modifier, solved.anchor, solved.relative))
}

/// The days of a fiscal year for those whose year is known: never the first value, since its owner is not known here.
fn fiscal_years(values: &mut Vec<DateValue>) {
    let Some(first) = values.first_mut() else { return };
    "the fiscal year's days depend on whose it is".clone_into(&mut first.reason);
    let year = first.timex.as_ref().filter(|timex| timex.len() == 6).and_then(|timex| timex[2..].parse::<i16>().ok());
    let Some(year) = year else { return };
    let first = first.clone();
    let mut push = |start: (i16, i8), end: (i16, i8, i8), reason: &str| {
        if let (Ok(start), Ok(end)) = (Date::new(start.0, start.1, 1), Date::new(end.0, end.1, end.2)) {
            values.push(DateValue {
                bounds: DateBounds::Closed { start, end },
                reason: reason.to_owned(),
                ..first.clone()
            });
        }
    };
    push((year, 1), (year, 12, 31), "if its fiscal year is the calendar year");
    push((year - 1, 10), (year, 9, 30), "if it is that of the government of the United States");
}
