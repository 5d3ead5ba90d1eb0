//! The figures of a statement, as far as they tell claims apart. Not the comparison of figures across articles, which has its own rules.

use onrecord_annotate::figures::{Decimal, Figure, FigureKind, Unit, Value};
use onrecord_evidence::TextRange;
use onrecord_record::{AttributionRecord, Detail};
use serde::{Deserialize, Serialize};

use super::stem::{Word, stem, words};

/// How much of what a statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The words of the number.
    pub range: TextRange,
    /// Not below this, where the words say so.
    pub low: Option<Decimal>,
    /// Not above this, where the words say so.
    pub high: Option<Decimal>,
    /// The unit in one word, `count` for things and people; `None` where only digits were read.
    pub unit: Option<String>,
    /// Stem of the noun that is counted.
    pub counted: Option<String>,
    /// Stem of whose they are, by an adjective of a people: "Veskan drones".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<String>,
    /// Stem of what those counted are said to be or what is done with them: "kill", "injur".
    pub state: Option<String>,
}

impl Amount {
    /// The quantities among the figures of a record; ages, ordinals and scores are left to the stems.
    pub(super) fn of_record(record: &AttributionRecord) -> Vec<Self> {
        record
            .figures
            .iter()
            .filter(|detail| detail.finding.kind == FigureKind::Quantity)
            .map(Self::of_detail)
            .collect()
    }

    fn of_detail(detail: &Detail<Figure>) -> Self {
        let figure = &detail.finding;
        let (low, high) = match &figure.value {
            Value::Number(number) => (Some(*number), Some(*number)),
            Value::Range { low, high } => (Some(*low), Some(*high)),
            Value::Ratio { part, whole } => (Some(*part), Some(*whole)),
            Value::Vague { low, high } => (*low, *high),
        };
        let unit = match &figure.unit {
            Unit::Count => "count".to_owned(),
            Unit::Share => "share".to_owned(),
            Unit::Times => "times".to_owned(),
            Unit::PerCent => "per-cent".to_owned(),
            Unit::PercentagePoints => "points".to_owned(),
            Unit::Money { codes, .. } => codes.first().map_or("money", String::as_str).to_lowercase(),
            Unit::Measure { name, .. } => name.clone(),
        };
        let last = |range: TextRange| {
            let words = words(detail.words_of(range)?, 0);
            words.last().map(|word| stem(&word.folded()))
        };
        let whose = figure.counted.and_then(|counted| {
            let words = words(detail.words_of(counted.range)?, 0);
            let of_a_people = |word: &&Word<'_>| {
                let folded = word.folded();
                word.is_capitalised() && PEOPLES.iter().any(|ending| folded.ends_with(ending))
            };
            words.iter().find(of_a_people).map(|word| stem(&word.folded()))
        });
        let state = figure.state.or(figure.roles.map(|roles| roles.verb));
        Self {
            range: figure.range,
            low,
            high,
            unit: Some(unit),
            counted: figure.counted.and_then(|counted| last(counted.head)),
            whose,
            state: state.and_then(last),
        }
    }

    /// The numbers in digits of a statement whose figures were not read: a year is none.
    pub(super) fn of_digits(words: &[Word<'_>]) -> Vec<Self> {
        let number = |word: &Word<'_>| {
            let value: Decimal = word.written.parse().ok()?;
            let year = value.whole().is_some_and(|whole| (1900..2100).contains(&whole));
            (!year).then_some(Self {
                range: word.range,
                low: Some(value),
                high: Some(value),
                unit: None,
                counted: None,
                whose: None,
                state: None,
            })
        };
        words.iter().filter_map(number).collect()
    }

    /// Whether both may be the same number of the same unit.
    pub(super) fn may_equal(&self, other: &Self) -> bool {
        let above = |high: Option<Decimal>, low: Option<Decimal>| high.zip(low).is_none_or(|(high, low)| high >= low);
        self.has_unit_of(other) && above(self.high, other.low) && above(other.high, self.low)
    }

    fn has_unit_of(&self, other: &Self) -> bool {
        self.unit.is_none() || other.unit.is_none() || self.unit == other.unit
    }

    /// Whether both count the same sort of thing, and other things are said of it, or it is another people's: those killed are not those injured.
    pub(super) fn counts_otherwise(&self, other: &Self) -> bool {
        self.unit.as_deref() == Some("count")
            && other.unit.as_deref() == Some("count")
            && self.counted.is_some()
            && self.counted == other.counted
            && (unlike(&self.state, &other.state) || unlike(&self.whose, &other.whose))
    }

    /// Whether both count the same and say the same of it.
    pub(super) fn counts_alike(&self, other: &Self) -> bool {
        self.counted == other.counted && self.state == other.state && !unlike(&self.whose, &other.whose)
    }
}

fn unlike(one: &Option<String>, other: &Option<String>) -> bool {
    matches!((one, other), (Some(a), Some(b)) if a != b)
}

/// Endings of adjectives of peoples.
const PEOPLES: &[&str] = &["an", "ish", "ese"];
