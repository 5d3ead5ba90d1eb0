//! What a person named on the command line, as captures to read. Not the reading.

use std::fs::File;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use std::time::Duration;

use anyhow::Context as _;

use onrecord::Pipeline;
use onrecord::acquire::fetch::{FetchOptions, Fetcher, Network};
use onrecord::acquire::{self, Columns, Input, Limits, Meter, is_address};
use onrecord::evidence::{Capture, Diagnostic, MediaType};

use crate::args::{Fetching, Intake, Tables, Threads, Told};
use crate::report::Reporter;

/// The captures of what was named, in the order given, and how far taking them is.
///
/// # Errors
/// Where standard input is named more than once, `--url` is said of what is not one article, or `--column` names no field.
pub fn captures(
    inputs: &[String],
    intake: &Intake,
    told: &Told,
    network: Option<Network>,
) -> anyhow::Result<(Arc<Meter>, impl Iterator<Item = Result<Capture, Diagnostic>> + Send + use<>)> {
    let list = intake.files_from.as_deref();
    if inputs.iter().map(String::as_str).chain(list).filter(|input| *input == "-").count() > 1 {
        anyhow::bail!("- stands for standard input, which can be read only once");
    }
    if told.url.is_some() && (inputs.len() != 1 || list.is_some() || Path::new(&inputs[0]).is_dir()) {
        anyhow::bail!("--url names one article, but several inputs were given; run once for each");
    }
    let columns = Columns::parse(intake.columns.iter().map(String::as_str)).context("--column")?;
    let mut named = Vec::new();
    for input in inputs {
        named.push(if input == "-" { Input::reader("-", std::io::stdin()) } else { Input::named(input) });
    }
    if let Some(list) = list {
        named.push(if list == "-" {
            Input::list("-", std::io::stdin())
        } else {
            let file = File::open(list).with_context(|| format!("--files-from: {list} cannot be read"))?;
            Input::list(list, file)
        });
    }
    let mut captures = acquire::captures(named, Limits::default()).with_columns(columns);
    if let Some(network) = network {
        captures = captures.with_network(network);
    }
    let meter = captures.meter();
    let mut first = Vec::new();
    if told.url.is_some() {
        // Asked of the first capture, before anything is kept: records of one file that shared an address would be merged.
        for input in captures.by_ref() {
            let is_capture = input.is_ok();
            first.push(input);
            if is_capture {
                break;
            }
        }
        for capture in first.iter().flatten() {
            if capture.media_type == MediaType::JsonRecord {
                anyhow::bail!(
                    "--url names one article, but {} holds JSON Lines; give each record its own url",
                    inputs[0]
                );
            }
            if capture.delivery.as_ref().is_some_and(|delivery| delivery.record.is_some()) {
                anyhow::bail!("--url names one article, but {} is an archive; its records have their own", inputs[0]);
            }
        }
    }
    Ok((meter, first.into_iter().chain(captures)))
}

/// Pause between two pages of one host.
const PAUSE: Duration = Duration::from_secs(1);

/// The network, where one of the inputs needs it or may, or it is asked for.
pub fn network(inputs: &[String], intake: &Intake, fetching: &Fetching, wanted: bool) -> Option<Network> {
    let is_needed = wanted || intake.files_from.is_some() || inputs.iter().any(|input| is_address(input));
    is_needed.then(|| Network::new(Fetcher::new(options(fetching, None)), PAUSE))
}

/// How pages are fetched; a contact that is asked for stands above the one of `file`.
pub fn options(fetching: &Fetching, file: Option<String>) -> FetchOptions {
    let contact = fetching.contact.clone().or(file);
    FetchOptions { allow_private: fetching.allow_private, contact, ..FetchOptions::default() }
}

/// The pipeline with the tables asked for, and whether one of them cannot be used: that is said, and the rest is read without it.
///
/// # Errors
/// Where a model that ships does not fit this build.
pub fn pipeline(tables: &Tables, reporter: &Reporter) -> anyhow::Result<(Pipeline, bool)> {
    let pipeline = Pipeline::shipped()?;
    let Some(path) = &tables.gazetteer else { return Ok((pipeline, false)) };
    // A file that is missing is as one without bytes: the pipeline says what to do.
    let (pipeline, diagnostic) = pipeline.with_gazetteer(std::fs::read(path).unwrap_or_default());
    let diagnostic = diagnostic.map(|diagnostic| diagnostic.at(path.display().to_string()));
    diagnostic.iter().for_each(|diagnostic| reporter.diagnostic(diagnostic));
    Ok((pipeline, diagnostic.is_some()))
}

/// How many bytes the files named hold, for showing how far the work is; `None` where that cannot be told.
pub fn bytes(inputs: &[String], intake: &Intake) -> Option<u64> {
    if intake.files_from.is_some() || inputs.iter().any(|input| input == "-" || is_address(input)) {
        return None;
    }
    Some(inputs.iter().map(|input| acquire::size(Path::new(input))).sum())
}

/// Threads to read with: as asked, else one for each core.
pub fn threads(asked: &Threads) -> NonZeroUsize {
    asked.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
