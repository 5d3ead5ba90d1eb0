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
mod frame;
mod hedge;
mod layers;
mod layout;
mod lemma;
mod likely;
mod manner;
pub mod model;
mod pattern;
mod sentence;
mod span_reader;

pub use act::{Act, Commitment, HedgedBy, Manner, UnknownWord};
pub use act_table::{ActRow, ActTable};
pub use annotator::{Annotator, Interpreter};
pub use crew::{Crew, Idle};
pub use hedge::{HedgePlace, HedgeRow, HedgeTable};
pub use layers::{ActFinding, AttributionSpans, HedgeSpan, Layers};
pub use lemma::cue_lemma;
pub use likely::LikelyCues;
pub use model::{CacheUse, Model, ScoredSpans};
pub use pattern::TableError;
pub use sentence::sentences;
pub use span_reader::{SharedReader, SpanReader};
