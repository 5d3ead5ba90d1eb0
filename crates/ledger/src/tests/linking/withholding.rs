//! What is withheld is gone from what is linked too, and from the bytes of the file.
#![allow(clippy::disallowed_methods, reason = "these tests look at the bytes of files that they made")]

use super::*;
use crate::{Decision, Options, Target};

/// Whether any file of a ledger holds these words.
fn holds(folder: &std::path::Path, words: &str) -> bool {
    let files = folder.read_dir().unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files
        .into_iter()
        .any(|bytes| bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes())))
}

fn on_disk(tools: &Tools, folder: &std::path::Path, pages: &[Page]) -> Ledger {
    let mut ledger = Ledger::open(&folder.join("news.ledger"), &Options::default()).unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    for page in pages {
        tools.add(&mut ledger, &[*page], "2031-03-10T00:00:00Z");
    }
    ledger.draw_up(|_| ()).unwrap();
    ledger
}

#[test]
fn the_words_are_gone_from_the_file() {
    let tools = Tools::shipped();
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = on_disk(&tools, folder.path(), &[POST, COURIER, BREAD]);
    let (one, other) = (anchor(&ledger, &COURIER, "ferries"), anchor(&ledger, &POST, "by telephone"));
    ledger.decide(&Decision::Split { one, other }, "not the same", "Mara Lind", now(NOW)).unwrap();
    let gone = ["courier.example", "kolisnyk", "arno dellen"];
    for words in gone {
        assert!(holds(folder.path(), words), "{words} should be there before");
    }
    let id = article(COURIER.address);
    let withheld = ledger.withhold(Target::Article(id), "privacy", "Harbour Court", "desk", now(NOW)).unwrap().unwrap();
    assert!(withheld.is_scrubbed);
    for words in gone {
        assert!(!holds(folder.path(), words), "{words} is still there");
    }
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
    assert_eq!(ledger.decisions(&At::default()).unwrap(), []);
    assert_eq!(ledger.link_state().unwrap().stale.as_deref(), Some("a person decided something"));
    let before = joined(&ledger);
    tools.relink(&mut ledger);
    assert_eq!(joined(&ledger), before);
    sound(&mut ledger, &tools);
}

#[test]
fn what_others_say_stays() {
    let tools = Tools::shipped();
    let check = |page: &Page, expect: &str| {
        let mut ledger = tools.ledger(&STORY);
        let id = article(page.address);
        ledger.withhold(Target::Article(id), "privacy", "Harbour Court", "desk", now(NOW)).unwrap().unwrap();
        assert_eq!(ledger.verify(decoded).unwrap().failures, []);
        assert_eq!(ledger.link_state().unwrap().stale.as_deref(), Some("something was withheld"));
        assert_eq!(joined(&ledger), expect);
        tools.relink(&mut ledger);
        assert_eq!(joined(&ledger), expect);
        let mut pages = STORY.to_vec();
        pages.retain(|other| other.address != page.address);
        let without = tools.ledger(&pages);
        assert_eq!(ledger.dump_links().unwrap(), without.dump_links().unwrap());
        sound(&mut ledger, &tools);
    };
    check(&POST, "Concord Press+Courier+Herald+Mirror; Courier+Herald");
    check(&COURIER, "Concord Press+Herald+Mirror+Morning Post");
    check(&COPY, "Concord Press+Courier+Mirror+Morning Post");
    check(&BREAD, "Concord Press+Courier+Herald+Mirror+Morning Post; Courier+Herald");
}

#[test]
fn each_of_a_stream_can_be_withheld_and_nothing_breaks() {
    let tools = Tools::shipped();
    let pages = super::bounded::stream(18);
    let mut ledger = tools.ledger(&pages);
    for (number, page) in pages.iter().enumerate().filter(|(number, _)| number % 3 == 1) {
        let target = Target::Capture(capture(page).id());
        ledger.withhold(target, "privacy", "Court", "desk", now(NOW)).unwrap().unwrap();
        assert_eq!(ledger.verify(decoded).unwrap().failures, [], "page {number}");
    }
    assert_eq!(ledger.link_state().unwrap().linked, 12);
    for line in ledger.claims(&At::default()).unwrap().found {
        assert!(matches!(ledger.claim(&line.id, &At::default()).unwrap(), Lookup::Found(_)));
    }
    tools.relink(&mut ledger);
    sound(&mut ledger, &tools);
}
