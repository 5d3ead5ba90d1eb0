//! Attribution records: who says what, how and how surely, each with its exact words.
//!
//! Pure: layers in, records out. Not here: the same saying in other articles, which is linking.

mod answers;
mod attribution;
mod decide;
mod detail;
mod relay;
mod source;
mod speaker;

pub use answers::{Answer, answers};
pub use attribution::{AttributionRecord, Hedge};
pub use decide::{RecordError, records};
pub use detail::{Detail, Grounded};
pub use relay::RelayFinding;
pub use source::{SourceKind, Unnamed};
pub use speaker::{PartyFinding, PossibleSpeaker, SpeakerFinding};
