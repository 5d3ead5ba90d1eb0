//! Revisions: two texts of one article beside each other. Which sentences stayed, moved, changed; what kind of change each is; which
//! attributions it touches; and whether the newer text says so. Not which of them is right, and not copies in other articles.
//!
//! [`compare`] takes two revisions in the order of their sequence. [`notes`] reads the notes of any article: corrections, clarifications,
//! withdrawals, updates, of itself or of another story.

mod align;
mod attributions;
mod classify;
mod diff;
mod note;
mod revising;
mod sentence;
#[cfg(test)]
mod tests;

pub use attributions::{AttributionChange, Fate, Touched};
pub use classify::ChangeClass;
pub use note::{Note, NoteKind, NoteOf, notes};
pub use revising::{Change, Noting, Place, Revising, compare};
