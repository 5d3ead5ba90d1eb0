//! What the words around a name make of it: a word for its kind, a dateline, a part of a longer name. Not which place it is.

use super::find::{Found, Page};
use super::lists::{self, has};
use super::mention::WhyNot;
use super::place::PlaceKind;
use super::words::{Case, Gap, Word};

use onrecord_evidence::TextRange;

impl Page<'_> {
    /// A word beside the name that says what it is ("the village of", "region").
    pub(super) fn kind_word(&self, first: usize, past: usize) -> Option<(PlaceKind, TextRange)> {
        let kind = |key: &str| match key {
            key if has(lists::REGION_WORDS, key) => Some(PlaceKind::Region),
            key if has(lists::DISTRICT_WORDS, key) => Some(PlaceKind::District),
            key if has(lists::VILLAGE_WORDS, key) => Some(PlaceKind::Village),
            key if has(lists::CITY_WORDS, key) => Some(PlaceKind::City),
            _ => None,
        };
        let of = |word: &Word| kind(&word.key).map(|kind| (kind, word.range));
        if let Some(next) = self.words.get(past)
            && next.before == Gap::Space
            && !self.words[past - 1].possessive
            && next.key != "capital"
            && let Some(found) = of(next)
        {
            return Some(found);
        }
        // "Georgia Rep. Ada Holm": offices and parties of a first division.
        if let Some(next) = self.words.get(past)
            && next.before == Gap::Space
            && next.is_named()
            && has(lists::STATE_OFFICES, &next.key)
        {
            return Some((PlaceKind::Region, next.range));
        }
        let back = |steps: usize| first.checked_sub(steps).map(|at| &self.words[at]);
        let word = &self.words[first];
        if let Some(last) = back(1)
            && matches!(word.before, Gap::Space | Gap::Comma)
        {
            let before = if last.key == "of" {
                back(2).filter(|before| {
                    !matches!(before.key.as_str(), "capital" | "suburb" | "neighborhood" | "neighbourhood" | "district")
                        && last.before == Gap::Space
                })
            } else {
                Some(last)
            };
            if let Some(found) =
                before.filter(|before| word.before == Gap::Space || before.key == "capital").and_then(of)
            {
                return Some(found);
            }
        }
        // "Kolisnykivka, a small village in ..."
        let rest = self.words.get(past..(past + 5).min(self.words.len()))?;
        let (article, rest) = rest.split_first()?;
        if article.before != Gap::Comma || !matches!(article.key.as_str(), "a" | "an" | "the") {
            return None;
        }
        rest.iter()
            .take_while(|word| matches!(word.before, Gap::Space | Gap::Hyphen) && word.case == Case::Lower)
            .find_map(of)
    }

    /// Whether the words open a line as a dateline does ("KYIV, Ukraine (AP) —").
    pub(super) fn is_dateline(&self, first: usize, past: usize) -> bool {
        if self.words[first].before != Gap::Line
            && !(self.words[first].before == Gap::Comma && first > 0 && self.words[first - 1].before == Gap::Line)
        {
            return false;
        }
        let mut end = self.words[past - 1].range.end;
        for word in self.words[past..].iter().take(8) {
            let between = self.text.get(end as usize..word.range.start as usize).unwrap_or("");
            if between.contains('\n') {
                return false;
            }
            if between.contains(['—', '–']) || between.contains("--") || between.contains(" - ") {
                return true;
            }
            if word.case == Case::Lower && !word.key.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            end = word.range.end;
        }
        false
    }

    /// Why the words are a part of a longer name that is no place's.
    pub(super) fn part_of_name(
        &self,
        first: usize,
        past: usize,
        found: &Found,
        last: Option<&Found>,
    ) -> Option<WhyNot> {
        let word = &self.words[first];
        if word.case == Case::None || self.lines[first].1 || found.dateline {
            return None;
        }
        let headline = self.lines[first].0;
        let is_place = |word: &Word| {
            let country = self.gazetteer.country_of_people(&word.key).is_some();
            country
                || self.is_country(&self.gazetteer.bearers(&word.key).list)
                || self.gazetteer.acronym(&word.key.to_ascii_uppercase()).is_some()
        };
        let beside = |key: &str| has(lists::DAYS, key) || has(lists::DIRECTIONS, key);
        let country = self.is_country(&found.bearers);
        if let Some(next) = self.words.get(past)
            && next.is_named()
            && matches!(next.before, Gap::Space | Gap::Hyphen)
            && !self.words[past - 1].possessive
            && !headline
        {
            let key = next.key.as_str();
            let kind = [
                lists::REGION_WORDS,
                lists::DISTRICT_WORDS,
                lists::CITY_WORDS,
                lists::VILLAGE_WORDS,
                lists::LAND_WORDS,
            ];
            let run = self.words[past..]
                .iter()
                .take(5)
                .enumerate()
                .take_while(|(at, word)| word.is_named() && (*at == 0 || word.before == Gap::Space));
            if run.map(|(_, word)| word).any(|word| has(lists::ORGANISATIONS, &word.key)) {
                return Some(WhyNot::Organisation);
            }
            if has(lists::FEATURES, key) && !country {
                return Some(WhyNot::Unknown);
            }
            // "Senator from Vermont Ada Holm": the next name begins anew.
            let lead = first.checked_sub(1).map(|at| self.words[at].key.as_str());
            let fine = beside(key)
                || (matches!(lead, Some("from" | "in")) && found.strength >= 2 && !self.gazetteer.has_word(&found.key))
                || (lead == Some("of") && country)
                || kind.iter().any(|list| has(list, key))
                || has(lists::OFFICES, key)
                || is_place(next)
                || self.gazetteer.abbreviation(key).is_some()
                || (next.case == Case::Upper && country);
            if !fine {
                return Some(if country { WhyNot::Organisation } else { WhyNot::Name });
            }
        }
        // "Washington, George" alone on a line.
        if word.before == Gap::Line
            && let Some(next) = self.words.get(past)
            && next.before == Gap::Comma
            && next.case == Case::Capital
            && (self.gazetteer.has_word(&next.key) || !self.gazetteer.has(&next.key))
            && self.words.get(past + 1).is_none_or(|after| matches!(after.before, Gap::Line | Gap::Open))
        {
            return Some(WhyNot::Person);
        }
        if first == 0 {
            return None;
        }
        let before = &self.words[first - 1];
        if matches!(word.before, Gap::Space | Gap::Hyphen) && before.is_named() && !before.possessive {
            let key = before.key.as_str();
            if has(lists::HONORIFICS, key) && !country {
                return Some(WhyNot::Person);
            }
            let initial = before.range.len() == 1 && before.case == Case::Upper && key != "a" && key != "i";
            let joined = last.is_some_and(|last| last.words.1 == first) && (word.before == Gap::Hyphen || country);
            let opens = before.begins_sentence()
                && (self.gazetteer.bearers(key).common || ["ing", "ed", "ly"].iter().any(|end| key.ends_with(end)));
            let fine = beside(key)
                || has(lists::FUNCTION, key)
                || has(lists::HONORIFICS, key)
                || has(lists::IN, key)
                || is_place(before)
                || joined
                || headline
                || opens
                || (before.case == Case::Upper && before.range.len() > 1 && found.strength >= 2);
            if initial || !fine {
                return Some(WhyNot::Person);
            }
        }
        // "Observatoire de Paris".
        if word.before == Gap::Space
            && matches!(before.key.as_str(), "de" | "di" | "du" | "des")
            && first >= 2
            && self.words[first - 2].is_named()
        {
            return Some(WhyNot::Organisation);
        }
        // "Bank of America", but "President of Ukraine" and "Ada Holm of Colorado".
        let back = |steps: usize| first.checked_sub(steps).map(|at| &self.words[at]);
        let of = if before.key == "the" { back(2) } else { Some(before) };
        let head = if before.key == "the" { back(3) } else { back(2) };
        if let (Some(of), Some(head)) = (of, head)
            && of.key == "of"
            && word.before == Gap::Space
            && of.before == Gap::Space
            && head.is_named()
            && (has(lists::ORGANISATIONS, &head.key) || has(lists::NAME_OF, &head.key))
            && !has(lists::PLACE_OF, &head.key)
            && !headline
        {
            return Some(WhyNot::Organisation);
        }
        None
    }
}
