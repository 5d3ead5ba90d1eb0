//! Which days a stretch can be, the likelier first. English's open questions (which Thursday, which May) are settled here,
//! each with its reason; what was not taken stays as an alternative.

use jiff::civil::Date;
use onrecord_evidence::TextRange;

use crate::dates::calendar::{self, Days, add_days, stretch, weekday_name, weekday_of};
use crate::dates::holiday::holiday_in;
use crate::dates::meaning::{Stretch, YearPart, YearRef};
use crate::dates::named::{named, weekdays};
use crate::dates::tense::Tense;
use crate::dates::{DateAnchor, DateClock, DateDirection, DateUnit, DayOrder, RelativeDate};

/// Within this many days of the anchor a yearless date is the nearest one, whatever the verbs say.
const NEAR_DAYS: i32 = 60;
/// Within this many days it also beats the year of a date before it in the text.
const AT_HAND_DAYS: i32 = 14;

/// Days that an expression can be.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub days: Days,
    pub reason: String,
}

/// What is found for a stretch.
#[derive(Clone, Debug)]
pub(crate) struct Solved {
    /// The likelier first; none where an anchor is missing.
    pub candidates: Vec<Candidate>,
    pub anchor: DateAnchor,
    pub relative: Option<RelativeDate>,
    /// The TIMEX3 value where there are no candidates.
    pub open: Option<String>,
    pub unit: DateUnit,
    /// What a distance was counted from.
    pub base: Option<Days>,
}

/// Why a stretch has no days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The calendar has no such day.
    NoSuchDay(String),
    /// Beyond the years -9999 to 9999.
    OutOfRange,
}

/// An expression that was read before, for those that point back.
#[derive(Clone, Debug)]
pub(crate) struct Earlier {
    pub range: TextRange,
    pub days: Days,
    /// Its year stands in the text.
    pub whole: bool,
    /// In the same paragraph and near.
    pub near: bool,
    /// Its time of the clock, where its words state one and stand right before: "8:30 p.m. (0030 UTC)".
    pub clock: Option<DateClock>,
}

/// What is known where an expression stands.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub anchor: Option<(Date, DateAnchor)>,
    pub order: DayOrder,
    pub tense: Tense,
    /// The latest first.
    pub earlier: Vec<Earlier>,
}

impl Frame {
    /// The latest expression before that is no coarser than `unit`; where the verbs speak of what was, one that does not
    /// lie ahead.
    pub fn earlier(&self, unit: DateUnit) -> Option<&Earlier> {
        let unit = unit.max(DateUnit::Day);
        let over = |earlier: &&Earlier| match self.anchor {
            Some((anchor, _)) if self.tense == Tense::Past => earlier.days.start <= anchor,
            _ => true,
        };
        let fine = |earlier: &&Earlier| earlier.days.unit <= unit;
        self.earlier.iter().filter(fine).find(over).or_else(|| self.earlier.iter().find(fine))
    }
}

pub(crate) fn candidate(days: Days, reason: impl Into<String>) -> Candidate {
    Candidate { days, reason: reason.into() }
}

/// A stretch that needs no anchor.
fn whole(days: Option<Days>, reason: &str) -> Result<Solved, Problem> {
    let days = days.ok_or(Problem::OutOfRange)?;
    let unit = days.unit;
    Ok(Solved {
        candidates: vec![candidate(days, reason)],
        anchor: DateAnchor::Whole,
        relative: None,
        open: None,
        unit,
        base: None,
    })
}

