//! The embedded, append-only ledger in one SQLite file.
//!
//! What is kept for ever are operations: captures came in, something was stated about them, people decided, a pipeline was
//! activated, something was withheld by order. Everything else (texts, records, revisions, the index of words) is derived
//! from them and can be made again by [`Ledger::rebuild`]. Every read takes an [`At`]: as of when, and known when.
//!
//! Not here: reading and annotating (the caller passes in what was derived), a clock (the time is a parameter), printing.

mod add;
mod derive;
mod dump;
mod error;
mod intake;
mod load;
mod log;
mod open;
mod operation;
mod pack;
mod query;
mod reader;
mod rebuild;
mod resolve;
mod schema;
mod search;
mod stats;
mod timeline;
mod verify;
mod withhold;

pub use error::{Error, ErrorKind, Result};
pub use intake::{Derived, Intake, KeptCapture, KeptReading, KeptRecord, Knowledge, Metadata, Outcome, Placed};
pub use log::Operation;
pub use open::{Ledger, Options};
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
