//! Stretches of words that may name a place, and how strongly their neighbours speak for one. Not which place it is: that is `resolve`.

use std::collections::{HashMap, HashSet};

use onrecord_evidence::TextRange;

use super::file::{Bearer, Bearers, Gazetteer};
use super::lists::{self, has};
use super::mention::{CountryWord, SetAside, WhyNot};
use super::place::PlaceKind;
use super::words::{Case, Gap, Word};

/// The most words of one name ("Republic of the Congo" has four).
const MAX_WORDS: usize = 6;
/// Settlements from here on are known without further words.
const KNOWN_CITY: u32 = 100_000;
/// Settlements with names in so many forms are too.
pub(super) const FAMOUS: u32 = 60;
/// The shortest word whose consonants are looked up where its spelling is unknown.
pub(super) const MIN_SKELETON: usize = 6;

/// A stretch of words with bearers in the gazetteer.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) range: TextRange,
    /// The first of its words and one past the last.
    pub(super) words: (usize, usize),
    pub(super) key: String,
    pub(super) bearers: Vec<Bearer>,
    /// Bearers of another spelling with the same consonants.
    pub(super) alike: Vec<Bearer>,
    pub(super) kind_word: Option<(PlaceKind, TextRange)>,
    pub(super) dateline: bool,
    /// The next word, where the name qualifies it ("US officials").
    pub(super) modifies: Option<TextRange>,
    /// The number of the list that it stands in.
    pub(super) list: Option<usize>,
    /// A sum of points for its being a place; at least 1 is kept.
    pub(super) strength: i32,
}

/// Everything found in one text.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) found: Vec<Found>,
    pub(super) countries: Vec<CountryWord>,
    pub(super) aside: Vec<SetAside>,
    /// What letters stand for by the text.
    pub(super) short: HashMap<String, Vec<Bearer>>,
}

