//! The sample stories against what a careful reader wrote down (`corpus/*/gold.json`): reading, acts, commitment.

use std::error::Error;
use std::path::{Path, PathBuf};

use onrecord::Pipeline;
use onrecord::annotate::{AttributionSpans, ScoredSpans};
use onrecord::evidence::{Capture, MediaType, TextRange};
use onrecord::read::{Known, Limits, read};
use serde::Deserialize;

use crate::acts::{self, Tables, shared};
use crate::results::Results;
use crate::scores::{Counts, Pairs};
use crate::{Options, root};

#[derive(Deserialize)]
struct Story {
    story: String,
    articles: Vec<StoryArticle>,
}

#[derive(Deserialize)]
struct StoryArticle {
    file: String,
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    source: Option<Pieces>,
    cue: Option<Pieces>,
    content: Option<Pieces>,
    act: String,
    commitment: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Pieces {
    One(String),
    Many(Vec<String>),
}

impl Pieces {
    fn words(&self) -> Vec<&str> {
        match self {
            Self::One(words) => vec![words],
            Self::Many(pieces) => pieces.iter().map(String::as_str).collect(),
        }
    }
}

/// Scores every story of `corpus/`.
pub fn score(pipeline: Option<&Pipeline>, options: &Options, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let tables = Tables::open()?;
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root().join("corpus"))?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    folders.sort();
    for folder in folders {
        let gold = folder.join("gold.json");
        if gold.exists() {
            let story: Story = serde_json::from_slice(&std::fs::read(&gold)?)?;
            story_scores(&folder, &story, &tables, pipeline, options, results)?;
        }
    }
    Ok(())
}

fn story_scores(
    folder: &Path,
    story: &Story,
    tables: &Tables,
    pipeline: Option<&Pipeline>,
    options: &Options,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let (mut given, mut given_commitment) = (Pairs::default(), Pairs::default());
    let (mut read_acts, mut read_commitments) = (Pairs::default(), Pairs::default());
    let mut reading = Counts::default();
    for article in &story.articles {
        let path = folder.join(&article.file);
        if path.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let capture = Capture {
            bytes: std::fs::read(&path)?,
            media_type: MediaType::Html,
            address: None,
            fetched: None,
            location: article.file.clone(),
            delivery: None,
        };
        let (page, _) = read(&capture, &Known::default(), &Limits::default());
        let Some(page) = page else { return Err(format!("{}: not read", path.display()).into()) };
        let text = page.reading.text();
        let mut from = 0;
        let gold: Vec<_> = article.attributions.iter().map(|gold| (gold, place(text, gold, &mut from))).collect();
        for (gold, spans) in &gold {
            let Some(spans) = spans else {
                println!("{}: no place for the words {:?}", article.file, gold.content.as_ref().map(Pieces::words));
                continue;
            };
            let found = tables.interpret(text, std::slice::from_ref(spans)).pop().flatten();
            given.pairs.push((Some(gold.act.as_str()), found.as_ref().map(|found| found.act.act.word())));
            given_commitment
                .pairs
                .push((Some(gold.commitment.as_str()), found.as_ref().map(|found| found.commitment.word())));
            if let (Some(word), Some(found)) = (options.show.as_deref(), &found) {
                show_error(word, &article.file, text, gold, found);
            }
        }
        let Some(pipeline) = pipeline else { continue };
        let (Some(found), _) = pipeline.read(&capture, &Known::default()) else { continue };
        let ranges =
            |quoted: &[onrecord::evidence::Quoted]| quoted.iter().map(|quoted| quoted.range()).collect::<Vec<_>>();
        let records: Vec<_> = found
            .records
            .iter()
            .map(|record| (ranges(&record.source), ranges(&record.cue), ranges(&record.content), record))
            .collect();
        let mut used = vec![false; records.len()];
        for (gold, spans) in &gold {
            reading.gold += 1;
            let best = spans.as_ref().and_then(|spans| {
                let best = records.iter().enumerate().filter(|(index, _)| !used[*index]).map(
                    |(index, (source, cue, content, _))| {
                        let sources = spans.source.is_empty() && source.is_empty() || shared(source, &spans.source) > 0;
                        let half = 2 * 2 * shared(content, &spans.content) >= length(content) + length(&spans.content);
                        let cues = spans.cue.is_empty() || shared(cue, &spans.cue) > 0;
                        (sources && half && cues, shared(content, &spans.content), index)
                    },
                );
                best.max().filter(|(fits, ..)| *fits).map(|(.., index)| index)
            });
            if let Some(index) = best {
                used[index] = true;
                reading.right += 1;
            }
            read_acts.pairs.push((Some(gold.act.as_str()), best.map(|index| records[index].3.act.word())));
            read_commitments
                .pairs
                .push((Some(gold.commitment.as_str()), best.map(|index| records[index].3.commitment.word())));
        }
        reading.given += records.len();
        for ((.., record), _) in records.iter().zip(&used).filter(|(_, used)| !**used) {
            read_acts.pairs.push((None, Some(record.act.word())));
            read_commitments.pairs.push((None, Some(record.commitment.word())));
        }
    }
    acts::add(&format!("{}-gold-spans", story.story), &given, &given_commitment, results);
    if pipeline.is_some() {
        acts::add(&format!("{}-end-to-end", story.story), &read_acts, &read_commitments, results);
        results.clear("stories", &story.story);
        results.add("stories", &story.story, "attribution relaxed precision", reading.precision(), None);
        results.add("stories", &story.story, "attribution relaxed recall", reading.recall(), None);
        results.add("stories", &story.story, "attribution relaxed F1", reading.f1(), None);
    }
    Ok(())
}

