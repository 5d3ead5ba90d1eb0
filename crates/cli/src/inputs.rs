//! What a person named on the command line, as captures to read. Not the reading.

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use std::time::Duration;

use onrecord::Pipeline;
use onrecord::acquire::fetch::{FetchOptions, Fetcher, Network};
use onrecord::acquire::{self, Input, Limits};
use onrecord::evidence::{Capture, Diagnostic, MediaType};

use crate::args::{Fetching, Tables, Threads, Told};
use crate::report::Reporter;

/// The captures of files, folders and `-`, in the order given.
///
/// # Errors
/// Where standard input is named more than once, or `--url` is said of what is not one article.
pub fn captures(
    inputs: &[String],
    told: &Told,
    network: Option<Network>,
) -> anyhow::Result<impl Iterator<Item = Result<Capture, Diagnostic>> + Send + use<>> {
    if inputs.iter().filter(|input| *input == "-").count() > 1 {
        anyhow::bail!("- stands for standard input, which can be read only once");
    }
    if told.url.is_some() && (inputs.len() != 1 || Path::new(&inputs[0]).is_dir()) {
        anyhow::bail!("--url names one article, but several inputs were given; run once for each");
    }
    let named = inputs.iter().map(|input| match input.as_str() {
        "-" => Input::reader("-", std::io::stdin()),
        address if is_address(address) => Input::Address(address.to_owned()),
        path => Input::path(path),
    });
    let mut captures = acquire::captures(named.collect::<Vec<_>>(), Limits::default());
    if let Some(network) = network {
        captures = captures.with_network(network);
    }
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
        if first.iter().flatten().any(|capture| capture.media_type == MediaType::JsonRecord) {
            anyhow::bail!("--url names one article, but {} holds JSON Lines; give each record its own url", inputs[0]);
        }
    }
    Ok(first.into_iter().chain(captures))
}

/// Whether an input is an address of the web rather than a path.
fn is_address(input: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| input.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Pause between two pages of one host.
const PAUSE: Duration = Duration::from_secs(1);

/// The network, where one of the inputs needs it or it is asked for.
pub fn network(inputs: &[String], fetching: &Fetching, wanted: bool) -> Option<Network> {
    let is_needed = wanted || inputs.iter().any(|input| is_address(input));
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
pub fn bytes(inputs: &[String]) -> Option<u64> {
    if inputs.iter().any(|input| input == "-" || is_address(input)) {
        return None;
    }
    Some(inputs.iter().map(|input| acquire::size(Path::new(input))).sum())
}

/// Threads to read with: as asked, else one for each core.
pub fn threads(asked: &Threads) -> NonZeroUsize {
    asked.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
