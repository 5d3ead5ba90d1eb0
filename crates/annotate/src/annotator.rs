//! From a reading to its layers: spans by a model, act, hedges and manner by tables. Nothing that the words leave open is decided.

use onrecord_evidence::{Block, BlockKind, Diagnostic, Reading, TextRange};

use crate::frame::Frame;
use crate::manner::Quotations;
use crate::{ActTable, AttributionSpans, HedgeTable, Layers, LikelyCues, ScoredSpans, SpanReader, sentences};

/// The model and the tables that annotate.
pub struct Annotator<'pipeline> {
    /// Finds the spans.
    pub reader: &'pipeline dyn SpanReader,
    /// Knows phrases that are likely cues.
    pub likely_cues: &'pipeline LikelyCues,
    /// Gives each attribution its act.
    pub acts: &'pipeline ActTable,
    /// Knows the hedges.
    pub hedges: &'pipeline HedgeTable,
}

impl Annotator<'_> {
    /// The layers of a reading: attributions by the place of their cue, and what could not be kept of the model's findings.
    pub fn annotate(&self, reading: &Reading) -> (Layers, Vec<Diagnostic>) {
        let text = reading.text();
        let blocks = Blocks::new(reading.blocks());
        let sentences = sentences(text, &blocks.ranges);
        let interpreter = Interpreter::new(text, self.acts, self.hedges);
        let mut attributions = Vec::new();
        let mut diagnostics = Vec::new();
        for mut spans in self.reader.read(text, &sentences, &self.likely_cues.find(text)) {
            blocks.keep(&mut spans);
            match interpreter.interpret(&spans) {
                Some(attribution) => attributions.push(attribution),
                None => diagnostics.push(Diagnostic::note(
                    "attribution-without-words",
                    format!("expected words for cue and content, found {:?} and {:?}", spans.cue, spans.content),
                )),
            }
        }
        attributions.sort_by(|one, other| {
            let place = |spans: &AttributionSpans| (spans.cue.clone(), spans.content.clone(), spans.source.clone());
            place(one).cmp(&place(other))
        });
        (Layers { sentences, attributions }, diagnostics)
    }
}

/// The blocks of one reading: in order, none over another.
struct Blocks<'reading> {
    blocks: &'reading [Block],
    ranges: Vec<TextRange>,
}

impl<'reading> Blocks<'reading> {
    fn new(blocks: &'reading [Block]) -> Self {
        Self { blocks, ranges: blocks.iter().map(|block| block.range).collect() }
    }

    /// Cuts the spans of an attribution where they pass from one block into the next: between two blocks of a page may stand
    /// bytes that are no part of the text (a byline, an advertisement), and no quote may claim them. A source stands in one
    /// block, its cue's where it can; and a heading says nothing in an attribution of another block.
    fn keep(&self, spans: &mut ScoredSpans) {
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
        if spans.content.iter().any(|range| own(range) || !is_heading(range)) {
            spans.content.retain(|range| own(range) || !is_heading(range));
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

    /// The block that holds the whole range.
    fn around(&self, range: TextRange) -> Option<&'reading Block> {
        self.blocks.get(self.first(range.start)).filter(|block| block.range.contains(range))
    }

    /// Index of the first block that ends behind `place`.
    fn first(&self, place: u32) -> usize {
        self.ranges.partition_point(|block| block.end <= place)
    }
}

/// Says what scored spans of one text mean. Gold spans can be given as well as a model's.
///
/// ```
/// use onrecord_annotate::{Act, ActTable, HedgeTable, Interpreter, ScoredSpans};
/// use onrecord_evidence::TextRange;
/// # let acts = ActTable::parse("[[row]]\nid='denied'\nact='deny'\nsource='own'\ncue=['denied']\nyes=['x']")?;
/// # let hedges = HedgeTable::parse("row=[]")?;
/// let text = "The harbour master denied the report.";
/// let spans = ScoredSpans {
///     source: vec![TextRange::new(0, 18)],
///     cue: vec![TextRange::new(19, 25)],
///     content: vec![TextRange::new(26, 36)],
///     score: 1.0,
/// };
/// let attribution = Interpreter::new(text, &acts, &hedges).interpret(&spans);
/// assert_eq!(attribution.map(|attribution| attribution.act.act), Some(Act::Deny));
/// # Ok::<(), onrecord_annotate::TableError>(())
/// ```
pub struct Interpreter<'text> {
    text: &'text str,
    acts: &'text ActTable,
    hedges: &'text HedgeTable,
    quotations: Quotations,
}

impl<'text> Interpreter<'text> {
    /// Looks through `text` once for its quotations.
    pub fn new(text: &'text str, acts: &'text ActTable, hedges: &'text HedgeTable) -> Self {
        Self { text, acts, hedges, quotations: Quotations::new(text) }
    }

