//! Whole expressions: dates with their time of day, intervals, sets. The rules for their parts stand in `absolute`,
//! `period`, `relative`, `count` and `clock`.

use crate::dates::DateUnit;
use crate::dates::count::Read;
use crate::dates::meaning::{Meaning, Open};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

impl Words<'_> {
    /// The expression that begins at a token.
    pub fn meaning(&self, at: usize) -> Read<Meaning> {
        match self.lex(at) {
            Lex::Word | Lex::Break => {
                return if self.says(at, &["Q"]) { self.point_or_interval(at) } else { None };
            }
            Lex::Mark(b'\'') => {}
            Lex::Mark(_) => return None,
            Lex::Key(Key::Between | Key::From) => return self.between(at),
            Lex::Key(Key::Since) => return self.since(at),
            Lex::Key(Key::Until | Key::Through | Key::By | Key::Before | Key::After | Key::Effective) => {
                return self.half(at);
            }
            Lex::Key(Key::Every | Key::Each | Key::Once | Key::Twice | Key::Per) | Lex::Frequency(..) => {
                return self.set(at);
            }
            Lex::Key(Key::Now) => return self.now(at),
            Lex::Key(Key::At | Key::These) if let Some(read) = self.at_present(at) => return Some(read),
            Lex::Key(Key::Start) if self.says(at, &["beginning"]) && !self.is(at.wrapping_sub(1), Key::The) => {
                return self.half(at);
            }
            Lex::Key(Key::Recently) => return Some((Meaning::Vague("PAST_REF"), at + 1)),
            Lex::Key(Key::Currently) => return Some((Meaning::Vague("PRESENT_REF"), at + 1)),
            Lex::Key(Key::Soon)
                if !self.is_any(at + 1, &[Key::After, Key::Before]) && !self.says(at.wrapping_sub(1), &["as"]) =>
            {
                return Some((Meaning::Vague("FUTURE_REF"), at + 1));
            }
            Lex::Weekday { plural: true, weekday, .. } if self.at(at).capital => {
                let part = usize::from(matches!(self.lex(at + 1), Lex::Part(_)));
                return Some((Meaning::Set(format!("XXXX-WXX-{weekday}"), DateUnit::Day), at + 1 + part));
            }
            _ => {}
        }
        if let Some(set) = self.times_per(at) {
            return Some(set);
        }
        if let Some(read) = self.leading(at) {
            return Some(read);
        }
        let point = self.point_or_interval(at);
        point.or_else(|| self.run(at)).or_else(|| self.counted_phrase(at)).or_else(|| self.bare_plural(at))
    }

    /// `now`, where it is no conjunction (`now that`) and no part of a name or of another word (`the now-closed mine`).
    fn now(&self, at: usize) -> Read<Meaning> {
        let name = self.at(at).capital && !self.begins_sentence(at);
        let word = self.mark(at + 1, b'-') && self.at(at + 1).joined && self.at(at + 2).joined;
        (!name && !word && !self.is(at + 1, Key::That)).then_some((Meaning::Vague("PRESENT_REF"), at + 1))
    }

    /// `at present`, `at the moment`, `these days`, `at the time`.
    fn at_present(&self, at: usize) -> Read<Meaning> {
        let days = self.is(at, Key::These) && self.says(at, &["these"]) && self.says(at + 1, &["days"]);
        let present = self.is(at, Key::At) && self.says(at + 1, &["present"]);
        let moment = self.is(at, Key::At) && self.is(at + 1, Key::The) && self.says(at + 2, &["moment"]);
        let time = self.is(at, Key::At) && self.is_any(at + 1, &[Key::The, Key::That]) && self.says(at + 2, &["time"]);
        let end = at + if moment || time { 3 } else { 2 };
        let told = self.is(end, Key::Of) || self.is(end, Key::That) || self.says(end, &["when"]);
        if time {
            return (!told && !self.says(end, &["he", "she", "they", "it", "we", "i"]))
                .then_some((Meaning::AtEarlier, end));
        }
        ((days || present || moment) && !told).then_some((Meaning::Vague("PRESENT_REF"), end))
    }

    /// `since 2014`, `since then`, `since his election win`.
    fn since(&self, at: usize) -> Read<Meaning> {
        let start = self.skip(at + 1, &[Key::At, Key::About]);
        let start = if self.is(start, Key::Least) { start + 1 } else { start };
        if self.is(start, Key::Then) {
            return Some((Meaning::SinceEarlier, start + 1));
        }
        if let Some((point, end)) = self.whole_point(start) {
            return Some((Meaning::Half(Open::From, point), end));
        }
        let ((first, last), end) = self.event(start)?;
        const REASONS: &[&str] = &[
            "is", "are", "has", "have", "had", "can", "will", "would", "could", "do", "does", "did", "was", "were",
            "may", "cannot", "wants", "knows", "there",
        ];
        const PERFECT: &[&str] = &[
            "has", "have", "had", "been", "ve", "ever", "first", "biggest", "worst", "largest", "highest", "lowest",
            "since",
        ];
        let causal = (first..last).any(|index| self.says(index, REASONS)) || self.mark(at.wrapping_sub(1), b',');
        let perfect = (at.saturating_sub(14)..at).any(|index| self.says(index, PERFECT));
        let opening = self.begins_sentence(at)
            && (self.mark(last, b',')
                || (first..last).any(|index| {
                    self.says(index, &["election", "war", "invasion", "attack", "start", "beginning", "end"])
                }));
        let action = self.word(first).ends_with("ing");
        (!causal && (perfect || opening || action))
            .then_some((Meaning::Event { from: true, start: first, end: last }, end))
    }

    /// `until Friday`, `by the end of the year`, `before Christmas`, `starting Monday`.
    fn half(&self, at: usize) -> Read<Meaning> {
        let Lex::Key(key) = self.lex(at) else { return None };
        let start = self.skip(at + 1, &[Key::On, Key::At, Key::From, Key::About, Key::In]);
        if key == Key::Start && start == at + 1 && !matches!(self.lex(start), Lex::Weekday { .. } | Lex::Month { .. }) {
            return None;
        }
        let (point, end) = self.whole_point(start)?;
        let owns = self.mark(end, b'\'') && self.at(end).joined;
        let noun = matches!(self.lex(end), Lex::Word)
            && !self.at(end).joined
            && !self.says(
                end,
                &[
                    "when", "but", "he", "she", "they", "it", "we", "said", "was", "as", "because", "if", "with",
                    "would", "will",
                ],
            );
        let open = match key {
            Key::Until => Open::To,
            Key::Through if !noun => Open::To,
            Key::By => Open::By,
            Key::Before if !owns && !noun => Open::Before,
            Key::After if !owns && !noun => Open::After,
            Key::Effective | Key::Start => Open::From,
            _ => return None,
        };
        Some((Meaning::Half(open, point), end))
    }

    /// `every Monday`, `each year`, `every two weeks`, `daily`, `per day`.
    fn set(&self, at: usize) -> Read<Meaning> {
        if let Lex::Frequency(unit, times) = self.lex(at) {
            let name = self.at(at).capital && (!self.begins_sentence(at) || self.at(at + 1).capital)
                || self.mark(at.wrapping_sub(1), b'-');
            return Some(if name {
                (Meaning::Nothing, at + 1)
            } else {
                (Meaning::Set(crate::dates::calendar::duration(u32::from(times), unit), unit), at + 1)
            });
        }
        if self.is_any(at, &[Key::Once, Key::Twice]) {
            return self.times_per(at);
        }
        // "75 miles per hour" measures speed.
        if self.is(at, Key::Per)
            && matches!(self.lex(at + 1), Lex::Unit { unit: DateUnit::Hour | DateUnit::Minute, .. } | Lex::Ordinal(2))
        {
            return None;
        }
        let mut next = at + 1;
        let mut times = 1;
        if self.is(next, Key::Other) {
            (times, next) = (2, next + 1);
        } else if let Some((count, end)) = self.count(next)
            && let Some(number) = count.number()
        {
            (times, next) = (number.unsigned_abs(), end);
        }
        if let Some(((unit, plural, scale), end)) = self.unit(next) {
            let times = times.saturating_mul(scale);
            return (plural == (times > 1) || !plural)
                .then(|| (Meaning::Set(crate::dates::calendar::duration(times, unit), unit), end));
        }
        match self.lex(next) {
            Lex::Weekday { weekday, short: false, .. } => {
                let part = usize::from(matches!(self.lex(next + 1), Lex::Part(_)));
                Some((Meaning::Set(format!("XXXX-WXX-{weekday}"), DateUnit::Day), next + 1 + part))
            }
            Lex::Month { month, short: false, .. } if self.at(next).capital => {
                Some((Meaning::Set(format!("XXXX-{month:02}"), DateUnit::Month), next + 1))
            }
            Lex::Season(season) => Some((
                Meaning::Set(
                    format!("XXXX-{}", crate::dates::calendar::SEASONS[season.clamp(0, 3) as usize]),
                    DateUnit::Season,
                ),
                next + 1,
            )),
            Lex::Part(part) => {
                Some((Meaning::Set(format!("XXXX-XX-XXT{}", part.timex()), DateUnit::PartOfDay), next + 1))
            }
            _ => None,
        }
    }

    /// `twice a week`, `three times per day`.
    fn times_per(&self, at: usize) -> Read<Meaning> {
        let end = match self.lex(at) {
            Lex::Key(Key::Once | Key::Twice) => at + 1,
            Lex::Number { .. } | Lex::Cardinal(_) | Lex::Key(Key::Several | Key::A) => {
                let (_, end) = self.count(at)?;
                self.is(end, Key::Times).then_some(end + 1)?
            }
            _ => return None,
        };
        if !self.is_any(end, &[Key::A, Key::Per, Key::Each, Key::Every]) {
            return None;
        }
        let ((unit, false, times), end) = self.unit(end + 1)? else { return None };
        Some((Meaning::Set(crate::dates::calendar::duration(times, unit), unit), end))
    }
}
