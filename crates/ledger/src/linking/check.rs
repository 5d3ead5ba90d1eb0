//! Checking what linking keeps: every statement's words, every row that stands for another. Not whether linking anew gives the same
//! ([`Ledger::verify_links`] does that).

use std::collections::HashMap;

use jiff::Timestamp;
use onrecord_evidence::Quoted;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Deserialize as _;
use serde_json::Value;

use super::draw::json;
use super::link::{Linker, relink};
use super::statement::{failures, prepared};
use crate::verify::Report;
use crate::{Failure, Ledger, Result, load};

impl Ledger {
    /// Links everything anew beside what is kept, and says where the two differ first; nothing is changed. To be asked where [`LinkState::stale`](crate::LinkState::stale) names
    /// no reason why they should.
    ///
    /// # Errors
    /// As [`Ledger::relink`].
    pub fn verify_links(&mut self, linker: &Linker<'_>) -> Result<Vec<Failure>> {
        let place = self.place.clone();
        let mut work = || {
            let transaction = self.write()?;
            super::draw::draw_all(&transaction, |_| ())?;
            let kept = super::dump::lines(&transaction)?;
            relink(&transaction, linker, "verify", Timestamp::UNIX_EPOCH, |_| ())?;
            let expected = super::dump::lines(&transaction)?;
            transaction.rollback()?;
            let (mut kept, mut expected) = (kept.lines(), expected.lines());
            loop {
                let (found, expected) = (kept.next(), expected.next());
                if found != expected {
                    let reason =
                        format!("expected {}, found {}", expected.unwrap_or("nothing"), found.unwrap_or("nothing"));
                    return Ok(vec![Failure { place: "links".to_owned(), reason }]);
                }
                if found.is_none() {
                    return Ok(Vec::new());
                }
            }
        };
        let result: Result<_> = work();
        result.map_err(|error| error.at(&place))
    }
}

/// Every statement stands in its text with the words with which it came in.
pub(crate) fn check_statements(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut select = connection.prepare(
        "SELECT p.record_set, s.text FROM prepared p JOIN record_set s ON s.no = p.record_set ORDER BY s.no",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (set, text): (i64, i64) = (row.get(0)?, row.get(1)?);
        report.step(&format!("record set {set}"), |report| {
            prepared(connection, set)?;
            let (checked, failures) = failures(connection, set, &load::text(connection, text)?)?;
            report.statements += checked;
            failures.into_iter().for_each(|(place, reason)| report.fail(place, reason));
            Ok(())
        });
    }
    Ok(())
}

/// What must hold of the rows of linking whatever was linked; each selects what does not hold.
const RULES: &[(&str, &str)] = &[
    (
        "SELECT r.id FROM report r JOIN record_set s ON s.no = r.record_set WHERE s.article <> r.article OR s.text <> r.text",
        "the report has the records of another text",
    ),
    (
        "SELECT s.id FROM statement s JOIN report r ON r.record_set = s.record_set \
         LEFT JOIN placement p ON p.statement = s.no LEFT JOIN rejected x ON x.statement = s.id \
         WHERE (p.statement IS NULL AND x.statement IS NULL) OR (SELECT stale IS NULL FROM linking) AND p.statement IS NOT NULL AND x.statement IS NOT NULL",
        "expected a place for the statement unless a person rejected it",
    ),
    (
        "SELECT s.id FROM placement p JOIN statement s ON s.no = p.statement \
         WHERE NOT EXISTS (SELECT 1 FROM report r WHERE r.record_set = s.record_set)",
        "a statement has a place and is not linked",
    ),
    (
        "SELECT c.id FROM claim c WHERE c.canonical IS NULL OR c.merged_into IS NOT NULL AND EXISTS \
         (SELECT 1 FROM representative r WHERE r.claim = c.no)",
        "the claim has no words, or stands beside the one with which it was merged",
    ),
    (
        "WITH RECURSIVE leads (no, top) AS (SELECT no, no FROM claim WHERE merged_into IS NULL \
         UNION SELECT c.no, l.top FROM claim c JOIN leads l ON c.merged_into = l.no) \
         SELECT c.id FROM representative r JOIN claim c ON c.no = r.claim \
         LEFT JOIN placement p ON p.statement = r.statement LEFT JOIN leads l ON l.no = p.claim WHERE l.top IS NOT r.claim",
        "a statement stands for a claim that it is not on",
    ),
    (
        "WITH RECURSIVE leads (no) AS (SELECT no FROM claim WHERE merged_into IS NULL \
         UNION SELECT c.no FROM claim c JOIN leads l ON c.merged_into = l.no) \
         SELECT id FROM claim WHERE no NOT IN (SELECT no FROM leads)",
        "the id of the claim leads nowhere",
    ),
];

/// The rows of linking fit each other.
pub(crate) fn check_links(connection: &Connection, report: &mut Report) -> Result<()> {
    for (sql, reason) in RULES {
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            report.fail(row.get::<_, String>(0)?, *reason);
        }
    }
    check_drawn(connection, report)
}

/// Every word that a record of a claim names stands in its text.
fn check_drawn(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut select = connection.prepare(
        "SELECT c.id, d.length, d.packed FROM drawn d JOIN claim c ON c.no = d.claim ORDER BY d.event, d.claim",
    )?;
    let mut find = connection.prepare("SELECT text FROM report WHERE id = ?")?;
    let mut texts: HashMap<String, String> = HashMap::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let claim = match json(row.get(1)?, &row.get::<_, Vec<u8>>(2)?) {
            Ok(claim) => claim,
            Err(error) => {
                report.fail(id, error.to_string());
                continue;
            }
        };
        for (revision, words) in evidence(&claim) {
            if !texts.contains_key(&revision) {
                // Reports of one event follow each other: a few texts serve all claims of it.
                if texts.len() >= 512 {
                    texts.clear();
                }
                let no: Option<i64> = find.query_row([&revision], |row| row.get(0)).optional()?;
                let text = no.map(|no| load::text(connection, no)).transpose()?.unwrap_or_default();
                texts.insert(revision.clone(), text);
            }
            report.evidence += 1;
            if words.check(&texts[&revision]).is_err() {
                report.fail(id.clone(), format!("the record has other words than {revision}: {}", words.words()));
            }
        }
    }
    Ok(())
}

/// All evidence of a record, wherever it stands in it: objects with a revision and words.
fn evidence(value: &Value) -> Vec<(String, Quoted)> {
    let mut found = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(fields) => {
                if let (Some(revision), Some(words @ Value::Object(_))) =
                    (fields.get("revision").and_then(Value::as_str), fields.get("words"))
                {
                    found.extend(Quoted::deserialize(words).ok().map(|words| (revision.to_owned(), words)));
                }
                left.extend(fields.values());
            }
            _ => {}
        }
    }
    found
}
