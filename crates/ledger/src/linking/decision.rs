//! What people decided about claims, as operations: signed, dated, with a reason, anchored to words, and to be taken back. What they come to for
//! the linking is derived next door, in `obeyed`.

use jiff::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use onrecord_evidence::{OperationId, StatementId};
use onrecord_link::claims::LinkDecision;

use super::anchor::Anchor;
use super::link::{DECIDED, set_stale};
use super::obeyed::settle;
use super::statement::of_set;
use super::store::{REPORT, report_of_row};
use crate::operation::{self, DECISION, NewOperation};
use crate::reader::{Reader, timestamp};
use crate::{At, Error, ErrorKind, Ledger, Result, load};

/// What a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Decision {
    /// The statement is read rightly and, where `on` is given, is on the claim of that one.
    Accept {
        /// The statement.
        statement: Anchor,
        /// A statement of its claim.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        on: Option<Anchor>,
    },
    /// The statement is not on the claim of `on`; without it: it is no statement, and is left out of linking.
    Reject {
        /// The statement.
        statement: Anchor,
        /// A statement of the claim on which it is not.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        on: Option<Anchor>,
    },
    /// The claims of two statements are one.
    Merge {
        /// A statement of the one.
        one: Anchor,
        /// A statement of the other.
        other: Anchor,
    },
    /// Two statements are not on one claim, whatever comes.
    Split {
        /// The one.
        one: Anchor,
        /// The other.
        other: Anchor,
    },
    /// A statement belongs to another claim.
    Move {
        /// The statement.
        statement: Anchor,
        /// A statement of the claim on which it is not.
        from: Anchor,
        /// A statement of the claim on which it is.
        to: Anchor,
    },
    /// What two statements report has one origin: their sources are one, though the words do not say so.
    OneOrigin {
        /// The one.
        one: Anchor,
        /// The other.
        other: Anchor,
    },
    /// What two statements report has two origins, whatever the words make of it.
    TwoOrigins {
        /// The one.
        one: Anchor,
        /// The other.
        other: Anchor,
    },
    /// A decision does not hold any more; one that takes back such a one lets it hold again.
    Undo {
        /// The decision.
        operation: OperationId,
    },
}

impl Decision {
    /// Its word in commands and documents.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Move { .. } => "move",
            Self::OneOrigin { .. } => "one-origin",
            Self::TwoOrigins { .. } => "two-origins",
            Self::Undo { .. } => "undo",
        }
    }

    /// The words that it names, in the order of its fields.
    pub fn anchors(&self) -> Vec<&Anchor> {
        match self {
            Self::Accept { statement, on } | Self::Reject { statement, on } => {
                std::iter::once(statement).chain(on).collect()
            }
            Self::Merge { one, other }
            | Self::Split { one, other }
            | Self::OneOrigin { one, other }
            | Self::TwoOrigins { one, other } => vec![one, other],
            Self::Move { statement, from, to } => vec![statement, from, to],
            Self::Undo { .. } => Vec::new(),
        }
    }

    /// Pairs of its anchors, by place, with what holds of them.
    pub(super) fn pairs(&self) -> &'static [(usize, usize, LinkDecision)] {
        use LinkDecision::{CannotLink, MustLink};
        match self {
            Self::Accept { on: Some(_), .. } | Self::Merge { .. } => &[(0, 1, MustLink)],
            Self::Reject { on: Some(_), .. } | Self::Split { .. } => &[(0, 1, CannotLink)],
            Self::Move { .. } => &[(0, 1, CannotLink), (0, 2, MustLink)],
            _ => &[],
        }
    }
}

/// Body of a `decision`.
#[derive(Serialize, Deserialize)]
pub(super) struct DecisionBody {
    pub(super) reason: String,
    #[serde(flatten)]
    pub(super) decision: Decision,
}

/// A decision as the ledger holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDecision {
    /// Its operation.
    pub id: OperationId,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// When.
    pub recorded_at: Timestamp,
    /// Whether it holds: nobody took it back by the time asked for.
    pub holds: bool,
    /// For each of [`Decision::anchors`] the statements that have its words now; where there are none it is an orphan.
    pub statements: Vec<Vec<StatementId>>,
}

impl Ledger {
    /// Keeps a decision. It is obeyed by whatever is linked from now on; [`Ledger::relink`] applies it to what is.
    ///
    /// # Errors
    /// [`ErrorKind::Evidence`] where the words that it names are not there, or what it takes back is no decision that holds; where another process writes.
    pub fn decide(&mut self, decision: &Decision, reason: &str, author: &str, now: Timestamp) -> Result<OperationId> {
        let place = self.place.clone();
        let mut work = || {
            let transaction = self.write()?;
            let id = append(&transaction, decision, reason, author, now)?;
            settle(&transaction)?;
            set_stale(&transaction, DECIDED)?;
            transaction.commit()?;
            Ok(id)
        };
        let result: Result<_> = work();
        result.map_err(|error| error.at(&place))
    }

