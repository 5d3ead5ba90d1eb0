//! Two texts beside each other: which passages stand in both, how much of each text that is, and which came from which. Not the search
//! for texts worth comparing ([`super::candidates`]).

use onrecord_evidence::{RevisionId, TextRange};
use serde::{Deserialize, Serialize};

use super::direction::{Direction, Reason, direction};
use super::judge::{Judged, hull, judged};
use super::{Passages, Side};
use crate::Report;

/// What a shared passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// Prose: one was taken from the other, or both from a third.
    Text,
    /// The words of a speaker or a document that both quote. Alone it is no copy of the text around it.
    Quotation,
}

/// How like each other two passages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Word for word (at least 970 of 1,000 words in order).
    Verbatim,
    /// Most words in order, some exchanged, left out or put in.
    LightRewrite,
}

/// A passage that stands in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands in the first text.
    pub first: TextRange,
    /// Where it stands in the second text.
    pub second: TextRange,
    /// What it is.
    pub kind: PassageKind,
    /// How like each other the two are.
    pub likeness: Likeness,
    /// Words that both have, in order.
    pub words: u32,
}

/// How much of a text stands in another one (METER's three classes; Gaizauskas and others 2001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// None of its prose; quotations may be shared.
    Not,
    /// Some of its prose.
    Partly,
    /// At least 800 of 1,000 of its words, quotations included.
    Wholly,
}

/// What a range of a text is, seen from the other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Most of it does not stand in the other text.
    New,
    /// Most of it is a quotation that both have.
    Quotation,
    /// Most of it is prose of the other text, so like it.
    Text(Likeness),
}

/// What two texts share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copying {
    /// The first revision.
    pub first: RevisionId,
    /// The second revision.
    pub second: RevisionId,
    /// The shared passages, in the order of the first text, then of the second. Never empty.
    pub passages: Vec<Passage>,
    /// How much of the first text stands in the second.
    pub first_extent: Extent,
    /// How much of the second text stands in the first.
    pub second_extent: Extent,
    /// Words of the first text that stand in the second, in thousandths of those that count.
    pub first_share: u16,
    /// Words of the second text that stand in the first, in thousandths of those that count.
    pub second_share: u16,
    /// Which text was taken from which.
    pub direction: Direction,
    /// Why: the credits, names and times, decided or not.
    pub reasons: Vec<Reason>,
}

/// From this share on (thousandths) a text is wholly derived.
const WHOLLY: u16 = 800;
/// From this share on (thousandths) a text is derived even where all that is shared is somebody's words.
const ALONE: u16 = 900;

impl Copying {
    /// Whether either is derived: a shared quotation alone is not.
    pub fn is_copy(&self) -> bool {
        self.first_extent > Extent::Not || self.second_extent > Extent::Not
    }

    /// Whether each is wholly the other: two copies of one text.
    pub fn is_whole(&self) -> bool {
        self.first_extent == Extent::Wholly && self.second_extent == Extent::Wholly
    }

    /// The extent on one side.
    pub const fn extent(&self, side: Side) -> Extent {
        match side {
            Side::First => self.first_extent,
            Side::Second => self.second_extent,
        }
    }

    /// What `range` of the text on `side` is: a paragraph, a quotation, the words of a claim. The passages that cover most of it
    /// (by bytes) say so; the likeness is that of the worst of them.
    pub fn taken(&self, side: Side, range: TextRange) -> Taken {
        let place = |passage: &Passage| if side == Side::First { passage.first } else { passage.second };
        let (mut text, mut quoted, mut likeness) = (Vec::new(), Vec::new(), Likeness::Verbatim);
        for passage in self.passages.iter().filter(|passage| place(passage).overlaps(range)) {
            let at = place(passage);
            let shared = TextRange::new(at.start.max(range.start), at.end.min(range.end));
            match passage.kind {
                PassageKind::Text => {
                    text.push(shared);
                    likeness = likeness.max(passage.likeness);
                }
                PassageKind::Quotation => quoted.push(shared),
            }
        }
        let (text, quoted, half) = (length(text), length(quoted), range.len().div_ceil(2).max(1));
        match () {
            () if text >= half => Taken::Text(likeness),
            () if quoted >= half || (text + quoted >= half && quoted > text) => Taken::Quotation,
            () if text + quoted >= half => Taken::Text(likeness),
            () => Taken::New,
        }
    }

    fn flipped(self) -> Self {
        let mut passages: Vec<Passage> = self
            .passages
            .into_iter()
            .map(|passage| Passage { first: passage.second, second: passage.first, ..passage })
            .collect();
        passages.sort_by_key(|passage| (passage.first, passage.second));
        Self {
            first: self.second,
            second: self.first,
            passages,
            first_extent: self.second_extent,
            second_extent: self.first_extent,
            first_share: self.second_share,
            second_share: self.first_share,
            direction: self.direction,
            reasons: self.reasons,
        }
    }
}

