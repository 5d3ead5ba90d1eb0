//! Feeds of every form, sound and broken; as files, and what is taken of them.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests time, write files, and fail by panicking"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use onrecord_acquire::feed::{self, Feed, MAX_ENTRIES};
use onrecord_acquire::{Input, Limits, captures};
use onrecord_evidence::MediaType;

const BASE: &str = "https://courier.example/feeds/news.xml";

/// Each entry as `address | title | byline | published`, and the ids of what is wrong.
fn shown(feed: &[u8]) -> (Vec<String>, Vec<String>) {
    let (found, diagnostics) = feed::parse(feed, Some(BASE));
    for diagnostic in &diagnostics {
        assert!(diagnostic.hint.is_some(), "{diagnostic}");
    }
    (entries(&found), diagnostics.into_iter().map(|diagnostic| diagnostic.id.into_owned()).collect())
}

fn entries(feed: &Feed) -> Vec<String> {
    let line = |entry: &feed::Entry| {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let published = entry.published.as_ref().map(ToString::to_string);
        format!("{} | {} | {} | {}", text(&entry.address), text(&entry.title), text(&entry.byline), text(&published))
    };
    feed.entries.iter().map(line).collect()
}

fn check(feed: &str, expect: &[&str], wrong: &[&str]) {
    let (entries, ids) = shown(feed.as_bytes());
    assert_eq!(entries, expect, "{feed}");
    assert_eq!(ids, wrong, "{feed}");
}

#[test]
fn rss() {
    check(
        r#"<?xml version="1.0"?><!-- ours --><rss version="2.0" xmlns:dc="d" xmlns:media="m" xmlns:atom="a">
        <channel><title>Alben Courier</title><link>https://courier.example/</link><atom:link href="https://courier.example/feed" rel="self"/>
        <image><title>Logo</title><link>https://courier.example/logo</link></image>
        <item><title>No call, says &#8220;Port Alben&#8221; &amp; Teyne&rsquo;s</title><link> /call?a=1&amp;b=2 </link><dc:creator>Ilse Marn</dc:creator>
        <dc:creator>Tom Ferrin</dc:creator><media:title>A photo</media:title><media:content><media:title>x</media:title></media:content>
        <pubDate>Thu, 06 Mar 2031 09:30:00 +0200</pubDate></item>
        <item><title><![CDATA[Crates <b>missing</b>]]></title><guid>https://courier.example/crates</guid></item>
        <item><title>Only a number</title><guid isPermaLink="false">https://courier.example/7</guid></item>
        </channel></rss>"#,
        &[
            "https://courier.example/call?a=1&b=2 | No call, says “Port Alben” & Teyne’s | Ilse Marn, Tom Ferrin | 2031-03-06 07:30 UTC",
            "https://courier.example/crates | Crates <b>missing</b> | - | -",
        ],
        &["feed-entry-empty"],
    );
    check(
        r#"<rdf:RDF xmlns:rdf="r" xmlns="s" xmlns:dc="d"><channel><title>Old</title></channel>
        <item><title>Call</title><link>https://old.example/1</link><dc:date>2031-03-06</dc:date></item></rdf:RDF>"#,
        &["https://old.example/1 | Call | - | 2031-03-06"],
        &[],
    );
}

#[test]
fn atom() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Teyne Sentinel</title><author><name>Desk</name></author>
        <entry><title type="html">No &lt;i&gt;call&lt;/i&gt;</title><link rel="enclosure" href="/a.mp3"/><link href="../call"/><id>tag:1</id>
        <author><name>Ilse Marn</name><email>x@y.example</email></author><published>2031-03-06T09:30:00Z</published><updated>2031-03-07T00:00:00Z</updated>
        <content type="xhtml"><div><p>She <b>denied</b> it &amp; left.</p></div></content>
        <source><title>Elsewhere</title><id>other</id></source></entry></feed>"#;
    check(feed, &["https://courier.example/call | No <i>call</i> | Ilse Marn | 2031-03-06 09:30 UTC"], &[]);
    let (feed, _) = feed::parse(feed.as_bytes(), Some(BASE));
    assert_eq!(feed.title.as_deref(), Some("Teyne Sentinel"));
    assert_eq!(feed.entries[0].content.as_deref(), Some("<div><p>She <b>denied</b> it &amp; left.</p></div>"));
    assert_eq!(feed.entries[0].modified.as_ref().unwrap().to_string(), "2031-03-07 00:00 UTC");
}

