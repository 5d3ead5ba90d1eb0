//! WARC files: every page comes out with its place, what is no page is counted, what is damaged is said and costs nothing else.
#![allow(clippy::unwrap_used, reason = "these tests fail by panicking")]

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use onrecord_acquire::{Input, Limits, captures};
use onrecord_evidence::{Capture, Diagnostic, Severity};
use onrecord_testkit::warc::{Warc, gzip};

const LIMITS: Limits = Limits { max_bytes: 1 << 20 };

fn taken(bytes: &[u8]) -> Vec<Result<Capture, Diagnostic>> {
    captures([Input::reader("news.warc", Cursor::new(bytes.to_vec()))], LIMITS).collect()
}

/// Each capture as `address text`, each finding as `severity[id] place`.
fn shown(bytes: &[u8]) -> Vec<String> {
    let show = |item: Result<Capture, Diagnostic>| match item {
        Ok(capture) => {
            format!("{} {}", capture.address.unwrap_or_default(), String::from_utf8_lossy(&capture.bytes))
        }
        Err(diagnostic) => {
            assert!(diagnostic.hint.is_some(), "{diagnostic}");
            let severity = diagnostic.severity.word();
            format!("{severity}[{}] {}", diagnostic.id, diagnostic.place.unwrap_or_default())
        }
    };
    taken(bytes).into_iter().map(show).collect()
}

fn html(number: &str) -> String {
    format!("<html><p>Report {number}: the minister denied it. {}</html>", "He said no. ".repeat(9))
}

/// Three pages, each named by its number.
fn three(is_packed: bool) -> Warc {
    let mut warc = Warc::new(is_packed);
    for number in 1..=3 {
        warc.page(&format!("https://post.example/{number}"), &html(&number.to_string()));
    }
    warc
}

/// Which of the three pages come out, and the ids of what is said.
fn outcome(bytes: &[u8]) -> (Vec<u32>, Vec<String>) {
    let (mut pages, mut said) = (Vec::new(), Vec::new());
    for item in taken(bytes) {
        match item {
            Ok(capture) => {
                let number = capture.address.as_deref().and_then(|address| address.rsplit_once('/')).unwrap().1;
                assert_eq!(String::from_utf8_lossy(&capture.bytes), html(number), "altered words");
                pages.push(number.parse().unwrap());
            }
            Err(diagnostic) => said.push(diagnostic.id.into_owned()),
        }
    }
    (pages, said)
}

#[test]
fn pages_come_out_with_their_place() {
    for is_packed in [false, true] {
        let warc = three(is_packed);
        let found = taken(warc.bytes());
        assert_eq!(found.len(), 3, "{found:?}");
        for (index, (capture, start)) in found.into_iter().zip(warc.starts()).enumerate() {
            let capture = capture.unwrap();
            assert_eq!(capture.address, Some(format!("https://post.example/{}", index + 1)));
            assert_eq!(capture.location, format!("news.warc@{start}"));
            assert_eq!(capture.fetched.as_ref().unwrap().earliest().to_string(), format!("2031-03-10T00:00:0{index}Z"));
            assert!(capture.bytes.starts_with(b"<html>") && capture.bytes.ends_with(b"</html>"));
            assert_eq!(capture.charset(), Some("utf-8"));
            let record = capture.delivery.unwrap().record.unwrap();
            assert_eq!((record.offset, record.inner), (*start as u64, 0));
            assert!(record.id.unwrap().starts_with("<urn:uuid:"));
        }
    }
}

#[test]
fn one_member_may_hold_many_records() {
    let warc = three(false);
    let found = taken(&gzip(warc.bytes()));
    let places: Vec<_> = found.into_iter().map(|item| item.unwrap().location).collect();
    let expected: Vec<_> = warc.starts().iter().map(|start| format!("news.warc@0+{start}")).collect();
    assert_eq!(places[1..], expected[1..]);
    assert_eq!(places[0], "news.warc@0");
}

