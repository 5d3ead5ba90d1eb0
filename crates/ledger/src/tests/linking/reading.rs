//! Both time axes, and what `verify` finds.

use super::*;

#[test]
fn claims_have_their_times() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    for (page, when) in STORY.iter().zip(10..) {
        tools.add(&mut ledger, &[*page], &format!("2031-03-{when}T00:00:00Z"));
    }
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let check = |as_of: Option<&str>, known_at: Option<&str>, expect: &str| {
        let at = at(as_of, known_at);
        let listed = ledger.claims(&at).unwrap();
        let found = match ledger.claim(&call, &at).unwrap() {
            Lookup::Found(claim) => {
                let line = listed.found.iter().find(|line| line.id == call).unwrap();
                assert_eq!(line.statements as usize, claim.statements.len());
                let outlet = |kept: &crate::KeptStatement| kept.article.metadata.outlet.clone().unwrap();
                claim.statements.iter().map(outlet).collect::<Vec<_>>().join(", ")
            }
            other => {
                assert!(listed.found.iter().all(|line| line.id != call));
                format!("{other:?}")
            }
        };
        assert_eq!(format!("{found}; {} undated", listed.undated), expect, "as of {as_of:?}, known at {known_at:?}");
    };
    check(None, None, "Morning Post, Concord Press, Courier, Herald, Mirror; 0 undated");
    check(Some("2031-03-03"), None, "Morning Post, Concord Press; 1 undated");
    check(Some("2031-03-02"), None, "NotYet; 1 undated");
    check(None, Some("2031-03-12T12:00Z"), "Morning Post, Concord Press, Courier; 0 undated");
    check(Some("2031-03-03T07:00Z"), Some("2031-03-12T12:00Z"), "Morning Post; 0 undated");
    check(None, Some("2031-03-08"), "NotYet; 0 undated");
}

#[test]
fn a_text_that_an_article_had_is_told_from_the_one_that_it_has() {
    let tools = Tools::shipped();
    let changed = Page {
        fetched: Some("2031-03-04T00:00Z"),
        bytes: Box::leak(POST.bytes.replace("about the port of Lenn", "and warned him").into_boxed_str()),
        ..POST
    };
    let mut ledger = tools.ledger(&[POST, changed]);
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let Lookup::Found(claim) = ledger.claim(&call, &At::default()).unwrap() else { panic!("it is there") };
    let places: Vec<(usize, bool)> = claim.statements.iter().map(|kept| (kept.revision, kept.is_current)).collect();
    assert_eq!(places.iter().filter(|(_, is_current)| *is_current).count(), 1, "{places:?}");
    assert_eq!(
        ledger.linked_text(&claim.statements[0].statement.revision).unwrap().unwrap().article,
        article(POST.address)
    );
    sound(&mut ledger, &tools);
}

#[test]
fn tampering_is_found() {
    let tools = Tools::shipped();
    let check = |sql: &str, expect: &str| {
        let mut ledger = tools.ledger(&STORY);
        ledger.connection.pragma_update(None, "foreign_keys", false).unwrap();
        assert_ne!(ledger.connection.execute(sql, []).unwrap(), 0, "{sql}");
        let mut failures = ledger.verify(decoded).unwrap().failures;
        if failures.is_empty() {
            failures = ledger.verify_links(&tools.linker()).unwrap();
        }
        let all: Vec<String> =
            failures.iter().map(|failure| format!("{}: {}", failure.place, failure.reason)).collect();
        assert!(all.iter().any(|line| line.contains(expect)), "{sql}: expected {expect:?}, found {all:?}");
    };
    check("UPDATE statement SET vector = zeroblob(384) WHERE no = 1", "other words than its digest");
    check("UPDATE statement SET vector = zeroblob(9) WHERE no = 1", "expected a vector, found 9 bytes");
    check("UPDATE statement SET packed = zeroblob(9) WHERE no = 1", "does not unpack");
    check(
        "UPDATE statement SET packed = o.packed, length = o.length FROM statement o WHERE o.no = 2 AND statement.no = 1",
        "other words than its digest",
    );
    check("UPDATE prepared SET blocks = zeroblob(9)", "blocks");
    check("DELETE FROM placement WHERE statement = 1", "expected a place");
    check("DELETE FROM report WHERE no = 2", "is not linked");
    check(
        "UPDATE representative SET claim = (SELECT max(no) FROM claim) WHERE statement = 1",
        "stands for a claim that it is not on",
    );
    check("UPDATE claim SET canonical = NULL WHERE no = 1", "has no words");
    check("UPDATE claim SET statements = 99 WHERE no = 1", "links: expected");
    check("UPDATE utterance SET body = replace(body, 'affirm', 'deny')", "links: expected");
    check("DELETE FROM copying", "links: expected");
    check("UPDATE claim SET event = 99 WHERE no = 1", "not there");
    check("UPDATE drawn SET packed = zeroblob(9) WHERE claim = 1", "does not unpack");
    check("UPDATE report SET text = (SELECT max(no) FROM text) WHERE no = 1", "the record has other words");
    check("UPDATE drawn SET rank = 7 WHERE claim = 1", "links: expected");
}

