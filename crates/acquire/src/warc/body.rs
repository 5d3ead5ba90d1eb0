//! The body of an HTTP response without its chunks and its compression. Not the reading of it.
//!
//! Archives differ in what they keep: the body as it came, or unpacked under the headers of the packed one (CC-NEWS until May 2019). So a
//! header is believed only where the bytes bear it out.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::head::Head;

/// A body that can be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    /// Why something of it is missing; `None` where it is whole.
    pub(crate) cut: Option<&'static str>,
}

/// Why a body cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// More than the limit.
    TooLarge,
    /// A compression that is not known.
    Encoding,
}

/// The body that the header describes, of at most `limit` bytes.
pub(crate) fn decode(head: &Head, mut bytes: Vec<u8>, limit: usize) -> Result<Body, Unreadable> {
    let mut cut = None;
    let lists = |name: &'static str| head.fields().filter(move |(found, _)| *found == name).map(|(_, value)| value);
    if lists("transfer-encoding").any(|value| value.to_ascii_lowercase().contains("chunked"))
        && let Some((whole, is_whole)) = joined(&bytes)
    {
        bytes = whole;
        cut = (!is_whole).then_some("the last chunks of the page are missing or damaged");
    }
    // The outermost was applied last.
    let encodings: Vec<String> = lists("content-encoding")
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect();
    for encoding in encodings.iter().rev().take(4) {
        match unpacked(encoding, &bytes, limit)? {
            Some((whole, true)) => bytes = whole,
            Some((whole, false)) => {
                bytes = whole;
                cut = Some("the compressed page is cut short or damaged");
            }
            None => {}
        }
    }
    if bytes.len() > limit {
        return Err(Unreadable::TooLarge);
    }
    Ok(Body { bytes, cut })
}

/// The chunks (RFC 9112, section 7.1) put together, and whether the last one is there; `None` where this is not chunked.
fn joined(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut rest = bytes;
    let mut whole = Vec::new();
    // A page that is not chunked may begin with a number, and hardly with this line end behind it.
    let (_, first_line) = chunk_size(bytes)?;
    bytes[..first_line].ends_with(b"\r\n").then_some(())?;
    loop {
        let Some((len, size_line)) = chunk_size(rest) else {
            return (rest.len() < bytes.len()).then_some((whole, false));
        };
        rest = &rest[size_line..];
        if len == 0 {
            return Some((whole, true));
        }
        let Some(chunk) = rest.get(..len) else {
            whole.extend_from_slice(rest);
            return Some((whole, false));
        };
        whole.extend_from_slice(chunk);
        rest = &rest[len..];
        match rest {
            [b'\r', b'\n', ..] => rest = &rest[2..],
            [b'\n', ..] => rest = &rest[1..],
            _ => return (whole.len() > len).then_some((whole, false)),
        }
    }
}

/// The size of a chunk and the length of the line that states it.
fn chunk_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let line = bytes.iter().take(4096).position(|byte| *byte == b'\n')?;
    let text = std::str::from_utf8(&bytes[..line]).ok()?;
    let digits = text.split(';').next()?.trim();
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((usize::from_str_radix(digits, 16).ok()?, line + 1))
}

/// The unpacked bytes and whether they are whole; `None` where they are not packed after all.
fn unpacked(encoding: &str, bytes: &[u8], limit: usize) -> Result<Option<(Vec<u8>, bool)>, Unreadable> {
    let read = |reader: &mut dyn Read| limited(reader, limit);
    match encoding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => read(&mut MultiGzDecoder::new(bytes)).map(Some),
        "gzip" | "x-gzip" => Ok(None),
        "deflate" => {
            // Both are sent under this name; RFC 9110 means the one with the zlib header.
            let zlib = read(&mut ZlibDecoder::new(bytes))?;
            let found = if zlib.0.is_empty() { read(&mut DeflateDecoder::new(bytes))? } else { zlib };
            Ok(Some(found).filter(|(whole, is_whole)| *is_whole || !whole.is_empty() && !is_text(bytes)))
        }
        "br" => {
            let found = read(&mut Decompressor::new(bytes, 4096))?;
            Ok(Some(found).filter(|(whole, is_whole)| *is_whole || !whole.is_empty() && !is_text(bytes)))
        }
        _ if is_text(bytes) => Ok(None),
        _ => Err(Unreadable::Encoding),
    }
}

/// All that a decoder gives up to the limit, and whether it came to its end.
fn limited(reader: &mut dyn Read, limit: usize) -> Result<(Vec<u8>, bool), Unreadable> {
    let mut whole = Vec::new();
    let result: io::Result<usize> = reader.take(limit as u64 + 1).read_to_end(&mut whole);
    if whole.len() > limit {
        return Err(Unreadable::TooLarge);
    }
    Ok((whole, result.is_ok()))
}

/// Whether this looks like a page that is not packed.
fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    let is_control = |byte: &&u8| **byte < 0x20 && !b"\t\n\r\x0C".contains(byte);
    !start.iter().any(|byte| is_control(&byte))
}
