//! Where a name can begin, and which known names stand there. Not where it ends.

use std::collections::HashSet;

use super::lists::{self, COMMON};
use super::party::PartyKind;
use super::tables::{Known, PartyTables};
use super::token::{Shape, Words};

/// Last words of what begins with a given name: "Dean" of "Howard Dean" is a title elsewhere only.
pub(super) fn surnames(words: &Words<'_>, tables: &PartyTables) -> HashSet<String> {
    let mut found = HashSet::new();
    for (at, token) in words.tokens.iter().enumerate() {
        if token.shape == Shape::Capital
            && tables.given.contains_key(&token.lower)
            && !tables.address.contains_key(&token.lower)
        {
            let mut last = at + 1;
            if words.at(last).chars().count() == 1 {
                last += 1;
            }
            let role = tables.role(words.at(last)).is_some();
            if words.shape(last) == Shape::Capital
                && role
                && !words.tokens.get(last + 1).is_some_and(|next| next.is_capital())
            {
                found.insert(words.at(last).to_owned());
            }
        }
    }
    found
}

/// Whether a name can begin here.
pub(super) fn starts(words: &Words<'_>, tables: &PartyTables, at: usize, sentence: usize, titled: bool) -> bool {
    let token = &words.tokens[at];
    if !token.is_capital() {
        return false;
    }
    let lower = token.lower.as_str();
    if token.shape == Shape::Upper && lower == "i"
        || lower.len() < 2 && !words.tokens.get(at + 1).is_some_and(|next| next.is_capital())
    {
        return false;
    }
    let address = tables.address.contains_key(lower);
    if lists::has(COMMON, lower) && !address && !(token.shape == Shape::Upper && lower == "us") {
        let known_next = words.shape(at + 1) == Shape::Capital
            && longest(words, tables, at, at + 5).is_some_and(|(end, _)| end > at);
        return known_next && !lists::has(&["the", "a", "an"], lower);
    }
    if titled {
        return words.capital.contains(lower)
            || (tables.given.contains_key(lower) && !words.lower.contains(lower))
            || longest(words, tables, at, at + 5).is_some();
    }
    let initial = at == sentence
        || matches!(words.shape(at - 1), Shape::Quote | Shape::Dash | Shape::Open | Shape::Stop)
        || words.at(at - 1) == ":";
    if !initial || words.capital.contains(lower) || tables.given.contains_key(lower) || address {
        return true;
    }
    let alone = !words.tokens.get(at + 1).is_some_and(|next| next.is_capital());
    if words.at(at + 1) == "of"
        && (tables.role(lower).is_some() || tables.heads.contains_key(lower))
        && words.tokens.get(at + 2).is_some_and(|next| next.is_capital())
    {
        return true;
    }
    if longest(words, tables, at, at + 5).is_some() {
        return true;
    }
    if alone {
        token.shape == Shape::Upper && lower.len() > 1 && !words.lower.contains(lower)
            || (!words.lower.contains(lower)
                && !lower.ends_with("ing")
                && !lower.ends_with("ly")
                && (lists::has(lists::VERBS, words.at(at + 1))
                    || words.shape(at + 1) == Shape::Lower && words.at(at + 1).ends_with("ed")))
    } else {
        !words.lower.contains(lower)
            || tables.role(lower).is_some()
            || words.capital.contains(words.at(at + 1)) && tables.heads.contains_key(words.at(at + 1))
    }
}

