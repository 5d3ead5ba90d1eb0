//! Offices and affiliations beside a name: before it, or behind it and a comma. Not what the office's holder is called later.

use super::lists::{self, DETERMINERS, PREPOSITIONS};
use super::name::Name;
use super::tables::PartyTables;
use super::token::{Shape, Words};

/// An office by token index, ends inclusive.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub title: (usize, usize),
    pub class: String,
    pub of: Option<(usize, usize)>,
    /// All words of the description.
    pub whole: (usize, usize),
    /// Whether it stands beside the name with a comma or a determiner, as a phrase of its own.
    pub apart: bool,
}

/// The longest role that ends at `at`: its first token and its class.
pub(super) fn role_ending<'tables>(
    words: &Words<'_>,
    tables: &'tables PartyTables,
    at: usize,
) -> Option<(usize, &'tables str)> {
    let mut key = String::new();
    let mut best = None;
    for back in 0..3 {
        let Some(first) = at.checked_sub(back) else { break };
        if !words.tokens.get(first).is_some_and(|token| token.is_word()) {
            break;
        }
        key = if key.is_empty() { words.at(first).to_owned() } else { format!("{} {key}", words.at(first)) };
        if let Some(class) = tables.role(&key) {
            best = Some((first, class));
        }
    }
    best
}

/// Walks back from the end of a title over what belongs to it.
fn description_ending(words: &Words<'_>, tables: &PartyTables, last: usize, apart: bool) -> Option<Found> {
    let sentence = words.tokens.get(last)?.sentence;
    let (mut first, class) = role_ending(words, tables, last)?;
    let class = class.to_owned();
    let mut of = None;
    let mut owner = None;
    let mut whole = first;
    let mut steps = 0;
    while steps < 9 {
        let Some(at) = whole.checked_sub(1) else { break };
        let token = &words.tokens[at];
        if token.sentence != sentence {
            break;
        }
        match token.shape {
            Shape::Lower if of.is_none() && (tables.modifiers.contains(&token.lower) || token.lower.contains('-')) => {
                first = at;
            }
            Shape::Lower if tables.role(&token.lower).is_some() && of.is_none() => first = at,
            Shape::Lower | Shape::Capital if lists::has(&["his", "her", "its", "their", "my", "our"], &token.lower) => {
                whole = at;
                of.get_or_insert((at, at));
                break;
            }
            Shape::Lower if tables.modifiers.contains(&token.lower) => {}
            Shape::Capital if of.is_none() && whole == first && tables.modifiers.contains(&token.lower) => first = at,
            Shape::Capital | Shape::Upper
                if !lists::has(lists::COMMON, &token.lower) || token.shape == Shape::Upper =>
            {
                of = Some(of.map_or((at, at), |(_, last)| (at, last)));
            }
            Shape::Possessive if of.is_none() && whole == first && at > 0 && words.shape(at - 1) == Shape::Lower => {
                let mut start = at;
                while start > 0
                    && at < start + 4
                    && words.tokens[start - 1].sentence == sentence
                    && words.tokens[start - 1].is_word()
                    && !lists::has(DETERMINERS, words.at(start - 1))
                {
                    start -= 1;
                }
                whole = start;
                owner = Some((start, at - 1));
                break;
            }
            Shape::Possessive => {}
            Shape::Lower if of.is_none() && at > 0 && lists::has(&["the", "a", "an"], words.at(at - 1)) => {
                if lists::has(lists::VERBS, &token.lower) || lists::has(PREPOSITIONS, &token.lower) {
                    break;
                }
                first = at;
            }
            _ => break,
        }
        whole = at;
        steps += 1;
    }
    if let Some((_, last)) = of {
        // "Kremlin's": the mark is no part of the name.
        if words.shape(last) == Shape::Possessive {
            of = None;
        }
    }
    Some(Found { title: (first, last), class, of: of.or(owner), whole: (whole, last), apart })
}

