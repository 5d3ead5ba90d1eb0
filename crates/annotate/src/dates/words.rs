//! The words that dates are made of. Facts of the English language and the calendar; no rules.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::dates::DateUnit;
use crate::dates::meaning::Part;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lex {
    /// A word of no meaning here.
    Word,
    /// A line's end.
    Break,
    /// A mark, a typographic one as its plain brother.
    Mark(u8),
    Number {
        value: u32,
        digits: u8,
    },
    /// `short`: an abbreviation; `doubt`: also another word or a name (May, March, Sun).
    Month {
        month: i8,
        short: bool,
        doubt: bool,
    },
    Weekday {
        weekday: i8,
        short: bool,
        plural: bool,
    },
    Unit {
        unit: DateUnit,
        plural: bool,
        times: u8,
    },
    Cardinal(u32),
    Ordinal(u32),
    /// 0 spring, 1 summer, 2 autumn, 3 winter.
    Season(i8),
    Part(Part),
    /// `daily` and its like: a unit and how many of it.
    Frequency(DateUnit, u8),
    Key(Key),
}

macro_rules! keys {
    ($($key:ident: $($word:literal)*;)*) => {
        /// Words that join, point or count.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Key { $($key,)* }
        const KEYS: &[(&str, Key)] = &[$($(($word, Key::$key),)*)*];
    };
}

keys! {
    A: "a" "an"; The: "the"; This: "this" "current"; These: "these" "those"; That: "that"; Same: "same"; Last: "last"; Past: "past";
    Previous: "previous" "preceding" "prior"; Next: "next"; Coming: "coming" "upcoming"; Following: "following" "subsequent"
    "ensuing"; Recent: "recent"; First: "opening"; Final: "final" "closing"; Every: "every"; Each: "each"; Per: "per";
    Ago: "ago"; Earlier: "earlier" "beforehand" "previously"; Later: "later" "afterward" "afterwards" "thereafter"; Before: "before"; After: "after";
    Hence: "hence"; From: "from"; To: "to"; Until: "until" "till"; Through: "through" "thru"; Since: "since"; By: "by";
    Between: "between"; And: "and"; Or: "or"; In: "in"; On: "on"; At: "at"; Over: "over"; During: "during" "throughout"; For: "for";
    Within: "within"; Of: "of"; Early: "early"; Mid: "mid"; Late: "late"; Start: "start" "beginning" "outset" "dawn";
    Middle: "middle" "midpoint" "midst"; End: "end" "close"; Rest: "rest" "remainder"; Half: "half"; Couple: "couple"; Few: "few"; Several: "several"; Many: "many" "countless";
    Dozen: "dozen"; Hundred: "hundred"; Thousand: "thousand"; About: "about" "around" "roughly" "approximately" "circa" "some";
    Nearly: "nearly" "almost"; More: "more"; Less: "less" "fewer"; Than: "than"; Least: "least"; Most: "most"; Up: "up"; Under: "under";
    Other: "other"; Once: "once"; Twice: "twice"; Times: "times"; Today: "today"; Tomorrow: "tomorrow"; Yesterday: "yesterday";
    Tonight: "tonight"; Now: "now"; Noon: "noon"; Midnight: "midnight"; Fiscal: "fiscal" "financial"; Fy: "fy";
    Old: "old"; Long: "long"; Ever: "ever"; Then: "then"; Oclock: "o"; Christmas: "christmas" "xmas";
    Recently: "recently" "lately"; Currently: "currently" "nowadays" "presently"; Soon: "soon" "shortly"; Overnight: "overnight"; Dawn: "daybreak" "sunrise";
    Dusk: "dusk" "sunset" "nightfall"; Effective: "effective" "starting" "commencing"; Onward: "onward" "onwards"; Midweek: "midweek";
    Holiday: "thanksgiving" "easter" "halloween" "juneteenth" "new" "good" "independence" "labor" "labour" "memorial" "veterans"
    "valentine" "presidents" "columbus" "boxing" "inauguration" "ash" "palm" "pentecost" "black" "cyber" "earth" "mother" "mothers" "father" "fathers" "remembrance"
    "armistice" "canada" "bastille" "groundhog" "australia" "anzac" "cinco" "martin" "mlk" "saint" "st" "patrick" "indigenous" "guy" "election" "president"
    "epiphany" "victory" "international" "women" "whit" "flag";
    Century: "centuries"; Working: "business" "working" "consecutive" "straight" "full" "whole" "additional" "extra" "further" "entire" "solid" "successive" "school";
    Zone: "gmt" "utc" "est" "edt" "cst" "cdt" "mst" "mdt" "pst" "pdt" "et" "ct" "mt" "pt" "bst" "cet" "cest" "eet" "eest" "msk" "ist" "jst" "aest" "aedt" "sast" "eat" "wat" "hkt" "sgt" "kst" "hst" "akst" "akdt" "z";
    Eastern: "eastern" "central" "mountain" "pacific" "local" "moscow" "greenwich" "london" "kyiv" "beijing" "jerusalem";
}

