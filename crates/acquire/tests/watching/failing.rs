//! What does not come is waited out, given up or forgiven; what was not kept is still due; a clock that jumps and a stop cost nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use onrecord_acquire::fetch::{FetchOptions, Fetcher};
use onrecord_acquire::watch::{Sources, Store, Summary, WatchOptions, watch};
use onrecord_testkit::server::Server;

use super::{Jumping, Notes, START, Site};

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
    let found = watch(&sources, &site.fetcher(&[]), &mut store, &mut broken, &clock, &AtomicBool::new(false), options);
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
