//! A finding of annotation with the exact words that it rests on. Not a decision: which attribution it belongs to is made in `decide`.

use serde::{Deserialize, Serialize};

use onrecord_annotate::places::{PlaceMention, PlaceSense};
use onrecord_annotate::{DateAnchor, DateExpression, DateValue, Figure};
use onrecord_evidence::{Quoted, QuotedError, TextRange};

/// A finding, its own words, and every other range of the text that it rests on.
///
/// Ranges inside of `finding` are those of the reading; each of them is quoted here, so that it can be checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detail<T> {
    /// The words of the finding.
    pub words: Quoted,
    /// The words of the ranges inside of it, in text order, without repeats and without `words`.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Quoted>,
    /// What was found.
    pub finding: T,
}

/// A finding that knows the ranges of the text on which it rests.
pub trait Grounded {
    /// Where its own words stand.
    fn range(&self) -> TextRange;
    /// Every other range inside of it, in any order.
    fn grounds(&self) -> Vec<TextRange>;
}

impl<T: Grounded> Detail<T> {
    /// Quotes a finding of `text`.
    ///
    /// # Errors
    /// Where a range of it has no words in `text`.
    pub fn new(text: &str, finding: T) -> Result<Self, QuotedError> {
        let words = Quoted::new(text, finding.range())?;
        let mut grounds = finding.grounds();
        grounds.sort_unstable();
        grounds.dedup();
        grounds.retain(|range| *range != words.range());
        let evidence = grounds.into_iter().map(|range| Quoted::new(text, range)).collect::<Result<_, _>>()?;
        Ok(Self { words, evidence, finding })
    }

    /// All that is quoted: the words, then the evidence.
    pub fn quotes(&self) -> impl Iterator<Item = &Quoted> {
        [&self.words].into_iter().chain(&self.evidence)
    }

    /// The words of a range inside of the finding; `None` where it is none of its own.
    pub fn words_of(&self, range: TextRange) -> Option<&str> {
        self.quotes().find(|quoted| quoted.range() == range).map(Quoted::words)
    }
}

impl Grounded for DateExpression {
    fn range(&self) -> TextRange {
        self.range
    }

    fn grounds(&self) -> Vec<TextRange> {
        let anchor = match self.anchor {
            DateAnchor::Expression(range) | DateAnchor::Event(range) => Some(range),
            _ => None,
        };
        let zone = |value: &DateValue| value.clock.and_then(|clock| clock.zone);
        [&self.value].into_iter().chain(&self.alternatives).filter_map(zone).chain(anchor).collect()
    }
}

impl Grounded for Figure {
    fn range(&self) -> TextRange {
        self.range
    }

    fn grounds(&self) -> Vec<TextRange> {
        let heads = self.counted.map(|counted| counted.head);
        self.evidence().into_iter().chain(heads).collect()
    }
}

impl Grounded for PlaceMention {
    fn range(&self) -> TextRange {
        self.range
    }

    fn grounds(&self) -> Vec<TextRange> {
        let cue = match self.sense {
            PlaceSense::Place => None,
            PlaceSense::Government { cue } | PlaceSense::Modifier { cue } => Some(cue),
        };
        let reasons = self.candidates.iter().flat_map(|candidate| &candidate.reasons);
        reasons.filter_map(|reason| reason.range).chain(cue).collect()
    }
}
