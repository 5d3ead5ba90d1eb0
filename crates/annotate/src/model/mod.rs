//! The attribution model: text to scored attributions (source, cue, content), by a small neural network.
//!
//! Pure: weights and vocabulary are passed in. The same text and sentences give the same spans and scores on every
//! machine, whatever runs beside it: matrix products are exact integer sums, floats are never fused or reordered, and
//! each window is read by itself. How the weights were made and what they are worth: `training/` and
//! `models/attribution/CARD.md`. Not here: who "he" is, whether a cue affirms or denies, own voice.

mod assemble;
mod decode;
mod encoder;
mod kernel;
mod linker;
mod math;
mod weights;
mod window;
mod wordpiece;

use std::fmt;

use onrecord_evidence::{Digest, TextRange};

use decode::{Chain, Place};
use encoder::{Encoder, Workspace};
use kernel::Isa;
use linker::{LinkWork, Linker};
use math::WIDTH;
use weights::Tensors;
use window::{Piece, Window};
use wordpiece::Vocabulary;

/// What the weights file must call its format.
const FORMAT: &str = "onrecord-attribution-1";
/// Bonus of a likely cue, in the natural logarithm of odds.
const LIKELY: f32 = 14.0;
/// The belief in a likely cue that the model would not have found by itself: about the share of such phrases that are one.
const LIKELY_BELIEF: f32 = 0.7;
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

/// What one reading of a text looks at.
struct Seen<'text> {
    text: &'text str,
    pieces: &'text [Piece],
    likely_cues: &'text [TextRange],
}

/// The network with its vocabulary. Immutable: any number of threads may read with one.
pub struct Model {
    digest: String,
    vocabulary: Vocabulary,
    encoder: Encoder,
    cue_head: Vec<f32>,
    cue_bias: Vec<f32>,
    cue_chain: Chain,
    linker: Linker,
    link_chain: Chain,
    isa: Isa,
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
        let encoder = Encoder::read(&tensors)?;
        Ok(Self {
            digest: tensors.metadata("data_sha256")?.to_owned(),
            vocabulary: Vocabulary::read(vocab, encoder.vocabulary())?,
            encoder,
            cue_head: tensors.floats("cue_head.weight", &[3, WIDTH])?,
            cue_bias: tensors.floats("cue_head.bias", &[3])?,
            cue_chain: Chain::new(1, tensors.floats("cue_chain.step", &[2, 2])?),
            linker: Linker::read(&tensors)?,
            link_chain: Chain::new(2, tensors.floats("link_chain.step", &[3, 3])?),
            isa: Isa::best(),
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
        self.read(text, sentences, likely_cues, Workspace::default())
    }

    fn read(
        &self,
        text: &str,
        sentences: &[TextRange],
        likely_cues: &[TextRange],
        mut work: Workspace,
    ) -> Vec<ScoredSpans> {
        if text.len() > LONGEST_TEXT {
            return Vec::new();
        }
        let pieces = window::read_pieces(text, &self.vocabulary);
        let sentences = window::sentence_pieces(&pieces, sentences);
        let mut link_work = LinkWork::default();
        let mut found = Vec::new();
        let seen = Seen { text, pieces: &pieces, likely_cues };
        for window in window::windows(&sentences) {
            self.read_window(&seen, &window, &mut work, &mut link_work, &mut found);
        }
        found
    }

    fn read_window(
        &self,
        seen: &Seen<'_>,
        window: &Window,
        work: &mut Workspace,
        link_work: &mut LinkWork,
        found: &mut Vec<ScoredSpans>,
    ) {
        let pieces = &seen.pieces[window.pieces.clone()];
        let own = window.own.start - window.pieces.start..window.own.end - window.pieces.start;
        self.encoder.encode(self.isa, pieces, work);
        let heads = self.cue_head.chunks_exact(WIDTH).zip(&self.cue_bias);
        let scores: Vec<f32> = work
            .vectors
            .chunks_exact(WIDTH)
            .flat_map(|row| heads.clone().map(|(weights, bias)| math::dot(row, weights) + bias))
            .collect();
        let mut raised = scores.clone();
        raise(&mut raised, pieces, seen.likely_cues);
        let path = self.cue_chain.best(&raised, |row| place(pieces, row));
        // Row `i + 1` is piece `i`; the marks at both ends are shut, so no run begins at row 0.
        let mut cues = decode::runs(&path, 1);
        cues.retain(|(first, _)| own.contains(&(first - 1)));
        if cues.is_empty() {
            return;
        }
        self.linker.prepare(self.isa, &cues, work, link_work);
        for (number, &(first, last)) in cues.iter().enumerate() {
            let from = self.linker.score(self.isa, number, (first, last), pieces, work, link_work);
            let path = self.link_chain.best(&link_work.scores, |row| place(pieces, from + row));
            let mut states = vec![0; pieces.len() + 2];
            states[from..from + path.len()].copy_from_slice(&path);
            let own = math::sigmoid(self.cue_chain.odds(&scores, first, last));
            let with_bonus = math::sigmoid(self.cue_chain.odds(&raised, first, last));
            let belief = own.max(with_bonus.min(LIKELY_BELIEF));
            let score = (belief * 1000.0).round() / 1000.0;
            let states = &states[1..=pieces.len()];
            found.extend(assemble::assemble(seen.text, pieces, (first - 1, last - 1), states, score));
        }
    }
}

/// What may be decided for a row of a window.
/// Adds [`LIKELY`] to the scores of each likely cue among `pieces`, shared out over its pieces.
fn raise(scores: &mut [f32], pieces: &[Piece], likely_cues: &[TextRange]) {
    let Some(window) = pieces.first().zip(pieces.last()).map(|(first, last)| first.range.hull(last.range)) else {
        return;
    };
    let from = likely_cues.partition_point(|cue| cue.end <= window.start);
    for cue in likely_cues[from..].iter().take_while(|cue| cue.start < window.end) {
        let first = pieces.partition_point(|piece| piece.range.end <= cue.start);
        let count = pieces[first..].iter().take_while(|piece| piece.range.start < cue.end).count();
        for piece in first..first + count {
            // Row 0 is the mark before the first piece; of the three scores of a row, the first is for being inside.
            scores[3 * (piece + 1)] += LIKELY / count as f32;
        }
    }
}

fn place(pieces: &[Piece], row: usize) -> Place {
    match row.checked_sub(1).and_then(|number| pieces.get(number)) {
        None => Place::Shut,
        Some(piece) if piece.continues => Place::Glued,
        Some(_) => Place::Open,
    }
}

#[cfg(test)]
mod tests;
