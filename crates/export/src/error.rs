//! Why an export could not be made. Not for inputs: those are diagnostics of the reading.

use std::io;

/// The error of this crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] onrecord_ledger::Error),
    /// What was made could not be written.
    #[error("the export could not be written")]
    Write(#[from] io::Error),
    /// A Parquet file could not be written.
    #[cfg(feature = "parquet")]
    #[error("the Parquet file could not be written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// Parquet is not built in.
    #[error(
        "this onrecord is built without Parquet; build it with `cargo build --release --features parquet`, or take csv or jsonl"
    )]
    NoParquet,
    /// A format needs whole texts, which the quotation cap does not let out.
    #[error("{0} holds whole texts; it is made for the house only, with --quote-words all")]
    WholeTexts(&'static str),
    /// The folder holds something else.
    #[error("{0} is there already and is not empty; name another folder")]
    NotEmpty(String),
    /// What the ledger holds does not fit together.
    #[error("{0}")]
    Damaged(String),
}

/// What the functions of this crate return.
pub type Result<T, E = Error> = std::result::Result<T, E>;
