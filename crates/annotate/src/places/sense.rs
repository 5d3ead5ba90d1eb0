//! What a name stands for: the place, its government, or neither by itself ("US officials"). Not which place it is.

use onrecord_evidence::TextRange;

use super::file::Gazetteer;
use super::find::Found;
use super::lists::{self, has};
use super::mention::{PlaceMention, PlaceSense};
use super::place::PlaceKind;
use super::words::{Case, Gap, Word};

/// The words before a name, the nearest first, without "the"; none from another clause.
fn before(words: &[Word], start: usize) -> impl Iterator<Item = &Word> {
    let mut open = true;
    words[..start]
        .iter()
        .rev()
        .zip(words[..=start].iter().rev())
        .map_while(move |(word, next)| {
            open &= matches!(next.before, Gap::Space | Gap::Hyphen);
            open.then_some(word)
        })
        .filter(|word| word.key != "the")
}

/// The sense of a mention whose likeliest bearer is `row`; `holds` where it says where the name before it lies.
pub(super) fn sense(gazetteer: &Gazetteer, found: &Found, row: u32, holds: bool, words: &[Word]) -> PlaceSense {
    if let Some(cue) = found.modifies {
        return PlaceSense::Modifier { cue };
    }
    let (start, past) = found.words;
    let Some(kind) = gazetteer.row(row).map(|row| row.kind) else { return PlaceSense::Place };
    let capital = gazetteer.capital_of(row).is_some();
    let state = matches!(kind, PlaceKind::Country | PlaceKind::Seat);
    if let Some(cue) = qualified(words, past, state || capital || kind == PlaceKind::Region) {
        return PlaceSense::Modifier { cue };
    }
    if !(state || capital || kind == PlaceKind::Region) {
        return PlaceSense::Place;
    }
    let government = |cue| PlaceSense::Government { cue };
    if let Some(next) = words.get(past).filter(|next| next.before == Gap::Hyphen && next.case == Case::Lower) {
        // "Ruland-backed" and "Ruland-based".
        return if has(lists::BACKED, &next.key) { government(next.range) } else { PlaceSense::Place };
    }
    // "Took place in Lindholt, Ruland".
    if holds && words[start].before == Gap::Comma {
        return PlaceSense::Place;
    }
    let seat = || if kind == PlaceKind::Seat { government(found.range) } else { PlaceSense::Place };
    let mut lead = before(words, start);
    if let Some(nearest) = lead.next().filter(|_| state || capital) {
        let further: Vec<&Word> = lead.take(3).collect();
        let noun = |list: &[&str]| further.iter().take(2).find(|word| has(list, &word.key)).copied();
        let addressed = match nearest.key.as_str() {
            "from" => noun(lists::FROM),
            "to" | "toward" | "towards" => further.first().filter(|word| has(lists::TOWARD, &word.key)).copied(),
            "with" | "against" | "on" => noun(lists::RELATIONS),
            "between" => further.first().filter(|word| has(lists::RELATIONS, &word.key)).copied(),
            "by" if state => {
                further.first().filter(|word| word.key.ends_with("ed") || has(lists::DONE, &word.key)).copied()
            }
            key if has(lists::WITH, key) => Some(nearest),
            _ => None,
        };
        if let Some(cue) = addressed {
            return government(cue.range);
        }
        if has(lists::IN, &nearest.key)
            || matches!(nearest.key.as_str(), "from" | "to" | "of" | "over" | "off" | "between" | "on")
        {
            return PlaceSense::Place;
        }
    } else if before(words, start)
        .next()
        .is_some_and(|word| has(lists::IN, &word.key) || word.key == "from" || word.key == "to")
    {
        return PlaceSense::Place;
    }
    if words[past - 1].possessive {
        return seat();
    }
    let verbs = words
        .iter()
        .enumerate()
        .skip(past)
        .take(4)
        .take_while(|(_, word)| word.before == Gap::Space && word.case == Case::Lower);
    let mut auxiliary = false;
    for (at, word) in verbs {
        let due = matches!(word.key.as_str(), "is" | "was" | "are" | "were")
            && words.get(at + 1).is_some_and(|next| next.key == "to");
        let modal = due || matches!(word.key.as_str(), "would" | "will" | "must" | "should" | "cannot");
        if has(lists::SAYING, &word.key) || (state && (modal || acts(&word.key))) {
            return government(word.range);
        }
        if !has(lists::AUXILIARY, &word.key) && !word.key.ends_with("ly") || auxiliary && word.key == "on" {
            break;
        }
        auxiliary = true;
    }
    seat()
}

/// Whether the word is a verb of doing in the past.
fn acts(key: &str) -> bool {
    has(lists::ACTED, key)
        || key.len() > 4
            && key.ends_with("ed")
            && !matches!(
                key,
                "based"
                    | "located"
                    | "situated"
                    | "related"
                    | "sponsored"
                    | "needed"
                    | "indeed"
                    | "recorded"
                    | "experienced"
                    | "suffered"
            )
}

/// The noun that the name belongs to, where it belongs to an office, an institution or people.
fn qualified(words: &[Word], past: usize, state: bool) -> Option<TextRange> {
    let next = words.get(past).filter(|next| next.before == Gap::Space)?;
    let office = has(lists::OFFICES, &next.key) && next.key != "state" && next.key != "general";
    let possessive = words[past - 1].possessive && state;
    let adjacent = state && next.case == Case::Lower && !has(lists::SAYING, &next.key);
    if (possessive || adjacent) && has(lists::INSTITUTIONS, &next.key) {
        return Some(next.range);
    }
    (office && (possessive || next.is_named() || !has(lists::SAYING, &next.key))).then_some(next.range)
}

/// In "Ruland and Norvia agreed" both governments did.
pub(super) fn share_senses(mentions: &mut [PlaceMention], text: &str) {
    for index in (1..mentions.len()).rev() {
        let (left, right) = mentions.split_at_mut(index);
        let (Some(last), Some(next)) = (left.last_mut(), right.first()) else { continue };
        let between = text.get(last.range.end as usize..next.range.start as usize).unwrap_or("");
        let joined = matches!(between.trim(), "," | "and" | ", and" | "or" | "nor" | "and the");
        let alike = |one: &PlaceMention, other: &PlaceMention| {
            let kind = |mention: &PlaceMention| mention.candidates.first().map(|candidate| candidate.place.kind);
            kind(one) == kind(other)
        };
        if !joined || !alike(last, next) {
            continue;
        }
        if let (PlaceSense::Place, PlaceSense::Government { cue }) = (last.sense, next.sense) {
            last.sense = PlaceSense::Government { cue };
        }
    }
    // And in "talks between Ruland and Norvia".
    for index in 1..mentions.len() {
        let (left, right) = mentions.split_at_mut(index);
        let (Some(last), Some(next)) = (left.last(), right.first_mut()) else { continue };
        let between = text.get(last.range.end as usize..next.range.start as usize).unwrap_or("");
        if let (PlaceSense::Government { cue }, PlaceSense::Place) = (last.sense, next.sense)
            && cue.end <= last.range.start
            && matches!(between.trim(), "and" | "and the" | ", and")
        {
            next.sense = PlaceSense::Government { cue };
        }
    }
}
