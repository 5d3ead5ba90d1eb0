//! Which text was taken from which, and why.

use onrecord_evidence::{Time, TimeSource};

use super::super::{Direction, Reason, Side};
use super::{compared, report};
use crate::Report;

const BODY: &str = "The harbour master of Pelham Quay closed both basins on Tuesday after a tanker lost its rudder in the outer channel.";

fn published(outlet: Option<&str>, date: Option<&str>, text: &str) -> Report {
    let date = date.map(|date| Time::parse(date, TimeSource::Meta).expect("a date of this file"));
    let name = format!("{outlet:?} {date:?}");
    Report { outlet: outlet.map(str::to_owned), published: date, ..report(&name, text) }
}

/// Text around the shared body, outlet and date on both sides; the direction, and how many reasons there are.
fn check(
    first: (Option<&str>, Option<&str>, &str),
    second: (Option<&str>, Option<&str>, &str),
    expect: Direction,
    reasons: usize,
) {
    let make =
        |(outlet, date, text): (Option<&str>, Option<&str>, &str)| published(outlet, date, &text.replace("BODY", BODY));
    let (first, second) = (make(first), make(second));
    let copying = compared(&first, &second).expect("they share the body");
    assert_eq!(copying.direction, expect, "{}\n---\n{}\n{:?}", first.text, second.text, copying.reasons);
    assert_eq!(copying.reasons.len(), reasons, "{:?}", copying.reasons);
    let turned = match expect {
        Direction::FirstFromSecond => Direction::SecondFromFirst,
        Direction::SecondFromFirst => Direction::FirstFromSecond,
        same => same,
    };
    assert_eq!(compared(&second, &first).map(|copying| copying.direction), Some(turned));
}

#[test]
fn credits_names_and_times() {
    use Direction::{Common, FirstFromSecond, SecondFromFirst, Undetermined};
    let (echo, line) = (Some("Coldwater Echo"), Some("Northline"));
    check((echo, None, "BODY"), (line, None, "BODY"), Undetermined, 0);
    check((echo, None, "BODY\n\n(Northline)"), (line, None, "BODY"), FirstFromSecond, 1);
    check((line, None, "BODY"), (echo, None, "HALLIN (Northline) - BODY"), SecondFromFirst, 1);
    check((line, None, "HALLIN (Northline) - BODY"), (echo, None, "HALLIN (Northline) - BODY"), SecondFromFirst, 2);
    check((echo, None, "BODY\n\nNorthline contributed to this report."), (line, None, "BODY"), FirstFromSecond, 1);
    check((echo, None, "BODY That was first reported by Northline."), (line, None, "BODY"), FirstFromSecond, 1);
    check(
        (echo, None, "BODY The ministry told Northline that it would look into it."),
        (line, None, "BODY"),
        FirstFromSecond,
        1,
    );
    check((echo, None, "HALLIN (CP) - BODY"), (Some("Concord Press"), None, "BODY"), FirstFromSecond, 1);
    let vint = Some("The Vint Observer");
    check(
        (echo, None, "BODY\n\n(Northline)"),
        (vint, None, "HALLIN (Northline) - BODY"),
        Common("Northline".to_owned()),
        2,
    );
    check((echo, None, "BODY\n\nWith inputs from agencies"), (vint, None, "BODY"), Undetermined, 1);
    let (monday, friday) = (Some("2031-03-03T08:00Z"), Some("2031-03-07T08:00Z"));
    check((echo, monday, "BODY"), (vint, friday, "BODY"), SecondFromFirst, 1);
    check((echo, friday, "BODY"), (vint, monday, "BODY"), FirstFromSecond, 1);
    // The day may begin fourteen hours earlier or later somewhere.
    check((echo, Some("2031-03-03"), "BODY"), (vint, Some("2031-03-04"), "BODY"), Undetermined, 0);
    check((echo, Some("2031-03-03"), "BODY"), (vint, Some("2031-03"), "BODY"), Undetermined, 0);
    check((echo, friday, "BODY"), (vint, None, "BODY"), Undetermined, 0);
    // Who credits a text that came out later contradicts the times.
    check((echo, monday, "BODY\n\n(Northline)"), (line, friday, "BODY"), Undetermined, 2);
    // The later one names its supplier, and it is not the earlier one.
    check((echo, monday, "BODY"), (vint, friday, "BODY\n\n(Northline)"), Undetermined, 2);
}

#[test]
fn reasons_are_exact_words_of_their_side() {
    let first = published(Some("Coldwater Echo"), None, &format!("{BODY}\n\n(Northline)"));
    let second = published(Some("Northline"), None, BODY);
    let copying = compared(&first, &second).expect("they share the body");
    let Some(Reason::CreditsOther { side: Side::First, words, .. }) = copying.reasons.first() else {
        panic!("expected a credit, found {:?}", copying.reasons)
    };
    assert_eq!(words.words(), "(Northline)");
    words.check(&first.text).expect("the words stand there");
}
