//! What an edge is: the kinds, whom it leads to, and the words. Not how they are found.

use onrecord_evidence::{AttributionId, Quoted, TextRange};
use serde::{Deserialize, Serialize};

/// In which way an article cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitingKind {
    /// "The Post reported", "a report in the Post".
    Reported,
    /// "According to the Post".
    AccordingTo,
    /// "Citing the Post", "citing people familiar": whom a cited report cites.
    Citing,
    /// "Told the Post": the words were said to another newsroom.
    Told,
    /// "In an interview with the Post".
    Interview,
    /// "(Northline)", "with inputs from agencies": a credit for the text.
    Credit,
    /// "HALLIN (Northline) -": a dateline with another newsroom's name.
    Dateline,
    /// "First reported by the Post".
    FirstReportedBy,
    /// "The Post has confirmed it too": another newsroom has it as well, on ground of its own.
    HeardToo,
}

impl CitingKind {
    /// Whether the statement rests on whom it leads to; not for who was only first, or has it too.
    pub const fn is_ground(self) -> bool {
        !matches!(self, Self::FirstReportedBy | Self::HeardToo)
    }
}

/// An outlet as the article names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Named {
    /// Its fullest name in this article.
    pub name: String,
    /// Where that name stands.
    pub named_at: Quoted,
}

/// Whom an edge leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cited {
    /// An outlet or agency that the article names.
    Outlet(Named),
    /// One of several that it names: "the paper said" behind two of them. Undecided.
    OneOf(Vec<Named>),
    /// Outlets that it does not name: "local media", "a newspaper report".
    UnnamedOutlet(Quoted),
    /// Agencies that it does not name: "with inputs from agencies".
    Agencies,
    /// Sources that are described and not named: "citing people familiar with the matter".
    UnnamedSources(Quoted),
}

/// An edge from an article to what it cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citing {
    /// In which way.
    pub kind: CitingKind,
    /// The words that cite.
    pub words: Quoted,
    /// Whom.
    pub cited: Cited,
    /// The edge of the same article behind which this one stands: the "Northline" of "Northline reported, citing the Dial" for the Dial.
    pub through: Option<usize>,
    /// The attributions that it covers, in text order.
    pub statements: Vec<AttributionId>,
    /// The parts of the text that it covers, ascending; empty for all of the article.
    pub reach: Vec<TextRange>,
    /// Words that show sourcing of the article's own beside it: "told this newspaper"; the first few, in text order.
    pub own_sourcing: Vec<Quoted>,
}

impl Citing {
    /// The outlet that it leads to, where one is named and decided.
    pub const fn outlet(&self) -> Option<&Named> {
        match &self.cited {
            Cited::Outlet(named) => Some(named),
            _ => None,
        }
    }
}
