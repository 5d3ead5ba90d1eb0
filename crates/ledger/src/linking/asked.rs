//! The traits of `onrecord_link` over the tables. Not the writing of what they lead to (`keep.rs`).

use std::rc::Rc;
use std::sync::Arc;

use rusqlite::{OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, ClaimId, Digest, EventId, RevisionId, StatementId};
use onrecord_link::Report;
use onrecord_link::claims::{Claim, ClaimKey, ClaimStore, Event, LinkDecision, Utterance};
use onrecord_link::copies::{Held, Holders, PassageStore, Passages};

use super::statement;
use super::store::{REPORT, ReportRow, Store, parse, report_of_row};
use crate::{Result, load, operation};

/// A key as SQLite keeps it: the same bits.
pub(super) const fn number(key: u64) -> i64 {
    key.cast_signed()
}

/// A hash of an outlet's name, so that the name stands in fewer places.
pub(super) fn outlet_number(outlet: &str) -> i64 {
    head(Digest::of_fields("onrecord/outlet/1", &[outlet.as_bytes()]).as_bytes())
}

fn head(bytes: &[u8; 32]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&bytes[..8]);
    i64::from_be_bytes(first)
}

/// The first letters of an id as a number in the order of the ids.
pub(super) fn id_head(id: &RevisionId) -> i64 {
    let text = id.to_string();
    let letters = text.bytes().skip(RevisionId::PREFIX.len() + 1).take(12);
    letters.fold(0, |number, letter| {
        // Base 32 in the order of its letters, 0-9 before a-z without i, l, o, u.
        let place = b"0123456789abcdefghjkmnpqrstvwxyz".iter().position(|one| *one == letter).unwrap_or(0);
        number << 5 | place as i64
    })
}

impl Store<'_> {
    /// A report with its words, as linking compares it; without its attributions, which no comparison of words needs.
    pub(crate) fn whole(&self, row: &ReportRow) -> Result<Report> {
        self.count(1);
        let (domain, blocks) = statement::prepared(self.connection, row.set)?.unwrap_or_default();
        Ok(Report {
            article: row.article,
            revision: row.revision,
            outlet: row.facts.outlet.clone(),
            domain,
            published: row.facts.published.clone(),
            observed: row.facts.observed.clone(),
            title: row.facts.title.clone(),
            text: load::text(self.connection, row.text)?,
            blocks,
            records: Vec::new(),
        })
    }

    fn load_held(&self, revision: RevisionId) -> Result<Option<Rc<Held>>> {
        if let Some(held) = self.cache.borrow().held.get(&revision) {
            return Ok(Some(Rc::clone(held)));
        }
        let sql = format!("{REPORT} WHERE r.id = ?");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query([revision.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let row = report_of_row(row)?;
        let report = self.whole(&row)?;
        let passages = Passages::of(&report).without(&row.repeated);
        let held = Rc::new(Held { report, passages });
        self.keep_held(Rc::clone(&held));
        Ok(Some(held))
    }
}

impl PassageStore for Store<'_> {
    fn holders(&self, key: u64, limit: usize) -> Holders {
        self.answer(|| {
            let mut select = self.connection.prepare_cached(
                "SELECT a.id, r.id FROM passage_key k JOIN report r ON r.no = k.report JOIN article a ON a.no = r.article \
                 WHERE k.key = ? ORDER BY k.head, k.report LIMIT ?",
            )?;
            let mut rows = select.query(params![number(key), limit + 1])?;
            let mut revisions: Vec<(ArticleId, RevisionId)> = Vec::new();
            while let Some(row) = rows.next()? {
                let (article, revision): (String, String) = (row.get(0)?, row.get(1)?);
                revisions.push((operation::parse_id(&article)?, operation::parse_id(&revision)?));
            }
            self.count(revisions.len() + 1);
            let more = revisions.len() > limit;
            revisions.truncate(limit);
            Ok(Holders { revisions, more })
        })
    }

    fn held(&self, revision: RevisionId) -> Option<Rc<Held>> {
        self.answer(|| self.load_held(revision))
    }

    fn repeats(&self, outlet: &str, paragraph: u64) -> u32 {
        self.answer(|| {
            self.count(1);
            let mut select =
                self.connection.prepare_cached("SELECT count(*) FROM paragraph WHERE outlet = ? AND key = ?")?;
            Ok(select.query_row([outlet_number(outlet), number(paragraph)], |row| row.get(0))?)
        })
    }
}

