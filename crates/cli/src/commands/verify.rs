//! `onrecord verify`: every operation, capture and word of a ledger, checked again.

use std::io::Write as _;

use onrecord::evidence::{Capture, RawRange};
use onrecord::ledger::{Ledger, Options};
use onrecord::read::RawWords;
use onrecord::wire::{FailureLine, VERSION, VerifyLine};

use crate::Ending;
use crate::args::Verify;
use crate::report::write_json;
use crate::terminal::{CONTESTED, STRONG, harmless, styled};

/// Runs the command.
pub fn run(args: &Verify) -> anyhow::Result<Ending> {
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    // The words are decoded by another way than the one that read them.
    let decoded = |capture: &Capture, ranges: &[RawRange]| {
        let raw = RawWords::new(capture);
        ranges.iter().map(|range| raw.words(*range)).collect()
    };
    let report = ledger.verify(decoded)?;
    let is_sound = report.is_sound();
    if args.json {
        let failure = |failure: onrecord::ledger::Failure| FailureLine { place: failure.place, reason: failure.reason };
        let line = VerifyLine {
            r#type: VerifyLine::TYPE,
            version: VERSION,
            sound: is_sound,
            operations: report.operations,
            unknown_operations: report.unknown_operations,
            captures: report.captures,
            withheld: report.withheld,
            texts: report.texts,
            attributions: report.attributions,
            quotes: report.quotes,
            statements: report.statements,
            evidence: report.evidence,
            raw_ranges: report.raw_ranges,
            without_raw: report.without_raw,
            failures: report.failures.into_iter().map(failure).collect(),
        };
        write_json(&mut std::io::stdout().lock(), &line)?;
    } else {
        let mut out = anstream::stdout().lock();
        for failure in &report.failures {
            writeln!(
                out,
                "{} {}: {}",
                styled(CONTESTED, "wrong"),
                harmless(&failure.place),
                harmless(&failure.reason)
            )?;
        }
        writeln!(
            out,
            "{}: {} operations, {} captures ({} withheld), {} texts, {} attributions; {} quotes re-sliced, {} of them decoded again from \
             the captured bytes, {} have no exact bytes; {} words of statements and {} of claims re-sliced",
            styled(STRONG, if is_sound { "sound" } else { "NOT SOUND" }),
            report.operations,
            report.captures,
            report.withheld,
            report.texts,
            report.attributions,
            report.quotes,
            report.raw_ranges,
            report.without_raw,
            report.statements,
            report.evidence
        )?;
    }
    Ok(if is_sound { Ending::Done } else { Ending::No })
}
