//! Holidays with a day that follows from the Gregorian calendar. Not those of a moon (Ramadan, Diwali): they are left out.

use jiff::civil::{Date, Weekday};

use crate::dates::count::Read;
use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

/// How a holiday's day follows from the year.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Fixed(i8, i8),
    /// Month, weekday, which one (-1: the last).
    Nth(i8, Weekday, i8),
    /// Days from Easter Sunday.
    Easter(i32),
    /// Days from the fourth Thursday of November.
    Thanksgiving(i32),
    /// The Tuesday after the first Monday of November.
    Election,
    /// 20 January after the elections of a president.
    Inauguration,
}

/// Name, rule, and whether the name alone is enough.
const HOLIDAYS: &[(&str, Rule, bool)] = &[
    ("christmas eve", Rule::Fixed(12, 24), true),
    ("christmas day", Rule::Fixed(12, 25), true),
    ("christmas", Rule::Fixed(12, 25), false),
    ("new year ' s eve", Rule::Fixed(12, 31), true),
    ("new years eve", Rule::Fixed(12, 31), true),
    ("new year ' s day", Rule::Fixed(1, 1), true),
    ("new year ' s", Rule::Fixed(1, 1), false),
    ("new year", Rule::Fixed(1, 1), false),
    ("good friday", Rule::Easter(-2), true),
    ("palm sunday", Rule::Easter(-7), true),
    ("ash wednesday", Rule::Easter(-46), true),
    ("easter sunday", Rule::Easter(0), true),
    ("easter monday", Rule::Easter(1), true),
    ("easter", Rule::Easter(0), false),
    ("whit monday", Rule::Easter(50), true),
    ("pentecost", Rule::Easter(49), false),
    ("epiphany", Rule::Fixed(1, 6), false),
    ("thanksgiving day", Rule::Thanksgiving(0), true),
    ("thanksgiving", Rule::Thanksgiving(0), false),
    ("black friday", Rule::Thanksgiving(1), true),
    ("cyber monday", Rule::Thanksgiving(4), true),
    ("independence day", Rule::Fixed(7, 4), false),
    ("labor day", Rule::Nth(9, Weekday::Monday, 1), true),
    ("labour day", Rule::Fixed(5, 1), true),
    ("memorial day", Rule::Nth(5, Weekday::Monday, -1), true),
    ("veterans day", Rule::Fixed(11, 11), true),
    ("armistice day", Rule::Fixed(11, 11), true),
    ("remembrance sunday", Rule::Nth(11, Weekday::Sunday, 2), true),
    ("remembrance day", Rule::Fixed(11, 11), true),
    ("halloween", Rule::Fixed(10, 31), false),
    ("valentine ' s day", Rule::Fixed(2, 14), true),
    ("presidents ' day", Rule::Nth(2, Weekday::Monday, 3), true),
    ("presidents day", Rule::Nth(2, Weekday::Monday, 3), true),
    ("columbus day", Rule::Nth(10, Weekday::Monday, 2), true),
    ("indigenous peoples ' day", Rule::Nth(10, Weekday::Monday, 2), true),
    ("martin luther king jr . day", Rule::Nth(1, Weekday::Monday, 3), true),
    ("martin luther king day", Rule::Nth(1, Weekday::Monday, 3), true),
    ("mlk day", Rule::Nth(1, Weekday::Monday, 3), true),
    ("juneteenth", Rule::Fixed(6, 19), false),
    ("flag day", Rule::Fixed(6, 14), true),
    ("election day", Rule::Election, true),
    ("inauguration day", Rule::Inauguration, true),
    ("boxing day", Rule::Fixed(12, 26), true),
    ("guy fawkes night", Rule::Fixed(11, 5), true),
    ("st . patrick ' s day", Rule::Fixed(3, 17), true),
    ("st patrick ' s day", Rule::Fixed(3, 17), true),
    ("saint patrick ' s day", Rule::Fixed(3, 17), true),
    ("canada day", Rule::Fixed(7, 1), true),
    ("bastille day", Rule::Fixed(7, 14), true),
    ("australia day", Rule::Fixed(1, 26), true),
    ("anzac day", Rule::Fixed(4, 25), true),
    ("groundhog day", Rule::Fixed(2, 2), true),
    ("earth day", Rule::Fixed(4, 22), true),
    ("mother ' s day", Rule::Nth(5, Weekday::Sunday, 2), true),
    ("mothers ' day", Rule::Nth(5, Weekday::Sunday, 2), true),
    ("father ' s day", Rule::Nth(6, Weekday::Sunday, 3), true),
    ("fathers ' day", Rule::Nth(6, Weekday::Sunday, 3), true),
    ("victory day", Rule::Fixed(5, 9), true),
    ("cinco de mayo", Rule::Fixed(5, 5), true),
    ("international women ' s day", Rule::Fixed(3, 8), true),
    ("may day", Rule::Fixed(5, 1), true),
    ("april fools ' day", Rule::Fixed(4, 1), true),
    ("april fool ' s day", Rule::Fixed(4, 1), true),
];

