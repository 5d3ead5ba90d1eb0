//! Rows to bytes: CSV, JSON Lines, Parquet. Not the rows.

pub mod csv;
pub mod jsonl;
#[cfg(feature = "parquet")]
pub mod parquet;
