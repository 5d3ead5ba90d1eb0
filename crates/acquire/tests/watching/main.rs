//! A watch on a server of loopback, with a clock that jumps to whatever is waited for.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests time, and fail by panicking")]

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

    fn fetcher(&self) -> Fetcher {
        let limits =
            FetchLimits { idle: Duration::from_secs(10), total: Duration::from_secs(30), ..FetchLimits::default() };
        Fetcher::new(FetchOptions { limits, exempt: vec![self.server.address()], ..FetchOptions::default() })
    }

    fn watch(&self, store: &mut Store, notes: &mut Notes, sources: &Sources, clock: &Jumping, once: bool) -> Summary {
        let options = WatchOptions { once, seed: 7, ..WatchOptions::default() };
        watch(sources, &self.fetcher(), store, notes, clock, &AtomicBool::new(false), options).unwrap()
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
fn robots_are_kept_to() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1", "/private/2"]).page("/1", "<p>one").page("/private/2", "<p>two");
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 20");
    let mut notes = Notes::default();
    let clock = Jumping::at(START, 1_000_000);
    let summary = site.watch(&mut store, &mut notes, &site.sources(""), &clock, true);
    assert_eq!((summary.taken, summary.forbidden, notes.told), (1, 1, vec!["robots-forbid".to_owned()]));
    assert_eq!(site.server.hits("/private/2"), 0);
    // 5 s after robots.txt by our own rule, 20 s by theirs.
    assert_eq!(notes.kept, [("1".to_owned(), START + 25)]);
    let health = &store.health(&site.sources("")).unwrap()[0];
    assert_eq!((health.forbidden, health.waiting), (1, 1));
    assert_eq!(health.reasons, [("the robots.txt of the host forbids it".to_owned(), 1)]);
    // All of it, the feed too.
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1"]).page("/robots.txt", "User-agent: onrecord\nDisallow: /");
    let (summary, _) = site.once(&mut store, START);
    assert_eq!((summary.forbidden, summary.polled, site.server.hits("/feed")), (1, 0, 0));
    // A server that fails when it is asked is left alone.
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1"]).answer("/robots.txt", 503, &[], "");
    let (summary, notes) = site.once(&mut store, START);
    assert_eq!((summary.failed, notes.told, site.server.hits("/feed")), (1, vec!["host-silent".to_owned()], 0));
    site.answer("/robots.txt", 404, &[], "").page("/1", "<p>one");
    assert_eq!(site.once(&mut store, START + 60).0.taken, 1);
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
fn a_host_is_asked_at_its_pace_and_over_one_connection() {
    let (site, mut store, mut notes) = (Site::new(), Store::in_memory().unwrap(), Notes::default());
    let paths: Vec<String> = (0..20).map(|number| format!("/{number}")).collect();
    site.feed(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    for path in &paths {
        site.page(path, &format!("<p>{path}"));
    }
    site.watch(&mut store, &mut notes, &site.sources("delay = \"7s\""), &Jumping::at(START, 1_000_000), true);
    let mut times: Vec<_> = notes.kept.iter().map(|(_, at)| at - START).collect();
    times.sort_unstable();
    assert_eq!(times, (0..20).map(|number| 7 * (number + 2)).collect::<Vec<_>>());
}

#[test]
fn failures_are_waited_out_and_then_forgiven() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1"]).answer("/1", 500, &[], "");
    let (summary, notes) = site.once(&mut store, START);
    assert_eq!((summary.failed, summary.taken, notes.told), (1, 0, vec!["fetch-status".to_owned()]));
    // Between half a minute and a minute.
    assert_eq!(site.once(&mut store, START + 29).0, Summary::default());
    assert_eq!(site.once(&mut store, START + 61).0.failed, 1);
    site.page("/1", "<p>one");
    assert_eq!(site.once(&mut store, START + 300).0.taken, 1);
    assert_eq!(site.server.hits("/1"), 3);
    // One that never comes is given up.
    let (site, mut store, mut notes) = (Site::new(), Store::in_memory().unwrap(), Notes::default());
    site.feed(&["/1", "/gone"]).answer("/1", 500, &[], "");
    site.watch(
        &mut store,
        &mut notes,
        &site.sources("delay = \"0s\"\nevery = \"1d\""),
        &Jumping::at(START, 3 * 86_400),
        false,
    );
    assert_eq!((site.server.hits("/1"), site.server.hits("/gone")), (8, 1));
    let health = &store.health(&site.sources("")).unwrap()[0];
    assert_eq!((health.given_up, health.waiting), (1, 0));
    assert!(health.reasons.contains(&("the server answered 500".to_owned(), 1)), "{:?}", health.reasons);
}

#[test]
fn retry_after_holds_for_the_whole_host() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1", "/2"]).answer("/1", 429, &[("Retry-After", "7200")], "").page("/2", "<p>two");
    let (summary, _) = site.once(&mut store, START);
    assert_eq!((summary.failed, summary.taken, site.server.hits("/2")), (1, 0, 0));
    assert_eq!(site.once(&mut store, START + 7000).0, Summary::default());
    site.page("/1", "<p>one");
    assert_eq!(site.once(&mut store, START + 7200).0.taken, 2);
}

