//! Tells figures from other numbers: dates, names, ages, scores, lists. Not values: the words of the number are read already.

use super::age::age;
use super::number::Written;
use super::order::{ordinal_digits, score};
use super::quantity::{Quantity, at_before};
use super::table::Flags;
use super::token::Line;
use super::words::small;
use super::{Decimal, FigureKind, Value};

/// Words between "one" and another number that make it count.
const MOST_BETWEEN: usize = 12;

/// What a number turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// No figure of any kind; reading goes on at this token.
    None(usize),
    /// This kind, with the place behind its words.
    Kind(FigureKind, usize),
    /// A score, with the place behind its words.
    Score(Value, usize),
}

/// The sort of a number; `start` is where its bounds begin.
pub(super) fn sort(line: &Line<'_>, quantity: &Quantity, start: usize) -> Sort {
    let end = quantity.end;
    if in_name(line, quantity)
        || in_list(line, quantity)
        || (line.lower(quantity.start) == "one" && !counts_one(line, quantity))
    {
        return Sort::None(end);
    }
    if let Some(end) = ordinal_digits(line, quantity) {
        return if near_month(line, quantity.start, end) || line.lower(end) == "century" {
            Sort::None(end)
        } else {
            Sort::Kind(FigureKind::Ordinal, end)
        };
    }
    if glued(line, quantity) || time_or_date(line, quantity) {
        return Sort::None(end);
    }
    if let Some(end) = age(line, quantity, start) {
        return Sort::Kind(FigureKind::Age, end);
    }
    if let Some(sort) = score(line, quantity) {
        return sort;
    }
    let before = at_before(line, start);
    if quantity.dimension() == Some("duration") && !quantity.adjective {
        let behind = line.lower(end);
        if matches!(behind, "ago" | "earlier" | "later" | "hence") || line.has(before, Flags::OFFSET) {
            return Sort::Kind(
                FigureKind::Offset,
                end + usize::from(matches!(behind, "ago" | "earlier" | "later" | "hence")),
            );
        }
    }
    Sort::Kind(FigureKind::Quantity, end)
}

fn plain(quantity: &Quantity) -> bool {
    quantity.written == Written::Plain && !quantity.has_unit()
}

pub(super) fn up_to(quantity: &Quantity, most: u32) -> bool {
    let high = match &quantity.value {
        Value::Number(value) => *value,
        Value::Range { high, .. } => *high,
        _ => return false,
    };
    high <= Decimal::new(most) && !high.is_negative()
}

/// Joined to letters or digits that make it part of something else: "COVID-19", "G7", "1980s", "5G", "10:30", "24/7".
fn glued(line: &Line<'_>, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    if line.glued(start) && start > 0 {
        let before = start - 1;
        let joined = before > 0 && line.glued(before) && (line.is_word(before - 1) || line.is_digits(before - 1));
        let hyphen = line.is_sign(before, &['-', '‐', '‑', '−'])
            || (line.is_dash(before) && before > 0 && line.is_digits(before - 1));
        if line.is_word(before)
            || line.is_digits(before)
            || line.is_sign(before, &['#', '@', '_', '&', '=', '№', '\\', '^', '*'])
        {
            return true;
        }
        if joined && (hyphen || line.is_sign(before, &['.', '/', ':', '\'', '’', ','])) {
            return true;
        }
        if line.is_sign(before, &['\'', '’', '‘']) && line.is_digits(start) && line.word(start).len() == 2 {
            return true;
        }
        if line.is_sign(before, &['+']) && plain(quantity) {
            return true;
        }
    }
    let digits = end > 0 && line.is_digits(end - 1);
    let joined = line.glued(end) && digits;
    (joined && line.is_word(end))
        || (joined
            && line.is_sign(end, &[':', '/', '@', '_', '#', '\'', '’', '^'])
            && line.glued(end + 1)
            && line.kind(end + 1).is_some())
        || (line.is_sign(end - 1, &['°']) && matches!(line.lower(end), "n" | "s" | "e" | "w"))
}

pub(super) fn near_month(line: &Line<'_>, start: usize, end: usize) -> bool {
    let month = |at: usize| line.has(at, Flags::MONTH) && line.capital(at);
    let before = at_before(line, start);
    month(before)
        || (line.is_sign(before, &['.']) && month(at_before(line, before)))
        || month(end)
        || (line.lower(end) == "of" && month(end + 1))
}

