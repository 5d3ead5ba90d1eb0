//! The features of one statement by which it is compared with others. Not its act: who denies a thing speaks of the same thing as who affirms it.

use std::ops::Deref;
use std::sync::Arc;

use onrecord_annotate::{DateBounds, DateKind, DateUnit, SentenceVector};
use onrecord_evidence::TextRange;
use onrecord_record::AttributionRecord;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::amount::Amount;
use super::clause::dating;
use super::stem::{StemTable, Word, stem, words};
use super::vector;

/// Gives sentences their vectors; a ledger's linker keeps those of words that it saw before.
pub trait Vectors {
    /// The vector of these words; `None` where none is to be had, and then words alone decide.
    fn vector(&self, words: &str) -> Option<SentenceVector>;
}

/// No vectors: statements are compared by their words alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoVectors;

impl Vectors for NoVectors {
    fn vector(&self, _words: &str) -> Option<SentenceVector> {
        None
    }
}

impl Vectors for onrecord_annotate::SentenceEncoder {
    fn vector(&self, words: &str) -> Option<SentenceVector> {
        Some(onrecord_annotate::SentenceEncoder::vector(self, words))
    }
}

/// A word of a statement that tells something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stem {
    /// The stem of the folded word.
    pub text: String,
    /// How telling it is, in hundredths ([`StemTable::weight`]).
    pub weight: u16,
    /// Whether it is a part of a name.
    pub name: bool,
    /// Where it stands first.
    pub range: TextRange,
    /// The share of the report's other statements that have it too, 0 to 100: what nearly all of them have is the report's topic, and tells its claims not apart.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub spread: u8,
}

/// The days on which something is said to have happened, inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The words.
    pub range: TextRange,
    /// The first day.
    pub start: jiff::civil::Date,
    /// The last day.
    pub end: jiff::civil::Date,
}

/// When a statement places what it says, by its verbs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// It lies ahead: "will", "plans to".
    Ahead,
    /// Anything else.
    #[default]
    Open,
}

/// What a statement says, in features.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposition {
    /// Its telling words, by their text, each once.
    pub stems: Vec<Stem>,
    /// Its figures, in text order.
    pub amounts: Vec<Amount>,
    /// The days that it names, in text order.
    pub days: Vec<Days>,
    /// Words that negate; they do not separate claims.
    pub negations: Vec<TextRange>,
    /// When it places what it says.
    pub tense: Tense,
    /// Whether it asks.
    pub is_question: bool,
    /// Cosine of its vector with the mean of those of the report's other statements, in thousandths; 0 where there is none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub central: i16,
    /// Its direction of meaning, where it has one.
    #[serde(with = "vector", default, skip_serializing_if = "Option::is_none")]
    pub vector: Option<SentenceVector>,
}

/// Whether a number need not be kept.
fn is_zero<T: Default + PartialEq>(number: &T) -> bool {
    *number == T::default()
}

/// A proposition that is kept in several places at once: a statement, what stands for its claim and its report, the record of the claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared(Arc<Proposition>);

impl Shared {
    /// Keeps `proposition`.
    pub fn new(proposition: Proposition) -> Self {
        Self(Arc::new(proposition))
    }

    /// To be changed here alone: what is kept elsewhere stays.
    pub(super) fn make_mut(&mut self) -> &mut Proposition {
        Arc::make_mut(&mut self.0)
    }
}

impl Deref for Shared {
    type Target = Proposition;

    fn deref(&self) -> &Proposition {
        &self.0
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Proposition::deserialize(deserializer).map(Self::new)
    }
}

