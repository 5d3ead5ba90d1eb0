//! Pages over HTTP, from hosts of the public internet only, within limits of size and time. Not which pages, and not when: that is the watch's.
//!
//! The address is looked at where it is written, after every redirect, and once more when it is dialled. Proxies of the environment are not used: they would
//! dial for us, unchecked. Each page has a connection of its own, so that nothing left over from one answer can be taken for the next.
//!
//! The bytes of a page are those of its content: without the transfer's chunks and compression, in the encoding in which they came. What the server
//! says of them (its header fields) is kept beside them, and reading decides what it is worth.

mod address;
mod body;
mod dial;
mod error;
mod network;
mod robots;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use onrecord_evidence::Delivery;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::{Connector as _, RustlsConnector, TcpConnector};
use ureq::{Agent, http};
use url::Url;

pub(crate) use address::joined;
pub use address::{is_public, normal_address, origin};
pub use dial::{Lookup, SystemLookup};
pub use error::FetchError;
pub use network::Network;
pub(crate) use network::{MAX_CRAWL_DELAY, forbidden, robots_of};
pub use robots::Robots;

/// What one page may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchLimits {
    /// Most bytes of a body, unpacked. Default 32 MiB.
    pub max_bytes: usize,
    /// Most time for a page with all its redirects. Default 60 s.
    pub total: Duration,
    /// Most time without a byte. Default 15 s.
    pub idle: Duration,
    /// Most bytes of the head of an answer. Default 64 KiB.
    pub max_head: usize,
    /// Most redirects. Default 5.
    pub max_redirects: u32,
    /// How many times its size a compressed body may unpack to. Default 200; pages reach about 50.
    pub max_ratio: u64,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            max_bytes: 32 << 20,
            total: Duration::from_secs(60),
            idle: Duration::from_secs(15),
            max_head: 64 << 10,
            max_redirects: 5,
            max_ratio: 200,
        }
    }
}

/// How pages are fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchOptions {
    /// What one page may cost.
    pub limits: FetchLimits,
    /// Whether hosts of private networks may be reached.
    pub allow_private: bool,
    /// Addresses that may be reached although they are private, such as an archive in one's own network.
    pub exempt: Vec<SocketAddr>,
    /// Whom outlets can write to; stands in the user agent.
    pub contact: Option<String>,
}

/// The name by which robots.txt knows this program.
pub const AGENT: &str = "onrecord";

impl FetchOptions {
    /// The user agent that is sent: name, version, contact.
    ///
    /// ```
    /// use onrecord_acquire::fetch::FetchOptions;
    /// let options = FetchOptions { contact: Some("desk@post.example".into()), ..FetchOptions::default() };
    /// assert!(options.user_agent().ends_with("(+desk@post.example)"));
    /// ```
    pub fn user_agent(&self) -> String {
        let contact: String = self
            .contact
            .iter()
            .flat_map(|contact| contact.chars())
            .filter(|letter| matches!(letter, ' '..='~'))
            .collect();
        let contact = contact.trim();
        let contact = if contact.is_empty() { "no contact given".to_owned() } else { format!("+{contact}") };
        format!("{AGENT}/{} ({contact})", env!("CARGO_PKG_VERSION"))
    }
}

/// What the last answer of a page said, for asking whether it is still so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`.
    pub etag: Option<String>,
    /// The `Last-Modified`, as written.
    pub last_modified: Option<String>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The address at which the redirects ended.
    pub address: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// The media type that the server states, in lower case without parameters; empty where it states none.
    pub content_type: String,
    /// What the server says about the page.
    pub delivery: Delivery,
    /// For asking again.
    pub validators: Validators,
}

/// What a server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The page.
    Page(Box<Fetched>),
    /// It is as it was.
    Unchanged,
}

/// Fetches pages. Cheap to clone; shared by threads.
#[derive(Clone)]
pub struct Fetcher {
    agent: Agent,
    options: Arc<FetchOptions>,
    reach: Arc<address::Reach>,
    /// Whether the operating system trusts anybody.
    has_roots: bool,
}

impl Fetcher {
    /// A fetcher that asks the operating system for names and trusts its certificates.
    pub fn new(options: FetchOptions) -> Self {
        Self::with_lookup(options, Arc::new(SystemLookup))
    }