/// Bytes that the ranges cover together.
fn length(mut ranges: Vec<TextRange>) -> u32 {
    ranges.sort_unstable();
    let (mut covered, mut end) = (0, 0);
    for range in ranges {
        covered += range.end.saturating_sub(range.start.max(end));
        end = end.max(range.end);
    }
    covered
}

/// Compares two texts; `None` where they share no passage. The same finding, turned round, comes of the texts turned round.
pub fn compare(
    first: &Report,
    first_passages: &Passages,
    second: &Report,
    second_passages: &Passages,
) -> Option<Copying> {
    let turned = (second_passages.digest(), second.revision) < (first_passages.digest(), first.revision);
    let mut found = if turned {
        aligned(second, second_passages, first, first_passages)?.flipped()
    } else {
        aligned(first, first_passages, second, second_passages)?
    };
    (found.direction, found.reasons) = direction(first, first_passages, second, second_passages);
    Some(found)
}

fn aligned(first: &Report, one: &Passages, second: &Report, other: &Passages) -> Option<Copying> {
    let judged = judged(one, other);
    if judged.is_empty() {
        return None;
    }
    let first_share = share(one, judged.iter().map(|row| (row.row.first, covered(row, Side::First, one))));
    let second_share = share(other, judged.iter().map(|row| (row.row.second, covered(row, Side::Second, other))));
    let prose: usize = judged.iter().filter(|row| row.kind == PassageKind::Text).map(|row| row.row.shared()).sum();
    let extent = |share: u16| match () {
        // Where nothing but the shared words is left, there is no text around them: a column in the first person, copied.
        () if prose == 0 && share < ALONE => Extent::Not,
        () if share >= WHOLLY => Extent::Wholly,
        () => Extent::Partly,
    };
    Some(Copying {
        first: first.revision,
        second: second.revision,
        passages: merged(&judged, one, other),
        first_extent: extent(first_share),
        second_extent: extent(second_share),
        first_share,
        second_share,
        direction: Direction::Undetermined,
        reasons: Vec::new(),
    })
}

/// Words of a row's sentence that count as taken: all where most are shared, else those from the first run to the last.
fn covered(judged: &Judged, side: Side, passages: &Passages) -> std::ops::Range<usize> {
    let (index, hull) = match side {
        Side::First => (judged.row.first, hull(&judged.row).0),
        Side::Second => (judged.row.second, hull(&judged.row).1),
    };
    let sentence = passages.sentences[index].words.clone();
    if judged.row.shared() * 10 >= sentence.len() * 6 { sentence } else { hull }
}

fn share(passages: &Passages, covered: impl Iterator<Item = (usize, std::ops::Range<usize>)>) -> u16 {
    let mut taken = vec![false; passages.words.len()];
    covered.for_each(|(_, words)| taken[words].fill(true));
    let all = passages.len().max(1);
    let count = taken.into_iter().filter(|taken| *taken).count().min(all);
    ((count * 1000 + all / 2) / all) as u16
}

/// The rows as passages; rows that follow each other in one paragraph on both sides are one.
fn merged(judged: &[Judged], one: &Passages, other: &Passages) -> Vec<Passage> {
    let range = |passages: &Passages, words: &std::ops::Range<usize>| match (
        passages.words.get(words.start),
        words.end.checked_sub(1),
    ) {
        (Some(begin), Some(end)) => begin.range.hull(passages.words[end].range),
        _ => TextRange::default(),
    };
    let mut found: Vec<Passage> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for row in judged {
        let (left, right) = hull(&row.row);
        let shared = row.row.shared();
        let verbatim = shared * 1000 >= left.len().max(right.len()) * 970;
        let likeness = if verbatim { Likeness::Verbatim } else { Likeness::LightRewrite };
        let passage = Passage {
            first: range(one, &left),
            second: range(other, &right),
            kind: row.kind,
            likeness,
            words: shared as u32,
        };
        let paragraphs = (one.sentences[row.row.first].paragraph, other.sentences[row.row.second].paragraph);
        let at = (row.row.first, row.row.second);
        let follows = last.is_some_and(|(first, second)| {
            (first + 1, second + 1) == at
                && (one.sentences[first].paragraph, other.sentences[second].paragraph) == paragraphs
        });
        match found.last_mut().filter(|before| follows && before.kind == passage.kind) {
            Some(before) => {
                before.first = before.first.hull(passage.first);
                before.second = before.second.hull(passage.second);
                before.likeness = before.likeness.max(passage.likeness);
                before.words += passage.words;
            }
            None => found.push(passage),
        }
        last = Some(at);
    }
    found
}
