//! Reads one number in digits or words. Not its unit, and not whether it is a figure at all.

use super::Decimal;
use super::token::{Line, digit};
use super::words::{and_part, fraction, half, in_words, scaled, times};

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Exact(Decimal),
    /// Part and whole.
    Ratio(Decimal, Decimal),
}

/// How it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Digits without separator, point or scale: could be a year or part of a name.
    Plain,
    /// Digits with a separator, a point or a scale.
    Digits,
    /// Words.
    Words,
}

/// A number at the tokens from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) amount: Amount,
    pub(super) written: Written,
    /// The number without its scale word, and the scale's power of ten.
    pub(super) scale: Option<(Decimal, i32)>,
}

/// Why digits are no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// More digits than any count has.
    Long,
    /// Commas and points where no number has them.
    Separators,
    /// An address, a version, a date with points.
    Name,
}

impl Number {
    pub(super) fn exact(&self) -> Option<Decimal> {
        match self.amount {
            Amount::Exact(value) => Some(value),
            Amount::Ratio(..) => None,
        }
    }
}

/// The number that begins at the token `at`.
pub(super) fn number(line: &Line<'_>, at: usize) -> Option<Result<Number, (usize, Problem)>> {
    if line.is_digits(at) {
        return Some(in_digits(line, at));
    }
    if let Some((part, whole)) = line.sign(at).and_then(vulgar) {
        return Some(Ok(Number {
            start: at,
            end: at + 1,
            amount: Amount::Ratio(part, whole),
            written: Written::Words,
            scale: None,
        }));
    }
    if !line.is_word(at) {
        return None;
    }
    half(line, at).or_else(|| times(line, at)).or_else(|| fraction(line, at)).or_else(|| in_words(line, at)).map(Ok)
}

fn in_digits(line: &Line<'_>, at: usize) -> Result<Number, (usize, Problem)> {
    let word = line.word(at);
    let mut end = at + 1;
    // ".08": the point stands apart as a sign, and is part of the number.
    let pointed = at > 0
        && line.is_sign(at - 1, &['.'])
        && line.glued(at)
        && !line.glued(at - 1)
        && word.bytes().all(|byte| byte.is_ascii_digit());
    if pointed {
        let value = literal(&format!("0.{word}")).map_err(|problem| (end, problem))?;
        return Ok(Number { start: at, end, amount: Amount::Exact(value), written: Written::Digits, scale: None });
    }
    let mut value = literal(word).map_err(|problem| (end, problem))?;
    let mut written = if word.bytes().all(|byte| byte.is_ascii_digit()) { Written::Plain } else { Written::Digits };
    if let Some((grouped, behind)) = groups(line, at) {
        (value, end, written) = (grouped, behind, Written::Digits);
    }
    let mut number = Number { start: at, end, amount: Amount::Exact(value), written, scale: None };
    // "10 1/2".
    if written == Written::Plain
        && !line.glued(end)
        && let Some(Amount::Ratio(part, whole)) = slashed(line, end)
        && let Some(sum) = part.over(whole).and_then(|part| value.plus(part))
    {
        return Ok(scaled(
            line,
            Number { end: end + 3, amount: Amount::Exact(sum), written: Written::Digits, ..number },
        ));
    }
    if (line.glued(end) || written == Written::Plain)
        && let Some((part, whole)) = line.sign(end).and_then(vulgar)
        && let Some(sum) = part.over(whole).and_then(|part| value.plus(part))
    {
        number = Number { end: end + 1, amount: Amount::Exact(sum), written: Written::Digits, ..number };
    }
    // "1/3": small numbers only, and never the dates that are written so.
    if let Some(amount) = slashed(line, at).filter(|_| written == Written::Plain) {
        return Ok(Number { end: end + 2, amount, written: Written::Words, ..number });
    }
    Ok(scaled(line, and_part(line, number)))
}

/// "1/3" at `at`, with a whole of at most ten.
fn slashed(line: &Line<'_>, at: usize) -> Option<Amount> {
    let shape = line.is_digits(at)
        && line.is_sign(at + 1, &['/', '⁄'])
        && line.glued(at + 1)
        && line.glued(at + 2)
        && line.is_digits(at + 2);
    let (part, whole) = (literal(line.word(at)).ok()?, literal(line.word(at + 2)).ok()?);
    let small = part < whole && part > Decimal::default() && whole.whole().is_some_and(|whole| whole <= 10);
    (shape && small && !line.is_sign(at + 3, &['/', '⁄'])).then_some(Amount::Ratio(part, whole))
}

/// "40 000" with a narrow or fixed space, or with a plain one where nothing else can be meant.
fn groups(line: &Line<'_>, at: usize) -> Option<(Decimal, usize)> {
    let is_group = |at: usize| {
        let (group, part) = line.word(at).split_once('.').unwrap_or((line.word(at), "0"));
        group.len() == 3 && [group, part].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if line.word(at).len() > 3 {
        return None;
    }
    let mut end = at + 1;
    let mut digits = line.word(at).to_owned();
    let mut plain = false;
    while end < at + 8
        && is_group(end)
        && !digits.contains('.')
        && matches!(line.gap(end), " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
    {
        plain |= line.gap(end) == " ";
        digits.push_str(line.word(end));
        end += 1;
    }
    let sure = !plain || end > at + 2 || digits.ends_with("000");
    (end > at + 1 && sure).then(|| digits.parse().ok().map(|value| (value, end)))?
}

/// The number that digits with separators stand for.
fn literal(word: &str) -> Result<Decimal, Problem> {
    let plain: String = word
        .chars()
        .map(|letter| {
            digit(letter).map_or(
                match letter {
                    '٬' => ',',
                    '٫' => '.',
                    _ => letter,
                },
                |value| char::from(b'0' + value),
            )
        })
        .collect();
    if plain.bytes().filter(u8::is_ascii_digit).count() > 30 {
        return Err(Problem::Long);
    }
    let points = plain.matches('.').count();
    if points > 1 {
        let thousands = !plain.contains(',') && plain.split('.').skip(1).all(|group| group.len() == 3);
        let triples = plain.split('.').count() <= 4
            && plain.split('.').next().is_some_and(|first| first.len() <= 3 && first != "0");
        return Err(if plain.contains(',') || (thousands && triples) { Problem::Separators } else { Problem::Name });
    }
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    if part.is_some_and(|part| part.contains(',')) || !separators_fit(whole) {
        return Err(Problem::Separators);
    }
    plain.replace(',', "").parse().map_err(|_| Problem::Long)
}

/// Whether commas stand every three digits, or as in India ("12,34,567").
fn separators_fit(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split(',').collect();
    let [first, middle @ .., last] = groups.as_slice() else { return true };
    let western = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
    let indian = first.len() <= 2 && !middle.is_empty() && middle.iter().all(|group| group.len() == 2);
    last.len() == 3 && !first.is_empty() && *first != "0" && (western || indian)
}

const fn vulgar_parts(sign: char) -> Option<(u32, u32)> {
    Some(match sign {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

fn vulgar(sign: char) -> Option<(Decimal, Decimal)> {
    vulgar_parts(sign).map(|(part, whole)| (Decimal::new(part), Decimal::new(whole)))
}

/// Letters that do so behind a sum of money.
pub(super) fn money_suffix(word: &str) -> Option<i32> {
    Some(match word {
        "k" | "K" => 3,
        "m" | "M" | "mil" | "mio" => 6,
        "b" | "B" => 9,
        "t" | "T" => 12,
        _ => return None,
    })
}
