//! Whether the bytes of a record are those that its writer hashed (`WARC-Block-Digest`). Not the digest of a capture.

use onrecord_evidence::Digest;
use sha1::{Digest as _, Sha1};

/// `Some(false)` where the bytes have another digest than stated; `None` where none is stated in a form that is known: `sha1:` in Base 32
/// (RFC 4648) or hexadecimal, `sha256:` in either.
pub(crate) fn agrees(stated: &str, bytes: &[u8]) -> Option<bool> {
    let (name, value) = stated.split_once(':')?;
    let found: Vec<u8> = match name.trim().to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => Sha1::digest(bytes).to_vec(),
        "sha256" | "sha-256" => Digest::of_bytes(bytes).as_bytes().to_vec(),
        _ => return None,
    };
    let expected = decoded(value.trim(), found.len())?;
    Some(expected == found)
}

fn decoded(text: &str, len: usize) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').as_bytes();
    let bits = match text.len() {
        digits if digits == 2 * len => 4,
        digits if digits == (8 * len).div_ceil(5) => 5,
        _ => return None,
    };
    let (mut bytes, mut held, mut count) = (Vec::with_capacity(len), 0_u32, 0);
    for letter in text {
        let value = match (bits, letter.to_ascii_lowercase()) {
            (4, digit @ b'0'..=b'9') => digit - b'0',
            (4, digit @ b'a'..=b'f') => digit - b'a' + 10,
            (5, letter @ b'a'..=b'z') => letter - b'a',
            (5, digit @ b'2'..=b'7') => digit - b'2' + 26,
            _ => return None,
        };
        held = held << bits | u32::from(value);
        count += bits;
        if count >= 8 {
            count -= 8;
            bytes.push((held >> count) as u8);
            held &= (1 << count) - 1;
        }
    }
    (bytes.len() == len).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_as_archives_write_them() {
        // The digests of no bytes, as FIPS 180-4 gives them.
        let check = |stated: &str, bytes: &[u8], expect: Option<bool>| {
            assert_eq!(agrees(stated, bytes), expect, "{stated}");
        };
        check("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"", Some(true));
        check("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", b"", Some(true));
        check("SHA-1: 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"x", Some(false));
        check("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", b"", Some(true));
        check("sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====", b"", Some(true));
        check("md5:d41d8cd98f00b204e9800998ecf8427e", b"", None);
        check("sha1:short", b"", None);
        check("none", b"", None);
    }
}
