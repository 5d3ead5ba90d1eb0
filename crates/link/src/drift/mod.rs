//! Wording drift: hedges gained or lost between an origin's words and those of its copies, and the variants of one quotation.
//!
//! Not here: finding hedges (`onrecord_annotate`), and which report hangs on which (`crate::origin`).

mod hedge;
mod quotation;

#[cfg(test)]
mod tests;

pub use hedge::{Drift, HedgeChange, HedgeWords, Wording, drift};
pub use quotation::{Quotation, QuotationVariant, VariantKind, variants};
