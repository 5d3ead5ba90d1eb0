//! The lines of `--json`, as `docs/wire.md` specifies them. Not internal storage: fields here are a promise.

use serde::Serialize;
use serde_json::Value;

use onrecord_annotate::{Act, Commitment, HedgedBy, Manner};
use onrecord_evidence::{
    ArticleId, AttributionId, CaptureId, CodePoints, Diagnostic, MediaType, Quoted, RawRange, RevisionId, Time,
};
use onrecord_read::{Conflict, Field, Language, MetadataSource, Stated};
use onrecord_record::{AttributionRecord, SourceKind};

use crate::ArticleView;
use crate::detail::Spans;

/// Version of the lines; raised when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// Exact words with both of their places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First code point of the reading's text.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub words: String,
    /// The bytes of the capture that became these words; `null` where an end of the span stands for no byte.
    pub raw: Option<[u32; 2]>,
}

impl Span {
    /// The span of `quoted`; `None` where it is not in the text, as when the text was withheld meanwhile.
    pub fn new(quoted: &Quoted, points: &CodePoints<'_>, raw: Option<RawRange>) -> Option<Self> {
        let range = quoted.range();
        Some(Self {
            start: points.of(range.start)?,
            end: points.of(range.end)?,
            words: quoted.words().to_owned(),
            raw: raw.map(|RawRange { start, end }| [start, end]),
        })
    }
}

/// A value and who states it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedLine<T> {
    /// The value.
    pub value: T,
    /// Who states it.
    pub from: MetadataSource,
}

/// What language a text is in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LanguageLine {
    /// ISO 639-3 code, `und` where it could not be told.
    pub code: String,
    /// Whether the text was read.
    pub read: bool,
}

/// A statement about an article that lost against a more trusted one.
#[derive(Clone, Debug, Serialize)]
pub struct ConflictLine {
    /// About what.
    pub field: Field,
    /// What it says, as written.
    pub value: String,
    /// Who says it.
    pub from: MetadataSource,
}

impl ConflictLine {
    fn new(conflict: &Conflict) -> Self {
        Self { field: conflict.field, value: conflict.value.clone(), from: conflict.source }
    }
}

/// `{"type": "article"}`: what was read.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleLine {
    r#type: &'static str,
    version: u32,
    /// The article.
    pub article: ArticleId,
    /// Where the bytes were taken from.
    pub file: String,
    /// `text`, `html` or `json-record`.
    pub media_type: MediaType,
    /// The name of the character encoding.
    pub encoding: String,
    /// SHA-256 of the capture's bytes.
    pub capture_sha256: String,
    /// SHA-256 of the reading's text in UTF-8.
    pub text_sha256: String,
    /// The language.
    pub language: LanguageLine,
    /// Address of the article.
    pub address: Option<StatedLine<String>>,
    /// Name of the outlet.
    pub outlet: Option<StatedLine<String>>,
    /// Headline.
    pub title: Option<StatedLine<String>>,
    /// Who wrote it, as one line.
    pub byline: Option<StatedLine<String>>,
    /// The section of the outlet.
    pub section: Option<StatedLine<String>>,
    /// When it was published.
    pub published: Option<StatedLine<Time>>,
    /// When it was last changed.
    pub modified: Option<StatedLine<Time>>,
    /// The language that the page or its server claims, as written.
    pub language_tag: Option<StatedLine<String>>,
    /// What others state otherwise, by field, then by trust.
    pub conflicts: Vec<ConflictLine>,
    /// Number of attribution lines that follow.
    pub attributions: usize,
    /// The reading's text, to which `start` and `end` refer.
    pub text: String,
}

fn stated<T: Clone>(value: Option<&Stated<T>>) -> Option<StatedLine<T>> {
    value.map(|stated| StatedLine { value: stated.value.clone(), from: stated.source })
}

