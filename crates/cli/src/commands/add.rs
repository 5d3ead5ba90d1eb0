//! `onrecord add`: files, folders, archives and JSON Lines into a ledger; each capture is acknowledged once it is durable.

mod dry_run;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use indicatif::ProgressBar;
use jiff::Timestamp;

use onrecord::acquire::Meter;
use onrecord::evidence::{Capture, CaptureId, Diagnostic};
use onrecord::ledger::{Intake, Knowledge, Ledger, Options, Outcome, Placed};
use onrecord::read::Known;
use onrecord::wire::{Acknowledged, AcknowledgementLine, AddSummary, DiagnosticLine};
use onrecord::{Acknowledgement, Keeper, Linking, Pipeline, for_each_ordered, intake, stated};

use crate::args::Add;
use crate::progress::Unit;
use crate::report::{Lines, Reporter, failed};
use crate::{Ending, inputs, moment, progress};

/// Who is named as the author of what this command records.
pub const AUTHOR: &str = "onrecord add";

/// What an input turned out to be.
enum Done {
    /// It is in; what the ledger said. It need not be read again.
    Known(Acknowledgement),
    /// It was read.
    Read(Box<Intake>, Vec<Diagnostic>),
    /// It gave nothing.
    Nothing(Vec<Diagnostic>),
    /// The ledger could not be asked.
    Broken(onrecord::ledger::Error),
}

/// Runs the command.
pub fn run(args: &Add, reporter: &Reporter) -> anyhow::Result<Ending> {
    if args.dry_run {
        return dry_run::run(args, reporter);
    }
    let started = Instant::now();
    let known = moment::known(&args.told)?;
    let (pipeline, problem) = inputs::pipeline(&args.tables, reporter)?;
    let linking = Linking::shipped(&pipeline)?;
    let network = inputs::network(&args.inputs, &args.intake, &args.fetching, args.fetch);
    let (meter, captures) = inputs::captures(&args.inputs, &args.intake, &args.told, network)?;
    let path = args.ledger.ledger.as_path();
    let is_made = AtomicBool::new(false);
    let mut ledger = None;
    let bar = progress::bar(inputs::bytes(&args.inputs, &args.intake), Unit::Bytes, "reading", reporter.is_quiet());
    let mut adder = Adder {
        place: Place {
            path,
            slot: Some(&mut ledger),
            is_made: &is_made,
            pipeline: &pipeline,
            linking: &linking,
            keeper: None,
        },
        lines: Lines::new(args.json),
        reporter,
        bar,
        meter,
        summary: AddSummary::new(),
    };
    // A ledger that is there must fit before any work is done. One that is not is made for the first article that goes in: a
    // mistyped name leaves no file behind.
    if path.metadata().is_ok_and(|metadata| !metadata.is_file() || metadata.len() > 0) {
        adder.place.keeper()?;
    }
    let mut asking = None;
    let jobs = captures.map(|input| {
        input.map(|capture| {
            let knowledge = knowledge(&mut asking, path, &is_made, &capture.id());
            (knowledge, capture)
        })
    });
    let work = |job| examine(&pipeline, &linking, &known, job);
    let mut outcome = Ok(());
    for_each_ordered(inputs::threads(&args.threads), pipeline.crew(), jobs, work, |done| {
        outcome = adder.take(done);
        outcome.is_ok()
    });
    outcome?;
    let ending = adder.finish(started, args.json)?;
    Ok(if problem { Ending::Failed } else { ending })
}

/// What the ledger knows about a capture; nothing as long as there is none.
fn knowledge(
    asking: &mut Option<Ledger>,
    path: &Path,
    is_made: &AtomicBool,
    capture: &CaptureId,
) -> onrecord::ledger::Result<Knowledge> {
    if !is_made.load(Ordering::Acquire) {
        return Ok(Knowledge::New);
    }
    let ledger = match asking {
        Some(ledger) => ledger,
        None => asking.insert(Ledger::open_existing(path, &Options::default())?),
    };
    ledger.knows(capture)
}

