//! A copy of a ledger taken while it is used, and a ledger made of such a copy again. Not an export: a backup holds the captures.
//!
//! A copy is made by `VACUUM INTO`: one state of the ledger, whatever others write meanwhile, and only what is live in it. Free pages, where words that were
//! withheld may still stand until the file is scrubbed, are not copied. The file is written beside its place, checked, brought to the disk and then renamed: under
//! its name there is a whole backup or none.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use onrecord_evidence::Digest;

use crate::operation::{self, WithholdBody};
use crate::schema::{self, State};
use crate::verify::{check_file, check_operations, check_texts};
use crate::{At, Error, ErrorKind, Ledger, Options, Report, Result, Target};

/// What is being done, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupStep {
    /// So many bytes of about so many are written.
    Copying(u64, u64),
    /// The copy is read again: the file, every operation, capture and text by its digest.
    Checking,
}

/// A backup that was made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its length in bytes.
    pub bytes: u64,
    /// Operations in it, tombstones included.
    pub operations: u64,
    /// Captures with their bytes.
    pub captures: u64,
    /// Operations that are tombstones.
    pub withheld: u64,
    /// [`Ledger::digest`] of what it holds.
    pub digest: Digest,
}

/// A ledger that was made of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup held.
    pub backup: Backup,
    /// Things that were withheld in the ledger that was replaced, and not yet in the backup: withheld in the restored one too, by the same reason and
    /// authority.
    pub withheld_again: usize,
    /// Whether a file was replaced that could not be asked what it had withheld.
    pub replaced_unread: bool,
}

impl Ledger {
    /// The digest of what the ledger holds at [`At::known_at`]: SHA-256 by [`Digest::of_fields`] with the purpose `onrecord/ledger/1` over the digests of its
    /// operations in ascending order, each followed by that of the operation that withheld it, if any. Two ledgers with one digest hold the same captures,
    /// decisions, pipelines and tombstones.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn digest(&self, at: &At) -> Result<Digest> {
        self.read(at, |reader| digest(reader.connection, at.known_by()))
    }

    /// Writes a checked copy of the ledger to `path`, while others may read and write it.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] where a file is there and is not to be `replace`d; where the copy cannot be written, or does not hold what its digests say.
    pub fn backup(
        &mut self,
        path: &Path,
        replace: bool,
        mut progress: impl FnMut(BackupStep) + Send + Clone + 'static,
    ) -> Result<Backup> {
        let place = path.display().to_string();
        let mut work = || {
            refuse(path, replace, "--force replaces it; or name another file")?;
            if is_same_file(path, Path::new(&self.place)) {
                return Err(Error::new(ErrorKind::Exists, "this is the ledger itself").with_hint("name another file"));
            }
            let part = Part::beside(path)?;
            copy(&mut self.connection, &part.path, progress.clone())?;
            scrub_if_pending(&part.path)?;
            progress(BackupStep::Checking);
            let made = checked(&part.path, "the copy")?;
            part.rename_to(path)?;
            Ok(made)
        };
        work().map_err(|error| error.at(&place))
    }
}

/// Makes a ledger at `path` of the backup `from`, which is checked first. A ledger that is there is only replaced where `replace` says so and nobody uses it; what it
/// had withheld is withheld in the restored one, by `author` at `now`. A backup of an older version is brought to this one.
///
/// # Errors
/// [`ErrorKind::Exists`] where a file is there and is not to be replaced, [`ErrorKind::Busy`] where somebody uses it; where the backup is none, is cut short or damaged.
pub fn restore(
    from: &Path,
    path: &Path,
    replace: bool,
    author: &str,
    now: Timestamp,
    mut progress: impl FnMut(BackupStep) + Send + Clone + 'static,
) -> Result<Restored> {
    let other = "--force replaces the ledger; or name another one with --ledger";
    refuse(path, replace, other).map_err(|error| error.at(&path.display().to_string()))?;
    if is_same_file(from, path) {
        return Err(
            Error::new(ErrorKind::Exists, "the backup and the ledger are one file").at(&from.display().to_string())
        );
    }
    let mut look = || {
        progress(BackupStep::Checking);
        let backup = checked(from, "the backup")?;
        let part = Part::beside(path)?;
        copy(&mut opened(from)?, &part.path, progress.clone())?;
        Ok((backup, part))
    };
    let (backup, part) = look().map_err(|error: Error| error.at(&from.display().to_string()))?;
    let settle = || {
        let orders = if path.exists() { orders_of(path)? } else { Some(Vec::new()) };
        // Opening brings an older version to this one; closing takes the write-ahead log into the file.
        let mut ledger = Ledger::open_file(&part.path, OpenFlags::empty(), &Options::default())?;
        ledger.use_write_ahead_log(&Options::default())?;
        let mut withheld_again = 0;
        for (target, order) in orders.iter().flatten() {
            let done = ledger.withhold(*target, &order.reason, &order.authority, author, now)?;
            withheld_again += usize::from(done.is_some());
        }
        drop(ledger);
        part.rename_to(path)?;
        for end in ["-wal", "-shm"] {
            remove(&with_end(path, end))?;
        }
        Ok(Restored { backup, withheld_again, replaced_unread: orders.is_none() })
    };
    settle().map_err(|error: Error| error.at(&path.display().to_string()))
}

