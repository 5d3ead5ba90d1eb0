//! A text cut where something begins or ends: attributions, passages that stand elsewhere, words that were asked for. Pieces never nest; each carries the
//! classes of what covers it.

use onrecord::evidence::{BlockKind, CodePoints, TextRange};
use onrecord::record::AttributionRecord;
use onrecord::wire::{Mark, Role, marks, pieces};

use super::beside::{Copied, act_class};

/// Bytes of a text that are shown; the rest is said to be there.
const MOST_SHOWN: u32 = 400_000;
/// Places of words that are marked.
const MOST_PLACES: usize = 12;

/// A text with everything that is marked in it.
pub struct Marked<'a> {
    /// The text.
    pub text: &'a str,
    /// Its blocks; empty for a text without structure.
    pub blocks: &'a [onrecord::evidence::Block],
    /// Its attributions, in the order of their cues.
    pub records: &'a [AttributionRecord],
    /// Words that were asked for.
    pub asked: Vec<TextRange>,
    /// What it shares with other articles.
    pub copied: &'a [Copied],
}

/// A paragraph or heading.
pub struct Block {
    /// Whether it is a heading.
    pub heading: bool,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

impl Block {
    /// Its words.
    pub fn words(&self) -> String {
        self.pieces.iter().map(|piece| piece.words.as_str()).collect()
    }
}

/// Words that the same things cover.
pub struct Piece {
    /// The words.
    pub words: String,
    /// The classes of what covers them; empty for plain words.
    pub class: String,
    /// Whether they were asked for.
    pub asked: bool,
    /// Whether they are the first that were.
    pub first_asked: bool,
    /// The attribution whose cue they are, from 1.
    pub cue: Option<usize>,
    /// Whether they are the first words of that cue.
    pub first_of_cue: bool,
    /// What it does, for those who do not see colours.
    pub act: String,
}

/// The places that an address names (`12-40.50-61`, in code points), as ranges of the text; those that are none are left out.
pub fn places(named: &str, points: &CodePoints<'_>) -> Vec<TextRange> {
    let wanted = named.split('.').filter_map(|one| {
        let (start, end) = one.split_once('-')?;
        Some((start.parse::<usize>().ok()?, end.parse::<usize>().ok()?))
    });
    let mut wanted: Vec<(usize, usize)> = wanted.take(MOST_PLACES).filter(|(start, end)| start < end).collect();
    wanted.sort_unstable();
    if wanted.is_empty() {
        return Vec::new();
    }
    // One pass over the text gives the bytes of every code point that is asked for.
    let mut edges: Vec<usize> = wanted.iter().flat_map(|(start, end)| [*start, *end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let text = points.text();
    let mut bytes = std::collections::BTreeMap::new();
    let mut next = edges.iter().copied().peekable();
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    for (count, at) in ends.enumerate() {
        if next.next_if_eq(&count).is_some() {
            bytes.insert(count, at);
        }
        if next.peek().is_none() {
            break;
        }
    }
    let range = |(start, end): &(usize, usize)| {
        let (start, end) = (bytes.get(start)?, bytes.get(end)?);
        Some(TextRange::new(u32::try_from(*start).ok()?, u32::try_from(*end).ok()?))
    };
    wanted.iter().filter_map(range).collect()
}

impl Marked<'_> {
    /// The blocks with their pieces, and whether the end of a long text is left out.
    pub fn blocks(&self) -> (Vec<Block>, bool) {
        let length = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let marks = marks(self.records);
        let extra = self.asked.iter().copied().chain(self.copied.iter().flat_map(|one| one.ranges.iter().copied()));
        // What is asked for and what is copied cuts the text as attributions do.
        let cuts: Vec<Mark> = extra.map(|range| Mark { record: usize::MAX, role: Role::Content, range }).collect();
        let mut all = marks;
        all.extend(cuts);
        all.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end), mark.record, mark.role));
        let pieces = pieces(length, &all);
        let mut shown = Vec::new();
        let mut is_first = true;
        for (heading, range) in self.ranges(length) {
            if range.start >= MOST_SHOWN {
                return (shown, true);
            }
            let from = pieces.partition_point(|piece| piece.range.end <= range.start);
            let within = pieces[from..].iter().take_while(|piece| piece.range.start < range.end);
            let pieces = within.filter_map(|piece| {
                let part = TextRange::new(piece.range.start.max(range.start), piece.range.end.min(range.end));
                let covered: Vec<Mark> =
                    piece.covered.iter().map(|index| all[*index]).filter(|mark| mark.record != usize::MAX).collect();
                self.piece(part, &covered, &mut is_first)
            });
            shown.push(Block { heading, pieces: pieces.collect() });
        }
        (shown, false)
    }

    /// The blocks; the paragraphs between line breaks where the text has none.
    fn ranges(&self, length: u32) -> Vec<(bool, TextRange)> {
        if !self.blocks.is_empty() {
            return self.blocks.iter().map(|block| (block.kind == BlockKind::Heading, block.range)).collect();
        }
        let mut found = Vec::new();
        let mut start = 0u32;
        for line in self.text.split_inclusive('\n') {
            let end = start.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX)).min(length);
            if !line.trim().is_empty() {
                found.push((false, TextRange::new(start, end)));
            }
            start = end;
        }
        found
    }

    fn piece(&self, range: TextRange, covered: &[Mark], is_first: &mut bool) -> Option<Piece> {
        let words = range.slice(self.text)?.to_owned();
        let asked = self.asked.iter().any(|one| one.overlaps(range));
        let first_asked = asked && std::mem::take(is_first);
        let mut classes: Vec<&str> = Vec::new();
        for mark in covered {
            classes.push(mark.role.word());
        }
        let cue = covered.iter().find(|mark| mark.role == Role::Cue);
        let innermost = covered.last().or(cue).and_then(|mark| self.records.get(mark.record));
        let of = cue.and_then(|mark| self.records.get(mark.record));
        classes.extend(of.or(innermost).map(|record| act_class(record.act)));
        if let Some(one) = self.copied.iter().find(|one| one.ranges.iter().any(|place| place.overlaps(range))) {
            classes.push("copied");
            classes.push(one.class);
        }
        classes.dedup();
        Some(Piece {
            words,
            class: classes.join(" "),
            asked,
            first_asked,
            cue: cue.map(|mark| mark.record + 1),
            first_of_cue: of.and_then(|record| record.cue.first()).is_some_and(|one| one.range().start == range.start),
            act: of.map_or_else(String::new, |record| record.act.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_code_points_of_the_text() {
        let text = "“No,” she said";
        let points = CodePoints::new(text);
        let check = |named: &str, expect: &[&str]| {
            let found: Vec<&str> = places(named, &points).into_iter().filter_map(|range| range.slice(text)).collect();
            assert_eq!(found, expect, "{named}");
        };
        check("1-3", &["No"]);
        check("6-9.1-3", &["No", "she"]);
        check("0-14", &[text]);
        check("10-15", &[]);
        check("3-1.a-b.-.1", &[]);
        check("", &[]);
    }

    #[test]
    fn a_text_without_blocks_is_cut_into_lines() {
        let text = "First.\n\nSecond é.\n";
        let marked = Marked { text, blocks: &[], records: &[], asked: vec![TextRange::new(8, 14)], copied: &[] };
        let (blocks, cut) = marked.blocks();
        let shown: Vec<Vec<(&str, bool)>> = blocks
            .iter()
            .map(|block| block.pieces.iter().map(|piece| (piece.words.as_str(), piece.asked)).collect())
            .collect();
        assert_eq!(shown, [vec![("First.\n", false)], vec![("Second", true), (" é.\n", false)]]);
        assert!(!cut);
    }
}
