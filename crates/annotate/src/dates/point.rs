//! One date or time with what goes with it: `early Thursday`, `the night of Nov. 7`, `3 p.m. on Friday`. Not intervals.

use crate::dates::count::Read;
use crate::dates::meaning::{Count, Meaning, Origin, Part, Point, Stretch, Target, Which};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};
use crate::dates::{DateModifier, DateUnit};

impl Words<'_> {
    /// One date or time, with what narrows it and its time of the day.
    pub fn whole_point(&self, at: usize) -> Read<Point> {
        let stated = self.is_any(
            at.wrapping_sub(1),
            &[
                Key::At,
                Key::By,
                Key::About,
                Key::Until,
                Key::From,
                Key::Since,
                Key::Before,
                Key::After,
                Key::Between,
                Key::To,
                Key::And,
            ],
        );
        if let Ok(Some((clock, end))) = self.clock(at, stated) {
            return Some(self.clock_day(Point { clock: Some(clock), ..Point::of(Stretch::Open) }, end));
        }
        if let Some(read) = self.hours_of(at) {
            return Some(read);
        }
        if self.is_any(at, &[Key::Earlier, Key::Later]) {
            return self.earlier_in(at);
        }
        if let Some((modifier, next)) = self.modified(at) {
            if modifier == DateModifier::About {
                let near =
                    self.clock(next, stated).ok().flatten().map(|(clock, end)| {
                        self.clock_day(Point { clock: Some(clock), ..Point::of(Stretch::Open) }, end)
                    });
                let (point, end) = near.or_else(|| self.day_point(next))?;
                return Some((Point { modifier: Some(modifier), ..point }, end));
            }
            let month = || {
                self.month_name(next).map(|((month, _), end)| {
                    let (year, end) = self.year_of(end).map_or((None, end), |(year, end)| (Some(year), end));
                    (Point::day(year, Some(month), None, None), end)
                })
            };
            let (point, end) = self
                .day_point(next)
                .or_else(|| self.plain_unit(next))
                .or_else(month)
                .or_else(|| self.late_part(next))?;
            return Some((Point { modifier: Some(modifier), ..point }, end));
        }
        self.day_point(at)
    }

    /// `early morning`, `late afternoon` with or without their day.
    pub fn late_part(&self, at: usize) -> Read<Point> {
        let Lex::Part(part) = self.lex(at) else { return None };
        let in_the = self.is(at.wrapping_sub(2), Key::The);
        let point = Point { part: Some(part), ..Point::of(Stretch::Open) };
        let read = self.clock_day(point, at + 1);
        (in_the || read.0.stretch != Stretch::Open).then_some(read)
    }

    /// `earlier this month`, `later in the day`, `earlier on Thursday`.
    pub fn earlier_in(&self, at: usize) -> Read<Point> {
        let modifier = if self.is(at, Key::Earlier) { DateModifier::Earlier } else { DateModifier::Later };
        let next = self.skip(at + 1, &[Key::In, Key::On]);
        let in_the = next > at + 1 && self.is(next, Key::The);
        let (mut point, end) = match self.plain_unit(next) {
            Some((_, end)) if in_the => {
                let unit = match self.lex(next + 1) {
                    Lex::Unit { unit, .. } => unit,
                    _ => return None,
                };
                let origin = if unit == DateUnit::Day { Origin::Earlier } else { Origin::Anchor };
                (Point::of(Stretch::Shift { count: Count::whole(0), after: true, unit, origin }), end)
            }
            _ => self.day_point(next)?,
        };
        point.modifier = Some(modifier);
        Some((point, end))
    }

    /// `the night of Nov. 7`, `the early hours of Saturday`, `in the morning`.
    pub fn hours_of(&self, at: usize) -> Read<Point> {
        let the = self.skip(at, &[Key::The]);
        let (modifier, word) = match self.lex(the) {
            Lex::Key(Key::Early) => (Some(DateModifier::Early), the + 1),
            Lex::Key(Key::Late) => (Some(DateModifier::Late), the + 1),
            _ => (None, the),
        };
        let word = self.skip_mark(word, b'-');
        let (part, end) = match self.lex(word) {
            Lex::Part(part) if !self.word(word).ends_with('s') => {
                (part, word + 1 + usize::from(self.says(word + 1, &["hours"])))
            }
            _ if modifier.is_some() && self.says(word, &["hours"]) => (Part::Morning, word + 1),
            _ if self.says(word, &["dawn", "daybreak", "sunrise"]) && self.is(the.wrapping_sub(1), Key::At) => {
                (Part::Morning, word + 1)
            }
            Lex::Key(Key::Dusk) => (Part::Evening, word + 1),
            _ => return None,
        };
        let point = Point { part: Some(part), modifier, ..Point::of(Stretch::Open) };
        if self.is(end, Key::Of)
            && let Some((day, day_end)) = self.day_point(end + 1)
            && day.is_day()
        {
            return Some((Point { stretch: day.stretch, ..point }, day_end));
        }
        if let Some((day, day_end)) = self.day_point(self.skip(end, &[Key::On]))
            && day.is_day()
            && day.part.is_none()
            && (the > at || modifier.is_some() || matches!(part, Part::Midday | Part::Evening))
        {
            return Some((Point { stretch: day.stretch, ..point }, day_end));
        }
        let alone = the > at && self.is(at.wrapping_sub(1), Key::In) && !self.is(end, Key::Of);
        (alone || matches!(part, Part::Morning | Part::Evening) && self.is(at.wrapping_sub(1), Key::At))
            .then_some((point, end))
    }

    /// A clock or part of the day and the day that follows it.
    pub fn clock_day(&self, point: Point, end: usize) -> (Point, usize) {
        let next = self.skip_mark(end, b',');
        let next = self.skip(next, &[Key::On]);
        match self.day_point(next) {
            Some((day, day_end))
                if day.is_day()
                    && day.clock.is_none()
                    && (day.part.is_none() || point.part.is_none())
                    && day.modifier.is_none() =>
            {
                (Point { stretch: day.stretch, part: point.part.or(day.part), ..point }, day_end)
            }
            _ => (point, end),
        }
    }

    /// A date with the part of the day or the clock behind it.
    pub fn day_point(&self, at: usize) -> Read<Point> {
        let base = self
            .relative(at)
            .or_else(|| self.weekend(at))
            .or_else(|| self.calendar_date(at))
            .or_else(|| self.period(at));
        let base = base.or_else(|| match self.counted_phrase(at) {
            Some((Meaning::Point(point), end)) => Some((point, end)),
            _ => None,
        });
        let (mut point, mut end) = base?;
        if !point.is_day() {
            return Some((point, end));
        }
        if point.part.is_none() {
            let early = self.skip(end, &[Key::Early, Key::Late]);
            let early = self.skip_mark(early, b'-');
            let in_the = if self.is(end, Key::In) && self.is(end + 1, Key::The) { end + 2 } else { early };
            match self.lex(in_the) {
                Lex::Part(part) if !self.is_show(in_the, part) => {
                    if in_the > end {
                        point.modifier = match self.lex(end) {
                            Lex::Key(Key::Early) => Some(DateModifier::Early),
                            Lex::Key(Key::Late) => Some(DateModifier::Late),
                            _ => point.modifier,
                        };
                    }
                    (point.part, end) = (Some(part), in_the + 1);
                }
                Lex::Key(Key::Overnight) if in_the == end => (point.part, end) = (Some(Part::Overnight), end + 1),
                _ => {}
            }
        }
        let comma = self.skip_mark(end, b',');
        let at_word = self.skip(comma, &[Key::At]);
        let about = self.skip(at_word, &[Key::About]);
        if let Ok(Some((clock, clock_end))) = self.clock(about, at_word > comma || about > at_word) {
            (point.clock, end) = (Some(clock), clock_end);
        }
        Some((point, end))
    }

    /// `Monday Night Football`, `Tuesday nights`: no night of one day.
    fn is_show(&self, at: usize, part: Part) -> bool {
        let plural = self.word(at).ends_with('s');
        plural || part == Part::Night && self.at(at).capital && self.at(at + 1).capital
    }

    /// `the weekend`, `over the weekend`.
    pub fn weekend(&self, at: usize) -> Read<Point> {
        let unit = self.is(at, Key::The)
            && matches!(self.lex(at + 1), Lex::Unit { unit: DateUnit::Weekend, plural: false, .. });
        let of = self.is(at + 2, Key::Of);
        let stretch = Stretch::Named { which: Which::Plain, target: Target::Unit(DateUnit::Weekend) };
        (unit && !of).then(|| (Point::of(stretch), at + 2))
    }
}
