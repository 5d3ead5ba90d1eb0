//! Making everything derived again from the operations, in one transaction: after a crash the old rows stand. Not a migration.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use onrecord_evidence::Digest;

use crate::derive::{self, Told};
use crate::operation::{self, CAPTURE, METADATA, MetadataBody};
use crate::{Derived, Error, ErrorKind, KeptCapture, Ledger, Linker, Result, add, linking, load, schema};

/// How far a rebuild is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Captures that were read again, once for each statement about them.
    pub done: u64,
    /// How many there are.
    pub total: u64,
}

/// How many captures are handed out at once, so that a caller can read them on several threads.
const BATCH: usize = 64;

/// Which pipeline derives from now on.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline<'call> {
    /// Digest over everything that decides what it derives: code version, weights, tables.
    pub digest: Digest,
    /// The same for people.
    pub description: &'call str,
}

impl Ledger {
    /// Drops everything derived and makes it again: `derive` gets captures in the order in which they came in, each with
    /// what was stated about it, and gives one [`Derived`] for each, in that order. Activates `pipeline` where another one was
    /// active. Readers see the old rows until it ends.
    ///
    /// # Errors
    /// Where another process writes, the disk is full, an operation is damaged, or `derive` gives a record without its
    /// words; then everything is as it was.
    pub fn rebuild(
        &mut self,
        pipeline: Pipeline<'_>,
        author: &str,
        now: Timestamp,
        derive: impl FnMut(&[KeptCapture]) -> Vec<Derived>,
        progress: impl FnMut(Progress),
    ) -> Result<()> {
        self.rebuild_linked(pipeline, None, author, now, derive, progress)
    }

    /// Does what [`Ledger::rebuild`] does, and links everything anew in the same transaction as [`Ledger::relink`] does; without a linker nothing
    /// is linked afterwards.
    ///
    /// # Errors
    /// As [`Ledger::rebuild`].
    pub fn rebuild_linked(
        &mut self,
        pipeline: Pipeline<'_>,
        linker: Option<&Linker<'_>>,
        author: &str,
        now: Timestamp,
        derive: impl FnMut(&[KeptCapture]) -> Vec<Derived>,
        progress: impl FnMut(Progress),
    ) -> Result<()> {
        let place = self.place.clone();
        let work = || {
            let transaction = self.write()?;
            let no = match operation::active_pipeline(&transaction)? {
                Some((no, active)) if active.digest == pipeline.digest => no,
                _ => add::append_pipeline(&transaction, pipeline.digest, pipeline.description, author, now)?,
            };
            schema::clear_derived(&transaction)?;
            derive_all(&transaction, no, derive, progress)?;
            if let Some(linker) = linker {
                linking::relink(&transaction, linker, author, now, |_| ())?;
            }
            Ok(transaction.commit()?)
        };
        let result: Result<()> = work();
        result.map_err(|error| error.at(&place))
    }
}

/// A statement about a capture.
struct Statement {
    no: i64,
    kind: String,
    target: String,
    recorded_at: i64,
}

fn derive_all(
    transaction: &Transaction<'_>,
    pipeline: i64,
    mut derive: impl FnMut(&[KeptCapture]) -> Vec<Derived>,
    mut progress: impl FnMut(Progress),
) -> Result<()> {
    let statements = statements(transaction)?;
    let total = statements.len() as u64;
    let mut done = 0;
    progress(Progress { done, total });
    for batch in statements.chunks(BATCH) {
        let mut captures = Vec::with_capacity(batch.len());
        let mut origins = Vec::with_capacity(batch.len());
        for statement in batch {
            let (capture, no, recorded_at) = stated_capture(transaction, statement)?;
            captures.push(capture);
            origins.push((no, recorded_at));
        }
        let derived = derive(&captures);
        if derived.len() != captures.len() {
            let message = format!("expected {} derived captures, found {}", captures.len(), derived.len());
            return Err(Error::new(ErrorKind::Evidence, message));
        }
        for (((statement, capture), (operation, recorded_at)), derived) in
            batch.iter().zip(&captures).zip(origins).zip(&derived)
        {
            derive::check(derived)
                .map_err(|reason| Error::new(ErrorKind::Evidence, format!("{}: {reason}", capture.id)))?;
            let told = Told {
                capture: capture.id,
                operation,
                stated_by: statement.no,
                known_from: statement.recorded_at,
                recorded_at,
                fetched: capture.capture.fetched.as_ref(),
                article: capture.article,
                article_key: &capture.article_key,
            };
            derive::keep(transaction, &told, derived, pipeline)?;
        }
        done += batch.len() as u64;
        progress(Progress { done, total });
    }
    Ok(())
}

/// All statements about captures that are not withheld, in the order in which they came in.
fn statements(connection: &Connection) -> Result<Vec<Statement>> {
    let mut statement = connection.prepare(
        "SELECT no, kind, target, recorded_at FROM operation WHERE kind IN ('capture', 'metadata') AND body IS NOT NULL ORDER BY no",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Statement { no: row.get(0)?, kind: row.get(1)?, target: row.get(2)?, recorded_at: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The capture that a statement is about, with the number and time of the operation that brought it.
fn stated_capture(connection: &Connection, statement: &Statement) -> Result<(KeptCapture, i64, i64)> {
    let (no, recorded_at) = if statement.kind == CAPTURE {
        (statement.no, statement.recorded_at)
    } else {
        connection
            .prepare_cached("SELECT no, recorded_at FROM operation WHERE target = ? AND kind = 'capture'")?
            .query_row([&statement.target], |row| Ok((row.get(0)?, row.get(1)?)))?
    };
    let mut capture = load::capture(connection, no)?
        .ok_or_else(|| Error::damaged(format!("operation {}: expected its capture, found none", statement.no)))?;
    if statement.kind == METADATA {
        let body: String = connection
            .prepare_cached("SELECT body FROM operation WHERE no = ?")?
            .query_row([statement.no], |row| row.get(0))?;
        capture.stated = Some(operation::parse::<MetadataBody>(&body, METADATA, statement.no)?.stated);
    }
    Ok((capture, no, recorded_at))
}
