//! The reading room: server-rendered pages on one ledger, for a browser on the same machine.
//!
//! Every page is made by the functions that `onrecord show`, `claims`, `why` and `origins` use: nothing is concluded here. A page works without a script and
//! loads nothing from elsewhere; the only script makes it quicker to use. Reads go over a few connections that may not write, on threads of their own.
//!
//! Not here: the rules (`onrecord_link`), the words and values of a claim's view (`onrecord_wire`), arguments and signals (`onrecord-cli`). This is the only
//! crate with an async runtime, and it opens nothing to the network: an address that is not of this machine is refused.
#![allow(clippy::disallowed_methods, reason = "a server has a clock: what changed since a reader last looked")]

mod asked;
mod assets;
mod error;
mod escape;
mod guard;
mod listen;
mod moment;
mod pages;
mod params;
mod reply;
mod room;
mod shell;
mod shown;

pub use error::{Error, Result};
pub use listen::{Bound, Stopper, bind};
pub use room::{Room, Settings, report, router};
