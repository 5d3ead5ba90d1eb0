//! How bytes came: the headers that a server sent with them, the record of an archive that held them, the fields that a user names. Not the
//! bytes, and no part of what they are: the same bytes that came another way are the same capture.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What came with the bytes of a capture and is not in them.
///
/// ```
/// use onrecord_evidence::Delivery;
/// let header = ("content-type".to_owned(), "text/html; charset=ISO-8859-2".to_owned());
/// let delivery = Delivery { headers: vec![header], ..Delivery::default() };
/// assert_eq!(delivery.charset(), Some("ISO-8859-2"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// Header fields of HTTP that say something about the page ([`Delivery::HEADERS`]), in the order received: the name in lower case, the
    /// value as received, at most [`Delivery::MAX_VALUE`] characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The record of an archive that held the bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<ArchiveRecord>,
    /// Which field of a JSON record holds which value, where the user says so: `text` to `body`. A value that is not named here stands in the
    /// field of its own name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
}

/// The record of a WARC file (ISO 28500) that held a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRecord {
    /// Its `WARC-Record-ID`, as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// First byte in the file of the record, or of the gzip member that it stands in.
    pub offset: u64,
    /// Where a gzip member holds several records: first byte of the record among the unpacked bytes of the member.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub inner: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Delivery {
    /// The header fields that are kept: they say what the bytes are, or when they were written. No cookies, no addresses.
    pub const HEADERS: [&'static str; 8] = [
        "content-type",
        "content-encoding",
        "content-language",
        "content-location",
        "date",
        "etag",
        "last-modified",
        "link",
    ];

    /// Most characters of a value that are kept.
    pub const MAX_VALUE: usize = 1000;

    /// Keeps a header field where it is one of [`Delivery::HEADERS`].
    pub fn keep_header(&mut self, name: &str, value: &str) {
        let name = name.trim().to_ascii_lowercase();
        if Self::HEADERS.contains(&name.as_str()) && self.headers.len() < 2 * Self::HEADERS.len() {
            self.headers.push((name, value.trim().chars().take(Self::MAX_VALUE).collect()));
        }
    }

    /// The first value of the header field of this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The encoding that the server names (`charset`, RFC 9110, section 8.3.1), as written.
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.header("content-type")?.split(';').skip(1);
        let named = parameters.filter_map(|parameter| parameter.split_once('='));
        let (_, value) = named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(value.trim().trim_matches(['"', '\'']).trim()).filter(|value| !value.is_empty())
    }

    /// The field of a JSON record that holds the value called `name`.
    pub fn column<'a>(&'a self, name: &'a str) -> &'a str {
        self.columns.get(name).map_or(name, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_read_as_servers_write_it() {
        let check = |value: &str, expect: Option<&str>| {
            let mut delivery = Delivery::default();
            delivery.keep_header("Content-Type", value);
            assert_eq!(delivery.charset(), expect, "{value}");
        };
        check("text/html; charset=utf-8", Some("utf-8"));
        check("text/html;Charset=\"windows-1251\"; x=1", Some("windows-1251"));
        check("text/html; charset = 'latin1'", Some("latin1"));
        check("text/html", None);
        check("text/html; charset=", None);
        check("", None);
    }

    #[test]
    fn only_named_headers_are_kept() {
        let mut delivery = Delivery::default();
        delivery.keep_header("Set-Cookie", "id=7");
        delivery.keep_header("ETag", &"x".repeat(5000));
        assert_eq!(delivery.headers, [("etag".to_owned(), "x".repeat(Delivery::MAX_VALUE))]);
    }
}
