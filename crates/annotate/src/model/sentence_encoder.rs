//! Sentences to vectors whose cosine says how alike they are in meaning. Not a decision: two sentences that contradict each other
//! are as alike as two that agree.
//!
//! The network is all-MiniLM-L6-v2 (Sentence-BERT, Reimers and Gurevych 2019; MiniLM, Wang et al. 2020) in 8 bits; it shares its word vectors
//! with the attribution model.

use std::sync::{Arc, Mutex, PoisonError};

use super::encoder::{Encoder, Workspace};
use super::kernel::Isa;
use super::math::WIDTH;
use super::weights::Tensors;
use super::window;
use super::wordpiece::Vocabulary;
use super::{Error, ErrorKind, Model};

/// What the weights file must call its format.
const FORMAT: &str = "onrecord-sentences-1";
/// Word pieces of a sentence that are read; what stands behind them counts for nothing.
const LONGEST: usize = 126;

/// The network that gives vectors. Immutable: any number of threads may use one.
pub struct SentenceEncoder {
    digest: String,
    vocabulary: Arc<Vocabulary>,
    encoder: Encoder,
    isa: Isa,
    workspaces: Mutex<Vec<Workspace>>,
}

/// The direction of a sentence's meaning: 384 signed bytes, the largest of which is 127 in size. A sentence without words has zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceVector(Box<[i8]>);

impl SentenceVector {
    /// A vector of kept bytes; `None` unless there are 384.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == WIDTH).then(|| Self(bytes.iter().map(|byte| *byte as i8).collect()))
    }

    /// Its bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().map(|value| *value as u8).collect()
    }

    /// The cosine with another vector, -1 to 1 in thousandths; 0 where one is zero. The same on every machine.
    pub fn cosine(&self, other: &Self) -> f32 {
        let product = |left: &Self, right: &Self| -> i32 {
            left.0.iter().zip(&right.0).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
        };
        let sizes = f64::from(product(self, self)) * f64::from(product(other, other));
        let cosine = if sizes > 0.0 { f64::from(product(self, other)) / sizes.sqrt() } else { 0.0 };
        ((cosine * 1000.0).round() / 1000.0) as f32
    }
}

impl SentenceEncoder {
    /// Reads the bytes of the weights file; vocabulary and word vectors are those of `model`.
    ///
    /// # Errors
    /// If the weights were damaged, belong to another version, or to another attribution model.
    pub fn load(weights: &[u8], model: &Model) -> Result<Self, Error> {
        let tensors = Tensors::read(weights)?;
        let format = tensors.metadata("format")?;
        if format != FORMAT {
            return Err(Error::new(ErrorKind::File, format!("the weights are of format {format}, expected {FORMAT}")));
        }
        let words = model.encoder.words();
        let (stated, found) = (tensors.metadata("words_sha256")?, words.digest().to_string());
        if stated != found {
            let message =
                format!("the attribution model's word vectors have digest {found}, the weights expect {stated}");
            return Err(Error::new(ErrorKind::Vocabulary, message));
        }
        Ok(Self {
            digest: tensors.metadata("data_sha256")?.to_owned(),
            vocabulary: Arc::clone(&model.vocabulary),
            encoder: Encoder::read(&tensors, Arc::clone(words))?,
            isa: model.isa,
            workspaces: Mutex::default(),
        })
    }

    /// SHA-256 of the weights' tensors, 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The vector of `sentence`, of which the first 126 word pieces count.
    ///
    /// ```
    /// use onrecord_annotate::{Model, SentenceEncoder};
    /// let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    /// let vocab = std::fs::read_to_string(folder.join("attribution/vocab.txt"))?;
    /// let model = Model::load(&std::fs::read(folder.join("attribution/weights.safetensors"))?, &vocab)?;
    /// let encoder = SentenceEncoder::load(&std::fs::read(folder.join("sentences/weights.safetensors"))?, &model)?;
    /// let [closed, denied, rates] =
    ///     ["The port was closed.", "No closure of the port took place.", "Rates stay where they were."].map(|one| encoder.vector(one));
    /// assert!(closed.cosine(&denied) > 0.6 && closed.cosine(&rates) < 0.3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn vector(&self, sentence: &str) -> SentenceVector {
        // A piece has at least one byte, and accents that leave no trace are few.
        let end = sentence.floor_char_boundary(sentence.len().min(LONGEST * 64));
        let mut pieces = window::read_pieces(&sentence[..end], &self.vocabulary);
        pieces.truncate(LONGEST);
        if pieces.is_empty() {
            return SentenceVector(vec![0; WIDTH].into());
        }
        let mut work = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        self.encoder.encode(self.isa, &pieces, &mut work);
        let mut sum = [0.0_f32; WIDTH];
        for row in work.vectors.chunks_exact(WIDTH) {
            sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        self.workspaces.lock().unwrap_or_else(PoisonError::into_inner).push(work);
        let largest = sum.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        if !(largest.is_finite() && largest > 0.0) {
            return SentenceVector(vec![0; WIDTH].into());
        }
        SentenceVector(sum.iter().map(|value| (value / largest * 127.0).round() as i8).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTRIBUTION: &[u8] = include_bytes!("../../../../models/attribution/weights.safetensors");
    const VOCABULARY: &str = include_str!("../../../../models/attribution/vocab.txt");
    const WEIGHTS: &[u8] = include_bytes!("../../../../models/sentences/weights.safetensors");

    #[derive(serde::Deserialize)]
    struct Fixture {
        sentences: Vec<String>,
        cosines: Vec<Vec<f32>>,
    }

    fn encoder() -> SentenceEncoder {
        SentenceEncoder::load(WEIGHTS, &Model::load(ATTRIBUTION, VOCABULARY).unwrap()).unwrap()
    }

    #[test]
    fn cosines_are_those_of_the_network_in_floats() {
        let fixture: Fixture = serde_json::from_str(include_str!("fixtures/sentences.json")).unwrap();
        let encoder = encoder();
        let vectors: Vec<_> = fixture.sentences.iter().map(|sentence| encoder.vector(sentence)).collect();
        for (one, row) in vectors.iter().zip(&fixture.cosines) {
            for (other, expected) in vectors.iter().zip(row) {
                let found = one.cosine(other);
                assert!((found - expected).abs() < 0.025, "{found} for {expected}");
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_vector() {
        let mut encoder = encoder();
        let vectors: Vec<_> = Isa::all()
            .into_iter()
            .map(|isa| {
                encoder.isa = isa;
                encoder.vector("The harbour master denied that the port had been closed.")
            })
            .collect();
        assert!(vectors.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn odd_sentences_have_vectors() {
        let encoder = encoder();
        for sentence in ["", " ", "\u{0}", "\u{301}", "🙂", &"word ".repeat(5_000), &"x".repeat(50_000)] {
            let vector = encoder.vector(sentence);
            assert_eq!(SentenceVector::from_bytes(&vector.to_bytes()), Some(vector));
        }
        assert!(SentenceVector::from_bytes(&[1, 2]).is_none());
    }

    #[test]
    fn damaged_weights_are_refused() {
        let model = Model::load(ATTRIBUTION, VOCABULARY).unwrap();
        for weights in [&[][..], ATTRIBUTION, &WEIGHTS[..WEIGHTS.len() - 1]] {
            assert!(SentenceEncoder::load(weights, &model).is_err());
        }
    }
}
