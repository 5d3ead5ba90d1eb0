//! Byte offsets counted again in Unicode code points, for outward formats that count so. Not a segmenter.

use std::borrow::Cow;

/// An index from UTF-8 byte offsets of one text to code points, in about one word of memory per 64 bytes.
///
/// ```
/// use onrecord_evidence::CodePoints;
/// let points = CodePoints::new("“No,” she said");
/// assert_eq!(points.of(3), Some(1)); // the opening quotation mark is three bytes long
/// assert_eq!(points.of(1), None);    // inside of it
/// ```
pub struct CodePoints<'text> {
    text: Cow<'text, str>,
    /// Code points before byte `64 * i`.
    before: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'text> CodePoints<'text> {
    /// Builds the index in one pass over `text`.
    pub fn new(text: impl Into<Cow<'text, str>>) -> Self {
        let text = text.into();
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(count);
            count += chunk.iter().filter(|byte| is_start(**byte)).count() as u32;
        }
        before.push(count);
        Self { text, before }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Code points before byte `offset`; `None` where the offset leaves the text or stands inside of a character.
    pub fn of(&self, offset: u32) -> Option<u32> {
        let offset = offset as usize;
        if !self.text.is_char_boundary(offset) {
            return None;
        }
        let block = offset / STRIDE;
        let rest = &self.text.as_bytes()[block * STRIDE..offset];
        Some(self.before[block] + rest.iter().filter(|byte| is_start(**byte)).count() as u32)
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        for text in ["", "plain", &"“Nein”, sagte er über Żeleński. ".repeat(9), &"x".repeat(64), &"я".repeat(32)]
        {
            let points = CodePoints::new(text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(points.of(offset as u32), Some(count as u32));
            }
            assert_eq!(points.of(text.len() as u32), Some(text.chars().count() as u32));
            assert_eq!(points.of(text.len() as u32 + 1), None);
        }
    }
}
