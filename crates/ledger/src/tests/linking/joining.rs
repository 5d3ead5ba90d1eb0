//! What the tables give back is what `onrecord_link` concluded.

use onrecord_link::claims::{ClaimLink, ClaimStore as _, MemoryClaims, relink};

use super::*;

/// The claims that `onrecord_link` makes in memory of the same statements.
fn in_memory(tools: &Tools, pages: &[Page]) -> (MemoryClaims, Vec<ClaimLink>) {
    let reports = pages.iter().map(|page| tools.intake(page).derived.linkable.unwrap().statements).collect();
    let (memory, assignments) = relink(reports, &[], &tools.comparer, Thresholds::default());
    let links = assignments.into_iter().flat_map(|assignment| assignment.links).collect();
    (memory, links)
}

#[test]
fn the_tables_hold_what_memory_holds() {
    let tools = Tools::shipped();
    let check = |pages: &[Page]| {
        let mut ledger = tools.ledger(pages);
        let (memory, _) = in_memory(&tools, pages);
        let found: Vec<ClaimId> =
            ledger.claims(&At::default()).unwrap().found.into_iter().map(|line| line.id).collect();
        assert_eq!(found, memory.claims().map(|claim| claim.id).collect::<Vec<_>>());
        for expected in memory.claims() {
            let Lookup::Found(kept) = ledger.claim(&expected.id, &At::default()).unwrap() else {
                panic!("it is there")
            };
            assert_eq!(&kept.claim, expected);
            let mut utterances = memory.utterances_on(expected.id, 100);
            utterances.sort_by_key(|utterance| utterance.id);
            assert_eq!(kept.utterances, utterances);
            for kept in &kept.statements {
                assert_eq!(memory.claim_of(kept.statement.id), Some(expected.id));
            }
        }
        sound(&mut ledger, &tools);
    };
    check(&STORY);
    check(&[POST]);
    let stream: Vec<Page> = super::bounded::stream(42);
    check(&stream);
}

#[test]
fn one_story_is_joined_and_another_is_not() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    assert_eq!(joined(&ledger), "Concord Press+Courier+Herald+Mirror+Morning Post; Courier+Herald");
    let state = ledger.link_state().unwrap();
    assert_eq!((state.linked, state.waiting, state.unprepared, state.stale), (6, 0, 0, None));
    assert_eq!(state.digest, Some(tools.linker().digest));
}

#[test]
fn copies_are_kept_with_their_reasons() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let id = |page: &Page| {
        let intake = tools.intake(page);
        text_id(&intake.article, &intake.derived.reading.unwrap().digest())
    };
    for (page, other) in [(COURIER, COPY), (COPY, COURIER)] {
        let copies = ledger.copies(&id(&page), &At::default()).unwrap();
        let [kept] = copies.as_slice() else { panic!("{copies:?}") };
        assert_eq!(kept.other.id, article(other.address));
        assert_eq!((kept.copying.first, kept.copying.second), (id(&COPY), id(&COURIER)));
        assert_eq!(kept.copying.direction, onrecord_link::copies::Direction::FirstFromSecond);
        assert!(!kept.copying.reasons.is_empty() && !kept.copying.passages.is_empty());
    }
    let text = ledger.linked_text(&id(&COPY)).unwrap().unwrap();
    assert_eq!((text.article, text.stands_in), (article(COPY.address), Some(id(&COURIER))));
    assert_eq!(ledger.copies(&id(&BREAD), &At::default()).unwrap(), []);
}

#[test]
fn another_linker_is_refused_until_everything_is_linked_anew() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&[POST, WIRE]);
    let other = Linker { digest: Digest::of_bytes(b"toy linker 2"), description: "toy linker 2", ..tools.linker() };
    let error = ledger.add_linked(&[tools.intake(&COURIER)], &other, "test", now(NOW)).unwrap_err();
    assert_eq!(
        (error.kind(), error.hint()),
        (crate::ErrorKind::OtherPipeline, Some("link them anew with `onrecord relink`"))
    );
    let mut seen: Vec<Progress> = Vec::new();
    ledger.relink(&other, "test", now(NOW), |progress| seen.push(progress)).unwrap();
    assert_eq!(seen.last(), Some(&Progress { done: 2, total: 2 }));
    assert_eq!(ledger.link_state().unwrap().digest, Some(other.digest));
    ledger.add_linked(&[tools.intake(&COURIER)], &other, "test", now(NOW)).unwrap();
    assert_eq!(ledger.stats(&At::default()).unwrap().operations["linking"], 2);
}

#[test]
fn statements_outside_of_their_text_are_refused() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    let mut intake = tools.intake(&POST);
    intake.derived.linkable.as_mut().unwrap().statements[0].ranges = vec![TextRange::new(5, 9_000)];
    let outcome = ledger.add_linked(&[intake], &tools.linker(), "test", now(NOW)).unwrap().remove(0).1;
    assert!(matches!(outcome, Outcome::Refused { reason } if reason.contains("expected words of the text")));
    assert_eq!(ledger.link_state().unwrap().linked, 0);
}

#[test]
fn what_was_added_unlinked_waits() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    ledger.add(&STORY.map(|page| tools.intake(&page)), "test", now(NOW)).unwrap();
    add(&mut ledger, &[GATES], NOW);
    let state = ledger.link_state().unwrap();
    assert_eq!((state.linked, state.waiting, state.unprepared), (0, 6, 1));
    tools.relink(&mut ledger);
    assert_eq!(ledger.link_state().unwrap().waiting, 0);
    assert_eq!(ledger.dump_links().unwrap(), tools.ledger(&STORY).dump_links().unwrap());
    sound(&mut ledger, &tools);
}
