//! Cases of news prose, each a text with what its dates are to say. Invented places and people.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// A Friday.
fn anchors() -> DateAnchors {
    DateAnchors { publication: Some(date(2031, 3, 7)), ..DateAnchors::default() }
}

fn told(text: &str, anchors: &DateAnchors) -> String {
    let (found, _) = dates(text, anchors);
    let lines = found.iter().map(|one| {
        let words = &text[one.range.start as usize..one.range.end as usize];
        let others: Vec<&str> = one.alternatives.iter().filter_map(|value| value.timex.as_deref()).collect();
        let others = if others.is_empty() { String::new() } else { format!(" or {}", others.join(" or ")) };
        format!("{words}={}{others}", one.value.timex.as_deref().unwrap_or("?"))
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(told(text, &anchors()), expect, "{text}");
}

#[track_caller]
fn check_bounds(text: &str, start: Option<&str>, end: Option<&str>) {
    let (found, _) = dates(text, &anchors());
    let bounds = found.first().map(|one| one.value.bounds).expect(text);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    assert_eq!((day(bounds.start()).as_deref(), day(bounds.end()).as_deref()), (start, end), "{text}");
}

#[track_caller]
fn check_ids(text: &str, anchors: &DateAnchors, expect: &[&str]) {
    let (_, diagnostics) = dates(text, anchors);
    let ids: Vec<&str> = diagnostics.iter().map(|diagnostic| &*diagnostic.id).collect();
    assert_eq!(ids, expect, "{text}");
}

#[test]
fn weekdays_follow_the_tense() {
    check("The ministry denied it on Thursday.", "Thursday=2031-03-06 or 2031-03-13");
    check("The council will vote on Thursday.", "Thursday=2031-03-13 or 2031-03-06");
    check("Talks begin Monday, she said.", "Monday=2031-03-10 or 2031-03-03");
    check("He could not be reached for comment on Monday.", "Monday=2031-03-03 or 2031-03-10");
    check("Officials unveiled the plan on Monday.", "Monday=2031-03-03 or 2031-03-10");
    check("They planned to meet on Monday.", "Monday=2031-03-10 or 2031-03-03");
    check("Forecasters predict landfall Saturday morning.", "Saturday morning=2031-03-08TMO or 2031-03-01TMO");
    check("She left on Friday.", "Friday=2031-03-07 or 2031-02-28");
}

#[test]
fn days_and_months_as_written() {
    check("On Nov. 7, 2024, it fell silent.", "Nov. 7, 2024=2024-11-07");
    check("It opened on 7 November 2024.", "7 November 2024=2024-11-07");
    check("HLY 102140 SEP 31", "102140 SEP 31=2031-09-10T21:40");
    check("It was signed on the 7th of November.", "the 7th of November=2030-11-07 or 2031-11-07");
    check("The fire broke out on March 2.", "March 2=2031-03-02 or 2032-03-02");
    check("It ran from March 2 to 4.", "from March 2 to 4=2031-03-02/2031-03-04 or 2032-03-02/2032-03-04");
    check("Published 2024-11-07T15:30Z.", "2024-11-07T15:30Z=2024-11-07T15:30Z");
    check("Paid on 03/05/2031.", "03/05/2031=2031-03-05 or 2031-05-03");
    check("In December the mill closed.", "December=2030-12 or 2031-12");
}

#[test]
fn names_are_no_dates() {
    check("Theresa May said the Sunday Times had erred.", "");
    check("A 25-year-old man was held.", "");
    check("They march on; we may go.", "");
    check("The car went at 75 miles per hour.", "");
    check("The now-closed mine, now that it is sold, is in ruins.", "");
}

#[test]
fn counted_from_the_article() {
    check("He resigned yesterday.", "yesterday=2031-03-06");
    check("She left two years ago.", "two years ago=2029 or 2029-03-07");
    check("Prices rose last week.", "last week=2031-W09");
    check("Shelling went on over the weekend.", "the weekend=2031-W09-WE or 2031-W10-WE");
    check("It rained over the past two weeks.", "the past two weeks=P2W");
    check_bounds("It rained over the past two weeks.", Some("2031-02-21"), Some("2031-03-07"));
    check("Later this month it will reopen.", "Later this month=2031-03");
    check_bounds("Later this month it will reopen.", Some("2031-03-07"), Some("2031-03-31"));
    check("They are now at sea.", "now=PRESENT_REF");
}

#[test]
fn counted_from_the_text() {
    check("He won in 1964 and spent the next five decades in office.", "1964=1964; the next five decades=P5DE");
    check(
        "On March 1 it closed. Two days later it burned.",
        "March 1=2031-03-01 or 2032-03-01; Two days later=2031-03-03",
    );
    check(
        "It was to open on May 2 at the latest. On Tuesday he quit, and the same day she left.",
        "May 2=2031-05-02 or 2030-05-02; Tuesday=2031-03-04 or 2031-03-11; the same day=2031-03-04",
    );
    check(
        "It struck at 8:30 p.m. on Tuesday (0030 UTC).",
        "8:30 p.m. on Tuesday=2031-03-04T20:30 or 2031-03-11T20:30; 0030 UTC=2031-03-05T00:30Z",
    );
}

#[test]
fn intervals() {
    check("He has led it since 2014.", "since 2014=2014/..");
    check("She served until 1995.", "until 1995=../1995");
    check("Starting in 1968, he fought for it.", "Starting in 1968=1968/..");
    check("It ran from 2007 until 2011.", "from 2007 until 2011=2007/2011");
    check("Aid must arrive by Thursday.", "by Thursday=2031-03-13 or 2031-03-06");
    check("A curfew holds between 10 p.m. and 4 a.m.", "between 10 p.m. and 4 a.m.=2031-03-07T22/2031-03-08T04");
    check_bounds("Nothing has moved since his election win.", None, None);
    let (found, _) = dates("Nothing has moved since his election win.", &anchors());
    let text = "since his election win";
    assert_eq!(found[0].range.end - found[0].range.start, text.len() as u32);
    assert!(matches!(found[0].anchor, DateAnchor::Event(_)));
    assert_eq!(found[0].value.bounds, DateBounds::OpenEnd { start: None });
}

#[test]
fn modifiers_and_sets() {
    check_bounds("Work began in early 2022.", Some("2022-01-01"), Some("2022-12-31"));
    let (found, _) = dates("Work began in early 2022.", &anchors());
    assert_eq!((found[0].modifier, found[0].value.granularity), (Some(DateModifier::Early), DateUnit::Year));
    check("They met every Monday, twice a week in war.", "every Monday=XXXX-WXX-1; twice a week=P1W");
    check("It lasted more than three hours.", "more than three hours=PT3H");
}

#[test]
fn without_an_anchor_values_stay_relative() {
    let none = DateAnchors::default();
    assert_eq!(told("He said so on Thursday.", &none), "Thursday=XXXX-WXX-4");
    let (found, _) = dates("He left two days ago.", &none);
    assert_eq!((found[0].anchor, found[0].value.bounds), (DateAnchor::Missing, DateBounds::Unknown));
    let relative = RelativeDate { hundredths: Some(200), unit: DateUnit::Day, direction: DateDirection::Before };
    assert_eq!(found[0].relative, Some(relative));
    assert_eq!(told("He said so in 2014.", &none), "2014=2014");
}

#[test]
fn what_does_not_exist_is_said() {
    check_ids("It was signed on February 31.", &anchors(), &["no-such-day"]);
    check_ids("It was signed on 31 February 2024.", &anchors(), &["no-such-day"]);
    check_ids("It was signed on Feb. 29, 2023, he said on Monday.", &anchors(), &["no-such-day"]);
    check_ids("The clock stood at 25:61 GMT.", &anchors(), &["no-such-time"]);
    check_ids("It struck at 23:59:60 UTC on Dec. 31, 2016.", &anchors(), &["leap-second"]);
    check_ids("It fell on Monday, March 6, 2031.", &anchors(), &["weekday-disagrees"]);
    check_ids("He left 900,000 years ago.", &anchors(), &["date-out-of-range"]);
    let early = DateAnchors { received: Some(date(2031, 3, 1)), ..anchors() };
    check_ids("He left on Monday.", &early, &["anchor-in-future"]);
    let apart = DateAnchors { dateline: Some(date(2030, 3, 1)), ..anchors() };
    check_ids("He left on Monday.", &apart, &["anchors-disagree"]);
    assert_eq!(told("It was signed on 31 February, he said on Monday.", &anchors()), "Monday=2031-03-03 or 2031-03-10");
}

#[test]
fn strange_texts_are_read_too() {
    let digits = format!("On {} and on Monday.", "7".repeat(1000));
    assert_eq!(told(&digits, &anchors()), "Monday=2031-03-03 or 2031-03-10");
    let mixed = "הוא אמר \u{202B}on Thursday\u{202C} שלום; \u{2066}7 March 2031\u{2069}";
    assert_eq!(told(mixed, &anchors()), "Thursday=2031-03-06 or 2031-03-13; 7 March 2031=2031-03-07");
    check("On Thursday\u{a0}morning he left.", "Thursday\u{a0}morning=2031-03-06TMO or 2031-03-13TMO");
    check("", "");
}

#[test]
fn no_anchor_at_the_calendars_ends_panics() {
    let text =
        "Yesterday, next century, in 400 years, two weeks later, by Friday, over the past 90 decades, this winter.";
    for day in [jiff::civil::Date::MIN, jiff::civil::Date::MAX] {
        let anchors = DateAnchors { publication: Some(day), dateline: Some(day), received: Some(day), ..anchors() };
        dates(text, &anchors);
    }
}

#[test]
fn the_rest_of_too_many_dates_is_left_with_a_diagnostic() {
    let text = "On Monday he left. ".repeat(50_001);
    let (found, diagnostics) = dates(&text, &anchors());
    assert_eq!(found.len(), 50_000);
    assert_eq!(diagnostics.last().map(|diagnostic| diagnostic.id.to_string()).as_deref(), Some("too-many-dates"));
}

/// Pieces that dates are made of, and others.
const PIECES: &[&str] = &[
    "since",
    "until",
    "from",
    "to",
    "between",
    "and",
    "the",
    "last",
    "next",
    "two",
    "weeks",
    "day",
    "after",
    "before",
    "ago",
    "later",
    "Monday",
    "May",
    "Nov.",
    "31",
    "February",
    "2031",
    "03/05",
    "-",
    ",",
    ".",
    ":",
    "3",
    "p.m.",
    "at",
    "noon",
    "weekend",
    "every",
    "year",
    "quarter",
    "first",
    "half",
    "of",
    "early",
    "mid-",
    "'90s",
    "fiscal",
    "FY19",
    "Christmas",
    "that",
    "time",
    "now",
    "in",
    "by",
    "over",
    "past",
    "decades",
    "99999999",
    "(",
    "0030 UTC",
    ")",
    "\n",
    "é",
    "\u{202E}",
    "½",
    "’",
    "twenty",
    "-",
    "seventh",
    "a",
    "couple",
    "hours",
    "earlier",
    "this",
    "month",
    "will",
    "said",
];

proptest! {
    #[test]
    fn no_text_panics_and_ranges_are_exact(text in "[\\PC\n]{0,80}") {
        sound(&text)?;
    }

    #[test]
    fn no_mixture_of_dates_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40), glue in "[ \\-.,]{1}") {
        sound(&pieces.join(" "))?;
        sound(&pieces.join(&glue))?;
    }
}

fn sound(text: &str) -> Result<(), TestCaseError> {
    for anchors in [anchors(), DateAnchors::default()] {
        let (found, _) = dates(text, &anchors);
        let mut last = 0;
        for one in &found {
            prop_assert!(one.range.start >= last && one.range.end > one.range.start);
            prop_assert!(one.range.slice(text).is_some());
            if let DateBounds::Closed { start, end } = one.value.bounds {
                prop_assert!(start <= end, "{text:?} {one:?}");
            }
            last = one.range.end;
        }
    }
    Ok(())
}