/// Stems below this weight say nothing of what a statement is about.
const LEAST_TELLING: u16 = 90;
/// Telling words of one statement that count; a longer one is a passage, not a proposition.
const MOST_STEMS: usize = 64;
/// What a word weighs in the clause by which a statement dates what it says, of what it weighs elsewhere, of 100.
const DATING_SHARE: u16 = 30;
/// Below this sum of weights a content refers to something that another statement says: "the report", "that it was so".
const THIN: u32 = 700;
/// Stems of words that refer to a statement or judge it, and say nothing of what it is about: "simply false information", "pure fiction".
const REFERRING: &[&str] = &[
    "absolut",
    "absurd",
    "accus",
    "accusation",
    "alleg",
    "allegation",
    "assertion",
    "baseless",
    "claim",
    "comment",
    "complet",
    "correct",
    "disinformation",
    "entir",
    "fabricat",
    "fabrication",
    "fairy",
    "fak",
    "fals",
    "fantasy",
    "fiction",
    "groundless",
    "inaccurat",
    "incorrect",
    "information",
    "invention",
    "issu",
    "lie",
    "matter",
    "mislead",
    "myth",
    "news",
    "nonsens",
    "propaganda",
    "pur",
    "question",
    "report",
    "ridiculou",
    "rubbish",
    "rumor",
    "rumour",
    "simp",
    "speculation",
    "statement",
    "story",
    "suggestion",
    "tal",
    "total",
    "tru",
    "truth",
    "unfound",
    "untru",
    "utter",
    "wrong",
];
/// Below this weight a capitalised word of no known habit at the head of a sentence is an ordinary word.
const NAME_WEIGHT: u16 = 150;

/// What a proposition is made from.
#[derive(Clone, Copy, Debug)]
pub struct PropositionInput<'a> {
    /// The text of the reading.
    pub text: &'a str,
    /// The statement's ranges, in text order.
    pub ranges: &'a [TextRange],
    /// The attribution whose content it is; `None` for a sentence in the outlet's own voice.
    pub record: Option<&'a AttributionRecord>,
}

impl Proposition {
    /// Reads the features of a statement. Ranges that do not fit the text are passed over.
    pub fn new(input: PropositionInput<'_>, table: &StemTable, vectors: &dyn Vectors) -> Self {
        let parts: Vec<(&str, TextRange)> =
            input.ranges.iter().filter_map(|range| Some((range.slice(input.text)?, *range))).collect();
        let holds = |range: TextRange| parts.iter().any(|(_, part)| part.contains(range));
        let mut all = Vec::new();
        let mut stems: Vec<Stem> = Vec::new();
        for (part, range) in &parts {
            let found = words(part, range.start);
            stems.extend(telling(&found, input.text, table));
            all.extend(found);
        }
        // By what is known a statement only dates what it says: that part tells little of what it is about.
        let dates = match parts.as_slice() {
            [(_, range)] => dating(input.text, *range),
            _ => None,
        };
        for stem in stems.iter_mut().filter(|stem| dates.is_some_and(|dates| dates.contains(stem.range))) {
            stem.weight = stem.weight.saturating_mul(DATING_SHARE) / 100;
        }
        stems.truncate(MOST_STEMS);
        stems.sort_by(|a, b| (&a.text, !a.name, a.range).cmp(&(&b.text, !b.name, b.range)));
        stems.dedup_by(|next, first| next.text == first.text);
        let folded: Vec<String> = all.iter().map(Word::folded).collect();
        let negations = all
            .iter()
            .zip(&folded)
            .filter(|(word, folded)| is_negation(word.written, folded))
            .map(|(word, _)| word.range);
        let joined = parts.iter().map(|(part, _)| part.trim()).collect::<Vec<_>>().join(" ");
        let said = match (dates, parts.as_slice()) {
            (Some(dates), [(_, range)]) => {
                let piece = |start, end| TextRange::new(start, end).slice(input.text).unwrap_or_default().trim();
                [piece(range.start, dates.start), piece(dates.end, range.end)].join(" ")
            }
            _ => joined.clone(),
        };
        let last = joined.trim_end_matches(['"', '”', '’', '\'', ')', ' ']);
        Self {
            amounts: match input.record {
                Some(record) => Amount::of_record(record).into_iter().filter(|one| holds(one.range)).collect(),
                None => Amount::of_digits(&all),
            },
            days: input.record.map(days).unwrap_or_default().into_iter().filter(|one| holds(one.range)).collect(),
            negations: negations.collect(),
            tense: tense(&folded),
            is_question: last.ends_with('?'),
            central: 0,
            vector: if stems.is_empty() { None } else { vectors.vector(said.trim()) },
            stems,
        }
    }

