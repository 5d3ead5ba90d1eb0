//! What the benchmarks share: the cost of work in this process and of other processes. What is compared with what stands in the benchmarks:
//! `whole_path` (speed, memory, peers), `stages` (what comes after the model), `copies` (the cache of windows), `growth` (the cost of linking),
//! `archive` (from WARC to ledger).
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "benchmarks have a clock, processes and a terminal"
)]

pub mod measure;
pub mod pages;
pub mod process;
