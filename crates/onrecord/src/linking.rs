//! Linking with what ships: the statements of an article that was read, and what decides which of them are one claim. Not the comparisons
//! (`onrecord_link`), and not where claims are kept (`onrecord_ledger`).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use onrecord_annotate::{SentenceEncoder, SentenceVector};
use onrecord_evidence::{Diagnostic, Digest, Time, TimeSource};
use onrecord_ledger::{Linkable, Linker, text_id};
use onrecord_link::Report;
use onrecord_link::assemble::{Tools, read_statements};
use onrecord_link::claims::{Comparer, StatementTools, StemTable, Thresholds, Vectors};
use onrecord_read::identity::{canonical_address, host};

use crate::pipeline::{Error, failed};
use crate::{Pipeline, ReadArticle};

const SENTENCES: &[u8] = include_bytes!("../../../models/sentences/weights.safetensors");
const STEMS: &str = include_str!("../../../models/propositions/stems.txt");
const COMPARISON: &str = include_str!("../../../models/propositions/comparison.txt");

/// Raised when code changes which claims come out of the same statements.
const LINKER_VERSION: &str = "1";

/// What statements are read and compared with; immutable, shared by all threads.
pub struct Linking {
    table: StemTable,
    vectors: KnownVectors,
    comparer: Comparer,
    thresholds: Thresholds,
    digest: Digest,
    description: String,
}

impl Linking {
    /// Loads what ships with this version; words are cut as `pipeline` cuts them.
    ///
    /// # Errors
    /// Where a shipped file does not fit this build.
    pub fn shipped(pipeline: &Pipeline) -> Result<Self, Error> {
        let table = StemTable::parse(STEMS).map_err(failed("table of stems"))?;
        let encoder = pipeline.sentence_encoder(SENTENCES).map_err(failed("sentence encoder"))?;
        let comparer = Comparer::parse(COMPARISON).map_err(failed("comparison of statements"))?;
        let thresholds = Thresholds::default();
        let levels = format!("{thresholds:?}");
        let fields = [LINKER_VERSION.as_bytes(), COMPARISON.as_bytes(), levels.as_bytes()];
        let digest = Digest::of_fields("onrecord/linker/1", &fields);
        let description = format!("onrecord {} ({:.8})", env!("CARGO_PKG_VERSION"), digest.to_string());
        Ok(Self { table, vectors: KnownVectors::new(encoder), comparer, thresholds, digest, description })
    }

    /// What linking needs of an article that was read, and what was left out.
    pub fn prepare(&self, read: &ReadArticle) -> (Linkable, Vec<Diagnostic>) {
        let metadata = &read.article.metadata;
        let address = metadata.address.as_ref().and_then(|address| canonical_address(&address.value));
        let domain = address.as_deref().and_then(host).map(str::to_owned);
        let reading = &read.article.reading;
        let published = metadata.published.as_ref().map(|published| published.value.clone());
        let report = Report {
            article: read.id,
            revision: text_id(&read.id, &Digest::of_bytes(reading.text().as_bytes())),
            outlet: metadata.outlet.as_ref().map(|outlet| outlet.value.clone()),
            domain: domain.clone(),
            // When it was seen plays no part in its statements.
            observed: published.clone().unwrap_or(Time::instant(jiff::Timestamp::UNIX_EPOCH, TimeSource::Received)),
            published,
            title: metadata.title.as_ref().map(|title| title.value.clone()),
            text: reading.text().to_owned(),
            blocks: reading.blocks().to_vec(),
            records: read.records.clone(),
        };
        // What is named as another language is left unread here too.
        let (statements, diagnostics) = match read.was_read() {
            true => read_statements(&report, self.tools().statements),
            false => Default::default(),
        };
        (Linkable { domain, blocks: report.blocks, statements }, diagnostics)
    }

    /// For linking reports in memory, without decisions of people.
    pub fn tools(&self) -> Tools<'_> {
        Tools {
            statements: StatementTools { table: &self.table, vectors: &self.vectors },
            comparer: &self.comparer,
            thresholds: self.thresholds,
            decisions: &[],
            mastheads: &[],
        }
    }

    /// For linking in a ledger.
    pub fn linker(&self) -> Linker<'_> {
        Linker {
            digest: self.digest,
            description: &self.description,
            comparer: &self.comparer,
            thresholds: self.thresholds,
        }
    }
}

/// Vectors of sentences that were asked for before: copies of one text ask for the same ones.
struct KnownVectors {
    encoder: SentenceEncoder,
    known: Mutex<HashMap<Digest, SentenceVector>>,
}

impl KnownVectors {
    /// So many are remembered, some 8 MB; then all are forgotten.
    const MOST: usize = 16_384;

    fn new(encoder: SentenceEncoder) -> Self {
        Self { encoder, known: Mutex::default() }
    }
}

impl Vectors for KnownVectors {
    fn vector(&self, words: &str) -> Option<SentenceVector> {
        let key = Digest::of_bytes(words.as_bytes());
        // A thread that panicked left a whole map behind.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vector) = known().get(&key) {
            return Some(vector.clone());
        }
        let vector = Vectors::vector(&self.encoder, words)?;
        let mut known = known();
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(key, vector.clone());
        Some(vector)
    }
}

/// The bytes that tell shipped tables for statements from others; part of what a pipeline is.
pub(crate) fn statement_tables() -> [Digest; 2] {
    // Other weights differ in every part of the file: its head and its end tell them apart in a moment.
    let ends = [&SENTENCES[..SENTENCES.len().min(65_536)], &SENTENCES[SENTENCES.len().saturating_sub(65_536)..]];
    [Digest::of_fields("onrecord/sentences/1", &ends), Digest::of_bytes(STEMS.as_bytes())]
}
