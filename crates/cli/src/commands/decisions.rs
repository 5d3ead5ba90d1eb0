//! `onrecord decisions`: what people decided, who and why, what was taken back, and what has lost its words.

use std::io::{self, Write};

use onrecord::ledger::{Ledger, Options};
use onrecord::wire::claim::DecisionLine;

use crate::args::{Decisions, Which};
use crate::claim::layout::{item, quoted};
use crate::commands::decide::decision_line;
use crate::report::{Reporter, write_json};
use crate::terminal::{CONTESTED, FAINT, STRONG, harmless, styled};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Decisions, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let lines: Vec<DecisionLine> = ledger.decisions(&at)?.iter().map(decision_line).collect();
    let is_asked = |line: &&DecisionLine| match args.only {
        None => true,
        Some(Which::Holding) => line.holds && !line.orphan,
        Some(Which::Undone) => !line.holds,
        Some(Which::Orphans) => line.orphan,
    };
    let lines: Vec<&DecisionLine> = lines.iter().filter(is_asked).collect();
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in &lines {
            write_json(&mut out, line)?;
        }
        out.flush()?;
    } else {
        let mut out = anstream::stdout().lock();
        for line in &lines {
            print(&mut out, line)?;
        }
        out.flush()?;
    }
    if lines.is_empty() {
        reporter.note(format_args!("no such decision in {}", args.ledger.ledger.display()));
        return Ok(Ending::No);
    }
    Ok(Ending::Done)
}

fn print(out: &mut dyn Write, line: &DecisionLine) -> io::Result<()> {
    let state = match (line.holds, line.orphan) {
        (false, _) => styled(FAINT, " taken back"),
        (true, true) => styled(CONTESTED, " orphan: words that it names are gone, and it does nothing"),
        (true, false) => String::new(),
    };
    let at = line.recorded_at.strftime("%Y-%m-%d %H:%M UTC");
    item(out, "", &format!("{}{state} {}", styled(STRONG, line.decision), styled(FAINT, line.id)))?;
    item(out, "  ", &format!("{}, {at}: {}", harmless(&line.author), harmless(&line.reason)))?;
    if let Some(undoes) = &line.undoes {
        item(out, "  takes back ", &undoes.to_string())?;
    }
    for anchor in &line.anchors {
        let gone = if anchor.statements.is_empty() { styled(CONTESTED, " (gone)") } else { String::new() };
        item(out, "  ", &format!("{}{gone} {}", quoted(&anchor.words), styled(FAINT, anchor.article)))?;
    }
    Ok(())
}
