//! Bytes to characters, with the way back for every character. Not a parser: tags and escapes are still in the text.

mod choose;
mod legacy;
mod utf16;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_evidence::{OffsetMap, RawRange};

pub(crate) use choose::{Choice, choose};
pub(crate) use legacy::{alone, switches};

use crate::layer::Layer;

/// The text of some bytes.
pub(crate) struct Decoded {
    pub(crate) layer: Layer,
    pub(crate) encoding: &'static Encoding,
    /// Sequences that are no character in this encoding; U+FFFD stands in the text for each.
    pub(crate) malformed: usize,
}

/// Decodes `bytes` as `choice` says.
pub(crate) fn decode(bytes: &[u8], choice: Choice) -> Decoded {
    let Choice { encoding, bom } = choice;
    let (layer, malformed) = if encoding == UTF_16LE {
        utf16::decode(bytes, bom, u16::from_le_bytes)
    } else if encoding == UTF_16BE {
        utf16::decode(bytes, bom, u16::from_be_bytes)
    } else if encoding == UTF_8 {
        utf8(bytes, bom)
    } else {
        legacy::decode(bytes, bom, encoding)
    };
    Decoded { layer, encoding, malformed }
}

fn utf8(bytes: &[u8], bom: usize) -> (Layer, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut map = OffsetMap::builder();
    let (mut at, mut malformed) = (bom as u32, 0);
    for chunk in bytes[bom..].utf8_chunks() {
        text.push_str(chunk.valid());
        map.copied(at, chunk.valid().len() as u32);
        at += chunk.valid().len() as u32;
        if !chunk.invalid().is_empty() {
            let end = at + chunk.invalid().len() as u32;
            text.push(char::REPLACEMENT_CHARACTER);
            map.decoded(3, RawRange::new(at, end));
            at = end;
            malformed += 1;
        }
    }
    (Layer { text, map: map.finish() }, malformed)
}
