//! The kill harness: `onrecord add` is killed (SIGKILL) at random moments, again and again, until its input is in; then again with another ledger. Half of
//! the moments are counted from the start, half from the first capture that is new in a run.
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
    let binary = args.binary.clone().unwrap_or(beside);
    ensure!(binary.exists(), "{} is not there: build it with `cargo build --release`", binary.display());
    let mut random = Random(args.seed);
    let mut all = Round::default();
    let started = Instant::now();
    println!("seed {}", args.seed);
    while all.kills < args.kills {
        let most = (args.kills - all.kills).min(KILLS_OF_ONE);
        let round = round(&args, &binary, most, &mut random).with_context(|| format!("seed {}", args.seed))?;
        all.kills += round.kills;
        all.amid += round.amid;
        all.acknowledged += round.acknowledged;
        all.lines += round.lines;
        println!("{} kills, {} of them while captures came in, {:?}", all.kills, all.amid, started.elapsed());
    }
    ensure!(all.amid > 0 && all.acknowledged > 0, "no kill came while captures came in: give more --articles");
    println!(
        "{} kills, {} of them while captures came in, seed {}: {} acknowledged, 0 lost, 0 doubled; exports of {} lines are identical",
        all.kills, all.amid, args.seed, all.acknowledged, all.lines
    );
    Ok(())
}

/// Most kills of one ledger: then another is begun, so that the checks do not grow without end.
const KILLS_OF_ONE: u32 = 50;

/// What became of one ledger, or of all.
#[derive(Default)]
struct Round {
    kills: u32,
    /// Kills that came after the first new capture of their run.
    amid: u32,
    acknowledged: usize,
    /// Lines of the export.
    lines: usize,
}

/// Kills the adding to one ledger again and again, at most `most` times or until all is in, and compares it with one that was never disturbed.
fn round(args: &Args, binary: &Path, most: u32, random: &mut Random) -> anyhow::Result<Round> {
    let folder = tempfile::tempdir()?;
    let make = if args.archive { archive } else { wire };
    let input = folder.path().join("wire");
    fs::write(&input, make(args.articles))?;
    let ledger = folder.path().join("killed.db");
    let mut acknowledged = BTreeSet::new();
    let (mut round, mut done, mut held) = (Round::default(), false, 0);
    while round.kills < most && !done {
        let moment = if random.below(2) == 0 {
            Moment::AfterStart(Duration::from_millis(5 + random.below(495)))
        } else {
            Moment::AfterNews(Duration::from_millis(random.below(300)))
        };
        let run = run_until(binary, &input, &ledger, Some(moment), folder.path())?;
        done = run.finished;
        round.kills += u32::from(!done);
        round.amid += u32::from(!done && run.has_news);
        acknowledged.extend(run.acknowledged);
        held = check(&ledger, &acknowledged).with_context(|| format!("after kill {} at {moment:?}", round.kills))?;
    }
    ensure!(round.kills > 0, "the input was in before anything was killed: give more --articles");
    round.acknowledged = acknowledged.len();
    round.lines = compare(args, binary, &ledger, held, folder.path())?;
    Ok(round)
}

/// What the killed ledger holds and some more is read undisturbed; then both ledgers must give the same export. Gives its lines.
fn compare(args: &Args, binary: &Path, ledger: &Path, held: usize, folder: &Path) -> anyhow::Result<usize> {
    let make = if args.archive { archive } else { wire };
    let short = folder.join("short");
    fs::write(&short, make(args.articles.min((held + 2 * Keeper::BATCH) as u32)))?;
    let calm = folder.join("calm.db");
    for ledger in [ledger, &calm] {
        let run = run_until(binary, &short, ledger, None, folder)?;
        ensure!(run.finished, "an undisturbed add failed on {}", ledger.display());
        verify(binary, ledger)?;
    }
    let stats = Ledger::open_existing(ledger, &Options::default())?.stats(&At::default())?;
    ensure!(stats.captures >= held as u64, "captures were lost in an undisturbed add");
    let calm_stats = Ledger::open_existing(&calm, &Options::default())?.stats(&At::default())?;
    ensure!(
        stats.captures == calm_stats.captures && stats.operations == calm_stats.operations,
        "the killed ledger holds {} captures, a calm one {}",
        stats.captures,
        calm_stats.captures
    );
    let exports = [export(binary, ledger)?, export(binary, &calm)?];
    ensure!(!exports[0].is_empty(), "the export is empty");
    ensure!(exports[0] == exports[1], "a killed and a calm ledger give different exports");
    let links = [links(binary, ledger)?, links(binary, &calm)?];
    ensure!(links[0].contains("\"drawn\""), "nothing is linked");
    ensure!(links[0] == links[1], "a killed and a calm ledger give different claims");
    Ok(exports[0].len())
}

/// When to kill.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after the start: while it opens, reads the model, finds out what is known.
    AfterStart(Duration),
    /// So long after the first capture that is new: while it reads, writes, links.
    AfterNews(Duration),
}

struct Run {
    acknowledged: Vec<String>,
    /// Whether something new was acknowledged before the end.
    has_news: bool,
    finished: bool,
}

/// Runs `add`, journals what it acknowledges, and kills it at `moment`.
fn run_until(binary: &Path, input: &Path, ledger: &Path, moment: Option<Moment>, folder: &Path) -> anyhow::Result<Run> {
    let mut child = Command::new(binary)
        .args(["add", "--json", "--quiet", "--threads", "2", "--ledger"])
        .arg(ledger)
        .arg(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let stdout = child.stdout.take().context("standard output of the child")?;
    let mut journal = fs::OpenOptions::new().create(true).append(true).open(folder.join("journal"))?;
    let (over, news) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut acknowledged = Vec::new();
    let status = thread::scope(|scope| -> anyhow::Result<_> {
        let reader = scope.spawn(|| -> anyhow::Result<Vec<String>> {
            let mut seen = Vec::new();
            for line in BufReader::new(stdout).lines() {
                let line = line?;
                // A line that a kill cut in two was not acknowledged.
                let Ok(value) = serde_json::from_str::<Value>(&line) else { continue };
                if let (Some(kind @ ("added" | "revised" | "recaptured" | "restated" | "known")), Some(capture)) =
                    (value["type"].as_str(), value["capture"].as_str())
                {
                    news.fetch_or(kind != "known", Ordering::Relaxed);
                    writeln!(journal, "{capture}")?;
                    journal.sync_data()?;
                    seen.push(capture.to_owned());
                }
            }
            over.store(true, Ordering::Relaxed);
            Ok(seen)
        });
        if let Some(moment) = moment {
            let wait = match moment {
                Moment::AfterStart(wait) => wait,
                Moment::AfterNews(wait) => {
                    while !news.load(Ordering::Relaxed) && !over.load(Ordering::Relaxed) {
                        thread::sleep(Duration::from_millis(1));
                    }
                    wait
                }
            };
            let end = Instant::now() + wait;
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
    Ok(Run { acknowledged, has_news: news.into_inner(), finished: status.success() })
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
