//! `onrecord relink`: links all articles anew, in the order of their dates, obeying what people decided.

use std::time::Instant;

use jiff::Timestamp;

use onrecord::ledger::{At, ClaimQuery, Ledger, Options};
use onrecord::wire::RelinkSummary;
use onrecord::{Linking, Pipeline};

use crate::args::Relink;
use crate::progress::Unit;
use crate::report::{Lines, Reporter};
use crate::{Ending, progress};

/// Runs the command.
pub fn run(args: &Relink, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let mut ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    relink(&mut ledger, reporter, "onrecord relink")?;
    let state = ledger.link_state()?;
    let claims =
        ledger.contested_claims(&ClaimQuery { limit: Some(1), ..ClaimQuery::default() }, &At::default())?.total;
    let orphans = ledger.decisions(&At::default())?;
    let orphans = orphans.iter().filter(|one| one.holds && one.statements.iter().any(Vec::is_empty)).count();
    let seconds = (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let mut lines = Lines::new(args.json);
    lines.print(&RelinkSummary::new(state.linked, state.unprepared, claims, orphans, seconds))?;
    if state.unprepared > 0 {
        reporter.note(format_args!(
            "{} texts were kept without what linking needs; run `onrecord rebuild`",
            state.unprepared
        ));
    }
    if orphans > 0 {
        reporter.note(format_args!(
            "{orphans} decisions have lost their words; `onrecord decisions --only orphans` shows them"
        ));
    }
    if !args.json {
        reporter
            .note(format_args!("{} texts linked, {claims} claims with a standing, in {seconds:.1} s", state.linked));
    }
    Ok(Ending::Done)
}

/// Links a ledger anew with what ships.
///
/// # Errors
/// Where another process writes, or the ledger is damaged; then everything is as it was.
pub fn relink(ledger: &mut Ledger, reporter: &Reporter, author: &str) -> anyhow::Result<()> {
    let linking = Linking::shipped(&Pipeline::shipped()?)?;
    let bar = progress::bar(Some(0), Unit::Captures, "linking", reporter.is_quiet());
    ledger.relink(&linking.linker(), author, Timestamp::now(), |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })?;
    bar.finish_and_clear();
    Ok(())
}
