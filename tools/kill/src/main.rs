//! The kill harness: `onrecord add` is killed (SIGKILL) at random moments, again and again, until its input is in.
//!
//! Every acknowledgement that reached standard output (`added`, `revised`, `recaptured`, `restated`, `known`) is journalled
//! outside of the ledger at once.
//!
//! After each kill: the ledger opens, holds every acknowledged capture, brings in no capture twice (the log names each
//! once, and the count of captures is that of the names), and holds at most one batch that was not acknowledged.
//! At the end the killed ledger and one that was never disturbed are given the same input once more, at least two batches of it
//! new to the killed one where the input has so many. Then both pass `verify`, hold as many captures and as many operations of
//! each kind, and give the same export of every attribution; linked anew, they hold the same claims.
//!
//! This does not test power loss: a killed process leaves the page cache.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a test tool: it has a clock, files and a terminal, and stops at the first thing that is wrong"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context as _, bail, ensure};
use clap::Parser as _;
use onrecord::Keeper;
use onrecord::evidence::CaptureId;
use onrecord::ledger::{At, ErrorKind, Knowledge, Ledger, Options};
use onrecord_testkit::warc::Warc;
use serde_json::Value;

/// Kill `onrecord add` at random moments and check what is left.
#[derive(clap::Parser)]
struct Args {
    /// How many times to kill.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// How many articles the input holds.
    #[arg(long, default_value_t = 4000)]
    articles: u32,
    /// Give the articles as pages of a packed WARC file, not as JSON Lines.
    #[arg(long)]
    archive: bool,
    /// Seed of the moments.
    #[arg(long, default_value_t = 20_310_306)]
    seed: u64,
    /// The binary under test; default: `onrecord` beside this program.
    #[arg(long)]
    binary: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let beside = std::env::current_exe()?.with_file_name("onrecord");
    let binary = args.binary.unwrap_or(beside);
    ensure!(binary.exists(), "{} is not there: build it with `cargo build --release`", binary.display());
    let folder = tempfile::tempdir()?;
    let make = if args.archive { archive } else { wire };
    let input = folder.path().join("wire");
    fs::write(&input, make(args.articles))?;
    let ledger = folder.path().join("killed.db");
    let mut random = Random(args.seed);
    let mut acknowledged = BTreeSet::new();
    let (mut kills, mut runs, mut done) = (0, 0, false);
    let mut held = 0;
    println!("seed {}", args.seed);
    let started = Instant::now();
    while kills < args.kills && !done {
        runs += 1;
        let moment = Duration::from_millis(5 + random.below(495));
        let run = run_until(&binary, &input, &ledger, Some(moment), folder.path())?;
        done = run.finished;
        kills += u32::from(!done);
        let before = acknowledged.len();
        acknowledged.extend(run.acknowledged);
        held = check(&ledger, &acknowledged)
            .with_context(|| format!("after kill {kills} at {moment:?}, seed {}", args.seed))?;
        if kills % 25 == 0 {
            println!(
                "{kills} kills, {} acknowledged (+{}), {:?}",
                acknowledged.len(),
                acknowledged.len() - before,
                started.elapsed()
            );
        }
    }
    ensure!(kills > 0, "the input was in before anything was killed: give more --articles");
    // What the killed ledger holds and some more is read undisturbed; then both ledgers must give the same export.
    let short = folder.path().join("short");
    fs::write(&short, make(args.articles.min((held + 2 * Keeper::BATCH) as u32)))?;
    let calm = folder.path().join("calm.db");
    for ledger in [&ledger, &calm] {
        let run = run_until(&binary, &short, ledger, None, folder.path())?;
        ensure!(run.finished, "an undisturbed add failed on {}", ledger.display());
        verify(&binary, ledger)?;
    }
    let stats = Ledger::open_existing(&ledger, &Options::default())?.stats(&At::default())?;
    ensure!(stats.captures >= held as u64, "captures were lost in an undisturbed add");
    let calm_stats = Ledger::open_existing(&calm, &Options::default())?.stats(&At::default())?;
    ensure!(
        stats.captures == calm_stats.captures && stats.operations == calm_stats.operations,
        "the killed ledger holds {} captures, a calm one {}",
        stats.captures,
        calm_stats.captures
    );
    let exports = [export(&binary, &ledger)?, export(&binary, &calm)?];
    ensure!(!exports[0].is_empty(), "the export is empty");
    ensure!(exports[0] == exports[1], "a killed and a calm ledger give different exports");
    let links = [links(&binary, &ledger)?, links(&binary, &calm)?];
    ensure!(links[0].contains("\"drawn\""), "nothing is linked");
    ensure!(links[0] == links[1], "a killed and a calm ledger give different claims");
    println!(
        "{kills} kills in {runs} runs, seed {}: {} acknowledged, 0 lost, 0 doubled; {} captures and exports of {} lines are identical",
        args.seed,
        acknowledged.len(),
        stats.captures,
        exports[0].len()
    );
    Ok(())
}

