//! `onrecord-eval STAGE...`: scores the shipped pipeline, writes `tools/eval/results.csv` and `slices.csv`, holds the floors of `floors.toml`.
//!
//! Stages: `acts` (acts and commitment against the labels of `truth/`), `attributions` (spans on PolNeAR dev, by the corpus' own
//! scorer), `stories` (the sample stories against their gold), `wikinews` (spans on a domain that nobody trained on), `dates`, `figures` and
//! `places` (values in Wikinews), `sources` (whom pronouns and nominals refer to), `relays` (hedges, unnamed sources, channels), `copies` (which of
//! two articles was taken from the other), `claims` (articles joined by event and main claim), `positions`, `citing` and `origins` (40 labelled
//! claims), `stance` (of articles on claims, read off the positions), `recognizers` (published test specs),
//! `pages` (main text and metadata of real pages); none named: all. Where the shared data
//! is not, a stage that needs it says so and is skipped. Exit 0 done, 1 below a floor, 2 something failed. Not shipped.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a development tool: it reads files and arguments, prints, and exits"
)]

mod acts;
mod aligned;
mod answers;
mod attributions;
mod claims;
mod copies;
mod corpus;
mod dates;
mod drawn_up;
mod emergent;
mod facts;
mod figures;
mod labelled;
mod marks;
mod origins;
mod pages;
mod pairs;
mod places;
mod positions;
mod rates;
mod reads;
mod recognizers;
mod relays;
mod results;
mod scores;
mod slices;
mod sources;
mod stance;
mod stories;
mod truth;
mod wikinews;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use onrecord::Pipeline;

use corpus::Corpus;
use reads::Reads;
use results::Results;

/// Spans and acts come first: they are the longest known.
const STAGES: &[&str] = &[
    "acts",
    "attributions",
    "stories",
    "wikinews",
    "dates",
    "figures",
    "places",
    "sources",
    "relays",
    "copies",
    "claims",
    "positions",
    "citing",
    "origins",
    "stance",
    "recognizers",
    "pages",
];
/// Those that are scored on the labelled claims.
const LABELLED: &[&str] = &["positions", "citing", "origins"];
const HELP: &str =
    "Score reading: onrecord-eval [STAGE]... [--shared DIR] [--model DIR] [--show ACT|COMMITMENT] [--train] [--wrong]\n
  STAGE          acts, attributions, stories, wikinews, dates, figures, places, sources, relays, copies, claims,
                 positions, citing, origins, stance, recognizers, pages; none: all
  --shared DIR   the folder with data/polnear, data/emergent and eval (else $ONRECORD_SHARED, else ../shared beside the repository)
  --model DIR    weights.safetensors and vocab.txt of another model; the scores are printed, the committed tables stay as they are
  --show WORD    list every label of this act or commitment that was missed or wrongly given, with its words
  --survey WORD  list every attribution of train, labelled or not, to which this row or act of the table applies
  --train        with --show: on the labels of train that rows may be written from, instead of dev; each row's count beside them
  --wrong        list what dates, figures, places, sources, relays and stance have wrong in the articles that may be read for errors
  --gold-only    leave out what needs the reading model
  --reads DIR    keep what was read of Emergent in this folder, and take it from there: for work on linking, where reading is as it was
  --pairs DIR    no scores: write what training/propositions.py fits the weights of models/propositions to";

/// What the arguments say.
pub struct Options {
    shared: Option<PathBuf>,
    model: Option<PathBuf>,
    show: Option<String>,
    survey: Option<String>,
    pairs: Option<PathBuf>,
    reads: Option<PathBuf>,
    train: bool,
    wrong: bool,
    gold_only: bool,
    stages: Vec<String>,
}

