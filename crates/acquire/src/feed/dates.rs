//! Dates as feeds write them. What is no date is none: never the moment of reading.

use jiff::civil::{Date, DateTime};
use onrecord_evidence::calendar::MONTHS;
use onrecord_evidence::{Time, TimeSource};

/// Zones that RFC 2822 knows, and those that outlets write all the same; minutes east of Greenwich.
const ZONES: [(&str, i32); 26] = [
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("BST", 60),
    ("IST", 330),
    ("WEST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("JST", 540),
    ("KST", 540),
    ("SGT", 480),
    ("AEST", 600),
    ("NZST", 720),
];

/// Reads what RSS (RFC 822 and 2822), Atom (RFC 3339), W3C date-times and common slips write: no weekday or a wrong one, a blank for the `T`, names of
/// zones, years of two digits, seconds since 1970. `None` for everything else, also where day or clock do not exist.
pub(super) fn parse(text: &str) -> Option<Time> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 || !text.is_ascii() {
        return None;
    }
    let time = iso(text).or_else(|| epoch(text)).or_else(|| mail(text))?;
    // Feeds write the first moment of the calendar for "no date".
    let year = time.earliest().to_zoned(jiff::tz::TimeZone::UTC).year();
    (1900..2200).contains(&year).then_some(time)
}

fn iso(text: &str) -> Option<Time> {
    let supplied = |text: &str| Time::parse(text, TimeSource::Supplier).ok();
    let tight = || {
        text.replacen(" UTC", "Z", 1)
            .replacen(" GMT", "Z", 1)
            .replacen(" Z", "Z", 1)
            .replacen(" +", "+", 1)
            .replacen(" -", "-", 1)
            .replacen(' ', "T", 1)
    };
    supplied(text).or_else(|| supplied(&tight()))
}

fn epoch(text: &str) -> Option<Time> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let at = match text.len() {
        10 => jiff::Timestamp::from_second(number).ok()?,
        13 => jiff::Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(Time::instant(at, TimeSource::Supplier))
}

/// `Thu, 06 Mar 2031 09:30:00 +0200` and its relatives.
fn mail(text: &str) -> Option<Time> {
    let text = text.replace(',', " ");
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if words.first().is_some_and(|word| is_weekday(word)) {
        words.remove(0);
    }
    let (day, month, rest) = match words.as_slice() {
        [day, month, rest @ ..] if number(day).is_some() => (number(day)?, month_of(month)?, rest),
        [month, day, rest @ ..] => (number(day)?, month_of(month)?, rest),
        _ => return None,
    };
    let (year, rest) = rest.split_first()?;
    let year = year_of(year)?;
    let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    let Some((clock, zone)) = rest.split_first() else { return iso(&date.to_string()) };
    let at = date.at(0, 0, 0, 0);
    let at = DateTime::from_parts(at.date(), clock_of(clock)?);
    let has_seconds = clock.matches(':').count() == 2;
    let clock = at.strftime(if has_seconds { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M" });
    match zone {
        [] => iso(&clock.to_string()),
        [zone] => iso(&format!("{clock}{}", zone_of(zone)?)),
        // `+0200 (CEST)`
        [zone, remark] if remark.starts_with('(') => iso(&format!("{clock}{}", zone_of(zone)?)),
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    word.get(..3).is_some_and(|start| DAYS.contains(&start)) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn number(word: &str) -> Option<i16> {
    word.parse().ok().filter(|_| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && (month.starts_with(&word) || word == "sept" && *month == "september"))?;
    i8::try_from(at + 1).ok()
}

/// Two digits: RFC 2822, section 4.3.
fn year_of(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok().filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()))?;
    match word.len() {
        4 => Some(year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn clock_of(word: &str) -> Option<jiff::civil::Time> {
    let mut parts = word.splitn(3, ':').map(number);
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    jiff::civil::Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second.min(60)).ok()?.min(59),
        0,
    )
    .ok()
}

/// `+0200`, `+02:00`, `GMT`, `GMT+2`, `CEST` as an offset of ISO 8601.
fn zone_of(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let signed = upper
        .strip_prefix("GMT")
        .or_else(|| upper.strip_prefix("UTC"))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&upper);
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == signed) {
        let sign = if *minutes < 0 { '-' } else { '+' };
        return Some(format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
    }
    let (sign, digits) = signed.split_at_checked(1)?;
    let digits: String = digits.chars().filter(|letter| *letter != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<u8>().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => return None,
    };
    (matches!(sign, "+" | "-") && hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_feeds_write() {
        let check = |text: &str, expect: &str| {
            assert_eq!(parse(text).map(|time| time.to_string()).as_deref(), Some(expect), "{text}");
        };
        check("Thu, 06 Mar 2031 09:30:00 GMT", "2031-03-06 09:30 UTC");
        check("Thu, 6 Mar 2031 09:30:00 +0200", "2031-03-06 07:30 UTC");
        check("Mon, 06 Mar 2031 09:30:00 +0000", "2031-03-06 09:30 UTC");
        check("Thursday, 06 March 2031 09:30 CEST", "2031-03-06 07:30 UTC");
        check("06 Mar 31 09:30:00 EST", "2031-03-06 14:30 UTC");
        check("March 6, 2031 09:30:00 GMT+2", "2031-03-06 07:30 UTC");
        check("Thu, 06 Mar 2031 09:30:60 GMT", "2031-03-06 09:30 UTC");
        check("Thu, 06 Mar 2031 09:30:00 +0200 (EET)", "2031-03-06 07:30 UTC");
        check("Thu, 06 Mar 2031 09:30:00", "2031-03-06 09:30");
        check("Sept. 6 2031", "2031-09-06");
        check("2031-03-06T09:30:00+02:00", "2031-03-06 07:30 UTC");
        check("2031-03-06 09:30:00 +0200", "2031-03-06 07:30 UTC");
        check("2031-03-06", "2031-03-06");
        check("1930555800", "2031-03-06 09:30 UTC");
        check("1930555800000", "2031-03-06 09:30 UTC");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "now",
            "yesterday",
            "Thursday",
            "2031-02-30T09:30:00Z",
            "31 Feb 2031 09:30:00 GMT",
            "06/03/2031",
            "Thu, 06 Mar 2031 25:61:00 GMT",
            "0000-00-00T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "Thu, 06 Mar 2031 09:30:00 Mars",
            "Thu, 06 Mar 2031 09:30:00 +99:00",
            "six March",
            "2031-03-06T09:30:00+02:00 and more",
            "99999999999999999999",
            "Thu, 06 Mär 2031 09:30:00 GMT",
            "-1",
            "06 Mar 203 09:30:00 GMT",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