type Job = Result<(onrecord::ledger::Result<Knowledge>, Capture), Diagnostic>;

fn examine(pipeline: &Pipeline, linking: &Linking, known: &Known, job: Job) -> Done {
    let (knowledge, capture) = match job {
        Ok((Ok(knowledge), capture)) => (knowledge, capture),
        Ok((Err(error), _)) => return Done::Broken(error),
        Err(diagnostic) => return Done::Nothing(vec![diagnostic]),
    };
    let settled = |outcome, capture: Capture| {
        Done::Known(Acknowledgement { capture: capture.id(), location: capture.location, outcome })
    };
    let article = match knowledge {
        Knowledge::New => None,
        Knowledge::Withheld { by } => return settled(Outcome::Withheld { by }, capture),
        // Nothing said now is no new statement: `add articles/` after `add articles/ --outlet X` changes nothing.
        Knowledge::Known { article, stated: earlier }
            if stated(known).is_none_or(|now| earlier.as_ref() == Some(&now)) =>
        {
            return settled(Outcome::Known { article }, capture);
        }
        Knowledge::Known { article, .. } => Some(article),
    };
    match intake(pipeline, linking, capture, known, article) {
        (Some(intake), diagnostics) => Done::Read(Box::new(intake), diagnostics),
        (None, diagnostics) => Done::Nothing(diagnostics),
    }
}

/// The ledger that articles go into, opened or made when it is first needed.
struct Place<'a> {
    path: &'a Path,
    /// Where the open ledger is kept; taken when it is opened.
    slot: Option<&'a mut Option<Ledger>>,
    /// Set when there is a ledger that can be asked.
    is_made: &'a AtomicBool,
    pipeline: &'a Pipeline,
    linking: &'a Linking,
    keeper: Option<Keeper<'a>>,
}

impl<'a> Place<'a> {
    fn keeper(&mut self) -> anyhow::Result<&mut Keeper<'a>> {
        if let Some(slot) = self.slot.take() {
            let ledger = slot.insert(Ledger::open(self.path, &Options::default())?);
            self.keeper = Some(Keeper::new(ledger, self.pipeline, self.linking, AUTHOR, Timestamp::now())?);
            self.is_made.store(true, Ordering::Release);
        }
        self.keeper.as_mut().ok_or_else(|| anyhow::anyhow!("{} could not be opened", self.path.display()))
    }
}

struct Adder<'a> {
    place: Place<'a>,
    lines: Lines,
    reporter: &'a Reporter,
    bar: ProgressBar,
    meter: Arc<Meter>,
    summary: AddSummary,
}

