//! Taking one text out of what is linked: its statements, and every row that was made with its words. Not the order to do so (`withhold.rs`).

use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, RevisionId};
use onrecord_link::claims::{ClaimKey, Utterance};

use super::asked::number;
use super::draw;
use super::link::{WITHHELD, set_stale};
use super::statement::{Of, of_set};
use super::store::parse;
use crate::{Result, operation};

/// Erases what linking kept of a set of records. What it shared with others stays with the others; linking anew puts right what their numbers say.
pub(crate) fn erase_set(connection: &Connection, set: i64) -> Result<()> {
    let report: Option<(i64, i64)> = connection
        .prepare_cached("SELECT no, article FROM report WHERE record_set = ?")?
        .query_row([set], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((report, article)) = report {
        for event in draw::events_of_set(connection, set)? {
            draw::forget(connection, event)?;
        }
        erase_claims(connection, set)?;
        erase_report(connection, report, article)?;
        set_stale(connection, WITHHELD)?;
    }
    connection.execute("DELETE FROM statement WHERE record_set = ?", [set])?;
    connection.execute("DELETE FROM prepared WHERE record_set = ?", [set])?;
    Ok(())
}

fn erase_report(connection: &Connection, report: i64, article: i64) -> Result<()> {
    // No index leads from a report to its keys: they would be larger than what they lead to, and withholding rewrites the file anyhow.
    for sql in [
        "DELETE FROM passage_key WHERE report = ?1",
        "DELETE FROM copying WHERE first = ?1 OR second = ?1",
        "DELETE FROM event_report WHERE report = ?1",
        "UPDATE report SET stands_in = NULL WHERE stands_in = ?1",
        "DELETE FROM report WHERE no = ?1",
    ] {
        connection.execute(sql, [report])?;
    }
    connection.execute_batch(
        "DELETE FROM masthead; INSERT OR IGNORE INTO masthead (name, host) \
         SELECT r.facts ->> '$.outlet', p.domain FROM report r JOIN prepared p ON p.record_set = r.record_set \
         WHERE r.facts ->> '$.outlet' IS NOT NULL AND p.domain IS NOT NULL",
    )?;
    let empty = "SELECT e.no FROM event e WHERE NOT EXISTS (SELECT 1 FROM report WHERE event = e.no) \
                 AND NOT EXISTS (SELECT 1 FROM claim WHERE event = e.no)";
    for sql in [
        "DELETE FROM event_report WHERE event IN",
        "DELETE FROM event_key WHERE event IN",
        "DELETE FROM undrawn WHERE event IN",
        "DELETE FROM event WHERE no IN",
    ] {
        connection.execute(&format!("{sql} ({empty})"), [])?;
    }
    connection.execute(
        "DELETE FROM paragraph WHERE article = ?1 AND NOT EXISTS (SELECT 1 FROM report WHERE article = ?1)",
        [article],
    )?;
    Ok(())
}

fn erase_claims(connection: &Connection, set: i64) -> Result<()> {
    let nobody = Of { article: ArticleId::of_fields(&[]), revision: RevisionId::of_fields(&[]), published: None };
    let statements = of_set(connection, set, &nobody)?;
    let event: Option<i64> = connection
        .prepare_cached("SELECT event FROM report WHERE record_set = ?")?
        .query_row([set], |row| row.get(0))?;
    for (no, statement) in &statements {
        let placed: Option<(Option<i64>, Option<i64>)> = connection
            .prepare_cached("SELECT claim, utterance FROM placement WHERE statement = ?")?
            .query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (claim, utterance) = placed.unwrap_or_default();
        for sql in [
            "DELETE FROM placement WHERE statement = ?1",
            "DELETE FROM claim_link WHERE from_statement = ?1 OR to_statement = ?1",
            "DELETE FROM representative WHERE statement = ?1",
        ] {
            connection.prepare_cached(sql)?.execute([no])?;
        }
        for (key, _) in ClaimKey::of(&statement.proposition) {
            let key = number(key.0);
            connection
                .prepare_cached("DELETE FROM claim_key WHERE key = ? AND claim IS ?")?
                .execute(params![key, claim])?;
            connection
                .prepare_cached("DELETE FROM event_key WHERE key = ? AND event IS ?")?
                .execute(params![key, event])?;
        }
        let id = statement.id.to_string();
        connection.prepare_cached("DELETE FROM decided WHERE one = ?1 OR other = ?1")?.execute([&id])?;
        connection.prepare_cached("DELETE FROM rejected WHERE statement = ?")?.execute([&id])?;
        if let Some(utterance) = utterance {
            erase_utterance(connection, utterance)?;
        }
        stand_in(connection, *no)?;
    }
    // What nothing is left of goes; an id that was given up goes with the claim to which it leads.
    let empty = "SELECT c.no FROM claim c WHERE NOT EXISTS (SELECT 1 FROM placement WHERE claim = c.no) \
                 AND NOT EXISTS (SELECT 1 FROM claim o WHERE o.merged_into = c.no)";
    loop {
        for sql in [
            format!(
                "DELETE FROM utterance WHERE claim IN ({empty}) AND NOT EXISTS (SELECT 1 FROM placement WHERE utterance = utterance.no)"
            ),
            format!("DELETE FROM claim_link WHERE hangs IN ({empty}) OR holds IN ({empty})"),
            format!("DELETE FROM claim_key WHERE claim IN ({empty})"),
            format!("DELETE FROM representative WHERE claim IN ({empty})"),
        ] {
            connection.execute(&sql, [])?;
        }
        if connection.execute(&format!("DELETE FROM claim WHERE no IN ({empty})"), [])? == 0 {
            break;
        }
    }
    Ok(())
}

/// Counts one report of an utterance less; the last one takes it along.
fn erase_utterance(connection: &Connection, no: i64) -> Result<()> {
    let others = connection.prepare_cached("SELECT 1 FROM placement WHERE utterance = ?")?.exists([no])?;
    if !others {
        connection.prepare_cached("DELETE FROM utterance WHERE no = ?")?.execute([no])?;
        return Ok(());
    }
    let body: String =
        connection.prepare_cached("SELECT body FROM utterance WHERE no = ?")?.query_row([no], |row| row.get(0))?;
    let mut utterance: Utterance = parse(&body, "an utterance")?;
    utterance.statements = utterance.statements.saturating_sub(1);
    connection
        .prepare_cached("UPDATE utterance SET body = ? WHERE no = ?")?
        .execute(params![operation::json(&utterance)?, no])?;
    Ok(())
}

/// Lets another statement stand for the claims before people for which this one stood.
fn stand_in(connection: &Connection, statement: i64) -> Result<()> {
    let mut select = connection.prepare_cached("SELECT no FROM claim WHERE canonical = ?")?;
    let claims = select.query_map([statement], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    for claim in claims {
        connection
            .prepare_cached(
                "WITH RECURSIVE merged (no) AS (VALUES (?1) UNION SELECT c.no FROM claim c JOIN merged m ON c.merged_into = m.no) \
                 UPDATE claim SET canonical = coalesce((SELECT min(statement) FROM representative WHERE claim = ?1), \
                 (SELECT min(statement) FROM placement WHERE claim IN (SELECT no FROM merged))) WHERE no = ?1",
            )?
            .execute([claim])?;
    }
    Ok(())
}

/// Withholds the decisions that hold words of a text of an article, given by the digest of the text.
pub(crate) fn erase_decisions(connection: &Connection, article: &str, text: &str, by: i64) -> Result<()> {
    let mut select = connection
        .prepare("SELECT no, body FROM operation WHERE kind = 'decision' AND kind <> 'capture' AND body IS NOT NULL")?;
    let rows = select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    for row in rows.collect::<Result<Vec<_>, _>>()? {
        // Both are digests: no decision of a newer version can hold them and mean something else.
        if row.1.contains(article) && row.1.contains(text) {
            connection.execute("UPDATE operation SET body = NULL, withheld_by = ?2 WHERE no = ?1", [row.0, by])?;
            connection.execute("DELETE FROM anchored WHERE operation = ?", [row.0])?;
            connection.execute("DELETE FROM decided WHERE operation = ?", [row.0])?;
            connection.execute("DELETE FROM rejected WHERE operation = ?", [row.0])?;
        }
    }
    Ok(())
}
