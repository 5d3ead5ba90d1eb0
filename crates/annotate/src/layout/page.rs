//! The blocks of one reading: in order, none over another. Not what stands in them.

use onrecord_evidence::{Block, BlockKind, TextRange};

use crate::ScoredSpans;

/// A text with its blocks.
pub(crate) struct Page<'reading> {
    pub(super) text: &'reading str,
    pub(super) blocks: &'reading [Block],
    pub(crate) ranges: Vec<TextRange>,
}

impl<'reading> Page<'reading> {
    pub(crate) fn new(text: &'reading str, blocks: &'reading [Block]) -> Self {
        Self { text, blocks, ranges: blocks.iter().map(|block| block.range).collect() }
    }

    /// The parts of the text that are read by themselves, in text order: each heading is one, and what stands between two
    /// headings is one. Together they are the whole text.
    ///
    /// Read together with the paragraph below it, a heading without a full stop misleads the model, whose corpus ends headings
    /// with one: of nine headings of the sample stories that it misread so, six came out right when they were read alone.
    pub(crate) fn sections(&self) -> Vec<TextRange> {
        let mut sections = Vec::new();
        let mut start = 0;
        let headings = self.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
        for edge in headings.flat_map(|block| [block.range.start, block.range.end]).chain([self.text.len() as u32]) {
            if self.text.get(start as usize..edge as usize).is_some_and(|section| !section.is_empty()) {
                sections.push(TextRange::new(start, edge));
                start = edge;
            }
        }
        sections
    }

    /// Cuts the spans of an attribution where they pass from one block into the next: between two blocks of a page may stand
    /// bytes that are no part of the text (a byline, an advertisement), and no quote may claim them. A source stands in one
    /// block, its cue's where it can; and a heading says nothing in an attribution of another block, nor they in its own.
    pub(super) fn keep(&self, spans: &mut ScoredSpans) {
        for spans in [&mut spans.source, &mut spans.cue, &mut spans.content] {
            *spans = self.cut(spans);
        }
        let Some(cue) = spans.cue.first() else { return };
        let block = self.around(*cue);
        let own = |range: &TextRange| block.is_some_and(|block| block.range.contains(*range));
        let is_heading = |range: &TextRange| self.around(*range).is_some_and(|block| block.kind == BlockKind::Heading);
        if spans.source.iter().any(own) {
            spans.source.retain(own);
        }
        let apart = |range: &TextRange| own(range) || !is_heading(range) && !is_heading(cue);
        if spans.content.iter().any(apart) {
            spans.content.retain(apart);
        }
    }

    /// `ranges` cut at the edges of the blocks; a range that lies in none stays.
    fn cut(&self, ranges: &[TextRange]) -> Vec<TextRange> {
        let mut cut = Vec::with_capacity(ranges.len());
        for range in ranges {
            let inside = self.ranges[self.first(range.start)..].iter().take_while(|block| block.start < range.end);
            let before = cut.len();
            cut.extend(inside.map(|block| TextRange::new(range.start.max(block.start), range.end.min(block.end))));
            if cut.len() == before {
                cut.push(*range);
            }
        }
        cut
    }

    /// The dateline, up to its dash; `None` where the first lines have none.
    pub(crate) fn dateline(&self) -> Option<TextRange> {
        super::furniture::dateline(self)
    }

    /// The block that holds the whole range.
    fn around(&self, range: TextRange) -> Option<&'reading Block> {
        self.blocks.get(self.first(range.start)).filter(|block| block.range.contains(range))
    }

    /// Index of the first block that ends behind `place`.
    pub(super) fn first(&self, place: u32) -> usize {
        self.ranges.partition_point(|block| block.end <= place)
    }

    /// The lines of the blocks with what they are, trimmed, in text order; of a text without blocks all its lines.
    pub(super) fn lines(&self) -> Vec<Line<'reading>> {
        let whole = [Block { range: TextRange::new(0, self.text.len() as u32), kind: BlockKind::Paragraph }];
        let blocks = if self.blocks.is_empty() { &whole[..] } else { self.blocks };
        let mut lines = Vec::with_capacity(blocks.len());
        for block in blocks {
            let mut start = block.range.start;
            for line in block.range.slice(self.text).unwrap_or_default().split_inclusive(['\n', '\r']) {
                let range = TextRange::new(start, start + line.len() as u32);
                start = range.end;
                let trimmed = range.trimmed(self.text).and_then(|range| Some((range, range.slice(self.text)?)));
                lines.extend(trimmed.map(|(range, words)| Line { range, words, kind: block.kind }));
            }
        }
        lines
    }
}

