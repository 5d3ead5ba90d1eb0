//! Opening a ledger: making one, refusing what is none, settling what a crash left undone. Not a query.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::schema::{self, State};
use crate::{Error, ErrorKind, Result};

/// How a ledger is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a write waits for another process before it gives up.
    pub wait: Duration,
    /// The largest size of the file in pages of 4096 bytes; `None` for as large as the disk allows.
    pub max_pages: Option<u32>,
    /// Whether nothing may be written by it: what stands there is brought to this version when it is opened, then every write is refused.
    pub only_reads: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { wait: Duration::from_secs(10), max_pages: None, only_reads: false }
    }
}

/// A ledger: one SQLite file with what came in, who did what, and what was derived from it.
///
/// Any number of processes may read one ledger while one writes; a second writer waits as long as [`Options::wait`].
/// Every write is one transaction and is on the disk when the function returns.
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) place: String,
}

const POLL: Duration = Duration::from_millis(10);

impl Ledger {
    /// Opens the ledger at `path`, and makes it where there is none.
    ///
    /// # Errors
    /// Where the file is no ledger, is damaged or from a newer version, or cannot be made there.
    pub fn open(path: &Path, options: &Options) -> Result<Self> {
        let place = path.display().to_string();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            return Err(Error::new(ErrorKind::Open, format!("expected the folder {}, found none", folder.display()))
                .with_hint("make the folder, or name another file with --ledger")
                .at(&place));
        }
        Self::open_file(path, OpenFlags::SQLITE_OPEN_CREATE, options).map_err(|error| error.at(&place))
    }

    /// Opens the ledger at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Ledger::open`], and where there is no ledger.
    pub fn open_existing(path: &Path, options: &Options) -> Result<Self> {
        let place = path.display().to_string();
        // A file of no bytes is what a kill right after its making leaves.
        if path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0) || !path.exists() {
            return Err(Error::new(ErrorKind::Absent, format!("no ledger at {place}"))
                .with_hint("make one with `onrecord add`"));
        }
        Self::open_file(path, OpenFlags::empty(), options).map_err(|error| error.at(&place))
    }

    /// A ledger that is gone when it is dropped, for tests and demonstrations.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn in_memory() -> Result<Self> {
        let mut ledger = Self { connection: Connection::open_in_memory()?, place: "memory".to_owned() };
        ledger.configure(&Options::default())?;
        schema::migrate(&mut ledger.connection)?;
        Ok(ledger)
    }

    pub(crate) fn open_file(path: &Path, create: OpenFlags, options: &Options) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::new(ErrorKind::Foreign, "expected a file, found a folder")
                .with_hint("name a file in it with --ledger"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(options.wait)?;
        // Asked before anything is set: a file of another program is left as it is. In one transaction: another process may
        // just be making the ledger.
        let look = connection.unchecked_transaction()?;
        let state = schema::state(&look)?;
        drop(look);
        let mut ledger = Self { connection, place: path.display().to_string() };
        if state == State::Current {
            ledger.configure(options)?;
        } else {
            ledger.use_write_ahead_log(options)?;
            ledger.configure(options)?;
            schema::migrate(&mut ledger.connection)?;
        }
        ledger.settle()?;
        if options.only_reads {
            ledger.connection.pragma_update(None, "query_only", true)?;
        }
        Ok(ledger)
    }

    /// Turns the write-ahead log on; another process that is just doing so holds it up shortly.
    pub(crate) fn use_write_ahead_log(&self, options: &Options) -> Result<()> {
        let mut tries = options.wait.as_millis() / POLL.as_millis();
        loop {
            let result =
                self.connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
            match result.map_err(Error::from) {
                Ok(_) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Busy && tries > 0 => tries -= 1,
                Err(error) => return Err(error),
            }
            std::thread::sleep(POLL);
        }
    }

    fn configure(&self, options: &Options) -> Result<()> {
        let connection = &self.connection;
        // FULL: what was acknowledged survives a loss of power, not only a killed process.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // A plan that is made once: without it SQLite plans some cached statements anew for each bound value.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "cache_size", -32_000)?;
        // A log that a rebuild blew up shrinks again.
        connection.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))?;
        connection.set_prepared_statement_cache_capacity(256);
        if let Some(pages) = options.max_pages {
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        }
        Ok(())
    }

    /// Ends what a `withhold` had begun when its process was killed. A reader that may not write leaves it to the next.
    fn settle(&self) -> Result<()> {
        let pending: bool = self.connection.query_row("SELECT count(*) > 0 FROM pending", [], |row| row.get(0))?;
        if !pending {
            return Ok(());
        }
        match crate::withhold::scrub(&self.connection) {
            Err(error) if !matches!(error.kind(), ErrorKind::ReadOnly | ErrorKind::Busy | ErrorKind::Full) => {
                Err(error)
            }
            _ => Ok(()),
        }
    }

    /// Begins to write, or says that another process does.
    pub(crate) fn write(&mut self) -> Result<Transaction<'_>> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// One state of the ledger for several queries: that which is held, else one of its own.
    pub(crate) fn snapshot(&self) -> Result<Snapshot<'_>> {
        let own = if self.connection.is_autocommit() { Some(self.connection.unchecked_transaction()?) } else { None };
        Ok(Snapshot { connection: &self.connection, _own: own })
    }

    /// Holds one state of the ledger: until what is returned is dropped, every read of this `Ledger` sees that state, whatever other processes write.
    /// The write-ahead log grows meanwhile. Where a state is held already, it is that one.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn hold(&self) -> Result<Held<'_>> {
        if !self.connection.is_autocommit() {
            return Ok(Held { _transaction: None });
        }
        let held = self.connection.unchecked_transaction()?;
        // A state is taken by the first read.
        let _: i64 = held.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok(Held { _transaction: Some(held) })
    }

    /// Where the ledger is, for people.
    pub fn place(&self) -> &str {
        &self.place
    }
}

/// One state of a ledger, by [`Ledger::hold`].
pub struct Held<'ledger> {
    _transaction: Option<Transaction<'ledger>>,
}

/// One state for a read.
pub(crate) struct Snapshot<'ledger> {
    connection: &'ledger Connection,
    _own: Option<Transaction<'ledger>>,
}

impl std::ops::Deref for Snapshot<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
