//! An archive of news pages, from its bytes to the ledger: records a second, memory, what the ledger adds to reading, and what adding again costs.
//!
//! `ONRECORD_PAGES` sets how many pages the archive has (default 300), `ONRECORD_ARCHIVE` names a file to write and keep it in, and nothing else
//! is done then. Ratios are of one run on one machine, and of CPU-seconds: others may use the machine too. Linking is named apart: the same captures go through reading alone, reading and keeping, and the command with everything.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark: it has a clock, files and a terminal"
)]

use std::fs::File;
use std::io::BufWriter;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;

use jiff::Timestamp;
use nix::sys::resource::UsageWho;

use onrecord::acquire::{Input, Limits, captures};
use onrecord::ledger::{Ledger, Options};
use onrecord::read::Known;
use onrecord::{Linking, Pipeline, for_each_ordered, intake};
use onrecord_benches::measure::cpu;
use onrecord_benches::pages::write_archive;
use onrecord_benches::process::{binary, used};

/// Captures in one transaction, as `onrecord add` has them.
const BATCH: usize = 32;

fn main() -> anyhow::Result<()> {
    let pages: u64 = std::env::var("ONRECORD_PAGES").ok().and_then(|pages| pages.parse().ok()).unwrap_or(300);
    if let Some(path) = std::env::var_os("ONRECORD_ARCHIVE") {
        return Ok(write_archive(pages, &mut BufWriter::new(File::create(path)?))?);
    }
    let folder = tempfile::tempdir()?;
    let archive = folder.path().join("news.warc.gz");
    write_archive(pages, &mut BufWriter::new(File::create(&archive)?))?;
    println!("{pages} pages, {:.1} MB packed", archive.metadata()?.len() as f64 / 1e6);

    let started = Instant::now();
    let (mut taken, mut bytes) = (0_u64, 0_u64);
    for capture in captures([Input::path(&archive)], Limits::default()).flatten() {
        taken += 1;
        bytes += capture.id().to_string().len() as u64 + capture.bytes.len() as u64;
    }
    anyhow::ensure!(taken == pages, "{taken} pages came out of the archive");
    let wall = started.elapsed().as_secs_f64();
    println!(
        "taken and hashed       {:>8.0} pages a second, {:.0} MB a second unpacked, one thread",
        pages as f64 / wall,
        bytes as f64 / 1e6 / wall
    );

    let said = |what: &str, [wall, cpu]: [f64; 2]| {
        println!(
            "{what:<23}{:>8.1} pages a second on the clock, {:.1} CPU-ms a page",
            pages as f64 / wall,
            cpu * 1e3 / pages as f64
        );
    };
    let read = whole_path(&archive, None)?;
    said("read", read);
    let kept = whole_path(&archive, Some(&folder.path().join("kept.db")))?;
    said("read and kept", kept);
    println!(
        "kept against read      {:>8.2} of its speed by CPU-seconds, {:.2} on the clock",
        read[1] / kept[1],
        read[0] / kept[0]
    );

    let Some(binary) = binary() else { return Ok(()) };
    let ledger = folder.path().join("added.db");
    let mut command = Command::new(&binary);
    command.args(["add", "--quiet", "--ledger"]).arg(&ledger).arg(&archive);
    let added = used(&mut command)?;
    said("added and linked", [added.wall, added.cpu]);
    println!(
        "added against read     {:>8.2} of its speed by CPU-seconds, {:.2} on the clock",
        read[1] / added.cpu,
        read[0] / added.wall
    );
    println!("peak memory            {:>8.0} MB", added.peak_mb);
    let again = used(&mut command)?;
    said("added again", [again.wall, again.cpu]);
    println!("again against first    {:>8.1} times as fast by CPU-seconds", added.cpu / again.cpu);
    Ok(())
}

/// Seconds on the clock and CPU-seconds of reading all pages on all cores, and of keeping them too where a ledger is named; linking is prepared in both and done in neither.
fn whole_path(archive: &Path, ledger: Option<&Path>) -> anyhow::Result<[f64; 2]> {
    let pipeline = Pipeline::shipped()?;
    let linking = Linking::shipped(&pipeline)?;
    let mut ledger = ledger.map(|path| Ledger::open(path, &Options::default())).transpose()?;
    let now = Timestamp::UNIX_EPOCH;
    if let Some(ledger) = &mut ledger {
        ledger.activate_pipeline(pipeline.digest(), &pipeline.description(), "bench", now)?;
    }
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let found = captures([Input::path(archive)], Limits::default()).flatten();
    let work = |capture| intake(&pipeline, &linking, capture, &Known::default(), None).0;
    let (mut batch, mut outcome) = (Vec::new(), Ok(()));
    let (started, before) = (Instant::now(), cpu(UsageWho::RUSAGE_SELF)?);
    for_each_ordered(threads, pipeline.crew(), found, work, |intake| {
        batch.extend(intake);
        if batch.len() < BATCH {
            return true;
        }
        let full = std::mem::take(&mut batch);
        if let Some(ledger) = &mut ledger {
            outcome = ledger.add(&full, "bench", now).map(|_| ());
        }
        outcome.is_ok()
    });
    outcome?;
    if let Some(ledger) = &mut ledger {
        ledger.add(&batch, "bench", now)?;
    }
    Ok([started.elapsed().as_secs_f64(), cpu(UsageWho::RUSAGE_SELF)? - before])
}
