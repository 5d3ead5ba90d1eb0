//! The words that the stage knows, from `models/figures/figures.toml`. Number words stand in the grammar, not here.

use std::collections::HashMap;

use serde::Deserialize;

use crate::TableError;

use super::token::{Kind, Line, tokens};
use super::{BoundKind, Decimal, TallyKind};

/// What a word may be, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u32);

macro_rules! flags {
    ($($name:ident = $bit:literal,)*) => { impl Flags { $(pub(super) const $name: Self = Self(1 << $bit);)* } };
}

flags! {
    FUNCTION = 0, PREPOSITION = 1, DETERMINER = 2, BE = 3, AUXILIARY = 4, BOUNDARY = 5, MONTH = 6, WEEKDAY = 7, TIME = 8, LABEL = 9,
    STREET = 10, PARTICLE = 11, IRREGULAR = 12, COUNTABLE = 13, STATE = 14, SINGULAR_S = 15, SCORE = 16, ADVERB = 17, NOT_ONE = 18,
    BASE = 19, PRESENT = 20, PAST = 21, PARTICIPLE = 22, GERUND = 23, UNDERGO = 24, DOUBTFUL = 25, NEGATION = 26, PLACE = 27, OFFSET = 28, ALONE = 29, AMOUNT = 30, ONE_OF = 31,
}

impl Flags {
    /// Any form of a known verb that can head a finite clause.
    pub(super) const FINITE: Self = Self(Self::PRESENT.0 | Self::PAST.0);

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyRow {
    signs: Vec<String>,
    names: Vec<String>,
    codes: Vec<String>,
    #[serde(default)]
    stated: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitRow {
    name: String,
    dimension: String,
    marks: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VagueRow {
    words: Vec<String>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    #[serde(default)]
    needs_noun: bool,
    /// On what the ends rest; for readers of the file, and it may not be missing.
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundRow {
    kind: BoundKind,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TallyRow {
    kind: TallyKind,
    before: Vec<String>,
    after: Vec<String>,
    clause: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    currency: Vec<CurrencyRow>,
    unit: Vec<UnitRow>,
    vague: Vec<VagueRow>,
    bound: Vec<BoundRow>,
    tally: Vec<TallyRow>,
    lists: HashMap<String, String>,
}

/// A currency: its codes, and whether its words leave no doubt.
#[derive(Clone, Debug)]
pub(super) struct Currency {
    pub(super) codes: Vec<String>,
    pub(super) stated: bool,
}

/// A unit of measure.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) name: String,
    pub(super) dimension: String,
}

/// The ends of a vague word, and whether it is a figure only with a noun behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vague {
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) needs_noun: bool,
}

/// Phrases by one of their words: the first to match forwards, the last to match backwards.
pub(super) struct Phrases<T> {
    rows: HashMap<String, Vec<(Vec<String>, T)>>,
    exact: bool,
}

impl<T> Phrases<T> {
    fn new(exact: bool) -> Self {
        Self { rows: HashMap::new(), exact }
    }

    fn add(&mut self, phrase: &str, value: T, by_last: bool) -> Result<(), TableError> {
        let phrase = if self.exact { phrase.to_owned() } else { phrase.to_lowercase() };
        let words: Vec<String> =
            tokens(&phrase, 0).iter().filter_map(|token| token.range.slice(&phrase).map(str::to_owned)).collect();
        let key = if by_last { words.last() } else { words.first() };
        let Some(key) = key.cloned() else {
            return Err(TableError::Row { row: phrase, what: "words".to_owned() });
        };
        let rows = self.rows.entry(key).or_default();
        rows.push((words, value));
        rows.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Ok(())
    }

    fn fits(&self, line: &Line<'_>, at: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(offset, word)| {
            if self.exact { line.word(at + offset) == word } else { line.lower(at + offset) == word }
        })
    }

    /// The longest phrase whose first word is at `at`: the place behind it and its value.
    pub(super) fn starting(&self, line: &Line<'_>, at: usize) -> Option<(usize, &T)> {
        let key = if self.exact { line.word(at) } else { line.lower(at) };
        let (words, value) = self.rows.get(key)?.iter().find(|(words, _)| self.fits(line, at, words))?;
        Some((at + words.len(), value))
    }

