//! What feeds of every form have in common: the text of their bytes, entries told apart, entries as captures. Not the forms themselves.

use std::borrow::Cow;
use std::collections::HashSet;

use encoding_rs::{Encoding, UTF_8};
use onrecord_evidence::{Capture, MediaType};
use serde_json::json;

use super::{Entry, Faults, Feed};

/// The bytes as text: by a byte order mark, else by the XML declaration, else UTF-8.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(bytes).unwrap_or(UTF_8),
    };
    encoding.decode(bytes).0
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => return Some(encoding_rs::UTF_16LE),
        [0, b'<', ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    // A declaration that was read as bytes cannot stand in UTF-16.
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes()).map(Encoding::output_encoding)
}

/// Drops what stands there twice: by address, else by guid. Of entries that share a guid and differ in address both are kept, since outlets give one guid to all.
pub(super) fn keep_first(entries: &mut Vec<Entry>, faults: &mut Faults) {
    let mut seen = HashSet::new();
    entries.retain(|entry| {
        let key = match (&entry.address, &entry.guid) {
            (Some(address), _) => Some(format!("a{address}")),
            (None, Some(guid)) => Some(format!("g{guid}")),
            (None, None) => None,
        };
        let is_new = key.is_none_or(|key| seen.insert(key));
        faults.duplicates += usize::from(!is_new);
        is_new
    });
}

/// Letters of text from which an entry's content is taken for the article itself; shorter ones are teasers.
pub const MIN_CONTENT: usize = 600;

/// The entries that bring their whole article along, as captures, and the addresses of the others.
///
/// A capture of an entry is a JSON record with what the entry states. It changes when the entry does, not when the feed around it does.
pub fn captures(feed: &Feed, location: &str) -> (Vec<Capture>, Vec<String>) {
    let mut captures = Vec::new();
    let mut others = Vec::new();
    for (index, entry) in feed.entries.iter().enumerate() {
        match (&entry.content, &entry.address) {
            (Some(content), _) if letters(content) >= MIN_CONTENT => {
                captures.push(capture(feed, entry, content, format!("{location}#{}", index + 1)))
            }
            (_, Some(address)) => others.push(address.clone()),
            (..) => {}
        }
    }
    (captures, others)
}

fn capture(feed: &Feed, entry: &Entry, content: &str, location: String) -> Capture {
    let mut record = serde_json::Map::new();
    let iso = |time: &onrecord_evidence::Time| match time.to_string() {
        // To the minute and finer the instant is stated, else the day.
        shown if shown.len() > 10 => time.earliest().to_string(),
        shown => shown,
    };
    let fields = [
        ("url", entry.address.clone()),
        ("outlet", entry.outlet.clone().or_else(|| feed.title.clone())),
        ("title", entry.title.clone()),
        ("byline", entry.byline.clone()),
        ("published", entry.published.as_ref().map(iso)),
        ("modified", entry.modified.as_ref().map(iso)),
        ("html", Some(content.to_owned())),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            record.insert(key.to_owned(), json!(value));
        }
    }
    Capture {
        bytes: serde_json::Value::Object(record).to_string().into_bytes(),
        media_type: MediaType::JsonRecord,
        address: entry.address.clone(),
        fetched: None,
        location,
        delivery: None,
    }
}

/// Letters outside of tags.
fn letters(html: &str) -> usize {
    let mut in_tag = false;
    html.chars()
        .filter(|letter| {
            match letter {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ => return !in_tag && letter.is_alphanumeric(),
            }
            false
        })
        .count()
}
