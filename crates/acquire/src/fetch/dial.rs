//! The last look before a connection: names are looked up here, and only addresses that may be reached are dialled. What was looked up is what is
//! dialled, so an answer that changes in between changes nothing.

use std::fmt;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout, Transport};

use super::address::Reach;

/// Looks names of hosts up.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses of `host`, which is a name or an address in figures.
    ///
    /// # Errors
    /// Where the name is not known, or nobody answers.
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Asks the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        (host, port).to_socket_addrs().map(Iterator::collect)
    }
}

/// A host has no address that may be reached.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(pub(super) String);

/// Gives only addresses that may be reached.
pub(super) struct Guard {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) reach: Arc<Reach>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// Addresses of one host that are tried.
const MAX_ADDRESSES: usize = 8;

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let (sender, receiver) = mpsc::sync_channel(1);
        let lookup = Arc::clone(&self.lookup);
        // The system's look-up cannot be stopped: it is left behind when its time is up.
        thread::spawn(move || sender.send(lookup.lookup(&bare, port)));
        let found = receiver.recv_timeout(*timeout.after).map_err(|_| ureq::Error::Timeout(ureq::Timeout::Resolve))?;
        let found = found.map_err(|_| ureq::Error::HostNotFound)?;
        let first = found.first().copied().ok_or(ureq::Error::HostNotFound)?;
        let mut addresses = self.empty();
        for address in found.into_iter().filter(|address| self.reach.allows(*address)).take(MAX_ADDRESSES) {
            addresses.push(address);
        }
        if addresses.is_empty() {
            return Err(refused(host, first));
        }
        Ok(addresses)
    }
}

fn refused(host: &str, address: SocketAddr) -> ureq::Error {
    let address = address.ip().to_string();
    let bare = host.trim_matches(['[', ']']);
    ureq::Error::Other(Box::new(Refused(if bare == address {
        address
    } else {
        format!("{host}, which is {address},")
    })))
}

/// Looks once more at what is dialled, whoever resolved it.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) reach: Arc<Reach>,
}

impl<In: Transport> Connector<In> for Gate {
    type Out = In;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<In>, ureq::Error> {
        let private = details.addrs.iter().find(|address| !self.reach.allows(**address));
        match private {
            Some(address) => Err(refused(details.uri.host().unwrap_or_default(), *address)),
            None => Ok(chained),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use ureq::unversioned::transport::time::Duration;

    /// Gives one answer after the other.
    struct Answers(Mutex<Vec<Vec<&'static str>>>);

    impl Lookup for Answers {
        fn lookup(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
            let mut answers = self.0.lock().unwrap();
            Ok(answers.remove(0).into_iter().map(|address| SocketAddr::new(address.parse().unwrap(), port)).collect())
        }
    }

    #[test]
    fn every_answer_is_looked_at() {
        let check = |answers: &[&[&'static str]], expect: &[Option<&[&str]>]| {
            let lookup = Answers(Mutex::new(answers.iter().map(|answer| answer.to_vec()).collect()));
            let guard = Guard { lookup: Arc::new(lookup), reach: Arc::default() };
            let uri: Uri = "http://post.example:81/".parse().unwrap();
            for expect in expect {
                let timeout = NextTimeout {
                    after: Duration::from_secs(5),
                    reason: ureq::Timeout::Global,
                    ..NextTimeout::default()
                };
                let found = guard.resolve(&uri, &Config::default(), timeout);
                let found = found.map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>());
                match expect {
                    Some(addresses) => assert_eq!(found.unwrap(), *addresses),
                    None => {
                        let error = super::super::failure(found.unwrap_err());
                        assert!(matches!(error, super::super::FetchError::Private(_)), "{error:?}");
                    }
                }
            }
        };
        check(&[&["8.8.8.8"], &["127.0.0.1"]], &[Some(&["8.8.8.8:81"]), None]);
        check(&[&["127.0.0.1", "8.8.8.8", "::1"]], &[Some(&["8.8.8.8:81"])]);
        check(&[&["10.0.0.1", "fd00::1", "::ffff:8.8.8.8"]], &[None]);
    }

    #[test]
    fn a_lookup_that_never_answers_is_left() {
        struct Never;
        impl Lookup for Never {
            fn lookup(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
                loop {
                    thread::park();
                }
            }
        }
        let guard = Guard { lookup: Arc::new(Never), reach: Arc::default() };
        let timeout =
            NextTimeout { after: Duration::from_millis(50), reason: ureq::Timeout::Resolve, ..NextTimeout::default() };
        let found = guard.resolve(&"http://post.example/".parse().unwrap(), &Config::default(), timeout);
        assert!(matches!(found, Err(ureq::Error::Timeout(_))), "{found:?}");
    }
}
