//! What people decide is obeyed, survives whatever is made anew, and can be taken back.

use super::*;
use crate::{Decision, ErrorKind};

const CALL: &str = "by telephone";
const TOGETHER: &str = "Concord Press+Courier+Herald+Mirror+Morning Post; Courier+Herald";

fn decided(tools: &Tools, ledger: &mut Ledger, decision: &Decision) -> onrecord_evidence::OperationId {
    let id = ledger.decide(decision, "the desk asked them", "Mara Lind", now(NOW)).unwrap();
    assert!(ledger.link_state().unwrap().stale.is_some());
    tools.relink(ledger);
    id
}

#[test]
fn decisions_are_obeyed_and_taken_back() {
    let tools = Tools::shipped();
    let check = |decision: fn(&Ledger) -> Decision, expect: &str| {
        let mut ledger = tools.ledger(&STORY);
        let decision = decision(&ledger);
        let id = decided(&tools, &mut ledger, &decision);
        assert_eq!(joined(&ledger), expect, "{}", decision.word());
        sound(&mut ledger, &tools);
        tools.rebuild(&mut ledger);
        assert_eq!(joined(&ledger), expect, "{} after a rebuild", decision.word());
        let kept = ledger.decisions(&At::default()).unwrap().remove(0);
        assert_eq!((kept.id, &kept.decision, kept.holds), (id, &decision, true));
        assert_eq!((&*kept.reason, &*kept.author), ("the desk asked them", "Mara Lind"));
        assert!(kept.statements.iter().all(|statements| statements.len() == 1), "{:?}", kept.statements);
        let undo = decided(&tools, &mut ledger, &Decision::Undo { operation: id });
        assert_eq!(joined(&ledger), TOGETHER, "{} taken back", decision.word());
        assert!(!ledger.decisions(&At::default()).unwrap()[0].holds);
        decided(&tools, &mut ledger, &Decision::Undo { operation: undo });
        assert_eq!(joined(&ledger), expect, "{} holds again", decision.word());
    };
    let split =
        |ledger: &Ledger| Decision::Split { one: anchor(ledger, &MIRROR, CALL), other: anchor(ledger, &POST, CALL) };
    check(split, "Concord Press+Courier+Herald+Morning Post; Courier+Herald");
    let reject = |ledger: &Ledger| Decision::Reject {
        statement: anchor(ledger, &WIRE, CALL),
        on: Some(anchor(ledger, &POST, CALL)),
    };
    check(reject, "Concord Press+Mirror; Courier+Herald; Courier+Herald+Morning Post");
    let misread = |ledger: &Ledger| Decision::Reject { statement: anchor(ledger, &WIRE, CALL), on: None };
    check(misread, "Courier+Herald; Courier+Herald+Mirror+Morning Post");
    let merge =
        |ledger: &Ledger| Decision::Merge { one: anchor(ledger, &BREAD, "bread"), other: anchor(ledger, &POST, CALL) };
    check(merge, "Concord Press+Courier+Gazette+Herald+Mirror+Morning Post; Courier+Herald");
    let accept = |ledger: &Ledger| Decision::Accept {
        statement: anchor(ledger, &MIRROR, CALL),
        on: Some(anchor(ledger, &POST, CALL)),
    };
    check(accept, TOGETHER);
    let moved = |ledger: &Ledger| Decision::Move {
        statement: anchor(ledger, &MIRROR, CALL),
        from: anchor(ledger, &POST, CALL),
        to: anchor(ledger, &BREAD, "bread"),
    };
    check(moved, "Concord Press+Courier+Herald+Morning Post; Courier+Herald; Gazette+Mirror");
}

#[test]
fn decisions_on_what_comes_later_are_obeyed_in_any_order() {
    let tools = Tools::shipped();
    let mut first = tools.ledger(&STORY);
    let split = Decision::Split { one: anchor(&first, &MIRROR, CALL), other: anchor(&first, &POST, CALL) };
    let merge = Decision::Merge { one: anchor(&first, &BREAD, "bread"), other: anchor(&first, &COURIER, "ferries") };
    decided(&tools, &mut first, &split);
    decided(&tools, &mut first, &merge);
    let mut other = tools.ledger(&[MIRROR, POST, COURIER, BREAD]);
    decided(&tools, &mut other, &split);
    decided(&tools, &mut other, &merge);
    tools.add(&mut other, &[COPY, WIRE], NOW);
    tools.relink(&mut other);
    assert_eq!(first.dump_links().unwrap(), other.dump_links().unwrap());
    sound(&mut other, &tools);
}

#[test]
fn the_later_of_two_decisions_counts() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&STORY);
    let (one, other) = (anchor(&ledger, &MIRROR, CALL), anchor(&ledger, &POST, CALL));
    decided(&tools, &mut ledger, &Decision::Split { one: one.clone(), other: other.clone() });
    decided(&tools, &mut ledger, &Decision::Merge { one: other, other: one.clone() });
    assert_eq!(joined(&ledger), TOGETHER);
    decided(&tools, &mut ledger, &Decision::Reject { statement: one.clone(), on: None });
    assert!(!joined(&ledger).contains("Mirror"));
    decided(&tools, &mut ledger, &Decision::Accept { statement: one, on: None });
    assert_eq!(joined(&ledger), TOGETHER);
}

