//! Reports that come one after the other: what is joined, what is kept apart, and what people decide.

use super::*;

/// The story of a call in six short reports.
fn story() -> Vec<Report> {
    use Act::{Affirm, Decline, Deny};
    vec![
        report(
            "post",
            Some("2031-03-03"),
            &[(
                "|People familiar with the matter| said <that President Orsk spoke to Vask by telephone on Thursday and warned him not to close the port of Lenn>.",
                Affirm,
            )],
        ),
        report(
            "wire",
            Some("2031-03-03"),
            &[("President Orsk and Vask spoke by telephone on Thursday, the Post reported.", Affirm)],
        ),
        report(
            "courier",
            Some("2031-03-04"),
            &[
                (
                    "|Arno Dellen| denied <that a telephone conversation between President Orsk and Vask took place>.",
                    Deny,
                ),
                ("|Arno Dellen| called the report <pure fiction>.", Deny),
            ],
        ),
        report(
            "herald",
            Some("2031-03-04"),
            &[
                ("Vask and President Orsk are said to have talked by telephone.", Affirm),
                ("<This is simply false information>, said |spokesman Arno Dellen|.", Deny),
            ],
        ),
        report(
            "gazette",
            Some("2031-03-05"),
            &[(
                "|The bakers' guild| said <that the price of bread in Sorrel would rise by a tenth in autumn>.",
                Affirm,
            )],
        ),
        report(
            "mirror",
            None,
            &[("|Ines Maro| declined to say <whether President Orsk had spoken to Vask by telephone>.", Decline)],
        ),
    ]
}

fn linked(
    tools: &Tools,
    decisions: &[(StatementId, StatementId, LinkDecision)],
    turn: usize,
) -> (Vec<Vec<Statement>>, MemoryClaims, Vec<Assignment>) {
    let reports: Vec<Vec<Statement>> = story().iter().map(|report| tools.statements(report)).collect();
    let mut shuffled = reports.clone();
    shuffled.rotate_left(turn);
    let (store, assignments) = relink(shuffled, decisions, &tools.comparer, Thresholds::default());
    (reports, store, assignments)
}

use onrecord_evidence::StatementId;

#[test]
fn a_call_is_one_claim_whatever_the_act() {
    let tools = Tools::shipped();
    let (reports, store, assignments) = linked(&tools, &[], 0);
    let claim = |report: usize, statement: usize| store.claim_of(reports[report][statement].id);
    assert_eq!(reports[0].len(), 2, "called, and warned");
    let call = claim(0, 0);
    assert!(call.is_some());
    for report in [1, 2, 3, 5] {
        assert_eq!(claim(report, 0), call, "{}", reports[report][0].words(&story()[report].text));
    }
    assert_eq!(claim(2, 1), call, "the fiction is what the sentence before it says");
    assert_ne!(claim(0, 1), call, "the warning is another claim");
    assert_ne!(claim(4, 0), call);
    let links: Vec<_> = assignments.iter().flat_map(|one| &one.links).collect();
    assert_eq!(links.len(), 1);
    assert_eq!(
        (links[0].kind, Some(links[0].from), Some(links[0].to)),
        (ClaimLinkKind::Presupposes, claim(0, 1), call)
    );
    let events: Vec<usize> = store.events().map(|event| event.reports as usize).collect();
    assert_eq!(events.iter().sum::<usize>(), 6);
    assert_eq!(events.len(), 2);
}

#[test]
fn one_saying_in_two_wordings_is_one_utterance() {
    let tools = Tools::shipped();
    let (reports, _, assignments) = linked(&tools, &[], 0);
    let utterance = |statement: &Statement| {
        assignments.iter().flat_map(|one| &one.placements).find(|one| one.statement == statement.id).unwrap().utterance
    };
    let denial = utterance(&reports[2][0]);
    assert!(denial.is_some());
    assert_eq!(utterance(&reports[2][1]), denial);
    assert_eq!(utterance(&reports[3][1]), denial);
    assert_ne!(utterance(&reports[5][0]), denial);
    assert_eq!(utterance(&reports[1][0]), None);
}

#[test]
fn relinking_does_not_depend_on_the_order_of_arrival() {
    let tools = Tools::shipped();
    let (_, store, assignments) = linked(&tools, &[], 0);
    for turn in 1..6 {
        let (_, other, others) = linked(&tools, &[], turn);
        assert_eq!(assignments, others);
        assert_eq!(store.claims().collect::<Vec<_>>(), other.claims().collect::<Vec<_>>());
    }
}

#[test]
fn decisions_are_obeyed() {
    let tools = Tools::shipped();
    let (reports, store, _) = linked(&tools, &[], 0);
    let (post, herald, bread) = (reports[0][0].id, reports[3][0].id, reports[4][0].id);
    assert_eq!(store.claim_of(post), store.claim_of(herald));
    let apart = [(post, herald, LinkDecision::CannotLink)];
    let (_, store, _) = linked(&tools, &apart, 0);
    assert_ne!(store.claim_of(post), store.claim_of(herald));
    let together = [(herald, bread, LinkDecision::MustLink)];
    let (_, store, assignments) = linked(&tools, &together, 0);
    assert_eq!(store.claim_of(bread), store.claim_of(herald));
    let placement = assignments.iter().flat_map(|one| &one.placements).find(|one| one.statement == bread).unwrap();
    assert_eq!((placement.joining, placement.reasons[0].kind), (Joining::Decided, ReasonKind::Decision));
}

#[test]
fn what_is_kept_survives_keeping() {
    let tools = Tools::shipped();
    let statement = &tools.statements(&story()[0])[0];
    let text = format!("{:?}", statement.proposition);
    assert!(text.contains("telephon"));
    let digits = statement.proposition.vector.as_ref().unwrap().to_bytes();
    assert_eq!(digits.len(), 384);
}
