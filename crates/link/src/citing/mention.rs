//! Names of outlets in one sentence. Not whether they are cited ([`super::context`]).

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::calendar::{DAYS, MONTHS};

use super::masthead::OutletNames;
use super::name::{folded, is_descriptor, is_host, looks_like_outlet};
use super::pattern::{COMMON, NO_NAMES, NO_OUTLETS};
use super::token::Token;

/// A name that is or may be an outlet's.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
    /// Whether the name itself shows an outlet: by the tables, by the parties of the article, by its form.
    pub sure: bool,
}

/// What is known about names before the sentences are looked at.
pub(super) struct Names<'a> {
    /// The tables and the ledger.
    pub outlets: &'a dyn OutletNames,
    /// Keys of parties that the article shows to be outlets or agencies.
    pub parties: BTreeSet<String>,
    /// Words of the names of people, lower case.
    pub people: BTreeSet<String>,
    /// Look-ups that were made.
    pub asked: BTreeMap<String, bool>,
}

/// Tokens of a name at most.
const LONGEST: usize = 7;
/// Small words inside of names.
const JOINS: &[&str] = &["of", "the", "de", "du", "del", "&", "for", "la"];

impl Names<'_> {
    /// Whether tables or parties know the name.
    pub fn is_known(&mut self, name: &str) -> bool {
        let key = folded(name);
        if key.len() < 2 || NO_OUTLETS.contains(&key.as_str()) {
            return false;
        }
        if self.parties.contains(&key) {
            return true;
        }
        let outlets = self.outlets;
        *self.asked.entry(key).or_insert_with_key(|key| !outlets.outlets(key).is_empty())
    }

    /// Whether a word of the name is one of a person's.
    pub fn is_person(&self, name: &str) -> bool {
        name.split_whitespace().any(|word| self.people.contains(&word.to_lowercase()))
    }

    /// Whether every word of the name is one of a person's.
    pub fn is_wholly_person(&self, name: &str) -> bool {
        name.split_whitespace().all(|word| self.people.contains(&word.to_lowercase()))
    }
}

/// The mentions of a sentence, in order, not overlapping.
pub(super) fn mentions(text: &str, tokens: &[Token<'_>], names: &mut Names<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !begins(&tokens[at]) {
            at += 1;
            continue;
        }
        let end = run_end(tokens, at);
        let mut from = at;
        while from <= end {
            match best(text, tokens, from, end, names) {
                Some(mention) => {
                    from = mention.last + 1;
                    found.push(mention);
                }
                None => break,
            }
            while from <= end && !begins(&tokens[from]) {
                from += 1;
            }
        }
        at = end + 1;
    }
    found
}

fn begins(token: &Token<'_>) -> bool {
    !token.mark && (is_host(token.words) || (token.capital && !token.is_any(NO_NAMES)) || is_station(token))
}

