//! Cases of figures, read from sentences by the shipped table.

use onrecord_annotate::FigureTable;
use onrecord_annotate::figures::figures;
use onrecord_evidence::{Quoted, TextRange, Time};
use onrecord_record::Detail;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::position::sample::{evidence, time};
use crate::position::{Evidence, PartyKey};

/// The figure at `number` in a sentence, with what is known beside it: `by=` `agent=` `patient=` `place=a/b` `window=from..to` `as-of=`.
fn figure(sentence: &str, number: &str, known: &str) -> FigureClaim {
    let table = FigureTable::parse(include_str!("../../../../models/figures/figures.toml")).unwrap();
    let whole = TextRange::new(0, sentence.len() as u32);
    let (found, _) = figures(sentence, &[whole], &table);
    let found = found.into_iter().find(|figure| figure.range.slice(sentence) == Some(number)).expect(sentence);
    let detail = Detail::new(sentence, found).unwrap();
    let option = |name: &str| known.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    let party = |name: &str| option(name).map(PartyKey::new);
    let as_of: Option<Time> = option("as-of").map(time);
    let context = FigureContext {
        claimant: party("by"),
        agent: party("agent"),
        patient: party("patient"),
        place: option("place").map(|place| {
            let mut places = place.split('/').map(str::to_owned);
            PlaceScope { place: places.next().unwrap(), within: places.collect() }
        }),
        window: option("window").map(|window| {
            let (from, to) = window.split_once("..").unwrap();
            Window { from: time(from).earliest(), to: (!to.is_empty()).then(|| time(to).latest()) }
        }),
        out: as_of.clone().unwrap_or_else(|| time("2031-03-30")),
        as_of,
        arithmetic: option("arithmetic").map(|_| evidence("r", "more than on Tuesday")).into_iter().collect(),
    };
    let cited = Evidence { words: Quoted::new(sentence, whole).unwrap(), ..evidence("r", "x") };
    FigureClaim::read(format!("{sentence} {known}"), &detail, &cited, context).unwrap()
}

fn mirrored(relation: Relation) -> Relation {
    match relation {
        Relation::PartOfWhole => Relation::WholeOfPart,
        Relation::WholeOfPart => Relation::PartOfWhole,
        other => other,
    }
}

/// How two figures stand, what differs, what is missing; and that it is the same the other way round.
fn check(one: &FigureClaim, other: &FigureClaim, relation: Relation, differs: &[Facet], missing: &[Facet]) {
    let found = compare(one, other);
    assert_eq!(
        (found.relation, found.differs.as_slice(), found.missing.as_slice()),
        (relation, differs, missing),
        "{one:#?}\n{other:#?}"
    );
    let back = compare(other, one);
    assert_eq!((back.relation, back.differs, back.missing), (mirrored(relation), found.differs, found.missing));
}

const DRONES: &str = "place=leth window=2031-03-08..";

fn orland(number: u32, known: &str) -> FigureClaim {
    let sentence = format!("Orland said it had shot down {number} Veskan drones.");
    figure(&sentence, &number.to_string(), &format!("agent=orland patient=veska {known}"))
}

#[test]
fn a_later_total_of_one_claimant_is_an_update() {
    let first = orland(14, &format!("by=orland as-of=2031-03-09 {DRONES}"));
    let later = orland(23, &format!("by=orland as-of=2031-03-11 {DRONES}"));
    check(&first, &later, Relation::Update(Direction::Up), &[], &[]);
    check(&first, &first, Relation::Agrees, &[], &[]);
    // Down too: the toll falls from 500 to 471.
    let dead =
        |number: &str, known: &str| figure(&format!("The office said {number} people were killed."), number, known);
    check(
        &dead("500", "by=office as-of=2031-03-09"),
        &dead("471", "by=office as-of=2031-03-20"),
        Relation::Update(Direction::Down),
        &[],
        &[Facet::Place, Facet::Window],
    );
    // Another night is another scope.
    let night =
        |from: &str, number| orland(number, &format!("by=orland as-of={from} place=leth window={from}..{from}"));
    check(&night("2031-03-09", 14), &night("2031-03-11", 9), Relation::NotComparable, &[Facet::Window], &[]);
    // Without a window it may be another night.
    check(
        &orland(14, "by=orland as-of=2031-03-09 place=leth"),
        &orland(9, "by=orland as-of=2031-03-11 place=leth"),
        Relation::NotComparable,
        &[],
        &[Facet::Window],
    );
}

