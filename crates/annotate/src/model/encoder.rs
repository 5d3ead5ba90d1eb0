//! The encoder: pieces of one window to vectors. Not here: which pieces stand in a window, what the vectors mean.

use std::sync::Arc;

use super::kernel::{self, Isa};
use super::math::{AttentionScratch, HEAD, WIDTH};
use super::weights::{Bytes, Linear, Tensors};
use super::window::{CASES, MAX_PIECES, Piece, QUOTES};
use super::{Error, ErrorKind};
use onrecord_evidence::Digest;

const LAYERS: usize = 6;
const INNER: usize = 4 * WIDTH;
/// Rows that a window can have: its pieces between the two marks of its ends.
const ROWS: usize = MAX_PIECES + 2;
/// The vocabulary's marks for the two ends of a window.
const FIRST_MARK: u32 = 101;
const LAST_MARK: u32 = 102;

/// A BERT encoder with embeddings for case, quotation marks and paragraph starts.
pub(super) struct Encoder {
    words: Arc<Words>,
    positions: Vec<f32>,
    cases: Vec<f32>,
    quotes: Vec<f32>,
    starts: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// The table of word vectors, which encoders may share: a vector of signed bytes for each piece, and its scale.
pub(super) struct Words {
    values: Vec<i8>,
    scales: Vec<f32>,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    qkv: Linear,
    out: Linear,
    attention_norm: Norm,
    up: Linear,
    down: Linear,
    inner_norm: Norm,
}

/// Buffers that every window uses again.
#[derive(Default)]
pub(super) struct Workspace {
    pub(super) bytes: Bytes,
    /// One vector of [`WIDTH`] for each row of the window, when [`Encoder::encode`] is done.
    pub(super) vectors: Vec<f32>,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    change: Vec<f32>,
    inner: Vec<f32>,
    attention: AttentionScratch,
    /// Products in floats, slowly: the reference that tests compare with.
    #[cfg(test)]
    pub(super) in_floats: bool,
}

impl Norm {
    fn read(tensors: &Tensors<'_>, name: &str) -> Result<Self, Error> {
        Ok(Self {
            weight: tensors.floats(&format!("{name}.weight"), &[WIDTH])?,
            bias: tensors.floats(&format!("{name}.bias"), &[WIDTH])?,
        })
    }

    fn apply(&self, isa: Isa, x: &mut [f32], add: &[f32]) {
        kernel::normalise(isa, x, add, &self.weight, &self.bias);
    }
}

impl Words {
    /// The table of a weights file.
    pub(super) fn read(tensors: &Tensors<'_>) -> Result<Self, Error> {
        let words = tensors.rows("word.weight");
        if words <= LAST_MARK as usize {
            let message = format!("the weights know {words} words: too few for BERT's special ones");
            return Err(Error::new(ErrorKind::Shape, message));
        }
        Ok(Self {
            values: tensors.integers("word.weight", &[words, WIDTH])?,
            scales: tensors.floats("word.scale", &[words])?,
        })
    }

    /// SHA-256 of the vectors' bytes.
    pub(super) fn digest(&self) -> Digest {
        Digest::of_bytes(&self.values.iter().map(|value| *value as u8).collect::<Vec<_>>())
    }
}

impl Encoder {
    /// An encoder over `words`; all but the word vectors from the file.
    pub(super) fn read(tensors: &Tensors<'_>, words: Arc<Words>) -> Result<Self, Error> {
        let layer = |number: usize| -> Result<Layer, Error> {
            let name = |part: &str| format!("layers.{number}.{part}");
            Ok(Layer {
                qkv: Linear::read(tensors, &name("qkv"), WIDTH, 3 * WIDTH)?,
                out: Linear::read(tensors, &name("out"), WIDTH, WIDTH)?,
                attention_norm: Norm::read(tensors, &name("norm1"))?,
                up: Linear::read(tensors, &name("up"), WIDTH, INNER)?,
                down: Linear::read(tensors, &name("down"), INNER, WIDTH)?,
                inner_norm: Norm::read(tensors, &name("norm2"))?,
            })
        };
        Ok(Self {
            words,
            positions: tensors.floats("position.weight", &[ROWS, WIDTH])?,
            cases: tensors.floats("case.weight", &[CASES, WIDTH])?,
            quotes: tensors.floats("quote.weight", &[QUOTES, WIDTH])?,
            starts: tensors.floats("start.weight", &[2, WIDTH])?,
            norm: Norm::read(tensors, "norm")?,
            layers: (0..LAYERS).map(layer).collect::<Result<_, _>>()?,
        })
    }

