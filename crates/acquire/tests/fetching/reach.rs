//! Redirects and names that lead into a private network, or nowhere.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use onrecord_acquire::fetch::{FetchError, FetchOptions, Fetcher, Lookup, Validators};
use onrecord_testkit::server::Server;

use super::{PAGE, get, limits};

#[test]
fn no_redirect_leads_into_a_private_network() {
    let canary = Server::start(|_, connection| connection.answer(200, &[], PAGE));
    let port = canary.address().port();
    let targets = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("//127.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f000001:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://0177.0.0.1:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        "http://[::1]/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fe80::1]/".to_owned(),
        "http://[64:ff9b::7f00:1]/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://desk@127.0.0.1/".to_owned(),
    ];
    for target in targets {
        for status in [301, 302, 303, 307, 308] {
            let location = target.clone();
            let server = Server::start(move |_, connection| connection.answer(status, &[("Location", &location)], ""));
            let found = get(&server, "/");
            assert!(matches!(found, Err(FetchError::Private(_))), "{status} {target}: {found:?}");
            assert!(!found.unwrap_err().is_passing());
        }
    }
    for target in ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/", "data:text/html,x"] {
        let server = Server::start(move |_, connection| connection.answer(302, &[("Location", target)], ""));
        assert!(matches!(get(&server, "/"), Err(FetchError::BadAddress(_))), "{target}");
    }
    assert_eq!(canary.requests().len(), 0);
}

/// Answers for every name with the addresses given, and counts.
struct Fixed(Vec<SocketAddr>, AtomicUsize);

impl Lookup for Fixed {
    fn lookup(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Ok(self.0.clone())
    }
}

#[test]
fn a_name_that_turns_private_is_not_dialled() {
    let canary = Server::start(|_, connection| connection.answer(200, &[], PAGE));
    let lookup = Arc::new(Fixed(vec![canary.address()], AtomicUsize::new(0)));
    let options = |allow_private| FetchOptions { limits: limits(), allow_private, ..FetchOptions::default() };
    let guarded = Fetcher::with_lookup(options(false), Arc::clone(&lookup) as Arc<dyn Lookup>);
    let found = guarded.fetch("http://post.example/", &Validators::default(), None);
    assert!(
        matches!(&found, Err(FetchError::Private(host)) if host.contains("post.example, which is 127.0.0.1")),
        "{found:?}"
    );
    assert_eq!(canary.requests().len(), 0);
    // A name is looked up once for each connection: what was looked at is what is dialled.
    let open = Fetcher::with_lookup(options(true), Arc::clone(&lookup) as Arc<dyn Lookup>);
    lookup.1.store(0, Ordering::Relaxed);
    for fetches in 1..=3 {
        open.fetch("http://post.example/", &Validators::default(), None).unwrap();
        assert_eq!((lookup.1.load(Ordering::Relaxed), canary.requests().len()), (fetches, fetches));
    }
}

#[test]
fn redirects_are_followed_and_end() {
    let server = Server::start(|request, connection| match request.path.trim_start_matches('/').parse::<u32>() {
        Ok(0) => connection.answer(200, &[], PAGE),
        Ok(number) => connection.answer(302, &[("Location", &format!("{}", number - 1))], ""),
        Err(_) => connection.answer(301, &[("Location", "/loop")], ""),
    });
    assert_eq!(get(&server, "/5").unwrap().address, server.url("/0"));
    assert_eq!(get(&server, "/6"), Err(FetchError::Redirects(5)));
    assert_eq!(get(&server, "/loop"), Err(FetchError::Redirects(5)));
    let nowhere = Server::start(|_, connection| connection.answer(302, &[], ""));
    assert!(matches!(get(&nowhere, "/"), Err(FetchError::Status { status: 302, .. })));
}
