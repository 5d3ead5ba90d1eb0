//! The embedded, append-only ledger in one SQLite file.
//!
//! What is kept for ever are operations: captures came in, something was stated about them, people decided, a pipeline was
//! activated, something was withheld by order. Everything else (texts, records, revisions, the index of words) is derived
//! from them and can be made again by [`Ledger::rebuild`]. Every read takes an [`At`]: as of when, and known when.
//!
//! Not here: reading and annotating (the caller passes in what was derived), a clock (the time is a parameter), printing.
//!
//! ```
//! use onrecord_evidence::{ArticleId, Capture, Digest, MediaType};
//! use onrecord_ledger::{At, Derived, Intake, KeptReading, Ledger, Outcome};
//!
//! let now = "2031-03-06T09:00:00Z".parse()?;
//! let mut ledger = Ledger::in_memory()?;
//! ledger.activate_pipeline(Digest::of_bytes(b"weights and tables"), "reader 1", "desk", now)?;
//! let capture = Capture {
//!     bytes: b"The governor denied that a call took place.".to_vec(),
//!     media_type: MediaType::Text,
//!     address: Some("https://post.example/call".to_owned()),
//!     fetched: None,
//!     location: "call.txt".to_owned(),
//!     delivery: None,
//! };
//! let text = String::from_utf8(capture.bytes.clone())?;
//! let intake = Intake {
//!     article: ArticleId::of_fields(&[b"https://post.example/call"]),
//!     article_key: "https://post.example/call".to_owned(),
//!     stated: None,
//!     derived: Derived { reading: Some(KeptReading { text, records: vec![] }), ..Derived::default() },
//!     capture,
//! };
//! let (id, outcome) = ledger.add(&[intake.clone()], "desk", now)?.remove(0);
//! assert!(matches!(outcome, Outcome::Added(placed) if placed.new_article && placed.revision == Some(1)));
//! assert!(matches!(ledger.add(&[intake], "desk", now)?[0].1, Outcome::Known { .. }));
//! assert_eq!(ledger.articles(&At::default())?.found[0].revisions[0].captures, [id]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod add;
mod backup;
mod derive;
mod dump;
mod error;
mod intake;
mod linking;
mod load;
mod log;
mod open;
mod operation;
mod pack;
mod query;
mod reader;
mod rebuild;
mod resolve;
mod revisions;
mod schema;
mod search;
mod stats;
mod timeline;
mod verify;
mod withhold;

pub use backup::{Backup, BackupStep, Restored, restore};
pub use error::{Error, ErrorKind, Result};
pub use intake::{Derived, Intake, KeptCapture, KeptReading, KeptRecord, Knowledge, Metadata, Outcome, Placed};
pub use linking::{
    Anchor, ChangedClaim, ClaimLine, ClaimList, ClaimQuery, ContestedClaim, Decision, DrawnView, Facets, KeptClaim,
    KeptCopying, KeptDecision, KeptOutlet, KeptStatement, Line, LinkState, Linkable, LinkedText, Linker, NamedClaims,
    OutletArticle, Selector, text_id,
};
pub use log::Operation;
pub use open::{Held, Ledger, Options};
pub use operation::KINDS;
pub use query::{Answer, KeptAttribution, Lookup, Tombstone};
pub use rebuild::{Pipeline, Progress};
pub use resolve::{AnyId, Resolved};
pub use schema::{APPLICATION_ID, SCHEMA_VERSION};
pub use search::Query;
pub use stats::Stats;
pub use timeline::{Article, At, Observed, ObservedBy, Revision};
pub use verify::{Failure, Report};
pub use withhold::{Target, Withheld};

#[cfg(test)]
mod tests;
