//! Onrecord as a library: from bytes to kept records, with the shipped models.
//!
//! Re-exports the crates in story order. Not here: arguments, terminals, exit codes.

pub use onrecord_evidence as evidence;

pub use onrecord_acquire as acquire;

pub use onrecord_read as read;

pub use onrecord_annotate as annotate;

pub use onrecord_record as record;

pub use onrecord_link as link;

pub use onrecord_ledger as ledger;

pub use onrecord_wire as wire;

pub use onrecord_export as export;

mod claims;
mod keep;
mod linking;
mod ordered;
mod pipeline;
pub mod samples;
mod watch_desk;

pub use claims::{LoadedClaim, listed};
pub use keep::{Acknowledgement, Finished, Keeper, derive, intake, stated};
pub use linking::Linking;
pub use ordered::for_each_ordered;
pub use pipeline::{Error, Pipeline, ReadArticle};
pub use watch_desk::{Listener, WatchDesk};
