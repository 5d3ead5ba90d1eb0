//! Keeping what was read: captures become intakes, intakes go into the ledger in batches and are linked there, each is acknowledged once durable.

use jiff::Timestamp;
use serde_json::{Value, json};

use onrecord_evidence::{ArticleId, Capture, CaptureId, Diagnostic};
use onrecord_ledger::{Derived, Intake, KeptReading, KeptRecord, Ledger, Metadata, Outcome};
use onrecord_read::{Known, Stated};
use onrecord_record::AttributionRecord;

use crate::pipeline::guarded;
use crate::{Linking, Pipeline, ReadArticle};

/// One capture that is durable now, or why it is not in.
#[derive(Clone, Debug)]
pub struct Acknowledgement {
    /// The capture.
    pub capture: CaptureId,
    /// Where its bytes were taken from.
    pub location: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Collects intakes and writes them in batches.
pub struct Keeper<'ledger> {
    ledger: &'ledger mut Ledger,
    linking: &'ledger Linking,
    author: String,
    batch: Vec<Intake>,
    new_texts: u64,
}

impl<'ledger> Keeper<'ledger> {
    /// How many captures are written in one transaction: enough to share the cost of making them durable, few enough that a
    /// kill repeats little work.
    pub const BATCH: usize = 32;

    /// A keeper that writes to `ledger` in the name of `author`, with `pipeline` active in it, and links with `linking`.
    ///
    /// # Errors
    /// Where the ledger holds what another pipeline derived, or cannot be written.
    pub fn new(
        ledger: &'ledger mut Ledger,
        pipeline: &Pipeline,
        linking: &'ledger Linking,
        author: &str,
        now: Timestamp,
    ) -> onrecord_ledger::Result<Self> {
        ledger.activate_pipeline(pipeline.digest(), &pipeline.description(), author, now)?;
        Ok(Self { ledger, linking, author: author.to_owned(), batch: Vec::with_capacity(Self::BATCH), new_texts: 0 })
    }

    /// Takes one intake; when a batch is full it is written, and what is durable now is returned.
    ///
    /// # Errors
    /// Where the batch cannot be written; then nothing of it is in.
    pub fn keep(&mut self, intake: Intake, now: Timestamp) -> onrecord_ledger::Result<Vec<Acknowledgement>> {
        self.batch.push(intake);
        if self.batch.len() < Self::BATCH {
            return Ok(Vec::new());
        }
        self.flush(now)
    }

    /// Writes what is waiting, and returns what is durable now.
    ///
    /// # Errors
    /// As [`Keeper::keep`].
    pub fn flush(&mut self, now: Timestamp) -> onrecord_ledger::Result<Vec<Acknowledgement>> {
        if self.batch.is_empty() {
            return Ok(Vec::new());
        }
        let batch = std::mem::take(&mut self.batch);
        let outcomes = self.ledger.add_linked(&batch, &self.linking.linker(), &self.author, now)?;
        let new = |outcome: &Outcome| matches!(outcome, Outcome::Added(placed) if placed.new_text);
        self.new_texts += outcomes.iter().filter(|(_, outcome)| new(outcome)).count() as u64;
        let acknowledged = batch.into_iter().zip(outcomes).map(|(intake, (capture, outcome))| Acknowledgement {
            capture,
            location: intake.capture.location,
            outcome,
        });
        Ok(acknowledged.collect())
    }

    /// Writes what is waiting and draws up every event that changed. For who keeps article after article without an end; else [`Keeper::finish`].
    ///
    /// # Errors
    /// As [`Keeper::keep`].
    pub fn draw_up(&mut self, now: Timestamp) -> onrecord_ledger::Result<Vec<Acknowledgement>> {
        let acknowledged = self.flush(now)?;
        self.ledger.draw_up(|_| {})?;
        Ok(acknowledged)
    }

