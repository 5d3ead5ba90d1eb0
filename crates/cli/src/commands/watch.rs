//! `onrecord watch`: sources into a ledger, again and again, until somebody says stop.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::Context as _;
use jiff::Timestamp;
use signal_hook::consts::{SIGINT, SIGTERM};

use onrecord::acquire::fetch::Fetcher;
use onrecord::acquire::watch::{Sources, Store, Summary, SystemClock, WatchError, WatchOptions, watch};
use onrecord::evidence::Diagnostic;
use onrecord::ledger::{Ledger, Options};
use onrecord::wire::{DiagnosticLine, WatchSummary};
use onrecord::{Acknowledgement, Keeper, Linking, Listener, WatchDesk};

use super::add::acknowledgement_line;
use crate::args::Watch;
use crate::report::{Lines, Reporter, failed};
use crate::terminal::harmless;
use crate::{Ending, inputs};

/// Who is named as the author of what this command records.
const AUTHOR: &str = "onrecord watch";

/// Runs the command.
pub fn run(args: &Watch, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let mut lines = Lines::new(args.json);
    let (sources, problems) = read_sources(&args.sources)?;
    for problem in &problems {
        lines.print(&DiagnosticLine::new(problem))?;
        reporter.diagnostic(problem);
    }
    let Some(sources) = sources.filter(|sources| !sources.sources.is_empty()) else { return Ok(Ending::Failed) };
    let stop = signalled()?;
    let (pipeline, no_table) = inputs::pipeline(&args.tables, reporter)?;
    let linking = Linking::shipped(&pipeline)?;
    let path = args.ledger.ledger.as_path();
    let mut ledger = Ledger::open(path, &Options::default())?;
    let _alone = alone(path)?;
    let mut store = Store::open(&beside(path, ".watch"))?;
    let fetcher = Fetcher::new(inputs::options(&args.fetching, Some(sources.contact.clone())));
    let now = Timestamp::now();
    let keeper = Keeper::new(&mut ledger, &pipeline, &linking, AUTHOR, now)?;
    let mut desk = WatchDesk {
        pipeline: &pipeline,
        linking: &linking,
        keeper,
        threads: inputs::threads(&args.threads),
        clock: &SystemClock,
        listener: Teller { lines, reporter, problem: None },
        waiting_since: None,
    };
    let seed = args.seed.unwrap_or_else(|| now.as_nanosecond() as u64 ^ u64::from(std::process::id()));
    let options = WatchOptions { once: args.once, seed, ..WatchOptions::default() };
    let watched = watch(&sources, &fetcher, &mut store, &mut desk, &SystemClock, &stop, options);
    let summary = watched.map_err(|error| match error {
        WatchError::Store(error) => anyhow::Error::from(error),
        WatchError::Desk(error) => error.into(),
    })?;
    if args.once {
        desk.finish()?;
    } else if desk.waiting_since.is_some() {
        desk.draw_up()?;
    }
    let mut teller = desk.listener;
    if let Some(problem) = teller.problem.take() {
        return Err(problem.into());
    }
    end(&summary, started, &mut teller.lines, args.json, reporter)?;
    Ok(if no_table || failed(&problems) || summary.failed > 0 { Ending::Failed } else { Ending::Done })
}

fn end(summary: &Summary, started: Instant, lines: &mut Lines, json: bool, reporter: &Reporter) -> anyhow::Result<()> {
    let mut line = WatchSummary::new();
    line.polled = summary.polled;
    line.found = summary.found;
    line.fetched = summary.fetched;
    line.unchanged = summary.unchanged;
    line.taken = summary.taken;
    line.unread = summary.unread;
    line.forbidden = summary.forbidden;
    line.failed = summary.failed;
    line.seconds = (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    lines.print(&line)?;
    if !json {
        reporter.note(format_args!(
            "{} feeds asked, {} articles found, {} captures taken, {} unchanged, {} unread, {} forbidden by robots.txt, {} failed; {:.1} s",
            line.polled, line.found, line.taken, line.unchanged, line.unread, line.forbidden, line.failed, line.seconds
        ));
    }
    Ok(())
}

/// The sources of a file, and what is wrong with them.
pub fn read_sources(path: &Path) -> anyhow::Result<(Option<Sources>, Vec<Diagnostic>)> {
    let place = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("{place} cannot be read"))?;
    let (sources, problems) = Sources::parse(&text);
    let placed = problems.into_iter().map(|mut problem| {
        problem.place = Some(problem.place.map_or_else(|| place.clone(), |within| format!("{place}: {within}")));
        problem
    });
    Ok((sources, placed.collect()))
}

/// The file beside the ledger that ends in `ending`.
pub fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(ledger);
    name.push(ending);
    name.into()
}

/// Holds the lock by which one watch at a time works on a ledger; the system lets it go whatever becomes of this process.
fn alone(ledger: &Path) -> anyhow::Result<File> {
    let path = beside(ledger, ".watch.lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => anyhow::bail!("another watch works on {}", ledger.display()),
        // A file system without locks: two watches would only ask too often.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// Set by Ctrl-C and by SIGTERM; the second one ends the process at once.
pub fn signalled() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Says what a watch does, as it does it.
struct Teller<'a> {
    lines: Lines,
    reporter: &'a Reporter,
    /// Why standard output cannot be written.
    problem: Option<std::io::Error>,
}

impl Listener for Teller<'_> {
    fn kept(&mut self, acknowledgement: &Acknowledgement) {
        let line = acknowledgement_line(acknowledgement);
        self.problem = self.lines.print(&line).err().or(self.problem.take());
        let word = format!("{:?}", line.acknowledged()).to_lowercase();
        self.reporter.note(format_args!("{word:<10} {}", harmless(&acknowledgement.location)));
    }

    fn told(&mut self, diagnostic: &Diagnostic) {
        self.problem = self.lines.print(&DiagnosticLine::new(diagnostic)).err().or(self.problem.take());
        self.reporter.diagnostic(diagnostic);
    }
}
