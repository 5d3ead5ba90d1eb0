//! From one capture to its records: the stages in order, with the models that ship. Not the ledger.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use onrecord_annotate::{
    ActTable, Annotator, CacheUse, Crew, DayOrder, FigureTable, Gazetteer, HedgeTable, LikelyCues, Model, PartyFiles,
    PartyTables, PlaceFinder, RelayTable, SentenceEncoder, Setting, SharedReader,
};
use onrecord_evidence::{ArticleId, Capture, Diagnostic, Digest, Time};
use onrecord_read::{Article, Known, Language, Limits, identity};
use onrecord_record::{AttributionRecord, records};
use onrecord_wire::ArticleView;

use crate::linking::statement_tables;

const WEIGHTS: &[u8] = include_bytes!("../../../models/attribution/weights.safetensors");
const VOCABULARY: &str = include_str!("../../../models/attribution/vocab.txt");
const ACTS: &str = include_str!("../../../models/acts/acts.toml");
const LIKELY_CUES: &str = include_str!("../../../models/acts/likely_cues.toml");
const LEXICON: &str = include_str!("../../../models/hedges/lexicon.toml");
const RELAY: &str = include_str!("../../../models/relay/relay.toml");
const PARTIES: PartyFiles<'static> = PartyFiles {
    countries: include_str!("../../../models/places/countries.toml"),
    regions: include_str!("../../../models/parties/regions.toml"),
    metonyms: include_str!("../../../models/parties/metonyms.toml"),
    outlets: include_str!("../../../models/parties/outlets.toml"),
    titles: include_str!("../../../models/parties/titles.toml"),
    given_names: include_str!("../../../models/parties/given_names.toml"),
};
const GAZETTEER: &[u8] = include_bytes!("../../../models/places/gazetteer.bin");
const FIGURES: &str = include_str!("../../../models/figures/figures.toml");
const HEDGES: &str = include_str!("../../../models/hedges/hedges.toml");

/// Raised when code outside of the shipped models changes what comes out for the same bytes.
const PIPELINE_VERSION: &str = "4";

/// A model does not load: where it is a shipped one, the build is broken.
#[derive(Debug, thiserror::Error)]
#[error("the {what} cannot be used")]
pub struct Error {
    what: &'static str,
    #[source]
    cause: Box<dyn std::error::Error + Send + Sync>,
}

/// The stages with their models; immutable, shared by all threads.
pub struct Pipeline {
    model: Model,
    crew: Crew,
    likely_cues: LikelyCues,
    acts: ActTable,
    hedges: HedgeTable,
    figures: FigureTable,
    parties: PartyTables,
    relays: RelayTable,
    places: Option<PlaceFinder>,
    limits: Limits,
    digest: Digest,
}

/// An article with its records, or without where its language is not read.
pub struct ReadArticle {
    /// Its identity.
    pub id: ArticleId,
    /// What identifies it, in words.
    pub key: identity::ArticleKey,
    /// Text, map, metadata, language.
    pub article: Article,
    /// Its attributions, in the order of their cues.
    pub records: Vec<AttributionRecord>,
}

impl ReadArticle {
    /// Whether the text was annotated: another language than English is named and left unread.
    pub const fn was_read(&self) -> bool {
        !matches!(self.article.language, Language::Other { .. })
    }

    /// The article as the outward formats see it.
    pub fn view<'a>(&'a self, capture: &'a Capture) -> ArticleView<'a> {
        ArticleView { capture, id: self.id, article: &self.article, records: &self.records }
    }
}

impl Pipeline {
    /// Loads the models that ship with this version, in a few tens of milliseconds.
    ///
    /// # Errors
    /// Where a shipped file does not fit this build.
    pub fn shipped() -> Result<Self, Error> {
        Self::with_model(WEIGHTS, VOCABULARY)
    }

