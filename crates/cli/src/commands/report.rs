//! `onrecord report`: the record of one claim as one file of HTML that loads nothing. Not the page (`onrecord_serve`).

use std::io::Write as _;

use onrecord::ledger::{Ledger, Options};

use crate::args::Report;
use crate::claim::resolve;
use crate::report::Reporter;
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Report, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options { only_reads: true, ..Options::default() })?;
    let Some(id) = resolve(&ledger, &args.claim, &at, reporter)? else { return Ok(Ending::No) };
    let Some(page) = onrecord_serve::report(&ledger, &id, &at)? else {
        reporter.note(format_args!("nothing was on record about {id} by then"));
        return Ok(Ending::No);
    };
    let mut out = std::io::stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(Ending::Done)
}
