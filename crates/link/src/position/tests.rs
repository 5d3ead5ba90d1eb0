//! Cases of positions: a claim in a few lines, and what stands.

use super::sample::{claim, time};
use super::*;

/// The positions in one line a party: what stands, then after `|` what stands beside, after `~` what is context.
fn shown(text: &str, as_of: Option<&str>) -> Vec<String> {
    let found = positions(&claim(text), as_of.map(time).as_ref());
    let acts = |held: &[Held]| held.iter().map(|held| held.act.word()).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = Vec::new();
    for position in &found.parties {
        let mut line = format!("{}: {}", position.party, acts(&position.current));
        if !position.beside.is_empty() {
            line.push_str(&format!(" | {}", acts(&position.beside)));
        }
        if !position.context.is_empty() {
            line.push_str(&format!(" ~ {}", acts(&position.context)));
        }
        lines.push(line);
    }
    for disputed in &found.disputed {
        let credited: Vec<&str> = disputed.credited.keys().map(PartyKey::as_str).collect();
        lines.push(format!("attribution disputed: {}", credited.join(" ")));
    }
    lines
}

fn check(text: &str, as_of: Option<&str>, expect: &[&str]) {
    assert_eq!(shown(text, as_of), expect, "{text}");
}

const CALL: &str = "
    claim call event 2031-03-06
    report courier courier 2031-03-09T20:40Z
    report standard standard 2031-03-10T09:30Z
    report herald herald 2031-03-11T08:00Z
    report mail mail 2031-03-12T08:00Z
";

#[test]
fn latest_is_current() {
    let text = &format!(
        "{CALL}
        a seld deny in standard
        b seld affirm in herald
    "
    );
    check(text, None, &["seld: affirm"]);
    check(text, Some("2031-03-10"), &["seld: deny"]);
    check(text, Some("2031-03-09"), &[]);
    // The time of the utterance decides, not that of the report: an old saying may be told late.
    check(
        &format!(
            "{CALL}
        a seld deny in standard
        b seld affirm in herald said=2031-03-08
    "
        ),
        None,
        &["seld: deny"],
    );
}

#[test]
fn what_takes_no_stand_withdraws_nothing() {
    for act in ["decline", "no-reply", "non-denial", "does-not-know", "could-not-verify", "question", "condition"] {
        check(
            &format!(
                "{CALL}
                a seld deny in standard
                b seld {act} in herald
            "
            ),
            None,
            &[&format!("seld: deny | {act}")],
        );
        check(&format!("{CALL}\n b lunden {act} in herald"), None, &[&format!("lunden: {act}")]);
    }
}

#[test]
fn who_takes_back_holds_nothing() {
    check(
        &format!(
            "{CALL}
        a staff affirm in standard
        b staff retract in herald
    "
        ),
        None,
        &["staff: retract"],
    );
    let corrected = claim(&format!(
        "{CALL}
        a staff affirm in standard
        b staff correct in herald
    "
    ));
    assert!(positions(&corrected, None).parties[0].is(Stance::TakesBack));
    // Who corrects without having held this one gives it in the place of another.
    let given = claim(&format!("{CALL}\n b staff correct in herald"));
    assert!(positions(&given, None).parties[0].is(Stance::Affirms));
    // An outlet corrects what it had printed of unnamed people.
    let printed = claim(&format!(
        "{CALL}
        party people unnamed
        party herald outlet:herald
        a people affirm in herald
        b herald correct in mail
    "
    ));
    assert!(positions(&printed, None).of(&PartyKey::new("herald")).unwrap().is(Stance::TakesBack));
}

#[test]
fn two_answers_in_one_interview_are_kept_both() {
    // "No, I have not", then "I don't want to say".
    check(
        &format!(
            "{CALL}
        a quill deny in herald occasion=interview
        b quill decline in herald occasion=interview
    "
        ),
        None,
        &["quill: deny decline"],
    );
    // Told by two newspapers on two days, it is still one interview.
    check(
        &format!(
            "{CALL}
        a quill deny in standard occasion=interview
        b quill decline in herald occasion=interview
    "
        ),
        None,
        &["quill: deny decline"],
    );
}

