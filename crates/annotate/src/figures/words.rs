//! Numbers and fractions in words, and the scale words behind digits. Not digits themselves.

use super::Decimal;
use super::number::{Amount, Number, Written};
use super::token::Line;

/// Powers of ten that stand as words behind a number.
pub(super) fn scale(word: &str) -> Option<i32> {
    Some(match word {
        "hundred" => 2,
        "thousand" => 3,
        "lakh" | "lakhs" => 5,
        "million" | "mln" => 6,
        "crore" | "crores" => 7,
        "billion" | "bn" => 9,
        "trillion" | "tn" | "trn" => 12,
        "quadrillion" => 15,
        _ => return None,
    })
}

/// Letters that stand for a power of ten directly behind digits and can mean nothing else.
pub(super) fn suffix(word: &str) -> Option<i32> {
    Some(match word {
        "k" => 3,
        "mn" | "mln" | "M" => 6,
        "bn" => 9,
        "tn" | "trn" => 12,
        _ => return None,
    })
}

/// The number times the scale behind it, if there is one.
pub(super) fn scaled(line: &Line<'_>, number: Number) -> Number {
    let Amount::Exact(value) = number.amount else { return number };
    let behind = if line.is_hyphen(number.end) { number.end + 1 } else { number.end };
    let word = line.lower(behind);
    let dozen = matches!(word, "dozen").then(|| value.times(Decimal::new(12))).flatten();
    if let Some(value) = dozen {
        return Number {
            end: behind + 1,
            amount: Amount::Exact(value),
            written: digits_or_words(number.written),
            ..number
        };
    }
    let glued = behind == number.end && line.glued(behind);
    let power = scale(word).or_else(|| glued.then(|| suffix(line.word(behind))).flatten());
    match power.and_then(|power| value.shifted(power).map(|shifted| (power, shifted))) {
        Some((power, shifted)) => {
            let written = digits_or_words(number.written);
            let scale = Some((value, power + number.scale.map_or(0, |(_, power)| power)));
            scaled(line, Number { end: behind + 1, amount: Amount::Exact(shifted), written, scale, ..number })
        }
        None => number,
    }
}

pub(super) fn digits_or_words(written: Written) -> Written {
    if written == Written::Words { Written::Words } else { Written::Digits }
}

/// "... and a half", "... and three quarters" behind a number.
pub(super) fn and_part(line: &Line<'_>, number: Number) -> Number {
    let Amount::Exact(value) = number.amount else { return number };
    let hyphens = usize::from(line.is_hyphen(number.end));
    let at = number.end + hyphens;
    if line.lower(at) != "and" {
        return number;
    }
    let mut at = at + 1 + usize::from(line.is_hyphen(at + 1));
    let part = match line.lower(at) {
        "a" | "an" | "one" => Decimal::new(1),
        "three" => Decimal::new(3),
        "two" => Decimal::new(2),
        _ => return number,
    };
    at += 1 + usize::from(line.is_hyphen(at + 1));
    let Some(whole) = denominator(line.lower(at)).filter(|whole| *whole <= 10) else { return number };
    // "two hundred and one fifth ..." is rare; "a second and a third" is not a number.
    let amount = match part.over(Decimal::new(whole)).and_then(|part| value.plus(part)) {
        Some(sum) => Amount::Exact(sum),
        None => match value.times(Decimal::new(whole)).and_then(|wholes| wholes.plus(part)) {
            Some(parts) => Amount::Ratio(parts, Decimal::new(whole)),
            None => return number,
        },
    };
    Number { end: at + 1, amount, written: digits_or_words(number.written), ..number }
}

/// Numbers below a hundred that are one word.
pub(super) fn small(word: &str) -> Option<u32> {
    const WORDS: [&str; 28] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ];
    let place = WORDS.iter().position(|known| *known == word)? as u32;
    Some(if place <= 20 { place } else { (place - 18) * 10 })
}

/// What the word for a part divides by.
pub(super) fn denominator(word: &str) -> Option<u32> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "half" | "halve" => 2,
        "third" => 3,
        "quarter" | "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "twentieth" => 20,
        "hundredth" => 100,
        "thousandth" => 1000,
        _ => return None,
    })
}

/// A cardinal number in words, from "two" to "two and a half million".
pub(super) fn in_words(line: &Line<'_>, start: usize) -> Option<Number> {
    let article = matches!(line.lower(start), "a" | "an");
    let mut at = start;
    let mut total = Decimal::default();
    let mut current = None;
    let mut last_scale = i32::MAX;
    // Where "and" may stand: behind a hundred or a scale.
    let mut joint = false;
    let mut scale_word = None;
    if article {
        at += 1;
        if scale(line.lower(at)).is_none() && line.lower(at) != "dozen" {
            return None;
        }
        current = Some(1);
    }
    loop {
        let mut next = at;
        if at > start && line.is_hyphen(next) {
            next += 1;
        }
        if joint && line.lower(next) == "and" && small(line.lower(next + 1)).is_some() {
            next += 1 + usize::from(line.is_hyphen(next + 1));
        }
        let word = line.lower(next);
        if let Some(value) = small(word) {
            let fits = match current {
                None => value > 0 || at == start,
                Some(whole) => {
                    value > 0
                        && ((value < 10 && whole % 10 == 0 && whole % 100 >= 20) || (whole % 100 == 0 && whole >= 100))
                }
            };
            if !fits || (current.is_none() && last_scale <= 2) {
                break;
            }
            current = Some(current.unwrap_or(0) + value);
            joint = false;
        } else if word == "hundred" && current.is_some_and(|whole| whole > 0 && whole < 100) {
            current = current.map(|whole| whole * 100);
            joint = true;
        } else if let Some((power, whole)) =
            scale(word).zip(current).filter(|(power, whole)| *power > 2 && *power < last_scale && *whole > 0)
        {
            scale_word = if total == Decimal::default() { Some((Decimal::new(whole), power)) } else { None };
            total = total.plus(Decimal::new(whole).shifted(power)?)?;
            (current, last_scale, joint) = (None, power, true);
        } else {
            break;
        }
        at = next + 1;
    }
    if at == start || (article && at == start + 1 && line.lower(at) != "dozen") {
        return None;
    }
    let mut value = total.plus(Decimal::new(current.unwrap_or(0)))?;
    if line.lower(at) == "point"
        && small(line.lower(at + 1)).is_some_and(|digit| digit < 10)
        && total == Decimal::default()
    {
        at += 1;
        let mut places = 0;
        while let Some(digit) = small(line.lower(at)).filter(|digit| *digit < 10 && places < 12) {
            places += 1;
            value = value.plus(Decimal::new(digit).shifted(-places)?)?;
            at += 1;
        }
    }
    let number = Number { start, end: at, amount: Amount::Exact(value), written: Written::Words, scale: scale_word };
    let number = and_part(line, number);
    // A scale of its own is read above: only parts and decimals ("two and a half million") have one still to come.
    Some(if scale_word.is_none() { scaled(line, number) } else { number })
}