/// A text's words with what is asked again and again about its lines.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    /// For each word: whether most words of its line are capitalised, as in a headline; whether all are in capitals.
    pub(super) lines: Vec<(bool, bool)>,
    pub(super) gazetteer: &'a Gazetteer,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str, words: &'a [Word], gazetteer: &'a Gazetteer) -> Self {
        let mut lines = Vec::with_capacity(words.len());
        while lines.len() < words.len() {
            let start = lines.len();
            let length = 1 + words[start + 1..].iter().take_while(|word| word.before != Gap::Line).count();
            let line = &words[start..start + length];
            let long: Vec<_> = line.iter().filter(|word| word.range.len() >= 4).collect();
            let named = long.iter().filter(|word| word.is_named()).count();
            let end = line.last().map_or(0, |word| word.range.end as usize);
            let closed =
                text.get(end..).is_some_and(|rest| rest.starts_with(['.', '!', '?', ',', ':', ';', '"', '”', '’']));
            let headline = !closed && length <= 30 && long.len() >= 3 && named * 10 >= long.len() * 7;
            let capitals = length >= 3
                && line.iter().all(|word| {
                    matches!(word.case, Case::Upper | Case::None) || word.key.bytes().all(|byte| byte.is_ascii_digit())
                });
            lines.resize(start + length, (headline, capitals));
        }
        Self { text, words, lines, gazetteer }
    }

    /// All findings, from left to right, none overlapping another. `names` are known names of people and organisations, sorted.
    pub(super) fn find(&self, names: &[TextRange]) -> Findings {
        let mut findings = Findings::default();
        let mut surnames = HashSet::new();
        let (mut index, mut next_name) = (0, 0);
        while index < self.words.len() {
            let word = &self.words[index];
            while names.get(next_name).is_some_and(|name| name.end <= word.range.start) {
                next_name += 1;
            }
            let inside = names.get(next_name).is_some_and(|name| name.contains(word.range));
            index = if inside { index + 1 } else { self.find_at(index, &mut findings, &mut surnames) };
        }
        // A name that stood behind a first name is a person's where it stands alone too, unless a word of place is before it.
        findings.found.retain(|found| {
            let person = found.words.1 - found.words.0 == 1
                && surnames.contains(&found.key)
                && found.strength < 5
                && !self.is_country(&found.bearers);
            if person {
                findings.aside.push(SetAside { range: found.range, why: WhyNot::Person });
            }
            !person
        });
        self.mark_lists(&mut findings.found);
        let firm: HashSet<String> =
            findings.found.iter().filter(|found| found.strength >= 2).map(|found| found.key.clone()).collect();
        findings.found.retain(|found| {
            let kept = found.strength >= 1 || (found.strength >= -1 && firm.contains(&found.key));
            if !kept && !self.gazetteer.bearers(&found.key).common {
                findings.aside.push(SetAside { range: found.range, why: WhyNot::Weak });
            }
            kept
        });
        findings.aside.sort_by_key(|aside| aside.range);
        findings
    }

    /// Marks lists of three names or more with only commas and an "and" between; one firm name makes the others likely.
    fn mark_lists(&self, found: &mut [Found]) {
        let (mut start, mut number) = (0, 0);
        while start < found.len() {
            let joined = |pair: &[Found]| {
                let between = self.words.get(pair[0].words.1..pair[1].words.0).unwrap_or(&[]);
                let near = |word: &Word| matches!(word.before, Gap::Comma | Gap::Space);
                let next = &self.words[pair[1].words.0];
                match between {
                    [] => next.before == Gap::Comma,
                    [and] => {
                        near(and)
                            && next.before == Gap::Space
                            && matches!(and.key.as_str(), "and" | "or" | "та" | "і" | "и")
                    }
                    _ => false,
                }
            };
            let length = 1 + found[start..].windows(2).take_while(|pair| joined(pair)).count();
            let list = &mut found[start..start + length];
            if length >= 3 && list.iter().any(|found| found.strength >= 2) {
                for found in list {
                    found.list = Some(number);
                    found.strength = found.strength.max(if found.strength >= 0 { 1 } else { found.strength });
                }
                number += 1;
            }
            start += length;
        }
    }

    /// Looks at the word; returns the index from which to go on.
    fn find_at(&self, index: usize, findings: &mut Findings, surnames: &mut HashSet<String>) -> usize {
        let word = &self.words[index];
        if !(word.is_named() || (word.case == Case::None && word.key.chars().count() >= 3)) {
            return index + 1;
        }
        let longest = self.longest(index);
        if has(lists::FUNCTION, &word.key) && longest.len() == 1 {
            return index + 1;
        }
        let people = (1..=3).rev().find_map(|count| {
            let key = self.key(index, count)?;
            Some((count, self.gazetteer.country_of_people(&key)?))
        });
        let place = longest.iter().find(|(_, key)| self.gazetteer.has(key));
        if let Some((count, country)) = people
            && place.is_none_or(|(length, key)| *length <= count && !self.names_country(key))
            && self.gazetteer.acronym(&self.letters(index)).is_none()
        {
            let range = word.range.hull(self.words[index + count - 1].range);
            findings.countries.push(CountryWord { range, country });
            return index + count;
        }
        if word.case == Case::Upper
            && place.is_none_or(|(length, _)| *length < 2)
            && let Some(bearers) = self.short(index, findings)
        {
            return self.find_short(index, bearers, findings);
        }
        let Some((count, key)) = place.cloned() else { return self.find_alike(index, findings) };
        let past = index + count;
        if count == 1 && (has(lists::FUNCTION, &key) || has(lists::DIRECTIONS, &key)) {
            return past;
        }
        let all_capitals = self.words[index..past].iter().all(|word| word.case == Case::Upper && word.range.len() > 1);
        let bearers = self.gazetteer.bearers(&key);
        if all_capitals && !self.is_dateline(index, past) && !self.lines[index].1 {
            return past;
        }
        let mut found = self.found((index, past), key, bearers, Vec::new());
        if let Some(why) = self.part_of_name(index, past, &found, findings.found.last()) {
            if why == WhyNot::Person && count == 1 {
                surnames.insert(found.key.clone());
            }
            findings.aside.push(SetAside { range: found.range, why });
            return past;
        }
        if word.key.len() >= MIN_SKELETON && count == 1 && word.key.is_ascii() {
            found.alike = self.alike(&found.key, &found.bearers);
        }
        self.note_short(&found, &mut findings.short);
        findings.found.push(found);
        past
    }

    /// The names that may begin at the word, longest first, with their keys.
    fn longest(&self, index: usize) -> Vec<(usize, String)> {
        let mut keys = Vec::new();
        for count in 1..=MAX_WORDS {
            let Some(key) = self.key(index, count) else { break };
            let last = &self.words[index + count - 1];
            if last.is_named() || last.case == Case::None {
                keys.push((count, key));
            }
        }
        keys.reverse();
        keys
    }

    pub(super) fn key(&self, index: usize, count: usize) -> Option<String> {
        let words = self.words.get(index..index + count)?;
        for pair in words.windows(2) {
            let joined = matches!(pair[1].before, Gap::Space | Gap::Hyphen) && !pair[0].possessive;
            let small = matches!(
                pair[1].key.as_str(),
                "of" | "the"
                    | "and"
                    | "de"
                    | "la"
                    | "al"
                    | "el"
                    | "upon"
                    | "on"
                    | "sur"
                    | "am"
                    | "du"
                    | "des"
                    | "en"
                    | "y"
                    | "e"
                    | "az"
                    | "es"
                    | "ez"
                    | "ash"
                    | "ad"
                    | "ar"
                    | "an"
                    | "at"
                    | "i"
                    | "del"
                    | "da"
                    | "do"
                    | "dos"
                    | "das"
                    | "der"
                    | "den"
                    | "le"
                    | "les"
                    | "los"
                    | "las"
                    | "di"
                    | "della"
                    | "bei"
                    | "nad"
            );
            if !joined || !(pair[1].is_named() || small || pair[1].case == Case::None) {
                return None;
            }
        }
        Some(words.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// The word's letters without dots.
    pub(super) fn letters(&self, index: usize) -> String {
        self.words[index].range.slice(self.text).unwrap_or("").replace('.', "")
    }

    /// Whether the word at `past` makes the acronym before it an adjective ("US officials", "U.S.-led").
    pub(super) fn modifies(&self, past: usize) -> bool {
        let Some(next) = self.words.get(past) else { return false };
        let key = next.key.as_str();
        let free =
            has(lists::FUNCTION, key) || has(lists::SAYING, key) || has(lists::AUXILIARY, key) || has(lists::DAYS, key);
        match next.before {
            Gap::Hyphen => true,
            Gap::Space if next.is_named() => !self.words[past - 1].possessive && !has(lists::DAYS, key),
            Gap::Space => !self.words[past - 1].possessive && !free && next.key.chars().any(char::is_alphabetic),
            _ => false,
        }
    }

    pub(super) fn is_country(&self, bearers: &[Bearer]) -> bool {
        bearers.iter().any(|bearer| self.gazetteer.row(bearer.row).is_some_and(|row| row.kind == PlaceKind::Country))
    }

    /// Whether a country has the name as its first or an equal one ("Philippines", which is no plural here).
    fn names_country(&self, key: &str) -> bool {
        let bearers = self.gazetteer.bearers(key).list;
        bearers.iter().any(|bearer| {
            !bearer.lesser && self.gazetteer.row(bearer.row).is_some_and(|row| row.kind == PlaceKind::Country)
        })
    }

    pub(super) fn found(&self, words: (usize, usize), key: String, bearers: Bearers, alike: Vec<Bearer>) -> Found {
        let (first, past) = words;
        let range = self.words[first].range.hull(self.words[past - 1].range);
        let kind_word = self.kind_word(first, past);
        let dateline = self.is_dateline(first, past);
        let mut found = Found {
            range,
            words,
            key,
            alike,
            kind_word,
            dateline,
            modifies: None,
            list: None,
            strength: 0,
            bearers: bearers.list,
        };
        found.strength = self.strength(&found, bearers.common);
        found
    }

    fn strength(&self, found: &Found, common: bool) -> i32 {
        let (first, past) = found.words;
        let word = &self.words[first];
        let known = found.bearers.iter().filter_map(|bearer| Some((self.gazetteer.row(bearer.row)?, *bearer)));
        let base = known
            .map(|(row, bearer)| match row.kind {
                PlaceKind::Country | PlaceKind::Area | PlaceKind::Seat if !bearer.lesser => 3,
                PlaceKind::Country => 1,
                PlaceKind::Region if row.population > 500_000 => {
                    if bearer.lesser {
                        1
                    } else {
                        2
                    }
                }
                _ if !bearer.lesser && self.gazetteer.capital_of(bearer.row).is_some() => 3,
                _ if (row.population >= 1_000_000 || self.gazetteer.fame(bearer.row) >= FAMOUS) && !bearer.lesser => 2,
                _ if row.population >= 1_000_000 => 1,
                _ if row.population >= KNOWN_CITY && !bearer.lesser => 1,
                _ => 0,
            })
            .max()
            .unwrap_or(0);
        let before =
            first.checked_sub(1).map(|at| &self.words[at]).filter(|_| matches!(word.before, Gap::Space | Gap::Hyphen));
        let before = match before {
            Some(before) if before.key == "the" => first.checked_sub(2).map(|at| &self.words[at]),
            before => before,
        };
        let lead = before.map_or(0, |before| match before.key.as_str() {
            key if has(lists::IN, key) => 2,
            key if has(lists::TO, key) => 1,
            _ => 0,
        });
        let holder = match self.words.get(past) {
            Some(next) if next.before == Gap::Comma || next.before == Gap::Open => {
                let abbreviated = self.gazetteer.abbreviation(&next.key).is_some() && next.is_named();
                let division = |key: &str| {
                    let bearers = self.gazetteer.bearers(key).list;
                    bearers.iter().any(|bearer| {
                        !bearer.lesser
                            && self
                                .gazetteer
                                .row(bearer.row)
                                .is_some_and(|row| matches!(row.kind, PlaceKind::Country | PlaceKind::Region))
                    })
                };
                let named =
                    next.is_named() && (1..=3).any(|count| self.key(past, count).is_some_and(|key| division(&key)));
                if abbreviated || named { 3 } else { 0 }
            }
            _ => 0,
        };
        let mut strength = base + lead + holder;
        strength += 2 * i32::from(found.kind_word.is_some()) + 3 * i32::from(found.dateline);
        strength += i32::from(past - first > 1);
        strength += i32::from(!found.key.is_ascii());
        if common && past - first == 1 {
            strength -= if word.begins_sentence() || self.lines[first].0 { 4 } else { 3 };
        }
        // "Prince William" is a county too.
        if past - first > 1 && has(lists::HONORIFICS, &word.key) && found.kind_word.is_none() {
            strength -= 3;
        }
        let says = self.words.get(past).is_some_and(|next| next.before == Gap::Space && has(lists::SAYING, &next.key));
        if says && base < 3 {
            strength -= 2;
        }
        strength
    }
}
