//! Putting captures in: one transaction for a batch, on the disk when it returns. Not the derived rows (`derive.rs` writes those).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::{Capture, CaptureId, Digest, OperationId};

use crate::derive::{self, Told};
use crate::linking::{self, Linker};
use crate::operation::{self, CAPTURE, CaptureBody, METADATA, MetadataBody, NewOperation, PIPELINE, PipelineBody};
use crate::{Error, ErrorKind, Intake, Knowledge, Ledger, Outcome, Result, pack};

impl Ledger {
    /// Adds captures with what was derived from them, in one transaction; the outcomes stand in the order of `intakes`.
    ///
    /// Adding a capture again adds nothing.
    ///
    /// # Errors
    /// Where no pipeline is active, another process writes, or the disk is full; then nothing of the batch is in.
    pub fn add(&mut self, intakes: &[Intake], author: &str, now: Timestamp) -> Result<Vec<(CaptureId, Outcome)>> {
        let place = self.place.clone();
        self.add_batch(intakes, None, author, now).map_err(|error| error.at(&place))
    }

    pub(crate) fn add_batch(
        &mut self,
        intakes: &[Intake],
        linker: Option<&Linker<'_>>,
        author: &str,
        now: Timestamp,
    ) -> Result<Vec<(CaptureId, Outcome)>> {
        let transaction = self.write()?;
        let Some((pipeline, _)) = operation::active_pipeline(&transaction)? else {
            return Err(Error::new(ErrorKind::OtherPipeline, "no pipeline is active in this ledger"));
        };
        if let Some(linker) = linker {
            linking::activate(&transaction, linker, author, now)?;
        }
        let store = linking::Store::new(&transaction);
        let mut outcomes = Vec::with_capacity(intakes.len());
        for intake in intakes {
            let id = intake.capture.id();
            let outcome = add_one(&transaction, intake, id, pipeline, author, now)?;
            if let (Some(linker), Outcome::Added(_) | Outcome::Restated(_)) = (linker, &outcome) {
                linking::link_capture(&store, &id, linker)?;
            }
            outcomes.push((id, outcome));
        }
        drop(store);
        transaction.commit()?;
        Ok(outcomes)
    }

    /// What is known about a capture, so that one that is in need not be read again.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn knows(&self, capture: &CaptureId) -> Result<Knowledge> {
        knowledge(&self.connection, capture).map_err(|error| error.at(&self.place))
    }

    /// Makes the pipeline with this digest the one that derives. A new ledger takes any.
    ///
    /// # Errors
    /// [`ErrorKind::OtherPipeline`] where the ledger holds what another pipeline derived: then [`Ledger::rebuild`] changes it.
    pub fn activate_pipeline(&mut self, digest: Digest, description: &str, author: &str, now: Timestamp) -> Result<()> {
        let place = self.place.clone();
        self.activate(digest, description, author, now).map_err(|error| error.at(&place))
    }

    fn activate(&mut self, digest: Digest, description: &str, author: &str, now: Timestamp) -> Result<()> {
        // Most often nothing is to be done: that needs no lock.
        if operation::active_pipeline(&self.connection)?.is_some_and(|(_, active)| active.digest == digest) {
            return Ok(());
        }
        let transaction = self.write()?;
        if let Some((_, active)) = operation::active_pipeline(&transaction)? {
            if active.digest == digest {
                return Ok(());
            }
            let captures: i64 = transaction.query_row("SELECT count(*) FROM capture_view", [], |row| row.get(0))?;
            if captures > 0 {
                let message = format!("the ledger was read by {}, this is {description}", active.description);
                return Err(
                    Error::new(ErrorKind::OtherPipeline, message).with_hint("read it again with `onrecord rebuild`")
                );
            }
        }
        append_pipeline(&transaction, digest, description, author, now)?;
        Ok(transaction.commit()?)
    }

    /// Digest and description of the active pipeline; `None` in a new ledger.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn pipeline(&self) -> Result<Option<(Digest, String)>> {
        let active = operation::active_pipeline(&self.connection).map_err(|error| error.at(&self.place))?;
        Ok(active.map(|(_, body)| (body.digest, body.description)))
    }
}

/// Appends a pipeline operation and gives its number.
pub(crate) fn append_pipeline(
    connection: &Connection,
    digest: Digest,
    description: &str,
    author: &str,
    now: Timestamp,
) -> Result<i64> {
    let body = operation::json(&PipelineBody { digest, description: description.to_owned() })?;
    let new = NewOperation { kind: PIPELINE, target: None, author, recorded_at: now, blob: None, body };
    Ok(operation::append(connection, &new)?.0)
}

fn add_one(
    connection: &Connection,
    intake: &Intake,
    id: CaptureId,
    pipeline: i64,
    author: &str,
    now: Timestamp,
) -> Result<Outcome> {
    if let Some(by) = operation::withheld(connection, &[&intake.article.to_string()])? {
        return Ok(Outcome::Withheld { by });
    }
    match knowledge(connection, &id)? {
        Knowledge::Withheld { by } => Ok(Outcome::Withheld { by }),
        Knowledge::New => add_new(connection, intake, id, pipeline, author, now),
        Knowledge::Known { article, stated } => {
            if intake.stated.is_none() || intake.stated == stated {
                return Ok(Outcome::Known { article });
            }
            if article != intake.article {
                return Ok(Outcome::OtherArticle { article });
            }
            restate(connection, intake, id, pipeline, author, now)
        }
    }
}

