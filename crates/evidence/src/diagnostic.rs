//! What went wrong with an input, as data. Not an error type: the job went on.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was noticed; nothing is missing.
    Note,
    /// Something may be missing or wrong in the result.
    Warning,
    /// This input gave no result.
    Error,
}

impl Severity {
    /// Its word, as it stands in JSON and before a diagnostic.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding about one input: what, where, and what to do about it.
///
/// ```
/// use onrecord_evidence::Diagnostic;
/// let diagnostic = Diagnostic::error("empty-input", "the file holds no bytes")
///     .at("wire/0311.txt")
///     .hint("fetch it again, or leave it out");
/// assert_eq!(diagnostic.to_string(), "error[empty-input]: wire/0311.txt: the file holds no bytes (fetch it again, or leave it out)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Permanent name in kebab case, for programs and for looking it up in the guide.
    pub id: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// The thing, what was expected, what was found; lower case, no full stop.
    pub message: String,
    /// The input as its user named it: a path, an address, a line of a list.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the given severity, without place and hint.
    pub fn new(severity: Severity, id: &'static str, message: impl Into<String>) -> Self {
        Self { id: Cow::Borrowed(id), severity, message: message.into(), place: None, hint: None }
    }

    /// This input gave no result.
    pub fn error(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, id, message)
    }

    /// Something may be missing or wrong.
    pub fn warning(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, id, message)
    }

    /// Something was noticed.
    pub fn note(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, id, message)
    }

    /// Names the input; an earlier name stays.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place.get_or_insert_with(|| place.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}[{}]: ", self.severity.word(), self.id)?;
        if let Some(place) = &self.place {
            write!(formatter, "{place}: ")?;
        }
        formatter.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(formatter, " ({hint})"),
            None => Ok(()),
        }
    }
}