#[test]
fn statements_are_sliced_again() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let report = ledger.verify(decoded).unwrap();
    let statements: usize = STORY
        .iter()
        .map(|page| {
            tools.intake(page).derived.linkable.unwrap().statements.iter().map(|one| one.ranges.len()).sum::<usize>()
        })
        .sum();
    assert_eq!(report.statements as usize, statements);
    assert!(report.evidence > report.statements, "{report:?}");
    assert_eq!(report.failures, []);
}

#[test]
fn what_was_known_then_is_linked_as_then() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    for (page, when) in STORY.iter().zip(10..) {
        tools.add(&mut ledger, &[*page], &format!("2031-03-{when}T00:00:00Z"));
    }
    let known = |ledger: &Ledger, known_at: Option<&str>| {
        let (claims, _) = ledger.relinked(&tools.linker(), &at(None, known_at)).unwrap();
        claims.claims().cloned().collect::<Vec<_>>()
    };
    let then = tools.ledger(&STORY[..3]);
    assert_eq!(known(&ledger, Some("2031-03-12T12:00Z")), known(&then, None));
    let before = known(&ledger, None);
    let (one, other) = (anchor(&ledger, &COURIER, "by telephone"), anchor(&ledger, &POST, "by telephone"));
    ledger
        .decide(&crate::Decision::Split { one, other }, "not the same", "Mara Lind", now("2031-03-20T00:00:00Z"))
        .unwrap();
    let id = anchor(&ledger, &BREAD, "bread");
    ledger
        .decide(
            &crate::Decision::Reject { statement: id, on: None },
            "misread",
            "Mara Lind",
            now("2031-03-20T00:00:00Z"),
        )
        .unwrap();
    tools.relink(&mut ledger);
    let listed: Vec<ClaimId> = ledger.claims(&At::default()).unwrap().found.into_iter().map(|line| line.id).collect();
    let after = known(&ledger, None);
    assert_eq!(after.iter().map(|claim| claim.id).collect::<Vec<_>>(), listed);
    assert_ne!(after, before);
    assert_eq!(known(&ledger, Some("2031-03-18")), before, "decisions of later are not known then");
}

#[test]
fn beginnings_of_claims_are_enough() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let text = call.to_string();
    for typed in [&*text, &text[..12], &text[4..12], &text[..12].to_uppercase(), &format!(" {text} ")] {
        assert_eq!(ledger.resolve_claim(typed, &At::default()).unwrap(), [call], "{typed}");
    }
    assert_eq!(ledger.resolve_claim(&text, &at(None, Some("2031-03-01"))).unwrap(), []);
    assert_eq!(ledger.resolve_claim("'; DROP TABLE claim", &At::default()).unwrap(), []);
}

#[test]
fn texts_come_back_as_they_were_given() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let given = |page: &Page| {
        let intake = tools.intake(page);
        tools.report(&intake.capture, intake.article, &intake.derived)
    };
    let post = given(&POST);
    let event = ledger.linked_text(&post.revision).unwrap().unwrap().event.unwrap();
    let texts = ledger.event_texts(&event, &at(Some("2031-03-04T11:00Z"), None)).unwrap();
    assert_eq!(texts, [POST, WIRE, COURIER].map(|page| given(&page).revision));
    let kept = ledger.report(&post.revision).unwrap().unwrap();
    assert_eq!(Report { observed: post.observed.clone(), ..kept }, post);
    assert_eq!(ledger.report(&onrecord_evidence::RevisionId::of_fields(&[b"none"])).unwrap(), None);
}