    /// Writes what is waiting and brings the claims up to date: draws up every event that changed, also by an earlier keeper that did not come to it.
    ///
    /// Articles that came in after later ones may have founded other claims than they would have in the order of their dates. Where this keeper brought
    /// a fifth of all texts or more, all are linked anew for that; else [`Finished::stale`] says why [`Ledger::relink`] may give other claims.
    /// `progress` hears of each text or event.
    ///
    /// # Errors
    /// As [`Keeper::keep`].
    pub fn finish(
        &mut self,
        now: Timestamp,
        progress: impl FnMut(onrecord_ledger::Progress),
    ) -> onrecord_ledger::Result<Finished> {
        let acknowledged = self.flush(now)?;
        let state = self.ledger.link_state()?;
        if state.stale.is_some() && self.new_texts * 5 >= state.linked {
            self.ledger.relink(&self.linking.linker(), &self.author, now, progress)?;
            return Ok(Finished { acknowledged, stale: None });
        }
        self.ledger.draw_up(progress)?;
        Ok(Finished { acknowledged, stale: state.stale })
    }
}

/// What the end of keeping gave.
#[derive(Clone, Debug)]
pub struct Finished {
    /// What is durable now.
    pub acknowledged: Vec<Acknowledgement>,
    /// Why linking anew may give other claims than stand now; `None` where it gives the same.
    pub stale: Option<String>,
}

/// What is stated about a capture beside its bytes, as the ledger keeps it.
pub fn stated(known: &Known) -> Option<Value> {
    (*known != Known::default()).then(|| serde_json::to_value(known).ok()).flatten()
}

/// Reads a capture into what the ledger keeps; `None` where it gives no article. `known_article` is the article that the
/// ledger has the capture under, if it has.
pub fn intake(
    pipeline: &Pipeline,
    linking: &Linking,
    capture: Capture,
    known: &Known,
    known_article: Option<ArticleId>,
) -> (Option<Intake>, Vec<Diagnostic>) {
    let (read, diagnostics) = pipeline.read_as(&capture, known, known_article);
    let Some(read) = read else { return (None, diagnostics) };
    let article = read.id;
    let article_key = read.key.to_string();
    match kept(read, linking, &capture, diagnostics) {
        Ok(derived) => {
            let diagnostics = derived.diagnostics.clone();
            (Some(Intake { capture, article, article_key, stated: stated(known), derived }), diagnostics)
        }
        Err(diagnostics) => (None, diagnostics),
    }
}

/// Derives again what a kept capture gives: the function behind `rebuild`.
pub fn derive(
    pipeline: &Pipeline,
    linking: &Linking,
    capture: &Capture,
    stated: Option<&Value>,
    article: ArticleId,
) -> Derived {
    let known = stated.and_then(|stated| serde_json::from_value(stated.clone()).ok()).unwrap_or_default();
    let (read, diagnostics) = pipeline.read_as(capture, &known, Some(article));
    let derived = match read {
        Some(read) => kept(read, linking, capture, diagnostics),
        None => Err(diagnostics),
    };
    derived.unwrap_or_else(|diagnostics| Derived { diagnostics, ..Derived::default() })
}

/// What is kept of an article that was read; only the diagnostics where that fails.
fn kept(
    read: ReadArticle,
    linking: &Linking,
    capture: &Capture,
    diagnostics: Vec<Diagnostic>,
) -> Result<Derived, Vec<Diagnostic>> {
    match guarded(|| derived(read, linking)) {
        Ok(mut derived) => {
            derived.diagnostics.splice(0..0, diagnostics);
            Ok(derived)
        }
        Err(failed) => Err(diagnostics.into_iter().chain([failed.at(capture.location.clone())]).collect()),
    }
}

fn derived(read: ReadArticle, linking: &Linking) -> Derived {
    let (linkable, diagnostics) = linking.prepare(&read);
    let ReadArticle { article, records, .. } = read;
    let keep = |record: AttributionRecord| KeptRecord { raw: record.raw_ranges(&article.reading), record };
    let records = records.into_iter().map(keep).collect();
    fn value<T: Clone>(stated: &Option<Stated<T>>) -> Option<T> {
        stated.as_ref().map(|stated| stated.value.clone())
    }
    let stated = &article.metadata;
    let metadata = Metadata {
        address: value(&stated.address),
        outlet: value(&stated.outlet),
        title: value(&stated.title),
        byline: value(&stated.byline),
        published: value(&stated.published),
        modified: value(&stated.modified),
        language: Some(article.language.code().to_owned()),
        other: json!({ "stated": stated }),
    };
    let reading = KeptReading { text: article.reading.text().to_owned(), records };
    Derived { metadata, reading: Some(reading), diagnostics, linkable: Some(linkable) }
}
