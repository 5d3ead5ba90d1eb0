//! Dates, times, periods, durations and sets of the specs against ours. Where the specs keep a past and a future reading, either will do.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use onrecord::annotate::{DateAnchors, DateBounds, DateExpression, DateKind, dates};
use serde_json::Value;

use super::{Case, Expected};
use crate::dates::canonical;

/// Whether the dates of the case's input are those that it expects.
pub fn passes(case: &Case) -> bool {
    let anchors = DateAnchors { publication: case.day(), ..DateAnchors::default() };
    let (found, _) = dates(&case.input, &anchors);
    case.passes(&found, |found| found.range, same)
}

/// One reading that the specs allow: what sort, its TIMEX value, and the ends of it, of which a point has the first only.
#[derive(Default)]
struct Reading<'a> {
    sort: &'a str,
    timex: &'a str,
    modifier: &'a str,
    start: Option<&'a str>,
    end: Option<&'a str>,
}

fn same(found: &DateExpression, expected: &Expected) -> bool {
    let readings = readings(expected);
    if readings.is_empty() {
        return same_sort(found, expected.sort());
    }
    readings.iter().any(|reading| same_sort(found, reading.sort) && same_reading(found, reading))
}

/// The readings of a result; none where the case asks for words and sort only.
fn readings(expected: &Expected) -> Vec<Reading<'_>> {
    let value = &expected.value;
    if let Some(values) = value.get("values").and_then(Value::as_array) {
        return values
            .iter()
            .map(|value| Reading {
                sort: field(value, &["type"]).unwrap_or(expected.sort()),
                timex: field(value, &["timex"]).unwrap_or_default(),
                modifier: field(value, &["Mod"]).unwrap_or_default(),
                start: field(value, &["start", "value"]),
                end: field(value, &["end"]),
            })
            .collect();
    }
    let timex = field(value, &["Timex"]).unwrap_or_default();
    let modifier = field(value, &["Mod"]).unwrap_or_default();
    let sides = ["FutureResolution", "PastResolution"].map(|side| value.get(side));
    sides
        .into_iter()
        .flatten()
        .map(|side| Reading {
            sort: expected.sort(),
            timex,
            modifier,
            start: field(
                side,
                &["date", "time", "dateTime", "startDate", "startTime", "startDateTime", "duration", "set"],
            ),
            end: field(side, &["endDate", "endTime", "endDateTime"]),
        })
        .collect()
}

fn field<'a>(value: &'a Value, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| value.get(name).and_then(Value::as_str))
}

fn same_sort(found: &DateExpression, sort: &str) -> bool {
    match sort {
        "date" | "daterange" => matches!(found.kind, DateKind::Date | DateKind::Interval),
        "time" | "datetime" => matches!(found.kind, DateKind::Time | DateKind::Date),
        "timerange" | "datetimerange" => matches!(found.kind, DateKind::Time | DateKind::Date | DateKind::Interval),
        "datetimealt" => matches!(found.kind, DateKind::Time | DateKind::Date | DateKind::Interval),
        "duration" => found.kind == DateKind::Duration,
        "set" => found.kind == DateKind::Set,
        _ => false,
    }
}

fn same_reading(found: &DateExpression, reading: &Reading<'_>) -> bool {
    let timex = found.value.timex.as_deref().map(canonical).unwrap_or_default();
    let plain = reading.modifier.is_empty() || !matches!(reading.sort, "date" | "daterange");
    if plain && !reading.timex.is_empty() && timex == canonical(reading.timex) {
        return true;
    }
    match reading.sort {
        "date" | "daterange" => same_days(found.value.bounds, reading),
        "time" => at(&timex).is_some_and(|(_, time)| reading.start.and_then(clock) == Some(time)),
        "datetime" | "datetimealt" => {
            let wanted = reading.start.and_then(|start| Some((day(start)?, clock(start.get(11..)?)?)));
            wanted.is_some() && wanted == at(&timex).and_then(|(date, time)| Some((date?, time)))
        }
        "timerange" | "datetimerange" => match timex.split_once('/') {
            Some((from, to)) => same_end(from, reading.start) && same_end(to, reading.end),
            // A part of a day: its hours are the specs' own.
            None => {
                reading.timex.rsplit_once('T').map(|(_, part)| part) == timex.rsplit_once('T').map(|(_, part)| part)
                    && (reading.sort == "timerange" || found.value.bounds.start() == reading.start.and_then(day))
            }
        },
        _ => false,
    }
}