#[test]
fn json_feed() {
    check(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Alben Courier", "items": [
        {"id": 7, "url": "/call", "title": "No call", "authors": [{"name": "Ilse Marn"}, {"url": "x"}], "date_published": "2031-03-06T09:30:00Z"},
        {"id": "https://courier.example/crates", "title": ["not words"], "date_published": 3},
        {"id": "8"}]}"#,
        &[
            "https://courier.example/call | No call | Ilse Marn | 2031-03-06 09:30 UTC",
            "https://courier.example/crates | - | - | -",
        ],
        &["feed-entry-empty", "feed-date"],
    );
    check(r#"{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url""#, &[], &["feed-broken"]);
}

#[test]
fn sitemaps() {
    let news = r#"<urlset xmlns="s" xmlns:news="n" xmlns:image="i"><url><loc>https://courier.example/call</loc><image:image><image:loc>https://courier.example/x.jpg</image:loc></image:image>
        <news:news><news:publication><news:name>Alben Courier</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2031-03-06T09:30:00+02:00</news:publication_date><news:title>No call</news:title></news:news><lastmod>2031-03-07</lastmod></url></urlset>"#;
    check(news, &["https://courier.example/call | No call | - | 2031-03-06 07:30 UTC"], &[]);
    assert_eq!(feed::parse(news.as_bytes(), None).0.entries[0].outlet.as_deref(), Some("Alben Courier"));
    let index = "<sm:sitemapindex xmlns:sm='s'><sm:sitemap><sm:loc>https://courier.example/1.xml</sm:loc></sm:sitemap><sm:sitemap><sm:loc>/2.xml</sm:loc></sm:sitemap></sm:sitemapindex>";
    let (feed, diagnostics) = feed::parse(index.as_bytes(), Some(BASE));
    assert_eq!(
        (feed.sitemaps, feed.entries.len()),
        (vec!["https://courier.example/1.xml".to_owned(), "https://courier.example/2.xml".to_owned()], 0)
    );
    assert!(diagnostics.is_empty());
}

#[test]
fn what_is_broken_gives_what_came_before() {
    let item =
        |number: u32| format!("<item><title>Call {number}</title><link>https://courier.example/{number}</link></item>");
    let head = "<rss><channel><title>Alben Courier</title>";
    let two = ["https://courier.example/1 | Call 1 | - | -", "https://courier.example/2 | Call 2 | - | -"];
    // Cut at every byte: never more than was there, never fewer than were whole.
    let whole = format!("{head}{}{}", item(1), item(2));
    for at in head.len()..whole.len() {
        let (entries, _) = shown(&whole.as_bytes()[..at]);
        let ends = (1..=2).map(|number| head.len() + (1..=number).map(|number| item(number).len()).sum::<usize>());
        assert_eq!(entries, two[..ends.filter(|end| *end <= at).count()], "cut at {at}");
    }
    check(&format!("{whole}<item><title>Cut"), &two, &["feed-broken"]);
    check(&format!("{whole}<item <<< >"), &two, &["feed-broken"]);
    check(&format!("{whole}<![CDATA[ never closed"), &two, &["feed-broken"]);
    // Slips that browsers forgive.
    check(
        &format!(
            "{head}<item><title>AT&T & co</title><link>https://courier.example/1?a=1&b=2</link></item></channel></rss>"
        ),
        &["https://courier.example/1?a=1&b=2 | AT&T & co | - | -"],
        &[],
    );
    check(&format!("{head}{}</b></item>{}</channel>", item(1), item(2)), &two, &[]);
    check(
        &format!("{head}<item><title>Call <b>1</title><link>https://courier.example/1</link></item>{}</rss>", item(2)),
        &two,
        &[],
    );
    check("<rss", &[], &["feed-broken"]);
    check("<rss><channel></channel></rss>", &[], &[]);
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for (name, of) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"), ("g", "f"), ("h", "g"), ("i", "h")] {
        write!(bomb, "<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10)).unwrap();
    }
    let feed = format!(
        "<?xml version=\"1.0\"?>{bomb}]><rss><channel><item><title>&i;</title><link>https://courier.example/1</link></item></channel></rss>"
    );
    assert!(feed::is_feed(feed.as_bytes()));
    check(&feed, &["https://courier.example/1 | &i; | - | -"], &["feed-entities"]);
    let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x;</title><link>https://courier.example/1</link></item></channel></rss>";
    check(outside, &["https://courier.example/1 | &x; | - | -"], &["feed-entities"]);
}

