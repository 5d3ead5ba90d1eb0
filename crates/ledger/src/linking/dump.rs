//! Everything that linking keeps as text, in a specified order and without the numbers of rows: for comparing two ledgers. Not an export format.

use std::fmt::Write as _;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::{Value, json};

use onrecord_evidence::{ClaimId, EventId};
use onrecord_link::copies::Copying;

use super::draw::unpacked;
use super::keep::PlacementBody;
use super::link::reports;
use super::store::{Store, parse};
use crate::{At, Error, Ledger, Result, operation, pack};

impl Ledger {
    /// One JSON line for each linked text (in the order of linking), each of its copyings, each event, claim, utterance, placement, link and claim with its record (by id). Two
    /// ledgers with the same captures, decisions, pipeline and linker give the same lines after [`Ledger::relink`], whatever came in first.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn dump_links(&self) -> Result<String> {
        self.read(&At::default(), |reader| lines(reader.connection))
    }
}

pub(super) fn lines(connection: &Connection) -> Result<String> {
    let mut lines = String::new();
    let mut line = |value: Value| {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{value}");
    };
    let store = Store::new(connection);
    for report in reports(connection)? {
        let (event, stands_in, nearness): (Option<String>, Option<String>, u16) = connection
            .prepare_cached(
                "SELECT e.id, o.id, r.nearness FROM report r LEFT JOIN event e ON e.no = r.event \
                 LEFT JOIN report o ON o.no = r.stands_in WHERE r.no = ?",
            )?
            .query_row([report.no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        line(json!({
            "report": report.revision, "article": report.article, "facts": report.facts, "repeated": report.repeated,
            "event": event, "nearness": nearness, "stands_in": stands_in,
        }));
        for copying in copyings(connection, report.no)? {
            line(json!({ "copying": copying }));
        }
    }
    for (no, _) in rows(connection, "SELECT no, id FROM event ORDER BY id", number_and_text)? {
        let (event, of) = store.event_at(no)?;
        let of =
            of.iter().map(|(no, one)| Ok((store.report(*no)?.revision, one.nearness))).collect::<Result<Vec<_>>>()?;
        let survivor = |id: &ClaimId| store.claim_no(*id)?.map(|no| store.claim_id(no)).transpose();
        let survivors = event.claims.iter().map(survivor).collect::<Result<Vec<_>>>()?;
        line(json!({ "event": event.id, "reports": event.reports, "stand_for_it": of, "claims": survivors }));
    }
    for (no, id) in rows(connection, "SELECT no, id FROM claim ORDER BY id", number_and_text)? {
        let stays = store.survivor(no)?;
        if stays != no {
            line(json!({ "claim": id, "leads_to": store.claim_id(stays)? }));
            continue;
        }
        let claim = store.claim_at(no)?;
        let of: Vec<_> = claim.representatives.iter().map(|one| (one.statement, one.nearness)).collect();
        line(json!({
            "claim": claim.id, "event": EventId::to_string(&claim.event), "statements": claim.statements, "reports": claim.reports,
            "canonical": claim.canonical, "apart": claim.apart, "stand_for_it": of,
        }));
    }
    for (claim, body) in rows(connection, "SELECT claim, body FROM utterance ORDER BY id", number_and_text)? {
        let mut body: Value = parse(&body, "an utterance")?;
        body["claim"] = json!(store.claim_id(store.survivor(claim)?)?);
        line(json!({ "utterance": body }));
    }
    let placements = "SELECT s.id, p.claim, u.id, p.length, p.packed FROM placement p JOIN statement s ON s.no = p.statement \
                      LEFT JOIN utterance u ON u.no = p.utterance ORDER BY s.id";
    for (statement, claim, utterance, length, packed) in rows(connection, placements, |row| {
        let (statement, claim): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
        Ok((statement, claim, row.get::<_, Option<String>>(2)?, row.get(3)?, row.get::<_, Vec<u8>>(4)?))
    })? {
        let claim = claim.map(|claim| store.claim_id(store.survivor(claim)?)).transpose()?;
        let body = PlacementBody::unpacked(length, &packed)?;
        line(json!({ "statement": statement, "claim": claim, "utterance": utterance, "placement": body }));
    }
    let links = "SELECT l.hangs, l.kind, l.holds, f.id, t.id FROM claim_link l JOIN statement f ON f.no = l.from_statement \
                 JOIN statement t ON t.no = l.to_statement ORDER BY f.id, t.id, l.kind, l.hangs, l.holds";
    for (hangs, kind, holds, from, to) in rows(connection, links, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, String>(4)?,
        ))
    })? {
        let (hangs, holds) = (store.claim_id(store.survivor(hangs)?)?, store.claim_id(store.survivor(holds)?)?);
        line(
            json!({ "hangs": hangs, "kind": parse::<Value>(&kind, "a kind of link")?, "holds": holds, "by": [from, to] }),
        );
    }
    let drawn = "SELECT c.id, d.claim, d.rank, d.weight, d.line, d.length, d.packed FROM drawn d JOIN claim c ON c.no = d.claim ORDER BY c.id";
    for (id, no, rank, weight, kept, length, packed) in rows(connection, drawn, |row| {
        let (id, no): (String, i64) = (row.get(0)?, row.get(1)?);
        let (rank, weight): (i64, i64) = (row.get(2)?, row.get(3)?);
        Ok((id, no, rank, weight, row.get::<_, String>(4)?, row.get(5)?, row.get::<_, Vec<u8>>(6)?))
    })? {
        let of = |sql: &str| -> Result<Vec<(Value, Value)>> {
            let mut select = connection.prepare_cached(sql)?;
            let value = |row: &Row<'_>, index: usize| -> rusqlite::Result<Value> {
                Ok(match row.get_ref(index)? {
                    ValueRef::Integer(number) => json!(number),
                    other => json!(other.as_str().unwrap_or_default()),
                })
            };
            Ok(select.query_map([no], |row| Ok((value(row, 0)?, value(row, 1)?)))?.collect::<Result<_, _>>()?)
        };
        line(json!({
            "drawn": id, "rank": rank, "weight": weight, "line": parse::<Value>(&kept, "a line of a claim")?, "claim": unpacked(length, &packed)?,
            "changes": of("SELECT at, rank FROM drawn_change WHERE claim = ? ORDER BY at")?,
            "names": of("SELECT kind, name FROM drawn_name WHERE claim = ? ORDER BY kind, name")?,
            "links": of("SELECT c.id, '' FROM drawn_link l JOIN claim c ON c.no = l.other WHERE l.claim = ? ORDER BY c.id")?,
        }));
    }
    store.sound()?;
    Ok(lines)
}

