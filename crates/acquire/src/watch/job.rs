//! What is asked of a server, and what came of it. Not when.

use crate::fetch::{FetchError, Fetched, Validators};

/// What kind of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Feed,
    /// A sitemap that an index of sitemaps named.
    Sitemap,
    Article,
}

impl Kind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Article => "article",
        }
    }

    pub(super) fn of(word: &str) -> Self {
        match word {
            "feed" => Self::Feed,
            "sitemap" => Self::Sitemap,
            _ => Self::Article,
        }
    }
}

/// A page that is known, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) address: String,
    pub(super) kind: Kind,
    pub(super) source: String,
    pub(super) origin: String,
    pub(super) validators: Validators,
    /// SHA-256 of the bytes that were taken last.
    pub(super) digest: Option<String>,
    /// When it was first taken, in seconds since 1970.
    pub(super) first: Option<i64>,
    /// Failures in a row.
    pub(super) failures: u32,
}

/// What one fetch gave.
pub(super) enum Outcome {
    Page(Fetched),
    Unchanged,
    Failed(FetchError),
}
