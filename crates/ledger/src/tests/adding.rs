//! Identity: what is new, what is known, what is a revision; and that the order of arrival plays no part.

use super::*;
use crate::{ErrorKind, Knowledge};

/// What became of a page, in short.
fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Added(placed) => format!(
            "added {}{}{}",
            placed.revision.map_or("unread".to_owned(), |number| format!("as {number}")),
            if placed.new_article { ", new article" } else { "" },
            if placed.new_text { ", new text" } else { "" },
        ),
        Outcome::Restated(placed) => format!("restated {}", placed.revision.unwrap_or(0)),
        Outcome::Known { .. } => "known".to_owned(),
        Outcome::OtherArticle { .. } => "other article".to_owned(),
        Outcome::Withheld { .. } => "withheld".to_owned(),
        Outcome::Refused { reason } => format!("refused: {reason}"),
    }
}

#[test]
fn nothing_is_added_twice() {
    let mut ledger = ledger();
    let mut check = |page: Page, expect: &str| {
        let outcomes = add(&mut ledger, &[page], "2031-03-10T00:00:00Z");
        assert_eq!(short(&outcomes[0]), expect);
    };
    check(FIRST, "added as 1, new article");
    check(FIRST, "known");
    check(CHANGED, "added as 2, new text");
    check(BACK, "added as 3");
    check(Page { fetched: Some("2031-03-06T12:00Z"), ..FIRST }, "added as 1");
    check(Page { fetched: Some("2031-03-05T12:00Z"), ..CHANGED }, "added as 1");
    check(BACK, "known");
    check(GATES, "added as 1, new article");
    let stats = ledger.stats(&At::default()).unwrap();
    assert_eq!((stats.captures, stats.articles, stats.revisions), (6, 2, 5));
    assert_eq!(stats.captured_bytes as usize, FIRST.bytes.len() + CHANGED.bytes.len() + GATES.bytes.len(), "once each");
}

#[test]
fn one_batch_is_like_many() {
    let mut many = ledger();
    for page in PAGES {
        add(&mut many, &[page, page], "2031-03-10T00:00:00Z");
    }
    assert_eq!(full().dump(&At::default()).unwrap(), many.dump(&At::default()).unwrap());
}

#[test]
fn the_order_of_arrival_plays_no_part() {
    let expect = full().dump(&At::default()).unwrap();
    let hits = |ledger: &Ledger| {
        let query = crate::Query { words: "spoken".to_owned(), all_revisions: true, ..crate::Query::default() };
        let found = ledger.search(&query, &At::default()).unwrap().found;
        found.iter().map(|kept| kept.record.id).collect::<Vec<_>>()
    };
    let expect_hits = hits(&full());
    assert_eq!(expect_hits.len(), 2);
    let mut orders = Vec::new();
    permutations(&mut PAGES.to_vec(), 0, &mut orders);
    assert_eq!(orders.len(), 120);
    for order in orders {
        let mut ledger = ledger();
        for page in order {
            add(&mut ledger, &[page], "2031-03-10T00:00:00Z");
        }
        assert_eq!(ledger.dump(&At::default()).unwrap(), expect);
        assert_eq!(hits(&ledger), expect_hits);
    }
}

fn permutations(pages: &mut Vec<Page>, from: usize, orders: &mut Vec<Vec<Page>>) {
    if from == pages.len() {
        orders.push(pages.clone());
        return;
    }
    for index in from..pages.len() {
        pages.swap(from, index);
        permutations(pages, from + 1, orders);
        pages.swap(from, index);
    }
}

