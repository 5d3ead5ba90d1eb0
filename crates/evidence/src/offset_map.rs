//! The way from a reading's text back to the bytes of its capture. Not a search: it answers from recorded runs or fails.

use serde::{Deserialize, Serialize};

use crate::{RawRange, TextRange};

/// How the bytes of a run became text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunKind {
    /// Byte for byte the same.
    Copied,
    /// Every byte of text comes from two bytes of the capture: the ASCII part of UTF-16.
    Widened,
    /// Converted as one piece: an entity, an escape, a character of a legacy encoding, collapsed white space. May not be cut.
    Decoded,
    /// Put in by the reader between two pieces (a paragraph break); stands for no byte. `raw` is empty.
    Inserted,
}

/// A piece of text and the bytes that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The piece of the reading.
    pub text: TextRange,
    /// The bytes of the capture.
    pub raw: RawRange,
    /// How one became the other.
    pub kind: RunKind,
}

/// Why a range has no exact counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// An empty range stands for nothing.
    #[error("empty range at byte {0}")]
    Empty(u32),
    /// The range leaves what was read.
    #[error("byte {0} lies outside of what was read")]
    Outside(u32),
    /// The range begins or ends inside of a piece that was decoded as a whole.
    #[error("byte {0} lies inside of a decoded piece")]
    SplitsPiece(u32),
    /// The range begins or ends in text that the reader put in.
    #[error("byte {0} lies in text that stands for no byte of the capture")]
    Inserted(u32),
}

/// Runs in text order that cover the whole text of a reading; raw ranges never go back.
///
/// ```
/// use onrecord_evidence::{OffsetMap, RawRange, TextRange};
/// // capture: <p>Peace &amp; order</p>   reading: Peace & order
/// let mut builder = OffsetMap::builder();
/// builder.copied(3, 6).decoded(1, RawRange::new(9, 14)).copied(14, 6);
/// let map = builder.finish();
/// assert_eq!(map.raw_range(TextRange::new(0, 7)), Ok(RawRange::new(3, 14)));
/// assert_eq!(map.text_range(RawRange::new(15, 20)), Ok(TextRange::new(8, 13)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

impl OffsetMap {
    /// An empty builder.
    pub fn builder() -> OffsetMapBuilder {
        OffsetMapBuilder::default()
    }

    /// The map of a text that is a copy of the capture from byte `raw_start` on.
    pub fn identity(raw_start: u32, len: u32) -> Self {
        let mut builder = Self::builder();
        builder.copied(raw_start, len);
        builder.finish()
    }

    /// The runs, in text order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Length of the mapped text in bytes.
    pub fn text_len(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.text.end)
    }

    /// The smallest raw range that holds every byte that became the words of `range` (tags between them included).
    ///
    /// # Errors
    /// Where an end of the range has no exact place in the capture; it is never moved to one that has.
    pub fn raw_range(&self, range: TextRange) -> Result<RawRange, MapError> {
        if range.is_empty() {
            return Err(MapError::Empty(range.start));
        }
        let start = raw_edge(self.run_at(range.start)?, range.start)?;
        let end = raw_edge(self.run_at(range.end - 1)?, range.end)?;
        Ok(RawRange::new(start, end))
    }

    /// The text that the bytes of `range` became.
    ///
    /// # Errors
    /// Where an end of the range became no text, or lies inside of a decoded piece.
    pub fn text_range(&self, range: RawRange) -> Result<TextRange, MapError> {
        if range.is_empty() {
            return Err(MapError::Empty(range.start));
        }
        let start = text_edge(self.run_of_raw(range.start)?, range.start)?;
        let end = text_edge(self.run_of_raw(range.end - 1)?, range.end)?;
        Ok(TextRange::new(start, end))
    }

    fn run_at(&self, text_byte: u32) -> Result<&Run, MapError> {
        let index = self.runs.partition_point(|run| run.text.end <= text_byte);
        self.runs.get(index).ok_or(MapError::Outside(text_byte))
    }

    fn run_of_raw(&self, raw_byte: u32) -> Result<&Run, MapError> {
        let index = self.runs.partition_point(|run| run.raw.end <= raw_byte);
        let run = self.runs[index..].iter().find(|run| !run.raw.is_empty());
        run.filter(|run| run.raw.start <= raw_byte).ok_or(MapError::Outside(raw_byte))
    }
}

/// The raw offset of text offset `edge`, which is an end of `run` or lies inside of it.
fn raw_edge(run: &Run, edge: u32) -> Result<u32, MapError> {
    match run.kind {
        RunKind::Inserted => Err(MapError::Inserted(edge)),
        RunKind::Copied => Ok(run.raw.start + (edge - run.text.start)),
        RunKind::Widened => Ok(run.raw.start + 2 * (edge - run.text.start)),
        RunKind::Decoded if edge == run.text.start => Ok(run.raw.start),
        RunKind::Decoded if edge == run.text.end => Ok(run.raw.end),
        RunKind::Decoded => Err(MapError::SplitsPiece(edge)),
    }
}

