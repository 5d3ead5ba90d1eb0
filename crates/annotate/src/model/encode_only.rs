//! For benchmarks: the encoder alone over the windows of a text, so that reading can be compared with what it cannot do without.
//! Not a way to read: nothing is decided, and nothing is kept.

use onrecord_evidence::TextRange;

use super::encoder::Workspace;
use super::{Model, window};

impl Model {
    /// A function that runs the encoder over the windows in which [`Model::attributions`] reads `text`, and says how many there are.
    /// Word pieces and windows are made here, once; the function does nothing but encode.
    #[doc(hidden)]
    pub fn encode_only(&self, text: &str, sentences: &[TextRange]) -> impl FnMut() -> usize + use<'_> {
        let pieces = window::read_pieces(text, &self.vocabulary);
        let windows = window::windows(&pieces, &window::sentence_pieces(&pieces, sentences));
        let mut work = Workspace::default();
        move || {
            windows.iter().for_each(|window| self.encoder.encode(self.isa, &pieces[window.pieces.clone()], &mut work));
            windows.len()
        }
    }
}
