//! Encodings before Unicode, character by character. Not for UTF-8 and UTF-16, which have faster ways.

use std::ops::Range;

use encoding_rs::{Encoding, ISO_2022_JP};
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
        let whole = if had_errors && !last { sequence(bytes, pending..end, words, encoding) } else { None };
        if let Some(len) = whole.filter(|len| pending + len < end) {
            // Two faults in a row: the bytes behind the first are still in the decoder.
            map.decoded(words.len() as u32, RawRange::new(pending as u32, (pending + len) as u32));
            pending += len;
            continue;
        }
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

/// Bytes of two sequences that share a byte.
const MOST: usize = 12;

/// How many of the bytes of `at`, at least one, became `words`, which hold a fault: as many as give the same by themselves. The decoder keeps those
/// behind them.
fn sequence(bytes: &[u8], at: Range<usize>, words: &str, encoding: &'static Encoding) -> Option<usize> {
    (1..=at.len()).rev().find(|len| at.len() <= MOST && alone(bytes, at.start..at.start + len, encoding) == words)
}

/// The characters of the bytes `at`, which lie inside of `bytes`, by themselves. A sequence that breaks off was broken by what follows it, unless `bytes` end there: a
/// blank, which is a part of no sequence, stands for that. In ISO-2022-JP, where no sequence shares bytes with the next, bytes mean what the last switch
/// before them says.
pub(crate) fn alone(bytes: &[u8], at: Range<usize>, encoding: &'static Encoding) -> String {
    let inside = bytes.get(at.clone()).unwrap_or_default();
    let (before, behind): (&[u8], &[u8]) = match encoding {
        _ if encoding == ISO_2022_JP => (switch(bytes, at.start), b""),
        _ if at.end < bytes.len() => (b"", b" "),
        _ => (b"", b""),
    };
    let joined = [before, inside, behind].concat();
    let words = encoding.decode_without_bom_handling(&joined).0;
    let words = if behind.is_empty() { &words } else { words.strip_suffix(' ').unwrap_or(&words) };
    words.to_owned()
}

/// The last switch of the character set before the byte `at`, where that does not begin one itself.
fn switch(bytes: &[u8], at: usize) -> &[u8] {
    const SWITCHES: [&[u8]; 5] = [b"\x1B(B", b"\x1B(J", b"\x1B(I", b"\x1B$@", b"\x1B$B"];
    let (before, inside) = bytes.split_at(at.min(bytes.len()));
    if inside.first() == Some(&0x1B) {
        return &[];
    }
    before.windows(3).rev().find(|three| SWITCHES.contains(three)).unwrap_or_default()
}
