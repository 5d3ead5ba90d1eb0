//! The lines of `watch --json` and `sources --json`, as `docs/wire.md` specifies them. Nothing here watches.

use serde::Serialize;

use crate::VERSION;

/// The last line of `watch --json`.
#[derive(Clone, Debug, Serialize)]
pub struct WatchSummary {
    r#type: &'static str,
    version: u32,
    /// Feeds and sitemaps that answered.
    pub polled: u64,
    /// Articles that feeds named for the first time.
    pub found: u64,
    /// Pages of articles that came.
    pub fetched: u64,
    /// Pages that were as before.
    pub unchanged: u64,
    /// Captures that are durable.
    pub taken: u64,
    /// Pages that gave no article.
    pub unread: u64,
    /// Pages that a robots.txt forbids.
    pub forbidden: u64,
    /// Feeds and articles that did not come.
    pub failed: u64,
    /// How long it took.
    pub seconds: f64,
}

impl WatchSummary {
    /// A line of zeros.
    pub const fn new() -> Self {
        Self {
            r#type: "watch-summary",
            version: VERSION,
            polled: 0,
            found: 0,
            fetched: 0,
            unchanged: 0,
            taken: 0,
            unread: 0,
            forbidden: 0,
            failed: 0,
            seconds: 0.0,
        }
    }
}

impl Default for WatchSummary {
    fn default() -> Self {
        Self::new()
    }
}

/// One line of `sources --json`: how a source is doing. Times are RFC 3339.
#[derive(Clone, Debug, Serialize)]
pub struct SourceLine {
    /// Always [`SourceLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// Its name.
    pub source: String,
    /// Articles that its feeds named.
    pub found: u64,
    /// Articles of which a capture was taken.
    pub articles: u64,
    /// Captures that were taken.
    pub captures: u64,
    /// Articles that will be asked for.
    pub waiting: u64,
    /// Articles that a robots.txt forbids.
    pub forbidden: u64,
    /// Articles that were given up.
    pub given_up: u64,
    /// Why articles did not come, the most frequent reasons first.
    pub reasons: Vec<ReasonLine>,
    /// Its feeds.
    pub feeds: Vec<FeedLine>,
}

impl SourceLine {
    /// The `type`.
    pub const TYPE: &'static str = "source";
}

/// Why some articles did not come.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonLine {
    /// The reason in words.
    pub reason: String,
    /// How many.
    pub articles: u64,
}

/// How a feed is doing.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLine {
    /// Its address.
    pub address: String,
    /// When it last answered.
    pub last_ok: Option<String>,
    /// When it was last asked.
    pub last_asked: Option<String>,
    /// When it is asked next.
    pub next_due: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// Why the last of them.
    pub reason: Option<String>,
}
