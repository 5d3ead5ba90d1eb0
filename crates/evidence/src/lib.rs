//! The vocabulary of evidence: what was received, where a word stands, and how to prove it.
//!
//! Everything above this crate speaks in these types. It is pure: no files, no clock, no network, no text analysis.
//!
//! Two coordinate spaces exist and never mix: [`RawRange`] counts bytes of a [`Capture`], [`TextRange`] counts UTF-8
//! bytes of a [`Reading`]. An [`OffsetMap`] leads from one to the other, exactly or not at all.

pub mod calendar;
mod capture;
mod codepoints;
mod delivery;
mod diagnostic;
mod digest;
mod ids;
mod offset_map;
mod quoted;
mod range;
mod reading;
mod time;

pub use capture::{Capture, MediaType};
pub use codepoints::CodePoints;
pub use delivery::{ArchiveRecord, Delivery};
pub use diagnostic::{Diagnostic, Severity};
pub use digest::{Digest, Hasher};
pub use ids::{
    ArticleId, AttributionId, CaptureId, ClaimId, EventId, IdError, OperationId, RevisionId, StatementId, UtteranceId,
};
pub use offset_map::{MapError, OffsetMap, OffsetMapBuilder, Run, RunKind};
pub use quoted::{Quoted, QuotedError};
pub use range::{RawRange, TextRange};
pub use reading::{Block, BlockKind, Reading, ReadingError};
pub use time::{Granularity, Time, TimeError, TimeSource, Zone};
