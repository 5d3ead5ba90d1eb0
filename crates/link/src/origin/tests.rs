//! Cases of origins: a claim in a few lines, and the range.

use super::*;
use crate::position::sample::{claim, names, time};

fn found(text: &str, as_of: Option<&str>) -> Origins {
    origins(&claim(text), as_of.map(time).as_ref())
}

fn check(text: &str, expect: &str) {
    assert_eq!(found(text, None).to_string(), expect, "{text}");
}

/// The rule by which each relay hangs where it hangs, as `report>report rule`.
fn tree(text: &str) -> Vec<String> {
    let (found, names) = (found(text, None), names(text));
    let line = |branch: &Branch| match branch.hangs_on {
        Some(on) => format!("{}>{} {}", names[&branch.report], names[&found.tree[on].report], branch.rule),
        None => format!("{} {}", names[&branch.report], branch.rule),
    };
    found.tree.iter().map(line).collect()
}

const REPORTS: &str = "
    claim call event 2031-03-06
    report courier courier 2031-03-09T20:40Z
    report concord concord 2031-03-09T23:15Z
    report herald herald 2031-03-10T12:00Z
    report mail mail 2031-03-10T18:00Z
    report bay bay 2031-03-11T08:00Z
    party people unnamed
    party person unnamed
    party source unnamed
    party courier outlet:courier
    party mail outlet:mail
    party bay outlet:bay
";

fn with(lines: &str) -> String {
    format!("{REPORTS}{lines}")
}

#[test]
fn forty_copies_are_one_origin() {
    let mut text = with("a people affirm in courier:told+basis");
    for copy in 0..40 {
        text.push_str(&format!(
            "
            report copy{copy} paper{copy} 2031-03-10T10:00Z
            b{copy} people affirm in copy{copy}
            hangs copy{copy} derived courier
        "
        ));
    }
    check(&text, "at least 1");
}

#[test]
fn chains_end_where_they_end() {
    let text = with(
        "
        a people affirm in courier:told+basis
        b courier affirm in concord:repeated
        c people affirm in herald:repeated
        d mail affirm in mail:own-voice
        hangs herald cites concord
        hangs mail derived herald
    ",
    );
    check(&text, "at least 1");
    assert_eq!(
        tree(&text),
        [
            "courier unnamed-sources-of-its-own",
            "concord>courier cites-a-newsroom",
            "herald>concord only-stated-ground",
            "mail>herald derived-passage",
        ]
    );
}

#[test]
fn first_reported_by_beside_sources_of_ones_own_does_not_merge() {
    let lines = "
        a people affirm in courier:told+basis
        b source affirm in bay:told+basis
        hangs bay first newsroom:courier
    ";
    check(&with(lines), "at least 2");
    // Nor does "the Courier reported" beside them.
    check(&with(&lines.replace("first", "cites")), "at least 2");
    // Without sources of its own it is only the Courier's.
    check(&with(&lines.replace("bay:told+basis", "bay")), "at least 1");
}

#[test]
fn unnamed_sources_are_two_only_if_each_shows_its_basis() {
    check(&with("a people affirm in courier\n b source affirm in bay"), "at least 1, 1 unknown");
    check(&with("a people affirm in courier:told+basis\n b source affirm in bay"), "at least 1, 1 unknown");
    check(&with("a people affirm in courier:told+basis\n b source affirm in bay:told+basis"), "at least 2");
    // Two groups of one newsroom are that newsroom vouching.
    check(&with("a people affirm in courier:told+basis\n b person affirm in courier:told+basis"), "at least 1");
    // Told by another: the basis is that of the newsroom whose sources they are.
    check(&with("a people affirm in concord:repeated+basis=courier"), "at least 1");
    check(
        &with(
            "
        a people affirm in courier:told+basis
        b people affirm in concord:repeated+basis=courier
    ",
        ),
        "at least 1",
    );
}

