//! The two time axes, as a table.

use super::*;
use crate::{AnyId, Lookup, Resolved};

/// The ledger's days: the first page came in on the 10th, its change on the 11th, the others on the 12th.
fn dated() -> Ledger {
    let mut ledger = ledger();
    add(&mut ledger, &[FIRST], "2031-03-10T12:00:00Z");
    add(&mut ledger, &[CHANGED], "2031-03-11T12:00:00Z");
    add(&mut ledger, &[GATES, UNDATED], "2031-03-12T12:00:00Z");
    ledger
}

#[test]
fn every_read_sees_its_time() {
    let ledger = dated();
    let check = |as_of: Option<&str>, known_at: Option<&str>, expect: &str| {
        let at = at(as_of, known_at);
        let articles = ledger.articles(&at).unwrap();
        let mut titles: Vec<String> =
            articles.found.iter().filter_map(|article| article.metadata.title.clone()).collect();
        titles.sort();
        let contested = ledger.contested(&at).unwrap();
        let acts: Vec<&str> = contested.found.iter().map(|kept| kept.record.act.word()).collect();
        let found = format!("{}; {}; {} undated", titles.join(", "), acts.join(" "), articles.undated);
        assert_eq!(found, expect, "as of {as_of:?}, known at {known_at:?}");
        assert_eq!(contested.undated, articles.undated);
        let stats = ledger.stats(&at).unwrap();
        assert_eq!(stats.articles as usize, titles.len());
        let all = ledger.search(&crate::Query::default(), &at).unwrap();
        assert_eq!((stats.attributions as usize, articles.undated), (all.found.len(), all.undated));
    };
    check(None, None, "Gates stay shut, Leaders may have spoken, Undated; decline deny deny; 0 undated");
    check(None, Some("2031-03-12T11:58Z"), "Leaders may have spoken; decline; 0 undated");
    check(None, Some("2031-03-11T11:58Z"), "Leaders spoke; deny; 0 undated");
    check(None, Some("2031-03-10"), "Leaders spoke; deny; 0 undated");
    check(None, Some("2031-03-09"), "; ; 0 undated");
    check(Some("2031-03-06T07:59Z"), None, "; ; 1 undated");
    check(Some("2031-03-06T08:30Z"), None, "Leaders spoke; deny; 1 undated");
    check(Some("2031-03-07T08:00Z"), None, "Leaders spoke; deny; 1 undated");
    check(Some("2031-03-07T09:30Z"), None, "Leaders may have spoken; decline; 1 undated");
    check(Some("2031-03-07"), None, "Gates stay shut, Leaders may have spoken; decline deny; 1 undated");
    check(Some("2031-03-07"), Some("2031-03-10"), "Leaders spoke; deny; 0 undated");
}

#[test]
fn lookups_say_why_there_is_nothing() {
    let ledger = dated();
    let first = article(FIRST.address);
    let check = |address: &str, at: At, expect: &str| {
        let found = match ledger.article(&article(address), &at).unwrap() {
            Lookup::Found(article) => format!("{} of {}", article.current.unwrap() + 1, article.revisions.len()),
            other => format!("{other:?}"),
        };
        assert_eq!(found, expect);
    };
    check(FIRST.address, At::default(), "2 of 2");
    check(FIRST.address, at(None, Some("2031-03-09")), "NotYet");
    check(FIRST.address, at(Some("2031-03-05"), None), "NotYet");
    check(UNDATED.address, at(Some("2031-03-09"), None), "Undated");
    check("https://nowhere.example", At::default(), "Unknown");

    let Lookup::Found(article) = ledger.article(&first, &At::default()).unwrap() else {
        panic!("the article is there")
    };
    let denial = ledger.attributions_of(&article.clone().into(), 0).unwrap().remove(1);
    assert!(!denial.is_current);
    let again = |at: &At| ledger.attribution(&denial.record.id, at).unwrap();
    assert_eq!(again(&At::default()), Lookup::Found(denial.clone()));
    assert_eq!(again(&at(None, Some("2031-03-09"))), Lookup::NotYet);
    assert!(matches!(again(&at(None, Some("2031-03-10"))), Lookup::Found(kept) if kept.is_current));
    for (index, revision) in article.revisions.iter().enumerate() {
        let found = ledger.revision(&revision.id, &At::default()).unwrap();
        assert_eq!(found, Lookup::Found((article.clone(), index)));
    }
    let text = ledger.text(&article.revisions[0].text).unwrap().unwrap();
    assert!(FIRST.bytes.ends_with(&text));
    let cap = ledger.capture(&article.revisions[0].captures[0], &At::default()).unwrap();
    assert!(matches!(cap, Lookup::Found(kept) if kept.capture == capture(&FIRST)));
}