    /// Sum of the weights of its stems, in hundredths.
    pub fn weight(&self) -> u32 {
        self.stems.iter().map(|stem| u32::from(stem.weight)).sum()
    }

    /// Whether both are of the same telling words.
    pub(super) fn stems_equal(&self, other: &Self) -> bool {
        self.stems.len() == other.stems.len() && self.stems.iter().zip(&other.stems).all(|(a, b)| a.text == b.text)
    }

    /// The stems that say what it is about, as texts: neither names nor words that only refer.
    pub(crate) fn matters(&self) -> impl Iterator<Item = &str> {
        let telling = |stem: &&Stem| !stem.name && !REFERRING.contains(&stem.text.as_str());
        self.stems.iter().filter(telling).map(|stem| stem.text.as_str())
    }

    /// Whether it says too little to be found again: it refers to what another statement says, or only judges it.
    pub fn is_thin(&self) -> bool {
        let own = self.stems.iter().filter(|stem| !REFERRING.contains(&stem.text.as_str()));
        let (weight, count) = own.fold((0, 0), |(weight, count), stem| (weight + u32::from(stem.weight), count + 1));
        weight < THIN || count < 2
    }
}

/// The telling words of one part, in text order.
fn telling<'a>(words: &'a [Word<'a>], text: &'a str, table: &'a StemTable) -> impl Iterator<Item = Stem> + 'a {
    let long = |word: &&Word<'_>| word.written.len() >= 4;
    let count = words.iter().filter(long).count();
    let capitals = words.iter().filter(long).filter(|word| word.is_capitalised()).count();
    // A headline in capitals says nothing about names.
    let headline = count >= 4 && capitals * 10 >= count * 7;
    words.iter().enumerate().filter_map(move |(index, word)| {
        let folded = word.folded();
        let stem = stem(&folded);
        let weight = table.weight(&stem);
        if weight < LEAST_TELLING || (folded.len() < 2 && !folded.starts_with(|first: char| first.is_ascii_digit())) {
            return None;
        }
        let habit = table.is_name(&stem);
        let begins = index == 0 || begins_sentence(text, word.range);
        let name = word.is_capitalised()
            && match habit {
                Some(habit) => habit || (!headline && !begins && weight >= NAME_WEIGHT),
                None => !headline || !begins,
            };
        Some(Stem { text: stem, weight, name, range: word.range, spread: 0 })
    })
}

/// Whether the word is the first of a sentence or of quoted words.
fn begins_sentence(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start as usize).unwrap_or_default();
    before.trim_end_matches(' ').ends_with(['.', '!', '?', ':', '"', '“', '‘', '\n', '\r']) || before.trim().is_empty()
}

fn is_negation(written: &str, folded: &str) -> bool {
    matches!(folded, "not" | "no" | "never" | "neither" | "nor" | "none" | "without" | "cannot")
        || written.ends_with("n't")
        || written.ends_with("n’t")
}

fn tense(folded: &[String]) -> Tense {
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let plans = ["plans", "plan", "planning", "expected", "going", "set", "due", "poised", "aims", "intends", "hopes"];
    let ahead = folded.iter().any(|word| is(word, &["will", "shall"]))
        || folded.windows(2).any(|pair| pair[1] == "to" && is(&pair[0], &plans));
    if ahead { Tense::Ahead } else { Tense::Open }
}

/// The days named in the content, to the month or finer, as stated or counted from a known day.
fn days(record: &AttributionRecord) -> Vec<Days> {
    let fine = |unit: DateUnit| unit <= DateUnit::Month;
    record
        .happened
        .iter()
        .map(|detail| &detail.finding)
        .filter(|date| matches!(date.kind, DateKind::Date | DateKind::Time) && date.modifier.is_none())
        .filter(|date| fine(date.value.granularity) && date.alternatives.is_empty())
        .filter_map(|date| match date.value.bounds {
            DateBounds::Closed { start, end } => Some(Days { range: date.range, start, end }),
            _ => None,
        })
        .collect()
}
