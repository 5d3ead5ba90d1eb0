//! The log of operations: what was done, by whom, when; append-only. Not what follows from it: that is derived.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use onrecord_evidence::{ArticleId, Capture, Delivery, Digest, MediaType, OperationId, RevisionId, Time};

use crate::{Error, Result};

/// The kinds of operation that this version knows. Others are kept as they are, and named by
/// [`Stats`](crate::Stats).
pub const KINDS: &[&str] = &[CAPTURE, METADATA, ALIAS, DECISION, PIPELINE, LINKING, WITHHOLD];

/// Bytes came in.
pub(crate) const CAPTURE: &str = "capture";
/// Something else is stated about a capture.
pub(crate) const METADATA: &str = "metadata";
/// Two addresses are one article.
pub(crate) const ALIAS: &str = "alias";
/// A person decided something.
pub(crate) const DECISION: &str = "decision";
/// A pipeline was activated.
pub(crate) const PIPELINE: &str = "pipeline";
/// A linker was activated.
pub(crate) const LINKING: &str = "linking";
/// Something was erased by order.
pub(crate) const WITHHOLD: &str = "withhold";

/// Body of a `capture`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CaptureBody {
    pub digest: Digest,
    pub length: u64,
    pub media_type: MediaType,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fetched: Option<Time>,
    pub location: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub delivery: Option<Box<Delivery>>,
    pub article: ArticleId,
    pub article_key: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stated: Option<serde_json::Value>,
}

impl CaptureBody {
    pub(crate) fn capture(&self, bytes: Vec<u8>) -> Capture {
        Capture {
            bytes,
            media_type: self.media_type,
            address: self.address.clone(),
            fetched: self.fetched.clone(),
            location: self.location.clone(),
            delivery: self.delivery.clone(),
        }
    }
}

/// Body of a `metadata`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MetadataBody {
    pub stated: serde_json::Value,
}

/// Body of a `pipeline`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PipelineBody {
    pub digest: Digest,
    pub description: String,
}

/// Body of a `withhold`. It names nobody but the authority.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct WithholdBody {
    pub reason: String,
    pub authority: String,
    /// The revisions whose text the article lost, as they stood; none where it lost none.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub revisions: Vec<RevisionId>,
}

/// An operation that is to be appended.
pub(crate) struct NewOperation<'call> {
    pub kind: &'call str,
    /// Id of what it is about.
    pub target: Option<&'call str>,
    pub author: &'call str,
    pub recorded_at: Timestamp,
    pub blob: Option<i64>,
    pub body: String,
}

/// The digest of an operation: [`Digest::of_fields`] with the purpose `onrecord/operation/1` over kind, target (empty
/// where there is none), author, time in microseconds since 1970 in decimal digits, and body.
pub(crate) fn digest(kind: &str, target: Option<&str>, author: &str, recorded_at: i64, body: &str) -> Digest {
    let recorded_at = recorded_at.to_string();
    let fields = [kind, target.unwrap_or_default(), author, &recorded_at, body].map(str::as_bytes);
    Digest::of_fields("onrecord/operation/1", &fields)
}

/// The id of the operation with this digest.
pub(crate) fn id(digest: &Digest) -> OperationId {
    OperationId::of_fields(&[digest.as_bytes()])
}

/// Appends an operation and gives its number and its time in microseconds since 1970. Where an equal one is recorded at that very microsecond, the next one is taken:
/// saying something, its opposite, and the first again in one moment are three operations.
pub(crate) fn append(connection: &Connection, new: &NewOperation<'_>) -> Result<(i64, i64)> {
    let mut recorded_at = new.recorded_at.as_microsecond();
    let mut exists = connection.prepare_cached("SELECT 1 FROM operation WHERE id = ?")?;
    loop {
        let digest = digest(new.kind, new.target, new.author, recorded_at, &new.body);
        let id = id(&digest).to_string();
        if exists.exists([&id])? {
            recorded_at += 1;
            continue;
        }
        connection
            .prepare_cached(
                "INSERT INTO operation (id, kind, target, author, recorded_at, digest, blob, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![id, new.kind, new.target, new.author, recorded_at, digest.as_bytes(), new.blob, new.body])?;
        return Ok((connection.last_insert_rowid(), recorded_at));
    }
}

/// The active pipeline: number of its operation, and what it says.
pub(crate) fn active_pipeline(connection: &Connection) -> Result<Option<(i64, PipelineBody)>> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("SELECT no, body FROM operation WHERE kind = 'pipeline' ORDER BY no DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(no, body)| Ok((no, parse(&body, "pipeline", no)?))).transpose()
}

/// The first `withhold` of any of `targets`.
pub(crate) fn withheld(connection: &Connection, targets: &[&str]) -> Result<Option<OperationId>> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM operation WHERE target = ? AND kind = 'withhold' ORDER BY no LIMIT 1")?;
    for target in targets {
        let found: Option<String> = statement.query_row([target], |row| row.get(0)).optional()?;
        if let Some(found) = found {
            return Ok(Some(parse_id(&found)?));
        }
    }
    Ok(None)
}

/// The body of operation `no`.
pub(crate) fn parse<T: DeserializeOwned>(body: &str, kind: &str, no: i64) -> Result<T> {
    serde_json::from_str(body)
        .map_err(|cause| Error::damaged(format!("operation {no}: expected the body of a {kind}, found {cause}")))
}

/// JSON of a value whose serialization cannot fail: string keys, no custom code that errs.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::damaged(format!("a value has no JSON form: {cause}")))
}

/// An id that the ledger wrote.
pub(crate) fn parse_id<T: std::str::FromStr<Err = onrecord_evidence::IdError>>(text: &str) -> Result<T> {
    text.parse().map_err(|cause: onrecord_evidence::IdError| Error::damaged(cause.to_string()))
}
