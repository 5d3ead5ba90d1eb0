//! Rows back into values. Not a selection: what a reader may see at which time is `timeline.rs`'s.

use rusqlite::{Connection, OptionalExtension as _};

use onrecord_evidence::Digest;
use onrecord_record::AttributionRecord;

use crate::derive::parse_metadata;
use crate::operation::{self, CaptureBody};
use crate::timeline::View;
use crate::{Error, KeptCapture, Result, pack};

/// The views of an article that hold at `known_by`, in no particular order.
pub(crate) fn views(connection: &Connection, article: i64, known_by: i64) -> Result<Vec<View>> {
    let mut statement = connection.prepare_cached(
        "SELECT v.no, v.capture, v.record_set, t.digest, v.metadata, v.observed FROM capture_view v \
         LEFT JOIN record_set s ON s.no = v.record_set LEFT JOIN text t ON t.no = s.text \
         WHERE v.article = ?1 AND v.known_from <= ?2 AND (v.known_until IS NULL OR v.known_until > ?2)",
    )?;
    let mut rows = statement.query([article, known_by])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        let set: Option<i64> = row.get(2)?;
        let digest: Option<[u8; 32]> = row.get(3)?;
        let observed = serde_json::from_str(row.get_ref(5)?.as_str().unwrap_or_default())
            .map_err(|cause| Error::damaged(format!("view {no}: expected a time, found {cause}")))?;
        views.push(View {
            capture: operation::parse_id(row.get_ref(1)?.as_str().unwrap_or_default())?,
            reading: set.zip(digest).map(|(set, digest)| (Digest::from_bytes(digest), set)),
            metadata: parse_metadata(row.get_ref(4)?.as_str().unwrap_or_default(), no)?,
            observed,
        });
    }
    Ok(views)
}

/// The text of number `no`.
pub(crate) fn text(connection: &Connection, no: i64) -> Result<String> {
    let (length, packed): (usize, Vec<u8>) = connection
        .prepare_cached("SELECT length, packed FROM text WHERE no = ?")?
        .query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    pack::inflate(&packed, length, b"")
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| Error::damaged(format!("text {no} does not unpack")))
}

/// The records of a set, in the order of their cues.
pub(crate) fn records(connection: &Connection, set: i64) -> Result<Vec<AttributionRecord>> {
    serde_json::from_slice(&records_json(connection, set)?)
        .map_err(|cause| Error::damaged(format!("record set {set}: expected records, found {cause}")))
}

/// The records of a set as they are kept.
pub(crate) fn records_json(connection: &Connection, set: i64) -> Result<Vec<u8>> {
    let (no, length, packed): (i64, usize, Vec<u8>) = connection
        .prepare_cached("SELECT text, length, packed FROM record_set WHERE no = ?")?
        .query_row([set], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let text = text(connection, no)?;
    pack::inflate(&packed, length, text.as_bytes())
        .ok_or_else(|| Error::damaged(format!("record set {set} does not unpack")))
}

/// The record at a place of a set.
pub(crate) fn record_at(records: &[AttributionRecord], place: usize, set: i64) -> Result<&AttributionRecord> {
    records.get(place).ok_or_else(|| Error::damaged(format!("record set {set}: expected a record {place}, found none")))
}

/// Numbers and places of the attributions of a set, in order.
pub(crate) fn attribution_numbers(connection: &Connection, set: i64) -> Result<Vec<(i64, usize)>> {
    let mut statement =
        connection.prepare_cached("SELECT no, place FROM attribution WHERE record_set = ? ORDER BY place")?;
    let rows = statement.query_map([set], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The bytes of number `no`.
pub(crate) fn bytes(connection: &Connection, no: i64) -> Result<Vec<u8>> {
    let (length, packed): (usize, Vec<u8>) = connection
        .prepare_cached("SELECT length, packed FROM blob WHERE no = ?")?
        .query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    pack::inflate(&packed, length, b"").ok_or_else(|| Error::damaged(format!("bytes {no} do not unpack")))
}

/// The capture that operation `no` brought, with what it stated; `None` where it is withheld.
pub(crate) fn capture(connection: &Connection, no: i64) -> Result<Option<KeptCapture>> {
    let row: Option<(String, String, i64)> = connection
        .prepare_cached("SELECT target, body, blob FROM operation WHERE no = ? AND body IS NOT NULL")?
        .query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((id, body, blob)) = row else { return Ok(None) };
    let body: CaptureBody = operation::parse(&body, operation::CAPTURE, no)?;
    Ok(Some(KeptCapture {
        id: operation::parse_id(&id)?,
        capture: body.capture(bytes(connection, blob)?),
        article: body.article,
        article_key: body.article_key,
        stated: body.stated,
    }))
}
