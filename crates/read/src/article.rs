//! From a capture to an article: the one way in. It decides the order of the steps; each step is a module of its own.

use onrecord_evidence::{Block, BlockKind, Capture, Diagnostic, MediaType, Reading};

use crate::decode::{self, Decoded};
use crate::language::{Language, language};
use crate::layer::Layer;
use crate::metadata::{Field, Found, Known, Metadata, MetadataSource};
use crate::plain::squeezed;
use crate::printed::Place;
use crate::{Limits, binary, headers, html, json, plain, publishers, times};

/// What reading a capture gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The text with the way back to the capture.
    pub reading: Reading,
    /// What is stated about the article, and by whom.
    pub metadata: Metadata,
    /// The language of the text.
    pub language: Language,
    /// The encoding of the capture, by its name in the WHATWG standard.
    pub encoding: &'static str,
}

/// Reads a capture: decodes it, takes the main text of a page, and collects what is stated about it.
///
/// No input makes it panic; the article is `None` exactly where one of the diagnostics is an error. Diagnostics name the
/// capture by its location.
///
/// ```
/// use onrecord_evidence::{Capture, MediaType, TextRange};
/// use onrecord_read::{Known, Limits, read};
/// let page = "<h1>No call, says Port Alben</h1><p>The ministry <b>denied</b> it &amp; would say no more.</p>";
/// let capture = Capture {
///     bytes: page.into(), media_type: MediaType::Html, address: None, fetched: None, location: "call.html".into(), delivery: None,
/// };
/// let (article, diagnostics) = read(&capture, &Known::default(), &Limits::default());
/// let reading = article.expect("the page has text").reading;
/// assert_eq!(reading.text(), "No call, says Port Alben\nThe ministry denied it & would say no more.");
/// let raw = reading.raw_range(TextRange::new(38, 49)).expect("the words have a place");
/// assert_eq!(raw.slice(page.as_bytes()), Some(&b"denied</b> it &amp;"[..]));
/// assert!(diagnostics.is_empty());
/// ```
pub fn read(capture: &Capture, known: &Known, limits: &Limits) -> (Option<Article>, Vec<Diagnostic>) {
    let (article, diagnostics) = read_unplaced(capture, known, limits);
    (article, diagnostics.into_iter().map(|diagnostic| diagnostic.at(&capture.location)).collect())
}

fn read_unplaced(capture: &Capture, known: &Known, limits: &Limits) -> (Option<Article>, Vec<Diagnostic>) {
    let fail = |diagnostic| (None, vec![diagnostic]);
    if let Some(diagnostic) = unreadable(capture, limits) {
        return fail(diagnostic);
    }
    let is_html = capture.media_type == MediaType::Html;
    let Decoded { layer, encoding, malformed } =
        decode::decode(&capture.bytes, decode::choose(&capture.bytes, is_html, capture.charset()));
    if let Some(diagnostic) = too_large(layer.text.len(), limits).or_else(|| binary::in_text(&layer.text, malformed)) {
        return fail(diagnostic);
    }
    let mut diagnostics = Vec::new();
    if malformed > 0 {
        let name = encoding.name();
        diagnostics.push(
            Diagnostic::warning(
                "invalid-characters",
                format!("{malformed} sequences of bytes are no characters in {name}"),
            )
            .hint("U+FFFD stands in their place; fetch the file again, or convert it to UTF-8"),
        );
    }
    let (text, mut found) = match capture.media_type {
        MediaType::Text => (plain_text(layer), Found::default()),
        MediaType::Html => page(&layer, limits, &mut diagnostics),
        MediaType::JsonRecord => {
            let (content, more) = json::read(&layer, capture.delivery.as_deref());
            diagnostics.extend(more);
            let Some(content) = content else { return (None, diagnostics) };
            if content.is_html {
                let (text, mut found) = page(&content.layer, limits, &mut diagnostics);
                found.absorb(content.found);
                (text, found)
            } else {
                (plain_text(content.layer), content.found)
            }
        }
    };
    if let Some(diagnostic) = unusable(&text, limits) {
        diagnostics.push(diagnostic);
        return (None, diagnostics);
    }
    state_the_rest(capture, known, &text, &mut found);
    let reading = match Reading::new(text.layer.text, text.layer.map, text.blocks) {
        Ok(reading) => reading,
        Err(error) => {
            diagnostics.push(Diagnostic::error("broken-map", format!("text and offsets do not fit together: {error}")));
            return (None, diagnostics);
        }
    };
    let language = language(reading.text());
    if let Language::Other { name, .. } = &language {
        diagnostics.push(
            Diagnostic::warning("other-language", format!("the text is in {name}; only English is read"))
                .hint("it is kept with its language named; add a translation as an article of its own"),
        );
    }
    (Some(Article { reading, metadata: found.choose(), language, encoding: encoding.name() }), diagnostics)
}