#[test]
fn a_part_does_not_contradict_a_whole() {
    let whole = figure("The mayor said 84 people were killed.", "84", "by=mayor as-of=2031-03-09 place=teyne");
    let village =
        figure("The office said 77 people were killed.", "77", "by=office as-of=2031-03-09 place=orsel/teyne");
    check(&village, &whole, Relation::PartOfWhole, &[], &[Facet::Window]);
    let civilians = figure("The office said 12 civilians were killed.", "12", "by=office as-of=2031-03-09 place=teyne");
    check(&civilians, &whole, Relation::PartOfWhole, &[], &[Facet::Window]);
    let more = figure("The office said another 12 people were killed.", "12", "by=office as-of=2031-03-09 place=teyne");
    check(&more, &whole, Relation::PartOfWhole, &[], &[Facet::Window]);
    let too_many =
        figure("The office said 99 people were killed.", "99", "by=office as-of=2031-03-09 place=orsel/teyne");
    check(&too_many, &whole, Relation::NotComparable, &[], &[Facet::Window]);
}

#[test]
fn bounds_and_estimates() {
    let dead = |words: &str, number: &str, by: &str| {
        figure(
            &format!("Officials said {words} people were killed."),
            number,
            &format!("by={by} as-of=2031-03-09 place=teyne window=2031-03-09.."),
        )
    };
    let check = |one: (&str, &str), other: (&str, &str), relation| {
        check(&dead(one.0, one.1, "office"), &dead(other.0, other.1, "mayor"), relation, &[], &[]);
    };
    check(("at least 80", "80"), ("84", "84"), Relation::BoundAgrees);
    check(("at least 90", "90"), ("84", "84"), Relation::Conflict);
    check(("more than 84", "84"), ("84", "84"), Relation::Conflict);
    check(("up to 84", "84"), ("84", "84"), Relation::BoundAgrees);
    check(("84", "84"), ("84", "84"), Relation::Agrees);
    check(("84", "84"), ("96", "96"), Relation::Conflict);
    check(("between 140 and 160", "between 140 and 160"), ("96", "96"), Relation::Spread { overlaps: false });
    check(("between 80 and 100", "between 80 and 100"), ("96", "96"), Relation::Spread { overlaps: true });
    check(("about 90", "90"), ("96", "96"), Relation::Spread { overlaps: true });
    check(("about 60", "60"), ("96", "96"), Relation::Spread { overlaps: false });
}

#[test]
fn other_counts_are_other_counts() {
    let count = |sentence: &str, number: &str| {
        figure(sentence, number, "by=office as-of=2031-03-09 place=teyne window=2031-03-09..")
    };
    let killed = count("The office said 84 people were killed.", "84");
    for (sentence, number, facet) in [
        ("The office said 190 people were injured.", "190", Facet::Outcome),
        ("The office said 130 people were missing.", "130", Facet::Outcome),
        ("The office said 190 people were in hospital.", "190", Facet::Outcome),
    ] {
        check(&killed, &count(sentence, number), Relation::NotComparable, &[facet], &[]);
    }
    let soldiers = count("The office said 20 soldiers were killed.", "20");
    let civilians = count("The office said 12 civilians were killed.", "12");
    check(&soldiers, &civilians, Relation::NotComparable, &[Facet::Group], &[]);
    // However the dead are named.
    for (sentence, number) in [
        ("The office counted 84 bodies.", "84"),
        ("The office put the number of dead at 84.", "84"),
        ("The flood left 84 people dead.", "84"),
    ] {
        let other = count(sentence, number);
        assert_eq!(other.outcome, Some(Outcome::Killed), "{sentence}");
    }
    let boats = count("The office said 12 boats were seized.", "12");
    assert_eq!(compare(&killed, &boats).relation, Relation::NotComparable);
}

#[test]
fn only_the_roles_may_differ() {
    let known = "place=border window=2031-03-08..2031-03-09 as-of=2031-03-10";
    let one =
        figure("Orland intercepted 84 Veskan drones.", "84", &format!("by=orland agent=orland patient=veska {known}"));
    let other =
        figure("Veska intercepted 84 Orlandic drones.", "84", &format!("by=mail agent=veska patient=orland {known}"));
    check(&one, &other, Relation::RoleConflict, &[], &[]);
    // What is not read is named, and another number is another count.
    let unplaced = figure("Veska intercepted 84 Orlandic drones.", "84", "by=mail agent=veska patient=orland");
    check(&one, &unplaced, Relation::RoleConflict, &[], &[Facet::Place, Facet::Window]);
    let fewer =
        figure("Veska intercepted 50 Orlandic drones.", "50", &format!("by=veska agent=veska patient=orland {known}"));
    check(&one, &fewer, Relation::NotComparable, &[Facet::Role], &[]);
}