struct Run {
    acknowledged: Vec<String>,
    finished: bool,
}

/// Runs `add`, journals what it acknowledges, and kills it at `moment`.
fn run_until(
    binary: &Path,
    input: &Path,
    ledger: &Path,
    moment: Option<Duration>,
    folder: &Path,
) -> anyhow::Result<Run> {
    let mut child = Command::new(binary)
        .args(["add", "--json", "--quiet", "--threads", "2", "--ledger"])
        .arg(ledger)
        .arg(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let stdout = child.stdout.take().context("standard output of the child")?;
    let mut journal = fs::OpenOptions::new().create(true).append(true).open(folder.join("journal"))?;
    let over = AtomicBool::new(false);
    let mut acknowledged = Vec::new();
    let status = thread::scope(|scope| -> anyhow::Result<_> {
        let reader = scope.spawn(|| -> anyhow::Result<Vec<String>> {
            let mut seen = Vec::new();
            for line in BufReader::new(stdout).lines() {
                let line = line?;
                // A line that a kill cut in two was not acknowledged.
                let Ok(value) = serde_json::from_str::<Value>(&line) else { continue };
                if let (Some("added" | "revised" | "recaptured" | "restated" | "known"), Some(capture)) =
                    (value["type"].as_str(), value["capture"].as_str())
                {
                    writeln!(journal, "{capture}")?;
                    journal.sync_data()?;
                    seen.push(capture.to_owned());
                }
            }
            over.store(true, Ordering::Relaxed);
            Ok(seen)
        });
        if let Some(moment) = moment {
            let end = Instant::now() + moment;
            while Instant::now() < end && !over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(1));
            }
            // Already gone is fine.
            let _ = child.kill();
        }
        let status = child.wait()?;
        acknowledged = reader.join().map_err(|_| anyhow::anyhow!("the journal thread panicked"))??;
        Ok(status)
    })?;
    if moment.is_none() && !status.success() {
        bail!("add ended with {status}");
    }
    Ok(Run { acknowledged, finished: status.success() })
}

/// The ledger opens, holds all that was acknowledged, nothing twice, and at most one batch more. Gives how many captures it
/// holds.
fn check(ledger: &Path, acknowledged: &BTreeSet<String>) -> anyhow::Result<usize> {
    if acknowledged.is_empty() && !ledger.exists() {
        return Ok(0);
    }
    let ledger = match Ledger::open_existing(ledger, &Options::default()) {
        // Killed before the file was made: nothing was acknowledged.
        Err(error) if error.kind() == ErrorKind::Absent && acknowledged.is_empty() => return Ok(0),
        ledger => ledger?,
    };
    let mut lost = Vec::new();
    for capture in acknowledged {
        if ledger.knows(&capture.parse::<CaptureId>()?)? == Knowledge::New {
            lost.push(capture);
        }
    }
    ensure!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let mut held = BTreeSet::new();
    for operation in ledger.log(None, &At::default())? {
        if operation.kind == "capture" {
            let target = operation.target.context("a capture without its id")?;
            ensure!(held.insert(target), "{} brings in a capture a second time", operation.id);
        }
    }
    let counted = ledger.stats(&At::default())?.captures;
    ensure!(counted == held.len() as u64, "the ledger counts {counted} captures, its log names {}", held.len());
    ensure!(
        held.len() <= acknowledged.len() + Keeper::BATCH,
        "{} captures are in, of which only {} were acknowledged",
        held.len(),
        acknowledged.len()
    );
    Ok(held.len())
}

