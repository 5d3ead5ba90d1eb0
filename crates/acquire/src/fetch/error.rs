//! Why something could not be fetched, and what to do about it. Not whether it is tried again: the schedule asks [`FetchError::is_passing`].

use onrecord_evidence::Diagnostic;

/// What to do about a page that is forbidden to programs.
pub(super) const LEFT_OUT: &str = "it was left out; save it from a browser and add the file, or ask the outlet";

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// No http or https address.
    #[error("{0}")]
    BadAddress(String),
    /// The host is no host of the public internet.
    #[error("{0} is a private or reserved address")]
    Private(String),
    /// The name of the host is not known.
    #[error("the host {0} was not found")]
    HostNotFound(String),
    /// No connection, no TLS, no HTTP.
    #[error("{0}")]
    Connection(String),
    /// It took too long.
    #[error("{0}")]
    Timeout(String),
    /// The server says no.
    #[error("the server answered {status}")]
    Status {
        /// The status of HTTP.
        status: u16,
        /// Seconds until the server wants to be asked again, where it says so.
        retry_after: Option<u64>,
    },
    /// The body ended before its end.
    #[error("{0}")]
    CutOff(String),
    /// The body is compressed in a way that cannot be undone.
    #[error("{0}")]
    BadEncoding(String),
    /// More bytes than are taken.
    #[error("{0}")]
    TooLarge(String),
    /// It unpacks to many times its size.
    #[error("{0}")]
    Bomb(String),
    /// It leads on and on.
    #[error("more than {0} redirects")]
    Redirects(u32),
    /// It leads to an address that a robots.txt forbids to programs.
    #[error("it leads to {0}, which the robots.txt of that host forbids to programs")]
    Forbidden(String),
    /// It leads to a host of which it cannot be told what it forbids.
    #[error("it leads to a host whose robots.txt cannot be had, {0}")]
    Unasked(String),
    /// An image, a film, an archive.
    #[error("expected a page or a feed, found {0}")]
    NotAPage(String),
}

impl FetchError {
    /// Whether it may be better later: no connection, a fault of the server.
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::HostNotFound(_)
            | Self::Connection(_)
            | Self::Timeout(_)
            | Self::CutOff(_)
            | Self::BadEncoding(_)
            | Self::Unasked(_) => true,
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::BadAddress(_)
            | Self::Private(_)
            | Self::TooLarge(_)
            | Self::Bomb(_)
            | Self::Redirects(_)
            | Self::Forbidden(_)
            | Self::NotAPage(_) => false,
        }
    }

    /// What is said of it, with the way out.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = self.to_string();
        match self {
            Self::BadAddress(_) => {
                Diagnostic::error("bad-address", message).hint("give an address such as https://post.example/news/call")
            }
            Self::Private(_) => Diagnostic::error("private-address", message)
                .hint("--allow-private fetches from your own network; only do so with addresses that you trust"),
            Self::HostNotFound(_) | Self::Connection(_) => {
                Diagnostic::error("no-connection", message).hint("check the address and the network, and try again")
            }
            Self::Timeout(_) => Diagnostic::error("fetch-timeout", message).hint("try again later"),
            Self::Status { status: 404 | 410, .. } => {
                Diagnostic::error("fetch-status", message).hint("the page is gone, or the address is wrong")
            }
            Self::Status { status: 401..=403 | 451, .. } => Diagnostic::error("fetch-status", message)
                .hint("the outlet does not give the page to programs: save it from a browser and add the file"),
            Self::Status { .. } => Diagnostic::error("fetch-status", message).hint("try again later"),
            Self::CutOff(_) | Self::BadEncoding(_) => {
                Diagnostic::error("fetch-cut-off", message).hint("nothing of it was taken; try again")
            }
            Self::TooLarge(_) => {
                Diagnostic::error("too-large", message).hint("an article is rarely longer than 1 MB: leave it out")
            }
            Self::Bomb(_) => Diagnostic::error("decompression-bomb", message).hint("leave it out"),
            Self::Redirects(_) => Diagnostic::error("too-many-redirects", message)
                .hint("open it in a browser and give the address at which it ends"),
            Self::Forbidden(_) => Diagnostic::warning("robots-forbid", message).hint(LEFT_OUT),
            Self::Unasked(_) => Diagnostic::warning("host-silent", message).hint("try again later"),
            Self::NotAPage(_) => Diagnostic::error("not-a-page", message).hint("give the address of a page or a feed"),
        }
    }
}
