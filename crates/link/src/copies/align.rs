//! Which sentences of two texts share their words, in order. Not what that means: a quotation of one speaker in both is no copy, and that
//! is decided beside the words ([`super::compare`]).

use std::collections::BTreeMap;

use super::Passages;
use super::word::{Word, hash_words};

/// Words in a run that makes two sentences worth comparing.
const SEED: usize = 3;
/// Of the sentences that share a run, this many of the other text are tried, those with the most runs first.
const TRIED: usize = 4;
/// A run of words that stands in more sentences than this leads to the first ones only.
const POSTINGS: usize = 12;

/// A run of words that stands in both texts: the numbers of its first words, and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub first: usize,
    pub second: usize,
    pub len: usize,
}

/// Two sentences that share runs of two words or more.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Number of the sentence in the first text.
    pub first: usize,
    /// Number of the sentence in the second text.
    pub second: usize,
    /// The runs, in order in both.
    pub runs: Vec<Run>,
}

impl Row {
    /// Words that the sentences share.
    pub fn shared(&self) -> usize {
        self.runs.iter().map(|run| run.len).sum()
    }

    /// Words of the longest run.
    pub fn longest(&self) -> usize {
        self.runs.iter().map(|run| run.len).max().unwrap_or(0)
    }
}

/// The sentences of `first` with those of `second` that share words with them, in the order of `first`, then of `second`.
///
/// Work: for each sentence of `first` at most [`TRIED`] of `second`, each of bounded length.
pub(super) fn rows(first: &Passages, second: &Passages) -> Vec<Row> {
    let counts = |passages: &Passages, index: usize| {
        let sentence = &passages.sentences[index];
        !passages.paragraphs[sentence.paragraph].furniture && !sentence.words.is_empty()
    };
    let mut postings: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for index in (0..second.sentences.len()).filter(|index| counts(second, *index)) {
        for seed in seeds(&second.words[second.sentences[index].words.clone()]) {
            let held = postings.entry(seed).or_default();
            if held.len() < POSTINGS && held.last() != Some(&index) {
                held.push(index);
            }
        }
    }
    let mut found = Vec::new();
    let mut expected = 0;
    for index in (0..first.sentences.len()).filter(|index| counts(first, *index)) {
        let sentence = first.sentences[index].words.clone();
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for seed in seeds(&first.words[sentence.clone()]) {
            for other in postings.get(&seed).into_iter().flatten() {
                *votes.entry(*other).or_default() += 1;
            }
        }
        let mut tried: Vec<(usize, usize)> = votes.into_iter().collect();
        tried.sort_by_key(|(other, votes)| (std::cmp::Reverse(*votes), other.abs_diff(expected), *other));
        tried.truncate(TRIED);
        let mut best = 0;
        let from = found.len();
        for (other, _) in tried {
            let sentence_of_other = second.sentences[other].words.clone();
            let mut runs = Vec::new();
            runs_of(&first.words, sentence.clone(), &second.words, sentence_of_other, &mut runs);
            let row = Row { first: index, second: other, runs };
            if row.shared() > best {
                best = row.shared();
                expected = other + 1;
            }
            if row.shared() > 0 {
                found.push(row);
            }
        }
        found[from..].sort_by_key(|row: &Row| row.second);
    }
    found
}

/// The runs of three words of a sentence; of a shorter one, all its words.
fn seeds(words: &[Word]) -> impl Iterator<Item = u64> {
    words.windows(SEED.min(words.len()).max(1)).map(|words| hash_words(words.iter().map(|word| word.hash)))
}

/// The longest run, then the longest ones on either side of it (Ratcliff and Obershelp), each of two words or more; of equal ones the
/// earliest.
fn runs_of(
    first: &[Word],
    one: std::ops::Range<usize>,
    second: &[Word],
    other: std::ops::Range<usize>,
    runs: &mut Vec<Run>,
) {
    // Depth is bounded by the sentence: each step takes two words out of it.
    let mut best = Run { first: 0, second: 0, len: 0 };
    let mut before = vec![0; other.len() + 1];
    for at in one.clone() {
        let mut here = vec![0; other.len() + 1];
        for (column, to) in other.clone().enumerate() {
            if first[at].hash == second[to].hash {
                let len = before[column] + 1;
                here[column + 1] = len;
                if len > best.len {
                    best = Run { first: at + 1 - len, second: to + 1 - len, len };
                }
            }
        }
        before = here;
    }
    let smallest = if one.len().min(other.len()) < 2 { 1 } else { 2 };
    if best.len < smallest {
        return;
    }
    runs_of(first, one.start..best.first, second, other.start..best.second, runs);
    runs.push(best);
    runs_of(first, best.first + best.len..one.end, second, best.second + best.len..other.end, runs);
}
