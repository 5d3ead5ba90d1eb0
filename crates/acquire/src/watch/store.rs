//! What is due when, and how it went: a small SQLite file beside the ledger. Not the ledger: nothing here is evidence, a rebuild does not need it, and
//! where it is lost everything is merely asked for once more.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::Sources;
use super::job::{Job, Kind};
use crate::fetch::{Robots, Validators, origin};

/// The store cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "the file of the watch cannot be used: {cause}; moved away, it is made anew, and everything is asked for once more"
)]
pub struct StoreError {
    #[from]
    cause: rusqlite::Error,
}

type Result<T> = std::result::Result<T, StoreError>;

const VERSION: i64 = 1;

/// No host rests for longer, in seconds: what says so was written by a clock that was ahead.
pub(super) const MAX_REST: i64 = 25 * 3600;

/// Times are seconds since 1970. `due` is null for what is not asked for any more; `state` says why.
const SCHEMA: &str = "
CREATE TABLE page (
    address TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    origin TEXT NOT NULL,
    due INTEGER,
    paused INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'new',
    etag TEXT,
    last_modified TEXT,
    digest TEXT,
    first INTEGER,
    asked INTEGER,
    ok INTEGER,
    taken INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX page_due ON page (origin, due) WHERE due IS NOT NULL AND paused = 0;
CREATE INDEX page_next ON page (origin, kind DESC, due) WHERE due IS NOT NULL AND paused = 0;
CREATE INDEX page_source ON page (source, kind);
CREATE TABLE origin (
    origin TEXT PRIMARY KEY,
    not_before INTEGER NOT NULL DEFAULT 0,
    robots BLOB,
    robots_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
";

/// The file of a watch.
pub struct Store {
    pub(super) connection: Connection,
}

/// What came of a page.
#[derive(Clone, Copy)]
pub(super) struct Well<'call> {
    pub(super) validators: &'call Validators,
    /// Digest of the bytes, where they are new.
    pub(super) digest: Option<&'call str>,
    pub(super) taken: bool,
    /// Why nothing could be read of it.
    pub(super) reason: Option<&'call str>,
}

/// How a page goes on.
pub(super) struct Next<'call> {
    pub(super) due: Option<i64>,
    pub(super) state: &'call str,
    pub(super) now: i64,
}

impl Store {
    /// Opens the file at `path`, and makes it where there is none.
    ///
    /// # Errors
    /// Where it cannot be opened, or is the file of a newer version or another program.
    pub fn open(path: &Path) -> Result<Self> {
        Self::with(Connection::open(path)?)
    }

