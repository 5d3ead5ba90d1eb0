//! What a user waits for, measured through the binary: words per CPU-second of `read`, memory, and what `add` costs an article.
//!
//! Ratios are of one run on one machine: `read` against its own model alone, two threads against one, `add` against `read`.
//! Texts: PolNeAR dev and the stream where `$ONRECORD_SHARED` (or `../shared`) holds them, else the sample stories, repeated.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark: it has a clock, files and a terminal"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

use onrecord::Pipeline;
use onrecord::evidence::{Capture, MediaType};
use onrecord::read::Known;
use onrecord::samples::STORIES;

fn main() -> anyhow::Result<()> {
    let binary = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/release/onrecord");
    if !binary.exists() {
        println!("build the binary first: cargo build --release");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let shared = std::env::var_os("ONRECORD_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let texts = texts(&shared, folder.path())?;
    let words: usize = fs::read_dir(&texts)?.map(|entry| words(&entry.unwrap().path())).sum();
    println!(
        "{words} words in {}",
        if texts.starts_with(&shared) { "PolNeAR dev" } else { "the sample stories, repeated" }
    );

    let start = usage(&binary, &["--version"])?;
    let one = usage(&binary, &["read", "--spans", "--threads", "1", texts.to_str().unwrap()])?;
    let two = usage(&binary, &["read", "--spans", "--threads", "2", texts.to_str().unwrap()])?;
    println!("read, one thread     {:>8.0} words per CPU-second", words as f64 / one.cpu);
    println!("read, two threads    {:>8.2} times as fast on the clock", one.wall / two.wall);
    println!("start-up             {:>8.0} ms", start.wall * 1000.0);
    println!("read, peak memory    {:>8.0} MB (largest of all runs so far)", two.peak_mb);
    let alone = model_alone(&texts)?;
    println!(
        "the pipeline in process {:>5.0} words a second, {:.2} of the time of `read` on one thread",
        words as f64 / alone,
        alone / one.wall
    );

    let (stream, articles) = stream(&shared, folder.path())?;
    let ledger = folder.path().join("bench.db");
    let arguments = ["add", "--quiet", "--ledger", ledger.to_str().unwrap(), stream.to_str().unwrap()];
    let added = usage(&binary, &arguments)?;
    let again = usage(&binary, &arguments)?;
    let read = usage(&binary, &["read", "--json", stream.to_str().unwrap()])?;
    println!(
        "add, {articles} articles  {:>6.1} ms an article on the clock, {:.1} CPU-ms",
        per(added.wall, articles),
        per(added.cpu, articles)
    );
    println!("add against read     {:>8.2} times the CPU", added.cpu / read.cpu);
    println!("add again            {:>8.2} ms an article", per(again.wall, articles));
    println!(
        "ledger               {:>8.0} bytes an article, {:.2} of the input",
        fs::metadata(&ledger)?.len() as f64 / articles as f64,
        fs::metadata(&ledger)?.len() as f64 / fs::metadata(&stream)?.len() as f64
    );
    Ok(())
}

fn per(seconds: f64, articles: usize) -> f64 {
    seconds * 1000.0 / articles as f64
}

fn words(path: &Path) -> usize {
    fs::read_to_string(path).unwrap_or_default().split_whitespace().count()
}

struct Used {
    cpu: f64,
    wall: f64,
    peak_mb: f64,
}

/// Runs the binary and says what it used.
fn usage(binary: &Path, arguments: &[&str]) -> anyhow::Result<Used> {
    let cpu = || -> anyhow::Result<f64> {
        let children = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        Ok(seconds(children.user_time()) + seconds(children.system_time()))
    };
    let before = cpu()?;
    let started = Instant::now();
    let status = Command::new(binary).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    anyhow::ensure!(status.code() != Some(2), "{arguments:?} failed");
    let wall = started.elapsed().as_secs_f64();
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    Ok(Used { cpu: cpu()? - before, wall, peak_mb: peak as f64 / 1024.0 })
}

/// Seconds that the pipeline takes for the texts in this process, on one thread.
fn model_alone(texts: &Path) -> anyhow::Result<f64> {
    let pipeline = Pipeline::shipped()?;
    let captures: Vec<Capture> = fs::read_dir(texts)?
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .map(|bytes| Capture {
            bytes,
            media_type: MediaType::Text,
            address: None,
            fetched: None,
            location: "text".to_owned(),
        })
        .collect();
    let started = Instant::now();
    let mut attributions = 0;
    for capture in &captures {
        attributions += pipeline.read(capture, &Known::default()).0.map_or(0, |article| article.records.len());
    }
    anyhow::ensure!(attributions > 0, "nothing was read");
    Ok(started.elapsed().as_secs_f64())
}

/// A folder of plain texts.
fn texts(shared: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let dev = shared.join("data/polnear/dev/text");
    if dev.is_dir() {
        return Ok(dev);
    }
    let pipeline = Pipeline::shipped()?;
    let texts = folder.join("texts");
    fs::create_dir(&texts)?;
    for (index, file) in
        STORIES.iter().flat_map(|story| story.files).filter(|file| file.name.ends_with(".html")).enumerate()
    {
        let bytes = file.bytes.to_vec();
        let capture = Capture {
            bytes,
            media_type: MediaType::Html,
            address: None,
            fetched: None,
            location: file.name.to_owned(),
        };
        if let Some(article) = pipeline.read(&capture, &Known::default()).0 {
            fs::write(texts.join(format!("{index}.txt")), article.article.reading.text().repeat(4))?;
        }
    }
    Ok(texts)
}

/// A thousand articles as JSON Lines, and how many there are.
fn stream(shared: &Path, folder: &Path) -> anyhow::Result<(PathBuf, usize)> {
    let path = folder.join("stream.jsonl");
    let packed = shared.join("data/stream/news.jsonl.xz");
    if packed.exists() {
        let mut unpack = Command::new("xz").args(["-dc"]).arg(&packed).stdout(Stdio::piped()).spawn()?;
        let lines = BufReader::new(unpack.stdout.take().unwrap()).lines().take(1000);
        let text = lines.collect::<Result<Vec<_>, _>>()?.join("\n");
        // The rest is not needed.
        let _ = unpack.kill();
        unpack.wait()?;
        fs::write(&path, text + "\n")?;
        return Ok((path, 1000));
    }
    let mut text = String::new();
    let pages: Vec<_> =
        STORIES.iter().flat_map(|story| story.files).filter(|file| file.name.ends_with(".html")).collect();
    for round in 0..8 {
        for (index, page) in pages.iter().enumerate() {
            let html = String::from_utf8_lossy(page.bytes);
            text +=
                &serde_json::json!({"url": format!("https://bench.example/{round}/{index}"), "html": html}).to_string();
            text.push('\n');
        }
    }
    fs::write(&path, &text)?;
    Ok((path, pages.len() * 8))
}
