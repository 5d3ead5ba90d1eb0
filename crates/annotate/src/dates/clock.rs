//! Times of the clock as they are written: `3:30 p.m. EST`, `1530 GMT`, `noon`. Not parts of the day.

use onrecord_evidence::TextRange;

use crate::dates::DateClock;
use crate::dates::count::Read;
use crate::dates::meaning::ClockWords;
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

/// Minutes east of Greenwich; zones whose letters leave summer time open, or two zones, have none.
const ZONES: &[(&str, i16)] = &[
    ("z", 0),
    ("gmt", 0),
    ("utc", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("sast", 120),
    ("eat", 180),
    ("wat", 60),
    ("hkt", 480),
    ("sgt", 480),
    ("kst", 540),
    ("hst", -600),
    ("akst", -540),
    ("akdt", -480),
];

/// Why words that look like a clock are none.
pub(crate) struct NoClock;

impl Words<'_> {
    /// A clock at `at`. `stated`: a word before it (`at`, `by`) says that a time follows, so that bare figures will do.
    /// `Err` where it is plainly one and no such time exists.
    pub fn clock(&self, at: usize, stated: bool) -> Result<Read<ClockWords>, NoClock> {
        match self.lex(at) {
            Lex::Key(Key::Noon) => return Ok(self.zoned(12, Some(0), None, at + 1, false)),
            Lex::Key(Key::Midnight) => return Ok(self.zoned(0, Some(0), None, at + 1, false)),
            Lex::Cardinal(hour @ 1..=12) => {
                let (morning, end) = self.half_of_day(at + 1);
                let oclock = self.oclock(at + 1);
                if let Some(end) = oclock {
                    let (morning, end) =
                        self.half_of_day(end).0.map_or((None, end), |half| (Some(half), self.half_of_day(end).1));
                    return Ok(self.zoned(hour as i8, None, None, end, true).map(|read| half(read, morning)));
                }
                return Ok(morning
                    .and_then(|_| self.zoned(hour as i8, None, None, end, true))
                    .map(|read| half(read, morning)));
            }
            Lex::Number { .. }
                if !self.glued(at) || self.before(at).joined && self.says(at.wrapping_sub(1), &["T"]) => {}
            _ => return Ok(None),
        }
        if self.before(at).joined && self.mark(at.wrapping_sub(1), b':') && self.at(at).joined {
            return Ok(None);
        }
        let Some(first) = self.figure(at, 1..=4) else { return Ok(None) };
        let figures = self.figure(at, 4..=4).is_some();
        if figures {
            return Ok(self.four_figures(at, first));
        }
        if self.figure(at, 1..=2).is_none() {
            return Ok(None);
        }
        let colon = (self.mark(at + 1, b':') || self.mark(at + 1, b'.'))
            && self.at(at + 1).joined
            && self.at(at + 2).joined
            && self.figure(at + 2, 2..=2).is_some();
        if !colon {
            if let Some(end) = self.oclock(at + 1) {
                let (morning, half_end) = self.half_of_day(end);
                let end = if morning.is_some() { half_end } else { end };
                return Ok(self.zoned(first as i8, None, None, end, true).map(|read| half(read, morning)));
            }
            let (morning, end) = self.half_of_day(at + 1);
            if morning.is_none() {
                return Ok(None);
            }
            return if (1..=23).contains(&first) {
                Ok(self.zoned(first as i8, None, None, end, first < 13).map(|read| half(read, morning)))
            } else {
                Err(NoClock)
            };
        }
        let minute = self.figure(at + 2, 2..=2).unwrap_or(0);
        let mut end = at + 3;
        let mut second = None;
        if self.mark(end, b':') && self.at(end).joined && self.at(end + 1).joined {
            second = self.figure(end + 1, 2..=2);
            end += if second.is_some() { 2 } else { 0 };
            if second.is_some()
                && self.mark(end, b'.')
                && self.at(end + 1).joined
                && self.figure(end + 1, 1..=9).is_some()
            {
                end += 2;
            }
        }
        let (morning, half_end) = self.half_of_day(end);
        let dotted = self.mark(at + 1, b'.');
        end = if morning.is_some() { half_end } else { end };
        let zone = self.zone(end).is_some();
        if morning.is_none() && !zone && (dotted || !stated && second.is_none()) {
            return Ok(None);
        }
        if first > 24 || minute > 59 || second.is_some_and(|second| second > 60) || first == 24 && minute > 0 {
            return Err(NoClock);
        }
        let open = morning.is_none() && (1..=12).contains(&first) && self.figure(at, 1..=1).is_some() && !zone;
        let leap = second == Some(60);
        let second = second.map(|second| second.min(59) as i8);
        let read = self.zoned(first as i8, Some(minute as i8), second, end, open);
        Ok(read.map(|read| half(read, morning)).map(|(words, end)| (ClockWords { leap, ..words }, end)))
    }

    /// `1530 GMT`, `0800 hours`: four figures with what makes them a clock.
    fn four_figures(&self, at: usize, figures: u32) -> Read<ClockWords> {
        let (hour, minute) = (figures / 100, figures % 100);
        let hours = self.says(at + 1, &["hours", "hrs"]) && self.figure(at, 4..=4).is_some();
        let end = at + 1 + usize::from(hours);
        if hour > 24 || minute > 59 || !(hours && (hour < 10 || self.before_says_at(at)) || self.zone(end).is_some()) {
            return None;
        }
        self.zoned(hour as i8, Some(minute as i8), None, end, false)
    }

    fn before_says_at(&self, at: usize) -> bool {
        matches!(self.before(at).lex, Lex::Key(Key::At | Key::By | Key::About | Key::Since | Key::Until | Key::From))
    }

    fn oclock(&self, at: usize) -> Option<usize> {
        (self.is(at, Key::Oclock) && self.mark(at + 1, b'\'') && self.says(at + 2, &["clock"])).then_some(at + 3)
    }

    /// `a.m.`, `pm`, `in the morning`: whether it is before noon.
    fn half_of_day(&self, at: usize) -> (Option<bool>, usize) {
        let dot = |index: usize| self.skip_mark(index, b'.');
        if self.says(at, &["am", "pm"]) && (self.at(at).joined || !self.begins_sentence(at)) {
            return (Some(self.says(at, &["am"])), at + 1);
        }
        let letters = self.says(at, &["a", "p"]) && (self.says(at + 1, &["m"]) || self.says(at + 2, &["m"]));
        if letters && (self.mark(at + 1, b'.') || self.says(at + 1, &["m"])) && self.at(at + 1).joined {
            let m = dot(at + 1);
            // The dot of "p.m." may also end the sentence; it belongs to the abbreviation.
            return (Some(self.says(at, &["a"])), if m == at + 2 { dot(m + 1) } else { m + 1 });
        }
        if self.is(at, Key::In) && self.is(at + 1, Key::The) && self.says(at + 2, &["morning", "afternoon", "evening"])
        {
            return (Some(self.says(at + 2, &["morning"])), at + 3);
        }
        if self.is(at, Key::At) && self.says(at + 1, &["night"]) {
            return (Some(false), at + 2);
        }
        (None, at)
    }

    /// The words of a zone: `EST`, `local time`, `Moscow time`, `+0200`; with its minutes.
    fn zone(&self, at: usize) -> Read<Option<i16>> {
        let time = |index: usize| self.says(index, &["time"]);
        match self.lex(at) {
            Lex::Key(Key::Zone) if self.at(at).capital => {
                let word = self.word(at);
                let minutes = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|zone| zone.1);
                let signed = matches!(word, "GMT" | "UTC") && (self.mark(at + 1, b'+') || self.mark(at + 1, b'-'));
                if signed
                    && self.at(at + 1).joined
                    && let Some(hours) = self.figure(at + 2, 1..=2).filter(|h| *h <= 14)
                {
                    let minutes = hours as i16 * if self.mark(at + 1, b'+') { 60 } else { -60 };
                    return Some((Some(minutes), at + 3));
                }
                (word.len() > 1 || self.at(at).joined).then_some((minutes, at + 1))
            }
            Lex::Key(Key::Eastern) if self.says(at + 1, &["european"]) => {
                let (summer, word) = match self.says(at + 2, &["summer", "standard"]) {
                    true => (i16::from(self.says(at + 2, &["summer"])), at + 3),
                    false => (0, at + 2),
                };
                let hours = if self.says(at, &["eastern"]) { 2 } else { 1 };
                time(word).then_some((Some((hours + summer) * 60), word + 1))
            }
            Lex::Key(Key::Eastern) if time(at + 1) => Some((None, at + 2)),
            Lex::Key(Key::Eastern)
                if self.says(at + 1, &["standard", "daylight", "mean", "summer"]) && time(at + 2) =>
            {
                let hour =
                    match (self.word(at).to_ascii_lowercase().as_str(), self.says(at + 1, &["daylight", "summer"])) {
                        ("eastern", summer) => Some(if summer { -240 } else { -300 }),
                        ("central", summer) => Some(if summer { -300 } else { -360 }),
                        ("mountain", summer) => Some(if summer { -360 } else { -420 }),
                        ("pacific", summer) => Some(if summer { -420 } else { -480 }),
                        ("greenwich", _) => Some(0),
                        _ => None,
                    };
                Some((hour, at + 3))
            }
            Lex::Word if self.at(at).capital && time(at + 1) => Some((None, at + 2)),
            Lex::Mark(sign @ (b'+' | b'-')) if self.at(at).joined && self.at(at + 1).joined => {
                let (minutes, end) = match (self.figure(at + 1, 4..=4), self.figure(at + 1, 2..=2)) {
                    (Some(both), _) => (both / 100 * 60 + both % 100, at + 2),
                    (None, Some(hours)) if self.mark(at + 2, b':') => {
                        (hours * 60 + self.figure(at + 3, 2..=2)?, at + 4)
                    }
                    _ => return None,
                };
                let signed = i16::try_from(minutes).ok().filter(|minutes| *minutes <= 14 * 60)?;
                Some((Some(if sign == b'+' { signed } else { -signed }), end))
            }
            _ => None,
        }
    }

    fn zoned(&self, hour: i8, minute: Option<i8>, second: Option<i8>, end: usize, half_open: bool) -> Read<ClockWords> {
        let bracket = usize::from(self.mark(end, b'('));
        let (zone, offset_minutes, end) = match self.zone(end + bracket) {
            Some((offset, zone_end)) if bracket == 0 || self.mark(zone_end, b')') => {
                let words: TextRange = self.range(end + bracket, zone_end);
                (Some(words), offset, zone_end + bracket)
            }
            _ => (None, None, end),
        };
        let clock = DateClock { hour, minute, second, zone, offset_minutes };
        Some((ClockWords { clock, half_open, leap: false }, end))
    }
}

/// Puts an hour into its half of the day.
fn half((mut words, end): (ClockWords, usize), morning: Option<bool>) -> (ClockWords, usize) {
    if let Some(morning) = morning {
        words.half_open = false;
        words.clock.hour = match (words.clock.hour, morning) {
            (12, true) => 0,
            (hour @ 1..=11, false) => hour + 12,
            (hour, _) => hour,
        };
    }
    (words, end)
}
