//! The seam between a reading model and the tables. Not what spans mean: that is [`crate::Interpreter`]'s.

use onrecord_evidence::TextRange;

use crate::Crew;
use crate::model::{Model, ScoredSpans};

/// What finds attributions in a text. The same text gives the same spans, whatever was read before.
pub trait SpanReader {
    /// The attributions of `text`, in any order; `sentences` are those of [`crate::sentences`], `likely_cues` those of
    /// [`crate::LikelyCues`].
    fn read(&self, text: &str, sentences: &[TextRange], likely_cues: &[TextRange]) -> Vec<ScoredSpans>;
}

impl SpanReader for Model {
    fn read(&self, text: &str, sentences: &[TextRange], likely_cues: &[TextRange]) -> Vec<ScoredSpans> {
        self.attributions(text, sentences, likely_cues)
    }
}

/// A model that shares long texts out among the idle threads of a run. It finds what the model alone finds.
#[derive(Clone, Copy, Debug)]
pub struct SharedReader<'run> {
    /// Finds the spans.
    pub model: &'run Model,
    /// The threads of the run.
    pub crew: &'run Crew,
}

impl SpanReader for SharedReader<'_> {
    fn read(&self, text: &str, sentences: &[TextRange], likely_cues: &[TextRange]) -> Vec<ScoredSpans> {
        self.model.attributions_shared(text, sentences, likely_cues, self.crew)
    }
}