fn verify(binary: &Path, ledger: &Path) -> anyhow::Result<()> {
    let output = Command::new(binary).args(["verify", "--ledger"]).arg(ledger).output()?;
    ensure!(
        output.status.success(),
        "verify: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// Everything that was found, without the times of recording.
fn export(binary: &Path, ledger: &Path) -> anyhow::Result<Vec<String>> {
    let output =
        Command::new(binary).args(["search", "--json", "--limit", "1000000", "--ledger"]).arg(ledger).output()?;
    Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
}

/// All that is linked, in the order of dates whatever came in first.
fn links(binary: &Path, ledger: &Path) -> anyhow::Result<String> {
    let output = Command::new(binary).args(["relink", "--quiet", "--ledger"]).arg(ledger).output()?;
    ensure!(output.status.success(), "relink: {}", String::from_utf8_lossy(&output.stderr));
    Ok(Ledger::open_existing(ledger, &Options::default())?.dump_links()?)
}

/// SplitMix64 (Steele, Lea and Flood 2014): enough for choosing moments.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// A short invented report, and its address: every tenth is a second text of the address before it.
fn report(number: u32) -> (String, [String; 2]) {
    let towns = ["Orsel", "Lethmouth", "Brenholt", "Teyne", "Cantrey", "Adrane", "Ustrek"];
    let people = ["Ilse Marn", "Tobias Keld", "Ana Ferro", "Jonas Wirt", "Mara Quill"];
    let town = towns[number as usize % towns.len()];
    let person = people[number as usize % people.len()];
    let address = if number % 10 == 9 { number - 1 } else { number };
    let text = format!(
        "{town} harbour master {person} denied on Monday that {} crates were missing. “Nothing was taken,” {person} said in note {number}.",
        number % 90 + 3
    );
    (format!("https://harbour-wire.example/{address}"), [format!("Crates at {town}, note {number}"), text])
}

/// The reports as JSON Lines.
fn wire(articles: u32) -> Vec<u8> {
    let mut lines = String::new();
    for number in 0..articles {
        let (address, [title, text]) = report(number);
        let line = serde_json::json!({
            "url": address,
            "outlet": "Harbour Wire",
            "title": title,
            "published": "2031-03-10T08:00:00Z",
            "fetched_at": format!("2031-03-10T{:02}:{:02}:{:02}Z", 9 + number / 3600 % 12, number / 60 % 60, number % 60),
            "text": text,
        });
        let _ = writeln!(lines, "{line}");
    }
    lines.into_bytes()
}

/// The reports as pages of a WARC file; its dates count up by the second.
fn archive(articles: u32) -> Vec<u8> {
    let mut warc = Warc::new(true);
    for number in 0..articles {
        let (address, [title, text]) = report(number);
        let head = "<meta property=\"og:site_name\" content=\"Harbour Wire\"><meta property=\"article:published_time\" content=\"2031-03-10T08:00:00Z\">";
        warc.record("request", &[("WARC-Target-URI", &address)], b"GET / HTTP/1.1\r\n\r\n");
        warc.page(
            &address,
            &format!("<html><head>{head}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"),
        );
    }
    warc.bytes().to_vec()
}
