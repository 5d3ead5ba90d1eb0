//! Reading one window: what the network says of its pieces, as a plain value that knows nothing of the text around it.
//!
//! All that a [`WindowReading`] depends on is in its [`WindowInput`]: equal inputs give equal readings, and that is what the
//! cache is about. Not here: how a text is cut into windows, what becomes of decided pieces.

use std::ops::Range;

use onrecord_evidence::{Digest, TextRange};

use super::decode::{self, Place};
use super::encoder::Workspace;
use super::linker::LinkWork;
use super::math::{self, WIDTH};
use super::window::{Piece, Window};
use super::{LIKELY, LIKELY_BELIEF, Model};

/// What the network is given of a window.
#[derive(Clone, Debug)]
pub(super) struct WindowInput<'text> {
    pub(super) pieces: &'text [Piece],
    /// The pieces that are decided here.
    own: Range<usize>,
    /// First piece and number of pieces of each likely cue.
    likely_cues: Vec<(usize, usize)>,
}

/// What the network said of a window. Pieces are counted from its first one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WindowReading {
    /// By their first pieces.
    pub(super) cues: Vec<CueReading>,
}

/// A cue with what was decided around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CueReading {
    /// First and last piece.
    pub(super) cue: (u16, u16),
    /// The belief that it is one, rounded.
    pub(super) score: f32,
    /// The piece that the first of `states` is about.
    from: u16,
    /// The linker's states; pieces beyond them are outside.
    states: Box<[u8]>,
}

/// Buffers that every window uses again.
#[derive(Default)]
pub(super) struct Buffers {
    pub(super) encoder: Workspace,
    linker: LinkWork,
}

impl<'text> WindowInput<'text> {
    /// The input of `window` of a text with these pieces and likely cues.
    pub(super) fn new(pieces: &'text [Piece], window: &Window, likely_cues: &[TextRange]) -> Self {
        let start = window.pieces.start;
        let pieces = &pieces[window.pieces.clone()];
        Self {
            pieces,
            own: window.own.start - start..window.own.end - start,
            likely_cues: likely_among(pieces, likely_cues),
        }
    }

    /// The digest of all that a reading depends on: model, constants, pieces with their features, share, likely cues.
    pub(super) fn digest(&self, model: &Model) -> Digest {
        // Of paragraphs, only where one begins counts; of a piece's number, the vocabulary's size leaves 11 bits free.
        let mut paragraph = self.pieces.first().map_or(0, |piece| piece.paragraph);
        let mut bytes = Vec::with_capacity(self.pieces.len() * 5 + 64);
        for piece in self.pieces {
            let begins = std::mem::replace(&mut paragraph, piece.paragraph) != piece.paragraph;
            let flags = [piece.continues, piece.starts_paragraph, begins];
            let flags = flags.iter().fold(0, |bits, flag| bits << 1 | u8::from(*flag));
            bytes.extend_from_slice(&piece.id.to_le_bytes());
            bytes.push(flags << 5 | (piece.quote as u8) << 3 | piece.case as u8);
        }
        let numbers = [(self.own.start, self.own.end)].into_iter().chain(self.likely_cues.iter().copied());
        let numbers: Vec<u8> =
            numbers.flat_map(|(from, to)| [from as u32, to as u32]).flat_map(u32::to_le_bytes).collect();
        let constants = [LIKELY.to_le_bytes(), LIKELY_BELIEF.to_le_bytes()].concat();
        Digest::of_fields("onrecord/window/1", &[model.digest.as_bytes(), &constants, &numbers, &bytes])
    }
}

impl WindowReading {
    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let cues = self.cues.iter().map(|cue| size_of::<CueReading>() + cue.states.len());
        size_of::<Self>() + cues.sum::<usize>()
    }
}

impl CueReading {
    /// A state for each of the window's pieces.
    pub(super) fn states(&self, pieces: usize) -> Vec<u8> {
        let mut states = vec![0; pieces];
        let from = usize::from(self.from);
        states[from..from + self.states.len()].copy_from_slice(&self.states);
        states
    }
}

impl Model {
    /// Reads a window by the network.
    pub(super) fn read_window(&self, input: &WindowInput<'_>, buffers: &mut Buffers) -> WindowReading {
        let WindowInput { pieces, own, likely_cues } = input;
        let Buffers { encoder: work, linker: link_work } = buffers;
        self.encoder.encode(self.isa, pieces, work);
        let heads = self.cue_head.chunks_exact(WIDTH).zip(&self.cue_bias);
        let scores: Vec<f32> = work
            .vectors
            .chunks_exact(WIDTH)
            .flat_map(|row| heads.clone().map(|(weights, bias)| math::dot(row, weights) + bias))
            .collect();
        let mut raised = scores.clone();
        for &(first, count) in likely_cues {
            for piece in first..first + count {
                // Row 0 is the mark before the first piece; of the three scores of a row, the first is for being inside.
                raised[3 * (piece + 1)] += LIKELY / count as f32;
            }
        }
        let path = self.cue_chain.best(&raised, |row| place(pieces, row));
        // Row `i + 1` is piece `i`; the marks at both ends are shut, so no run begins at row 0.
        let mut cues = decode::runs(&path, 1);
        cues.retain(|(first, _)| own.contains(&(first - 1)));
        if cues.is_empty() {
            return WindowReading::default();
        }
        self.linker.prepare(self.isa, &cues, work, link_work);
        let read_cue = |(number, &(first, last)): (usize, &(usize, usize))| {
            let from = self.linker.score(self.isa, number, (first, last), pieces, work, link_work);
            let path = self.link_chain.best(&link_work.scores, |row| place(pieces, from + row));
            // The marks at the ends are outside of every role.
            let mark = usize::from(from == 0);
            let states = &path[mark..path.len().min(pieces.len() + 1 - from)];
            let own = math::sigmoid(self.cue_chain.odds(&scores, first, last));
            let with_bonus = math::sigmoid(self.cue_chain.odds(&raised, first, last));
            let belief = own.max(with_bonus.min(LIKELY_BELIEF));
            CueReading {
                cue: (first as u16 - 1, last as u16 - 1),
                score: (belief * 1000.0).round() / 1000.0,
                from: (from + mark) as u16 - 1,
                states: states.into(),
            }
        };
        WindowReading { cues: cues.iter().enumerate().map(read_cue).collect() }
    }
}

#[cfg(test)]
impl Buffers {
    pub(super) fn set_reference(&mut self, in_floats: bool) {
        self.encoder.in_floats = in_floats;
    }
}

/// First piece and number of pieces of each likely cue that stands among `pieces`.
fn likely_among(pieces: &[Piece], likely_cues: &[TextRange]) -> Vec<(usize, usize)> {
    let Some(window) = pieces.first().zip(pieces.last()).map(|(first, last)| first.range.hull(last.range)) else {
        return Vec::new();
    };
    let from = likely_cues.partition_point(|cue| cue.end <= window.start);
    let near = likely_cues[from..].iter().take_while(|cue| cue.start < window.end);
    near.filter_map(|cue| {
        let first = pieces.partition_point(|piece| piece.range.end <= cue.start);
        let count = pieces[first..].iter().take_while(|piece| piece.range.start < cue.end).count();
        (count > 0).then_some((first, count))
    })
    .collect()
}

/// What may be decided for a row of a window.
fn place(pieces: &[Piece], row: usize) -> Place {
    match row.checked_sub(1).and_then(|number| pieces.get(number)) {
        None => Place::Shut,
        Some(piece) if piece.continues => Place::Glued,
        Some(_) => Place::Open,
    }
}
