//! One file a command. Each takes its arguments, prints data to standard output, and says how it ended.

pub mod add;
pub mod backup;
pub mod claims;
pub mod decide;
pub mod decisions;
pub mod demo;
pub mod export;
pub mod origins;
pub mod read;
pub mod rebuild;
pub mod relink;
pub mod report;
pub mod search;
pub mod serve;
pub mod show;
pub mod sources;
pub mod stats;
pub mod verify;
pub mod watch;
pub mod why;
pub mod withhold;
