//! What is said beside the data: diagnostics as they come, notes, errors with their causes and the way out; and the JSON lines of
//! commands that change a ledger. Nothing here fails because nobody listens.

use std::io::{self, Write};

use anstyle::AnsiColor;
use serde::Serialize;

use onrecord::evidence::{Diagnostic, Severity};

use crate::terminal::{harmless, styled};

/// Says what a command has to say on standard error.
pub struct Reporter {
    quiet: bool,
}

impl Reporter {
    /// A reporter; a quiet one prints errors only.
    pub const fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Whether only errors are printed.
    pub const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints one diagnostic.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) {
        if self.quiet && diagnostic.severity != Severity::Error {
            return;
        }
        let colour = match diagnostic.severity {
            Severity::Note => AnsiColor::Cyan,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Error => AnsiColor::Red,
        };
        say(styled(colour.on_default(), harmless(&diagnostic.to_string())));
    }

    /// Prints a line that is no error: why the answer is no, how the work went.
    pub fn note(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            say(text);
        }
    }
}

/// Prints a line on standard error; where nobody reads that, there is nobody to tell.
pub fn say(text: impl std::fmt::Display) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Whether these mean that the input gave no result.
pub fn failed(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Prints an error with its causes; the hint of a ledger error last.
pub fn print_error(error: &anyhow::Error) {
    let mut causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.dedup();
    say(format_args!("{} {}", styled(AnsiColor::Red.on_default().bold(), "error:"), harmless(&causes.join(": "))));
    let hint = error.chain().find_map(|cause| {
        let served = cause.downcast_ref::<onrecord_serve::Error>().and_then(onrecord_serve::Error::hint);
        served.or_else(|| cause.downcast_ref::<onrecord::ledger::Error>()?.hint())
    });
    if let Some(hint) = hint {
        say(format_args!("  {hint}"));
    }
}

/// Writes `line` as JSON and a line feed.
pub fn write_json(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// The JSON lines of a command that changes a ledger. When their reader goes away (`| head`), the command still does its work.
pub struct Lines {
    is_open: bool,
}

impl Lines {
    /// Lines that are printed only if they are wanted.
    pub const fn new(wanted: bool) -> Self {
        Self { is_open: wanted }
    }

    /// Prints one line at once: whoever reads it may rely on it.
    ///
    /// # Errors
    /// Where standard output cannot be written for another reason than that nobody reads it.
    pub fn print(&mut self, line: &impl Serialize) -> io::Result<()> {
        if !self.is_open {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        match write_json(&mut out, line).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_open = false;
                Ok(())
            }
            result => result,
        }
    }
}
