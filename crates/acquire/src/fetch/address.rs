//! Which addresses may be reached: http and https, on hosts of the public internet. Not the dialling: that asks here once more.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

use super::FetchError;

/// Longest address that is fetched, in bytes.
const MAX_LEN: usize = 8192;

/// Whom a fetcher may reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// Hosts of private networks too.
    pub(super) private: bool,
    /// These although they are private.
    pub(super) exempt: Vec<SocketAddr>,
}

impl Reach {
    pub(super) fn allows(&self, address: SocketAddr) -> bool {
        self.private || is_public(address.ip()) || self.exempt.contains(&address)
    }
}

/// Reads an address without asking whether it may be reached.
fn read(text: &str, base: Option<&Url>) -> Result<Url, FetchError> {
    parse(text, base, &Reach { private: true, exempt: Vec::new() })
}

/// Reads an address as browsers do (WHATWG URL): `http://2130706433/`, `http://0x7f.1/` and `http://0177.0.0.1/` are the host
/// 127.0.0.1. Credentials and the fragment are dropped: neither is for the server to see.
///
/// # Errors
/// Where it is no address, is neither http nor https, or its host is an address that [`is_public`] denies, unless those are allowed.
pub(super) fn parse(text: &str, base: Option<&Url>, reach: &Reach) -> Result<Url, FetchError> {
    if text.len() > MAX_LEN {
        let shown: String = text.chars().take(60).collect();
        return Err(FetchError::BadAddress(format!("{shown}… has {} bytes, the limit is {MAX_LEN}", text.len())));
    }
    let parsed = Url::options().base_url(base).parse(text.trim());
    let mut url = parsed.map_err(|error| FetchError::BadAddress(format!("{text:?} is no address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        let message = format!("expected http or https, found {}", url.scheme());
        return Err(FetchError::BadAddress(message));
    }
    let literal = match url.host() {
        None => return Err(FetchError::BadAddress(format!("{text:?} names no host"))),
        Some(Host::Domain(_)) => None,
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
    };
    let port = url.port_or_known_default().unwrap_or_default();
    if let Some(address) = literal.filter(|address| !reach.allows(SocketAddr::new(*address, port))) {
        return Err(FetchError::Private(address.to_string()));
    }
    // They fail only for addresses without a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    Ok(url)
}

/// An address in the form in which it is asked for: host in lower case and ASCII, no credentials, no fragment. `None` for what is no http or
/// https address.
///
/// ```
/// use onrecord_acquire::fetch::normal_address;
/// assert_eq!(normal_address(" HTTPS://Post.Example/a b#top").as_deref(), Some("https://post.example/a%20b"));
/// assert_eq!(normal_address("http://0x7f.1/").as_deref(), Some("http://127.0.0.1/"));
/// assert_eq!(normal_address("mailto:desk@post.example"), None);
/// ```
pub fn normal_address(text: &str) -> Option<String> {
    read(text, None).ok().map(String::from)
}

/// Scheme, host and port of an address that [`normal_address`] gave: what a robots.txt is about. `None` for anything else.
///
/// ```
/// assert_eq!(onrecord_acquire::fetch::origin("https://post.example/a?b").as_deref(), Some("https://post.example"));
/// ```
pub fn origin(address: &str) -> Option<String> {
    let url = read(address, None).ok()?;
    let host = url.host_str()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{host}{port}", url.scheme()))
}

/// The address that `link` names on the page at `base`; `None` where that is no http or https address.
pub(crate) fn joined(base: Option<&str>, link: &str) -> Option<String> {
    let base = base.and_then(|base| Url::parse(base).ok());
    read(link, base.as_ref()).ok().map(String::from)
}

/// Whether an address belongs to a host of the public internet (IANA special-purpose registries for IPv4 and IPv6, November 2026).
///
/// Of IPv6 only global unicast (2000::/3) is public, and of that not what carries an IPv4 address or is reserved: mapped, NAT64, 6to4
/// and Teredo addresses could stand for a private host.
///
/// ```
/// use onrecord_acquire::fetch::is_public;
/// assert!(is_public("8.8.8.8".parse()?));
/// assert!(!is_public("169.254.169.254".parse()?));
/// assert!(!is_public("::ffff:127.0.0.1".parse()?));
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Networks of IPv4 that are not public: address and bits of the prefix.
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared by carriers (CGNAT)
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link-local; metadata of clouds
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved, broadcast
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !NOT_PUBLIC_V4.iter().any(|(network, prefix)| (bits ^ u32::from(*network)) >> (32 - prefix) == 0)
}

/// Networks within 2000::/3 that are not public.
const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments: Teredo, ORCHID, benchmarks
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = u128::from(address);
    let is_in = |network: Ipv6Addr, prefix: u32| (bits ^ u128::from(network)) >> (128 - prefix) == 0;
    is_in(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3)
        && !NOT_PUBLIC_V6.iter().any(|(network, prefix)| is_in(*network, *prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_the_public_internet_are_reached() {
        let check = |text: &str, expect: bool| {
            let found = parse(text, None, &Reach::default());
            assert_eq!(found.is_ok(), expect, "{text}: {found:?}");
            if !expect {
                assert!(matches!(found, Err(FetchError::Private(_))), "{text}: {found:?}");
                assert!(read(text, None).is_ok(), "{text} may be allowed");
            }
        };
        for host in [
            "127.0.0.1",
            "127.1",
            "127.255.255.254",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.1.",
            "%31%32%37.0.0.1",
            "１２７.0.0.1",
            "127。0。0。1",
            "0",
            "0.0.0.0",
            "10.0.0.1",
            "167772161",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "2852039166",
            "0xa9fea9fe",
            "0251.0376.0251.0376",
            "169.254.43518",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.7",
            "192.88.99.1",
            "192.168.1.1",
            "3232235777",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:8.8.8.8]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::8.8.8.8]",
            "[64:ff9b:1::1]",
            "[100::1]",
            "[2001::1]",
            "[2001:2::1]",
            "[2001:10::1]",
            "[2001:20::1]",
            "[2001:db8::1]",
            "[2002:7f00:1::]",
            "[2002:808:808::]",
            "[3fff::1]",
            "[5f00::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[febf::1]",
            "[fec0::1]",
            "[ff02::1]",
        ] {
            check(&format!("http://{host}/"), false);
            check(&format!("https://{host}:8443/a"), false);
        }
        for host in [
            "8.8.8.8",
            "134744072",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.169.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "[2606:4700::1111]",
            "[2001:4860:4860::8888]",
            "[2001:200::1]",
            "[2a00:1450::1]",
            "post.example",
        ] {
            check(&format!("http://{host}/"), true);
        }
    }

    #[test]
    fn only_http_and_https() {
        for text in [
            "ftp://post.example/",
            "file:///etc/passwd",
            "gopher://post.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:desk@post.example",
            "post.example/a",
            "http://",
            "https://?",
            "http://post.example:99999/",
            "http://[::1",
            "http://1.2.3.4.5/",
            "http://256.1.1.1/",
            "",
        ] {
            assert!(matches!(read(text, None), Err(FetchError::BadAddress(_))), "{text}");
        }
        let long = format!("https://post.example/{}", "a".repeat(MAX_LEN));
        assert!(matches!(read(&long, None), Err(FetchError::BadAddress(_))));
    }

    #[test]
    fn credentials_and_fragments_are_dropped() {
        let check =
            |text: &str, expect: &str| assert_eq!(parse(text, None, &Reach::default()).unwrap().as_str(), expect);
        check("https://desk:secret@post.example/a#b", "https://post.example/a");
        check("https://Bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4");
    }

    #[test]
    fn links_are_joined() {
        let check = |link: &str, expect: Option<&str>| {
            assert_eq!(joined(Some("https://post.example/news/feed.xml"), link).as_deref(), expect, "{link}");
        };
        check("/call", Some("https://post.example/call"));
        check("call?id=7", Some("https://post.example/news/call?id=7"));
        check("//other.example/x", Some("https://other.example/x"));
        check("javascript:void(0)", None);
        assert_eq!(joined(None, "/call"), None);
    }
}
