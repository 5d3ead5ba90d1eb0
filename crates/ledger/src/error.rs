//! Why a ledger could not do the job. Not for inputs that cannot be read: those are diagnostics.

use std::fmt;

use rusqlite::ffi;

/// What kind of thing went wrong; each wants something else of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No file is there.
    Absent,
    /// The file could not be opened or made.
    Open,
    /// The file is not a ledger.
    Foreign,
    /// A newer version of Onrecord wrote the ledger.
    Newer,
    /// Another process is writing.
    Busy,
    /// The disk, or the space allowed, is full.
    Full,
    /// The file or its folder may not be written.
    ReadOnly,
    /// The file or a row of it is damaged.
    Damaged,
    /// What the ledger holds was derived by another pipeline.
    OtherPipeline,
    /// A pipeline gave a record that does not fit its text.
    Evidence,
    /// A file is there already, and was not to be replaced.
    Exists,
    /// Something else that the store reports.
    Store,
}

/// The error of this crate: its kind, the ledger, what was expected and found, advice, and the cause.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    place: Option<String>,
    message: String,
    hint: Option<String>,
    cause: Option<rusqlite::Error>,
}

/// What the functions of this crate return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Inner { kind, place: None, message, hint: None, cause: None }))
    }

    pub(crate) fn damaged(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Damaged, message)
            .with_hint("see what is wrong with `onrecord verify`; `onrecord rebuild` repairs what is derived")
    }

    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub(crate) fn at(mut self, place: &str) -> Self {
        self.0.place.get_or_insert_with(|| place.to_owned());
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.0.place {
            write!(formatter, "{place}: ")?;
        }
        formatter.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Self {
        let (kind, message, hint) = match cause.sqlite_error() {
            Some(failure) => told(failure.extended_code),
            None => (
                ErrorKind::Damaged,
                "a row holds something else than expected",
                Some("see what is wrong with `onrecord verify`"),
            ),
        };
        let message = if kind == ErrorKind::Store { format!("{message}: {cause}") } else { message.to_owned() };
        let mut error = Self::new(kind, message);
        error.0.hint = hint.map(str::to_owned);
        error.0.cause = Some(cause);
        error
    }
}

/// Kind, message and advice for a result code of SQLite, <https://sqlite.org/rescode.html>.
fn told(extended_code: i32) -> (ErrorKind, &'static str, Option<&'static str>) {
    match extended_code & 0xff {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => (
            ErrorKind::Busy,
            "another add is running on this ledger",
            Some("wait until it ends, then run the command again; nothing was changed"),
        ),
        ffi::SQLITE_FULL => (
            ErrorKind::Full,
            "no space is left for the ledger",
            Some(
                "free some space and run the command again; what was acknowledged is kept, and nothing is added twice",
            ),
        ),
        ffi::SQLITE_READONLY | ffi::SQLITE_PERM => (
            ErrorKind::ReadOnly,
            "the ledger may not be written",
            Some("check the permissions of the file and of its folder"),
        ),
        ffi::SQLITE_NOTADB => (
            ErrorKind::Foreign,
            "expected a ledger, found another kind of file",
            Some("name another file with --ledger"),
        ),
        ffi::SQLITE_CORRUPT => (
            ErrorKind::Damaged,
            "the ledger is damaged",
            Some(
                "keep the file as it is, and take a copy from a backup; what is damaged is listed by `onrecord verify`",
            ),
        ),
        ffi::SQLITE_CANTOPEN => (
            ErrorKind::Open,
            "the ledger could not be opened",
            Some("check that its folder exists and that you may write there"),
        ),
        ffi::SQLITE_IOERR => (
            ErrorKind::Store,
            "the disk failed to read or write the ledger",
            Some("check the disk and its free space; what was acknowledged is kept"),
        ),
        ffi::SQLITE_TOOBIG => (ErrorKind::Store, "a value is larger than a ledger can hold (1 GB)", None),
        ffi::SQLITE_NOMEM => (ErrorKind::Store, "no memory is left", None),
        _ => (ErrorKind::Store, "the store reports an error", None),
    }
}
