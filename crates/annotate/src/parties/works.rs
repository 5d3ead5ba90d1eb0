//! Titled works and polls among the names: a film, a book, "the Bloomberg poll". Not who made them, and not their contents.

use std::collections::HashMap;

use super::lists;
use super::name::{Name, Shown};
use super::party::PartyKind;
use super::token::{Shape, Words};

/// Nouns for works; those of one row can stand for one work.
#[rustfmt::skip]
const WORKS: &[&[&str]] = &[
    &["film", "movie", "documentary", "docudrama", "picture"],
    &["book", "memoir", "novel", "biography", "autobiography", "bestseller", "tome"],
    &["show", "series", "program", "programme", "sitcom", "podcast", "broadcast"],
    &["song", "single", "album", "track"],
    &["article", "essay", "op-ed", "column", "editorial", "piece", "post", "story"],
    &["website", "site", "blog", "page"],
    &["ad", "advertisement", "commercial", "spot", "video", "clip"],
    &["play", "musical", "opera"],
    &["report", "study", "paper", "review"],
    &["poll", "survey"],
];

/// Words between a pollster and "poll".
pub(super) const POLL_WORDS: &[&str] = &[
    "national",
    "presidential",
    "tracking",
    "news",
    "new",
    "latest",
    "general-election",
    "political",
    "opinion",
    "state",
    "online",
    "recent",
];

/// The row of a noun for works.
pub(super) fn work_class(noun: &str) -> Option<usize> {
    WORKS.iter().position(|row| lists::has(row, noun))
}

/// The nouns of the row that `noun` stands in.
pub(super) fn work_nouns(noun: &str) -> &'static [&'static str] {
    work_class(noun).map_or(&[], |class| WORKS[class])
}

/// Adds titled works to the names, joins "Reuters/Ipsos poll" to one name. Gives the noun beside each work by its first token.
pub(super) fn works(words: &Words<'_>, names: &mut Vec<Name>) -> HashMap<usize, String> {
    let mut nouns = HashMap::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    polls(words, names);
    for name in names.iter_mut().filter(|name| !name.nested && name.title.is_none()) {
        let capital = name.last > name.first
            && words.tokens[name.last].is_capital()
            && lists::has(&["poll", "survey"], words.at(name.last));
        if capital {
            name.shown = Shown::Body(PartyKind::Document);
        }
        if name.shown != Shown::Body(PartyKind::Document) {
            continue;
        }
        let sentence = words.tokens[name.first].sentence;
        while name.first >= 1 && name.last - name.first < 12 {
            let before = &words.tokens[name.first - 1];
            let capital = before.is_capital()
                && (!lists::has(lists::COMMON, &before.lower) || lists::has(lists::INSIDE, &before.lower));
            let slash = before.lower == "/" && name.first >= 2 && words.tokens[name.first - 2].is_capital();
            if before.sentence != sentence || !capital && !slash {
                break;
            }
            name.first -= 1;
        }
        found.push((name.first, name.last));
    }
    let polls = found.len();
    let mut at = 0;
    while at < words.tokens.len() {
        let next = match quoted_title(words, at).or_else(|| plain_title(words, at)) {
            Some((first, last, noun)) => {
                nouns.insert(first, noun.to_owned());
                found.push((first, last));
                last + 1
            }
            None => at + 1,
        };
        at = next;
    }
    let mut spans = found.clone();
    spans.sort_unstable();
    for name in names.iter_mut() {
        let before = spans.partition_point(|(first, _)| *first <= name.first);
        let inside = spans[..before].last().is_some_and(|(first, last)| {
            name.last <= *last && (name.first, name.last) != (*first, *last) && name.title.is_none()
        });
        name.nested |= inside;
    }
    let taken: Vec<(usize, usize)> = names.iter().map(|name| (name.first, name.last)).collect();
    let taken: HashMap<(usize, usize), usize> = taken.into_iter().zip(0..).collect();
    for (first, last) in found.into_iter().skip(polls) {
        match taken.get(&(first, last)) {
            Some(index) => names[*index].shown = Shown::Body(PartyKind::Document),
            None => {
                names.push(Name { first, last, title: None, shown: Shown::Body(PartyKind::Document), nested: false });
            }
        }
    }
    names.sort_by_key(|name| (name.first, name.nested));
    nouns
}

