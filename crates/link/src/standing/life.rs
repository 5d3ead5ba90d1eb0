//! Whether a claim is still the one to go by: a field beside standing. One function for every surface.

use jiff::{Timestamp, ToSpan as _};
use onrecord_annotate::Act;
use onrecord_evidence::Time;
use serde::Serialize;

use crate::position::{ClaimKey, ClaimKind, ClaimRecord, Evidence, LinkKind, Stance};

use super::neighbours::{Neighbours, Seen};

/// The life of a claim at a time. Declines, no-replies and non-denials do not change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "life")]
pub enum Life {
    /// Nothing on record has taken its place.
    Current,
    /// A later figure of the same claimant has taken its place.
    Superseded {
        /// The claim that did.
        by: ClaimKey,
        /// The words.
        evidence: Vec<Evidence>,
    },
    /// Who had said it gave another in its place, or corrected it.
    CorrectedBy {
        /// The claim given in its place, where there is one.
        by: Option<ClaimKey>,
        /// The words.
        evidence: Vec<Evidence>,
    },
    /// The state has ended.
    Ended {
        /// The claim that says so.
        by: ClaimKey,
        /// The words.
        evidence: Vec<Evidence>,
    },
    /// A state that was last affirmed then, and may have ended since.
    LastSeen {
        /// The last moment at which it was affirmed.
        at: Timestamp,
        /// The words of what may have ended it, and of who affirmed it last.
        evidence: Vec<Evidence>,
    },
}

impl Life {
    /// The words for it, without its time.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Superseded { .. } => "superseded",
            Self::CorrectedBy { .. } => "corrected",
            Self::Ended { .. } => "ended",
            Self::LastSeen { .. } => "last seen",
        }
    }

    /// The rule; permanent, in kebab case.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Current => "nothing-took-its-place",
            Self::Superseded { .. } => "later-figure-of-the-claimant",
            Self::CorrectedBy { .. } => "corrected-by-who-said-it",
            Self::Ended { .. } => "a-claim-that-ends-it",
            Self::LastSeen { .. } => "not-affirmed-since",
        }
    }
}

/// The life of a claim as of a time, or at the end of what is on record.
///
/// First match: corrected, ended, superseded, last seen, current. A link counts where the other claim is on record by then and not every
/// origin of it was withdrawn; of a claim that is not among `others` its link is believed. A state counts as last seen where something may
/// have ended it since, or where it was not affirmed for more than a day before `as_of`.
pub fn life(claim: &ClaimRecord, others: &Neighbours<'_>, as_of: Option<&Time>) -> Life {
    life_of(&Seen::new(claim, as_of, Vec::new()), others, as_of)
}

pub(super) fn life_of(seen: &Seen<'_>, others: &Neighbours<'_>, as_of: Option<&Time>) -> Life {
    let linked = |kind: LinkKind| {
        let links = seen.record.links.iter().filter(|link| link.kind == kind && holds(&link.other, others, as_of));
        links.min_by_key(|link| (link.at.as_ref().map(Time::latest), &link.other, &link.evidence))
    };
    if let Some(link) = linked(LinkKind::CorrectedBy) {
        return Life::CorrectedBy { by: Some(link.other.clone()), evidence: link.evidence.clone() };
    }
    let held = || seen.positions.parties.iter().flat_map(|position| &position.current);
    let corrected = held().find(|held| held.act == Act::Correct && held.stance == Stance::TakesBack);
    if let Some(corrected) = corrected.filter(|_| seen.origins().all_withdrawn()) {
        return Life::CorrectedBy { by: None, evidence: corrected.evidence.clone() };
    }
    if let Some(link) = linked(LinkKind::EndedBy) {
        return Life::Ended { by: link.other.clone(), evidence: link.evidence.clone() };
    }
    if let Some(link) = linked(LinkKind::SupersededBy) {
        return Life::Superseded { by: link.other.clone(), evidence: link.evidence.clone() };
    }
    let affirmed = held().filter(|held| held.stance == Stance::Affirms);
    let last = affirmed.max_by_key(|held| (held.latest, &held.utterance));
    let Some((last, at)) = last.and_then(|held| Some((held, held.latest?))) else { return Life::Current };
    let may_end = linked(LinkKind::MayBeEndedBy);
    let since = as_of.zip(at.checked_add(24.hours()).ok()).is_some_and(|(as_of, day_later)| as_of.latest() > day_later);
    if may_end.is_some() || (seen.record.kind == ClaimKind::State && since) {
        let ending = may_end.into_iter().flat_map(|link| &link.evidence);
        return Life::LastSeen { at, evidence: ending.chain(&last.evidence).cloned().collect() };
    }
    Life::Current
}

/// Whether a claim is on record and stood by.
fn holds(claim: &ClaimKey, others: &Neighbours<'_>, as_of: Option<&Time>) -> bool {
    let Some(record) = others.get(claim) else { return true };
    let seen = Seen::new(record, as_of, Vec::new());
    !seen.record.utterances.is_empty() && !seen.origins().all_withdrawn()
}
