//! The record of one attribution. What the article says and what was concluded from it are different fields.

use serde::{Deserialize, Serialize};

use onrecord_annotate::{Act, Commitment, DateExpression, Figure, HedgedBy, Manner, PlaceMention};
use onrecord_evidence::{AttributionId, Quoted, RawRange, Reading};

use crate::{Detail, RelayFinding, SourceKind, SpeakerFinding};

/// A hedge with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hedge {
    /// The hedge words.
    pub words: Quoted,
    /// Whose they are.
    pub by: HedgedBy,
    /// What is hedged, the hedge words included; `None` where that was not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Quoted>,
    /// How surely it leaves its scope held.
    pub commitment: Commitment,
    /// Whether it counts for the commitment of the whole content, and not for a part of it alone.
    pub of_whole: bool,
}

/// One act of saying, believing or reporting, as one article gives it.
///
/// Every span is quoted from the reading of the revision that the record belongs to; `cue` and `content` are never empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionRecord {
    /// Identity: the article, the text, and the spans. The same reading by another model has the same id.
    pub id: AttributionId,
    /// Who is credited, as written, in text order; empty where the text credits nobody.
    pub source: Vec<Quoted>,
    /// The words that signal it.
    pub cue: Vec<Quoted>,
    /// What is attributed.
    pub content: Vec<Quoted>,
    /// The sentence that holds the cue.
    pub sentence: Quoted,
    /// How it is quoted.
    pub manner: Manner,
    /// Concluded: what kind of source the words name.
    pub source_kind: SourceKind,
    /// Concluded: which party of the article that is; `None` where no party may be it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Detail<SpeakerFinding>>,
    /// How the utterance reached the article, as far as the words say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<Detail<RelayFinding>>,
    /// The attributions of this article whose contents hold this one, the outermost first: "Northline reported that X said".
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<AttributionId>,
    /// Concluded: what is done by it.
    pub act: Act,
    /// The row of the act table that decided, `default` where none did.
    pub act_rule: String,
    /// The words that this row matched.
    pub act_evidence: Vec<Quoted>,
    /// Concluded: how surely the content is held.
    pub commitment: Commitment,
    /// The hedges behind it, then those that hedge a part of the content only.
    pub hedges: Vec<Hedge>,
    /// When it was said, as far as the words of its sentence state it: the dates outside of the content.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Detail<DateExpression>>,
    /// When what it is about is said to have happened or to come: the dates of the content.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub happened: Vec<Detail<DateExpression>>,
    /// The figures of the content.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Detail<Figure>>,
    /// The places of the content.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Detail<PlaceMention>>,
    /// Score of the reading model, 0 to 1 in thousandths.
    pub score: f32,
}

impl AttributionRecord {
    /// Every quoted span, for checking: source, cue, content, sentence, act evidence, hedge words; then the words and evidence of dates, figures,
    /// places; hedge scopes; the words and evidence of speaker and relay.
    pub fn quotes(&self) -> impl Iterator<Item = &Quoted> {
        self.source
            .iter()
            .chain(&self.cue)
            .chain(&self.content)
            .chain([&self.sentence])
            .chain(&self.act_evidence)
            .chain(self.hedges.iter().map(|hedge| &hedge.words))
            .chain(self.said.iter().chain(&self.happened).flat_map(Detail::quotes))
            .chain(self.figures.iter().flat_map(Detail::quotes))
            .chain(self.places.iter().flat_map(Detail::quotes))
            .chain(self.hedges.iter().filter_map(|hedge| hedge.scope.as_ref()))
            .chain(self.speaker.iter().flat_map(Detail::quotes))
            .chain(self.relay.iter().flat_map(Detail::quotes))
    }

    /// The bytes of the capture behind each of [`Self::quotes`], in that order; `None` where they have no exact place.
    pub fn raw_ranges(&self, reading: &Reading) -> Vec<Option<RawRange>> {
        self.quotes().map(|quoted| reading.raw_range(quoted.range()).ok()).collect()
    }

    /// The words of the spans of one role as one line, a gap shown by an ellipsis.
    pub fn joined(spans: &[Quoted]) -> String {
        spans.iter().map(|quoted| quoted.words().trim()).collect::<Vec<_>>().join(" … ")
    }

    /// The words of the hedges that count for the whole content.
    pub fn hedge_words(&self) -> Vec<&str> {
        self.hedges.iter().filter(|hedge| hedge.of_whole).map(|hedge| hedge.words.words()).collect()
    }

    /// Who is credited, as written, without the comma that may end an apposition; `None` where nobody is.
    pub fn who(&self) -> Option<String> {
        (!self.source.is_empty()).then(|| Self::joined(&self.source).trim_end_matches([',', ' ']).to_owned())
    }

    /// The base form of the cue's head verb: "has denied" gives "deny"; `None` where the cue is a mark, such as a colon.
    pub fn cue_lemma(&self) -> Option<String> {
        let words: Vec<&str> = self.cue.iter().map(Quoted::words).collect();
        onrecord_annotate::cue_lemma(&words.join(" "))
    }

    /// Whether the reading model is so unsure of it that people should see it: of the attributions below a score of 0.6, about half
    /// are right (`models/attribution/CARD.md`).
    pub fn is_unsure(&self) -> bool {
        self.score < 0.6
    }

    /// Whether it is shown among what is contested: any act but affirm.
    pub fn is_contested(&self) -> bool {
        self.act != Act::Affirm
    }
}