/// Reads forward from `at` a phrase that describes: "the Kremlin's chief spokesman for foreign policy".
pub(super) fn description_from(words: &Words<'_>, tables: &PartyTables, at: usize) -> Option<Found> {
    let sentence = words.tokens.get(at)?.sentence;
    let mut index = at;
    let mut title = None;
    while index < at + 12 {
        let Some(token) = words.tokens.get(index).filter(|token| token.sentence == sentence) else { break };
        match token.shape {
            Shape::Lower
                if lists::has(PREPOSITIONS, &token.lower)
                    || lists::has(&["who", "whose", "which", "that", "and", "but"], &token.lower) =>
            {
                break;
            }
            Shape::Comma | Shape::Stop | Shape::Quote | Shape::Dash | Shape::Open | Shape::Close => break,
            Shape::Lower if lists::has(lists::VERBS, &token.lower) => break,
            _ => {}
        }
        if let Some((first, class)) = role_ending(words, tables, index).filter(|(first, _)| *first >= at) {
            title = Some((first, index, class.to_owned()));
        }
        index += 1;
    }
    let (mut first, last, class) = title?;
    if last + 1 < index
        && words.tokens[last + 1..index].iter().any(|token| token.shape == Shape::Lower && !token.lower.ends_with("ly"))
    {
        // The head is another noun: "a lawyer friend", "the governor race".
        let head = index - 1;
        role_ending(words, tables, head)?;
    }
    while first > at
        && words.shape(first - 1) == Shape::Lower
        && (tables.modifiers.contains(words.at(first - 1)) || tables.role(words.at(first - 1)).is_some())
    {
        first -= 1;
    }
    let mut of = None;
    for before in at..first {
        if words.tokens[before].is_capital() && !lists::has(lists::COMMON, words.at(before))
            || lists::has(&["his", "her", "its", "their"], words.at(before))
        {
            of = Some(of.map_or((before, before), |(first, _)| (first, before)));
        }
    }
    if of.is_none()
        && let Some(mark) = (at..first).rev().find(|at| words.shape(*at) == Shape::Possessive)
    {
        let mut start = at;
        while start < mark && lists::has(DETERMINERS, words.at(start)) {
            start += 1;
        }
        of = (start < mark).then(|| (start, mark - 1));
    }
    let mut end = last;
    if of.is_none()
        && lists::has(&["of", "for", "at", "with", "in", "to", "from"], words.at(index))
        && index == last + 1
    {
        let mut to = index + 1;
        if words.at(to) == "the" {
            to += 1;
        }
        let from = to;
        while to < from + 8
            && words.tokens.get(to).is_some_and(|token| {
                token.sentence == sentence
                    && (token.is_capital()
                        || (to > from
                            && lists::has(&["of", "for", "the", "&"], &token.lower)
                            && words
                                .tokens
                                .get(to + 1)
                                .is_some_and(|next| next.is_word() && (next.is_capital() || next.lower == "the"))))
            })
        {
            to += 1;
        }
        if to > from {
            of = Some((from, to - 1));
            end = to - 1;
        }
    }
    Some(Found { title: (first, last), class, of, whole: (at, end), apart: true })
}

/// "The mayor of Orsel", "a clerk for the town court" that ends at `last`.
fn office_of(words: &Words<'_>, tables: &PartyTables, last: usize) -> Option<Found> {
    let sentence = words.tokens[last].sentence;
    let link = (last.saturating_sub(7)..last).rev().find(|at| lists::has(&["of", "for"], words.at(*at)))?;
    let whole = link > 0
        && words.tokens[link - 1].sentence == sentence
        && (link..=last).all(|at| words.tokens[at].is_word() && !lists::has(lists::VERBS, words.at(at)));
    let found = description_ending(words, tables, link - 1, true).filter(|_| whole)?;
    let opens = found.whole.0.checked_sub(1).filter(|at| words.tokens[*at].sentence == sentence)?;
    let from = if lists::has(DETERMINERS, words.at(link + 1)) { link + 2 } else { link + 1 };
    (from <= last && lists::has(&["the", "a", "an"], words.at(opens))).then_some(Found {
        of: Some((from, last)),
        whole: (found.whole.0, last),
        ..found
    })
}

/// The offices beside one name.
pub(super) fn offices(words: &Words<'_>, tables: &PartyTables, name: &Name) -> Vec<Found> {
    let mut found = Vec::new();
    let sentence = words.tokens[name.first].sentence;
    let first = name.title.map_or(name.first, |(first, _)| first);
    if let Some((_, last)) = name.title {
        found.extend(description_ending(words, tables, last, false));
    } else if first > 0 && words.tokens[first - 1].sentence == sentence {
        if words.shape(first - 1) == Shape::Lower {
            found.extend(description_ending(words, tables, first - 1, false));
        } else if words.at(first - 1) == "," && first > 1 {
            let role = (words.shape(first - 2) == Shape::Lower).then_some(first - 2);
            let apart = role.and_then(|at| description_ending(words, tables, at, true)).filter(|found| {
                found.whole.0.checked_sub(1).is_some_and(|at| {
                    lists::has(&["the", "a", "an"], words.at(at)) && words.tokens[at].sentence == sentence
                }) || (found.whole.0..found.title.0).any(|at| words.shape(at) == Shape::Possessive)
                    || found.of.is_some_and(|(at, _)| lists::has(&["his", "her", "its", "their"], words.at(at)))
            });
            found.extend(apart.or_else(|| office_of(words, tables, first - 2)));
        }
    }
    let comma = name.last + 1;
    if words.at(comma) == "," && words.tokens.get(comma + 1).is_some_and(|token| token.sentence == sentence) {
        let next = &words.tokens[comma + 1];
        let lower = next.lower.as_str();
        let begins = lists::has(DETERMINERS, lower)
            || next.is_capital()
            || tables.modifiers.contains(lower)
            || tables.role(lower).is_some()
            || next.lower.contains('-');
        if begins && next.is_word() {
            found.extend(description_from(words, tables, comma + 1));
        }
    }
    found
}
