//! Attribution records: who says what, how and how surely, each with its exact words.
//!
//! Pure: layers in, records out. Not here: the same saying in other articles, which is linking.

mod answers;
mod attribution;
mod decide;
mod detail;
mod source;

pub use answers::{Answer, answers};
pub use attribution::{AttributionRecord, Hedge};
pub use decide::{RecordError, records};
pub use detail::{Detail, Grounded};
pub use source::{SourceKind, Unnamed};
