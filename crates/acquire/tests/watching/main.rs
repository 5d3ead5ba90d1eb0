//! A watch on a server of loopback, with a clock that jumps to whatever is waited for.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests time, and fail by panicking")]

mod failing;
mod polite;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use onrecord_acquire::fetch::{FetchLimits, FetchOptions, Fetcher};
use onrecord_acquire::watch::{Clock, Desk, Kept, Page, Sources, Store, Summary, WatchOptions, watch};
use onrecord_evidence::Diagnostic;
use onrecord_testkit::server::{Connection, Request, Server};

/// 2031-03-06 09:00 UTC.
const START: i64 = 1_930_554_000;

/// Jumps to what is waited for; stops the watch when it is over.
struct Jumping {
    now: AtomicI64,
    until: i64,
}

impl Jumping {
    fn at(now: i64, seconds: i64) -> Self {
        Self { now: AtomicI64::new(now), until: now + seconds }
    }
}

impl Clock for Jumping {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::SeqCst)).unwrap()
    }

    fn wait(&self, until: Timestamp, stop: &AtomicBool) {
        let until = until.as_second();
        if until > self.until {
            stop.store(true, Ordering::SeqCst);
        }
        self.now.fetch_max(until.min(self.until), Ordering::SeqCst);
    }
}

/// Notes what it is given.
#[derive(Default)]
struct Notes {
    kept: Vec<(String, i64)>,
    told: Vec<String>,
    broken: bool,
}

impl Desk for Notes {
    type Error = &'static str;

    fn keep(&mut self, pages: Vec<Page>) -> Result<Vec<Kept>, Self::Error> {
        if self.broken {
            return Err("the disk is full");
        }
        let keep = |page: Page| {
            let path = page.capture.address.unwrap().splitn(4, '/').nth(3).unwrap().to_owned();
            let text = String::from_utf8(page.capture.bytes).unwrap();
            self.kept.push((path, page.capture.fetched.unwrap().earliest().as_second()));
            if text.contains("no article") { Kept::Unread("no main text".to_owned()) } else { Kept::Taken }
        };
        Ok(pages.into_iter().map(keep).collect())
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic.id.into_owned());
    }
}

/// Status, headers and body by path.
type Pages = Arc<Mutex<HashMap<String, (u16, Vec<(&'static str, &'static str)>, String)>>>;

/// A server whose pages the test sets: path to status, headers and body. What is not set is 404.
#[derive(Clone)]
struct Site {
    server: Server,
    pages: Pages,
}

impl Site {
    fn new() -> Self {
        let pages = Pages::default();
        let shown = Arc::clone(&pages);
        let answer = move |request: &Request, connection: &mut Connection| {
            let page = shown.lock().unwrap().get(&request.path).cloned();
            let Some((status, headers, body)) = page else { return connection.answer(404, &[], "") };
            let etag = headers.iter().find(|(name, _)| *name == "ETag").map(|(_, value)| *value);
            if etag.is_some() && request.header("if-none-match") == etag {
                return connection.answer(304, &[], "");
            }
            connection.answer(status, &headers, body);
        };
        Self { server: Server::start(answer), pages }
    }

    fn page(&self, path: &str, body: &str) -> &Self {
        self.answer(path, 200, &[], body)
    }

    fn answer(&self, path: &str, status: u16, headers: &[(&'static str, &'static str)], body: &str) -> &Self {
        self.pages.lock().unwrap().insert(path.to_owned(), (status, headers.to_vec(), body.to_owned()));
        self
    }

    fn feed(&self, entries: &[&str]) -> &Self {
        let items: String =
            entries.iter().map(|entry| format!("<item><link>{}</link></item>", self.server.url(entry))).collect();
        self.page("/feed", &format!("<rss><channel><title>Alben Courier</title>{items}</channel></rss>"))
    }

    fn sources(&self, more: &str) -> Sources {
        let text = format!(
            "contact = \"desk@post.example\"\n{more}\n[[source]]\nname = \"Alben Courier\"\nfeeds = [\"{}\"]\n",
            self.server.url("/feed")
        );
        let (sources, problems) = Sources::parse(&text);
        assert!(problems.is_empty(), "{problems:?}");
        sources.unwrap()
    }

    /// Reaches this site and `others`.
    fn fetcher(&self, others: &[&Self]) -> Fetcher {
        let limits =
            FetchLimits { idle: Duration::from_secs(10), total: Duration::from_secs(30), ..FetchLimits::default() };
        let exempt = [self].iter().chain(others).map(|site| site.server.address()).collect();
        Fetcher::new(FetchOptions { limits, exempt, ..FetchOptions::default() })
    }

    fn watch(&self, store: &mut Store, notes: &mut Notes, sources: &Sources, clock: &Jumping, once: bool) -> Summary {
        let options = WatchOptions { once, seed: 7, ..WatchOptions::default() };
        watch(sources, &self.fetcher(&[]), store, notes, clock, &AtomicBool::new(false), options).unwrap()
    }

