//! Linking in the ledger: what `onrecord_link` asks for out of tables, what it concludes into them, and what people decided about it. All of it but the
//! decisions is derived: it can be dropped and made again by [`Ledger::relink`](crate::Ledger::relink). Why it is kept as it is:
//! `docs/design/linking-store.md`.
//!
//! Not here: comparing (`onrecord_link`), reading (the caller), and how a claim stands.

mod anchor;
mod asked;
mod browse;
mod check;
mod contested;
mod decision;
mod draw;
mod drawn;
mod dump;
mod erase;
mod keep;
mod link;
mod obeyed;
mod past;
mod query;
mod statement;
mod store;
mod texts;
mod who;

pub use anchor::{Anchor, Selector};
pub use browse::{ChangedClaim, Facets};
pub(crate) use check::{check_links, check_statements};
pub use contested::{ClaimList, ClaimQuery, ContestedClaim, Line};
pub use decision::{Decision, KeptDecision};
pub use drawn::DrawnView;
pub(crate) use erase::{erase_decisions, erase_set};
pub use link::{LinkState, Linker};
pub(crate) use link::{activate, link_capture, relink};
pub use query::{ClaimLine, KeptClaim, KeptCopying, KeptStatement, LinkedText};
pub use statement::{Linkable, text_id};
pub(crate) use statement::{check, keep, statements_of};
pub(crate) use store::Store;
pub use who::{KeptOutlet, NamedClaims, OutletArticle};
