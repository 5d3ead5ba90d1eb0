//! The grammar of what keeps a ledger whole and lawful: `backup`, `restore`, `withhold`. Not what they do.

use std::path::PathBuf;

use clap::Args;

use super::LedgerPath;

/// `backup`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord backup news-2031-03-10.backup\n  onrecord backup --force --ledger conflict.db latest.backup\n\n\
                  Others may read and write the ledger meanwhile; the backup is one state of it. It is read again before it gets its name.\n\
                  What was withheld is in no backup made afterwards; delete those made before, or withhold it in them too:\n  \
                  onrecord withhold art_3f9c --ledger old.backup --reason ... --authority ..."
)]
pub struct Backup {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace the file if it is there.
    #[arg(long)]
    pub force: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `restore`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord restore news-2031-03-10.backup --ledger restored.db\n  onrecord restore latest.backup --ledger conflict.db --force\n\n\
                  The backup is read whole and checked first. With --force the ledger that is there is replaced, if nobody uses it; what it had withheld\n\
                  is withheld in the restored one too. A backup of an older version is brought to this one."
)]
pub struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace the ledger if it is there.
    #[arg(long)]
    pub force: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `withhold`
#[derive(Args)]
#[command(
    after_help = "Example:\n  onrecord withhold art_3f9c --reason \"names a minor\" --authority \"Regional Court, 2031-04-02\"\n\n\
                  The bytes, the text and every index entry are erased from the file; reason and authority stay. It cannot be undone."
)]
pub struct Withhold {
    /// An article or capture id, or as much of its beginning as tells it from others.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Why; kept in the tombstone, so name nobody.
    #[arg(long)]
    pub reason: String,
    /// Who ordered it; kept in the tombstone.
    #[arg(long)]
    pub authority: String,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}
