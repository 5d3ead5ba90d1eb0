//! For any text and any tag soup: every range of the reading leads to bytes that decode to its words.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use onrecord_evidence::{Capture, Delivery, MapError, MediaType, TextRange};
use onrecord_read::{Known, Limits, RawWords, read};
use proptest::prelude::*;

/// Reads and checks: all words of each block; and every short range of characters has a place, or a reason that is true.
fn check(capture: &Capture) {
    let (Some(article), _) = read(capture, &Known::default(), &Limits::default()) else { return };
    let reading = &article.reading;
    let text = reading.text();
    let words = RawWords::new(capture);
    words.check(reading, TextRange::new(0, text.len() as u32)).unwrap();
    let edges: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    for block in reading.blocks() {
        let inside: Vec<_> = edges.iter().filter(|edge| (block.range.start..=block.range.end).contains(edge)).collect();
        for (index, start) in inside.iter().enumerate() {
            for end in inside.iter().skip(index + 1).take(6) {
                let range = TextRange::new(**start, **end);
                match reading.raw_range(range) {
                    Ok(raw) => {
                        let expect = reading.slice(range).unwrap();
                        let found = words.words(raw).unwrap_or_default();
                        prop_assert_or_panic(onrecord_read::same_words(expect, &found), expect, &found, capture);
                        assert_eq!(reading.text_range(raw), Ok(range), "the bytes of {expect:?} lead back to it");
                    }
                    // Two characters from one entity.
                    Err(MapError::SplitsPiece(_)) => {}
                    Err(error) => panic!("{range:?} of {text:?}: {error}"),
                }
            }
        }
    }
}

fn prop_assert_or_panic(holds: bool, expect: &str, found: &str, capture: &Capture) {
    assert!(holds, "expected {expect:?}, found {found:?} in {:?}", String::from_utf8_lossy(&capture.bytes));
}

fn capture(media_type: MediaType, bytes: impl Into<Vec<u8>>) -> Capture {
    Capture {
        bytes: bytes.into(),
        media_type,
        address: None,
        fetched: None,
        location: "generated".to_owned(),
        delivery: None,
    }
}

/// What the fuzz targets found, each mended: the smallest input that shows it.
#[test]
fn what_fuzzing_found() {
    let of = |media_type, label: &str, bytes: &[u8]| {
        let mut delivery = Delivery::default();
        delivery.keep_header("content-type", &format!("text/html; charset={label}"));
        check(&Capture { delivery: Some(Box::new(delivery)), ..capture(media_type, bytes) });
    };
    let page = |label, bytes| of(MediaType::Html, label, bytes);
    // A sequence of GB 18030 that the next byte breaks.
    page("gb18030", b"<p>It was \xA1\x30\xAA then.");
    // ISO-2022-JP: words behind a switch, a letter cut by a switch; two switches in a row, which the first repair got wrong.
    page("iso-2022-jp", b"<p>\x1B$B<sAj!!H]G'\x1B(B.");
    page("iso-2022-jp", b"<p>\x1B$Bmapi]G'\x1B(B then.");
    page("iso-2022-jp", b"<p>He said \x1B$B\x1B(B no.");
    // UTF-16: half a pair and half a unit at the end.
    page("utf-16be", b"\0<\0p\0>\0H\0e\0 \0s\0a\0i\0d\0 \0n\0o\xD8\xFF\x7D");
    // An end tag within a tag within an element in which tags are none.
    page("utf-8", b"<p>He<textarea>a <b title=</textarea> said<textarea>b</textarea> no</p>");
    // An element in which tags are none does not close itself.
    page("utf-8", b"<p>He <iframe/><b>said</b></iframe> no</p>");
    page("utf-8", b"<p>He <noframe><b>said</b></noframe> no</p>");
    // Half a surrogate pair makes a record no page.
    of(MediaType::JsonRecord, "windows-1251", b"{\"text\": \"<\\ud800 ht<svg>e \x8B\"}");
}

/// Pieces of pages, sound and broken.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z ,.“”é\u{A0}\n\r\t]{1,12}",
        2 => prop::sample::select(vec!["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<li>", "</li>", "<ul>", "<h1>", "</h1>",
            "<a href='x'>", "</a>", "<td>", "<pre>", "</pre>", "<span class=\"c\">", "</span>", "<blockquote>", "<x-y>", "</x-y>"])
            .prop_map(str::to_owned),
        2 => prop::sample::select(vec!["&amp;", "&lt;", "&nbsp;", "&eacute", "&#8217;", "&#x1F600;", "&semi;", "&fjlig;", "&", "&bogus;",
            "&#0;", "&#xD800;", "&notit;", "&NotEqualTilde;"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["<!-- c -->", "<script>x</script>", "<style>s</style>", "<", ">", "</", "<!x>", "<svg><p>d</p></svg>",
            "<button>", "</button>", "<title>t</title>", "<textarea>&amp;</textarea>", "<?pi?>", "<![CDATA[x]]>", "<p class='"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_text(text in "[ -~\n\réÅ“”я漢😀]{0,200}") {
        check(&capture(MediaType::Text, text.as_str()));
        let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&capture(MediaType::Text, wide));
    }

    #[test]
    fn pages(page in soup()) {
        check(&capture(MediaType::Html, page));
    }

    #[test]
    fn pages_in_legacy_encodings(page in soup(), label in prop::sample::select(vec!["windows-1252", "shift_jis", "gb18030", "big5"])) {
        let page = format!("<meta charset={label}>{page}");
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        check(&capture(MediaType::Html, encoding.encode(&page).0));
    }

    #[test]
    fn records(page in soup(), text in "[ -~\n\"\\\\é😀]{0,60}") {
        check(&capture(MediaType::JsonRecord, serde_json::json!({"title": "t", "html": page}).to_string()));
        check(&capture(MediaType::JsonRecord, serde_json::json!({"text": text, "url": "u"}).to_string()));
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for media_type in [MediaType::Text, MediaType::Html, MediaType::JsonRecord] {
            check(&capture(media_type, bytes.clone()));
        }
    }
}
