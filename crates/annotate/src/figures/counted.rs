//! The noun phrase that a number counts. Not a parser: modifiers and nouns up to a word that cannot be one.

use super::quantity::Quantity;
use super::table::Flags;
use super::token::{Kind, Line};
use super::{Counted, Unit, Value};

/// Words that a phrase may have.
const MOST_WORDS: usize = 9;

/// A phrase with the place behind it, and what its members are said to be.
pub(super) struct Phrase {
    pub(super) counted: Counted,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the quantity counts, looked for from the token `at` on.
pub(super) fn counted(line: &Line<'_>, quantity: &Quantity, at: usize) -> Option<Phrase> {
    let money = matches!(quantity.unit, Unit::Money { .. });
    let many = many(quantity) && quantity.unit == Unit::Count;
    let mut at = at;
    let mut part = false;
    // "12-member council": the joined noun is what the number counts.
    if !quantity.has_unit() && line.is_hyphen(at) && line.is_word(at + 1) {
        return phrase(line, at + 1, at + 2, at + 1, false);
    }
    let duration = quantity.dimension() == Some("duration");
    if quantity.adjective {
        return nouns(line, at, false, false);
    }
    if line.lower(at) == "of" && !duration {
        at += 1;
        if matches!(line.lower(at), "them" | "whom" | "which" | "us" | "those" | "these" | "you")
            && (!noun_like(line, at + 1) || verb_like(line, at + 1))
        {
            return phrase(line, at, at + 1, at, true);
        }
        let determined = line.has(at, Flags::DETERMINER) && line.lower(at) != "no";
        part = determined && quantity.unit == Unit::Count && !matches!(quantity.value, Value::Vague { .. })
            || determined && quantity.unit == Unit::Share;
        at += usize::from(determined);
        at += usize::from(part && matches!(line.lower(at), "more" | "other"));
        if line.is_digits(at) {
            (at, part) = (at + 1, true);
        }
        let phrase = nouns(line, at, many || part, part)?;
        // "39 of Orland's 54 delegates".
        if line.kind(phrase.end) == Some(Kind::Possessive) && line.is_digits(phrase.end + 1) {
            return nouns(line, phrase.end + 2, true, true);
        }
        return Some(phrase);
    }
    if money && line.lower(at) == "in" && !line.capital(at + 1) && !line.has(at + 1, Flags::FUNCTION.with(Flags::TIME))
    {
        return nouns(line, at + 1, false, false);
    }
    if money && line.lower(at) == "worth" {
        let of = line.lower(at + 1) == "of";
        return if of {
            nouns(line, at + 2 + usize::from(line.has(at + 2, Flags::DETERMINER)), true, false)
        } else {
            None
        };
    }
    if quantity.has_unit() && (!matches!(quantity.unit, Unit::Share) || line.has(at, Flags::FUNCTION)) {
        // "6.3 magnitude earthquake", "500 kg bomb": a unit in the singular or a mark with a noun behind it.
        if matches!(quantity.unit, Unit::Measure { .. })
            && !line.is_plural(at.saturating_sub(1))
            && noun_like(line, at)
            && !verb_like(line, at)
            && !line.capital(at)
            && !line.has(at, Flags::TIME.with(Flags::PLACE).with(Flags::FINITE).with(Flags::BASE))
            && !line.is_adverb(at)
            && !matches!(line.lower(at - 1), "feet" | "foot")
        {
            return nouns(line, at, false, false);
        }
        // "5% increase", "$5 million loan", "500 kg bomb": only a word that can be nothing but a noun; a verb would be worse.
        let plain_noun = (money || quantity.unit == Unit::PerCent)
            && noun_like(line, at)
            && !line.capital(at)
            && !line.has(at, Flags::TIME);
        return if plain_noun { nouns(line, at, false, false) } else { None };
    }
    if quantity.unit == Unit::Share {
        let determined = line.has(at, Flags::DETERMINER);
        return nouns(line, at + usize::from(determined), true, determined);
    }
    if line.has(at, Flags::STATE) && !line.is_plural(at + 1) {
        return phrase(line, at, at + 1, at, false);
    }
    part |= line.has(at, Flags::DETERMINER) && matches!(quantity.value, Value::Ratio { .. });
    nouns(line, at + usize::from(part), many, part)
}

fn many(quantity: &Quantity) -> bool {
    quantity.exact().is_none_or(|value| value != super::Decimal::new(1))
}

fn phrase(line: &Line<'_>, start: usize, end: usize, head: usize, part: bool) -> Option<Phrase> {
    // "B-17s" is one noun of several tokens.
    let first = (start + 1..=head).rev().find(|at| !line.glued(*at)).unwrap_or(start);
    let first = if line.is_word(head) && line.word(head).len() > 1 { head } else { first };
    let counted = Counted { range: line.range(start, end), head: line.range(first, head + 1), part, elided: false };
    (!counted.range.is_empty()).then_some(Phrase { counted, start, end })
}

/// A word that may stand inside of a noun phrase.
pub(super) fn noun_like(line: &Line<'_>, at: usize) -> bool {
    line.is_word(at)
        && (!line.has(at, Flags::FUNCTION.with(Flags::AUXILIARY).with(Flags::BOUNDARY))
            || (line.lower(at) == "other" && line.is_word(at + 1))
            || line.lower(at) == "others")
}

/// A form that looks like a verb in a clause: it is taken into the phrase only before a noun that must follow.
pub(super) fn verb_like(line: &Line<'_>, at: usize) -> bool {
    let word = line.lower(at);
    !line.capital(at)
        && !line.has(at, Flags::IRREGULAR)
        && (line.has(at, Flags::FINITE.with(Flags::PARTICIPLE).with(Flags::GERUND))
            || (word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"))))
        && !(line.has(at, Flags::PRESENT) && line.is_plural(at) && !line.has(at, Flags::PAST))
}

/// The noun phrase that begins at `start`. Where several things are counted it ends with the first noun in the plural.
fn nouns(line: &Line<'_>, start: usize, many: bool, part: bool) -> Option<Phrase> {
    let mut at = start;
    let mut head = None;
    let mut joined = false;
    let after_of = (start.saturating_sub(2)..start).any(|before| line.lower(before) == "of");
    while at < start + MOST_WORDS + 2 {
        let hyphenated = at > start && line.is_hyphen(at) && (line.is_word(at + 1) || line.is_digits(at + 1));
        if hyphenated || (at > start && line.kind(at) == Some(Kind::Possessive) && noun_like(line, at + 1)) {
            at += 1;
            continue;
        }
        let abbreviated = line.is_sign(at, &['.'])
            && line.glued(at)
            && at > start
            && line.capital(at - 1)
            && (line.word(at - 1).len() == 1 || line.word(at - 1).len() < 5 && line.capital(at + 1));
        if abbreviated
            || (line.is_sign(at, &['&']) && at > start)
            || (line.is_digits(at) && line.glued(at) && at > start)
        {
            if line.is_digits(at) {
                head = Some(at);
            }
            at += 1;
            continue;
        }
        if !noun_like(line, at) {
            // "Civilian and military targets": one conjunction of adjectives before the noun.
            let coordinated = line.lower(at) == "and"
                && many
                && !joined
                && head.is_some()
                && (at + 1..at + 4).any(|ahead| line.is_plural(ahead));
            if !(coordinated
                && (at + 1..at + 3).all(|ahead| noun_like(line, ahead))
                && head.is_some_and(|head| !line.is_plural(head) && !line.capital(head)))
            {
                break;
            }
            (joined, at) = (true, at + 1);
            continue;
        }
        let plural_before = head.is_some_and(|head| head + 1 == at && line.is_plural(head));
        if plural_before && (many || after_of) {
            // Only "United States troops" and "sports teams" go on behind a plural.
            let proper = line.capital(at - 1) && (line.capital(at) || line.is_plural(at));
            let compound = line.is_plural(at) && !line.capital(at) && !line.has(at, Flags::PRESENT);
            if !proper && !compound {
                break;
            }
        }
        if verb_like(line, at) {
            let noun_follows = noun_like(line, at + 1)
                && !verb_like(line, at + 1)
                && (1..4)
                    .any(|ahead| line.is_plural(at + ahead) && (1..ahead).all(|inner| noun_like(line, at + inner)));
            let single = !many
                && at == start
                && !line.lower(at).ends_with("ing")
                && noun_like(line, at + 1)
                && !verb_like(line, at + 1);
            // "In emergency spending": a noun where nothing follows that it could act on.
            let named = !many
                && line.lower(at).ends_with("ing")
                && line.lower(start.wrapping_sub(1)) == "in"
                && !noun_like(line, at + 1)
                && !line.has(at + 1, Flags::DETERMINER);
            if plural_before || !(named || single || noun_follows && (many || at == start)) {
                break;
            }
        }
        // An adverb behind the noun: "12 people reportedly".
        let done = head.is_some_and(|head| line.is_plural(head))
            || !noun_like(line, at + 1)
            || verb_like(line, at + 1)
            || line.has(at + 1, Flags::STATE);
        if line.is_adverb(at) && head.is_some() && done {
            break;
        }
        // "Turnover comes from": where one thing is counted, a verb in "-s" ends the phrase.
        if !many
            && head.is_some()
            && line.is_plural(at)
            && line.has(at, Flags::PRESENT)
            && line.has(at + 1, Flags::PREPOSITION.with(Flags::DETERMINER))
        {
            break;
        }
        head = Some(at);
        at += 1;
    }
    let head = head.filter(|head| !(*head == start && line.is_adverb(start)))?;
    phrase(line, start, head + 1, head, part)
}

/// The place behind the noun phrase that begins at `at`, if one does.
pub(super) fn phrase_end(line: &Line<'_>, at: usize) -> Option<usize> {
    nouns(line, at, true, false).map(|phrase| phrase.end)
}

/// "Dead" behind "12 people".
pub(super) fn state(line: &Line<'_>, at: usize) -> Option<usize> {
    (line.has(at, Flags::STATE) && !line.is_plural(at + 1) && !line.has(at, Flags::PAST)
        || matches!(line.lower(at), "dead" | "missing" | "injured" | "wounded" | "homeless"))
    .then_some(at)
    .filter(|at| !matches!(line.lower(at + 1), "by"))
}