impl Words<'_> {
    /// A holiday's number in the table.
    pub fn holiday_name(&self, at: usize) -> Read<u8> {
        let begins = matches!(
            self.lex(at),
            Lex::Key(Key::Holiday | Key::Christmas) | Lex::Month { month: 4 | 5, short: false, .. }
        );
        if !begins || !self.at(at).capital {
            return None;
        }
        HOLIDAYS.iter().enumerate().find_map(|(index, (name, _, enough))| {
            let mut end = at;
            for word in name.split(' ') {
                let fits = match word {
                    "'" | "." => self.mark(end, word.as_bytes()[0]),
                    _ => self.says(end, &[word]) && (self.at(end).capital || word.len() <= 2),
                };
                if !fits {
                    return None;
                }
                end += 1;
            }
            let named = *enough || self.holiday_pointed(at, end);
            named.then_some((index as u8, end))
        })
    }

    /// Whether words around show that a day is meant, not a tree, a song or an adjective.
    fn holiday_pointed(&self, at: usize, end: usize) -> bool {
        let before = matches!(
            self.before(at).lex,
            Lex::Key(
                Key::On
                    | Key::At
                    | Key::Over
                    | Key::Before
                    | Key::Since
                    | Key::After
                    | Key::By
                    | Key::Last
                    | Key::This
                    | Key::Next
                    | Key::Until
                    | Key::Through
                    | Key::During
                    | Key::Between
                    | Key::And
                    | Key::Every
            )
        );
        let noun = matches!(self.lex(end), Lex::Word)
            && !self.at(end).joined
            && !self.says(
                end,
                &["when", "but", "was", "is", "with", "as", "he", "she", "they", "it", "we", "because", "if"],
            );
        before && !noun || self.year_of(end).is_some()
    }
}

/// The holiday's day in a year.
pub(crate) fn holiday_in(holiday: u8, year: i16) -> Option<Date> {
    let (_, rule, _) = HOLIDAYS.get(usize::from(holiday))?;
    let shifted = |date: Date, days: i32| date.checked_add(jiff::Span::new().days(days)).ok();
    match *rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth(month, weekday, nth) => Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok(),
        Rule::Easter(days) => shifted(easter(year)?, days),
        Rule::Thanksgiving(days) => {
            shifted(Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok()?, days)
        }
        Rule::Election => (year % 2 == 0)
            .then(|| Date::new(year, 11, 1).ok()?.nth_weekday_of_month(1, Weekday::Monday).ok())?
            .and_then(|monday| shifted(monday, 1)),
        Rule::Inauguration => (year % 4 == 1).then(|| Date::new(year, 1, 20).ok())?,
    }
}

/// Easter Sunday of the Western churches (the anonymous Gregorian algorithm, Nature 1876).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movable_feasts() {
        let check =
            |year: i16, expect: &str| assert_eq!(easter(year).map(|date| date.to_string()).as_deref(), Some(expect));
        check(1990, "1990-04-15");
        check(2000, "2000-04-23");
        check(2018, "2018-04-01");
        check(2019, "2019-04-21");
        check(2024, "2024-03-31");
        check(2038, "2038-04-25");
    }
}
