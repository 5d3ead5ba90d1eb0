//! Layers over a reading: sentences, attributions with their acts, hedges. The text never changes.
//!
//! Pure: the model's bytes and the tables are passed in. Not here: who "he" is, or what other articles say.
//!
//! A model finds spans ([`SpanReader`]); an [`Interpreter`] says by the words of an [`ActTable`] and a [`HedgeTable`]
//! what each attribution does and how surely; an [`Annotator`] puts both together.

mod act;
mod act_table;
mod annotator;
mod crew;
mod dates;
pub mod figures;
mod frame;
mod hedge;
mod layers;
mod layout;
mod lemma;
mod likely;
mod manner;
pub mod model;
pub mod parties;
mod pattern;
pub mod places;
pub mod relay;
mod sentence;
mod setting;
mod span_reader;

pub use act::{Act, Commitment, HedgedBy, Manner, UnknownWord};
pub use act_table::{ActRow, ActTable};
pub use annotator::{Annotator, Interpreter};
pub use crew::{Crew, Idle};
pub use dates::{
    DateAnchor, DateAnchors, DateBounds, DateClock, DateDirection, DateExpression, DateKind, DateModifier, DateUnit,
    DateValue, DayOrder, RelativeDate, dates,
};
pub use figures::{Figure, FigureTable};
pub use hedge::{HedgePlace, HedgeRow, HedgeTable};
pub use layers::{ActFinding, AttributionSpans, HedgeSpan, Layers};
pub use lemma::cue_lemma;
pub use likely::LikelyCues;
pub use model::{CacheUse, Model, ScoredSpans, SentenceEncoder, SentenceVector};
pub use parties::{
    Candidate, Credit, Form, Mention, Office, Parties, Party, PartyFiles, PartyKind, PartyTableError, PartyTables,
    Reason, ReasonKind, Side, Speaker, parties,
};
pub use pattern::TableError;
pub use places::{CountryCode, Gazetteer, GazetteerError, Place, PlaceFinder, PlaceInput, PlaceMention, Places};
pub use relay::{Relay, RelaySpans, RelayTable, Relays, relays};
pub use sentence::sentences;
pub use setting::Setting;
pub use span_reader::{SharedReader, SpanReader};
