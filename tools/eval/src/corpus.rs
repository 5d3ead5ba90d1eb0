//! PolNeAR as its folder holds it: texts and brat standoff. Read where it lies, never copied.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use onrecord::Pipeline;
use onrecord::annotate::ScoredSpans;
use onrecord::evidence::{Capture, CodePoints, MediaType, TextRange};
use onrecord::read::Known;
use onrecord::record::AttributionRecord;

/// The folder with the corpus and its scorer.
pub struct Corpus {
    shared: PathBuf,
}

/// One article with its gold attributions, each under the id of its brat event.
pub struct Document {
    pub text: String,
    pub gold: BTreeMap<String, ScoredSpans>,
}

impl Corpus {
    pub fn open(shared: &Path) -> Option<Self> {
        shared.join("data/polnear/dev/text").is_dir().then(|| Self { shared: shared.to_owned() })
    }

    pub fn folder(&self, part: &str) -> PathBuf {
        self.shared.join("data/polnear").join(part)
    }

    pub fn scorer(&self) -> PathBuf {
        self.shared.join("eval/score_attributions.py")
    }

    /// The stems of all texts of one part, sorted.
    pub fn stems(&self, part: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let mut stems = Vec::new();
        for entry in std::fs::read_dir(self.folder(part).join("text"))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            stems.extend(name.strip_suffix(".txt").map(str::to_owned));
        }
        stems.sort();
        Ok(stems)
    }

    /// One article; of several people's annotations the first by file name, as the corpus' scorer takes it.
    pub fn document(&self, part: &str, stem: &str) -> Result<Document, Box<dyn Error>> {
        let text = std::fs::read_to_string(self.folder(part).join("text").join(format!("{stem}.txt")))?;
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder(part).join("attributions"))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| {
                let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                name.rsplit_once('_').is_some_and(|(document, _)| document == stem)
            })
            .collect();
        files.sort();
        let gold = match files.first() {
            Some(file) => brat(&text, &std::fs::read_to_string(file)?),
            None => BTreeMap::new(),
        };
        Ok(Document { text, gold })
    }
}

/// The complete attributions of a brat file: those with a cue and a content.
pub fn brat(text: &str, standoff: &str) -> BTreeMap<String, ScoredSpans> {
    let bytes = byte_offsets(text);
    let mut spans: BTreeMap<&str, Vec<TextRange>> = BTreeMap::new();
    let mut events = Vec::new();
    for line in standoff.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(body)) = (cells.next(), cells.next()) else { continue };
        if id.starts_with('T') {
            let Some((_, places)) = body.split_once(' ') else { continue };
            spans.insert(id, places.split(';').filter_map(|place| range(&bytes, place)).collect());
        } else if id.starts_with('E') {
            events.push((id, body));
        }
    }
    let mut gold = BTreeMap::new();
    for (id, body) in events {
        let mut one = ScoredSpans { source: vec![], cue: vec![], content: vec![], score: 1.0 };
        for (role, target) in body.split(' ').skip(1).filter_map(|link| link.split_once(':')) {
            let pieces = spans.get(target).into_iter().flatten().copied();
            match role.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
                "Source" => one.source.extend(pieces),
                "Cue" => one.cue.extend(pieces),
                "Content" => one.content.extend(pieces),
                _ => {}
            }
        }
        if !one.cue.is_empty() && !one.content.is_empty() {
            gold.insert(id.to_owned(), one);
        }
    }
    gold
}

/// The byte at which each code point begins, and the length of the text at the end.
pub fn byte_offsets(text: &str) -> Vec<u32> {
    text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()
}

fn range(bytes: &[u32], place: &str) -> Option<TextRange> {
    let (start, end) = place.trim().split_once(' ')?;
    let at = |point: &str| bytes.get(point.parse::<usize>().ok()?).copied();
    Some(TextRange::new(at(start)?, at(end)?))
}

/// Reads a text file through the whole pipeline; spans in bytes of the file.
pub fn read(pipeline: &Pipeline, name: &str, text: &str) -> (Vec<ScoredSpans>, Vec<AttributionRecord>) {
    let capture = Capture {
        bytes: text.as_bytes().to_vec(),
        media_type: MediaType::Text,
        address: None,
        fetched: None,
        location: name.to_owned(),
        delivery: None,
    };
    let (article, _) = pipeline.read(&capture, &Known::default());
    let Some(article) = article else { return Default::default() };
    let reading = &article.article.reading;
    let place = |quoted: &[onrecord::evidence::Quoted]| -> Vec<TextRange> {
        quoted
            .iter()
            .filter_map(|quoted| reading.raw_range(quoted.range()).ok())
            .map(|raw| TextRange::new(raw.start, raw.end))
            .collect()
    };
    let spans = article.records.iter().map(|record| ScoredSpans {
        source: place(&record.source),
        cue: place(&record.cue),
        content: place(&record.content),
        score: record.score,
    });
    (spans.collect(), article.records)
}

/// Ranges in code points, as the corpus counts.
pub fn code_points(points: &CodePoints<'_>, ranges: &[TextRange]) -> Vec<[u32; 2]> {
    ranges.iter().filter_map(|range| Some([points.of(range.start)?, points.of(range.end)?])).collect()
}