#[test]
fn wrong_dates_are_none_and_never_now() {
    let dates = [
        "Thu, 31 Feb 2031 09:30:00 GMT",
        "06/03/2031 09:30",
        "yesterday",
        "0000-00-00T00:00:00Z",
        "Thu, 06 Mar 2031 25:61:00 +0000",
    ];
    let items: String = dates
        .iter()
        .enumerate()
        .map(|(at, date)| format!("<item><link>https://courier.example/{at}</link><pubDate>{date}</pubDate></item>"))
        .collect();
    let (feed, diagnostics) = feed::parse(format!("<rss><channel>{items}</channel></rss>").as_bytes(), None);
    assert_eq!(feed.entries.len(), 5);
    assert!(feed.entries.iter().all(|entry| entry.published.is_none()), "{feed:?}");
    assert!(diagnostics[0].message.starts_with("5 dates are none"), "{}", diagnostics[0]);
}

#[test]
fn what_stands_twice_is_taken_once() {
    check(
        "<rss><channel><item><guid isPermaLink='false'>7</guid><link>https://courier.example/1</link></item>\
         <item><guid isPermaLink='false'>7</guid><link>https://courier.example/2</link></item>\
         <item><guid isPermaLink='false'>8</guid><link>https://courier.example/1</link></item>\
         <item><guid isPermaLink='false'>9</guid><description>No address</description></item>\
         <item><guid isPermaLink='false'>9</guid><description>No address</description></item></channel></rss>",
        &["https://courier.example/1 | - | - | -", "https://courier.example/2 | - | - | -", "- | - | - | -"],
        &["feed-duplicates"],
    );
}

#[test]
fn a_hundred_thousand_entries() {
    let started = Instant::now();
    let mut feed = "<urlset>".to_owned();
    for number in 0..=MAX_ENTRIES {
        write!(feed, "<url><loc>https://courier.example/{number}</loc></url>").unwrap();
    }
    let (found, diagnostics) = feed::parse(feed.as_bytes(), None);
    assert_eq!(found.entries.len(), MAX_ENTRIES);
    assert_eq!(diagnostics.iter().map(|diagnostic| &*diagnostic.id).collect::<Vec<_>>(), ["feed-entries-left-out"]);
    let items: Vec<_> =
        (0..=MAX_ENTRIES).map(|number| format!("{{\"url\": \"https://courier.example/{number}\"}}")).collect();
    let json = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{}]}}", items.join(","));
    assert_eq!(feed::parse(json.as_bytes(), None).0.entries.len(), MAX_ENTRIES);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn hostile_nesting_takes_no_stack() {
    let deep = format!("<rss><channel>{}<item><link>https://courier.example/1</link></item>", "<a>".repeat(200_000));
    check(&deep, &[], &["feed-too-deep"]);
    let closed = format!(
        "<rss><channel>{}{}<item><link>https://courier.example/1</link></item>",
        "<a>".repeat(200_000),
        "</a>".repeat(200_000)
    );
    check(&closed, &["https://courier.example/1 | - | - | -"], &["feed-too-deep"]);
    let json = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(200_000));
    check(&json, &[], &["feed-broken"]);
}

