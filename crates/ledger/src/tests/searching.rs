//! The search for words, with its filters.

use super::*;
use crate::Query;

#[test]
fn words_and_filters() {
    let ledger = full();
    let check = |query: Query, expect: &[&str]| {
        let answer = ledger.search(&query, &At::default()).unwrap();
        let mut found: Vec<String> =
            answer.found.iter().map(|kept| onrecord_record::AttributionRecord::joined(&kept.record.content)).collect();
        found.sort();
        assert_eq!(found, expect, "{query:?}");
    };
    let words = |words: &str| Query { words: words.to_owned(), ..Query::default() };
    check(words("gates"), &["she had ordered it", "the gates were shut"]);
    check(words("gate ordering"), &["she had ordered it"]);
    check(words("GATES -shut"), &["she had ordered it", "the gates were shut"]);
    check(words("\"harbour master\""), &["the gates were shut", "the governor called the harbour master"]);
    check(words("\"master harbour\""), &[]);
    check(words("denies"), &["a call took place", "she had ordered it", "the dam leaked"]);
    check(words("spoken"), &[]);
    check(words("somebody"), &[]);
    check(Query { all_revisions: true, ..words("somebody") }, &["the governor called somebody"]);
    check(words("no such words anywhere"), &[]);
    for odd in ["NEAR(", "*", "\"", "col : x", "a AND", "(((", "'; --", "\0", "{source} : gates", "^"] {
        ledger.search(&words(odd), &At::default()).unwrap();
    }
    check(Query { source: Some("governor".to_owned()), ..Query::default() }, &["a call took place"]);
    check(Query { source: Some("kolisnyk".to_owned()), ..words("governor") }, &[]);
    check(
        Query { act: Some(Act::Affirm), outlet: Some("courier".to_owned()), ..Query::default() },
        &["the gates were shut"],
    );
    check(Query { act: Some(Act::Deny), ..words("gates") }, &["she had ordered it"]);
    check(Query { since: Some(time("2031-03-07")), ..words("denied") }, &["she had ordered it"]);
    check(Query { until: Some(time("2031-03-06")), ..words("denied") }, &["a call took place"]);
    let dated = Query { until: Some(time("2031-03-09")), limit: Some(10), ..words("denied") };
    assert_eq!(ledger.search(&dated, &At::default()).unwrap().undated, 1, "the undated article is counted");
    let limited = Query { limit: Some(2), ..Query::default() };
    assert_eq!(ledger.search(&limited, &At::default()).unwrap().found.len(), 2);
}

#[test]
fn a_later_headline_brings_nothing_up_earlier() {
    let mut ledger = ledger();
    add(&mut ledger, &[FIRST], "2031-03-10T00:00:00Z");
    let title = Some(serde_json::json!({ "title": "Call confirmed" }));
    ledger.add(&[stated(&FIRST, title)], "test", now("2031-03-11T00:00:00Z")).unwrap();
    let hits = |words: &str, known_at: Option<&str>| {
        let query = Query { words: words.to_owned(), ..Query::default() };
        ledger.search(&query, &at(None, known_at)).unwrap().found.len()
    };
    assert_eq!(hits("confirmed governor", None), 2);
    assert_eq!(hits("leaders", None), 0, "the old headline");
    assert_eq!(hits("confirmed governor", Some("2031-03-10T12:00Z")), 0);
    assert_eq!(hits("denied governor", Some("2031-03-10T12:00Z")), 1);
}
