//! The same captures and decisions give the same claims, in whatever order and in whatever batches they came in.

use super::*;

/// Turns and swaps by fixed numbers: no randomness.
fn shuffled(turn: usize) -> Vec<Page> {
    let mut pages = STORY.to_vec();
    pages.extend([FIRST, CHANGED, BACK, GATES, UNDATED]);
    let length = pages.len();
    for step in 0..length {
        pages.swap(step, (step * 7 + turn * 5 + turn * step) % length);
    }
    pages
}

#[test]
fn the_order_of_arrival_leaves_no_trace() {
    let tools = Tools::shipped();
    let mut expected: Option<(String, String)> = None;
    for turn in 0..8 {
        let mut ledger = ledger();
        for batch in shuffled(turn).chunks(1 + turn % 4) {
            tools.add(&mut ledger, batch, "2031-03-10T00:00:00Z");
        }
        assert_eq!(ledger.verify(decoded).unwrap().failures, []);
        tools.relink(&mut ledger);
        assert_eq!(ledger.link_state().unwrap().stale, None);
        let found = (ledger.dump(&At::default()).unwrap(), ledger.dump_links().unwrap());
        assert_eq!(&found, expected.get_or_insert_with(|| found.clone()), "turn {turn}");
        sound(&mut ledger, &tools);
    }
}

#[test]
fn in_order_nothing_is_left_for_relink() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&STORY);
    let before = ledger.dump_links().unwrap();
    tools.relink(&mut ledger);
    assert_eq!(ledger.dump_links().unwrap(), before);
    tools.rebuild(&mut ledger);
    assert_eq!(ledger.dump_links().unwrap(), before);
    sound(&mut ledger, &tools);
}

#[test]
fn what_may_change_is_said() {
    let tools = Tools::shipped();
    let check = |ledger: &Ledger, expect: Option<&str>| {
        assert_eq!(ledger.link_state().unwrap().stale.as_deref(), expect);
    };
    let mut ledger = tools.ledger(&[WIRE, COURIER]);
    check(&ledger, None);
    tools.add(&mut ledger, &[POST], NOW);
    check(&ledger, Some("an article came in after one that was published later"));
    tools.relink(&mut ledger);
    check(&ledger, None);
    let outlet = Some(serde_json::json!({ "outlet": "Evening Post" }));
    let restated = Intake {
        derived: Derived { linkable: tools.intake(&POST).derived.linkable, ..stated(&POST, outlet.clone()).derived },
        ..stated(&POST, outlet)
    };
    ledger.add_linked(&[restated], &tools.linker(), "test", now(NOW)).unwrap();
    check(&ledger, Some("something else is stated about an article"));
    tools.relink(&mut ledger);
    check(&ledger, None);
    assert!(ledger.dump_links().unwrap().contains("Evening Post"));
    sound(&mut ledger, &tools);
}

#[test]
fn an_id_of_an_earlier_linking_leads_on() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&[WIRE, POST]);
    let (_, before) = statement(&ledger, &WIRE, "spoke by telephone");
    tools.relink(&mut ledger);
    let (_, after) = statement(&ledger, &WIRE, "spoke by telephone");
    assert_ne!(before, after);
    let Lookup::Found(claim) = ledger.claim(&before, &At::default()).unwrap() else { panic!("it leads on") };
    assert_eq!(claim.claim.id, after);
    assert_eq!(ledger.claim(&ClaimId::of_fields(&[b"none"]), &At::default()).unwrap(), Lookup::Unknown);
}

#[test]
fn an_interrupted_relink_leaves_the_old_claims() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&[WIRE, COURIER, POST]);
    let before = ledger.dump_links().unwrap();
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ledger.relink(&tools.linker(), "test", now(NOW), |progress| assert_ne!(progress.done, 2, "stopped here"))
    }));
    assert!(caught.is_err());
    assert_eq!(ledger.dump_links().unwrap(), before);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}
