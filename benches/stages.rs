//! What the stages after the model cost: who, when, how much, where, by what way, each against the model on the same texts in this process.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark: it has a clock, files and a terminal"
)]

use std::fs;
use std::path::Path;

use onrecord::annotate::figures::{FigureTable, figures};
use onrecord::annotate::{
    Credit, DateAnchors, Gazetteer, Model, PartyFiles, PartyTables, PlaceFinder, PlaceInput, RelaySpans, RelayTable,
    dates, parties, relays, sentences,
};
use onrecord::samples::STORIES;

use onrecord_benches::measure::{timed, words};

fn main() -> anyhow::Result<()> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let file = |name: &str| fs::read_to_string(models.join(name)).unwrap();
    let model =
        Model::load(&fs::read(models.join("attribution/weights.safetensors"))?, &file("attribution/vocab.txt"))?
            .with_cache(0);
    let figure_table = FigureTable::parse(&file("figures/figures.toml"))?;
    let finder = PlaceFinder::new(Gazetteer::new(fs::read(models.join("places/gazetteer.bin"))?)?);
    let party_tables = PartyTables::parse(PartyFiles {
        countries: &file("places/countries.toml"),
        regions: &file("parties/regions.toml"),
        metonyms: &file("parties/metonyms.toml"),
        outlets: &file("parties/outlets.toml"),
        titles: &file("parties/titles.toml"),
        given_names: &file("parties/given_names.toml"),
    })?;
    let relay_table = RelayTable::parse(&file("hedges/lexicon.toml"), &file("relay/relay.toml"))?;
    let anchors = DateAnchors { publication: Some(jiff::civil::date(2016, 9, 30)), ..DateAnchors::default() };

    let names = ["dates", "figures", "places", "parties", "relays"];
    let (mut reading, mut stages, mut count) = (0.0, [0.0; 5], 0);
    for text in texts()? {
        let sentences = sentences(&text, &[]);
        count += words(&text);
        let (seconds, found) = timed(|| model.attributions(&text, &sentences, &[]))?;
        reading += seconds;
        let credits: Vec<_> =
            found.iter().map(|one| Credit { source: &one.source, cue: &one.cue, content: &one.content }).collect();
        let spans: Vec<_> =
            found.iter().map(|one| RelaySpans { source: &one.source, cue: &one.cue, content: &one.content }).collect();
        let seconds = [
            timed(|| dates(&text, &anchors))?.0,
            timed(|| figures(&text, &sentences, &figure_table))?.0,
            timed(|| finder.places(&text, &PlaceInput::default()))?.0,
            timed(|| parties(&text, &[], &sentences, &credits, &party_tables))?.0,
            timed(|| relays(&text, &sentences, &spans, &relay_table))?.0,
        ];
        stages.iter_mut().zip(seconds).for_each(|(sum, seconds)| *sum += seconds);
    }
    println!("{count} words; the model reads {:.0} words per CPU-second", count as f64 / reading);
    for (name, seconds) in names.iter().zip(stages) {
        println!("{name:<10} {:>6.1}% of the model's time", 100.0 * seconds / reading);
    }
    println!("together   {:>6.1}%", 100.0 * stages.iter().sum::<f64>() / reading);
    Ok(())
}

/// PolNeAR dev where it is, else the sample stories' pages as they stand, tags and all.
fn texts() -> anyhow::Result<Vec<String>> {
    let shared = std::env::var_os("ONRECORD_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), Into::into);
    let dev = shared.join("data/polnear/dev/text");
    if dev.is_dir() {
        return Ok(fs::read_dir(dev)?.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect());
    }
    let pages = STORIES.iter().flat_map(|story| story.files).filter(|file| file.name.ends_with(".html"));
    Ok(pages.map(|file| String::from_utf8_lossy(file.bytes).into_owned()).collect())
}
