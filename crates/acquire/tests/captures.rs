//! Files, folders, lines and standard input; what cannot be taken is said, and the rest goes on.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests write files, and fail by panicking")]

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use onrecord_acquire::{Columns, Input, Limits, captures, size};
use onrecord_evidence::{Diagnostic, MediaType};
use onrecord_testkit::warc::gzip;

/// Each capture as `kind place address length`, each finding as `severity[id] place`; places relative to `root`.
fn shown(root: &Path, inputs: Vec<Input>, limits: Limits) -> Vec<String> {
    let relative =
        |place: &str| place.replace(&format!("{}/", root.display()), "").replace(&root.display().to_string(), ".");
    let show = |item: Result<onrecord_evidence::Capture, Diagnostic>| match item {
        Ok(capture) => {
            let kind = match capture.media_type {
                MediaType::Text => "text",
                MediaType::Html => "html",
                MediaType::JsonRecord => "record",
            };
            let address = capture.address.as_deref().unwrap_or("-");
            format!("{kind} {} {address} {}", relative(&capture.location), capture.bytes.len())
        }
        Err(diagnostic) => {
            assert!(diagnostic.hint.is_some(), "{diagnostic}");
            let severity = diagnostic.severity.word();
            format!("{severity}[{}] {}", diagnostic.id, relative(diagnostic.place.as_deref().unwrap_or("?")))
        }
    };
    captures(inputs, limits).map(show).collect()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn check(files: &[(&str, &[u8])], expect: &[&str]) {
    let root = folder(files);
    assert_eq!(shown(root.path(), vec![Input::path(root.path())], Limits::default()), expect);
}

#[test]
fn folders_in_order_and_by_name() {
    check(
        &[
            ("b.txt", b"It rained."),
            ("a/z.html", b"<p>x"),
            ("a/page.HTM", b"<p>xy"),
            ("c.md", b"# No call"),
            ("d.ndjson", b"{\"text\":\"x\"}\n"),
            ("saved.txt", b"<!DOCTYPE html><p>x"),
        ],
        &[
            "html a/page.HTM - 5",
            "html a/z.html - 4",
            "text b.txt - 10",
            "text c.md - 9",
            "record d.ndjson:1 - 12",
            "html saved.txt - 19",
        ],
    );
}

#[test]
fn other_files_are_counted_not_taken() {
    check(
        &[("a.txt", b"x"), (".hidden.txt", b"x"), (".git/config.txt", b"x"), ("photo.jpg", b"x"), ("README", b"x")],
        &["text a.txt - 1", "note[skipped-files] ."],
    );
    check(&[], &[]);
}

#[test]
fn feeds_in_folders_are_taken_and_other_data_is_not() {
    let whole = format!(
        "<item><link>https://post.example/1</link><description>{}</description></item>",
        "He denied it. ".repeat(60)
    );
    let feed = format!(
        "<?xml version='1.0'?><rss><channel>{whole}<item><link>https://post.example/2</link></item></channel></rss>"
    );
    let json = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{{\"url\": \"https://post.example/3\", \"content_text\": \"{}\"}}]}}",
        "He denied it. ".repeat(60)
    );
    check(
        &[
            ("a.xml", feed.as_bytes()),
            ("b.json", json.as_bytes()),
            ("c.xml.gz", &gzip(feed.as_bytes())),
            ("d.xml", b"<nitf><body>x</body></nitf>"),
            ("e.json", b"{\"text\": \"x\"}"),
            ("f.rss", b"no feed"),
        ],
        &[
            "record a.xml#1 https://post.example/1 882",
            "note[entries-not-fetched] a.xml",
            "record b.json#1 https://post.example/3 888",
            "record c.xml.gz#1 https://post.example/1 882",
            "note[entries-not-fetched] c.xml.gz",
            "note[skipped-files] .",
        ],
    );
}

#[test]
fn a_file_that_is_named_is_taken() {
    let check = |name: &str, bytes: &[u8], expect: &str| {
        let root = folder(&[(name, bytes)]);
        let inputs = vec![Input::path(root.path().join(name))];
        assert_eq!(shown(root.path(), inputs, Limits::default()), [expect], "{name}");
    };
    check("README", b"It rained.", "text README - 10");
    check(".hidden", b"It rained.", "text .hidden - 10");
    check("page", b" <!-- saved --> <HTML><p>x", "html page - 26");
    check("fragment", b"<p>He denied it.</p>", "html fragment - 20");
    check("lines", b"{\"text\": \"x\"}", "record lines:1 - 13");
    check("quote.txt", b"{\"text\": \"x\"}", "text quote.txt - 13");
    check("empty.txt", b"", "text empty.txt - 0");
}

#[test]
fn lines_are_records() {
    let lines = "{\"url\": \"https://post.example/1\", \"text\": \"a\"}\r\n\n  \n{\"url\": \" \", \"text\": \"b\"}\nnot json\n{\"text\": \"last\"}";
    check(
        &[("news.jsonl", lines.as_bytes())],
        &[
            "record news.jsonl:1 https://post.example/1 46",
            "record news.jsonl:4 - 25",
            "record news.jsonl:5 - 8",
            "record news.jsonl:6 - 16",
        ],
    );
}

#[test]
fn the_time_of_fetching_is_the_suppliers() {
    let line = |time: &str| format!("{{\"text\": \"a\", \"fetched_at\": {time}}}\n");
    let input = Input::reader("-", io::Cursor::new(line("\"2031-03-07T09:00Z\"") + &line("\"soon\"") + &line("null")));
    let found: Vec<_> = captures([input], Limits::default()).collect();
    let fetched = |index: usize| found[index].as_ref().unwrap().fetched.as_ref().map(ToString::to_string);
    assert_eq!(fetched(0).as_deref(), Some("2031-03-07 09:00 UTC"));
    assert_eq!(found[1].as_ref().unwrap_err().id, "bad-field");
    assert_eq!((fetched(2), fetched(3), found.len()), (None, None, 4));
}

#[test]
fn what_is_too_large_is_left_and_the_rest_goes_on() {
    let long = format!("{{\"text\": \"{}\"}}\n", "x".repeat(200));
    let lines = format!("{{\"text\": \"a\"}}\n{long}{{\"text\": \"b\"}}\n{long}");
    let root = folder(&[("a.txt", &[b'x'; 100]), ("b.txt", &[b'x'; 101]), ("c.jsonl", lines.as_bytes())]);
    let expect = [
        "text a.txt - 100",
        "error[too-large] b.txt",
        "record c.jsonl:1 - 13",
        "error[too-large] c.jsonl:2",
        "record c.jsonl:3 - 13",
        "error[too-large] c.jsonl:4",
    ];
    assert_eq!(shown(root.path(), vec![Input::path(root.path())], Limits { max_bytes: 100 }), expect);
    let endless = Input::reader("-", io::repeat(b'x'));
    assert_eq!(shown(root.path(), vec![endless], Limits { max_bytes: 10_000 }), ["error[too-large] -"]);
}

#[test]
fn an_endless_line_is_read_in_bounded_memory() {
    let head = io::Cursor::new("{\"text\": \"".to_owned());
    let input = Input::reader(
        "-",
        head.chain(io::repeat(b'x').take(50 << 20)).chain(io::Cursor::new("\"}\n{\"text\": \"b\"}\n")),
    );
    let found = shown(Path::new("/nowhere"), vec![input], Limits { max_bytes: 1 << 20 });
    assert_eq!(found, ["error[too-large] -:1", "record -:2 - 13"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    let root = folder(&[("a.txt", b"x")]);
    let inputs = vec![Input::path(root.path().join("gone.txt")), Input::path(root.path())];
    assert_eq!(shown(root.path(), inputs, Limits::default()), ["error[unreadable] gone.txt", "text a.txt - 1"]);

    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the drive is gone"))
        }
    }
    let line = io::Cursor::new(format!("{{\"text\": \"{}\"}}\n", "x".repeat(8000)));
    let inputs = vec![
        Input::reader("-", Broken),
        Input::reader("lines", line.chain(Broken)),
        Input::path(root.path().join("a.txt")),
    ];
    let expect = ["error[unreadable] -", "record lines:1 - 8012", "error[unreadable] lines:2", "text a.txt - 1"];
    assert_eq!(shown(root.path(), inputs, Limits::default()), expect);
}

#[cfg(unix)]
#[test]
fn folders_without_permission_and_links_in_circles() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let root = folder(&[("a.txt", b"x"), ("locked/b.txt", b"x"), ("real/c.txt", b"xy")]);
    symlink(root.path(), root.path().join("real/up")).unwrap();
    symlink(root.path().join("real/c.txt"), root.path().join("link.txt")).unwrap();
    symlink(root.path().join("nowhere"), root.path().join("dangling.txt")).unwrap();
    fs::set_permissions(root.path().join("locked"), fs::Permissions::from_mode(0o000)).unwrap();
    // Who runs tests as the administrator may read everything.
    let is_locked = fs::read_dir(root.path().join("locked")).is_err();
    let found = shown(root.path(), vec![Input::path(root.path())], Limits::default());
    fs::set_permissions(root.path().join("locked"), fs::Permissions::from_mode(0o700)).unwrap();
    let locked = if is_locked { "error[unreadable] locked" } else { "text locked/b.txt - 1" };
    let expect = [
        "text a.txt - 1",
        "error[unreadable] dangling.txt",
        "text link.txt - 2",
        locked,
        "text real/c.txt - 2",
        "warning[link-loop] real/up",
    ];
    assert_eq!(found, expect);
}

#[test]
fn the_size_of_a_folder_is_that_of_what_is_taken() {
    let root = folder(&[("a.txt", b"xy"), ("b/c.jsonl", b"xyz"), ("b/d.pdf", b"xxxx"), (".hidden.txt", b"xxxxx")]);
    assert_eq!(size(root.path()), 5);
    assert_eq!(size(&root.path().join("b/d.pdf")), 4);
    assert_eq!(size(&root.path().join("nowhere")), 0);
}

#[test]
fn a_list_names_further_inputs() {
    let root = folder(&[("a.txt", b"It rained."), ("b/c.html", b"<p>x"), ("#d.txt", b"x")]);
    let at = |name: &str| format!("{}/{name}", root.path().display());
    let list = format!("# first\n{}\r\n\n{}\n{}\n{}", at("b"), at("none"), at("#d.txt"), at("a.txt"));
    let found = shown(root.path(), vec![Input::list("-", io::Cursor::new(list))], Limits::default());
    assert_eq!(found, ["html b/c.html - 4", "error[unreadable] none", "text #d.txt - 1", "text a.txt - 10"]);
    let check = |list: Vec<u8>| {
        let found = shown(root.path(), vec![Input::list("list", io::Cursor::new(list))], Limits::default());
        assert_eq!(found, ["error[bad-list] list:1"]);
    };
    check(b"\xFF\xFE\n".to_vec());
    check(vec![b'a'; 1 << 20]);
}

#[test]
fn fields_of_lines_may_have_other_names() {
    let line = r#"{"link": "https://post.example/1", "crawled": "2031-03-07T09:00Z", "body": "It rained."}"#;
    let columns = Columns::parse(["url=link", "fetched_at=crawled", "text=body"]).unwrap();
    let input = Input::reader("-", io::Cursor::new(line));
    let found: Vec<_> = captures([input], Limits::default()).with_columns(columns).collect();
    let capture = found[0].as_ref().unwrap();
    assert_eq!(capture.address.as_deref(), Some("https://post.example/1"));
    assert_eq!(capture.fetched.as_ref().map(ToString::to_string).as_deref(), Some("2031-03-07 09:00 UTC"));
    assert_eq!(capture.bytes, line.as_bytes());
    assert_eq!(capture.delivery.as_ref().unwrap().columns["text"], "body");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_table_without_the_feature_names_it() {
    let found: Vec<_> = captures([Input::reader("-", io::Cursor::new(b"PAR1rest"))], Limits::default()).collect();
    let diagnostic = found[0].as_ref().unwrap_err();
    assert_eq!(diagnostic.id, "no-parquet");
    assert!(diagnostic.hint.as_ref().unwrap().contains("--features parquet"));
}
