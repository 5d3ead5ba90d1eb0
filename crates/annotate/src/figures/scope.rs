//! Words of a figure's clause that say where, when and of which side. Ranges only: other stages resolve places and dates.

use onrecord_evidence::TextRange;

use super::table::Flags;
use super::token::{Kind, Line};
use super::{Counted, Scope, ScopeKind};

/// Words behind a preposition that are looked at.
const MOST_WORDS: usize = 6;
/// Scopes that one figure may have.
const MOST_SCOPES: usize = 8;

/// The scopes in the tokens of `clause`, outside of `own`, in text order.
pub(super) fn scopes(
    line: &Line<'_>,
    clause: (usize, usize),
    own: (usize, usize),
    counted: Option<Counted>,
) -> Vec<Scope> {
    let mut scopes = Vec::new();
    let mut at = clause.0;
    while at < clause.1 && scopes.len() < MOST_SCOPES {
        if at == own.0 {
            scopes.extend(side(line, own, counted));
            at = own.1.max(at + 1);
            continue;
        }
        let limit = if at < own.0 { own.0 } else { clause.1 };
        match phrase(line, at, limit) {
            Some((kind, end)) => {
                scopes.push(Scope { kind, range: line.range(at, end) });
                at = end;
            }
            None => at += 1,
        }
    }
    scopes
}

/// Names before the noun: "Veskan" in "84 Veskan drones".
fn side(line: &Line<'_>, own: (usize, usize), counted: Option<Counted>) -> Option<Scope> {
    let counted = counted?;
    let inside = |at: &usize| {
        line.get(*at).is_some_and(|token| counted.range.contains(token.range) && token.range.end <= counted.head.start)
    };
    let first = (own.0..own.1).filter(inside).find(|at| line.capital(*at))?;
    let end = (first..own.1)
        .filter(inside)
        .take_while(|at| line.capital(*at) || line.kind(*at) == Some(Kind::Possessive))
        .last()?
        + 1;
    let range: TextRange = line.range(first, end);
    (!range.is_empty() && !line.title()).then_some(Scope { kind: ScopeKind::Side, range })
}

/// The scope phrase that begins at `at` and ends before `limit`.
fn phrase(line: &Line<'_>, at: usize, limit: usize) -> Option<(ScopeKind, usize)> {
    let word = line.lower(at);
    if matches!(word, "yesterday" | "today" | "tonight" | "overnight") {
        return Some((ScopeKind::Time, at + 1));
    }
    if matches!(word, "nationwide" | "worldwide" | "countrywide" | "globally") {
        return Some((ScopeKind::Place, at + 1));
    }
    if (line.has(at, Flags::OFFSET) || word == "this")
        && line.has(at + 1, Flags::TIME.with(Flags::WEEKDAY).with(Flags::MONTH))
        && at + 2 <= limit
    {
        return Some((ScopeKind::Time, at + 2));
    }
    if line.has(at, Flags::WEEKDAY) && line.capital(at) && line.lower(at).len() > 4 {
        return Some((ScopeKind::Time, at + 1));
    }
    let as_of = word == "as" && line.lower(at + 1) == "of";
    if !as_of
        && (!line.has(at, Flags::PREPOSITION)
            || matches!(word, "of" | "about" | "for" | "with" | "to" | "like" | "via" | "despite" | "against"))
    {
        return None;
    }
    let first = at + 1 + usize::from(as_of);
    let mut end = first;
    let mut capital = false;
    let mut time = false;
    let mut place = false;
    let mut side = false;
    let mut owned = false;
    while end < limit && end <= first + MOST_WORDS {
        let determiner = line.has(end, Flags::DETERMINER.with(Flags::OFFSET))
            || matches!(line.lower(end), "several" | "many" | "few" | "other");
        let year = line.is_digits(end)
            && (line.word(end).len() == 4 && !line.word(end).contains([',', '.'])
                || (line.has(end - 1, Flags::MONTH) && line.word(end).len() < 3));
        // "By 2009 Vesk had": the year closes the phrase before a name.
        if time && line.is_digits(end - 1) && line.capital(end) {
            break;
        }
        let dotted =
            line.is_sign(end, &['.']) && line.glued(end) && line.word(end - 1).len() == 1 && line.capital(end - 1);
        let inner =
            dotted || line.is_hyphen(end) || (line.kind(end) == Some(Kind::Possessive) && line.is_word(end + 1));
        // "Early 2022", "May 5, 2019".
        let date_comma = time && line.is_sign(end, &[',']) && line.is_digits(end + 1) && line.word(end + 1).len() == 4;
        let word = line.is_word(end) && !line.has(end, Flags::FUNCTION.with(Flags::AUXILIARY).with(Flags::BOUNDARY));
        let verb = line.has(end, Flags::PAST.with(Flags::DOUBTFUL))
            && !line.capital(end)
            && !line.has(end, Flags::PLACE.with(Flags::TIME));
        let of_name = capital
            && !time
            && line.lower(end) == "of"
            && (line.capital(end + 1) || line.lower(end + 1) == "the" && line.capital(end + 2));
        let district = place
            && line.lower(end) == "of"
            && (line.capital(end + 1) || line.lower(end + 1) == "the" && line.capital(end + 2));
        if of_name || district {
            end += 1 + usize::from(!line.capital(end + 1));
            continue;
        }
        // A name ends before the next word in lower case: "in Vesk teaching children".
        let linked = capital
            && matches!(line.lower(end), "de" | "del" | "la" | "al" | "el" | "bin" | "von" | "van" | "der")
            && (line.capital(end + 1) || line.capital(end + 2));
        let lower = word && !linked && !line.capital(end) && !line.has(end, Flags::PLACE.with(Flags::TIME));
        if capital && lower && line.kind(end - 1) != Some(Kind::Possessive) {
            break;
        }
        owned |= lower && line.kind(end - 1) == Some(Kind::Possessive);
        if !(determiner && end <= first + 1 || year || inner || date_comma || word && !verb) {
            break;
        }
        capital |= line.capital(end) && !line.has(end, Flags::MONTH.with(Flags::WEEKDAY));
        time |= line.has(end, Flags::TIME.with(Flags::WEEKDAY))
            || (line.has(end, Flags::MONTH) && line.capital(end))
            || year;
        place |= line.has(end, Flags::PLACE);
        side |= matches!(line.lower(end), "side" | "sides");
        let closes = line.is_plural(end) && !line.capital(end) || line.has(end, Flags::PLACE) && !line.capital(end);
        end += 1;
        if closes && !line.has(end, Flags::PLACE) {
            break;
        }
    }
    if line.is_sign(end - 1, &[',']) || end == first || end > limit {
        return None;
    }
    let where_to = matches!(
        line.lower(at),
        "in" | "at"
            | "near"
            | "across"
            | "over"
            | "from"
            | "around"
            | "outside"
            | "inside"
            | "along"
            | "throughout"
            | "within"
            | "on"
            | "into"
            | "off"
            | "toward"
            | "towards"
            | "between"
            | "through"
    );
    if side && (where_to || line.lower(at) == "on") {
        return Some((ScopeKind::Side, end));
    }
    if time && !(capital && place) || line.lower(at) == "since" {
        return Some((ScopeKind::Time, end));
    }
    (where_to && ((capital && !owned) || place)).then_some((ScopeKind::Place, end))
}
