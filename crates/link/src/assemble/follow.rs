//! What comes after a claim: a state that ends or may end, a figure that its own claimant gives in the place of another. Only where the words name
//! the same thing; not what is merely later.

use std::collections::BTreeSet;

use onrecord_annotate::Act;
use onrecord_evidence::Time;

use super::linked::LinkedClaim;
use super::names::words;
use super::refer::is_day;
use crate::figure::{Relation, compare};
use crate::position::{ClaimKind, Evidence, LinkKind, Parties, PartyKey, Stance, uttered};

/// Stems of holding a place.
const HOLDING: &[&str] = &[
    "captur", "seiz", "tak", "took", "taken", "hold", "held", "control", "occupi", "hand", "fell", "fallen", "remain",
];
/// Beginnings of words of getting a place back.
const BACK: &[&str] =
    &["recaptur", "retak", "retook", "regain", "restor", "liberat", "recover", "reclaim", "withdr", "reopen"];
/// Words before a place that keep short of it.
const NEAR: &[&str] = &["near", "outside", "around", "towards", "toward", "beyond", "above", "below", "off", "beside"];
/// Figures of a claim that are looked at.
const MOST_FIGURES: usize = 8;

/// How the second claim follows the first, from when, and by which words.
pub(super) fn follow(one: &LinkedClaim, later: &LinkedClaim) -> Option<(LinkKind, Option<Time>, Vec<Evidence>)> {
    corrects(one, later).or_else(|| ends(one, later))
}

fn affirms(claim: &LinkedClaim) -> bool {
    claim.record.utterances.iter().any(|one| Stance::of(one.act, false) == Stance::Affirms)
}

fn evidence(one: &LinkedClaim, later: &LinkedClaim) -> Vec<Evidence> {
    one.canonical.evidence.iter().chain(&later.canonical.evidence).cloned().collect()
}

/// "Positions restored near" a village may end that it is held; "recaptured" it ends it.
fn ends(one: &LinkedClaim, later: &LinkedClaim) -> Option<(LinkKind, Option<Time>, Vec<Evidence>)> {
    let is_held = |claim: &LinkedClaim| {
        let statements = claim.statements.iter().map(|one| &one.statement.proposition);
        statements.flat_map(|one| &one.stems).any(|stem| HOLDING.contains(&stem.text.as_str()))
    };
    if one.record.kind != ClaimKind::State || !is_held(one) || !affirms(later) || is_planned(later) {
        return None;
    }
    let names: BTreeSet<&str> = one
        .statements
        .iter()
        .flat_map(|one| &one.statement.proposition.stems)
        .filter(|stem| stem.name && !is_day(&stem.text))
        .map(|stem| stem.text.as_str())
        .collect();
    let all: Vec<String> = words(&later.canonical.text).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    if !all.iter().any(|word| BACK.iter().any(|back| word.starts_with(back))) {
        return None;
    }
    let place = all.iter().position(|word| names.iter().any(|name| name.len() >= 4 && word.starts_with(name)))?;
    let near = all[..place].iter().rev().take(2).any(|word| NEAR.contains(&word.as_str()));
    let (before, after) = (last(one)?, first(later)?);
    let at = later.record.reports.iter().map(|report| report.out()).min_by_key(|out| out.latest()).cloned();
    let kind = if near { LinkKind::MayBeEndedBy } else { LinkKind::EndedBy };
    (after > before).then(|| (kind, at, evidence(one, later)))
}

const fn is_planned(claim: &LinkedClaim) -> bool {
    matches!(claim.record.kind, ClaimKind::Intention | ClaimKind::Opinion)
}

fn last(claim: &LinkedClaim) -> Option<jiff::Timestamp> {
    let affirming = claim.record.utterances.iter().filter(|one| Stance::of(one.act, false) == Stance::Affirms);
    affirming.filter_map(|one| uttered(one, &claim.record)).map(|(_, latest)| latest).min()
}

fn first(claim: &LinkedClaim) -> Option<jiff::Timestamp> {
    let affirming = claim.record.utterances.iter().filter(|one| Stance::of(one.act, false) == Stance::Affirms);
    affirming.filter_map(|one| uttered(one, &claim.record)).map(|(_, latest)| latest).min()
}

/// The one who corrects or takes back a figure gives another one of the same in the same report.
fn corrects(one: &LinkedClaim, later: &LinkedClaim) -> Option<(LinkKind, Option<Time>, Vec<Evidence>)> {
    let (parties, others) = (Parties::of(&one.record), Parties::of(&later.record));
    let voice = |parties: &Parties<'_>, party: &PartyKey| parties.head(party);
    for taking in one.record.utterances.iter().filter(|one| matches!(one.act, Act::Correct | Act::Retract)) {
        let of = voice(&parties, &taking.party);
        let reports: BTreeSet<_> = taking.relays.iter().map(|relay| relay.report).collect();
        let given = later.record.utterances.iter().find(|given| {
            Stance::of(given.act, false) == Stance::Affirms
                && voice(&others, &given.party) == of
                && given.relays.iter().any(|relay| reports.contains(&relay.report))
        });
        let Some(given) = given else { continue };
        let pairs = one
            .figures
            .iter()
            .take(MOST_FIGURES)
            .flat_map(|a| later.figures.iter().take(MOST_FIGURES).map(move |b| compare(a, b)));
        let replaces =
            pairs.into_iter().find(|found| matches!(found.relation, Relation::Update(_) | Relation::Conflict));
        let Some(replaces) = replaces else { continue };
        let out = later
            .record
            .reports
            .iter()
            .find(|report| reports.contains(&report.revision))
            .map(|report| report.out().clone());
        let mut evidence = replaces.evidence;
        evidence.extend(given.relays.iter().flat_map(|relay| relay.evidence.iter().cloned()));
        return Some((LinkKind::CorrectedBy, out, evidence));
    }
    None
}
