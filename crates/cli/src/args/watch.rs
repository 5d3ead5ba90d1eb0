//! The arguments of what reaches the network. Not what it does.

use std::path::PathBuf;

use clap::Args;

use super::{LedgerPath, Tables, Threads};

/// How pages are fetched.
#[derive(Args, Clone, Default)]
pub struct Fetching {
    /// Fetch from private networks too (loopback, 10.0.0.0/8, 192.168.0.0/16, ...): only with addresses that you trust.
    #[arg(long)]
    pub allow_private: bool,
    /// Whom outlets can write to; stands in the user agent.
    #[arg(long, env = "ONRECORD_CONTACT", value_name = "MAIL|URL")]
    pub contact: Option<String>,
}

/// `watch`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord watch sources.toml\n  onrecord watch sources.toml --once --quiet     # from cron\n\n\
                  sources.toml:\n  contact = \"desk@your-outlet.example\"\n  [[source]]\n  name = \"Alben Courier\"\n  feeds = [\"https://courier.example/feed.xml\"]\n\n\
                  Ctrl-C ends it: what came is kept, nothing more is asked for. docs/guide/watch.md describes the file."
)]
pub struct Watch {
    /// The file of sources.
    #[arg(value_name = "SOURCES.toml")]
    pub sources: PathBuf,
    /// Do what is due, and end.
    #[arg(long)]
    pub once: bool,
    /// Print one JSON line a capture once it is durable, and a summary (docs/wire.md).
    #[arg(long)]
    pub json: bool,
    /// The network.
    #[command(flatten)]
    pub fetching: Fetching,
    /// Spreads the waits after failures; the same number gives the same waits. Default: another one each time.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// Tables.
    #[command(flatten)]
    pub tables: Tables,
    /// Threads.
    #[command(flatten)]
    pub threads: Threads,
}

/// `sources`
#[derive(Args)]
#[command(after_help = "Examples:\n  onrecord sources sources.toml\n  onrecord sources sources.toml --json")]
pub struct Sources {
    /// The file of sources.
    #[arg(value_name = "SOURCES.toml")]
    pub sources: PathBuf,
    /// Print JSON Lines.
    #[arg(long)]
    pub json: bool,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}
