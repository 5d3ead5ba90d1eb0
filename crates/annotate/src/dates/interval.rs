//! Stretches with two ends as they are written: `Nov. 7-9`, `2014-16`, `between June and August`, `from 9 a.m. to noon`.

use crate::dates::DateUnit;
use crate::dates::count::Read;
use crate::dates::meaning::{Meaning, Open, Point, Stretch, Target, YearRef};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

impl Words<'_> {
    pub fn point_or_interval(&self, at: usize) -> Read<Meaning> {
        if let Some(range) = self.day_range(at) {
            return Some(range);
        }
        let (first, end) = self.whole_point(at)?;
        if let Some((day, range_end)) = self.second_day(&first, end) {
            return Some((day, range_end));
        }
        let joint = if self.mark(end, b'-') {
            Some(end + 1)
        } else {
            self.is_any(end, &[Key::To, Key::Through, Key::Until]).then_some(end + 1)
        };
        if let Some(next) = joint
            && let Some((second, end)) = self.second_point(&first, next)
        {
            return Some((between(first, second), end));
        }
        Some((Meaning::Point(first), end))
    }

    /// `7-9 November`, `between` left out.
    pub fn day_range(&self, at: usize) -> Read<Meaning> {
        if self.glued(at) {
            return None;
        }
        let ((first, ordinal), end) = self.day_number(at)?;
        let joint = self.mark(end, b'-') || self.is_any(end, &[Key::To, Key::And, Key::Or]);
        let next = self.skip(end + 1, &[Key::The]);
        if !joint {
            return None;
        }
        let (second, end) = self.calendar_date(next).filter(|_| self.day_number(next).is_some())?;
        match second.stretch {
            Stretch::Day { year, month: Some(month), day: Some(day), .. }
                if first < day && (!ordinal || self.day_number(next).is_some_and(|(day, _)| day.1)) =>
            {
                Some((between(Point::day(year, Some(month), Some(first), None), second), end))
            }
            _ => None,
        }
    }

    /// `Nov. 7-9`, `Nov. 7 to 9, 2024`, `Nov. 7 and 8`.
    pub fn second_day(&self, first: &Point, at: usize) -> Read<Meaning> {
        let Stretch::Day { year, month: Some(month), day: Some(start), .. } = first.stretch else {
            return self.second_year(first, at);
        };
        let hyphen = self.mark(at, b'-');
        let joint = hyphen || self.is_any(at, &[Key::To, Key::Through, Key::And]);
        if !joint || first.clock.is_some() || first.part.is_some() {
            return None;
        }
        let ((day, _), end) = self.day_number(at + 1)?;
        if day <= start
            || self.is(at, Key::And) && day != start + 1
            || matches!(self.lex(end), Lex::Word | Lex::Unit { .. })
                && !hyphen
                && !self.at(end).joined
                && self.is(at, Key::And)
        {
            return None;
        }
        let (year, end) = self.year_of(end).map_or((year, end), |(year, end)| (Some(year), end));
        let on = |day: i8| Point::day(year, Some(month), Some(day), None);
        Some((between(on(start), on(day)), end))
    }

    /// `2014-16`.
    pub fn second_year(&self, first: &Point, at: usize) -> Read<Meaning> {
        let Stretch::Day { year: Some(YearRef::Number(year)), month: None, day: None, .. } = first.stretch else {
            return None;
        };
        let glued = self.mark(at, b'-') && self.at(at).joined && self.at(at + 1).joined;
        let short = self.figure(at + 1, 2..=2).filter(|_| glued)? as i16;
        let second = year - year.rem_euclid(100) + short;
        let joined = self.at(at + 2).joined
            && !matches!(self.lex(at + 2), Lex::Mark(b',' | b'.' | b')' | b'\'' | b'"' | b';' | b':'));
        (second > year && !joined)
            .then(|| (between(first.clone(), Point::day(Some(YearRef::Number(second)), None, None, None)), at + 2))
    }

    /// The other end of an interval; what the first end is decides whether a bare number is one.
    pub fn second_point(&self, first: &Point, at: usize) -> Read<Point> {
        if let Some((second, end)) = self.whole_point(at) {
            return same_sort(first, &second).then_some((second, end));
        }
        if let (Stretch::Day { year: Some(_), month: None, .. }, Some(year)) = (&first.stretch, self.year_number(at)) {
            return Some((Point::day(Some(YearRef::Number(year)), None, None, None), at + 1));
        }
        let ((month, _), end) = self.month_name(at)?;
        let months = matches!(first.stretch, Stretch::Day { month: Some(_), day: None, .. });
        let (year, end) = self.year_of(end).map_or((None, end), |(year, end)| (Some(year), end));
        months.then(|| (Point::day(year, Some(month), None, None), end))
    }

    /// `between X and Y`, `from X to Y`, `from X on`.
    pub fn between(&self, at: usize) -> Read<Meaning> {
        let from = self.is(at, Key::From);
        let joints: &[Key] = if from { &[Key::To, Key::Until, Key::Through] } else { &[Key::And] };
        let ends = |index: usize| self.is_any(index, joints) || self.mark(index, b'-');
        let start = self.skip(at + 1, &[Key::About]);
        if let Some((first, end)) = self.whole_point(start) {
            if ends(end) {
                let (second, end) = match self.second_point(&first, end + 1) {
                    Some(second) => second,
                    None => {
                        let (meaning, end) = self.second_day(&first, end)?;
                        return Some((meaning, end));
                    }
                };
                return Some((between(first, second), end));
            }
            let onward = self.is_any(end, &[Key::On, Key::Onward])
                && (self.is(end, Key::Onward)
                    || !matches!(self.lex(end + 1), Lex::Weekday { .. } | Lex::Month { .. } | Lex::Key(_)));
            if onward || !from {
                return (from && onward).then(|| (Meaning::Half(Open::From, first), end + 1));
            }
            // "From 1965 she worked": at the head of a clause it says when something began; elsewhere it may be of any
            // kind ("a letter from 1965"), and the date is read alone.
            let head = self.begins_sentence(at)
                || self.is(at.wrapping_sub(1), Key::And)
                || self.mark(at.wrapping_sub(1), b',');
            return (head && first.clock.is_none()).then_some((Meaning::Half(Open::From, first), end));
        }
        // Numbers whose month, year or half of the day stands at the second end only.
        let bare = self.skip(start, &[Key::The]);
        if let Some(((day, _), end)) = self.day_number(bare)
            && ends(end)
        {
            let next = self.skip(end + 1, &[Key::The]);
            if let Some((second, end)) = self.calendar_date(next)
                && let Stretch::Day { year, month: Some(month), day: Some(_), .. } = second.stretch
            {
                return Some((between(Point::day(year, Some(month), Some(day), None), second), end));
            }
            if day <= 12
                && let Ok(Some((second, end))) = self.clock(next, true)
            {
                let mut first = second;
                first.clock.minute = None;
                first.clock.hour =
                    if second.clock.hour >= 12 && day < 12 && day + 12 <= second.clock.hour { day + 12 } else { day };
                let point = |clock| Point { clock: Some(clock), ..Point::of(Stretch::Open) };
                return Some((between(point(first), point(second)), end));
            }
        }
        if let Some(year) = self.year_number(start)
            && ends(start + 1)
        {
            let first = Point::day(Some(YearRef::Number(year)), None, None, None);
            let (second, end) = self.second_point(&first, start + 2)?;
            return Some((between(first, second), end));
        }
        let ((month, _), end) = self.month_name(start)?;
        let first = Point::day(None, Some(month), None, None);
        let (second, end) = ends(end).then(|| self.second_point(&first, end + 1))??;
        Some((between(first, second), end))
    }
}

