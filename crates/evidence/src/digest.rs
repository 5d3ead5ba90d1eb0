//! The content hash. Not a signature: it says that two things are the same, not who made them.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// SHA-256 (FIPS 180-4) over a purpose and a list of fields.
///
/// Specified, so that other programs can recompute it: the purpose, then each field, each one as its length in bytes
/// (64-bit big endian) followed by the bytes. [`Digest::of_bytes`] is plain SHA-256 of the bytes, as `sha256sum` prints it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Plain SHA-256 of `bytes`.
    ///
    /// ```
    /// use onrecord_evidence::Digest;
    /// let digest = Digest::of_bytes(b"");
    /// assert!(digest.to_string().starts_with("e3b0c44298fc1c14"));
    /// ```
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of `fields` for one `purpose`; fields cannot run into each other, purposes cannot collide.
    pub fn of_fields(purpose: &str, fields: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for field in std::iter::once(purpose.as_bytes()).chain(fields.iter().copied()) {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
        Self(hasher.finalize().into())
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The digest whose bytes are these.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            *byte = (high * 16 + low) as u8;
        }
        Some(Self(bytes))
    }
}

/// SHA-256 of bytes that come in pieces, as [`Digest::of_bytes`] of all of them.
///
/// ```
/// use onrecord_evidence::{Digest, Hasher};
/// let mut hasher = Hasher::default();
/// hasher.add(b"a cap");
/// hasher.add(b"ture");
/// assert_eq!(hasher.digest(), Digest::of_bytes(b"a capture"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Adds the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces.
    pub fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a digest is 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(Digest::of_fields("test", &[b"ab", b"c"]), Digest::of_fields("test", &[b"a", b"bc"]));
        assert_ne!(Digest::of_fields("test", &[]), Digest::of_fields("test", &[b""]));
    }

    #[test]
    fn prints_and_parses() {
        let digest = Digest::of_bytes(b"a capture");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("e3b0"), None);
        assert_eq!(Digest::parse(&"g".repeat(64)), None);
    }
}
