//! The attribution model: text to scored attributions (source, cue, content), by a small neural network.
//!
//! Pure: weights and vocabulary are passed in. The same text and sentences give the same spans and scores on every
//! machine, whatever runs beside it: matrix products are exact integer sums, floats are never fused or reordered, and
//! each window is read by itself. How the weights were made and what they are worth: `training/` and
//! `models/attribution/CARD.md`. Not here: who "he" is, whether a cue affirms or denies, own voice.

mod assemble;
mod cache;
mod decode;
mod encode_only;
mod encoder;
mod kernel;
mod linker;
mod math;
mod reading;
mod sentence_encoder;
mod weights;
mod window;
mod wordpiece;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use onrecord_evidence::{Digest, TextRange};

pub use cache::CacheUse;
pub use sentence_encoder::{SentenceEncoder, SentenceVector};

use crate::Crew;
use cache::WindowCache;
use decode::Chain;
use encoder::{Encoder, Words};
use kernel::Isa;
use linker::Linker;
use math::WIDTH;
use reading::{Buffers, WindowInput};
use weights::Tensors;
use wordpiece::Vocabulary;

/// What the weights file must call its format.
const FORMAT: &str = "onrecord-attribution-1";
/// Bonus of a likely cue, in the natural logarithm of odds.
const LIKELY: f32 = 14.0;
/// The belief in a likely cue that the model would not have found by itself: about the share of such phrases that are one.
const LIKELY_BELIEF: f32 = 0.7;
/// Windows of one text that a thread reads before it looks again for threads that have nothing to do.
const SHARE: usize = 8;
/// Longest text that is read, in bytes; byte offsets are 32 bits wide.
const LONGEST_TEXT: usize = u32::MAX as usize - 1;

/// An attribution as ranges of the text, in text order, with the model's belief that it is one.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredSpans {
    /// Who is credited: no range where the text names nobody, else one.
    pub source: Vec<TextRange>,
    /// The words that signal it: one range.
    pub cue: Vec<TextRange>,
    /// What is attributed: at least one range; quotation marks are inside of it, the comma after it is not.
    pub content: Vec<TextRange>,
    /// From 0 to 1 in steps of 0.001: how sure the model is that the cue is one; 0.7 where only a likely cue speaks for it.
    pub score: f32,
}

/// The model could not be loaded.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What is wrong with a model's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The weights are no safetensors file, were cut off, or are of another format.
    File,
    /// The weights do not have the digest that they state.
    Digest,
    /// A tensor is missing or has another shape than this version reads.
    Shape,
    /// The vocabulary does not belong to the weights.
    Vocabulary,
}

impl Error {
    fn new(kind: ErrorKind, message: String) -> Self {
        Self { kind, message }
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The network with its vocabulary. Immutable: any number of threads may read with one.
pub struct Model {
    digest: String,
    vocabulary: Arc<Vocabulary>,
    encoder: Encoder,
    cue_head: Vec<f32>,
    cue_bias: Vec<f32>,
    cue_chain: Chain,
    linker: Linker,
    link_chain: Chain,
    isa: Isa,
    cache: WindowCache,
    /// Buffers that no thread uses just now: making them anew for each text costs time, to threads beside each other most.
    buffers: Mutex<Vec<Buffers>>,
    /// Products in floats, slowly: the reference that tests compare with.
    #[cfg(test)]
    in_floats: bool,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("digest", &self.digest).finish_non_exhaustive()
    }
}

impl Model {
    /// Reads the bytes of `weights.safetensors` and the lines of `vocab.txt`.
    ///
    /// # Errors
    /// If the weights were damaged or cut off, belong to another version, or the vocabulary is not theirs.
    pub fn load(weights: &[u8], vocab: &str) -> Result<Self, Error> {
        let tensors = Tensors::read(weights)?;
        let format = tensors.metadata("format")?;
        if format != FORMAT {
            let message = format!("the weights are of format {format}, expected {FORMAT}");
            return Err(Error::new(ErrorKind::File, message));
        }
        let (stated, found) = (tensors.metadata("vocab_sha256")?, Digest::of_bytes(vocab.as_bytes()).to_string());
        if found != stated {
            let message = format!("the vocabulary has digest {found}, the weights expect {stated}");
            return Err(Error::new(ErrorKind::Vocabulary, message));
        }
        let encoder = Encoder::read(&tensors, Arc::new(Words::read(&tensors)?))?;
        Ok(Self {
            digest: tensors.metadata("data_sha256")?.to_owned(),
            vocabulary: Arc::new(Vocabulary::read(vocab, encoder.vocabulary())?),
            encoder,
            cue_head: tensors.floats("cue_head.weight", &[3, WIDTH])?,
            cue_bias: tensors.floats("cue_head.bias", &[3])?,
            cue_chain: Chain::new(1, tensors.floats("cue_chain.step", &[2, 2])?),
            linker: Linker::read(&tensors)?,
            link_chain: Chain::new(2, tensors.floats("link_chain.step", &[3, 3])?),
            isa: Isa::best(),
            cache: WindowCache::default(),
            buffers: Mutex::default(),
            #[cfg(test)]
            in_floats: false,
        })
    }

