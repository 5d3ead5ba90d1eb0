//! `onrecord verify`: every operation, capture and word of a ledger, checked again.

use std::io::Write as _;

use serde_json::json;

use onrecord::evidence::{Capture, RawRange};
use onrecord::ledger::{Ledger, Options};
use onrecord::read::RawWords;

use crate::Ending;
use crate::args::Verify;
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
    let mut out = anstream::stdout().lock();
    if args.json {
        let failures: Vec<_> =
            report.failures.iter().map(|failure| json!({"place": failure.place, "reason": failure.reason})).collect();
        let line = json!({
            "type": "verify", "version": onrecord::wire::VERSION, "sound": report.is_sound(), "operations": report.operations,
            "withheld": report.withheld, "unknown_operations": report.unknown_operations, "captures": report.captures,
            "texts": report.texts, "attributions": report.attributions, "quotes": report.quotes,
            "raw_ranges": report.raw_ranges, "without_raw": report.without_raw, "failures": failures,
        });
        writeln!(out, "{line}")?;
    } else {
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
             the captured bytes, {} have no exact bytes",
            styled(STRONG, if report.is_sound() { "sound" } else { "NOT SOUND" }),
            report.operations,
            report.captures,
            report.withheld,
            report.texts,
            report.attributions,
            report.quotes,
            report.raw_ranges,
            report.without_raw
        )?;
    }
    Ok(if report.is_sound() { Ending::Done } else { Ending::No })
}
