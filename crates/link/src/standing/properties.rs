//! What holds of every record, however odd.

use onrecord_annotate::{Act, Commitment};
use onrecord_evidence::Time;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::origin::{Origins, origins};
use crate::position::sample::{claim, evidence, revision, time};
use crate::position::{
    ClaimRecord, Hanging, HangingKind, HangsOn, NewsroomKey, PartyKey, Relay, RelayKind, Utterance, UtteranceKey,
};

const REPORTS: usize = 6;

/// Lines of a record with a few parties, newsrooms and reports, which hang on each other in any way.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let party = || select(vec!["people", "person", "seld", "haskar", "office", "mayor", "n0", "n1", "n2"]);
    let act = select(vec![
        "affirm",
        "affirm",
        "affirm",
        "deny",
        "decline",
        "retract",
        "correct",
        "partial-deny",
        "non-denial",
    ]);
    let kind = select(vec!["told", "told+basis", "repeated", "repeated+basis=n1", "own-voice", "observed", "document"]);
    let said = select(vec!["", "", " said=2031-03-05", " said=2031-03-07", " said=2031-03", " occasion=briefing"]);
    let utterance = (party(), act, 0..REPORTS, kind, 0..REPORTS, said, 0..12usize);
    let hanging = (0..REPORTS, select(vec!["derived", "either-way", "cites", "first"]), 0..REPORTS + 3);
    let utterances = proptest::collection::vec(utterance, 0..9);
    let hangings = proptest::collection::vec(hanging, 0..7);
    let extra = proptest::collection::vec(
        select(vec![
            "share u0 u1",
            "share u1 u2",
            "withdraws r1 2031-03-12",
            "withdraws r2 2031-03-12 for=u0",
            "withdraws r0 2031-03-10",
            "role haskar participant",
            "role office accused",
            "decides same u0 u2",
            "decides apart u0 u1",
            "decides not-hanging r1 r0",
            "allies a b",
        ]),
        0..4,
    );
    (utterances, hangings, extra).prop_map(|(utterances, hangings, extra)| {
        let mut lines = vec!["claim call event 2031-03-06".to_owned()];
        for report in 0..REPORTS {
            let out =
                ["2031-03-07T08:00Z", "2031-03-07T09:00Z", "2031-03-08", "undated", "2031-03-09T10:00Z", "2031-03-11"];
            lines.push(format!("report r{report} n{} {}", report / 2, out[report]));
        }
        for line in [
            "party people unnamed",
            "party person unnamed side=a",
            "party seld named speaks-for=haskar",
            "party office named side=a under=mayor",
            "party mayor named side=b",
            "party n0 outlet:n0",
            "party n1 outlet:n1",
            "party n2 outlet:n2",
        ] {
            lines.push(line.to_owned());
        }
        for (at, (party, act, first, kind, second, said, rests)) in utterances.into_iter().enumerate() {
            let rests = if rests < 3 { format!(" rests-on=u{rests}") } else { String::new() };
            lines.push(format!("u{at} {party} {act} in r{first}:{kind},r{second}{said}{rests}"));
        }
        for (from, kind, on) in hangings {
            let on = if on < REPORTS { format!("r{on}") } else { format!("newsroom:n{}", on - REPORTS) };
            lines.push(format!("hangs r{from} {kind} {on}"));
        }
        lines.extend(extra.into_iter().map(str::to_owned));
        lines
    })
}

fn record(lines: &[String]) -> ClaimRecord {
    claim(&lines.join("\n"))
}

fn stand(record: &ClaimRecord, as_of: Option<&Time>) -> Standing {
    standing(record, &Neighbours::default(), as_of)
}

/// A report that takes the passage of another one, published after all.
fn with_copy(record: &ClaimRecord, of: &Index) -> Option<ClaimRecord> {
    let relays: Vec<(usize, Relay)> = record
        .utterances
        .iter()
        .enumerate()
        .flat_map(|(at, utterance)| utterance.relays.iter().map(move |relay| (at, relay.clone())))
        .collect();
    if relays.is_empty() {
        return None;
    }
    let (at, relay) = &relays[of.index(relays.len())];
    let mut copied = record.clone();
    let mut report = record.reports.iter().find(|report| report.revision == relay.report)?.clone();
    report.article = evidence("copy", "x").article;
    report.revision = revision("copy");
    report.newsroom = NewsroomKey::new("copyist");
    // The copy of an undated report has no date either: a date would be news.
    report.published = report.published.map(|_| time("2031-03-13T00:00Z"));
    report.observed = time("2032-01-01");
    report.withdrawals.clear();
    copied.reports.push(report);
    copied.utterances[*at].relays.push(Relay { report: revision("copy"), ..relay.clone() });
    copied.hangings.push(Hanging {
        report: revision("copy"),
        utterances: Vec::new(),
        on: HangsOn::Report(relay.report),
        kind: HangingKind::Derived,
        evidence: vec![evidence("copy", "the passage")],
    });
    Some(copied)
}

