//! Fetching from a server on loopback that does what servers should not.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests time, and fail by panicking")]

mod bodies;
mod encrypted;
mod led;
mod reach;

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_acquire::fetch::{Answer, FetchError, FetchLimits, FetchOptions, Fetched, Fetcher, Validators};
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

/// `PAGE` in brotli, made by `python3 -c "import brotli; ..."`, in hexadecimal.
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