fn is_acronym(word: &str) -> bool {
    word.len() > 2 && word.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

/// "iGen", "eBay": a small letter before a capital one; "9to5vint": a number inside of a word.
fn is_station(token: &Token<'_>) -> bool {
    let digits = token.words.chars().next().is_some_and(|letter| letter.is_ascii_digit());
    if digits {
        let letters = token.words.chars().filter(|letter| letter.is_alphabetic()).count();
        return letters > 3 && token.words.chars().all(char::is_alphanumeric);
    }
    let mut letters = token.words.chars();
    letters.next().is_some_and(char::is_lowercase)
        && letters.next().is_some_and(char::is_uppercase)
        && token.words.chars().count() > 3
}

/// The last token of the name that begins at `at`, small words inside of it included.
fn run_end(tokens: &[Token<'_>], at: usize) -> usize {
    let mut end = at;
    let mut next = at + 1;
    while next < tokens.len() && next < at + LONGEST {
        if tokens[end].possessive {
            break;
        }
        let token = &tokens[next];
        let number = token.words.len() < 3 && token.words.chars().all(|letter| letter.is_ascii_digit());
        if !token.mark && ((token.capital && !is_day(token)) || number) {
            end = next;
        } else if !(token.is_any(JOINS) && tokens.get(next + 1).is_some_and(|after| after.capital && !after.mark)) {
            break;
        }
        next += 1;
    }
    end
}

fn is_day(token: &Token<'_>) -> bool {
    // "May" is more often a verb.
    token.is_any(&DAYS) || token.is_any(&MONTHS) && !token.is_any(&["may"])
}

/// The longest part of a run, from `from` on, that shows an outlet; without one the run itself, unsure.
fn best(text: &str, tokens: &[Token<'_>], from: usize, end: usize, names: &mut Names<'_>) -> Option<Mention> {
    let name = |first: usize, last: usize| {
        text.get(tokens[first].range.start as usize..tokens[last].range.end as usize).unwrap_or_default()
    };
    let described = is_described(tokens, from, end);
    for first in from..=end {
        if !begins(&tokens[first]) {
            continue;
        }
        for last in (first..=end).rev() {
            if tokens[last].is_any(JOINS) {
                continue;
            }
            let words = name(first, last);
            let known = names.is_known(words);
            // A common word at the head of a sentence is that word.
            let common =
                first == last && tokens[first].is_any(COMMON) && (first == 0 || !is_after_article(tokens, first));
            // A person's name may end like a paper's ("Otto Star"); what the article shows to be a person is none.
            let shaped = looks_like_outlet(words) && !names.is_wholly_person(words);
            // One known word of a longer name is that name's: "National" of "National Water Office"; an acronym stands for itself.
            let inside = first == last && end > from && !is_acronym(tokens[first].words) && !tokens[last].possessive;
            if (known && !common && !inside) || shaped {
                return Some(Mention { first, last, sure: true });
            }
        }
    }
    // "Frane's website" is a person's, and Frane no outlet.
    Some(Mention { first: from, last: end, sure: described && !names.is_wholly_person(name(from, end)) })
}

fn is_after_article(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].is_any(&["the", "in", "to", "by"]))
}

/// Whether a noun beside it says that it is an outlet: "newspaper Hallin Dag", "the Pellam news agency".
fn is_described(tokens: &[Token<'_>], first: usize, last: usize) -> bool {
    let newsy = |at: usize| {
        let token = &tokens[at];
        token.is_any(&[
            "newspaper",
            "tabloid",
            "magazine",
            "website",
            "blog",
            "broadsheet",
            "newswire",
            "broadcaster",
            "publication",
            "webzine",
        ]) || (is_descriptor(&token.lower)
            && at > 0
            && tokens[at - 1].is_any(&["news", "media", "press", "tv", "television", "radio"]))
    };
    if first.checked_sub(1).is_some_and(newsy) {
        return true;
    }
    let apposed = first > 1
        && tokens[first - 1].words == ","
        && (newsy(first - 2) || tokens[first - 2].is_any(&["site", "paper", "outlet"]));
    if apposed && tokens.get(last + 1).is_some_and(|after| after.words == ",") {
        return true;
    }
    let mut next = last + 1;
    if tokens.get(next).is_some_and(|token| token.is_any(&["news", "media", "press", "tv", "television", "radio"])) {
        next += 1;
    }
    let behind = tokens.get(next).is_some_and(|token| !token.mark) && newsy(next);
    // "The Tarvian newspaper": where it is from, not its name; "the Tarvian newspaper Dag": the name follows.
    let adjective = (first == last || tokens[first].is_any(&["south", "north", "saudi", "east", "west"]))
        && ["ian", "ean", "ish", "ese", "can", "man", "orean", "raqi", "aeli", "rench", "utch", "abi"]
            .iter()
            .any(|end| tokens[last].lower.ends_with(end));
    behind && !adjective && tokens.get(next + 1).is_none_or(|after| !begins(after))
}
