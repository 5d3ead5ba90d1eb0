//! What kind of bytes these are: by the name, by the beginning. It never refuses; reading says what is no text.

use std::io::{self, Read};
use std::path::Path;

use onrecord_evidence::MediaType;

/// Bytes that are looked at.
const HEAD: u64 = 4096;

/// By the ending of the file's name; `None` for every other one.
pub(crate) fn by_name(path: &Path) -> Option<MediaType> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" => Some(MediaType::Html),
        "txt" | "text" | "md" => Some(MediaType::Text),
        "jsonl" | "ndjson" => Some(MediaType::JsonRecord),
        _ => None,
    }
}

/// The first bytes of `reader`.
pub(crate) fn head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// By the beginning, where the name says nothing; a page that is named as text is a page all the same.
pub(crate) fn by_content(head: &[u8], by_name: Option<MediaType>) -> MediaType {
    let text = simplified(head);
    let is_page = text.starts_with("<!doctype html") || text.starts_with("<html");
    match by_name {
        Some(MediaType::Text) | None if is_page => MediaType::Html,
        Some(media_type) => media_type,
        None if text.starts_with('{') && text.contains('"') => MediaType::JsonRecord,
        None if text.starts_with('<')
            && ["</", "<meta", "<p>", "<body", "<div"].iter().any(|tag| text.contains(tag)) =>
        {
            MediaType::Html
        }
        None => MediaType::Text,
    }
}

/// ASCII letters in lower case, without byte order mark, null bytes (UTF-16) and leading white space and comments.
fn simplified(head: &[u8]) -> String {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let letters = head.iter().filter(|byte| byte.is_ascii() && **byte != 0);
    let text: String = letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?xml") => rest.find("?>").map(|at| at + 2),
            _ => None,
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return rest.to_owned(),
        }
    }
}
