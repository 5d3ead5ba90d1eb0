//! Text with its way back, and writing a text from pieces of another one. Knows nothing of HTML, JSON or encodings.

use std::ops::Range;

use onrecord_evidence::{OffsetMap, OffsetMapBuilder, RawRange, Run, RunKind};

/// A text and the bytes of the capture that it comes from.
pub(crate) struct Layer {
    pub(crate) text: String,
    pub(crate) map: OffsetMap,
}

impl Layer {
    /// The bytes behind `range` of this text; `None` where it stands for none.
    pub(crate) fn raw(&self, range: Range<usize>) -> Option<RawRange> {
        if range.is_empty() {
            return None;
        }
        let runs = self.map.runs();
        let at = |byte: usize| runs.partition_point(|run| run.text.end as usize <= byte);
        let start = raw_start(runs.get(at(range.start))?, range.start as u32);
        let end = raw_end(runs.get(at(range.end - 1))?, range.end as u32);
        (start < end).then(|| RawRange::new(start, end))
    }
}

/// Writes a text from pieces of a [`Layer`], in order, and keeps the way from the new text to the capture.
pub(crate) struct Weaver<'layer> {
    layer: &'layer Layer,
    /// The run of the layer's map that was used last; pieces come in order, so it only goes forward.
    run: usize,
    text: String,
    map: OffsetMapBuilder,
}

impl<'layer> Weaver<'layer> {
    pub(crate) fn new(layer: &'layer Layer) -> Self {
        Self { layer, run: 0, text: String::new(), map: OffsetMap::builder() }
    }

    /// Bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Appends the layer's own words at `range`.
    pub(crate) fn copied(&mut self, range: Range<usize>) {
        let Some(words) = self.layer.text.get(range.clone()) else { return };
        self.text.push_str(words);
        let (mut at, end) = (range.start as u32, range.end as u32);
        while at < end {
            self.seek(at);
            let Some(run) = self.layer.map.runs().get(self.run) else {
                self.map.inserted(end - at);
                return;
            };
            let until = run.text.end.min(end);
            let inside = at - run.text.start;
            match run.kind {
                RunKind::Copied => self.map.copied(run.raw.start + inside, until - at),
                RunKind::Widened => self.map.widened(run.raw.start + 2 * inside, until - at),
                // Only a tag inside of a piece of two characters could cut it; its second part then has no place.
                RunKind::Decoded if inside == 0 => self.map.decoded(until - at, run.raw),
                RunKind::Decoded | RunKind::Inserted => self.map.inserted(until - at),
            };
            at = until;
        }
    }

    /// Appends `words`, which the layer's words at `range` stand for as one piece.
    pub(crate) fn decoded(&mut self, words: &str, range: Range<usize>) {
        self.text.push_str(words);
        self.seek(range.start as u32);
        match self.layer.raw(range) {
            Some(raw) => self.map.decoded(words.len() as u32, raw),
            None => self.map.inserted(words.len() as u32),
        };
    }

    /// Appends `words` that stand for nothing.
    pub(crate) fn inserted(&mut self, words: &str) {
        self.text.push_str(words);
        self.map.inserted(words.len() as u32);
    }

    /// The text written, with its way back.
    pub(crate) fn finish(self) -> Layer {
        Layer { text: self.text, map: self.map.finish() }
    }

    fn seek(&mut self, at: u32) {
        let runs = self.layer.map.runs();
        while runs.get(self.run).is_some_and(|run| run.text.end <= at) {
            self.run += 1;
        }
    }
}

fn raw_start(run: &Run, at: u32) -> u32 {
    match run.kind {
        RunKind::Copied => run.raw.start + (at - run.text.start),
        RunKind::Widened => run.raw.start + 2 * (at - run.text.start),
        RunKind::Decoded | RunKind::Inserted => run.raw.start,
    }
}

fn raw_end(run: &Run, at: u32) -> u32 {
    match run.kind {
        RunKind::Copied => run.raw.start + (at - run.text.start),
        RunKind::Widened => run.raw.start + 2 * (at - run.text.start),
        RunKind::Decoded | RunKind::Inserted => run.raw.end,
    }
}