impl Adder<'_> {
    fn take(&mut self, done: Done) -> anyhow::Result<()> {
        self.bar.set_position(self.meter.bytes());
        match done {
            Done::Broken(error) => return Err(error.into()),
            Done::Known(acknowledgement) => self.acknowledge(vec![acknowledgement])?,
            Done::Nothing(diagnostics) => self.diagnose(&diagnostics)?,
            Done::Read(intake, diagnostics) => {
                self.diagnose(&diagnostics)?;
                let acknowledged = self.place.keeper()?.keep(*intake, Timestamp::now())?;
                self.acknowledge(acknowledged)?;
            }
        }
        Ok(())
    }

    fn diagnose(&mut self, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
        self.summary.failed += usize::from(failed(diagnostics));
        self.summary.unread += diagnostics.iter().filter(|diagnostic| diagnostic.id == "other-language").count();
        diagnostics.iter().try_for_each(|diagnostic| self.tell(diagnostic))
    }

    fn tell(&mut self, diagnostic: &Diagnostic) -> anyhow::Result<()> {
        self.lines.print(&DiagnosticLine::new(diagnostic))?;
        self.bar.suspend(|| self.reporter.diagnostic(diagnostic));
        Ok(())
    }

    fn acknowledge(&mut self, acknowledged: Vec<Acknowledgement>) -> anyhow::Result<()> {
        for one in acknowledged {
            let line = acknowledgement_line(&one);
            self.summary.count(&line);
            self.lines.print(&line)?;
            let refusal = match &one.outcome {
                Outcome::Refused { reason } => Diagnostic::error("refused", format!("the ledger refused it: {reason}")),
                Outcome::OtherArticle { .. } => {
                    Diagnostic::error("stated-otherwise", "another add stated something else about it meanwhile")
                        .hint("add it again")
                }
                _ => continue,
            };
            self.tell(&refusal.at(one.location))?;
        }
        Ok(())
    }

    fn finish(mut self, started: Instant, json: bool) -> anyhow::Result<Ending> {
        if let Some(keeper) = &mut self.place.keeper {
            let acknowledged = keeper.flush(Timestamp::now())?;
            self.acknowledge(acknowledged)?;
        }
        self.bar.finish_and_clear();
        if let Some(keeper) = &mut self.place.keeper {
            let bar = progress::bar(Some(0), Unit::Events, "linking", self.reporter.is_quiet());
            let finished = keeper.finish(Timestamp::now(), |progress| {
                bar.set_length(progress.total);
                bar.set_position(progress.done);
            })?;
            bar.finish_and_clear();
            if let Some(stale) = finished.stale {
                self.reporter.note(format_args!("{stale}: claims may differ from those that `onrecord relink` makes"));
            }
        }
        self.summary.seconds = seconds(started);
        self.summary.skipped = self.meter.skipped();
        self.lines.print(&self.summary)?;
        let summary = &self.summary;
        if !json {
            self.reporter.note(format_args!(
                "{} added, {} revised, {} captured again, {} known already, {} withheld, {} unread, {} failed; {} attributions in {:.1} s{}",
                summary.added,
                summary.revised,
                summary.recaptured,
                summary.known + summary.restated,
                summary.withheld,
                summary.unread,
                summary.failed + summary.refused,
                summary.attributions,
                summary.seconds,
                skipped(&summary.skipped)
            ));
        }
        Ok(if summary.failed + summary.refused > 0 { Ending::Failed } else { Ending::Done })
    }
}

/// Seconds since then, to the millisecond.
fn seconds(started: Instant) -> f64 {
    (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
}

/// What was passed over and why, for people; nothing where nothing was.
fn skipped(skipped: &BTreeMap<String, u64>) -> String {
    let parts: Vec<String> = skipped.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    if parts.is_empty() { String::new() } else { format!("; passed over {}", parts.join(", ")) }
}

/// The line of one acknowledgement.
pub fn acknowledgement_line(one: &Acknowledgement) -> AcknowledgementLine {
    let (acknowledged, article, placed): (_, _, Option<&Placed>) = match &one.outcome {
        Outcome::Added(placed) if placed.new_article => (Acknowledged::Added, Some(placed.article), Some(placed)),
        Outcome::Added(placed) if placed.new_text => (Acknowledged::Revised, Some(placed.article), Some(placed)),
        Outcome::Added(placed) => (Acknowledged::Recaptured, Some(placed.article), Some(placed)),
        Outcome::Restated(placed) => (Acknowledged::Restated, Some(placed.article), Some(placed)),
        Outcome::Known { article } => (Acknowledged::Known, Some(*article), None),
        Outcome::OtherArticle { article } => (Acknowledged::Refused, Some(*article), None),
        Outcome::Withheld { .. } => (Acknowledged::Withheld, None, None),
        Outcome::Refused { .. } => (Acknowledged::Refused, None, None),
    };
    let mut line = AcknowledgementLine::new(acknowledged, one.capture, one.location.clone());
    line.article = article;
    line.revision = placed.and_then(|placed| placed.revision);
    line.attributions = placed.map(|placed| placed.attributions);
    line
}