/// What the ledger that is to be replaced has withheld; `None` where it is none or cannot be read. Makes sure that nobody uses it.
fn orders_of(path: &Path) -> Result<Option<Vec<(Target, WithholdBody)>>> {
    let read = || -> Result<Vec<(Target, WithholdBody)>> {
        let ledger = Ledger::open_existing(path, &Options { wait: std::time::Duration::ZERO, ..Options::default() })?;
        let found = {
            let mut select = ledger
                .connection
                .prepare("SELECT no, target, body FROM operation WHERE kind = 'withhold' ORDER BY no")?;
            let mut rows = select.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (no, target, body): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                found.push((target_of(&target)?, operation::parse(&body, operation::WITHHOLD, no)?));
            }
            found
        };
        // Only granted where no other process has the file open; the log is then taken into it.
        ledger.connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        Ok(found)
    };
    match read() {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::Busy => {
            Err(Error::new(ErrorKind::Busy, "another process uses the ledger that is to be replaced")
                .with_hint("end it, then run the command again; nothing was changed"))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Newer | ErrorKind::ReadOnly) => Err(error),
        Err(_) => Ok(None),
    }
}

fn target_of(id: &str) -> Result<Target> {
    match id.starts_with("art_") {
        true => operation::parse_id(id).map(Target::Article),
        false => operation::parse_id(id).map(Target::Capture),
    }
}

/// Copies what is live in the ledger of a connection into the empty file `to`.
fn copy(connection: &mut Connection, to: &Path, mut progress: impl FnMut(BackupStep) + Send + 'static) -> Result<()> {
    let total: u64 = connection.query_row(
        "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
        [],
        |row| row.get(0),
    )?;
    let watched = to.to_owned();
    let tell = move || {
        progress(BackupStep::Copying(watched.metadata().map_or(0, |metadata| metadata.len()).min(total), total));
        false
    };
    // Asked every so many steps of the virtual machine of SQLite: some times a second.
    connection.progress_handler(1_000_000, Some(tell))?;
    let name = to.to_str().ok_or_else(|| Error::new(ErrorKind::Open, "expected a path in UTF-8"))?;
    let done = connection.execute("VACUUM INTO ?", [name]);
    connection.progress_handler(0, None::<fn() -> bool>)?;
    done?;
    Ok(())
}

/// A backup of a ledger that was being scrubbed is scrubbed by itself.
fn scrub_if_pending(path: &Path) -> Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let pending: bool = connection.query_row("SELECT count(*) > 0 FROM pending", [], |row| row.get(0))?;
    if pending { crate::withhold::scrub(&connection) } else { Ok(()) }
}

/// A file that is only read.
fn opened(path: &Path) -> Result<Connection> {
    if !path.is_file() {
        return Err(Error::new(ErrorKind::Absent, "expected a backup, found no such file"));
    }
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}

