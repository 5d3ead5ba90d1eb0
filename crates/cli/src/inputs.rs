//! What a person named on the command line, as captures to read. Not the reading.

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use onrecord::acquire::{Captures, Input, Limits, captures as acquire};

use crate::args::Threads;

/// The captures of files, folders and `-`, in the order given.
///
/// # Errors
/// Where standard input is named more than once.
pub fn captures(inputs: &[String]) -> anyhow::Result<Captures> {
    if inputs.iter().filter(|input| *input == "-").count() > 1 {
        anyhow::bail!("- stands for standard input, which can be read only once");
    }
    let inputs = inputs.iter().map(|input| match input.as_str() {
        "-" => Input::reader("-", std::io::stdin()),
        path => Input::path(path),
    });
    Ok(acquire(inputs.collect::<Vec<_>>(), Limits::default()))
}

/// How many bytes the files named hold, for showing how far the work is; `None` where that cannot be told.
pub fn bytes(inputs: &[String]) -> Option<u64> {
    if inputs.iter().any(|input| input == "-") {
        return None;
    }
    Some(inputs.iter().map(|input| size(Path::new(input))).sum())
}

fn size(path: &Path) -> u64 {
    let Ok(metadata) = path.symlink_metadata() else { return 0 };
    if !metadata.is_dir() {
        return path.metadata().map_or(0, |metadata| metadata.len());
    }
    let Ok(entries) = path.read_dir() else { return 0 };
    entries.flatten().map(|entry| size(&entry.path())).sum()
}

/// Threads to read with: as asked, else one for each core.
pub fn threads(asked: &Threads) -> NonZeroUsize {
    asked.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
