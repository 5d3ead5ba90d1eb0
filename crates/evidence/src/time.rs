//! When something was: an interval, as finely as it is known. Not a clock and not a reader of prose dates.

use std::fmt;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

/// How finely a time is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the minute.
    Minute,
    /// To the second or finer.
    Second,
}

/// Whether the time zone was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// Stated, or an instant.
    Known,
    /// Not stated: the interval is the civil time taken as UTC, and may be off by up to 14 hours.
    Unknown,
}

/// Who states a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeSource {
    /// The user, by an option.
    User,
    /// The file or archive that delivered the bytes.
    Supplier,
    /// JSON-LD in the page.
    JsonLd,
    /// A meta tag in the page.
    Meta,
    /// A `time` element in the page.
    TimeElement,
    /// A header field of HTTP.
    Header,
    /// The address of the page.
    Address,
    /// Words of the text.
    Text,
    /// The moment at which this program took the bytes.
    Received,
}

/// A text that states no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date such as 2031-03-06 or 2031-03-06T09:30:00+02:00, found {0:?}")]
pub struct TimeError(String);

/// An interval of time with what is known about it.
///
/// ```
/// use onrecord_evidence::{Granularity, Time, TimeSource, Zone};
/// let day = Time::parse("2031-03-06", TimeSource::Meta)?;
/// assert_eq!((day.granularity(), day.zone()), (Granularity::Day, Zone::Unknown));
/// let noon = Time::parse("2031-03-06T12:00Z", TimeSource::User)?;
/// assert!(!day.is_by(&noon), "the day may end after noon");
/// assert!(noon.is_by(&day));
/// # Ok::<(), onrecord_evidence::TimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Time {
    earliest: Timestamp,
    latest: Timestamp,
    granularity: Granularity,
    zone: Zone,
    source: TimeSource,
    /// Minutes east of Greenwich, as stated; what day it was there is not what day it was in Greenwich.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offset_minutes: Option<i16>,
}

impl Time {
    /// An instant.
    pub fn instant(at: Timestamp, source: TimeSource) -> Self {
        Self {
            earliest: at,
            latest: at,
            granularity: Granularity::Second,
            zone: Zone::Known,
            source,
            offset_minutes: None,
        }
    }

    /// Reads RFC 3339 and ISO 8601 dates and times: `2031`, `2031-03`, `2031-03-06`, `2031-03-06T09:30`, with seconds,
    /// with `Z` or an offset.
    ///
    /// # Errors
    /// Where the text is none of these, or names no day of the calendar.
    pub fn parse(text: &str, source: TimeSource) -> Result<Self, TimeError> {
        let trimmed = text.trim();
        Self::parse_civil(trimmed, source)
            .or_else(|| Self::parse_zoned(trimmed, source))
            .ok_or_else(|| TimeError(text.to_owned()))
    }

    fn parse_zoned(text: &str, source: TimeSource) -> Option<Self> {
        // jiff wants seconds or no seconds, and an offset with a colon or without; it accepts all of them.
        let at: Timestamp = text.parse().ok()?;
        let has_seconds = text.matches(':').count() >= 2 + usize::from(offset_has_colon(text));
        let offset_minutes = offset_minutes(text);
        if has_seconds {
            return Some(Self { offset_minutes, ..Self::instant(at, source) });
        }
        let latest = at.checked_add(1.minute()).ok()?;
        Some(Self { earliest: at, latest, granularity: Granularity::Minute, zone: Zone::Known, source, offset_minutes })
    }

    fn parse_civil(text: &str, source: TimeSource) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let (first, granularity) = match text.len() {
            4 if digits => (civil::Date::new(text.parse().ok()?, 1, 1).ok()?, Granularity::Year),
            7 if digits => (format!("{text}-01").parse().ok()?, Granularity::Month),
            10 if digits => (text.parse::<civil::Date>().ok()?, Granularity::Day),
            _ => return Self::parse_local(text, source),
        };
        let next = match granularity {
            Granularity::Year => first.checked_add(1.year()),
            Granularity::Month => first.checked_add(1.month()),
            _ => first.checked_add(1.day()),
        };
        let earliest = utc(first.at(0, 0, 0, 0))?;
        let latest = utc(next.ok()?.at(0, 0, 0, 0))?;
        Some(Self { earliest, latest, granularity, zone: Zone::Unknown, source, offset_minutes: None })
    }

    fn parse_local(text: &str, source: TimeSource) -> Option<Self> {
        let clock = text.get(10..)?;
        if clock.len() < 5 || clock.contains(['Z', 'z', '+', '-']) {
            return None;
        }
        let earliest = utc(text.replacen(' ', "T", 1).parse::<civil::DateTime>().ok()?)?;
        let (granularity, latest) = match clock.matches(':').count() {
            1 => (Granularity::Minute, earliest.checked_add(1.minute()).ok()?),
            _ => (Granularity::Second, earliest),
        };
        Some(Self { earliest, latest, granularity, zone: Zone::Unknown, source, offset_minutes: None })
    }

    /// The first moment that it may be.
    pub const fn earliest(&self) -> Timestamp {
        self.earliest
    }

    /// The moment by which it was at the latest.
    pub const fn latest(&self) -> Timestamp {
        self.latest
    }

    /// How finely it is stated.
    pub const fn granularity(&self) -> Granularity {
        self.granularity
    }

    /// Whether its zone was stated.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// Who states it.
    pub const fn source(&self) -> TimeSource {
        self.source
    }

    /// The calendar day on which it was where it was stated; in UTC where no offset is known. `None` where it is stated to the month or the
    /// year.
    ///
    /// ```
    /// use onrecord_evidence::{Time, TimeSource};
    /// let evening = Time::parse("2031-03-06T23:30:00-05:00", TimeSource::Meta)?;
    /// assert_eq!(evening.day(), Some(jiff::civil::date(2031, 3, 6)));
    /// assert_eq!(Time::parse("2031-03", TimeSource::Meta)?.day(), None);
    /// # Ok::<(), onrecord_evidence::TimeError>(())
    /// ```
    pub fn day(&self) -> Option<civil::Date> {
        let offset = Offset::from_seconds(i32::from(self.offset_minutes.unwrap_or(0)) * 60).ok()?;
        (self.granularity >= Granularity::Day).then(|| offset.to_datetime(self.earliest).date())
    }

    /// Whether it was, at the latest, when `other` had passed: the test behind `--as-of` and `--known-at`.
    pub fn is_by(&self, other: &Self) -> bool {
        self.latest <= other.latest
    }
}

