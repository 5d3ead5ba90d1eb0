//! Encodings before Unicode, character by character. Not for UTF-8 and UTF-16, which have faster ways.

use encoding_rs::Encoding;
use onrecord_evidence::{OffsetMap, RawRange};

use crate::layer::Layer;

/// Decodes `bytes` after the first `bom` ones. Returns the count of sequences that are no character.
///
/// The decoder is given one byte at a time: what comes out after a byte stands for all the bytes since the last output.
pub(super) fn decode(bytes: &[u8], bom: usize, encoding: &'static Encoding) -> (Layer, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut map = OffsetMap::builder();
    let (mut pending, mut malformed) = (bom, 0);
    // One byte gives at most a replacement character and a character again, or two characters of Big5.
    let mut buffer = [0; 32];
    for at in bom..=bytes.len() {
        let source = bytes.get(at..at + 1).unwrap_or(&[]);
        let last = at == bytes.len();
        let (_, _, written, had_errors) = decoder.decode_to_utf8(source, &mut buffer, last);
        let Some(words) = std::str::from_utf8(&buffer[..written]).ok().filter(|words| !words.is_empty()) else {
            continue;
        };
        let end = (at + 1).min(bytes.len());
        malformed += usize::from(had_errors);
        text.push_str(words);
        // A broken sequence gives back the ASCII byte that broke it: that one stands for itself.
        let own = !last && source.first().is_some_and(u8::is_ascii) && words.as_bytes().last() == source.first();
        let before = words.len() - usize::from(own);
        if before > 0 {
            let until = if own { at } else { end };
            map.decoded(before as u32, RawRange::new(pending as u32, until as u32));
        }
        // Without `before`, earlier pending bytes switched a character set (ISO-2022-JP) and became nothing themselves.
        if own {
            map.copied(at as u32, 1);
        }
        pending = end;
    }
    (Layer { text, map: map.finish() }, malformed)
}
