//! Standing and life of a claim at a time, by ordered rules, each result with its rule and its words.
//!
//! Not here: what is true. Standing says what is on record and from whom; a person's decision stands above it.

mod change;
mod denial;
mod life;
mod neighbours;
mod reason;
mod rule;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod situations;
#[cfg(test)]
mod tests;

pub use change::{Change, changes};
pub use denial::{Carried, Denial, Right, RightKind, right_to_deny};
pub use life::{Life, life};
pub use neighbours::Neighbours;
pub use reason::reason;
pub use rule::{ByRule, Coverage, Standing, standing};
