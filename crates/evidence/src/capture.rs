//! Bytes as they were received. Not a file and not an article: the same bytes from two addresses are two captures.

use serde::{Deserialize, Serialize};

use crate::{CaptureId, Delivery, Digest, Time};

/// What kind of bytes a capture holds, which decides how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaType {
    /// Plain text in any encoding.
    Text,
    /// An HTML page.
    Html,
    /// One line of JSON Lines: an object with `text` or `html`, and what is known about it.
    JsonRecord,
}

/// Bytes, the address they came from, and when they came; never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The bytes as received.
    pub bytes: Vec<u8>,
    /// How to read them.
    pub media_type: MediaType,
    /// The address as given, not canonicalised; `None` where nobody said (a bare file has a location, no address).
    pub address: Option<String>,
    /// When the bytes were fetched, as their supplier states it; `None` where nobody said.
    pub fetched: Option<Time>,
    /// Where this program took them from, for people: a path, a path and line, `-`. Not part of the identity.
    pub location: String,
    /// What came with the bytes and is not in them; `None` where nothing did. Not part of the identity.
    pub delivery: Option<Box<Delivery>>,
}

impl Capture {
    /// The encoding that the server names, as written; `None` where it names none.
    pub fn charset(&self) -> Option<&str> {
        self.delivery.as_ref()?.charset()
    }

    /// SHA-256 of the bytes.
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(&self.bytes)
    }

    /// The identity: digest of the bytes, the address as given, and the stated time of fetching.
    ///
    /// The same bytes of the same address are one capture however often they are added, unless their supplier states
    /// that they were fetched at different times: then a text that goes and comes back is seen to come back.
    pub fn id(&self) -> CaptureId {
        let fetched = self.fetched.as_ref().map(|time| time.earliest().to_string());
        CaptureId::of_fields(&[
            self.digest().as_bytes(),
            optional(self.address.as_deref()).as_bytes(),
            optional(fetched.as_deref()).as_bytes(),
        ])
    }
}

/// Tells an absent value from an empty one.
fn optional(value: Option<&str>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| format!("some {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(bytes: &str, address: Option<&str>, fetched: Option<&str>) -> Capture {
        Capture {
            bytes: bytes.as_bytes().to_vec(),
            media_type: MediaType::Text,
            address: address.map(str::to_owned),
            fetched: fetched.map(|time| Time::parse(time, crate::TimeSource::Supplier).unwrap()),
            location: "wire/1.txt".to_owned(),
            delivery: None,
        }
    }

    #[test]
    fn identity_is_bytes_address_and_stated_time() {
        let first = capture("No call took place.", Some("https://post.example/1"), Some("2031-03-07T09:00Z"));
        assert_eq!(first.id(), Capture { location: "elsewhere".to_owned(), ..first.clone() }.id());
        assert_ne!(first.id(), capture("No call took place.", None, Some("2031-03-07T09:00Z")).id());
        assert_ne!(first.id(), capture("No call took place.", Some("https://post.example/1"), None).id());
        assert_ne!(
            first.id(),
            capture("A call took place.", Some("https://post.example/1"), Some("2031-03-07T09:00Z")).id()
        );
    }
}