fn number_and_text(row: &Row<'_>) -> rusqlite::Result<(i64, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn rows<T>(connection: &Connection, sql: &str, row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut select = connection.prepare_cached(sql)?;
    Ok(select.query_map([], row)?.collect::<Result<_, _>>()?)
}

/// What a report, linked as the first text, shares with those that were linked before it; by their ids.
pub(super) fn copyings(connection: &Connection, report: i64) -> Result<Vec<Copying>> {
    let mut select = connection.prepare_cached(
        "SELECT c.length, c.packed FROM copying c JOIN report o ON o.no = c.second WHERE c.first = ? ORDER BY o.id",
    )?;
    let mut found = Vec::new();
    let mut rows = select.query([report])?;
    while let Some(row) = rows.next()? {
        found.push(copying(row.get(0)?, &row.get::<_, Vec<u8>>(1)?)?);
    }
    Ok(found)
}

/// Deflate begins with these words. Part of the format: a change needs another version of the tables.
const DICTIONARY: &str = r#"{"credits-other":{"side":"first","form":"paragraph","words":{"range":{"start":0,"end":0},"words":""}},"credits-third":{"side":"second","form":"dateline","name":null}},"names":{"side":"},"zone":"known","granularity":"second","source":"published":{"first":"rev_","second":"rev_","passages":[{"first":{"start":0,"end":1},"second":{"start":2,"end":3},"kind":"quotation","likeness":"light-rewrite","words":4},{"first":{"start":1","end":2},"second":{"start":1","end":2},"kind":"text","likeness":"verbatim","words":1}],"first_extent":"partly","second_extent":"not","first_extent":"wholly","second_extent":"wholly","first_share":1000,"second_share":1000,"direction":"second-from-first","direction":"undetermined","direction":"first-from-second","reasons":[{"earlier":{"side":"second","published":{"earliest":"2031-01-01T00:00:00Z","latest":"#;

pub(super) fn copying(length: usize, packed: &[u8]) -> Result<Copying> {
    let json = pack::inflate(packed, length, DICTIONARY.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok());
    let json = json.ok_or_else(|| Error::damaged("what two texts share does not unpack"))?;
    parse(&json, "what two texts share")
}

/// Kept here beside its inverse.
pub(super) fn pack_copying(copying: &Copying) -> Result<(usize, Vec<u8>)> {
    let json = operation::json(copying)?;
    Ok((json.len(), pack::deflate(json.as_bytes(), DICTIONARY.as_bytes())))
}
