//! Whatever stands between two sound records of an archive, both come out as they went in, and nothing panics. The fuzz target `warc` looks
//! for the same.

use std::io::Cursor;

use onrecord_acquire::{Input, Limits, captures};
use onrecord_testkit::warc::{Warc, gzip};
use proptest::prelude::*;

const FIRST: &str = "<p>The minister denied it.";
const LAST: &str = "<p>The mayor would not say.";
const LIMITS: Limits = Limits { max_bytes: 1 << 20 };

/// Pieces of archives, sound and broken.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let text = prop::sample::select(vec![
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "Content-Length: 7\r\n",
        "Content-Length: 4000000000\r\n",
        "Content-Length: 18446744073709551615\r\n",
        "\r\n",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Content-Type: text/html\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: br\r\n",
        "Content-Encoding: gzip\r\n",
        "WARC-Target-URI: https://post.example/x\r\n",
        "5\r\n<p>x\n\r\n0\r\n\r\n",
        "ffffffff\r\n",
        "<p>words",
        "WARC/",
        "WARC-Date: soon\r\n",
    ]);
    let piece = prop_oneof![
        6 => text.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => Just(vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]),
        1 => Just(gzip(b"WARC/1.0\r\nContent-Length: 1\r\n\r\n")),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// The pages that come out around `between`.
fn around(between: &[u8]) -> Vec<Vec<u8>> {
    let mut warc = Warc::new(true);
    warc.page("https://post.example/1", FIRST).raw(between).page("https://post.example/2", LAST);
    let input = Input::reader("news.warc.gz", Cursor::new(warc.take()));
    captures([input], LIMITS).flatten().map(|capture| capture.bytes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn sound_records_survive_their_neighbours(between in soup(), is_packed in any::<bool>(), cut in 0_usize..400) {
        let between = if is_packed { gzip(&between) } else { between };
        for between in [&between[..], &between[..cut.min(between.len())]] {
            let pages = around(between);
            prop_assert_eq!(pages.first().map(Vec::as_slice), Some(FIRST.as_bytes()));
            prop_assert_eq!(pages.last().map(Vec::as_slice), Some(LAST.as_bytes()));
        }
    }

    #[test]
    fn a_plain_archive_never_panics_and_ends(bytes in soup()) {
        let mut warc = Warc::new(false);
        warc.raw(b"WARC/1.0\r\n").raw(&bytes).page("https://post.example/2", LAST);
        let input = Input::reader("news.warc", Cursor::new(warc.take()));
        prop_assert!(captures([input], LIMITS).count() < 100);
    }
}
