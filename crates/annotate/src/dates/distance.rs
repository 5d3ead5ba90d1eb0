//! Lengths and what follows them: `two weeks`, `two days later`, `the past two weeks`, `for years`. Not which days they are.

use crate::dates::DateUnit;
use crate::dates::count::Read;
use crate::dates::meaning::{Count, Meaning, Origin, Point, Stretch};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

impl Words<'_> {
    /// `the past two weeks`, `the next year`, `recent months`, `the coming days`.
    pub fn run(&self, at: usize) -> Read<Meaning> {
        let mut the = self.skip(at, &[Key::The, Key::These, Key::This]);
        the = self.skip_mark(the, b'-');
        let (before, after, pointer) = match self.lex(the) {
            Lex::Key(Key::Last | Key::Past | Key::Previous) => (true, false, the),
            Lex::Key(Key::Recent) => (true, false, the),
            Lex::Key(Key::Next | Key::Coming) => (false, true, the),
            _ => return None,
        };
        let (modifier, number) = self.qualifier(pointer + 1);
        if let Some(((count, unit, _), end)) = self.counted(number)
            && !count.article
            && !self.is(pointer, Key::Recent)
        {
            return Some((Meaning::Run { count, unit, after, modifier }, end));
        }
        let ((unit, plural, times), end) = self.unit(pointer + 1)?;
        if self.mark(end, b'-') && self.at(end + 1).joined {
            return None;
        }
        if plural && !self.is(pointer, Key::Previous) {
            return Some((Meaning::Run { count: Count::VAGUE, unit, after, modifier: None }, end));
        }
        let trailing = the > at && (before && !self.is(pointer, Key::Previous) || after) || self.is(pointer, Key::Past);
        let count = Count::whole(times);
        (trailing && !plural && unit != DateUnit::Second && !(unit == DateUnit::Day && after))
            .then_some((Meaning::Run { count, unit, after, modifier: None }, end))
    }

    /// A length and what follows it: a distance (`two days later`), an age, a frequency, or just a length.
    pub fn counted_phrase(&self, at: usize) -> Read<Meaning> {
        let (modifier, number) = self.qualifier(at);
        if self.lex(number) == Lex::Key(Key::A) && self.per_unit(number) {
            let ((unit, ..), end) = self.unit(number + 1)?;
            return Some((Meaning::Set(crate::dates::calendar::duration(1, unit), unit), end));
        }
        let (parts, end) = self.length(number)?;
        let &(count, unit) = parts.first()?;
        let old = self.skip_mark(end, b'-');
        if self.is(old, Key::Old) || self.says(old, &["olds"]) || self.is(end, Key::Of) && self.says(end + 1, &["age"])
        {
            return Some((Meaning::Nothing, old + 1));
        }
        let end = if self.says(old, &["long"]) && old > end { old + 1 } else { end };
        let (count, unit) = match parts.get(1) {
            Some(&(more, finer)) => combined(count, unit, more, finer),
            None => (count, unit),
        };
        let point = |after: bool, origin: Origin, end: usize| {
            let point = Point { modifier, ..Point::of(Stretch::Shift { count, after, unit, origin }) };
            Some((Meaning::Point(point), end))
        };
        match self.lex(end) {
            Lex::Key(Key::Ago) => return point(false, Origin::Anchor, end + 1),
            Lex::Key(Key::Earlier) if !self.is(end + 1, Key::Than) => return point(false, Origin::Earlier, end + 1),
            Lex::Key(Key::Later) => return point(true, Origin::Earlier, end + 1),
            Lex::Key(Key::Hence) => return point(true, Origin::Anchor, end + 1),
            Lex::Key(Key::From) if self.is_any(end + 1, &[Key::Now, Key::Today]) => {
                return point(true, Origin::Anchor, end + 2);
            }
            Lex::Key(Key::From)
                if let Some((from, from_end)) = self.nested_point(end + 1)
                    && from.is_day()
                    && !self.is(from_end, Key::To) =>
            {
                return point(true, Origin::Point(Box::new(from), end + 1, from_end), from_end);
            }
            Lex::Key(key @ (Key::Before | Key::After)) => {
                let (origin, end) = self.origin(end + 1);
                return point(key == Key::After, origin, end);
            }
            Lex::Key(Key::Previous) if self.says(end, &["prior"]) => {
                let (origin, end) =
                    if self.is(end + 1, Key::To) { self.origin(end + 2) } else { (Origin::Earlier, end + 1) };
                return point(false, origin, end);
            }
            _ => {}
        }
        let ahead = modifier.is_none() && self.is_any(at.wrapping_sub(1), &[Key::In, Key::Within]) && !count.article
            || count.article && self.is(at.wrapping_sub(1), Key::Within);
        Some((Meaning::Duration { parts, modifier, ahead }, end))
    }

    /// Whether `a day` means each day: after a number, a plural or `once`.
    pub fn per_unit(&self, at: usize) -> bool {
        let unit = matches!(self.lex(at + 1), Lex::Unit { plural: false, .. });
        let follows = self.is_any(at + 2, &[Key::Ago, Key::Earlier, Key::Later, Key::Before, Key::After])
            || self.mark(at + 2, b'-');
        let before = match self.before(at).lex {
            Lex::Number { .. } | Lex::Mark(b'%') | Lex::Key(Key::Once | Key::Twice | Key::Times) => true,
            Lex::Unit { plural: true, .. } => !self.is(at.wrapping_sub(2), Key::For),
            Lex::Word => self.says(
                at.wrapping_sub(1),
                &[
                    "people", "barrels", "tons", "tonnes", "million", "billion", "percent", "dollars", "pounds",
                    "euros", "flights", "shells", "rounds",
                ],
            ),
            _ => false,
        };
        unit && before && !follows
    }

    /// Plural units without a number, where a word before or behind makes them a length: `for years`, `weeks later`.
    pub fn bare_plural(&self, at: usize) -> Read<Meaning> {
        let ((unit, true, _), end) = self.unit(at)? else { return None };
        let point = |after: bool, origin: Origin, end: usize| {
            Some((Meaning::Point(Point::of(Stretch::Shift { count: Count::VAGUE, after, unit, origin })), end))
        };
        match self.lex(end) {
            Lex::Key(Key::Ago) => point(false, Origin::Anchor, end + 1),
            Lex::Key(Key::Earlier) => point(false, Origin::Earlier, end + 1),
            Lex::Key(Key::Later) => point(true, Origin::Earlier, end + 1),
            Lex::Key(key @ (Key::Before | Key::After)) => {
                let (origin, end) = self.origin(end + 1);
                (!matches!(origin, Origin::Earlier)).then(|| point(key == Key::After, origin, end))?
            }
            _ => {
                let length = self.is_any(at.wrapping_sub(1), &[Key::For, Key::Within, Key::Many])
                    || self.is(at.wrapping_sub(1), Key::In) && !self.is(end, Key::Of)
                    || self.is(end, Key::Of)
                    || self.mark(end, b'-') && self.says(end + 1, &["long"]);
                let end = if self.mark(end, b'-') && self.says(end + 1, &["long"]) { end + 2 } else { end };
                let office = self.says(at, &["minutes"]) && self.is(end, Key::Of);
                (length && !office).then(|| {
                    (Meaning::Duration { parts: vec![(Count::VAGUE, unit)], modifier: None, ahead: false }, end)
                })
            }
        }
    }

    /// `the week leading up to the vote`: a length, whose end is an event.
    pub fn leading(&self, at: usize) -> Read<Meaning> {
        let the = self.skip(at, &[Key::The]);
        let ((unit, plural, times), end) = self.unit(the)?;
        let leading = self.says(end, &["leading"]) && (self.is(end + 1, Key::Up) || self.is(end + 1, Key::To));
        let count = if plural { Count::VAGUE } else { Count::whole(times) };
        (the > at && leading && unit >= DateUnit::Day)
            .then(|| (Meaning::Duration { parts: vec![(count, unit)], modifier: None, ahead: false }, end))
    }
}

/// Two parts of a length in the finer unit, where that is exact.
pub(crate) fn combined(count: Count, unit: DateUnit, more: Count, finer: DateUnit) -> (Count, DateUnit) {
    let times = match (unit, finer) {
        (DateUnit::Year, DateUnit::Month) => 12,
        (DateUnit::Week, DateUnit::Day) => 7,
        (DateUnit::Day, DateUnit::Hour) => 24,
        (DateUnit::Hour, DateUnit::Minute) | (DateUnit::Minute, DateUnit::Second) => 60,
        _ => return (count, unit),
    };
    match (count.hundredths, more.hundredths) {
        (Some(coarse), Some(fine)) => {
            (Count { hundredths: Some(coarse.saturating_mul(times).saturating_add(fine)), ..count }, finer)
        }
        _ => (count, unit),
    }
}
