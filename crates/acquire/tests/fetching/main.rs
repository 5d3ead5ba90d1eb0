//! Fetching from a server on loopback that does what servers should not.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests time, and fail by panicking")]

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_acquire::fetch::{Answer, FetchError, FetchLimits, FetchOptions, Fetched, Fetcher, Lookup, Validators};
use onrecord_testkit::server::{Connection, Request, Server};

const PAGE: &str = "<!doctype html><p>The harbour master denied that crates were missing.</p>";

/// Room enough for a machine with much else to do.
fn limits() -> FetchLimits {
    FetchLimits {
        max_bytes: 4 << 20,
        total: Duration::from_secs(30),
        idle: Duration::from_secs(10),
        ..FetchLimits::default()
    }
}

/// For servers that are waited for in vain.
fn short() -> FetchLimits {
    FetchLimits { total: Duration::from_millis(1500), idle: Duration::from_millis(400), ..limits() }
}

/// Reaches this server and nothing else that is private.
fn fetcher(server: &Server, limits: FetchLimits) -> Fetcher {
    let contact = Some("desk@teyne-sentinel.example".to_owned());
    Fetcher::new(FetchOptions { limits, exempt: vec![server.address()], contact, ..FetchOptions::default() })
}

fn get_within(server: &Server, path: &str, limits: FetchLimits) -> Result<Fetched, FetchError> {
    match fetcher(server, limits).fetch(&server.url(path), &Validators::default(), Some("en"))? {
        Answer::Page(page) => Ok(*page),
        Answer::Unchanged => panic!("nothing is known of the page"),
    }
}

fn get(server: &Server, path: &str) -> Result<Fetched, FetchError> {
    get_within(server, path, limits())
}

