//! Cases of hedges lost and gained, and of quotations.

use onrecord_annotate::HedgedBy;

use super::*;
use crate::position::sample::{evidence, revision, time};

fn wording(report: &str, at: &str, commitment: &str, hedges: &[(&str, HedgedBy)]) -> Wording {
    let hedge = |(words, by): &(&str, HedgedBy)| HedgeWords { by: *by, words: evidence(report, words) };
    Wording {
        report: revision(report),
        out: Some(time(at)),
        commitment: commitment.parse().unwrap(),
        hedges: hedges.iter().map(hedge).collect(),
        evidence: vec![evidence(report, "the charge was laid")],
    }
}

const SOURCE: HedgedBy = HedgedBy::Source;
const OUTLET: HedgedBy = HedgedBy::Outlet;

#[test]
fn hedges_are_lost_and_gained_on_the_way() {
    let check =
        |origin: (&str, &[(&str, HedgedBy)]), copy: (&str, &[(&str, HedgedBy)]), expect: Option<(&str, bool)>| {
            let found = drift(
                &wording("origin", "2031-09-10", origin.0, origin.1),
                &[wording("copy", "2031-09-11", copy.0, copy.1)],
                None,
            );
            assert_eq!(found.first().map(|drift| (drift.rule, drift.is_surer)), expect, "{origin:?} {copy:?}");
        };
    check(("possible", &[("allegedly", OUTLET)]), ("certain", &[]), Some(("hedge-lost", true)));
    check(("certain", &[]), ("possible", &[("reportedly", OUTLET)]), Some(("hedge-gained", false)));
    check(
        ("probable", &[("probably", SOURCE)]),
        ("possible", &[("allegedly", OUTLET)]),
        Some(("hedge-exchanged", false)),
    );
    check(("possible", &[("may have", SOURCE)]), ("probable", &[("probably", SOURCE)]), Some(("hedge-reworded", true)));
    check(("possible", &[("Allegedly", OUTLET)]), ("possible", &[("allegedly", OUTLET)]), None);
    check(("certain", &[]), ("certain", &[]), None);
    check(("probable", &[]), ("certain", &[]), Some(("commitment-changed", true)));
}

#[test]
fn drift_is_of_a_time() {
    let origin = wording("origin", "2031-09-10", "probable", &[("probably", SOURCE)]);
    let copies = [wording("late", "2031-09-12", "certain", &[]), wording("early", "2031-09-11", "certain", &[])];
    let reports = |as_of: Option<&str>| -> Vec<_> {
        drift(&origin, &copies, as_of.map(time).as_ref()).into_iter().map(|drift| drift.report).collect()
    };
    assert_eq!(reports(None), [revision("early"), revision("late")]);
    assert_eq!(reports(Some("2031-09-11")), [revision("early")]);
}

#[test]
fn one_quotation_has_variants() {
    let quotation = |report: &str, at: &str, words: &str| Quotation {
        report: revision(report),
        out: Some(time(at)),
        words: vec![evidence(report, words)],
    };
    let check = |first: &str, other: &str, kind: Option<VariantKind>, lost: &[&str], gained: &[&str]| {
        let found = variants(&[quotation("b", "2031-09-11", other), quotation("a", "2031-09-10", first)], None);
        assert_eq!(found[0].kind, VariantKind::First);
        assert_eq!(found.get(1).map(|variant| variant.kind), kind, "{other}");
        if let Some(variant) = found.get(1) {
            assert_eq!((variant.lost.join(" "), variant.gained.join(" ")), (lost.join(" "), gained.join(" ")));
        } else {
            assert_eq!(found[0].reports.len(), 2);
        }
    };
    check("“It’s a lie,”", "'It's a lie.'", None, &[], &[]);
    check(
        "“There was no such call, on Thursday or ever”",
        "“no such call”",
        Some(VariantKind::Shortened),
        &["there", "was", "on", "thursday", "or", "ever"],
        &[],
    );
    check("“no such call”", "“There was no such call”", Some(VariantKind::Fuller), &[], &["there", "was"]);
    check(
        "“We do not drown our own villages”",
        "“We do not flood our own villages”",
        Some(VariantKind::Altered),
        &["drown"],
        &["flood"],
    );
    // Two translations of one saying.
    check(
        "“simply invented”",
        "“pure fiction”",
        Some(VariantKind::OtherWords),
        &["simply", "invented"],
        &["pure", "fiction"],
    );
    assert!(variants(&[quotation("a", "2031-09-10", "“”")], None).is_empty());
    let undated = Quotation { report: revision("u"), out: None, words: vec![evidence("u", "never")] };
    assert!(variants(&[undated], Some(&time("2031-09-10"))).is_empty());
}
