//! Statements whose words only refer: a refusal to say, an answer that did not come, a quotation that says a denial again. They are put to what
//! they refer to. Not the comparison of what statements say.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::Act;
use onrecord_evidence::{ClaimId, StatementId};

use super::act::first_sentence;
use super::party::Speakers;
use super::untrue::judges_the_told;
use crate::Report;
use crate::claims::{Joining, Statement, Voice};

/// How far back a quotation says again what was reported, in statements.
const SAYS_AGAIN: usize = 4;

/// Statements at the head of a report that say what it is about.
const HEAD: usize = 6;

/// Where statements were put.
pub(super) type Placed = BTreeMap<StatementId, (ClaimId, Joining)>;

/// Puts the referring statements of every report, in text order, to the claims that they refer to.
///
/// - Who will not say, does not answer or cannot confirm speaks of what the report is mainly about, where the words name nothing that
///   anybody affirms.
/// - A denial of what nobody affirms says again what the same party denied just before; without such a one, and without names of its own,
///   it is of what the report is mainly about.
/// - Who says that it took place speaks of what was told just before.
/// - "This is false", "The rumours were untrue" in the outlet's own voice judge what the report is mainly about.
pub(super) fn refer(reports: &[&Report], statements: &[Vec<Statement>], speakers: &Speakers, placed: &mut Placed) {
    let mut affirmed: BTreeMap<ClaimId, BTreeSet<usize>> = BTreeMap::new();
    let mut credited: BTreeSet<ClaimId> = BTreeSet::new();
    for (index, (report, found)) in reports.iter().zip(statements).enumerate() {
        for one in found.iter().filter(|one| affirms(one, report)) {
            if let Some((claim, _)) = placed.get(&one.id) {
                affirmed.entry(*claim).or_default().insert(index);
                if one.voice != Voice::Own {
                    credited.insert(*claim);
                }
            }
        }
    }
    for (report, found) in reports.iter().zip(statements) {
        let main = main_claim(found, placed, &affirmed);
        let affirmed_elsewhere = |claim: &ClaimId| affirmed.get(claim).is_some_and(|reports| reports.len() > 1);
        let affirmed = |claim: &ClaimId| affirmed.contains_key(claim);
        for (index, one) in found.iter().enumerate() {
            let put = placed.get(&one.id).copied();
            // A person's decision stands above the rule.
            if put.is_some_and(|(_, joining)| joining == Joining::Decided) {
                continue;
            }
            let is_affirmed = put.is_some_and(|(claim, _)| affirmed(&claim));
            // What the outlet says by the way in its own voice is not what somebody is asked about.
            let is_asked = put.is_some_and(|(claim, _)| credited.contains(&claim));
            let refers = put.is_none_or(|(_, joining)| joining == Joining::RefersBack);
            let to = match one.act {
                Some(Act::Decline | Act::NoReply | Act::NonDenial | Act::CouldNotVerify) if refers || !is_asked => main,
                Some(Act::DoesNotKnow | Act::Retract) if put.is_none() || !is_asked => main,
                Some(Act::Deny | Act::RejectPremise) if !is_affirmed => {
                    let before = &found[index.saturating_sub(SAYS_AGAIN)..index];
                    let again = before.iter().rev().find(|other| {
                        let denies = matches!(other.act, Some(Act::Deny | Act::RejectPremise));
                        denies && is_one_party(report, one, other, speakers)
                    });
                    let again = again.and_then(|other| placed.get(&other.id)).map(|(claim, _)| *claim);
                    let first = first_sentence(&one.words(&report.text)).trim().len();
                    let end = one.ranges.first().map_or(0, |range| range.start as usize + first);
                    let in_first = |at: u32| (at as usize) < end;
                    let nameless = !one
                        .proposition
                        .stems
                        .iter()
                        .any(|stem| stem.name && !is_day(&stem.text) && in_first(stem.range.start));
                    again.filter(|claim| affirmed(claim)).or_else(|| main.filter(|_| nameless))
                }
                Some(Act::Affirm)
                    if put.is_none_or(|(claim, _)| !affirmed_elsewhere(&claim)) && upholds(one, report) =>
                {
                    let before = found[index.saturating_sub(SAYS_AGAIN)..index].iter().rev();
                    let last = before.filter_map(|other| placed.get(&other.id)).map(|(claim, _)| *claim).find(affirmed);
                    last.or(main)
                }
                None if judges(one, report) => main,
                _ => None,
            };
            if let Some(to) = to {
                placed.insert(one.id, (to, Joining::RefersBack));
            }
        }
    }
}

/// Whether the words only say that it is so: "that it took place", "that the call happened".
fn upholds(one: &Statement, report: &Report) -> bool {
    const SO: &[&str] = &[
        "took place",
        "happened",
        "was true",
        "is true",
        "occurred",
        "stand by",
        "stands by",
        "was accurate",
        "is accurate",
        "was right",
    ];
    let said = first_sentence(&one.words(&report.text)).to_lowercase();
    said.split_whitespace().nth(MOST_UPHOLDING).is_none() && SO.iter().any(|so| said.contains(so))
}

/// Words of a statement that only says that it is so.
const MOST_UPHOLDING: usize = 10;

/// Whether the stem of a name is one of the calendar.
pub(super) fn is_day(stem: &str) -> bool {
    stem.ends_with("day")
        || matches!(
            stem,
            "januar"
                | "february"
                | "march"
                | "april"
                | "june"
                | "july"
                | "august"
                | "september"
                | "october"
                | "november"
                | "december"
        )
}

/// Whether a statement says that something is so: no refusal, no question, no headline that only credits others.
fn affirms(one: &Statement, report: &Report) -> bool {
    matches!(one.act, None | Some(Act::Affirm | Act::AcceptResponsibility))
        && !one.proposition.is_question
        && !only_credits(one, report)
        && !judges(one, report)
}

/// Whether the outlet itself judges what was told.
fn judges(one: &Statement, report: &Report) -> bool {
    one.voice == Voice::Own && !one.proposition.is_question && judges_the_told(first_sentence(&one.words(&report.text)))
}

/// Whether a headline holds the content of an attribution: then it is not the outlet that says it.
pub(super) fn only_credits(one: &Statement, report: &Report) -> bool {
    one.voice == Voice::Headline
        && one.ranges.iter().any(|range| {
            let contents = report.records.iter().flat_map(|record| &record.content);
            contents.into_iter().any(|content| range.contains(content.range()))
        })
}

/// What the report is mainly about: of the claims that its first statements affirm, the one that most reports affirm, and of these the first.
fn main_claim(found: &[Statement], placed: &Placed, affirmed: &BTreeMap<ClaimId, BTreeSet<usize>>) -> Option<ClaimId> {
    let mut best: Option<(usize, ClaimId)> = None;
    for claim in found.iter().filter_map(|one| placed.get(&one.id)).map(|(claim, _)| *claim).take(HEAD) {
        let Some(reports) = affirmed.get(&claim).map(BTreeSet::len) else { continue };
        if best.is_none_or(|(most, _)| reports > most) {
            best = Some((reports, claim));
        }
    }
    best.map(|(_, claim)| claim)
}

fn is_one_party(report: &Report, one: &Statement, other: &Statement, speakers: &Speakers) -> bool {
    let party = |statement: &Statement| {
        let attribution = statement.attribution?;
        let record = report.records.iter().find(|record| record.id == attribution)?;
        Some(speakers.get(report, record)?.view.party.clone())
    };
    party(one).is_some_and(|one| party(other) == Some(one))
}
