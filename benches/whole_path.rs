//! What a user waits for, measured through the binary: words per CPU-second of `read`, memory, and what `add` costs an article.
//!
//! Ratios are of one run on one machine: the encoder alone against `read`, two threads against one, `add` against `read`, ours against
//! the readers that `peers.rs` finds.
//! Texts: PolNeAR dev and the stream where `$ONRECORD_SHARED` (or `../shared`) holds them, else the sample stories, repeated.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark: it has a clock, files and a terminal"
)]

mod peers;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onrecord::Pipeline;
use onrecord::annotate::{Model, sentences};
use onrecord::evidence::{Capture, MediaType};
use onrecord::read::Known;
use onrecord::samples::STORIES;

use onrecord_benches::measure::{capture, timed, words};
use onrecord_benches::process::{binary, used};

/// How often the encoder and reading are measured in turn.
const ROUNDS: usize = 3;

fn main() -> anyhow::Result<()> {
    let Some(binary) = binary() else { return Ok(()) };
    let usage = |arguments: &[&str]| used(Command::new(&binary).args(arguments));
    let folder = tempfile::tempdir()?;
    let shared = std::env::var_os("ONRECORD_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let texts = texts(&shared, folder.path())?;
    let words: usize = fs::read_dir(&texts)?.map(|entry| words(&text_of(&entry.unwrap().path()))).sum();
    println!(
        "{words} words in {}",
        if texts.starts_with(&shared) { "PolNeAR dev" } else { "the sample stories, repeated" }
    );

    let start = usage(&["--version"])?;
    let one = usage(&["read", "--spans", "--threads", "1", texts.to_str().unwrap()])?;
    let two = usage(&["read", "--spans", "--threads", "2", texts.to_str().unwrap()])?;
    println!("read, one thread     {:>8.0} words per CPU-second", words as f64 / one.cpu);
    println!("read, two threads    {:>8.2} times as fast on the clock", one.wall / two.wall);
    println!("start-up             {:>8.0} ms", start.wall * 1000.0);
    println!("read, peak memory    {:>8.0} MB (largest of all runs so far)", two.peak_mb);
    encoder_share(&texts)?;
    peers::print(&texts, words, words as f64 / one.cpu, folder.path());

    let (stream, articles) = stream(&shared, folder.path())?;
    let ledger = folder.path().join("bench.db");
    let arguments = ["add", "--quiet", "--ledger", ledger.to_str().unwrap(), stream.to_str().unwrap()];
    let added = usage(&arguments)?;
    let again = usage(&arguments)?;
    let read = usage(&["read", "--json", stream.to_str().unwrap()])?;
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

fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Prints how much of the time of reading is the encoder's: the same texts and windows, in turn, one thread, in this process.
fn encoder_share(texts: &Path) -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/attribution");
    let model =
        Model::load(&fs::read(folder.join("weights.safetensors"))?, &fs::read_to_string(folder.join("vocab.txt"))?)?;
    let texts: Vec<String> = fs::read_dir(texts)?.map(|entry| text_of(&entry.unwrap().path())).collect();
    let words: usize = texts.iter().map(|text| words(text)).sum();
    let mut shares = Vec::new();
    for _ in 0..ROUNDS {
        let pipeline = Pipeline::shipped()?.with_cache(0);
        let (mut encoding, mut reading, mut attributions) = (0.0, 0.0, 0);
        for text in &texts {
            let capture = capture(text);
            let (seconds, read) = timed(|| pipeline.read(&capture, &Known::default()).0)?;
            let Some(read) = read.filter(onrecord::ReadArticle::was_read) else { continue };
            reading += seconds;
            attributions += read.records.len();
            let found = &read.article.reading;
            let blocks: Vec<_> = found.blocks().iter().map(|block| block.range).collect();
            let mut encode = model.encode_only(found.text(), &sentences(found.text(), &blocks));
            encoding += timed(&mut encode)?.0;
        }
        anyhow::ensure!(attributions > 0, "nothing was read");
        shares.push((encoding / reading, words as f64 / encoding));
    }
    shares.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (share, speed) = shares[ROUNDS / 2];
    println!("the encoder alone    {speed:>8.0} words per CPU-second");
    println!(
        "read against it      {share:>8.2} of its speed (rounds: {})",
        shares.iter().map(|(share, _)| format!("{share:.2}")).collect::<Vec<_>>().join(" ")
    );
    Ok(())
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
            delivery: None,
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
