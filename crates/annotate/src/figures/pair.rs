//! Two quantities that are one: ratios and ranges. Not two sides of a game or a vote.

use super::number::Written;
use super::quantity::{Context, Quantity, Single, at_before, single};
use super::table::{Flags, Table};
use super::token::Line;
use super::{Decimal, Unit, Value};

/// "One in five", "nine out of 10".
pub(super) fn ratio(line: &Line<'_>, (first, _): &Single, table: &Table, context: &Context) -> Option<Quantity> {
    let part = first.exact().filter(|_| !first.has_unit())?;
    let out_of = line.lower(first.end) == "out" && line.lower(first.end + 1) == "of";
    let within = line.lower(first.end) == "in" || (line.is_hyphen(first.end) && line.lower(first.end + 1) == "in");
    let said = first.end + if out_of { 2 } else { 1 };
    let every = out_of || (within && line.lower(said) == "every");
    if !out_of && !within {
        return None;
    }
    let mut at = said + usize::from(line.is_hyphen(first.end)) + usize::from(line.lower(said) == "every");
    at += usize::from(line.is_hyphen(at));
    let (second, _) = single(line, at, table, context)?.ok()?;
    let whole = second.exact().filter(|whole| *whole > part && !second.has_unit())?;
    let year = second.written == Written::Plain && line.word(second.number.0).len() == 4;
    let round = whole
        .whole()
        .is_some_and(|whole| whole <= 10 || (whole <= 1_000_000 && whole % 5 == 0) || part == Decimal::new(1));
    let before = at_before(line, first.start);
    let object = line.has(before, Flags::PAST.with(Flags::GERUND).with(Flags::PRESENT)) && !every;
    if year || (!every && !round) || object || line.has(second.end, Flags::MONTH) {
        return None;
    }
    let value = Value::Ratio { part, whole };
    Some(Quantity {
        end: second.end,
        value,
        unit: Unit::Share,
        number: (first.number.0, second.number.1),
        written: Written::Words,
        ..first.clone()
    })
}

/// "3-4", "20 to 30", "two or three", "between 20 and 30".
pub(super) fn range(line: &Line<'_>, (first, number): &Single, table: &Table, context: &Context) -> Option<Quantity> {
    let low = first.exact()?;
    let before = at_before(line, first.start);
    let between = line.lower(before) == "between";
    let from = line.lower(before) == "from";
    let ranging = from
        && matches!(
            line.lower(at_before(line, before)),
            "ranging" | "range" | "ranges" | "ranged" | "anywhere" | "varying" | "vary" | "varies"
        );
    let joint = first.end;
    let dash = line.is_dash(joint)
        && (line.glued(joint) == line.glued(joint + 1))
        && line.is_digits(number.start)
        && !line.is_dash(joint + 1);
    let word = line.lower(joint);
    let joined = dash || (word == "to" && (!from || ranging)) || (word == "or" && !from) || (word == "and" && between);
    if !joined {
        return None;
    }
    let mut at = joint + 1;
    while between && matches!(line.lower(at), "about" | "around" | "some" | "as") && at < joint + 3 {
        at += 1;
    }
    let (second, other) = single(line, at, table, context)?.ok()?;
    let high = second.exact()?;
    let mut unit = second.unit.clone();
    if first.has_unit() {
        if second.has_unit() && !same_unit(&first.unit, &second.unit) {
            return None;
        }
        unit = first.unit.clone();
    }
    // The scale behind the second number holds for the first: "$5-10 million".
    let bare = other.scale.filter(|(bare, _)| number.scale.is_none() && low < *bare && number.exact().is_some());
    let low = bare.map_or(Some(low), |(_, power)| low.shifted(power))?;
    if low >= high
        || (word == "or"
            && low.plus(low).and_then(|twice| twice.plus(Decimal::new(1))).is_none_or(|twice| high > twice))
    {
        return None;
    }
    // Digits in a chain are no range: telephone numbers, dates.
    if dash && line.is_dash(second.end) && line.glued(second.end) && line.is_digits(second.end + 1) {
        return None;
    }
    let start = if between || ranging { before } else { first.start };
    Some(Quantity {
        start,
        end: second.end,
        value: Value::Range { low, high },
        unit,
        written: if first.written == second.written { first.written } else { Written::Digits },
        number: (first.number.0, second.number.1),
        adjective: second.adjective,
        others: Vec::new(),
    })
}

pub(super) fn same_unit(left: &Unit, right: &Unit) -> bool {
    match (left, right) {
        (Unit::Money { codes: left, .. }, Unit::Money { codes: right, .. }) => left.first() == right.first(),
        _ => left == right,
    }
}
