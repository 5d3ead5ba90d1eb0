//! Bodies that break off, never come, never end, or unpack to far more than was sent.

use std::time::{Duration, Instant};

use onrecord_acquire::fetch::{FetchOptions, Fetcher, Validators};
use onrecord_testkit::server::{Connection, Request, Server};

use super::{PAGE, PAGE_BR, bytes, gzip, limits, outcome, short};

/// A gzip of `megabytes` zeros.
fn gzip_bomb(megabytes: usize) -> Vec<u8> {
    gzip(&vec![0; megabytes << 20])
}

/// 64 MiB of one letter in brotli, made by `python3 -c "import brotli; print(brotli.compress(b'a' * (64 << 20)).hex())"`.
const BOMB_BR: &str = include_str!("bomb.br.hex");

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