#[test]
fn feeds_in_other_encodings() {
    let feed = |name: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{name}\"?><rss><channel><item><title>Café “Alben”</title><link>https://courier.example/1</link></item></channel></rss>"
        )
    };
    let expect = vec!["https://courier.example/1 | Café “Alben” | - | -".to_owned()];
    let latin = encoding_rs::WINDOWS_1252.encode(&feed("windows-1252")).0.into_owned();
    assert_eq!(shown(&latin).0, expect);
    assert_eq!(shown(feed("utf-8").as_bytes()).0, expect);
    assert_eq!(shown(format!("\u{FEFF}{}", feed("windows-1252")).as_bytes()).0, expect);
    let wide: Vec<u8> = feed("utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&wide).0, expect);
    assert_eq!(shown(&[&b"\xFF\xFE"[..], &wide].concat()).0, expect);
}

#[test]
fn a_feed_file_gives_the_articles_that_it_brings_along() {
    let text = "The harbour master denied on Monday that crates were missing. ".repeat(20);
    let feed = format!(
        "<rss xmlns:content=\"c\"><channel><title>Alben Courier</title>\
         <item><title>No call</title><link>https://courier.example/1</link><pubDate>Thu, 06 Mar 2031 09:30:00 GMT</pubDate><description>Teaser</description>\
         <content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>\
         <item><title>Teaser only</title><link>https://courier.example/2</link><description>Read on</description></item></channel></rss>"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.xml");
    std::fs::write(&path, feed).unwrap();
    let found: Vec<_> = captures([Input::path(&path)], Limits::default()).collect();
    let capture = found[0].as_ref().unwrap();
    assert_eq!(
        (capture.media_type, capture.address.as_deref()),
        (MediaType::JsonRecord, Some("https://courier.example/1"))
    );
    assert!(capture.location.ends_with("news.xml#1"));
    let record: serde_json::Value = serde_json::from_slice(&capture.bytes).unwrap();
    assert_eq!((&record["outlet"], &record["published"]), (&"Alben Courier".into(), &"2031-03-06T09:30:00Z".into()));
    assert!(record["html"].as_str().unwrap().contains("denied on Monday"));
    let note = found[1].as_ref().unwrap_err();
    assert_eq!((&*note.id, note.message.starts_with("1 entries")), ("entries-not-fetched", true));
    assert_eq!(found.len(), 2);
}

#[test]
fn pages_and_data_are_no_feeds() {
    for text in [
        "<!doctype html><title>RSS</title>",
        "<html>",
        "{\"text\": \"x\"}",
        "rss",
        "",
        "<",
        "<?xml",
        "<!-- <rss> -->",
        "<svg/>",
        "\u{FEFF}",
    ] {
        assert!(!feed::is_feed(text.as_bytes()), "{text}");
    }
}

/// Bytes changed, cut, doubled: the same ones in each run.
#[test]
fn no_bytes_are_too_odd() {
    let seeds = [
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><title>A</title><item><title><![CDATA[x]]></title><link>https://a.example/1</link>\
         <guid isPermaLink='false'>&a;&#8220;</guid><pubDate>Thu, 06 Mar 2031 09:30:00 +0200</pubDate></item></channel></rss>",
        "<feed xmlns='a'><title>T</title><entry><link href='/x'/><content type='xhtml'><div><p>é</p></div></content><author><name>N</name></author></entry></feed>",
        "<urlset><url><loc>https://a.example/1</loc><news:news><news:publication_date>2031-03-06</news:publication_date></news:news></url></urlset>",
        "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": \"1\", \"url\": \"https://a.example/1\", \"content_html\": \"<p>\\u00e9\"}]}",
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut entries = 0;
    for round in 0..20_000 {
        let mut bytes = seeds[round % seeds.len()].as_bytes().to_vec();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(5) {
                0 => bytes[at] = next(256) as u8,
                1 => drop(bytes.drain(at..(at + next(30)).min(bytes.len()))),
                2 => bytes.truncate(at.max(1)),
                3 => bytes.insert(at, b"<>&;/'\"[]!\0\xFF"[next(12)]),
                _ => {
                    let copy = bytes[at..(at + next(60)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
        let (feed, _) = feed::parse(&bytes, Some(BASE));
        feed::captures(&feed, "feed");
        entries += feed.entries.len();
    }
    assert!(entries > 3_000, "{entries} entries: many feeds still give some");
}
