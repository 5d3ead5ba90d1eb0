//! The table of general hedges (`models/hedges/lexicon.toml`) as a lookup by first word. How far a hedge reaches is `scope.rs`'s.

use std::collections::HashMap;

use serde::Deserialize;

use crate::relay::words::Word;
use crate::{Commitment, HedgedBy, TableError};

/// How the scope of a hedge is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HedgeKind {
    /// Auxiliary: "may rain". The subject is in scope where the verb is passive.
    Modal,
    /// Verb or adjective that says it of its subject: "the gate seems open".
    Raising,
    /// Verb that holds a clause: "thinks that it rains".
    Verb,
    /// "reportedly", "perhaps".
    Adverb,
    /// Before a noun: "alleged fraud".
    Adjective,
    /// With a clause or phrase: "the possibility that it rains".
    Noun,
    /// Opens a clause that is left open: "whether it rains".
    Clause,
}

/// What a negation before a hedge makes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Negated {
    /// Still a hedge: "not likely".
    #[default]
    Keep,
    /// None any more: "no possibility".
    Drop,
}

/// One row of the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconRow {
    /// Permanent name in kebab case.
    pub id: String,
    /// How its scope is found.
    pub kind: HedgeKind,
    /// How surely it leaves its scope held.
    pub commitment: Commitment,
    /// Whose it is where nothing else decides.
    pub by: HedgedBy,
    /// Where the row comes from.
    pub source: String,
    /// Folded words and phrases.
    pub words: Vec<String>,
    #[serde(default)]
    next: Vec<String>,
    #[serde(default)]
    not_next: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    negated: Negated,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    row: Vec<LexiconRow>,
}

/// Phrases by their first word: words of the phrase and the row, the longest first.
type Phrases = HashMap<String, Vec<(Vec<String>, usize)>>;

/// The general hedges.
pub struct HedgeLexicon {
    rows: Vec<LexiconRow>,
    phrases: Phrases,
}

/// Words of one phrase at most.
const PHRASE_WORDS: usize = 6;
/// Words that negate within this many words before a hedge.
const NEGATION_WORDS: usize = 3;

impl HedgeLexicon {
    /// Reads the table.
    ///
    /// # Errors
    /// Where the text is no such table, a row names no words or an id twice; the message names the row.
    pub fn parse(toml: &str) -> Result<Self, TableError> {
        let file: LexiconFile = toml::from_str(toml)?;
        let mut phrases = Phrases::new();
        for (index, row) in file.row.iter().enumerate() {
            let wrong = |what: &str| TableError::Row { row: row.id.clone(), what: what.to_owned() };
            if file.row[..index].iter().any(|other| other.id == row.id) {
                return Err(wrong("expected an id that no other row has"));
            }
            if row.words.is_empty() || row.commitment == Commitment::Certain {
                return Err(wrong("expected words, and a commitment that is less than certain"));
            }
            for phrase in &row.words {
                let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
                if words.len() > PHRASE_WORDS || words.iter().any(String::is_empty) {
                    return Err(wrong("expected phrases of one to six words with single spaces"));
                }
                phrases.entry(words[0].clone()).or_default().push((words, index));
            }
        }
        // A stable sort: of equally long phrases the earlier row's comes first.
        phrases.values_mut().for_each(|found| found.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        Ok(Self { rows: file.row, phrases })
    }

    /// The rows, in the order of their file.
    pub fn rows(&self) -> &[LexiconRow] {
        &self.rows
    }

    /// The hedge that begins at word `at`: its row and its number of words.
    pub(crate) fn at(&self, words: &[Word<'_>], at: usize) -> Option<(&LexiconRow, usize)> {
        let candidates = self.phrases.get(&*words.get(at)?.folded)?;
        candidates.iter().find_map(|(phrase, row)| {
            let row = &self.rows[*row];
            let fits = starts_with(&words[at..], phrase) && row.allows(words, at, at + phrase.len());
            fits.then_some((row, phrase.len()))
        })
    }
}

impl LexiconRow {
    fn allows(&self, words: &[Word<'_>], start: usize, end: usize) -> bool {
        let rest = words.get(end..).unwrap_or_default();
        // Adverbs and quotation marks stand between a hedge and what it needs: "appears, now, to".
        let skip = rest
            .iter()
            .take_while(|word| {
                word.is_quote()
                    || (!word.mark
                        && word.folded.ends_with("ly")
                        && word.folded != "likely"
                        && word.folded != "unlikely")
            })
            .count();
        let followed = |phrases: &[String], rest: &[Word<'_>]| phrases.iter().any(|phrase| phrase_starts(rest, phrase));
        if !self.next.is_empty() && !followed(&self.next, rest) && !followed(&self.next, &rest[skip..]) {
            return false;
        }
        if followed(&self.not_next, rest) {
            return false;
        }
        let before = &words[..start];
        if self.not_before.iter().any(|phrase| phrase_ends(before, phrase)) {
            return false;
        }
        self.negated == Negated::Keep || !is_negated(before)
    }
}

/// Whether a negation stands in the last words of `before`.
pub(crate) fn is_negated(before: &[Word<'_>]) -> bool {
    let near = before.iter().rev().take_while(|word| !word.mark).take(NEGATION_WORDS);
    near.into_iter().any(|word| {
        word.is_any(&["not", "no", "never", "neither", "nor", "without", "hardly", "cannot"])
            || word.folded.ends_with("n't")
    })
}

fn starts_with(words: &[Word<'_>], phrase: &[String]) -> bool {
    words.len() >= phrase.len() && phrase.iter().zip(words).all(|(part, word)| *part == *word.folded)
}

fn phrase_starts(words: &[Word<'_>], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|part| words.next().is_some_and(|word| *word.folded == *part))
}

fn phrase_ends(words: &[Word<'_>], phrase: &str) -> bool {
    let mut words = words.iter().rev();
    phrase.rsplit(' ').all(|part| words.next().is_some_and(|word| *word.folded == *part))
}
