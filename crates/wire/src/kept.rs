//! The lines of `--json` of the commands that work on a ledger, as `docs/wire.md` specifies them. Nothing here knows the
//! ledger: values come in, lines go out.

use std::collections::BTreeMap;

use serde::Serialize;

use onrecord_evidence::{ArticleId, CaptureId, Delivery, Diagnostic, Digest, MediaType, OperationId, RevisionId, Time};

use crate::{LanguageLine, VERSION};

/// `{"type": "stats"}`: what a ledger holds, in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct StatsLine {
    /// Always [`StatsLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// Articles.
    pub articles: u64,
    /// Articles that state no date: left out where one was asked for.
    pub undated: u64,
    /// Revisions.
    pub revisions: u64,
    /// Captures, withheld ones included.
    pub captures: u64,
    /// Captures that are withheld by order.
    pub withheld: u64,
    /// Captures in another language: kept and left unread.
    pub unread: u64,
    /// Captures that gave no text.
    pub without_text: u64,
    /// Attributions in current revisions.
    pub attributions: u64,
    /// The same by act.
    pub by_act: BTreeMap<String, u64>,
    /// Articles by outlet.
    pub by_outlet: BTreeMap<String, u64>,
    /// First and last moment of publication, RFC 3339.
    pub published: Option<[String; 2]>,
    /// Operations by kind.
    pub operations: BTreeMap<String, u64>,
    /// Kinds of operation that this version does not know.
    pub unknown_kinds: Vec<String>,
    /// Digest of the active pipeline.
    pub pipeline: Option<Digest>,
    /// Size of the file.
    pub bytes: u64,
    /// Size of what was captured, each capture's bytes once.
    pub captured_bytes: u64,
}

impl StatsLine {
    /// The `type`.
    pub const TYPE: &'static str = "stats";
}

/// `{"type": "verify"}`: what a check of a whole ledger found.
#[derive(Clone, Debug, Serialize)]
pub struct VerifyLine {
    /// Always [`VerifyLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// Whether everything holds.
    pub sound: bool,
    /// Operations whose digest was computed again.
    pub operations: u64,
    /// Operations of kinds that this version does not know.
    pub unknown_operations: u64,
    /// Captures whose bytes were hashed again.
    pub captures: u64,
    /// Operations that are withheld: nothing is left to check.
    pub withheld: u64,
    /// Texts that were hashed again.
    pub texts: u64,
    /// Attributions that were compared with the index.
    pub attributions: u64,
    /// Quotes that were sliced again from their text.
    pub quotes: u64,
    /// Ranges of statements that were sliced again from their text.
    pub statements: u64,
    /// Words in the records of claims that were sliced again from their text.
    pub evidence: u64,
    /// Quotes that were decoded again from the captured bytes.
    pub raw_ranges: u64,
    /// Quotes without an exact place in the bytes; no failure.
    pub without_raw: u64,
    /// What does not hold.
    pub failures: Vec<FailureLine>,
}

impl VerifyLine {
    /// The `type`.
    pub const TYPE: &'static str = "verify";
}

/// One thing that does not hold.
#[derive(Clone, Debug, Serialize)]
pub struct FailureLine {
    /// An id, or a part of the file.
    pub place: String,
    /// What was expected and what was found.
    pub reason: String,
}

/// The last line of `rebuild --json`.
#[derive(Clone, Debug, Serialize)]
pub struct RebuildSummary {
    r#type: &'static str,
    version: u32,
    /// Captures that were read again.
    pub captures: usize,
    /// Captures that had a text before and have none now.
    pub lost: usize,
    /// Captures that had no text before and have one now.
    pub gained: usize,
    /// Attributions in current revisions now.
    pub attributions: u64,
    /// How long it took.
    pub seconds: f64,
}