fn utc(at: civil::DateTime) -> Option<Timestamp> {
    at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// The minutes of `+02:00`, `-0500`, `Z` at the end of a text.
fn offset_minutes(text: &str) -> Option<i16> {
    if text.ends_with(['Z', 'z']) {
        return Some(0);
    }
    let at = text.get(11..)?.rfind(['+', '-'])? + 11;
    let digits: String = text[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) =
        (digits.get(..2)?.parse::<i16>().ok()?, digits.get(2..4).unwrap_or("0").parse::<i16>().ok()?);
    let sign = if text[at..].starts_with('-') { -1 } else { 1 };
    Some(sign * (hours * 60 + minutes))
}

fn offset_has_colon(text: &str) -> bool {
    let clock = text.get(11..).unwrap_or("");
    clock.rsplit_once(['+', '-']).is_some_and(|(_, offset)| offset.contains(':'))
}

impl fmt::Display for Time {
    /// As finely as it is known, in UTC: `2031-03-06`, `2031-03-06 09:30 UTC`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.earliest.to_zoned(TimeZone::UTC);
        match self.granularity {
            Granularity::Year => write!(formatter, "{}", at.strftime("%Y")),
            Granularity::Month => write!(formatter, "{}", at.strftime("%Y-%m")),
            Granularity::Day => write!(formatter, "{}", at.strftime("%Y-%m-%d")),
            Granularity::Minute | Granularity::Second => {
                let zone = if self.zone == Zone::Known { " UTC" } else { "" };
                write!(formatter, "{}{zone}", at.strftime("%Y-%m-%d %H:%M"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_pages_state() {
        let check = |text: &str, expect: Option<(&str, Granularity, Zone)>| {
            let time = Time::parse(text, TimeSource::Meta).ok();
            let found = time.as_ref().map(|time| (time.to_string(), time.granularity(), time.zone()));
            assert_eq!(found, expect.map(|(shown, granularity, zone)| (shown.to_owned(), granularity, zone)), "{text}");
        };
        check("2031", Some(("2031", Granularity::Year, Zone::Unknown)));
        check("2031-03", Some(("2031-03", Granularity::Month, Zone::Unknown)));
        check(" 2031-03-06 ", Some(("2031-03-06", Granularity::Day, Zone::Unknown)));
        check("2031-03-06T09:30", Some(("2031-03-06 09:30", Granularity::Minute, Zone::Unknown)));
        check("2031-03-06 09:30:12", Some(("2031-03-06 09:30", Granularity::Second, Zone::Unknown)));
        check("2031-03-06T09:30:12+02:00", Some(("2031-03-06 07:30 UTC", Granularity::Second, Zone::Known)));
        check("2031-03-06T09:30+0200", Some(("2031-03-06 07:30 UTC", Granularity::Minute, Zone::Known)));
        check("2031-03-06T09:30:12.5Z", Some(("2031-03-06 09:30 UTC", Granularity::Second, Zone::Known)));
        for text in ["", "soon", "2031-02-30", "2031-13", "06/03/2031", "99999", "2031-03-06T25:00Z", "２０３１"] {
            check(text, None);
        }
    }

    #[test]
    fn the_day_is_that_of_the_place() {
        let check = |text: &str, expect: Option<&str>| {
            let day = Time::parse(text, TimeSource::Meta).ok().and_then(|time| time.day());
            assert_eq!(day.map(|day| day.to_string()).as_deref(), expect, "{text}");
        };
        check("2031-03-06", Some("2031-03-06"));
        check("2031-03-06T23:30", Some("2031-03-06"));
        check("2031-03-06T23:30Z", Some("2031-03-06"));
        check("2031-03-06T23:30:00-05:00", Some("2031-03-06"));
        check("2031-03-07T00:30+0530", Some("2031-03-07"));
        check("2031-03", None);
    }
}
