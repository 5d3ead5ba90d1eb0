//! Reading from the outside: text and blocks of small captures, with every word led back to its bytes and compared.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use onrecord_evidence::{BlockKind, Capture, Delivery, MediaType, TextRange};
use onrecord_read::{Article, Known, Language, Limits, RawWords, read};

fn capture(media_type: MediaType, bytes: impl Into<Vec<u8>>) -> Capture {
    Capture {
        bytes: bytes.into(),
        media_type,
        address: None,
        fetched: None,
        location: "wire/call".to_owned(),
        delivery: None,
    }
}

/// Reads, checks every word against its bytes, and gives the article with the ids of the diagnostics.
fn article(capture: &Capture) -> (Article, Vec<String>) {
    let (article, diagnostics) = read(capture, &Known::default(), &Limits::default());
    let article = article.unwrap_or_else(|| panic!("no article: {diagnostics:?}"));
    let words = RawWords::new(capture);
    let text = article.reading.text();
    words.check(&article.reading, TextRange::new(0, text.len() as u32)).unwrap();
    for (start, word) in text.split_inclusive(char::is_whitespace).scan(0, |at, word| {
        *at += word.len();
        Some((*at - word.len(), word))
    }) {
        let range = TextRange::new(start as u32, (start + word.len()) as u32).trimmed(text);
        if let Some(range) = range {
            words.check(&article.reading, range).unwrap();
        }
    }
    (article, diagnostics.into_iter().map(|diagnostic| diagnostic.id.into_owned()).collect())
}

/// The blocks as `kind| words`, one a line.
fn shown(article: &Article) -> String {
    let show = |block: &onrecord_evidence::Block| {
        let letter = match block.kind {
            BlockKind::Heading => 'h',
            BlockKind::Paragraph => 'p',
            BlockKind::ListItem => 'l',
            BlockKind::Quotation => 'q',
            BlockKind::Other => 'o',
        };
        format!("{letter}| {}", article.reading.slice(block.range).unwrap())
    };
    article.reading.blocks().iter().map(show).collect::<Vec<_>>().join("\n")
}

fn check(media_type: MediaType, bytes: impl Into<Vec<u8>>, expect: &str) {
    let capture = capture(media_type, bytes);
    let (article, diagnostics) = article(&capture);
    assert_eq!(shown(&article), expect);
    assert_eq!(diagnostics, Vec::<String>::new());
}

#[test]
fn plain_text_stays_as_it_is() {
    let text = "No call, says Port Alben\r\n\r\nThe ministry denied it.\r\nIt would say no more.\r\n";
    let (article, _) = article(&capture(MediaType::Text, text));
    assert_eq!(article.reading.text(), text);
    assert_eq!(shown(&article), "h| No call, says Port Alben\np| The ministry denied it.\np| It would say no more.");
}

#[test]
fn every_line_is_a_paragraph_unless_lines_were_broken_at_a_width() {
    let check = |text: &str, expect: &str| check(MediaType::Text, text, expect);
    check("It rained.", "p| It rained.");
    check("The minister denied it.\nThe envoy did not.", "p| The minister denied it.\np| The envoy did not.");
    check(
        "The ministry denied on Thursday that a call between the two\nleaders had taken place, and would not say whether one was\n\
         planned.\n\nA spokesman declined to comment.",
        "p| The ministry denied on Thursday that a call between the two\nleaders had taken place, and would not say whether \
         one was\nplanned.\np| A spokesman declined to comment.",
    );
    check("Flood toll rises\nBy Ada Quill\nPORT ALBEN", "h| Flood toll rises\np| By Ada Quill\np| PORT ALBEN");
}

