//! `onrecord add`: files, folders and JSON Lines into a ledger; each input is acknowledged once it is durable.

use std::io::Write as _;
use std::time::Instant;

use indicatif::ProgressBar;
use jiff::Timestamp;
use serde::Serialize;

use onrecord::evidence::{Capture, Diagnostic};
use onrecord::ledger::{Intake, Knowledge, Ledger, Options, Outcome, Placed};
use onrecord::read::Known;
use onrecord::{Acknowledgement, Keeper, Pipeline, for_each_ordered, intake, stated};

use crate::args::Add;
use crate::progress::Unit;
use crate::report::{Reporter, failed};
use crate::{Ending, inputs, moment, progress};

/// Who is named as the author of what this command records.
pub const AUTHOR: &str = "onrecord add";

/// What an input turned out to be.
enum Done {
    /// It is in; what the ledger said, and how many bytes need not be read again.
    Known(Acknowledgement, u64),
    /// It was read.
    Read(Box<Intake>, Vec<Diagnostic>, u64),
    /// It gave nothing.
    Nothing(Vec<Diagnostic>, u64),
    /// The ledger could not be asked.
    Broken(onrecord::ledger::Error),
}

/// Counts for the last line.
#[derive(Default, Serialize)]
struct Summary {
    r#type: &'static str,
    version: u32,
    added: usize,
    revised: usize,
    recaptured: usize,
    known: usize,
    restated: usize,
    withheld: usize,
    refused: usize,
    failed: usize,
    unread: usize,
    attributions: usize,
    seconds: f64,
}

