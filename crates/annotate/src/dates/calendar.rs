//! Counting on the calendar: the stretch that holds a day, the next one, its TIMEX3 value. No words, no rules of English.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::dates::DateUnit;
use crate::dates::meaning::Part;

/// TIMEX3's letters for the seasons.
pub(crate) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// A stretch of whole days with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub start: Date,
    pub end: Date,
    pub unit: DateUnit,
    pub timex: String,
}

pub(crate) fn add_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(crate) fn add_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// 1 (Monday) to 7.
pub(crate) fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The first day of the stretch that holds `date`.
fn first_day(unit: DateUnit, date: Date) -> Option<Date> {
    let month = |month: i8| Date::new(date.year(), month, 1).ok();
    match unit {
        DateUnit::Second | DateUnit::Minute | DateUnit::Hour | DateUnit::PartOfDay | DateUnit::Day => Some(date),
        DateUnit::Week => add_days(date, 1 - i32::from(weekday_of(date))),
        DateUnit::Weekend => add_days(date, 6 - i32::from(weekday_of(date))),
        DateUnit::Month => month(date.month()),
        DateUnit::Quarter => month((date.month() - 1) / 3 * 3 + 1),
        DateUnit::HalfYear => month(if date.month() <= 6 { 1 } else { 7 }),
        DateUnit::Season => match date.month() {
            1 | 2 => Date::new(date.year().checked_sub(1)?, 12, 1).ok(),
            other => month(other / 3 * 3),
        },
        DateUnit::Year => month(1),
        DateUnit::Decade => Date::new(date.year().div_euclid(10) * 10, 1, 1).ok(),
        DateUnit::Century => Date::new(date.year().div_euclid(100) * 100, 1, 1).ok(),
    }
}

/// The first day of the stretch `count` stretches after the one that begins at `start`.
fn moved(unit: DateUnit, start: Date, count: i32) -> Option<Date> {
    match unit {
        DateUnit::Second | DateUnit::Minute | DateUnit::Hour | DateUnit::PartOfDay | DateUnit::Day => {
            add_days(start, count)
        }
        DateUnit::Week | DateUnit::Weekend => add_days(start, count.checked_mul(7)?),
        _ => add_months(start, count.checked_mul(months(unit)?)?),
    }
}

/// The months in a unit that has whole ones.
pub(crate) const fn months(unit: DateUnit) -> Option<i32> {
    Some(match unit {
        DateUnit::Month => 1,
        DateUnit::Quarter | DateUnit::Season => 3,
        DateUnit::HalfYear => 6,
        DateUnit::Year => 12,
        DateUnit::Decade => 120,
        DateUnit::Century => 1200,
        _ => return None,
    })
}

/// The stretch `count` after the one that holds `date`; `None` beyond the calendar's ends.
pub(crate) fn stretch(unit: DateUnit, date: Date, count: i32) -> Option<Days> {
    let start = moved(unit, first_day(unit, date)?, count)?;
    let next = match unit {
        DateUnit::Weekend => add_days(start, 2)?,
        _ => moved(unit, start, 1)?,
    };
    Some(Days { start, end: add_days(next, -1)?, unit, timex: timex(unit, start) })
}

/// The TIMEX3 value of the stretch that begins at `start`.
fn timex(unit: DateUnit, start: Date) -> String {
    let year = start.year();
    let week = || {
        let week = start.iso_week_date();
        format!("{:04}-W{:02}", week.year(), week.week())
    };
    match unit {
        DateUnit::Week => week(),
        DateUnit::Weekend => format!("{}-WE", week()),
        DateUnit::Month => format!("{year:04}-{:02}", start.month()),
        DateUnit::Quarter => format!("{year:04}-Q{}", (start.month() + 2) / 3),
        DateUnit::HalfYear => format!("{year:04}-H{}", (start.month() + 5) / 6),
        DateUnit::Season => {
            format!("{year:04}-{}", SEASONS[usize::from(start.month().unsigned_abs() / 3).clamp(1, 4) - 1])
        }
        DateUnit::Year => format!("{year:04}"),
        DateUnit::Decade => format!("{:03}", year.div_euclid(10)),
        DateUnit::Century => format!("{:02}", year.div_euclid(100)),
        _ => start.to_string(),
    }
}

