//! From layers to records. Where a span does not fit its text the record is refused, never repaired.

use onrecord_annotate::{AttributionSpans, Layers};
use onrecord_evidence::{ArticleId, AttributionId, Digest, Quoted, QuotedError, Reading, TextRange};

use crate::{AttributionRecord, Hedge};

/// An attribution that has no evidence in the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A span does not fit the text.
    #[error("attribution {index}: {cause}")]
    Span {
        /// Which attribution of the layers.
        index: usize,
        /// What does not fit.
        cause: QuotedError,
    },
    /// No cue or no content.
    #[error("attribution {0}: no words for its cue or its content")]
    NoEvidence(usize),
}

/// The records of one reading, in the order of their cues, and the attributions that were refused.
pub fn records(article: ArticleId, reading: &Reading, layers: &Layers) -> (Vec<AttributionRecord>, Vec<RecordError>) {
    let mut kept = Vec::with_capacity(layers.attributions.len());
    let mut refused = Vec::new();
    // Once for all: an article of a book's length has thousands of attributions.
    let digest = reading.digest();
    for (index, spans) in layers.attributions.iter().enumerate() {
        match record((article, digest), reading, &layers.sentences, spans) {
            Ok(Some(record)) => kept.push(record),
            Ok(None) => refused.push(RecordError::NoEvidence(index)),
            Err(cause) => refused.push(RecordError::Span { index, cause }),
        }
    }
    (kept, refused)
}

fn record(
    revision: (ArticleId, Digest),
    reading: &Reading,
    sentences: &[TextRange],
    spans: &AttributionSpans,
) -> Result<Option<AttributionRecord>, QuotedError> {
    let (Some(first_cue), false) = (spans.cue.first(), spans.content.is_empty()) else {
        return Ok(None);
    };
    let text = reading.text();
    let quote =
        |ranges: &[TextRange]| ranges.iter().map(|range| Quoted::new(text, *range)).collect::<Result<Vec<_>, _>>();
    let source = quote(&spans.source)?;
    let sentence = sentences.get(sentences.partition_point(|sentence| sentence.end <= first_cue.start));
    let sentence = sentence.filter(|sentence| sentence.overlaps(*first_cue)).copied().unwrap_or(*first_cue);
    let hedges = spans
        .hedges
        .iter()
        .map(|hedge| Ok(Hedge { words: Quoted::new(text, hedge.range)?, by: hedge.by }))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Some(AttributionRecord {
        id: identity(revision, spans),
        source_kind: crate::source::kind(&source),
        source,
        cue: quote(&spans.cue)?,
        content: quote(&spans.content)?,
        sentence: Quoted::new(text, sentence)?,
        manner: spans.manner,
        act: spans.act.act,
        act_rule: spans.act.rule.clone(),
        act_evidence: quote(&spans.act.evidence)?,
        commitment: spans.commitment,
        hedges,
        score: spans.score,
    }))
}

/// The identity of an attribution: its article, the digest of its text, and its three lists of ranges.
fn identity((article, digest): (ArticleId, Digest), spans: &AttributionSpans) -> AttributionId {
    let list = |ranges: &[TextRange]| {
        ranges.iter().map(|range| format!("{}-{}", range.start, range.end)).collect::<Vec<_>>().join(",")
    };
    AttributionId::of_fields(&[
        article.to_string().as_bytes(),
        digest.as_bytes(),
        list(&spans.source).as_bytes(),
        list(&spans.cue).as_bytes(),
        list(&spans.content).as_bytes(),
    ])
}