#[test]
fn a_derived_passage_has_no_origin_of_its_own() {
    // The passage with "told Concord Press" in it is copied: basis and all.
    check(
        &with(
            "
        a person affirm in concord:told+basis
        b person affirm in herald:told+basis
        hangs herald derived concord
    ",
        ),
        "at least 1",
    );
    // Which had it first is undetermined, and it is still one.
    let either_way = with(
        "
        a people affirm in herald:told+basis
        b source affirm in bay:told+basis
        hangs bay either-way herald
    ",
    );
    check(&either_way, "at least 1");
    // Only the passage that carries the claim counts.
    check(
        &with(
            "
        a minister affirm in herald
        b people affirm in herald:told+basis
        c minister affirm in bay
        d source affirm in bay:told+basis
        hangs bay derived herald for=c
    ",
        ),
        "at least 3",
    );
}

#[test]
fn a_copy_that_says_what_its_source_does_not_has_no_origin() {
    // The agency's sentence reads the other way round.
    let text = with(
        "
        a tarvia affirm in mail:repeated
        hangs mail derived concord
    ",
    );
    check(&text, "none shown, 1 unknown");
    assert_eq!(tree(&text), ["mail derived-from-a-report-without-it"]);
}

#[test]
fn one_newsroom_that_relays_two_parties_does_not_merge_them() {
    let lines = "
        a office affirm in concord
        b mayor affirm in concord
        c office affirm in herald
        d mayor affirm in herald
        hangs herald derived concord
    ";
    check(&with(lines), "at least 2");
    // Nor does a newspaper that cites the agency for both.
    check(&with(&lines.replace("derived", "cites")), "at least 2");
}

#[test]
fn parties_under_one_command_count_once() {
    check(
        &with(
            "
        party coastguard named under=calvera
        party brask named speaks-for=ministry
        party ministry named under=calvera
        a coastguard affirm in courier
        b brask affirm in herald
        c calvera affirm in mail
    ",
        ),
        "at least 1",
    );
    check(&with("a office affirm in courier\n b office affirm in herald"), "at least 1");
}

#[test]
fn what_rests_only_on_another_saying_adds_nothing() {
    check(&with("a wing affirm in courier\n b minister affirm in herald rests-on=a"), "at least 1");
    check(&with("b minister affirm in herald rests-on=z"), "none shown, 1 unknown");
}

#[test]
fn possible_sharing_makes_the_range() {
    let lines = "
        a people affirm in courier:told+basis
        b source affirm in bay:told+basis
        c person affirm in mail:told+basis
        share a b
        share b c
    ";
    check(&with(lines), "at least 1, 2 unknown");
    check(&with(&lines.replace("share b c", "")), "at least 2, 1 unknown");
}

#[test]
fn circular_reporting_is_found() {
    let text = with(
        "
        a mail affirm in bay:repeated
        b bay affirm in mail:repeated
    ",
    );
    check(&text, "none shown, 1 unknown");
    assert_eq!(found(&text, None).circles.len(), 1);
    // In three steps, beside an origin of its own.
    let text = with(
        "
        x people affirm in courier:told+basis
        a source affirm in bay
        b source affirm in mail
        c source affirm in herald
        hangs bay cites mail
        hangs mail cites herald
        hangs herald cites bay
    ",
    );
    check(&text, "at least 1, 1 unknown");
    assert_eq!(found(&text, None).circles[0].reports.len(), 3);
    // The words of a named party end with it however they are passed round.
    let text = with(
        "
        a minister affirm in bay,mail
        hangs bay derived mail
        hangs mail derived bay
    ",
    );
    check(&text, "at least 1");
}

#[test]
fn an_impostor_is_never_the_masthead() {
    let lines = "
        report clone courier-clone 2031-03-09T10:00Z impostor
        a people affirm in clone:told+basis
    ";
    check(&with(lines), "none shown, 1 unknown");
    check(&with(&format!("{lines}\n b people affirm in courier:told+basis")), "at least 1, 1 unknown");
    // Nor what hangs on it, nor the words that it puts into a minister's mouth.
    check(&with(&format!("{lines}\n b people affirm in mail \n hangs mail derived clone")), "none shown, 1 unknown");
    check(&with(&lines.replace("a people", "a minister")), "none shown, 1 unknown");
}

