//! Cases of standing and life, one for each sentence of the rules.

use super::*;
use crate::position::ClaimRecord;
use crate::position::sample::{claims, time};

/// The standing of the first claim among the others: word, rule.
fn found(text: &str, as_of: Option<&str>) -> Standing {
    let records: Vec<ClaimRecord> = claims(text);
    standing(&records[0], &Neighbours::new(&records), as_of.map(time).as_ref())
}

fn check(text: &str, as_of: Option<&str>, expect: &str) {
    let found = found(text, as_of);
    assert_eq!(format!("{}: {}", found.word.words(), found.by_rule.rule), expect, "{text}\n{found:#?}");
}

const CALL: &str = "
    claim call event 2031-03-06
    report courier courier 2031-03-09T20:40Z
    report concord concord 2031-03-09T23:15Z
    report standard standard 2031-03-10T09:30Z
    report mail mail 2031-03-12T08:00Z
    party people unnamed
    party person unnamed
    party courier outlet:courier
    party mail outlet:mail
    party seld named speaks-for=haskar
    role haskar participant
    role dorrick participant
";

fn with(lines: &str) -> String {
    format!("{CALL}{lines}")
}

#[test]
fn rules_in_their_order() {
    check(&with(""), None, "origin unknown: nobody-affirms");
    check(&with("a people affirm in courier:told+basis"), None, "one origin: one-origin");
    check(
        &with("a people affirm in courier:told+basis\n b person affirm in concord:told+basis"),
        None,
        "several origins: at-least-two-origins",
    );
    check(&with("a mail affirm in mail:own-voice"), None, "outlet's voice only: only-own-voice");
    check(&with("a courier affirm in mail:repeated"), None, "origin unknown: no-origin-shown");
    let denied = with("a people affirm in courier:told+basis\n d seld deny in standard");
    check(&denied, None, "disputed: denied");
    check(&denied, Some("2031-03-09"), "one origin: one-origin");
    // Withdrawn goes before disputed: nobody stands by it any more.
    check(
        &with(
            "
        a people affirm in courier:told+basis
        d seld deny in standard
        withdraws courier 2031-03-13
    ",
        ),
        None,
        "withdrawn: every-origin-withdrew",
    );
}

#[test]
fn a_claim_that_nobody_makes_may_be_denied() {
    check(
        &with("d haskar deny in standard occasion=interview\n e haskar decline in standard occasion=interview"),
        None,
        "disputed: denied",
    );
}

#[test]
fn what_takes_no_stand_changes_nothing() {
    for act in ["decline", "no-reply", "non-denial", "does-not-know", "could-not-verify", "question", "condition"] {
        let before = with("a people affirm in courier:told+basis");
        check(&format!("{before}\n l haskar {act} in standard"), None, "one origin: one-origin");
        check(&format!("{before}\n d haskar deny in standard\n l haskar {act} in mail"), None, "disputed: denied");
    }
}

#[test]
fn only_denials_with_standing_make_it_disputed() {
    let says = "a people affirm in courier:told+basis\n";
    let check_right = |lines: &str, expect: Option<(RightKind, &str)>| {
        let found = found(&with(&format!("{says}{lines}")), None);
        let shown = found.denials.iter().chain(&found.beside).next().unwrap();
        let right = shown.right.as_ref().map(|right| (right.kind, right.of.as_str()));
        assert_eq!(right, expect, "{lines}");
        assert_eq!(found.denials.len() + found.beside.len(), 1);
        assert_eq!(found.word.words(), if expect.is_some() { "disputed" } else { "one origin" });
    };
    check_right("d haskar deny in standard", Some((RightKind::Participant, "haskar")));
    check_right("d seld deny in standard", Some((RightKind::Spokesman, "haskar")));
    check_right("d army deny in standard\n role army accused", Some((RightKind::Accused, "army")));
    check_right(
        "d registry deny in standard\n role registry record-holder",
        Some((RightKind::RecordHolder, "registry")),
    );
    check_right(
        "d tarvia deny in standard\n role flotilla accused\n party flotilla named under=tarvia",
        Some((RightKind::Command, "flotilla")),
    );
    // A historian, another government, and a soldier of the accused have none: shown beside.
    check_right("d historian deny in standard", None);
    check_right("d soldier deny in standard\n role army accused\n party soldier named under=army", None);
}

#[test]
fn denials_take_several_forms() {
    let says = "a people affirm in courier:told+basis\n";
    let check = |act: &str, expect: &str| check(&with(&format!("{says}d seld {act} in standard")), None, expect);
    check("deny", "disputed: denied");
    check("partial-deny", "disputed: denied-in-part");
    check("deny-responsibility", "disputed: denies-responsibility");
    // The spokesman who "could not have endorsed or opposed" what he says he was never told of.
    check("reject-premise", "disputed: denies-what-it-presupposes");
}