const NUMBERS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const ORDINALS: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
];

const MONTHS: &[(&str, i8, bool, bool)] = &[
    ("january", 1, false, false),
    ("february", 2, false, false),
    ("march", 3, false, true),
    ("april", 4, false, false),
    ("may", 5, false, true),
    ("june", 6, false, false),
    ("july", 7, false, false),
    ("august", 8, false, true),
    ("september", 9, false, false),
    ("october", 10, false, false),
    ("november", 11, false, false),
    ("december", 12, false, false),
    ("jan", 1, true, true),
    ("feb", 2, true, false),
    ("mar", 3, true, true),
    ("apr", 4, true, false),
    ("jun", 6, true, true),
    ("jul", 7, true, true),
    ("aug", 8, true, true),
    ("sep", 9, true, true),
    ("sept", 9, true, false),
    ("oct", 10, true, false),
    ("nov", 11, true, false),
    ("dec", 12, true, true),
];

const WEEKDAYS: &[(&str, &[&str])] = &[
    ("monday", &["mon"]),
    ("tuesday", &["tue", "tues"]),
    ("wednesday", &["wed"]),
    ("thursday", &["thu", "thur", "thurs"]),
    ("friday", &["fri"]),
    ("saturday", &["sat"]),
    ("sunday", &["sun"]),
];

const UNITS: &[(&str, DateUnit, u8)] = &[
    ("minute", DateUnit::Minute, 1),
    ("min", DateUnit::Minute, 1),
    ("hour", DateUnit::Hour, 1),
    ("hr", DateUnit::Hour, 1),
    ("day", DateUnit::Day, 1),
    ("weekend", DateUnit::Weekend, 1),
    ("week", DateUnit::Week, 1),
    ("fortnight", DateUnit::Week, 2),
    ("month", DateUnit::Month, 1),
    ("quarter", DateUnit::Quarter, 1),
    ("year", DateUnit::Year, 1),
    ("decade", DateUnit::Decade, 1),
    ("century", DateUnit::Century, 1),
    ("yr", DateUnit::Year, 1),
    ("millennium", DateUnit::Century, 10),
];

const PARTS: &[(&str, Part)] = &[
    ("morning", Part::Morning),
    ("mornings", Part::Morning),
    ("midday", Part::Midday),
    ("lunchtime", Part::Midday),
    ("afternoon", Part::Afternoon),
    ("afternoons", Part::Afternoon),
    ("evening", Part::Evening),
    ("evenings", Part::Evening),
    ("night", Part::Night),
    ("nights", Part::Night),
    ("daytime", Part::Daytime),
];