/// What is wrong, by the id of its diagnostic; `page` where nothing is.
fn outcome(limits: FetchLimits, answer: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> String {
    let found = get_within(&Server::start(answer), "/page", limits);
    found.map_or_else(|error| error.diagnostic().id.into_owned(), |_| "page".to_owned())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A gzip of `megabytes` zeros.
fn gzip_bomb(megabytes: usize) -> Vec<u8> {
    gzip(&vec![0; megabytes << 20])
}

/// 64 MiB of one letter in brotli, made by `python3 -c "import brotli; print(brotli.compress(b'a' * (64 << 20)).hex())"`.
const BOMB_BR: &str = include_str!("bomb.br.hex");

/// `PAGE` in brotli, made in the same way.
const PAGE_BR: &str = include_str!("page.br.hex");

fn bytes(hex: &str) -> Vec<u8> {
    hex.trim()
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn a_page_comes_with_what_is_known_of_it() {
    let server = Server::start(|_, connection| {
        let headers = [
            ("Content-Type", "text/HTML; charset=utf-8"),
            ("ETag", "\"1\""),
            ("Last-Modified", "Thu, 06 Mar 2031 09:30:00 GMT"),
        ];
        connection.answer(200, &headers, PAGE);
    });
    let page = get(&server, "/a%20b?c=d#e").unwrap();
    assert_eq!(page.bytes, PAGE.as_bytes());
    assert_eq!((page.content_type.as_str(), page.address), ("text/html", server.url("/a%20b?c=d")));
    let etag = "\"1\"".to_owned();
    assert_eq!(
        page.validators,
        Validators { etag: Some(etag), last_modified: Some("Thu, 06 Mar 2031 09:30:00 GMT".to_owned()) }
    );
    let request = server.requests()[0].clone();
    let agent = format!("onrecord/{} (+desk@teyne-sentinel.example)", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
    assert_eq!((request.header("accept-language"), request.header("connection")), (Some("en"), Some("close")));
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let server = Server::start(|request, connection| match request.header("if-none-match") {
        Some("\"1\"") => connection.answer(304, &[], ""),
        _ => connection.answer(200, &[("ETag", "\"1\"")], PAGE),
    });
    let known = get(&server, "/").unwrap().validators;
    assert_eq!(fetcher(&server, limits()).fetch(&server.url("/"), &known, None), Ok(Answer::Unchanged));
    // Who did not ask gets no such answer.
    let rude = Server::start(|_, connection| connection.answer(304, &[], ""));
    assert!(matches!(get(&rude, "/"), Err(FetchError::Status { status: 304, .. })));
}

#[test]
fn what_is_packed_is_unpacked() {
    let check = |encoding: &'static str, packed: Vec<u8>| {
        let server =
            Server::start(move |_, connection| connection.answer(200, &[("Content-Encoding", encoding)], &packed));
        assert_eq!(String::from_utf8(get(&server, "/").unwrap().bytes).unwrap(), PAGE, "{encoding}");
    };
    check("gzip", gzip(PAGE.as_bytes()));
    check("X-GZIP", [gzip(&PAGE.as_bytes()[..20]), gzip(&PAGE.as_bytes()[20..])].concat());
    check("br", bytes(PAGE_BR));
    check("identity", PAGE.into());
    let chunked = Server::start(|_, connection| {
        connection.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        connection.raw(format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len()));
    });
    assert_eq!(get(&chunked, "/").unwrap().bytes, PAGE.as_bytes());
}

#[test]
fn the_bytes_stay_as_they_are_and_the_word_of_the_server_stands_beside_them() {
    for charset in ["", "; charset=utf-16", "; charset=nonsense", "; charset=windows-1251"] {
        let server = Server::start(move |_, connection| {
            connection.answer(
                200,
                &[("Content-Type", &format!("text/html{charset}"))],
                PAGE.replace("master", "mästér"),
            );
        });
        let page = get(&server, "/").unwrap();
        assert_eq!(page.delivery.header("content-type"), Some(format!("text/html{charset}").as_str()));
        assert_eq!(
            (page.content_type.as_str(), page.bytes),
            ("text/html", PAGE.replace("master", "mästér").into_bytes()),
            "{charset}"
        );
    }
}

#[test]
fn bodies_that_break_off_are_not_taken() {
    let check = |answer: fn(&mut Connection), expect: &str| {
        assert_eq!(outcome(limits(), move |_, connection| answer(connection)), expect);
    };
    check(
        |connection| _ = connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\nThe harbour"),
        "fetch-cut-off",
    );
    check(
        |connection| _ = connection.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nThe harbour"),
        "fetch-cut-off",
    );
    check(
        |connection| connection.answer(200, &[("Content-Encoding", "gzip")], &gzip(PAGE.as_bytes())[..40]),
        "fetch-cut-off",
    );
    check(|connection| connection.answer(200, &[("Content-Encoding", "gzip")], PAGE), "fetch-cut-off");
    check(|connection| connection.answer(200, &[("Content-Encoding", "br")], &bytes(PAGE_BR)[..20]), "fetch-cut-off");
    check(|connection| connection.answer(200, &[("Content-Encoding", "zstd")], PAGE), "fetch-cut-off");
    // A length that is too short is the length: what follows is nobody's.
    check(|connection| _ = connection.raw(format!("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{PAGE}")), "page");
    check(|connection| _ = connection.raw(""), "no-connection");
    check(|connection| _ = connection.raw("SSH-2.0-x\r\n\r\n"), "no-connection");
    check(|connection| _ = connection.raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), "no-connection");
}

#[test]
fn slow_servers_are_left() {
    let check = |answer: fn(&mut Connection), expect: &str| {
        let started = Instant::now();
        assert_eq!(outcome(short(), move |_, connection| answer(connection)), expect);
        assert!(started.elapsed() < Duration::from_secs(5), "{expect}: {:?}", started.elapsed());
    };
    // Silent before the head, within it, and within the body.
    check(|_| std::thread::sleep(Duration::from_secs(8)), "fetch-timeout");
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\nServer: x");
            std::thread::sleep(Duration::from_secs(8))
        },
        "fetch-timeout",
    );
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\n\r\n<p>");
            std::thread::sleep(Duration::from_secs(8))
        },
        "fetch-timeout",
    );
    // A byte now and then.
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\nX: ");
            connection.drip(b"x", Duration::from_millis(100))
        },
        "fetch-timeout",
    );
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\n\r\n");
            connection.drip(b"x", Duration::from_millis(100))
        },
        "fetch-timeout",
    );
}

#[test]
fn endless_servers_are_left() {
    let check = |answer: fn(&mut Connection), expect: &str| {
        assert_eq!(outcome(limits(), move |_, connection| answer(connection)), expect);
    };
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\n\r\n");
            connection.drip(&[b'x'; 65536], Duration::ZERO)
        },
        "too-large",
    );
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\n");
            connection.drip(b"X-Filler: 0123456789abcdef0123456789abcdef\r\n", Duration::ZERO)
        },
        "no-connection",
    );
    check(
        |connection| {
            connection.raw("HTTP/1.1 200 OK\r\nX-Filler: ");
            connection.drip(&[b'x'; 4096], Duration::ZERO)
        },
        "too-large",
    );
    check(|connection| _ = connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), "too-large");
}

