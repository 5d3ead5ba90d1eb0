//! From a set of reports to the records that the rules read: statements put to claims, sources to parties, sayings to utterances, reports to
//! what they hang on; each with its words.
//!
//! Not here: reading articles, comparing statements, counting origins, standing. What the words leave open stays open: it is left out of the
//! record or becomes an unnamed party without a basis, never a guess.

mod act;
mod at_hand;
mod bodies;
mod cite;
mod copying;
mod core;
mod drawn;
mod figures;
mod follow;
mod ground;
mod hanging;
mod hedged;
mod kind;
mod land;
mod linked;
mod names;
mod nest;
mod newsroom;
mod office;
mod outlets;
mod owner;
mod party;
mod record;
mod refer;
mod rest;
mod revised;
mod role;
mod said;
mod seat;
mod sharing;
#[cfg(test)]
mod tests;
mod tie;
mod title;
mod untrue;
mod utterance;
mod withdrawal;
mod wording;

pub use cite::{Cite, CiteKind};
pub use drawn::{DrawnClaim, DrawnStatement};
pub use linked::{
    Canonical, Event, Linked, LinkedClaim, LinkedStatement, Tools, assemble, draw_up, hold_joinings, read_statements,
};
pub use newsroom::Masthead;
