//! Typed identifiers: one macro, one type per kind of thing, each printed with its own prefix. Not a registry.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Digest;

/// Crockford's base 32 in lower case: no i, l, o, u, so that an id survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in digits of five.
const DIGITS: usize = 26;

/// Why a text is no identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {prefix}_ and 26 letters or digits, found {found:?}")]
pub struct IdError {
    prefix: &'static str,
    found: String,
}

fn write_digits(value: u128, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    (0..DIGITS).rev().try_for_each(|digit| {
        let index = (value >> (5 * digit)) & 31;
        write!(formatter, "{}", char::from(ALPHABET[index as usize]))
    })
}

fn read_digits(text: &str) -> Option<u128> {
    if text.len() != DIGITS {
        return None;
    }
    let mut value: u128 = 0;
    for (position, byte) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)? as u128;
        if position == 0 && digit > 7 {
            return None;
        }
        value = value << 5 | digit;
    }
    Some(value)
}

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// What every identifier of this kind begins with, before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// The identifier of what `fields` describe: the first 128 bits of [`Digest::of_fields`] with the
            /// purpose `onrecord/PREFIX/1`.
            pub fn of_fields(fields: &[&[u8]]) -> Self {
                let digest = Digest::of_fields(concat!("onrecord/", $prefix, "/1"), fields);
                let mut head = [0; 16];
                head.copy_from_slice(&digest.as_bytes()[..16]);
                Self(u128::from_be_bytes(head))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!($prefix, "_"))?;
                write_digits(self.0, formatter)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(read_digits)
                    .map(Self)
                    .ok_or_else(|| IdError { prefix: $prefix, found: text.to_owned() })
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

typed_id! {
    /// One capture: bytes, the address they came from, and when.
    CaptureId = "cap";
    /// One article: a work with a stable identity and its addresses.
    ArticleId = "art";
    /// One revision: a text of an article in its sequence.
    RevisionId = "rev";
    /// One attribution in one text of an article.
    AttributionId = "att";
    /// One statement of a report: the content of an attribution, or a sentence in the outlet's own voice.
    StatementId = "stm";
    /// One saying of one party, however often it is reported.
    UtteranceId = "utt";
    /// One claim, joined over statements.
    ClaimId = "clm";
    /// One event: what several reports and the claims in them are about.
    EventId = "evt";
    /// One operation in the ledger's log.
    OperationId = "op";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_parses() {
        let id = ArticleId::of_fields(&[b"https://morning-post.example/call"]);
        assert_eq!(id.to_string().len(), "art_".len() + DIGITS);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn kinds_do_not_mix() {
        let article = ArticleId::of_fields(&[b"a"]);
        assert!(article.to_string().parse::<CaptureId>().is_err());
        assert_ne!(article.to_string()[4..], CaptureId::of_fields(&[b"a"]).to_string()[4..]);
    }

    #[test]
    fn refuses_what_it_would_not_print() {
        for text in ["", "art_", "art_zzzzzzzzzzzzzzzzzzzzzzzzzz", "art_0000000000000000000000000u"] {
            assert!(text.parse::<ArticleId>().is_err(), "{text}");
        }
    }
}
