//! The parties of an article and who speaks in each attribution: names, titles, pronouns and descriptions joined within
//! one text. Not a match with other articles or the world: what the words leave open stays undecided, with candidates.

mod adjective;
mod begin;
mod beside;
mod cluster;
mod describe;
mod describing;
mod distinct;
mod elsewhere;
mod files;
mod first_person;
mod fold;
mod goes_on;
mod it;
mod lists;
mod name;
mod nominal;
mod office;
mod party;
mod refer;
mod resolve;
mod salience;
mod speaker;
mod tables;
mod token;
mod works;

#[cfg(test)]
mod tests;

pub use party::{
    Candidate, Credit, Form, Mention, Office, Parties, Party, PartyKind, Reason, ReasonKind, Side, Speaker,
};
pub use speaker::parties;
pub use tables::{PartyFiles, PartyTableError, PartyTables};
