//! Inputs that lead elsewhere: addresses, and feeds with the articles that they name. Not the fetching itself, and not the schedule of a watch.

use std::collections::VecDeque;
use std::io::Cursor;
use std::sync::Arc;

use jiff::Timestamp;
use onrecord_evidence::{Capture, Delivery, Diagnostic, MediaType, Time, TimeSource};

use crate::fetch::{Fetched, Network};
use crate::lines::Lines;
use crate::{Columns, Limits, feed, sniff};

type Ready = VecDeque<Result<Capture, Diagnostic>>;

/// The way to the network, and what is still to be fetched.
#[derive(Default)]
pub(crate) struct Online {
    network: Option<Network>,
    pending: VecDeque<Pending>,
}

/// What a feed names.
enum Pending {
    Article(String),
    Sitemap(String),
}

impl Online {
    pub(crate) fn new(network: Network) -> Self {
        Self { network: Some(network), pending: VecDeque::new() }
    }

    /// Fetches what somebody named. A page or a feed is added to `ready`; of JSON Lines the reader is returned.
    pub(crate) fn open(
        &mut self,
        address: &str,
        limits: Limits,
        columns: &Arc<Columns>,
        ready: &mut Ready,
    ) -> Option<Lines> {
        let Some(network) = &mut self.network else {
            let diagnostic = Diagnostic::error("no-connection", "addresses are not fetched here").at(address);
            ready.push_back(Err(diagnostic.hint("save the page, or use `onrecord add`")));
            return None;
        };
        match network.named(address) {
            Err(error) => ready.push_back(Err(error.diagnostic().at(address))),
            Ok(page) if feed::is_feed(&page.bytes) => {
                let base = page.address.clone();
                self.feed(address, Some(&base), &page.bytes, ready);
            }
            Ok(page) => match media_type(&page) {
                MediaType::JsonRecord => {
                    let bytes = Box::new(Cursor::new(page.bytes));
                    return Some(Lines::new(address.to_owned(), bytes, limits.max_bytes, Arc::clone(columns)));
                }
                _ => ready.push_back(Ok(capture(page, address, Timestamp::now()))),
            },
        }
        None
    }

    /// Takes a feed: its articles are fetched where there is a network; else the entries that bring them along are taken, and the others counted.
    pub(crate) fn feed(&mut self, name: &str, base: Option<&str>, bytes: &[u8], ready: &mut Ready) {
        let (feed, diagnostics) = feed::parse(bytes, base);
        ready.extend(diagnostics.into_iter().map(|diagnostic| Err(diagnostic.at(name))));
        if self.network.is_some() {
            self.pending.extend(feed.sitemaps.into_iter().map(Pending::Sitemap));
            // What has no page of its own is taken as it is.
            let (bare, linked): (Vec<_>, Vec<_>) = feed.entries.into_iter().partition(|entry| entry.address.is_none());
            let (captures, _) =
                feed::captures(&feed::Feed { title: feed.title, entries: bare, ..feed::Feed::default() }, name);
            ready.extend(captures.into_iter().map(Ok));
            self.pending.extend(linked.into_iter().filter_map(|entry| entry.address).map(Pending::Article));
            return;
        }
        let (captures, others) = feed::captures(&feed, name);
        ready.extend(captures.into_iter().map(Ok));
        let left = others.len() + feed.sitemaps.len();
        if left > 0 {
            let message = format!("{left} entries bring no article along; their pages were not fetched");
            ready
                .push_back(Err(Diagnostic::note("entries-not-fetched", message).at(name).hint("--fetch fetches them")));
        }
    }

    /// Fetches one page of those that feeds named; `false` where none is left.
    pub(crate) fn next_page(&mut self, ready: &mut Ready) -> bool {
        let (Some(network), Some(pending)) = (&mut self.network, self.pending.pop_front()) else { return false };
        let (Pending::Article(address) | Pending::Sitemap(address)) = &pending;
        match (network.linked(address), &pending) {
            (Err(diagnostic), _) => ready.push_back(Err(diagnostic.at(address))),
            (Ok(page), Pending::Article(_)) => ready.push_back(Ok(capture(page, address, Timestamp::now()))),
            (Ok(page), Pending::Sitemap(_)) => {
                let (mut feed, diagnostics) = feed::parse(&page.bytes, Some(&page.address));
                ready.extend(diagnostics.into_iter().map(|diagnostic| Err(diagnostic.at(address))));
                if !feed.sitemaps.is_empty() {
                    let message = format!("the index of sitemaps names {} further indexes", feed.sitemaps.len());
                    let diagnostic = Diagnostic::warning("sitemaps-left-out", message).at(address);
                    ready.push_back(Err(diagnostic.hint("name them yourself")));
                    feed.sitemaps.clear();
                }
                self.pending.extend(feed.entries.into_iter().filter_map(|entry| entry.address).map(Pending::Article));
            }
        }
        true
    }
}

fn media_type(page: &Fetched) -> MediaType {
    let by_name = match page.content_type.as_str() {
        "text/html" | "application/xhtml+xml" => Some(MediaType::Html),
        "text/plain" | "text/markdown" => Some(MediaType::Text),
        _ => None,
    };
    let head = &page.bytes[..page.bytes.len().min(4096)];
    sniff::by_content(head, by_name)
}

/// A page as a capture that was taken at `now`.
pub(crate) fn capture(page: Fetched, location: &str, now: Timestamp) -> Capture {
    let media_type = match media_type(&page) {
        MediaType::JsonRecord => MediaType::Text,
        other => other,
    };
    Capture {
        media_type,
        address: Some(page.address),
        bytes: page.bytes,
        fetched: Some(Time::instant(now, TimeSource::Received)),
        location: location.to_owned(),
        delivery: (page.delivery != Delivery::default()).then(|| Box::new(page.delivery)),
    }
}
