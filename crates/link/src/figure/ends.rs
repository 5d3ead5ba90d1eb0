//! Between which numbers a figure lies, by its value and its bounds. Exact arithmetic; nothing is rounded.

use onrecord_annotate::figures::{BoundKind, Decimal, Value};
use serde::{Deserialize, Serialize};

/// An end of what a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct End {
    /// The number.
    pub at: Decimal,
    /// Whether the number itself is out ("more than 84").
    pub is_out: bool,
}

/// The ends of what a figure says; `None` where it says none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ends {
    /// Not below this.
    pub low: Option<End>,
    /// Not above this.
    pub high: Option<End>,
    /// Whether it is a guess at a number, not a count with a bound: "about", "between 20 and 30", "dozens".
    pub is_estimate: bool,
}

impl Ends {
    /// The ends of a value with its bounds. "About" reaches a tenth to either side and "nearly" a tenth below: our convention, so that
    /// "about 20" and 21 are not told apart.
    pub fn of(value: &Value, bounds: &[BoundKind]) -> Self {
        let end = |at: Decimal| Some(End { at, is_out: false });
        let (low, high, mut is_estimate) = match value {
            Value::Number(number) => (end(*number), end(*number), false),
            Value::Range { low, high } => (end(*low), end(*high), true),
            Value::Vague { low, high } => (low.and_then(end), high.and_then(end), true),
            Value::Ratio { part, whole } => {
                let share = part.over(*whole);
                (share.and_then(end), share.and_then(end), share.is_none())
            }
        };
        let mut ends = Self { low, high, is_estimate };
        for bound in bounds {
            match bound {
                BoundKind::Exactly | BoundKind::AllBut => {}
                BoundKind::AtLeast => ends.high = None,
                BoundKind::MoreThan => {
                    ends.high = None;
                    ends.low = ends.low.map(|low| End { is_out: true, ..low });
                }
                BoundKind::AtMost | BoundKind::AsManyAs => ends.low = None,
                BoundKind::FewerThan => {
                    ends.low = None;
                    ends.high = ends.high.map(|high| End { is_out: true, ..high });
                }
                BoundKind::About => {
                    ends.low = ends.low.map(|low| tenth_off(low, "0.9"));
                    ends.high = ends.high.map(|high| tenth_off(high, "1.1"));
                    is_estimate = true;
                }
                BoundKind::Nearly => {
                    ends.low = ends.low.map(|low| tenth_off(low, "0.9"));
                    is_estimate = true;
                }
            }
        }
        ends.is_estimate = is_estimate;
        ends
    }

    /// The one number that is said, where it is one without a bound.
    pub fn exact(&self) -> Option<Decimal> {
        let (low, high) = (self.low?, self.high?);
        (low == high && !low.is_out && !self.is_estimate).then_some(low.at)
    }

    /// Whether one number fits both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let below = |low: Option<End>, high: Option<End>| match (low, high) {
            (Some(low), Some(high)) => low.at < high.at || (low.at == high.at && !low.is_out && !high.is_out),
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// The number to order figures by: the lower end, else the upper.
    pub fn size(&self) -> Option<Decimal> {
        self.low.or(self.high).map(|end| end.at)
    }
}

fn tenth_off(end: End, factor: &str) -> End {
    let moved = factor.parse::<Decimal>().ok().and_then(|factor| end.at.times(factor));
    End { at: moved.unwrap_or(end.at), ..end }
}
