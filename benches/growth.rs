//! How the cost of linking grows: streams of 500, 1,500 and 6,000 articles in the order of their dates, each into one ledger of its own, by
//! the release binary; and how long `claims` and `show` ask the largest.
//!
//! Two streams: invented stories with forty lightly rewritten copies each (`onrecord_testkit::copies`), and the news of `data/stream` where
//! `$ONRECORD_SHARED` (or `../shared`) holds it. Two hostile ones: one text under as many addresses, and articles that have nothing in common but one
//! paragraph. The growth exponent is that of a line through the logarithms of articles and CPU-seconds. Sizes may be
//! given, and words of the streams' names: `cargo bench -p onrecord-benches --bench growth -- 500 1500 copies data`. `$ONRECORD_KEEP` names a folder in
//! which ledgers and streams stay, for a closer look.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark: it has a clock, files and a terminal"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use onrecord::ledger::{At, ClaimQuery, Ledger, Lookup, Options};
use onrecord::link::standing::{Neighbours, standing};
use onrecord_testkit::copies::{copies, invented};
use serde_json::json;

use onrecord_benches::process::{binary, used};

const SIZES: &[usize] = &[500, 1_500, 6_000];
const COPIES: usize = 40;
/// Stories that run at one time: a day's articles are of so many.
const AT_ONCE: usize = 12;
/// How often each question is asked.
const QUESTIONS: usize = 300;