    /// The shipped tables with another attribution model: the bytes of its weights, the lines of its vocabulary.
    ///
    /// # Errors
    /// Where the model is damaged or does not fit this build.
    pub fn with_model(weights: &[u8], vocabulary: &str) -> Result<Self, Error> {
        // The act table takes as long as all others: half of the start is spent beside the other half.
        let (acts, others) = thread::scope(|scope| {
            let acts = scope.spawn(|| ActTable::parse(ACTS).map_err(failed("act table")));
            let others = || {
                let model = Model::load(weights, vocabulary).map_err(failed("attribution model"))?;
                let likely_cues = LikelyCues::parse(LIKELY_CUES).map_err(failed("list of likely cues"))?;
                let hedges = HedgeTable::parse(HEDGES).map_err(failed("hedge lexicon"))?;
                let figures = FigureTable::parse(FIGURES).map_err(failed("table of figures"))?;
                let places = PlaceFinder::new(Gazetteer::new(GAZETTEER).map_err(failed("gazetteer"))?);
                let parties = PartyTables::parse(PARTIES).map_err(failed("table of parties"))?;
                let relays = RelayTable::parse(LEXICON, RELAY).map_err(failed("table of relays"))?;
                Ok((model, likely_cues, hedges, figures, places, parties, relays))
            };
            let others = others();
            (acts.join().unwrap_or_else(|panic| resume_unwind(panic)), others)
        });
        let (acts, (model, likely_cues, hedges, figures, places, parties, relays)) = (acts?, others?);
        let places = Some(places);
        let [sentences, stems] = statement_tables();
        let digest = Digest::of_fields(
            "onrecord/pipeline/1",
            &[
                PIPELINE_VERSION.as_bytes(),
                model.digest().as_bytes(),
                LIKELY_CUES.as_bytes(),
                ACTS.as_bytes(),
                HEDGES.as_bytes(),
                FIGURES.as_bytes(),
                &checksum(GAZETTEER),
                LEXICON.as_bytes(),
                RELAY.as_bytes(),
                PARTIES.countries.as_bytes(),
                PARTIES.regions.as_bytes(),
                PARTIES.metonyms.as_bytes(),
                PARTIES.outlets.as_bytes(),
                PARTIES.titles.as_bytes(),
                PARTIES.given_names.as_bytes(),
                sentences.as_bytes(),
                stems.as_bytes(),
            ],
        );
        Ok(Self {
            model,
            crew: Crew::default(),
            likely_cues,
            acts,
            hedges,
            figures,
            parties,
            relays,
            places,
            limits: Limits::default(),
            digest,
        })
    }

    /// The same pipeline with another gazetteer. Where its bytes are missing or damaged it finds no places, and says so once.
    #[must_use]
    pub fn with_gazetteer(self, bytes: Vec<u8>) -> (Self, Option<Diagnostic>) {
        let sum = checksum(&bytes);
        let (places, diagnostic) = match Gazetteer::new(bytes) {
            Ok(gazetteer) => (Some(PlaceFinder::new(gazetteer)), None),
            Err(error) => {
                let message = format!("{error}; no place is looked up");
                (None, Some(Diagnostic::error("no-gazetteer", message).hint(error.hint())))
            }
        };
        let found: &[u8] = if places.is_some() { &sum } else { b"none" };
        let digest = Digest::of_fields("onrecord/pipeline/gazetteer/1", &[self.digest.as_bytes(), found]);
        (Self { places, digest, ..self }, diagnostic)
    }

    /// The same pipeline with a cache of windows of about so many bytes; 0 for none. What it reads is the same.
    #[must_use]
    pub fn with_cache(self, bytes: usize) -> Self {
        Self { model: self.model.with_cache(bytes), ..self }
    }

    /// The encoder of sentences with these weights, which cuts words as this pipeline does.
    pub(crate) fn sentence_encoder(&self, weights: &[u8]) -> Result<SentenceEncoder, onrecord_annotate::model::Error> {
        SentenceEncoder::load(weights, &self.model)
    }

    /// How often a window of a text was known from before.
    pub fn cache_use(&self) -> CacheUse {
        self.model.cache_use()
    }

