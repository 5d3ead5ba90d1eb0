//! Cases of the stage by marked text: `[Name](expected)`, where expected is an id, `-` for no place, `?` for undecided; `!` behind an id
//! says that the government is meant. Not the rules themselves.

use std::sync::OnceLock;

use super::*;

const BYTES: &[u8] = include_bytes!("../../../../models/places/gazetteer.bin");

fn finder() -> &'static PlaceFinder {
    static FINDER: OnceLock<PlaceFinder> = OnceLock::new();
    FINDER.get_or_init(|| PlaceFinder::new(Gazetteer::new(BYTES).expect("the shipped gazetteer is whole")))
}

/// Strips the marks, reads the text, and compares what was found at each mark.
fn check(marked: &str) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        let (name, after) = after.split_once("](").expect("a mark is closed");
        let (expected, after) = after.split_once(')').expect("an expectation is closed");
        text.push_str(before);
        marks.push((text.len() as u32, name, expected));
        text.push_str(name);
        rest = after;
    }
    text.push_str(rest);
    let places = finder().places(&text, &PlaceInput::default());
    let found: Vec<_> = marks
        .iter()
        .map(|(start, name, _)| {
            let mention = places
                .mentions
                .iter()
                .find(|mention| mention.range.start == *start && mention.range.slice(&text) == Some(name));
            mention.map_or("-".to_owned(), |mention| {
                let government = if mention.as_government() { "!" } else { "" };
                mention.chosen().map_or("?".to_owned(), |place| format!("{}{government}", place.id))
            })
        })
        .collect();
    let expected: Vec<_> = marks.iter().map(|(_, _, expected)| *expected).collect();
    assert_eq!(found, expected, "{text}");
    for mention in &places.mentions {
        assert!(mention.range.slice(&text).is_some() && !mention.candidates.is_empty());
    }
}

#[test]
fn the_region_behind_a_name_decides() {
    check("The mayor of [Columbus](gn:4509177), [Ohio](gn:5165418), denied it.");
    check(
        "She was born in [Athens](gn:4180386), [Georgia](gn:4197000), and he in [Tbilisi](gn:611717), [Georgia](gn:614540).",
    );
    check("Two died in [Mobile](gn:4076598), Ala., on Sunday.");
    check("They met in [Aleppo](gn:170063), [Syria](gn:163843).");
    check("He moved to [Paris](gn:4717560), [Texas](gn:4736286).");
    check("They met in [Lagos](?), Wyo., in spring.");
}

#[test]
fn the_rest_of_the_article_decides() {
    check("[Paris](gn:2988507!) and [London](gn:2643743!) agreed to meet in [Brussels](gn:2800866).");
    check(
        "Alabama officials, the governor of Alabama and the state of Alabama said so. A fire broke out in [Birmingham](gn:4049979).",
    );
    check("British police closed the road to [Birmingham](gn:2655603).");
}

#[test]
fn spellings_lead_to_one_place() {
    check(
        "[Kyiv](gn:703448) was called [Kiev](gn:703448), in Russian [Киев](gn:703448), in Ukrainian [Київ](gn:703448).",
    );
    check("[Kharkov](gn:706483) is [Kharkiv](gn:706483), [Odessa](gn:698740) is [Odesa](gn:698740) in Ukraine.");
    check("Пожар начался в [Харькове](gn:706483).");
}

#[test]
fn people_and_organisations_are_no_places() {
    check("[Paris](-) Holm met [Jordan](-) Vane of the Bank of [America](-) in [Rome](gn:3169070).");
    check("Ada [Jackson](-) denied it. [Jackson](-) said so twice.");
    check("The [London](-) School of Economics and the [Texas](-) Supreme Court declined.");
    check("President of [Ukraine](gn:690791) Orla Vane came from [Vermont](gn:5242283).");
    check("[Washington](-), George (1732)\nA general.");
}

#[test]
fn words_of_sentences_are_no_places() {
    check("[Reading](-) is good. [Most](-) of the [Best](-) went in [March](-), which was [Nice](-).");
    check("The train to [Nice](gn:2990440), [France](gn:3017382), was late.");
}

#[test]
fn governments_are_told_from_countries() {
    check("[Russia](gn:2017370!) said that three died in [Russia](gn:2017370).");
    check("The [Kremlin](own:f55112bd!) denied it, and [Kyiv](gn:703448!) has repeatedly warned of it.");
    check("Talks with [Iran](gn:130758!) ended; the border with [Iran](gn:130758) is shut.");
    check("[US](gn:6252001) officials said the [US](gn:6252001!) would agree.");
}

#[test]
fn a_country_behind_its_city_is_a_place() {
    check(
        "A festival in [Tyumen](gn:1488754), [Russia](gn:2017370) opened on Friday; a [Moscow](gn:524901)-based group was there.",
    );
    check("They were [Iran](gn:130758!)-backed, and [Benin](gn:2395170!) was to join.");
}

#[test]
fn headlines_and_datelines_are_read() {
    check("[KYIV](gn:703448), [Ukraine](gn:690791) (Vane News) — NATO met.");
    check("Fire Destroys Market in [Odesa](gn:698740), Mayor Says\n\nNobody was hurt.");
}