#[test]
fn bombs_are_told_by_their_ratio() {
    let check = |encoding: &'static str, bomb: Vec<u8>| {
        let started = Instant::now();
        let packed = bomb.clone();
        let answer = move |_: &Request, connection: &mut Connection| {
            connection.answer(200, &[("Content-Encoding", encoding)], &packed);
        };
        assert_eq!(outcome(limits(), answer), "decompression-bomb", "{encoding}, {} bytes", bomb.len());
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    };
    check("gzip", gzip_bomb(16));
    check("br", bytes(BOMB_BR));
    // What unpacks to much without being a bomb is too large.
    let noise: Vec<u8> = (0..6_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8 & 0x3F).collect();
    let packed = gzip(&noise);
    assert_eq!(
        outcome(limits(), move |_, connection| connection.answer(200, &[("Content-Encoding", "gzip")], &packed)),
        "too-large"
    );
}

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

#[test]
fn a_status_says_whether_to_come_back() {
    let check = |status: u16, headers: &'static [(&'static str, &'static str)], passing: bool, wait: Option<u64>| {
        let server = Server::start(move |_, connection| connection.answer(status, headers, "an error page"));
        let error = get(&server, "/").unwrap_err();
        assert_eq!((error.is_passing(), &error), (passing, &FetchError::Status { status, retry_after: wait }));
    };
    check(404, &[], false, None);
    check(410, &[], false, None);
    check(403, &[], false, None);
    check(204, &[], false, None);
    check(500, &[], true, None);
    check(503, &[("Retry-After", "120")], true, Some(120));
    check(
        429,
        &[("Retry-After", "Thu, 06 Mar 2031 09:32:00 GMT"), ("Date", "Thu, 06 Mar 2031 09:30:00 GMT")],
        true,
        Some(120),
    );
    check(
        429,
        &[("Retry-After", "Thu, 06 Mar 2031 09:00:00 GMT"), ("Date", "Thu, 06 Mar 2031 09:30:00 GMT")],
        true,
        Some(0),
    );
    check(429, &[("Retry-After", "soon")], true, None);
}

#[test]
fn only_pages_and_feeds_are_taken() {
    for (content_type, expect) in [
        ("image/png", "not-a-page"),
        ("video/mp4", "not-a-page"),
        ("application/pdf", "not-a-page"),
        ("application/zip", "not-a-page"),
        ("application/vnd.openxmlformats-officedocument", "not-a-page"),
        ("text/html", "page"),
        ("application/rss+xml", "page"),
        ("application/octet-stream", "page"),
        ("", "page"),
        ("nonsense", "page"),
    ] {
        assert_eq!(
            outcome(limits(), move |_, connection| connection.answer(200, &[("Content-Type", content_type)], PAGE)),
            expect,
            "{content_type}"
        );
    }
}

#[test]
fn https_is_spoken_and_nothing_else_taken_for_it() {
    // An HTTP server that is asked for https, and one that ends the handshake.
    let server = Server::start(|_, connection| connection.answer(200, &[], PAGE));
    let address = server.url("/").replace("http:", "https:");
    let found = fetcher(&server, short()).fetch(&address, &Validators::default(), None);
    assert!(matches!(found, Err(FetchError::Connection(_) | FetchError::Timeout(_))), "{found:?}");
    let mixed = server.clone();
    let to_https = Server::start(move |_, connection| {
        connection.answer(302, &[("Location", &mixed.url("/").replace("http:", "https:"))], "")
    });
    let options =
        FetchOptions { limits: short(), exempt: vec![server.address(), to_https.address()], ..FetchOptions::default() };
    let found = Fetcher::new(options).fetch(&to_https.url("/"), &Validators::default(), None);
    assert!(matches!(found, Err(FetchError::Connection(_) | FetchError::Timeout(_))), "{found:?}");
}

#[test]
fn a_stop_ends_what_is_under_way() {
    let server = Server::start(|_, connection| {
        connection.raw("HTTP/1.1 200 OK\r\n\r\n");
        connection.drip(b"x", Duration::from_millis(20));
    });
    let options = FetchOptions { exempt: vec![server.address()], ..FetchOptions::default() };
    let fetcher = Fetcher::new(options);
    let (ours, address, started) = (fetcher.clone(), server.url("/"), Instant::now());
    let fetching = std::thread::spawn(move || ours.fetch(&address, &Validators::default(), None));
    std::thread::sleep(Duration::from_millis(200));
    fetcher.shut_down();
    let _ = fetching.join().unwrap();
    assert!(started.elapsed() < Duration::from_secs(5));
}
