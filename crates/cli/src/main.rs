//! The binary `onrecord`: parses arguments, runs one command, turns its outcome into an exit code.
#![allow(clippy::disallowed_methods, reason = "clock, environment and exit codes belong to the command line")]

mod args;
mod claim;
mod commands;
mod hits;
mod inputs;
mod moment;
mod progress;
mod report;
mod terminal;

use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Colour, Command};

/// How a command that ran to its end went; the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done.
    Done,
    /// The answer is no.
    No,
    /// Something failed, the rest ran.
    Failed,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.color {
        Colour::Auto => {}
        Colour::Always => anstream::ColorChoice::Always.write_global(),
        Colour::Never => anstream::ColorChoice::Never.write_global(),
    }
    let reporter = report::Reporter::new(cli.quiet);
    let only_reads = cli.command.only_reads();
    let outcome = match cli.command {
        Command::Demo(args) => commands::demo::run(&args, &reporter),
        Command::Read(args) => commands::read::run(&args, &reporter),
        Command::Add(args) => commands::add::run(&args, &reporter),
        Command::Watch(args) => commands::watch::run(&args, &reporter),
        Command::Sources(args) => commands::sources::run(&args, &reporter),
        Command::Claims(args) => commands::claims::run(&args, &reporter),
        Command::Why(args) => commands::why::run(&args, &reporter),
        Command::Origins(args) => commands::origins::run(&args, &reporter),
        Command::Accept(args) => commands::decide::accept(&args, &reporter),
        Command::Reject(args) => commands::decide::reject(&args, &reporter),
        Command::Merge(args) => commands::decide::merge(&args, &reporter),
        Command::Split(args) => commands::decide::split(&args, &reporter),
        Command::Move(args) => commands::decide::move_to(&args, &reporter),
        Command::Undo(args) => commands::decide::undo(&args, &reporter),
        Command::Decisions(args) => commands::decisions::run(&args, &reporter),
        Command::Relink(args) => commands::relink::run(&args, &reporter),
        Command::Search(args) => commands::search::run(&args, &reporter),
        Command::Report(args) => commands::report::run(&args, &reporter),
        Command::Serve(args) => commands::serve::run(&args, &reporter),
        Command::Show(args) => commands::show::run(&args, &reporter),
        Command::Stats(args) => commands::stats::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Rebuild(args) => commands::rebuild::run(&args, &reporter),
        Command::Export(args) => commands::export::run(&args, &reporter),
        Command::Backup(args) => commands::backup::run(&args, &reporter),
        Command::Restore(args) => commands::backup::restore(&args, &reporter),
        Command::Withhold(args) => commands::withhold::run(&args, &reporter),
    };
    match outcome {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::No) => ExitCode::from(1),
        Ok(Ending::Failed) => ExitCode::from(2),
        // Whoever read our output has seen enough: `onrecord read ... | head` is no error.
        Err(error) if only_reads && is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::print_error(&error);
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
