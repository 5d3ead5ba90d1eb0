//! What a figure of a text is. Plain data: nothing is read or decided here.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use super::Decimal;

/// Which sort of number stands in the text. Dates, times, telephone and house numbers, and numbers in names are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// A count, a share, a sum of money or a measure: the only kind that is compared.
    Quantity,
    /// The age of somebody or something: "34-year-old", "aged 7".
    Age,
    /// A place in an order: "third", "22nd".
    Ordinal,
    /// Points or votes of two sides: "3-1", "a 6-3 majority".
    Score,
    /// A length of time that only says when: "two years ago", "the last three days".
    Offset,
}

/// How much, as far as the words say. An end that is `None` is open: the words do not say.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Exactly the number in the text; its bound stands apart.
    Number(Decimal),
    /// "Between 20 and 30", "3-4", "two or three"; `low` is not above `high`.
    Range {
        /// The lower number.
        low: Decimal,
        /// The higher number.
        high: Decimal,
    },
    /// "One in five", "two-thirds", "half": one number of another, not divided. Also the two sides of a score.
    Ratio {
        /// The part, or the side named first.
        part: Decimal,
        /// The whole, or the side named second.
        whole: Decimal,
    },
    /// "Dozens", "several", "a record number": the ends that the table of vague words gives.
    Vague {
        /// At least this many, by the table's row.
        low: Option<Decimal>,
        /// At most this many, by the table's row.
        high: Option<Decimal>,
    },
}

/// What one of the value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things or people, named by [`Counted`].
    Count,
    /// A share of a whole, by the word or its being a fraction.
    Share,
    /// How many times as much: "twice as many", "four times the price", "threefold".
    Times,
    /// Per cent.
    PerCent,
    /// Difference of two percentages; a basis point is its hundredth and stands as its own unit of measure.
    PercentagePoints,
    /// Money.
    Money {
        /// ISO 4217 codes that the words may mean, the likeliest first; empty where the table knows none.
        codes: Vec<String>,
        /// Whether the words themselves settle it ("US$", "Canadian dollars"); else the first is only the custom of English-language news.
        stated: bool,
    },
    /// A unit of measure, never converted.
    Measure {
        /// `length`, `mass`, `area`, `volume`, `duration`, `temperature`, `speed`, `energy`, `power`, `angle`, `data` ...
        dimension: String,
        /// The table's name of the unit: `kilometre`, `ton`.
        name: String,
    },
}

/// What a bound says of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoundKind {
    /// "Exactly", "precisely".
    Exactly,
    /// "All but one of the states": the number is what is left over, and all the others are meant.
    AllBut,
    /// "At least", "no fewer than", "or more".
    AtLeast,
    /// "More than", "over".
    MoreThan,
    /// "At most", "up to", "no more than".
    AtMost,
    /// "As many as", "as much as": not above it, and said to be much.
    AsManyAs,
    /// "Fewer than", "under".
    FewerThan,
    /// "About", "some 40", "an estimated".
    About,
    /// "Nearly", "almost": a little below it.
    Nearly,
}

/// A bound with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// What it says.
    pub kind: BoundKind,
    /// Its words.
    pub range: TextRange,
}

/// Whether a number is all there is so far, or comes on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TallyKind {
    /// "So far", "a total of", "bringing the toll to".
    Cumulative,
    /// "Another", "a further", "12 more".
    Increment,
}

/// A tally with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tally {
    /// Which of the two.
    pub kind: TallyKind,
    /// Its words.
    pub range: TextRange,
}

/// The noun phrase that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counted {
    /// The phrase with its modifiers, without the number: "Veskan drones".
    pub range: TextRange,
    /// Its last noun: "drones".
    pub head: TextRange,
    /// Whether the figure is a part of it: "12 of the drones".
    pub part: bool,
    /// Whether the phrase stands at the figure before it in the sentence and is left out here: "12 people were killed and 30 injured".
    pub elided: bool,
}

/// What a scope word limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeKind {
    /// "In the Orsk valley".
    Place,
    /// "Over the weekend", "since Monday".
    Time,
    /// "Veskan" in "84 Veskan drones", "on both sides".
    Side,
}

/// Words of the clause that limit a figure; ranges of text only, resolved elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// What they limit.
    pub kind: ScopeKind,
    /// The words.
    pub range: TextRange,
}

/// Active or passive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// "Orland intercepted 84 drones".
    Active,
    /// "84 drones were intercepted by Orland".
    Passive,
}

/// Who did what to whom in the clause of a figure. A role that the rules cannot tell is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Roles {
    /// Who or what does it.
    pub agent: Option<TextRange>,
    /// The verb with its particle, without auxiliaries.
    pub verb: TextRange,
    /// To whom or what it is done.
    pub patient: Option<TextRange>,
    /// Active or passive.
    pub voice: Voice,
    /// "Not", "never", "failed to".
    pub negated: Option<TextRange>,
}

/// Another way to read the same words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OtherReading {
    /// What it would be.
    pub kind: FigureKind,
    /// Its value then.
    pub value: Value,
    /// Its unit then.
    pub unit: Unit,
    /// Why it is not the first reading; permanent, in kebab case.
    pub reason: String,
}

/// One number of a text with everything that its clause says about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Figure {
    /// The words of the number with its unit: "$600,000", "84", "71 per cent", "between 20 and 30".
    pub range: TextRange,
    /// Which sort of number.
    pub kind: FigureKind,
    /// How much.
    pub value: Value,
    /// Of which unit.
    pub unit: Unit,
    /// Bounds, in text order; several may stand at one number.
    pub bounds: Vec<Bound>,
    /// The word that calls it an extreme: "record".
    pub superlative: Option<TextRange>,
    /// What is counted.
    pub counted: Option<Counted>,
    /// What those counted are said to be: "dead" in "left 12 people dead".
    pub state: Option<TextRange>,
    /// All so far, or on top.
    pub tallies: Vec<Tally>,
    /// "A day", "per 100,000".
    pub per: Option<TextRange>,
    /// Place, time and side in the clause, in text order.
    pub scopes: Vec<Scope>,
    /// Who did what to whom.
    pub roles: Option<Roles>,
    /// Other readings of the same words, likeliest first.
    pub others: Vec<OtherReading>,
}

impl Figure {
    /// A figure of which only value and unit are known.
    pub(super) const fn bare(range: TextRange, kind: FigureKind, value: Value, unit: Unit) -> Self {
        Self {
            range,
            kind,
            value,
            unit,
            bounds: Vec::new(),
            superlative: None,
            counted: None,
            state: None,
            tallies: Vec::new(),
            per: None,
            scopes: Vec::new(),
            roles: None,
            others: Vec::new(),
        }
    }

    /// Every range that any field rests on, in text order, without repeats; the number's own words are always in it.
    pub fn evidence(&self) -> Vec<TextRange> {
        let mut ranges = vec![self.range];
        ranges.extend(self.bounds.iter().map(|bound| bound.range));
        ranges.extend(self.superlative);
        ranges.extend(self.counted.map(|counted| counted.range));
        ranges.extend(self.state);
        ranges.extend(self.tallies.iter().map(|tally| tally.range));
        ranges.extend(self.per);
        ranges.extend(self.scopes.iter().map(|scope| scope.range));
        if let Some(roles) = &self.roles {
            ranges.extend([roles.agent, Some(roles.verb), roles.patient, roles.negated].into_iter().flatten());
        }
        ranges.sort_unstable();
        ranges.dedup();
        ranges
    }
}
