//! `onrecord rebuild`: drops what was derived and makes it again from the captures, with the models of this version.

use indicatif::ProgressBar;
use jiff::Timestamp;

use onrecord::ledger::{Derived, KeptCapture, Ledger, Options, Pipeline as ActivePipeline};
use onrecord::{Pipeline, derive, for_each_ordered};

use crate::args::Rebuild;
use crate::progress::Unit;
use crate::report::Reporter;
use crate::{Ending, inputs, progress};

/// Runs the command.
pub fn run(args: &Rebuild, reporter: &Reporter) -> anyhow::Result<Ending> {
    let pipeline = Pipeline::shipped()?;
    let mut ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let bar: ProgressBar = progress::bar(Some(0), Unit::Captures, "rebuilding", reporter.is_quiet());
    let threads = inputs::threads(&args.threads);
    let again = |captures: &[KeptCapture]| {
        let mut derived: Vec<Derived> = Vec::with_capacity(captures.len());
        let work = |kept: &KeptCapture| derive(&pipeline, &kept.capture, kept.stated.as_ref(), kept.article);
        for_each_ordered(threads, captures.iter(), work, |one| {
            derived.push(one);
            true
        });
        derived
    };
    let description = pipeline.description();
    let info = ActivePipeline { digest: pipeline.digest(), description: &description };
    let mut total = 0;
    ledger.rebuild(info, "onrecord rebuild", Timestamp::now(), again, |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        total = progress.total;
    })?;
    bar.finish_and_clear();
    if !reporter.is_quiet() {
        anstream::eprintln!("{total} captures read again in {}", args.ledger.ledger.display());
    }
    Ok(Ending::Done)
}
