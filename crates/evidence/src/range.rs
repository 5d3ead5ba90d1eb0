//! Half-open byte ranges, one type per coordinate space. Not here: the way from one space to the other ([`crate::OffsetMap`]).

use serde::{Deserialize, Serialize};

macro_rules! byte_range {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name {
            /// First byte of the range.
            pub start: u32,
            /// One past the last byte; never less than `start` in a range that was checked.
            pub end: u32,
        }

        impl $name {
            /// The range from `start` up to, not including, `end`. An `end` before `start` is moved up to `start`.
            pub const fn new(start: u32, end: u32) -> Self {
                Self { start, end: if end < start { start } else { end } }
            }

            /// Length in bytes.
            pub const fn len(self) -> u32 {
                self.end.saturating_sub(self.start)
            }

            /// Whether the range holds no byte.
            pub const fn is_empty(self) -> bool {
                self.end <= self.start
            }

            /// Whether `other` lies wholly inside of this range.
            pub const fn contains(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether the two ranges share at least one byte.
            pub const fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }

            /// The smallest range that holds both.
            pub fn hull(self, other: Self) -> Self {
                Self { start: self.start.min(other.start), end: self.end.max(other.end) }
            }

            /// The range as indices into a byte slice or string.
            pub const fn indices(self) -> std::ops::Range<usize> {
                self.start as usize..self.end as usize
            }
        }
    };
}

byte_range! {
    /// Bytes of a capture, as received.
    RawRange
}
byte_range! {
    /// UTF-8 bytes of a reading's text.
    ///
    /// ```
    /// use onrecord_evidence::TextRange;
    /// let text = "The minister denied it.";
    /// let cue = TextRange::new(13, 19);
    /// assert_eq!(cue.slice(text), Some("denied"));
    /// ```
    TextRange
}

impl TextRange {
    /// The words of this range in `text`; `None` where the range leaves the text or cuts a character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.indices())
    }

    /// The range without white space at its ends; `None` where nothing else is in it or it does not fit `text`.
    pub fn trimmed(self, text: &str) -> Option<Self> {
        let words = self.slice(text)?;
        let kept = words.trim();
        if kept.is_empty() {
            return None;
        }
        let start = self.start + (words.len() - words.trim_start().len()) as u32;
        Some(Self { start, end: start + kept.len() as u32 })
    }
}

impl RawRange {
    /// The bytes of this range in `bytes`; `None` where the range leaves them.
    pub fn slice(self, bytes: &[u8]) -> Option<&[u8]> {
        bytes.get(self.indices())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_fail_instead_of_clamping() {
        let text = "naïve";
        assert_eq!(TextRange::new(0, 2).slice(text), Some("na"));
        assert_eq!(TextRange::new(0, 3).slice(text), None, "cuts the i with diaeresis");
        assert_eq!(TextRange::new(0, 9).slice(text), None);
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = " “No,”  he said";
        let trimmed = TextRange::new(0, 12).trimmed(text);
        assert_eq!(trimmed.and_then(|range| range.slice(text)), Some("“No,”"));
        assert_eq!(TextRange::new(0, 1).trimmed(text), None);
    }
}
