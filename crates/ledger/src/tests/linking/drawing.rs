//! Claims drawn up with their records: the list of what is contested, one claim with its neighbours, at every time.

use onrecord_link::position::StandingWord;

use super::*;
use crate::{ClaimList, ClaimQuery, DrawnView};

/// The lines of a list: standing, parties that affirm, deny and are open, articles, outlets.
fn lines(list: &ClaimList) -> Vec<String> {
    let names = |parties: &[onrecord_link::position::PartyKey]| {
        parties.iter().map(|party| party.as_str().split(' ').next_back().unwrap_or("")).collect::<Vec<_>>().join("+")
    };
    let line = |one: &crate::ContestedClaim| {
        let line = &one.line;
        let of = [names(&line.affirm), names(&line.deny), names(&line.open)].join("/");
        format!("{} {of} {}a {}o", line.standing.words(), line.articles, line.outlets)
    };
    list.found.iter().map(line).collect()
}

fn list(ledger: &Ledger, query: &ClaimQuery, at: &At) -> ClaimList {
    ledger.contested_claims(query, at).unwrap()
}

fn drawn(ledger: &Ledger, id: &ClaimId, at: &At) -> DrawnView {
    let Lookup::Found(view) = ledger.drawn(id, at).unwrap() else { panic!("it is drawn up") };
    view
}

#[test]
fn what_waits_is_said_and_done_once() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    tools.add(&mut ledger, &STORY, "2031-03-10T00:00:00Z");
    assert!(ledger.undrawn().unwrap() > 0);
    assert_eq!(list(&ledger, &ClaimQuery::default(), &At::default()).found, []);
    let events = ledger.draw_up(|_| ()).unwrap();
    assert_eq!((ledger.undrawn().unwrap(), ledger.draw_up(|_| ()).unwrap()), (0, 0));
    let all = list(&ledger, &ClaimQuery { without_standing: true, ..ClaimQuery::default() }, &At::default());
    assert!(events >= 2 && all.found.len() >= 3, "{events} events, {:#?}", lines(&all));
    assert_eq!((all.coverage.articles, all.coverage.outlets, all.total), (6, 6, all.found.len()));
    // An article of another story leaves the first one as it is.
    let gates = Page {
        address: "https://gazette.example/milk",
        bytes: "Title: Milk dearer\nOutlet: Gazette\nDate: 2031-03-07\n\n\
        The dairies of Torvale said that the price of milk would fall by a third in winter.",
        ..BREAD
    };
    tools.add(&mut ledger, &[gates], "2031-03-10T00:00:00Z");
    assert_eq!(ledger.draw_up(|_| ()).unwrap(), 1);
    sound(&mut ledger, &tools);
}

#[test]
fn a_list_has_its_times() {
    let tools = Tools::shipped();
    let mut whole = ledger();
    for (page, when) in STORY.iter().zip(10..) {
        tools.add(&mut whole, &[*page], &format!("2031-03-{when}T00:00:00Z"));
    }
    whole.draw_up(|_| ()).unwrap();
    let (_, call) = statement(&whole, &POST, "by telephone");
    let standing_of = |at: &At| {
        let found = list(&whole, &ClaimQuery { without_standing: true, ..ClaimQuery::default() }, at).found;
        found.into_iter().find(|one| one.id == call).map(|one| (!one.line.deny.is_empty(), one.line.articles))
    };
    assert_eq!(standing_of(&At::default()), Some((true, 5)));
    assert_eq!(standing_of(&at(Some("2031-03-03T12:00Z"), None)), Some((false, 2)));
    assert_eq!(standing_of(&at(Some("2031-03-02"), None)), None);
    assert_eq!(standing_of(&at(None, Some("2031-03-08"))), None);
    // What was known is what a ledger shows that got no more.
    for known in 1..=STORY.len() {
        let mut part = ledger();
        tools.add(&mut part, &STORY[..known], "2031-03-10T00:00:00Z");
        part.draw_up(|_| ()).unwrap();
        let moment = at(None, Some(&format!("2031-03-{}T12:00:00Z", 9 + known)));
        let (then, expect) =
            (list(&whole, &ClaimQuery::default(), &moment), list(&part, &ClaimQuery::default(), &At::default()));
        let sorted = |list: &ClaimList| {
            let mut lines = lines(list);
            lines.sort();
            lines
        };
        assert_eq!(sorted(&then), sorted(&expect), "{known} articles");
        assert_eq!((then.coverage.articles, then.total), (expect.coverage.articles, expect.total));
    }
}

#[test]
fn a_claim_comes_with_its_articles() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let view = drawn(&ledger, &call, &At::default());
    assert!(!view.is_undrawn);
    assert_eq!(view.claim.record.reports.len(), 5);
    for report in view.records().flat_map(|record| &record.reports) {
        let (article, revision) = view.texts[&report.revision];
        assert_eq!(article, report.article);
        assert_eq!(text_id(&article, &view.articles[&article].revisions[revision].text), report.revision);
    }
    for one in &view.claim.statements {
        let (article, revision) = view.texts[&one.revision];
        let text = ledger.text(&view.articles[&article].revisions[revision].text).unwrap().unwrap();
        assert!(one.ranges.iter().all(|range| range.slice(&text).is_some()));
    }
    assert_eq!(ledger.drawn(&ClaimId::of_fields(&[b"none"]), &At::default()).unwrap(), Lookup::Unknown);
}

#[test]
fn filters_leave_the_rest_out() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let check = |query: ClaimQuery, expect: &dyn Fn(&crate::ContestedClaim) -> bool| {
        let all = list(&ledger, &ClaimQuery { without_standing: true, ..ClaimQuery::default() }, &At::default());
        let expect: Vec<ClaimId> = all.found.iter().filter(|one| expect(one)).map(|one| one.id).collect();
        assert!(!expect.is_empty() && expect.len() < all.found.len(), "the filter tells something: {query:?}");
        let found = list(&ledger, &ClaimQuery { without_standing: true, ..query }, &At::default());
        assert_eq!(found.found.iter().map(|one| one.id).collect::<Vec<_>>(), expect);
        assert_eq!(found.total, expect.len());
    };
    let own = ClaimQuery { standing: Some(StandingWord::OutletsVoiceOnly), ..ClaimQuery::default() };
    check(own, &|one| one.line.standing == StandingWord::OutletsVoiceOnly);
    let bakers = ClaimQuery { outlet: Some("GAZETTE".to_owned()), ..ClaimQuery::default() };
    check(bakers, &|one| one.line.wording.contains("bread") || one.line.wording.contains("Bread"));
    let dellen = ClaimQuery { party: Some("dellen".to_owned()), ..ClaimQuery::default() };
    check(dellen, &|one| one.line.affirm.iter().chain(&one.line.deny).any(|party| party.as_str().contains("dellen")));
    let late = ClaimQuery { from: Some(now("2031-03-05T00:00:00Z")), ..ClaimQuery::default() };
    check(late, &|one| one.line.to.is_some_and(|to| to >= now("2031-03-05T00:00:00Z")));
    let first = list(&ledger, &ClaimQuery { limit: Some(1), ..ClaimQuery::default() }, &At::default());
    let second = list(&ledger, &ClaimQuery { limit: Some(1), offset: 1, ..ClaimQuery::default() }, &At::default());
    assert_eq!((first.found.len(), first.total), (1, second.total));
    assert_ne!(first.found, second.found);
}
