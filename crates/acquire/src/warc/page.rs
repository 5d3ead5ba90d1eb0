//! From a WARC record to the page in it, or the reason why there is none. Not the file around the record.

use onrecord_evidence::{ArchiveRecord, Capture, Delivery, Diagnostic, MediaType, Time, TimeSource};

use super::body::{self, Unreadable};
use super::head::{Head, media_type};
use crate::{sniff, too_large};

/// What a record gives.
pub(crate) enum Found {
    /// A page, with what is to be said about it.
    Page(Box<Capture>, Vec<Diagnostic>),
    /// No page: the reason in kebab case, which is counted.
    Other(String),
    /// A page that cannot be taken.
    Failed(Diagnostic),
}

/// Why a record is passed over without looking into it; `None` where it may hold a page.
pub(crate) fn passed_over(head: &Head) -> Option<&str> {
    let kind = head.get("warc-type").unwrap_or("untyped");
    match kind {
        "response" | "resource" => {
            let address = address(head).unwrap_or_default();
            let is_web = ["http://", "https://"]
                .iter()
                .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
            let is_html = || head.get("content-type").is_none_or(|value| is_html(&media_type(value)));
            match kind {
                _ if !is_web => Some("not-http"),
                "resource" if !is_html() => Some("not-html"),
                _ => None,
            }
        }
        "warcinfo" | "request" | "metadata" | "revisit" | "conversion" | "continuation" => Some(kind),
        _ => Some("other-record"),
    }
}

/// The address of the page. Some writers put it between angle brackets, as the first standard seemed to say.
fn address(head: &Head) -> Option<&str> {
    let address = head.get("warc-target-uri")?;
    Some(address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(address))
}

fn is_html(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml")
}

/// The page in the block of a record.
pub(crate) fn page(head: &Head, block: Vec<u8>, location: String, record: ArchiveRecord, max_bytes: usize) -> Found {
    let mut delivery = Delivery { record: Some(record), ..Delivery::default() };
    let mut diagnostics = Vec::new();
    let bytes = if head.get("warc-type") == Some("resource") {
        delivery.keep_header("content-type", head.get("content-type").unwrap_or_default());
        block
    } else {
        match response(head, block, &mut delivery, max_bytes) {
            Ok(body) => {
                diagnostics.extend(body.cut.map(cut));
                body.bytes
            }
            Err(other) => return at(other, &location),
        }
    };
    if bytes.trim_ascii().is_empty() {
        return Found::Other("empty-page".to_owned());
    }
    if let Some(reason) = head.get("warc-truncated") {
        diagnostics
            .push(cut(&format!("the archive holds it cut short ({})", reason.chars().take(40).collect::<String>())));
    }
    let fetched = head.get("warc-date").and_then(|text| match Time::parse(text, TimeSource::Supplier) {
        Ok(time) => Some(time),
        Err(error) => {
            let message = format!("field WARC-Date: {error}");
            diagnostics.push(Diagnostic::warning("bad-field", message).hint("the page was taken without it"));
            None
        }
    });
    let diagnostics = diagnostics.into_iter().map(|diagnostic: Diagnostic| diagnostic.at(&location)).collect();
    let address = address(head).map(str::to_owned);
    let delivery = Some(Box::new(delivery));
    Found::Page(
        Box::new(Capture { bytes, media_type: MediaType::Html, address, fetched, location, delivery }),
        diagnostics,
    )
}

fn at(found: Found, location: &str) -> Found {
    match found {
        Found::Failed(diagnostic) => Found::Failed(diagnostic.at(location)),
        found => found,
    }
}

fn cut(reason: &str) -> Diagnostic {
    Diagnostic::warning("page-cut-short", format!("the page may lack its end: {reason}"))
        .hint("what is there was taken; look at the live page")
}

/// The body of the HTTP response that a block is.
fn response(head: &Head, block: Vec<u8>, delivery: &mut Delivery, max_bytes: usize) -> Result<body::Body, Found> {
    let other = |reason: &str| Err(Found::Other(reason.to_owned()));
    let Some((http, len)) = Head::parse(&block) else { return other("not-http") };
    let Some(status) = status(&http.first) else { return other("not-http") };
    if status != 200 {
        return other(&format!("status-{status}"));
    }
    let stated = http.get("content-type").or_else(|| head.get("warc-identified-payload-type")).map(media_type);
    if stated.as_ref().is_some_and(|media_type| !is_html(media_type)) {
        return other("not-html");
    }
    for (name, value) in http.fields() {
        delivery.keep_header(name, value);
    }
    let mut bytes = block;
    bytes.drain(..len);
    match body::decode(&http, bytes, max_bytes) {
        Ok(body) if stated.is_none() && sniff::by_content(&body.bytes, None) != MediaType::Html => other("not-html"),
        Ok(body) => Ok(body),
        Err(Unreadable::TooLarge) => Err(Found::Failed(too_large(None, max_bytes as u64))),
        Err(Unreadable::Encoding) => other("unknown-encoding"),
    }
}

/// The number in the first line of a response.
fn status(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/")?;
    let number = rest.split_ascii_whitespace().nth(1)?;
    number.parse().ok().filter(|status| (100..1000).contains(status))
}
