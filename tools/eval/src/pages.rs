//! Main text and metadata of real pages, and whether every word of theirs leads back to its bytes. Not an estimate of how well unseen pages
//! are read: the model was fitted to these (`models/main_text/CARD.md` has that estimate).

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::evidence::{BlockKind, Capture, MediaType};
use onrecord::read::{Article, Known, Limits, RawWords, Stated, read};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::results::Results;
use crate::root;

const STAGE: &str = "pages";
const DATA: &str = "pages-fitted";

#[derive(Deserialize)]
struct Line {
    page: String,
    url: String,
    truth: Truth,
}

#[derive(Deserialize)]
struct Truth {
    title: Option<String>,
    authors: Option<Vec<String>>,
    date: Option<String>,
    body: String,
}

/// Sums over pages.
#[derive(Default)]
struct Sums {
    pages: f64,
    /// Precision and recall, by shingles and by words.
    shares: [(f64, f64); 2],
    right: BTreeMap<&'static str, f64>,
    blocks: f64,
    located: f64,
}

/// Reads all pages and notes the scores; says so and does nothing where the pages are not.
pub fn score(shared: &Path, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let archive = shared.join("data/pages/pages.tar.xz");
    if !archive.is_file() {
        println!("skipped {STAGE}: no {}", archive.display());
        return Ok(());
    }
    let folder = unpacked(&archive)?;
    let scored = sums(&folder);
    std::fs::remove_dir_all(&folder)?;
    let sums = scored?;
    for (unit, (precision, recall)) in ["shingles", "words"].into_iter().zip(sums.shares) {
        let (precision, recall) = (100.0 * precision / sums.pages, 100.0 * recall / sums.pages);
        results.add(STAGE, DATA, &format!("main text {unit} precision"), precision, None);
        results.add(STAGE, DATA, &format!("main text {unit} recall"), recall, None);
        results.add(
            STAGE,
            DATA,
            &format!("main text {unit} F1"),
            2.0 * precision * recall / (precision + recall),
            None,
        );
    }
    for (metric, right) in &sums.right {
        results.add(STAGE, DATA, metric, 100.0 * right / sums.pages, None);
    }
    results.add(STAGE, DATA, "round trip", 100.0 * sums.located / sums.blocks, None);
    Ok(())
}

fn unpacked(archive: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("onrecord-eval-pages-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let status = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(&folder).status()?;
    if status.success() { Ok(folder) } else { Err(format!("tar could not unpack {}", archive.display()).into()) }
}

fn sums(folder: &Path) -> Result<Sums, Box<dyn Error>> {
    let names = std::fs::read_to_string(root().join("tools/eval/truth/pages_outlets.tsv"))?;
    let names: Vec<_> = names.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    let mut sums = Sums::default();
    for line in std::fs::read_to_string(folder.join("truth.jsonl"))?.lines() {
        let line: Line = serde_json::from_str(line)?;
        let capture = Capture {
            bytes: std::fs::read(folder.join("html").join(format!("{}.html", line.page)))?,
            media_type: MediaType::Html,
            address: Some(line.url),
            fetched: None,
            delivery: None,
            location: line.page,
        };
        sums.pages += 1.0;
        let Some(article) = read(&capture, &Known::default(), &Limits::default()).0 else { continue };
        sums.add_text(&article, &line.truth.body);
        sums.add_metadata(&article, &line.truth, capture.location.split('_').nth(1).unwrap_or(""), &names);
        let words = RawWords::new(&capture);
        for block in article.reading.blocks() {
            sums.blocks += 1.0;
            sums.located += f64::from(u8::from(words.check(&article.reading, block.range).is_ok()));
        }
    }
    Ok(sums)
}

impl Sums {
    fn add_text(&mut self, article: &Article, body: &str) {
        let blocks = article.reading.blocks();
        let headline = blocks.first().filter(|block| block.kind == BlockKind::Heading);
        let given: Vec<_> = blocks
            .iter()
            .filter(|block| Some(*block) != headline)
            .filter_map(|block| article.reading.slice(block.range))
            .collect();
        let given = given.join("\n");
        for (sums, len) in self.shares.iter_mut().zip([4, 1]) {
            let (gold, given) = (runs(body, len), runs(&given, len));
            let both: u32 = gold.iter().map(|(run, count)| *count.min(given.get(run).unwrap_or(&0))).sum();
            sums.0 += f64::from(both) / f64::from(given.values().sum::<u32>().max(1));
            sums.1 += f64::from(both) / f64::from(gold.values().sum::<u32>().max(1));
        }
    }

    fn add_metadata(&mut self, article: &Article, truth: &Truth, outlet: &str, names: &[(&str, &str)]) {
        let metadata = &article.metadata;
        let value =
            |stated: &Option<Stated<String>>| stated.as_ref().map_or(String::new(), |stated| stated.value.clone());
        let title = visible(&value(&metadata.title)) == visible(truth.title.as_deref().unwrap_or(""));
        let byline = letters(&value(&metadata.byline));
        let authors = truth.authors.iter().flatten().all(|author| byline.contains(&letters(author)));
        let day = metadata.published.as_ref().and_then(|stated| stated.value.day()).map(|day| day.to_string());
        let ours = letters(&value(&metadata.outlet));
        let is_named = |name: &str| {
            let name = letters(name);
            !ours.is_empty() && (ours.contains(&name) || name.contains(&ours))
        };
        let is_known = names.iter().any(|(known, name)| *known == outlet && is_named(name));
        for (metric, is_right) in [
            ("title exact", title),
            ("all authors", authors),
            ("date", day == truth.date),
            ("publisher", is_named(outlet)),
            ("publisher by any name", is_named(outlet) || is_known),
        ] {
            *self.right.entry(metric).or_default() += f64::from(u8::from(is_right));
        }
    }
}

/// Runs of `len` words, with how often each stands; a shorter text is one run.
fn runs(text: &str, len: usize) -> HashMap<Vec<String>, u32> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
        .map(|word| if len == 1 { word.to_lowercase() } else { word.to_owned() })
        .collect();
    let mut runs = HashMap::new();
    for run in words.windows(len.min(words.len()).max(1)) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

/// White space squeezed, invisible characters left out.
fn visible(text: &str) -> String {
    let text = text.replace(['\u{200B}', '\u{AD}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letters(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter) && letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
