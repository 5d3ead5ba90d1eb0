//! Where a place stands among the attributions of a text: in a cue, in a content, outside. Not what the attributions mean.

use onrecord_evidence::TextRange;

/// The spans of one attribution, as `AttributionSpans` or as gold has them.
#[derive(Clone, Copy, Debug)]
pub struct RelaySpans<'spans> {
    /// Who is credited.
    pub source: &'spans [TextRange],
    /// The words that signal it.
    pub cue: &'spans [TextRange],
    /// What is attributed.
    pub content: &'spans [TextRange],
}

/// Where a range stands.
#[derive(Debug)]
pub(crate) enum Place<'spans> {
    /// In a cue that has this content.
    Cue(&'spans [TextRange]),
    /// In this piece of a content, the smallest that holds it.
    Content(TextRange),
    /// In neither.
    Outside,
}

/// At most this many pieces are looked at around one place: deeper nesting is no news text.
const NEAR: usize = 24;

/// Looks up what holds a range. Built once for a text.
#[derive(Debug)]
pub(crate) struct SpanIndex<'spans> {
    cues: Pieces<&'spans [TextRange]>,
    contents: Pieces<u32>,
}

impl<'spans> SpanIndex<'spans> {
    pub(crate) fn new(attributions: &[RelaySpans<'spans>]) -> Self {
        let mut cues = Vec::new();
        let mut contents = Vec::new();
        for (index, spans) in attributions.iter().enumerate() {
            cues.extend(spans.cue.iter().map(|range| (*range, spans.content)));
            contents.extend(spans.content.iter().map(|range| (*range, index as u32)));
        }
        Self { cues: Pieces::new(cues), contents: Pieces::new(contents) }
    }

    pub(crate) fn place(&self, range: TextRange) -> Place<'spans> {
        if let Some((_, content)) = self.cues.smallest(range, |_| true) {
            return Place::Cue(content);
        }
        self.contents.smallest(range, |_| true).map_or(Place::Outside, |(piece, _)| Place::Content(piece))
    }

    /// The attribution whose content holds `range` most closely, other than `not`.
    pub(crate) fn holder(&self, range: TextRange, not: u32) -> Option<u32> {
        self.contents.smallest(range, |index| *index != not).map(|(_, index)| index)
    }

    /// Whether a cue stands wholly between the two places.
    pub(crate) fn cue_between(&self, from: u32, to: u32) -> bool {
        let first = self.cues.list.partition_point(|(range, ..)| range.start < from);
        self.cues.list.get(first).is_some_and(|(range, ..)| range.end <= to)
    }
}

/// Ranges by their start, each with the furthest end up to it.
#[derive(Debug)]
struct Pieces<T> {
    list: Vec<(TextRange, T, u32)>,
}

impl<T: Copy> Pieces<T> {
    fn new(pieces: Vec<(TextRange, T)>) -> Self {
        let mut list: Vec<(TextRange, T, u32)> = pieces.into_iter().map(|(range, of)| (range, of, range.end)).collect();
        // Stable, the longer first: of equal starts the smaller is nearer.
        list.sort_by_key(|(range, ..)| (range.start, std::cmp::Reverse(range.end)));
        let mut furthest = 0;
        for piece in &mut list {
            furthest = furthest.max(piece.2);
            piece.2 = furthest;
        }
        Self { list }
    }

    fn smallest(&self, range: TextRange, wanted: impl Fn(&T) -> bool) -> Option<(TextRange, T)> {
        let after = self.list.partition_point(|(piece, ..)| piece.start <= range.start);
        let mut best: Option<(TextRange, T)> = None;
        for (piece, of, furthest) in self.list[..after].iter().rev().take(NEAR) {
            if *furthest < range.end {
                break;
            }
            if piece.contains(range) && wanted(of) && best.is_none_or(|(found, _)| piece.len() < found.len()) {
                best = Some((*piece, *of));
            }
        }
        best
    }
}