/// The text offset of raw offset `edge`, which is an end of `run` or lies inside of it.
fn text_edge(run: &Run, edge: u32) -> Result<u32, MapError> {
    let inside = edge - run.raw.start;
    match run.kind {
        RunKind::Copied => Ok(run.text.start + inside),
        RunKind::Widened if inside.is_multiple_of(2) => Ok(run.text.start + inside / 2),
        RunKind::Decoded if edge == run.raw.start => Ok(run.text.start),
        RunKind::Decoded if edge == run.raw.end => Ok(run.text.end),
        _ => Err(MapError::SplitsPiece(edge)),
    }
}

/// Collects the runs of a text while it is written.
#[derive(Clone, Debug, Default)]
pub struct OffsetMapBuilder {
    runs: Vec<Run>,
}

impl OffsetMapBuilder {
    /// Length of the text described so far, in bytes.
    pub fn text_len(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.text.end)
    }

    /// `len` bytes of text are the `len` bytes of the capture from `raw_start` on.
    pub fn copied(&mut self, raw_start: u32, len: u32) -> &mut Self {
        self.push(len, RawRange::new(raw_start, raw_start + len), RunKind::Copied)
    }

    /// `len` bytes of text are every other one of the `2 * len` bytes from `raw_start` on.
    pub fn widened(&mut self, raw_start: u32, len: u32) -> &mut Self {
        self.push(len, RawRange::new(raw_start, raw_start + 2 * len), RunKind::Widened)
    }

    /// `len` bytes of text stand as one piece for the bytes of `raw`.
    pub fn decoded(&mut self, len: u32, raw: RawRange) -> &mut Self {
        self.push(len, raw, RunKind::Decoded)
    }

    /// `len` bytes of text stand for nothing in the capture.
    pub fn inserted(&mut self, len: u32) -> &mut Self {
        let at = self.runs.last().map_or(0, |run| run.raw.end);
        self.push(len, RawRange::new(at, at), RunKind::Inserted)
    }

    /// The map of the text described.
    ///
    /// # Panics
    /// Never; a raw range that goes back is an error of the reader and is caught by [`crate::Reading::new`].
    pub fn finish(self) -> OffsetMap {
        OffsetMap { runs: self.runs }
    }

    fn push(&mut self, len: u32, raw: RawRange, kind: RunKind) -> &mut Self {
        if len == 0 {
            return self;
        }
        let start = self.text_len();
        if let Some(last) = self.runs.last_mut()
            && last.kind == kind
            && kind != RunKind::Decoded
            && last.raw.end == raw.start
        {
            last.text.end += len;
            last.raw.end = raw.end;
        } else {
            self.runs.push(Run { text: TextRange::new(start, start + len), raw, kind });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// capture `A&amp;B<i>C</i>`, a paragraph break, then `D` in UTF-16 (two bytes).
    fn map() -> OffsetMap {
        let mut builder = OffsetMap::builder();
        builder.copied(0, 1).decoded(1, RawRange::new(1, 6)).copied(6, 1).copied(10, 1).inserted(2).widened(15, 3);
        builder.finish()
    }

    #[test]
    fn leads_back_exactly() {
        let check = |text: (u32, u32), expect: Result<(u32, u32), MapError>| {
            let expect = expect.map(|(start, end)| RawRange::new(start, end));
            assert_eq!(map().raw_range(TextRange::new(text.0, text.1)), expect, "{text:?}");
        };
        check((0, 1), Ok((0, 1)));
        check((0, 2), Ok((0, 6)));
        check((2, 4), Ok((6, 11)));
        check((3, 8), Ok((10, 19)));
        check((4, 8), Err(MapError::Inserted(4)));
        check((3, 5), Err(MapError::Inserted(5)));
        check((3, 3), Err(MapError::Empty(3)));
        check((8, 10), Err(MapError::Outside(9)));
    }

    #[test]
    fn leads_forward_exactly() {
        let check = |raw: (u32, u32), expect: Result<(u32, u32), MapError>| {
            let expect = expect.map(|(start, end)| TextRange::new(start, end));
            assert_eq!(map().text_range(RawRange::new(raw.0, raw.1)), expect, "{raw:?}");
        };
        check((0, 6), Ok((0, 2)));
        check((6, 11), Ok((2, 4)));
        check((15, 19), Ok((6, 8)));
        check((2, 6), Err(MapError::SplitsPiece(2)));
        check((7, 11), Err(MapError::Outside(7)));
        check((15, 18), Err(MapError::SplitsPiece(18)));
    }

    #[test]
    fn a_decoded_piece_is_never_cut() {
        let mut builder = OffsetMap::builder();
        builder.decoded(3, RawRange::new(0, 6));
        let map = builder.finish();
        assert_eq!(map.raw_range(TextRange::new(0, 3)), Ok(RawRange::new(0, 6)));
        assert_eq!(map.raw_range(TextRange::new(0, 2)), Err(MapError::SplitsPiece(2)));
    }
}
