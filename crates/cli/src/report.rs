//! What goes to standard error: diagnostics as they come, errors with their causes and the way out. Not data.

use anstyle::AnsiColor;

use onrecord::evidence::{Diagnostic, Severity};

use crate::terminal::{harmless, styled};

/// Prints diagnostics, and remembers whether an input failed.
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
        anstream::eprintln!("{}", styled(colour.on_default(), harmless(&diagnostic.to_string())));
    }
}

/// Whether these mean that the input gave no result.
pub fn failed(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Prints an error with its causes; the hint of a ledger error last.
pub fn print_error(error: &anyhow::Error) {
    let mut causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.dedup();
    anstream::eprintln!("{} {}", styled(AnsiColor::Red.on_default().bold(), "error:"), harmless(&causes.join(": ")));
    let hint = error.chain().find_map(|cause| cause.downcast_ref::<onrecord::ledger::Error>()?.hint());
    if let Some(hint) = hint {
        anstream::eprintln!("  {hint}");
    }
}
