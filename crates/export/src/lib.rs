//! What leaves Onrecord for others' tools: tables (JSON Lines, CSV, Parquet) and the formats of the field, each row with its exact words and their place.
//!
//! One list of columns makes the rows, the files and the data dictionary. Standing, positions, origins and figures are concluded by the one function of
//! `onrecord_link` that there is for each; nothing is concluded here. What leaves the house is capped and named by [`Care`].
//!
//! Reads a ledger and writes where it is told. Not here: arguments and terminals, and the lines of `--json` (`onrecord_wire`).
#![allow(clippy::disallowed_methods, reason = "an export writes files")]

mod care;
mod claim;
mod dictionary;
mod error;
mod evidence;
mod field;
mod notes;
mod pass;
mod release;
mod rows;
mod run;
mod table;
mod tables;
mod words;
mod write;

pub use care::{Care, QUOTED_WORDS, Quota, coarse, initials};
pub use claim::Claim;
pub use dictionary::{data_package, dictionary};
pub use error::{Error, Result};
pub use field::annotations::annotations;
pub use field::brat::{CONFIGURATION, brat};
pub use field::claim_review::claim_review;
pub use field::geojson::geojson;
pub use field::prov::prov;
pub use pass::{Progress, Summary};
pub use release::{Manifest, release};
pub use rows::Table;
pub use run::{Asked, Decided};
pub use table::{Cell, Column, Columns, Field, Kind, Moment};
pub use tables::{Form, TableFile, tables};
