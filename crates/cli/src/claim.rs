//! One claim of a ledger by what a person typed, for every command that shows it. Not the rules, and not the layout (`claim/layout.rs`).

pub mod layout;
pub mod parts;
pub mod record;

use onrecord::LoadedClaim;
use onrecord::evidence::ClaimId;
use onrecord::ledger::{At, Ledger, Resolved};

use crate::commands::show::found;
use crate::report::Reporter;
use crate::terminal::harmless;

/// The claim that `typed` stands for; `None` where there is none, which is then said on standard error.
pub fn open<'ledger>(
    ledger: &'ledger Ledger,
    typed: &str,
    at: &At,
    reporter: &Reporter,
) -> anyhow::Result<Option<LoadedClaim<'ledger>>> {
    let Some(id) = resolve(ledger, typed, at, reporter)? else { return Ok(None) };
    of(ledger, &id, typed, at, reporter)
}

/// The claim with this id.
pub fn of<'ledger>(
    ledger: &'ledger Ledger,
    id: &ClaimId,
    typed: &str,
    at: &At,
    reporter: &Reporter,
) -> anyhow::Result<Option<LoadedClaim<'ledger>>> {
    let Some(loaded) = found(LoadedClaim::of(ledger, id, at)?, typed, reporter) else { return Ok(None) };
    if loaded.drawn.is_undrawn {
        reporter.note("what is shown is older than the ledger: articles came in since; run `onrecord relink`");
    }
    Ok(Some(loaded))
}

/// The claim that a person typed, by its id or the beginning of it; says on standard error why it is none.
pub fn resolve(ledger: &Ledger, typed: &str, at: &At, reporter: &Reporter) -> anyhow::Result<Option<ClaimId>> {
    // A whole id may be one of an earlier linking, which leads to the claim that its first statement is on now.
    if let Ok(id) = typed.trim().to_lowercase().parse() {
        return Ok(Some(id));
    }
    let place = ledger.place();
    let found = ledger.resolve_claim(typed, at)?;
    let typed = harmless(typed);
    match found.as_slice() {
        [] => reporter.note(format_args!("no claim in {place} has an id that begins with {typed}")),
        [one] => return Ok(Some(*one)),
        several => {
            reporter.note(format_args!("{typed} is the beginning of several ids; type more of one:"));
            several.iter().take(Resolved::SHOWN).for_each(|one| reporter.note(format_args!("  {one}")));
        }
    }
    Ok(None)
}
