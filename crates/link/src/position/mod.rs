//! Positions: what each party currently says on one claim, and what it said before, by the time of the utterance.
//!
//! The view of a claim that all rules share stands here too: [`ClaimRecord`] and its parts, plain data that a store fills in. Not
//! here: which attributions are one utterance and which utterances are one claim; that is decided before.

mod article;
mod claim;
mod party;
mod positions;
mod record_at;
mod report;
mod stance;
mod withdrawn;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use article::{ArticleStance, article_stance};
pub use claim::{
    Beside, ClaimKey, ClaimKind, ClaimLink, ClaimRecord, ClaimRole, Decision, LinkKind, NewsroomKey, PartyKey,
    PartyKind, PartyView, RestsOn, RoleKind, Ruling, Sharing, StandingWord, Utterance, UtteranceKey,
};
pub use party::Parties;
pub(crate) use positions::settle;
pub use positions::{DisputedAttribution, Held, PartyPosition, Positions, positions};
pub(crate) use record_at::reports;
pub use record_at::{on_record, uttered};
pub use report::{Basis, Evidence, Hanging, HangingKind, HangsOn, Relay, RelayKind, ReportView, Withdrawal};
pub use stance::Stance;
pub(crate) use withdrawn::Withdrawn;
