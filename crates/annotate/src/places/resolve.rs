//! Which place a mention means: its bearers, weighed by what the text says. Not whether it is a place at all: that is `find`.
//!
//! Points are whole; 100 are a factor of ten in population. What weighs most is what the text states (a region behind the name), then the
//! country that it speaks of, then size. Nothing outside of the text and the gazetteer is asked.

use super::file::{Bearer, Gazetteer};
use super::find::{FAMOUS, Findings, Found, Page};
use super::fold::{fold, skeleton};
use super::lists::{self, has};
use super::mention::{
    PlaceCandidate, PlaceInput, PlaceMention, PlaceOutcome, Places, ReasonKind, SetAside, Undecided, WhyNot,
};
use super::place::PlaceKind;
use super::sense::{sense, share_senses};
use super::weigh::{Holder, Weighed, clear_division, kilometres};
use super::words::{Case, Gap, Word, words};

const MAX_CANDIDATES: usize = 8;
/// Less than this between the first two candidates is no difference.
const TIE: i32 = 15;
/// Points that make a candidate e times as likely.
const TEMPERATURE: f64 = 60.0;
/// Two settlements of one name nearer than this are one, in two tables.
const SAME_KM: f64 = 8.0;
/// Words between a name and the region that holds it.
const HOLDER_WORDS: usize = 8;

/// Finds the places of texts by one gazetteer.
#[derive(Clone)]
pub struct PlaceFinder {
    pub(super) gazetteer: Gazetteer,
}

impl PlaceFinder {
    /// A finder that asks this gazetteer.
    pub const fn new(gazetteer: Gazetteer) -> Self {
        Self { gazetteer }
    }

    #[cfg(test)]
    pub(super) const fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The places of `text`, with what speaks for each. Time is linear in the text's length; no text makes it panic.
    pub fn places(&self, text: &str, input: &PlaceInput<'_>) -> Places {
        let words = words(text);
        let Findings { found, countries, mut aside, .. } = Page::new(text, &words, &self.gazetteer).find(input.names);
        let mut weighed: Vec<_> = found.iter().map(|found| self.weigh(found)).collect();
        let holders: Vec<_> = (0..found.len()).map(|index| self.holders(&words, &found, &weighed, index)).collect();

        let shares = self.shares(&found, &countries, &weighed, &holders, input.country);
        self.weigh_country(&mut weighed, &found, &shares);
        self.weigh_holders(&mut weighed, &holders);
        self.weigh_lists(&mut weighed, &found);
        sort(&mut weighed);
        self.weigh_others(&mut weighed, &found, &holders);
        sort(&mut weighed);

        let mut mentions = Vec::with_capacity(found.len());
        for ((found, candidates), holders) in found.iter().zip(weighed).zip(&holders) {
            let abbreviated = holders.first().is_some_and(|holder| holder.which.is_err());
            match self.mention(found, candidates, abbreviated, &words) {
                Some(mention) => mentions.push(mention),
                None => aside.push(SetAside { range: found.range, why: WhyNot::Weak }),
            }
        }
        share_senses(&mut mentions, text);
        aside.sort_by_key(|aside| aside.range);
        Places { mentions, countries, aside }
    }

