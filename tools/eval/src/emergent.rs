//! Emergent (Ferreira and Vlachos 2016) as its folder holds it: claims and the articles that were collected for each. Read where it lies, never
//! copied; into the parts of `truth/claims/split.json`. What is scored on it is the stages' own business, and `reads` keeps what was read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use onrecord::annotate::{Model, SentenceEncoder, SentenceVector};
use onrecord::evidence::{ArticleId, Capture, MediaType, Reading, RevisionId, Time, TimeSource};
use onrecord::link::Report;
use onrecord::link::claims::{Comparer, Statement, StatementTools, StemTable, Vectors, statements};
use onrecord::read::{Article, Known, Limits};
use onrecord::record::AttributionRecord;
use onrecord::{Pipeline, for_each_ordered};
use serde::Deserialize;

use crate::root;

/// A claim with the articles that were collected for it.
pub struct Claim {
    /// As the data names it.
    pub id: String,
    pub text: String,
    /// Their names, in the order of the data.
    pub articles: Vec<String>,
    /// The headlines that stand with each of them, in the same order.
    pub headlines: Vec<Vec<Headline>>,
    /// Its story: claims that share articles, directly or by others, have the same number.
    pub story: usize,
}

/// One part of the data.
pub struct Part {
    pub claims: Vec<Claim>,
    /// The claims of each article, by the article's name.
    pub claims_of: BTreeMap<String, BTreeSet<usize>>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    claim: String,
    articles: Vec<Name>,
}

#[derive(Deserialize)]
struct Name {
    id: String,
    #[serde(default)]
    headlines: Vec<Headline>,
}

/// A headline that was paired with an article: its own or one of another article of the claim.
#[derive(Clone, Debug, Deserialize)]
pub struct Headline {
    /// Its stance on the claim: for, against or observing.
    #[serde(rename = "emergent_stance")]
    pub stance: String,
    /// What the article's text does with it: agree, disagree or discuss.
    #[serde(rename = "body_to_headline")]
    pub body: String,
}

/// The folder of the data; `None` where it is not.
pub fn folder(shared: &Path) -> Option<PathBuf> {
    Some(shared.join("data/emergent")).filter(|folder| folder.join("claims.jsonl").is_file())
}

impl Part {
    /// Reads `tune` or `dev`.
    ///
    /// # Errors
    /// The data or the list of parts cannot be read.
    pub fn open(folder: &Path, part: &str) -> Result<Self, Box<dyn Error>> {
        let parts = std::fs::read_to_string(root().join("tools/eval/truth/claims/split.json"))?;
        let parts: BTreeMap<String, BTreeSet<String>> = serde_json::from_str(&parts)?;
        let ids = parts.get(part).ok_or_else(|| format!("split.json has no part {part}"))?;
        let mut claims = Vec::new();
        for line in std::fs::read_to_string(folder.join("claims.jsonl"))?.lines() {
            let row: Row = serde_json::from_str(line)?;
            if ids.contains(&row.id) {
                claims.push(row);
            }
        }
        Ok(Self::of(claims))
    }

