//! `onrecord search`: attributions by their words, source, act, outlet and time.

use std::io::Write as _;

use onrecord::ledger::{Ledger, Options, Query};

use crate::args::Search;
use crate::hits::{Texts, print_json, print_people};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Search) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let query = Query {
        words: args.words.join(" "),
        source: args.source.clone(),
        act: args.act,
        outlet: args.outlet.clone(),
        since: args.since.as_deref().map(|text| moment::time("since", text)).transpose()?,
        until: args.until.as_deref().map(|text| moment::time("until", text)).transpose()?,
        limit: Some(args.limit),
        ..Query::default()
    };
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let answer = ledger.search(&query, &at)?;
    let mut texts = Texts::new(&ledger);
    if args.json {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for kept in &answer.found {
            print_json(&mut out, kept, &mut texts)?;
        }
        out.flush()?;
    } else {
        let mut out = anstream::stdout().lock();
        for kept in &answer.found {
            print_people(&mut out, kept, &mut texts)?;
        }
        out.flush()?;
    }
    if answer.undated > 0 {
        anstream::eprintln!("{} articles without a date stand apart when a time is asked for", answer.undated);
    }
    if answer.found.is_empty() {
        anstream::eprintln!("nothing on record with these words in {}", args.ledger.ledger.display());
        return Ok(Ending::No);
    }
    if answer.found.len() == args.limit {
        anstream::eprintln!("only the first {} are shown; --limit N shows more", args.limit);
    }
    Ok(Ending::Done)
}
