//! Independent origins of a claim: how many chains of reports end where, as a range, with the tree of which report hangs on which and by
//! which words.
//!
//! Not here: finding the copies and the citing words, and judging whether an origin is right. One function counts; every surface calls it.

mod count;
mod first;
mod group;
mod tree;

#[cfg(test)]
mod tests;

pub use count::{Origin, OriginCount, OriginKind, Origins, origins};
pub use first::{Doubt, FirstAppearance, first_appearance};
pub use tree::{Branch, Circle, End};

pub(crate) use count::count;
