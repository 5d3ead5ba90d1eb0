//! Wording drift: hedges gained or lost between an origin's words and those of its copies, what changes
//! from report to report, and the variants of one quotation.
//!
//! Not here: finding hedges (`onrecord_annotate`), and which report hangs on which (`crate::origin`).

mod hedge;
mod quotation;
mod retelling;

#[cfg(test)]
mod tests;

pub use hedge::{Drift, HedgeChange, HedgeWords, Wording, drift};
pub use quotation::{Quotation, QuotationVariant, VariantKind, variants};
pub use retelling::{Retelling, RetellingKind, retellings};
