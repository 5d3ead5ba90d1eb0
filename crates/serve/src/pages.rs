//! The pages, one file each: the values of a view, put in the order in which a template writes them. Nothing is concluded here.

pub mod article;
pub mod claim;
pub mod front;
pub mod outlet;
pub mod party;

use onrecord::ledger::Ledger;

use crate::asked::Asked;
use crate::reply::{Problem, Reply};

/// What is answered where there is no page.
pub fn not_found(_: &Ledger, _: &Asked) -> Result<Reply, Problem> {
    Err(Problem::Missing("There is no such page here.".to_owned()))
}
