//! Places: which stretches of a text name a place, and which place each means. Not events, and not where an event was: a mention is a name.
//!
//! A [`Gazetteer`] holds names and their bearers; a [`PlaceFinder`] reads a text with it. Alternatives are kept with their reasons.

mod context;
mod file;
mod find;
mod fold;
mod lists;
mod mention;
mod place;
mod resolve;
mod sense;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod weigh;
mod words;

pub use file::{Gazetteer, GazetteerError};
pub use mention::{
    CountryWord, PlaceCandidate, PlaceInput, PlaceMention, PlaceOutcome, PlaceReason, PlaceSense, Places, ReasonKind,
    SetAside, Undecided, WhyNot,
};
pub use place::{CountryCode, NoPlaceId, Place, PlaceId, PlaceKind};
pub use resolve::PlaceFinder;
