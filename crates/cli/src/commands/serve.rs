//! `onrecord serve`: the reading room, until Ctrl-C. Not the pages (`onrecord_serve`).

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use onrecord_serve::{Settings, bind};

use crate::Ending;
use crate::args::Serve;
use crate::commands::watch::signalled;
use crate::report::Reporter;

/// How often a signal is looked for.
const POLL: Duration = Duration::from_millis(50);

/// Runs the command.
pub fn run(args: &Serve, reporter: &Reporter) -> anyhow::Result<Ending> {
    let listen = args.listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)));
    let bound = bind(listen, Settings::new(&args.ledger.ledger))?;
    let stopper = bound.stopper();
    let stop = signalled()?;
    let asked_to_end = Arc::clone(&stop);
    std::thread::spawn(move || {
        while !asked_to_end.load(Ordering::Relaxed) {
            std::thread::sleep(POLL);
        }
        stopper.stop();
    });
    // Data, since a program that starts it wants to know where it is; it goes out before the first page is asked for.
    writeln!(std::io::stdout(), "http://{}/", bound.address())?;
    std::io::stdout().flush()?;
    reporter.note(format_args!("the reading room of {}; Ctrl-C ends it", args.ledger.ledger.display()));
    bound.run()?;
    Ok(Ending::Done)
}
