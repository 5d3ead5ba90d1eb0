//! From layers to records. Where a span does not fit its text the record is refused, never repaired.

use onrecord_annotate::{AttributionSpans, DateExpression, Layers};
use onrecord_evidence::{ArticleId, AttributionId, Digest, Quoted, QuotedError, Reading, TextRange};

use crate::{AttributionRecord, Detail, Grounded, Hedge, RelayFinding, SpeakerFinding};

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
    for index in 0..layers.attributions.len() {
        match record((article, digest), reading, layers, index) {
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
    layers: &Layers,
    index: usize,
) -> Result<Option<AttributionRecord>, QuotedError> {
    let Some(spans) = layers.attributions.get(index) else { return Ok(None) };
    let (Some(first_cue), false) = (spans.cue.first(), spans.content.is_empty()) else {
        return Ok(None);
    };
    let text = reading.text();
    let quote =
        |ranges: &[TextRange]| ranges.iter().map(|range| Quoted::new(text, *range)).collect::<Result<Vec<_>, _>>();
    let source = quote(&spans.source)?;
    let sentences = &layers.sentences;
    let sentence = sentences.get(sentences.partition_point(|sentence| sentence.end <= first_cue.start));
    let sentence = sentence.filter(|sentence| sentence.overlaps(*first_cue)).copied().unwrap_or(*first_cue);
    let hedges = hedges(text, layers, spans)?;
    let relay = layers.relays.attributions.get(index);
    let credited = spans.source.first().unwrap_or(first_cue);
    let speaker = SpeakerFinding::of(&layers.parties, index, *credited);
    let within_others = relay.into_iter().flat_map(|relay| &relay.chain);
    let outer = within_others.filter_map(|outer| layers.attributions.get(*outer as usize));
    // In the sentence of the cue, outside of the content: when it was said. Inside of the content: when it happened.
    let holds = |ranges: &[TextRange], range: TextRange| ranges.iter().any(|own| own.contains(range));
    let dates = within(&layers.dates, spans.content.iter().copied().fold(sentence, TextRange::hull));
    let happened = dates.iter().filter(|date| holds(&spans.content, date.range));
    let inside = |date: &&DateExpression| sentence.contains(date.range) || holds(&spans.cue, date.range);
    let said = dates.iter().filter(|date| !spans.content.iter().any(|own| own.overlaps(date.range))).filter(inside);
    let others: Vec<TextRange> = neighbours(layers, spans, sentence);
    let said = said
        .filter(|date| !holds(&others, date.range) && layers.dateline.is_none_or(|line| !line.contains(date.range)));
    let figures = spans.content.iter().flat_map(|range| within(&layers.figures, *range));
    let figures = figures.filter(|figure| holds(&spans.content, figure.range));
    let places = spans.content.iter().flat_map(|range| within(&layers.places.mentions, *range));
    let places = places.filter(|place| holds(&spans.content, place.range));
    Ok(Some(AttributionRecord {
        id: identity(revision, spans),
        source_kind: crate::source::kind(&source, relay.and_then(|relay| relay.unnamed.as_ref())),
        speaker: speaker.map(|speaker| Detail::new(text, speaker)).transpose()?,
        relay: relay
            .and_then(|relay| RelayFinding::of(relay, *first_cue))
            .map(|relay| Detail::new(text, relay))
            .transpose()?,
        within: outer.map(|outer| identity(revision, outer)).collect(),
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
        said: details(text, said)?,
        happened: details(text, happened)?,
        figures: details(text, figures)?,
        places: details(text, places)?,
        score: spans.score,
    }))
}

/// The hedges behind an attribution's commitment, then those that hedge a part of its content, in text order.
fn hedges(text: &str, layers: &Layers, spans: &AttributionSpans) -> Result<Vec<Hedge>, QuotedError> {
    let around = |range: TextRange| {
        let near = layers.relays.hedges.partition_point(|hedge| hedge.range.end <= range.start);
        layers.relays.hedges[near..].iter().take_while(move |hedge| hedge.range.start < range.end)
    };
    let mut hedges = Vec::new();
    for hedge in &spans.hedges {
        let scope = around(hedge.range).next().map(|known| known.scope);
        let (words, commitment) = (Quoted::new(text, hedge.range)?, hedge.commitment);
        let scope = scope.map(|scope| Quoted::new(text, scope)).transpose()?;
        hedges.push(Hedge { words, by: hedge.by, scope, commitment, of_whole: true });
    }
    let is_known = |range: TextRange| spans.hedges.iter().any(|hedge| hedge.range.overlaps(range));
    for known in spans.content.iter().flat_map(|range| around(*range)).filter(|known| !is_known(known.range)) {
        let (words, scope) = (Quoted::new(text, known.range)?, Some(Quoted::new(text, known.scope)?));
        hedges.push(Hedge { words, by: known.by, scope, commitment: known.commitment, of_whole: false });
    }
    Ok(hedges)
}

/// The findings, in text order, that touch `range`.
fn within<T: Grounded>(findings: &[T], range: TextRange) -> &[T] {
    let first = findings.partition_point(|finding| finding.range().end <= range.start);
    let count = findings[first..].iter().take_while(|finding| finding.range().start < range.end).count();
    &findings[first..first + count]
}

fn details<'layers, T: Grounded + Clone + 'layers>(
    text: &str,
    findings: impl Iterator<Item = &'layers T>,
) -> Result<Vec<Detail<T>>, QuotedError> {
    findings.map(|finding| Detail::new(text, finding.clone())).collect()
}

/// The contents of other attributions whose cue stands in the same sentence: a date in them says nothing of this one. Contents that hold this
/// cue do not count, for then this one is told by the other.
fn neighbours(layers: &Layers, spans: &AttributionSpans, sentence: TextRange) -> Vec<TextRange> {
    let Some(cue) = spans.cue.first() else { return Vec::new() };
    let first =
        layers.attributions.partition_point(|other| other.cue.first().is_some_and(|range| range.end <= sentence.start));
    layers.attributions[first..]
        .iter()
        .take_while(|other| other.cue.first().is_some_and(|range| range.start < sentence.end))
        .filter(|other| other.cue != spans.cue)
        .flat_map(|other| &other.content)
        .filter(|content| !content.contains(*cue))
        .copied()
        .collect()
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