#[test]
fn a_denial_made_before_the_event_is_no_denial() {
    check(
        &with("a people affirm in courier:told+basis\n d seld deny in standard said=2031-03-04"),
        None,
        "one origin: one-origin",
    );
}

#[test]
fn who_spoke_must_be_agreed_on() {
    let lines = "a people affirm in courier:told+basis\n d haskar deny in standard,mail:told/lammer";
    check(&with(lines), None, "one origin: one-origin");
    check(&with(&format!("{lines}\n withdraws mail 2031-03-13 for=d")), None, "disputed: denied");
}

const WARNING: &str = "
    claim warning event 2031-03-06
    report courier courier 2031-03-09T20:40Z
    party people unnamed
    a people affirm in courier:told+basis
";

fn linked(link: &str, kind: &str, act: &str) -> String {
    format!(
        "{WARNING}
        link {link} call
        claim call {kind} 2031-03-06
        report standard standard 2031-03-10T09:30Z
        party seld named speaks-for=haskar
        role haskar participant
        d seld {act} in standard
    "
    )
}

#[test]
fn denials_are_carried_along_links() {
    check(&linked("presupposes", "event", "deny"), None, "disputed: denies-what-it-presupposes");
    check(&linked("part-of", "event", "deny"), None, "disputed: denies-the-whole");
    check(&linked("same-event", "event", "deny"), None, "disputed: denies-the-same-event");
    check(&linked("presupposes", "event", "reject-premise"), None, "disputed: denies-what-it-presupposes");
    check(&linked("presupposes", "event", "decline"), None, "one origin: one-origin");
    // Who denies a part has granted the rest; who denies a number does not deny the event or a part of the number.
    check(&linked("presupposes", "event", "partial-deny"), None, "one origin: one-origin");
    check(&linked("part-of", "figure", "deny"), None, "one origin: one-origin");
    check(&linked("same-event", "figure", "deny"), None, "one origin: one-origin");
    // Who denies having done it does not deny that it happened.
    check(&linked("same-event", "event", "deny-responsibility"), None, "one origin: one-origin");
    check(&linked("superseded-by", "event", "deny"), None, "one origin: one-origin");
    // As of a moment before the denial there is none.
    check(&linked("presupposes", "event", "deny"), Some("2031-03-09"), "one origin: one-origin");
    // The words of the link are among the reasons.
    let found = found(&linked("presupposes", "event", "deny"), None);
    assert_eq!(found.denials[0].carried.len(), 1);
    assert_eq!(found.denials[0].claim.as_str(), "call");
}

#[test]
fn denials_are_not_carried_back() {
    // Who denies the warning does not deny the call.
    let text = "
        claim call event 2031-03-06
        report courier courier 2031-03-09T20:40Z
        role dorrick participant
        a people affirm in courier:told+basis
        claim warning event 2031-03-06
        report mail mail 2031-03-12T08:00Z
        link presupposes call
        role dorrick participant
        d dorrick deny in mail
    ";
    check(text, None, "one origin: one-origin");
    // Links in a circle, and chains of them, come to an end.
    let chain = "
        claim a
        report r r 2031-03-09T20:40Z
        u p affirm in r
        link presupposes b
        claim b
        link part-of c
        claim c
        link same-event a
        link presupposes d
        claim d
        report s s 2031-03-09T20:40Z
        role q participant
        v q deny in s
    ";
    check(chain, None, "disputed: denies-what-it-presupposes");
    // By the same event, which leads both ways, and what that presupposes.
    assert_eq!(found(chain, None).denials[0].carried.len(), 2);
}

#[test]
fn incompatible_accounts_are_a_dispute() {
    let text = "
        claim tarvian event 2031-03-08
        report courier courier 2031-03-09T20:40Z
        a coastguard affirm in courier
        claim calveran event 2031-03-08
        report mail mail 2031-03-10T18:00Z
        link incompatible tarvian
        b staff affirm in mail
    ";
    check(text, None, "disputed: incompatible-accounts");
    check(text, Some("2031-03-09"), "one origin: one-origin");
    // Not with an account that is no longer stood by.
    check(&format!("{text}\n withdraws mail 2031-03-13 for=b"), None, "one origin: one-origin");
}

#[test]
fn the_accused_may_acknowledge() {
    let boats = "
        claim seizure event 2031-03-08
        report courier courier 2031-03-09T20:40Z
        report mail mail 2031-03-12T08:00Z
        role flotilla accused
        party brill named speaks-for=flotilla
        a calvera affirm in courier
    ";
    check(boats, None, "one origin: one-origin");
    check(&format!("{boats}\n b brill accept-responsibility in mail"), None, "acknowledged: affirmed-by-the-accused");
    check(&format!("{boats}\n b flotilla affirm in mail"), None, "acknowledged: affirmed-by-the-accused");
    // In other words for the same event.
    check(
        &format!(
            "{boats}
        link same-event taking
        claim taking event 2031-03-08
        report herald herald 2031-03-12T08:00Z
        b brill affirm in herald
    "
        ),
        None,
        "acknowledged: affirmed-by-the-accused",
    );
    // A denial by another party with standing goes before it.
    check(
        &format!("{boats}\n b flotilla affirm in mail\n role owner participant\n c owner deny in mail"),
        None,
        "disputed: denied",
    );
}

