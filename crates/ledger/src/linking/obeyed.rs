//! What the decisions of people come to: pairs of statements that are on one claim or must not be, statements that are left out, rulings about origins.
//! Derived from the log of decisions and obeyed by the linking; nothing here is decided.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, StatementId, Time, TimeSource};
use onrecord_link::assemble::DrawnClaim;
use onrecord_link::claims::LinkDecision;
use onrecord_link::position::{self, Ruling};

use super::decision::{Decision, DecisionBody, all};
use crate::Result;
use crate::operation::{self, DECISION};
use crate::reader::timestamp;

/// Pairs of statements with what was decided on them.
pub(super) type Pairs = Vec<(StatementId, StatementId, LinkDecision)>;

/// What the decisions that were recorded by `known_by` come to: pairs of statements, the later decision on one pair behind the earlier one, and the
/// statements that are left out.
pub(super) fn as_known(connection: &Connection, known_by: i64) -> Result<(Pairs, BTreeSet<StatementId>)> {
    let (mut found, mut rejected) = (Vec::new(), BTreeSet::new());
    for one in all(connection, known_by)?.iter().filter(|one| one.holds) {
        let decision = &one.body.decision;
        let anchors = decision.anchors();
        let statements = anchors.iter().map(|anchor| anchor.resolve(connection)).collect::<Result<Vec<_>>>()?;
        match decision {
            Decision::Reject { on: None, .. } => rejected.extend(statements.first().into_iter().flatten().copied()),
            Decision::Accept { .. } => {
                rejected.retain(|statement| !statements.first().is_some_and(|accepted| accepted.contains(statement)));
            }
            _ => {}
        }
        for (first, second, holds) in decision.pairs() {
            for one in &statements[*first] {
                found.extend(
                    statements[*second].iter().filter(|other| *other != one).map(|other| (*one, *other, *holds)),
                );
            }
        }
    }
    Ok((found, rejected))
}

/// The pairs of statements on which people decided, in the order of the decisions.
pub(super) fn decided(connection: &Connection) -> Result<Pairs> {
    let mut select =
        connection.prepare_cached("SELECT one, other, decision FROM decided ORDER BY operation, one, other")?;
    let mut rows = select.query([])?;
    let mut found = Pairs::new();
    while let Some(row) = rows.next()? {
        let (one, other, decision): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let decision = super::store::parse(&decision, "a decision on two statements")?;
        found.push((operation::parse_id(&one)?, operation::parse_id(&other)?, decision));
    }
    Ok(found)
}

/// A decision about the origins of two statements, as it bears on the claims that they are on.
pub(super) struct OriginRuling {
    one: BTreeSet<StatementId>,
    other: BTreeSet<StatementId>,
    is_one: bool,
    author: String,
    reason: String,
    at: Time,
}

impl OriginRuling {
    /// Adds it to the record of a claim that both statements are on.
    pub(super) fn bear_on(&self, claim: &mut DrawnClaim) {
        let utterance = |of: &BTreeSet<StatementId>| {
            claim.statements.iter().filter(|one| of.contains(&one.id)).find_map(|one| one.utterance.clone())
        };
        let (Some(one), Some(other)) = (utterance(&self.one), utterance(&self.other)) else { return };
        let ruling = if self.is_one { Ruling::SameOrigin(one, other) } else { Ruling::ApartOrigin(one, other) };
        claim.record.decisions.push(position::Decision {
            ruling,
            author: self.author.clone(),
            at: self.at.clone(),
            reason: self.reason.clone(),
            taken_back: false,
        });
    }
}

/// The decisions about origins that were recorded by `known_by` and hold, in the order in which they were.
pub(super) fn origin_rulings(connection: &Connection, known_by: i64) -> Result<Vec<OriginRuling>> {
    let mut found = Vec::new();
    for kept in all(connection, known_by)?.into_iter().filter(|one| one.holds) {
        let (one, other, is_one) = match &kept.body.decision {
            Decision::OneOrigin { one, other } => (one, other, true),
            Decision::TwoOrigins { one, other } => (one, other, false),
            _ => continue,
        };
        found.push(OriginRuling {
            one: one.resolve(connection)?.into_iter().collect(),
            other: other.resolve(connection)?.into_iter().collect(),
            is_one,
            at: Time::instant(timestamp(kept.recorded_at)?, TimeSource::User),
            author: kept.author,
            reason: kept.body.reason,
        });
    }
    Ok(found)
}

/// Derives from all decisions what holds of the statements that there are.
pub(super) fn settle(connection: &Connection) -> Result<()> {
    connection.execute_batch("DELETE FROM decided; DELETE FROM rejected; DELETE FROM anchored;")?;
    for one in all(connection, i64::MAX)?.iter().filter(|one| one.holds) {
        for anchor in one.body.decision.anchors() {
            connection
                .prepare_cached("INSERT OR IGNORE INTO anchored (article, operation) VALUES (?, ?)")?
                .execute(params![anchor.article.to_string(), one.no])?;
        }
        obey(connection, one.no, &one.body.decision)?;
    }
    Ok(())
}

/// Derives what holds of the statements of an article that has just come in.
pub(super) fn anchor_article(connection: &Connection, article: &ArticleId) -> Result<()> {
    let mut select = connection.prepare_cached(
        "SELECT o.no, o.body FROM anchored a JOIN operation o ON o.no = a.operation WHERE a.article = ? AND o.body IS NOT NULL ORDER BY o.no",
    )?;
    let rows = select.query_map([article.to_string()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    for row in rows.collect::<Result<Vec<_>, _>>()? {
        obey(connection, row.0, &operation::parse::<DecisionBody>(&row.1, DECISION, row.0)?.decision)?;
    }
    Ok(())
}

/// Of two decisions on one pair the later one counts.
fn obey(connection: &Connection, no: i64, decision: &Decision) -> Result<()> {
    let anchors = decision.anchors();
    let statements = anchors.iter().map(|anchor| anchor.resolve(connection)).collect::<Result<Vec<_>>>()?;
    let rejects = match decision {
        Decision::Reject { on: None, .. } => true,
        Decision::Accept { .. } => false,
        _ => return pairs(connection, no, decision, &statements),
    };
    for statement in &statements[0] {
        let known: Option<i64> = connection
            .prepare_cached("SELECT operation FROM rejected WHERE statement = ?")?
            .query_row([statement.to_string()], |row| row.get(0))
            .optional()?;
        if known.is_some_and(|known| known > no) {
            continue;
        }
        connection.prepare_cached("DELETE FROM rejected WHERE statement = ?")?.execute([statement.to_string()])?;
        if rejects {
            connection
                .prepare_cached("INSERT INTO rejected (statement, operation) VALUES (?, ?)")?
                .execute(params![statement.to_string(), no])?;
        }
    }
    pairs(connection, no, decision, &statements)
}

fn pairs(connection: &Connection, no: i64, decision: &Decision, statements: &[Vec<StatementId>]) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO decided (one, other, decision, operation) VALUES (?, ?, ?, ?) ON CONFLICT (one, other) DO UPDATE \
         SET decision = excluded.decision, operation = excluded.operation WHERE excluded.operation >= decided.operation",
    )?;
    for (first, second, holds) in decision.pairs() {
        let holds = operation::json(holds)?;
        for one in &statements[*first] {
            for other in statements[*second].iter().filter(|other| *other != one) {
                insert.execute(params![one.to_string(), other.to_string(), holds, no])?;
                insert.execute(params![other.to_string(), one.to_string(), holds, no])?;
            }
        }
    }
    Ok(())
}