/// Reads a whole copy again: the file, every operation, every capture and text by its digest.
fn checked(path: &Path, what: &str) -> Result<Backup> {
    let foreign = |found: &str| {
        Error::new(ErrorKind::Foreign, format!("expected a backup of a ledger, found {found}"))
            .with_hint("name another file")
    };
    let wrong = |reason: &str| {
        Error::new(ErrorKind::Damaged, format!("{what} is damaged or cut short: {reason}"))
            .with_hint("take another backup; nothing was changed")
    };
    let connection = opened(path)?;
    let state = schema::state(&connection).map_err(|error| match error.kind() {
        ErrorKind::Newer => error,
        ErrorKind::Foreign => foreign("another kind of file"),
        _ => wrong(&error.to_string()),
    })?;
    if state == State::Empty {
        return Err(foreign("an empty file"));
    }
    let bytes = path.metadata().map_or(0, |metadata| metadata.len());
    let (told, page): (u64, u64) = connection.query_row(
        "SELECT page_count * page_size, page_size FROM pragma_page_count, pragma_page_size",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    // SQLite reads the page that a cut goes through as if it were filled with zeros.
    if !bytes.is_multiple_of(page) {
        return Err(wrong(&format!("expected {told} bytes, found {bytes}")));
    }
    let mut report = Report::default();
    report.step("file", |report| check_file(&connection, report));
    report.step("operations", |report| check_operations(&connection, report));
    report.step("texts", |report| check_texts(&connection, report));
    match report.failures.first() {
        Some(failure) if bytes < told => return Err(wrong(&format!("{bytes} of {told} bytes; {}", failure.reason))),
        Some(failure) => return Err(wrong(&format!("{}: {}", failure.place, failure.reason))),
        None => {}
    }
    Ok(Backup {
        bytes,
        operations: report.operations + report.withheld,
        captures: report.captures,
        withheld: report.withheld,
        digest: digest(&connection, i64::MAX)?,
    })
}

fn digest(connection: &Connection, known_by: i64) -> Result<Digest> {
    let mut select = connection.prepare(
        "SELECT o.digest, w.digest FROM operation o LEFT JOIN operation w ON w.no = o.withheld_by AND w.recorded_at <= ?1 \
         WHERE o.recorded_at <= ?1 ORDER BY o.digest",
    )?;
    let mut rows = select.query([known_by])?;
    let mut digests: Vec<[u8; 32]> = Vec::new();
    while let Some(row) = rows.next()? {
        digests.push(row.get(0)?);
        digests.extend(row.get::<_, Option<[u8; 32]>>(1)?);
    }
    let fields: Vec<&[u8]> = digests.iter().map(<[u8; 32]>::as_slice).collect();
    Ok(Digest::of_fields("onrecord/ledger/1", &fields))
}

fn refuse(path: &Path, replace: bool, hint: &str) -> Result<()> {
    if path.is_dir() {
        return Err(
            Error::new(ErrorKind::Exists, "expected the name of a file, found a folder").with_hint("name a file in it")
        );
    }
    if path.exists() && !replace {
        return Err(Error::new(ErrorKind::Exists, "a file is there already").with_hint(hint));
    }
    Ok(())
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// A file that is being written beside the one that it becomes; gone when it is dropped before.
struct Part {
    path: PathBuf,
    /// Held for as long as the file is written: what nobody holds was left by a kill.
    held: File,
    is_done: bool,
}

const PART: &str = ".part";

impl Part {
    fn beside(path: &Path) -> Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Error::new(ErrorKind::Open, format!("expected the folder {}, found none", folder.display()))
                .with_hint("make the folder, or name another file"));
        }
        let name = path.file_name().unwrap_or_default();
        remove_left(folder, name);
        let part = folder.join(with_end(Path::new(name), &format!(".{}{PART}", std::process::id())));
        let held =
            OpenOptions::new().write(true).create_new(true).open(&part).map_err(|cause| failed("make", &cause))?;
        held.try_lock().map_err(|cause| failed("lock", &cause.into()))?;
        Ok(Self { path: part, held, is_done: false })
    }

    /// Brings the file to the disk, then gives it its name.
    fn rename_to(mut self, path: &Path) -> Result<()> {
        let to_disk = || {
            File::options().read(true).write(true).open(&self.path)?.sync_all()?;
            fs::rename(&self.path, path)?;
            #[cfg(unix)]
            if let Some(folder) = path.parent() {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                File::options().read(true).open(folder)?.sync_all()?;
            }
            Ok(())
        };
        to_disk().map_err(|cause: io::Error| failed("write", &cause))?;
        self.is_done = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.held.unlock();
        if !self.is_done {
            for end in ["", "-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(with_end(&self.path, end));
            }
        }
    }
}

/// Removes what earlier runs left when they were killed.
fn remove_left(folder: &Path, name: &std::ffi::OsStr) {
    let Some(name) = name.to_str() else { return };
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let found = entry.file_name();
        let middle = found.to_str().and_then(|found| found.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(PART));
        if middle.is_none_or(|middle| middle.is_empty() || !middle.bytes().all(|digit| digit.is_ascii_digit())) {
            continue;
        }
        let unheld = File::options().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if unheld {
            for end in ["", "-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(with_end(&entry.path(), end));
            }
        }
    }
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed("remove", &cause)),
        _ => Ok(()),
    }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut whole = OsString::from(path);
    whole.push(end);
    PathBuf::from(whole)
}

fn failed(what: &str, cause: &io::Error) -> Error {
    let kind = match cause.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorKind::ReadOnly,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::Full,
        _ => ErrorKind::Open,
    };
    Error::new(kind, format!("could not {what} the file: {cause}"))
        .with_hint("check the folder, its permissions and the free space")
}
