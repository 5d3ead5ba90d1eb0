//! The grammar of `backup` and `restore`. Not what they do.

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
