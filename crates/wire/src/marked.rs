//! A text cut where attributions begin and end, for whoever shows it. Not a markup: pieces never nest, they carry what covers them.

use onrecord_evidence::TextRange;
use onrecord_record::AttributionRecord;

/// The part that words play in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who is credited.
    Source,
    /// What signals it.
    Cue,
    /// What is attributed.
    Content,
}

impl Role {
    /// The glossary's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }
}

/// One span of one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which attribution of the list, from 0.
    pub record: usize,
    /// Its part.
    pub role: Role,
    /// Where it stands.
    pub range: TextRange,
}

/// A stretch of text that the same marks cover from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub range: TextRange,
    /// Indices of the marks that cover it, the longest first.
    pub covered: Vec<usize>,
}

/// The marks of `records`: by start, then the longest first, then by attribution.
pub fn marks(records: &[AttributionRecord]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (record, attribution) in records.iter().enumerate() {
        let roles =
            [(Role::Source, &attribution.source), (Role::Cue, &attribution.cue), (Role::Content, &attribution.content)];
        for (role, spans) in roles {
            marks.extend(spans.iter().map(|span| Mark { record, role, range: span.range() }));
        }
    }
    marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end), mark.record, mark.role));
    marks
}

/// Cuts the bytes 0..`len` of a text at every edge of `marks`.
pub fn pieces(len: u32, marks: &[Mark]) -> Vec<Piece> {
    let mut edges: Vec<u32> =
        marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).chain([0, len]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut pieces = Vec::with_capacity(edges.len());
    for pair in edges.windows(2) {
        let range = TextRange::new(pair[0], pair[1]);
        open.retain(|index| marks[*index].range.end > range.start);
        while next < marks.len() && marks[next].range.start <= range.start {
            if !marks[next].range.is_empty() {
                open.push(next);
            }
            next += 1;
        }
        let mut covered = open.clone();
        covered.sort_by_key(|index| (std::cmp::Reverse(marks[*index].range.len()), *index));
        pieces.push(Piece { range, covered });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_tile_the_text_and_know_what_covers_them() {
        // "Reuters said he denied it": one attribution inside of the content of another.
        let mark = |record, role, start, end| Mark { record, role, range: TextRange::new(start, end) };
        let marks = [
            mark(0, Role::Source, 0, 7),
            mark(0, Role::Cue, 8, 12),
            mark(0, Role::Content, 13, 25),
            mark(1, Role::Source, 13, 15),
            mark(1, Role::Cue, 16, 22),
        ];
        let shown: Vec<_> =
            pieces(25, &marks).into_iter().map(|piece| (piece.range.start, piece.range.end, piece.covered)).collect();
        assert_eq!(
            shown,
            [
                (0, 7, vec![0]),
                (7, 8, vec![]),
                (8, 12, vec![1]),
                (12, 13, vec![]),
                (13, 15, vec![2, 3]),
                (15, 16, vec![2]),
                (16, 22, vec![2, 4]),
                (22, 25, vec![2]),
            ]
        );
    }
}
