//! Figures of small news sentences, written as one line each. Not the parts: they have their own tests.

use onrecord_evidence::{Diagnostic, TextRange};
use proptest::prelude::*;

use super::*;

mod clause;

fn table() -> FigureTable {
    FigureTable::parse(include_str!("../../../../models/figures/figures.toml")).unwrap()
}

fn read(text: &str) -> (Vec<Figure>, Vec<Diagnostic>) {
    figures(text, &[TextRange::new(0, text.len() as u32)], &table())
}

fn value(value: &Value) -> String {
    let end = |end: &Option<Decimal>| end.map(|end| end.to_string()).unwrap_or_default();
    match value {
        Value::Number(number) => number.to_string(),
        Value::Range { low, high } => format!("{low}..{high}"),
        Value::Ratio { part, whole } => format!("{part}/{whole}"),
        Value::Vague { low, high } => format!("~{}..{}", end(low), end(high)),
    }
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Count => String::new(),
        Unit::Share => " share".to_owned(),
        Unit::Times => " times".to_owned(),
        Unit::PerCent => " %".to_owned(),
        Unit::PercentagePoints => " %-points".to_owned(),
        Unit::Money { codes, stated } => format!(" {}{}", codes.join("/"), if *stated { "" } else { "?" }),
        Unit::Measure { name, .. } => format!(" {name}"),
    }
}

/// "[words] value unit; field words; ...", a line for each figure.
fn line(text: &str, figure: &Figure) -> String {
    let words = |range: TextRange| range.slice(text).unwrap();
    let mut line = format!("[{}] {}{}", words(figure.range), value(&figure.value), unit(&figure.unit));
    let kind = |kind: &dyn std::fmt::Debug| format!("{kind:?}").to_lowercase();
    if figure.kind != FigureKind::Quantity {
        line += &format!("; {}", kind(&figure.kind));
    }
    for bound in &figure.bounds {
        line += &format!("; {} {}", kind(&bound.kind), words(bound.range));
    }
    if let Some(counted) = figure.counted {
        let how = if counted.part {
            "part of"
        } else if counted.elided {
            "counts again"
        } else {
            "counts"
        };
        line += &format!("; {how} {}", words(counted.range));
    }
    if let Some(state) = figure.state {
        line += &format!("; are {}", words(state));
    }
    for tally in &figure.tallies {
        line += &format!("; {} {}", kind(&tally.kind), words(tally.range));
    }
    for (name, range) in [("per", figure.per), ("extreme", figure.superlative)] {
        line += &range.map(|range| format!("; {name} {}", words(range))).unwrap_or_default();
    }
    for other in &figure.others {
        line += &format!("; or {}{}: {}", value(&other.value), unit(&other.unit), other.reason);
    }
    line
}

fn check(text: &str, expect: &[&str]) {
    let (figures, diagnostics) = read(text);
    let found: Vec<_> = figures.iter().map(|figure| line(text, figure)).collect();
    assert_eq!(found, expect, "{text}");
    assert_eq!(diagnostics, [], "{text}");
}

#[test]
fn numbers_in_words_and_digits() {
    check("Eighty-four drones", &["[Eighty-four] 84; counts drones"]);
    check("two and a half million people", &["[two and a half million] 2500000; counts people"]);
    check("a dozen cows and half a dozen goats", &["[a dozen] 12; counts cows", "[half a dozen] 6; counts goats"]);
    check(
        "one hundred and twenty-five thousand two hundred votes",
        &["[one hundred and twenty-five thousand two hundred] 125200; counts votes"],
    );
    check("It cost 1.2bn yen.", &["[1.2bn yen] 1200000000 JPY"]);
    check(
        "1,234,567 voters; 12,34,567 voters; 40\u{202f}000 voters",
        &[
            "[1,234,567] 1234567; counts voters",
            "[12,34,567] 1234567; counts voters",
            "[40\u{202f}000] 40000; counts voters",
        ],
    );
    check("One in five women", &["[One in five] 1/5 share; counts women"]);
    check("two-thirds of voters", &["[two-thirds] 2/3 share; counts voters"]);
    check("half of the members", &["[half] 1/2 share; part of members"]);
    check("a quarter of a million homes", &["[a quarter of a million] 250000; counts homes"]);
    check(
        "10 1/2 miles, 2½ hours, 0.08 or .05 grams",
        &["[10 1/2 miles] 10.5 mile", "[2½ hours] 2.5 hour", "[0.08] 0.08", "[05 grams] 0.05 gram"],
    );
    check("It fell to -5 degrees Celsius.", &["[-5 degrees Celsius] -5 degree celsius"]);
    check("8\u{ff14}\u{ff15} people", &["[8\u{ff14}\u{ff15}] 845; counts people"]);
}

