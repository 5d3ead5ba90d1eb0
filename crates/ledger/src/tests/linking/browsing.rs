//! What a reader browses by: words, a place in the list, names, what came in since, outlets.

use super::*;
use crate::{ClaimQuery, ContestedClaim};

fn all() -> ClaimQuery {
    ClaimQuery { without_standing: true, ..ClaimQuery::default() }
}

fn listed(ledger: &Ledger, query: &ClaimQuery) -> Vec<ContestedClaim> {
    ledger.contested_claims(query, &At::default()).unwrap().found
}

#[test]
fn claims_are_found_by_words_of_their_wording_names_and_attributions() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let (_, bread) = statement(&ledger, &BREAD, "bread");
    let check = |words: &str, expect: &[ClaimId]| {
        let found: Vec<ClaimId> =
            listed(&ledger, &ClaimQuery { words: Some(words.to_owned()), ..all() }).iter().map(|one| one.id).collect();
        for id in expect {
            assert!(found.contains(id), "{words}: {found:?}");
        }
        let total = ledger.contested_claims(&ClaimQuery { words: Some(words.to_owned()), ..all() }, &At::default());
        assert_eq!(total.unwrap().total, found.len(), "{words}");
        if expect.is_empty() {
            assert_eq!(found, [], "{words}");
        }
    };
    check("telephone", &[call]);
    check("TELEPHONE orsk", &[call]);
    // Other forms of a word are found through the attributions.
    check("prices", &[bread]);
    // An outlet is a name of its claims.
    check("gazette", &[bread]);
    check("bread telephone", &[]);
    check("\" NEAR( * \u{0}", &[]);
    check("nobodysays", &[]);
}

#[test]
fn a_list_goes_on_behind_any_of_its_claims() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let whole: Vec<ClaimId> = listed(&ledger, &all()).iter().map(|one| one.id).collect();
    assert!(whole.len() > 3, "{whole:?}");
    let mut walked: Vec<ClaimId> = Vec::new();
    loop {
        let query = ClaimQuery { after: walked.last().copied(), limit: Some(2), ..all() };
        let page = listed(&ledger, &query);
        if page.is_empty() {
            break;
        }
        walked.extend(page.iter().map(|one| one.id));
    }
    assert_eq!(walked, whole);
    let nobody = ClaimQuery { after: Some(ClaimId::of_fields(&[b"none"])), ..all() };
    assert_eq!(listed(&ledger, &nobody), []);
}

#[test]
fn facets_count_what_a_filter_would_leave() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let facets = ledger.claim_facets(&all(), 20).unwrap();
    for (word, count) in &facets.standings {
        assert_eq!(listed(&ledger, &ClaimQuery { standing: Some(*word), ..all() }).len(), *count, "{word:?}");
    }
    for (name, count) in &facets.outlets {
        assert_eq!(listed(&ledger, &ClaimQuery { outlet: Some(name.clone()), ..all() }).len(), *count, "{name}");
    }
    assert!(facets.outlets.iter().any(|(name, _)| name == "Morning Post"), "{facets:?}");
    assert!(
        facets.parties.iter().all(|(name, _)| !name.contains("unnamed") && !name.contains(" in art_")),
        "{facets:?}"
    );
    assert_eq!(ledger.claim_facets(&all(), 1).unwrap().outlets.len(), 1);
}

#[test]
fn what_came_in_since_is_told_from_what_was_there() {
    let tools = Tools::shipped();
    let mut ledger = tools.ledger(&[POST, WIRE]);
    tools.add(&mut ledger, &[COURIER, BREAD], "2031-03-20T00:00:00Z");
    ledger.draw_up(|_| ()).unwrap();
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let since = |when: &str| {
        let (found, total) = ledger.changed_claims(now(when), 10).unwrap();
        assert_eq!(found.len(), total);
        found.into_iter().map(|one| (one.claim.id, one.articles)).collect::<std::collections::BTreeMap<_, _>>()
    };
    assert_eq!(since("2031-03-15T00:00:00Z").get(&call), Some(&1));
    assert_eq!(since("2031-03-01T00:00:00Z").get(&call), Some(&3));
    assert!(since("2031-03-20T00:00:00Z").is_empty());
    let (found, total) = ledger.changed_claims(now("2031-03-01T00:00:00Z"), 1).unwrap();
    assert!(found.len() == 1 && total > 1, "{total}");
}

#[test]
fn attributions_outlets_and_articles_lead_to_their_claims() {
    let tools = Tools::shipped();
    let ledger = tools.ledger(&STORY);
    let (_, call) = statement(&ledger, &POST, "by telephone");
    let Lookup::Found(claim) = ledger.claim(&call, &At::default()).unwrap() else { panic!("it is there") };
    let attributions: Vec<_> = claim.statements.iter().filter_map(|one| one.statement.attribution).collect();
    let found = ledger.claims_of(&attributions).unwrap();
    assert!(!attributions.is_empty() && found.values().all(|claims| claims.contains(&call)), "{found:?}");
    assert_eq!(ledger.claim_lines(&[call]).unwrap()[0].id, call);
    let outlets = ledger.outlets().unwrap();
    assert_eq!(outlets.iter().map(|one| one.articles).sum::<usize>(), STORY.len());
    let post = ledger.claims_of_outlet("MORNING POST", 0, 10).unwrap();
    assert!(post.claims.contains(&call) && post.total == post.claims.len(), "{post:?}");
    assert_eq!(ledger.claims_of_outlet("morning", 0, 10).unwrap().total, 0);
    let articles = ledger.articles_of_outlet("Courier", 10).unwrap();
    assert_eq!(articles.iter().map(|one| one.article).collect::<Vec<_>>(), [article(COURIER.address)]);
}