    /// A fetcher that looks names up in another way.
    pub fn with_lookup(options: FetchOptions, lookup: Arc<dyn Lookup>) -> Self {
        let limits = options.limits;
        let (tls, has_roots) = tls();
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .max_idle_connections_per_host(0)
            .max_response_header_size(limits.max_head)
            .timeout_per_read(Some(limits.idle))
            .timeout_per_write(Some(limits.idle))
            .timeout_resolve(Some(limits.idle))
            .timeout_connect(Some(limits.idle))
            .timeout_recv_response(Some(limits.idle * 2))
            .user_agent(options.user_agent())
            .accept_encoding("gzip, br")
            .accept("text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1")
            .tls_config(tls)
            .build();
        let reach = Arc::new(address::Reach { private: options.allow_private, exempt: options.exempt.clone() });
        let connector =
            ().chain(dial::Gate { reach: Arc::clone(&reach) })
                .chain(TcpConnector::default())
                .chain(RustlsConnector::default());
        let agent = Agent::with_parts(config, connector, dial::Guard { lookup, reach: Arc::clone(&reach) });
        Self { agent, options: Arc::new(options), reach, has_roots }
    }

    /// How this fetcher fetches.
    pub fn options(&self) -> &FetchOptions {
        &self.options
    }

    /// Ends every connection: fetches that are under way fail at once, and so do later ones.
    pub fn shut_down(&self) {
        self.agent.clone().shutdown();
    }

    /// Fetches the page at `address`, following redirects. `known` is what its last answer said: then it may be [`Answer::Unchanged`]. `language` is what pages
    /// are asked for in, a tag such as `en`.
    ///
    /// # Errors
    /// Where there is no page, for whatever reason.
    pub fn fetch(&self, address: &str, known: &Validators, language: Option<&str>) -> Result<Answer, FetchError> {
        self.fetch_where(address, known, language, |_| Ok(()))
    }

    /// As [`Fetcher::fetch`], where `may_follow` is asked before each redirect whether the address that it leads to may be asked for: a robots.txt holds for
    /// what a page leads to as for the page. The time that it takes is not counted as the page's.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`], and what `may_follow` says.
    pub fn fetch_where(
        &self,
        address: &str,
        known: &Validators,
        language: Option<&str>,
        mut may_follow: impl FnMut(&str) -> Result<(), FetchError>,
    ) -> Result<Answer, FetchError> {
        let started = Instant::now();
        let limits = &self.options.limits;
        let mut url = address::parse(address, None, &self.reach)?;
        let mut asking = Duration::ZERO;
        for redirects in 0..=limits.max_redirects {
            let left = (limits.total + asking).saturating_sub(started.elapsed());
            match self.ask(&url, known, language, left)? {
                Reply::Answer(answer) => return Ok(answer),
                Reply::Redirect(to) => url = address::parse(&to, Some(&url), &self.reach)?,
            }
            if redirects < limits.max_redirects {
                let before = started.elapsed();
                may_follow(url.as_str())?;
                asking += started.elapsed().saturating_sub(before);
            }
        }
        Err(FetchError::Redirects(limits.max_redirects))
    }

