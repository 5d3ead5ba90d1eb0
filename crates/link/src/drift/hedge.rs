//! Hedges gained or lost on the way. One function; every surface calls it.

use onrecord_annotate::{Commitment, HedgedBy};
use onrecord_evidence::{RevisionId, Time};
use serde::{Deserialize, Serialize};

use crate::position::Evidence;

/// A hedge with its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HedgeWords {
    /// Whose it is.
    pub by: HedgedBy,
    /// The words.
    pub words: Evidence,
}

/// How one report words an utterance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The report.
    pub report: RevisionId,
    /// When it was out; `None` where nobody says.
    pub out: Option<Time>,
    /// How surely its words have it.
    pub commitment: Commitment,
    /// Its hedges.
    pub hedges: Vec<HedgeWords>,
    /// The words of the attribution.
    pub evidence: Vec<Evidence>,
}

/// What became of a hedge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HedgeChange {
    /// It stands at the origin and not in the copy: "allegedly" lost on the way.
    Lost(HedgeWords),
    /// It stands in the copy and not at the origin.
    Gained(HedgeWords),
    /// The same party hedges in other words.
    Reworded(HedgeWords, HedgeWords),
}

/// How a copy's wording differs from the origin's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// The copy.
    pub report: RevisionId,
    /// When it was out.
    pub out: Option<Time>,
    /// What became of the hedges, in order.
    pub changes: Vec<HedgeChange>,
    /// How surely the origin has it, and the copy.
    pub commitment: (Commitment, Commitment),
    /// Whether the copy has it more surely than the origin.
    pub is_surer: bool,
    /// The rule; permanent, in kebab case.
    pub rule: &'static str,
    /// The words of the origin, then those of the copy.
    pub evidence: Vec<Evidence>,
}

/// The copies whose hedges or commitment differ from the origin's, by time and report; undated ones last.
pub fn drift(origin: &Wording, copies: &[Wording], as_of: Option<&Time>) -> Vec<Drift> {
    let counts = |copy: &&Wording| match (&copy.out, as_of) {
        (Some(out), Some(as_of)) => out.is_by(as_of),
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let mut drifts: Vec<Drift> = copies
        .iter()
        .filter(counts)
        .filter(|copy| copy.report != origin.report)
        .filter_map(|copy| one(origin, copy))
        .collect();
    drifts.sort_by(|one, other| {
        let order = |drift: &Drift| {
            (
                drift.out.is_none(),
                drift.out.as_ref().map(Time::latest),
                drift.report,
                drift.changes.clone(),
                drift.evidence.clone(),
            )
        };
        order(one).cmp(&order(other))
    });
    drifts
}

fn one(origin: &Wording, copy: &Wording) -> Option<Drift> {
    let same = |one: &HedgeWords, other: &HedgeWords| one.by == other.by && folded(one) == folded(other);
    let (mut left, mut right) = (sorted(&origin.hedges), sorted(&copy.hedges));
    left.retain(|hedge| match right.iter().position(|other| same(hedge, other)) {
        Some(at) => {
            right.remove(at);
            false
        }
        None => true,
    });
    let mut changes = Vec::new();
    for hedge in left {
        changes.push(match right.iter().position(|other| other.by == hedge.by) {
            Some(at) => HedgeChange::Reworded(hedge, right.remove(at)),
            None => HedgeChange::Lost(hedge),
        });
    }
    changes.extend(right.into_iter().map(HedgeChange::Gained));
    changes.sort();
    let commitment = (origin.commitment, copy.commitment);
    if changes.is_empty() && commitment.0 == commitment.1 {
        return None;
    }
    let lost = changes.iter().any(|change| matches!(change, HedgeChange::Lost(_)));
    let gained = changes.iter().any(|change| matches!(change, HedgeChange::Gained(_)));
    let rule = match (lost, gained) {
        (true, true) => "hedge-exchanged",
        (true, false) => "hedge-lost",
        (false, true) => "hedge-gained",
        (false, false) if changes.is_empty() => "commitment-changed",
        (false, false) => "hedge-reworded",
    };
    let evidence = origin.evidence.iter().chain(&copy.evidence).cloned().collect();
    let is_surer = sureness(copy.commitment) > sureness(origin.commitment);
    Some(Drift { report: copy.report, out: copy.out.clone(), changes, commitment, is_surer, rule, evidence })
}

fn sorted(hedges: &[HedgeWords]) -> Vec<HedgeWords> {
    let mut hedges = hedges.to_vec();
    hedges.sort();
    hedges
}

fn folded(hedge: &HedgeWords) -> String {
    hedge.words.words.words().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

const fn sureness(commitment: Commitment) -> u8 {
    match commitment {
        Commitment::Certain => 3,
        Commitment::Probable => 2,
        Commitment::Possible => 1,
        Commitment::Unknown => 0,
    }
}
