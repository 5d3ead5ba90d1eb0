//! Scores of two sides, and places in an order. Not ranges.

use super::number::Written;
use super::quantity::{Quantity, at_before};
use super::sort::{Sort, near_month};
use super::table::Flags;
use super::token::Line;
use super::{Decimal, Value};

/// "27th" and "1,000th": the place behind it.
pub(super) fn ordinal_digits(line: &Line<'_>, quantity: &Quantity) -> Option<usize> {
    let end = quantity.end;
    let fits =
        line.glued(end) && line.is_digits(end.checked_sub(1)?) && matches!(line.lower(end), "st" | "nd" | "rd" | "th");
    (fits && quantity.exact().is_some()).then_some(end + 1)
}

/// "3-1", "a 6-3 majority"; what could be a range is a score only among words of games and votes.
pub(super) fn score(line: &Line<'_>, quantity: &Quantity) -> Option<Sort> {
    if quantity.has_unit() || quantity.written != Written::Plain {
        return None;
    }
    let (start, end) = (quantity.start, quantity.end);
    match &quantity.value {
        Value::Range { low, high } => {
            let dash = line.is_dash(quantity.number.0 + 1);
            let near = (start.saturating_sub(6)..end + 4).any(|at| line.has(at, Flags::SCORE));
            let fits = dash && near && !line.is_plural(end) && *high <= Decimal::new(1000);
            fits.then_some(Sort::Score(Value::Ratio { part: *low, whole: *high }, end))
        }
        Value::Number(first) => {
            let dash = line.is_dash(end) && line.glued(end) && line.glued(end + 1) && line.is_digits(end + 1);
            if !dash {
                return None;
            }
            let chain = line.is_dash(end + 2) && line.glued(end + 2) && line.is_digits(end + 3);
            let second = line.word(end + 1).parse::<Decimal>().ok();
            let short = line.word(quantity.number.0).len() <= 3
                && line.word(end + 1).len() <= 3
                && !line.word(end + 1).starts_with('0')
                || line.word(end + 1) == "0";
            match second.filter(|second| !chain && short && second <= first) {
                Some(second) => Some(Sort::Score(Value::Ratio { part: *first, whole: second }, end + 2)),
                // A telephone number or the like: the whole chain goes.
                None => {
                    let mut last = end;
                    while line.is_dash(last) && line.glued(last) && line.is_digits(last + 1) {
                        last += 2;
                    }
                    Some(Sort::None(last))
                }
            }
        }
        _ => None,
    }
}

/// An ordinal in words at `at`: its value and the place behind it.
pub(super) fn ordinal_word(line: &Line<'_>, at: usize) -> Option<(u32, usize)> {
    const ONES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let one = |at: usize| ONES.iter().position(|known| *known == line.lower(at)).map(|place| place as u32 + 1);
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        .iter()
        .position(|known| *known == line.lower(at));
    let (value, end) = match (one(at), tens) {
        (Some(value), _) => (value, at + 1),
        (None, Some(tens)) if line.is_hyphen(at + 1) => {
            ((tens as u32 + 2) * 10 + one(at + 2).filter(|one| *one < 10)?, at + 3)
        }
        _ => return None,
    };
    let before = at_before(line, at);
    let adverb = line.lower(before) == "at"
        || (line.lower(end) == "of" && line.lower(end + 1) == "all")
        || (at == 0 && line.is_sign(end, &[',']));
    let name = line.capital(at) && at > 0 && !line.title()
        || matches!(line.lower(end), "lady" | "minister" | "century" | "amendment" if line.capital(at));
    let second_hand = line.is_hyphen(end) && line.lower(end + 1) == "hand";
    let other = adverb || name || second_hand || line.lower(end) == "century" || near_month(line, at, end);
    (!other).then_some((value, end))
}