#[test]
fn later_statements_are_operations() {
    let mut ledger = ledger();
    let given = |outlet: &str| Some(serde_json::json!({ "outlet": outlet }));
    let mut check = |stated: Intake, when: &str, expect: &str| {
        let outcomes = ledger.add(&[stated], "test", now(when)).unwrap();
        assert_eq!(short(&outcomes[0].1), expect);
    };
    check(stated(&FIRST, given("Post")), "2031-03-10T00:00:00Z", "added as 1, new article");
    check(stated(&FIRST, given("Post")), "2031-03-11T00:00:00Z", "known");
    check(stated(&FIRST, given("Evening Post")), "2031-03-12T00:00:00Z", "restated 1");
    check(stated(&FIRST, None), "2031-03-13T00:00:00Z", "known");
    check(stated(&FIRST, given("Post")), "2031-03-12T00:00:00Z", "restated 1");
    check(stated(&FIRST, given("Evening Post")), "2031-03-12T00:00:00Z", "restated 1");
    let elsewhere = Intake { article: article("elsewhere"), ..stated(&FIRST, given("Courier")) };
    check(elsewhere, "2031-03-13T00:00:00Z", "other article");

    let outlet = |known_at: Option<&str>| {
        let article = ledger.articles(&at(None, known_at)).unwrap().found.pop();
        article.and_then(|article| article.metadata.outlet)
    };
    assert_eq!(outlet(Some("2031-03-09T12:00:00Z")), None);
    assert_eq!(outlet(Some("2031-03-11T00:00:00Z")).as_deref(), Some("Post"));
    assert_eq!(outlet(None).as_deref(), Some("Evening Post"));
    let knowledge = ledger.knows(&capture(&FIRST).id()).unwrap();
    assert_eq!(knowledge, Knowledge::Known { article: article(FIRST.address), stated: given("Evening Post") });
    assert_eq!(ledger.knows(&capture(&GATES).id()).unwrap(), Knowledge::New);
    assert_eq!(ledger.stats(&At::default()).unwrap().attributions, 2);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    let id = capture(&FIRST).id().to_string();
    let log = |known_at: &str| {
        let operations = ledger.log(Some(&id), &at(None, Some(known_at))).unwrap();
        operations.into_iter().map(|operation| operation.kind).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(log("2031-03-10"), "capture");
    assert_eq!(log("2031-03-12"), "capture metadata metadata metadata");
}

#[test]
fn what_could_not_be_read_is_kept() {
    let mut ledger = ledger();
    let mut unread = intake(&FIRST);
    unread.derived.reading = None;
    unread.derived.diagnostics =
        vec![onrecord_evidence::Diagnostic::error("other-language", "expected English, found German")];
    let diagnostics = unread.derived.diagnostics.clone();
    let outcomes = ledger.add(&[unread], "test", now("2031-03-10T00:00:00Z")).unwrap();
    assert_eq!(short(&outcomes[0].1), "added unread, new article");
    assert_eq!(ledger.diagnostics(&outcomes[0].0).unwrap(), diagnostics);
    assert_eq!(ledger.stats(&At::default()).unwrap().without_text, 1);
    add(&mut ledger, &[CHANGED], "2031-03-10T00:00:00Z");
    let stats = ledger.stats(&At::default()).unwrap();
    assert_eq!((stats.captures, stats.without_text, stats.articles, stats.revisions), (2, 1, 1, 1));
    assert!(ledger.verify(decoded).unwrap().is_sound());
}

#[test]
fn records_without_their_words_are_refused() {
    let mut ledger = ledger();
    let mut wrong = intake(&FIRST);
    wrong.derived.reading.as_mut().unwrap().text = FIRST.bytes.to_owned();
    let outcomes = ledger.add(&[wrong, intake(&GATES)], "test", now("2031-03-10T00:00:00Z")).unwrap();
    assert!(short(&outcomes[0].1).starts_with("refused: att_"), "{:?}", outcomes[0]);
    assert_eq!(short(&outcomes[1].1), "added as 1, new article");
    assert_eq!(ledger.stats(&At::default()).unwrap().captures, 1);
}

#[test]
fn a_pipeline_must_be_active_and_the_same() {
    let mut ledger = Ledger::in_memory().unwrap();
    let when = now("2031-03-10T00:00:00Z");
    assert_eq!(ledger.add(&[intake(&FIRST)], "test", when).unwrap_err().kind(), ErrorKind::OtherPipeline);
    for name in [b"one", b"two", b"two"] {
        ledger.activate_pipeline(Digest::of_bytes(name), "toy", "test", when).unwrap();
    }
    ledger.add(&[intake(&FIRST)], "test", when).unwrap();
    let error = ledger.activate_pipeline(Digest::of_bytes(b"three"), "toy 3", "test", when).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherPipeline);
    assert!(error.hint().unwrap().contains("onrecord rebuild"));
}

#[test]
fn another_language_is_not_a_text_that_is_missing() {
    let mut ledger = ledger();
    let mut intakes: Vec<Intake> = PAGES.iter().map(intake).collect();
    for (intake, language) in intakes.iter_mut().zip(["eng", "en", "und", "fra"]) {
        intake.derived.metadata.language = Some(language.to_owned());
    }
    intakes[4].derived = Derived::default();
    ledger.add(&intakes, "test", now("2031-03-10T00:00:00Z")).unwrap();
    let stats = ledger.stats(&At::default()).unwrap();
    assert_eq!((stats.captures, stats.unread, stats.without_text), (5, 1, 1));
}