    /// One run that ends by itself, of pages that lead to `others`.
    fn once_with(&self, store: &mut Store, now: i64, others: &[&Self]) -> (Summary, Notes) {
        let (mut notes, clock) = (Notes::default(), Jumping::at(now, 1_000_000));
        let options = WatchOptions { once: true, seed: 7, ..WatchOptions::default() };
        let (sources, fetcher) = (self.sources("delay = \"0s\""), self.fetcher(others));
        let summary = watch(&sources, &fetcher, store, &mut notes, &clock, &AtomicBool::new(false), options).unwrap();
        (summary, notes)
    }

    /// One run that ends by itself.
    fn once(&self, store: &mut Store, now: i64) -> (Summary, Notes) {
        let mut notes = Notes::default();
        let clock = Jumping::at(now, 1_000_000);
        let summary = self.watch(store, &mut notes, &self.sources("delay = \"0s\""), &clock, true);
        (summary, notes)
    }
}

#[test]
fn new_entries_are_taken_once() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1", "/2"]).page("/1", "<p>one").page("/2", "<p>two");
    let (summary, notes) = site.once(&mut store, START);
    let expect = Summary { polled: 1, found: 2, fetched: 2, taken: 2, ..Summary::default() };
    assert_eq!((summary, notes.kept), (expect, vec![("1".to_owned(), START), ("2".to_owned(), START)]));
    // Ten minutes later nothing is due, a quarter of an hour later the feed.
    assert_eq!(site.once(&mut store, START + 600).0, Summary::default());
    site.feed(&["/3", "/2", "/1"]).page("/3", "<p>three");
    let (summary, notes) = site.once(&mut store, START + 900);
    let expect = Summary { polled: 1, found: 1, fetched: 1, taken: 1, ..Summary::default() };
    assert_eq!((summary, notes.kept), (expect, vec![("3".to_owned(), START + 900)]));
    assert_eq!(site.server.hits("/robots.txt"), 1);
    assert_eq!(site.server.hits("/1"), 1);
}

#[test]
fn articles_are_fetched_again_at_growing_intervals() {
    let (site, mut store, mut notes) = (Site::new(), Store::in_memory().unwrap(), Notes::default());
    site.feed(&["/1"]).page("/1", "<p>one");
    let day = 86_400;
    let clock = Jumping::at(START, 9 * day);
    let summary = site.watch(&mut store, &mut notes, &site.sources("delay = \"0s\"\nevery = \"2h\""), &clock, false);
    assert_eq!(site.server.hits("/1"), 5, "at first, and after 1 h, 6 h, 24 h, 7 d");
    assert_eq!((summary.taken, summary.unchanged, notes.kept), (1, 4, vec![("1".to_owned(), START)]));
    assert_eq!(site.server.hits("/feed") as i64, 9 * 12 + 1);
    // Asked once a day for its robots.txt.
    assert!((9..=10).contains(&site.server.hits("/robots.txt")), "{}", site.server.hits("/robots.txt"));
}

#[test]
fn a_changed_page_is_taken_again() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1"]).answer("/1", 200, &[("ETag", "\"a\"")], "<p>one");
    assert_eq!(site.once(&mut store, START).0.taken, 1);
    let (summary, _) = site.once(&mut store, START + 3600);
    assert_eq!((summary.taken, summary.unchanged, summary.fetched), (0, 1, 0), "304");
    site.answer("/1", 200, &[("ETag", "\"b\"")], "<p>another");
    let (summary, notes) = site.once(&mut store, START + 21_600);
    assert_eq!((summary.taken, notes.kept), (1, vec![("1".to_owned(), START + 21_600)]));
    let asked: Vec<_> = site
        .server
        .requests()
        .iter()
        .filter(|request| request.path == "/1")
        .map(|request| request.header("if-none-match").map(str::to_owned))
        .collect();
    assert_eq!(asked, [None, Some("\"a\"".to_owned()), Some("\"a\"".to_owned())]);
}

#[test]
fn a_hundred_thousand_entries_are_looked_through() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    let entries: String = (0..100_000).map(|number| format!("<url><loc>/{number}</loc></url>")).collect();
    site.page("/feed", &format!("<urlset>{entries}</urlset>")).page("/99999", "<p>one");
    site.page("/robots.txt", "User-agent: *\nAllow: /feed\nAllow: /99999\nDisallow: /");
    let started = Instant::now();
    let (summary, notes) = site.once(&mut store, START);
    assert_eq!((summary.found, summary.forbidden, summary.taken), (100_000, 99_999, 1));
    // Not one for each.
    assert!(notes.told.len() <= 2, "{:?}", notes.told.len());
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}

#[test]
fn sitemaps_of_an_index_are_watched() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.page(
        "/feed",
        &format!("<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>", site.server.url("/news.xml")),
    );
    site.page("/news.xml", "<urlset><url><loc>/1</loc></url></urlset>").page("/1", "<p>one");
    let (summary, _) = site.once(&mut store, START);
    assert_eq!((summary.polled, summary.found, summary.taken), (2, 1, 1));
}
