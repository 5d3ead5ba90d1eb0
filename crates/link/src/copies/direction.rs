//! Which of two texts that share passages was taken from which: by credits, by names in the text, by times. Where these are silent or
//! contradict each other it stays undetermined.

use jiff::{SignedDuration, Timestamp};
use onrecord_evidence::{Quoted, Time, Zone};
use serde::{Deserialize, Serialize};

use super::credit::{can_be, named_in};
use super::{CreditForm, Passages, Side};
use crate::Report;

/// Which text was taken from which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The first text from the second.
    FirstFromSecond,
    /// The second text from the first.
    SecondFromFirst,
    /// Both credit the same supplier, which is neither of them.
    Common(String),
    /// Nothing says so, or what says so contradicts itself.
    Undetermined,
}

/// One thing that speaks for a direction, or is to be known beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The text on `side` credits the outlet of the other one.
    CreditsOther {
        /// Whose words they are.
        side: Side,
        /// In which form.
        form: CreditForm,
        /// The words.
        words: Quoted,
    },
    /// The text on `side` credits somebody else, or agencies that it does not name.
    CreditsThird {
        /// Whose words they are.
        side: Side,
        /// In which form.
        form: CreditForm,
        /// The words.
        words: Quoted,
        /// The name in them.
        name: Option<Quoted>,
    },
    /// The text on `side` credits its own outlet: an agency's dateline on its own copy.
    CreditsItself {
        /// Whose words they are.
        side: Side,
        /// The words.
        words: Quoted,
    },
    /// The text on `side` names the outlet of the other one.
    Names {
        /// Whose words they are.
        side: Side,
        /// The name, where it stands first.
        words: Quoted,
    },
    /// The text on `side` was published wholly before the other one.
    Earlier {
        /// Which one.
        side: Side,
        /// When.
        published: Time,
        /// When the other one was.
        other: Time,
    },
}

/// Civil time in an unknown zone may be off by this much.
const ZONES: SignedDuration = SignedDuration::from_hours(14);

/// The direction between two texts that share passages, with its reasons: those of the first text, those of the second, the times.
pub(super) fn direction(first: &Report, one: &Passages, second: &Report, other: &Passages) -> (Direction, Vec<Reason>) {
    let mut reasons = Vec::new();
    let left = words_of(Side::First, first, one, second, &mut reasons);
    let right = words_of(Side::Second, second, other, first, &mut reasons);
    let earlier = earlier(first, second);
    if let (Some(side), Some(published), Some(later)) = (earlier, &first.published, &second.published) {
        let (published, later) = if side == Side::First { (published, later) } else { (later, published) };
        reasons.push(Reason::Earlier { side, published: published.clone(), other: later.clone() });
    }
    let by_words = match (left.other, right.other) {
        (true, false) => Some(Side::First),
        (false, true) => Some(Side::Second),
        _ => None,
    };
    let contradicted = left.other && right.other;
    let common = left.third.iter().find(|name| right.third.contains(name));
    let found = match (by_words, earlier) {
        _ if contradicted => Direction::Undetermined,
        // Taken from a text that came out later: somebody's time or credit is wrong.
        (Some(side), Some(before)) if side == before => Direction::Undetermined,
        (Some(Side::First), _) => Direction::FirstFromSecond,
        (Some(Side::Second), _) => Direction::SecondFromFirst,
        (None, _) if common.is_some() => Direction::Common(common.cloned().unwrap_or_default()),
        // The later text names its supplier, and it is not the earlier one.
        (None, Some(Side::First)) if !right.third.is_empty() => Direction::Undetermined,
        (None, Some(Side::Second)) if !left.third.is_empty() => Direction::Undetermined,
        (None, Some(Side::First)) => Direction::SecondFromFirst,
        (None, Some(Side::Second)) => Direction::FirstFromSecond,
        (None, None) => Direction::Undetermined,
    };
    (found, reasons)
}

/// What one text says of where it comes from.
struct Says {
    /// That it is the other outlet's.
    other: bool,
    /// That it is of these, neither its own outlet nor the other one.
    third: Vec<String>,
}

fn words_of(side: Side, own: &Report, passages: &Passages, other: &Report, reasons: &mut Vec<Reason>) -> Says {
    let mut says = Says { other: false, third: Vec::new() };
    for credit in passages.credits() {
        let (form, words) = (credit.form, credit.words.clone());
        match &credit.name {
            Some(name) if can_be(name.words(), own) => reasons.push(Reason::CreditsItself { side, words }),
            Some(name) if can_be(name.words(), other) => {
                says.other = true;
                reasons.push(Reason::CreditsOther { side, form, words });
            }
            name => {
                says.third.extend(name.as_ref().map(|name| name.words().trim_start_matches("The ").to_owned()));
                reasons.push(Reason::CreditsThird { side, form, words, name: name.clone() });
            }
        }
    }
    let same = own.outlet.is_some() && own.outlet == other.outlet;
    let named = named_in(&own.text, other).filter(|_| !says.other && !same);
    if let Some(words) = named.and_then(|range| Quoted::new(&own.text, range).ok()) {
        says.other = true;
        reasons.push(Reason::Names { side, words });
    }
    says
}

/// Which text was published wholly before the other one; `None` where the times touch, or one is not stated.
fn earlier(first: &Report, second: &Report) -> Option<Side> {
    let bounds = |time: &Time| -> Option<(Timestamp, Timestamp)> {
        match time.zone() {
            Zone::Known => Some((time.earliest(), time.latest())),
            Zone::Unknown => Some((time.earliest().checked_sub(ZONES).ok()?, time.latest().checked_add(ZONES).ok()?)),
        }
    };
    let one = bounds(first.published.as_ref()?)?;
    let other = bounds(second.published.as_ref()?)?;
    match () {
        () if one.1 < other.0 => Some(Side::First),
        () if other.1 < one.0 => Some(Side::Second),
        () => None,
    }
}
