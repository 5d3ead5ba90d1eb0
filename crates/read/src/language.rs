//! Which language a text is in, with doubt. Not the language that a page claims for itself.

use serde::{Deserialize, Serialize};

/// The language of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "language")]
pub enum Language {
    /// English.
    English {
        /// From 0 to 1, in steps of a hundredth.
        confidence: f64,
    },
    /// Another language; its text is named and left unread.
    Other {
        /// Its English name.
        name: String,
        /// Its ISO 639-3 code.
        code: String,
        /// From 0 to 1, in steps of a hundredth.
        confidence: f64,
    },
    /// Too little text, or too mixed; it is read as if English.
    Undetermined,
}

impl Language {
    /// ISO 639-3 code; `und` where the language could not be told.
    pub fn code(&self) -> &str {
        match self {
            Self::English { .. } => "eng",
            Self::Other { code, .. } => code,
            Self::Undetermined => "und",
        }
    }
}

/// Letters below which the letters' statistics say little.
const FEW: usize = 120;
/// Characters that are looked at.
const SAMPLE: usize = 20_000;

/// The language of `text`.
///
/// ```
/// use onrecord_read::{Language, language};
/// let text = "The ministry denied on Thursday that a call between the two leaders had taken place, and declined to say \
///             whether one was planned. A spokesman for the other side would neither confirm nor deny the report.";
/// assert!(matches!(language(text), Language::English { .. }));
/// assert_eq!(language("No."), Language::Undetermined);
/// ```
pub fn language(text: &str) -> Language {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let sample = &text[..end];
    let letters = sample.chars().filter(|letter| letter.is_alphabetic()).count();
    let latin = sample.chars().filter(|letter| letter.is_alphabetic() && *letter < '\u{250}').count();
    let is_latin = latin * 2 > letters;
    if letters < 10 || (is_latin && letters < FEW) {
        return Language::Undetermined;
    }
    let Some(info) = whatlang::detect(sample) else { return Language::Undetermined };
    let confidence = (info.confidence() * 100.0).round() / 100.0;
    match info.lang() {
        whatlang::Lang::Eng => Language::English { confidence },
        _ if is_latin && !info.is_reliable() => Language::Undetermined,
        other => Language::Other { name: other.eng_name().to_owned(), code: other.code().to_owned(), confidence },
    }
}