/// Days between, `later - earlier`.
pub(crate) fn distance(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Finds the days of every stretch but shifts.
pub(crate) fn solve(wanted: &Stretch, frame: &Frame) -> Result<Solved, Problem> {
    match *wanted {
        Stretch::Day { year, month, day, weekday } => solve_day(year, month, day, weekday, frame),
        Stretch::Figures { first, second, year } => figures(first, second, year, frame),
        Stretch::Decade { start } => {
            whole(Date::new(start, 1, 1).ok().and_then(|date| stretch(DateUnit::Decade, date, 0)), "as stated")
        }
        Stretch::Century { start } => whole(
            Date::new(start, 1, 1).ok().and_then(|date| stretch(DateUnit::Century, date, 0)),
            "as stated, from the year that ends in 00",
        ),
        Stretch::YearPart { year, part } => {
            let find = |year: i16| year_part(part, year);
            yearly(year, find, &part_open(part), part_unit(part), false, frame)
        }
        Stretch::Holiday { holiday, year } => {
            let find = |year: i16| holiday_in(holiday, year).map(calendar::day);
            yearly(year, find, &holiday_open(holiday), DateUnit::Day, true, frame)
        }
        Stretch::Named { which, target } => named(which, target, frame),
        Stretch::WeekdayOf { weekday, weeks } => {
            let relative = relative(weeks, DateUnit::Week);
            let open = format!("XXXX-WXX-{weekday}");
            anchored(frame, DateUnit::Day, relative, Some(open), |anchor| {
                let week = stretch(DateUnit::Week, anchor, weeks)?;
                let date = add_days(week.start, i32::from(weekday) - 1)?;
                Some(vec![candidate(calendar::day(date), "of the week that is named")])
            })
        }
        Stretch::Fiscal { .. } | Stretch::Shift { .. } | Stretch::Open => Err(Problem::OutOfRange),
    }
}

pub(crate) fn relative(count: i32, unit: DateUnit) -> Option<RelativeDate> {
    let direction = match count.signum() {
        -1 => DateDirection::Before,
        0 => DateDirection::Same,
        _ => DateDirection::After,
    };
    Some(RelativeDate { hundredths: Some(count.unsigned_abs().saturating_mul(100)), unit, direction })
}

pub(crate) fn anchored(
    frame: &Frame,
    unit: DateUnit,
    relative: Option<RelativeDate>,
    open: Option<String>,
    find: impl Fn(Date) -> Option<Vec<Candidate>>,
) -> Result<Solved, Problem> {
    match frame.anchor {
        None => Ok(Solved { candidates: Vec::new(), anchor: DateAnchor::Missing, relative, open, unit, base: None }),
        Some((date, anchor)) => {
            let candidates = find(date).ok_or(Problem::OutOfRange)?;
            Ok(Solved { candidates, anchor, relative, open, unit, base: None })
        }
    }
}

/// The year that the words name, with from where it was counted; `Ok(None)` where they name none.
fn year_of(year: Option<YearRef>, frame: &Frame) -> Option<(i16, DateAnchor)> {
    match year? {
        YearRef::Number(year) => Some((year, DateAnchor::Whole)),
        YearRef::Offset(offset) => {
            let (date, anchor) = frame.anchor?;
            Some((date.year().checked_add(offset)?, anchor))
        }
        YearRef::Earlier => match frame.earlier(DateUnit::Year) {
            Some(earlier) => Some((earlier.days.start.year(), DateAnchor::Expression(earlier.range))),
            None => frame.anchor.map(|(date, anchor)| (date.year(), anchor)),
        },
    }
}

fn solve_day(
    year: Option<YearRef>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
    frame: &Frame,
) -> Result<Solved, Problem> {
    match (month, day, weekday) {
        (Some(month), Some(day), _) => {
            // Whatever the year: 2000 has every day that any year has.
            let exists = Date::new(2000, month, day).is_ok();
            let missing = |year: String| Problem::NoSuchDay(format!("{year}-{month:02}-{day:02}"));
            if !exists {
                return Err(missing(year_of(year, frame).map_or("XXXX".to_owned(), |(year, _)| format!("{year:04}"))));
            }
            if let Some((year, _)) = year_of(year, frame)
                && Date::new(year, month, day).is_err()
            {
                return Err(missing(format!("{year:04}")));
            }
            let find = |year: i16| {
                let date = Date::new(year, month, day).ok()?;
                Some(calendar::day(date))
            };
            let open = format!("XXXX-{month:02}-{day:02}");
            let mut solved = yearly(year, find, &open, DateUnit::Day, true, frame)?;
            if year.is_none()
                && let Some(weekday) = weekday
                && let Some((anchor, _)) = frame.anchor
            {
                prefer_weekday(&mut solved.candidates, weekday, anchor, find);
            }
            Ok(solved)
        }
        (Some(month), None, _) => {
            let find = |year: i16| stretch(DateUnit::Month, Date::new(year, month, 1).ok()?, 0);
            yearly(year, find, &format!("XXXX-{month:02}"), DateUnit::Month, false, frame)
        }
        (None, _, Some(weekday)) => {
            anchored(frame, DateUnit::Day, None, Some(format!("XXXX-WXX-{weekday}")), |anchor| {
                weekdays(weekday, anchor, frame.tense)
            })
        }
        (None, _, None) => {
            let open = year_of(year, frame);
            match (open, year) {
                (Some((year, anchor)), _) => Ok(Solved { anchor, ..whole(calendar::year(year), "as stated")? }),
                (None, _) => Ok(Solved {
                    candidates: Vec::new(),
                    anchor: DateAnchor::Missing,
                    relative: None,
                    open: None,
                    unit: DateUnit::Year,
                    base: None,
                }),
            }
        }
    }
}

/// Of a yearless date with its weekday, the year in which they agree.
fn prefer_weekday(candidates: &mut Vec<Candidate>, weekday: i8, anchor: Date, find: impl Fn(i16) -> Option<Days>) {
    let fits = |days: &Days| weekday_of(days.start) == weekday;
    if candidates.first().is_some_and(|first| fits(&first.days)) {
        return;
    }
    let near = (1..=4).flat_map(|years| [-years, years]);
    let agreeing = near.filter_map(|years| find(anchor.year().checked_add(years)?)).find(fits);
    if let Some(days) = agreeing {
        candidates
            .insert(0, candidate(days, format!("the nearest year in which that day is a {}", weekday_name(weekday))));
    }
}

/// Something that comes every year: in the year named, else in the one that distance, tense and the text before choose.
/// `nearest`: a short thing, for which the nearest one counts; else the latest that has begun.
fn yearly(
    year: Option<YearRef>,
    find: impl Fn(i16) -> Option<Days>,
    open: &str,
    unit: DateUnit,
    nearest: bool,
    frame: &Frame,
) -> Result<Solved, Problem> {
    let named = year_of(year, frame);
    if let Some((year, anchor)) = named {
        let days = find(year).ok_or_else(|| Problem::NoSuchDay(open.replacen("XXXX", &format!("{year:04}"), 1)))?;
        let candidates = vec![candidate(days, "its year is stated")];
        return Ok(Solved { candidates, anchor, relative: None, open: None, unit, base: None });
    }
    let Some((anchor, source)) = frame.anchor.filter(|_| year.is_none()) else {
        return Ok(Solved {
            candidates: Vec::new(),
            anchor: DateAnchor::Missing,
            relative: None,
            open: Some(open.to_owned()),
            unit,
            base: None,
        });
    };
    let around =
        |back: bool| (0..=8).filter_map(move |step: i16| anchor.year().checked_add(if back { -step } else { step }));
    let begun = around(true).filter_map(&find).find(|days| days.start <= anchor);
    let coming = around(false).filter_map(&find).find(|days| days.end >= anchor && begun.as_ref() != Some(days));
    let current = begun.clone().filter(|days| days.end >= anchor);
    let (past, future) = (begun.ok_or(Problem::OutOfRange)?, current.or(coming.clone()).ok_or(Problem::OutOfRange)?);
    let (back, ahead) = (distance(past.start, anchor), distance(anchor, future.start));
    let is_past = if past == future {
        true
    } else if nearest && back.min(ahead) <= NEAR_DAYS && back.min(ahead) < back.max(ahead) {
        back <= ahead
    } else {
        match frame.tense {
            Tense::Past => true,
            Tense::Future => false,
            Tense::Unknown => !nearest || back <= ahead,
        }
    };
    let latest = candidate(past, "no year stated: the latest one up to the anchor");
    let next = candidate(future, "no year stated: the first one after the anchor");
    let at_hand = back.min(ahead) <= AT_HAND_DAYS;
    let mut candidates = match (latest.days == next.days, is_past) {
        (true, _) => vec![latest],
        (false, true) => vec![latest, next],
        (false, false) => vec![next, latest],
    };
    let told =
        frame.earlier.iter().find(|earlier| earlier.near && earlier.whole && earlier.days.unit <= DateUnit::Year);
    if let Some(told) = told
        && told.days.start.year() != anchor.year()
        && let Some(days) = find(told.days.start.year())
        && candidates.iter().all(|candidate| candidate.days != days)
    {
        let first = told.days.unit <= DateUnit::Month && !at_hand && frame.tense != Tense::Future;
        candidates.insert(
            if first { 0 } else { candidates.len() },
            candidate(days, "no year stated: the year of the date before it in the text"),
        );
    }
    Ok(Solved { candidates, anchor: source, relative: None, open: Some(open.to_owned()), unit, base: None })
}

fn figures(first: i8, second: i8, year: Option<i16>, frame: &Frame) -> Result<Solved, Problem> {
    let on = |month: i8, day: i8| solve_day(year.map(YearRef::Number), Some(month), Some(day), None, frame);
    let (month_first, day_first) = (on(first, second), on(second, first));
    let (mut taken, other, reason) = match (month_first, day_first) {
        (Ok(taken), Err(_)) => return Ok(reasoned(taken, "the second figure can be no month")),
        (Err(_), Ok(taken)) => return Ok(reasoned(taken, "the first figure can be no month")),
        (Err(problem), Err(_)) => return Err(problem),
        (Ok(month_first), Ok(day_first)) if first == second => (month_first, day_first, "day and month are alike"),
        (Ok(month_first), Ok(day_first)) => match frame.order {
            DayOrder::MonthFirst => (month_first, day_first, "the outlet writes the month first"),
            DayOrder::DayFirst => (day_first, month_first, "the outlet writes the day first"),
            DayOrder::Unknown => {
                let gap = |solved: &Solved| match (frame.anchor, solved.candidates.first()) {
                    (Some((anchor, _)), Some(candidate)) => distance(candidate.days.start, anchor).saturating_abs(),
                    _ => 0,
                };
                if gap(&day_first) < gap(&month_first) {
                    (day_first, month_first, "the day first, as that lies nearer to the anchor")
                } else {
                    (month_first, day_first, "the month first; the outlet's order is not known")
                }
            }
        },
    };
    taken = reasoned(taken, reason);
    taken.candidates.truncate(1);
    for mut candidate in other.candidates.into_iter().take(1) {
        "the other order of day and month".clone_into(&mut candidate.reason);
        taken.candidates.push(candidate);
    }
    taken.candidates.dedup_by(|next, previous| next.days == previous.days);
    Ok(taken)
}

fn reasoned(mut solved: Solved, reason: &str) -> Solved {
    solved.candidates.iter_mut().for_each(|candidate| reason.clone_into(&mut candidate.reason));
    solved
}

pub(crate) fn part_unit(part: YearPart) -> DateUnit {
    match part {
        YearPart::Quarter(_) => DateUnit::Quarter,
        YearPart::Half(_) => DateUnit::HalfYear,
        YearPart::Season(_) => DateUnit::Season,
    }
}

pub(crate) fn part_open(part: YearPart) -> String {
    match part {
        YearPart::Quarter(number) => format!("XXXX-Q{number}"),
        YearPart::Half(number) => format!("XXXX-H{number}"),
        YearPart::Season(season) => format!("XXXX-{}", calendar::SEASONS[season.clamp(0, 3) as usize]),
    }
}

pub(crate) fn holiday_open(holiday: u8) -> String {
    let in_year = |year: i16| holiday_in(holiday, year).map(|date| (date.month(), date.day()));
    match (in_year(2001), in_year(2002), in_year(2005)) {
        (Some(one), Some(other), Some(third)) if one == other && other == third => {
            format!("XXXX-{:02}-{:02}", one.0, one.1)
        }
        _ => "XXXX-XX-XX".to_owned(),
    }
}

pub(crate) fn year_part(part: YearPart, year: i16) -> Option<Days> {
    let month = match part {
        YearPart::Quarter(number) => number.clamp(1, 4) * 3 - 2,
        YearPart::Half(number) => number.clamp(1, 2) * 6 - 5,
        YearPart::Season(season) => season.clamp(0, 3) * 3 + 3,
    };
    stretch(part_unit(part), Date::new(year, month, 1).ok()?, 0)
}