    /// The table of word vectors.
    pub(super) const fn words(&self) -> &Arc<Words> {
        &self.words
    }

    /// How many words the table has.
    pub(super) fn vocabulary(&self) -> usize {
        self.words.scales.len()
    }

    /// The vectors of a window: row 0 is the mark before it, row `i + 1` is piece `i`, then the mark after it.
    pub(super) fn encode(&self, isa: Isa, pieces: &[Piece], work: &mut Workspace) {
        self.embed(isa, pieces, work);
        let (rows, reference) = (pieces.len() + 2, work.reference());
        for layer in &self.layers {
            apply(&layer.qkv, isa, &work.vectors, &mut work.bytes, &mut work.qkv, reference);
            work.mixed.resize(rows * WIDTH, 0.0);
            for head in 0..WIDTH / HEAD {
                kernel::attend(isa, &work.qkv, head, &mut work.attention, &mut work.mixed);
            }
            apply(&layer.out, isa, &work.mixed, &mut work.bytes, &mut work.change, reference);
            layer.attention_norm.apply(isa, &mut work.vectors, &work.change);
            apply(&layer.up, isa, &work.vectors, &mut work.bytes, &mut work.inner, reference);
            kernel::gelu(isa, &mut work.inner);
            apply(&layer.down, isa, &work.inner, &mut work.bytes, &mut work.change, reference);
            layer.inner_norm.apply(isa, &mut work.vectors, &work.change);
        }
    }

    fn embed(&self, isa: Isa, pieces: &[Piece], work: &mut Workspace) {
        work.vectors.clear();
        let marks = |id| Piece { id, ..Piece::default() };
        let (first, last) = (marks(FIRST_MARK), marks(LAST_MARK));
        let row = |table: &[f32], number: usize, column: usize| table[number * WIDTH + column];
        for (position, piece) in [&first].into_iter().chain(pieces).chain([&last]).enumerate() {
            let id = piece.id as usize;
            let (words, scale) = (&self.words.values[id * WIDTH..(id + 1) * WIDTH], self.words.scales[id]);
            let (case, quote, start) = (piece.case as usize, piece.quote as usize, usize::from(piece.starts_paragraph));
            work.vectors.extend(words.iter().enumerate().map(|(column, word)| {
                f32::from(*word) * scale
                    + row(&self.positions, position, column)
                    + row(&self.cases, case, column)
                    + row(&self.quotes, quote, column)
                    + row(&self.starts, start, column)
            }));
        }
        work.change.clear();
        work.change.resize(work.vectors.len(), 0.0);
        self.norm.apply(isa, &mut work.vectors, &work.change);
    }
}

impl Workspace {
    #[cfg(test)]
    pub(super) fn reference(&self) -> bool {
        self.in_floats
    }

    #[cfg(not(test))]
    pub(super) const fn reference(&self) -> bool {
        false
    }
}

/// `linear` on rows of `x`; in floats if a test asks for the reference.
pub(super) fn apply(linear: &Linear, isa: Isa, x: &[f32], bytes: &mut Bytes, out: &mut Vec<f32>, reference: bool) {
    #[cfg(test)]
    if reference {
        return linear.apply_in_floats(x, out);
    }
    let _ = reference;
    linear.apply(isa, x, bytes, out);
}
