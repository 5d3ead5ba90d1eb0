//! The log as its readers see it. Not a way to change it.

use jiff::Timestamp;
use rusqlite::params;

use onrecord_evidence::OperationId;

use crate::reader::timestamp;
use crate::{At, Error, Ledger, Result, add, operation};

/// One operation of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Identity.
    pub id: OperationId,
    /// What was done: one of [`KINDS`](crate::KINDS), or a word of a newer version.
    pub kind: String,
    /// Id of what it is about; `None` where it is about the ledger.
    pub target: Option<String>,
    /// Who did it.
    pub author: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What was done in detail; `None` where it is withheld.
    pub body: Option<serde_json::Value>,
    /// The operation that withheld it.
    pub withheld_by: Option<OperationId>,
}

impl Ledger {
    /// The operations in the order in which they were recorded: those about `target` (an id), or all.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn log(&self, target: Option<&str>, at: &At) -> Result<Vec<Operation>> {
        self.operations("(?1 IS NULL OR target = ?1)", target, at)
    }

    /// One operation; `None` where the ledger did not hold it then.
    ///
    /// # Errors
    /// As [`Ledger::log`].
    pub fn operation(&self, id: &OperationId, at: &At) -> Result<Option<Operation>> {
        Ok(self.operations("id = ?1", Some(&id.to_string()), at)?.pop())
    }

    fn operations(&self, condition: &str, id: Option<&str>, at: &At) -> Result<Vec<Operation>> {
        self.read(at, |reader| {
            let mut statement = reader.connection.prepare_cached(&format!(
                "SELECT id, kind, target, author, recorded_at, body, withheld_by FROM operation \
                 WHERE {condition} AND recorded_at <= ?2 ORDER BY no"
            ))?;
            let mut rows = statement.query(params![id, at.known_by()])?;
            let mut operations = Vec::new();
            while let Some(row) = rows.next()? {
                let id: OperationId = operation::parse_id(row.get_ref(0)?.as_str().unwrap_or_default())?;
                let body: Option<String> = row.get(5)?;
                let parse = |body: String| {
                    serde_json::from_str(&body)
                        .map_err(|cause| Error::damaged(format!("{id}: expected JSON, found {cause}")))
                };
                let by: Option<i64> = row.get(6)?;
                operations.push(Operation {
                    id,
                    kind: row.get(1)?,
                    target: row.get(2)?,
                    author: row.get(3)?,
                    recorded_at: timestamp(row.get(4)?)?,
                    body: body.map(parse).transpose()?,
                    withheld_by: by.map(|by| add::operation_id(reader.connection, by)).transpose()?,
                });
            }
            Ok(operations)
        })
    }
}
