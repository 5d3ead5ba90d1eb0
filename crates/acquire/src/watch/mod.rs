//! Watching sources: their feeds are asked again and again, what they name is fetched, and fetched again at growing intervals for revisions.
//!
//! The clock and the seed are passed in, so that a test runs a month in a second. What is due when is kept in a file of its own ([`Store`]), because it is no
//! part of the record: losing it loses no article, only the knowledge of when a page was last asked for. A page counts as taken only after its keeper
//! ([`Desk::keep`]) said that it is durable.
//!
//! Not here: reading, the ledger, the terminal.

mod config;
mod errand;
mod failing;
mod health;
mod job;
mod run;
mod schedule;
mod store;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use onrecord_evidence::{Capture, Diagnostic};

pub use config::{Source, Sources};
pub use health::{FeedHealth, SourceHealth};
pub use run::{Summary, WatchError, watch};
pub use store::{Store, StoreError};

/// The time, and waiting for it.
pub trait Clock: Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Waits until `until`, or shorter where `stop` is set.
    fn wait(&self, until: Timestamp, stop: &AtomicBool);
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&self, until: Timestamp, stop: &AtomicBool) {
        // In short steps: a machine that slept, or whose clock was set, is noticed, and so is a signal.
        while !stop.load(Ordering::Relaxed) {
            let left = until.duration_since(Timestamp::now());
            if left.is_negative() || left.is_zero() {
                return;
            }
            std::thread::sleep(left.unsigned_abs().min(Duration::from_millis(200)));
        }
    }
}

/// A page that was fetched, to be kept.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its bytes.
    pub capture: Capture,
    /// The outlet, where the source names it.
    pub outlet: Option<String>,
}

/// What became of a [`Page`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is durable now.
    Taken,
    /// It gives no article, for the reason given; asking sooner again gives none either.
    Unread(String),
}

/// Who takes what is fetched.
pub trait Desk {
    /// Why it cannot go on.
    type Error;

    /// Keeps pages; when it returns they are durable. One answer for each page, in their order.
    ///
    /// # Errors
    /// Where nothing can be kept any more: the watch ends.
    fn keep(&mut self, pages: Vec<Page>) -> Result<Vec<Kept>, Self::Error>;

    /// Hears that nothing is asked for until `until`: time for what can be put off.
    ///
    /// # Errors
    /// As [`Desk::keep`].
    fn rest(&mut self, until: Timestamp) -> Result<(), Self::Error> {
        let _ = until;
        Ok(())
    }

    /// Hears what went wrong.
    fn tell(&mut self, diagnostic: Diagnostic);
}

/// How to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchOptions {
    /// Whether to do what is due and end, rather than to wait for what comes due.
    pub once: bool,
    /// Most hosts that are asked at the same time, each over one connection.
    pub connections: usize,
    /// Seed of the spread of waiting times after a failure.
    pub seed: u64,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self { once: false, connections: 8, seed: 0 }
    }
}
