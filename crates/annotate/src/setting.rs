//! What is known of an article beside its text: when it came out, and by whom. Not what the text says of itself.

use jiff::civil;

use crate::DayOrder;

/// What is known beside the text; all of it may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The day of publication, where it came out.
    pub published: Option<civil::Date>,
    /// The day on which the bytes were received, as their supplier states it.
    pub received: Option<civil::Date>,
    /// The name of the outlet.
    pub outlet: Option<String>,
    /// How the outlet writes dates in figures.
    pub order: DayOrder,
}