#[test]
fn what_is_no_page_is_counted() {
    let mut warc = Warc::new(true);
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    let web = [("WARC-Target-URI", "https://post.example/1")];
    warc.record("warcinfo", &[], b"software: a crawler\r\n")
        .record("request", &web, b"GET / HTTP/1.1\r\n\r\n")
        .record("revisit", &web, b"HTTP/1.1 200 OK\r\n\r\n")
        .record("metadata", &web, b"fetchTimeMs: 7\r\n")
        .record("soup", &web, b"?")
        .record("resource", &[("WARC-Target-URI", "https://post.example/r"), ("Content-Type", "text/html")], b"<p>r")
        .record("response", &[("WARC-Target-URI", "dns:post.example")], b"post.example. 60 IN A 192.0.2.1")
        .record("response", &web, b"no http")
        .response("https://post.example/2", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>gone")
        .response("https://post.example/3", "HTTP/1.1 301 Moved\r\nLocation: /", b"")
        .response("https://post.example/4", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG")
        .response("https://post.example/5", html, b" \n")
        .response("https://post.example/6", "HTTP/1.1 200 OK", b"<!doctype html><p>untyped")
        .response("https://post.example/7", "HTTP/1.1 200 OK", b"plain words")
        .response("https://post.example/8", "HTTP/2 200\r\ncontent-type: text/HTML;charset=x", b"<p>two");
    let input = Input::reader("news.warc.gz", Cursor::new(warc.bytes().to_vec()));
    let mut found = captures([input], LIMITS);
    let meter = found.meter();
    let pages: Vec<_> = found.by_ref().collect();
    let addresses: Vec<_> = pages.iter().flatten().map(|capture| capture.address.clone().unwrap()).collect();
    assert_eq!(addresses, ["https://post.example/r", "https://post.example/6", "https://post.example/8"]);
    let note = pages.last().unwrap().as_ref().unwrap_err();
    assert_eq!((note.id.as_ref(), note.severity), ("skipped-records", Severity::Note));
    assert_eq!(
        note.message,
        "passed over 1 empty-page, 1 metadata, 2 not-html, 2 not-http, 1 other-record, 1 request, 1 revisit, 1 status-301, 1 status-404, 1 warcinfo"
    );
    assert_eq!(meter.skipped()["not-http"], 2);
    assert_eq!(meter.bytes(), warc.bytes().len() as u64);
}

fn packed(encoding: &str, bytes: &[u8]) -> Vec<u8> {
    match encoding {
        "gzip" => gzip(bytes),
        "deflate" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "raw deflate" => {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        // A Brotli stream (RFC 7932) of one stored block, for up to 64 KiB: WBITS 16, not the last, its length less one in 16 bits, then stored;
        // at the end an empty last block.
        "br" => {
            let len = bytes.len() - 1;
            let bits = (len as u32) << 4 | 1 << 20;
            let mut whole = vec![bits as u8, (bits >> 8) as u8, (bits >> 16) as u8];
            whole.extend_from_slice(bytes);
            whole.push(3);
            whole
        }
        _ => bytes.to_vec(),
    }
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    for chunk in bytes.chunks(100) {
        write!(whole, "{:x};name=value\r\n", chunk.len()).unwrap();
        whole.extend_from_slice(chunk);
        whole.extend_from_slice(b"\r\n");
    }
    whole.extend_from_slice(b"0\r\n\r\n");
    whole
}

#[test]
fn bodies_are_unpacked_where_the_bytes_bear_the_header_out() {
    let html = format!("<html><p>{}</html>", "The ministry denied it. ".repeat(40));
    let check = |head: &str, body: &[u8], expect: &str| {
        let mut warc = Warc::new(false);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}");
        warc.response("https://post.example/1", &head, body);
        assert_eq!(shown(warc.bytes()), [format!("https://post.example/1 {expect}")], "{head}");
    };
    let plain = html.as_bytes();
    for encoding in ["gzip", "deflate", "br"] {
        check(&format!("Content-Encoding: {encoding}"), &packed(encoding, plain), &html);
        // CC-NEWS until May 2019: the header of what the server sent, the body unpacked.
        check(&format!("Content-Encoding: {encoding}\r\nTransfer-Encoding: chunked"), plain, &html);
        let both = chunked(&packed(encoding, plain));
        check(&format!("Transfer-Encoding: Chunked\r\nContent-Encoding: {encoding}"), &both, &html);
    }
    check("Content-Encoding: deflate", &packed("raw deflate", plain), &html);
    check("Content-Encoding: X-GZIP, identity", &packed("gzip", plain), &html);
    check("Content-Encoding: gzip, br", &packed("br", &packed("gzip", plain)), &html);
    check("Transfer-Encoding: chunked", &chunked(plain), &html);
    check("Transfer-Encoding: chunked", b"2031\nwas the year", "2031\nwas the year");
}

#[test]
fn a_body_that_is_cut_is_taken_and_said() {
    let html = format!("<html><p>{}</html>", (0..500).map(|number| format!("Note {number}. ")).collect::<String>());
    let check = |head: &str, body: &[u8], truncated: bool| {
        let mut warc = Warc::new(false);
        let mut block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n\r\n").into_bytes();
        block.extend_from_slice(body);
        let mut fields = vec![("WARC-Target-URI", "https://post.example/1")];
        fields.extend(truncated.then_some(("WARC-Truncated", "length")));
        warc.record("response", &fields, &block);
        let found = taken(warc.bytes());
        let warning = found[0].as_ref().unwrap_err();
        assert_eq!((warning.id.as_ref(), warning.severity), ("page-cut-short", Severity::Warning), "{head}");
        let bytes = &found[1].as_ref().unwrap().bytes;
        assert!(bytes.len() > 100 && html.as_bytes().starts_with(bytes), "{head}: {} bytes", bytes.len());
    };
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    check("Transfer-Encoding: chunked", &half(chunked(html.as_bytes())), false);
    check("Content-Encoding: gzip", &half(gzip(html.as_bytes())), false);
    check("Content-Encoding: deflate", &half(packed("deflate", html.as_bytes())), false);
    check("Content-Encoding: br", &half(packed("br", html.as_bytes())), false);
    check("Age: 1", html.as_bytes(), true);
}

#[test]
fn a_cut_at_any_byte_of_the_last_record_is_said() {
    for is_packed in [false, true] {
        let warc = three(is_packed);
        let last = *warc.starts().last().unwrap();
        for end in last..warc.bytes().len() {
            let (pages, said) = outcome(&warc.bytes()[..end]);
            if end == last {
                assert_eq!((pages, said), (vec![1, 2], vec![]), "cut between records");
            } else if !is_packed && end + 4 >= warc.bytes().len() {
                assert_eq!((pages, said), (vec![1, 2, 3], vec!["archive-cut-short".to_owned()]), "cut at {end}");
            } else {
                assert_eq!((pages, said), (vec![1, 2], vec!["damaged-archive".to_owned()]), "cut at {end}");
            }
        }
    }
}

#[test]
fn a_wrong_length_costs_one_record() {
    let page = three(false);
    let starts = [page.starts(), &[page.bytes().len()]].concat();
    let record = |index: usize| &page.bytes()[starts[index]..starts[index + 1]];
    let text = String::from_utf8_lossy(record(1)).into_owned();
    let right = text.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap().to_owned();
    let check = |length: &str| {
        let wrong = text.replace(&format!("Content-Length: {right}"), &format!("Content-Length: {length}"));
        for is_packed in [false, true] {
            let pack = |bytes: &[u8]| if is_packed { gzip(bytes) } else { bytes.to_vec() };
            let whole = [pack(record(0)), pack(wrong.as_bytes()), pack(record(2))].concat();
            assert_eq!(outcome(&whole), (vec![1, 3], vec!["damaged-archive".to_owned()]), "{length}, {is_packed}");
        }
        let whole = gzip(&[record(0), wrong.as_bytes(), record(2)].concat());
        assert_eq!(outcome(&whole), (vec![1, 3], vec!["damaged-archive".to_owned()]), "{length}, one member");
    };
    let right: usize = right.parse().unwrap();
    check(&(right - 20).to_string());
    check(&(right + 20).to_string());
    check(&(right + 700).to_string());
    check("99999999999999");
    check("-1");
    check("many");
}

#[test]
fn flipped_bytes_are_said_and_cost_no_other_record() {
    let warc = three(true);
    let (first, second) = (warc.starts()[1], warc.starts()[2]);
    let mut harmless = 0;
    for at in first..second {
        for bit in 0..8 {
            let mut bytes = warc.bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let (pages, said) = outcome(&bytes);
            // Time and system in the header of a member, and the bits after the end of its last byte, are nothing that counts.
            let is_harmless = pages == [1, 2, 3] && said.is_empty();
            harmless += u32::from(is_harmless);
            let is_lost = pages == [1, 3] && said.iter().all(|id| id == "damaged-archive") && !said.is_empty();
            assert!(is_harmless || is_lost, "bit {bit} of byte {at}: {pages:?} {said:?}");
        }
    }
    assert!(harmless <= 7 * 8 + 7, "{harmless} flips were not told");
}

#[test]
fn a_flip_in_plain_bytes_is_told_by_their_digest() {
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The minister denied it.";
    let fields =
        [("WARC-Target-URI", "https://post.example/1"), ("WARC-Block-Digest", "sha1:LPEY5CXTKZ2WFHOE3IRSCBTMJ4CYYMFG")];
    let mut warc = Warc::new(false);
    warc.record("response", &fields, html.as_bytes());
    let wrong = shown(warc.bytes());
    assert_eq!(wrong, ["error[damaged-archive] news.warc@0"]);
}

#[test]
fn bombs_are_refused_in_short_time() {
    let zeros = gzip(&vec![b' '; 8 << 20]);
    let mut warc = Warc::new(true);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    warc.response("https://post.example/1", head, &zeros).page("https://post.example/2", "<p>whole");
    assert_eq!(shown(warc.bytes()), ["error[too-large] news.warc@0", "https://post.example/2 <p>whole"]);
    // The record itself unpacks to more than anything should.
    let mut warc = Warc::new(true);
    warc.record("metadata", &[], &vec![b' '; 40 << 20]).page("https://post.example/2", "<p>whole");
    assert_eq!(shown(warc.bytes()), ["error[damaged-archive] news.warc@0", "https://post.example/2 <p>whole"]);
}

#[test]
fn records_over_the_limit_are_passed_over_and_named() {
    let long = "x".repeat(LIMITS.max_bytes + (64 << 10) + 1);
    for is_packed in [false, true] {
        let mut warc = Warc::new(is_packed);
        warc.page("https://post.example/1", &long).page("https://post.example/2", "<p>whole");
        assert_eq!(shown(warc.bytes()), ["error[too-large] news.warc@0", "https://post.example/2 <p>whole"]);
    }
}

#[test]
fn what_no_archive_has_is_said() {
    let check = |bytes: &[u8], expect: &[&str]| assert_eq!(shown(bytes), expect, "{:?}", &bytes[..bytes.len().min(60)]);
    check(b"WARC/1.0\r\n", &["error[damaged-archive] news.warc@0"]);
    check(b"WARC/1.0\r\n\r\n", &["error[damaged-archive] news.warc@0"]);
    let endless = [b"WARC/1.0\r\nA: ".to_vec(), vec![b'a'; 200 << 10]].concat();
    check(&endless, &["error[damaged-archive] news.warc@0"]);
    let page = three(true);
    let garbage = [page.bytes(), b"\0\0\0\0not gzip at all, yet long enough to be looked at"].concat();
    assert_eq!(outcome(&garbage), (vec![1, 2, 3], vec!["damaged-archive".to_owned()]));
    let before = [
        &gzip(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
        &b"some text between the members"[..],
        page.bytes(),
    ]
    .concat();
    assert_eq!(outcome(&before).0, [1, 2, 3]);
}

#[test]
fn packed_files_of_other_kinds() {
    let check = |bytes: &[u8], expect: &[&str]| assert_eq!(shown(bytes), expect);
    let lines = "{\"url\": \"https://post.example/1\", \"text\": \"a\"}\n{\"text\": \"b\"}\n";
    check(
        &gzip(lines.as_bytes()),
        &["https://post.example/1 {\"url\": \"https://post.example/1\", \"text\": \"a\"}", " {\"text\": \"b\"}"],
    );
    check(&[gzip(b"<html><p>one "), gzip(b"and two")].concat(), &[" <html><p>one and two"]);
    let mut cut = gzip(&lines.repeat(5).into_bytes());
    cut.truncate(cut.len() - 3);
    assert_eq!(shown(&cut).last().unwrap(), "error[damaged-archive] news.warc:11");
    check(&gzip(&vec![b'a'; 2 << 20]), &["error[too-large] news.warc"]);
}
