//! Statements of many reports joined into claims and utterances, each joint with its reasons as words of both texts.
//!
//! Not here: who holds a claim, on how many origins it rests, and what is true.

mod amount;
mod assign;
mod claim;
mod compare;
mod features;
mod keys;
mod links;
mod merge;
mod parts;
mod place;
mod proposition;
mod reports;
mod speaker;
mod statement;
mod stem;
mod store;
mod utterance;
mod vector;

pub use amount::Amount;
pub use assign::{Assignment, Joining, Placement, Thresholds, assign, main_claim, relink};
pub use claim::{Claim, Event, Representative};
pub use compare::{Comparer, Comparison, Reason, ReasonKind, Verdict};
pub use keys::ClaimKey;
pub use links::{ClaimLink, ClaimLinkKind};
pub use merge::Merge;
pub use proposition::{Days, NoVectors, Proposition, PropositionInput, Shared, Stem, Tense, Vectors};
pub use reports::EventReport;
pub use statement::{Statement, StatementTools, Voice, statements};
pub use stem::{StemTable, TableError};
pub use store::{ClaimStore, LinkDecision, MemoryClaims};
pub use utterance::Utterance;

#[cfg(test)]
mod tests;
