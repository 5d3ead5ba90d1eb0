//! What pages, records and users state, who is believed, and what is shown beside it.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use onrecord_evidence::{Capture, Delivery, MediaType, Time, TimeSource};
use onrecord_read::{Known, Limits, Metadata, MetadataSource, read};

const BODY: &str = "<h1>No call, says Port Alben</h1><p>The ministry denied it.</p>";

fn metadata(media_type: MediaType, bytes: &str, known: &Known) -> Metadata {
    let capture = Capture {
        bytes: bytes.into(),
        media_type,
        address: None,
        fetched: None,
        location: "call".to_owned(),
        delivery: None,
    };
    let (article, diagnostics) = read(&capture, known, &Limits::default());
    let metadata = article.unwrap_or_else(|| panic!("{diagnostics:?}")).metadata;
    if let Some(raw) = metadata.outlet.as_ref().and_then(|outlet| outlet.raw) {
        let stated = raw.slice(&capture.bytes).unwrap();
        assert!(String::from_utf8_lossy(stated).contains("Post"), "the place of the outlet holds its name");
    }
    metadata
}

/// One line for each value, `field source value`; conflicts with an exclamation mark.
fn shown(metadata: &Metadata) -> String {
    let words = [
        ("address", &metadata.address),
        ("outlet", &metadata.outlet),
        ("title", &metadata.title),
        ("byline", &metadata.byline),
        ("section", &metadata.section),
        ("language", &metadata.language_tag),
    ];
    let printed = metadata
        .dateline
        .iter()
        .map(|stated| ("dateline", stated))
        .chain(metadata.credits.iter().map(|stated| ("credit", stated)));
    let times = [("published", &metadata.published), ("modified", &metadata.modified)];
    let mut lines: Vec<String> = Vec::new();
    for (field, stated) in words {
        lines.extend(stated.iter().map(|stated| format!("{field} {:?} {}", stated.source, stated.value)));
    }
    for (field, stated) in times {
        lines.extend(stated.iter().map(|stated| format!("{field} {:?} {}", stated.source, stated.value)));
    }
    lines.extend(printed.map(|(field, stated)| format!("{field} {:?} {}", stated.source, stated.value)));
    lines.extend(metadata.notes.iter().map(|note| format!("note {:?} {}", note.kind, note.stated.value)));
    let conflict =
        |conflict: &onrecord_read::Conflict| format!("! {:?} {:?} {}", conflict.field, conflict.source, conflict.value);
    lines.extend(metadata.conflicts.iter().map(conflict));
    lines.join("\n")
}

fn check(head: &str, expect: &str) {
    let page = format!("<html><head>{head}</head><body>{BODY}</body></html>");
    assert_eq!(shown(&metadata(MediaType::Html, &page, &Known::default())), expect);
}

#[test]
fn a_page_says_little() {
    check("", "title Heading No call, says Port Alben");
    check(
        "<title>No call, says Port Alben | Morning Post</title>",
        "outlet TitleElement Morning Post\ntitle Heading No call, says Port Alben",
    );
    check("<title>No call, says Port Alben twice</title>", "title Heading No call, says Port Alben");
}

#[test]
fn meta_tags() {
    check(
        "<meta property='og:title' content='No call, says Port Alben &ndash; Morning Post'>\
         <meta property='og:site_name' content='Morning Post'>\
         <meta property='article:published_time' content='2031-03-06T09:30:00+02:00'>\
         <meta name='author' content='By Ada Quill'>\
         <meta property='og:url' content='https://post.example/call?utm_source=x'>\
         <link rel=canonical href='https://post.example/call'>\
         <meta name=date content='2031-03-06'>",
        "address OpenGraph https://post.example/call?utm_source=x\noutlet OpenGraph Morning Post\n\
         title OpenGraph No call, says Port Alben\nbyline Meta Ada Quill\npublished OpenGraph 2031-03-06 07:30 UTC",
    );
}

#[test]
fn the_front_page_is_no_articles_address() {
    check("<link rel=canonical href='https://post.example/'>", "title Heading No call, says Port Alben");
    check("<link rel=canonical href='/call'>", "title Heading No call, says Port Alben");
}