/// The blocks of a page as the model sees them that chooses the main text: words, features, whether they are kept. Made for fitting
/// that model (`training/main_text.py`), and for looking into its errors; empty for what is no page. With other `trees`, written as those that ship, what is kept is what
/// would be kept with them.
pub fn candidates(capture: &Capture, limits: &Limits, trees: Option<&str>) -> Vec<(String, Vec<f32>, bool)> {
    if capture.media_type != MediaType::Html || unreadable(capture, limits).is_some() {
        return Vec::new();
    }
    let decoded = decode::decode(&capture.bytes, decode::choose(&capture.bytes, true, capture.charset()));
    html::candidates(&decoded.layer, limits, trees)
}

/// Text and blocks, not yet checked against each other.
struct Text {
    layer: Layer,
    blocks: Vec<Block>,
    /// Whether its lines are still to be looked at for what they state; of a page that is done.
    is_plain: bool,
}

fn page(source: &Layer, limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> (Text, Found) {
    let (page, more) = html::read(source, limits);
    diagnostics.extend(more);
    (Text { layer: page.layer, blocks: page.blocks, is_plain: false }, page.found)
}

fn plain_text(layer: Layer) -> Text {
    Text { blocks: plain::blocks(&layer.text), layer, is_plain: true }
}

/// Why the bytes are not worth decoding.
fn unreadable(capture: &Capture, limits: &Limits) -> Option<Diagnostic> {
    if capture.bytes.trim_ascii().is_empty() {
        return Some(
            Diagnostic::error("empty-input", "the input holds no text: it is empty, or only white space")
                .hint("fetch it again, or leave it out"),
        );
    }
    too_large(capture.bytes.len(), limits).or_else(|| binary::in_bytes(&capture.bytes))
}

fn too_large(len: usize, limits: &Limits) -> Option<Diagnostic> {
    let limit = limits.max_bytes.min(Limits::CEILING);
    (len > limit).then(|| {
        Diagnostic::error("too-large", format!("the input has {len} bytes, the limit for one article is {limit}"))
            .hint("an article is rarely longer than 1 MB: split the file, or raise the limit")
    })
}

fn unusable(text: &Text, limits: &Limits) -> Option<Diagnostic> {
    if text.blocks.is_empty() {
        return Some(
            Diagnostic::error("no-text", "no main text was found in the page")
                .hint("its text may be loaded by a script or stand behind a wall; save the page from a browser"),
        );
    }
    let limit = limits.max_paragraph;
    let longest = text.blocks.iter().map(|block| block.range.len() as usize).max().unwrap_or(0);
    (longest > limit).then(|| {
        Diagnostic::error("paragraph-too-long", format!("a paragraph has {longest} bytes, the limit is {limit}"))
            .hint("this is no running text, or its line breaks are lost: restore them, or raise the limit")
    })
}

/// Adds what the capture, the first line, the server, the address and the user say.
fn state_the_rest(capture: &Capture, known: &Known, text: &Text, found: &mut Found) {
    if let Some(address) = &capture.address {
        found.words(Field::Address, MetadataSource::Supplier, address, None);
    }
    if capture.media_type == MediaType::Text
        && let Some(first) = text.blocks.first().filter(|block| block.kind == BlockKind::Heading)
    {
        let words = first.range.slice(&text.layer.text).unwrap_or("");
        found.heading(squeezed(words), text.layer.map.raw_range(first.range).ok());
    }
    if text.is_plain {
        for (at, block) in text.blocks.iter().enumerate() {
            let raw = text.layer.map.raw_range(block.range).ok();
            let place = if at < 5 { Place::First } else { Place::Inside };
            found.line(block.range.slice(&text.layer.text).unwrap_or(""), place, raw);
        }
    }
    if let Some(delivery) = capture.delivery.as_ref().filter(|_| capture.media_type != MediaType::JsonRecord) {
        headers::stated(delivery, capture.fetched.as_ref(), found);
    }
    publishers::stated(&text.layer, &text.blocks, capture.fetched.as_ref(), found);
    found.known(known);
    let dated = found.addresses().find_map(times::in_address);
    if let Some(day) = dated {
        found.time(Field::Published, MetadataSource::Address, &day, None);
    }
}
