//! Input that is no article, or means harm: each gives a diagnostic or a reading, and ends.

use onrecord_evidence::{Capture, MediaType, Severity, TextRange};
use onrecord_read::{Known, Limits, RawWords, read};

/// As by default, but for less text, so that debug builds are done soon.
const LIMITS: Limits = Limits {
    max_bytes: 4 << 20,
    max_depth: 512,
    max_depth_sum: 20_000_000,
    max_attributes: 256,
    max_paragraph: 1 << 20,
};

/// Reads; the first diagnostic is `expect`, an error exactly where there is no article; what was read is verified.
fn check(name: &str, media_type: MediaType, bytes: impl Into<Vec<u8>>, expect: Option<&str>) {
    let capture = Capture {
        bytes: bytes.into(),
        media_type,
        address: None,
        fetched: None,
        location: name.to_owned(),
        delivery: None,
    };
    let (article, diagnostics) = read(&capture, &Known::default(), &LIMITS);
    assert_eq!(diagnostics.first().map(|diagnostic| &*diagnostic.id), expect, "{name}: {diagnostics:?}");
    let has_error = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(has_error, article.is_none(), "{name}: {diagnostics:?}");
    for diagnostic in &diagnostics {
        assert_eq!(diagnostic.place.as_deref(), Some(name));
        assert!(diagnostic.hint.is_some() && diagnostic.message.len() < 400, "{diagnostic}");
    }
    if let Some(article) = article {
        let whole = TextRange::new(0, article.reading.text().len() as u32);
        RawWords::new(&capture).check(&article.reading, whole).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// Reads a page of which it does not matter what is found in it.
fn survive(name: &str, page: &str) {
    let capture = Capture {
        bytes: page.into(),
        media_type: MediaType::Html,
        address: None,
        fetched: None,
        location: name.to_owned(),
        delivery: None,
    };
    if let (Some(article), _) = read(&capture, &Known::default(), &LIMITS) {
        let whole = TextRange::new(0, article.reading.text().len() as u32);
        RawWords::new(&capture).check(&article.reading, whole).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn no_text() {
    for media_type in [MediaType::Text, MediaType::Html, MediaType::JsonRecord] {
        check("empty", media_type, "", Some("empty-input"));
        check("blank", media_type, " \r\n\t ", Some("empty-input"));
    }
    check("pdf", MediaType::Text, "%PDF-1.7 ...", Some("binary-input"));
    check("zeros", MediaType::Text, [0; 400], Some("binary-input"));
    check(
        "noise",
        MediaType::Html,
        (0..4000_u32).map(|at| (at * at % 251) as u8).collect::<Vec<_>>(),
        Some("binary-input"),
    );
    check("controls", MediaType::Text, "\u{1}\u{2}\u{3}\u{4}abc".repeat(9), Some("binary-input"));
    check("one-null", MediaType::Text, "The ministry\0 denied it.", Some("binary-input"));
    check("script only", MediaType::Html, "<html><script>render()</script></html>", Some("no-text"));
    check("tags only", MediaType::Html, "<div><p></p></div>", Some("no-text"));
}

#[test]
fn too_much_text() {
    assert_eq!(Limits { max_bytes: 32 << 20, ..LIMITS }, Limits::default());
    check("huge", MediaType::Text, vec![b'a'; LIMITS.max_bytes + 1], Some("too-large"));
    check("50 MB line", MediaType::Text, vec![b'x'; 50 << 20], Some("too-large"));
    check("long line", MediaType::Text, "no break ".repeat(200_000), Some("paragraph-too-long"));
    check(
        "long paragraph",
        MediaType::Html,
        format!("<p>{}</p>", "no break ".repeat(200_000)),
        Some("paragraph-too-long"),
    );
    check("grows", MediaType::Text, [b"\xC3\xA9\xC3\xA9".repeat(9), vec![0xC3; 2 << 20]].concat(), Some("too-large"));
}

#[test]
fn quotes_and_brackets() {
    check("quotes", MediaType::Text, "\"\"\"\"''''“”“”", None);
    check("unbalanced", MediaType::Text, "“No, said the minister. \"Yes, said the envoy. 'Maybe", None);
    check("brackets", MediaType::Text, "(".repeat(10_000) + "no" + &"]".repeat(10_000), None);
    check("brackets in a page", MediaType::Html, "<".repeat(10_000), Some("simple-selection"));
    check("brackets in a record", MediaType::JsonRecord, "[".repeat(10_000), Some("bad-record"));
    check(
        "a deep field",
        MediaType::JsonRecord,
        format!("{{\"x\": {}1, \"text\": \"a\"}}", "[".repeat(10_000)),
        Some("bad-record"),
    );
}

#[test]
fn nested_tags() {
    let tail = "<p>The ministry denied on Thursday that a call had taken place, and its spokesman would not say more than that.</p>";
    for tag in ["div", "b", "ul><li", "table><tr><td", "blockquote", "font", "x-y", "a href=x"] {
        check(tag, MediaType::Html, format!("<{tag}>").repeat(200_000) + tail, Some("nested-too-deep"));
    }
    check(
        "closed",
        MediaType::Html,
        "<div>".repeat(100_000) + tail + &"</div>".repeat(100_000),
        Some("nested-too-deep"),
    );
    // Tags that close each other nest nowhere.
    check("paragraphs", MediaType::Html, tail.replace("</p>", "").repeat(5_000), None);
    check(
        "items",
        MediaType::Html,
        "<ul>".to_owned() + &"<li>The toll rose again, the mayor said.".repeat(5_000),
        Some("simple-selection"),
    );
    check("breaks", MediaType::Html, tail.to_owned() + &"<br>".repeat(200_000), None);
    check("stray ends", MediaType::Html, "</div></b></p>".repeat(60_000) + tail, None);
    for value in ["", "=1", "=''", "='x'", "=\"\"", "=\"x\"", " = \"&amp;\""] {
        let attributes: String = (0..50_000).map(|at| format!(" a{at}{value}")).collect();
        check(value, MediaType::Html, format!("<div{attributes}>{tail}</div>"), Some("nested-too-deep"));
    }
    // What a browser's tree would nest ever deeper, or gather on one element.
    for (opened, closed) in
        [("div><b", "div"), ("div><table><tr><td", "div"), ("body", "body"), ("p><a href=x", "p"), ("b><p", "b")]
    {
        let each = |at: usize| format!("<{opened} class=c{at}>x</{closed}>");
        let expect = match opened {
            // An end tag of a word does not close a paragraph, so these are left open.
            "b><p" => Some("nested-too-deep"),
            _ => None,
        };
        check(opened, MediaType::Html, (0..5_000).map(each).collect::<String>() + tail, expect);
    }
    // Many deep places are as bad as one that is deeper.
    check(
        "deep often",
        MediaType::Html,
        ("<div>".repeat(500) + tail + &"</div>".repeat(500)).repeat(200),
        Some("nested-too-deep"),
    );
    let formats: String = (0..400).map(|at| format!("<b class=b{at}>")).collect();
    check("formats", MediaType::Html, formats + &tail.repeat(100), None);
}

#[test]
fn broken_markup() {
    let tail = "<p>The ministry denied it.</p>";
    check("ampersands", MediaType::Html, "&".repeat(500_000), Some("simple-selection"));
    check("accents", MediaType::Html, "&eacute;".repeat(100_000), Some("simple-selection"));
    for piece in
        ["<", "</", "<!", "<!-", "-", "<!--", "<?", "&#", "&a", "</a ", "<a/", "<a =", "<!doctype ", "<![CDATA[", "]]>"]
    {
        survive(piece, &(piece.repeat(30_000) + tail + tail));
        survive(piece, &(tail.to_owned() + tail + &piece.repeat(30_000)));
    }
    check("open comment", MediaType::Html, format!("{tail}<!-- {tail}"), None);
    check("open script", MediaType::Html, format!("{tail}<script>{tail}"), None);
    check("open drawing", MediaType::Html, format!("<svg><svg>{tail}</svg>{tail}"), None);
    check("open tag", MediaType::Html, format!("{tail}<p class=\"x"), None);
    check("open entity", MediaType::Html, "<p>The ministry denied it &am", None);
    check(
        "entities",
        MediaType::Html,
        "<p>&#0; &#xD800; &#1114112; &#128; &NotEqualTilde; &fjlig; &#99999999999;</p>",
        None,
    );
    check(
        "bad json-ld",
        MediaType::Html,
        format!("<script type=application/ld+json>{}</script>{tail}", "[".repeat(5_000)),
        None,
    );
    // One short sentence over and over is no article.
    check("fonts", MediaType::Html, format!("<font>{tail}</font>").repeat(2_000), Some("simple-selection"));
    check("frameset", MediaType::Html, format!("<frameset><frame></frameset><plaintext>{tail}"), None);
}

#[test]
fn bad_records() {
    let check = |line: &str, expect: Option<&str>| check(line, MediaType::JsonRecord, line, expect);
    check("{", Some("bad-record"));
    check("not json", Some("bad-record"));
    check("[1, 2]", Some("bad-record"));
    check("{}", Some("missing-field"));
    check(r#"{"text": 7}"#, Some("missing-field"));
    check(r#"{"text": ""}"#, Some("missing-field"));
    check(r#"{"text": "a", "text": "b"}"#, Some("bad-record"));
    check(r#"{"text": " \n "}"#, Some("no-text"));
    check(r#"{"text": "He denied it.", "published": "soon"}"#, Some("bad-field"));
    check(r#"{"text": "He denied it.", "outlet": ["Post"]}"#, Some("bad-field"));
    check(r#"{"text": "He denied it.", "outlet": null, "title": "", "extra": {"a": 1}}"#, None);
    check(r#"{"html": "<script>x</script>"}"#, Some("no-text"));
    check("{\"text\": \"a\u{0}b\"}", Some("binary-input"));
}
