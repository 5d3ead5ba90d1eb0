//! Which encoding some bytes are in. A decision from the bytes and what the server says of them.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding, and how many bytes of a byte order mark to skip.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    pub(crate) encoding: &'static Encoding,
    pub(crate) bom: usize,
}

/// Bytes at the start of a page among which its declaration is looked for.
const DECLARATION: usize = 4096;
/// Bytes that are enough to tell an encoding from its letter statistics.
const SAMPLE: usize = 64 << 10;

/// Byte order mark; else UTF-8 where the bytes are valid in it (a page that declares something else and has multi-byte
/// characters of UTF-8 declares wrongly); else what the server names (`stated`), where it is the label of an encoding, before what the
/// page declares, as in the WHATWG standard; else UTF-8 with faults where most characters beyond ASCII are whole in it; else a
/// guess from the letters.
pub(crate) fn choose(bytes: &[u8], is_html: bool, stated: Option<&str>) -> Choice {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Choice { encoding, bom };
    }
    let encoding = wide(bytes).unwrap_or_else(|| {
        let stated = stated.and_then(|label| Encoding::for_label(label.as_bytes()));
        let in_page = || if is_html { declared(&bytes[..bytes.len().min(DECLARATION)]) } else { None };
        let declared = stated.or_else(in_page);
        if std::str::from_utf8(bytes).is_ok() {
            return declared.filter(|encoding| *encoding == ISO_2022_JP).unwrap_or(UTF_8);
        }
        declared.unwrap_or_else(|| guess(bytes))
    });
    Choice { encoding, bom: 0 }
}

/// UTF-16 without a mark: in text of the Latin script, every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (few, many) = (sample.len() / 40, sample.len() / 5);
    match (even, odd) {
        _ if sample.len() < 8 => None,
        (even, odd) if odd > many && even <= few => Some(UTF_16LE),
        (even, odd) if even > many && odd <= few => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a `meta` tag names: `charset=...` anywhere in one. A page in ASCII bytes is never UTF-16.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let mut rest = &head[..];
    while let Some(at) = find(rest, b"<meta") {
        rest = &rest[at + 5..];
        let tag = &rest[..find(rest, b">").unwrap_or(rest.len())];
        let Some(at) = find(tag, b"charset") else { continue };
        let value = tag[at + 7..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|byte| b"\"'; \t\r\n/".contains(byte)).unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value[..end]) {
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
        }
    }
    None
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole > broken {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(SAMPLE);
    detector.feed(&bytes[first..bytes.len().min(first + 4 * SAMPLE)], true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let unused = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if guess == WINDOWS_1252 && bytes.iter().any(unused) { UTF_8 } else { guess }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
