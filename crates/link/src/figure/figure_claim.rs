//! A figure with what is known of who gave it, of whom, where and when. Plain data, made from words that must hold it.

use std::fmt;

use jiff::Timestamp;
use onrecord_annotate::Figure;
use onrecord_annotate::figures::{BoundKind, FigureKind, TallyKind, Unit, Value};
use onrecord_evidence::{TextRange, Time};
use onrecord_record::Detail;
use serde::{Deserialize, Serialize};

use crate::position::{Evidence, PartyKey};

use super::classes::{Outcome, PeopleGroup, action, counted, group, outcome, outcome_beside};
use super::ends::Ends;

/// A place and the places that hold it, by key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceScope {
    /// The place.
    pub place: String,
    /// Those it lies in.
    pub within: Vec<String>,
}

/// The time that a figure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    /// From.
    pub from: Timestamp,
    /// To; `None` for a window that is open: "since Saturday".
    pub to: Option<Timestamp>,
}

/// What the caller knows beside the figure's own words; what is not read stays `None`, and is named where it is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureContext {
    /// Who gives the figure: the head of the command, so that an office and its spokesman are one claimant.
    pub claimant: Option<PartyKey>,
    /// The side that does it.
    pub agent: Option<PartyKey>,
    /// The side to which it is done: Tarvia in "14 Tarvian drones".
    pub patient: Option<PartyKey>,
    /// Where.
    pub place: Option<PlaceScope>,
    /// For which time.
    pub window: Option<Window>,
    /// As of when: as stated, else the time of the utterance.
    pub as_of: Option<Time>,
    /// When the report was out.
    pub out: Time,
    /// Words that show it to be the outlet's own arithmetic; empty where it is none.
    pub arithmetic: Vec<Evidence>,
}

/// The words that are cited for a figure do not hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotInWords {
    /// Where the figure stands.
    pub figure: TextRange,
    /// Where the cited words stand.
    pub cited: TextRange,
}

impl fmt::Display for NotInWords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (figure, cited) = (self.figure, self.cited);
        write!(formatter, "expected the words cited for a figure to hold bytes {}..{}", figure.start, figure.end)?;
        write!(formatter, ", found bytes {}..{}", cited.start, cited.end)
    }
}

impl std::error::Error for NotInWords {}

/// A figure as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureClaim {
    /// Names it; the order of names is the last to decide an order.
    pub key: String,
    /// Its words.
    pub words: Evidence,
    /// Which sort of number.
    pub kind: FigureKind,
    /// How much.
    pub value: Value,
    /// Of which unit.
    pub unit: Unit,
    /// Its bounds.
    pub bounds: Vec<BoundKind>,
    /// What is counted, in one form for singular and plural.
    pub counted: Option<String>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Which people.
    pub group: Option<PeopleGroup>,
    /// What is done.
    pub action: Option<String>,
    /// Whether it is said not to be so.
    pub is_negated: bool,
    /// Whether it is a part of what is counted.
    pub is_part: bool,
    /// All so far, or on top.
    pub tally: Option<TallyKind>,
    /// "A day", "per 100,000".
    pub per: Option<String>,
    /// What is known beside its words.
    pub context: FigureContext,
}

impl FigureClaim {
    /// Takes a figure from the words that are cited for it.
    ///
    /// # Errors
    /// Where the figure does not stand in `cited`: a figure must occur in the words cited for it.
    pub fn read(
        key: impl Into<String>,
        detail: &Detail<Figure>,
        cited: &Evidence,
        context: FigureContext,
    ) -> Result<Self, NotInWords> {
        let (figure, place) = (&detail.finding, cited.words.range());
        let inside = place.start <= figure.range.start && figure.range.end <= place.end;
        if !inside || detail.words.range() != figure.range || !cited.words.words().contains(detail.words.words()) {
            return Err(NotInWords { figure: figure.range, cited: place });
        }
        let words = |range: Option<TextRange>| range.and_then(|range| detail.words_of(range));
        let verb = words(figure.roles.map(|roles| roles.verb));
        let (phrase, head, state) = (
            words(figure.counted.map(|counted| counted.range)),
            words(figure.counted.map(|counted| counted.head)),
            words(figure.state),
        );
        let end = figure.counted.map_or(figure.range, |counted| counted.range).end.max(figure.range.end);
        let (text, from) = (cited.words.words(), place.start);
        let (before, behind) =
            (text.get(..(figure.range.start - from) as usize), text.get(end.saturating_sub(from) as usize..));
        let outcome = [state, verb, head].into_iter().flatten().find_map(outcome);
        let outcome = outcome.or_else(|| outcome_beside(before.unwrap_or(""), behind.unwrap_or("")));
        // "The toll rose to 127" counts people, though it does not say so.
        let counted = head.map(counted).or_else(|| outcome.map(|_| "person".to_owned()));
        Ok(Self {
            key: key.into(),
            words: Evidence { words: detail.words.clone(), ..cited.clone() },
            kind: figure.kind,
            value: figure.value.clone(),
            unit: figure.unit.clone(),
            bounds: figure.bounds.iter().map(|bound| bound.kind).collect(),
            counted,
            outcome,
            group: [phrase, state].into_iter().flatten().find_map(group),
            action: if outcome.is_some() { None } else { verb.map(action) },
            is_negated: figure.roles.is_some_and(|roles| roles.negated.is_some()),
            is_part: figure.counted.is_some_and(|counted| counted.part),
            tally: figure.tallies.iter().map(|tally| tally.kind).next(),
            per: words(figure.per).map(str::to_lowercase),
            context,
        })
    }

    /// Between which numbers it lies.
    pub fn ends(&self) -> Ends {
        Ends::of(&self.value, &self.bounds)
    }
}