    /// The longest phrase that ends before `end`: its first place and its value.
    pub(super) fn ending(&self, line: &Line<'_>, end: usize) -> Option<(usize, &T)> {
        let key = line.lower(end.checked_sub(1)?);
        self.rows.get(key)?.iter().find_map(|(words, value)| {
            let at = end.checked_sub(words.len())?;
            self.fits(line, at, words).then_some((at, value))
        })
    }
}

/// The words that the stage knows.
pub struct FigureTable {
    words: HashMap<String, Flags>,
    pub(super) signs: Phrases<Currency>,
    pub(super) currencies: Phrases<Currency>,
    pub(super) marks: Phrases<Measure>,
    pub(super) measures: Phrases<Measure>,
    pub(super) vague: Phrases<Vague>,
    pub(super) bounds_before: Phrases<BoundKind>,
    pub(super) bounds_after: Phrases<BoundKind>,
    pub(super) tallies_before: Phrases<TallyKind>,
    pub(super) tallies_after: Phrases<TallyKind>,
    pub(super) tallies_clause: Phrases<TallyKind>,
}

pub(super) type Table = FigureTable;

impl FigureTable {
    /// Reads the table.
    ///
    /// # Errors
    /// Where the text is no such table; the message names the row.
    pub fn parse(toml: &str) -> Result<Self, TableError> {
        let file: File = toml::from_str(toml)?;
        let mut table = Self {
            words: HashMap::new(),
            signs: Phrases::new(false),
            currencies: Phrases::new(false),
            marks: Phrases::new(true),
            measures: Phrases::new(false),
            vague: Phrases::new(false),
            bounds_before: Phrases::new(false),
            bounds_after: Phrases::new(false),
            tallies_before: Phrases::new(false),
            tallies_after: Phrases::new(false),
            tallies_clause: Phrases::new(false),
        };
        for (list, words) in &file.lists {
            table.list(list, words)?;
        }
        for row in file.currency {
            let currency = Currency { codes: row.codes, stated: row.stated };
            for sign in &row.signs {
                table.signs.add(sign, currency.clone(), false)?;
            }
            for name in &row.names {
                table.currencies.add(name, currency.clone(), false)?;
            }
        }
        for row in file.unit {
            let measure = Measure { name: row.name, dimension: row.dimension };
            for mark in &row.marks {
                table.marks.add(mark, measure.clone(), false)?;
            }
            for name in &row.names {
                table.measures.add(name, measure.clone(), false)?;
            }
        }
        for row in file.vague {
            for words in &row.words {
                if row.source.is_empty() {
                    return Err(TableError::Row { row: words.clone(), what: "a source of its ends".to_owned() });
                }
                table.vague.add(words, Vague { low: row.low, high: row.high, needs_noun: row.needs_noun }, false)?;
            }
        }
        for row in file.bound {
            for words in &row.before {
                table.bounds_before.add(words, row.kind, true)?;
            }
            for words in &row.after {
                table.bounds_after.add(words, row.kind, false)?;
            }
        }
        for row in file.tally {
            for words in &row.before {
                table.tallies_before.add(words, row.kind, true)?;
            }
            for words in &row.after {
                table.tallies_after.add(words, row.kind, false)?;
            }
            for words in &row.clause {
                table.tallies_clause.add(words, row.kind, false)?;
            }
        }
        Ok(table)
    }

    /// What is known of a word in lower case.
    pub(super) fn flags(&self, word: &str) -> Flags {
        self.words.get(word).copied().unwrap_or_default()
    }

    fn flag(&mut self, word: &str, flags: Flags) {
        let entry = self.words.entry(word.to_owned()).or_default();
        *entry = entry.with(flags);
    }