#[test]
fn a_conflict_only_where_all_is_read_and_equal() {
    let by = |by: &str, number: u32, known: &str| orland(number, &format!("by={by} {known}"));
    let full = &format!("as-of=2031-03-10 {DRONES}");
    check(&by("orland", 14, full), &by("mission", 9, full), Relation::Conflict, &[], &[]);
    let lacks = |known: &str, facets: &[Facet]| {
        check(&by("orland", 14, full), &by("mission", 9, known), Relation::NotComparable, &[], facets);
    };
    lacks("place=leth window=2031-03-08..", &[Facet::AsOf]);
    lacks("as-of=2031-03-10 place=leth", &[Facet::Window]);
    lacks("as-of=2031-03-10 window=2031-03-08..", &[Facet::Place]);
    let unclaimed = orland(9, full);
    check(&by("orland", 14, full), &unclaimed, Relation::NotComparable, &[], &[Facet::Claimant]);
    let nobody =
        figure("The mission said 9 Veskan drones were shot down.", "9", &format!("by=mission patient=veska {full}"));
    check(&by("orland", 14, full), &nobody, Relation::NotComparable, &[], &[Facet::Role]);
    // Of another day, or another thing done.
    check(
        &by("orland", 14, full),
        &by("mission", 9, &format!("as-of=2031-03-13 {DRONES}")),
        Relation::NotComparable,
        &[Facet::AsOf],
        &[],
    );
    let lost = figure("Veska lost 6 Veskan drones.", "6", &format!("by=veska agent=orland patient=veska {full}"));
    check(&by("orland", 14, full), &lost, Relation::NotComparable, &[Facet::Action], &[]);
}

#[test]
fn an_outlets_own_arithmetic_is_marked() {
    let sum = figure("That is 3 drones more.", "3", "by=herald arithmetic=yes");
    check(&orland(26, "by=orland"), &sum, Relation::OwnArithmetic, &[], &[]);
    assert!(series(&[sum], None).is_empty());
}

#[test]
fn a_figure_occurs_in_the_words_cited_for_it() {
    let sentence = "Orland said it had shot down 84 Veskan drones.";
    let table = FigureTable::parse(include_str!("../../../../models/figures/figures.toml")).unwrap();
    let (found, _) = figures(sentence, &[TextRange::new(0, sentence.len() as u32)], &table);
    let detail = Detail::new(sentence, found[0].clone()).unwrap();
    let cited = |range| Evidence { words: Quoted::new(sentence, range).unwrap(), ..evidence("r", "x") };
    let context = orland(84, "").context;
    assert!(FigureClaim::read("f", &detail, &cited(TextRange::new(12, 45)), context.clone()).is_ok());
    let error = FigureClaim::read("f", &detail, &cited(TextRange::new(0, 28)), context).unwrap_err();
    assert!(error.to_string().contains("bytes 0..28"), "{error}");
}

#[test]
fn each_claimant_has_its_series() {
    let orland = |number, as_of: &str| orland(number, &format!("by=orland as-of={as_of} {DRONES}"));
    let lost = |number: u32, as_of: &str| {
        figure(
            &format!("Veska lost {number} drones."),
            &number.to_string(),
            &format!("by=veska patient=veska as-of={as_of} {DRONES}"),
        )
    };
    let mut all = vec![
        orland(26, "2031-03-12"),
        lost(6, "2031-03-09"),
        orland(14, "2031-03-09"),
        lost(8, "2031-03-11"),
        orland(23, "2031-03-11"),
        figure(
            "Orland also shot down 9 more Veskan drones.",
            "9",
            "by=orland agent=orland patient=veska as-of=2031-03-11",
        ),
    ];
    let shown = |figures: &[FigureClaim], as_of: Option<&str>| -> Vec<String> {
        let line = |series: &Series| {
            let steps: Vec<String> = series
                .steps
                .iter()
                .map(|step| match &step.value {
                    onrecord_annotate::figures::Value::Number(number) => number.to_string(),
                    other => format!("{other:?}"),
                })
                .collect();
            format!("{}: {} parts {}", series.claimant, steps.join(" "), series.parts.len())
        };
        series(figures, as_of.map(time).as_ref()).iter().map(line).collect()
    };
    assert_eq!(shown(&all, None), ["orland: 14 23 26 parts 1", "veska: 6 8 parts 0"]);
    assert_eq!(shown(&all, Some("2031-03-10")), ["orland: 14 parts 0", "veska: 6 parts 0"]);
    all.reverse();
    assert_eq!(shown(&all, None), ["orland: 14 23 26 parts 1", "veska: 6 8 parts 0"]);
    let steps = &series(&all, None)[0].steps;
    assert!(steps[0].change.is_none());
    assert_eq!(steps[1].change.as_ref().map(|change| change.relation), Some(Relation::Update(Direction::Up)));
}

