//! Tells ages from other numbers. Not dates of birth, and not whose age it is.

use super::number::Written;
use super::quantity::{Quantity, at_before};
use super::sort::up_to;
use super::table::Flags;
use super::token::Line;

/// Ages: the place behind their words.
pub(super) fn age(line: &Line<'_>, quantity: &Quantity, start: usize) -> Option<usize> {
    let end = quantity.end;
    if quantity.dimension() == Some("duration") {
        let joined = line.is_hyphen(end) && matches!(line.lower(end + 1), "old" | "olds");
        let spaced = line.lower(end) == "old";
        let of_age = line.lower(end) == "of" && line.lower(end + 1) == "age";
        return if joined || of_age {
            Some(end + 2)
        } else if spaced {
            Some(end + 1)
        } else {
            None
        };
    }
    if quantity.has_unit() || !up_to(quantity, 120) {
        return None;
    }
    let before = at_before(line, start);
    if matches!(line.lower(before), "aged" | "age" | "ages" | "turned" | "turns") && !line.is_plural(end) {
        return Some(end);
    }
    if line.lower(before) == "of" && start > 1 && matches!(line.lower(start - 2), "age" | "ages") {
        return Some(end);
    }
    // "He was 95."
    let person = start > 1 && matches!(line.lower(start - 2), "he" | "she" | "who" | "i");
    if person
        && line.has(before, Flags::BE)
        && (line.is_sign(end, &['.', ','])
            || line.get(end).is_none()
            || matches!(line.lower(end), "when" | "at" | "and"))
    {
        return Some(end);
    }
    // "Ada Vane, the former governor, was 90."
    let named = line.capital(0)
        && (line.capital(1) || line.is_sign(1, &[',']))
        && !line.has(0, Flags::FUNCTION)
        && !line.title();
    if named
        && start > 2
        && matches!(line.lower(before), "is" | "was")
        && line.is_digits(quantity.start)
        && (line.is_sign(end, &['.']) && end + 2 >= line.len() || line.get(end).is_none())
        && line.is_sign(start - 2, &[','])
    {
        return Some(end);
    }
    // "At 70, she is the oldest."
    let opens = start == 1 && line.lower(0) == "at" && line.is_digits(1) && line.is_sign(end, &[',']);
    if opens && !line.is_digits(end + 1) {
        return Some(end);
    }
    if matches!(line.lower(end), "yo" | "y/o") {
        return Some(end + 1);
    }
    // "Ada Vane, 79, died", "Another brother, 22, was", "Vane, now 22,".
    let comma = line.is_sign(before, &[','])
        || (matches!(line.lower(before), "now" | "then") && start > 1 && line.is_sign(start - 2, &[',']));
    let name = if matches!(line.lower(before), "now" | "then") { start.checked_sub(3) } else { start.checked_sub(2) }?;
    let closed = line.is_sign(end, &[',', '.', ';', ')', '—'])
        || line.lower(end) == "and" && (line.capital(end + 1) || line.capital(name));
    let someone = line.is_word(name)
        && !line.has(name, Flags::MONTH.with(Flags::WEEKDAY).with(Flags::DOUBTFUL))
        && (line.capital(name) || !line.is_plural(name) && !line.has(name, Flags::FUNCTION));
    let fits = comma
        && closed
        && someone
        && quantity.written == Written::Plain
        && quantity.start == start
        && up_to(quantity, 110);
    let month_day = line.is_sign(end, &[',']) && line.is_digits(end + 1);
    (fits && !month_day).then_some(end)
}
