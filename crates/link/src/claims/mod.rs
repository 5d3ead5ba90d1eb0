//! Statements of many reports joined into claims and utterances, each joint with its reasons as words of both texts.
//!
//! A report's [`statements`] are the contents of its attributions and the first sentences in its own voice. [`assign`] first finds the **event** of the
//! report: the mean of [`Comparer::report_score`] against the reports that stand for an event, the best event above a threshold, else a new one. Then each
//! statement is put to the **claim** to whose representatives its mean [`Comparer::score`] is highest, if it is high enough; claims of another event need
//! more. What only judges or refers ("pure fiction", "the report") goes to the claim of the statement before it. At last, claims of the event that
//! came near to each other are merged.
//!
//! Articles are joined where they are of one event; more strictly, where their [`main_claim`]s are one claim.
//!
//! An assignment depends on what came before it. What another order of arrival changes: which statement founds a claim and gives it its id, which ones
//! stand for it, and so, near the thresholds, what is joined. [`relink`] takes all reports in the order of date and id and does not depend on it; reports
//! that arrive in that order are assigned as it assigns them. Without dates the order is that of ids.
//!
//! Work is bounded for each report: at most 170 statements, 16 events of 6 reports, 80 claims of 4 representatives for each statement, however many there are.
//!
//! Not here: who holds a claim, on how many origins it rests, and what is true.

mod amount;
mod assign;
mod claim;
mod clause;
mod compare;
mod features;
mod keys;
mod kinds;
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
mod topic;
mod trees;
mod utterance;
mod vector;

pub use amount::Amount;
pub use assign::{Assignment, Joining, Placement, Thresholds, assign, main_claim, relink};
pub use claim::{Claim, Event, Representative};
pub use compare::{Comparer, Comparison, Reason, ReasonKind, Verdict};
pub use keys::ClaimKey;
pub(crate) use kinds::Kinds;
pub use links::{ClaimLink, ClaimLinkKind};
pub use merge::Merge;
pub use proposition::{Days, NoVectors, Proposition, PropositionInput, Shared, Stem, Tense, Vectors};
pub use reports::EventReport;
pub use statement::{Statement, StatementTools, Voice, statement_ids, statements};
pub use stem::{StemTable, TableError};
pub use store::{ClaimStore, LinkDecision, MemoryClaims};
pub use topic::relate;
pub use utterance::Utterance;

#[cfg(test)]
mod tests;
