//! What the reader has in mind at a place of the text: who was mentioned, as subject or not, and who spoke. Not a decision.

use super::cluster::Entity;
use super::lists;
use super::party::ReasonKind;
use super::token::{Shape, Words};

/// One mention that was passed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub entity: usize,
    pub first: usize,
    pub last: usize,
    pub subject: bool,
    pub possessive: bool,
    pub nested: bool,
    pub quoted: bool,
    pub titled: bool,
    /// Somebody asks it: it will answer.
    pub asked: bool,
    /// The first person of its sentence.
    pub lead: bool,
}

/// A candidate with its score and the mention that speaks for it most.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    pub entity: usize,
    pub score: f32,
    pub reasons: Vec<(ReasonKind, usize, usize)>,
}

#[derive(Default)]
pub(super) struct Discourse {
    pub seen: Vec<Seen>,
    /// Token and party of those who spoke, in text order.
    pub spoke: Vec<(usize, usize)>,
}

/// Mentions that are looked back on: bounds the time.
const BACK: usize = 60;

/// Whether the mark at `at` is a verb: "Ann Vale's been saying so".
pub(super) fn is_verb_mark(words: &Words<'_>, at: usize) -> bool {
    words.shape(at) == Shape::Possessive
        && (lists::has(&["been", "not", "got", "a", "also", "now", "always", "never", "just"], words.at(at + 1))
            || words.shape(at + 1) == Shape::Lower && words.at(at + 1).ends_with("ing") && words.at(at + 1).len() > 6)
}

/// Whether the mention from `first` to `last` is the subject of a clause.
pub(super) fn is_subject(words: &Words<'_>, first: usize, last: usize) -> bool {
    let sentence = words.tokens[first].sentence;
    let before = first.checked_sub(1).filter(|at| words.tokens[*at].sentence == sentence);
    let topic = before.is_some_and(|at| words.at(at) == "for" && at > 0 && words.at(at - 1) == "as");
    if topic {
        return true;
    }
    if before.is_some_and(|at| lists::has(lists::PREPOSITIONS, words.at(at))) {
        return false;
    }
    let mut next = last + 1;
    if is_verb_mark(words, next) {
        return true;
    }
    // "Senator Ann Vale of Orsel"
    if words.at(next) == "of" && words.tokens.get(next + 1).is_some_and(|token| token.is_capital()) {
        next += 2;
        while words.tokens.get(next).is_some_and(|token| token.is_capital() && token.sentence == sentence) {
            next += 1;
        }
    }
    // Over an apposition.
    if words.at(next) == "," {
        let close = (next + 1..next + 20).find(|at| words.at(*at) == ",");
        match close {
            Some(close) if words.tokens[close].sentence == sentence => next = close + 1,
            _ => return before.is_none(),
        }
    }
    while words.shape(next) == Shape::Lower
        && (lists::has(lists::ADVERBS, words.at(next)) || words.at(next).ends_with("ly"))
    {
        next += 1;
    }
    let opens = before.is_none_or(|at| {
        lists::has(&["that", "when", "but", "and", "while", "because", "if", ","], words.at(at))
            || words.shape(at) == Shape::Quote
    });
    if opens && lists::has(&["in", "at", "on", "during", "from"], words.at(next)) {
        // "Ms. Vale in her speech called": over one phrase.
        let verb = (next + 1..next + 8)
            .take_while(|at| words.tokens.get(*at).is_some_and(|token| token.is_word() && token.sentence == sentence))
            .find(|at| {
                lists::has(lists::VERBS, words.at(*at))
                    || words.shape(*at) == Shape::Lower && words.at(*at).ends_with("ed")
            });
        return verb.is_some();
    }
    let verb = words.at(next);
    words.shape(next) == Shape::Lower
        && (lists::has(lists::VERBS, verb)
            || (verb.ends_with("ed") && verb.len() > 3)
            || (verb.ends_with('s') && verb.len() > 3 && !verb.ends_with("ss")))
}