#[test]
fn json_ld_comes_first_and_conflicts_are_kept() {
    check(
        r#"<meta property="og:title" content="Talks took place"><meta name="date" content="2031-03-01">
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
          {"@type": "Organization", "@id": "org:1", "name": "Morning Post"},
          {"@type": ["NewsArticle", "Thing"], "headline": "No call, says Port Alben", "datePublished": "2031-03-06T07:30:00Z",
           "dateModified": "2031-03-07", "author": [{"name": "Ada Quill"}, "B. Reed"], "publisher": {"@id": "org:1"},
           "articleSection": ["Politics"], "inLanguage": "en-GB", "mainEntityOfPage": {"@id": "https://post.example/call"}}]}</script>"#,
        "address JsonLd https://post.example/call\noutlet JsonLd Morning Post\ntitle JsonLd No call, says Port Alben\n\
         byline JsonLd Ada Quill, B. Reed\nsection JsonLd Politics\nlanguage JsonLd en-GB\npublished JsonLd 2031-03-06 07:30 UTC\n\
         modified JsonLd 2031-03-07\n! Title OpenGraph Talks took place\n! Published Meta 2031-03-01",
    );
}

#[test]
fn json_ld_is_read_leniently() {
    let check = |script: &str| {
        check(
            &format!("<script type='application/ld+json'>{script}</script>"),
            "outlet JsonLd Morning Post\ntitle JsonLd No call, says Port Alben",
        );
    };
    let article =
        r#"{"@type": "NewsArticle", "headline": "No call, says Port Alben", "publisher": {"name": "Morning Post"}}"#;
    check(article);
    check(&format!("[{article}]"));
    check(&format!("<!-- {article} -->"));
    check(&format!("{article};"));
    check(&article.replace("No call,", "No call,\n"));
    check(&article.replace("NewsArticle", "https://schema.org/ReportageNewsArticle"));
}

#[test]
fn the_page_itself_is_asked_last() {
    let page = format!(
        "<body>{BODY}<p class='byline'>By <a href=/q>Ada Quill</a></p><time datetime='2031-03-06'>yesterday</time></body>"
    );
    let found = shown(&metadata(MediaType::Html, &page, &Known::default()));
    assert_eq!(
        found,
        "title Heading No call, says Port Alben\nbyline Byline Ada Quill\npublished TimeElement 2031-03-06"
    );
}

#[test]
fn the_company_is_not_the_outlet() {
    check(
        r#"<meta property="og:site_name" content="Morning Post"><script type="application/ld+json">
        {"@type": "NewsArticle", "publisher": {"name": "Quay Media plc"}}</script>"#,
        "outlet OpenGraph Morning Post\ntitle Heading No call, says Port Alben\n! Outlet JsonLd Quay Media plc",
    );
}

#[test]
fn two_that_agree_name_the_outlet() {
    check(
        r#"<meta property="og:site_name" content="The Post"><meta name="publisher" content="Morning Post"><script type="application/ld+json">
        {"@type": "NewsArticle", "publisher": {"name": "Morning Post"}}</script>"#,
        "outlet JsonLd Morning Post\ntitle Heading No call, says Port Alben\n! Outlet OpenGraph The Post",
    );
}

#[test]
fn the_feed_of_a_page_names_the_outlet_where_nothing_else_does() {
    let feed = |title: &str| format!("<link rel=alternate type='application/rss+xml' title='{title}' href=/feed>");
    let named = "outlet FeedLink Morning Post\ntitle Heading No call, says Port Alben";
    check(&feed("Morning Post &raquo; Feed"), named);
    check(&feed("Morning Post » Rss"), named);
    check(&(feed("Morning Post » Comments Feed") + &feed("Morning Post » Feed")), named);
    for title in ["RSS", "World », Feed", "Politics in the Morning Post", "» Feed"] {
        check(&feed(title), "title Heading No call, says Port Alben");
    }
    check(
        &format!("<meta property=og:site_name content='Morning Post'>{}", feed("Post Online » Feed")),
        "outlet OpenGraph Morning Post\ntitle Heading No call, says Port Alben\n! Outlet FeedLink Post Online",
    );
}

