//! Rules for single publishers: a small page in the structure of each host, with invented words, and the same page elsewhere or later.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use onrecord_evidence::{Capture, MediaType, Time, TimeSource};
use onrecord_read::{Known, Limits, Metadata, MetadataSource, read};

const TEXT: &str = "The harbour master denied on Monday that any crates were missing from the quay, and said that the keys had never left her office.";

fn metadata(address: &str, page: &str) -> Metadata {
    let capture = Capture {
        bytes: page.into(),
        media_type: MediaType::Html,
        address: Some(address.to_owned()),
        fetched: Time::parse("2026-11-01T09:00Z", TimeSource::Supplier).ok(),
        location: "page.html".to_owned(),
        delivery: None,
    };
    read(&capture, &Known::default(), &Limits::default()).0.unwrap().metadata
}

/// The authors with who states them, and what others say.
fn byline(metadata: &Metadata) -> String {
    let kept = metadata.byline.iter().map(|stated| format!("{:?} {}", stated.source, stated.value));
    let lost = metadata.conflicts.iter().map(|conflict| format!("! {:?} {}", conflict.source, conflict.value));
    kept.chain(lost).collect::<Vec<_>>().join("\n")
}

fn page(head: &str, before: &str, behind: &str) -> String {
    format!(
        "<html><head>{head}</head><body><article><h1>No crates missing, says harbour</h1>{before}\
         <p>{TEXT}</p><p>{TEXT} {TEXT}</p><p>{TEXT}{behind}</p></article></body></html>"
    )
}

#[test]
fn lestimes_com_prints_authors_in_a_line_and_states_itself() {
    let head = "<meta name='author' content='Quay Times'>";
    let page = page(head, "<p>March 6, 2031</p><p>…as crews wait for answers</p><p>Ada Quill/Tobias Keld</p>", "");
    assert_eq!(
        byline(&metadata("https://lestimes.com/no-crates/", &page)),
        "PublisherRule Ada Quill, Tobias Keld\n! Meta Quay Times"
    );
    assert_eq!(
        byline(&metadata("https://www.lestimes.com/no-crates/", &page)),
        "PublisherRule Ada Quill, Tobias Keld\n! Meta Quay Times"
    );
    for elsewhere in ["https://notlestimes.com/no-crates/", "https://lestimes.com.post.example/no-crates/"] {
        assert_eq!(byline(&metadata(elsewhere, &page)), "Meta Quay Times", "{elsewhere}");
    }
}

#[test]
fn derstandard_at_prints_authors_behind_the_text() {
    let with = page("", "", " (Ada Quill aus Orsel, Tobias Keld, 6.3.2031)");
    assert_eq!(
        byline(&metadata("https://www.derstandard.at/story/1/no-crates", &with)),
        "PublisherRule Ada Quill, Tobias Keld"
    );
    let found = metadata("https://www.derstandard.at/story/1/no-crates", &with).byline.unwrap();
    let stated = String::from_utf8_lossy(found.raw.unwrap().slice(with.as_bytes()).unwrap()).into_owned();
    assert!(stated.ends_with("Tobias Keld, 6.3.2031)"), "{stated}");
    let initials = page("", "", " (red, 6.3.2031)");
    assert_eq!(byline(&metadata("https://www.derstandard.at/story/1/no-crates", &initials)), "");
    assert_eq!(byline(&metadata("https://post.example/story/1/no-crates", &with)), "");
}

#[test]
fn rbb24_de_prints_authors_at_the_end_of_the_lead() {
    let with = page("", &format!("<p>{TEXT} Von Ada Quill und Tobias Keld</p>"), "");
    assert_eq!(byline(&metadata("https://www.rbb24.de/no-crates.html", &with)), "PublisherRule Ada Quill, Tobias Keld");
    let without = page("", &format!("<p>{TEXT} Von Orsel aus fuhr niemand.</p>"), "");
    assert_eq!(byline(&metadata("https://www.rbb24.de/no-crates.html", &without)), "");
}

#[test]
fn lbcgroup_tv_names_its_channel() {
    let with = page("<meta property='og:site_name' content='LBCIV7'>", "", "");
    let found = metadata("https://www.lbcgroup.tv/news/1/no-crates/en", &with);
    let outlet = found.outlet.unwrap();
    assert_eq!((outlet.source, outlet.value.as_str()), (MetadataSource::PublisherRule, "LBCI"));
    assert_eq!(found.conflicts[0].value, "LBCIV7");
}

#[test]
fn user_and_supplier_stand_above_a_rule() {
    let known = Known { outlet: Some("LBCI Lebanon".to_owned()), ..Known::default() };
    let capture = Capture {
        bytes: page("", "", "").into(),
        media_type: MediaType::Html,
        address: Some("https://www.lbcgroup.tv/news/1/no-crates/en".to_owned()),
        fetched: None,
        location: "page.html".to_owned(),
        delivery: None,
    };
    let outlet = read(&capture, &known, &Limits::default()).0.unwrap().metadata.outlet.unwrap();
    assert_eq!((outlet.source, outlet.value.as_str()), (MetadataSource::User, "LBCI Lebanon"));
}
