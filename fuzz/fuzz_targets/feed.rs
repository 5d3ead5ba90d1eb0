//! Any bytes as a feed: reading ends without a panic, each entry is told apart, an entry before the damage comes out as it went in, what was read comes
//! out the same when it is written down and read again, and an entry that brings its article along can be read as one.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use onrecord_acquire::feed::{self, Entry, Feed};
use onrecord_fuzz::check;

const BASE: &str = "https://post.example/feed.xml";
const SOUND: &str = "<item><title>Minister denies call</title><link>https://post.example/call</link></item>";

fuzz_target!(|bytes: &[u8]| {
    let (feed, _) = feed::parse(bytes, Some(BASE));
    let mut seen = HashSet::new();
    for entry in &feed.entries {
        assert!(entry.address.is_some() || entry.content.is_some(), "an entry is of use: {entry:?}");
        assert!(entry.address.as_ref().is_none_or(|address| seen.insert(address.clone())), "twice: {entry:?}");
    }
    written_and_read_again(&feed);
    let (captures, _) = feed::captures(&feed, "feed");
    captures.iter().for_each(check);

    let mut after = format!("<rss><channel>{SOUND}").into_bytes();
    after.extend_from_slice(bytes);
    let (feed, _) = feed::parse(&after, Some(BASE));
    let first = feed.entries.first().expect("the entry before the damage");
    assert_eq!(first.address.as_deref(), Some("https://post.example/call"));
    assert_eq!(first.title.as_deref(), Some("Minister denies call"));
});

/// The same entries as RSS that is well formed give the same addresses, titles and contents.
fn written_and_read_again(feed: &Feed) {
    let mut written = "<rss><channel>".to_owned();
    for entry in &feed.entries {
        let fields = [("link", &entry.address), ("title", &entry.title), ("description", &entry.content)];
        written += "<item>";
        for (name, value) in fields {
            if let Some(value) = value {
                written += &format!("<{name}>{}</{name}>", escaped(value));
            }
        }
        written += "</item>";
    }
    written += "</channel></rss>";
    let (again, diagnostics) = feed::parse(written.as_bytes(), None);
    assert!(diagnostics.is_empty(), "{diagnostics:?} of {written:?}");
    let facts = |entry: &Entry| (entry.address.clone(), entry.title.clone(), entry.content.clone());
    assert_eq!(again.entries.iter().map(facts).collect::<Vec<_>>(), feed.entries.iter().map(facts).collect::<Vec<_>>());
}

/// Letters by number, but for the one that XML has no number for.
fn escaped(text: &str) -> String {
    let written = |letter: char| match letter {
        '\0' | 'a'..='z' => letter.to_string(),
        _ => format!("&#{};", u32::from(letter)),
    };
    text.chars().map(written).collect()
}