#[test]
fn lines_of_the_article() {
    let page = "<h1>No call, says Port Alben</h1><p>PORT ALBEN, March 6 (Northline) — The ministry denied it.</p>\
                <p>It would say no more. (Northline)</p><p>With inputs from agencies</p>\
                <p>Correction: an earlier report named another ministry.</p>";
    let expect = "title Heading No call, says Port Alben\ndateline Text PORT ALBEN, March 6 (Northline)\ncredit Text (Northline)\n\
                  credit Text With inputs from agencies\nnote Correction Correction: an earlier report named another ministry.";
    let found = metadata(MediaType::Html, page, &Known::default());
    assert_eq!(shown(&found), expect);
    let raw = found.notes[0].stated.raw.unwrap();
    assert_eq!(raw.slice(page.as_bytes()).unwrap(), b"Correction: an earlier report named another ministry.");
    let json = serde_json::to_string(&found).unwrap();
    assert!(json.contains(r#""notes":[{"kind":"correction","value":"Correction: an"#), "{json}");
    assert_eq!(serde_json::from_str::<Metadata>(&json).unwrap(), found);
}

#[test]
fn the_server_is_believed_where_the_page_says_nothing() {
    let check = |head: &str, headers: &[(&str, &str)], expect: &str| {
        let mut delivery = Delivery::default();
        for (name, value) in headers {
            delivery.keep_header(name, value);
        }
        let capture = Capture {
            bytes: format!("<html><head>{head}</head><body>{BODY}</body></html>").into(),
            media_type: MediaType::Html,
            address: None,
            fetched: Time::parse("2031-03-08T09:00Z", TimeSource::Supplier).ok(),
            location: "call".to_owned(),
            delivery: Some(Box::new(delivery)),
        };
        let article = read(&capture, &Known::default(), &Limits::default()).0.unwrap();
        assert_eq!(shown(&article.metadata), expect);
    };
    let headers = [
        ("Content-Language", "en-GB"),
        ("Last-Modified", "Thu, 06 Mar 2031 09:30:00 GMT"),
        ("Link", "</style.css>; rel=preload"),
        ("Link", "<https://post.example/call>; rel=\"canonical\""),
    ];
    check(
        "",
        &headers,
        "address Header https://post.example/call\ntitle Heading No call, says Port Alben\nlanguage Header en-GB\n\
         modified Header 2031-03-06 09:30 UTC",
    );
    // What the page states comes first, and what differs is shown.
    check(
        "<html lang=fr><link rel=canonical href='https://post.example/other'>\
         <meta property='article:modified_time' content='2031-03-07T09:30:00Z'>",
        &headers,
        "address Link https://post.example/other\ntitle Heading No call, says Port Alben\nlanguage LangAttribute fr\n\
         modified OpenGraph 2031-03-07 09:30 UTC\n! Address Header https://post.example/call\n\
         ! Modified Header Thu, 06 Mar 2031 09:30:00 GMT\n! LanguageTag Header en-GB",
    );
    // A page made for the request, several languages, a front page.
    check(
        "",
        &[
            ("Content-Language", "en, fr"),
            ("Last-Modified", "Sat, 08 Mar 2031 09:00:00 GMT"),
            ("Link", "<https://post.example/>; rel=canonical"),
        ],
        "title Heading No call, says Port Alben",
    );
}

#[test]
fn records_state_what_their_supplier_says() {
    let record = r#"{"url": "https://post.example/2031/03/05/call", "outlet": "Morning Post", "title": "No call", "byline": "By Ada Quill",
        "published": "2031-03-06", "text": "The ministry denied it."}"#;
    let expect = "address Supplier https://post.example/2031/03/05/call\noutlet Supplier Morning Post\ntitle Supplier No call\n\
                  byline Supplier By Ada Quill\npublished Supplier 2031-03-06";
    assert_eq!(shown(&metadata(MediaType::JsonRecord, record, &Known::default())), expect);
}

#[test]
fn the_user_stands_above_all() {
    let known = Known {
        outlet: Some("Evening Post".to_owned()),
        published: Time::parse("2031-03-09", TimeSource::User).ok(),
        ..Known::default()
    };
    let record = r#"{"outlet": "Morning Post", "published": "2031-03-06", "text": "The ministry denied it."}"#;
    let found = metadata(MediaType::JsonRecord, record, &known);
    assert_eq!(found.outlet.as_ref().unwrap().source, MetadataSource::User);
    assert_eq!(
        shown(&found),
        "outlet User Evening Post\npublished User 2031-03-09\n! Outlet Supplier Morning Post\n! Published Supplier 2031-03-06"
    );
}

#[test]
fn metadata_survives_serialisation() {
    let found = metadata(MediaType::Text, "No call, says Port Alben\n\nThe ministry denied it.", &Known::default());
    let json = serde_json::to_string(&found).unwrap();
    assert!(
        json.contains(r#""title":{"value":"No call, says Port Alben","source":"heading","raw":{"start":0,"end":24}}"#),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Metadata>(&json).unwrap(), found);
}