/// One line of a page, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'reading> {
    pub(super) range: TextRange,
    pub(super) words: &'reading str,
    pub(super) kind: BlockKind,
}

impl Line<'_> {
    /// The range of a part of the line, given in bytes of its words.
    pub(super) fn part(&self, part: std::ops::Range<usize>) -> TextRange {
        TextRange::new(self.range.start + part.start as u32, self.range.start + part.end as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(start: u32, end: u32, kind: BlockKind) -> Block {
        Block { range: TextRange::new(start, end), kind }
    }

    #[test]
    fn a_heading_and_the_next_paragraph_share_no_attribution() {
        let text = "No call, says governor\nGovernor Marn denied it.";
        let blocks = [block(0, 22, BlockKind::Heading), block(23, 47, BlockKind::Paragraph)];
        let check = |source: (u32, u32), cue: (u32, u32), content: &[(u32, u32)], expect: (u32, &[u32])| {
            let range = |(start, end): (u32, u32)| TextRange::new(start, end);
            let content = content.iter().copied().map(range).collect();
            let mut spans = ScoredSpans { source: vec![range(source)], cue: vec![range(cue)], content, score: 1.0 };
            Page::new(text, &blocks).keep(&mut spans);
            assert_eq!(spans.source[0].start, expect.0);
            assert_eq!(spans.content.iter().map(|range| range.start).collect::<Vec<_>>(), expect.1);
        };
        check((14, 36), (37, 43), &[(0, 7), (44, 46)], (23, &[44]));
        check((14, 22), (9, 13), &[(0, 7), (44, 46)], (14, &[0]));
        check((14, 22), (9, 13), &[(44, 46)], (14, &[44]));
    }

    #[test]
    fn spans_are_cut_between_blocks() {
        let range = TextRange::new;
        let blocks = [(0, 10), (12, 20), (21, 30)].map(|(start, end)| block(start, end, BlockKind::Paragraph));
        let page = Page::new("", &blocks);
        assert_eq!(page.cut(&[range(5, 25)]), [range(5, 10), range(12, 20), range(21, 25)]);
        assert_eq!(page.cut(&[range(13, 18)]), [range(13, 18)]);
        assert_eq!(Page::new("", &[]).cut(&[range(3, 4)]), [range(3, 4)]);
        assert_eq!(page.around(range(12, 20)).map(|block| block.range), Some(range(12, 20)));
        assert_eq!(
            (page.around(range(9, 13)), page.around(range(10, 12)), page.around(range(30, 31))),
            (None, None, None)
        );
    }

    #[test]
    fn headings_are_sections_of_their_own() {
        let check = |blocks: &[Block], expect: &[&str]| {
            let text = "Talks begin\nThey met.\nNext\nNo date yet.";
            let page = Page::new(text, blocks);
            let found: Vec<_> = page.sections().into_iter().map(|range| range.slice(text).unwrap()).collect();
            assert_eq!(found, expect);
        };
        let (heading, paragraph) = (BlockKind::Heading, BlockKind::Paragraph);
        check(&[], &["Talks begin\nThey met.\nNext\nNo date yet."]);
        check(
            &[block(0, 11, heading), block(12, 21, paragraph), block(22, 26, heading), block(27, 39, paragraph)],
            &["Talks begin", "\nThey met.\n", "Next", "\nNo date yet."],
        );
        check(&[block(0, 39, heading)], &["Talks begin\nThey met.\nNext\nNo date yet."]);
        check(&[block(90, 99, heading)], &["Talks begin\nThey met.\nNext\nNo date yet."]);
    }

    #[test]
    fn lines_are_those_of_the_blocks() {
        let text = "One\r\nTwo \n\nThree";
        let check = |blocks: &[Block], expect: &[&str]| {
            let words: Vec<_> = Page::new(text, blocks).lines().iter().map(|line| line.words).collect();
            assert_eq!(words, expect);
        };
        check(&[], &["One", "Two", "Three"]);
        check(&[block(0, 9, BlockKind::Paragraph)], &["One", "Two"]);
    }
}
