//! Two texts beside each other: what they share, and how much of each it is.

use onrecord_evidence::TextRange;
use proptest::prelude::*;

use super::super::{Extent, Likeness, Passages, Side, Taken};
use super::{compared, report};

const LEAD: &str = "The harbour master of Pelham Quay closed both basins on Tuesday after a tanker lost its rudder in the outer channel.";
const REWRITE: &str = "The harbour master of Pelham Quay closed both of the basins on Tuesday when a tanker had lost its rudder in the outer channel.";
const SECOND: &str = "Divers spent the night looking for the missing rudder, which weighs about as much as two buses.";
const QUOTE: &str =
    "“We will open the basins when the divers tell us that the channel is clear, and not an hour before,” she said.";
const OTHER: &str =
    "Shipping firms in Sandrel fear that their autumn contracts may be lost to the ports of the southern coast.";
const OWN: &str = "Nobody had seen a closure of that kind since the winter of the great frost, when ice held the ferries for a month.";

/// The extents of two texts, and whether each shared passage is prose, verbatim or rewritten, or a quotation.
fn check(first: &[&str], second: &[&str], expect: Option<(Extent, Extent, &str)>) {
    let (first, second) = (report("first", &first.join("\n\n")), report("second", &second.join("\n\n")));
    let found = compared(&first, &second);
    let shown = found.as_ref().map(|copying| {
        let ranges = copying.passages.iter().map(|passage| copying.taken(Side::First, passage.first));
        let kinds = ranges.map(|taken| match taken {
            Taken::Text(Likeness::Verbatim) => 'v',
            Taken::Text(Likeness::LightRewrite) => 'r',
            Taken::Quotation => 'q',
            Taken::New => '-',
        });
        (copying.first_extent, copying.second_extent, kinds.collect::<String>())
    });
    let shown = shown.as_ref().map(|(one, other, kinds)| (*one, *other, kinds.as_str()));
    assert_eq!(shown, expect, "{}\n---\n{}", first.text, second.text);
    for passage in found.iter().flat_map(|copying| &copying.passages) {
        assert!(passage.first.slice(&first.text).is_some_and(|words| !words.is_empty()));
        assert!(passage.second.slice(&second.text).is_some_and(|words| !words.is_empty()));
    }
}

#[test]
fn extents_and_kinds() {
    use Extent::{Partly, Wholly};
    check(&[LEAD, SECOND], &[LEAD, SECOND], Some((Wholly, Wholly, "vv")));
    check(&[LEAD], &[REWRITE], Some((Wholly, Wholly, "r")));
    check(&[LEAD, SECOND], &[LEAD, OTHER, OWN], Some((Partly, Partly, "v")));
    check(&[LEAD, SECOND], &[LEAD, SECOND, OTHER, OWN], Some((Wholly, Partly, "vv")));
    check(&[LEAD, OWN], &[SECOND, OTHER], None);
    check(&[], &[LEAD], None);
}

#[test]
fn one_fact_in_two_wordings_is_no_copy() {
    use Extent::Partly;
    // Short runs between other words, with nothing else shared.
    check(
        &[
            "The tanker Orla lost its rudder on Tuesday in the outer channel near Pelham Quay, and both basins were closed.",
            OWN,
        ],
        &[
            "Both basins were closed when the Orla, a tanker, lost her rudder in the channel near Pelham Quay on Tuesday.",
            OTHER,
        ],
        None,
    );
    // A long run, or nearly all of the words, is one.
    let (long, light) = (
        "Divers who spent the night looking for the missing rudder in the outer channel found an anchor, the port said.",
        "They spent the night looking for the missing rudder in the outer channel and gave up when the tide turned.",
    );
    check(&[long, OWN], &[light, OTHER], Some((Partly, Partly, "v")));
    check(&[LEAD, OWN], &[REWRITE, OTHER], Some((Partly, Partly, "r")));
}

#[test]
fn a_shared_quotation_is_no_copy_of_the_text_around_it() {
    use Extent::{Not, Partly};
    check(&[QUOTE, OWN], &[QUOTE, OTHER], Some((Not, Not, "q")));
    check(
        &["‘We will open the basins when the divers tell us that the channel is clear,’ said Lene Oduya.", OWN],
        &[QUOTE, OTHER],
        Some((Not, Not, "q")),
    );
    check(&[QUOTE, LEAD, OWN], &[QUOTE, LEAD, OTHER, SECOND], Some((Partly, Partly, "qv")));
}

#[test]
fn a_letter_without_marks_is_a_quotation_too() {
    let letter = "I kept the log book of the tanker in my cabin for three weeks and I told nobody about it.";
    let more = "The rudder had been repaired in spring and nobody had asked for the papers since.";
    let end = "I am sorry for what my silence has cost the people of the harbour.";
    check(
        &[OWN, "The letter reads:", letter, more, end],
        &[OTHER, "He wrote:", letter, more, end],
        Some((Extent::Not, Extent::Not, "qqq")),
    );
}

