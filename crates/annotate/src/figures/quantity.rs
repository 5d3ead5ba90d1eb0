//! Reads a number with its unit, and two of them as a range or a ratio. Not whether it is a figure, and not its noun.

use super::number::{Amount, Number, Problem, Written, money_suffix, number};
use super::pair::{range, ratio};
use super::table::{Currency, Flags, Table};
use super::token::Line;
use super::{Decimal, FigureKind, OtherReading, Unit, Value};

/// What the whole text says about units.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Codes of the dollars that the text names with their country.
    pub(super) dollars: Vec<String>,
    /// Whether the text writes pounds of money elsewhere.
    pub(super) sterling: bool,
}

impl Context {
    pub(super) fn of(text: &str) -> Self {
        const DOLLARS: [(&str, &str); 12] = [
            ("A$", "AUD"),
            ("AU$", "AUD"),
            ("Australian dollar", "AUD"),
            ("C$", "CAD"),
            ("CA$", "CAD"),
            ("Canadian dollar", "CAD"),
            ("NZ$", "NZD"),
            ("New Zealand dollar", "NZD"),
            ("HK$", "HKD"),
            ("Hong Kong dollar", "HKD"),
            ("S$", "SGD"),
            ("NT$", "TWD"),
        ];
        let mut dollars: Vec<String> = Vec::new();
        if text.contains('$') || text.contains("dollar") {
            for (words, code) in DOLLARS {
                let named = text.match_indices(words).any(|(at, _)| {
                    let before = text[..at].chars().next_back();
                    !words.ends_with('$') || !before.is_some_and(char::is_alphanumeric)
                });
                if named && !dollars.iter().any(|known| known == code) {
                    dollars.push(code.to_owned());
                }
            }
        }
        Self { dollars, sterling: text.contains('£') || text.contains("pounds sterling") }
    }
}

/// A number with its unit at the tokens from `start` up to, not including, `end`.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Value,
    pub(super) unit: Unit,
    pub(super) written: Written,
    /// Where the number itself stands, without currency and unit.
    pub(super) number: (usize, usize),
    /// Whether the unit is joined by a hyphen: "10-year".
    pub(super) adjective: bool,
    pub(super) others: Vec<OtherReading>,
}

impl Quantity {
    /// Whether it is money or a share or has a unit of measure.
    pub(super) fn has_unit(&self) -> bool {
        self.unit != Unit::Count
    }

    pub(super) fn dimension(&self) -> Option<&str> {
        match &self.unit {
            Unit::Measure { dimension, .. } => Some(dimension),
            _ => None,
        }
    }

    pub(super) fn exact(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(value) => Some(value),
            _ => None,
        }
    }
}

/// The quantity that begins at the token `at`; a problem comes with the place behind the digits.
pub(super) fn quantity(
    line: &Line<'_>,
    at: usize,
    table: &Table,
    context: &Context,
) -> Option<Result<Quantity, (usize, Problem)>> {
    let first = match single(line, at, table, context)? {
        Ok((first, number)) => (first, number),
        Err(problem) => return Some(Err(problem)),
    };
    let pair = ratio(line, &first, table, context).or_else(|| range(line, &first, table, context));
    Some(Ok(pair.unwrap_or_else(|| shared_unit(line, first, table, context))))
}

/// "50 to 48 percent", "10 and 15 km": the unit behind the second number is that of the first too.
fn shared_unit(line: &Line<'_>, (first, number): Single, table: &Table, context: &Context) -> Quantity {
    let year = line.is_digits(number.start) && line.word(number.start).len() == 4;
    if first.has_unit() || year || !matches!(line.lower(first.end), "to" | "and" | "or" | "versus" | "vs") {
        return first;
    }
    match single(line, first.end + 1, table, context) {
        Some(Ok((second, other))) if second.end > other.end && second.has_unit() && !second.adjective => {
            Quantity { unit: second.unit, ..first }
        }
        _ => first,
    }
}

pub(super) type Single = (Quantity, Number);