fn add_new(
    connection: &Connection,
    intake: &Intake,
    id: CaptureId,
    pipeline: i64,
    author: &str,
    now: Timestamp,
) -> Result<Outcome> {
    if let Err(reason) = derive::check(&intake.derived) {
        return Ok(Outcome::Refused { reason });
    }
    let capture = &intake.capture;
    let body = CaptureBody {
        digest: capture.digest(),
        length: capture.bytes.len() as u64,
        media_type: capture.media_type,
        address: capture.address.clone(),
        fetched: capture.fetched.clone(),
        location: capture.location.clone(),
        delivery: capture.delivery.clone(),
        article: intake.article,
        article_key: intake.article_key.clone(),
        stated: intake.stated.clone(),
    };
    let blob = keep_bytes(connection, capture, &body.digest)?;
    let target = id.to_string();
    let new = NewOperation {
        kind: CAPTURE,
        target: Some(&target),
        author,
        recorded_at: now,
        blob: Some(blob),
        body: operation::json(&body)?,
    };
    let (operation, recorded_at) = operation::append(connection, &new)?;
    let told = Told {
        capture: id,
        operation,
        stated_by: operation,
        known_from: recorded_at,
        recorded_at,
        fetched: body.fetched.as_ref(),
        article: intake.article,
        article_key: &intake.article_key,
    };
    Ok(Outcome::Added(derive::keep(connection, &told, &intake.derived, pipeline)?))
}

/// Adds a later statement about a capture that is in: the earlier one stays for whoever asks what was known before.
fn restate(
    connection: &Connection,
    intake: &Intake,
    id: CaptureId,
    pipeline: i64,
    author: &str,
    now: Timestamp,
) -> Result<Outcome> {
    if let Err(reason) = derive::check(&intake.derived) {
        return Ok(Outcome::Refused { reason });
    }
    let target = id.to_string();
    let body = operation::json(&MetadataBody { stated: intake.stated.clone().unwrap_or_default() })?;
    let new = NewOperation { kind: METADATA, target: Some(&target), author, recorded_at: now, blob: None, body };
    let (stated_by, known_from) = operation::append(connection, &new)?;
    let (operation, recorded_at): (i64, i64) = connection
        .prepare_cached("SELECT no, recorded_at FROM operation WHERE target = ? AND kind = 'capture'")?
        .query_row([&target], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let told = Told {
        capture: id,
        operation,
        stated_by,
        known_from,
        recorded_at,
        fetched: intake.capture.fetched.as_ref(),
        article: intake.article,
        article_key: &intake.article_key,
    };
    Ok(Outcome::Restated(derive::keep(connection, &told, &intake.derived, pipeline)?))
}

/// Keeps bytes once and gives their number.
fn keep_bytes(connection: &Connection, capture: &Capture, digest: &Digest) -> Result<i64> {
    let kept: Option<i64> = connection
        .prepare_cached("SELECT no FROM blob WHERE digest = ?")?
        .query_row([digest.as_bytes()], |row| row.get(0))
        .optional()?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    connection.prepare_cached("INSERT INTO blob (digest, length, packed) VALUES (?, ?, ?)")?.execute(params![
        digest.as_bytes(),
        capture.bytes.len(),
        pack::deflate(&capture.bytes, b"")
    ])?;
    Ok(connection.last_insert_rowid())
}

/// What the operations say about a capture.
pub(crate) fn knowledge(connection: &Connection, capture: &CaptureId) -> Result<Knowledge> {
    let target = capture.to_string();
    let row: Option<(i64, Option<String>, Option<i64>)> = connection
        .prepare_cached("SELECT no, body, withheld_by FROM operation WHERE target = ? AND kind = 'capture'")?
        .query_row([&target], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match row {
        None => Ok(Knowledge::New),
        Some((_, None, by)) => Ok(Knowledge::Withheld { by: operation_id(connection, by.unwrap_or_default())? }),
        Some((no, Some(body), _)) => {
            let body: CaptureBody = operation::parse(&body, CAPTURE, no)?;
            let stated = last_statement(connection, &target, i64::MAX)?.or(body.stated);
            Ok(Knowledge::Known { article: body.article, stated })
        }
    }
}

/// The last `metadata` operation about a capture that was recorded by `known_by`.
pub(crate) fn last_statement(
    connection: &Connection,
    target: &str,
    known_by: i64,
) -> Result<Option<serde_json::Value>> {
    let row: Option<(i64, String)> = connection
        .prepare_cached(
            "SELECT no, body FROM operation WHERE target = ? AND kind = 'metadata' AND body IS NOT NULL AND recorded_at <= ? \
             ORDER BY no DESC LIMIT 1",
        )?
        .query_row(params![target, known_by], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let body = row.map(|(no, body)| operation::parse::<MetadataBody>(&body, METADATA, no)).transpose()?;
    Ok(body.map(|body| body.stated))
}

/// The id of operation `no`.
pub(crate) fn operation_id(connection: &Connection, no: i64) -> Result<OperationId> {
    let id: String =
        connection.prepare_cached("SELECT id FROM operation WHERE no = ?")?.query_row([no], |row| row.get(0))?;
    operation::parse_id(&id)
}