#[test]
fn ranges_and_bounds() {
    check("between 20 and 30 people", &["[between 20 and 30] 20..30; counts people"]);
    check(
        "3-4 houses, 20 to 30 men and two or three women",
        &["[3-4] 3..4; counts houses", "[20 to 30] 20..30; counts men", "[two or three] 2..3; counts women"],
    );
    check("between US$300 and 400 billion", &["[between US$300 and 400 billion] 300000000000..400000000000 USD"]);
    check(
        "The toll fell from 500 to 471.",
        &["[500] 500; counts toll; cumulative toll", "[471] 471; counts again toll; cumulative toll"],
    );
    check("no fewer than 20 tanks", &["[20] 20; atleast no fewer than; counts tanks"]);
    check("as many as 5,000 troops", &["[5,000] 5000; asmanyas as many as; counts troops"]);
    check(
        "some 40 boats, nearly 12 rafts, up to 6 ships, 30 or more crews",
        &[
            "[40] 40; about some; counts boats",
            "[12] 12; nearly nearly; counts rafts",
            "[6] 6; atmost up to; counts ships",
            "[30] 30; atleast or more; counts crews",
        ],
    );
    check("1,000 or more kilograms", &["[1,000 or more kilograms] 1000 kilogram; atleast or more"]);
    check("100+ homes", &["[100] 100; atleast +; counts homes"]);
}

#[test]
fn vague_words_keep_open_ends() {
    check("dozens of soldiers", &["[dozens] ~12..; counts soldiers"]);
    check(
        "scores of homes, hundreds of thousands of people",
        &["[scores] ~20..; counts homes", "[hundreds of thousands] ~100000..; counts people"],
    );
    check("a record number of Veskan drones", &["[a record number of] ~..; counts Veskan drones; extreme record"]);
    check(
        "several houses, a few boats, many people, an unknown number of crews",
        &["[several] ~3..; counts houses", "[a few] ~2..; counts boats", "[an unknown number of] ~..; counts crews"],
    );
    check("He scores a goal. So many left.", &[]);
    check("a record 84 drones", &["[84] 84; counts drones; extreme record"]);
}

#[test]
fn units() {
    check("It cost $600,000 a year.", &["[$600,000] 600000 USD?; per a year"]);
    check("He paid A$5 and then $6.", &["[A$5] 5 AUD", "[$6] 6 USD/AUD?"]);
    check(
        "£3.4m, €2 million, 500 roubles",
        &["[£3.4m] 3400000 GBP?", "[€2 million] 2000000 EUR", "[500 roubles] 500 RUB/BYN?"],
    );
    check("181 million pounds", &["[181 million pounds] 181000000 GBP?; or 181000000 pound: pounds-may-be-mass"]);
    check("200 pounds of wool, worth £5", &["[200 pounds] 200 pound; counts wool", "[£5] 5 GBP?"]);
    check(
        "up 2.5 percentage points to 71 per cent of voters",
        &["[2.5 percentage points] 2.5 %-points", "[71 per cent] 71 %; counts voters"],
    );
    check("12 per 100,000 people", &["[12] 12; per per 100,000 people"]);
    check(
        "winds of 120 km/h over 5 square miles at magnitude 6.3",
        &[
            "[120 km/h] 120 kilometre per hour; counts winds",
            "[5 square miles] 5 square mile; morethan over",
            "[magnitude 6.3] 6.3 magnitude",
        ],
    );
    check("5m people", &["[5m] 5000000; counts people; or 5 metre: m-may-be-metres"]);
    check("a 100m race", &["[100m] 100 metre; counts race; or 100000000: m-may-be-million"]);
    check(
        "a 500-kilogram bomb and a ten-year sentence",
        &["[500-kilogram] 500 kilogram; counts bomb", "[ten-year] 10 year; counts sentence"],
    );
}

#[test]
fn counted_and_tallies() {
    check("84 Veskan drones struck", &["[84] 84; counts Veskan drones"]);
    check("12 of the drones fell", &["[12] 12; part of drones"]);
    check("12 of them fled", &["[12] 12; part of them"]);
    check("39 of Orland's 54 delegates", &["[39] 39; part of delegates", "[54] 54; counts delegates"]);
    check(
        "The blast left 12 people dead and 30 injured.",
        &["[12] 12; counts people; are dead", "[30] 30; counts again people; are injured"],
    );
    check(
        "12 people were killed and another 30 wounded",
        &["[12] 12; counts people", "[30] 30; counts again people; are wounded; increment another"],
    );
    check("12 more people died so far", &["[12] 12; counts people; increment more; cumulative so far"]);
    check("bringing the toll to at least 250", &["[250] 250; atleast at least; cumulative the toll to"]);
    check("a total of 1,723 cases a day", &["[1,723] 1723; counts cases; cumulative a total of; per a day"]);
    check("over 1,000 US deaths", &["[1,000] 1000; morethan over; counts US deaths"]);
    check(
        "one person and one in Vesk; killed one and injured eight people",
        &["[one] 1; counts person", "[one] 1", "[eight] 8; counts people"],
    );
}