pub(super) fn single(
    line: &Line<'_>,
    start: usize,
    table: &Table,
    context: &Context,
) -> Option<Result<Single, (usize, Problem)>> {
    let mut at = start;
    let minus = (line.is_sign(at, &['-', '−']) && !line.glued(at) && line.glued(at + 1))
        || (line.lower(at) == "minus" && !line.glued(at));
    at += usize::from(minus);
    let currency = table.signs.starting(line, at).filter(|(end, _)| sign_fits(line, at, *end));
    let number_at = currency.map_or(at, |(end, _)| end);
    let mut number = match number(line, number_at)? {
        Ok(number) => number,
        Err(problem) => return Some(Err(problem)),
    };
    if minus {
        // A sign without digits behind it is a dash.
        number.amount = match number.amount {
            Amount::Exact(value) if line.is_digits(number_at) || currency.is_some() || line.lower(start) == "minus" => {
                Amount::Exact(value.negated())
            }
            _ => return None,
        };
    }
    let mut money = currency.map(|(_, currency)| currency);
    let mut others = Vec::new();
    let mut end = number.end;
    let many_times = line.lower(number.start).ends_with("fold")
        || matches!(line.lower(number.start), "twice" | "thrice") && compares(line, number.end);
    let mut unit = if many_times { Unit::Times } else { Unit::Count };
    let mut adjective = false;
    if money.is_some() {
        if let Some((power, value)) = letter_scale(line, &number) {
            number = with_scale(number, power, value);
            end = number.end;
        }
    } else if let Some((behind, found, hyphen)) = unit_behind(line, &number, table) {
        (end, adjective) = (behind, hyphen);
        match found {
            Found::Unit(found) => unit = found,
            Found::Money(currency) => money = Some(currency),
        }
    }
    if let Some(currency) = money {
        // "$5 million dollars": the word repeats the sign.
        if let Some((behind, _)) = table.currencies.starting(line, end) {
            end = behind;
        }
        unit = money_unit(currency, context);
    }
    if line.word(end.saturating_sub(1)) == "m" && matches!(&unit, Unit::Measure { name, .. } if name == "metre") {
        million_or_metre(line, &mut number, &mut unit, &mut others, end);
    }
    if matches!(&unit, Unit::Measure { name, .. } if name == "pound")
        && let Some(value) = number.exact()
        && line.lower(end) != "of"
        && line.lower(end - 1).starts_with("pound")
    {
        // "181 million pounds" is money; "200 pounds" is so only in a text that writes of such money.
        let money = Unit::Money { codes: vec!["GBP".to_owned()], stated: false };
        let large = number.scale.is_some_and(|(_, power)| power >= 6);
        let other = if large { std::mem::replace(&mut unit, money) } else { money };
        if large || context.sterling {
            let reason = if large { "pounds-may-be-mass" } else { "pounds-may-be-money" };
            others.push(OtherReading {
                kind: FigureKind::Quantity,
                value: Value::Number(value),
                unit: other,
                reason: reason.to_owned(),
            });
        }
    }
    let mut start = start;
    if unit == Unit::Count && number.written != Written::Words {
        // "Magnitude 6.3", "a magnitude of 4.0": the one unit that stands before its number.
        let linked = |at: usize| matches!(line.lower(at), "of" | "was" | "is" | "at" | "a" | "reached" | "measured");
        let of = usize::from(start > 0 && linked(start - 1));
        let hyphen = usize::from(of == 0 && start > 0 && line.is_hyphen(start - 1));
        if start > of + hyphen && line.lower(start - of - hyphen - 1) == "magnitude" {
            start -= if matches!(line.lower(start - 1), "of" | "-") || of == 0 { of + hyphen + 1 } else { 0 };
            unit = Unit::Measure { dimension: "magnitude".to_owned(), name: "magnitude".to_owned() };
        }
    }
    // "A thirty-five year sentence": a unit in the singular behind more than one is a modifier.
    let singular = matches!(unit, Unit::Measure { .. })
        && end > number.end
        && line.lower(end - 1).len() > 2
        && !line.is_plural(end - 1)
        && !matches!(line.lower(end - 2), "per" | "an" | "a" | "/");
    adjective |=
        singular && number.exact().is_some_and(|value| value > Decimal::new(1)) && line.is_plural_of(end - 1, table);
    let value = match number.amount {
        Amount::Exact(value) => Value::Number(value),
        Amount::Ratio(part, whole) => Value::Ratio { part, whole },
    };
    if unit == Unit::Count && matches!(number.amount, Amount::Ratio(..)) {
        unit = Unit::Share;
    }
    let quantity = Quantity {
        start,
        end,
        value,
        unit,
        written: number.written,
        number: (number.start, number.end),
        adjective,
        others,
    };
    Some(Ok((quantity, number)))
}

/// A sign of money stands directly before its number; one of letters is in capitals.
fn sign_fits(line: &Line<'_>, at: usize, end: usize) -> bool {
    let letters = line.is_word(at);
    !letters
        || line.word(at).starts_with(char::is_uppercase)
            && (end > at + 1 || line.word(at).chars().all(char::is_uppercase) || line.lower(at) == "rs")
}

fn letter_scale(line: &Line<'_>, number: &Number) -> Option<(i32, Decimal)> {
    let near = line.glued(number.end) || matches!(line.lower(number.end), "m" | "mil");
    let power = money_suffix(line.word(number.end)).filter(|_| near && number.written != Written::Words)?;
    Some((power, number.exact()?.shifted(power)?))
}

fn with_scale(number: Number, power: i32, value: Decimal) -> Number {
    Number {
        end: number.end + 1,
        amount: Amount::Exact(value),
        written: Written::Digits,
        scale: number.exact().map(|bare| (bare, power)),
        ..number
    }
}

enum Found<'t> {
    Unit(Unit),
    Money(&'t Currency),
}