fn length(ranges: &[TextRange]) -> u32 {
    ranges.iter().map(|range| range.len()).sum()
}

/// Where the words of a gold attribution stand. Its author gives words, mostly in text order; `from` is where the last one was
/// found. Cue and source are the occurrences nearest to the content.
fn place(text: &str, gold: &GoldAttribution, from: &mut usize) -> Option<ScoredSpans> {
    let back = from.saturating_sub(600);
    let start = text.floor_char_boundary(back);
    let mut content = Vec::new();
    let mut at = start;
    // A headline such as "Calvera will not say" leaves the content to the reader: nothing to place.
    for words in gold.content.as_ref()?.words() {
        let found = find(text, words, at).or_else(|| find(text, words, 0))?;
        at = found.end as usize;
        content.push(found);
    }
    let first = content.first()?.start;
    let hull = content.iter().copied().reduce(TextRange::hull)?;
    *from = (*from).max(first as usize);
    let near = |pieces: &Option<Pieces>, other: TextRange| -> Option<Vec<TextRange>> {
        let Some(pieces) = pieces else { return Some(Vec::new()) };
        pieces.words().into_iter().map(|words| nearest(text, words, other, &content)).collect()
    };
    let cue = near(&gold.cue, hull)?;
    let anchor = cue.first().copied().unwrap_or(hull);
    let source = near(&gold.source, anchor)?;
    Some(ScoredSpans { source, cue, content, score: 1.0 })
}

fn find(text: &str, words: &str, from: usize) -> Option<TextRange> {
    let at = text.get(from..)?.find(words)? + from;
    Some(TextRange::new(at as u32, (at + words.len()) as u32))
}

/// The occurrence of whole `words` outside of the content with the fewest bytes between it and `other`.
fn nearest(text: &str, words: &str, other: TextRange, content: &[TextRange]) -> Option<TextRange> {
    let whole = |at: usize| {
        let letter = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + words.len()..].chars().next())
    };
    text.match_indices(words)
        .filter(|(at, _)| whole(*at))
        .map(|(at, _)| TextRange::new(at as u32, (at + words.len()) as u32))
        .min_by_key(|range| {
            let inside = content.iter().any(|content| content.overlaps(*range));
            (inside, range.start.saturating_sub(other.end).max(other.start.saturating_sub(range.end)))
        })
}

fn show_error(word: &str, file: &str, text: &str, gold: &GoldAttribution, found: &AttributionSpans) {
    let concerns = |gold: &str, given: &str| gold != given && (word == "all" || gold == word || given == word);
    let (act, commitment) = (found.act.act.word(), found.commitment.word());
    if concerns(&gold.act, act) || concerns(&gold.commitment, commitment) {
        let words =
            |ranges: &[TextRange]| ranges.iter().filter_map(|range| range.slice(text)).collect::<Vec<_>>().join(" … ");
        println!(
            "{file}: {} {} read as {act} {commitment} by {}\n    [{}] [{}] [{}]",
            gold.act,
            gold.commitment,
            found.act.rule,
            words(&found.source),
            words(&found.cue),
            words(&found.content)
        );
    }
}
