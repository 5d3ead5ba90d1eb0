//! What the stage says about one mention of a place. Not how it came to say so: `find` and `resolve` do that.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use super::place::{CountryCode, Place};

/// What is known beside the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlaceInput<'a> {
    /// Names of people and organisations that other stages found; a place inside of one is set aside. In text order.
    pub names: &'a [TextRange],
    /// The country of the dateline or of the outlet, where that is known.
    pub country: Option<CountryCode>,
}

/// The places of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Places {
    /// Mentions in text order; none overlaps another.
    pub mentions: Vec<PlaceMention>,
    /// Adjectives and words for peoples, in text order. They are no places, but they speak for a country.
    pub countries: Vec<CountryWord>,
    /// Names that the gazetteer has and that are no places here, in text order.
    pub aside: Vec<SetAside>,
}

/// One mention of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceMention {
    /// The name's words, without words for its kind ("Lindholt", not "village of Lindholt").
    pub range: TextRange,
    /// What the name stands for.
    pub sense: PlaceSense,
    /// Whether the first candidate is chosen.
    pub outcome: PlaceOutcome,
    /// Bearers of the name, the likeliest first; at most eight, never empty.
    pub candidates: Vec<PlaceCandidate>,
}

impl PlaceMention {
    /// The chosen place; `None` where the text does not settle it.
    pub fn chosen(&self) -> Option<&Place> {
        match self.outcome {
            PlaceOutcome::Chosen { .. } => self.candidates.first().map(|candidate| &candidate.place),
            PlaceOutcome::Undecided { .. } => None,
        }
    }

    /// Whether the name stands for a government.
    pub const fn as_government(&self) -> bool {
        matches!(self.sense, PlaceSense::Government { .. })
    }
}

/// What a place's name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PlaceSense {
    /// The place ("in Russia").
    Place,
    /// Its government, or who sits there ("Russia said", "the Kremlin").
    Government {
        /// The words that say so; the name itself for a seat.
        cue: TextRange,
    },
    /// It says whose or which ("US officials", "Ruland's president", "Kyiv Mayor").
    Modifier {
        /// The next word of what it qualifies.
        cue: TextRange,
    },
}

/// Whether the likeliest candidate is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PlaceOutcome {
    /// The first candidate is meant.
    Chosen {
        /// Its share among all bearers of the name, 0 to 1 in hundredths; below 0.5 it is a guess. No probability.
        confidence: f64,
    },
    /// The text does not settle it.
    Undecided {
        /// What is missing.
        why: Undecided,
        /// As for a chosen one, of the first candidate.
        confidence: f64,
    },
}

/// Why no candidate is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undecided {
    /// Two bearers or more have the same grounds.
    Tie,
    /// The region that the text states holds no bearer of the name.
    RegionHoldsNone,
    /// The name is spelt as no bearer is; candidates share its consonants only.
    SpellingUnknown,
}

/// A bearer of the name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceCandidate {
    /// The place.
    pub place: Place,
    /// The sum of the reasons' points.
    pub score: i32,
    /// What speaks for and against it, in the order in which it was weighed.
    pub reasons: Vec<PlaceReason>,
}

/// A ground for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceReason {
    /// What it is.
    pub kind: ReasonKind,
    /// Its points; 100 are a factor of ten in population.
    pub points: i32,
    /// The words of the text that it rests on, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
}

/// Kinds of grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// How many people live there, or how large a thing of its kind is.
    Size,
    /// Many languages have a name for it.
    Fame,
    /// It is the capital of a country.
    Capital,
    /// The name is an older, foreign or long form of its name.
    LesserName,
    /// The name has other vowels than the place's.
    OtherSpelling,
    /// The text names a place that holds it, right behind it or in the same sentence.
    Held,
    /// A place named before lies in it ("Lindholt, Georgia").
    Holds,
    /// A word beside the name says that it is of this kind, or of another.
    KindWord,
    /// The text speaks of its country.
    CountryNamed,
    /// The text names its region.
    RegionNamed,
    /// It lies near to a place of the text that is known.
    NearOther,
    /// Most names of a list lie in its region, or are regions as it is.
    Listed,
    /// The same name was settled elsewhere in the text.
    SameName,
    /// Another spelling of the text leads to it too.
    TwoSpellings,
}

/// A word that speaks for a country without being a place ("Ukrainian", "Danes").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryWord {
    /// Its words.
    pub range: TextRange,
    /// The country.
    pub country: CountryCode,
}

/// A name that the gazetteer has and that is no place here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Its words.
    pub range: TextRange,
    /// Why.
    pub why: WhyNot,
}

/// Why a name is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// It is a person's ("Paris Holm", "Mr Jordan").
    Person,
    /// It is in an organisation's name ("Bank of America").
    Organisation,
    /// It is a part of another longer name.
    Name,
    /// It is a part of a longer name of a place that the gazetteer does not have ("Andros Island").
    Unknown,
    /// The word has other uses, and nothing beside it says that it is a place.
    Weak,
}
