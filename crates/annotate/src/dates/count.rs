//! Numbers and lengths of time: `three`, `two and a half`, `ten-day`, `more than two weeks`. No dates.

use crate::dates::meaning::Count;
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};
use crate::dates::{DateModifier, DateUnit};

/// Something read, and the index behind it.
pub(crate) type Read<T> = Option<(T, usize)>;

/// What is before a number of units.
const LARGEST: u32 = 1_000_000;

impl Words<'_> {
    /// A number of a thing, in figures or words, with `a couple of` and `several`.
    pub fn count(&self, at: usize) -> Read<Count> {
        let (mut count, mut end) = self.one_count(at)?;
        let joins = self.is_any(end, &[Key::To, Key::Or]) || self.mark(end, b'-');
        if joins
            && count.hundredths.is_some()
            && !count.article
            && let Some((high, high_end)) = self.one_count(end + 1)
            && !high.article
            && high.hundredths > count.hundredths
        {
            (count.high, end) = (high.hundredths, high_end);
        }
        Some((count, end))
    }

    fn one_count(&self, at: usize) -> Read<Count> {
        match self.lex(at) {
            Lex::Number { .. } => self.figures(at),
            Lex::Cardinal(_) => self.cardinal(at),
            Lex::Key(Key::A) => {
                let one = Count { article: true, ..Count::whole(1) };
                match self.lex(at + 1) {
                    Lex::Key(Key::Couple) => Some((Count::whole(2), self.skip(at + 2, &[Key::Of]))),
                    Lex::Key(Key::Few | Key::Many) => Some((Count::VAGUE, at + 2)),
                    Lex::Key(Key::Dozen) => Some((Count::whole(12), at + 2)),
                    Lex::Key(Key::Hundred) => Some((Count::whole(100), at + 2)),
                    Lex::Key(Key::Thousand) => Some((Count::whole(1000), at + 2)),
                    Lex::Key(Key::Half) => {
                        Some((Count { hundredths: Some(50), ..Count::VAGUE }, self.skip_mark(at + 2, b'-')))
                    }
                    _ if self.says(at + 1, &["quarter"]) && self.is(at + 2, Key::Of) => {
                        Some((Count { hundredths: Some(25), ..Count::VAGUE }, self.skip(at + 3, &[Key::A])))
                    }
                    _ => Some((one, at + 1)),
                }
            }
            Lex::Key(Key::Couple) => Some((Count::whole(2), self.skip(at + 1, &[Key::Of]))),
            Lex::Key(Key::Several | Key::Many) => Some((Count::VAGUE, at + 1)),
            Lex::Key(Key::Few) => Some((Count::VAGUE, at + 1)),
            Lex::Key(Key::Half) => {
                let end = self.skip_mark(at + 1, b'-');
                let end = self.skip(end, &[Key::A]);
                (end > at + 1).then_some((Count { hundredths: Some(50), ..Count::VAGUE }, end))
            }
            _ => None,
        }
    }

    fn figures(&self, at: usize) -> Read<Count> {
        if self.glued(at) {
            return None;
        }
        let mut value = self.figure(at, 1..=9)?;
        let mut end = at + 1;
        while value < LARGEST
            && self.mark(end, b',')
            && self.at(end).joined
            && self.at(end + 1).joined
            && let Some(group) = self.figure(end + 1, 3..=3)
        {
            value = value.saturating_mul(1000).saturating_add(group);
            end += 2;
        }
        let mut hundredths = value.checked_mul(100).filter(|_| value <= LARGEST)?;
        if self.mark(end, b'.')
            && self.at(end + 1).joined
            && let Some((figure, digits)) = self.decimals(end + 1)
        {
            hundredths += if digits == 1 { figure * 10 } else { figure };
            end += 2;
        } else if self.mark(end, b'h') && self.at(end).joined {
            hundredths += 50;
            end += 1;
        } else {
            end = self.and_a_half(end, &mut hundredths);
        }
        Some((Count { hundredths: Some(hundredths), high: None, article: false }, end))
    }

    fn decimals(&self, at: usize) -> Option<(u32, u8)> {
        match self.lex(at) {
            Lex::Number { value, digits: digits @ 1..=2 } => Some((value, digits)),
            _ => None,
        }
    }

    fn and_a_half(&self, at: usize, hundredths: &mut u32) -> usize {
        let half = self.is(at, Key::And) && self.is(at + 1, Key::A) && self.is(at + 2, Key::Half);
        if half {
            *hundredths = hundredths.saturating_add(50);
        }
        at + if half { 3 } else { 0 }
    }

    fn cardinal(&self, at: usize) -> Read<Count> {
        let (mut value, mut end) = self.below_hundred(at)?;
        for (key, times) in [(Key::Hundred, 100), (Key::Thousand, 1000), (Key::Dozen, 12)] {
            if self.is(end, key) {
                value *= times;
                end += 1;
                let more = self.skip(end, &[Key::And]);
                if times == 100
                    && let Some((rest, rest_end)) = self.below_hundred(more)
                {
                    (value, end) = (value + rest, rest_end);
                }
            }
        }
        let mut hundredths = value.saturating_mul(100);
        end = self.and_a_half(end, &mut hundredths);
        Some((Count { hundredths: Some(hundredths), high: None, article: false }, end))
    }

    /// `seven`, `twenty`, `twenty-one`.
    pub fn below_hundred(&self, at: usize) -> Read<u32> {
        let Lex::Cardinal(value) = self.lex(at) else { return None };
        if value >= 20
            && let Lex::Cardinal(ones @ 1..10) = self.lex(self.skip_mark(at + 1, b'-'))
        {
            return Some((value + ones, self.skip_mark(at + 1, b'-') + 1));
        }
        Some((value, at + 1))
    }

    /// A unit's word with whether it is a plural.
    pub fn unit(&self, at: usize) -> Read<(DateUnit, bool, u32)> {
        match self.lex(at) {
            Lex::Unit { unit, plural, times } => Some(((unit, plural, u32::from(times)), at + 1)),
            Lex::Ordinal(2) if self.says(at, &["second"]) => Some(((DateUnit::Second, false, 1), at + 1)),
            Lex::Part(crate::dates::meaning::Part::Night) => {
                Some(((DateUnit::Day, self.says(at, &["nights"]), 1), at + 1))
            }
            _ => None,
        }
    }

    /// A number and its unit: `three hours`, `ten-day`, `two more years`.
    pub fn counted(&self, at: usize) -> Read<(Count, DateUnit, bool)> {
        let (mut count, mut end) = self.count(at)?;
        let hyphen = self.mark(end, b'-') && self.at(end + 1).joined;
        end += usize::from(hyphen);
        if !hyphen {
            end = self.skip(end, &[Key::More, Key::Working, Key::Long, Key::Other]);
        }
        if count.article && self.at(end).capital && !self.at(at).capital {
            return None;
        }
        let ((unit, plural, times), end) = self.unit(end)?;
        let scale = |hundredths: Option<u32>| hundredths.map(|hundredths| hundredths.saturating_mul(times));
        (count.hundredths, count.high) = (scale(count.hundredths), scale(count.high));
        let single = count.hundredths.is_some_and(|hundredths| hundredths <= 100 * times);
        // "3 day" and "two year" without a hyphen are no lengths of news prose, apart from "0.5 hour" and the like.
        if !plural && !single && !hyphen && !matches!(self.lex(at), Lex::Number { .. } | Lex::Cardinal(_)) {
            return None;
        }
        if unit == DateUnit::Second && !plural && !hyphen {
            return None;
        }
        Some(((count, unit, hyphen), end))
    }

    /// Words that blur or bound a number: `about`, `more than`, `up to`.
    pub fn qualifier(&self, at: usize) -> (Option<DateModifier>, usize) {
        let two = |first: Key, second: Key| self.is(at, first) && self.is(at + 1, second);
        if two(Key::More, Key::Than) || self.says(at, &["over"]) && self.count(at + 1).is_some() {
            return (Some(DateModifier::MoreThan), at + if self.is(at, Key::More) { 2 } else { 1 });
        }
        if two(Key::Less, Key::Than) {
            return (Some(DateModifier::LessThan), at + 2);
        }
        if two(Key::At, Key::Least) {
            return (Some(DateModifier::AtLeast), at + 2);
        }
        if two(Key::At, Key::Most) || two(Key::Up, Key::To) {
            return (Some(DateModifier::AtMost), at + 2);
        }
        match self.lex(at) {
            Lex::Key(Key::About) => (Some(DateModifier::About), at + 1),
            Lex::Key(Key::Nearly | Key::Under) => (Some(DateModifier::LessThan), at + 1),
            _ => (None, at),
        }
    }

    /// A length of up to three numbers with units: `two years and three months`.
    pub fn length(&self, at: usize) -> Read<Vec<(Count, DateUnit)>> {
        let ((count, unit, hyphen), mut end) = self.counted(at)?;
        let mut parts = vec![(count, unit)];
        while parts.len() < 3 && !hyphen {
            let next = self.skip_mark(end, b',');
            let next = self.skip(next, &[Key::And]);
            if self.is(end, Key::And) && self.is(end + 1, Key::A) && self.is(end + 2, Key::Half) {
                if let Some(hundredths) = parts.last_mut().and_then(|part| part.0.hundredths.as_mut()) {
                    *hundredths = hundredths.saturating_add(50);
                }
                end += 3;
                break;
            }
            let Some(((count, unit, hyphen), part_end)) = self.counted(next) else { break };
            let falling = parts.last().is_some_and(|part| part.1 > unit);
            if count.article || hyphen || !falling {
                break;
            }
            parts.push((count, unit));
            end = part_end;
        }
        Some((parts, end))
    }
}
