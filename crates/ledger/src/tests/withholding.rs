//! What is withheld is gone: from every read, and from the bytes of the file.
#![allow(clippy::disallowed_methods, reason = "these tests look at the bytes of files that they made")]

use super::*;
use crate::{Lookup, Options, Resolved, Target};

const NOW: &str = "2031-03-20T00:00:00Z";

/// Whether any file of a ledger holds these words.
pub(super) fn holds(folder: &std::path::Path, words: &str) -> bool {
    let files = folder.read_dir().unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files
        .into_iter()
        .any(|bytes| bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes())))
}

pub(super) fn on_disk(folder: &std::path::Path) -> Ledger {
    let mut ledger = Ledger::open(&folder.join("news.ledger"), &Options::default()).unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    ledger
}

#[test]
fn the_words_are_gone_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = on_disk(folder.path());
    // Short enough to be kept without packing: deflate stores some words as they are.
    for page in PAGES {
        add(&mut ledger, &[page], "2031-03-10T00:00:00Z");
    }
    let gone = ["courier.example", "kolisnyk", "gates stay", "Courier"];
    for words in gone {
        assert!(holds(folder.path(), words), "{words} should be there before");
    }
    let id = article(GATES.address);
    let withheld = ledger.withhold(Target::Article(id), "privacy", "Harbour Court", "desk", now(NOW)).unwrap().unwrap();
    assert_eq!(withheld.captures, [capture(&GATES).id()]);
    assert_eq!((withheld.same_elsewhere, withheld.is_scrubbed), (vec![], true));
    for words in gone {
        assert!(!holds(folder.path(), words), "{words} is still there");
    }
    for words in ["post.example", "Harbour Court"] {
        assert!(holds(folder.path(), words), "{words} should stay");
    }
    let terms: i64 = ledger
        .connection
        .query_row("SELECT count(*) FROM words WHERE words MATCH 'kolisnyk'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(terms, 0);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}

#[test]
fn one_of_many_is_gone_from_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = on_disk(folder.path());
    let page = |number: usize| {
        let word = if number == 123 { "xylograph".to_owned() } else { format!("harbour{}", number * 7_919 % 400) };
        let address = format!("https://post.example/{word}-{number}");
        let bytes =
            format!("Title: The {word} file\nDate: 2031-03-06\n\nThe governor denied that the {word} was hers.");
        Page { address: Box::leak(address.into_boxed_str()), fetched: None, bytes: Box::leak(bytes.into_boxed_str()) }
    };
    for batch in (0..300).collect::<Vec<_>>().chunks(10) {
        let pages: Vec<Page> = batch.iter().map(|number| page(*number)).collect();
        add(&mut ledger, &pages, "2031-03-10T00:00:00Z");
    }
    assert!(holds(folder.path(), "xylograph"));
    let target = Target::Capture(capture(&page(123)).id());
    assert!(ledger.withhold(target, "privacy", "Court", "desk", now(NOW)).unwrap().unwrap().is_scrubbed);
    assert!(!holds(folder.path(), "xylograph"));
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    assert_eq!(ledger.stats(&At::default()).unwrap().attributions, 299);
}

