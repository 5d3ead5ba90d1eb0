//! Across articles: which passages are copies, which sayings are one, which claims they are about, and on how many origins they
//! rest; each with its reasons as exact words.
//!
//! Pure: whatever stands in other articles is asked of a store through traits. Not here: keeping it, and deciding what is true.

pub mod assemble;
pub mod citing;
pub mod claims;
pub mod copies;
pub mod drift;
pub mod figure;
pub mod origin;
pub mod position;
mod report;
pub mod revision;
pub mod standing;

pub use report::Report;