fn range(origins: &Origins) -> (usize, usize) {
    (origins.least, origins.unknown)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_input_does_not_matter(lines in lines(), seed in any::<u64>()) {
        let record = record(&lines);
        let mut turned = record.clone();
        let turn = |len: usize| if len == 0 { 0 } else { (seed % len as u64) as usize };
        turned.utterances.reverse();
        let at = turn(turned.utterances.len());
        turned.utterances.rotate_left(at);
        for utterance in &mut turned.utterances {
            utterance.relays.reverse();
        }
        let at = turn(turned.hangings.len());
        turned.hangings.rotate_left(at);
        turned.reports.reverse();
        turned.parties.reverse();
        turned.roles.reverse();
        turned.sharings.reverse();
        turned.decisions.reverse();
        for report in &mut turned.reports {
            report.withdrawals.reverse();
        }
        prop_assert_eq!(stand(&record, None), stand(&turned, None));
        let then = time("2031-03-09");
        prop_assert_eq!(stand(&record, Some(&then)), stand(&turned, Some(&then)));
    }

    #[test]
    fn a_copy_never_raises_the_least_number_of_origins(lines in lines(), of in any::<Index>()) {
        let record = record(&lines);
        if let Some(copied) = with_copy(&record, &of) {
            let (before, after) = (origins(&record, None), origins(&copied, None));
            prop_assert!(after.least <= before.least, "{before:#?}\n{after:#?}");
            prop_assert!(after.least + after.unknown <= before.least + before.unknown, "{before:#?}\n{after:#?}");
        }
    }

    #[test]
    fn a_decline_never_changes_standing(lines in lines(), at in 0..REPORTS, act in 0..5usize, party in 0..4usize) {
        let before = record(&lines);
        let acts = [Act::Decline, Act::NoReply, Act::NonDenial, Act::DoesNotKnow, Act::CouldNotVerify];
        let mut after = before.clone();
        after.utterances.push(Utterance {
            key: UtteranceKey::new("late"),
            party: PartyKey::new(["seld", "haskar", "office", "people"][party]),
            act: acts[act],
            commitment: Commitment::Unknown,
            said: Some(time("2031-03-20")),
            occasion: None,
            answers: Vec::new(),
            rests_on: None,
            relays: vec![Relay {
                report: revision(&format!("r{at}")),
                kind: RelayKind::Told,
                credits: None,
                basis: None,
                nearness: None,
                evidence: vec![evidence(&format!("r{at}"), "declined to comment")],
            }],
        });
        let (before, after) = (stand(&before, None), stand(&after, None));
        prop_assert_eq!(before.word, after.word);
        prop_assert_eq!(before.by_rule, after.by_rule);
        prop_assert_eq!(before.denials, after.denials);
        prop_assert_eq!(before.life, after.life);
        prop_assert_eq!(range(&before.origins), range(&after.origins));
    }

    #[test]
    fn what_comes_later_does_not_change_what_was_on_record(lines in lines(), of in any::<Index>()) {
        let mut record = record(&lines);
        // An utterance that was made by then and told later stands with its later reports; here none says when it was made.
        for utterance in &mut record.utterances {
            utterance.said = None;
        }
        let then = time("2031-03-12T12:00Z");
        if let Some(copied) = with_copy(&record, &of) {
            prop_assert_eq!(stand(&record, Some(&then)), stand(&copied, Some(&then)));
        }
    }

    #[test]
    fn every_standing_has_its_rule_and_its_words(lines in lines()) {
        let found = stand(&record(&lines), None);
        prop_assert!(reason(found.by_rule.rule).is_some());
        prop_assert_eq!(found.by_rule.evidence.is_empty(), found.by_rule.rule == "nobody-affirms", "{:#?}", found);
        for branch in &found.origins.tree {
            prop_assert!(reason(branch.rule).is_some());
        }
        for held in found.positions.parties.iter().flat_map(|position| &position.history) {
            prop_assert!(reason(held.rule).is_some() && !held.evidence.is_empty());
        }
    }

    #[test]
    fn the_counts_are_those_of_the_origins(lines in lines()) {
        let found = origins(&record(&lines), None);
        let least = found.origins.iter().filter(|origin| origin.count == crate::origin::OriginCount::Counted).count();
        prop_assert_eq!(least, found.least);
        prop_assert!(found.tree.iter().all(|branch| branch.hangs_on.is_none_or(|on| on < found.tree.len())));
        prop_assert!(found.tree.iter().all(|branch| !branch.rule.is_empty() && !branch.evidence.is_empty()));
    }
}
