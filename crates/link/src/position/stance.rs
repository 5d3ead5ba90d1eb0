//! What an act does to a party's position. One function for every surface.

use onrecord_annotate::Act;
use serde::{Deserialize, Serialize};

/// What a saying does to a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// The party holds the claim.
    Affirms,
    /// The party denies the claim or what it takes for granted.
    Denies,
    /// The party takes back what it had said on it.
    TakesBack,
    /// It takes no stand, and leaves that which was taken: a decline, no-reply or non-denial does not withdraw a denial.
    Open,
}

impl Stance {
    /// The stance of an act. `held_before` says whether the party had held the claim: who corrects a claim that it held takes it back,
    /// who corrects without having held it gives this one in the place of another.
    pub const fn of(act: Act, held_before: bool) -> Self {
        match act {
            Act::Affirm | Act::AcceptResponsibility => Self::Affirms,
            Act::Deny | Act::PartialDeny | Act::RejectPremise | Act::DenyResponsibility => Self::Denies,
            Act::Retract => Self::TakesBack,
            Act::Correct if held_before => Self::TakesBack,
            Act::Correct => Self::Affirms,
            Act::Decline
            | Act::NoReply
            | Act::NonDenial
            | Act::DoesNotKnow
            | Act::CouldNotVerify
            | Act::Question
            | Act::Condition => Self::Open,
        }
    }

    /// Whether a stand is taken.
    pub const fn is_taken(self) -> bool {
        !matches!(self, Self::Open)
    }
}
