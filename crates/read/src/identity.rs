//! Which article a capture is of. Addresses are compared in a canonical form that is versioned and can be redone; the
//! address as given is kept elsewhere.

use onrecord_evidence::{ArticleId, Digest, Reading};
use serde::{Deserialize, Serialize};

use crate::metadata::Metadata;

/// Version of [`canonical_address`] and [`article_key`]; it rises with every change of either.
pub const CANONICALISATION: u32 = 1;

/// What makes an article that article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleKey {
    /// Its canonical address.
    Address(String),
    /// Outlet, title and day of publication, where it has no address; words folded to lower case, single blanks.
    OutletTitleDate {
        /// The publication.
        outlet: String,
        /// The headline.
        title: String,
        /// The day, `2031-03-06`, as stated; in UTC where it is an instant.
        date: String,
    },
    /// Its text, where nothing else is known.
    Content(Digest),
}

/// The key of an article: the first kind that can be made.
pub fn article_key(metadata: &Metadata, reading: &Reading) -> ArticleKey {
    if let Some(address) = metadata.address.as_ref().and_then(|address| canonical_address(&address.value)) {
        return ArticleKey::Address(address);
    }
    match (&metadata.outlet, &metadata.title, &metadata.published) {
        (Some(outlet), Some(title), Some(published)) => ArticleKey::OutletTitleDate {
            outlet: folded(&outlet.value),
            title: folded(&title.value),
            date: published.value.earliest().to_string().chars().take(10).collect(),
        },
        _ => ArticleKey::Content(reading.digest()),
    }
}

impl ArticleKey {
    /// The identifier of the article with this key.
    pub fn id(&self) -> ArticleId {
        match self {
            Self::Address(address) => ArticleId::of_fields(&[b"address", address.as_bytes()]),
            Self::OutletTitleDate { outlet, title, date } => {
                ArticleId::of_fields(&[b"outlet-title-date", outlet.as_bytes(), title.as_bytes(), date.as_bytes()])
            }
            Self::Content(digest) => ArticleId::of_fields(&[b"content", digest.as_bytes()]),
        }
    }
}

impl std::fmt::Display for ArticleKey {
    /// For people: `address https://...`, `outlet, title, date: ...`, `content <digest>`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => write!(formatter, "address {address}"),
            Self::OutletTitleDate { outlet, title, date } => {
                write!(formatter, "outlet, title, date: {outlet}, {title}, {date}")
            }
            Self::Content(digest) => write!(formatter, "content {digest}"),
        }
    }
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Parameters that say how a reader came to a page, not which page it is.
const TRACKING: [&str; 24] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "oly_anon_id",
    "oly_enc_id",
    "vero_id",
    "wickedid",
    "_ga",
    "_gl",
    "cmpid",
    "ocid",
    "smid",
];

/// The form of an address in which two addresses of one page are equal; `None` for what is no http or https address.
///
/// http and https are one (`https` is written); the host is in lower case; the ports 80 and 443, credentials, the fragment and
/// tracking parameters (`utm_...` and a list) are dropped; the order of the remaining parameters is kept, because some
/// sites mean it; percent escapes are in upper case; dots in the path are resolved; slashes at the end of the path are
/// dropped, because hardly a site means them. `www.` stays: a few sites mean it.
///
/// ```
/// use onrecord_read::identity::canonical_address;
/// let address = "HTTP://Morning-Post.example:80/politics/./call/?utm_source=feed&id=7#comments";
/// assert_eq!(canonical_address(address).as_deref(), Some("https://morning-post.example/politics/call?id=7"));
/// assert_eq!(canonical_address("mailto:desk@morning-post.example"), None);
/// ```
pub fn canonical_address(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    let (authority, path) = place.find('/').map_or((place, ""), |at| place.split_at(at));
    let host = canonical_host(authority.rsplit_once('@').map_or(authority, |(_, host)| host))?;
    let path = canonical_path(path);
    let query = query.map(canonical_query).filter(|query| !query.is_empty());
    Some(match query {
        Some(query) => format!("https://{host}{path}?{query}"),
        None => format!("https://{host}{path}"),
    })
}

/// The host of an address that [`canonical_address`] gave, without a port and `www.`: what tells outlets of one name apart.
///
/// ```
/// use onrecord_read::identity::host;
/// assert_eq!(host("https://www.morning-post.example:8080/politics"), Some("morning-post.example"));
/// ```
pub fn host(address: &str) -> Option<&str> {
    let authority = address.split("//").nth(1)?.split(['/', '?']).next()?;
    let name = authority.split_once(':').map_or(authority, |(name, _)| name);
    let name = name.strip_prefix("www.").unwrap_or(name);
    (!name.is_empty()).then_some(name)
}

fn canonical_host(host: &str) -> Option<String> {
    let bare = [":443", ":80", ":"].iter().find_map(|port| host.strip_suffix(port));
    let host = bare.unwrap_or(host).to_lowercase();
    let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    let name = name.trim_end_matches('.');
    let is_host = !name.is_empty() && !host.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    match port {
        _ if !is_host => None,
        Some((_, port)) => Some(format!("{name}:{port}")),
        None => Some(host.trim_end_matches('.').to_owned()),
    }
}