/// One day.
pub(crate) fn day(date: Date) -> Days {
    Days { start: date, end: date, unit: DateUnit::Day, timex: date.to_string() }
}

/// A whole year.
pub(crate) fn year(year: i16) -> Option<Days> {
    stretch(DateUnit::Year, Date::new(year, 1, 1).ok()?, 0)
}

/// The last day of that weekday at or before `date`.
pub(crate) fn weekday_by(date: Date, weekday: i8) -> Option<Date> {
    let back = (i32::from(weekday_of(date)) - i32::from(weekday)).rem_euclid(7);
    add_days(date, -back)
}

/// The weekday's name.
pub(crate) fn weekday_name(weekday: i8) -> &'static str {
    match Weekday::from_monday_one_offset(weekday) {
        Ok(Weekday::Monday) => "Monday",
        Ok(Weekday::Tuesday) => "Tuesday",
        Ok(Weekday::Wednesday) => "Wednesday",
        Ok(Weekday::Thursday) => "Thursday",
        Ok(Weekday::Friday) => "Friday",
        Ok(Weekday::Saturday) => "Saturday",
        _ => "Sunday",
    }
}

/// The TIMEX3 letters of a length of whole units: `P2W`, `PT30M`.
pub(crate) fn duration(count: u32, unit: DateUnit) -> String {
    length(Some(count.saturating_mul(100)), unit)
}

/// The TIMEX3 value of a length in hundredths of a unit; `X` where the number is not stated.
pub(crate) fn length(hundredths: Option<u32>, unit: DateUnit) -> String {
    let (prefix, letters) = match unit {
        DateUnit::Second => ("PT", "S"),
        DateUnit::Minute => ("PT", "M"),
        DateUnit::Hour => ("PT", "H"),
        DateUnit::PartOfDay | DateUnit::Day => ("P", "D"),
        DateUnit::Weekend => ("P", "WE"),
        DateUnit::Week => ("P", "W"),
        DateUnit::Month => ("P", "M"),
        DateUnit::Quarter => ("P", "Q"),
        DateUnit::Season => ("P", "S"),
        DateUnit::HalfYear => ("P", "H"),
        DateUnit::Year => ("P", "Y"),
        DateUnit::Decade => ("P", "DE"),
        DateUnit::Century => ("P", "CE"),
    };
    match hundredths {
        None => format!("{prefix}X{letters}"),
        Some(hundredths) if hundredths % 100 == 0 => format!("{prefix}{}{letters}", hundredths / 100),
        Some(hundredths) => {
            let decimal = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            format!("{prefix}{}{letters}", decimal.trim_end_matches('0'))
        }
    }
}

/// A day's value with a part of the day.
pub(crate) fn with_part(timex: &str, part: Part) -> String {
    format!("{timex}T{}", part.timex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_their_day() {
        let check = |unit: DateUnit, count: i32, expect: &str| {
            let days = stretch(unit, jiff::civil::date(2024, 11, 7), count);
            let found = days.map(|days| format!("{} {} {}", days.timex, days.start, days.end));
            assert_eq!(found.as_deref(), Some(expect));
        };
        check(DateUnit::Week, 0, "2024-W45 2024-11-04 2024-11-10");
        check(DateUnit::Weekend, 0, "2024-W45-WE 2024-11-09 2024-11-10");
        check(DateUnit::Month, -1, "2024-10 2024-10-01 2024-10-31");
        check(DateUnit::Quarter, 0, "2024-Q4 2024-10-01 2024-12-31");
        check(DateUnit::Season, 0, "2024-FA 2024-09-01 2024-11-30");
        check(DateUnit::Season, 1, "2024-WI 2024-12-01 2025-02-28");
        check(DateUnit::Season, -2, "2024-SP 2024-03-01 2024-05-31");
        check(DateUnit::HalfYear, 1, "2025-H1 2025-01-01 2025-06-30");
        check(DateUnit::Decade, -1, "201 2010-01-01 2019-12-31");
        check(DateUnit::Century, 0, "20 2000-01-01 2099-12-31");
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_panic() {
        for unit in [DateUnit::Week, DateUnit::Year, DateUnit::Century] {
            assert_eq!(stretch(unit, Date::MAX, 1), None);
            assert_eq!(stretch(unit, Date::MIN, -1), None);
            assert_eq!(stretch(unit, Date::MAX, i32::MAX), None);
        }
    }
}
