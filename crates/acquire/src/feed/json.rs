//! JSON Feed (jsonfeed.org, versions 1 and 1.1). A field of the wrong type is taken as absent.

use serde::Deserialize;
use serde_json::Value;

use super::{Entry, Faults, Feed, MAX_ENTRIES, dates};
use crate::fetch::joined;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    title: Value,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    date_published: Value,
    date_modified: Value,
    authors: Value,
    author: Value,
}

/// Whether a document that begins so is a JSON Feed.
pub(super) fn is_feed(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') && text.get(..4096).unwrap_or(text).contains("//jsonfeed.org/version/")
}

pub(super) fn read(text: &str, base: Option<&str>, faults: &mut Faults) -> Feed {
    let document: Document = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            faults.broken = Some(format!("expected RSS, Atom, a JSON Feed or a sitemap: {error}"));
            return Feed::default();
        }
    };
    faults.left_out = document.items.len() > MAX_ENTRIES;
    let mut feed = Feed { title: words(&document.title).map(|title| squeezed(&title)), ..Feed::default() };
    for item in document.items.into_iter().take(MAX_ENTRIES) {
        let mut date = |value: &Value| {
            let text = words(value)?;
            let time = dates::parse(&text);
            if time.is_none() {
                faults.bad_date(&text);
            }
            time
        };
        let (published, modified) = (date(&item.date_published), date(&item.date_modified));
        let link = words(&item.url)
            .or_else(|| words(&item.external_url))
            .or_else(|| words(&item.id).filter(|id| id.starts_with("http")));
        let authors = item.authors.as_array().map(Vec::as_slice).unwrap_or_default();
        let names: Vec<_> =
            authors.iter().chain([&item.author]).filter_map(|author| words(author.get("name")?)).collect();
        let entry = Entry {
            address: link.and_then(|link| joined(base, &link)),
            guid: words(&item.id),
            title: words(&item.title).map(|title| squeezed(&title)),
            byline: (!names.is_empty()).then(|| names.join(", ")),
            published,
            modified,
            outlet: None,
            content: words(&item.content_html).or_else(|| words(&item.content_text).map(|text| paragraphs(&text))),
        };
        match (&entry.address, &entry.content) {
            (None, None) => faults.without_address += 1,
            _ => feed.entries.push(entry),
        }
    }
    feed
}

fn words(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(words) => words.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// White space collapsed, as it is in feeds of XML.
fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain text as HTML.
fn paragraphs(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = escaped.split('\n').map(str::trim).filter(|line| !line.is_empty());
    paragraphs.map(|line| format!("<p>{line}</p>")).collect()
}