impl ClaimStore for Store<'_> {
    fn claims_with(&self, key: ClaimKey, limit: usize) -> Vec<ClaimId> {
        self.answer(|| {
            let mut select = self
                .connection
                .prepare_cached("SELECT claim FROM claim_key WHERE key = ? ORDER BY added DESC LIMIT ?")?;
            let rows = select.query_map(params![number(key.0), limit], |row| row.get::<_, i64>(0))?;
            let numbers: Vec<i64> = rows.collect::<Result<_, _>>()?;
            self.count(numbers.len() + 1);
            numbers.into_iter().map(|no| self.leads_to(no)).collect()
        })
    }

    fn events_with(&self, key: ClaimKey, limit: usize) -> Vec<EventId> {
        self.answer(|| {
            let mut select = self
                .connection
                .prepare_cached("SELECT event FROM event_key WHERE key = ? ORDER BY added DESC LIMIT ?")?;
            let rows = select.query_map(params![number(key.0), limit], |row| row.get::<_, i64>(0))?;
            let numbers: Vec<i64> = rows.collect::<Result<_, _>>()?;
            self.count(numbers.len() + 1);
            numbers.into_iter().map(|no| self.event_id(no)).collect()
        })
    }

    fn claim(&self, id: ClaimId) -> Option<Arc<Claim>> {
        self.answer(|| self.claim_no(id)?.map(|no| self.claim_at(no)).transpose())
    }

    fn event(&self, id: EventId) -> Option<Arc<Event>> {
        self.answer(|| Ok(self.event_no(id)?.map(|no| self.event_at(no)).transpose()?.map(|(event, _)| event)))
    }

    fn claim_of(&self, statement: StatementId) -> Option<ClaimId> {
        self.answer(|| {
            let Some(no) = self.statement_no(statement)? else { return Ok(None) };
            let claim: Option<Option<i64>> = self
                .connection
                .prepare_cached("SELECT claim FROM placement WHERE statement = ?")?
                .query_row([no], |row| row.get(0))
                .optional()?;
            let Some(claim) = claim.flatten() else { return Ok(None) };
            Ok(Some(self.leads_to(claim)?))
        })
    }

    fn decisions(&self, statement: StatementId) -> Vec<(StatementId, LinkDecision)> {
        self.answer(|| {
            let mut select = self
                .connection
                .prepare_cached("SELECT other, decision FROM decided WHERE one = ? ORDER BY operation, other")?;
            let mut rows = select.query([statement.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (other, decision): (String, String) = (row.get(0)?, row.get(1)?);
                found.push((operation::parse_id(&other)?, parse(&decision, "a decision")?));
            }
            self.count(found.len() + 1);
            Ok(found)
        })
    }

    fn utterances_on(&self, claim: ClaimId, limit: usize) -> Vec<Utterance> {
        self.answer(|| {
            let Some(no) = self.claim_no(claim)? else { return Ok(Vec::new()) };
            let mut select = self
                .connection
                .prepare_cached("SELECT body FROM utterance WHERE claim = ? ORDER BY added DESC LIMIT ?")?;
            let rows = select.query_map(params![no, limit], |row| row.get::<_, String>(0))?;
            let bodies: Vec<String> = rows.collect::<Result<_, _>>()?;
            self.count(bodies.len() + 1);
            let survivor = self.claim_id(no)?;
            let utterance = |body: String| Ok(Utterance { claim: survivor, ..parse(&body, "an utterance")? });
            bodies.into_iter().map(utterance).collect()
        })
    }
}
