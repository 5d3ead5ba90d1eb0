//! Encodings before Unicode, character by character. Not for UTF-8 and UTF-16, which have faster ways.

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
    // The last switch so far, and the last before the pending bytes.
    let (mut switch, mut switch_before): (&[u8], &[u8]) = (b"", b"");
    for at in bom..=bytes.len() {
        let source = bytes.get(at..at + 1).unwrap_or(&[]);
        let last = at == bytes.len();
        if encoding == ISO_2022_JP
            && let Some(three) = at.checked_sub(2).and_then(|start| bytes.get(start..=at))
            && SWITCHES.contains(&three)
        {
            switch = three;
        }
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
        if encoding == ISO_2022_JP
            && had_errors
            && !last
            && let Some(len) = sequence(&bytes[pending..end], words, switch_before)
        {
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
        switch_before = switch;
    }
    (Layer { text, map: map.finish() }, malformed)
}

/// The switches of the character set in ISO-2022-JP.
const SWITCHES: [&[u8]; 5] = [b"\x1B(B", b"\x1B(J", b"\x1B(I", b"\x1B$@", b"\x1B$B"];

/// Where the switches of ISO-2022-JP begin.
pub(crate) fn switches(bytes: &[u8]) -> Vec<usize> {
    bytes.windows(3).enumerate().filter(|(_, three)| SWITCHES.contains(three)).map(|(at, _)| at).collect()
}

/// Bytes of a letter that a switch cuts, and of that.
const MOST: usize = 12;

/// How many of `bytes`, but not all, became `words`, which hold a fault: as many as give the same by themselves. A letter that a switch cuts is told by the first byte of the
/// switch, which the decoder keeps.
fn sequence(bytes: &[u8], words: &str, switch: &[u8]) -> Option<usize> {
    if bytes.len() > MOST || alone(switch, bytes, true, ISO_2022_JP) == words {
        return None;
    }
    (1..bytes.len()).rev().find(|len| alone(switch, &bytes[..*len], true, ISO_2022_JP) == words)
}

/// The characters of the bytes `inside` by themselves. A sequence that breaks off was broken by what follows it, unless it `is_last`: a blank, which is a part of no sequence,
/// stands for that. In ISO-2022-JP, where no sequence shares bytes with the next, bytes mean what the last switch before them says.
pub(crate) fn alone(switch: &[u8], inside: &[u8], is_last: bool, encoding: &'static Encoding) -> String {
    let before = if inside.first() == Some(&0x1B) { b"" } else { switch };
    let behind: &[u8] = if is_last || encoding == ISO_2022_JP { b"" } else { b" " };
    let joined = [before, inside, behind].concat();
    let words = encoding.decode_without_bom_handling(&joined).0;
    let words = if behind.is_empty() { &words } else { words.strip_suffix(' ').unwrap_or(&words) };
    words.to_owned()
}
