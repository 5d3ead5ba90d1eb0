//! Times as pages write them in their metadata. Not dates in prose: those are annotated, with their words.

use jiff::{Timestamp, civil};
use onrecord_evidence::{Time, TimeSource};

/// Reads ISO 8601 and RFC 3339, with a blank before the clock or the offset; RFC 2822; `6 March 2031`, `March 6, 2031`,
/// `2031/03/06`, `20310306`; seconds or milliseconds since 1970. `None` for everything else.
pub(crate) fn parse(text: &str, source: TimeSource) -> Option<Time> {
    let text = text.trim();
    if text.len() > 64 || !text.is_ascii() {
        return None;
    }
    Time::parse(text, source)
        .ok()
        .or_else(|| Time::parse(&tightened(text), source).ok())
        .or_else(|| epoch(text).map(|at| Time::instant(at, source)))
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|at| Time::instant(at.timestamp(), source)))
        .or_else(|| day(text).and_then(|day| Time::parse(&day.to_string(), source).ok()))
}

/// `2031-03-06 09:30:00 +0200` as `2031-03-06T09:30:00+0200`.
fn tightened(text: &str) -> String {
    let text = text.replacen(" UTC", "Z", 1).replacen(" GMT", "Z", 1);
    let text = text.replacen(" +", "+", 1).replacen(" -", "-", 1).replacen(" Z", "Z", 1);
    text.replacen(' ', "T", 1)
}

fn epoch(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    match text.len() {
        10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

fn day(text: &str) -> Option<civil::Date> {
    const FORMATS: [&str; 8] =
        ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%A, %B %d, %Y", "%Y/%m/%d", "%Y%m%d", "%a, %d %b %Y"];
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit())
        || !text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return FORMATS.iter().find_map(|format| civil::Date::strptime(format, text).ok());
    }
    None
}

/// The day in an address such as `https://post.example/2031/03/06/call`; `None` unless year, month and day are there.
pub(crate) fn in_address(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<_> = path.split('/').skip(3).collect();
    let number = |part: &str, len: std::ops::RangeInclusive<usize>| {
        (len.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())?
    };
    parts.windows(3).find_map(|part| {
        let (year, month, day) = (number(part[0], 4..=4)?, number(part[1], 1..=2)?, number(part[2], 1..=2)?);
        let day = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        (1990..2100).contains(&year).then(|| day.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_pages_write() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(parse(text, TimeSource::Meta).map(|time| time.to_string()).as_deref(), expect, "{text}");
        };
        check("2031-03-06", Some("2031-03-06"));
        check("2031-03-06T09:30:00+02:00", Some("2031-03-06 07:30 UTC"));
        check("2031-03-06 09:30:00 +0200", Some("2031-03-06 07:30 UTC"));
        check("2031-03-06 09:30:00 UTC", Some("2031-03-06 09:30 UTC"));
        check("2031-03-06T09:30:00.123000+00:00", Some("2031-03-06 09:30 UTC"));
        check("Thu, 06 Mar 2031 09:30:00 GMT", Some("2031-03-06 09:30 UTC"));
        check("March 6, 2031", Some("2031-03-06"));
        check("6 March 2031", Some("2031-03-06"));
        check("2031/03/06", Some("2031-03-06"));
        check("20310306", Some("2031-03-06"));
        check("1930555800", Some("2031-03-06 09:30 UTC"));
        check("1930555800000", Some("2031-03-06 09:30 UTC"));
        for text in ["", "soon", "03/06/2031", "99", "99999999", "Donnerstag", "2031-02-30", "６. März"] {
            check(text, None);
        }
    }

    #[test]
    fn days_in_addresses() {
        let check =
            |address: &str, expect: Option<&str>| assert_eq!(in_address(address).as_deref(), expect, "{address}");
        check("https://post.example/2031/03/06/call", Some("2031-03-06"));
        check("https://post.example/world/2031/3/6/call?x=1", Some("2031-03-06"));
        check("https://post.example/2031/13/06/call", None);
        check("https://post.example/2031/03/call", None);
        check("https://post.example/1234/56/78", None);
        check("2031/03/06", None);
    }
}