    /// The threads that read with this pipeline: what waits here helps with long texts ([`crate::for_each_ordered`]).
    pub const fn crew(&self) -> &Crew {
        &self.crew
    }

    /// What this pipeline is: the same digest gives the same output for the same capture.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// What this pipeline is, for people: the version of Onrecord and the beginning of the digest.
    pub fn description(&self) -> String {
        format!("onrecord {} ({:.8})", env!("CARGO_PKG_VERSION"), self.digest.to_string())
    }

    /// Reads one capture. Whatever is wrong with it is in the diagnostics; nothing panics past here.
    pub fn read(&self, capture: &Capture, known: &Known) -> (Option<ReadArticle>, Vec<Diagnostic>) {
        self.read_as(capture, known, None)
    }

    /// Reads one capture as one of a known article, whatever identity its own words would give it.
    pub(crate) fn read_as(
        &self,
        capture: &Capture,
        known: &Known,
        article: Option<ArticleId>,
    ) -> (Option<ReadArticle>, Vec<Diagnostic>) {
        let outcome = guarded(|| self.read_unguarded(capture, known, article));
        let (article, diagnostics) = outcome.unwrap_or_else(|diagnostic| (None, vec![diagnostic]));
        (article, diagnostics.into_iter().map(|diagnostic| diagnostic.at(capture.location.clone())).collect())
    }

    fn read_unguarded(
        &self,
        capture: &Capture,
        known: &Known,
        known_article: Option<ArticleId>,
    ) -> (Option<ReadArticle>, Vec<Diagnostic>) {
        let (article, mut diagnostics) = onrecord_read::read(capture, known, &self.limits);
        let Some(article) = article else { return (None, diagnostics) };
        let key = identity::article_key(&article.metadata, &article.reading);
        let id = known_article.unwrap_or_else(|| key.id());
        if matches!(article.language, Language::Other { .. }) {
            return (Some(ReadArticle { id, key, article, records: Vec::new() }), diagnostics);
        }
        let reader = SharedReader { model: &self.model, crew: &self.crew };
        let annotator = Annotator {
            reader: &reader,
            likely_cues: &self.likely_cues,
            acts: &self.acts,
            hedges: &self.hedges,
            figures: &self.figures,
            parties: &self.parties,
            relays: &self.relays,
            places: self.places.as_ref(),
        };
        let metadata = &article.metadata;
        let setting = Setting {
            published: metadata.published.as_ref().and_then(|published| published.value.day()),
            received: capture.fetched.as_ref().and_then(Time::day),
            outlet: metadata.outlet.as_ref().map(|outlet| outlet.value.clone()),
            order: DayOrder::default(),
        };
        let (layers, found) = annotator.annotate(&article.reading, &setting);
        diagnostics.extend(found);
        let (records, refused) = records(id, &article.reading, &layers);
        diagnostics.extend(refused.iter().map(|error| Diagnostic::warning("no-evidence", error.to_string())));
        (Some(ReadArticle { id, key, article, records }), diagnostics)
    }
}

/// Names what does not load.
pub(crate) fn failed<E: std::error::Error + Send + Sync + 'static>(what: &'static str) -> impl FnOnce(E) -> Error {
    move |cause| Error { what, cause: Box::new(cause) }
}

/// The part of a gazetteer that tells it from others: its head with the checksum of all of it.
fn checksum(gazetteer: &[u8]) -> [u8; 32] {
    *Digest::of_bytes(&gazetteer[..gazetteer.len().min(128)]).as_bytes()
}

/// Calls stages; a panic in them becomes a diagnostic. They promise not to panic: a page that proves them wrong costs itself
/// and no other one.
pub(crate) fn guarded<T>(stages: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(stages)).map_err(|_| {
        Diagnostic::error("reader-failed", "reading this input broke an internal rule; it is left out")
            .hint("please report it, with the file if you may")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_diagnostic() {
        assert_eq!(guarded(|| 1), Ok(1));
        let diagnostic = guarded(|| -> u32 { panic!("a broken rule") }).unwrap_err();
        assert_eq!(diagnostic.id, "reader-failed");
    }
}
