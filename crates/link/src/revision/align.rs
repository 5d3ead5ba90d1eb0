//! Which sentence of the older text is which of the newer one. Patience alignment: sentences that stand once in both are anchors; between
//! anchors, and then anywhere, like sentences are paired. Not what changed in them ([`super::diff`]).

use std::collections::{BTreeMap, BTreeSet};

use super::sentence::Sentence;

/// A pair of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// Number in the older text.
    pub older: usize,
    /// Number in the newer text.
    pub newer: usize,
    /// Whether it left its order among the other pairs.
    pub moved: bool,
}

/// The alignment, by the newer sentence; whether candidates were left out.
pub(super) struct Alignment {
    pub pairs: Vec<Pair>,
    pub cut: bool,
}

/// Sentences that share less are two: words of both, in thousandths of the longer one.
const LIKE: usize = 400;
/// Sentences between two anchors that are compared each with each, per side.
const GAP: usize = 48;
/// Sentences that hold one word and are looked at for it.
const HOLDERS: usize = 8;

/// Aligns two lists of sentences. Linear but for gaps, which are capped.
pub(super) fn align(older: &[Sentence], newer: &[Sentence]) -> Alignment {
    let mut pairing = Pairing { to: vec![None; older.len()], from: vec![None; newer.len()] };
    exact(older, newer, &mut pairing);
    let ordered = in_order(&pairing);
    let mut cut = gaps(older, newer, &ordered, &mut pairing);
    cut |= anywhere(older, newer, &mut pairing);
    let kept: BTreeSet<(usize, usize)> = in_order(&pairing).into_iter().collect();
    let pairs = pairing
        .from
        .iter()
        .enumerate()
        .filter_map(|(newer, older)| older.map(|older| Pair { older, newer, moved: !kept.contains(&(older, newer)) }))
        .collect();
    Alignment { pairs, cut }
}

struct Pairing {
    to: Vec<Option<usize>>,
    from: Vec<Option<usize>>,
}

impl Pairing {
    fn join(&mut self, older: usize, newer: usize) {
        self.to[older] = Some(newer);
        self.from[newer] = Some(older);
    }

    fn is_free(&self, older: usize, newer: usize) -> bool {
        self.to[older].is_none() && self.from[newer].is_none()
    }
}

/// Equal sentences: the first of one text with the first of the other, and so on.
fn exact(older: &[Sentence], newer: &[Sentence], pairing: &mut Pairing) {
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, sentence) in older.iter().enumerate().rev() {
        places.entry(sentence.key).or_default().push(at);
    }
    for (at, sentence) in newer.iter().enumerate() {
        if let Some(first) = places.get_mut(&sentence.key).and_then(Vec::pop) {
            pairing.join(first, at);
        }
    }
}

/// The longest list of pairs that rise on both sides (patience sorting).
fn in_order(pairing: &Pairing) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> =
        pairing.from.iter().enumerate().filter_map(|(newer, older)| older.map(|older| (older, newer))).collect();
    let mut piles: Vec<usize> = Vec::new();
    let mut back: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (older, _)) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|top| pairs[*top].0 < *older);
        back[at] = pile.checked_sub(1).map(|before| piles[before]);
        if pile == piles.len() {
            piles.push(at);
        } else {
            piles[pile] = at;
        }
    }
    let mut rising = Vec::with_capacity(piles.len());
    let mut at = piles.last().copied();
    while let Some(here) = at {
        rising.push(pairs[here]);
        at = back[here];
    }
    rising.reverse();
    rising
}

/// Pairs like sentences between two anchors, the likest first.
fn gaps(older: &[Sentence], newer: &[Sentence], ordered: &[(usize, usize)], pairing: &mut Pairing) -> bool {
    let mut cut = false;
    let mut from = (0, 0);
    for (older_at, newer_at) in ordered.iter().copied().chain([(older.len(), newer.len())]) {
        let left: Vec<usize> = (from.0..older_at).filter(|at| pairing.to[*at].is_none()).collect();
        let right: Vec<usize> = (from.1..newer_at).filter(|at| pairing.from[*at].is_none()).collect();
        cut |= left.len() > GAP || right.len() > GAP;
        let mut scored = Vec::new();
        for one in left.iter().take(GAP) {
            for other in right.iter().take(GAP) {
                let alike = likeness(&older[*one], &newer[*other]);
                if alike >= LIKE {
                    scored.push((std::cmp::Reverse(alike), *one, *other));
                }
            }
        }
        scored.sort_unstable();
        for (_, one, other) in scored {
            if pairing.is_free(one, other) {
                pairing.join(one, other);
            }
        }
        from = (older_at + 1, newer_at + 1);
    }
    cut
}

/// Pairs what is left by the words that few sentences hold: sentences that moved and changed.
fn anywhere(older: &[Sentence], newer: &[Sentence], pairing: &mut Pairing) -> bool {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, sentence) in older.iter().enumerate().filter(|(at, _)| pairing.to[*at].is_none()) {
        let words: BTreeSet<&str> = sentence.words.iter().map(|word| word.folded.as_str()).collect();
        for word in words {
            holders.entry(word).or_default().push(at);
        }
    }
    let mut cut = false;
    let mut scored = Vec::new();
    for (at, sentence) in newer.iter().enumerate() {
        if pairing.from[at].is_some() {
            continue;
        }
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for word in &sentence.words {
            match holders.get(word.folded.as_str()) {
                Some(held) if held.len() <= HOLDERS => candidates.extend(held),
                Some(_) => cut |= candidates.is_empty() && sentence.words.len() < 3,
                None => {}
            }
        }
        cut |= candidates.len() > GAP;
        for one in candidates.into_iter().take(GAP) {
            let alike = likeness(&older[one], sentence);
            // Far from its place a sentence must be the liker.
            if alike >= LIKE + 200 {
                scored.push((std::cmp::Reverse(alike), one, at));
            }
        }
    }
    scored.sort_unstable();
    for (_, one, other) in scored {
        if pairing.is_free(one, other) {
            pairing.join(one, other);
        }
    }
    cut
}

/// Words that both have, each as often as both have it, in thousandths of the mean of their lengths.
pub(super) fn likeness(one: &Sentence, other: &Sentence) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &one.words {
        *counts.entry(word.folded.as_str()).or_default() += 1;
    }
    let mut shared = 0;
    for word in &other.words {
        if let Some(count) = counts.get_mut(word.folded.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    2000 * shared / (one.words.len() + other.words.len()).max(1)
}
