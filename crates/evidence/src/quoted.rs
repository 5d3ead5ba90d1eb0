//! Exact words with their place, checked when made. Not a fuzzy anchor: words that are gone are gone.

use serde::{Deserialize, Serialize};

use crate::TextRange;

/// Why words and place do not belong together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuotedError {
    /// The range leaves the text, is empty, or cuts a character.
    #[error("no words at bytes {}..{} of the reading", .0.start, .0.end)]
    NoSuchRange(TextRange),
    /// Other words stand there.
    #[error("expected {expected:?} at bytes {}..{} of the reading, found {found:?}", range.start, range.end)]
    OtherWords {
        /// Where it was looked for.
        range: TextRange,
        /// The stored words.
        expected: String,
        /// The words that stand there now.
        found: String,
    },
}

/// A range of a reading together with its exact words (TextPosition and TextQuote selector of the W3C Web Annotation
/// Data Model in one).
///
/// ```
/// use onrecord_evidence::{Quoted, TextRange};
/// let text = "The ministry denied the report.";
/// let cue = Quoted::new(text, TextRange::new(13, 19))?;
/// assert_eq!(cue.words(), "denied");
/// assert!(cue.check("The ministry echoed the report.").is_err());
/// # Ok::<(), onrecord_evidence::QuotedError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quoted {
    range: TextRange,
    words: String,
}

impl Quoted {
    /// Takes the words of `range` from `text`.
    ///
    /// # Errors
    /// [`QuotedError::NoSuchRange`] where the range is empty, leaves the text or cuts a character.
    pub fn new(text: &str, range: TextRange) -> Result<Self, QuotedError> {
        match range.slice(text) {
            Some(words) if !words.is_empty() => Ok(Self { range, words: words.to_owned() }),
            _ => Err(QuotedError::NoSuchRange(range)),
        }
    }

    /// Where the words stand.
    pub const fn range(&self) -> TextRange {
        self.range
    }

    /// The exact words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Slices `text` again and compares.
    ///
    /// # Errors
    /// Says what stands there instead.
    pub fn check(&self, text: &str) -> Result<(), QuotedError> {
        let found = self.range.slice(text).ok_or(QuotedError::NoSuchRange(self.range))?;
        if found == self.words {
            return Ok(());
        }
        Err(QuotedError::OtherWords { range: self.range, expected: self.words.clone(), found: found.to_owned() })
    }
}
