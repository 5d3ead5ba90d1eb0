//! Dates in figures: `2024-11-07`, `11/07/2024`, `9/11`.

use crate::dates::absolute::two_digit;
use crate::dates::count::Read;
use crate::dates::meaning::{Point, Stretch, YearRef};
use crate::dates::token::Words;
use crate::dates::words::Lex;

impl Words<'_> {
    /// `2024-11-07`, `2024/11/07`, `2024-11-07T15:30Z`, `2024-11`.
    pub fn iso(&self, at: usize) -> Read<Point> {
        let year = self.figure(at, 4..=4).filter(|year| (1000..=2999).contains(year))? as i16;
        let mark = |index: usize| {
            let glued = self.at(index).joined && self.at(index + 1).joined;
            match self.lex(index) {
                Lex::Mark(mark @ (b'-' | b'/' | b'.')) if glued => Some(mark),
                _ => None,
            }
        };
        let first = mark(at + 1)?;
        let month = self.figure(at + 2, 2..=2)? as i8;
        if mark(at + 3) != Some(first) {
            let plain = first == b'-'
                && (1..=12).contains(&month)
                && self.text.as_bytes().get(self.at(at + 1).start as usize) == Some(&b'-');
            return plain.then_some((Point::day(Some(YearRef::Number(year)), Some(month), None, None), at + 3));
        }
        let day = self.figure(at + 4, 1..=2)? as i8;
        let mut point = Point::day(Some(YearRef::Number(year)), Some(month), Some(day), None);
        let mut end = at + 5;
        if self.at(end).joined
            && self.says(end, &["T"])
            && let Ok(Some((clock, clock_end))) = self.clock(end + 1, true)
        {
            (point.clock, end) = (Some(clock), clock_end);
        }
        Some((point, end))
    }

    /// `11/07/2024`, `7.11.2024`, `11/7/24`; without a year only where `dated` says that a date stands here.
    pub fn figures_date(&self, at: usize, dated: bool) -> Read<Point> {
        if self.glued(at) || self.before(at).lex == Lex::Mark(b'/') && self.at(at).joined {
            return None;
        }
        let first = self.figure(at, 1..=2)? as i8;
        let Lex::Mark(mark @ (b'/' | b'.' | b'-')) = self.lex(at + 1) else { return None };
        let second = self.figure(at + 2, 1..=2)? as i8;
        if !self.at(at + 1).joined || !self.at(at + 2).joined {
            return None;
        }
        let whole = self.lex(at + 3) == Lex::Mark(mark) && self.at(at + 3).joined && self.at(at + 4).joined;
        let year = whole.then(|| self.figure(at + 4, 4..=4).or(self.figure(at + 4, 2..=2))).flatten();
        let plausible = (1..=31).contains(&first) && (1..=31).contains(&second) && (first <= 12 || second <= 12);
        let (year, end) = match year {
            Some(year @ 1000..=2999) => (Some(year as i16), at + 5),
            Some(year @ 0..=99) if mark == b'/' => (Some(two_digit(year)), at + 5),
            Some(_) => return None,
            None if whole => return None,
            None if mark == b'/' && (first, second) == (9, 11) && year.is_none() => (Some(2001), at + 3),
            None if mark == b'/' && dated => (None, at + 3),
            None => return None,
        };
        if (first, second, end) == (9, 11, at + 3) {
            return Some((Point::day(Some(YearRef::Number(2001)), Some(9), Some(11), None), end));
        }
        plausible.then_some((Point::of(Stretch::Figures { first, second, year }), end))
    }
}