/// Whether two points can be the ends of one interval.
pub(crate) fn same_sort(first: &Point, second: &Point) -> bool {
    let sort = |point: &Point| match &point.stretch {
        Stretch::Day { day: None, month: None, weekday: None, .. } => 0,
        Stretch::Day { day: None, weekday: None, .. } => 1,
        Stretch::Open => 3,
        Stretch::Decade { .. } | Stretch::Century { .. } | Stretch::YearPart { .. } | Stretch::Fiscal { .. } => 0,
        Stretch::Shift { unit, .. } if *unit > DateUnit::Day => 1,
        Stretch::Named { target: Target::Unit(unit), .. } if *unit > DateUnit::Day => 1,
        _ => 2,
    };
    let (first, second) = (sort(first), sort(second));
    first == second || (first < 3 && second < 3)
}

/// An interval; what one end leaves out and the other states belongs to both.
pub(crate) fn between(mut first: Point, mut second: Point) -> Meaning {
    if let (Stretch::Day { year, month, .. }, Stretch::Day { year: second_year, month: second_month, .. }) =
        (&mut first.stretch, &second.stretch)
        && year.is_none()
        && let (Some(YearRef::Number(number)), Some(start), Some(end)) = (second_year, *month, second_month)
    {
        *year = Some(YearRef::Number(if start > *end { *number - 1 } else { *number }));
    }
    if let (Some(clock), Some(second_clock)) = (&mut first.clock, &second.clock)
        && clock.half_open
        && !second_clock.half_open
    {
        clock.half_open = false;
        if second_clock.clock.hour > 12 && clock.clock.hour < 12 && clock.clock.hour + 12 <= second_clock.clock.hour {
            clock.clock.hour += 12;
        }
    }
    if second.stretch == Stretch::Open {
        second.stretch = first.stretch.clone();
    } else if first.stretch == Stretch::Open {
        first.stretch = second.stretch.clone();
    }
    Meaning::Between(first, second)
}
