//! The plain text of a revision, with its way back. Not annotated: the text never changes, findings are kept beside it.

use serde::{Deserialize, Serialize};

use crate::{Digest, MapError, OffsetMap, RawRange, TextRange};

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline or a heading between paragraphs.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    Quotation,
    /// A caption, a cell, or another short piece.
    Other,
}

/// A block of the text, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands.
    pub range: TextRange,
    /// What it is.
    pub kind: BlockKind,
}

/// Why text, map and blocks make no reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadingError {
    /// The map describes another number of bytes than the text has.
    #[error("the map covers {mapped} bytes, the text has {text}")]
    Length {
        /// Bytes that the map covers.
        mapped: u32,
        /// Bytes of the text.
        text: usize,
    },
    /// Raw ranges go back.
    #[error("run {0} of the map goes back in the capture")]
    Order(usize),
    /// A block leaves the text, cuts a character, or overlaps the one before it.
    #[error("block {0} does not fit the text")]
    Block(usize),
}

/// The text of one capture, where each piece comes from, and its blocks in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    text: String,
    map: OffsetMap,
    blocks: Vec<Block>,
}

impl Reading {
    /// Puts text, map and blocks together.
    ///
    /// # Errors
    /// Where they contradict each other.
    pub fn new(text: String, map: OffsetMap, blocks: Vec<Block>) -> Result<Self, ReadingError> {
        if map.text_len() as usize != text.len() {
            return Err(ReadingError::Length { mapped: map.text_len(), text: text.len() });
        }
        let mut raw_end = 0;
        for (index, run) in map.runs().iter().enumerate() {
            if run.raw.start < raw_end {
                return Err(ReadingError::Order(index));
            }
            raw_end = run.raw.end;
        }
        let mut text_end = 0;
        for (index, block) in blocks.iter().enumerate() {
            if block.range.start < text_end || block.range.slice(&text).is_none() {
                return Err(ReadingError::Block(index));
            }
            text_end = block.range.end;
        }
        Ok(Self { text, map, blocks })
    }

    /// The text; paragraphs are separated by line breaks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The way back to the capture.
    pub const fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// The blocks, in text order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The words of `range`; `None` where it leaves the text or cuts a character.
    pub fn slice(&self, range: TextRange) -> Option<&str> {
        range.slice(&self.text)
    }

    /// The bytes of the capture that hold the words of `range`.
    ///
    /// # Errors
    /// As [`OffsetMap::raw_range`].
    pub fn raw_range(&self, range: TextRange) -> Result<RawRange, MapError> {
        self.map.raw_range(range)
    }

    /// The text that these bytes of the capture became.
    ///
    /// # Errors
    /// Where an end of the range became no text, or lies inside of a decoded piece.
    pub fn text_range(&self, range: RawRange) -> Result<TextRange, MapError> {
        self.map.text_range(range)
    }

    /// SHA-256 of the text: two captures with the same one hold the same text.
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_does_not_fit() {
        let block = |start, end| Block { range: TextRange::new(start, end), kind: BlockKind::Paragraph };
        let check = |text: &str, map: OffsetMap, blocks: Vec<Block>, expect: Result<(), ReadingError>| {
            assert_eq!(Reading::new(text.to_owned(), map, blocks).map(|_| ()), expect);
        };
        check("It rained.", OffsetMap::identity(0, 10), vec![block(0, 10)], Ok(()));
        check("It rained.", OffsetMap::identity(0, 9), vec![], Err(ReadingError::Length { mapped: 9, text: 10 }));
        check("It rained.", OffsetMap::identity(0, 10), vec![block(0, 11)], Err(ReadingError::Block(0)));
        check("It rained.", OffsetMap::identity(0, 10), vec![block(0, 5), block(4, 6)], Err(ReadingError::Block(1)));
        let mut back = OffsetMap::builder();
        back.copied(5, 5).copied(0, 5);
        check("It rained.", back.finish(), vec![], Err(ReadingError::Order(1)));
    }
}
