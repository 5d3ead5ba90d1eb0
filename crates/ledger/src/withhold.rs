//! Erasing by order: bytes, text, records, index and what the operations say, down to the free pages of the file. What is left is
//! a tombstone. Not a filter: nothing withheld can be asked for again.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};

use onrecord_evidence::{ArticleId, CaptureId, Digest, OperationId};

use crate::derive::Index;
use crate::operation::{self, NewOperation, WITHHOLD, WithholdBody};
use crate::{Error, ErrorKind, Ledger, Result, add, linking, load, revisions};

/// What is to be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An article: all its captures, and any that comes later.
    Article(ArticleId),
    /// One capture.
    Capture(CaptureId),
}

/// What a `withhold` did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The operation.
    pub by: OperationId,
    /// Captures that were erased, in order.
    pub captures: Vec<CaptureId>,
    /// Captures of other articles or addresses that hold the same bytes or the same text, in order: they stay, each needs
    /// an order of its own.
    pub same_elsewhere: Vec<CaptureId>,
    /// Whether the words are gone from the file too. `false` where a reader held the file or the disk was full: then
    /// [`Ledger::scrub`] does it, and so does the next opening.
    pub is_scrubbed: bool,
}

impl Ledger {
    /// Erases an article or a capture, and leaves a tombstone with the reason and the authority; these are kept as they
    /// are given, so they should name nobody else. `None` where the ledger does not hold it.
    ///
    /// # Errors
    /// Where another process writes, or the ledger is damaged.
    pub fn withhold(
        &mut self,
        target: Target,
        reason: &str,
        authority: &str,
        author: &str,
        now: Timestamp,
    ) -> Result<Option<Withheld>> {
        let place = self.place.clone();
        let body = WithholdBody { reason: reason.to_owned(), authority: authority.to_owned(), revisions: Vec::new() };
        self.erase(target, body, author, now).map_err(|error| error.at(&place))
    }

    fn erase(
        &mut self,
        target: Target,
        mut body: WithholdBody,
        author: &str,
        now: Timestamp,
    ) -> Result<Option<Withheld>> {
        // Must be asked for before the transaction begins.
        self.connection.pragma_update(None, "secure_delete", true)?;
        let transaction = self.write()?;
        let captures = captures_of(&transaction, target)?;
        if captures.is_empty() {
            return Ok(None);
        }
        let target = match target {
            Target::Article(id) => id.to_string(),
            Target::Capture(id) => id.to_string(),
        };
        body.revisions = revisions::losing_text(&transaction, &captures)?;
        let body = operation::json(&body)?;
        let new = NewOperation { kind: WITHHOLD, target: Some(&target), author, recorded_at: now, blob: None, body };
        let (by, _) = operation::append(&transaction, &new)?;
        let mut same_elsewhere = Vec::new();
        for capture in &captures {
            same_elsewhere.extend(erase_capture(&transaction, capture, by)?);
        }
        // What was said about the article itself goes too.
        transaction.execute(
            "UPDATE operation SET body = NULL, withheld_by = ?2 WHERE target = ?1 AND kind <> 'withhold' AND body IS NOT NULL",
            rusqlite::params![target, by],
        )?;
        transaction.execute("INSERT OR IGNORE INTO pending (work) VALUES ('scrub')", [])?;
        let by = add::operation_id(&transaction, by)?;
        transaction.commit()?;
        let mut same_elsewhere = ids(&same_elsewhere)?;
        let captures = ids(&captures)?;
        same_elsewhere.retain(|capture| !captures.contains(capture));
        Ok(Some(Withheld { by, captures, same_elsewhere, is_scrubbed: scrub(&self.connection).is_ok() }))
    }

    /// Rewrites the file so that nothing withheld is left in free pages or in the write-ahead log. [`Ledger::withhold`] does it
    /// by itself.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`] where a reader holds the file, [`ErrorKind::Full`] where the disk has no room for a second copy.
    pub fn scrub(&mut self) -> Result<()> {
        scrub(&self.connection).map_err(|error| error.at(&self.place))
    }
}