/// The specs' last day is the day after: the end of "August" is 1 September, that of "from 4 to 22" the 22nd; either may be meant. What lies before
/// or after a day is open at the other end, with the day or without it.
fn same_days(bounds: DateBounds, reading: &Reading<'_>) -> bool {
    let (start, end) = (reading.start.and_then(day), reading.end.and_then(day));
    let within = |given: Option<Date>, wanted: Option<Date>, from: i64, to: i64| match (given, wanted) {
        (Some(given), Some(wanted)) => (from..=to).any(|days| wanted.checked_add(days.days()).ok() == Some(given)),
        (None, None) => true,
        _ => false,
    };
    match bounds {
        DateBounds::Closed { start: from, end: to } if reading.sort == "date" => from == to && start == Some(from),
        DateBounds::Closed { start: from, end: to } => start == Some(from) && within(Some(to), end, -1, 0),
        DateBounds::OpenEnd { start: from } => end.is_none() && start.is_some() && within(from, start, -1, 1),
        DateBounds::OpenStart { end: to } => start.is_none() && end.is_some() && within(to, end, -1, 0),
        DateBounds::Unknown => false,
    }
}

/// Day and hour of a TIMEX value; the day is not there where it is not known.
fn at(timex: &str) -> Option<(Option<Date>, Time)> {
    let (date, time) = timex.split_once('T')?;
    Some((day(date), clock(time.trim_end_matches('Z'))?))
}

/// One end of a period of hours.
fn same_end(timex: &str, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return false };
    let time = wanted.get(11..).filter(|time| !time.is_empty()).unwrap_or(wanted);
    at(timex).is_some_and(|(date, hour)| clock(time) == Some(hour) && (time == wanted || date == day(wanted)))
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// An hour with or without minutes and seconds.
fn clock(text: &str) -> Option<Time> {
    let mut parts = text.splitn(3, ':').map(|part| part.parse::<i8>().ok());
    let hour = parts.next()??;
    Time::new(hour, parts.next().unwrap_or(Some(0))?, parts.next().unwrap_or(Some(0))?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn days_and_periods() {
        let case = |value: &str| {
            format!(
                r#"{{"Input":"The mill closed in May 2030.","Context":{{"ReferenceDateTime":"2031-06-05T00:00:00"}},
                "Results":[{{"Text":"May 2030","Start":19,"TypeName":"datetimeV2.daterange","Resolution":{{"values":[{value}]}}}}]}}"#
            )
        };
        let value = r#"{"timex":"other","type":"daterange","start":"2030-05-01","end":"2030-06-01"}"#;
        check("DateTimeModel", &case(value), true);
        check("DateTimeModel", &case(&value.replace("06-01", "07-01")), false);
        check("DateTimeModel", &case(r#"{"timex":"2030-05","type":"daterange"}"#), true);
        check("DateTimeModel", &case(r#"{"timex":"2030-05","type":"duration"}"#), false);
    }

    #[test]
    fn past_or_future() {
        let case = r#"{"Input":"The mill closed on Monday.","Context":{"ReferenceDateTime":"2031-06-05T00:00:00"},"Results":[{"Text":"Monday",
            "Start":19,"Type":"date","Value":{"Timex":"XXXX-WXX-1","FutureResolution":{"date":"2031-06-09"},"PastResolution":{"date":"2031-06-02"}}}]}"#;
        check("DateParser", case, true);
        check("DateParser", &case.replace("06-02", "06-01"), false);
    }

    #[test]
    fn lengths() {
        let case = r#"{"Input":"The mill was closed for three weeks.","Context":{"ReferenceDateTime":"2031-06-05T00:00:00"},
            "Results":[{"Text":"three weeks","Start":24,"Type":"duration","Value":{"Timex":"P3W","FutureResolution":{"duration":"1814400"}}}]}"#;
        check("DurationParser", case, true);
        check("DurationParser", &case.replace("P3W", "P2W"), false);
    }
}
