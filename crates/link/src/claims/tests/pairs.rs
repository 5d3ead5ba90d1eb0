//! Pairs of statements: what is one claim and what is not.

use super::*;

fn proposition(tools: &Tools, words: &str) -> Proposition {
    let ranges = [TextRange::new(0, words.len() as u32)];
    Proposition::new(PropositionInput { text: words, ranges: &ranges, record: None }, &tools.table, &tools.encoder)
}

#[test]
fn one_claim_over_wordings() {
    let tools = Tools::shipped();
    let check = |one: &str, other: &str, expect: Verdict| {
        let (a, b) = (proposition(&tools, one), proposition(&tools, other));
        let found = tools.comparer.compare(&a, &b);
        assert_eq!(found.verdict, expect, "{} of {one:?} and {other:?}: {:?}", found.score, found.reasons);
        let back = tools.comparer.compare(&b, &a);
        assert_eq!((back.verdict, back.score), (found.verdict, found.score));
    };
    let call = "President Orsk spoke to Vask by telephone on Monday.";
    check(call, "A telephone call between Orsk and President Vask took place.", Verdict::Same);
    check(call, "There was no telephone conversation between Orsk and Vask.", Verdict::Same);
    check(call, "Vask was called by President Orsk.", Verdict::Same);
    check(
        "The Harbour Board closed the port of Lenn.",
        "The port of Lenn was not closed by the Harbour Board.",
        Verdict::Same,
    );
    check(call, "The price of bread in Lenn has doubled since autumn.", Verdict::Different);
    check(call, "Vask was born in Lenn and studied law.", Verdict::Different);
}

#[test]
fn reasons_are_words_of_both() {
    let tools = Tools::shipped();
    let (one, other) = ("Orsk spoke to Vask by telephone.", "No telephone call of Orsk with Vask took place.");
    let found = tools.comparer.compare(&proposition(&tools, one), &proposition(&tools, other));
    let words = |kind: ReasonKind| {
        let reason = found.reasons.iter().find(|reason| reason.kind == kind).unwrap();
        let slice = |ranges: &[TextRange], text: &str| -> Vec<String> {
            ranges.iter().map(|range| range.slice(text).unwrap().to_owned()).collect()
        };
        (slice(&reason.ours, one), slice(&reason.theirs, other))
    };
    assert_eq!(
        words(ReasonKind::SharedNames),
        (vec!["Orsk".into(), "Vask".into()], vec!["Orsk".into(), "Vask".into()])
    );
    assert_eq!(words(ReasonKind::SharedWords), (vec!["telephone".into()], vec!["telephone".into()]));
    assert!(found.reasons.is_sorted_by_key(|reason| reason.kind));
}

#[test]
fn rules_stand_above_likeness() {
    let tools = Tools::shipped();
    let base = proposition(&tools, "The raid on Lenn killed 12 people.");
    let day = |day: i8| Days {
        range: TextRange::new(0, 1),
        start: jiff::civil::date(2031, 3, day),
        end: jiff::civil::date(2031, 3, day),
    };
    let amount = |state: &str| Amount {
        range: TextRange::new(0, 1),
        low: "12".parse().ok(),
        high: "12".parse().ok(),
        unit: Some("count".to_owned()),
        counted: Some("people".to_owned()),
        whose: None,
        state: Some(state.to_owned()),
    };
    let with = |days: Vec<Days>, amounts: Vec<Amount>| Proposition { days, amounts, ..base.clone() };
    let verdict = |a: &Proposition, b: &Proposition| tools.comparer.compare(a, b).verdict;
    assert_eq!(verdict(&with(vec![day(3)], vec![]), &with(vec![day(3)], vec![])), Verdict::Same);
    assert_eq!(verdict(&with(vec![day(3)], vec![]), &with(vec![day(9)], vec![])), Verdict::Different);
    assert_eq!(verdict(&with(vec![], vec![amount("kill")]), &with(vec![], vec![amount("injur")])), Verdict::Different);
    assert_eq!(verdict(&with(vec![], vec![amount("kill")]), &with(vec![], vec![amount("kill")])), Verdict::Same);
}

#[test]
fn a_shared_topic_is_no_claim() {
    let tools = Tools::shipped();
    let check = |one: &str, other: &str| {
        let found = tools.comparer.compare(&proposition(&tools, one), &proposition(&tools, other));
        assert_ne!(found.verdict, Verdict::Same, "{} of {one:?} and {other:?}", found.score);
    };
    check("The Veskan army shot down 84 drones over Lenn.", "The Veskan army has recruited women since 2029.");
    check("Arno Vask met the governor in Lenn.", "Arno Vask owns a vineyard near Sorrel.");
    check("The Tarrow watch will cost 500 crowns.", "The Tarrow watch has a round display made of sapphire.");
}

#[test]
fn words_that_only_judge_are_thin() {
    let tools = Tools::shipped();
    let check = |words: &str, expect: bool| assert_eq!(proposition(&tools, words).is_thin(), expect, "{words}");
    for words in [
        "pure fiction",
        "simply false information",
        "the report",
        "It was an outright lie.",
        "these claims are baseless",
    ] {
        check(words, true);
    }
    check("that the port of Lenn was closed", false);
}

#[test]
fn tables_are_checked() {
    assert!(Comparer::parse(COMPARISON).is_ok());
    for text in ["", "same", "same x", "colour 3", "words.colour 3", "other.bias 1", "same 99999999"] {
        assert!(Comparer::parse(text).is_err(), "{text}");
    }
}