    /// A store that is gone when it is dropped.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn in_memory() -> Result<Self> {
        Self::with(Connection::open_in_memory()?)
    }

    fn with(connection: Connection) -> Result<Self> {
        connection.busy_timeout(Duration::from_secs(10))?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if version != VERSION && (version != 0 || tables != 0) {
            let message =
                format!("expected version {VERSION} of it, found {version}; move the file away to begin anew");
            return Err(rusqlite::Error::ToSqlConversionFailure(message.into()).into());
        }
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        if version == 0 {
            connection.execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"))?;
        }
        Ok(Self { connection })
    }

    /// Takes over the sources of a file: their feeds come due, what the file does not name any more rests.
    pub(super) fn watch(&mut self, sources: &Sources, now: i64) -> Result<()> {
        let transaction = self.connection.transaction()?;
        let json = |list: Vec<&String>| serde_json::json!(list).to_string();
        let names = json(sources.sources.iter().map(|source| &source.name).collect());
        let feeds = json(sources.sources.iter().flat_map(|source| &source.feeds).collect());
        transaction.execute(
            "UPDATE page SET paused = 1 WHERE paused = 0 AND (source NOT IN (SELECT value FROM json_each(?1)) \
             OR kind = 'feed' AND address NOT IN (SELECT value FROM json_each(?2)))",
            [names, feeds],
        )?;
        for source in &sources.sources {
            transaction.execute(
                "UPDATE page SET paused = 0 WHERE paused = 1 AND source = ? AND kind <> 'feed'",
                [&source.name],
            )?;
            for feed in &source.feeds {
                let origin = origin(feed).unwrap_or_default();
                transaction.execute(
                    "INSERT INTO page (address, kind, source, origin, due) VALUES (?1, 'feed', ?2, ?3, ?4) \
                     ON CONFLICT (address) DO UPDATE SET kind = 'feed', source = ?2, paused = 0, due = min(ifnull(due, ?4), ?5)",
                    params![feed, source.name, origin, now, now + MAX_REST + i64::try_from(source.every.as_secs()).unwrap_or(0)],
                )?;
            }
        }
        transaction.execute("INSERT OR IGNORE INTO origin (origin) SELECT DISTINCT origin FROM page", [])?;
        Ok(transaction.commit()?)
    }

    /// Adds what a feed lists and is not known; how many were new.
    pub(super) fn add(&mut self, addresses: &[String], kind: Kind, source: &str, due: i64) -> Result<usize> {
        let transaction = self.connection.transaction()?;
        let mut new = 0;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT OR IGNORE INTO page (address, kind, source, origin, due) VALUES (?, ?, ?, ?, ?)",
            )?;
            let mut insert_origin = transaction.prepare_cached("INSERT OR IGNORE INTO origin (origin) VALUES (?)")?;
            for address in addresses {
                let Some(origin) = origin(address) else { continue };
                new += insert.execute(params![address, kind.word(), source, origin, due])?;
                insert_origin.execute([origin])?;
            }
        }
        transaction.commit()?;
        Ok(new)
    }

    /// The hosts with something due by `now`, and from when on each may be asked.
    pub(super) fn origins(&self, now: i64) -> Result<Vec<(String, i64)>> {
        let sql = "SELECT o.origin, o.not_before FROM origin o WHERE EXISTS \
                   (SELECT 1 FROM page p WHERE p.origin = o.origin AND p.due <= ? AND p.due IS NOT NULL AND p.paused = 0)";
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What of a host is asked for next: feeds before articles, of each kind what has been due for longest.
    pub(super) fn due(&self, origin: &str, now: i64) -> Result<Option<Job>> {
        let sql = "SELECT address, kind, source, origin, etag, last_modified, digest, first, failures FROM page INDEXED BY page_next \
                   WHERE origin = ? AND due <= ? AND due IS NOT NULL AND paused = 0 ORDER BY kind DESC, due LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.query_row(params![origin, now], job).optional()?)
    }

    /// When the next page comes due.
    pub(super) fn next_due(&self) -> Result<Option<i64>> {
        let sql = "SELECT min(max(p.due, o.not_before)) FROM page p JOIN origin o USING (origin) WHERE p.due IS NOT NULL AND p.paused = 0";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// A host is not asked before `at`.
    pub(super) fn rest(&self, origin: &str, at: i64) -> Result<()> {
        let sql = "INSERT INTO origin (origin, not_before) VALUES (?1, ?2) ON CONFLICT (origin) DO UPDATE SET \
                   not_before = CASE WHEN not_before BETWEEN ?2 AND ?2 + ?3 THEN not_before ELSE ?2 END";
        self.connection.execute(sql, params![origin, at, MAX_REST])?;
        Ok(())
    }

    /// The robots.txt of a host, where it is known and young enough.
    pub(super) fn robots(&self, origin: &str, now: i64) -> Result<Option<Robots>> {
        let sql = "SELECT robots FROM origin WHERE origin = ? AND robots_until > ?";
        let found: Option<Option<Vec<u8>>> =
            self.connection.prepare_cached(sql)?.query_row(params![origin, now], |row| row.get(0)).optional()?;
        Ok(found.map(|bytes| Robots::parse(&bytes.unwrap_or_default(), crate::fetch::AGENT)))
    }

    pub(super) fn keep_robots(&self, origin: &str, bytes: &[u8], until: i64) -> Result<()> {
        let sql = "UPDATE origin SET robots = ?, robots_until = ? WHERE origin = ?";
        self.connection.execute(sql, params![bytes, until, origin])?;
        Ok(())
    }

    /// A host does not answer: its feeds show why.
    pub(super) fn host_failed(&self, origin: &str, reason: &str, now: i64) -> Result<()> {
        let sql = "UPDATE page SET failures = failures + 1, asked = ?, reason = ? WHERE origin = ? AND kind = 'feed' AND due <= ? AND paused = 0";
        self.connection.execute(sql, params![now, reason, origin, now])?;
        Ok(())
    }

    /// A page was asked for and came, or is as it was.
    pub(super) fn went_well(&self, job: &Job, well: &Well<'_>, next: &Next<'_>) -> Result<()> {
        let sql = "UPDATE page SET due = ?1, state = ?2, etag = ?3, last_modified = ?4, digest = ifnull(?5, digest), first = ifnull(first, ?6), asked = ?6, ok = ?6, \
                   taken = taken + ?7, failures = 0, reason = ?8 WHERE address = ?9";
        self.connection.prepare_cached(sql)?.execute(params![
            next.due,
            next.state,
            well.validators.etag,
            well.validators.last_modified,
            well.digest,
            next.now,
            i64::from(well.taken),
            well.reason,
            job.address
        ])?;
        Ok(())
    }

    /// A page was asked for and did not come.
    pub(super) fn went_wrong(&self, job: &Job, reason: &str, next: &Next<'_>) -> Result<()> {
        let sql =
            "UPDATE page SET due = ?, state = ?, asked = ?, failures = failures + 1, reason = ? WHERE address = ?";
        self.connection.prepare_cached(sql)?.execute(params![next.due, next.state, next.now, reason, job.address])?;
        Ok(())
    }

    /// Does several things or none of them.
    pub(super) fn at_once<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let transaction = self.connection.unchecked_transaction()?;
        let done = work()?;
        transaction.commit()?;
        Ok(done)
    }
}

fn job(row: &Row<'_>) -> rusqlite::Result<Job> {
    Ok(Job {
        address: row.get(0)?,
        kind: Kind::of(&row.get::<_, String>(1)?),
        source: row.get(2)?,
        origin: row.get(3)?,
        validators: Validators { etag: row.get(4)?, last_modified: row.get(5)? },
        digest: row.get(6)?,
        first: row.get(7)?,
        failures: row.get(8)?,
    })
}
