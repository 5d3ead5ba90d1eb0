//! What kind of change exchanged words are. Trivial ones (typo, layout, order) are classes of their own, so that they drown nothing.

use serde::{Deserialize, Serialize};

use super::sentence::Word;

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeClass {
    /// A number, or the words of its bound.
    Figure,
    /// A hedge came or went.
    Hedge,
    /// Words between quotation marks.
    Quotation,
    /// Who is credited, or the words that credit.
    Source,
    /// A name.
    Name,
    /// A note of a correction, clarification, withdrawal or update.
    Note,
    /// A sentence that the older text has not.
    Addition,
    /// A sentence that the newer text has not.
    Removal,
    /// Other words.
    Wording,
    /// A sentence at another place; trivial.
    Order,
    /// A misspelling put right, or made; trivial.
    Typo,
    /// Marks, capitals, paragraphs; trivial.
    Layout,
}

impl ChangeClass {
    /// Whether it changes nothing that is said.
    pub const fn is_trivial(self) -> bool {
        matches!(self, Self::Order | Self::Typo | Self::Layout)
    }
}

/// Words that lower how surely something is held, as far as one word or two show it.
#[rustfmt::skip]
const HEDGES: &[&str] = &[
    "allegedly", "alleged", "reportedly", "apparently", "supposedly", "purportedly", "purported", "seemingly",
    "possibly", "probably", "perhaps", "maybe", "likely", "unlikely", "may", "might", "could", "suspected",
    "believed", "appears", "appeared", "appear", "seems", "seemed", "rumoured", "rumored", "unconfirmed",
    "unverified", "claimed", "presumably", "potentially",
];
/// Numbers as words.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands",
    "million", "millions", "billion", "billions", "dozen", "dozens", "half", "once", "twice", "percent",
];
/// Words of the bounds of numbers.
#[rustfmt::skip]
const BOUNDS: &[&str] = &[
    "least", "most", "about", "around", "roughly", "nearly", "almost", "over", "under", "fewer", "approximately", "some",
];

/// Whether the word is a number or a part of one.
pub(super) fn is_number(word: &Word) -> bool {
    word.folded.chars().any(|letter| letter.is_ascii_digit()) || NUMBERS.contains(&word.folded.as_str())
}

/// Whether the word is a hedge.
pub(super) fn is_hedge(word: &Word) -> bool {
    HEDGES.contains(&word.folded.as_str())
}

/// The numbers among words, sorted.
pub(super) fn numbers(words: &[Word]) -> Vec<&str> {
    let mut found: Vec<&str> = words.iter().filter(|word| is_number(word)).map(|word| word.folded.as_str()).collect();
    found.sort_unstable();
    found
}

fn hedges(words: &[Word]) -> Vec<&str> {
    let mut found: Vec<&str> = words.iter().filter(|word| is_hedge(word)).map(|word| word.folded.as_str()).collect();
    found.sort_unstable();
    found
}

fn is_bound(words: &[Word]) -> bool {
    words.len() < 3 && words.iter().any(|word| BOUNDS.contains(&word.folded.as_str()))
}

/// The class of exchanged words; `first` is whether they begin their sentence, where a capital letter shows no name. Whether they credit
/// somebody is for the attributions to say.
pub(super) fn classify(older: &[Word], newer: &[Word], first: bool) -> ChangeClass {
    let any = |is_it: &dyn Fn(&Word) -> bool| older.iter().chain(newer).any(is_it);
    if is_typo(older, newer) {
        return ChangeClass::Typo;
    }
    if any(&|word| word.quoted) {
        return ChangeClass::Quotation;
    }
    if numbers(older) != numbers(newer) {
        return ChangeClass::Figure;
    }
    if hedges(older) != hedges(newer) {
        return ChangeClass::Hedge;
    }
    if is_bound(older) || is_bound(newer) {
        return ChangeClass::Figure;
    }
    if names(older, first) != names(newer, first) {
        return ChangeClass::Name;
    }
    ChangeClass::Wording
}

fn names(words: &[Word], first: bool) -> Vec<&str> {
    let mut found: Vec<&str> = words
        .iter()
        .skip(usize::from(first))
        .filter(|word| {
            word.written.trim_start_matches(['“', '"', '‘', '(']).chars().next().is_some_and(char::is_uppercase)
        })
        .map(|word| word.folded.as_str())
        .collect();
    found.sort_unstable();
    found
}

/// Whether every word is the other one misspelt: one letter put in, left out or exchanged inside of a word, or two neighbours turned
/// round. Endings make tenses and plurals, first letters make "million" of "billion": neither is a typo; names and numbers never are.
fn is_typo(older: &[Word], newer: &[Word]) -> bool {
    let fits = |(one, other): (&Word, &Word)| {
        let capital = |word: &Word| word.written.chars().next().is_some_and(char::is_uppercase);
        let name = capital(one) && capital(other);
        let number = is_number(one) || is_number(other);
        !name && !number && is_misspelt(&one.folded, &other.folded)
    };
    // "to day" and "today".
    let joined = |words: &[Word]| words.iter().map(|word| word.folded.as_str()).collect::<String>();
    let closed_up = older.len() + newer.len() == 3 && joined(older) == joined(newer);
    closed_up
        || (!older.is_empty() && older.len() == newer.len() && older.len() < 3 && older.iter().zip(newer).all(fits))
}

fn is_misspelt(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let head = one.iter().zip(&other).take_while(|(left, right)| left == right).count();
    let most = one.len().min(other.len()) - head;
    let tail = one.iter().rev().zip(other.iter().rev()).take(most).take_while(|(left, right)| left == right).count();
    let (left, right) = (&one[head..one.len() - tail], &other[head..other.len() - tail]);
    let swapped = left.len() == 2 && right.len() == 2 && left[0] == right[1] && left[1] == right[0];
    if swapped {
        return one.len() > 2;
    }
    head > 0 && tail > 1 && one.len().min(other.len()) > 4 && left.len() < 2 && right.len() < 2
}

#[cfg(test)]
mod tests {
    use onrecord_evidence::TextRange;

    use super::super::sentence::words_of;
    use super::*;

    fn check(older: &str, newer: &str, expect: ChangeClass) {
        let words = |text: &str| words_of(text, TextRange::new(0, text.len() as u32), &mut false);
        assert_eq!(classify(&words(older), &words(newer), false), expect, "{older} / {newer}");
    }

    #[test]
    fn classes() {
        use ChangeClass::{Figure, Hedge, Name, Quotation, Typo, Wording};
        check("127", "96", Figure);
        check("million", "billion", Figure);
        check("At least two", "Three", Figure);
        check("at least", "", Figure);
        check("allegedly", "", Hedge);
        check("accomodation", "accommodation", Typo);
        check("hte", "the", Typo);
        check("to day", "today", Typo);
        check("denied", "denies", Wording);
        check("increase", "decrease", Wording);
        check("likely", "unlikely", Hedge);
        check("Orsel", "Varn", Name);
        check("“no, never”", "“no, not", Quotation);
        check("gate", "door", Wording);
    }
}
