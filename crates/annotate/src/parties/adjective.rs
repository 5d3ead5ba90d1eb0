//! What capitals show beside a name: adjectives that are no party, places by their adjective, agencies by their dateline. Not who speaks.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cluster::Entity;
use super::lists;
use super::name::{Name, Shown};
use super::party::PartyKind;
use super::tables::{PartyTables, singular};
use super::token::{Shape, Words};

/// How an adjective of a place may end.
const ENDINGS: &[&str] = &["an", "ian", "ese", "ish", "i", "n"];

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'y'];

/// First words of the names of places.
const PLACES: &[&str] = &["port", "fort", "lake", "mount", "cape"];

/// What the adjective of a name may be: "Orsian" of "Orsia".
fn adjectives_of(name: &str) -> Vec<String> {
    let stem = name.trim_end_matches(VOWELS);
    let whole = ENDINGS.iter().map(|ending| format!("{name}{ending}"));
    let cut = ENDINGS.iter().filter(|ending| **ending != "n").map(|ending| format!("{stem}{ending}"));
    match (name.chars().count(), stem.chars().count()) {
        (..4, _) => Vec::new(),
        (_, ..3) => whole.collect(),
        _ => whole.chain(cut).collect(),
    }
}

/// Whether the text has an adjective of the name.
pub(super) fn has_adjective(words: &Words<'_>, name: &str) -> bool {
    adjectives_of(name).iter().any(|adjective| words.capital.contains(adjective))
}

/// Whether a noun stands behind that the word says more of: lower case, and neither verb nor link.
fn before_noun(words: &Words<'_>, at: usize) -> bool {
    let (Some(word), Some(next)) = (words.tokens.get(at), words.tokens.get(at + 1)) else { return false };
    let lower = next.lower.as_str();
    next.sentence == word.sentence
        && next.shape == Shape::Lower
        && !lists::has(lists::VERBS, lower)
        && !lists::has(lists::PREPOSITIONS, lower)
        && !lists::has(lists::ADVERBS, lower)
        && !lists::has(lists::COMMON, lower)
        && !lists::has(lists::DETERMINERS, lower)
        && !lower.ends_with("ed")
        && !lower.ends_with("ly")
}

/// Drops names of one word that are adjectives: made of another name, or with the ending of an adjective and only before nouns.
pub(super) fn drop_adjectives(words: &Words<'_>, tables: &PartyTables, names: &mut Vec<Name>) {
    let inside: HashSet<&str> = names
        .iter()
        .filter(|name| name.first < name.last || name.title.is_some())
        .flat_map(|name| (name.first..=name.last).map(|at| words.at(at)))
        .collect();
    let mut stands: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, token) in words.tokens.iter().enumerate().filter(|(_, token)| token.is_capital()) {
        let (noun, all) = stands.entry(token.lower.as_str()).or_default();
        *noun += usize::from(before_noun(words, at));
        *all += 1;
    }
    let made: HashSet<String> = stands.keys().flat_map(|name| adjectives_of(name)).collect();
    let adjective = |word: &str| ENDINGS.iter().take(5).any(|ending| word.ends_with(ending)) && word.len() > 4;
    names.retain(|name| {
        let word = words.at(name.first);
        if name.first != name.last || name.title.is_some() || name.shown != Shown::Open || !adjective(word) {
            return true;
        }
        let (noun, all) = stands.get(word).copied().unwrap_or_default();
        if noun == 0 || tables.given.contains_key(word) || tables.surnames.contains_key(word) {
            return true;
        }
        !(made.contains(word) || noun == all && !inside.contains(word))
    });
}

/// Sources of one word with a capital at the start of a sentence: names, where the word is no other thing.
pub(super) fn credit_alone(words: &mut Words<'_>, tables: &PartyTables, sources: &[Range<usize>]) {
    for source in sources.iter().filter(|source| source.len() == 1) {
        let Some(token) = words.tokens.get(source.start) else { continue };
        let lower = token.lower.clone();
        let other = words.lower.contains(&lower)
            || tables.role(&lower).is_some()
            || tables.bodies.contains_key(&lower)
            || tables.documents.contains(&lower)
            || singular(&lower).is_some()
            || lists::has(lists::COMMON, &lower)
            || super::nominal::pronoun(words, source.start).is_some();
        if token.shape == Shape::Capital && !other && lower.chars().count() > 3 {
            words.capital.insert(lower);
        }
    }
}

