//! A JSON record: its fields, and the characters of its text with their places in the line. Not a JSON parser: which bytes
//! are the value is asked of one.

use std::collections::BTreeMap;

use onrecord_evidence::{Delivery, Diagnostic, RawRange};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::layer::{Layer, Weaver};
use crate::metadata::{Field, Found, MetadataSource};

/// The fields of a record; others are ignored.
#[derive(Deserialize)]
struct Record<'line> {
    #[serde(borrow, default)]
    url: Option<&'line RawValue>,
    #[serde(borrow, default)]
    outlet: Option<&'line RawValue>,
    #[serde(borrow, default)]
    title: Option<&'line RawValue>,
    #[serde(borrow, default)]
    published: Option<&'line RawValue>,
    #[serde(borrow, default)]
    modified: Option<&'line RawValue>,
    #[serde(borrow, default)]
    byline: Option<&'line RawValue>,
    #[serde(borrow, default)]
    section: Option<&'line RawValue>,
    #[serde(borrow, default)]
    text: Option<&'line RawValue>,
    #[serde(borrow, default)]
    html: Option<&'line RawValue>,
}

/// What a record holds.
pub(crate) struct Content {
    /// The text or the page, unescaped.
    pub(crate) layer: Layer,
    pub(crate) is_html: bool,
    pub(crate) found: Found,
}

impl<'line> Record<'line> {
    /// The record whose fields the user named; of two fields of one name the last.
    fn renamed(line: &'line str, delivery: &Delivery) -> serde_json::Result<Self> {
        let fields: BTreeMap<String, &'line RawValue> = serde_json::from_str(line)?;
        let field = |name: &str| fields.get(delivery.column(name)).copied();
        Ok(Self {
            url: field("url"),
            outlet: field("outlet"),
            title: field("title"),
            published: field("published"),
            modified: field("modified"),
            byline: field("byline"),
            section: field("section"),
            text: field("text"),
            html: field("html"),
        })
    }
}

/// Reads the record in `line`; its fields are those that the delivery names.
pub(crate) fn read(line: &Layer, delivery: Option<&Delivery>) -> (Option<Content>, Vec<Diagnostic>) {
    let bad = |reason: String| {
        let diagnostic = Diagnostic::error("bad-record", format!("expected a JSON object: {reason}"))
            .hint("write one object a line, with url, outlet, title, published, byline, and text or html");
        (None, vec![diagnostic])
    };
    if !line.text.trim_start().starts_with('{') {
        return bad(format!("found a line that begins with {:?}", line.text.chars().take(20).collect::<String>()));
    }
    let named = delivery.filter(|delivery| !delivery.columns.is_empty());
    let record = named.map_or_else(|| serde_json::from_str(&line.text), |named| Record::renamed(&line.text, named));
    let record: Record<'_> = match record {
        Ok(record) => record,
        Err(error) => return bad(error.to_string()),
    };
    let mut diagnostics = Vec::new();
    let mut found = Found::default();
    let fields = [
        ("url", Field::Address, record.url),
        ("outlet", Field::Outlet, record.outlet),
        ("title", Field::Title, record.title),
        ("byline", Field::Byline, record.byline),
        ("section", Field::Section, record.section),
        ("published", Field::Published, record.published),
        ("modified", Field::Modified, record.modified),
    ];
    for (key, field, value) in fields {
        let Some(value) = value.filter(|value| value.get() != "null") else { continue };
        let raw = place(line, value);
        let words: Option<String> = serde_json::from_str(value.get()).ok();
        let is_time = matches!(field, Field::Published | Field::Modified);
        let is_understood = match &words {
            Some(words) if words.trim().is_empty() => true,
            Some(words) if is_time => found.time(field, MetadataSource::Supplier, words, raw),
            Some(words) => {
                found.words(field, MetadataSource::Supplier, words, raw);
                true
            }
            None => false,
        };
        if !is_understood {
            let expected = if is_time { "a date such as 2031-03-06" } else { "a string" };
            let shown: String = value.get().chars().take(40).collect();
            let message = format!("field {key}: expected {expected}, found {shown}");
            diagnostics.push(
                Diagnostic::warning("bad-field", message).hint("the field was left out; correct it and add again"),
            );
        }
    }
    let is_string = |value: &&RawValue| value.get().starts_with('"') && value.get().len() > 2;
    let (value, is_html) = match (record.text.filter(is_string), record.html.filter(is_string)) {
        (Some(text), _) => (text, false),
        (None, Some(html)) => (html, true),
        (None, None) => {
            let message = "the record has no text: expected a field text or html with a string in it";
            diagnostics
                .push(Diagnostic::error("missing-field", message).hint("add the field text, or html, to the record"));
            return (None, diagnostics);
        }
    };
    let start = offset(&line.text, value.get()) + 1;
    (Some(Content { layer: unescape(line, start, value.get().len() - 2), is_html, found }), diagnostics)
}

/// Where `part`, which is a slice of `whole`, begins in it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

fn place(line: &Layer, value: &RawValue) -> Option<RawRange> {
    let start = offset(&line.text, value.get());
    line.raw(start..start + value.get().len())
}

/// The characters of a JSON string (RFC 8259, section 7) whose inside is the `len` bytes of the line from `start` on.
fn unescape(line: &Layer, start: usize, len: usize) -> Layer {
    let mut weaver = Weaver::new(line);
    let end = start + len;
    let mut at = start;
    while let Some(rest) = line.text.get(at..end).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain > 0 {
            weaver.copied(at..at + plain);
            at += plain;
            continue;
        }
        let (letter, len) = escape(rest);
        weaver.decoded(letter.encode_utf8(&mut [0; 4]), at..(at + len).min(end));
        at += len;
    }
    weaver.finish()
}

/// The character of the escape at the start of `text`, and the bytes of the escape. Half a surrogate pair is U+FFFD.
fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    match text.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{C}', 2),
        Some(b'u') => {
            let high = unit(0).unwrap_or(0xFFFD);
            match char::decode_utf16([high].into_iter().chain(unit(6))).next() {
                Some(Ok(letter)) => (letter, 6 * letter.len_utf16()),
                _ => (char::REPLACEMENT_CHARACTER, 6),
            }
        }
        Some(byte) if byte.is_ascii() => (char::from(*byte), 2),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}