fn ids(texts: &[String]) -> Result<Vec<CaptureId>> {
    let mut ids: Vec<CaptureId> = texts.iter().map(|text| operation::parse_id(text)).collect::<Result<_>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The captures of a target that are not withheld yet, as texts.
fn captures_of(connection: &Connection, target: Target) -> Result<Vec<String>> {
    let (sql, id) = match target {
        Target::Article(id) => (
            "SELECT DISTINCT v.capture FROM capture_view v JOIN article a ON a.no = v.article WHERE a.id = ? ORDER BY v.capture",
            id.to_string(),
        ),
        Target::Capture(id) => {
            ("SELECT target FROM operation WHERE target = ? AND kind = 'capture' AND body IS NOT NULL", id.to_string())
        }
    };
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Erases one capture and what only it had; gives the captures that have the same bytes or the same text.
fn erase_capture(connection: &Connection, capture: &str, by: i64) -> Result<Vec<String>> {
    let texts = "SELECT s.text FROM capture_view v JOIN record_set s ON s.no = v.record_set WHERE v.capture = ?1";
    let mut same = texts_of(
        connection,
        &format!(
            "SELECT DISTINCT v.capture FROM capture_view v JOIN record_set s ON s.no = v.record_set \
             WHERE s.text IN ({texts}) AND v.capture <> ?1"
        ),
        capture,
    )?;
    same.extend(texts_of(
        connection,
        "SELECT target FROM operation WHERE kind = 'capture' AND target <> ?1 AND blob IN \
         (SELECT blob FROM operation WHERE target = ?1 AND kind = 'capture')",
        capture,
    )?);
    let sets: Vec<i64> = numbers(
        connection,
        "SELECT DISTINCT record_set FROM capture_view WHERE capture = ? AND record_set IS NOT NULL",
        capture,
    )?;
    let article: Option<i64> = connection
        .query_row("SELECT article FROM capture_view WHERE capture = ?", [capture], |row| row.get(0))
        .optional()?;
    connection.execute("DELETE FROM capture_view WHERE capture = ?", [capture])?;
    for set in sets {
        erase_set_if_unused(connection, set, by)?;
    }
    if let Some(article) = article {
        connection.execute(
            "DELETE FROM article WHERE no = ?1 AND NOT EXISTS (SELECT 1 FROM capture_view WHERE article = ?1)",
            [article],
        )?;
        crate::derive::settle_titles(connection, article)?;
    }
    let blobs = numbers(connection, "SELECT blob FROM operation WHERE target = ? AND blob IS NOT NULL", capture)?;
    connection.execute(
        "UPDATE operation SET body = NULL, blob = NULL, withheld_by = ?2 WHERE target = ?1 AND kind <> 'withhold' AND body IS NOT NULL",
        rusqlite::params![capture, by],
    )?;
    for blob in blobs {
        connection.execute(
            "DELETE FROM blob WHERE no = ?1 AND NOT EXISTS (SELECT 1 FROM operation WHERE blob = ?1)",
            [blob],
        )?;
    }
    Ok(same)
}

/// Erases a set of records that no view has any more, its words in the index, and its text if nothing else has it.
fn erase_set_if_unused(connection: &Connection, set: i64, by: i64) -> Result<()> {
    let used: bool =
        connection
            .query_row("SELECT EXISTS (SELECT 1 FROM capture_view WHERE record_set = ?)", [set], |row| row.get(0))?;
    if used {
        return Ok(());
    }
    erase_links(connection, set, by)?;
    let (text, title): (i64, String) =
        connection.query_row("SELECT text, title FROM record_set WHERE no = ?", [set], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let records = load::records(connection, set)?;
    let mut index = Index::new(connection)?;
    connection.execute(
        "UPDATE operation SET body = NULL, withheld_by = ?2 WHERE target IN (SELECT id FROM attribution WHERE record_set = ?1) \
         AND body IS NOT NULL",
        [set, by],
    )?;
    for (no, place) in load::attribution_numbers(connection, set)? {
        index.delete(no, load::record_at(&records, place, set)?, &title)?;
    }
    connection.execute("DELETE FROM attribution WHERE record_set = ?", [set])?;
    connection.execute("DELETE FROM record_set WHERE no = ?", [set])?;
    connection
        .execute("DELETE FROM text WHERE no = ?1 AND NOT EXISTS (SELECT 1 FROM record_set WHERE text = ?1)", [text])?;
    Ok(())
}

/// Erases what was linked of a set of records, and what people decided on words that the article has nowhere else.
fn erase_links(connection: &Connection, set: i64, by: i64) -> Result<()> {
    let (article, text, elsewhere): (String, [u8; 32], bool) = connection.query_row(
        "SELECT a.id, t.digest, EXISTS (SELECT 1 FROM record_set o WHERE o.article = s.article AND o.text = s.text AND o.no <> s.no) \
         FROM record_set s JOIN article a ON a.no = s.article JOIN text t ON t.no = s.text WHERE s.no = ?",
        [set],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    linking::erase_set(connection, set)?;
    if elsewhere {
        return Ok(());
    }
    linking::erase_decisions(connection, &article, &Digest::from_bytes(text).to_string(), by)
}

fn texts_of(connection: &Connection, sql: &str, id: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn numbers(connection: &Connection, sql: &str, id: &str) -> Result<Vec<i64>> {
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Makes sure that erased words are in no page of the file and not in the write-ahead log.
pub(crate) fn scrub(connection: &Connection) -> Result<()> {
    connection.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
    checkpoint(connection)?;
    connection.execute_batch("VACUUM")?;
    checkpoint(connection)?;
    connection.execute("DELETE FROM pending WHERE work = 'scrub'", [])?;
    checkpoint(connection)
}

/// Moves the write-ahead log into the file and cuts it to nothing.
fn checkpoint(connection: &Connection) -> Result<()> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Err(Error::new(
            ErrorKind::Busy,
            "a reader holds the ledger, so what was withheld may still stand in its log",
        )
        .with_hint("end the reader, then run any command on the ledger"));
    }
    Ok(())
}
