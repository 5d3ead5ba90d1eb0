//! Links between claims that one report shows: what a compound content says together. Not the joining of statements into claims.

use std::collections::BTreeSet;

use onrecord_evidence::{ClaimId, StatementId};
use serde::{Deserialize, Serialize};

use super::assign::Placement;
use super::statement::Statement;

/// How one claim hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimLinkKind {
    /// The first can only be so if the second is: what was said in a call, and the call.
    Presupposes,
    /// Both are parts of one content: "called and left".
    PartOf,
}

/// A link between two claims, with the statements that show it. Claims of one event are linked by their event, not by this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimLink {
    /// The claim that hangs.
    pub from: ClaimId,
    /// How.
    pub kind: ClaimLinkKind,
    /// On which claim.
    pub to: ClaimId,
    /// The statement of the first.
    pub from_statement: StatementId,
    /// The statement of the second.
    pub to_statement: StatementId,
}

/// Stems of words for a meeting of minds, in which something is then said.
const TALKS: &[&str] = &[
    "call",
    "phon",
    "telephon",
    "spok",
    "speak",
    "talk",
    "met",
    "meet",
    "conversation",
    "summit",
    "interview",
    "visit",
    "wrot",
    "letter",
];
/// Stems of words for what is said in it.
const SAYINGS: &[&str] = &[
    "warn", "told", "tell", "said", "say", "urg", "ask", "threaten", "agre", "offer", "discuss", "promis", "refus",
    "advis", "demand", "propos", "insist", "appeal", "assur",
];

/// The links that the statements of one report show, by claims, each once.
pub(super) fn links(statements: &[Statement], placements: &[Placement]) -> Vec<ClaimLink> {
    let mut found = BTreeSet::new();
    let placed: Vec<(&Statement, ClaimId)> =
        statements.iter().zip(placements).filter_map(|(one, placement)| Some((one, placement.claim?))).collect();
    for pair in placed.windows(2) {
        let [(first, to), (second, from)] = *pair else { continue };
        if first.attribution.is_some() && first.attribution == second.attribution && first.part != second.part {
            let said = has(first, TALKS) && has(second, SAYINGS);
            let kind = if said { ClaimLinkKind::Presupposes } else { ClaimLinkKind::PartOf };
            add(&mut found, (second, from), kind, (first, to));
        }
    }
    // "He warned him in the call", and elsewhere in the report the call.
    let calls: Vec<(&Statement, ClaimId)> = placed
        .iter()
        .filter(|(one, _)| has(one, TALKS) && !has(one, SAYINGS) && !one.proposition.is_thin())
        .copied()
        .collect();
    for (said, from) in placed.iter().filter(|(one, _)| has(one, TALKS) && has(one, SAYINGS)) {
        let of_it = calls.iter().filter(|(call, to)| to != from && shares_name(said, call));
        let nearest = of_it.min_by_key(|(call, _)| (call.order.abs_diff(said.order), call.order));
        if let Some(call) = nearest {
            add(&mut found, (said, *from), ClaimLinkKind::Presupposes, *call);
        }
    }
    found.into_iter().collect()
}

fn add(found: &mut BTreeSet<ClaimLink>, from: (&Statement, ClaimId), kind: ClaimLinkKind, to: (&Statement, ClaimId)) {
    let known = found.iter().any(|link| (link.from, link.kind, link.to) == (from.1, kind, to.1));
    if from.1 != to.1 && !known {
        found.insert(ClaimLink { from: from.1, kind, to: to.1, from_statement: from.0.id, to_statement: to.0.id });
    }
}

fn has(statement: &Statement, list: &[&str]) -> bool {
    statement.proposition.stems.iter().any(|stem| list.contains(&stem.text.as_str()))
}

fn shares_name(one: &Statement, other: &Statement) -> bool {
    let names = |statement: &'_ Statement| -> BTreeSet<String> {
        statement.proposition.stems.iter().filter(|stem| stem.name).map(|stem| stem.text.clone()).collect()
    };
    !names(one).is_disjoint(&names(other))
}
