//! The arguments of the reading room. Not what it does.

use std::net::SocketAddr;

use clap::Args;

use super::{LedgerPath, Moment};

/// `serve`
#[derive(Args)]
#[command(after_help = "Examples:\n  onrecord serve\n  onrecord serve --ledger wires.db --port 9000\n\n\
                  Open the address that it prints in a browser. Only this machine can reach it. Ctrl-C ends it. docs/guide/serve.md describes the pages.")]
pub struct Serve {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8300, value_name = "N")]
    pub port: u16,
    /// Another address of this machine, with a port: 127.0.0.2:8300. One that other machines can reach is refused.
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with = "port")]
    pub listen: Option<SocketAddr>,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
}

/// `report`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  onrecord report clm_3rp > report.html\n  onrecord report clm_3rp --as-of 2031-03-10 > then.html\n\nOne file that loads nothing: to send, to print, to keep."
)]
pub struct Report {
    /// The claim: its id, or the first letters of it.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerPath,
    /// The moment.
    #[command(flatten)]
    pub moment: Moment,
}