/// Whether a comparison goes on at `at`: "four times [as many]", "twice [the price]".
pub(super) fn compares(line: &Line<'_>, at: usize) -> bool {
    matches!(
        line.lower(at),
        "as" | "the"
            | "more"
            | "higher"
            | "larger"
            | "greater"
            | "bigger"
            | "that"
            | "what"
            | "its"
            | "their"
            | "less"
            | "lower"
            | "faster"
            | "smaller"
            | "likelier"
            | "longer"
            | "stronger"
    )
}

/// The unit behind a number: the place behind it, and whether a hyphen joins it.
fn unit_behind<'t>(line: &Line<'_>, number: &Number, table: &'t Table) -> Option<(usize, Found<'t>, bool)> {
    let hyphen = line.is_hyphen(number.end);
    let at = number.end + usize::from(hyphen);
    let digits = number.written != Written::Words;
    let word = line.lower(at);
    if line.is_sign(at, &['%', '٪', '％']) {
        let points =
            line.lower(at + 1) == "points" || (line.is_hyphen(at + 1) && line.lower(at + 2).starts_with("point"));
        let end = if !points {
            at + 1
        } else if line.is_hyphen(at + 1) {
            at + 3
        } else {
            at + 2
        };
        return Some((end, Found::Unit(if points { Unit::PercentagePoints } else { Unit::PerCent }), hyphen));
    }
    let per_cent = match word {
        "percent" | "percentage" | "percents" => 1,
        "per" if line.lower(at + 1) == "cent" => 2,
        "pc" | "pct" if digits => 1,
        _ => 0,
    };
    if per_cent > 0 {
        let mut end = at + per_cent;
        let behind = end + usize::from(line.is_hyphen(end));
        let points = matches!(line.lower(behind), "point" | "points");
        if points {
            end = behind + 1;
        } else if word == "percentage" {
            return None;
        }
        return Some((end, Found::Unit(if points { Unit::PercentagePoints } else { Unit::PerCent }), hyphen));
    }
    if word == "fold" && hyphen
        || word == "times" && (compares(line, at + 1) || number.exact().is_some_and(|value| value.whole().is_none()))
    {
        return Some((at + 1, Found::Unit(Unit::Times), hyphen));
    }
    if let Some((end, currency)) = table.currencies.starting(line, at) {
        return Some((end, Found::Money(currency), hyphen));
    }
    if !digits || at > number.end {
        // A sign behind digits: "5 €", "10 USD".
    } else if let Some((end, currency)) = table.signs.starting(line, at)
        && (line.is_word(at) && sign_fits(line, at, end) || line.is_sign(at, &['€', '£', '₽', '₴', '₺', '₪', '₹']))
        && !line.is_digits(end)
    {
        return Some((end, Found::Money(currency), hyphen));
    }
    let measure = table.measures.starting(line, at).or_else(|| {
        let short = line.word(at).len() == 1 && line.is_word(at);
        let fits = digits
            && (line.glued(at) || !short || (line.word(at) == "m" && !line.capital(at)))
            && (!line.is_word(at) || !hyphen || line.word(at).len() > 1);
        table
            .marks
            .starting(line, at)
            .filter(|(end, _)| fits && !(line.glued(*end) && (line.is_word(*end) || line.is_digits(*end))))
    });
    let (end, measure) = measure?;
    Some((end, Found::Unit(Unit::Measure { dimension: measure.dimension.clone(), name: measure.name.clone() }), hyphen))
}

fn money_unit(currency: &Currency, context: &Context) -> Unit {
    let mut codes = currency.codes.clone();
    if !currency.stated && codes.first().is_some_and(|code| code == "USD") {
        codes.extend(context.dollars.iter().cloned());
    }
    Unit::Money { codes, stated: currency.stated }
}

/// "100m" with a plural noun behind it are millions, else metres; the other reading is kept.
fn million_or_metre(line: &Line<'_>, number: &mut Number, unit: &mut Unit, others: &mut Vec<OtherReading>, end: usize) {
    let (Some(value), true) = (number.exact(), line.glued(number.end)) else { return };
    let Some(millions) = value.shifted(6) else { return };
    let noun = line.is_plural(end) || line.is_plural(end + 1) && !line.has(end, Flags::FUNCTION);
    let (other, other_unit, reason) = if noun {
        number.amount = Amount::Exact(millions);
        let metre = std::mem::replace(unit, Unit::Count);
        (value, metre, "m-may-be-metres")
    } else {
        (millions, Unit::Count, "m-may-be-million")
    };
    others.push(OtherReading {
        kind: FigureKind::Quantity,
        value: Value::Number(other),
        unit: other_unit,
        reason: reason.to_owned(),
    });
}

/// The token before `at`, or one far outside.
pub(super) fn at_before(_line: &Line<'_>, at: usize) -> usize {
    at.checked_sub(1).unwrap_or(usize::MAX)
}