fn main() -> anyhow::Result<()> {
    let Some(binary) = binary() else { return Ok(()) };
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-') && argument.parse::<usize>().is_err())
        .collect();
    let sizes = if asked.is_empty() { SIZES } else { &asked };
    let passing = tempfile::tempdir()?;
    let folder = std::env::var_os("ONRECORD_KEEP").map_or_else(|| passing.path().to_owned(), PathBuf::from);
    let shared = std::env::var_os("ONRECORD_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let most = sizes.iter().copied().max().unwrap_or(0);
    let mut streams = vec![
        ("invented copies", invented_stream(most)),
        ("one text", same_text(most)),
        ("one shared paragraph", shared_paragraph(most)),
    ];
    match news(&shared, most) {
        Some(lines) => streams.push(("data/stream", lines)),
        None => println!("skipped data/stream: {} is not there", shared.display()),
    }
    streams.retain(|(name, _)| named.is_empty() || named.iter().any(|word| name.contains(word.as_str())));
    for (name, lines) in streams {
        println!("\n{name}\narticles   read, CPU-s    add, CPU-s   linking/reading   peak MB   bytes an article");
        let mut costs = Vec::new();
        let mut last = None;
        for size in sizes.iter().copied().filter(|size| *size <= lines.len()) {
            let input = folder.join(format!("{name}-{size}.jsonl").replace(['/', ' '], "-"));
            fs::write(&input, lines[..size].join("\n"))?;
            let ledger = folder.join(format!("{name}-{size}.ledger").replace(['/', ' '], "-"));
            let of = |arguments: &[&str]| used(Command::new(&binary).args(arguments).arg("--quiet").arg(&input));
            let read = of(&["read", "--spans"])?;
            let add = of(&["add", "--ledger", ledger.to_str().unwrap()])?;
            let bytes = fs::metadata(&ledger)?.len();
            println!(
                "{size:>8} {:>13.1} {:>13.1} {:>17.2} {:>9.0} {:>18.0}",
                read.cpu,
                add.cpu,
                (add.cpu - read.cpu) / read.cpu,
                add.peak_mb,
                bytes as f64 / size as f64
            );
            costs.push((size as f64, add.cpu));
            last = Some(ledger);
        }
        println!("growth exponent of CPU time {:.2}", exponent(&costs));
        if let Some(ledger) = last {
            questions(&ledger)?;
        }
    }
    Ok(())
}

/// Stories with their copies, some at one time, an article every four minutes.
fn invented_stream(most: usize) -> Vec<String> {
    let mut lines = Vec::with_capacity(most);
    let start: jiff::Timestamp = "2031-01-01T00:00:00Z".parse().unwrap();
    for wave in 0.. {
        let stories: Vec<_> = (0..AT_ONCE as u64).map(|story| invented(wave * AT_ONCE as u64 + story)).collect();
        let sets: Vec<_> = stories.iter().map(|story| copies(story, COPIES)).collect();
        for copy in 0..COPIES {
            for set in &sets {
                if lines.len() == most {
                    return lines;
                }
                let number = lines.len();
                let at = start + jiff::SignedDuration::from_secs(240 * number as i64);
                let host: String =
                    set[copy].outlet.to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect();
                lines.push(
                    json!({
                        "url": format!("https://{host}.example/{number}"), "outlet": set[copy].outlet, "title": set[copy].headline,
                        "published": at.to_string(), "text": set[copy].text(),
                    })
                    .to_string(),
                );
            }
        }
    }
    lines
}

/// One article as a line.
fn article(number: usize, outlet: &str, title: &str, published: &str, text: &str) -> String {
    let host: String = outlet.to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect();
    let url = format!("https://{host}.example/{number}");
    json!({ "url": url, "outlet": outlet, "title": title, "published": published, "text": text }).to_string()
}

/// One text by as many outlets, all on one day.
fn same_text(most: usize) -> Vec<String> {
    let copy = copies(&invented(7), 1).remove(0);
    let line = |number| article(number, &format!("Outlet {number}"), &copy.headline, "2031-01-01", &copy.text());
    (0..most).map(line).collect()
}

/// Articles of as many stories that all end with one paragraph of another one.
fn shared_paragraph(most: usize) -> Vec<String> {
    let shared = copies(&invented(7), 1).remove(0).paragraphs.remove(0);
    let line = |number: usize| {
        let copy = copies(&invented(1_000 + number as u64), 1).remove(0);
        let outlet = format!("Outlet {}", number % 50);
        article(number, &outlet, &copy.headline, "2031-01-01", &format!("{}\n{shared}\n", copy.text()))
    };
    (0..most).map(line).collect()
}

/// The news of `data/stream` by date; `None` where it is not there.
fn news(shared: &Path, most: usize) -> Option<Vec<String>> {
    let packed = shared.join("data/stream/news.jsonl.xz");
    let mut child =
        Command::new("xz").arg("-dc").arg(packed).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut lines: Vec<(String, String)> = Vec::new();
    for line in BufReader::new(child.stdout.take()?).lines() {
        let line = line.ok()?;
        let value: serde_json::Value = serde_json::from_str(&line).ok()?;
        lines.push((value["published"].as_str().unwrap_or_default().to_owned(), line));
    }
    child.wait().ok()?;
    lines.sort();
    (!lines.is_empty()).then(|| lines.into_iter().take(most).map(|(_, line)| line).collect())
}

/// The slope of the line through the logarithms, by least squares.
fn exponent(costs: &[(f64, f64)]) -> f64 {
    let count = costs.len() as f64;
    let (x, y) = costs.iter().fold((0.0, 0.0), |(x, y), (size, cost)| (x + size.ln() / count, y + cost.ln() / count));
    let (over, under) = costs.iter().fold((0.0, 0.0), |(over, under), (size, cost)| {
        let from = size.ln() - x;
        (over + from * (cost.ln() - y), under + from * from)
    });
    over / under
}

/// How long the list and one claim take, asked in a row.
fn questions(path: &Path) -> anyhow::Result<()> {
    let ledger = Ledger::open_existing(path, &Options::default())?;
    let now = At::default();
    let page = |offset: usize| ClaimQuery { limit: Some(30), offset, ..ClaimQuery::default() };
    let total = ledger.contested_claims(&page(0), &now)?.total;
    let mut lists = Vec::new();
    let mut shows = Vec::new();
    let mut out = std::io::stdout().lock();
    for question in 0..QUESTIONS {
        let started = Instant::now();
        let list = ledger.contested_claims(&page(question * 7 % total.max(1)), &now)?;
        lists.push(started.elapsed().as_secs_f64() * 1000.0);
        let Some(one) = list.found.get(question % list.found.len().max(1)) else { continue };
        let started = Instant::now();
        if let Lookup::Found(view) = ledger.drawn(&one.id, &now)? {
            let neighbours = Neighbours::new(view.records());
            std::hint::black_box(standing(&view.claim.record, &neighbours, None));
        }
        shows.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    for (what, mut times) in [("claims, a page of 30", lists), ("show, one claim", shows)] {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        writeln!(out, "{what:<22} median {:>6.1} ms, 99th percentile {:>6.1} ms", at(0.5), at(0.99))?;
    }
    Ok(writeln!(out, "{total} claims with a standing")?)
}
