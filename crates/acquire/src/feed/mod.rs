//! Feeds and sitemaps: RSS, Atom, JSON Feed, news sitemaps, as lists of entries. Not the fetching of what they name.
//!
//! Read with an own reader over the XML tokens, because a feed that breaks off in its middle must still give the entries before: crates for feeds give
//! all or nothing. Entities that a document declares are never expanded, so there is no bomb of them; a name that is not known stays as it is written.

mod dates;
mod entries;
mod json;
mod xml;

use onrecord_evidence::{Diagnostic, Time};

pub use entries::{MIN_CONTENT, captures};

/// Most entries that are taken of one feed; a sitemap has at most 50,000 (sitemaps.org).
pub const MAX_ENTRIES: usize = 100_000;

/// What a feed lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name: that of the outlet, as a rule.
    pub title: Option<String>,
    /// What it lists, in its order, each once.
    pub entries: Vec<Entry>,
    /// Other sitemaps, where it is an index of them.
    pub sitemaps: Vec<String>,
}

/// One entry of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The address of its article.
    pub address: Option<String>,
    /// By what the feed tells entries apart.
    pub guid: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors, as one line.
    pub byline: Option<String>,
    /// When it was published, as the feed states; `None` where it states nothing that is a date.
    pub published: Option<Time>,
    /// When it was changed.
    pub modified: Option<Time>,
    /// The name of the publication, where the entry states it.
    pub outlet: Option<String>,
    /// The text of the article, or what the feed gives as such, as HTML.
    pub content: Option<String>,
}

/// Whether bytes that begin so are a feed.
pub fn is_feed(head: &[u8]) -> bool {
    let text = entries::text(head);
    xml::root(&text).is_some() || json::is_feed(&text)
}

/// Reads a feed; `base` is its address, from which its links are counted.
///
/// What is wrong with it is in the diagnostics, and the rest is read; none of them names a place.
///
/// ```
/// let feed = "<rss><channel><title>Alben Courier</title><item><link>https://courier.example/1</link></item></channel></rss>";
/// let (feed, diagnostics) = onrecord_acquire::feed::parse(feed.as_bytes(), None);
/// assert_eq!(feed.entries[0].address.as_deref(), Some("https://courier.example/1"));
/// assert!(diagnostics.is_empty());
/// ```
pub fn parse(bytes: &[u8], base: Option<&str>) -> (Feed, Vec<Diagnostic>) {
    let text = entries::text(bytes);
    let mut faults = Faults::default();
    let mut feed = match xml::root(&text) {
        Some(form) => xml::read(&text, form, base, &mut faults),
        None => json::read(&text, base, &mut faults),
    };
    entries::keep_first(&mut feed.entries, &mut faults);
    (feed, faults.diagnostics())
}

/// What is wrong with a feed, counted.
#[derive(Default)]
struct Faults {
    broken: Option<String>,
    entities: usize,
    deep: usize,
    dates: Vec<String>,
    bad_dates: usize,
    duplicates: usize,
    left_out: bool,
    without_address: usize,
}

impl Faults {
    fn bad_date(&mut self, text: &str) {
        self.bad_dates += 1;
        if self.dates.len() < 3 {
            self.dates.push(text.chars().take(40).collect());
        }
    }

    fn diagnostics(self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if let Some(broken) = self.broken {
            found.push(Diagnostic::warning("feed-broken", broken).hint("the entries before were taken"));
        }
        if self.deep > 0 {
            let message = format!("{} elements are nested deeper than {}", self.deep, xml::MAX_DEPTH);
            found.push(Diagnostic::warning("feed-too-deep", message).hint("they were passed over"));
        }
        if self.left_out {
            let message = format!("the feed has more than {MAX_ENTRIES} entries");
            found.push(
                Diagnostic::warning("feed-entries-left-out", message).hint("the first were taken; split the feed"),
            );
        }
        if self.without_address > 0 {
            let message = format!("{} entries have neither an address nor a text", self.without_address);
            found.push(Diagnostic::warning("feed-entry-empty", message).hint("they were left out"));
        }
        if self.bad_dates > 0 {
            let message = format!("{} dates are none, such as {:?}", self.bad_dates, self.dates.join("\", \""));
            found.push(Diagnostic::warning("feed-date", message).hint("the entries were taken without them"));
        }
        if self.entities > 0 {
            let message = format!("the feed declares entities of its own ({})", self.entities);
            found.push(Diagnostic::note("feed-entities", message).hint("they were left as they are written"));
        }
        if self.duplicates > 0 {
            let message = format!("{} entries stand in the feed more than once", self.duplicates);
            found.push(Diagnostic::note("feed-duplicates", message).hint("the first of each was taken"));
        }
        found
    }
}
