//! Citing: by which words an article hangs a statement on another outlet's report, which article of that outlet it means, in how many
//! steps, and where reports cite each other in a circle. Not copying, which needs no citing words, and not the count of origins.
//!
//! [`citings`] reads one article; [`outlet_of`] says which outlet of the ledger a name means and [`cited_article`] which article, both by
//! what a [`CitedStore`] holds; [`CitingGraph`] follows the edges of a claim's reports. Adding an article asks for its own edges and for
//! those of the articles that named its outlet, no others.

mod anaphor;
mod context;
mod cover;
mod find;
mod graph;
mod kind;
mod masthead;
mod mention;
mod name;
mod own;
mod pattern;
mod resolve;
#[cfg(test)]
mod tests;
mod token;

pub use find::{Citings, citings};
pub use graph::{Chain, CitingCircle, CitingGraph, Returning, Step};
pub use kind::{Cited, Citing, CitingKind, Named};
pub use masthead::{Identity, Masthead, OutletFinding, OutletNames, disowned, outlet_of};
pub use name::{folded, outlet_keys};
pub use resolve::{ArticleFinding, CandidateArticle, CitedStore, Ground, Ranked, cited_article};