#[test]
fn an_order_that_nothing_shows_is_not_made_up() {
    let text = &format!(
        "{CALL}
        a pell deny in herald said=2031-03-10
        b pell affirm in mail said=2031-03-10
    "
    );
    check(text, None, &["pell: deny affirm"]);
    let found = positions(&claim(text), None);
    assert!(found.parties[0].current.iter().all(|held| held.rule == "order-undetermined"));
}

#[test]
fn what_may_precede_the_event_is_context() {
    check(&format!("{CALL}\n a pesk deny in standard said=2031-03-05"), None, &["pesk:  ~ deny"]);
    // On the day of the event, unless its words answer a report of it.
    check(&format!("{CALL}\n a pesk deny in standard said=2031-03-06"), None, &["pesk:  ~ deny"]);
    check(&format!("{CALL}\n a pesk deny in standard said=2031-03-06 answers"), None, &["pesk: deny"]);
    check(&format!("{CALL}\n a pesk deny in standard said=2031-03"), None, &["pesk:  ~ deny"]);
    check(&format!("{CALL}\n a pesk deny in standard said=2031-03 answers"), None, &["pesk: deny"]);
    check(&format!("{CALL}\n a pesk deny in standard said=2031-03-05 answers"), None, &["pesk:  ~ deny"]);
    // What is affirmed on the day has happened by then.
    check(&format!("{CALL}\n a pesk affirm in standard said=2031-03-06"), None, &["pesk: affirm"]);
    // A window is covered from its beginning on.
    let window = "
        claim drones figure 2031-03-08
        report courier courier 2031-03-09T20:40Z
        a coastguard deny in courier said=2031-03-08
    ";
    check(window, None, &["coastguard: deny"]);
}

#[test]
fn who_spoke_may_be_disputed() {
    let text = format!(
        "{CALL}
        a holloway decline in standard,herald:told/lunden
    "
    );
    check(&text, None, &["attribution disputed: holloway lunden"]);
    // The Herald corrects itself: then it is Holloway's.
    let corrected = format!("{text}\n withdraws herald 2031-03-12 for=a");
    check(&corrected, None, &["holloway: decline"]);
    check(&corrected, Some("2031-03-11"), &["attribution disputed: holloway lunden"]);
    // An office and its spokesman are one voice.
    check(
        &format!(
            "{CALL}
        party seld named speaks-for=chancellery
        a chancellery deny in standard,herald:told/seld
    "
        ),
        None,
        &["chancellery: deny"],
    );
}

#[test]
fn a_withdrawn_report_takes_what_its_newsroom_vouched_for() {
    let text = format!(
        "{CALL}
        party person unnamed
        a person affirm in herald
        b seld deny in herald
        withdraws herald 2031-03-13
    "
    );
    // The official's own words stay.
    check(&text, None, &["person: ", "seld: deny"]);
    check(&text, Some("2031-03-12"), &["person: affirm", "seld: deny"]);
}

#[test]
fn the_record_is_cut_at_a_time() {
    let text = format!(
        "{CALL}
        a seld deny in standard,mail
        b lunden decline in mail said=2031-03-09
        withdraws mail 2031-03-14
    "
    );
    let cut = on_record(&claim(&text), Some(&time("2031-03-10"))).into_owned();
    let relays: Vec<usize> = cut.utterances.iter().map(|utterance| utterance.relays.len()).collect();
    // Uttered or published by then: what was said on the 9th is on record with the later report of it.
    assert_eq!(relays, [1, 1]);
    assert!(cut.reports.iter().all(|report| report.withdrawals.is_empty()));
    assert_eq!(on_record(&claim(&text), None).into_owned(), claim(&text));
}

#[test]
fn commands_may_go_in_a_circle() {
    let record = claim(
        "
        claim x
        party a named under=b
        party b named under=c
        party c named under=b
        party d named speaks-for=d
    ",
    );
    let parties = Parties::of(&record);
    let head = |name: &str| parties.head(&PartyKey::new(name)).as_str().to_owned();
    assert_eq!([head("a"), head("b"), head("c"), head("d"), head("e")], ["b", "b", "b", "d", "e"]);
    assert_eq!(parties.up(&PartyKey::new("a")).len(), 3);
}