    fn list(&mut self, list: &str, words: &str) -> Result<(), TableError> {
        let flags = match list {
            "function" => Flags::FUNCTION,
            "preposition" => Flags::PREPOSITION.with(Flags::FUNCTION),
            "determiner" => Flags::DETERMINER.with(Flags::FUNCTION),
            "be" => Flags::BE,
            "auxiliary" => Flags::AUXILIARY,
            "boundary" => Flags::BOUNDARY,
            "month" => Flags::MONTH,
            "weekday" => Flags::WEEKDAY,
            "time" => Flags::TIME,
            "label" => Flags::LABEL,
            "street" => Flags::STREET,
            "particle" => Flags::PARTICLE,
            "irregular" => Flags::IRREGULAR,
            "countable" => Flags::COUNTABLE,
            "state" => Flags::STATE,
            "singular_s" => Flags::SINGULAR_S,
            "score" => Flags::SCORE,
            "adverb" => Flags::ADVERB,
            "one" => Flags::NOT_ONE,
            "place" => Flags::PLACE,
            "offset" => Flags::OFFSET,
            "negation" => Flags::NEGATION,
            "amount" => Flags::AMOUNT,
            "verb" | "undergo" | "alone" | "doubtful" => {
                let also = match list {
                    "undergo" => Flags::UNDERGO,
                    "alone" => Flags::ALONE,
                    "doubtful" => Flags::DOUBTFUL,
                    _ => Flags::default(),
                };
                for verb in words.split_whitespace() {
                    self.verb(verb, also);
                }
                return Ok(());
            }
            _ => return Err(TableError::Row { row: list.to_owned(), what: "the name of a known list".to_owned() }),
        };
        for word in words.split_whitespace() {
            self.flag(word, flags);
            if list == "countable" {
                self.flag(&singular(word), Flags::ONE_OF);
            }
        }
        Ok(())
    }

    /// All forms of "kill", "stab!" or "shoot/shot/shot".
    fn verb(&mut self, verb: &str, also: Flags) {
        let mut parts = verb.split('/');
        let written = parts.next().unwrap_or_default();
        let base = written.trim_end_matches('!');
        let vowel = |letter: Option<char>| letter.is_some_and(|letter| "aeiou".contains(letter));
        let stem = match base.strip_suffix('e') {
            Some(stem) if !base.ends_with("ee") && !base.ends_with("ye") => stem.to_owned(),
            _ if written.ends_with('!') => {
                format!("{base}{}", base.chars().last().map(String::from).unwrap_or_default())
            }
            _ => base.to_owned(),
        };
        let soft = base.strip_suffix('y').filter(|stem| !vowel(stem.chars().last()));
        let regular = soft.map_or_else(
            || if base.ends_with("ee") { format!("{base}d") } else { format!("{stem}ed") },
            |stem| format!("{stem}ied"),
        );
        let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end));
        let present =
            soft.map_or_else(|| format!("{base}{}", if hissing { "es" } else { "s" }), |stem| format!("{stem}ies"));
        let past = parts.next().map_or_else(|| regular.clone(), str::to_owned);
        let participle = parts.next().map_or(regular, str::to_owned);
        self.flag(base, Flags::BASE.with(also));
        self.flag(&present, Flags::PRESENT.with(also));
        self.flag(&format!("{stem}ing"), Flags::GERUND.with(also));
        self.flag(&past, Flags::PAST.with(also));
        self.flag(&participle, Flags::PARTICIPLE.with(also));
    }
}

/// One of the things that a word of the table counts.
fn singular(plural: &str) -> String {
    match plural {
        "people" => "person".to_owned(),
        "children" => "child".to_owned(),
        "police" | "aircraft" => plural.to_owned(),
        _ if plural.ends_with("men") => format!("{}an", plural.trim_end_matches("en")),
        _ => plural
            .strip_suffix("ies")
            .map_or_else(|| plural.trim_end_matches('s').to_owned(), |stem| format!("{stem}y")),
    }
}

impl Line<'_> {
    /// Whether the word is a unit that has another form with "s": "year", but not "feet" or "km".
    pub(super) fn is_plural_of(&self, at: usize, table: &Table) -> bool {
        let plural = format!("{}s", self.lower(at));
        table.measures.rows.contains_key(&plural)
    }

    /// A noun in the plural, as far as its form and the table tell.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.kind(at) == Some(Kind::Word)
            && (self.has(at, Flags::IRREGULAR)
                || (word.len() > 3
                    && word.ends_with('s')
                    && !word.ends_with("ss")
                    && !word.ends_with("us")
                    && !self.has(at, Flags::SINGULAR_S.with(Flags::FUNCTION))))
    }
}
