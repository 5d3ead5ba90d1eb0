//! Dates in news prose: every temporal expression with what it says, counted from the article's day. Not a clock, not
//! the times of a page's metadata, and no judgement on which event a date belongs to.
//!
//! Bounds are whole days. A season is one of the north; weeks begin on Monday.

mod absolute;
mod calendar;
mod clock;
mod count;
mod distance;
mod ends;
mod holiday;
mod interval;
mod lasting;
mod meaning;
mod named;
mod numeric;
mod outcome;
mod period;
mod phrase;
mod point;
mod relative;
mod resolve;
mod shift;
mod solve;
mod tense;
#[cfg(test)]
mod tests;
mod token;
mod value;
mod words;

pub use resolve::dates;
pub use value::{
    DateAnchor, DateAnchors, DateBounds, DateClock, DateDirection, DateExpression, DateKind, DateModifier, DateUnit,
    DateValue, DayOrder, RelativeDate,
};
