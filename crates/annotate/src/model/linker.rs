//! The linker: for one cue, how much each piece around it belongs to its source or its content. Not here: the decision.

use super::Error;
use super::encoder::{Workspace, apply};
use super::kernel::Isa;
use super::math::{WIDTH, dot};
use super::weights::{Linear, Tensors};
use super::window::Piece;

/// Width of the linker's vectors.
const LINK: usize = 192;
/// Relative positions further away than this count as this far.
const REACH: usize = 64;
/// Rows before a cue's first that are looked at.
const LEFT: usize = 96;
/// Rows from a cue's first on that are looked at.
const RIGHT: usize = 160;
/// Rows that one step of each convolution skips.
const DILATIONS: [usize; 2] = [1, 4];
/// Width of a convolution, in steps.
const TAPS: usize = 5;
/// Scores for each row: inside, entering and leaving, for source and content.
pub(super) const SCORES: usize = 6;

/// A gate by the cue's vector, relative position, two convolutions.
pub(super) struct Linker {
    word: Linear,
    gate: Linear,
    cue: Linear,
    distance: Vec<f32>,
    paragraph: Vec<f32>,
    convolutions: [Linear; 2],
    head: Vec<f32>,
    head_bias: Vec<f32>,
}

/// A window's share in the work, done once for all of its cues.
#[derive(Default)]
pub(super) struct LinkWork {
    words: Vec<f32>,
    cues: Vec<f32>,
    gates: Vec<f32>,
    shifts: Vec<f32>,
    x: Vec<f32>,
    spread: Vec<f32>,
    change: Vec<f32>,
    /// [`SCORES`] for each row from the first that the linker looked at, when [`Linker::score`] is done.
    pub(super) scores: Vec<f32>,
}

impl Linker {
    pub(super) fn read(tensors: &Tensors<'_>) -> Result<Self, Error> {
        Ok(Self {
            word: Linear::read(tensors, "link_word", WIDTH, LINK)?,
            gate: Linear::read(tensors, "link_gate", WIDTH, LINK)?,
            cue: Linear::read(tensors, "link_cue", WIDTH, LINK)?,
            distance: tensors.floats("link_distance.weight", &[2 * REACH + 1, LINK])?,
            paragraph: tensors.floats("link_paragraph.weight", &[3, LINK])?,
            convolutions: [
                Linear::read(tensors, "link_conv1", TAPS * LINK, LINK)?,
                Linear::read(tensors, "link_conv2", TAPS * LINK, LINK)?,
            ],
            head: tensors.floats("link_head.weight", &[SCORES, LINK])?,
            head_bias: tensors.floats("link_head.bias", &[SCORES])?,
        })
    }

    /// Takes in the vectors of a window and its cues, each as its first and last row.
    pub(super) fn prepare(&self, isa: Isa, cues: &[(usize, usize)], encoded: &mut Workspace, work: &mut LinkWork) {
        let reference = encoded.reference();
        work.cues.clear();
        for &(first, last) in cues {
            let start = work.cues.len();
            work.cues.resize(start + WIDTH, 0.0);
            let share = 1.0 / (last + 1 - first) as f32;
            for row in encoded.vectors[first * WIDTH..(last + 1) * WIDTH].chunks_exact(WIDTH) {
                for (sum, value) in work.cues[start..].iter_mut().zip(row) {
                    *sum += value * share;
                }
            }
        }
        apply(&self.word, isa, &encoded.vectors, &mut encoded.bytes, &mut work.words, reference);
        apply(&self.gate, isa, &work.cues, &mut encoded.bytes, &mut work.gates, reference);
        apply(&self.cue, isa, &work.cues, &mut encoded.bytes, &mut work.shifts, reference);
    }

    /// Scores the rows around cue `number` of those given to [`Linker::prepare`]; gives the first row scored.
    pub(super) fn score(
        &self,
        isa: Isa,
        number: usize,
        (first, last): (usize, usize),
        pieces: &[Piece],
        encoded: &mut Workspace,
        work: &mut LinkWork,
    ) -> usize {
        let rows = pieces.len() + 2;
        let (from, to) = (first.saturating_sub(LEFT), rows.min(first + RIGHT));
        let reference = encoded.reference();
        let gate = &work.gates[number * LINK..(number + 1) * LINK];
        let shift = &work.shifts[number * LINK..(number + 1) * LINK];
        let home = pieces.get(first.wrapping_sub(1)).map_or(0, |piece| piece.paragraph);
        work.x.clear();
        for row in from..to {
            let far = if row < first {
                REACH - (first - row).min(REACH)
            } else {
                REACH + row.saturating_sub(last).min(REACH)
            };
            // The marks at the ends of a window belong to no paragraph and count as before.
            let side = pieces.get(row.wrapping_sub(1)).map_or(0, |piece| match piece.paragraph.cmp(&home) {
                std::cmp::Ordering::Less => 0,
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Greater => 2,
            });
            let word = &work.words[row * LINK..(row + 1) * LINK];
            let distance = &self.distance[far * LINK..(far + 1) * LINK];
            let paragraph = &self.paragraph[side * LINK..(side + 1) * LINK];
            for column in 0..LINK {
                let sum = word[column] * gate[column] + shift[column] + (distance[column] + paragraph[column]);
                work.x.push(if sum > 0.0 { sum } else { 0.0 });
            }
        }
        for (convolution, dilation) in self.convolutions.iter().zip(DILATIONS) {
            spread(&work.x, dilation, &mut work.spread);
            apply(convolution, isa, &work.spread, &mut encoded.bytes, &mut work.change, reference);
            for (value, change) in work.x.iter_mut().zip(&work.change) {
                *value += if *change > 0.0 { *change } else { 0.0 };
            }
        }
        work.scores.clear();
        for row in work.x.chunks_exact(LINK) {
            for (weights, bias) in self.head.chunks_exact(LINK).zip(&self.head_bias) {
                work.scores.push(dot(row, weights) + bias);
            }
        }
        from
    }
}

/// Puts beside each row the rows that a convolution sees with it, in order; beyond the ends there are zeros.
fn spread(x: &[f32], dilation: usize, out: &mut Vec<f32>) {
    let rows = x.len() / LINK;
    out.clear();
    out.resize(rows * TAPS * LINK, 0.0);
    for (row, target) in out.chunks_exact_mut(TAPS * LINK).enumerate() {
        for (tap, target) in target.chunks_exact_mut(LINK).enumerate() {
            let seen = (row + tap * dilation).checked_sub(TAPS / 2 * dilation).filter(|seen| *seen < rows);
            if let Some(seen) = seen {
                target.copy_from_slice(&x[seen * LINK..(seen + 1) * LINK]);
            }
        }
    }
}
