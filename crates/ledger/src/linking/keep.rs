//! Writing what linking one report changed: the rows of claims, events, utterances, copies. The only place that fills those tables, so that
//! adding and linking anew cannot differ; the same steps as [`onrecord_link::claims::MemoryClaims::apply`].

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use onrecord_evidence::{ClaimId, StatementId, UtteranceId};
use onrecord_link::claims::{Assignment, Claim, ClaimKey, Event, Joining, Merge, Placement, Reason, Statement};
use onrecord_link::copies::Linked;

use super::asked::{id_head, number};
use super::dump::pack_copying;
use super::store::{MOST_OTHERS, ReportRow, Store, parse, room};
use crate::{Error, Result, operation, pack};

/// Entries of one key that are kept: no question of `onrecord_link` looks further back.
const OF_KEY: i64 = 64;

/// Deflate begins with these words. Part of the format: a change needs another version of the tables.
const DICTIONARY: &str = r#""}],"undecided":[["clm_",300],["clm_",{"joining":"unplaced","nearness":0}{"joining":"refers-back","nearness":0}{"joining":"founds","nearness":0}{"joining":"decided","nearness":1000,{"joining":"same-proposition","nearness":9,"nearest":"stm_","reasons":[{"kind":"shared-names","ours":[{"start":1","end":2},{"start":1","end":2}],"theirs":[{"start":1","end":2},{"start":3","end":4}]},{"kind":"shared-words","ours":[{"start":5","end":6},{"start":7","end":8}],"theirs":[{"start":9","end":1}]},{"kind":"meaning","ours":[],"theirs":[]},{"kind":"other-figures","ours":[],"theirs":[]}]}"#;

/// How a statement came to its claim, as it is kept.
#[derive(Serialize, Deserialize)]
pub(crate) struct PlacementBody {
    pub joining: Joining,
    pub nearness: u16,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nearest: Option<StatementId>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<Reason>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub undecided: Vec<(ClaimId, u16)>,
}

impl PlacementBody {
    fn packed(&self) -> Result<(usize, Vec<u8>)> {
        let json = operation::json(self)?;
        Ok((json.len(), pack::deflate(json.as_bytes(), DICTIONARY.as_bytes())))
    }

    /// What was packed.
    pub(crate) fn unpacked(length: usize, packed: &[u8]) -> Result<Self> {
        let json = pack::inflate(packed, length, DICTIONARY.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok());
        parse(&json.ok_or_else(|| Error::damaged("the place of a statement does not unpack"))?, "a placement")
    }
}

