//! What kind of source the words name. Not who it is: that is `speaker`.

use serde::{Deserialize, Serialize};

use onrecord_annotate::relay::{SourceClass, UnnamedSource};
use onrecord_evidence::Quoted;

/// What kind of source is credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum SourceKind {
    /// The text credits nobody: "was reportedly said to".
    None,
    /// Words that name or describe somebody, kept as written.
    Written,
    /// A source that the text describes and does not name; never matched to a person.
    Unnamed(Unnamed),
}

/// What the text states about a source that it does not name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unnamed {
    /// Stated number, such as the 2 of "two of the people"; `None` where no number or a vague one is stated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<u32>,
    /// What kind of source it is described as.
    pub class: SourceClass,
}

/// What kind of source these words are, given what is stated of it where it is described and not named.
pub(crate) fn kind(source: &[Quoted], unnamed: Option<&UnnamedSource>) -> SourceKind {
    match unnamed {
        _ if source.is_empty() => SourceKind::None,
        Some(UnnamedSource { class, number, .. }) => {
            SourceKind::Unnamed(Unnamed { number: number.as_ref().and_then(|number| number.value), class: *class })
        }
        None => SourceKind::Written,
    }
}
