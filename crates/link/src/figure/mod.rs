//! Figures across articles: how two of them stand to each other, and the series of each claimant.
//!
//! Not here: reading figures from words (`onrecord_annotate::figures`), and which party a role is; the caller passes that in. One function
//! compares; every surface calls it.

mod classes;
mod compare;
mod ends;
mod figure_claim;
mod series;

#[cfg(test)]
mod tests;

pub use classes::{Outcome, PeopleGroup};
pub use compare::{Comparison, Direction, Facet, Relation, compare};
pub use ends::{End, Ends};
pub use figure_claim::{FigureClaim, FigureContext, NotInWords, PlaceScope, Window};
pub use series::{Series, SeriesStep, series};
