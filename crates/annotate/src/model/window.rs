//! What the network sees of a text: pieces with their surface features, and windows of whole sentences.
//!
//! Repeats `training/data.py`; a change there is a change here. Not here: the network.

use std::ops::Range;

use onrecord_evidence::TextRange;

use super::wordpiece::Vocabulary;

/// Pieces that a window holds at most, without the marks of its ends.
pub(super) const MAX_PIECES: usize = 318;
/// Pieces of the shortest window that ends where another end would do too.
const SHORTEST: usize = 128;
/// Pieces to either side of a window's edge that say how well it ends there.
const BESIDE: usize = 6;
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
///
/// Where a window ends is up to the words there, and not to how much text stands before: in a copy that begins in other
/// words, the windows fall into step with those of the text that was read before, and are known ([`super::cache`]).
pub(super) fn windows(pieces: &[Piece], sentences: &[Range<usize>]) -> Vec<Window> {
    let mut plan: Vec<Range<usize>> = Vec::new();
    let mut first = 0;
    while first < sentences.len() {
        let start = sentences[first].start;
        let mut next = first + 1;
        while next < sentences.len() && sentences[next].end - start <= MAX_PIECES {
            next += 1;
        }
        if next < sentences.len() {
            let long = |next: &usize| sentences[*next - 1].end - start >= SHORTEST;
            let ends = (first + 1..=next).filter(|end| *end == next || long(end));
            next = ends.rev().min_by_key(|end| rank(pieces, &sentences[*end - 1], &sentences[*end])).unwrap_or(next);
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

/// How well a window ends between two sentences, the least best: first where a paragraph ends, then by a hash (FNV-1a) of the pieces
/// beside the edge, which says nothing but says it of the same words everywhere.
fn rank(pieces: &[Piece], before: &Range<usize>, after: &Range<usize>) -> (bool, u64) {
    let beside = before.end.saturating_sub(BESIDE).max(before.start)..after.end.min(after.start + BESIDE);
    let bytes = pieces[beside].iter().flat_map(|piece| piece.id.to_le_bytes());
    let hash = bytes
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    (!pieces[after.start].starts_paragraph, hash)
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

    fn pieces(count: usize) -> Vec<Piece> {
        let piece = |n: u32| Piece { range: TextRange::new(n, n + 1), ..Piece::default() };
        (0..count as u32).map(piece).collect()
    }

    /// Windows of pieces that are all alike, so that each ends as late as it may; as first piece, end and end of the share.
    fn check(lengths: &[usize], expected: &[(usize, usize, usize)]) {
        let sentences = sentences(lengths);
        let found = windows(&pieces(lengths.iter().sum()), &sentences);
        let shown: Vec<_> = found.iter().map(|w| (w.pieces.start, w.pieces.end, w.own.end)).collect();
        assert_eq!(shown, expected);
        cover(&found, &sentences);
    }

    fn cover(found: &[Window], sentences: &[Range<usize>]) {
        let mut at = 0;
        for window in found {
            assert!(window.own.start == at && window.pieces.start <= at && window.own.end <= window.pieces.end);
            assert!(window.pieces.len() <= MAX_PIECES);
            at = window.own.end;
        }
        assert_eq!(at, sentences.last().map_or(0, |last| last.end), "every piece is decided once");
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
    fn windows_end_where_a_paragraph_does() {
        let mut pieces = pieces(400);
        pieces[160].starts_paragraph = true;
        pieces[100].starts_paragraph = true;
        let found = windows(&pieces, &sentences(&[20; 20]));
        assert_eq!(found[0].pieces, 0..160);
    }

    /// The windows of a text without the first sentences of a longer one are, from some way in, those of the longer one.
    #[test]
    fn windows_fall_into_step() {
        let lengths: Vec<usize> = (0..60).map(|n| 9 + n * 7 % 31).collect();
        let sentences = sentences(&lengths);
        let mut pieces = pieces(lengths.iter().sum());
        for (number, piece) in pieces.iter_mut().enumerate() {
            piece.id = (number as u32).wrapping_mul(2_654_435_761) >> 20;
        }
        let whole = windows(&pieces, &sentences);
        cover(&whole, &sentences);
        for gone in 1..8 {
            let start = sentences[gone].start;
            let rest: Vec<_> = sentences[gone..].iter().map(|s| s.start - start..s.end - start).collect();
            let found = windows(&pieces[start..], &rest);
            cover(&found, &rest);
            let same = |window: &&Window| {
                let at = |range: &Range<usize>| range.start + start..range.end + start;
                whole.contains(&Window { pieces: at(&window.pieces), own: at(&window.own) })
            };
            assert!(found.iter().filter(same).count() * 3 >= found.len() * 2, "without {gone} sentences");
        }
    }

    #[test]
    fn long_sentences_are_cut_and_wild_ranges_do_no_harm() {
        let pieces = pieces(700);
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
