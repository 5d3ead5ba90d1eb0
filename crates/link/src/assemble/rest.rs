//! Sayings whose only stated ground is another saying on the same claim: "the minister, citing the wing's statement, said". Not what a report hangs
//! on, which `hanging` has.

use std::collections::BTreeMap;

use onrecord_evidence::{Quoted, TextRange};

use super::names::words;
use super::record::{Told, of};
use crate::position::{PartyKey, PartyKind, RestsOn, Stance, Utterance, UtteranceKey};

/// Words that name a ground.
const GROUNDS: &[&str] =
    &["citing", "based on", "on the basis of", "on the strength of", "relying on", "referring to", "quoting"];
/// Bytes behind such words in which the ground is named.
const REACH: usize = 80;

/// Sets the ground of the sayings of named parties.
pub(super) fn rest(utterances: &mut [Utterance], told: &[Told<'_>], of_line: &[UtteranceKey]) {
    let mut sayers: BTreeMap<PartyKey, (String, UtteranceKey)> = BTreeMap::new();
    for utterance in utterances.iter().filter(|one| Stance::of(one.act, false) == Stance::Affirms) {
        let name = utterance.party.as_str().split(" in art_").next().unwrap_or("").to_lowercase();
        let last = name.rsplit(' ').next().unwrap_or("").to_owned();
        sayers.entry(utterance.party.clone()).or_insert((last, utterance.key.clone()));
    }
    for (one, key) in told.iter().zip(of_line) {
        let Some(record) = one.record.filter(|_| one.spoken.view.kind == PartyKind::Named) else { continue };
        if Stance::of(one.act, false) != Stance::Affirms {
            continue;
        }
        let Some((mark, behind)) = ground(record.sentence.words()) else { continue };
        let lower: Vec<String> = words(behind).into_iter().map(|(_, word)| word.to_lowercase()).collect();
        let mut meant = sayers.iter().filter(|(party, (last, other))| {
            **party != one.spoken.view.party && other != key && lower.iter().any(|word| word == last)
        });
        let (Some((_, (_, other))), None) = (meant.next(), meant.next()) else { continue };
        let base = record.sentence.range().start;
        let end = mark + behind.len().min(REACH);
        let range = u32::try_from(mark).ok().zip(u32::try_from(end).ok());
        let words = range.and_then(|(from, to)| {
            let range = TextRange::new(base + from, base + to).trimmed(&one.report.text)?;
            Quoted::new(&one.report.text, range).ok()
        });
        let (Some(words), other) = (words, other.clone()) else { continue };
        if let Some(utterance) = utterances.iter_mut().find(|utterance| utterance.key == *key) {
            // Who states a ground once and none at another time has one of its own.
            if utterance.relays.len() == 1 && utterance.rests_on.is_none() {
                utterance.rests_on = Some(RestsOn { utterance: other, evidence: vec![of(one.report, &words)] });
            }
        }
    }
}

/// Where the words for a ground begin in a sentence, and from there to the end of its clause.
fn ground(sentence: &str) -> Option<(usize, &str)> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    let at = GROUNDS.iter().filter_map(|mark| lower.find(mark)).min()?;
    let behind = sentence.get(at..)?;
    let end = behind
        .char_indices()
        .skip(1)
        .find(|(_, letter)| matches!(letter, ',' | '.' | ';'))
        .map_or(behind.len(), |(end, _)| end);
    let end = (0..=end.min(REACH)).rev().find(|end| behind.is_char_boundary(*end)).unwrap_or(0);
    Some((at, behind.get(..end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_named() {
        let check = |sentence: &str, expect: Option<&str>| {
            assert_eq!(ground(sentence).map(|(_, words)| words), expect, "{sentence}")
        };
        check("The minister, citing the wing's statement, said it was so.", Some("citing the wing's statement"));
        check("The minister said it was so.", None);
    }
}
