//! UTF-16 of either byte order, with the way back. Not for surrogates in JSON escapes.

use onrecord_evidence::{OffsetMap, RawRange};

use crate::layer::Layer;

/// Decodes `bytes` after the first `bom` ones; `unit` says which byte comes first. Returns the count of units that are
/// no character.
pub(super) fn decode(bytes: &[u8], bom: usize, unit: fn([u8; 2]) -> u16) -> (Layer, usize) {
    let body = &bytes[bom..];
    let units = body.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(body.len() / 2);
    let mut map = OffsetMap::builder();
    let (mut at, mut malformed) = (bom as u32, 0);
    let mut letters = char::decode_utf16(units).peekable();
    while let Some(decoded) = letters.next() {
        // Half a pair and half a unit at the end are one fault, as in the WHATWG standard.
        let is_half = decoded.as_ref().err().is_some_and(|error| error.unpaired_surrogate() < 0xDC00);
        let is_cut = is_half && letters.peek().is_none() && body.len() % 2 == 1;
        malformed += usize::from(decoded.is_err());
        let letter = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.push(letter);
        let end = at + 2 * letter.len_utf16() as u32 + u32::from(is_cut);
        if letter.is_ascii() {
            map.widened(at, 1);
        } else {
            map.decoded(letter.len_utf8() as u32, RawRange::new(at, end));
        }
        at = end;
    }
    if (at as usize) < bytes.len() {
        text.push(char::REPLACEMENT_CHARACTER);
        map.decoded(3, RawRange::new(at, bytes.len() as u32));
        malformed += 1;
    }
    (Layer { text, map: map.finish() }, malformed)
}