#[test]
fn encodings_lead_back_to_their_bytes() {
    let words = "“No,” said Żofia Müller. — Nothing more was said, naïvely or not, at Café Łódź in the whole of March.";
    let check = |bytes: Vec<u8>, encoding: &str, expect: &str| {
        let (article, diagnostics) = article(&capture(MediaType::Text, bytes));
        assert_eq!((article.reading.text(), article.encoding), (expect, encoding));
        assert_eq!(diagnostics, Vec::<String>::new());
    };
    let wide = |unit: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    check(words.as_bytes().to_vec(), "UTF-8", words);
    check([b"\xEF\xBB\xBF", words.as_bytes()].concat(), "UTF-8", words);
    check([b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(), "UTF-16LE", words);
    check([b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat(), "UTF-16BE", words);
    check(wide(u16::to_le_bytes), "UTF-16LE", words);
    let western = "He said: “It’s a café – naïve, isn’t it?” The señor replied that Zürich’s Müller had said so.";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(western);
    check(bytes.into_owned(), "windows-1252", western);
}

#[test]
fn declared_encodings_of_pages() {
    let text = "Министерство опровергло сообщения о телефонном разговоре двух лидеров.";
    for (label, name) in
        [("windows-1251", "windows-1251"), ("koi8-r", "KOI8-R"), ("utf-8", "UTF-8"), ("iso-8859-5", "ISO-8859-5")]
    {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let page = format!("<meta http-equiv='Content-Type' content='text/html; charset={label}'><p>{text}</p>");
        let (bytes, ..) = encoding.encode(&page);
        let (article, _) = article(&capture(MediaType::Html, bytes));
        assert_eq!((article.reading.text(), article.encoding), (text, name));
    }
    let text = "外務省の報道官は木曜日、両首脳の電話会談は行われなかったと述べた。「事実ではない」と繰り返した。";
    for label in ["shift_jis", "euc-jp", "iso-2022-jp"] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let page = format!("<meta charset={label}><p>{text}</p>");
        let (bytes, ..) = encoding.encode(&page);
        let (article, _) = article(&capture(MediaType::Html, bytes));
        assert_eq!(article.reading.text(), text, "{label}");
    }
}

#[test]
fn a_page_that_declares_wrongly_is_read_as_what_it_is() {
    let page = "<meta charset=iso-8859-1><p>“Nothing,” said Żofia.</p>";
    let (article, _) = article(&capture(MediaType::Html, page));
    assert_eq!((article.reading.text(), article.encoding), ("“Nothing,” said Żofia.", "UTF-8"));
}

#[test]
fn broken_characters_are_kept_as_such_and_counted() {
    let (article, diagnostics) =
        article(&capture(MediaType::Text, b"Caf\xC3\xA9 \xE2\x82 and \x81 na\xC3\xAFve".to_vec()));
    assert_eq!(article.reading.text(), "Café \u{FFFD} and \u{FFFD} naïve");
    assert_eq!(diagnostics, ["invalid-characters"]);
}

#[test]
fn pages_become_blocks() {
    let check = |page: &str, expect: &str| check(MediaType::Html, page, expect);
    check("<h1>No call</h1><p>The ministry <b>denied</b>\n  it.</p>", "h| No call\np| The ministry denied it.");
    check("<p>He left.<p>She <i>stayed</i>.", "p| He left.\np| She stayed.");
    check("<p>One<br>Two<br/><br>Three</p>", "p| One\np| Two\np| Three");
    check(
        "<p>Fish &amp; chips&nbsp;cost &pound;9 &#8212; &quot;cheap&quot;</p>",
        "p| Fish & chips cost £9 — \"cheap\"",
    );
    check("<p>AT&T &copy 2031 &notin; &bogus; &semi; a&b</p>", "p| AT&T © 2031 ∉ &bogus; ; a&b");
    check("<p>a<!-- hidden -->b<script>var c = '<p>c</p>';</script>d<style>e</style></p>", "p| abd");
    check("<p>in <a href='/x'>a link</a>, <em>and</em> <strong>more</strong></p>", "p| in a link, and more");
    check("<ul><li>first toll: 12<li>then: 15</ul>", "l| first toll: 12\nl| then: 15");
    check("<blockquote><p>I was never told.</p></blockquote>", "q| I was never told.");
    check("<p>a\r\nb\rc</p>", "p| a b c");
    check("<p>1 < 2 and 3 > 2 </ p></p>", "p| 1 < 2 and 3 > 2");
    check("no tags at all &amp; one line", "p| no tags at all & one line");
    check("<p></>“A</>\r\nb</></>&amp;</p>", "p| “A b&");
    check("<pre>kept   as\tit is</pre>", "p| kept   as\tit is");
    check("<p>ЁЖ <b>ёж</b>&nbsp;—&mdash;</p>", "p| ЁЖ ёж ——");
}

#[test]
fn the_main_text_is_chosen_and_the_headline_stays() {
    let paragraph =
        |words: &str| format!("<p>{words} {}</p>", "It gave no further details on the matter, or why. ".repeat(4));
    let page = format!(
        "<html lang=en><head><title>No call, says Port Alben - Morning Post</title></head><body>\
         <nav><ul><li><a href=/a>Politics</a><li><a href=/b>Sport</a></ul></nav>\
         <header><h1>No call, says Port Alben</h1></header>\
         <article>{}{}{}</article>\
         <aside class=related><ul><li><a href=/c>Read also: the flood</a></li></ul></aside>\
         <footer><p>Imprint</p></footer></body></html>",
        paragraph("The ministry denied the report, and its spokesman, who was not named, repeated it."),
        paragraph("The other side, which had announced the call, would neither confirm nor deny it."),
        paragraph("A third government, asked on Friday, said that it had heard of it, but not from whom."),
    );
    let (article, diagnostics) = article(&capture(MediaType::Html, page));
    let blocks = article.reading.blocks();
    assert_eq!(blocks.len(), 4, "{}", shown(&article));
    assert!(shown(&article).starts_with("h| No call, says Port Alben\np| The ministry denied"), "{}", shown(&article));
    assert!(!article.reading.text().contains("flood") && !article.reading.text().contains("Imprint"));
    assert_eq!(article.metadata.title.unwrap().value, "No call, says Port Alben");
    assert!(matches!(article.language, Language::English { .. }));
    assert_eq!(diagnostics, Vec::<String>::new());
}

#[test]
fn nothing_is_lost_of_a_short_page() {
    let page = "<html><body><nav><a href=/a>Politics</a> <a href=/b>Sport</a></nav><article><h1>No crates missing</h1>\
                <p>The harbour master denied on Monday that crates were missing.</p><p>“Three were taken,” Ilse Marn said.</p>\
                <p>The ministry in Teyne declined to comment on the matter, a spokeswoman said on Tuesday evening in the capital.</p>\
                <p>No more was said.</p></article></body></html>";
    check(
        MediaType::Html,
        page,
        "h| No crates missing\np| The harbour master denied on Monday that crates were missing.\np| “Three were taken,” Ilse Marn said.\n\
         p| The ministry in Teyne declined to comment on the matter, a spokeswoman said on Tuesday evening in the capital.\np| No more was said.",
    );
}

#[test]
fn records_lead_through_escapes_and_entities() {
    let check = |line: &str, expect: &str| check(MediaType::JsonRecord, line, expect);
    check(r#"{"text": "The ministry denied it."}"#, "p| The ministry denied it.");
    check(
        r#"{"text": "“No,” he said.\nShe: \"Yes\" \u2014 \ud83d\ude00 \/ \\ end"}"#,
        "p| “No,” he said.\np| She: \"Yes\" — 😀 / \\ end",
    );
    check(
        r#"{"title": "x", "html": "<p>Fish &amp; <b>chips<\/b>\u00a0cost \u003c 9</p>"}"#,
        "p| Fish & chips cost < 9",
    );
    check(r#"{"text": "", "html": "<p>only a page</p>"}"#, "p| only a page");
    check(r#"{"html": "<p></>\u201cA\n</>b</p>"}"#, "p| “A b");
    check(r#"{"text": "half a pair: \ud83d, and on"}"#, "p| half a pair: \u{FFFD}, and on");
    check("\u{FEFF}{\"text\": \"marked\"}", "p| marked");
}

#[test]
fn other_languages_are_named() {
    let text = "Das Ministerium wies am Donnerstag Berichte über ein Telefongespräch der beiden Staatschefs zurück. Ein Sprecher \
                der Gegenseite wollte den Bericht weder bestätigen noch dementieren und verwies auf frühere Erklärungen.";
    let (article, diagnostics) = article(&capture(MediaType::Text, text));
    assert!(matches!(&article.language, Language::Other { code, .. } if code == "deu"), "{:?}", article.language);
    assert_eq!(diagnostics, ["other-language"]);
}

#[test]
fn the_server_names_the_encoding() {
    // A page that declares another encoding than the server.
    let bytes = b"<meta charset=windows-1252><p>The mayor of \xA3\xF3d\xBC denied that the bridge was closed.</p>";
    let check = |header: Option<&str>, expect: &str| {
        let mut capture = capture(MediaType::Html, bytes);
        capture.delivery = header.map(|value| {
            let mut delivery = Delivery::default();
            delivery.keep_header("Content-Type", value);
            Box::new(delivery)
        });
        let (article, _) = article(&capture);
        assert!(article.reading.text().contains(expect), "{header:?}: {}", article.reading.text());
    };
    check(Some("text/html; charset=ISO-8859-2"), "Łódź");
    check(Some("text/html; charset=no-such"), "£ód¼");
    check(Some("text/html"), "£ód¼");
    check(None, "£ód¼");
}

#[test]
fn fields_may_have_other_names() {
    let line = r#"{"body": "The minister denied it, says <Alben>.", "link": "https://post.example/1", "title": "Ours", "text": 7}"#;
    let columns = [("text", "body"), ("url", "link")].map(|(field, column)| (field.to_owned(), column.to_owned()));
    let mut capture = capture(MediaType::JsonRecord, line);
    capture.delivery = Some(Box::new(Delivery { columns: columns.into(), ..Delivery::default() }));
    let (article, ids) = article(&capture);
    assert!(ids.is_empty(), "{ids:?}");
    assert_eq!(article.reading.text(), "The minister denied it, says <Alben>.");
    assert_eq!(article.metadata.address.unwrap().value, "https://post.example/1");
    assert_eq!(article.metadata.title.unwrap().value, "Ours");
    let raw = article.reading.raw_range(TextRange::new(0, 12)).unwrap();
    assert_eq!(raw.slice(line.as_bytes()), Some(&b"The minister"[..]));
}
