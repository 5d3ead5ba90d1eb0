//! Which one `this`, `last`, `next` and `the` mean: `next Thursday`, `last summer`, `the weekend`.

use jiff::civil::Date;

use crate::dates::DateUnit;
use crate::dates::calendar::{self, Days, add_days, stretch, weekday_by, weekday_name, weekday_of};
use crate::dates::holiday::holiday_in;
use crate::dates::meaning::{Target, Which};
use crate::dates::solve::{
    Candidate, Frame, Problem, Solved, anchored, candidate, distance, holiday_open, part_open, part_unit, relative,
    year_part,
};
use crate::dates::tense::Tense;

pub(crate) fn named(which: Which, target: Target, frame: &Frame) -> Result<Solved, Problem> {
    let step = match which {
        Which::Last => -1,
        Which::This | Which::Plain => 0,
        Which::Next => 1,
    };
    match target {
        Target::Unit(DateUnit::Weekend) => {
            anchored(frame, DateUnit::Weekend, relative(step, DateUnit::Weekend), None, |anchor| {
                weekends(which, anchor, frame.tense)
            })
        }
        Target::Unit(unit) => anchored(frame, unit, relative(step, unit), None, |anchor| {
            Some(vec![candidate(stretch(unit, anchor, step)?, "counted on the calendar from the anchor")])
        }),
        Target::Weekday(weekday) => {
            let open = Some(format!("XXXX-WXX-{weekday}"));
            anchored(frame, DateUnit::Day, relative(step, DateUnit::Week), open, |anchor| {
                named_weekday(which, weekday, anchor, frame.tense)
            })
        }
        Target::Month(month) => {
            named_yearly(which, step, &format!("XXXX-{month:02}"), DateUnit::Month, frame, |year| {
                stretch(DateUnit::Month, Date::new(year, month, 1).ok()?, 0)
            })
        }
        Target::YearPart(part) => {
            named_yearly(which, step, &part_open(part), part_unit(part), frame, |year| year_part(part, year))
        }
        Target::Holiday(holiday) => named_yearly(which, step, &holiday_open(holiday), DateUnit::Day, frame, |year| {
            holiday_in(holiday, year).map(calendar::day)
        }),
    }
}

pub(crate) fn weekends(which: Which, anchor: Date, tense: Tense) -> Option<Vec<Candidate>> {
    let own = stretch(DateUnit::Weekend, anchor, 0)?;
    let (before, after) = (stretch(DateUnit::Weekend, anchor, -1)?, stretch(DateUnit::Weekend, anchor, 1)?);
    let in_it = anchor >= own.start;
    let latest = if in_it { own.clone() } else { before.clone() };
    Some(match (which, tense) {
        (Which::Last, _) => vec![candidate(before, "the weekend before this week's")],
        (Which::Next, _) if in_it => vec![candidate(after, "the weekend of next week")],
        (Which::Next, _) => {
            vec![candidate(after, "the weekend of next week"), candidate(own, "the first weekend after the anchor")]
        }
        (Which::This, Tense::Past) if weekday_of(anchor) <= 2 => vec![
            candidate(before, "past tense early in the week: the weekend just over"),
            candidate(own, "the weekend of this week"),
        ],
        (Which::This, _) => {
            vec![candidate(own, "the weekend of this week"), candidate(before, "the weekend just over")]
        }
        (Which::Plain, Tense::Future) => {
            vec![candidate(own, "future tense: the coming weekend"), candidate(before, "the weekend just over")]
        }
        (Which::Plain, _) => {
            let other = if in_it { before } else { own };
            vec![
                candidate(latest, "the latest weekend up to the anchor"),
                candidate(other, "the other weekend beside the anchor"),
            ]
        }
    })
}

pub(crate) fn named_weekday(which: Which, weekday: i8, anchor: Date, tense: Tense) -> Option<Vec<Candidate>> {
    let name = weekday_name(weekday);
    let week = stretch(DateUnit::Week, anchor, 0)?;
    let of_week = |weeks: i32| add_days(week.start, weeks * 7 + i32::from(weekday) - 1);
    let one = |date: Date, reason: String| candidate(calendar::day(date), reason);
    Some(match which {
        Which::Last => {
            let latest = weekday_by(add_days(anchor, -1)?, weekday)?;
            let latest_one = one(latest, format!("the latest {name} before the anchor"));
            if latest < week.start {
                return Some(vec![latest_one]);
            }
            let other = one(of_week(-1)?, format!("the {name} of last week"));
            if distance(latest, anchor) >= 3 { vec![latest_one, other] } else { vec![other, latest_one] }
        }
        Which::Next => {
            let first = add_days(weekday_by(anchor, weekday)?, 7)?;
            let next = of_week(1)?;
            let mut candidates = vec![one(next, format!("the {name} of next week"))];
            if first != next {
                candidates.push(one(first, format!("the first {name} after the anchor")));
            }
            candidates
        }
        Which::This | Which::Plain => {
            let tense = if tense == Tense::Unknown { Tense::Future } else { tense };
            weekdays(weekday, anchor, tense)?
        }
    })
}

pub(crate) fn named_yearly(
    which: Which,
    step: i32,
    open: &str,
    unit: DateUnit,
    frame: &Frame,
    find: impl Fn(i16) -> Option<Days>,
) -> Result<Solved, Problem> {
    anchored(frame, unit, relative(step, DateUnit::Year), Some(open.to_owned()), |anchor| {
        let year = |years: i16| find(anchor.year().checked_add(years)?);
        let over = || (0..=8).filter_map(|back| year(-back)).find(|days| days.end < anchor);
        let coming = || (0..=8).filter_map(&year).find(|days| days.start > anchor);
        Some(match which {
            Which::Last => {
                let over = over()?;
                let mut candidates = vec![candidate(over.clone(), "the latest one that was over at the anchor")];
                candidates
                    .extend(year(-1).filter(|days| *days != over).map(|days| candidate(days, "the one of last year")));
                candidates
            }
            Which::Next => {
                let coming = coming()?;
                let mut candidates = vec![candidate(coming.clone(), "the first one after the anchor")];
                candidates
                    .extend(year(1).filter(|days| *days != coming).map(|days| candidate(days, "the one of next year")));
                candidates
            }
            Which::This | Which::Plain => {
                // In January "this winter" is the one that began last year.
                let running = year(-1).filter(|days| days.end >= anchor);
                vec![candidate(running.or_else(|| year(0))?, "the one of the anchor's year")]
            }
        })
    })
}

/// The days that a weekday without more can be.
pub(crate) fn weekdays(weekday: i8, anchor: Date, tense: Tense) -> Option<Vec<Candidate>> {
    let name = weekday_name(weekday);
    let by = weekday_by(anchor, weekday)?;
    let next = add_days(by, 7)?;
    let past = candidate(calendar::day(by), format!("the latest {name} up to the anchor"));
    let coming = candidate(calendar::day(next), format!("the first {name} after the anchor"));
    let last =
        add_days(by, -7).map(|date| candidate(calendar::day(date), format!("the {name} a week before the anchor")));
    Some(match tense {
        Tense::Future if by == anchor => vec![past, coming],
        Tense::Future => vec![coming, past],
        Tense::Past | Tense::Unknown if by == anchor => std::iter::once(past).chain(last).collect(),
        Tense::Past | Tense::Unknown => vec![past, coming],
    })
}