#[test]
fn words_that_are_gone_leave_an_orphan() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&STORY);
    let mut split = [anchor(&ledger, &MIRROR, CALL), anchor(&ledger, &POST, CALL)];
    let decision = Decision::Split { one: split[0].clone(), other: split[1].clone() };
    decided(&tools, &mut ledger, &decision);
    // A pipeline that reads no attribution in the page any more.
    let blind = |captures: &[KeptCapture]| {
        let mut derived = tools.reread(captures);
        for (capture, derived) in captures.iter().zip(&mut derived) {
            if capture.article == article(MIRROR.address) {
                derived.linkable.as_mut().unwrap().statements.clear();
            }
        }
        derived
    };
    let other = Pipeline { digest: Digest::of_bytes(b"other"), description: "toy 2" };
    ledger.rebuild_linked(other, Some(&tools.linker()), "test", now(NOW), blind, |_| ()).unwrap();
    let kept = ledger.decisions(&At::default()).unwrap().remove(0);
    assert_eq!((kept.holds, kept.statements[0].len(), kept.statements[1].len()), (true, 0, 1));
    // The pipeline that reads it finds it again.
    tools.rebuild(&mut ledger);
    assert_eq!(joined(&ledger), "Concord Press+Courier+Herald+Morning Post; Courier+Herald");
    split[0].words[0].exact.push('x');
    split[0].statement = StatementId::of_fields(&[b"another"]);
    split[0].text = Digest::of_bytes(b"another");
    let [one, other] = split;
    let error = ledger.decide(&Decision::Split { one, other }, "", "test", now(NOW)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Evidence);
    let none = onrecord_evidence::OperationId::of_fields(&[b"none"]);
    let error = ledger.decide(&Decision::Undo { operation: none }, "", "test", now(NOW)).unwrap_err();
    assert!(error.to_string().contains("expected a decision that holds"), "{error}");
    assert_eq!(ledger.decisions(&At::default()).unwrap().len(), 1);
}

#[test]
fn a_decision_holds_in_another_text_with_the_very_words_around_it() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&STORY);
    let misread = Decision::Reject { statement: anchor(&ledger, &COURIER, CALL), on: None };
    decided(&tools, &mut ledger, &misread);
    let longer = Page {
        fetched: Some("2031-03-08T09:00Z"),
        bytes: Box::leak(format!("{} The harbour stays open.", COURIER.bytes).into_boxed_str()),
        ..COURIER
    };
    let reworded = Page {
        fetched: Some("2031-03-09T09:00Z"),
        bytes: Box::leak(COURIER.bytes.replace("Arno Dellen denied", "The spokesman denied").into_boxed_str()),
        ..COURIER
    };
    for page in [longer, reworded] {
        tools.add(&mut ledger, &[page], NOW);
    }
    let kept = ledger.decisions(&At::default()).unwrap().remove(0);
    assert_eq!(kept.statements[0].len(), 2, "the reworded text is another one");
    tools.relink(&mut ledger);
    sound(&mut ledger, &tools);
}

#[test]
fn decisions_have_their_time() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&STORY);
    let misread = Decision::Reject { statement: anchor(&ledger, &MIRROR, CALL), on: None };
    let id = ledger.decide(&misread, "misread", "Mara Lind", now("2031-03-20T00:00:00Z")).unwrap();
    ledger.decide(&Decision::Undo { operation: id }, "read again", "Mara Lind", now("2031-03-22T00:00:00Z")).unwrap();
    let check = |known_at: &str, expect: &[bool]| {
        let kept = ledger.decisions(&at(None, Some(known_at))).unwrap();
        assert_eq!(kept.iter().map(|kept| kept.holds).collect::<Vec<_>>(), expect, "{known_at}");
    };
    check("2031-03-18", &[]);
    check("2031-03-20T12:00Z", &[true]);
    check("2031-03-24", &[false, true]);
}

#[test]
fn origins_are_decided_for_the_claim_that_both_are_on() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&STORY);
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let rulings = |ledger: &Ledger, at: &At| {
        let Lookup::Found(view) = ledger.drawn(&call, at).unwrap() else { panic!("it is there") };
        let decisions = view.claim.record.decisions;
        decisions.iter().map(|one| format!("{:?} {}: {}", one.ruling, one.author, one.reason)).collect::<Vec<_>>()
    };
    let (one, other) = (anchor(&ledger, &POST, "by telephone"), anchor(&ledger, &COURIER, "by telephone"));
    let decision = Decision::OneOrigin { one, other };
    let id = ledger.decide(&decision, "one person told both", "Mara Lind", now("2031-05-01T00:00:00Z")).unwrap();
    assert_eq!(rulings(&ledger, &At::default()), [""; 0], "what is drawn up waits for relink");
    tools.relink(&mut ledger);
    let found = rulings(&ledger, &At::default());
    assert!(found.len() == 1 && found[0].starts_with("SameOrigin"), "{found:?}");
    assert!(found[0].ends_with("Mara Lind: one person told both"), "{found:?}");
    assert_eq!(rulings(&ledger, &at(None, Some("2031-04-20"))), [""; 0], "nobody had decided it then");
    let undo = Decision::Undo { operation: id };
    ledger.decide(&undo, "they were two", "Mara Lind", now("2031-05-02T00:00:00Z")).unwrap();
    tools.relink(&mut ledger);
    assert_eq!(rulings(&ledger, &At::default()), [""; 0]);
    sound(&mut ledger, &tools);
}