    /// Act, commitment, hedges and manner of one attribution, its spans made canonical: trimmed, in text order, pieces of one line with
    /// nothing but white space between them joined. `None` where no word is left of its cue or its content.
    pub fn interpret(&self, spans: &ScoredSpans) -> Option<AttributionSpans> {
        let spans = ScoredSpans {
            source: canonical(self.text, &spans.source),
            cue: canonical(self.text, &spans.cue),
            content: canonical(self.text, &spans.content),
            score: thousandths(spans.score),
        };
        if spans.cue.is_empty() || spans.content.is_empty() {
            return None;
        }
        let frame = Frame::new(self.text, &spans);
        let (act, base) = self.acts.find(&frame);
        let hedges = self.hedges.find(self.text, &spans, &frame, &self.quotations);
        let commitment = hedges.iter().map(|hedge| hedge.commitment).chain([base]).max().unwrap_or(base);
        let manner = self.quotations.manner(self.text, &spans.content);
        let ScoredSpans { source, cue, content, score } = spans;
        Some(AttributionSpans { source, cue, content, score, act, commitment, hedges, manner })
    }
}

/// Trimmed, in order, joined over white space but not over a line break, which may end a block; ranges that do not fit the text are left out.
fn canonical(text: &str, ranges: &[TextRange]) -> Vec<TextRange> {
    let mut trimmed: Vec<TextRange> = ranges.iter().filter_map(|range| range.trimmed(text)).collect();
    trimmed.sort_unstable();
    let mut joined: Vec<TextRange> = Vec::with_capacity(trimmed.len());
    for range in trimmed {
        match joined.last_mut() {
            Some(last) if touches(text, *last, range) => *last = last.hull(range),
            _ => joined.push(range),
        }
    }
    joined
}

fn touches(text: &str, last: TextRange, next: TextRange) -> bool {
    next.start <= last.end
        || text
            .get(last.end as usize..next.start as usize)
            .is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'))
}

/// Between 0 and 1 and rounded, so that the last bits of a float decide nothing.
fn thousandths(score: f32) -> f32 {
    if score.is_nan() { 0.0 } else { (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_evidence::OffsetMap;

    struct Given(Vec<ScoredSpans>);

    impl SpanReader for Given {
        fn read(&self, _: &str, _: &[TextRange], _: &[TextRange]) -> Vec<ScoredSpans> {
            self.0.clone()
        }
    }

    #[test]
    fn spans_become_canonical_and_sorted() {
        let text = "He said  it. She said no.".to_owned();
        let range = TextRange::new;
        let reading = Reading::new(text.clone(), OffsetMap::identity(0, text.len() as u32), vec![]).unwrap();
        let reader = Given(vec![
            ScoredSpans { cue: vec![range(17, 21)], content: vec![range(21, 24)], source: vec![], score: 7.0 },
            ScoredSpans {
                cue: vec![range(3, 8)],
                content: vec![range(9, 11)],
                source: vec![range(0, 3)],
                score: f32::NAN,
            },
            ScoredSpans { cue: vec![range(7, 9)], content: vec![range(9, 11)], source: vec![], score: 0.5 },
        ]);
        let (acts, hedges) = (ActTable::parse("row=[]").unwrap(), HedgeTable::parse("row=[]").unwrap());
        let likely_cues = LikelyCues::parse("row = []").unwrap();
        let (layers, diagnostics) =
            Annotator { reader: &reader, likely_cues: &likely_cues, acts: &acts, hedges: &hedges }.annotate(&reading);
        let found: Vec<_> =
            layers.attributions.iter().map(|found| (found.cue[0], found.content[0], found.score)).collect();
        assert_eq!(found, [(range(3, 7), range(9, 11), 0.0), (range(17, 21), range(22, 24), 1.0)]);
        assert_eq!(layers.attributions[0].source, [range(0, 2)]);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(layers.sentences.len(), 2);
    }

    #[test]
    fn pieces_with_white_space_between_are_one() {
        let range = TextRange::new;
        assert_eq!(
            canonical("a b  c, d", &[range(5, 6), range(0, 1), range(2, 4), range(7, 9), range(3, 3)]),
            [range(0, 6), range(8, 9)]
        );
    }

    #[test]
    fn a_heading_is_no_part_of_the_next_paragraphs_attribution() {
        // No call, says governor|Governor Marn denied it.
        let block = |start, end, kind| Block { range: TextRange::new(start, end), kind };
        let blocks = [block(0, 22, BlockKind::Heading), block(23, 46, BlockKind::Paragraph)];
        let mut spans = ScoredSpans {
            source: vec![TextRange::new(14, 36)],
            cue: vec![TextRange::new(37, 43)],
            content: vec![TextRange::new(0, 7), TextRange::new(44, 46)],
            score: 1.0,
        };
        Blocks::new(&blocks).keep(&mut spans);
        assert_eq!(spans.source, [TextRange::new(23, 36)]);
        assert_eq!(spans.content, [TextRange::new(44, 46)]);
    }

    #[test]
    fn spans_are_cut_between_blocks() {
        let range = TextRange::new;
        let blocks = [(0, 10), (12, 20), (21, 30)]
            .map(|(start, end)| Block { range: range(start, end), kind: BlockKind::Paragraph });
        let blocks = Blocks::new(&blocks);
        assert_eq!(blocks.cut(&[range(5, 25)]), [range(5, 10), range(12, 20), range(21, 25)]);
        assert_eq!(blocks.cut(&[range(13, 18)]), [range(13, 18)]);
        assert_eq!(Blocks::new(&[]).cut(&[range(3, 4)]), [range(3, 4)]);
        assert_eq!(blocks.around(range(12, 20)).map(|block| block.range), Some(range(12, 20)));
        assert_eq!(
            (blocks.around(range(9, 13)), blocks.around(range(10, 12)), blocks.around(range(30, 31))),
            (None, None, None)
        );
    }
}