#[test]
fn other_numbers_are_no_quantities() {
    for text in [
        "in May 2019",
        "on 5 May",
        "on May 5, 2019",
        "since 2022",
        "2014–2018",
        "the 2019/20 year",
        "at 10:30",
        "at 10 a.m.",
        "24/7",
        "the 1980s",
        "COVID-19",
        "the G7",
        "an F-16",
        "a Boeing 737 jet",
        "Route 66",
        "Category 5",
        "page 12",
        "Resolution 2259",
        "10 Downing Street",
        "No. 10",
        "Call 555-1234.",
        "+1-222-2222-2222",
        "1. We wait.",
        "[3]",
        "one of them",
        "no one",
        "one day",
        "192.168.0.1",
        "9/11",
        "the Group of Seven",
    ] {
        let (figures, _) = read(text);
        assert!(figures.iter().all(|figure| figure.kind != FigureKind::Quantity), "{text}: {figures:?}");
    }
    check(
        "a 34-year-old, her son, aged 7, and Ada Vane, 79, spoke",
        &["[34-year-old] 34 year; age", "[7] 7; age", "[79] 79; age"],
    );
    check("the 22nd and the twenty-first", &["[22nd] 22; ordinal", "[twenty-first] 21; ordinal"]);
    check("They won 3-1, then lost 3-4.", &["[3-1] 3/1; score", "[3-4] 3/4; score; or 3..4: score-may-be-range"]);
    check("It sank two years ago.", &["[two years ago] 2 year; offset"]);
    check("2019 was wet; more than 2000 people fled", &["[2000] 2000; morethan more than; counts people"]);
}

#[test]
fn what_is_no_number_is_said() {
    let check = |text: &str, expect: &[&str]| {
        let (figures, diagnostics) = read(text);
        assert_eq!(diagnostics.iter().map(|diagnostic| diagnostic.id.as_ref()).collect::<Vec<_>>(), expect, "{text}");
        assert!(figures.is_empty() || expect == ["figure-directions"], "{text}: {figures:?}");
    };
    check(&"7".repeat(1_000), &["figure-too-long"]);
    check("1,2,3,45 people", &["figure-separators"]);
    check("1.234.567 people", &["figure-separators"]);
    check("\u{202e}84\u{202c} drones", &["figure-directions"]);
    check("קרב 84 drones", &["figure-directions"]);
    check(&"1,2 ".repeat(100), &["figure-separators"; 16]);
}

#[test]
fn a_damaged_table_is_an_error() {
    let table = include_str!("../../../../models/figures/figures.toml");
    for cut in (0..table.len() / 3).step_by(997).filter(|cut| table.is_char_boundary(*cut)) {
        assert!(FigureTable::parse(&table[..cut]).is_err(), "cut at {cut}");
    }
    for (from, to) in
        [("kind = \"about\"", "kind = \"roughly\""), ("low = \"12\"", "low = \"twelve\""), ("street =", "streets =")]
    {
        assert!(FigureTable::parse(&table.replacen(from, to, 1)).is_err(), "{to}");
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let table = table();
    for text in [
        "",
        "-",
        "$",
        "one",
        "half",
        "between",
        "84",
        "a",
        "'s",
        "’",
        "of",
        "84-",
        "-84",
        "+",
        "½",
        "\u{301}84",
        "per",
        "the the the",
        "no.",
        "\u{0}84\u{0}",
    ] {
        let _ = figures(
            text,
            &[TextRange::new(0, text.len() as u32), TextRange::new(0, 999), TextRange::new(1, 1)],
            &table,
        );
    }
    let long = "84 drones and ".repeat(20_000);
    assert_eq!(read(&long).0.len(), 20_000);
    let _ = read(&"half of ".repeat(20_000));
    let _ = read(&"one hundred and ".repeat(20_000));
    let _ = read(&"1-".repeat(20_000));
}

proptest! {
    #[test]
    fn evidence_always_holds_the_number(words in proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(vec![
                "84", "1,000", "3-4", "one", "two", "half", "a", "dozen", "million", "and", "of", "the", "drones", "people", "killed", "were", "by", "Orland",
                "$", "£5m", "per cent", "%", "between", "to", "in", "-", "’s", "'", ".", ",", "more than", "or more", "years", "old", "May", "2019", "hundreds", "so far",
                "third", "\u{202e}", "ж", "½", "(", ")", "per", "each", "who", "not", "down", "10:30", "m",
            ]).prop_map(str::to_owned),
            any::<char>().prop_map(|letter| letter.to_string()),
        ], 0..24), spaced in any::<bool>()) {
        let text = words.join(if spaced { " " } else { "" });
        let (figures, _) = read_with(&text);
        for figure in figures {
            let evidence = figure.evidence();
            let json = serde_json::to_string(&figure).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Figure>(&json).unwrap(), &figure);
            prop_assert!(evidence.contains(&figure.range));
            prop_assert!(evidence.iter().all(|range| range.slice(&text).is_some_and(|words| !words.is_empty())), "{text:?} {figure:?}");
        }
    }
}

fn read_with(text: &str) -> (Vec<Figure>, Vec<Diagnostic>) {
    thread_local!(static TABLE: FigureTable = table());
    TABLE.with(|table| figures(text, &[TextRange::new(0, text.len() as u32)], table))
}
