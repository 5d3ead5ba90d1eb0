//! Findings in words: what a reader is told of a date, a figure, a place, a speaker.

use onrecord_annotate::figures::{FigureTable, figures};
use onrecord_annotate::{
    Credit, DateAnchors, Gazetteer, PartyFiles, PartyTables, PlaceFinder, PlaceInput, dates, parties,
};
use onrecord_evidence::TextRange;
use onrecord_record::{Detail, SpeakerFinding};
use onrecord_testkit::Marked;
use onrecord_wire::{date_words, figure_words, place_words, resolved_words, speaker_words};

#[test]
fn dates_in_words() {
    let anchors = DateAnchors { publication: Some(jiff::civil::date(2031, 3, 10)), ..DateAnchors::default() };
    let check = |text: &str, anchors: &DateAnchors, expect: &str| {
        let found = dates(text, anchors).0.remove(0);
        assert_eq!(date_words(&Detail::new(text, found).unwrap()), expect, "{text}");
    };
    check("It fell on 6 March 2031.", &anchors, "2031-03-06");
    let either = "2031-03-06, counted from the day of publication; or 2031-03-13";
    check("It fell on Thursday.", &anchors, either);
    check("It fell on Thursday.", &DateAnchors::default(), "a day that the text leaves open, nothing to count from");
    check("He has been there since 2019.", &anchors, "from 2019-01-01 on");
    let event = "a day that the text leaves open, counted from “the flood”";
    check("They have spoken since the flood.", &anchors, event);
    check("It lasted two weeks.", &anchors, "a length of time");
}

#[test]
fn figures_in_words() {
    let table = FigureTable::parse(include_str!("../../../models/figures/figures.toml")).unwrap();
    let check = |text: &str, expect: &str| {
        let found = figures(text, &[TextRange::new(0, text.len() as u32)], &table).0.remove(0);
        assert_eq!(figure_words(&Detail::new(text, found).unwrap()), expect, "{text}");
    };
    check("Orland shot down at least 84 Veskan drones.", "at least 84 (Veskan drones), shot down by Orland");
    check("Some 40 per cent of the crews left.", "about 40 per cent (crews)");
    check("The bridge cost between $20 million and $30 million.", "20000000 to 30000000 USD (bridge)");
}

#[test]
fn places_in_words() {
    let finder = PlaceFinder::new(Gazetteer::new(include_bytes!("../../../models/places/gazetteer.bin")).unwrap());
    let check = |text: &str, expect: &str| {
        let found = finder.places(text, &PlaceInput::default()).mentions.remove(0);
        assert_eq!(place_words(&found), expect, "{text}");
    };
    check("The train to Kyiv was late.", "Kyiv, city (UA)");
    check("Russia said that it would not come.", "the government there: Russia");
}

#[test]
fn speakers_in_words() {
    let tables = PartyTables::parse(PartyFiles {
        countries: include_str!("../../../models/places/countries.toml"),
        regions: include_str!("../../../models/parties/regions.toml"),
        metonyms: include_str!("../../../models/parties/metonyms.toml"),
        outlets: include_str!("../../../models/parties/outlets.toml"),
        titles: include_str!("../../../models/parties/titles.toml"),
        given_names: include_str!("../../../models/parties/given_names.toml"),
    })
    .unwrap();
    let check = |marked: &str, expect: &str| {
        let marked = Marked::parse(marked);
        let [source, cue, content] = ["source", "cue", "content"].map(|label| marked.ranges(label));
        let credits = [Credit { source: &source, cue: &cue, content: &content }];
        let sentences = onrecord_annotate::sentences(&marked.text, &[]);
        let found = parties(&marked.text, &[], &sentences, &credits, &tables);
        let speaker = SpeakerFinding::of(&found, 0, source[0]).unwrap();
        assert_eq!(speaker_words(&Detail::new(&marked.text, speaker).unwrap()), expect, "{}", marked.text);
    };
    check(
        "[source: Kremlin spokesman Anton Belov] [cue: denied] [content: any call].",
        "Anton Belov, Kremlin spokesman (Russia)",
    );
    check("Governor Anna Marn arrived. [source: She] [cue: said] [content: it rained].", "Anna Marn, Governor");
    let plain = Marked::parse("[source: The Alben Courier] [cue: reported] [content: a call].");
    let [source, cue, content] = ["source", "cue", "content"].map(|label| plain.ranges(label));
    let credits = [Credit { source: &source, cue: &cue, content: &content }];
    let found = parties(&plain.text, &[], &[TextRange::new(0, plain.text.len() as u32)], &credits, &tables);
    let speaker = SpeakerFinding::of(&found, 0, source[0]).unwrap();
    assert_eq!(resolved_words(&Detail::new(&plain.text, speaker).unwrap()), None, "nothing more than its words");
}