/// Names of pollsters with "poll" behind them, where the pollster is known and so stands alone: "a Bloomberg national poll".
fn polls(words: &Words<'_>, names: &mut Vec<Name>) {
    let mut more = Vec::new();
    for name in names.iter_mut().filter(|name| !name.nested && name.title.is_none()) {
        if matches!(name.shown, Shown::Body(PartyKind::Document) | Shown::Person) {
            continue;
        }
        let mut to = name.last + 1;
        while to < name.last + 4 && words.shape(to) == Shape::Lower && lists::has(POLL_WORDS, words.at(to)) {
            to += 1;
        }
        let same = words.tokens.get(to).is_some_and(|token| {
            token.sentence == words.tokens[name.last].sentence && lists::has(&["poll", "survey"], &token.lower)
        });
        if same {
            more.push(Name { last: to, shown: Shown::Body(PartyKind::Document), ..name.clone() });
            name.nested = true;
        }
    }
    names.append(&mut more);
}

/// A title in quotation marks that opens at `at`, with a noun for a work beside it.
fn quoted_title<'words>(words: &'words Words<'_>, at: usize) -> Option<(usize, usize, &'words str)> {
    let open = words.tokens.get(at).filter(|token| token.shape == Shape::Quote)?;
    let close = (at + 2..at + 14).find(|close| words.shape(*close) == Shape::Quote)?;
    if words.tokens[close].sentence > open.sentence + 1 || words.tokens[close].paragraph != open.paragraph {
        return None;
    }
    let mut last = close - 1;
    while last > at + 1 && !words.tokens[last].is_word() {
        last -= 1;
    }
    if !titled(words, at + 1, last) {
        return None;
    }
    let noun = noun_before(words, at).or_else(|| {
        let mut next = close + 1;
        if words.at(next) == "," {
            next += 1;
        }
        let noun = words.at(next);
        (words.shape(next) == Shape::Lower && work_class(noun).is_some()).then_some(noun)
    })?;
    Some((at + 1, last, noun))
}

/// A title without marks behind "entitled" or "titled".
fn plain_title<'words>(words: &'words Words<'_>, at: usize) -> Option<(usize, usize, &'words str)> {
    let token = words.tokens.get(at).filter(|token| token.shape == Shape::Lower)?;
    if !lists::has(&["entitled", "titled"], &token.lower) {
        return None;
    }
    let noun = (at.saturating_sub(10)..at)
        .rev()
        .find(|back| words.shape(*back) == Shape::Lower && work_class(words.at(*back)).is_some())?;
    let (mut last, mut index) = (at, at + 1);
    while index < at + 14 && words.tokens.get(index).is_some_and(|next| next.sentence == token.sentence) {
        let next = &words.tokens[index];
        if next.is_capital() || next.shape == Shape::Number {
            last = index;
        } else if next.lower != ":" && !lists::has(&["of", "the", "and", "a", "in", "to", "for"], &next.lower) {
            break;
        }
        index += 1;
    }
    (last > at + 1 && words.tokens[at + 1].is_capital()).then(|| (at + 1, last, words.at(noun)))
}

/// Whether the words are written as a title.
fn titled(words: &Words<'_>, first: usize, last: usize) -> bool {
    let digits = |lower: &str| lower.starts_with(|letter: char| letter.is_ascii_digit());
    let head = |at: usize| words.tokens[at].is_capital() || digits(words.at(at));
    head(first)
        && (first..=last).all(|at| {
            let token = &words.tokens[at];
            token.shape != Shape::Lower
                || digits(&token.lower)
                || (at > first && (lists::has(lists::PREPOSITIONS, &token.lower) || token.lower.len() < 4))
        })
        && words.tokens[first..=last].iter().filter(|token| token.shape == Shape::Stop).count() == 0
        && (last > first || words.at(first).len() > 1)
}

/// The noun that stands before the mark at `at`: "the film", "a memoir called", "host of".
fn noun_before<'words>(words: &'words Words<'_>, at: usize) -> Option<&'words str> {
    let mut back = at;
    for _ in 0..3 {
        back = back.checked_sub(1).filter(|back| words.tokens[*back].sentence == words.tokens[at].sentence)?;
        let word = words.at(back);
        if words.shape(back) == Shape::Lower && work_class(word).is_some() {
            return Some(word);
        }
        if !lists::has(&[",", ":", "called", "titled", "entitled", "named", "dubbed", "was", "is"], word) {
            return match word {
                "of" if lists::has(&["author", "co-author", "authors"], words.at(back.checked_sub(1)?)) => Some("book"),
                "of" if lists::has(&["host", "co-host", "anchor"], words.at(back.checked_sub(1)?)) => Some("show"),
                _ => None,
            };
        }
    }
    None
}