impl RebuildSummary {
    /// The line.
    pub const fn new(captures: usize, lost: usize, gained: usize, attributions: u64, seconds: f64) -> Self {
        Self { r#type: "summary", version: VERSION, captures, lost, gained, attributions, seconds }
    }
}

/// The line of `relink --json`.
#[derive(Clone, Debug, Serialize)]
pub struct RelinkSummary {
    r#type: &'static str,
    version: u32,
    /// Texts of articles that are linked.
    pub linked: u64,
    /// Texts that were kept without what linking needs.
    pub unprepared: u64,
    /// Claims with a standing.
    pub claims: usize,
    /// Decisions that hold and have lost their words.
    pub orphans: usize,
    /// How long it took.
    pub seconds: f64,
}

impl RelinkSummary {
    /// The line.
    pub const fn new(linked: u64, unprepared: u64, claims: usize, orphans: usize, seconds: f64) -> Self {
        Self { r#type: "summary", version: VERSION, linked, unprepared, claims, orphans, seconds }
    }
}

/// `{"type": "kept-article"}`: an article as a ledger holds it; `hit` lines of one revision follow.
#[derive(Clone, Debug, Serialize)]
pub struct KeptArticleLine {
    /// Always [`KeptArticleLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// The article.
    pub article: ArticleId,
    /// The revision whose attributions follow; `None` where no capture could be read.
    pub revision: Option<RevisionId>,
    /// The language of that revision, and whether it was read.
    pub language: Option<LanguageLine>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address of the article.
    pub address: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
    /// How many captures there are, read or not.
    pub captures: usize,
    /// All revisions, in sequence.
    pub revisions: Vec<RevisionLine>,
    /// Number of `hit` lines that follow.
    pub attributions: usize,
}

impl KeptArticleLine {
    /// The `type`.
    pub const TYPE: &'static str = "kept-article";
}

/// One revision of a [`KeptArticleLine`].
#[derive(Clone, Debug, Serialize)]
pub struct RevisionLine {
    /// The revision.
    pub revision: RevisionId,
    /// Place in the sequence, from 1.
    pub number: u32,
    /// Whether it is current at the moment asked about.
    pub current: bool,
    /// When its text was first seen to stand.
    pub observed: Time,
    /// SHA-256 of its text in UTF-8.
    pub text_sha256: Digest,
    /// The captures that hold it.
    pub captures: Vec<CaptureId>,
}

/// `{"type": "capture"}`: one capture as a ledger holds it, without its bytes.
#[derive(Clone, Debug, Serialize)]
pub struct CaptureLine {
    /// Always [`CaptureLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// The capture.
    pub capture: CaptureId,
    /// Its article.
    pub article: ArticleId,
    /// Where the bytes were taken from.
    pub file: String,
    /// `text`, `html` or `json-record`.
    pub media_type: MediaType,
    /// The address as given.
    pub address: Option<String>,
    /// When the bytes were fetched, as their supplier states it.
    pub fetched: Option<Time>,
    /// What came with the bytes and is not in them.
    pub delivery: Option<Box<Delivery>>,
    /// What a user stated about it.
    pub stated: Option<serde_json::Value>,
    /// How many bytes it holds.
    pub bytes: usize,
    /// SHA-256 of the bytes.
    pub capture_sha256: Digest,
    /// What reading it had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl CaptureLine {
    /// The `type`.
    pub const TYPE: &'static str = "capture";
}

/// `{"type": "operation"}`: one entry of a ledger's log.
#[derive(Clone, Debug, Serialize)]
pub struct OperationLine {
    /// Always [`OperationLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// The operation.
    pub id: OperationId,
    /// What was done.
    pub kind: String,
    /// Id of what it is about; `None` where it is about the ledger.
    pub target: Option<String>,
    /// Who did it.
    pub author: String,
    /// When it was recorded, RFC 3339.
    pub recorded_at: String,
    /// What was done in detail; `None` where it is withheld.
    pub body: Option<serde_json::Value>,
    /// The operation that withheld it.
    pub withheld_by: Option<OperationId>,
}

impl OperationLine {
    /// The `type`.
    pub const TYPE: &'static str = "operation";
}
