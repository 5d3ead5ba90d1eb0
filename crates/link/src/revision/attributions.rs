//! Which attribution of the older text is which of the newer one, and what of it changed. Not the sentences around them.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{AttributionId, Quoted};
use onrecord_record::AttributionRecord;
use serde::{Deserialize, Serialize};

use super::align::Pair;
use super::classify::{is_hedge, numbers};
use super::sentence::{Sentence, Word, words_of};

/// What of an attribution changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Touched {
    /// A figure of the content.
    Figure,
    /// A hedge was put in.
    HedgeGained,
    /// A hedge was taken out.
    HedgeLost,
    /// Who is credited.
    Source,
    /// What is done by it.
    Act,
    /// Words between quotation marks.
    Quotation,
    /// Other words of the content or the cue.
    Reworded,
}

/// What became of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Nothing of it changed.
    Kept,
    /// It stands at another place, its words unchanged.
    Moved,
    /// Something of it changed.
    Changed,
    /// The newer text alone has it.
    Added,
    /// The older text alone has it.
    Removed,
}

/// One attribution in both texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionChange {
    /// What became of it.
    pub fate: Fate,
    /// The attribution of the older text; `None` where it was added.
    pub older: Option<AttributionId>,
    /// The attribution of the newer text; `None` where it was removed.
    pub newer: Option<AttributionId>,
    /// What changed, ascending; empty unless [`Fate::Changed`].
    pub touched: Vec<Touched>,
    /// Its words in the older text: source, cue, content.
    pub before: Vec<Quoted>,
    /// Its words in the newer text.
    pub after: Vec<Quoted>,
}

/// Attributions of a pair of sentences that are compared each with each, per side.
const PER_SENTENCE: usize = 12;
/// Two attributions are one from this score on, in thousandths.
const SAME: usize = 450;

struct Parts {
    source: Vec<Word>,
    content: Vec<Word>,
    lemma: Option<String>,
}

impl Parts {
    fn of(record: &AttributionRecord) -> Self {
        // The marks of a quotation stand inside of the content.
        let words = |spans: &[Quoted]| -> Vec<Word> {
            let mut quoted = false;
            spans
                .iter()
                .flat_map(|span| {
                    let len = span.words().len() as u32;
                    words_of(span.words(), onrecord_evidence::TextRange::new(0, len), &mut quoted)
                })
                .collect()
        };
        Self { source: words(&record.source), content: words(&record.content), lemma: record.cue_lemma() }
    }

    fn key(&self) -> Vec<&str> {
        self.content.iter().map(|word| word.folded.as_str()).collect()
    }
}