#[test]
fn a_gazetteer_that_cannot_be_used_says_what_to_do() {
    let error = |bytes: Vec<u8>| Gazetteer::new(bytes).err().expect("an error");
    assert!(matches!(error(Vec::new()), GazetteerError::Missing));
    assert!(matches!(error(b"<html>404".to_vec()), GazetteerError::Other { .. }));
    assert!(matches!(error(b"ONRPLACE".to_vec()), GazetteerError::Damaged { .. }));
    let mut other = BYTES.to_vec();
    other[8] = 9;
    assert!(matches!(error(other), GazetteerError::Version { found: 9 }));
    for at in [20, 80, 5_000_000, BYTES.len() - 1] {
        let mut damaged = BYTES.to_vec();
        damaged[at] ^= 1;
        let error = error(damaged);
        assert!(matches!(error, GazetteerError::Damaged { .. }), "{at}: {error}");
        assert!(error.hint().contains("gazetteer.bin"));
    }
    assert!(matches!(error(BYTES[..BYTES.len() / 2].to_vec()), GazetteerError::Damaged { .. }));
}

#[test]
fn no_cut_of_the_file_is_a_gazetteer() {
    // Behind the checksum too, a reader of damaged rows finds nothing rather than failing: lengths are checked where bytes are read.
    for length in (1..400).chain([4_096, 1 << 20, BYTES.len() - 1]) {
        assert!(Gazetteer::new(&BYTES[..length]).is_err(), "{length}");
    }
}

#[test]
fn names_of_a_list_lie_together() {
    check(
        "The storm tore through [Carrascal](gn:1718262), [Madrid](gn:1704129), [Carmen](gn:1718333) and [Lanuza](gn:1707415) in the [Philippines](gn:1694008).",
    );
    check("Most voted against it in [Iowa](gn:4862182), [Nevada](gn:5509151) and [Ohio](gn:5165418).");
}

#[test]
fn states_are_told_from_cities_of_their_name() {
    check("Primaries follow in Hawaii, Alaska and [Washington](gn:5815135).");
    check("[Washington](gn:5815135) state and [Washington](gn:5815135) Gov. Ada Holm agreed.");
    check("He was seen in Chappaqua, [New York](gn:5128638), and later in [New York](gn:5128581).");
    check("A [Wyoming](gn:5843591) farmer met others from Detroit, Michigan, and from Ohio.");
    check("US officials came to [Geneva](gn:2660646), [Switzerland](gn:2658434); the city's [West](-) Side is rich.");
}

#[test]
fn letters_in_brackets_are_a_name() {
    check("He flew to [Papua New Guinea](gn:2088628) ([PNG](gn:2088628)) and left [PNG](gn:2088628) on Sunday.");
}

#[test]
fn a_name_does_not_speak_for_its_own_country() {
    check("[Hong Kong](gn:1819730) is quiet.");
    check("Voters in Ohio, Florida, Texas and Iowa will choose; so will [Georgia](gn:4197000) Rep. Ada Holm.");
}

#[test]
fn modifiers_are_neither_place_nor_government() {
    let text = "US officials met Kyiv Mayor Orla Vane.";
    let places = finder().places(text, &PlaceInput::default());
    let cues: Vec<_> = places
        .mentions
        .iter()
        .map(|mention| match mention.sense {
            PlaceSense::Modifier { cue } => cue.slice(text),
            _ => None,
        })
        .collect();
    assert_eq!(cues, [Some("officials"), Some("Mayor")]);
}

#[test]
fn findings_survive_a_round_trip() {
    let text = "KYIV, Ukraine (AP) — Paris Holm of the Bank of Norway met Danes in Odesa.";
    let places = finder().places(text, &PlaceInput::default());
    let json = serde_json::to_string(&places).expect("places are data");
    assert_eq!(serde_json::from_str::<Places>(&json).expect("its own output"), places);
    for text in ["gn:x", "wof:1", "own:1", "gn:-1", "", "703448"] {
        assert!(text.parse::<PlaceId>().is_err(), "{text}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read(text in "(Paris|Kyiv|U\\.S\\.|US|the |of |in |and |, |\\. |’s|'s|\n|-|—|\\(|\\)|Al|St\\.|Київ|у |Харькове|غزة|\\$|#|[0-9]|\\PC|\u{301}|\u{202e}){0,40}") {
        let places = finder().places(&text, &PlaceInput::default());
        let ranges: Vec<_> = places.mentions.iter().map(|mention| mention.range).collect();
        assert!(ranges.iter().all(|range| range.slice(&text).is_some_and(|words| !words.is_empty())));
        assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for mention in &places.mentions {
            assert!(!mention.candidates.is_empty());
            for reason in mention.candidates.iter().flat_map(|candidate| &candidate.reasons) {
                assert!(reason.range.is_none_or(|range| range.slice(&text).is_some()));
            }
        }
    }
}

#[test]
fn odd_texts_are_read() {
    for text in [
        "",
        "\u{202e}Kyiv\u{202c}",
        "In In In, In",
        "U.S",
        "Київ\u{301}",
        "غزة حلب",
        "A, B, C, D",
        "’s",
        "Paris-Paris-Paris, Paris (Paris) Paris's",
        "\u{1}klsnkvk",
    ] {
        finder().places(text, &PlaceInput::default());
    }
    let long = "Paris, ".repeat(20_000) + &"Aa ".repeat(20_000) + &"Al-".repeat(20_000);
    assert!(finder().places(&long, &PlaceInput::default()).mentions.len() > 10_000);
}

#[test]
fn names_are_in_the_order_of_their_keys() {
    finder().gazetteer().check_order();
}