    /// SHA-256 of the weights' tensors, 64 hexadecimal digits; `data_sha256` of the file, which [`Model::load`] checked.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The attributions of `text`, in the order of their cues.
    ///
    /// `sentences` are where its sentences stand, in text order; the model reads whole sentences together, and its answer
    /// depends little on them. Ranges that fit no sentence do no harm. A text of 4 GiB or more has no attributions.
    /// Where a range of `likely_cues` stands (in text order, none inside of another) the cue layer is given a bonus, and still
    /// decides. Time is linear in the text, and memory beyond the text's pieces does not grow with it.
    ///
    /// ```
    /// use onrecord_annotate::{Model, sentences};
    /// let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/attribution");
    /// let vocab = std::fs::read_to_string(folder.join("vocab.txt"))?;
    /// let model = Model::load(&std::fs::read(folder.join("weights.safetensors"))?, &vocab)?;
    /// let text = "The harbour master denied on Monday that the port had been closed.";
    /// let found = model.attributions(text, &sentences(text, &[]), &[]);
    /// assert_eq!(found[0].source[0].slice(text), Some("The harbour master"));
    /// assert_eq!(found[0].cue[0].slice(text), Some("denied"));
    /// assert_eq!(found[0].content[0].slice(text), Some("that the port had been closed"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn attributions(&self, text: &str, sentences: &[TextRange], likely_cues: &[TextRange]) -> Vec<ScoredSpans> {
        self.attributions_shared(text, sentences, likely_cues, &Crew::default())
    }

    /// As [`Model::attributions`], the windows of the text shared with the idle threads of `crew`.
    pub fn attributions_shared(
        &self,
        text: &str,
        sentences: &[TextRange],
        likely_cues: &[TextRange],
        crew: &Crew,
    ) -> Vec<ScoredSpans> {
        if text.len() > LONGEST_TEXT {
            return Vec::new();
        }
        let pieces = window::read_pieces(text, &self.vocabulary);
        let windows = window::windows(&pieces, &window::sentence_pieces(&pieces, sentences));
        let readings = crew.share(
            windows.len(),
            SHARE,
            || self.buffers(),
            |buffers, number| {
                let input = WindowInput::new(&pieces, &windows[number], likely_cues);
                self.cache.get_or(input.digest(self), || self.read_window(&input, &mut buffers.buffers))
            },
        );
        let mut found = Vec::new();
        for (window, reading) in windows.iter().zip(&readings) {
            let pieces = &pieces[window.pieces.clone()];
            for one in &reading.cues {
                let cue = (usize::from(one.cue.0), usize::from(one.cue.1));
                found.extend(assemble::assemble(text, pieces, cue, &one.states(pieces.len()), one.score));
            }
        }
        found
    }

    /// How often a window was known from before.
    pub fn cache_use(&self) -> CacheUse {
        self.cache.uses()
    }

    /// The same model with a cache of about so many bytes; 0 for none. What it finds is the same.
    #[must_use]
    pub fn with_cache(self, bytes: usize) -> Self {
        Self { cache: WindowCache::with_limit(bytes), ..self }
    }

    /// Buffers for one thread, until they are dropped.
    fn buffers(&self) -> Borrowed<'_> {
        let spare = self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        #[cfg_attr(not(test), allow(unused_mut))]
        let mut buffers = spare.unwrap_or_default();
        #[cfg(test)]
        buffers.set_reference(self.in_floats);
        Borrowed { model: self, buffers }
    }
}

/// Buffers that go back to their model.
struct Borrowed<'model> {
    model: &'model Model,
    buffers: Buffers,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let buffers = std::mem::take(&mut self.buffers);
        self.model.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffers);
    }
}

#[cfg(test)]
mod tests;
