//! `onrecord add --dry-run`: what would be taken, without writing and without reading any text. Whether a capture is a new article, another
//! text of a known one, or gives nothing is known only by reading it.

use std::collections::HashSet;
use std::time::Instant;

use onrecord::ledger::{Knowledge, Ledger, Options};
use onrecord::stated;
use onrecord::wire::{Acknowledged, AcknowledgementLine, AddSummary, DiagnosticLine};

use super::{seconds, skipped};
use crate::args::Add;
use crate::progress::Unit;
use crate::report::{Lines, Reporter, failed};
use crate::{Ending, inputs, moment, progress};

/// Runs the command.
pub fn run(args: &Add, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let stated = stated(&moment::known(&args.told)?);
    let network = inputs::network(&args.inputs, &args.intake, &args.fetching, args.fetch);
    let (meter, captures) = inputs::captures(&args.inputs, &args.intake, &args.told, network)?;
    let path = args.ledger.ledger.as_path();
    let is_there = path.metadata().is_ok_and(|metadata| !metadata.is_file() || metadata.len() > 0);
    let ledger = is_there.then(|| Ledger::open_existing(path, &Options::default())).transpose()?;
    let bar = progress::bar(inputs::bytes(&args.inputs, &args.intake), Unit::Bytes, "looking", reporter.is_quiet());
    let mut lines = Lines::new(args.json);
    let mut summary = AddSummary::new();
    let mut seen = HashSet::new();
    for input in captures {
        bar.set_position(meter.bytes());
        let capture = match input {
            Ok(capture) => capture,
            Err(diagnostic) => {
                summary.failed += usize::from(failed(std::slice::from_ref(&diagnostic)));
                lines.print(&DiagnosticLine::new(&diagnostic))?;
                bar.suspend(|| reporter.diagnostic(&diagnostic));
                continue;
            }
        };
        let id = capture.id();
        let knowledge = ledger.as_ref().map_or(Ok(Knowledge::New), |ledger| ledger.knows(&id))?;
        let (outcome, article) = match knowledge {
            Knowledge::New if seen.insert(id) => (Acknowledged::New, None),
            Knowledge::New => (Acknowledged::Known, None),
            Knowledge::Withheld { .. } => (Acknowledged::Withheld, None),
            Knowledge::Known { article, stated: earlier } => {
                let is_same = stated.is_none() || stated == earlier;
                (if is_same { Acknowledged::Known } else { Acknowledged::Restated }, Some(article))
            }
        };
        let mut line = AcknowledgementLine::new(outcome, id, capture.location);
        line.article = article;
        summary.count(&line);
        lines.print(&line)?;
    }
    bar.finish_and_clear();
    summary.seconds = seconds(started);
    summary.skipped = meter.skipped();
    lines.print(&summary)?;
    if !args.json {
        reporter.note(format_args!(
            "nothing was written: {} would be read, {} are in or come twice, {} are stated otherwise, {} withheld, {} failed in {:.1} s{}",
            summary.new,
            summary.known,
            summary.restated,
            summary.withheld,
            summary.failed,
            summary.seconds,
            skipped(&summary.skipped)
        ));
    }
    Ok(if summary.failed > 0 { Ending::Failed } else { Ending::Done })
}
