//! The tables, their version, and the way from an older version. Not a query.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, ErrorKind, Result};

/// `PRAGMA application_id` of every ledger: the letters `OnRc`.
pub const APPLICATION_ID: i32 = 0x4f6e_5263;
/// The version of the tables that this library writes.
pub const SCHEMA_VERSION: i32 = MIGRATIONS.len() as i32;

/// `MIGRATIONS[v]` leads from version `v` to `v + 1`; 0 is an empty file. A step is never changed after its release; it
/// comes with a fixture of a file of version `v`.
const MIGRATIONS: &[&[&str]] = &[
    &[include_str!("schema.sql"), include_str!("derived.sql")],
    &[include_str!("prepared.sql"), include_str!("linking.sql")],
];

/// What a file says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// No table at all: a new file, or one whose making was interrupted.
    Empty,
    /// A ledger of an older version.
    Older,
    /// A ledger of this version.
    Current,
}

/// Looks at a file without changing it.
pub(crate) fn state(connection: &Connection) -> Result<State> {
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application_id == 0 && version == 0 && tables == 0 {
        return Ok(State::Empty);
    }
    if application_id != APPLICATION_ID {
        return Err(Error::new(ErrorKind::Foreign, "expected a ledger, found the database of another program")
            .with_hint("name another file with --ledger"));
    }
    if version > SCHEMA_VERSION {
        return Err(Error::new(
            ErrorKind::Newer,
            format!("expected a ledger of version {SCHEMA_VERSION} or older, found version {version}"),
        )
        .with_hint("update onrecord; the ledger was left as it is"));
    }
    if version < 1 {
        return Err(Error::damaged(format!("expected the version of a ledger, found {version}")));
    }
    Ok(if version == SCHEMA_VERSION { State::Current } else { State::Older })
}

/// Brings a file to this version in one transaction: after a crash it is the old one or the new one.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again under the lock: another process may have been first.
    if state(&transaction)? == State::Current {
        return Ok(());
    }
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for statements in steps_from(version) {
        transaction.execute_batch(statements)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(transaction.commit()?)
}

/// The statements that lead from a version to this one, in their order.
pub(crate) fn steps_from(version: i32) -> Vec<&'static str> {
    let steps = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version..)).unwrap_or_default();
    steps.iter().copied().flatten().copied().collect()
}

/// The derived tables that no linking touches, in an order in which they may be dropped.
const DERIVED: &[&str] =
    &["statement", "prepared", "words", "attribution", "capture_view", "record_set", "text", "article"];
/// The tables of linking, in such an order.
const LINKS: &[&str] = &[
    "undrawn",
    "drawn_link",
    "drawn_name",
    "drawn_change",
    "drawn",
    "masthead",
    "anchored",
    "rejected",
    "decided",
    "claim_link",
    "placement",
    "utterance",
    "event_key",
    "claim_key",
    "representative",
    "claim",
    "event_report",
    "copying",
    "paragraph",
    "passage_key",
    "report",
    "event",
    "linking",
];

/// Drops everything derived and makes the empty tables again.
pub(crate) fn clear_derived(connection: &Connection) -> Result<()> {
    for table in LINKS.iter().chain(DERIVED) {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    for tables in [include_str!("derived.sql"), include_str!("prepared.sql"), include_str!("linking.sql")] {
        connection.execute_batch(tables)?;
    }
    Ok(())
}

/// Drops what linking made, and makes the empty tables again.
pub(crate) fn clear_links(connection: &Connection) -> Result<()> {
    for table in LINKS {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    Ok(connection.execute_batch(include_str!("linking.sql"))?)
}
