//! Years, decades, centuries, quarters, halves, seasons and fiscal years. Not months and days (`absolute`).

use crate::dates::count::Read;
use crate::dates::meaning::{Point, Stretch, Target, Which, YearPart, YearRef};
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};
use crate::dates::{DateModifier, DateUnit};

impl Words<'_> {
    /// A year on its own. Bare figures are one only where the words around them say so: `1984` may be a novel or a count.
    fn year_alone(&self, at: usize) -> Read<Point> {
        let year = self.year_number(at)?;
        if self.glued(at) || self.before(at).joined && self.lex(at.wrapping_sub(1)) == Lex::Mark(b'/') {
            return None;
        }
        let before = self.before(at);
        let recent = (1500..=2100).contains(&year);
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
                    | Key::By
                    | Key::From
                    | Key::Through
                    | Key::Before
                    | Key::After
                    | Key::Between
                    | Key::About
                    | Key::To
                    | Key::Of
                    | Key::End
                    | Key::And
                    | Key::Or
                    | Key::For
                    | Key::Start
                    | Key::Fiscal
            )
        );
        let strong = matches!(
            before.lex,
            Lex::Key(Key::In | Key::Since | Key::Early | Key::Mid | Key::Late | Key::During | Key::Until)
        );
        let listed = matches!(before.lex, Lex::Key(Key::To | Key::And | Key::Or))
            && (at.saturating_sub(3)..at).any(|index| self.year_number(index).is_some());
        // A plural right behind is counted by the figure: "from 2000 soldiers"; "in 2016 elections" is not told apart.
        let counts = !strong
            && matches!(self.lex(at + 1), Lex::Word | Lex::Unit { .. })
            && !self.at(at + 1).capital
            && self.word(at + 1).ends_with('s')
            && !self.says(at + 1, &["was", "is", "has"]);
        let bracket = before.lex == Lex::Mark(b'(') && matches!(self.lex(at + 1), Lex::Mark(b')' | b',' | b'-' | b';'))
            || self.mark(at + 1, b')') && before.lex == Lex::Mark(b',');
        let owned = matches!(before.lex, Lex::Key(Key::The | Key::A | Key::This | Key::That | Key::These))
            || self.says(at.wrapping_sub(1), &["his", "her", "its", "their", "our", "my", "your"])
            || before.joined && self.says(at.wrapping_sub(1), &["s"]) && self.mark(at.wrapping_sub(2), b'\'');
        let modifies = owned
            && matches!(self.lex(at + 1), Lex::Word | Lex::Season(_) | Lex::Key(Key::Fiscal | Key::Holiday))
            && !self.at(at + 1).joined;
        let novel = before.lex == Lex::Mark(b'"') && matches!(self.lex(at + 1), Lex::Mark(b'"' | b',' | b'.'));
        let likely = (pointed
            && !matches!(before.lex, Lex::Key(Key::To | Key::And | Key::Or | Key::For | Key::Of | Key::About)))
            || listed
            || matches!(before.lex, Lex::Key(Key::Of)) && (1800..=2100).contains(&year);
        let year_word = self.says(at.wrapping_sub(1), &["year", "election", "elections"]);
        ((recent || strong) && !novel && !counts && (likely || bracket || modifies || year_word))
            .then(|| (Point::day(Some(YearRef::Number(year)), None, None, None), at + 1))
    }

    /// `1990s`, `the '90s`, `the nineties`, `19th century`.
    fn long_period(&self, at: usize) -> Read<Point> {
        if let Some(figures) = self.figure(at, 2..=4).filter(|_| !self.glued(at)) {
            let quote = usize::from(self.mark(at + 1, b'\'') && self.at(at + 1).joined);
            let s = at + 1 + quote;
            if self.says(s, &["s"]) && self.at(s).joined && figures % 10 == 0 {
                let short = self.figure(at, 2..=2).is_some();
                let apostrophe = self.mark(at.wrapping_sub(1), b'\'');
                if !short && self.figure(at, 4..=4).is_some() && (1000..2100).contains(&figures) {
                    let start = figures as i16;
                    let century = figures % 100 == 0 && figures < 2000;
                    let stretch = if century { Stretch::Century { start } } else { Stretch::Decade { start } };
                    return Some((Point::of(stretch), s + 1));
                }
                if short && apostrophe && figures >= 10 {
                    let start = if figures < 30 { 2000 } else { 1900 } + figures as i16;
                    return Some((Point::of(Stretch::Decade { start }), s + 1));
                }
            }
        }
        let ((number, _), end) = self.century_number(at)?;
        let end = self.skip_mark(end, b'-');
        let century = matches!(self.lex(end), Lex::Unit { unit: DateUnit::Century, times: 1, .. });
        (century && (2..=30).contains(&number) && !self.is(at.wrapping_sub(1), Key::Half))
            .then(|| (Point::of(Stretch::Century { start: (number as i16 - 1) * 100 }), end + 1))
    }

    fn century_number(&self, at: usize) -> Read<(i8, bool)> {
        self.day_number(at).filter(|((_, ordinal), _)| *ordinal)
    }

    /// `Q3 2024`, `the third quarter`, `the first half of 2024`, `summer 2014`, `the fall of last year`.
    fn year_part(&self, at: usize) -> Read<Point> {
        let the = self.skip(at, &[Key::The]);
        let point = |part: YearPart, year: Option<YearRef>| Point::of(Stretch::YearPart { year, part });
        if self.says(the, &["Q"])
            && self.at(the + 1).joined
            && let Some(number @ 1..=4) = self.figure(the + 1, 1..=1)
        {
            let (year, end) = self.year_of(the + 2).map_or((None, the + 2), |(year, end)| (Some(year), end));
            return Some((point(YearPart::Quarter(number as i8), year), end));
        }
        if let Some(((number @ 1..=4, true), end)) = self.day_number(the)
            && let Some((part, end)) = self.quarter_or_half(end, number)
        {
            let fiscal = self.fiscal_year(self.skip(end, &[Key::Of, Key::The]));
            if let (YearPart::Quarter(quarter), Some((year, end))) = (part, fiscal) {
                return Some((Point::of(Stretch::Fiscal { year, quarter: Some(quarter) }), end));
            }
            if let Some((year, end)) = self.year_of(end) {
                return Some((point(part, Some(year)), end));
            }
            if self.is(end, Key::Of) && self.is(end + 1, Key::The) && self.says(end + 2, &["year"]) {
                return Some((point(part, Some(YearRef::Offset(0))), end + 3));
            }
            let money = matches!(part, YearPart::Quarter(_))
                && the > at
                && self.is_any(
                    at.wrapping_sub(1),
                    &[
                        Key::In,
                        Key::For,
                        Key::During,
                        Key::Of,
                        Key::By,
                        Key::Since,
                        Key::Until,
                        Key::From,
                        Key::Through,
                        Key::Between,
                    ],
                );
            return money.then(|| (point(part, None), end));
        }
        if let Lex::Season(season) = self.lex(the) {
            let part = YearPart::Season(season);
            let named = the > at
                || self.says(the.wrapping_sub(1), &["in", "since", "during", "by", "early", "late", "mid", "until"])
                || self.at(the).capital && !self.begins_sentence(the)
                || self.mark(the.wrapping_sub(1), b'-');
            if let Some((year, end)) = self.year_of(the + 1) {
                let of = self.is_any(the + 1, &[Key::Of, Key::In]);
                return (named || !of || season != 2).then(|| (point(part, Some(year)), end));
            }
            let alone = self.is_any(
                at.wrapping_sub(1),
                &[
                    Key::In,
                    Key::Since,
                    Key::During,
                    Key::By,
                    Key::Over,
                    Key::Until,
                    Key::Before,
                    Key::Early,
                    Key::Late,
                    Key::Mid,
                    Key::End,
                    Key::Of,
                ],
            ) || self.mark(at.wrapping_sub(1), b'-') && self.is_any(at.wrapping_sub(2), &[Key::Mid]);
            let noun = matches!(self.lex(the + 1), Lex::Word) && !self.at(the + 1).joined && the == at
                || self.is(the + 1, Key::Of);
            let water = season == 0 && self.says(the + 1, &["water"]);
            return (alone && !noun && !water).then(|| (point(part, None), the + 1));
        }
        None
    }

    fn quarter_or_half(&self, at: usize, number: i8) -> Read<YearPart> {
        if self.says(at, &["quarter"]) && !self.mark(at + 1, b'-') {
            return Some((YearPart::Quarter(number), at + 1));
        }
        (self.is(at, Key::Half) && number <= 2).then_some((YearPart::Half(number), at + 1))
    }

    /// `fiscal 2019`, `fiscal year 2019-20`, `FY19`, `the last fiscal year`.
    pub fn fiscal_year(&self, at: usize) -> Read<Option<YearRef>> {
        let which = match self.lex(at) {
            Lex::Key(Key::This) => Some(0),
            Lex::Key(Key::Last | Key::Past | Key::Previous) => Some(-1),
            Lex::Key(Key::Next | Key::Coming) => Some(1),
            _ => None,
        };
        let word = at + usize::from(which.is_some());
        if which.is_some() {
            let year = self.is(word, Key::Fiscal) && self.says(word + 1, &["year"]);
            return year.then_some((which.map(YearRef::Offset), word + 2));
        }
        if !self.is_any(word, &[Key::Fiscal, Key::Fy]) || self.is(word, Key::Fy) && self.word(word) != "FY" {
            return None;
        }
        let end = word + 1 + usize::from(self.says(word + 1, &["year", "years"]));
        let end = self.skip_mark(end, b'-');
        if let Some(year) = self.year_number(end) {
            let mut after = end + 1;
            let slash = matches!(self.lex(after), Lex::Mark(b'-' | b'/')) && self.at(after + 1).joined;
            if slash && (self.figure(after + 1, 2..=2).is_some() || self.figure(after + 1, 4..=4).is_some()) {
                after += 2;
            }
            return Some((Some(YearRef::Number(year)), after));
        }
        if self.is(word, Key::Fy)
            && self.at(end).joined
            && let Some(short) = self.figure(end, 2..=2)
        {
            return Some((Some(YearRef::Number(crate::dates::absolute::two_digit(short))), end + 1));
        }
        None
    }

    /// A year or a part of it, a decade, a century, a fiscal year, a holiday.
    pub fn period(&self, at: usize) -> Read<Point> {
        let the = self.skip(at, &[Key::The]);
        if let Some((year, end)) = self.fiscal_year(the) {
            return Some((Point::of(Stretch::Fiscal { year, quarter: None }), end));
        }
        let quoted = the + usize::from(self.mark(the, b'\'') && !self.at(the).joined && self.at(the + 1).joined);
        if let Some(read) = self.long_period(quoted).filter(|_| quoted == the || self.figure(quoted, 2..=2).is_some()) {
            return Some(read);
        }
        if the > at
            && self.says(
                the,
                &["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"],
            )
        {
            let word = self.word(the).to_ascii_lowercase();
            let start = match word.as_str() {
                "twenties" => 1920,
                "thirties" => 1930,
                "forties" => 1940,
                "fifties" => 1950,
                "sixties" => 1960,
                "seventies" => 1970,
                "eighties" => 1980,
                _ => 1990,
            };
            let weather =
                self.says(at.wrapping_sub(1), &["in"]) && self.says(the + 1, &["degrees", "fahrenheit", "celsius"]);
            return (!weather).then_some((Point::of(Stretch::Decade { start }), the + 1));
        }
        self.year_part(at).or_else(|| self.holiday(the)).or_else(|| self.year_alone(the))
    }

    /// A holiday with its year. Those that are also other words need a preposition, a year or `Day` beside them.
    pub fn holiday(&self, at: usize) -> Read<Point> {
        let (holiday, end) = self.holiday_name(at)?;
        let (year, end) = self.year_of(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((Point::of(Stretch::Holiday { holiday, year }), end))
    }

    /// Modifiers of a stretch that stand before it: `early`, `late in`, `mid-`, `the start of`, `by the end of the`.
    pub fn modified(&self, at: usize) -> Read<DateModifier> {
        let the = self.skip(at, &[Key::The]);
        let modifier = match self.lex(the) {
            Lex::Key(Key::Early | Key::Start) => DateModifier::Early,
            Lex::Key(Key::Mid | Key::Middle) => DateModifier::Mid,
            Lex::Key(Key::Late | Key::End) => DateModifier::Late,
            Lex::Key(Key::About) if the == at => DateModifier::About,
            _ if self.says(the, &["turn"]) => DateModifier::Early,
            _ => return None,
        };
        let of = self.skip_mark(the + 1, b'-');
        let noun = self.is_any(the, &[Key::Start, Key::Middle, Key::End]) || self.says(the, &["turn"]);
        let end = if noun {
            if !self.is(of, Key::Of) {
                return None;
            }
            of + 1
        } else {
            self.skip(of, &[Key::In, Key::On])
        };
        Some((modifier, end))
    }

    /// `the year`, `the week` behind `the end of`: the one of the anchor.
    pub fn plain_unit(&self, at: usize) -> Read<Point> {
        if !self.is(at, Key::The) {
            return None;
        }
        match self.lex(at + 1) {
            Lex::Unit { unit, plural: false, times: 1 } if unit >= DateUnit::Day => {
                let named = Stretch::Named { which: Which::This, target: Target::Unit(unit) };
                Some((Point::of(named), at + 2))
            }
            _ => None,
        }
    }
}
