//! Names that outlets are cited by, put together where they mean one: parts, initials, other spellings. Not which reports are whose.

use std::collections::{BTreeMap, BTreeSet};

use crate::citing;

/// Names that are compared with each other at most; of more, only those with the same letters are one.
const MOST: usize = 400;

/// Words behind a name that tell nothing apart.
const TAILS: &[&str] = &[
    "news",
    "tv",
    "television",
    "online",
    "website",
    "magazine",
    "newspaper",
    "agency",
    "press",
    "radio",
    "report",
    "reports",
    "site",
    "blog",
    "channel",
    "network",
];

/// The names by outlet, each set ascending, the sets by their first name. Names are in lower case, their words by one space.
///
/// Of several outlets that a short name may mean none is taken: "Times" beside the "Alben Times" and the "Orsel Times" stands alone.
pub(super) fn families(names: &BTreeSet<String>) -> Vec<Vec<String>> {
    let mut by_letters: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for name in names {
        by_letters.entry(letters(name)).or_default().push(name);
    }
    let keys: Vec<&String> = by_letters.keys().collect();
    let full: Vec<Vec<&str>> = by_letters
        .values()
        .map(|same| same.iter().map(|name| bare(name)).max_by_key(Vec::len).unwrap_or_default())
        .collect();
    let mut to: Vec<usize> = (0..keys.len()).collect();
    if keys.len() <= MOST {
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by_key(|at| (full[*at].len(), keys[*at].len(), *at));
        for short in order.iter().copied() {
            let fits = |at: &usize| *at != short && may_mean(keys[short], &full[short], keys[*at], &full[*at]);
            let fuller: Vec<usize> = (0..keys.len()).filter(fits).collect();
            // The longest that all others are parts of: "York Mail" and "New York Mail" are one for "Mail".
            let longest = fuller.iter().copied().max_by_key(|at| (full[*at].len(), keys[*at].len(), usize::MAX - at));
            let Some(longest) = longest else { continue };
            let is_one = fuller
                .iter()
                .all(|at| *at == longest || may_mean(keys[*at], &full[*at], keys[longest], &full[longest]));
            if is_one {
                to[short] = longest;
            }
        }
    }
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (at, same) in by_letters.values().enumerate() {
        let mut end = at;
        // A name leads to a longer one only, so that this ends.
        for _ in 0..keys.len() {
            if to[end] == end {
                break;
            }
            end = to[end];
        }
        found.entry(end).or_default().extend(same.iter().map(|name| (*name).clone()));
    }
    let mut found: Vec<Vec<String>> = found.into_values().collect();
    found.iter_mut().for_each(|family| family.sort());
    found.sort();
    found
}

/// Whether a name may mean another, longer one.
fn may_mean(short_letters: &str, short: &[&str], full_letters: &str, full: &[&str]) -> bool {
    if short.is_empty() || full.is_empty() {
        return false;
    }
    let longer = (full.len(), full_letters.len()) > (short.len(), short_letters.len());
    let is_part = short.len() < full.len() && (full.starts_with(short) || full.ends_with(short));
    let closed_up = full_letters.strip_prefix("the") == Some(short_letters) && short_letters.len() > 3;
    longer && (is_part || closed_up || is_initials(short, full))
}

/// "n y times", "ny times", "nyt" for "new york times".
fn is_initials(short: &[&str], full: &[&str]) -> bool {
    let initials = |words: &[&str]| -> String { words.iter().filter_map(|word| word.chars().next()).collect() };
    let single = short.iter().take_while(|word| word.chars().count() == 1).count();
    let (head, rest): (String, &[&str]) =
        if single > 1 { (short[..single].concat(), &short[single..]) } else { (short[0].to_owned(), &short[1..]) };
    let count = head.chars().count();
    let leads = full.len().checked_sub(rest.len()).filter(|leads| *leads == count && count > 1);
    let Some(leads) = leads else { return false };
    (!rest.is_empty() || count > 2) && full[leads..] == *rest && initials(&full[..leads]) == head
}

/// The words of a name without what tells nothing apart behind it.
fn bare(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|last| TAILS.contains(last)) {
        words.pop();
    }
    words
}

/// The letters of a name; of a call sign without the number of its channel.
fn letters(name: &str) -> String {
    let key = citing::folded(&bare(name).join(" "));
    let sign = key.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_sign = sign.len() == 4 && sign.starts_with(['k', 'w']);
    if is_sign { sign.to_owned() } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expect: &[&[&str]]) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let found = families(&names);
        let expect: Vec<Vec<String>> =
            expect.iter().map(|family| family.iter().map(|name| (*name).to_owned()).collect()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn names_of_one_outlet() {
        check(&["alben bay times", "ab times", "a b times"], &[&["a b times", "ab times", "alben bay times"]]);
        check(&["alben biz wire", "alben bizwire"], &[&["alben biz wire", "alben bizwire"]]);
        check(&["orsel mirror", "mirror"], &[&["mirror", "orsel mirror"]]);
        check(&["kalb-5", "kalb5 news", "kalb"], &[&["kalb", "kalb-5", "kalb5 news"]]);
        check(&["thelamp", "lamp"], &[&["lamp", "thelamp"]]);
        check(&["lamp magazine", "lamp"], &[&["lamp", "lamp magazine"]]);
    }

    #[test]
    fn names_that_may_mean_several() {
        check(&["alben times", "orsel times", "times"], &[&["alben times"], &["orsel times"], &["times"]]);
        check(&["mail", "york mail", "new york mail"], &[&["mail", "new york mail", "york mail"]]);
        check(&["alben post", "orsel echo"], &[&["alben post"], &["orsel echo"]]);
        check(&[], &[]);
    }
}