/// Runs the command.
pub fn run(args: &Add, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let known = moment::known(&args.told, &args.inputs)?;
    let pipeline = Pipeline::shipped()?;
    let captures = inputs::captures(&args.inputs)?;
    let options = Options::default();
    let mut ledger = Ledger::open(&args.ledger.ledger, &options)?;
    let asking = Ledger::open_existing(&args.ledger.ledger, &options)?;
    let bar = progress::bar(inputs::bytes(&args.inputs), Unit::Bytes, "reading", reporter.is_quiet());
    let mut adder = Adder {
        keeper: Keeper::new(&mut ledger, &pipeline, AUTHOR, Timestamp::now())?,
        json: args.json,
        reporter,
        bar,
        summary: Summary { r#type: "summary", version: onrecord::wire::VERSION, ..Summary::default() },
    };
    let jobs = captures.map(move |input| input.map(|capture| (asking.knows(&capture.id()), capture)));
    let work = |job| examine(&pipeline, &known, job);
    let mut outcome = Ok(());
    for_each_ordered(inputs::threads(&args.threads), jobs, work, |done| {
        outcome = adder.take(done);
        outcome.is_ok()
    });
    outcome?;
    let acknowledged = adder.keeper.flush(Timestamp::now())?;
    adder.acknowledge(acknowledged)?;
    adder.finish(started)
}

type Job = Result<(onrecord::ledger::Result<Knowledge>, Capture), Diagnostic>;

fn examine(pipeline: &Pipeline, known: &Known, job: Job) -> Done {
    let (knowledge, capture) = match job {
        Ok((Ok(knowledge), capture)) => (knowledge, capture),
        Ok((Err(error), _)) => return Done::Broken(error),
        Err(diagnostic) => return Done::Nothing(vec![diagnostic], 0),
    };
    let bytes = capture.bytes.len() as u64;
    let settled = |outcome, capture: Capture| {
        Done::Known(Acknowledgement { capture: capture.id(), location: capture.location, outcome }, bytes)
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
    match intake(pipeline, capture, known, article) {
        (Some(intake), diagnostics) => Done::Read(Box::new(intake), diagnostics, bytes),
        (None, diagnostics) => Done::Nothing(diagnostics, bytes),
    }
}

struct Adder<'a> {
    keeper: Keeper<'a>,
    json: bool,
    reporter: &'a Reporter,
    bar: ProgressBar,
    summary: Summary,
}

impl Adder<'_> {
    fn take(&mut self, done: Done) -> anyhow::Result<()> {
        match done {
            Done::Broken(error) => return Err(error.into()),
            Done::Known(acknowledgement, bytes) => {
                self.bar.inc(bytes);
                self.acknowledge(vec![acknowledgement])?;
            }
            Done::Nothing(diagnostics, bytes) => {
                self.bar.inc(bytes);
                self.diagnose(&diagnostics)?;
            }
            Done::Read(intake, diagnostics, bytes) => {
                self.diagnose(&diagnostics)?;
                let acknowledged = self.keeper.keep(*intake, Timestamp::now())?;
                self.acknowledge(acknowledged)?;
                self.bar.inc(bytes);
            }
        }
        Ok(())
    }

    fn diagnose(&mut self, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
        self.summary.failed += usize::from(failed(diagnostics));
        self.summary.unread += diagnostics.iter().filter(|diagnostic| diagnostic.id == "other-language").count();
        for diagnostic in diagnostics {
            if self.json {
                print_line(&onrecord::wire::DiagnosticLine::new(diagnostic))?;
            }
            self.bar.suspend(|| self.reporter.diagnostic(diagnostic));
        }
        Ok(())
    }

    fn acknowledge(&mut self, acknowledged: Vec<Acknowledgement>) -> anyhow::Result<()> {
        for one in acknowledged {
            let line = AcknowledgementLine::new(&one);
            let summary = &mut self.summary;
            let count = match line.r#type {
                "added" => &mut summary.added,
                "revised" => &mut summary.revised,
                "recaptured" => &mut summary.recaptured,
                "known" => &mut summary.known,
                "restated" => &mut summary.restated,
                "withheld" => &mut summary.withheld,
                _ => &mut summary.refused,
            };
            *count += 1;
            summary.attributions += line.attributions.unwrap_or(0);
            if self.json {
                print_line(&line)?;
            }
            let refusal = match &one.outcome {
                Outcome::Refused { reason } => Diagnostic::error("refused", format!("the ledger refused it: {reason}")),
                Outcome::OtherArticle { .. } => {
                    Diagnostic::error("stated-otherwise", "another add stated something else about it meanwhile")
                        .hint("add it again")
                }
                _ => continue,
            };
            self.bar.suspend(|| self.reporter.diagnostic(&refusal.at(&one.location)));
        }
        Ok(())
    }

    fn finish(mut self, started: Instant) -> anyhow::Result<Ending> {
        self.bar.finish_and_clear();
        self.summary.seconds = (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        let summary = &self.summary;
        if self.json {
            print_line(summary)?;
        } else if !self.reporter.is_quiet() {
            anstream::eprintln!(
                "{} added, {} revised, {} captured again, {} known already, {} withheld, {} unread, {} failed; {} attributions in {:.1} s",
                summary.added,
                summary.revised,
                summary.recaptured,
                summary.known + summary.restated,
                summary.withheld,
                summary.unread,
                summary.failed + summary.refused,
                summary.attributions,
                summary.seconds
            );
        }
        Ok(if summary.failed + summary.refused > 0 { Ending::Failed } else { Ending::Done })
    }
}

/// One line of `add --json`.
#[derive(Serialize)]
struct AcknowledgementLine {
    r#type: &'static str,
    version: u32,
    capture: String,
    article: Option<String>,
    revision: Option<u32>,
    attributions: Option<usize>,
    file: String,
}

impl AcknowledgementLine {
    fn new(one: &Acknowledgement) -> Self {
        let (r#type, article, placed): (_, _, Option<&Placed>) = match &one.outcome {
            Outcome::Added(placed) if placed.new_article => ("added", Some(placed.article), Some(placed)),
            Outcome::Added(placed) if placed.new_text => ("revised", Some(placed.article), Some(placed)),
            Outcome::Added(placed) => ("recaptured", Some(placed.article), Some(placed)),
            Outcome::Restated(placed) => ("restated", Some(placed.article), Some(placed)),
            Outcome::Known { article } => ("known", Some(*article), None),
            Outcome::OtherArticle { article } => ("refused", Some(*article), None),
            Outcome::Withheld { .. } => ("withheld", None, None),
            Outcome::Refused { .. } => ("refused", None, None),
        };
        Self {
            r#type,
            version: onrecord::wire::VERSION,
            capture: one.capture.to_string(),
            article: article.map(|article| article.to_string()),
            revision: placed.and_then(|placed| placed.revision),
            attributions: placed.map(|placed| placed.attributions),
            file: one.location.clone(),
        }
    }
}

/// Prints one JSON line at once: whoever reads it may rely on it.
fn print_line(line: &impl Serialize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, line).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}
