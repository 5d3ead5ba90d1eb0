//! What a sum, a share or a measure is of, where the noun stands before it. Not the noun behind a number.

use onrecord_evidence::TextRange;

use super::counted::{noun_like, verb_like};
use super::roles::{Group, subject};
use super::table::Flags;
use super::token::Line;
use super::{Counted, Figure, FigureKind, Unit};

/// Words that a noun phrase before a number may have.
const MOST_WORDS: usize = 4;

/// The noun of a figure whose bounds begin at the token `start` and whose words end before `end`, looked for before it.
pub(super) fn measured(
    line: &Line<'_>,
    figure: &Figure,
    last: Option<&Figure>,
    start: usize,
    end: usize,
) -> Option<Counted> {
    if matches!(&figure.unit, Unit::Measure { dimension, .. } if dimension == "duration") {
        return None;
    }
    let before = start.checked_sub(1)?;
    converted(line, figure, last, before)
        .or_else(|| apposed(line, figure, before, end))
        .or_else(|| joined(line, before))
        .or_else(|| grown(line, figure, start))
}

/// "120 km (75 miles)", "up to 5 per cent from 4 per cent": one amount in two units, or at two times.
fn converted(line: &Line<'_>, figure: &Figure, last: Option<&Figure>, before: usize) -> Option<Counted> {
    let last = last.filter(|last| last.kind == FigureKind::Quantity)?;
    let behind = (before.saturating_sub(3)..=before)
        .find(|at| line.get(*at).is_some_and(|token| token.range.start >= last.range.end))?;
    let near = line.get(behind.checked_sub(1)?)?.range.end == last.range.end;
    let bracket = line.is_sign(before, &['(', '[']) && behind == before;
    let again = last.unit == figure.unit
        && (behind..=before).all(|at| {
            matches!(
                line.lower(at),
                "from" | "to" | "and" | "or" | "up" | "down" | "compared" | "with" | "than" | "against"
            ) || line.is_sign(at, &[','])
        });
    // A count that has no noun behind a count is its other end only in "from 500 to 400".
    let fits = if figure.unit == Unit::Count {
        again && line.lower(before) == "to" && behind == before
    } else {
        bracket || again
    };
    let counted =
        last.counted.filter(|_| near && fits && (figure.unit == Unit::Count) == (last.unit == Unit::Count))?;
    Some(Counted { elided: true, ..counted })
}

/// "The number of women, 102, rose": a number between commas behind a plural.
fn apposed(line: &Line<'_>, figure: &Figure, before: usize, end: usize) -> Option<Counted> {
    let noun = before.checked_sub(1)?;
    let fits = figure.unit == Unit::Count
        && line.is_sign(before, &[','])
        && line.is_sign(end, &[',', '—', '–'])
        && line.is_plural(noun)
        && !line.capital(noun)
        && !line.has(noun, Flags::TIME);
    if fits { noun_before(line, before) } else { None }
}

/// "A storm surge of six feet", "economies worth $3.4 trillion", "a bridge measuring 40 metres".
fn joined(line: &Line<'_>, before: usize) -> Option<Counted> {
    let end = match line.lower(before) {
        "of" | "worth" | "measuring" | "totalling" | "totaling" | "weighing" | "averaging" | "costing"
        | "exceeding" | "reaching" => before,
        "from" if before > 0 && line.is_plural(before - 1) => before,
        "at" if before > 0 && matches!(line.lower(before - 1), "valued" | "estimated" | "priced" | "put") => before - 1,
        _ => return None,
    };
    noun_before(line, end)
}

/// "A population of 50,000 lives there": a noun that the one behind the number cannot be.
pub(super) fn population(line: &Line<'_>, start: usize) -> Option<Counted> {
    let of = start.checked_sub(1).filter(|of| line.lower(*of) == "of" && *of > 0)?;
    if line.lower(of - 1) == "population" { noun_before(line, of) } else { None }
}

/// "Wind speeds reached 185 mph", "the number of justices remained at nine", "shares fell by 5 per cent".
fn grown(line: &Line<'_>, figure: &Figure, start: usize) -> Option<Counted> {
    let mut verb = start.checked_sub(1)?;
    while verb > 0
        && (matches!(
            line.lower(verb),
            "to" | "at" | "by" | "from" | "only" | "just" | "about" | "a" | "as" | "low" | "high" | "out"
        ) || line.is_adverb(verb))
        && start - verb < 4
    {
        verb -= 1;
    }
    if !line.has(verb, Flags::AMOUNT) {
        return None;
    }
    let mut first = Group::before(line, verb).first;
    // "Winds are predicted to reach": the verb of the clause is the one before.
    if line.lower(first) == "to"
        && first > 0
        && (verb_like(line, first - 1) || matches!(line.lower(first - 1), "likely" | "due" | "set" | "forecast"))
    {
        first = Group::before(line, first - 1).first;
    }
    let (first, last) = subject(line, first)?;
    let mut first = (first..last).find(|at| {
        !line.has(*at, Flags::DETERMINER.with(Flags::AUXILIARY).with(Flags::BOUNDARY)) && line.is_word(*at)
    })?;
    if matches!(
        line.lower(first),
        "number" | "amount" | "total" | "share" | "percentage" | "proportion" | "value" | "price" | "cost"
    ) && line.lower(first + 1) == "of"
    {
        first += 2;
        first += usize::from(line.has(first, Flags::DETERMINER));
    }
    let end = (first..last)
        .find(|at| {
            line.has(*at, Flags::PREPOSITION)
                || line.lower(*at) == "of"
                || !line.is_word(*at) && !line.is_hyphen(*at) && line.sign(*at).is_some()
        })
        .unwrap_or(last);
    let head = end.checked_sub(1).filter(|head| *head >= first && noun_like(line, *head))?;
    // "Ada Vane was 90": a name has no such amount.
    let opens = head == 0 && (figure.unit != Unit::Count || line.is_plural(head));
    let named = line.capital(head) && !opens && (figure.unit == Unit::Count || line.has(verb, Flags::BE));
    (!named).then(|| counted(line.range(first, end), line.range(head, end)))
}

/// The noun phrase that ends before `end`.
fn noun_before(line: &Line<'_>, end: usize) -> Option<Counted> {
    let head = end.checked_sub(1).filter(|head| {
        noun_like(line, *head)
            && !verb_like(line, *head)
            && !matches!(
                line.lower(*head),
                "range" | "excess" | "order" | "region" | "maximum" | "minimum" | "average" | "total"
            )
    })?;
    let mut first = head;
    while first > 0
        && head - first < MOST_WORDS
        && noun_like(line, first - 1)
        && !verb_like(line, first - 1)
        && !line.has(first - 1, Flags::FINITE)
        && !line.is_adverb(first - 1)
    {
        first -= 1;
    }
    Some(counted(line.range(first, end), line.range(head, end)))
}

const fn counted(range: TextRange, head: TextRange) -> Counted {
    Counted { range, head, part: false, elided: false }
}