#[test]
fn own_voice_shows_no_origin() {
    check(&with("a mail affirm in mail:own-voice"), "none shown, 1 unknown");
    check(&with("a mail affirm in mail:own-voice\n b office affirm in mail"), "at least 1");
    check(&with("a mail affirm in mail:own-voice\n b office affirm in bay"), "at least 1, 1 unknown");
    check(&with("a mail affirm in mail:observed"), "at least 1");
}

#[test]
fn an_article_that_quotes_itself_adds_nothing() {
    check(
        &with(
            "
        report courier.2 courier 2031-03-10T08:00Z
        a people affirm in courier:told+basis
        b courier affirm in courier.2:repeated
        hangs courier.2 cites courier
        hangs courier cites newsroom:courier
    ",
        ),
        "at least 1",
    );
}

#[test]
fn withdrawn_origins_do_not_count() {
    let text = with(
        "
        a people affirm in courier:told+basis
        b person affirm in concord:told+basis
        c person affirm in herald
        d mail affirm in mail:own-voice
        hangs herald derived concord
        hangs mail derived herald
        withdraws concord 2031-03-13
    ",
    );
    assert_eq!(found(&text, Some("2031-03-12")).to_string(), "at least 2");
    let after = found(&text, None);
    assert_eq!(after.to_string(), "at least 1");
    assert_eq!(after.rest_on_withdrawn.len(), 2);
    // A party that takes back what it said is no origin either, nor one that now denies it.
    check(&with("a wing affirm in courier said=2031-03-09\n b wing retract in mail"), "none");
    check(&with("a wing affirm in courier said=2031-03-09\n b wing deny in mail"), "none");
    // An agency corrects, another withdraws its pickup: the official's own words stay.
    check(
        &with(
            "
        o office affirm in concord,herald
        withdraws concord 2031-03-13
        withdraws herald 2031-03-14
    ",
        ),
        "at least 1",
    );
    // A figure that the agency had ascribed to the office by error does not.
    check(
        &with(
            "
        o office affirm in concord,herald
        hangs herald derived concord
        withdraws concord 2031-03-13 for=o
    ",
        ),
        "none",
    );
}

#[test]
fn decisions_of_people_stand_above_the_rule() {
    let lines = "
        a people affirm in courier:told+basis
        b source affirm in bay:told+basis
    ";
    check(&with(&format!("{lines}\n decides same a b")), "at least 1");
    check(&with(&format!("{lines}\n decides same a b taken-back")), "at least 2");
    check(&with(&format!("{lines}\n share a b\n decides apart a b")), "at least 2");
    check(&with(&format!("{lines}\n hangs bay derived courier\n decides not-hanging bay courier")), "at least 2");
    check(&with("a office affirm in courier\n b office affirm in bay\n decides apart a b"), "at least 2");
}

#[test]
fn origins_at_each_moment() {
    let text = with(
        "
        a people affirm in courier:told+basis
        b person affirm in concord:told+basis
        c source affirm in bay:told+basis
        withdraws concord 2031-03-13
    ",
    );
    let check = |as_of: &str, expect: &str| assert_eq!(found(&text, Some(as_of)).to_string(), expect, "{as_of}");
    check("2031-03-09T20:00Z", "none");
    check("2031-03-09T22:00Z", "at least 1");
    check("2031-03-10T00:00Z", "at least 2");
    check("2031-03-12T00:00Z", "at least 3");
    check("2031-03-13T20:00Z", "at least 3");
    check("2031-03-14T20:00Z", "at least 2");
}

#[test]
fn first_appearance_has_its_doubts() {
    let text = with(
        "
        report old old undated
        report day day 2031-03-09
        a people affirm in courier,old,day
        hangs courier first newsroom:gazette
    ",
    );
    let first = first_appearance(&claim(&text), None).unwrap();
    assert_eq!(names(&text)[&first.report], "courier");
    assert_eq!(first.doubts.len(), 3);
    assert_eq!(first.doubts[0], Doubt::Undated(1));
    assert!(matches!(first.doubts[1], Doubt::AsEarly(report) if names(&text)[&report] == "day"));
    assert!(matches!(&first.doubts[2], Doubt::NamedBefore(newsroom, _) if newsroom.as_str() == "gazette"));
    assert_eq!(first_appearance(&claim("claim x\n report old old undated\n a p affirm in old"), None), None);
}