#[test]
fn a_bad_feed_is_asked_less_often_and_shows_why() {
    let (site, mut store, mut notes) = (Site::new(), Store::in_memory().unwrap(), Notes::default());
    site.page("/feed", "<!doctype html><p>Moved");
    site.watch(&mut store, &mut notes, &site.sources("delay = \"0s\""), &Jumping::at(START, 7 * 86_400), false);
    let hits = site.server.hits("/feed");
    assert!((15..=30).contains(&hits), "{hits} times in a week");
    let feed = store.health(&site.sources("")).unwrap().remove(0).feeds.remove(0);
    assert_eq!(
        (feed.failures as usize, feed.last_ok, feed.reason.as_deref()),
        (hits, None, Some("expected a page or a feed, found no feed"))
    );
    // Once it is well, it is asked as before.
    site.feed(&[]);
    let now = START + 7 * 86_400;
    site.watch(
        &mut store,
        &mut Notes::default(),
        &site.sources("delay = \"0s\""),
        &Jumping::at(now, 3 * 86_400),
        false,
    );
    let feed = store.health(&site.sources("")).unwrap().remove(0).feeds.remove(0);
    assert_eq!((feed.failures, feed.reason), (0, None));
    assert!(site.server.hits("/feed") > hits + 90);
}

#[test]
fn what_is_not_kept_is_fetched_again() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1"]).page("/1", "<p>one");
    let mut broken = Notes { broken: true, ..Notes::default() };
    let clock = Jumping::at(START, 1000);
    let options = WatchOptions { once: true, ..WatchOptions::default() };
    let sources = site.sources("delay = \"0s\"");
    let found = watch(&sources, &site.fetcher(), &mut store, &mut broken, &clock, &AtomicBool::new(false), options);
    assert!(found.is_err());
    assert_eq!(site.once(&mut store, START + 1).0.taken, 1, "the page was still due");
    // What gives no article counts as asked for.
    site.feed(&["/2"]).page("/2", "no article");
    let (summary, _) = site.once(&mut store, START + 900);
    assert_eq!((summary.unread, summary.taken), (1, 0));
    assert_eq!(site.once(&mut store, START + 1000).0, Summary::default());
}

#[test]
fn the_file_survives_and_forgets_what_is_not_watched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onrecord.db.watch");
    let site = Site::new();
    site.feed(&["/1"]).page("/1", "<p>one");
    assert_eq!(site.once(&mut Store::open(&path).unwrap(), START).0.taken, 1);
    assert_eq!(site.once(&mut Store::open(&path).unwrap(), START + 10).0, Summary::default());
    // Another source of another name: the article of the first rests.
    let mut store = Store::open(&path).unwrap();
    let (other, _) = Sources::parse(&format!(
        "contact = \"a@b\"\n[[source]]\nname = \"Other\"\nfeeds = [\"{}\"]",
        site.server.url("/other")
    ));
    site.page("/other", "<rss><channel></channel></rss>");
    let summary =
        site.watch(&mut store, &mut Notes::default(), &other.unwrap(), &Jumping::at(START + 7200, 1000), true);
    assert_eq!((summary.polled, site.server.hits("/1")), (1, 1));
    assert_eq!(site.once(&mut store, START + 8000).0.unchanged, 1, "named again, it is due again");
    std::fs::write(&path, "not a database at all, but a text of some length").unwrap();
    assert!(Store::open(&path).is_err());
}

#[test]
fn a_clock_that_goes_back_stops_nothing() {
    let (site, mut store) = (Site::new(), Store::in_memory().unwrap());
    site.feed(&["/1"]).answer("/1", 503, &[("Retry-After", "3600")], "");
    let ten_years = 10 * 365 * 86_400;
    site.once(&mut store, START + ten_years);
    site.feed(&["/1", "/2"]).page("/2", "<p>two");
    let mut notes = Notes::default();
    site.watch(&mut store, &mut notes, &site.sources("delay = \"0s\""), &Jumping::at(START, 2 * 86_400), false);
    assert_eq!(notes.kept.iter().filter(|(path, _)| path == "2").count(), 1);
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

#[test]
fn a_stop_ends_a_watch_that_waits_for_a_silent_server() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/robots.txt" => connection.answer(404, &[], ""),
        _ => connection.drip(b"H", Duration::from_secs(1)),
    });
    let (sources, _) = Sources::parse(&format!(
        "contact = \"a@b\"\ndelay = \"0s\"\n[[source]]\nname = \"a\"\nfeeds = [\"{}\"]",
        server.url("/feed")
    ));
    let fetcher = Fetcher::new(FetchOptions { exempt: vec![server.address()], ..FetchOptions::default() });
    let stop = Arc::new(AtomicBool::new(false));
    let (ours, asked) = (Arc::clone(&stop), server.clone());
    std::thread::spawn(move || {
        while asked.hits("/feed") == 0 {
            std::thread::sleep(Duration::from_millis(10));
        }
        ours.store(true, Ordering::SeqCst);
    });
    let mut store = Store::in_memory().unwrap();
    let started = Instant::now();
    let clock = Jumping::at(START, 1_000_000);
    let found =
        watch(&sources.unwrap(), &fetcher, &mut store, &mut Notes::default(), &clock, &stop, WatchOptions::default());
    assert_eq!(found.unwrap().failed, 0, "what was stopped did not fail");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