fn year_like(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    line.is_digits(at) && word.len() == 4 && ("1500"..="2150").contains(&word)
}

fn time_or_date(line: &Line<'_>, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    if quantity.has_unit() || quantity.written == Written::Digits && !matches!(quantity.value, Value::Range { .. }) {
        return false;
    }
    let before = at_before(line, start);
    let clock = match line.lower(end) {
        "am" | "pm" | "gmt" | "utc" | "est" | "edt" | "cet" | "bst" | "pst" | "o'clock" | "o’clock" | "bc" | "bce"
        | "ad" | "ce" => line.lower(end) != "ad" || line.word(end) == "AD",
        "a" | "p" => line.is_sign(end + 1, &['.']) && line.lower(end + 2) == "m",
        _ => false,
    };
    if clock || line.word(before) == "AD" {
        return true;
    }
    if up_to(quantity, 31) && near_month(line, start, end) {
        return true;
    }
    // "May 22 and 23", "May 22, 23": days of a month named before.
    let listed = line.lower(before) == "and" || line.is_sign(before, &[',']) || line.is_dash(before);
    if listed
        && start > 2
        && up_to(quantity, 31)
        && line.is_digits(start - 2)
        && line.has(start - 3, Flags::MONTH)
        && !line.is_plural(end)
    {
        return true;
    }
    // "22 and 23 May", "from 3 to 5 May": days of a month named behind the next number.
    let next = matches!(line.lower(end), "and" | "or" | "to") || line.is_dash(end);
    if next
        && up_to(quantity, 31)
        && line.is_digits(end + 1)
        && line.has(end + 2, Flags::MONTH)
        && line.capital(end + 2)
    {
        return true;
    }
    if quantity.written != Written::Plain || !year_like(line, quantity.number.0) {
        return false;
    }
    if matches!(quantity.value, Value::Range { .. }) {
        return year_like(line, quantity.number.1 - 1);
    }
    // A year unless the words count something: "more than 2000 people", "2000 people".
    let counted = line.has(end, Flags::COUNTABLE)
        || line.has(end + 1, Flags::COUNTABLE) && !line.has(end, Flags::FUNCTION) && !line.is_sign(end, &[',', '.']);
    let limited = matches!(
        line.lower(before),
        "than" | "least" | "nearly" | "almost" | "some" | "approximately" | "roughly" | "another"
    ) || (matches!(line.lower(before), "about" | "over" | "to" | "around") && line.is_plural(end));
    !(counted || limited)
}

/// Part of a name or label: "Boeing 737", "page 5", "10 Downing Street", "Group of Seven".
fn in_name(line: &Line<'_>, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    if quantity.has_unit() || quantity.adjective {
        return false;
    }
    let before = at_before(line, start);
    let counts = line.is_plural(end) && !line.capital(end) || line.has(end, Flags::COUNTABLE);
    if line.is_sign(before, &['.'])
        && start > 1
        && matches!(line.lower(start - 2), "no" | "nos" | "art" | "sec")
        && line.is_digits(start)
    {
        return true;
    }
    let counts_ahead = counts
        || (1..3).any(|ahead| {
            line.is_plural(end + ahead)
                && (0..ahead).all(|inner| line.is_word(end + inner) && !line.has(end + inner, Flags::PREPOSITION))
        });
    let timely = line.has(before, Flags::TIME)
        && !line.capital(before)
        && (!matches!(line.lower(before), "week" | "day" | "season" | "year" | "month")
            || line.has(before.wrapping_sub(1), Flags::OFFSET.with(Flags::DETERMINER)));
    if line.has(before, Flags::LABEL)
        && !timely
        && (!counts_ahead || line.capital(before))
        && !line.title()
        && quantity.written != Written::Digits
    {
        return true;
    }
    if line.lower(before) == "of" && start > 1 && line.capital(start - 2) && line.lower(start - 2) == "group" {
        return true;
    }
    let street = (end..end + 4)
        .take_while(|at| line.capital(*at) || line.is_sign(*at, &['.']))
        .any(|at| at > end && line.has(at, Flags::STREET));
    if street && quantity.written == Written::Plain {
        return true;
    }
    let known = Flags::FUNCTION
        .with(Flags::ADVERB)
        .with(Flags::FINITE)
        .with(Flags::GERUND)
        .with(Flags::MONTH)
        .with(Flags::AUXILIARY)
        .with(Flags::BASE);
    let named = line.capital(before) && !line.has(before, known) && !line.title();
    let scored =
        line.is_hyphen(end) && line.is_digits(end + 1) && line.word(end - 1).len() < 3 && line.word(end + 1).len() < 3;
    if quantity.written == Written::Plain
        && !scored
        && line.word(quantity.number.0).len() <= 4
        && named
        && (start > 1 || !counts)
    {
        return true;
    }
    // "Call 911."
    let called = matches!(
        line.lower(before),
        "call" | "calls" | "called" | "calling" | "dial" | "dialled" | "dialed" | "dialling"
    );
    if called && quantity.written == Written::Plain && line.word(quantity.number.0).len() == 3 && !line.is_word(end) {
        return true;
    }
    // Telephone numbers and identifiers: many digits in one piece that count nothing.
    if quantity.written == Written::Plain
        && line.word(quantity.number.0).len() >= 9
        && !line.is_plural(end)
        && !line.is_plural(end + 1)
    {
        return true;
    }
    // "The Lost 52 Project": a number between two capitals, where the first is no word of grammar.
    let between = line.capital(before)
        && line.capital(end)
        && !line.has(before, Flags::FUNCTION.with(Flags::ADVERB).with(Flags::MONTH))
        && !line.title();
    if between && quantity.written == Written::Plain && !line.is_plural(end + 1) {
        return true;
    }
    let capital_word =
        quantity.written == Written::Words && line.capital(quantity.number.0) && start > 0 && !line.title();
    capital_word && (named || line.capital(end)) && !line.is_sign(before, &['"', '“', '‘', '.', ':'])
}

