//! When something was said and when it happened, as far as exactly one day is stated. Not the reading of dates.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_annotate::DateBounds;
use onrecord_evidence::{Time, TimeSource};
use onrecord_record::AttributionRecord;

use super::linked::Line;
use crate::Report;

/// The day on which it was said, where the words state one and the report was not out before it.
pub(super) fn said(record: &AttributionRecord, report: &Report) -> Option<Time> {
    let mut days = record.said.iter().filter_map(|detail| {
        let one = detail.finding.alternatives.is_empty();
        single(detail.finding.value.bounds).filter(|_| one)
    });
    let first = days.next()?;
    if days.any(|other| other != first) {
        return None;
    }
    let time = day(first)?;
    let is_ahead =
        report.published.as_ref().is_some_and(|published| published.day().is_some_and(|published| first > published));
    (!is_ahead).then_some(time)
}

/// The day of the event by the statements that name one; `None` where they name several equally often.
pub(super) fn happened<'l>(lines: impl Iterator<Item = &'l Line<'l>>, reports: &[&Report]) -> Option<Time> {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    for line in lines {
        let report = reports[line.report];
        let record = report.records.iter().find(|record| Some(record.id) == line.statement.attribution);
        let inside = |range| line.statement.ranges.iter().any(|part| part.contains(range));
        let dates = record.iter().flat_map(|record| &record.happened).filter(|detail| inside(detail.finding.range));
        let days: Vec<Option<Date>> = dates.map(|detail| single(detail.finding.value.bounds)).collect();
        let [Some(one)] = days.as_slice() else { continue };
        let published = report.published.as_ref().and_then(Time::day);
        if published.is_none_or(|published| *one <= published) {
            *counts.entry(*one).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    let mut days = counts.into_iter().filter(|(_, count)| *count == most).map(|(day, _)| day);
    let first = days.next()?;
    if days.next().is_some() { None } else { day(first) }
}

fn single(bounds: DateBounds) -> Option<Date> {
    match bounds {
        DateBounds::Closed { start, end } if start == end => Some(start),
        _ => None,
    }
}

fn day(date: Date) -> Option<Time> {
    Time::parse(&date.to_string(), TimeSource::Text).ok()
}
