//! Nothing to call: this crate's tests check the repository itself (`tests/tidy.rs`).