impl Store<'_> {
    /// Keeps which passages a report shares with others, and the keys under which it is found.
    pub(super) fn keep_copies(&self, report: &ReportRow, linked: &Linked) -> Result<()> {
        let head = id_head(&report.revision);
        let mut insert =
            self.connection.prepare_cached("INSERT OR IGNORE INTO passage_key (key, head, report) VALUES (?, ?, ?)")?;
        for key in &linked.keys {
            insert.execute([number(*key), head, report.no])?;
        }
        let mut insert = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO copying (first, second, length, packed) VALUES (?, ?, ?, ?)")?;
        let mut find = self.connection.prepare_cached("SELECT no FROM report WHERE id = ?")?;
        let mut report_no = |id: &onrecord_evidence::RevisionId| -> Result<i64> {
            Ok(find.query_row([id.to_string()], |row| row.get(0))?)
        };
        for copying in &linked.copyings {
            let (length, packed) = pack_copying(copying)?;
            insert.execute(params![report_no(&copying.first)?, report_no(&copying.second)?, length, packed])?;
        }
        let stands_in = linked.stands_in.as_ref().map(&mut report_no).transpose()?;
        self.connection
            .prepare_cached("UPDATE report SET stands_in = ? WHERE no = ?")?
            .execute(params![stands_in, report.no])?;
        Ok(())
    }

    /// Keeps what an assignment changed.
    pub(super) fn keep_claims(
        &self,
        report: &ReportRow,
        statements: &[(i64, Statement)],
        assignment: &Assignment,
    ) -> Result<()> {
        let numbers: HashMap<StatementId, i64> = statements.iter().map(|(no, statement)| (statement.id, *no)).collect();
        let event = self.keep_event_head(&assignment.event)?;
        for claim in &assignment.claims {
            self.keep_claim(claim, &numbers)?;
        }
        self.keep_merges(&assignment.merges)?;
        self.keep_event(event, report, assignment)?;
        for (key, claim) in &assignment.claim_keys {
            let claim = self.expect_claim(*claim)?;
            self.keep_key("claim_key", "claim", *key, claim)?;
        }
        for key in &assignment.event_keys {
            self.keep_key("event_key", "event", *key, event)?;
        }
        let mut utterances: HashMap<UtteranceId, i64> = HashMap::new();
        for utterance in &assignment.utterances {
            let claim = self.expect_claim(utterance.claim)?;
            utterances.insert(utterance.id, self.keep_utterance(claim, utterance)?);
        }
        for placement in &assignment.placements {
            self.keep_placement(placement, &numbers, &utterances)?;
        }
        let mut insert = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO claim_link (hangs, kind, holds, from_statement, to_statement) VALUES (?, ?, ?, ?, ?)",
        )?;
        for link in &assignment.links {
            let (hangs, holds) = (self.expect_claim(link.from)?, self.expect_claim(link.to)?);
            let (from, to) = (
                self.expect_statement(link.from_statement, &numbers)?,
                self.expect_statement(link.to_statement, &numbers)?,
            );
            insert.execute(params![hangs, operation::json(&link.kind)?, holds, from, to])?;
        }
        Ok(())
    }

    fn expect_claim(&self, id: ClaimId) -> Result<i64> {
        self.claim_no(id)?.ok_or_else(|| Error::damaged(format!("expected {id}, found none")))
    }

    fn expect_statement(&self, id: StatementId, numbers: &HashMap<StatementId, i64>) -> Result<i64> {
        if let Some(no) = numbers.get(&id) {
            return Ok(*no);
        }
        self.statement_no(id)?.ok_or_else(|| Error::damaged(format!("expected {id}, found none")))
    }

    /// The row of an event, made where there is none; what it holds follows once its claims have rows.
    fn keep_event_head(&self, event: &Event) -> Result<i64> {
        if let Some(no) = self.event_no(event.id)? {
            return Ok(no);
        }
        self.connection
            .prepare_cached("INSERT INTO event (id, reports, claims) VALUES (?, 0, '[]')")?
            .execute([event.id.to_string()])?;
        Ok(self.connection.last_insert_rowid())
    }

    fn keep_claim(&self, claim: &Claim, numbers: &HashMap<StatementId, i64>) -> Result<()> {
        let event = self
            .event_no(claim.event)?
            .ok_or_else(|| Error::damaged(format!("expected {}, found none", claim.event)))?;
        let canonical = self.expect_statement(claim.canonical, numbers)?;
        let apart = (!claim.apart.is_empty()).then(|| operation::json(&claim.apart)).transpose()?;
        let no: i64 = self
            .connection
            .prepare_cached(
                "INSERT INTO claim (id, event, statements, reports, canonical, apart) VALUES (?, ?, ?, ?, ?, ?) \
                 ON CONFLICT (id) DO UPDATE SET event = excluded.event, statements = excluded.statements, \
                 reports = excluded.reports, canonical = excluded.canonical, apart = excluded.apart RETURNING no",
            )?
            .query_row(
                params![claim.id.to_string(), event, claim.statements, claim.reports, canonical, apart],
                |row| row.get(0),
            )?;
        self.connection.prepare_cached("DELETE FROM representative WHERE claim = ?")?.execute([no])?;
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO representative (claim, statement, nearness) VALUES (?, ?, ?)")?;
        for one in &claim.representatives {
            insert.execute(params![no, self.expect_statement(one.statement, numbers)?, one.nearness])?;
        }
        let mut cache = self.cache.borrow_mut();
        room(&mut cache.claims, MOST_OTHERS).insert(no, Arc::new(claim.clone()));
        cache.claim_numbers.insert(claim.id, Some(no));
        Ok(())
    }

    /// Leads the ids that were given up to the claims that stay. One that this report founded and gave up has no row.
    fn keep_merges(&self, merges: &[Merge]) -> Result<()> {
        for merge in merges {
            let later: HashMap<ClaimId, ClaimId> = merges.iter().map(|merge| (merge.from, merge.into)).collect();
            let mut into = merge.into;
            while let Some(next) = later.get(&into) {
                into = *next;
            }
            let mut find = self.connection.prepare_cached("SELECT no FROM claim WHERE id = ?")?;
            let mut row = |id: ClaimId| find.query_row([id.to_string()], |row| row.get::<_, i64>(0)).optional();
            let (from, into) = (row(merge.from)?, row(into)?);
            let (Some(from), Some(into)) = (from, into) else { continue };
            self.connection
                .prepare_cached("UPDATE claim SET merged_into = ?, nearness = ? WHERE no = ?")?
                .execute(params![into, merge.nearness, from])?;
            self.connection.prepare_cached("DELETE FROM representative WHERE claim = ?")?.execute([from])?;
            // Behind those of the claim that stays, in their order.
            let last: i64 = self
                .connection
                .prepare_cached("SELECT coalesce(max(added), 0) FROM utterance WHERE claim = ?")?
                .query_row([into], |row| row.get(0))?;
            self.connection
                .prepare_cached("UPDATE utterance SET claim = ?1, added = added + ?2 WHERE claim = ?3")?
                .execute([into, last, from])?;
            let mut cache = self.cache.borrow_mut();
            cache.claims.remove(&from);
            cache.claim_numbers.clear();
            cache.leads.clear();
        }
        Ok(())
    }

    fn keep_event(&self, no: i64, report: &ReportRow, assignment: &Assignment) -> Result<()> {
        let event = &assignment.event;
        let mut known = self.event_at(no)?.1.as_ref().clone();
        let mut reports = Vec::with_capacity(event.representatives.len());
        for one in &event.representatives {
            let place = known.iter().position(|(_, other)| other == one);
            let number = place.map_or(report.no, |place| known.remove(place).0);
            reports.push((number, one.clone()));
        }
        let claims = event.claims.iter().map(|id| self.expect_claim(*id)).collect::<Result<Vec<i64>>>()?;
        self.connection.prepare_cached("UPDATE event SET reports = ?, claims = ? WHERE no = ?")?.execute(params![
            event.reports,
            operation::json(&claims)?,
            no
        ])?;
        self.connection.prepare_cached("DELETE FROM event_report WHERE event = ?")?.execute([no])?;
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO event_report (event, place, report, nearness) VALUES (?, ?, ?, ?)")?;
        for (place, (number, one)) in reports.iter().enumerate() {
            insert.execute(params![no, place, number, one.nearness])?;
        }
        self.connection.prepare_cached("UPDATE report SET event = ?, nearness = ? WHERE no = ?")?.execute(params![
            no,
            assignment.nearness,
            report.no
        ])?;
        self.cache.borrow_mut().events.insert(no, (Arc::new(event.clone()), Rc::new(reports)));
        Ok(())
    }

    /// Adds an entry to the end of a key's list, unless it is there, and drops what nobody looks at any more.
    fn keep_key(&self, table: &str, column: &str, key: ClaimKey, value: i64) -> Result<()> {
        let key = number(key.0);
        let (known, last, count): (Option<bool>, Option<i64>, i64) = self
            .connection
            .prepare_cached(&format!("SELECT max({column} = ?2), max(added), count(*) FROM {table} WHERE key = ?1"))?
            .query_row([key, value], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        self.count(1);
        if known == Some(true) {
            return Ok(());
        }
        let added = last.map_or(0, |last| last + 1);
        self.connection
            .prepare_cached(&format!("INSERT INTO {table} (key, added, {column}) VALUES (?, ?, ?)"))?
            .execute([key, added, value])?;
        if count >= OF_KEY {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE key = ? AND added <= ?"))?
                .execute([key, added - OF_KEY])?;
        }
        Ok(())
    }

    fn keep_utterance(&self, claim: i64, utterance: &onrecord_link::claims::Utterance) -> Result<i64> {
        let id = utterance.id.to_string();
        let body = operation::json(utterance)?;
        let kept: Option<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT no, claim FROM utterance WHERE id = ?")?
            .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((no, _)) = kept.filter(|(_, of)| *of == claim) {
            self.connection.prepare_cached("UPDATE utterance SET body = ? WHERE no = ?")?.execute(params![body, no])?;
            return Ok(no);
        }
        Ok(self
            .connection
            .prepare_cached(
                "INSERT INTO utterance (id, claim, added, body) \
                 VALUES (?1, ?2, (SELECT coalesce(max(added), 0) + 1 FROM utterance WHERE claim = ?2), ?3) \
                 ON CONFLICT (id) DO UPDATE SET claim = excluded.claim, added = excluded.added, body = excluded.body RETURNING no",
            )?
            .query_row(params![id, claim, body], |row| row.get(0))?)
    }

    fn keep_placement(
        &self,
        placement: &Placement,
        numbers: &HashMap<StatementId, i64>,
        utterances: &HashMap<UtteranceId, i64>,
    ) -> Result<()> {
        let statement = self.expect_statement(placement.statement, numbers)?;
        let claim = placement.claim.map(|claim| self.expect_claim(claim)).transpose()?;
        let utterance = placement.utterance.and_then(|id| utterances.get(&id));
        let body = PlacementBody {
            joining: placement.joining,
            nearness: placement.nearness,
            nearest: placement.nearest,
            reasons: placement.reasons.clone(),
            undecided: placement.undecided.clone(),
        };
        let (length, packed) = body.packed()?;
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO placement (statement, claim, utterance, length, packed) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![statement, claim, utterance, length, packed])?;
        Ok(())
    }
}