    /// The bearers by what is known without the text around them.
    fn weigh(&self, found: &Found) -> Vec<Weighed> {
        let alike = found.alike.iter().map(|bearer| (*bearer, true));
        let bearers = found.bearers.iter().map(|bearer| (*bearer, false)).chain(alike);
        // A state is named more often than a town of its name, but not than its own chief town, or a capital.
        let capital = found.bearers.iter().any(|bearer| self.gazetteer.capital_of(bearer.row).is_some());
        let rivals: Vec<_> = if capital { Vec::new() } else { self.regions_of_settlements(&found.bearers) };
        let state = |bearer: &&Bearer| {
            !bearer.lesser && self.gazetteer.row(bearer.row).is_some_and(|row| row.kind == PlaceKind::Country)
        };
        let states: Vec<_> =
            found.bearers.iter().filter(state).map(|bearer| self.gazetteer.country(bearer.row)).collect();
        bearers
            .filter_map(|(bearer, alike)| {
                let rival = capital || rivals.contains(&bearer.row);
                let row = self.gazetteer.row(bearer.row)?;
                let mut weighed =
                    Weighed { bearer, row, country: self.gazetteer.country(bearer.row), score: 0, reasons: Vec::new() };
                let people = || (f64::from(row.population.max(30)).log10() * 100.0).round() as i32;
                let size = match row.kind {
                    PlaceKind::Country => 900,
                    PlaceKind::Region => people().max(400) + if rival { -100 } else { 60 },
                    PlaceKind::District => 220,
                    PlaceKind::City | PlaceKind::Village => people(),
                    PlaceKind::Quarter => 180,
                    PlaceKind::Area => 690,
                    PlaceKind::Seat => 850,
                };
                weighed.add(ReasonKind::Size, size, None);
                // Hong Kong, Luxembourg and Panama are countries first.
                let inside = states.contains(&weighed.country);
                if row.kind.is_settlement() && !inside {
                    let fame = self.gazetteer.fame(bearer.row);
                    weighed.add(ReasonKind::Fame, if fame == 0 { 0 } else { 20 + fame.min(180) as i32 }, None);
                }
                if self.gazetteer.capital_of(bearer.row).is_some() && !inside {
                    weighed.add(ReasonKind::Capital, 150, None);
                }
                if bearer.lesser && !alike {
                    // Kharkov and Kharkiv are one name in two languages, and no lesser one.
                    let one = found.key.is_ascii()
                        && self
                            .gazetteer
                            .name(bearer.row)
                            .is_some_and(|name| skeleton(&fold(&name)) == skeleton(&found.key));
                    weighed.add(ReasonKind::LesserName, if one { -30 } else { -120 }, None);
                }
                if alike {
                    weighed.add(ReasonKind::OtherSpelling, -130, None);
                }
                if let Some((kind, range)) = found.kind_word {
                    let points = match (kind, row.kind) {
                        (PlaceKind::Village, PlaceKind::Village) => 250,
                        (PlaceKind::Village, PlaceKind::City) if row.population < 60_000 => 150,
                        (PlaceKind::City, PlaceKind::City) => 150,
                        (one, other) if one == other => 400,
                        (PlaceKind::Region, PlaceKind::Area) => 200,
                        (PlaceKind::Region, PlaceKind::District) => 100,
                        (PlaceKind::Region | PlaceKind::District, PlaceKind::City) => -150,
                        _ => -200,
                    };
                    weighed.add(ReasonKind::KindWord, points, Some(range));
                }
                Some(weighed)
            })
            .collect()
    }

    fn regions_of_settlements(&self, bearers: &[Bearer]) -> Vec<u32> {
        let settled = |bearer: &&Bearer| self.gazetteer.row(bearer.row).is_some_and(|row| row.kind.is_settlement());
        bearers.iter().filter(settled).filter_map(|bearer| self.gazetteer.region(bearer.row)).collect()
    }

    /// The places that the words behind a mention name as holding it, the next one first.
    fn holders(&self, words: &[Word], found: &[Found], weighed: &[Vec<Weighed>], index: usize) -> Vec<Holder> {
        let mut holders = Vec::new();
        let mut past = found[index].words.1;
        let divides = |at: usize| {
            weighed[at].iter().any(|weighed| weighed.row.kind.is_division() || weighed.row.kind == PlaceKind::Area)
        };
        let is_country = |at: usize| {
            weighed[at].iter().any(|weighed| weighed.row.kind == PlaceKind::Country && !weighed.bearer.lesser)
        };
        let mut next = index + 1;
        while holders.len() < 3 {
            if let Some(word) = words.get(past)
                && word.before == Gap::Comma
                && word.case != Case::Lower
                && let Some(row) = self.gazetteer.abbreviation(&word.key)
                && found.get(next).is_none_or(|found| found.words.0 != past || found.words.1 == past + 1)
            {
                holders.push(Holder { which: Err(row), range: word.range, tight: true });
                return holders;
            }
            let Some(other) = found.get(next).filter(|other| other.words.0 < past + HOLDER_WORDS) else { break };
            let between = &words[past..other.words.0];
            let gap = words[other.words.0].before;
            let tight = between.is_empty() && matches!(gap, Gap::Comma | Gap::Open);
            let inside = between.iter().any(|word| word.key == "in") || (!holders.is_empty() && tight);
            let plain = between.iter().enumerate().all(|(at, word)| {
                let near = matches!(word.before, Gap::Space | Gap::Hyphen) || (at == 0 && word.before == Gap::Comma);
                near && word.case == Case::Lower && !has(lists::SAYING, &word.key) && word.key != "and"
            });
            let loose = inside && plain && matches!(gap, Gap::Space | Gap::Hyphen);
            if !(tight || loose) || !divides(next) {
                break;
            }
            // "Russia, Ukraine and ..." is a list, and so is "Texas, Florida and ...".
            let list = words
                .get(other.words.1)
                .is_some_and(|word| word.before == Gap::Comma || word.key == "and" || word.key == "or");
            let same = (is_country(index) && is_country(next)) || (list && clear_division(&weighed[index]));
            if same {
                break;
            }
            holders.push(Holder { which: Ok(next), range: other.range, tight: tight && gap == Gap::Comma });
            past = other.words.1;
            next += 1;
        }
        holders
    }

