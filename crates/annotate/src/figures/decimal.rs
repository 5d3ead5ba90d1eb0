//! Exact decimal numbers, as written. Not a general arithmetic: what the words of a number need, and comparison.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Digits that a number may have; 10^30 times 10^8 still fits the mantissa.
const MOST_DIGITS: u32 = 30;
/// Zeros that a number may end in, and decimals that it may have.
const MOST_ZEROS: i32 = 60;

/// `mantissa` times ten to the power of `exponent`, in lowest terms: equal numbers are equal values. Serialised as plain decimal text.
///
/// ```
/// # use onrecord_annotate::figures::Decimal;
/// let value: Decimal = "1.20".parse()?;
/// assert_eq!(value.to_string(), "1.2");
/// assert_eq!(value.shifted(9).map(|value| value.to_string()).as_deref(), Some("1200000000"));
/// # Ok::<(), onrecord_annotate::figures::NotDecimal>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// The text is no decimal number, or one of more than 30 digits or 60 zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a decimal number of at most 30 digits")]
pub struct NotDecimal;

impl Decimal {
    /// The number `value`.
    pub const fn new(value: u32) -> Self {
        let (mut mantissa, mut exponent) = (value as i128, 0);
        while mantissa != 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        Self { mantissa, exponent }
    }

    fn checked(mut mantissa: i128, mut exponent: i32) -> Option<Self> {
        if mantissa == 0 {
            return Some(Self::default());
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.checked_add(1)?;
        }
        let small = mantissa.unsigned_abs() < 10u128.pow(MOST_DIGITS);
        (small && (-MOST_ZEROS..=MOST_ZEROS).contains(&exponent)).then_some(Self { mantissa, exponent })
    }

    /// The number times ten to the power of `places`; `None` where it grows too long.
    pub fn shifted(self, places: i32) -> Option<Self> {
        Self::checked(self.mantissa, self.exponent.checked_add(places)?)
    }

    /// The sum; `None` where it grows too long.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (left, right, exponent) = self.aligned(other)?;
        Self::checked(left.checked_add(right)?, exponent)
    }

    /// The product; `None` where it grows too long.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::checked(self.mantissa.checked_mul(other.mantissa)?, self.exponent.checked_add(other.exponent)?)
    }

    /// The quotient by a small whole number; `None` where it is no decimal of a few places.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let divisor = divisor.whole()?;
        let mut mantissa = self.mantissa;
        let mut exponent = self.exponent;
        for _ in 0..=6 {
            if divisor != 0 && mantissa % i128::from(divisor) == 0 {
                return Self::checked(mantissa / i128::from(divisor), exponent);
            }
            mantissa = mantissa.checked_mul(10)?;
            exponent -= 1;
        }
        None
    }

    /// The same number below zero.
    pub const fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, exponent: self.exponent }
    }

    /// The number where it is whole and fits.
    pub fn whole(self) -> Option<u32> {
        let power = 10i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        u32::try_from(self.mantissa.checked_mul(power)?).ok()
    }

    /// Whether the number is below zero.
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Both mantissas at the smaller exponent.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let raised = |number: Self| {
            let power = 10i128.checked_pow(u32::try_from(number.exponent - exponent).ok()?)?;
            number.mantissa.checked_mul(power)
        };
        Some((raised(self)?, raised(other)?, exponent))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if let Some((left, right, _)) = self.aligned(*other) {
            return left.cmp(&right);
        }
        // Only numbers of very different size cannot be aligned: sign first, then the place of the leading digit.
        let size = |number: &Self| {
            number.mantissa.unsigned_abs().checked_ilog10().map_or(0, |log| log as i32) + number.exponent
        };
        match (self.mantissa.signum(), other.mantissa.signum()) {
            (left, right) if left != right => left.cmp(&right),
            (1, _) => size(self).cmp(&size(other)),
            _ => size(other).cmp(&size(self)),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if digits.is_empty() || whole.len() + part.len() == 0 || part.len() > MOST_ZEROS as usize {
            return Err(NotDecimal);
        }
        let mut mantissa: i128 = 0;
        let mut zeros = 0i32;
        for digit in whole.bytes().chain(part.bytes()) {
            if !digit.is_ascii_digit() {
                return Err(NotDecimal);
            }
            let digit = i128::from(digit - b'0');
            if digit == 0 && mantissa != 0 {
                // Trailing zeros do not count as digits: they are put in only when another digit follows.
                zeros += 1;
                if zeros > MOST_ZEROS + MOST_ZEROS {
                    return Err(NotDecimal);
                }
                continue;
            }
            let power = 10i128.checked_pow(zeros as u32 + 1).ok_or(NotDecimal)?;
            mantissa = mantissa.checked_mul(power).and_then(|raised| raised.checked_add(digit)).ok_or(NotDecimal)?;
            zeros = 0;
        }
        Self::checked(mantissa * sign, zeros - part.len() as i32).ok_or(NotDecimal)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.mantissa < 0 {
            formatter.write_str("-")?;
        }
        let Ok(decimals) = usize::try_from(-i64::from(self.exponent)) else {
            return write!(formatter, "{digits}{}", "0".repeat(self.exponent as usize));
        };
        if decimals == 0 {
            return formatter.write_str(&digits);
        }
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        write!(formatter, "{whole}.{part}")
    }
}

impl TryFrom<String> for Decimal {
    type Error = NotDecimal;

    fn try_from(text: String) -> Result<Self, NotDecimal> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let check = |text: &str, expect: &str| {
            assert_eq!(text.parse::<Decimal>().map(|value| value.to_string()), Ok(expect.to_owned()), "{text}");
        };
        check("0", "0");
        check("000", "0");
        check("0.05", "0.05");
        check("1.50", "1.5");
        check("-12", "-12");
        check("120000", "120000");
        check("1000001", "1000001");
        check("3.", "3");
        check("0.1000000000000000055", "0.1000000000000000055");
        for wrong in
            ["", "-", ".", "1e5", "1,000", "½", &"7".repeat(1_000), &"1".repeat(31), &format!("1{}", "0".repeat(400))]
        {
            assert_eq!(wrong.parse::<Decimal>(), Err(NotDecimal), "{wrong}");
        }
    }

    #[test]
    fn order_and_sums_are_exact() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(number("0.1").plus(number("0.2")), Some(number("0.3")));
        assert_eq!(number("2.5").shifted(6), Some(number("2500000")));
        assert_eq!(number("3").over(number("4")), Some(number("0.75")));
        assert_eq!(number("1").over(number("3")), None);
        assert_eq!(number("1").over(number("0")), None);
        let huge = number(&format!("1{}", "0".repeat(60)));
        let small = number(&format!("0.{}1", "0".repeat(50)));
        assert!(huge > small && small > huge.negated() && number("0") < small && huge.negated() < small.negated());
        assert_eq!(huge.plus(small), None);
        assert_eq!(huge.shifted(1), None);
        assert_eq!(huge.whole(), None);
        assert_eq!(number("84").whole(), Some(84));
    }
}