fn shared(one: &[Word], other: &[Word]) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in one {
        *counts.entry(&word.folded).or_default() += 1;
    }
    let mut both = 0;
    for word in other {
        if let Some(count) = counts.get_mut(word.folded.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    2000 * both / (one.len() + other.len()).max(1)
}

fn score(one: &Parts, other: &Parts) -> usize {
    let cue = if one.lemma.is_some() && one.lemma == other.lemma { 250 } else { 0 };
    shared(&one.content, &other.content) * 6 / 10 + cue + shared(&one.source, &other.source) * 15 / 100
}

/// Maps the attributions of two texts to each other: those of aligned sentences first, then what has the same content anywhere. In the
/// order of the newer text, what was removed behind, in the order of the older one.
pub(super) fn map(
    older: (&[AttributionRecord], &[Sentence]),
    newer: (&[AttributionRecord], &[Sentence]),
    pairs: &[Pair],
) -> Vec<AttributionChange> {
    let parts = |records: &[AttributionRecord]| records.iter().map(Parts::of).collect::<Vec<_>>();
    let (old, new) = (parts(older.0), parts(newer.0));
    let (by_older, by_newer) = (by_sentence(older.0, older.1), by_sentence(newer.0, newer.1));
    let mut to: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for pair in pairs {
        let (Some(left), Some(right)) = (by_older.get(&pair.older), by_newer.get(&pair.newer)) else { continue };
        let mut scored = Vec::new();
        for one in left.iter().take(PER_SENTENCE) {
            for other in right.iter().take(PER_SENTENCE) {
                let alike = score(&old[*one], &new[*other]);
                if alike >= SAME {
                    scored.push((std::cmp::Reverse(alike), *other, *one));
                }
            }
        }
        scored.sort_unstable();
        for (_, other, one) in scored {
            if !to.contains_key(&other) && taken.insert(one) {
                to.insert(other, (one, pair.moved));
            }
        }
    }
    let mut free: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for (at, parts) in old.iter().enumerate().rev().filter(|(at, parts)| !taken.contains(at) && parts.content.len() > 2)
    {
        free.entry(parts.key()).or_default().push(at);
    }
    for (at, parts) in new.iter().enumerate() {
        if to.contains_key(&at) {
            continue;
        }
        if let Some(one) = free.get_mut(&parts.key()).and_then(Vec::pop) {
            taken.insert(one);
            to.insert(at, (one, true));
        }
    }
    let mut changes: Vec<AttributionChange> = newer
        .0
        .iter()
        .enumerate()
        .map(|(at, record)| match to.get(&at) {
            Some((one, moved)) => compared(&older.0[*one], &old[*one], record, &new[at], *moved),
            None => AttributionChange {
                fate: Fate::Added,
                older: None,
                newer: Some(record.id),
                touched: Vec::new(),
                before: Vec::new(),
                after: words(record),
            },
        })
        .collect();
    let removed = older.0.iter().enumerate().filter(|(at, _)| !taken.contains(at));
    changes.extend(removed.map(|(_, record)| AttributionChange {
        fate: Fate::Removed,
        older: Some(record.id),
        newer: None,
        touched: Vec::new(),
        before: words(record),
        after: Vec::new(),
    }));
    changes
}

fn words(record: &AttributionRecord) -> Vec<Quoted> {
    record.source.iter().chain(&record.cue).chain(&record.content).cloned().collect()
}

fn compared(
    older: &AttributionRecord,
    old: &Parts,
    newer: &AttributionRecord,
    new: &Parts,
    moved: bool,
) -> AttributionChange {
    let mut touched = BTreeSet::new();
    let folded = |words: &[Word]| words.iter().map(|word| word.folded.clone()).collect::<Vec<_>>();
    if numbers(&old.content) != numbers(&new.content) {
        touched.insert(Touched::Figure);
    }
    let (before, after) = (hedges(older, old), hedges(newer, new));
    if before.iter().any(|(hedge, times)| after.get(hedge).is_none_or(|now| now < times)) {
        touched.insert(Touched::HedgeLost);
    }
    if after.iter().any(|(hedge, times)| before.get(hedge).is_none_or(|then| then < times)) {
        touched.insert(Touched::HedgeGained);
    }
    if folded(&old.source) != folded(&new.source) {
        touched.insert(Touched::Source);
    }
    if older.act != newer.act {
        touched.insert(Touched::Act);
    }
    let quoted =
        |words: &[Word]| words.iter().filter(|word| word.quoted).map(|word| word.folded.clone()).collect::<Vec<_>>();
    if quoted(&old.content) != quoted(&new.content) {
        touched.insert(Touched::Quotation);
    } else if touched.is_empty() && (folded(&old.content) != folded(&new.content) || old.lemma != new.lemma) {
        touched.insert(Touched::Reworded);
    }
    let fate = match (touched.is_empty(), moved) {
        (false, _) => Fate::Changed,
        (true, true) => Fate::Moved,
        (true, false) => Fate::Kept,
    };
    AttributionChange {
        fate,
        older: Some(older.id),
        newer: Some(newer.id),
        touched: touched.into_iter().collect(),
        before: words(older),
        after: words(newer),
    }
}

/// Hedges of an attribution, with how often each stands: those that were found, and hedge words of its content.
fn hedges(record: &AttributionRecord, parts: &Parts) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for word in parts.content.iter().filter(|word| is_hedge(word)) {
        *found.entry(word.folded.clone()).or_default() += 1;
    }
    let mut stated: BTreeMap<String, usize> = BTreeMap::new();
    for hedge in &record.hedges {
        *stated.entry(hedge.words.words().to_lowercase()).or_default() += 1;
    }
    for (hedge, times) in stated {
        let known = found.entry(hedge).or_default();
        *known = (*known).max(times);
    }
    found
}

/// The attributions whose cue stands in each sentence.
fn by_sentence(records: &[AttributionRecord], sentences: &[Sentence]) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let Some(cue) = record.cue.first() else { continue };
        let sentence = sentences.partition_point(|sentence| sentence.range.end <= cue.range().start);
        if sentence < sentences.len() {
            found.entry(sentence).or_default().push(at);
        }
    }
    found
}