    fn ask(&self, url: &Url, known: &Validators, language: Option<&str>, left: Duration) -> Result<Reply, FetchError> {
        if left.is_zero() {
            return Err(FetchError::Timeout(format!("it took longer than {} s", self.options.limits.total.as_secs())));
        }
        if url.scheme() == "https" && !self.has_roots {
            let message = "the operating system trusts no certificates: install the package ca-certificates";
            return Err(FetchError::Connection(message.to_owned()));
        }
        let mut request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        let headers = [
            ("connection", Some("close")),
            ("if-none-match", known.etag.as_deref()),
            ("if-modified-since", known.last_modified.as_deref()),
            ("accept-language", language),
        ];
        for (name, value) in headers {
            if let Some(value) = value.and_then(|value| http::HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        let mut response = request.call().map_err(failure)?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        match (status, header("location")) {
            (301 | 302 | 303 | 307 | 308, Some(to)) => return Ok(Reply::Redirect(to)),
            (304, _) if *known != Validators::default() => return Ok(Reply::Answer(Answer::Unchanged)),
            (200 | 203, _) => {}
            _ => {
                let retry_after =
                    header("retry-after").and_then(|value| seconds_until(&value, header("date").as_deref()));
                return Err(FetchError::Status { status, retry_after });
            }
        }
        let content_type = header("content-type").unwrap_or_default();
        let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !may_be_page(&content_type) {
            return Err(FetchError::NotAPage(content_type.chars().take(60).collect()));
        }
        let limits = &self.options.limits;
        if let Some(len) = response.body().content_length().filter(|len| *len > limits.max_bytes as u64) {
            return Err(FetchError::TooLarge(format!(
                "the body has {len} bytes, the limit for one page is {}",
                limits.max_bytes
            )));
        }
        let mut delivery = Delivery::default();
        for (name, value) in response.headers() {
            delivery.keep_header(name.as_str(), value.to_str().unwrap_or_default());
        }
        let validators = Validators { etag: header("etag"), last_modified: header("last-modified") };
        let encoding = header("content-encoding").unwrap_or_default();
        let reader = response.body_mut().with_config().limit(u64::MAX).reader();
        let bytes = body::read(reader, &encoding, limits)?;
        let page = Fetched { address: url.as_str().to_owned(), bytes, content_type, delivery, validators };
        Ok(Reply::Answer(Answer::Page(Box::new(page))))
    }
}

enum Reply {
    Answer(Answer),
    Redirect(String),
}

/// The certificates that the operating system trusts: those that an administrator adds or takes away count here too, and they age with the system rather
/// than with this program.
fn tls() -> (TlsConfig, bool) {
    let found = rustls_native_certs::load_native_certs();
    let roots: Vec<_> = found.certs.iter().map(|root| Certificate::from_der(root.as_ref()).to_owned()).collect();
    let has_roots = !roots.is_empty();
    let config = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    (config, has_roots)
}

/// Whether a server's word on the media type leaves room for a page or a feed. What it says is often wrong: only what is plainly something else is left.
fn may_be_page(content_type: &str) -> bool {
    let (kind, form) = content_type.split_once('/').unwrap_or((content_type, ""));
    match kind {
        "image" | "audio" | "video" | "font" | "model" => false,
        "application" => {
            !["pdf", "zip", "gzip", "x-gzip", "x-tar", "x-7z-compressed", "msword", "wasm", "javascript"]
                .contains(&form)
                && !form.starts_with("vnd.ms-")
                && !form.starts_with("vnd.openxml")
        }
        _ => true,
    }
}

/// Seconds until the moment of a `Retry-After`: a number, or a date, which counts from the server's own clock where it shows it.
fn seconds_until(value: &str, server_now: Option<&str>) -> Option<u64> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(seconds);
    }
    let at = http_date(value)?;
    let now = server_now.and_then(http_date).unwrap_or_else(Timestamp::now);
    u64::try_from(at.as_second() - now.as_second()).ok().or(Some(0))
}

fn http_date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text.trim()).ok().map(|at| at.timestamp())
}

/// What the client says, in our words.
fn failure(error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::Other(cause) => match cause.downcast::<dial::Refused>() {
            Ok(refused) => FetchError::Private(refused.0),
            Err(cause) => FetchError::Connection(cause.to_string()),
        },
        ureq::Error::Timeout(timeout) => FetchError::Timeout(match timeout {
            ureq::Timeout::Global | ureq::Timeout::PerCall | ureq::Timeout::RecvBody => {
                "the whole page took too long".to_owned()
            }
            ureq::Timeout::Resolve => "looking the host up took too long".to_owned(),
            ureq::Timeout::Connect => "connecting took too long".to_owned(),
            _ => "the server stayed silent for too long".to_owned(),
        }),
        ureq::Error::HostNotFound => FetchError::HostNotFound("of the address".to_owned()),
        ureq::Error::LargeResponseHeader(found, limit) => {
            FetchError::TooLarge(format!("the head of the answer has {found} bytes, the limit is {limit}"))
        }
        ureq::Error::BadUri(reason) => FetchError::BadAddress(reason),
        ureq::Error::Io(error) => FetchError::Connection(error.to_string()),
        other => FetchError::Connection(other.to_string()),
    }
}