#[test]
fn one_side_is_one_side_however_many_speak() {
    let lines = "
        party ministry named side=lethmar
        party army named side=lethmar
        party mission named
        party ally named side=varn
        a ministry affirm in courier
        b army affirm in concord
    ";
    check(&with(lines), None, "claimed by one side: only-one-side-affirms");
    check(&with(&format!("{lines}\n c ally affirm in mail")), None, "several origins: at-least-two-origins");
    check(
        &with(&format!("{lines}\n c ally affirm in mail\n allies varn lethmar")),
        None,
        "claimed by one side: only-one-side-affirms",
    );
    check(&with(&format!("{lines}\n c mission affirm in mail")), None, "several origins: at-least-two-origins");
    check(
        &with(&format!("{lines}\n c courier affirm in courier:observed")),
        None,
        "several origins: at-least-two-origins",
    );
    // An outlet's own voice beside it is no other side.
    check(
        &with(&format!("{lines}\n c mail affirm in mail:own-voice")),
        None,
        "claimed by one side: only-one-side-affirms",
    );
}

#[test]
fn the_least_number_of_origins_decides() {
    let lines = "a people affirm in courier:told+basis\n b person affirm in concord:told+basis\n";
    check(&with(&format!("{lines} share a b")), None, "one origin: one-origin");
}

#[test]
fn a_person_stands_above_the_rule() {
    let text = with("a people affirm in courier:told+basis\n d seld deny in standard\n decides one-origin");
    let found = found(&text, None);
    assert_eq!((found.word.words(), found.by_rule.word.words()), ("one origin", "disputed"));
    assert_eq!(found.decision.map(|decision| decision.author).as_deref(), Some("editor"));
    check(&with("d seld deny in standard\n decides one-origin taken-back"), None, "disputed: denied");
}

#[test]
fn intentions_and_opinions_get_no_standing() {
    check("claim x intention\n report r r 2031-03-09\n a p affirm in r", None, "no standing: intention-or-opinion");
}

#[test]
fn every_statement_says_what_the_ledger_holds() {
    let coverage = found(&with("a people affirm in courier,concord"), None).coverage;
    assert_eq!(coverage.to_string(), "in this ledger: 4 articles, 4 outlets, 2031-03-09 to 2031-03-12");
}

#[test]
fn life_is_a_second_field() {
    let check = |lines: &str, as_of: Option<&str>, expect: &str| {
        let records = claims(lines);
        let life = life(&records[0], &Neighbours::new(&records), as_of.map(time).as_ref());
        assert_eq!(life.words(), expect, "{lines}");
    };
    let toll = "
        claim dead-500 figure 2031-03-08
        report r r 2031-03-08T20:00Z
        report s s 2031-03-10T20:00Z
        a office affirm in r
        link superseded-by dead-471 at=2031-03-10T20:00Z
        claim dead-471 figure 2031-03-08
        report s s 2031-03-10T20:00Z
        b office affirm in s
    ";
    check(toll, None, "superseded");
    check(toll, Some("2031-03-09"), "current");
    check(&toll.replace("superseded-by", "corrected-by"), None, "corrected");
    check(
        "claim x\n report r r 2031-03-08\n report s s 2031-03-10\n a p affirm in r\n b p correct in s",
        None,
        "corrected",
    );
    check(
        "claim x\n report r r 2031-03-08\n report s s 2031-03-10\n a p affirm in r\n b p decline in s",
        None,
        "current",
    );
    let village = "
        claim captured state 2031-03-08
        report r r 2031-03-08T20:00Z
        a army affirm in r
        link may-be-ended-by positions at=2031-09-01
        claim positions event
        report s s 2031-09-01T08:00Z
        b enemy affirm in s
    ";
    // A village claimed as captured, and months later "positions restored near" it: neither denied nor ended.
    check(village, Some("2031-03-08T21:00Z"), "current");
    check(village, Some("2031-04-01"), "last seen");
    check(village, None, "last seen");
    check(&village.replace("may-be-ended-by", "ended-by"), None, "ended");
    let records = claims(village);
    assert_eq!(standing(&records[0], &Neighbours::new(&records), None).word.words(), "one origin");
}

#[test]
fn too_many_links_are_said_to_be() {
    let mut text = "claim c0\n".to_owned();
    for other in 1..=80 {
        text.push_str(&format!("link presupposes c{other}\n"));
    }
    for other in 1..=80 {
        text.push_str(&format!("claim c{other}\n"));
    }
    let found = found(&text, None);
    assert_eq!(found.diagnostics[0].id, "linked-claims-left-out");
}