    /// The decisions that were recorded by then, in the order in which they were.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn decisions(&self, at: &At) -> Result<Vec<KeptDecision>> {
        self.read(at, |reader| {
            let kept = all(reader.connection, at.known_by())?;
            let decision = |one: &Kept| {
                let anchors = one.body.decision.anchors();
                Ok(KeptDecision {
                    id: one.id,
                    decision: one.body.decision.clone(),
                    reason: one.body.reason.clone(),
                    author: one.author.clone(),
                    recorded_at: timestamp(one.recorded_at)?,
                    holds: one.holds,
                    statements: anchors.into_iter().map(|one| one.resolve(reader.connection)).collect::<Result<_>>()?,
                })
            };
            kept.iter().map(decision).collect()
        })
    }

    /// The words of a statement, to be named by a decision; `None` where no statement that is linked has this id.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn anchor(&self, statement: &StatementId) -> Result<Option<Anchor>> {
        self.read(&At::default(), |reader| {
            let id = statement.to_string();
            let sql = format!(
                "{REPORT} JOIN statement s ON s.record_set = r.record_set WHERE s.id = ? ORDER BY r.id LIMIT 1"
            );
            let mut select = reader.connection.prepare_cached(&sql)?;
            let mut rows = select.query([&id])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let report = report_of_row(row)?;
            let text = load::text(reader.connection, report.text)?;
            let statements = of_set(reader.connection, report.set, &report.of())?;
            let Some((_, found)) = statements.iter().find(|(_, one)| one.id == *statement) else { return Ok(None) };
            let revision = revision(reader, &report, &text)?;
            Ok(Anchor::new(found, revision.unwrap_or(report.revision), &text))
        })
    }
}

/// The last revision that has a text, as it is numbered now.
fn revision(
    reader: &Reader<'_>,
    report: &super::store::ReportRow,
    text: &str,
) -> Result<Option<onrecord_evidence::RevisionId>> {
    let digest = onrecord_evidence::Digest::of_bytes(text.as_bytes());
    let article = reader.article_fresh(report.article_no)?;
    Ok(article.ok().and_then(|article| {
        article.revisions.iter().rev().find(|revision| revision.text == digest).map(|revision| revision.id)
    }))
}

/// A decision as the log has it.
pub(super) struct Kept {
    pub(super) no: i64,
    id: OperationId,
    pub(super) author: String,
    pub(super) recorded_at: i64,
    pub(super) body: DecisionBody,
    pub(super) holds: bool,
}

/// All decisions that were recorded by `known_by` and are not withheld, with whether they hold.
pub(super) fn all(connection: &Connection, known_by: i64) -> Result<Vec<Kept>> {
    let mut select = connection.prepare_cached(
        "SELECT no, id, author, recorded_at, body FROM operation WHERE kind = 'decision' AND kind <> 'capture' \
         AND body IS NOT NULL AND recorded_at <= ? ORDER BY no",
    )?;
    let mut rows = select.query([known_by])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let (no, body): (i64, String) = (row.get(0)?, row.get(4)?);
        // What a newer version decides is kept as it is, and not obeyed by this one.
        let Ok(body) = operation::parse(&body, DECISION, no) else { continue };
        let id = operation::parse_id(row.get_ref(1)?.as_str().unwrap_or_default())?;
        kept.push(Kept { no, id, author: row.get(2)?, recorded_at: row.get(3)?, body, holds: true });
    }
    let mut undone = std::collections::HashSet::new();
    for one in kept.iter_mut().rev() {
        one.holds = !undone.contains(&one.id);
        if let (true, Decision::Undo { operation }) = (one.holds, &one.body.decision) {
            undone.insert(*operation);
        }
    }
    Ok(kept)
}

fn append(
    connection: &Connection,
    decision: &Decision,
    reason: &str,
    author: &str,
    now: Timestamp,
) -> Result<OperationId> {
    for anchor in decision.anchors() {
        if anchor.resolve(connection)?.is_empty() {
            let words: Vec<&str> = anchor.words.iter().map(|words| words.exact.as_str()).collect();
            let message = format!("expected {:?} in {}, found other words", words.join(" … "), anchor.article);
            return Err(Error::new(ErrorKind::Evidence, message));
        }
    }
    let target = match decision {
        Decision::Undo { operation } => {
            let known = all(connection, i64::MAX)?.into_iter().find(|one| one.id == *operation);
            if known.is_none_or(|one| !one.holds) {
                let message = format!("expected a decision that holds, found none with the id {operation}");
                return Err(Error::new(ErrorKind::Evidence, message));
            }
            operation.to_string()
        }
        other => other.anchors().first().map(|anchor| anchor.statement.to_string()).unwrap_or_default(),
    };
    let body = operation::json(&DecisionBody { reason: reason.to_owned(), decision: decision.clone() })?;
    let new = NewOperation { kind: DECISION, target: Some(&target), author, recorded_at: now, blob: None, body };
    let (no, _) = operation::append(connection, &new)?;
    crate::add::operation_id(connection, no)
}