#[test]
fn furniture_does_not_count() {
    let cookies =
        "We use cookies to make this site work and to improve your visit. You can read more in our privacy policy.";
    let byline = "By Ida Morrell and Jon Pask";
    check(&[byline, LEAD, cookies], &[byline, OTHER, cookies], None);
    check(&[byline, LEAD, SECOND, cookies], &[LEAD, SECOND], Some((Extent::Wholly, Extent::Wholly, "vv")));
}

#[test]
fn what_the_outlet_repeats_is_left_out() {
    let background = "Pelham Quay has been the largest port of the region since the canal was cut, and most of its families live by it.";
    let (first, second) =
        (report("first", &format!("{LEAD}\n\n{background}")), report("second", &format!("{OTHER}\n\n{background}")));
    let whole = [Passages::of(&first), Passages::of(&second)];
    assert!(super::compare(&first, &whole[0], &second, &whole[1]).is_some_and(|copying| copying.is_copy()));
    let [one, other] = whole.map(|passages| passages.without(&[1]));
    assert_eq!(super::compare(&first, &one, &second, &other), None);
}

#[test]
fn an_article_that_quotes_itself() {
    let caption =
        "A tanker lost its rudder in the outer channel on Tuesday, and both basins of the harbour were closed.";
    check(&[caption, LEAD, caption], &[caption, OWN], Some((Extent::Partly, Extent::Partly, "vv")));
    let repeated = [LEAD; 40];
    check(&repeated, &[LEAD], Some((Extent::Wholly, Extent::Wholly, &"v".repeat(40))));
}

#[test]
fn long_texts_of_few_words_end_soon() {
    for text in ["a ".repeat(60_000), "“no” ".repeat(60_000), "No. ".repeat(60_000), "(Northline)\n".repeat(20_000)]
    {
        let (first, second) = (report("first", &text), report("second", &text));
        let copying = compared(&first, &second);
        assert!(copying.is_none_or(|copying| copying.passages.len() < 100_000));
    }
}

#[test]
fn taken_says_what_a_range_is() {
    let text = format!("{LEAD} {OWN}");
    let (first, second) = (report("first", &text), report("second", LEAD));
    let copying = compared(&first, &second).expect("they share the lead");
    let range = |from: usize, to: usize| TextRange::new(from as u32, to as u32);
    assert_eq!(copying.taken(Side::First, range(0, LEAD.len())), Taken::Text(Likeness::Verbatim));
    assert_eq!(copying.taken(Side::First, range(LEAD.len() + 1, text.len())), Taken::New);
    assert_eq!(copying.taken(Side::First, range(4, 30)), Taken::Text(Likeness::Verbatim));
    assert_eq!(copying.taken(Side::Second, range(0, LEAD.len())), Taken::Text(Likeness::Verbatim));
    assert_eq!(copying.taken(Side::First, TextRange::new(3, 3)), Taken::New);
}

#[test]
fn keys_are_bounded_and_digests_stable() {
    let long: String = (0..30_000).map(|number| format!("w{} ", number * 7919 % 30_011)).collect();
    let passages = Passages::of(&report("long", &long));
    assert!(passages.keys().len() <= 512, "{}", passages.keys().len());
    assert!(passages.diagnostics().iter().any(|diagnostic| diagnostic.id == "passages-cut"));
    let (one, other) = (Passages::of(&report("one", LEAD)), Passages::of(&report("other", &LEAD.to_uppercase())));
    assert_eq!((one.digest(), one.keys()), (other.digest(), other.keys()));
    assert_eq!(one.digest().to_string().get(..12), Some("989d2d307715"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_panics_and_turning_round_changes_nothing(
        one in "[a-c \"'“”‘’.:,!?\n(IA)éж-]{0,400}",
        other in "[a-c \"'“”‘’.:,!?\n(IA)éж-]{0,400}",
    ) {
        let (first, second) = (report("first", &one), report("second", &other));
        let (there, back) = (compared(&first, &second), compared(&second, &first));
        prop_assert_eq!(there.as_ref().map(|copying| (copying.first_extent, copying.second_extent, copying.first_share)),
            back.as_ref().map(|copying| (copying.second_extent, copying.first_extent, copying.second_share)));
        prop_assert_eq!(there.map(|copying| copying.passages.len()), back.map(|copying| copying.passages.len()));
    }

    #[test]
    fn shared_words_in_a_row_share_a_key(head in "[a-z ]{0,80}", tail in "[a-z ]{0,80}") {
        let core = "seventeen words that stand in both of the texts in a row and so must give one key at least";
        let one = Passages::of(&report("one", &format!("{head}. {core}. {tail}")));
        let other = Passages::of(&report("other", core));
        prop_assert!(one.keys().iter().any(|key| other.keys().contains(key)));
    }
}