impl Discourse {
    /// Candidates at token `at`, best first, among those that `fits` gives a weight.
    pub fn candidates(
        &self,
        words: &Words<'_>,
        entities: &[Entity],
        at: usize,
        quoted: bool,
        own_content: &[std::ops::Range<usize>],
        fits: impl Fn(usize, &Entity) -> Option<f32>,
    ) -> Vec<Scored> {
        let mut scored: Vec<Scored> = Vec::new();
        let mut counts: Vec<(usize, f32)> = Vec::new();
        let (sentence, paragraph) = words.tokens.get(at).map_or((0, 0), |token| (token.sentence, token.paragraph));
        let mut position = 0;
        let mut inside: Vec<(usize, f32)> = Vec::new();
        for seen in self.seen.iter().rev().filter(|seen| seen.first < at).take(BACK) {
            let Some(weight) = fits(seen.entity, &entities[seen.entity]) else { continue };
            let there = &words.tokens[seen.first];
            let distance = sentence.saturating_sub(there.sentence);
            let mut score = weight
                + match distance {
                    0 => 2.2,
                    1 => 2.1,
                    2 => 1.3,
                    3 => 0.9,
                    4 | 5 => 0.5,
                    6..=9 => 0.1,
                    _ => -0.4,
                };
            if seen.titled {
                score -= 1.2;
            }
            if seen.subject {
                score += if seen.lead { 1.4 } else { 0.9 };
                if distance == 0 && !quoted {
                    score += 0.5;
                }
            }
            if seen.asked && !quoted {
                score += match distance {
                    0 => 0.9,
                    1 | 2 => 2.6,
                    _ => 0.0,
                };
            }
            if seen.possessive {
                score -= 0.3;
            }
            if seen.nested {
                score -= 0.9;
            }
            if there.paragraph == paragraph {
                score += 0.4;
            }
            if seen.quoted && !quoted {
                score -= 1.1;
            }
            if own_content.iter().any(|content| content.contains(&seen.first)) {
                score -= 1.2;
                // Who speaks says "I" and is not named in the words that are reported before the pronoun.
                let name = words.tokens[seen.first].is_capital()
                    && words.at(seen.first) != "he"
                    && words.at(seen.first) != "she";
                inside.push((
                    seen.entity,
                    if name {
                        2.5
                    } else if there.quoted {
                        0.6
                    } else {
                        0.0
                    },
                ));
            }
            if position == 0 {
                score += 0.15;
            }
            position += 1;
            if distance <= 3 {
                match counts.iter_mut().find(|(entity, _)| *entity == seen.entity) {
                    Some((_, count)) => *count += 1.0,
                    None => counts.push((seen.entity, 1.0)),
                }
            }
            let reason = if seen.subject { ReasonKind::Subject } else { ReasonKind::LastMention };
            match scored.iter_mut().find(|other| other.entity == seen.entity) {
                Some(other) if other.score >= score => {}
                Some(other) => {
                    other.score = score;
                    other.reasons = vec![(reason, seen.first, seen.last)];
                }
                None => {
                    scored.push(Scored { entity: seen.entity, score, reasons: vec![(reason, seen.first, seen.last)] })
                }
            }
        }
        if let Some((token, entity)) = self.spoke.iter().rev().find(|(token, _)| *token < at).copied() {
            let distance = sentence.saturating_sub(words.tokens[token].sentence);
            let bonus = match distance {
                0 => 0.3,
                1 => 1.2,
                2 => 1.0,
                3 => 0.6,
                4 | 5 => 0.3,
                _ => 0.0,
            };
            if bonus > 0.0
                && !quoted
                && let Some(other) = scored.iter_mut().find(|other| other.entity == entity)
            {
                other.score += bonus;
                other.reasons.push((ReasonKind::LastSpeaker, token, token));
            }
        }
        for one in &mut scored {
            let own = inside.iter().filter(|(entity, _)| *entity == one.entity).map(|(_, malus)| *malus);
            one.score -= own.fold(0.0, f32::max);
            let count = counts.iter().find(|(entity, _)| *entity == one.entity).map_or(0.0, |(_, count)| *count);
            one.score += 0.25 * (count - 1.0).clamp(0.0, 4.0);
            one.score += 0.2 * (1.0 + entities[one.entity].names.len() as f32).ln();
        }
        scored.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.entity.cmp(&other.entity)));
        scored
    }
}
