//! `onrecord search`: attributions by their words, source, act, outlet and time.

use std::io::Write as _;

use onrecord::ledger::{Ledger, Options, Query};

use crate::args::Search;
use crate::hits::{Texts, print_json, print_people};
use crate::report::Reporter;
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Search, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let limit = args.limit.get();
    let query = Query {
        words: args.words.join(" "),
        source: args.source.clone(),
        act: args.act,
        outlet: args.outlet.clone(),
        since: args.since.as_deref().map(|text| moment::time("since", text)).transpose()?,
        until: args.until.as_deref().map(|text| moment::time("until", text)).transpose()?,
        // One more than is shown tells whether there are more.
        limit: Some(limit.saturating_add(1)),
        ..Query::default()
    };
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let answer = ledger.search(&query, &at)?;
    let shown = &answer.found[..answer.found.len().min(limit)];
    let mut texts = Texts::new(&ledger);
    if args.json {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for kept in shown {
            print_json(&mut out, kept, &mut texts)?;
        }
        out.flush()?;
    } else {
        let mut out = anstream::stdout().lock();
        for kept in shown {
            print_people(&mut out, kept, &mut texts)?;
        }
        out.flush()?;
    }
    match answer.undated {
        0 => {}
        1 => reporter.note("1 article without a date stands apart when a time is asked for"),
        count => {
            reporter.note(format_args!("{count} articles without a date stand apart when a time is asked for"));
        }
    }
    if shown.is_empty() {
        reporter.note(format_args!("nothing on record with these words in {}", args.ledger.ledger.display()));
        return Ok(Ending::No);
    }
    if answer.found.len() > limit {
        reporter.note(format_args!("only the first {limit} are shown; --limit N shows more"));
    }
    Ok(Ending::Done)
}
