//! Any bytes between two sound records of an archive: both records come out as they went in, and nothing panics.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use onrecord_acquire::{Input, Limits, captures};
use onrecord_testkit::warc::Warc;

const FIRST: &str = "<p>The minister denied it.";
const LAST: &str = "<p>The mayor would not say.";

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { max_bytes: 1 << 20 };
    let mut warc = Warc::new(true);
    warc.page("https://post.example/1", FIRST).raw(bytes).page("https://post.example/2", LAST);
    let input = Input::reader("news.warc.gz", Cursor::new(warc.take()));
    let pages: Vec<_> = captures([input], limits).flatten().map(|capture| capture.bytes).collect();
    assert_eq!(pages.first().map(Vec::as_slice), Some(FIRST.as_bytes()), "the record before");
    assert_eq!(pages.last().map(Vec::as_slice), Some(LAST.as_bytes()), "the record after");
    // The same without gzip, where lengths alone hold records apart: nothing panics, and it ends.
    let mut warc = Warc::new(false);
    warc.raw(b"WARC/1.0\r\n").raw(bytes).page("https://post.example/2", LAST);
    let input = Input::reader("news.warc", Cursor::new(warc.take()));
    assert!(captures([input], limits).count() < 10_000);
});
