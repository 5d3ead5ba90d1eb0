//! `onrecord backup` and `onrecord restore`: a checked copy of a ledger that is in use, and a ledger made of one again.

use std::io::Write as _;
use std::path::Path;

use jiff::Timestamp;

use onrecord::ledger::{Backup as Made, BackupStep, Ledger, Options, restore as restored};
use onrecord::wire::{BackupLine, VERSION};

use crate::Ending;
use crate::args::{Backup, Restore};
use crate::progress::{Unit, bar};
use crate::report::{Reporter, say, write_json};
use crate::terminal::harmless;

/// Runs `backup`.
pub fn run(args: &Backup, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let (bar, tell) = progress("backing up", reporter);
    let made = ledger.backup(&args.file, args.force, tell);
    bar.finish_and_clear();
    let line = line(BackupLine::BACKUP, &args.file, &made?);
    print(&line, args.json, "to")
}

/// Runs `restore`.
pub fn restore(args: &Restore, reporter: &Reporter) -> anyhow::Result<Ending> {
    let ledger = &args.ledger.ledger;
    let (bar, tell) = progress("restoring", reporter);
    let made = restored(&args.file, ledger, args.force, "onrecord restore", Timestamp::now(), tell);
    bar.finish_and_clear();
    let made = made?;
    if made.replaced_unread {
        say(
            "warning: the ledger that was replaced could not be read: what it had withheld after the backup is not withheld in this one",
        );
    }
    let mut line = line(BackupLine::RESTORED, ledger, &made.backup);
    line.withheld_again = Some(made.withheld_again);
    print(&line, args.json, "into")
}

/// A bar, and what moves it.
fn progress(
    what: &str,
    reporter: &Reporter,
) -> (indicatif::ProgressBar, impl FnMut(BackupStep) + Send + Clone + 'static) {
    let bar = bar(Some(0), Unit::Bytes, what, reporter.is_quiet());
    let moved = bar.clone();
    let tell = move |step| match step {
        BackupStep::Copying(done, total) => {
            moved.set_length(total);
            moved.set_position(done);
        }
        BackupStep::Checking => moved.set_message("checking"),
    };
    (bar, tell)
}

fn line(of: &'static str, file: &Path, made: &Made) -> BackupLine {
    BackupLine {
        r#type: of,
        version: VERSION,
        file: file.display().to_string(),
        bytes: made.bytes,
        operations: made.operations,
        captures: made.captures,
        withheld: made.withheld,
        ledger: made.digest,
        withheld_again: None,
    }
}

fn print(line: &BackupLine, is_json: bool, preposition: &str) -> anyhow::Result<Ending> {
    let mut out = anstream::stdout().lock();
    if is_json {
        write_json(&mut out, line)?;
    } else {
        let done = if line.r#type == BackupLine::BACKUP { "backed up" } else { "restored" };
        let again = match line.withheld_again {
            None | Some(0) => String::new(),
            Some(count) => format!("; {count} withheld again, as in the ledger that was replaced"),
        };
        writeln!(
            out,
            "{done} {preposition} {}: {} operations, {} captures, {} withheld, {} bytes, all read again{again}\nledger {}",
            harmless(&line.file),
            line.operations,
            line.captures,
            line.withheld,
            line.bytes,
            line.ledger
        )?;
    }
    out.flush()?;
    Ok(Ending::Done)
}
