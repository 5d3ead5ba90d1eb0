//! What copies cost: a stream of stories, each in forty lightly rewritten copies, read with the cache of windows and without it,
//! and against as many articles that have nothing in common.
//!
//! One process, one thread, CPU time. Half of the stories are the sample stories' agency copy, half are made of templates
//! (`onrecord_testkit::copies`). That the cache changes no attribution is checked here too.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark: it has a clock, files and a terminal"
)]

use onrecord::Pipeline;
use onrecord::annotate::CacheUse;
use onrecord::evidence::{BlockKind, Capture, MediaType};
use onrecord::read::Known;
use onrecord::samples::STORIES;
use onrecord_testkit::copies::{Rewrite, Story, copies, invented};

use onrecord_benches::measure::{capture, timed, words};

const COPIES: usize = 40;
/// Stories of each kind.
const EACH: usize = 3;

fn main() -> anyhow::Result<()> {
    let mut stories = sample_stories()?;
    stories.extend((0..EACH as u64).map(invented));
    let mut sets: Vec<Vec<Rewrite>> = stories.iter().map(|story| copies(story, COPIES)).collect();
    // As a stream brings them: outlets take a story over at different times.
    let mut stream = Vec::new();
    for copy in (0..COPIES).rev() {
        stream.extend(sets.iter_mut().map(|set| set.remove(copy).text()));
    }
    let distinct: Vec<String> = (0..stream.len() as u64)
        .flat_map(|number| copies(&invented(1000 + number), 1))
        .map(|copy| copy.text())
        .collect();
    println!("{} stories, {COPIES} copies each: {} articles", stories.len(), stream.len());
    let (plain, without) = Cost::of(&stream, false)?;
    plain.print("copies, no cache");
    let (cached, with) = Cost::of(&stream, true)?;
    cached.print("copies, cache");
    anyhow::ensure!(without == with, "the cache changes what is read");
    let (apart, _) = Cost::of(&distinct, true)?;
    apart.print("as many distinct, cache");
    println!("saving by the cache      {:>6.0}%", 100.0 * (1.0 - cached.cpu / plain.cpu));
    println!("a word of a copy costs   {:>6.2} of a word that is new", cached.per_word() / apart.per_word());
    Ok(())
}

struct Cost {
    cpu: f64,
    words: usize,
    hits: u64,
    windows: u64,
}

impl Cost {
    /// Reads the texts with a fresh pipeline; also gives what was read, in words that can be compared.
    fn of(texts: &[String], cache: bool) -> anyhow::Result<(Self, Vec<String>)> {
        let pipeline = Pipeline::shipped()?;
        let pipeline = if cache { pipeline } else { pipeline.with_cache(0) };
        let captures: Vec<Capture> = texts.iter().map(|text| capture(text)).collect();
        let (cpu, read) = timed(|| {
            let records = |capture| pipeline.read(capture, &Known::default()).0.map(|article| article.records);
            captures.iter().map(records).collect::<Vec<_>>()
        })?;
        let CacheUse { hits, misses } = pipeline.cache_use();
        let words = texts.iter().map(|text| words(text)).sum::<usize>();
        let read = read.iter().map(|records| format!("{records:?}")).collect();
        Ok((Self { cpu, words, hits, windows: hits + misses }, read))
    }

    fn per_word(&self) -> f64 {
        self.cpu / self.words as f64
    }

    fn print(&self, name: &str) {
        let rate = if self.windows > 0 { 100.0 * self.hits as f64 / self.windows as f64 } else { 0.0 };
        println!(
            "{name:<24} {:>6.0} words per CPU-second, {rate:.0}% of windows from the cache",
            1.0 / self.per_word()
        );
    }
}

/// The first pages of each sample story that are long enough to be worth copying.
fn sample_stories() -> anyhow::Result<Vec<Story>> {
    let pipeline = Pipeline::shipped()?;
    let mut stories = Vec::new();
    for file in STORIES.iter().flat_map(|story| story.files).filter(|file| file.name.ends_with(".html")) {
        let capture = Capture {
            bytes: file.bytes.to_vec(),
            media_type: MediaType::Html,
            address: None,
            fetched: None,
            location: file.name.to_owned(),
            delivery: None,
        };
        let Some(article) = pipeline.read(&capture, &Known::default()).0 else { continue };
        let reading = &article.article.reading;
        let of_kind = |kind: BlockKind| {
            let blocks = reading.blocks().iter().filter(move |block| block.kind == kind);
            blocks.filter_map(|block| block.range.slice(reading.text()).map(str::to_owned)).collect::<Vec<_>>()
        };
        let (headings, paragraphs) = (of_kind(BlockKind::Heading), of_kind(BlockKind::Paragraph));
        if let (Some(headline), 8..) = (headings.first(), paragraphs.len()) {
            stories.push(Story { headline: headline.clone(), paragraphs });
        }
    }
    anyhow::ensure!(stories.len() >= EACH, "only {} sample pages are long enough", stories.len());
    stories.truncate(EACH);
    Ok(stories)
}
