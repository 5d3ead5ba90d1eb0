//! Figures across articles: how two of them stand to each other, and the series of each claimant.
//!
//! Not here: reading figures from words (`onrecord_annotate::figures`), and which party a role is; the caller passes that in. One function
//! compares; every surface calls it.

mod classes;
mod compare;
mod ends;
mod facet;
mod figure_claim;
mod series;

#[cfg(test)]
mod tests;

pub use classes::{Outcome, PeopleGroup};
pub use compare::{Comparison, Direction, Relation, compare};
pub use ends::{End, Ends};
pub use facet::Facet;
pub use figure_claim::{FigureClaim, FigureContext, NotInWords, PlaceScope, Window};
pub use series::{Series, SeriesStep, series};