#[test]
fn revisions_say_why_they_are_not_there() {
    let mut ledger = dated();
    let revisions = |ledger: &Ledger, address: &str, at: &At| match ledger.article(&article(address), at).unwrap() {
        Lookup::Found(article) => article.revisions.iter().map(|revision| revision.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let check = |ledger: &Ledger, id: &onrecord_evidence::RevisionId, at: &At, expect: &str, resolved: bool| {
        let found = match ledger.revision(id, at).unwrap() {
            Lookup::Found((article, index)) => format!("{} of {}", index + 1, article.revisions.len()),
            other => format!("{other:?}"),
        };
        assert_eq!(found, expect, "{at:?}");
        for typed in [id.to_string(), id.to_string()[..14].to_owned()] {
            let expect = if resolved { Resolved::Unique(AnyId::Revision(*id)) } else { Resolved::None };
            assert_eq!(ledger.resolve(&typed, at).unwrap(), expect, "{at:?}");
        }
    };
    let call = revisions(&ledger, FIRST.address, &At::default());
    check(&ledger, &call[1], &At::default(), "2 of 2", true);
    check(&ledger, &call[1], &at(Some("2031-03-06T08:30Z"), None), "2 of 2", true);
    check(&ledger, &call[1], &at(Some("2031-03-05"), None), "NotYet", true);
    check(&ledger, &call[1], &at(None, Some("2031-03-10")), "NotYet", false);
    check(&ledger, &call[1], &at(None, Some("2031-03-09")), "NotYet", false);
    let undated = revisions(&ledger, UNDATED.address, &At::default());
    check(&ledger, &undated[0], &at(Some("2031-03-09"), None), "Undated", true);
    check(&ledger, &onrecord_evidence::RevisionId::of_fields(&[b"none"]), &At::default(), "Unknown", false);

    // A capture from between the two gives the second text another number, and so another id.
    let between = Page { fetched: Some("2031-03-06T21:00Z"), bytes: "Date: 2031-03-06T08:00Z\n\nIt rained.", ..FIRST };
    add(&mut ledger, &[between], "2031-03-13T12:00:00Z");
    let moved = revisions(&ledger, FIRST.address, &At::default());
    assert_eq!((moved.len(), moved[0]), (3, call[0]));
    check(&ledger, &call[1], &At::default(), "Unknown", false);
    check(&ledger, &call[1], &at(None, Some("2031-03-12")), "2 of 2", true);
    check(&ledger, &moved[2], &At::default(), "3 of 3", true);
}

#[test]
fn beginnings_of_ids_are_enough() {
    let ledger = dated();
    let id = article(FIRST.address);
    let text = id.to_string();
    for typed in [&*text, &text[..12], &text[4..12], &text[..12].to_uppercase(), &format!(" {text} ")] {
        assert_eq!(ledger.resolve(typed, &At::default()).unwrap(), Resolved::Unique(AnyId::Article(id)), "{typed}");
    }
    assert_eq!(ledger.resolve(&text[..12], &at(None, Some("2031-03-09"))).unwrap(), Resolved::None);
    assert!(matches!(ledger.resolve("art_", &At::default()).unwrap(), Resolved::Ambiguous(ids) if ids.len() == 3));
    assert!(matches!(ledger.resolve("att", &At::default()).unwrap(), Resolved::None | Resolved::Ambiguous(_)));
    assert!(matches!(ledger.resolve("rev_", &At::default()).unwrap(), Resolved::Ambiguous(ids) if ids.len() == 4));
    assert!(matches!(ledger.resolve("op_", &At::default()).unwrap(), Resolved::Ambiguous(ids) if ids.len() == 5));
    for typed in ["", " ", "xyz_1", "art_%", "'; DROP TABLE article", "art_0000000000000000000000000z"] {
        assert_eq!(ledger.resolve(typed, &At::default()).unwrap(), Resolved::None, "{typed}");
    }
}

#[test]
fn one_state_is_held_while_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.ledger");
    let mut writer = Ledger::open(&path, &crate::Options::default()).unwrap();
    writer.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    add(&mut writer, &[FIRST], "2031-03-10T00:00:00Z");
    let reader = Ledger::open(&path, &crate::Options::default()).unwrap();
    let count =
        |ledger: &Ledger| (ledger.article_ids().unwrap().len(), ledger.articles(&At::default()).unwrap().found.len());
    let held = reader.hold().unwrap();
    add(&mut writer, &[GATES], "2031-03-10T00:00:00Z");
    assert_eq!((count(&reader), count(&writer)), ((1, 1), (2, 2)));
    drop(reader.hold().unwrap());
    assert_eq!(count(&reader), (1, 1), "the first holds on");
    drop(held);
    assert_eq!(count(&reader), (2, 2));
}
