//! Words directly around a number: bounds, tallies, "record", "a day". Not the clause beyond them.

use super::counted::phrase_end;
use super::quantity::{Quantity, at_before};
use super::table::{Flags, Table};
use super::token::Line;
use super::{Bound, BoundKind, Figure, Tally, TallyKind, Unit};

/// Phrases that may stand one before another: "bringing the toll to at least some 40".
const MOST_PHRASES: usize = 4;

/// Reads what stands before the number into `figure`; where the first of those words is.
pub(super) fn before(line: &Line<'_>, quantity: &Quantity, table: &Table, figure: &mut Figure) -> usize {
    let mut start = quantity.start;
    for _ in 0..MOST_PHRASES {
        if start > 0
            && matches!(line.lower(start - 1), "record" | "record-breaking" | "unprecedented" | "historic")
            && figure.superlative.is_none()
        {
            figure.superlative = Some(line.range(start - 1, start));
            start -= 1;
        } else if let Some((at, kind)) = table.bounds_before.ending(line, start)
            && bound_fits(line, quantity, at, start)
        {
            figure.bounds.push(Bound { kind: *kind, range: line.range(at, start) });
            start = at;
        } else if let Some((at, kind)) = table.tallies_before.ending(line, start) {
            figure.tallies.push(Tally { kind: *kind, range: line.range(at, start) });
            start = at;
        } else if start > 0
            && matches!(line.lower(start - 1), "a" | "an" | "the" | "possibly" | "well" | "just")
            && start < quantity.start
        {
            start -= 1;
        } else {
            break;
        }
    }
    figure.bounds.reverse();
    figure.tallies.reverse();
    start
}

/// Words that are a bound here, and no preposition or comparison of something else.
fn bound_fits(line: &Line<'_>, quantity: &Quantity, at: usize, end: usize) -> bool {
    let before = at_before(line, at);
    let single = end == at + 1;
    match line.lower(at) {
        // "Over three years" says when; "for over three years" how long.
        "over" if single && quantity.dimension() == Some("duration") => {
            matches!(line.lower(before), "for" | "of" | "after" | "is" | "was")
        }
        // "Takes over about 40": of two bounds the nearer holds.
        "over"
            if single
                && end < quantity.start
                && matches!(line.lower(end), "about" | "around" | "some" | "nearly" | "almost") =>
        {
            false
        }
        // A mark at the head of a line is that of a list.
        "~" if at == 0 => line.glued(end),
        "estimated" if single => {
            !line.capital(before)
                && !line.is_plural(before)
                && !matches!(line.lower(before), "he" | "she" | "it" | "they" | "had" | "has" | "have")
        }
        "around" if single => !matches!(line.lower(before), "all" | "turned" | "travelled" | "traveled"),
        "under" | "above" | "below" | "beyond" if single => {
            quantity.has_unit() || !matches!(quantity.value, super::Value::Ratio { .. })
        }
        _ => true,
    }
}

/// Reads bounds and tallies that begin at `at`; the place behind them.
pub(super) fn after(line: &Line<'_>, at: usize, table: &Table, figure: &mut Figure) -> usize {
    let mut at = at;
    if line.is_sign(at, &['+']) && line.glued(at) {
        figure.bounds.push(Bound { kind: BoundKind::AtLeast, range: line.range(at, at + 1) });
        at += 1;
    }
    for _ in 0..MOST_PHRASES {
        if let Some((end, kind)) = table.bounds_after.starting(line, at) {
            figure.bounds.push(Bound { kind: *kind, range: line.range(at, end) });
            at = end;
        } else if let Some((end, kind)) = table.tallies_after.starting(line, at)
            && (*kind == TallyKind::Cumulative || increment_fits(line, end))
        {
            figure.tallies.push(Tally { kind: *kind, range: line.range(at, end) });
            at = end;
        } else {
            break;
        }
    }
    at
}

/// "12 more than" compares, "12 more or less" does nothing.
fn increment_fits(line: &Line<'_>, end: usize) -> bool {
    !matches!(line.lower(end), "than" | "or" | "likely" | "important")
}