fn main() -> ExitCode {
    match options().and_then(|options| options.map_or(Ok(true), |options| run(&options))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Option<Options>, Box<dyn Error>> {
    let mut options = Options {
        shared: std::env::var_os("ONRECORD_SHARED").map(PathBuf::from),
        model: None,
        show: None,
        survey: None,
        pairs: None,
        reads: None,
        train: false,
        wrong: false,
        gold_only: false,
        stages: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--shared" => options.shared = Some(arguments.next().ok_or("--shared expects a folder")?.into()),
            "--model" => options.model = Some(arguments.next().ok_or("--model expects a folder")?.into()),
            "--show" => options.show = Some(arguments.next().ok_or("--show expects an act or a commitment")?),
            "--survey" => options.survey = Some(arguments.next().ok_or("--survey expects a row or an act")?),
            "--pairs" => options.pairs = Some(arguments.next().ok_or("--pairs expects a folder")?.into()),
            "--reads" => options.reads = Some(arguments.next().ok_or("--reads expects a folder")?.into()),
            "--train" => options.train = true,
            "--wrong" => options.wrong = true,
            "--gold-only" => options.gold_only = true,
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(None);
            }
            stage if STAGES.contains(&stage) => options.stages.push(stage.to_owned()),
            other => {
                return Err(format!("expected a stage ({}) or an option, found {other:?}", STAGES.join(", ")).into());
            }
        }
    }
    if options.stages.is_empty() {
        options.stages = STAGES.iter().map(|stage| (*stage).to_owned()).collect();
    }
    Ok(Some(options))
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(options: &Options) -> Result<bool, Box<dyn Error>> {
    let shared = options.shared.clone().unwrap_or_else(|| root().join("../shared"));
    let pipeline = match &options.model {
        _ if options.gold_only => None,
        Some(folder) => {
            let weights = std::fs::read(folder.join("weights.safetensors"))?;
            Some(Pipeline::with_model(&weights, &std::fs::read_to_string(folder.join("vocab.txt"))?)?)
        }
        None => Some(Pipeline::shipped()?),
    };
    if let Some(folder) = &options.pairs {
        let pipeline = pipeline.ok_or("--pairs needs the reading model")?;
        return pairs::write(&shared, &pipeline, folder).map(|()| true);
    }
    let mut results = Results::open(root().join("tools/eval"))?;
    if let Some(pipeline) = &pipeline {
        results.pipeline = pipeline.digest().to_string().chars().take(12).collect();
    }
    let mut reads = Reads::new(&shared, pipeline.as_ref(), options.reads.clone());
    for stage in &options.stages {
        if stage == "stories" {
            stories::score(pipeline.as_ref(), options, &mut results)?;
            continue;
        }
        if stage == "wikinews" {
            wikinews::score(&shared, pipeline.as_ref(), &mut results)?;
            continue;
        }
        if facts::STAGES.contains(&stage.as_str()) {
            facts::score(stage, &shared, options.wrong, &mut results)?;
            continue;
        }
        if stage == "copies" {
            copies::score(&shared, &mut results)?;
            continue;
        }
        if stage == "claims" {
            claims::score(&mut reads, &mut results)?;
            continue;
        }
        if stage == "stance" {
            stance::score(&mut reads, options.wrong, &mut results)?;
            continue;
        }
        if LABELLED.contains(&stage.as_str()) {
            let Some(compared) = reads.compared(stage)? else { continue };
            match stage.as_str() {
                "positions" => positions::score(&compared, &mut results),
                "citing" => origins::score_citing(&compared, &mut results),
                _ => origins::score(&compared, &mut results),
            }
            continue;
        }
        if stage == "pages" {
            pages::score(&shared, &mut results)?;
            continue;
        }
        if stage == "recognizers" {
            recognizers::score(&shared, &mut results)?;
            continue;
        }
        let Some(corpus) = Corpus::open(&shared) else {
            println!("skipped {stage}: no PolNeAR under {} (--shared DIR says where)", shared.display());
            continue;
        };
        match (stage.as_str(), &options.survey) {
            ("acts", Some(word)) => return acts::survey(&corpus, word).map(|()| true),
            ("acts", None) => acts::score(&corpus, pipeline.as_ref(), options, &mut results)?,
            ("sources", _) => sources::score(&corpus, options.wrong, &mut results)?,
            ("relays", _) => relays::score(&corpus, &shared, options.wrong, &mut results)?,
            _ => attributions::score(&corpus, pipeline.as_ref(), &mut results)?,
        }
    }
    if options.show.is_some() {
        return Ok(true);
    }
    results.finish(!options.gold_only && options.model.is_none())
}
