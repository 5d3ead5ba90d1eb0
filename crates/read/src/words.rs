//! A second way from bytes to words, for checking the first one: it decodes the bytes of a range by themselves and knows
//! nothing of offset maps, blocks and main text.

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::{ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use onrecord_evidence::{Capture, MediaType, RawRange, Reading, TextRange};
use serde_json::value::RawValue;

use crate::decode;
use crate::html::Paced;

/// The words that the bytes of `raw` decode to: charset, JSON escapes, entities; tags, comments and scripts left out; white
/// space collapsed. `None` where the range leaves the capture or its bytes decode to nothing by themselves.
///
/// ```
/// use onrecord_evidence::{Capture, MediaType, RawRange};
/// use onrecord_read::decoded_words;
/// let capture = Capture {
///     bytes: b"<p>He <b>denied</b> it &amp; left.</p>".to_vec(),
///     media_type: MediaType::Html, address: None, fetched: None, location: "call.html".into(), delivery: None,
/// };
/// assert_eq!(decoded_words(&capture, RawRange::new(9, 28)).as_deref(), Some("denied it &"));
/// ```
pub fn decoded_words(capture: &Capture, raw: RawRange) -> Option<String> {
    RawWords::new(capture).words(raw)
}

/// [`decoded_words`] for many ranges of one capture.
pub struct RawWords<'capture> {
    bytes: &'capture [u8],
    encoding: &'static encoding_rs::Encoding,
    is_escaped: bool,
    is_html: bool,
    /// Where the character set is switched (ISO-2022-JP).
    switches: Vec<usize>,
}

impl<'capture> RawWords<'capture> {
    /// Finds out the encoding, and for a JSON record whether its content is a page.
    pub fn new(capture: &'capture Capture) -> Self {
        let bytes = &capture.bytes[..];
        let encoding = decode::choose(bytes, capture.media_type == MediaType::Html, capture.charset()).encoding;
        let is_escaped = capture.media_type == MediaType::JsonRecord;
        let is_html = match capture.media_type {
            MediaType::Text => false,
            MediaType::Html => true,
            MediaType::JsonRecord => {
                let (line, _) = encoding.decode_with_bom_removal(bytes);
                let text = capture.delivery.as_ref().map_or("text", |delivery| delivery.column("text"));
                // Not decoded: a string with half a surrogate pair is one.
                let record: HashMap<String, &RawValue> = serde_json::from_str(&line).unwrap_or_default();
                record.get(text).is_none_or(|value| !value.get().starts_with('"') || value.get() == "\"\"")
            }
        };
        let switches = if encoding == ISO_2022_JP { decode::switches(bytes) } else { Vec::new() };
        Self { bytes, encoding, is_escaped, is_html, switches }
    }