    fn mention(&self, found: &Found, weighed: Vec<Weighed>, abbreviated: bool, words: &[Word]) -> Option<PlaceMention> {
        let mut kept: Vec<Weighed> = Vec::new();
        for candidate in weighed {
            let twin = |other: &Weighed| {
                let near =
                    other.row.at.zip(candidate.row.at).is_some_and(|(one, other)| kilometres(one, other) < SAME_KM);
                other.row.id == candidate.row.id
                    || (near
                        && other.row.kind.is_settlement()
                        && candidate.row.kind.is_settlement()
                        && other.country == candidate.country)
            };
            if !kept.iter().any(twin) {
                kept.push(candidate);
            }
            if kept.len() == 2 * MAX_CANDIDATES {
                break;
            }
        }
        let first = kept.first()?;
        // A hamlet for which nothing speaks but its name is rather a person or a thing.
        if first.score < 330
            && found.strength < 3
            && found.kind_word.is_none()
            && !first
                .reasons
                .iter()
                .any(|reason| matches!(reason.kind, ReasonKind::Held | ReasonKind::SameName | ReasonKind::Listed))
        {
            return None;
        }
        let supported = |kind| first.reasons.iter().any(|reason| reason.kind == kind);
        let backed = [
            ReasonKind::CountryNamed,
            ReasonKind::Held,
            ReasonKind::SameName,
            ReasonKind::RegionNamed,
            ReasonKind::Listed,
        ]
        .into_iter()
        .any(supported);
        let famous = self.gazetteer.fame(first.bearer.row) >= FAMOUS;
        if found.strength <= 1 && first.row.population < 500_000 && !backed && !famous {
            return None;
        }
        let all: f64 = kept.iter().map(|other| (f64::from(other.score - first.score) / TEMPERATURE).exp()).sum();
        let confidence = (100.0 / all).round() / 100.0;
        // A canton and its chief town are no two answers.
        let within = |inner: &Weighed, outer: &Weighed| {
            self.gazetteer.line(inner.bearer.row).any(|(row, _)| row == outer.bearer.row)
        };
        let tie = kept
            .get(1)
            .is_some_and(|second| first.score - second.score < TIE && !within(first, second) && !within(second, first));
        let alike = first.reasons.iter().any(|reason| reason.kind == ReasonKind::OtherSpelling) && confidence < 0.6;
        let none = abbreviated && !first.reasons.iter().any(|reason| reason.kind == ReasonKind::Held);
        let outcome = match (alike, tie) {
            _ if none => PlaceOutcome::Undecided { why: Undecided::RegionHoldsNone, confidence },
            (true, _) => PlaceOutcome::Undecided { why: Undecided::SpellingUnknown, confidence },
            (_, true) => PlaceOutcome::Undecided { why: Undecided::Tie, confidence },
            _ => PlaceOutcome::Chosen { confidence },
        };
        let holds = first.reasons.iter().any(|reason| reason.kind == ReasonKind::Holds && reason.points > 0);
        let sense = sense(&self.gazetteer, found, first.bearer.row, holds, words);
        let candidates = kept
            .into_iter()
            .take(MAX_CANDIDATES)
            .filter_map(|weighed| {
                Some(PlaceCandidate {
                    place: self.gazetteer.place(weighed.bearer.row)?,
                    score: weighed.score,
                    reasons: weighed.reasons,
                })
            })
            .collect();
        Some(PlaceMention { range: found.range, sense, outcome, candidates })
    }
}

fn sort(weighed: &mut [Vec<Weighed>]) {
    for candidates in weighed {
        candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.row.kind, candidate.row.id));
    }
}