#[test]
fn a_tombstone_stays() {
    let mut ledger = full();
    let id = article(GATES.address);
    let gates = capture(&GATES).id();
    let Lookup::Found(before) = ledger.article(&id, &At::default()).unwrap() else { panic!("the article is there") };
    let revision = before.revisions[0].id;
    let withheld = ledger.withhold(Target::Article(id), "privacy", "Harbour Court", "desk", now(NOW)).unwrap().unwrap();
    let tombstone = crate::Tombstone {
        by: withheld.by,
        reason: "privacy".to_owned(),
        authority: "Harbour Court".to_owned(),
        recorded_at: now(NOW),
    };
    for at in [At::default(), at(None, Some("2031-03-12"))] {
        assert_eq!(ledger.article(&id, &at).unwrap(), Lookup::Withheld(tombstone.clone()));
        assert!(matches!(ledger.capture(&gates, &at).unwrap(), Lookup::Withheld(_)));
        assert_eq!(ledger.revision(&revision, &at).unwrap(), Lookup::Withheld(tombstone.clone()));
        assert!(!ledger.dump(&at).unwrap().contains("courier"));
    }
    assert_eq!(ledger.resolve(&id.to_string(), &At::default()).unwrap(), Resolved::Unique(crate::AnyId::Article(id)));
    let resolved = ledger.resolve(&revision.to_string(), &At::default()).unwrap();
    assert_eq!(resolved, Resolved::Unique(crate::AnyId::Revision(revision)));
    assert!(matches!(ledger.knows(&gates).unwrap(), crate::Knowledge::Withheld { .. }));
    let other = Page { bytes: "The harbour master said that it rained.", ..GATES };
    for page in [GATES, other] {
        assert_eq!(add(&mut ledger, &[page], NOW), [Outcome::Withheld { by: withheld.by }]);
    }
    let stats = ledger.stats(&At::default()).unwrap();
    assert_eq!((stats.captures, stats.withheld, stats.articles), (5, 1, 2));
    assert_eq!(ledger.withhold(Target::Article(id), "again", "Court", "desk", now(NOW)).unwrap(), None);
    assert_eq!(ledger.withhold(Target::Capture(gates), "again", "Court", "desk", now(NOW)).unwrap(), None);
    let same = crate::Pipeline { digest: pipeline(), description: "toy 1" };
    let before = ledger.dump(&At::default()).unwrap();
    ledger.rebuild(same, "test", now(NOW), reread, |_| ()).unwrap();
    assert_eq!(ledger.dump(&At::default()).unwrap(), before);
    assert_eq!(ledger.verify(decoded).unwrap().withheld, 1);
}

#[test]
fn one_capture_of_an_article() {
    let mut ledger = full();
    let copy = Page { address: "https://copy.example/call", ..FIRST };
    add(&mut ledger, &[copy], "2031-03-10T00:00:00Z");
    let first = capture(&FIRST).id();
    let withheld = ledger.withhold(Target::Capture(first), "privacy", "Court", "desk", now(NOW)).unwrap().unwrap();
    let mut same = vec![capture(&BACK).id(), capture(&copy).id()];
    same.sort();
    assert_eq!((withheld.captures, withheld.same_elsewhere), (vec![first], same));
    let Lookup::Found(article) = ledger.article(&article(FIRST.address), &At::default()).unwrap() else {
        panic!("the article has other captures")
    };
    assert_eq!(article.revisions.len(), 2);
    // The text stands in a later revision: only what is gone from the article is said to be withheld.
    let of = |text: &crate::Revision| ledger.revision(&text.id, &At::default()).unwrap();
    assert!(article.revisions.iter().all(|revision| matches!(of(revision), Lookup::Found(_))));
    let changed = article.revisions[0].id;
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    ledger.withhold(Target::Capture(capture(&CHANGED).id()), "privacy", "Court", "desk", now(NOW)).unwrap().unwrap();
    assert!(!ledger.dump(&At::default()).unwrap().contains("somebody"));
    assert!(matches!(ledger.revision(&changed, &At::default()).unwrap(), Lookup::Withheld(_)));
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}

#[test]
fn an_interrupted_scrub_is_ended_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = on_disk(folder.path());
    add(&mut ledger, &PAGES, "2031-03-10T00:00:00Z");
    ledger.connection.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let reader = on_disk(folder.path());
    let snapshot = reader.snapshot().unwrap();
    let _: i64 = snapshot.query_row("SELECT count(*) FROM operation", [], |row| row.get(0)).unwrap();
    let id = article(GATES.address);
    let withheld = ledger.withhold(Target::Article(id), "privacy", "Court", "desk", now(NOW)).unwrap().unwrap();
    assert!(!withheld.is_scrubbed);
    assert_eq!(ledger.scrub().unwrap_err().kind(), crate::ErrorKind::Busy);
    drop(snapshot);
    drop((reader, ledger));
    let ledger = on_disk(folder.path());
    assert!(!holds(folder.path(), "kolisnyk"));
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}
