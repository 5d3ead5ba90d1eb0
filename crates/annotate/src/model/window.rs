//! What the network sees of a text: pieces with their surface features, and windows of whole sentences.
//!
//! Repeats `training/data.py`; a change there is a change here. Not here: the network.

use std::ops::Range;

use onrecord_evidence::TextRange;

use super::wordpiece::Vocabulary;

/// Pieces that a window holds at most, without the marks of its ends.
pub(super) const MAX_PIECES: usize = 318;
/// Pieces that two neighbouring windows share at most.
const OVERLAP: usize = 64;
/// How many [`Case`]s there are.
pub(super) const CASES: usize = 5;
/// How many [`Quote`]s there are.
pub(super) const QUOTES: usize = 4;

/// The letters of a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Case {
    #[default]
    None,
    Lower,
    Initial,
    Upper,
    Mixed,
}

/// Where a piece stands to double quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quote {
    #[default]
    Outside,
    Inside,
    Opens,
    Closes,
}

/// One piece with its features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) id: u32,
    pub(super) range: TextRange,
    /// Whether it goes on with the word of the piece before.
    pub(super) continues: bool,
    pub(super) case: Case,
    pub(super) quote: Quote,
    pub(super) starts_paragraph: bool,
    /// Number of the line that it stands in.
    pub(super) paragraph: u32,
}

/// A part of the text that the network reads at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The pieces that it sees.
    pub(super) pieces: Range<usize>,
    /// The pieces that are decided here: every piece of the text is in one window's share.
    pub(super) own: Range<usize>,
}

/// The pieces of `text` with their features.
pub(super) fn read_pieces(text: &str, vocabulary: &Vocabulary) -> Vec<Piece> {
    let (mut at, mut paragraph, mut inside) = (0, 0, false);
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in vocabulary.pieces(text) {
        let start = piece.range.start as usize;
        let lines = text.as_bytes()[at.min(start)..start].iter().filter(|byte| **byte == b'\n').count();
        at = piece.range.end as usize;
        paragraph += lines as u32;
        inside &= lines == 0;
        let letters = piece.range.slice(text).unwrap_or_default();
        let quote = match letters {
            "“" | "„" | "«" => Quote::Opens,
            "\"" if !inside => Quote::Opens,
            "”" | "»" | "\"" => Quote::Closes,
            _ if inside => Quote::Inside,
            _ => Quote::Outside,
        };
        inside = matches!(quote, Quote::Opens | Quote::Inside);
        pieces.push(Piece {
            id: piece.id,
            range: piece.range,
            continues: piece.continues,
            case: case_of(letters),
            quote,
            starts_paragraph: pieces.last().is_none_or(|before| before.paragraph != paragraph),
            paragraph,
        });
    }
    pieces
}

fn case_of(letters: &str) -> Case {
    let (mut lower, mut upper, mut first_is_upper) = (0, 0, false);
    for letter in letters.chars() {
        if letter.is_uppercase() {
            first_is_upper |= lower + upper == 0;
            upper += 1;
        } else if letter.is_lowercase() {
            lower += 1;
        }
    }
    match (lower, upper) {
        (0, 0) => Case::None,
        (_, 0) => Case::Lower,
        (0, 2..) => Case::Upper,
        (_, 1) if first_is_upper => Case::Initial,
        _ => Case::Mixed,
    }
}

/// Sentences as ranges of pieces. Every piece is in one; a sentence longer than a window is cut.
///
/// `sentences` only says where sentences end; whatever lies outside of them is a sentence too.
pub(super) fn sentence_pieces(pieces: &[Piece], sentences: &[TextRange]) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(sentences.len() + 1);
    let mut first = 0;
    for end in sentences.iter().map(|sentence| sentence.end).chain([u32::MAX]) {
        let mut last = first;
        while pieces.get(last).is_some_and(|piece| piece.range.start < end) {
            last += 1;
        }
        ranges.extend((first..last).step_by(MAX_PIECES).map(|start| start..last.min(start + MAX_PIECES)));
        first = last;
    }
    ranges
}

/// Windows over sentences; two neighbours meet in the middle of what they share.
pub(super) fn windows(sentences: &[Range<usize>]) -> Vec<Window> {
    let mut plan: Vec<Range<usize>> = Vec::new();
    let mut first = 0;
    while first < sentences.len() {
        let start = sentences[first].start;
        let mut next = first + 1;
        while next < sentences.len() && sentences[next].end - start <= MAX_PIECES {
            next += 1;
        }
        let end = sentences[next - 1].end;
        plan.push(start..end);
        let Some(after) = sentences.get(next) else { break };
        let mut again = next;
        while again - 1 > first {
            let back = sentences[again - 1].start;
            if end - back > OVERLAP || after.end - back > MAX_PIECES {
                break;
            }
            again -= 1;
        }
        first = again;
    }
    let mut own = 0;
    let meets = plan.iter().zip(plan.iter().skip(1)).map(|(a, b)| usize::midpoint(a.end, b.start));
    let ends: Vec<usize> = meets.chain(plan.last().map(|last| last.end)).collect();
    plan.into_iter()
        .zip(ends)
        .map(|(pieces, end)| {
            let start = std::mem::replace(&mut own, end);
            Window { pieces, own: start..end }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(lengths: &[usize]) -> Vec<Range<usize>> {
        let ends = lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        ends.zip(lengths).map(|(end, length)| end - length..end).collect()
    }

    fn check(lengths: &[usize], expected: &[(usize, usize, usize)]) {
        let found = windows(&sentences(lengths));
        let shown: Vec<_> = found.iter().map(|w| (w.pieces.start, w.pieces.end, w.own.end)).collect();
        assert_eq!(shown, expected);
        let mut at = 0;
        for window in found {
            assert!(window.own.start == at && window.pieces.start <= at && window.own.end <= window.pieces.end);
            assert!(window.pieces.len() <= MAX_PIECES);
            at = window.own.end;
        }
        assert_eq!(at, lengths.iter().sum::<usize>(), "every piece is decided once");
    }

    #[test]
    fn windows_share_whole_sentences() {
        check(&[], &[]);
        check(&[20], &[(0, 20, 20)]);
        check(&[300, 18], &[(0, 318, 318)]);
        check(&[270, 40, 20, 30], &[(0, 310, 290), (270, 360, 360)]);
        check(&[270, 40, 300], &[(0, 310, 310), (310, 610, 610)]);
        check(&[318, 318, 5], &[(0, 318, 318), (318, 636, 636), (636, 641, 641)]);
    }

    #[test]
    fn long_sentences_are_cut_and_wild_ranges_do_no_harm() {
        let piece = |n: u32| Piece { range: TextRange::new(n, n + 1), ..Piece::default() };
        let pieces: Vec<Piece> = (0..700).map(piece).collect();
        let wild = [TextRange::new(600, 650), TextRange::new(3, 10), TextRange::new(0, u32::MAX)];
        let ranges = sentence_pieces(&pieces, &wild);
        assert_eq!(ranges, [0..318, 318..636, 636..650, 650..700]);
        assert!(sentence_pieces(&[], &wild).is_empty());
    }

    #[test]
    fn letters_have_cases() {
        for (letters, case) in [
            ("said", Case::Lower),
            ("Kyiv", Case::Initial),
            ("NATO", Case::Upper),
            ("A", Case::Initial),
            ("McKay", Case::Mixed),
            ("84", Case::None),
            ("É", Case::Initial),
        ] {
            assert_eq!(case_of(letters), case, "{letters}");
        }
    }
}
