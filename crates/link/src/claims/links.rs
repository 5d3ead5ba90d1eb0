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
    "call", "phon", "telephon", "spok", "speak", "talk", "met", "meet", "conversation", "summit", "interview", "visit", "wrot", "letter",
];
/// Stems of words for what is said in it.
const SAYINGS: &[&str] = &[
    "warn", "told", "tell", "said", "say", "urg", "ask", "threaten", "agre", "offer", "discuss", "promis", "refus", "advis", "demand", "propos", "insist",
    "appeal", "assur",
];

/// The links that the statements of one report show, by claims, each once.
pub(super) fn links(statements: &[Statement], placements: &[Placement]) -> Vec<ClaimLink> {
    let mut found = BTreeSet::new();
    for (pair, placed) in statements.windows(2).zip(placements.windows(2)) {
        let compound = pair[0].attribution.is_some() && pair[0].attribution == pair[1].attribution;
        let (Some(first), Some(second)) = (placed[0].claim, placed[1].claim) else { continue };
        if !compound || first == second {
            continue;
        }
        let has = |statement: &Statement, list: &[&str]| {
            statement.proposition.stems.iter().any(|stem| list.contains(&stem.text.as_str()))
        };
        let kind = if has(&pair[0], TALKS) && has(&pair[1], SAYINGS) {
            ClaimLinkKind::Presupposes
        } else {
            ClaimLinkKind::PartOf
        };
        found.insert(ClaimLink {
            from: second,
            kind,
            to: first,
            from_statement: pair[1].id,
            to_statement: pair[0].id,
        });
    }
    found.into_iter().collect()
}