/// The longest known name that begins at `at` and ends before `limit`: its last token.
pub(super) fn longest<'tables>(
    words: &Words<'_>,
    tables: &'tables PartyTables,
    at: usize,
    limit: usize,
) -> Option<(usize, &'tables Known)> {
    let mut key = String::new();
    let mut best = None;
    for end in at..limit.min(words.tokens.len()).min(at + 6) {
        let token = &words.tokens[end];
        if !token.is_word() && token.lower != "&" || token.sentence != words.tokens[at].sentence {
            break;
        }
        if end > at {
            key.push(' ');
        }
        key.push_str(&token.lower);
        if let Some(known) = tables.known.get(&key) {
            // A short form in capitals is no common word: "us", "who".
            let plain = end == at
                && (token.shape == Shape::Lower
                    || (token.lower.len() <= 4
                        && COMMON.contains(&token.lower.as_str())
                        && token.shape != Shape::Upper));
            let demonym = end == at && token.shape == Shape::Capital && tables.demonyms.contains_key(&token.lower);
            if !plain && !demonym {
                best = Some((end, known));
            }
        }
    }
    best
}

/// Where a name can begin behind words with a hyphen that are no part of it: "Oscar-winning Ann Vale", "pro-Orsel League fighters".
pub(super) fn behind_adjective(words: &Words<'_>, tables: &PartyTables, at: usize) -> Option<usize> {
    let first = &words.tokens[at];
    let written = &words.text[first.range.indices()];
    let (head, tail) = written.rsplit_once('-')?;
    if tables.given.contains_key(&first.lower) {
        return None;
    }
    if lists::has(&["anti", "pro", "non", "post", "pre", "ex", "mid"], head) {
        let rest = words.tokens[at + 1..].iter().take(6);
        return Some(at + 1 + rest.take_while(|next| next.is_capital() && next.sentence == first.sentence).count());
    }
    (tail.len() > 2 && tail.starts_with(char::is_lowercase)).then_some(at + 1)
}

/// Whether one name goes on over "and": "the Food and Drug Administration", with its second part from `to`.
pub(super) fn agency_behind(words: &Words<'_>, tables: &PartyTables, at: usize, to: usize) -> bool {
    let opens = at.checked_sub(1).is_none_or(|before| {
        words.tokens[before].sentence != words.tokens[at].sentence
            || lists::has(&["the", "of", "federal", "us"], words.at(before))
    });
    let mut last = to;
    while words.tokens.get(last + 1).is_some_and(|next| next.is_capital() && next.sentence == words.tokens[at].sentence)
    {
        last += 1;
    }
    let heads = &[
        "administration",
        "services",
        "enforcement",
        "commission",
        "department",
        "agency",
        "bureau",
        "board",
        "authority",
        "organization",
        "association",
        "institute",
        "council",
        "committee",
        "center",
        "office",
        "service",
        "ministry",
    ];
    opens
        && last > to
        && last < to + 4
        && lists::has(heads, words.at(last))
        && !tables.given.contains_key(words.at(at))
        && !tables.surnames.contains_key(words.at(at))
        && longest(words, tables, at, at + 1).is_none()
        && longest(words, tables, to, last + 1).is_none_or(|(end, _)| end < last)
}

/// Last words of firms behind "and".
pub(super) const TAILS: &[&str] =
    &["power", "light", "gas", "electric", "water", "energy", "sons", "steel", "oil", "telegraph", "telephone"];

/// Whether a firm's name goes on over "and" with the single word at `to`: "Vale Water and Power".
pub(super) fn firm_behind(words: &Words<'_>, to: usize) -> bool {
    lists::has(TAILS, words.at(to))
        && words.shape(to) == Shape::Capital
        && !words.tokens.get(to + 1).is_some_and(|next| next.is_capital())
}

pub(super) fn is_org_head(words: &Words<'_>, tables: &PartyTables, at: usize) -> Option<PartyKind> {
    let lower = words.at(at);
    if !words.tokens.get(at).is_some_and(|token| token.is_capital()) {
        return None;
    }
    let classes = tables.heads.get(lower).or_else(|| tables.bodies.get(lower))?;
    let class = classes.first().map(|class| tables.body_names[*class].as_str()).unwrap_or_default();
    Some(match class {
        "press" | "website" => PartyKind::Outlet,
        "party" | "union" | "group" | "campaign" => PartyKind::Group,
        "government" | "city" => PartyKind::Government,
        _ => PartyKind::Institution,
    })
}
