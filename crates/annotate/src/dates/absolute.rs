//! Dates by their numbers and names: `Nov. 7, 2024`, `7 November`, `2024-11-07`, `Thursday`. Not years, seasons and
//! holidays (`period`), not what is counted from another day (`relative`).

use crate::DateClock;
use crate::dates::count::Read;
use crate::dates::meaning::{ClockWords, Point, Stretch, Target, Which, YearRef};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

impl Words<'_> {
    /// Four figures that can be a year.
    pub fn year_number(&self, at: usize) -> Option<i16> {
        let year = self.figure(at, 4..=4).filter(|year| (1000..=2999).contains(year))?;
        let grouped = self.mark(at + 1, b',') && self.at(at + 1).joined && self.at(at + 2).joined
            || self.mark(at + 1, b'.') && self.at(at + 1).joined && self.at(at + 2).joined;
        let digits_follow = grouped && matches!(self.lex(at + 2), Lex::Number { .. });
        let glued_word = self.at(at + 1).joined && matches!(self.lex(at + 1), Lex::Word | Lex::Mark(b'%' | b'#'));
        (!digits_follow && (!glued_word || self.says(at + 1, &["s"]))).then_some(year as i16)
    }

    /// A year that goes with the month or part of the year before it: `, 2024`, `'24`, `last year`, `of that year`.
    pub fn year_of(&self, at: usize) -> Read<YearRef> {
        let comma = self.skip_mark(at, b',');
        if let Some(year) = self.year_number(comma).filter(|_| !self.at(comma).joined || comma == at) {
            return Some((YearRef::Number(year), comma + 1));
        }
        if self.mark(at, b'\'')
            && self.at(at + 1).joined
            && !self.at(at).joined
            && let Some(short) = self.figure(at + 1, 2..=2)
        {
            return Some((YearRef::Number(two_digit(short)), at + 2));
        }
        let at = self.skip(at, &[Key::Of, Key::In]);
        if let Some(year) = self.year_number(at) {
            return Some((YearRef::Number(year), at + 1));
        }
        let at = self.skip(at, &[Key::The]);
        if !self.says(at + 1, &["year"]) || self.mark(at + 2, b'-') {
            return None;
        }
        let year = match self.lex(at) {
            Lex::Key(Key::This) => YearRef::Offset(0),
            Lex::Key(Key::Last | Key::Past) => YearRef::Offset(-1),
            Lex::Key(Key::Next | Key::Coming) => YearRef::Offset(1),
            Lex::Key(Key::That | Key::Same) => YearRef::Earlier,
            _ => return None,
        };
        let ago = self.is_any(at + 2, &[Key::Ago, Key::Earlier, Key::Later]);
        (!ago).then_some((year, at + 2))
    }

    /// A month's name with the dot of its abbreviation. No doubt is settled here.
    pub fn month_name(&self, at: usize) -> Read<(i8, bool)> {
        let Lex::Month { month, short, doubt } = self.lex(at) else { return None };
        let token = self.at(at);
        let dotted = short && self.mark(at + 1, b'.') && self.at(at + 1).joined;
        (token.capital || !doubt && !short).then_some(((month, doubt), at + 1 + usize::from(dotted)))
    }

    /// A day of a month with whether it is an ordinal: `7`, `7th`, `seventh`, `twenty-first`.
    pub fn day_number(&self, at: usize) -> Read<(i8, bool)> {
        if let Lex::Ordinal(day) = self.lex(at) {
            return Some(((day as i8, true), at + 1));
        }
        if let Lex::Cardinal(tens @ (20 | 30)) = self.lex(at)
            && let Lex::Ordinal(ones @ 1..10) = self.lex(self.skip_mark(at + 1, b'-'))
            && tens + ones <= 31
        {
            return Some((((tens + ones) as i8, true), self.skip_mark(at + 1, b'-') + 1));
        }
        let day = self.figure(at, 1..=2).filter(|day| (1..=31).contains(day))? as i8;
        let ordinal = self.at(at + 1).joined && self.says(at + 1, &["st", "nd", "rd", "th"]);
        let end = at + 1 + usize::from(ordinal);
        let more = self.at(end).joined
            && (matches!(self.lex(end), Lex::Word | Lex::Number { .. } | Lex::Mark(b'%'))
                || matches!(self.lex(end), Lex::Mark(b'.' | b':' | b','))
                    && self.at(end + 1).joined
                    && matches!(self.lex(end + 1), Lex::Number { .. }));
        (!more && self.figure(end, 1..=9).is_none()).then_some(((day, ordinal), end)).or_else(|| {
            // "May 3 2014": a year may follow without a comma.
            (!more && self.year_number(end).is_some()).then_some(((day, ordinal), end))
        })
    }

    /// A weekday: its name, or its abbreviation where a date follows or a dot shows it.
    pub fn weekday_name(&self, at: usize) -> Read<i8> {
        let Lex::Weekday { weekday, short, plural: false } = self.lex(at) else { return None };
        if !short {
            return Some((weekday, at + 1));
        }
        let dotted = self.mark(at + 1, b'.');
        let after = self.skip_mark(at + 1 + usize::from(dotted), b',');
        let dated = matches!(self.lex(after), Lex::Month { .. })
            || self.figure(after, 1..=2).is_some() && matches!(self.lex(after + 1), Lex::Month { .. });
        let known = dated || dotted && self.is(at.wrapping_sub(1), Key::On);
        (self.at(at).capital && known).then_some((weekday, at + 1 + usize::from(dotted)))
    }

    /// `Nov. 7, 2024`, `May the seventh`, `November 2024`, `Nov. 7 of last year`.
    fn month_first(&self, at: usize) -> Read<Point> {
        let ((month, _), end) = self.month_name(at)?;
        let day_at = self.skip(end, &[Key::The]);
        if let Some(((day, ordinal), day_end)) = self.day_number(day_at)
            && (ordinal || day_at == end)
            && (ordinal || !matches!(self.lex(day_end), Lex::Unit { .. }))
            && !self.counts_people(day_end, ordinal)
            && (ordinal || self.month_name(day_end).is_none())
        {
            let (year, end) = self.year_of(day_end).map_or((None, day_end), |(year, end)| (Some(year), end));
            let year = year.or_else(|| self.attacks(month, day, end).then_some(YearRef::Number(2001)));
            return Some((Point::day(year, Some(month), Some(day), None), end));
        }
        let dot = end;
        let (year, end) = self.year_of(dot).map_or((None, dot), |(year, end)| (Some(year), end));
        (year.is_some() || self.month_alone(at, dot)).then_some((Point::day(year, Some(month), None, None), end))
    }

    /// `In June 12 people died`: the number counts what follows, the month stands alone.
    fn counts_people(&self, at: usize, ordinal: bool) -> bool {
        !ordinal
            && self.says(
                at,
                &["people", "men", "women", "children", "soldiers", "civilians", "percent", "million", "billion"],
            )
    }

    /// The day whose year nobody says.
    fn attacks(&self, month: i8, day: i8, at: usize) -> bool {
        (month, day) == (9, 11)
            && self.says(
                at,
                &["attack", "attacks", "terrorist", "terror", "terrorism", "hijackers", "commission", "victims"],
            )
    }

    /// `102140 SEP 31`: the date-time group of agencies and armies; day, hour, minute, month, last two figures of a year of this century.
    fn date_time_group(&self, at: usize) -> Read<Point> {
        let group = self.figure(at, 6..=6)?;
        let (day, hour, minute) = (group / 10_000, group / 100 % 100, group % 100);
        let ((month, _), end) = self.month_name(at + 1)?;
        let year = self.figure(end, 2..=2)?;
        if !(1..=31).contains(&day) || hour > 23 || minute > 59 {
            return None;
        }
        let clock =
            DateClock { hour: hour as i8, minute: Some(minute as i8), second: None, zone: None, offset_minutes: None };
        let mut point = Point::day(Some(YearRef::Number(2000 + year as i16)), Some(month), Some(day as i8), None);
        point.clock = Some(ClockWords { clock, half_open: false, leap: false });
        Some((point, end + 1))
    }

    /// `7 November 2024`, `the 7th of November`, `7 Nov`, `102140 SEP 31`.
    fn day_first(&self, at: usize) -> Read<Point> {
        if self.glued(at) {
            return None;
        }
        if let Some(found) = self.date_time_group(at) {
            return Some(found);
        }
        let ((day, ordinal), day_end) = self.day_number(at)?;
        let of = self.skip(day_end, &[Key::Of]);
        if of > day_end && !ordinal {
            return None;
        }
        let hyphen = if self.mark(of, b'-') && self.at(of + 1).joined { of + 1 } else { of };
        let ((month, doubt), end) = self.month_name(hyphen)?;
        // "Their second March" and "the first May protest" are no days; "the first of May" is.
        if doubt && of == day_end && matches!(self.lex(at), Lex::Ordinal(_)) {
            return None;
        }
        let (year, end) = match self.year_of(end) {
            Some((year, end)) => (Some(year), end),
            None if hyphen > of && self.mark(end, b'-') => {
                let year = self.year_number(end + 1)?;
                (Some(YearRef::Number(year)), end + 2)
            }
            None => (None, end),
        };
        Some((Point::day(year, Some(month), Some(day), None), end))
    }

    /// Whether a month without day and year is one: May, March and August are also a verb, a march and people.
    fn month_alone(&self, at: usize, end: usize) -> bool {
        let Lex::Month { month, short, doubt } = self.lex(at) else { return false };
        let before = self.before(at);
        let pointed = matches!(
            before.lex,
            Lex::Key(
                Key::In
                    | Key::Since
                    | Key::Until
                    | Key::Early
                    | Key::Mid
                    | Key::Late
                    | Key::During
                    | Key::Last
                    | Key::This
                    | Key::Next
                    | Key::Past
                    | Key::Between
                    | Key::By
                    | Key::From
                    | Key::Through
                    | Key::Of
                    | Key::Before
                    | Key::After
                    | Key::Coming
                    | Key::Previous
                    | Key::Following
                    | Key::End
                    | Key::Start
                    | Key::Every
                    | Key::Each
            )
        ) || before.lex == Lex::Mark(b'-')
            && self.is_any(at.wrapping_sub(2), &[Key::Mid, Key::Early, Key::Late]);
        let joined = matches!(before.lex, Lex::Key(Key::And | Key::Or | Key::To))
            && (at.saturating_sub(4)..at)
                .any(|index| matches!(self.lex(index), Lex::Month { month: other, .. } if other != month));
        let name_follows = self.at(end).capital && !self.at(end).joined && matches!(self.lex(end), Lex::Word);
        if short {
            return (pointed || joined) && end > at + 1;
        }
        if doubt {
            let person = self.says(end, &["said", "says", "told", "has", "had", "was"])
                && !self.is_any(at.wrapping_sub(1), &[Key::In, Key::Since, Key::Last]);
            return (pointed || joined) && !name_follows && !person && !self.is_surname(at);
        }
        !name_follows || pointed
    }

    /// Whether the month's name is also somebody's name in this text: `Theresa May`, `Mrs. May`.
    fn is_surname(&self, at: usize) -> bool {
        if self.is_any(
            at.wrapping_sub(1),
            &[Key::In, Key::Since, Key::Last, Key::Next, Key::Mid, Key::Early, Key::Late, Key::During],
        ) {
            return false;
        }
        let word = self.word(at);
        // Only the sentence around and before: a look at the whole text for each month would not be linear.
        (at.saturating_sub(400)..at + 40).filter(|index| *index != at && self.word(*index) == word).any(|index| {
            let before = self.before(index);
            let title =
                matches!(before.lex, Lex::Word) && before.capital && !self.begins_sentence(index.wrapping_sub(1))
                    || self.mark(index.wrapping_sub(1), b'.') && self.says(index.wrapping_sub(2), &["mrs", "mr", "ms"]);
            title || self.says(index + 1, &["said", "says", "told"])
        })
    }

    /// A weekday and what goes with it.
    fn weekday_date(&self, at: usize) -> Read<Point> {
        let (weekday, end) = self.weekday_name(at)?;
        if self.is_title(at, end) {
            return None;
        }
        let next = self.skip_mark(end, b',');
        let the = self.skip(next, &[Key::The]);
        let dated = self
            .month_first(next)
            .or_else(|| self.day_first(the))
            .or_else(|| self.iso(next))
            .or_else(|| self.figures_date(next, true));
        if let Some((mut point, end)) = dated {
            let is_day = match &mut point.stretch {
                Stretch::Day { day: Some(_), weekday: slot, .. } => {
                    *slot = Some(weekday);
                    true
                }
                Stretch::Figures { .. } => true,
                _ => false,
            };
            if is_day {
                return Some((point, end));
            }
        }
        // "Thursday last week", "Thursday of next week".
        let of = self.skip(end, &[Key::Of]);
        let weeks = match self.lex(of) {
            Lex::Key(Key::Last) => Some(-1),
            Lex::Key(Key::This) => Some(0),
            Lex::Key(Key::Next) => Some(1),
            _ => None,
        };
        if let Some(weeks) = weeks.filter(|_| self.says(of + 1, &["week"])) {
            return Some((Point::of(Stretch::WeekdayOf { weekday, weeks }), of + 2));
        }
        if self.is(end, Key::Last) && !matches!(self.lex(end + 1), Lex::Unit { .. } | Lex::Part(_)) {
            return Some((Point::of(Stretch::Named { which: Which::Last, target: Target::Weekday(weekday) }), end + 1));
        }
        if self.is(end, Key::Next) && !matches!(self.lex(end + 1), Lex::Unit { .. } | Lex::Word) {
            return Some((Point::of(Stretch::Named { which: Which::Next, target: Target::Weekday(weekday) }), end + 1));
        }
        Some((Point::day(None, None, None, Some(weekday)), end))
    }

    /// `Sunday Times`, `Bloody Sunday`, `Man Friday`: names with a weekday in them.
    fn is_title(&self, at: usize, end: usize) -> bool {
        const AFTER: &[&str] = &[
            "times",
            "telegraph",
            "mirror",
            "mail",
            "express",
            "herald",
            "post",
            "independent",
            "people",
            "sun",
            "review",
            "magazine",
            "world",
            "tribune",
            "mass",
            "school",
            "roast",
            "night",
        ];
        const BEFORE: &[&str] = &[
            "bloody",
            "super",
            "black",
            "good",
            "ash",
            "fat",
            "holy",
            "maundy",
            "palm",
            "easter",
            "cyber",
            "giving",
            "sheffield",
            "man",
            "joe",
        ];
        let capital_after = self.at(end).capital && !self.at(end).joined && self.says(end, AFTER);
        let night_live = self.says(end, &["night"]) && !self.says(end + 1, &["live", "football"]);
        let before = self.before(at);
        capital_after && !night_live
            || before.capital && !self.begins_sentence(at) && self.says(at.wrapping_sub(1), BEFORE)
    }

    /// Any date of names and numbers that begins at `at`.
    pub fn calendar_date(&self, at: usize) -> Read<Point> {
        match self.lex(at) {
            Lex::Weekday { .. } => self.weekday_date(at),
            Lex::Month { .. } => self.month_first(at),
            Lex::Number { .. } => {
                let dated =
                    self.is_any(at.wrapping_sub(1), &[Key::On, Key::Since, Key::Until, Key::Before, Key::After]);
                (!self.glued(at))
                    .then(|| self.iso(at))?
                    .or_else(|| self.day_first(at))
                    .or_else(|| self.figures_date(at, dated))
            }
            Lex::Ordinal(_) | Lex::Cardinal(20 | 30) => self.day_first(at),
            Lex::Key(Key::The) => {
                let day = self.day_number(at + 1).is_some_and(|((_, ordinal), _)| ordinal);
                day.then(|| self.day_first(at + 1))?
            }
            _ => None,
        }
    }
}

/// A year of two figures: 1970 to 2069.
pub(crate) const fn two_digit(year: u32) -> i16 {
    if year < 70 { 2000 + year as i16 } else { 1900 + year as i16 }
}