/// List numbers and footnotes: "1. ...", "2) ...", "[3]", "(4)".
fn in_list(line: &Line<'_>, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    if !plain(quantity) || !up_to(quantity, 999) {
        return false;
    }
    let before = at_before(line, start);
    (start == 0
        && line.is_sign(end, &['.', ')', ']'])
        && (line.kind(end + 1).is_some() || line.len() == end + 1)
        && !line.glued(end + 1))
        || (line.is_sign(before, &['"', '“', '‘', '\'']) && line.is_sign(end, &['"', '”', '’', '\'']))
        || (line.is_sign(before, &['[', '(']) && line.is_sign(end, &[']', ')']))
}

/// "One person", "killed one"; not "one of them", "no one", "one day".
fn counts_one(line: &Line<'_>, quantity: &Quantity) -> bool {
    if quantity.has_unit() || quantity.exact() != Some(Decimal::new(1)) {
        return quantity.dimension() != Some("duration")
            || line.lower(quantity.end) != "day"
                && line.lower(quantity.end - 1) != "day"
                && line.lower(quantity.end - 1) != "night";
    }
    let before = at_before(line, quantity.start);
    let end = quantity.end;
    let casualty = matches!(
        line.lower(before),
        "killed" | "killing" | "injured" | "injuring" | "wounded" | "wounding" | "arrested" | "least" | "than"
    );
    let taken = matches!(
        line.lower(before),
        "no" | "any"
            | "every"
            | "some"
            | "the"
            | "this"
            | "that"
            | "which"
            | "each"
            | "another"
            | "number"
            | "a"
            | "an"
    );
    if taken {
        return false;
    }
    if casualty && line.lower(end) != "of"
        || line.lower(before) == "but" && line.lower(at_before(line, before)) == "all"
    {
        return true;
    }
    let noun = line.is_word(end)
        && !line.has(end, Flags::NOT_ONE.with(Flags::FUNCTION).with(Flags::AUXILIARY).with(Flags::PAST))
        && !line.is_hyphen(end);
    // "One" is an article too: it counts people and cases, and what stands among other numbers.
    let near = quantity.start.saturating_sub(MOST_BETWEEN)..end + MOST_BETWEEN;
    let among = || {
        let other = |at: usize| {
            at != quantity.start
                && (small(line.lower(at)).is_some_and(|value| value > 1) || line.is_digits(at) && !year_like(line, at))
        };
        near.clone().any(other)
    };
    let limited = line.lower(before) == "only" || line.lower(before) == "just";
    line.lower(end) == "per"
        || line.has(end, Flags::STATE)
        || noun
            && (limited
                || line.has(end, Flags::ONE_OF.with(Flags::COUNTABLE))
                || line.has(end + 1, Flags::ONE_OF)
                || among())
}