const FREQUENCIES: &[(&str, DateUnit, u8)] = &[
    ("hourly", DateUnit::Hour, 1),
    ("daily", DateUnit::Day, 1),
    ("nightly", DateUnit::Day, 1),
    ("weekly", DateUnit::Week, 1),
    ("biweekly", DateUnit::Week, 2),
    ("fortnightly", DateUnit::Week, 2),
    ("monthly", DateUnit::Month, 1),
    ("quarterly", DateUnit::Quarter, 1),
    ("annually", DateUnit::Year, 1),
    ("yearly", DateUnit::Year, 1),
    ("annual", DateUnit::Year, 1),
    ("biannual", DateUnit::Month, 6),
    ("biennial", DateUnit::Year, 2),
];

const SEASONS: &[(&str, i8)] = &[
    ("spring", 0),
    ("summer", 1),
    ("autumn", 2),
    ("fall", 2),
    ("winter", 3),
    ("springtime", 0),
    ("summertime", 1),
    ("wintertime", 3),
];

/// The longest word of the tables.
const LONGEST: usize = 13;

struct Lexicon {
    words: HashMap<[u8; LONGEST], Lex>,
    /// By the first two letters, which pairs begin any word.
    pairs: [bool; 26 * 26],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { words: HashMap::new(), pairs: [false; 26 * 26] };
    let mut put = |word: &str, lex: Lex| {
        if let Some(key) = key(word.as_bytes()) {
            lexicon.words.entry(key).or_insert(lex);
            lexicon.pairs[pair(word.as_bytes())] = true;
        }
    };
    for &(word, month, short, doubt) in MONTHS {
        put(word, Lex::Month { month, short, doubt });
    }
    for (index, (word, shorts)) in WEEKDAYS.iter().enumerate() {
        let weekday = index as i8 + 1;
        put(word, Lex::Weekday { weekday, short: false, plural: false });
        put(&format!("{word}s"), Lex::Weekday { weekday, short: false, plural: true });
        shorts.iter().for_each(|short| put(short, Lex::Weekday { weekday, short: true, plural: false }));
    }
    for &(word, unit, times) in UNITS {
        put(word, Lex::Unit { unit, plural: false, times });
        put(&format!("{word}s"), Lex::Unit { unit, plural: true, times });
    }
    put("seconds", Lex::Unit { unit: DateUnit::Second, plural: true, times: 1 });
    put("centuries", Lex::Unit { unit: DateUnit::Century, plural: true, times: 1 });
    put("seasons", Lex::Unit { unit: DateUnit::Season, plural: true, times: 1 });
    NUMBERS.iter().for_each(|&(word, value)| put(word, Lex::Cardinal(value)));
    ORDINALS.iter().for_each(|&(word, value)| put(word, Lex::Ordinal(value)));
    SEASONS.iter().for_each(|&(word, season)| put(word, Lex::Season(season)));
    PARTS.iter().for_each(|&(word, part)| put(word, Lex::Part(part)));
    FREQUENCIES.iter().for_each(|&(word, unit, times)| put(word, Lex::Frequency(unit, times)));
    KEYS.iter().for_each(|&(word, key)| put(word, Lex::Key(key)));
    lexicon
});

fn key(word: &[u8]) -> Option<[u8; LONGEST]> {
    let mut key = [0; LONGEST];
    for (slot, byte) in key.get_mut(..word.len())?.iter_mut().zip(word) {
        *slot = byte.to_ascii_lowercase();
    }
    Some(key)
}

fn pair(word: &[u8]) -> usize {
    let letter = |at: usize| word.get(at).map_or(0, |byte| usize::from(byte.to_ascii_lowercase().saturating_sub(b'a')));
    (letter(0) * 26 + letter(1)).min(26 * 26 - 1)
}

/// What an ASCII word is.
pub(crate) fn lookup(word: &[u8]) -> Lex {
    let lexicon = &*LEXICON;
    if word.len() > LONGEST || !lexicon.pairs[pair(word)] {
        return Lex::Word;
    }
    key(word).and_then(|key| lexicon.words.get(&key)).copied().unwrap_or(Lex::Word)
}