/// "Twice", "thrice", "tenfold".
pub(super) fn times(line: &Line<'_>, at: usize) -> Option<Number> {
    let value = match line.lower(at) {
        "twice" => 2,
        "thrice" => 3,
        word => word.strip_suffix("fold").and_then(small)?,
    };
    Some(Number {
        start: at,
        end: at + 1,
        amount: Amount::Exact(Decimal::new(value)),
        written: Written::Words,
        scale: None,
    })
}

/// "Half a million", "half a dozen", "half of", "a half".
pub(super) fn half(line: &Line<'_>, start: usize) -> Option<Number> {
    let at = start + usize::from(line.lower(start) == "a");
    // "A year and a half" belongs to the word before.
    let first = if at == start && start > 0 && line.lower(start - 1) == "a" { start - 1 } else { start };
    let added = first > 0 && line.lower(first - 1) == "and" && line.lower(first) == "a";
    if line.lower(at) != "half" || added {
        return None;
    }
    let mut next = at + 1 + usize::from(line.is_hyphen(at + 1));
    if matches!(line.lower(next), "a" | "an") {
        next += 1 + usize::from(line.is_hyphen(next + 1));
    }
    let whole = match line.lower(next) {
        "dozen" => Some(Decimal::new(6)),
        word => scale(word).and_then(|power| Decimal::new(5).shifted(power - 1)),
    };
    if let Some(whole) = whole {
        return Some(Number {
            start,
            end: next + 1,
            amount: Amount::Exact(whole),
            written: Written::Words,
            scale: None,
        });
    }
    const BEFORE: &[&str] = &[
        "by", "in", "a", "about", "nearly", "almost", "only", "than", "least", "to", "one", "over", "roughly", "under",
        "around",
    ];
    const AFTER: &[&str] =
        &["of", "the", "a", "an", "all", "its", "their", "his", "her", "our", "my", "those", "these"];
    const NOT_BEFORE: &[&str] =
        &["first", "second", "other", "latter", "last", "final", "top", "bottom", "better", "each", "this", "third"];
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let fits = BEFORE.contains(&before) || AFTER.contains(&line.lower(at + 1));
    if !fits || NOT_BEFORE.contains(&before) || line.is_hyphen(at + 1) || (at > start && line.lower(at + 1) == "the") {
        return None;
    }
    // "Half an hour", "half a mile": the article belongs to the number, the unit follows.
    let article = matches!(line.lower(at + 1), "a" | "an");
    let amount = if article {
        Amount::Exact(Decimal::new(5).shifted(-1)?)
    } else {
        Amount::Ratio(Decimal::new(1), Decimal::new(2))
    };
    Some(Number { start, end: at + 1 + usize::from(article), amount, written: Written::Words, scale: None })
}

/// "Two-thirds", "a quarter of", "three quarters of a million".
pub(super) fn fraction(line: &Line<'_>, start: usize) -> Option<Number> {
    let part = if matches!(line.lower(start), "a") { 1 } else { small(line.lower(start))? };
    let hyphen = line.is_hyphen(start + 1);
    let at = start + 1 + usize::from(hyphen);
    let whole = denominator(line.lower(at)).filter(|_| part > 0)?;
    let behind = line.lower(at + 1);
    let plural = line.lower(at).ends_with('s');
    let single_fits = hyphen
        || behind == "of"
        || scale(behind).is_some()
        || (line.lower(start) != "a" && whole != 2 && !line.is_plural(at + 1))
        || !line.is_word(at + 1);
    if (part == 1) == plural
        || (part == 1 && !single_fits)
        || (part == 1 && line.is_sign(at + 1, &[',']))
        || line.is_hyphen(at + 1)
        || (line.lower(start) == "a" && start > 0 && line.lower(start - 1) == "and")
    {
        return None;
    }
    let (part, whole) = (Decimal::new(part), Decimal::new(whole));
    let mut scale_at = at + 1;
    if behind == "of" && matches!(line.lower(at + 2), "a" | "an") {
        scale_at += 2;
    }
    if let Some(value) = scale(line.lower(scale_at)).and_then(|power| part.over(whole)?.shifted(power)) {
        return Some(Number {
            start,
            end: scale_at + 1,
            amount: Amount::Exact(value),
            written: Written::Words,
            scale: None,
        });
    }
    Some(Number { start, end: at + 1, amount: Amount::Ratio(part, whole), written: Written::Words, scale: None })
}