    fn of(rows: Vec<Row>) -> Self {
        let mut claims_of: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            for article in &row.articles {
                claims_of.entry(article.id.clone()).or_default().insert(index);
            }
        }
        let mut next: Vec<usize> = (0..rows.len()).collect();
        for shared in claims_of.values() {
            let shared: Vec<usize> = shared.iter().copied().collect();
            for pair in shared.windows(2) {
                let (one, other) = (last(&next, pair[0]), last(&next, pair[1]));
                next[one] = other;
            }
        }
        let story = |index| last(&next, index);
        let claim = |(index, row): (usize, Row)| {
            let (articles, headlines) = row.articles.into_iter().map(|article| (article.id, article.headlines)).unzip();
            Claim { id: row.id, text: row.claim, articles, headlines, story: story(index) }
        };
        Self { claims: rows.into_iter().enumerate().map(claim).collect(), claims_of }
    }

    /// Whether two articles were collected for one claim.
    pub fn share_claim(&self, one: &str, other: &str) -> bool {
        match (self.claims_of.get(one), self.claims_of.get(other)) {
            (Some(one), Some(other)) => !one.is_disjoint(other),
            _ => false,
        }
    }

    /// The story of an article.
    pub fn story_of(&self, article: &str) -> usize {
        let first = self.claims_of.get(article).and_then(BTreeSet::first);
        first.and_then(|claim| self.claims.get(*claim)).map_or(0, |claim| claim.story)
    }

    /// Reads every article of the part, in the order of their names, and its statements. Who cannot be read is left out. With `kept`, a
    /// folder, what was read before by the same pipeline is taken from there, and the rest put there.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn read(
        &self,
        folder: &Path,
        pipeline: &Pipeline,
        tools: &Tools,
        kept: Option<&Path>,
    ) -> Result<Vec<Doc>, Box<dyn Error>> {
        let mut texts = Vec::new();
        for name in self.claims_of.keys() {
            texts.push((name.clone(), text(folder, name)?));
        }
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let mut docs = Vec::new();
        let one = |(name, text): (String, String)| {
            let file = kept.map(|kept| kept.join(format!("{name}.json")));
            let (article, records, read) = read_kept(&capture(&name, text), pipeline, file.as_deref())?;
            let report = Report { article, records, ..report(&name, &read)? };
            let (statements, _) = statements(&report, StatementTools { table: &tools.stems, vectors: &tools.encoder });
            Some(Doc { name, report, reading: read.reading, statements })
        };
        for_each_ordered(threads, pipeline.crew(), texts.into_iter(), one, |doc| {
            docs.extend(doc);
            true
        });
        Ok(docs)
    }
}

/// Reads a capture, or takes its records from `file` where that has them.
fn read_kept(
    capture: &Capture,
    pipeline: &Pipeline,
    file: Option<&Path>,
) -> Option<(ArticleId, Vec<AttributionRecord>, Article)> {
    let known = file.and_then(|file| std::fs::read_to_string(file).ok());
    if let Some((id, records)) = known.and_then(|known| serde_json::from_str(&known).ok()) {
        let (article, _) = onrecord::read::read(capture, &Known::default(), &Limits::default());
        return Some((id, records, article?));
    }
    let (read, _) = pipeline.read(capture, &Known::default());
    let read = read?;
    if let (Some(file), Ok(json)) = (file, serde_json::to_string(&(read.id, &read.records)))
        && let Err(error) = std::fs::write(file, json)
    {
        eprintln!("{}: not kept: {error}", file.display());
    }
    Some((read.id, read.records, read.article))
}

/// Follows the chain from `at` to its end.
fn last(next: &[usize], mut at: usize) -> usize {
    while next[at] != at {
        at = next[at];
    }
    at
}

