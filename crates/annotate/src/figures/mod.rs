//! Figures of a text: how much of what, in which unit, within which bounds, and who did what to whom.
//!
//! Pure and linear: the table of words and the sentences are passed in, every look around a number is bounded. Not here: dates
//! and places (ranges of them only), which party an agent is, and whether two figures can be compared.
//!
//! The words decide and nothing is silently picked: what the words leave open stays open ([`Value::Vague`], an agent that is
//! `None`), what they leave in doubt is in [`Figure::others`] with a reason, and digits that are no number give a [`Diagnostic`](onrecord_evidence::Diagnostic).

mod age;
mod counted;
mod decimal;
mod figure;
mod find;
mod limits;
mod measured;
mod number;
mod order;
mod pair;
mod quantity;
mod roles;
mod scope;
mod sort;
mod table;
mod token;
mod words;

#[cfg(test)]
mod tests;

pub use decimal::{Decimal, NotDecimal};
pub use figure::{
    Bound, BoundKind, Counted, Figure, FigureKind, OtherReading, Roles, Scope, ScopeKind, Tally, TallyKind, Unit,
    Value, Voice,
};
pub use find::figures;
pub use table::FigureTable;