#[test]
fn a_toll_and_what_others_estimate() {
    // A toll falls from 500 to 471 while others estimate 100-300.
    let toll = figure("The ministry said at least 500 people were killed.", "500", "by=ministry as-of=2031-10-17");
    let lowered = figure("The ministry put the number of dead at 471.", "471", "by=ministry as-of=2031-10-18");
    let estimate = figure(
        "Analysts estimated that between 100 and 300 people were killed.",
        "between 100 and 300",
        "by=analysts as-of=2031-10-18",
    );
    assert_eq!(compare(&toll, &lowered).relation, Relation::Update(Direction::Down));
    assert_eq!(compare(&lowered, &estimate).relation, Relation::Spread { overlaps: false });
}

#[test]
fn what_became_of_people_is_read_beside_their_number() {
    let check = |sentence: &str, number: &str, expect: Option<Outcome>| {
        assert_eq!(figure(sentence, number, "").outcome, expect, "{sentence}");
    };
    check("130 people were missing.", "130", Some(Outcome::Missing));
    check("Another 190 people were in hospital.", "190", Some(Outcome::InHospital));
    check("The ministry put the number of dead at 471.", "471", Some(Outcome::Killed));
    check("The death toll has risen to 127.", "127", Some(Outcome::Killed));
    check("240 people were injured and 41 missing.", "41", Some(Outcome::Missing));
    check("Orland shot down 84 drones.", "84", None);
    check("The town has 900 people.", "900", None);
}

/// Figures of which every facet is read or not, in many ways.
fn any_figure() -> impl Strategy<Value = FigureClaim> {
    let words = select(vec![
        ("The office said 84 people were killed.", "84"),
        ("The office said at least 80 people were killed.", "80"),
        ("The office said about 90 people were killed.", "90"),
        ("The office said 12 civilians were killed.", "12"),
        ("The office said 20 soldiers were injured.", "20"),
        ("The office said another 12 people were killed.", "12"),
        ("Orland shot down 84 Veskan drones.", "84"),
        ("Orland shot down between 20 and 30 Veskan drones.", "between 20 and 30"),
        ("Orland did not shoot down 84 drones.", "84"),
    ]);
    let known = (
        select(vec!["", "by=office", "by=mayor"]),
        select(vec!["", "agent=orland patient=veska", "agent=veska patient=orland", "agent=orland"]),
        select(vec!["", "place=teyne", "place=orsel/teyne", "place=varn"]),
        select(vec!["", "window=2031-03-08..", "window=2031-03-09..2031-03-10"]),
        select(vec!["", "as-of=2031-03-09", "as-of=2031-03-10", "as-of=2031-03"]),
    );
    (words, known).prop_map(|((sentence, number), (by, roles, place, window, as_of))| {
        figure(sentence, number, &[by, roles, place, window, as_of].join(" "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_comparison_is_the_same_the_other_way_round(one in any_figure(), other in any_figure()) {
        let (found, back) = (compare(&one, &other), compare(&other, &one));
        prop_assert_eq!((mirrored(found.relation), &found.differs, &found.missing), (back.relation, &back.differs, &back.missing));
        // What is not comparable says why, and a conflict lacks nothing.
        let names = !found.differs.is_empty() || !found.missing.is_empty();
        match found.relation {
            Relation::NotComparable => prop_assert!(names || found.rule != "scope-differs-or-is-missing"),
            Relation::Conflict => prop_assert!(!names),
            _ => {}
        }
    }

    #[test]
    fn series_do_not_depend_on_order(figures in proptest::collection::vec(any_figure(), 0..8)) {
        let mut figures = figures;
        for (at, figure) in figures.iter_mut().enumerate() {
            figure.key = format!("{at} {}", figure.key);
        }
        let mut turned = figures.clone();
        turned.reverse();
        prop_assert_eq!(series(&figures, None), series(&turned, None));
    }
}
