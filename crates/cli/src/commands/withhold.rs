//! `onrecord withhold`: erases an article or capture by order, and leaves a tombstone.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anyhow::Context as _;
use jiff::Timestamp;

use onrecord::ledger::{AnyId, At, Ledger, Options, Target};

use crate::Ending;
use crate::args::Withhold;
use crate::commands::show::resolve;
use crate::report::{Reporter, say};

/// Runs the command.
pub fn run(args: &Withhold, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let Some(id) = resolve(&ledger, &args.id, &At::default(), reporter)? else { return Ok(Ending::No) };
    let target = match id {
        AnyId::Article(id) => Target::Article(id),
        AnyId::Capture(id) => Target::Capture(id),
        other => anyhow::bail!("{other} is neither an article nor a capture; `onrecord show {other}` names both"),
    };
    if !args.yes && !confirmed(&id)? {
        reporter.note("nothing was withheld");
        return Ok(Ending::No);
    }
    let Some(withheld) =
        ledger.withhold(target, &args.reason, &args.authority, "onrecord withhold", Timestamp::now())?
    else {
        reporter.note(format_args!("{id} holds nothing that could be withheld"));
        return Ok(Ending::No);
    };
    let captures = if withheld.captures.len() == 1 {
        "1 capture".to_owned()
    } else {
        format!("{} captures", withheld.captures.len())
    };
    for capture in &withheld.same_elsewhere {
        reporter.note(format_args!(
            "warning: {capture} holds the same bytes or text and stays; it needs an order of its own"
        ));
    }
    if !withheld.is_scrubbed {
        // Said however quiet it should be: what was ordered is not yet done.
        say("warning: another process holds the file; its free pages are cleared when the ledger is opened next");
    }
    let done = format!("{captures} of {id} withheld by {}", withheld.by);
    match writeln!(anstream::stdout().lock(), "{done}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context(done),
        _ => Ok(Ending::Done),
    }
}

fn confirmed(id: &AnyId) -> anyhow::Result<bool> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        anyhow::bail!("withholding cannot be undone; say --yes");
    }
    let mut talk = anstream::stderr().lock();
    write!(talk, "erase {id} for good? Type yes: ")?;
    talk.flush()?;
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    Ok(line.trim().eq_ignore_ascii_case("yes"))
}
