//! What hosts ask for is kept to: robots.txt, pauses, `Retry-After`; also of hosts to which a page leads.

use onrecord_acquire::watch::{Store, Summary};

use super::{Jumping, Notes, START, Site};

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
fn the_robots_of_a_host_hold_for_who_is_led_there() {
    let (site, target, mut store) = (Site::new(), Site::new(), Store::in_memory().unwrap());
    target.page("/robots.txt", "User-agent: *\nDisallow: /private").page("/1", "<p>one").page("/private", "<p>two");
    let to = |path: &str| -> &'static str { Box::leak(target.server.url(path).into_boxed_str()) };
    site.feed(&["/1", "/2", "/3"]).answer("/1", 302, &[("Location", to("/1"))], "");
    site.answer("/2", 302, &[("Location", to("/private"))], "").answer("/3", 301, &[("Location", "/private")], "");
    site.page("/private", "<p>three");
    let (summary, notes) = site.once_with(&mut store, START, &[&target]);
    assert_eq!((summary.taken, summary.forbidden, summary.failed), (2, 1, 0), "{:?}", notes.told);
    assert_eq!(notes.told, ["robots-forbid"]);
    let asked: Vec<_> = target.server.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(asked, ["/robots.txt", "/1"]);
    let health = &store.health(&site.sources("")).unwrap()[0];
    assert_eq!(health.forbidden, 1);
    assert!(health.reasons[0].0.contains("which the robots.txt of that host forbids"), "{:?}", health.reasons);
}

#[test]
fn a_silent_host_is_not_blamed_on_who_leads_there() {
    let (site, target, mut store) = (Site::new(), Site::new(), Store::in_memory().unwrap());
    target.answer("/robots.txt", 503, &[], "").page("/1", "<p>one");
    let to: &'static str = Box::leak(target.server.url("/1").into_boxed_str());
    site.feed(&["/1", "/2"]).answer("/1", 302, &[("Location", to)], "").page("/2", "<p>two");
    let (summary, notes) = site.once_with(&mut store, START, &[&target]);
    assert_eq!((summary.taken, summary.failed, target.server.hits("/1")), (1, 1, 0));
    assert_eq!(notes.told, ["host-silent"]);
    // It is tried again, and taken.
    target.answer("/robots.txt", 404, &[], "");
    assert_eq!(site.once_with(&mut store, START + 61, &[&target]).0.taken, 1);
}