/// "A day", "per 100,000 people", "a barrel", "annually", beginning at `at`: the place behind it.
pub(super) fn per(line: &Line<'_>, at: usize, unit: &Unit) -> Option<usize> {
    const UNITS: [&str; 22] = [
        "share",
        "barrel",
        "head",
        "person",
        "piece",
        "gallon",
        "litre",
        "liter",
        "tonne",
        "ton",
        "ounce",
        "kilo",
        "pound",
        "student",
        "family",
        "bottle",
        "household",
        "vote",
        "ticket",
        "kilogram",
        "acre",
        "unit",
    ];
    const TIMES: [&str; 10] =
        ["second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "decade"];
    match line.lower(at) {
        "per" if line.lower(at + 1) == "capita" => Some(at + 2),
        "per" if line.is_digits(at + 1) => Some(phrase_end(line, at + 2).unwrap_or(at + 2)),
        "per" if line.is_word(at + 1) && line.lower(at + 1) != "cent" => {
            Some(phrase_end(line, at + 1).map_or(at + 2, |end| end.min(at + 3)))
        }
        "a" | "an" | "each" | "every" if line.is_word(at + 1) && !line.has(at + 1, Flags::FUNCTION) => {
            let word = line.lower(at + 1);
            let fits = TIMES.contains(&word) || (matches!(unit, Unit::Money { .. }) && UNITS.contains(&word));
            (fits && !matches!(line.lower(at + 2), "ago" | "later" | "earlier" | "after" | "before")).then_some(at + 2)
        }
        "each" if !line.has(at + 1, Flags::FUNCTION.with(Flags::AUXILIARY)) || line.lower(at + 1).is_empty() => {
            Some(at + 1)
        }
        "annually" | "daily" | "weekly" | "monthly" | "yearly" | "apiece" => Some(at + 1),
        _ if line.is_sign(at, &['/']) && line.glued(at) && TIMES.contains(&line.lower(at + 1)) => Some(at + 2),
        _ => None,
    }
}

/// Tallies that speak of the whole clause: "so far", "death toll".
pub(super) fn in_clause(line: &Line<'_>, clause: (usize, usize), table: &Table, figure: &mut Figure) {
    if figure.tallies.iter().any(|tally| tally.kind == TallyKind::Cumulative) {
        return;
    }
    // "The death toll of the quakes rose from five to six".
    let own = (clause.0..clause.1)
        .find(|at| line.get(*at).is_some_and(|token| token.range.start >= figure.range.start))
        .unwrap_or(clause.1);
    let toll = (clause.0..own).rev().find(|at| matches!(line.lower(*at), "toll" | "tally"));
    if let Some(toll) = toll.filter(|_| {
        figure.unit == Unit::Count && own > 0 && matches!(line.lower(own - 1), "to" | "from" | "at" | "than" | "least")
    }) {
        let first = toll - usize::from(toll > 0 && line.lower(toll - 1) == "death");
        figure.tallies.push(Tally { kind: TallyKind::Cumulative, range: line.range(first, toll + 1) });
        return;
    }
    for at in clause.0..clause.1 {
        if let Some((end, kind)) = table.tallies_clause.starting(line, at) {
            let range = line.range(at, end);
            if end <= clause.1 && !range.overlaps(figure.range) {
                figure.tallies.push(Tally { kind: *kind, range });
                figure.tallies.sort_by_key(|tally| tally.range);
                return;
            }
        }
    }
}

/// The clause around the tokens `start` to `end`: up to a conjunction, a semicolon, a dash or the ends of the sentence.
pub(super) fn clause(line: &Line<'_>, start: usize, end: usize) -> (usize, usize) {
    const FAR: usize = 48;
    let ends = |at: usize| {
        line.is_sign(at, &[';', ':', '—', '"', '“', '”', '(', ')'])
            || (line.has(at, Flags::BOUNDARY)
                && !matches!(line.lower(at), "or" | "as" | "than" | "since" | "no")
                && !(line.lower(at) == "so" && line.lower(at + 1) == "far"))
    };
    let mut first = start;
    while first > 0 && start - first < FAR && !ends(first - 1) {
        first -= 1;
    }
    let mut last = end;
    while last < line.len() && last - end < FAR && !ends(last) {
        last += 1;
    }
    (first, last)
}