/// Gives parties the kind that words around them show: a place that has an adjective, an agency in a dateline.
pub(super) fn settle(words: &Words<'_>, tables: &PartyTables, names: &[Name], entities: &mut [Entity]) {
    let adjectives: HashSet<&str> = words
        .tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| {
            token.shape == Shape::Capital
                && ENDINGS.iter().take(5).any(|ending| token.lower.ends_with(ending))
                && (at.checked_sub(1).is_some_and(|before| words.at(before) == "in")
                    || before_noun(words, *at)
                    || words.tokens.get(at + 1).is_some_and(|next| next.is_capital()))
        })
        .map(|(_, token)| token.lower.as_str())
        .collect();
    for entity in entities {
        let own: Vec<&Name> = entity.names.iter().map(|index| &names[*index]).collect();
        if own.iter().any(|name| agency(words, name)) && !own.iter().any(|name| name.title.is_some()) {
            entity.kind = PartyKind::Agency;
            entity.person = -5.0;
            entity.place = false;
            continue;
        }
        if entity.key.len() > 2 && entity.key[entity.key.len() - 2] == "and" && !entity.is_person() {
            let firm = entity.key.last().is_some_and(|last| lists::has(super::begin::TAILS, last));
            entity.words.extend(["company", "firm", "utility"].map(str::to_owned).into_iter().filter(|_| firm));
        }
        let bare = matches!(entity.kind, PartyKind::Person | PartyKind::Institution)
            && own.iter().all(|name| name.title.is_none() && name.shown == Shown::Open)
            && entity.offices.is_empty()
            && entity.stands_for.is_none();
        let first = entity.key.first().map_or("", String::as_str);
        let place = match entity.key.len() {
            1 => {
                !tables.surnames.contains_key(first)
                    && !tables.given.contains_key(first)
                    && (adjectives_of(first).iter().any(|adjective| adjectives.contains(adjective.as_str()))
                        || own.iter().any(|name| ruled(words, tables, name)))
            }
            2 => lists::has(PLACES, first),
            _ => false,
        };
        if bare && place {
            entity.kind = PartyKind::Government;
            entity.person = -5.0;
            entity.gender = None;
            entity.place = true;
            entity.city = entity.key.len() > 1;
        }
    }
}

/// "The president of Orsia", "the government of Orsia".
fn ruled(words: &Words<'_>, tables: &PartyTables, name: &Name) -> bool {
    let Some(head) = name.first.checked_sub(2).filter(|head| words.at(head + 1) == "of") else { return false };
    let class = super::office::role_ending(words, tables, head).map_or("", |(_, class)| class);
    let ruler = lists::has(&["head-of-state", "head-of-government"], class) && words.at(head) != "mayor";
    words.tokens[head].sentence == words.tokens[name.first].sentence && (ruler || words.at(head) == "government")
}

/// "ORSEL, Sept 9 (Northern Wire) —", "the Northern Wire news agency", "the news agency Northern Wire".
fn agency(words: &Words<'_>, name: &Name) -> bool {
    let sentence = words.tokens[name.first].sentence as usize;
    let opens = words.sentences.get(sentence).map_or(0, |range| range.start);
    let before = name.first.checked_sub(1).map_or("", |at| words.at(at));
    let dateline = before == "("
        && words.at(name.last + 1) == ")"
        && words.shape(name.last + 2) == Shape::Dash
        && name.first < opens + 16;
    let behind = words.at(name.last + 1) == "news" && words.at(name.last + 2) == "agency";
    let ahead = before == "agency" && name.first > 1 && words.at(name.first - 2) == "news";
    dateline || behind || ahead
}
