//! Why there is no server. What a reader asks amiss is answered with a page (`reply.rs`).

use std::net::SocketAddr;

/// The error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is reachable from other machines.
    #[error(
        "expected an address of this machine, found {0}: nobody is asked for a password, so the pages are not opened to the network"
    )]
    Open(SocketAddr),
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] onrecord::ledger::Error),
    /// A page cannot be written.
    #[error("the page cannot be written: {0}")]
    Page(askama::Error),
    /// The system gives no thread or timer.
    #[error("the server cannot be started: {0}")]
    Start(std::io::Error),
}

/// What the functions of this crate return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Open(_) => Some("listen on 127.0.0.1 and reach it through a tunnel: ssh -L 8300:127.0.0.1:8300 HOST"),
            Self::Listen(..) => Some("name another port with --port, or --port 0 for a free one"),
            Self::Ledger(error) => error.hint(),
            Self::Start(_) | Self::Page(_) => None,
        }
    }
}
