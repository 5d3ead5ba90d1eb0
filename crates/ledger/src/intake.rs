//! What goes into a ledger, as plain data. Not the reading itself: the caller reads, the ledger keeps.

use serde::{Deserialize, Serialize};

use onrecord_evidence::{ArticleId, Capture, CaptureId, Diagnostic, Digest, OperationId, RawRange, Time};
use onrecord_record::AttributionRecord;

/// One capture with everything that was derived from it.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The bytes.
    pub capture: Capture,
    /// The article that they belong to.
    pub article: ArticleId,
    /// How it was identified: an address, an outlet with title and date, a digest of the content; for people.
    pub article_key: String,
    /// What somebody stated about the capture that is not in its bytes (`--published`, `--outlet`), as a JSON object, so
    /// that a rebuild knows it too; `None` where nobody stated anything. A later statement replaces an earlier one.
    pub stated: Option<serde_json::Value>,
    /// What a pipeline made of it.
    pub derived: Derived,
}

/// What one pipeline made of one capture; a function of the capture, what was stated about it, and its article.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// What is known about the article from this capture.
    pub metadata: Metadata,
    /// Text and records; `None` where the capture could not be read (another language, no text): `diagnostics` say why.
    pub reading: Option<KeptReading>,
    /// What linking needs of the text; `None` where it is not to be linked. Ignored without a reading.
    pub linkable: Option<crate::Linkable>,
    /// What went wrong in reading, for people.
    pub diagnostics: Vec<Diagnostic>,
}

/// The text of a capture and what was found in it.
#[derive(Clone, Debug, Default)]
pub struct KeptReading {
    /// The text of the reading.
    pub text: String,
    /// The records, in the order of their cues.
    pub records: Vec<KeptRecord>,
}

impl KeptReading {
    /// SHA-256 of the text.
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.text.as_bytes())
    }
}

/// A record with the bytes of the capture that hold its words.
#[derive(Clone, Debug)]
pub struct KeptRecord {
    /// The record.
    pub record: AttributionRecord,
    /// One for each of [`AttributionRecord::quotes`], in that order; `None` where the words have no exact place in the
    /// capture. An empty list stands for none at all.
    pub raw: Vec<Option<RawRange>>,
}

/// What is known about an article from one capture; absent is `None`, never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The address as given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<String>,
    /// The publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// The author as printed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub byline: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Time>,
    /// When it was changed, as it says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modified: Option<Time>,
    /// The language as a code such as `en`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// Everything else that the reader wants to keep (which field of the page said what); not looked into.
    #[serde(skip_serializing_if = "serde_json::Value::is_null", default)]
    pub other: serde_json::Value,
}

/// What became of one [`Intake`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in now.
    Added(Placed),
    /// The capture was in, with the same statement about it; nothing was added.
    Known {
        /// Its article.
        article: ArticleId,
    },
    /// The capture was in, something else is stated about it now; the statement was added.
    Restated(Placed),
    /// The capture was in under another article, and something else is stated about it now: read it again with this
    /// article, and add it again. Nothing was added.
    OtherArticle {
        /// The article that it belongs to.
        article: ArticleId,
    },
    /// Withheld by order; nothing was added.
    Withheld {
        /// The operation that withheld it.
        by: OperationId,
    },
    /// A record does not fit its text; nothing of this capture was added.
    Refused {
        /// What does not fit.
        reason: String,
    },
}

/// Where a capture came to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its article.
    pub article: ArticleId,
    /// Whether the article is new in the ledger.
    pub new_article: bool,
    /// Whether a known article got a text that it did not have.
    pub new_text: bool,
    /// Number of the revision that the capture belongs to, from 1, as of this moment (a later capture may come to stand
    /// before it); `None` where the capture has no reading.
    pub revision: Option<u32>,
    /// How many attributions its text holds.
    pub attributions: usize,
}

/// What the ledger says about a capture before it is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Knowledge {
    /// Nothing.
    New,
    /// It is in.
    Known {
        /// Its article.
        article: ArticleId,
        /// What was stated last about it.
        stated: Option<serde_json::Value>,
    },
    /// Withheld by order.
    Withheld {
        /// The operation that withheld it.
        by: OperationId,
    },
}

/// A capture as the ledger gives it back, for reading it again.
#[derive(Clone, Debug)]
pub struct KeptCapture {
    /// Its identity.
    pub id: CaptureId,
    /// The capture.
    pub capture: Capture,
    /// Its article; stays what it was when the capture came in.
    pub article: ArticleId,
    /// How the article was identified.
    pub article_key: String,
    /// What was stated about the capture.
    pub stated: Option<serde_json::Value>,
}