impl ArticleLine {
    /// The line of one article.
    pub fn new(view: &ArticleView<'_>) -> Self {
        let article = view.article;
        let metadata = &article.metadata;
        Self {
            r#type: "article",
            version: VERSION,
            article: view.id,
            file: view.capture.location.clone(),
            media_type: view.capture.media_type,
            encoding: article.encoding.to_owned(),
            capture_sha256: view.capture.digest().to_string(),
            text_sha256: article.reading.digest().to_string(),
            language: LanguageLine {
                code: article.language.code().to_owned(),
                read: !matches!(article.language, Language::Other { .. }),
            },
            address: stated(metadata.address.as_ref()),
            outlet: stated(metadata.outlet.as_ref()),
            title: stated(metadata.title.as_ref()),
            byline: stated(metadata.byline.as_ref()),
            section: stated(metadata.section.as_ref()),
            published: stated(metadata.published.as_ref()),
            modified: stated(metadata.modified.as_ref()),
            language_tag: stated(metadata.language_tag.as_ref()),
            conflicts: metadata.conflicts.iter().map(ConflictLine::new).collect(),
            attributions: view.records.len(),
            text: article.reading.text().to_owned(),
        }
    }
}

/// Words that hedge, and whose they are.
#[derive(Clone, Debug, Serialize)]
pub struct HedgeLine {
    /// `source` or `outlet`.
    pub by: HedgedBy,
    /// The words.
    pub span: Span,
    /// What is hedged; `null` where that was not found.
    pub scope: Option<Value>,
    /// How surely it leaves its scope held.
    pub commitment: Commitment,
    /// Whether it counts for the whole content.
    pub of_whole: bool,
}

/// `{"type": "attribution"}`: one attribution of the article line before it.
#[derive(Clone, Debug, Serialize)]
pub struct AttributionLine {
    r#type: &'static str,
    version: u32,
    /// The attribution.
    pub id: AttributionId,
    /// The article that it stands in.
    pub article: ArticleId,
    /// Who is credited, as written; empty where nobody is.
    pub source: Vec<Span>,
    /// What kind of source that is.
    pub source_kind: SourceKind,
    /// Which party of the article that is; `null` where no party may be it.
    pub speaker: Option<Value>,
    /// How the utterance reached the article, as far as the words say.
    pub relay: Option<Value>,
    /// The attributions whose contents hold this one, the outermost first.
    pub within: Vec<AttributionId>,
    /// What signals it; never empty.
    pub cue: Vec<Span>,
    /// Base form of the cue's head verb; `null` where the cue is a mark.
    pub cue_lemma: Option<String>,
    /// What is attributed; never empty.
    pub content: Vec<Span>,
    /// The sentence that holds the cue.
    pub sentence: Option<Span>,
    /// `direct`, `indirect` or `mixed`.
    pub manner: Manner,
    /// What is done by it.
    pub act: Act,
    /// The row of the act table that decided.
    pub act_rule: String,
    /// The words that the row matched.
    pub act_evidence: Vec<Span>,
    /// How surely the content is held.
    pub commitment: Commitment,
    /// The hedges behind it.
    pub hedges: Vec<HedgeLine>,
    /// When it was said: the dates of its sentence outside of the content.
    pub said: Vec<Value>,
    /// When what it is about happened: the dates of the content.
    pub happened: Vec<Value>,
    /// The figures of the content.
    pub figures: Vec<Value>,
    /// The places of the content.
    pub places: Vec<Value>,
    /// Score of the reading model, 0 to 1.
    pub score: f32,
}

