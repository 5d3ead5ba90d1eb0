//! Odd inputs: no panic, no growth without bound.

use proptest::prelude::*;

use super::*;

#[test]
fn copies_cost_no_representatives() {
    let tools = Tools::shipped();
    let line = "|Arno Dellen| denied <that a telephone conversation between President Orsk and Vask took place>.";
    let reports: Vec<Vec<Statement>> = (0..40)
        .map(|copy| tools.statements(&report(&format!("copy {copy}"), Some("2031-03-03"), &[(line, Act::Deny)])))
        .collect();
    let (store, assignments) = relink(reports, &[], &tools.comparer, Thresholds::default());
    let claims: Vec<&Claim> = store.claims().collect();
    assert_eq!((claims.len(), claims[0].representatives.len(), claims[0].reports), (1, 1, 40));
    assert_eq!(store.events().next().unwrap().representatives.len(), 1);
    assert!(assignments.last().unwrap().placements[0].nearness >= 500);
}

#[test]
fn reports_without_statements_change_nothing() {
    let tools = Tools::shipped();
    for text in ["", "\n", "Yes.\nNo.\n"] {
        let statements = tools.statements(&report("empty", None, &[(text, Act::Affirm)]));
        assert!(assign(&statements, &MemoryClaims::default(), &tools.comparer, Thresholds::default()).is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_have_a_proposition(text in "\\PC{0,200}", start in 0_u32..250, end in 0_u32..250) {
        let table = StemTable::parse(STEMS).unwrap();
        let comparer = Comparer::parse(COMPARISON).unwrap();
        let ranges = [TextRange::new(start, end), TextRange::new(0, text.len() as u32)];
        let one = Proposition::new(PropositionInput { text: &text, ranges: &ranges, record: None }, &table, &NoVectors);
        for stem in &one.stems {
            prop_assert!(stem.range.slice(&text).is_some());
        }
        let found = comparer.compare(&one, &one);
        prop_assert!(found.score <= 1000);
        prop_assert!(one.is_thin() || found.verdict == Verdict::Same, "{found:?}");
    }
}
