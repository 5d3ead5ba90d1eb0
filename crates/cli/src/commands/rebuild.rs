//! `onrecord rebuild`: drops what was derived and makes it again from the captures, with the models of this version.

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use indicatif::ProgressBar;
use jiff::Timestamp;

use onrecord::evidence::CaptureId;
use onrecord::ledger::{At, Derived, KeptCapture, Ledger, Options, Pipeline as ActivePipeline};
use onrecord::wire::{DiagnosticLine, RebuildSummary};
use onrecord::{Linking, derive, for_each_ordered};

use crate::args::Rebuild;
use crate::progress::Unit;
use crate::report::{Lines, Reporter};
use crate::{Ending, inputs, progress};

/// Runs the command.
pub fn run(args: &Rebuild, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let (pipeline, problem) = inputs::pipeline(&args.tables, reporter)?;
    let linking = Linking::shipped(&pipeline)?;
    let mut ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    // Where what was derived is damaged, as it may be before a rebuild, every capture counts as having had a text.
    let had_text = captures_with_text(&ledger).ok();
    let bar: ProgressBar = progress::bar(Some(0), Unit::Captures, "rebuilding", reporter.is_quiet());
    let threads = inputs::threads(&args.threads);
    let mut has_text = BTreeMap::new();
    let mut failures = Vec::new();
    let again = |captures: &[KeptCapture]| {
        let mut derived: Vec<Derived> = Vec::with_capacity(captures.len());
        let work = |kept: &KeptCapture| derive(&pipeline, &linking, &kept.capture, kept.stated.as_ref(), kept.article);
        for_each_ordered(threads, pipeline.crew(), captures.iter(), work, |one| {
            derived.push(one);
            true
        });
        for (kept, one) in captures.iter().zip(&derived) {
            // A capture comes once for each statement about it; the last one stands.
            let earlier = has_text.insert(kept.id, one.reading.is_some());
            if one.reading.is_none() && earlier != Some(false) {
                failures.extend(one.diagnostics.iter().cloned());
            }
        }
        derived
    };
    let description = pipeline.description();
    let info = ActivePipeline { digest: pipeline.digest(), description: &description };
    let linker = linking.linker();
    ledger.rebuild_linked(info, Some(&linker), "onrecord rebuild", Timestamp::now(), again, |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })?;
    bar.finish_and_clear();
    let mut lines = Lines::new(args.json);
    for diagnostic in &failures {
        lines.print(&DiagnosticLine::new(diagnostic))?;
        reporter.diagnostic(diagnostic);
    }
    let had = |id: &CaptureId| had_text.as_ref().is_none_or(|captures| captures.contains(id));
    let lost = has_text.iter().filter(|(id, has)| !**has && had(id)).count();
    let gained = has_text.iter().filter(|(id, has)| **has && !had(id)).count();
    let seconds = (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let attributions = ledger.stats(&At::default())?.attributions;
    lines.print(&RebuildSummary::new(has_text.len(), lost, gained, attributions, seconds))?;
    if !args.json {
        reporter.note(format_args!(
            "{} captures read again in {}: {lost} lost their text, {gained} gained one; {attributions} attributions in {seconds:.1} s",
            has_text.len(),
            args.ledger.ledger.display()
        ));
    }
    Ok(if lost > 0 || problem { Ending::Failed } else { Ending::Done })
}

fn captures_with_text(ledger: &Ledger) -> onrecord::ledger::Result<HashSet<CaptureId>> {
    let articles = ledger.articles(&At::default())?.found;
    Ok(articles.into_iter().flat_map(|article| article.revisions).flat_map(|revision| revision.captures).collect())
}
