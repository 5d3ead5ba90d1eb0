//! Distances counted on the calendar: `two years ago`, `a day earlier`, `the day after the attack`; and stretches whose days
//! nobody can tell from the words alone (fiscal years). Not which distance the words state (`relative`).

use jiff::civil::Date;

use crate::dates::calendar::{self, Days, add_days, stretch};
use crate::dates::meaning::{Count, YearRef};
use crate::dates::solve::{Candidate, Earlier, Frame, Problem, Solved, candidate};
use crate::dates::{DateAnchor, DateDirection, DateUnit, RelativeDate};

/// From where a distance is counted: days, or nothing that is known.
pub(crate) struct Base {
    pub days: Option<Days>,
    pub anchor: DateAnchor,
    pub reason: &'static str,
}

/// The base of an expression that points back.
pub(crate) fn earlier_base(unit: DateUnit, frame: &Frame) -> Base {
    let found: Option<&Earlier> = frame.earlier(unit);
    match (found, frame.anchor) {
        (Some(earlier), _) => Base {
            days: Some(earlier.days.clone()),
            anchor: DateAnchor::Expression(earlier.range),
            reason: "counted from the date before it in the text",
        },
        (None, Some((date, anchor))) => Base {
            days: Some(calendar::day(date)),
            anchor,
            reason: "no date before it in the text: counted from the article's day",
        },
        (None, None) => Base { days: None, anchor: DateAnchor::Missing, reason: "nothing to count from" },
    }
}

/// The base of an expression that is counted from the article's day.
pub(crate) fn anchor_base(frame: &Frame) -> Base {
    match frame.anchor {
        Some((date, anchor)) => {
            Base { days: Some(calendar::day(date)), anchor, reason: "counted on the calendar from the anchor" }
        }
        None => Base { days: None, anchor: DateAnchor::Missing, reason: "nothing to count from" },
    }
}

/// The stretch at a distance from a base. A distance of years gives a year, one of weeks a week: no finer than the words.
pub(crate) fn solve_shift(count: Count, unit: DateUnit, after: bool, base: &Base) -> Result<Solved, Problem> {
    let direction = match (count.hundredths, after) {
        (Some(0), _) => DateDirection::Same,
        (_, true) => DateDirection::After,
        (_, false) => DateDirection::Before,
    };
    let relative = Some(RelativeDate { hundredths: count.hundredths, unit, direction });
    let mut solved =
        Solved { candidates: Vec::new(), anchor: base.anchor, relative, open: None, unit, base: base.days.clone() };
    let (Some(hundredths), Some(from)) = (count.hundredths, &base.days) else {
        if count.hundredths.is_none() {
            solved.open = Some(if after { "FUTURE_REF" } else { "PAST_REF" }.to_owned());
        }
        return Ok(solved);
    };
    let (number, unit) = whole_number(hundredths, unit).ok_or(Problem::OutOfRange)?;
    let number = if after { number } else { -number };
    let origin = if after && number != 0 { from.end } else { from.start };
    solved.unit = unit;
    let finer = unit < DateUnit::Day;
    if finer {
        let seconds = match unit {
            DateUnit::Hour => 24,
            DateUnit::Minute => 24 * 60,
            _ => 24 * 3600,
        };
        let days = (number.unsigned_abs()).div_ceil(seconds) as i32;
        let (start, end) =
            if after { (Some(origin), add_days(origin, days)) } else { (add_days(origin, -days), Some(origin)) };
        let (start, end) = (start.ok_or(Problem::OutOfRange)?, end.ok_or(Problem::OutOfRange)?);
        let days = Days { start, end, unit, timex: String::new() };
        solved.candidates.push(candidate(days, "the anchor's clock is not known: within these days"));
        return Ok(solved);
    }
    let found = shifted(unit, from, origin, number).ok_or(Problem::OutOfRange)?;
    let coarse = matches!(unit, DateUnit::Decade | DateUnit::Century) && number != 0;
    let found = if coarse {
        let years = if unit == DateUnit::Decade { 10 } else { 100 };
        solved.unit = DateUnit::Year;
        stretch(DateUnit::Year, origin, number.checked_mul(years).ok_or(Problem::OutOfRange)?)
            .ok_or(Problem::OutOfRange)?
    } else {
        found
    };
    let exact =
        exact_day(unit, origin, number).filter(|_| number != 0 && unit > DateUnit::Day && from.unit <= DateUnit::Day);
    solved.candidates.push(candidate(found, base.reason));
    solved.candidates.extend(exact.map(|date| candidate(calendar::day(date), "counted to the day")));
    if let Some(high) = count.high.filter(|high| *high % 100 == 0)
        && let Some(days) = i32::try_from(high / 100)
            .ok()
            .and_then(|high| shifted(unit, from, origin, if after { high } else { -high }))
    {
        solved.candidates.push(candidate(days, "the other end of the stated range"));
    }
    Ok(solved)
}

/// A quarter or a month "a year earlier" is the same one of the year before; everything else moves by its unit.
fn shifted(unit: DateUnit, from: &Days, origin: Date, number: i32) -> Option<Days> {
    let alike = unit == DateUnit::Year && (DateUnit::Month..=DateUnit::HalfYear).contains(&from.unit);
    if alike {
        return stretch(from.unit, calendar::add_months(from.start, number.checked_mul(12)?)?, 0);
    }
    stretch(unit, origin, number)
}

fn exact_day(unit: DateUnit, origin: Date, number: i32) -> Option<Date> {
    match unit {
        DateUnit::Week => add_days(origin, number.checked_mul(7)?),
        DateUnit::Weekend => None,
        _ => calendar::add_months(origin, number.checked_mul(calendar::months(unit)?)?),
    }
}

/// A number of whole units: a year and a half is 18 months.
fn whole_number(hundredths: u32, unit: DateUnit) -> Option<(i32, DateUnit)> {
    let (times, finer) = match unit {
        _ if hundredths.is_multiple_of(100) => (1, unit),
        DateUnit::Year => (12, DateUnit::Month),
        DateUnit::Decade => (10, DateUnit::Year),
        DateUnit::Century => (100, DateUnit::Year),
        DateUnit::Week => (7, DateUnit::Day),
        DateUnit::Month => (30, DateUnit::Day),
        DateUnit::Day => (24, DateUnit::Hour),
        DateUnit::Hour => (60, DateUnit::Minute),
        other => (1, other),
    };
    let number = u64::from(hundredths) * times / 100;
    Some((i32::try_from(number).ok()?, finer))
}

/// A fiscal year is named by its number; its days depend on whose it is.
pub(crate) fn solve_fiscal(year: Option<YearRef>, quarter: Option<i8>, frame: &Frame) -> Result<Solved, Problem> {
    let unit = if quarter.is_some() { DateUnit::Quarter } else { DateUnit::Year };
    let (year, anchor) = match (year, frame.anchor) {
        (Some(YearRef::Number(year)), _) => (Some(year), DateAnchor::Whole),
        (Some(YearRef::Offset(offset)), Some((date, anchor))) => (date.year().checked_add(offset), anchor),
        (_, Some((_, anchor))) => (None, anchor),
        _ => (None, DateAnchor::Missing),
    };
    let open = year.map(|year| match quarter {
        Some(quarter) => format!("FY{year:04}-Q{quarter}"),
        None => format!("FY{year:04}"),
    });
    let candidates: Vec<Candidate> = Vec::new();
    Ok(Solved { candidates, anchor, relative: None, open, unit, base: None })
}
