//! Copies: which passages of an article stand in another one, how much of either that is, and which was taken from which. Not citing, not
//! origins: a copy says where words come from, an origin where a claim does.
//!
//! [`Passages::of`] makes a text ready and gives the keys by which a [`PassageStore`] finds others that share words with it; [`link`] asks
//! the store for [`candidates`], compares, and says which keys are new, so that many copies of one text cost about as much as one.

mod align;
mod compare;
mod credit;
mod direction;
mod furniture;
mod judge;
mod passages;
mod store;
#[cfg(test)]
mod tests;
mod word;

use serde::{Deserialize, Serialize};

pub use compare::{Copying, Extent, Likeness, Passage, PassageKind, Taken, compare};
pub use credit::{Credit, CreditForm};
pub use direction::{Direction, Reason};
pub use passages::Passages;
pub use store::{Candidates, Group, Held, Holders, Linked, PassageStore, candidates, link, own_passages};

/// One of two texts that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The first.
    First,
    /// The second.
    Second,
}

impl Side {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}
