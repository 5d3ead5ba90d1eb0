//! Expressions that are counted from another day: `yesterday`, `last week`, `two days later`, `the past two weeks`.
//! Not which day that is.

use crate::dates::DateUnit;
use crate::dates::count::Read;
use crate::dates::meaning::{Count, Origin, Part, Point, Stretch, Target, Which, YearPart};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

const fn shift(hundredths: u32, unit: DateUnit, after: bool, origin: Origin) -> Stretch {
    let count = Count { hundredths: Some(hundredths), high: None, article: false };
    Stretch::Shift { count, after, unit, origin }
}

/// What a word before a unit says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pointer {
    This,
    Last,
    Previous,
    Next,
    Following,
    Same,
}

impl Words<'_> {
    /// One date or time counted from another.
    pub fn relative(&self, at: usize) -> Read<Point> {
        let day = |hundredths, after| Point::of(shift(hundredths, DateUnit::Day, after, Origin::Anchor));
        match self.lex(at) {
            Lex::Key(Key::Today) if !self.is_name(at, at + 1) => Some((day(0, true), at + 1)),
            Lex::Key(Key::Tomorrow) => Some((day(100, true), at + 1)),
            Lex::Key(Key::Yesterday) => Some((day(100, false), at + 1)),
            Lex::Key(Key::Tonight) if !self.is_name(at, at + 1) => {
                Some((Point { part: Some(Part::Night), ..day(0, true) }, at + 1))
            }
            Lex::Key(Key::Overnight) => Some((Point { part: Some(Part::Overnight), ..day(0, true) }, at + 1)),
            Lex::Key(Key::Midweek) => {
                let week = Stretch::Named { which: Which::This, target: Target::Unit(DateUnit::Week) };
                Some((Point { modifier: Some(crate::dates::DateModifier::Mid), ..Point::of(week) }, at + 1))
            }
            Lex::Key(Key::The) | Lex::Unit { unit: DateUnit::Day, plural: false, .. } => {
                self.beside(at).or_else(|| self.pointed(at))
            }
            _ => self.pointed(at),
        }
    }

    /// A capital word amid capitals: `USA Today`, `Tonight Show`.
    fn is_name(&self, at: usize, end: usize) -> bool {
        let capital = |index: usize| self.at(index).capital && matches!(self.lex(index), Lex::Word);
        self.at(at).capital && (capital(at.wrapping_sub(1)) || capital(end) && !self.begins_sentence(at))
    }

    /// `the day before yesterday`, `the day after`, `the week before the vote`.
    fn beside(&self, at: usize) -> Read<Point> {
        let the = self.skip(at, &[Key::The]);
        let ((unit, plural, times), end) = self.unit(the)?;
        if plural || times != 1 || unit < DateUnit::Day {
            return None;
        }
        let after = match self.lex(end) {
            Lex::Key(Key::Before) => false,
            Lex::Key(Key::After) => true,
            _ => return None,
        };
        if the == at && !self.is_any(end + 1, &[Key::Yesterday, Key::Tomorrow]) {
            return None;
        }
        if unit == DateUnit::Day
            && after == self.is(end + 1, Key::Tomorrow)
            && self.is_any(end + 1, &[Key::Yesterday, Key::Tomorrow])
        {
            return Some((Point::of(shift(200, DateUnit::Day, after, Origin::Anchor)), end + 2));
        }
        let (origin, end) = self.origin(end + 1);
        let night = self.says(the, &["night"]).then_some(Part::Night);
        Some((Point { part: night, ..Point::of(shift(100, unit, after, origin)) }, end))
    }

    /// What a distance is counted from, where it is named: a date, an event, else the expression before.
    pub fn origin(&self, at: usize) -> (Origin, usize) {
        if let Some((point, end)) = self.nested_point(at)
            && !self.mark(end, b'\'')
        {
            return (Origin::Point(Box::new(point), at, end), end);
        }
        match self.event(at) {
            Some(((start, end), next)) => (Origin::Event(start, end), next),
            None => (Origin::Earlier, at),
        }
    }

    /// A date that another one is counted from; one level deep, so that a chain of them costs no more than its length.
    pub fn nested_point(&self, at: usize) -> Read<Point> {
        if self.depth.get() > 0 {
            return None;
        }
        self.depth.set(1);
        let read = self.whole_point(at);
        self.depth.set(0);
        read
    }

    /// An event as it is named after `since`, `after` or `before`: a noun with its determiner, a name, a short clause.
    pub fn event(&self, at: usize) -> Read<(usize, usize)> {
        const LONGEST: usize = 12;
        const STOPS: &[&str] = &[
            "with",
            "as",
            "but",
            "that",
            "which",
            "who",
            "when",
            "where",
            "while",
            "because",
            "said",
            "says",
            "told",
            "according",
            "if",
            "so",
        ];
        let begins = match self.lex(at) {
            Lex::Key(Key::The | Key::A | Key::This | Key::That | Key::These) => true,
            Lex::Word => {
                let word = self.word(at);
                self.at(at).capital
                    || word.len() > 4 && word.ends_with("ing")
                    || self.says(at, &["his", "her", "its", "their", "our", "my", "he", "she", "they", "it", "we", "i"])
            }
            _ => false,
        };
        if !begins {
            return None;
        }
        let stops = |index: usize| match self.lex(index) {
            Lex::Break => true,
            Lex::Mark(b'.') => self.ends_sentence(index),
            Lex::Mark(mark) => !(mark == b'\'' || mark == b'-' && self.at(index).joined && self.at(index + 1).joined),
            Lex::Key(key) => matches!(
                key,
                Key::In
                    | Key::On
                    | Key::At
                    | Key::For
                    | Key::To
                    | Key::From
                    | Key::By
                    | Key::And
                    | Key::Or
                    | Key::After
                    | Key::Before
                    | Key::Since
                    | Key::During
                    | Key::Over
                    | Key::Between
                    | Key::Until
                    | Key::Last
                    | Key::Earlier
                    | Key::Yesterday
                    | Key::Today
            ),
            Lex::Month { doubt: false, .. } | Lex::Weekday { short: false, .. } => true,
            _ => self.says(index, STOPS),
        };
        let end = (at..at + LONGEST).find(|index| *index > at && stops(*index)).unwrap_or(at + LONGEST);
        let alone = end == at + 1 && matches!(self.lex(at), Lex::Key(_));
        let pronoun = end == at + 1 && self.says(at, &["he", "she", "they", "it", "we", "i"]);
        (!alone && !pronoun).then_some(((at, end), end))
    }

    fn pointer(&self, at: usize) -> Option<Pointer> {
        Some(match self.lex(at) {
            Lex::Key(Key::This) => Pointer::This,
            Lex::Key(Key::Last | Key::Past) => Pointer::Last,
            Lex::Key(Key::Previous) => Pointer::Previous,
            Lex::Key(Key::Next | Key::Coming) => Pointer::Next,
            Lex::Key(Key::Following) => Pointer::Following,
            Lex::Key(Key::Same | Key::That) => Pointer::Same,
            _ => return None,
        })
    }

    /// `last week`, `this Thursday`, `the next day`, `that night`, `the same year`.
    fn pointed(&self, at: usize) -> Read<Point> {
        let mut the = self.skip(at, &[Key::The]);
        let definite = the > at;
        let mut pointer = self.pointer(the)?;
        let mut doubled = false;
        if pointer == Pointer::This && self.is_any(the + 1, &[Key::Past, Key::Coming, Key::Last, Key::Next]) {
            the += 1;
            doubled = true;
            pointer = self.pointer(the)?;
        } else if pointer == Pointer::Same && self.is_any(the + 1, &[Key::Same]) {
            the += 1;
        }
        let named = |which: Which, target: Target| Point::of(Stretch::Named { which, target });
        let earlier =
            |hundredths: u32, unit: DateUnit, after: bool| Point::of(shift(hundredths, unit, after, Origin::Earlier));
        let target = the + 1;
        let which = match pointer {
            Pointer::This | Pointer::Same => Which::This,
            Pointer::Last | Pointer::Previous => Which::Last,
            Pointer::Next | Pointer::Following => Which::Next,
        };
        match self.lex(target) {
            Lex::Unit { unit, plural: false, times }
                if unit >= DateUnit::Day && (times == 1 || unit == DateUnit::Week) =>
            {
                let end = target + 1;
                if self.mark(end, b'-') && self.at(end + 1).joined {
                    return None;
                }
                let point = match pointer {
                    Pointer::This if unit == DateUnit::Day => return None,
                    Pointer::Last | Pointer::Next
                        if definite && !matches!(unit, DateUnit::Weekend | DateUnit::Century | DateUnit::Quarter) =>
                    {
                        if pointer == Pointer::Last || self.run_before(at) {
                            return None;
                        }
                        earlier(100, unit, true)
                    }
                    Pointer::Last | Pointer::Next if unit == DateUnit::Day => {
                        if pointer == Pointer::Last {
                            return None;
                        }
                        earlier(100, unit, true)
                    }
                    Pointer::Last if self.is(the, Key::Past) && !doubled => return None,
                    Pointer::Last if doubled && matches!(unit, DateUnit::Week | DateUnit::Month | DateUnit::Year) => {
                        named(Which::Last, Target::Unit(unit))
                    }
                    Pointer::This | Pointer::Last | Pointer::Next => named(which, Target::Unit(unit)),
                    Pointer::Same => earlier(0, unit, true),
                    Pointer::Previous => earlier(100, unit, false),
                    Pointer::Following => earlier(100, unit, true),
                };
                Some((point, end))
            }
            Lex::Weekday { weekday, short: false, plural: false } if self.at(target).capital || !definite => {
                (pointer != Pointer::Same || self.is(the, Key::That))
                    .then(|| (named(which, Target::Weekday(weekday)), target + 1))
            }
            Lex::Month { month, short: false, .. }
                if self.at(target).capital && pointer != Pointer::Same && !definite =>
            {
                let day = self.day_number(target + 1).is_some() || self.year_number(target + 1).is_some();
                (!day).then(|| (named(which, Target::Month(month)), target + 1))
            }
            Lex::Season(season) if pointer != Pointer::Same => {
                Some((named(which, Target::YearPart(YearPart::Season(season))), target + 1))
            }
            Lex::Part(part) => {
                let hundredths = if matches!(pointer, Pointer::This | Pointer::Same) { 0 } else { 100 };
                let after = !matches!(pointer, Pointer::Last | Pointer::Previous);
                let origin = match pointer {
                    Pointer::This | Pointer::Last => Origin::Anchor,
                    _ => Origin::Earlier,
                };
                let plural = self.word(target).ends_with('s');
                let odd = pointer == Pointer::Last && !matches!(part, Part::Night | Part::Evening);
                (!plural && !odd).then(|| {
                    (
                        Point { part: Some(part), ..Point::of(shift(hundredths, DateUnit::Day, after, origin)) },
                        target + 1,
                    )
                })
            }
            Lex::Key(Key::Holiday | Key::Christmas) if pointer != Pointer::Same => {
                let (holiday, end) = self.holiday_name(target)?;
                Some((named(which, Target::Holiday(holiday)), end))
            }
            _ => None,
        }
    }

    fn run_before(&self, at: usize) -> bool {
        self.is_any(at.wrapping_sub(1), &[Key::Over, Key::In, Key::During, Key::Within, Key::For])
    }
}