    /// As [`decoded_words`].
    pub fn words(&self, raw: RawRange) -> Option<String> {
        let bytes = raw.slice(self.bytes).filter(|bytes| !bytes.is_empty())?;
        let mut words = self.decoded(bytes, raw);
        if self.is_escaped {
            words = unescaped(&words)?.into();
        }
        if self.is_html {
            words = without_tags(&words).into();
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }

    fn decoded(&self, bytes: &'capture [u8], raw: RawRange) -> Cow<'capture, str> {
        let is_plain = self.encoding == UTF_8 || self.encoding == UTF_16LE || self.encoding == UTF_16BE;
        if is_plain || self.encoding.is_single_byte() {
            return self.encoding.decode_without_bom_handling(bytes).0;
        }
        let before = self.switches.partition_point(|at| at + 3 <= raw.start as usize);
        let at = before.checked_sub(1).and_then(|index| self.switches.get(index)).copied();
        let switch = at.and_then(|at| self.bytes.get(at..at + 3)).unwrap_or_default();
        decode::alone(switch, bytes, raw.end as usize >= self.bytes.len(), self.encoding).into()
    }

    /// Whether the words of `range` in `reading` are those that its bytes decode to, block by block.
    ///
    /// Between two blocks of a page there may be bytes that the main text leaves out; so a range over several blocks is
    /// checked in its parts.
    ///
    /// # Errors
    /// Names the first part that is not as the reading says.
    pub fn check(&self, reading: &Reading, range: TextRange) -> Result<(), WordsError> {
        for part in parts(reading, range) {
            let expected = reading.slice(part).unwrap_or("").to_owned();
            let raw =
                reading.raw_range(part).map_err(|error| WordsError::NoPlace { part, reason: error.to_string() })?;
            let found = self.words(raw).unwrap_or_default();
            if !same_words(&expected, &found) {
                return Err(WordsError::Differ { raw, expected, found });
            }
        }
        Ok(())
    }
}

/// Why words and bytes do not belong together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// The words have no exact place in the capture.
    #[error("no place in the capture for bytes {}..{} of the reading: {reason}", part.start, part.end)]
    NoPlace {
        /// The words.
        part: TextRange,
        /// Why.
        reason: String,
    },
    /// The bytes decode to other words.
    #[error("expected {expected:?} in bytes {}..{} of the capture, found {found:?}", raw.start, raw.end)]
    Differ {
        /// The bytes.
        raw: RawRange,
        /// The words of the reading.
        expected: String,
        /// What the bytes decode to.
        found: String,
    },
}

/// The pieces of `range` within the blocks of `reading`, without white space at their ends; what stands outside of all
/// blocks is a part of its own.
fn parts(reading: &Reading, range: TextRange) -> Vec<TextRange> {
    let mut edges = vec![range.start];
    for block in reading.blocks().iter().filter(|block| block.range.overlaps(range)) {
        edges.extend(
            [block.range.start, block.range.end].into_iter().filter(|edge| range.start < *edge && *edge < range.end),
        );
    }
    edges.push(range.end);
    let part = |pair: &[u32]| TextRange::new(pair[0], pair[1]).trimmed(reading.text());
    edges.windows(2).filter_map(part).collect()
}

/// Whether two texts have the same characters apart from white space and null characters.
///
/// ```
/// use onrecord_read::same_words;
/// assert!(same_words("He denied\n it.", "He denied it."));
/// assert!(!same_words("He denied it.", "He denies it."));
/// ```
pub fn same_words(first: &str, second: &str) -> bool {
    let is_word = |letter: &char| !letter.is_whitespace() && *letter != '\0';
    first.chars().filter(is_word).eq(second.chars().filter(is_word))
}

/// The characters of the inside of a JSON string; half a surrogate pair is U+FFFD.
fn unescaped(text: &str) -> Option<String> {
    let quoted = format!("\"{text}\"");
    if let Ok(text) = serde_json::from_str(&quoted) {
        return Some(text);
    }
    // Strings with half a surrogate pair are refused; as bytes they are not.
    let bytes: Vec<u8> = serde_json::from_str::<Bytes>(&quoted).ok()?.0;
    Some(bytes.utf8_chunks().fold(String::new(), |mut text, chunk| {
        text.push_str(chunk.valid());
        // A surrogate in three bytes comes out as three faults of one byte each.
        let is_surrogate = chunk.invalid().first() == Some(&0xED);
        text.push_str(if is_surrogate { "\u{FFFD}" } else { "" });
        text
    }))
}

/// The bytes of a JSON string.
struct Bytes(Vec<u8>);

impl<'de> serde::Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

/// Elements whose content is no text of the page: first those in which tags are none.
const DROPPED: [&[u8]; 20] = [
    b"script",
    b"style",
    b"noscript",
    b"title",
    b"iframe",
    b"textarea",
    b"noembed",
    b"xmp",
    b"noframe",
    b"noframes",
    b"template",
    b"svg",
    b"math",
    b"object",
    b"video",
    b"audio",
    b"canvas",
    b"select",
    b"button",
    b"datalist",
];

/// How many of [`DROPPED`] do not close themselves.
const RAW: usize = 9;

/// The text of a piece of a page.
fn without_tags(page: &str) -> String {
    let page = without_plaintext(page);
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    // An element that is never closed is not left out: that could swallow a page.
    let tokens: Vec<_> = Tokenizer::new_with_emitter(Paced::new(&page), emitter).flatten().collect();
    let mut last_ends = HashMap::new();
    for (index, token) in tokens.iter().enumerate() {
        if let Token::EndTag(tag) = token {
            last_ends.insert(tag.name.as_slice(), index);
        }
    }
    let mut words = Vec::new();
    let mut dropped = None;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::StartTag(tag) if dropped.is_none() => {
                let name = tag.name.as_slice();
                let place = DROPPED.iter().position(|dropped| *dropped == name);
                let is_open = place.is_some_and(|place| place < RAW || !tag.self_closing);
                let is_closed = last_ends.get(name).is_some_and(|last| *last > index);
                dropped = (is_open && is_closed).then_some(name);
            }
            Token::EndTag(tag) if dropped == Some(tag.name.as_slice()) => dropped = None,
            Token::String(text) if dropped.is_none() => words.extend_from_slice(text),
            _ => {}
        }
    }
    String::from_utf8_lossy(&words).into_owned()
}

/// No page means `plaintext`, which would make text of all tags behind it: it becomes an element that nobody knows.
fn without_plaintext(page: &str) -> Cow<'_, str> {
    const TAG: &str = "<plaintext";
    let lower = page.to_ascii_lowercase();
    if !lower.contains(TAG) {
        return page.into();
    }
    let mut other = page.to_owned();
    for (at, _) in lower.match_indices(TAG) {
        other.replace_range(at..at + TAG.len(), "<plainpart");
    }
    other.into()
}
