//! From a capture to the text of an article, with the way back to every byte.
//!
//! [`read`] is the one way in: it decodes, takes the main text of a page, and collects what is stated about the article.
//! It is pure, never panics, and gives a value together with its diagnostics. The text is never improved: characters are
//! decoded, white space of HTML is collapsed, and nothing else.
//!
//! [`decoded_words`] goes the same way a second time by other means, so that a ledger can be verified without trusting the
//! first. [`identity`] says which article a capture is of.
//!
//! Not here: reading prose (annotate), fetching (acquire).

mod article;
mod binary;
mod decode;
mod found;
mod headers;
mod html;
pub mod identity;
mod json;
mod language;
mod layer;
mod limits;
mod metadata;
mod plain;
mod printed;
mod publishers;
mod times;
mod words;

pub use article::{Article, candidates, read};
pub use language::{Language, language};
pub use limits::Limits;
pub use metadata::{Conflict, Field, Known, Metadata, MetadataSource, Note, NoteKind, Stated};
pub use words::{RawWords, WordsError, decoded_words, same_words};
