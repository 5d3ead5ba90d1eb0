//! The outward formats: JSON Lines, the scorer's form, marked text and the marked page.
//!
//! These shapes are the only API promise (`docs/wire.md`). Pure: values in, text out. Not here: where the text goes.

mod added;
pub mod claim;
mod copied;
mod detail;
mod json;
mod kept;
mod marked;
mod page;
mod spans;
mod watched;
mod words;

pub use added::{Acknowledged, AcknowledgementLine, AddSummary};
pub use copied::BackupLine;
pub use json::{
    ArticleLine, AttributionLine, ConflictLine, DiagnosticLine, HedgeLine, HitLine, HitPlace, LanguageLine,
    ReadSummary, Span, StatedLine, VERSION,
};
pub use kept::{
    CaptureLine, FailureLine, KeptArticleLine, OperationLine, RebuildSummary, RelinkSummary, RevisionLine, StatsLine,
    VerifyLine,
};
pub use marked::{Mark, Piece, Role, marks, pieces};
pub use page::{escape, is_steering, page};
pub use spans::spans_line;
pub use watched::{FeedLine, ReasonLine, SourceLine, WatchSummary};
pub use words::{date_words, figure_words, place_words, resolved_words, speaker_words};

use onrecord_evidence::{ArticleId, Capture};
use onrecord_read::Article;
use onrecord_record::AttributionRecord;

/// One article as the formats see it: where it came from, its reading, and its records.
#[derive(Clone, Copy)]
pub struct ArticleView<'a> {
    /// The bytes and where they came from.
    pub capture: &'a Capture,
    /// The identity of the article.
    pub id: ArticleId,
    /// Text, map, metadata and language.
    pub article: &'a Article,
    /// Its attributions, in the order of their cues.
    pub records: &'a [AttributionRecord],
}