impl AttributionLine {
    /// The line of one record of an article. `raw` stands in the order of [`AttributionRecord::quotes`]; what is missing
    /// there is `null` in the line. Words that are not in the text are left out, never placed by guess.
    pub fn new(
        record: &AttributionRecord,
        article: ArticleId,
        points: &CodePoints<'_>,
        raw: &[Option<RawRange>],
    ) -> Self {
        let spans: Vec<Option<Span>> = record
            .quotes()
            .enumerate()
            .map(|(index, quoted)| Span::new(quoted, points, raw.get(index).copied().flatten()))
            .collect();
        let by_range = Spans::new(
            record.quotes().map(Quoted::range).zip(&spans).filter_map(|(range, span)| Some((range, span.as_ref()?))),
        );
        let mut spans = spans.into_iter();
        let mut take = |count: usize| spans.by_ref().take(count).collect::<Vec<_>>();
        let present = |spans: Vec<Option<Span>>| spans.into_iter().flatten().collect::<Vec<_>>();
        let source = present(take(record.source.len()));
        let cue = present(take(record.cue.len()));
        let content = present(take(record.content.len()));
        let sentence = present(take(1));
        let act_evidence = present(take(record.act_evidence.len()));
        let hedges = record.hedges.iter().zip(take(record.hedges.len()));
        Self {
            r#type: "attribution",
            version: VERSION,
            id: record.id,
            article,
            source,
            source_kind: record.source_kind.clone(),
            speaker: record.speaker.as_ref().map(|speaker| by_range.object(speaker)),
            relay: record.relay.as_ref().map(|relay| by_range.object(relay)),
            within: record.within.clone(),
            cue,
            cue_lemma: record.cue_lemma(),
            content,
            sentence: sentence.into_iter().next(),
            manner: record.manner,
            act: record.act,
            act_rule: record.act_rule.clone(),
            act_evidence,
            commitment: record.commitment,
            hedges: hedges
                .filter_map(|(hedge, span)| {
                    let scope = hedge.scope.as_ref().and_then(|scope| by_range.span_of(scope.range()));
                    let (by, commitment, of_whole) = (hedge.by, hedge.commitment, hedge.of_whole);
                    Some(HedgeLine { by, span: span?, scope, commitment, of_whole })
                })
                .collect(),
            said: by_range.objects(&record.said),
            happened: by_range.objects(&record.happened),
            figures: by_range.objects(&record.figures),
            places: by_range.objects(&record.places),
            score: record.score,
        }
    }
}

/// `{"type": "hit"}`: one attribution that a ledger holds, with the article that it stands in.
#[derive(Clone, Debug, Serialize)]
pub struct HitLine {
    r#type: &'static str,
    /// The attribution, with a `type` of its own left out.
    #[serde(flatten)]
    pub attribution: serde_json::Map<String, serde_json::Value>,
    /// The revision that it stands in.
    pub revision: RevisionId,
    /// Whether this revision is current at the moment asked about.
    pub current: bool,
    /// The capture that its `raw` ranges count in.
    pub capture: CaptureId,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address of the article.
    pub address: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
}

/// What a [`HitLine`] says about the article of its attribution.
#[derive(Clone, Debug)]
pub struct HitPlace {
    /// The revision that it stands in.
    pub revision: RevisionId,
    /// Whether this revision is current.
    pub current: bool,
    /// The capture that its `raw` ranges count in.
    pub capture: CaptureId,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address of the article.
    pub address: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
}

impl HitLine {
    /// The line of one attribution.
    pub fn new(attribution: &AttributionLine, place: HitPlace) -> Self {
        let mut fields = match serde_json::to_value(attribution) {
            Ok(serde_json::Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        };
        fields.remove("type");
        let HitPlace { revision, current, capture, outlet, title, address, published } = place;
        Self { r#type: "hit", attribution: fields, revision, current, capture, outlet, title, address, published }
    }
}

/// `{"type": "diagnostic"}`: what was wrong with an input.
#[derive(Clone, Debug, Serialize)]
pub struct DiagnosticLine<'a> {
    r#type: &'static str,
    version: u32,
    /// The finding.
    #[serde(flatten)]
    pub diagnostic: &'a Diagnostic,
}

impl<'a> DiagnosticLine<'a> {
    /// The line of one diagnostic.
    pub const fn new(diagnostic: &'a Diagnostic) -> Self {
        Self { r#type: "diagnostic", version: VERSION, diagnostic }
    }
}

/// `{"type": "summary"}`: the last line of `read --json`.
#[derive(Clone, Debug, Serialize)]
pub struct ReadSummary {
    r#type: &'static str,
    version: u32,
    /// Inputs that were looked at: read, unread and failed together.
    pub inputs: usize,
    /// Articles that were read.
    pub read: usize,
    /// Articles in another language, named and left unread.
    pub unread: usize,
    /// Inputs that gave no article.
    pub failed: usize,
    /// Attributions found.
    pub attributions: usize,
    /// Of these, any act but affirm.
    pub contested: usize,
}

impl ReadSummary {
    /// An empty count.
    pub const fn new() -> Self {
        Self {
            r#type: "summary",
            version: VERSION,
            inputs: 0,
            read: 0,
            unread: 0,
            failed: 0,
            attributions: 0,
            contested: 0,
        }
    }
}

impl Default for ReadSummary {
    fn default() -> Self {
        Self::new()
    }
}
