//! `onrecord origins`: on how many independent origins a claim rests, and which report hangs on which by which words.

use std::io::{self, Write as _};

use onrecord::ledger::{Ledger, Options};
use onrecord::wire::claim::OriginsLine;

use crate::args::Origins;
use crate::claim::record::{Extent, head};
use crate::claim::{self, parts};
use crate::report::{Reporter, write_json};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Origins, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let Some(loaded) = claim::open(&ledger, &args.claim, &at, reporter)? else { return Ok(Ending::No) };
    let line = OriginsLine::new(loaded.asked(args.json));
    loaded.sound()?;
    if line.coverage.articles == 0 {
        reporter.note(format_args!("nothing was on record about {} by then", line.claim));
        return Ok(Ending::No);
    }
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        write_json(&mut out, &line)?;
        out.flush()?;
        return Ok(Ending::Done);
    }
    let mut out = anstream::stdout().lock();
    let as_of = line.as_of.as_ref().map_or_else(String::new, |as_of| format!(" · as of {as_of}"));
    head(&mut out, &line.standing, &line.wording, &format!("{}{as_of}", line.claim), &line.coverage)?;
    parts::origins(&mut out, &line.origins, Extent::Whole)?;
    out.flush()?;
    Ok(Ending::Done)
}