/// The text of an article's file.
///
/// # Errors
/// It cannot be read.
pub fn text(folder: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let path = folder.join("articles").join(format!("{name}.txt"));
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The file of an article as it is given to reading.
pub fn capture(name: &str, text: String) -> Capture {
    let bytes = text.into_bytes();
    Capture {
        bytes,
        media_type: MediaType::Text,
        address: None,
        fetched: None,
        location: name.to_owned(),
        delivery: None,
    }
}

/// The article as linking sees it, without its attributions; without dates and outlets, which the data does not state. `None` only
/// if a fixed date does not parse.
pub fn report(name: &str, article: &Article) -> Option<Report> {
    let key = onrecord::read::identity::article_key(&article.metadata, &article.reading);
    Some(Report {
        article: key.id(),
        revision: RevisionId::of_fields(&[name.as_bytes()]),
        outlet: None,
        domain: None,
        published: None,
        observed: Time::parse("2031-01-01", TimeSource::Meta).ok()?,
        title: None,
        text: article.reading.text().to_owned(),
        blocks: article.reading.blocks().to_vec(),
        records: Vec::new(),
    })
}

/// An article with its statements.
pub struct Doc {
    pub name: String,
    pub report: Report,
    /// Its text, with the way back to the file.
    pub reading: Reading,
    pub statements: Vec<Statement>,
}

impl Doc {
    /// Its statements that have a vector, by nearness to a claim's text: the cosine in thousandths and the place among the statements,
    /// the nearest first.
    pub fn nearest(&self, claim: &SentenceVector) -> Vec<(i64, usize)> {
        let cosine = |(place, statement): (usize, &Statement)| {
            let vector = statement.proposition.vector.as_ref()?;
            Some((thousandths(vector, claim), place))
        };
        let mut nearest: Vec<_> = self.statements.iter().enumerate().filter_map(cosine).collect();
        nearest.sort_by_key(|(cosine, place)| (-cosine, *place));
        nearest
    }
}

/// The cosine of two vectors in whole thousandths, cut off.
pub fn thousandths(one: &SentenceVector, other: &SentenceVector) -> i64 {
    (one.cosine(other) * 1000.0) as i64
}

/// The sentence encoder with the vectors that it gave, for every stage has the same statements.
pub struct KeptVectors {
    encoder: SentenceEncoder,
    known: Mutex<HashMap<String, SentenceVector>>,
}

impl KeptVectors {
    /// The vector of these words.
    pub fn vector(&self, words: &str) -> SentenceVector {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vector) = known().get(words) {
            return vector.clone();
        }
        let vector = self.encoder.vector(words);
        known().insert(words.to_owned(), vector.clone());
        vector
    }
}

impl Vectors for KeptVectors {
    fn vector(&self, words: &str) -> Option<SentenceVector> {
        Some(self.vector(words))
    }
}

/// The tables and the network of linking, as they lie in `models`.
pub struct Tools {
    pub stems: StemTable,
    pub comparer: Comparer,
    pub encoder: KeptVectors,
}

impl Tools {
    /// # Errors
    /// A file of `models` cannot be read or does not fit.
    pub fn open() -> Result<Self, Box<dyn Error>> {
        let models = root().join("models");
        let vocabulary = std::fs::read_to_string(models.join("attribution/vocab.txt"))?;
        let model = Model::load(&std::fs::read(models.join("attribution/weights.safetensors"))?, &vocabulary)?;
        Ok(Self {
            stems: StemTable::parse(&std::fs::read_to_string(models.join("propositions/stems.txt"))?)?,
            comparer: Comparer::parse(&std::fs::read_to_string(models.join("propositions/comparison.txt"))?)?,
            encoder: KeptVectors {
                encoder: SentenceEncoder::load(&std::fs::read(models.join("sentences/weights.safetensors"))?, &model)?,
                known: Mutex::default(),
            },
        })
    }
}

/// Numbers that seem drawn and are the same in every run: a linear congruential generator with the multiplier of Knuth's MMIX.
pub struct Drawn(pub u64);

impl Drawn {
    /// A number below `limit`; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_that_share_articles_are_one_story() {
        let name = |id: &str| Name { id: id.to_owned(), headlines: Vec::new() };
        let claim = |articles: &str| Row {
            id: String::new(),
            claim: String::new(),
            articles: articles.split(' ').map(name).collect(),
        };
        let part = Part::of(vec![claim("a b"), claim("c"), claim("b d"), claim("d e"), claim("f")]);
        let stories: Vec<usize> = part.claims.iter().map(|claim| claim.story).collect();
        assert_eq!([stories[0], stories[2]], [stories[3]; 2]);
        assert_eq!(stories.iter().collect::<BTreeSet<_>>().len(), 3);
        assert!(part.share_claim("a", "b") && !part.share_claim("a", "d") && !part.share_claim("a", "unknown"));
        assert_eq!(part.story_of("e"), stories[0]);
    }
}