fn canonical_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    while parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    parts.iter().map(|part| format!("/{}", canonical_escapes(part))).collect()
}

fn canonical_query(query: &str) -> String {
    let is_kept = |part: &&str| {
        let name = part.split('=').next().unwrap_or(part).to_ascii_lowercase();
        !part.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
    };
    query.split('&').filter(is_kept).map(canonical_escapes).collect::<Vec<_>>().join("&")
}

/// Percent escapes in upper case, blanks and characters beyond ASCII escaped (RFC 3986, sections 2.1 and 6.2.2.1).
fn canonical_escapes(part: &str) -> String {
    let mut written = String::with_capacity(part.len());
    for (at, byte) in part.bytes().enumerate() {
        let is_digit_of_escape = |back: usize| at.checked_sub(back).is_some_and(|at| is_escape(&part.as_bytes()[at..]));
        if is_digit_of_escape(1) || is_digit_of_escape(2) {
            written.push(char::from(byte.to_ascii_uppercase()));
        } else if byte.is_ascii_graphic() {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_equal() {
        let check = |address: &str, expect: Option<&str>| {
            let canonical = canonical_address(address);
            assert_eq!(canonical.as_deref(), expect, "{address}");
            if let Some(canonical) = canonical {
                assert_eq!(canonical_address(&canonical).as_deref(), expect, "again: {address}");
            }
        };
        let page = Some("https://post.example/politics/call");
        check("https://post.example/politics/call", page);
        check("http://post.example/politics/call", page);
        check("HTTPS://Post.Example/politics/call", page);
        check(" https://post.example/politics/call/ ", page);
        check("https://post.example:443/politics/call", page);
        check("http://post.example:80/politics/call", page);
        check("https://post.example./politics/call", page);
        check("https://desk:secret@post.example/politics/call", page);
        check("https://post.example/politics/call#comments", page);
        check("https://post.example/politics/call?", page);
        check("https://post.example/politics/call?utm_source=a&utm_medium=b", page);
        check("https://post.example/politics/call?UTM_Campaign=x&fbclid=1&gclid=2", page);
        check("https://post.example/sport/../politics/./call", page);
        check(
            "https://post.example/politics/call?id=7&fbclid=1&a=b",
            Some("https://post.example/politics/call?id=7&a=b"),
        );
        check("https://post.example/politics/call?a=b&id=7", Some("https://post.example/politics/call?a=b&id=7"));
        check("https://post.example:8080/x", Some("https://post.example:8080/x"));
        check("http://post.example:443/x", Some("https://post.example/x"));
        check("https://post.example", Some("https://post.example"));
        check("https://post.example/", Some("https://post.example"));
        check("https://post.example?p=12", Some("https://post.example?p=12"));
        check("https://post.example/Call", Some("https://post.example/Call"));
        check("https://www.post.example/a", Some("https://www.post.example/a"));
        check("https://post.example/caf%c3%a9", Some("https://post.example/caf%C3%A9"));
        check("https://post.example/café", Some("https://post.example/caf%C3%A9"));
        check("https://post.example/100%", Some("https://post.example/100%"));
        check("https://post.example/a b", Some("https://post.example/a%20b"));
        check("https://[2001:DB8::1]/a", Some("https://[2001:db8::1]/a"));
        check("https://[2001:db8::1]:443/a", Some("https://[2001:db8::1]/a"));
        check("https://ПОЧТА.example/a", Some("https://почта.example/a"));
        for address in
            ["", "post.example/call", "mailto:desk@post.example", "ftp://post.example/a", "https://", "https:///a"]
        {
            check(address, None);
        }
        check("https://post example/a", None);
    }

    #[test]
    fn the_first_key_that_can_be_made() {
        use onrecord_evidence::{OffsetMap, Time, TimeSource};

        use crate::metadata::{MetadataSource, Stated};
        let reading = Reading::new("It rained.".to_owned(), OffsetMap::identity(0, 10), Vec::new()).unwrap();
        let stated = |value: &str| Some(Stated { value: value.to_owned(), source: MetadataSource::User, raw: None });
        let mut metadata =
            Metadata { address: stated("not an address"), outlet: stated("Morning  Post"), ..Metadata::default() };
        assert_eq!(article_key(&metadata, &reading), ArticleKey::Content(reading.digest()));
        metadata.title = stated("No Call");
        let time = Time::parse("2031-03-06T09:30Z", TimeSource::User).unwrap();
        metadata.published = Some(Stated { value: time, source: MetadataSource::User, raw: None });
        let key = ArticleKey::OutletTitleDate {
            outlet: "morning post".into(),
            title: "no call".into(),
            date: "2031-03-06".into(),
        };
        assert_eq!(article_key(&metadata, &reading), key);
        metadata.address = stated("http://post.example/call/");
        assert_eq!(article_key(&metadata, &reading), ArticleKey::Address("https://post.example/call".to_owned()));
        assert_ne!(key.id(), article_key(&metadata, &reading).id());
    }
}
