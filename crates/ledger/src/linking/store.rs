//! What linking asks of the ledger: reports, statements, claims and events out of their rows, each loaded once. It implements the traits of
//! `onrecord_link`; nothing is decided or written here.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use onrecord_evidence::{ArticleId, ClaimId, EventId, RevisionId, StatementId, Time};
use onrecord_link::claims::{Claim, Event, EventReport, Representative, Statement, Voice};
use onrecord_link::copies::Held;

use super::statement::{self, Of};
use crate::{Error, Result, operation};

/// What is known of a report besides its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Time>,
    pub observed: Time,
}

/// A row of `report`.
pub(crate) struct ReportRow {
    pub no: i64,
    pub revision: RevisionId,
    pub article: ArticleId,
    pub article_no: i64,
    pub text: i64,
    pub set: i64,
    pub facts: Facts,
    pub repeated: Vec<usize>,
}

impl ReportRow {
    pub(crate) fn of(&self) -> Of<'_> {
        Of { article: self.article, revision: self.revision, published: self.facts.published.as_ref() }
    }
}

/// The representatives of an event with the numbers of their reports, in the event's order.
type EventReports = Vec<(i64, EventReport)>;

#[derive(Default)]
pub(super) struct Cache {
    reports: HashMap<i64, Rc<ReportRow>>,
    representatives: HashMap<i64, Rc<Representative>>,
    event_reports: HashMap<i64, Option<Rc<EventReport>>>,
    pub(super) claims: HashMap<i64, Arc<Claim>>,
    pub(super) events: HashMap<i64, (Arc<Event>, Rc<EventReports>)>,
    pub(super) held: HashMap<RevisionId, Rc<Held>>,
    pub(super) claim_numbers: HashMap<ClaimId, Option<i64>>,
    /// The id of the claim to which each number leads.
    pub(super) leads: HashMap<i64, ClaimId>,
    event_ids: HashMap<i64, EventId>,
}

/// Entries of one cache; what is full is emptied. A report is some 50 kB in memory, a claim some 10.
const MOST_REPORTS: usize = 256;
pub(super) const MOST_OTHERS: usize = 2_048;

/// The rows of one transaction as `onrecord_link` asks for them. Its traits know no errors: the first one is kept, after which everything is
/// empty, and [`Store::sound`] gives it before anything is written.
pub(crate) struct Store<'call> {
    pub connection: &'call Connection,
    pub(super) cache: RefCell<Cache>,
    error: RefCell<Option<Error>>,
    asked: Cell<u64>,
}

impl<'call> Store<'call> {
    pub(crate) fn new(connection: &'call Connection) -> Self {
        Self { connection, cache: RefCell::default(), error: RefCell::default(), asked: Cell::default() }
    }

    /// How many rows or lists were asked for: a measure of work that depends on no clock.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> u64 {
        self.asked.get()
    }

    /// The first error since it was asked last.
    pub(crate) fn sound(&self) -> Result<()> {
        self.error.borrow_mut().take().map_or(Ok(()), Err)
    }

    /// Answers a question of a trait.
    pub(super) fn answer<T: Default>(&self, job: impl FnOnce() -> Result<T>) -> T {
        if self.error.borrow().is_some() {
            return T::default();
        }
        job().unwrap_or_else(|error| {
            self.error.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    pub(super) fn count(&self, rows: usize) {
        self.asked.set(self.asked.get() + rows as u64);
    }

    /// A report by its number.
    pub(crate) fn report(&self, no: i64) -> Result<Rc<ReportRow>> {
        if let Some(report) = self.cache.borrow().reports.get(&no) {
            return Ok(Rc::clone(report));
        }
        self.count(1);
        let sql = format!("{REPORT} WHERE r.no = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([no])?;
        let row = rows.next()?.ok_or_else(|| Error::damaged(format!("expected report {no}, found none")))?;
        let report = Rc::new(report_of_row(row)?);
        let cache = &mut self.cache.borrow_mut().reports;
        room(cache, MOST_OTHERS).insert(no, Rc::clone(&report));
        Ok(report)
    }

    /// The statements of a report that no person rejected, with their numbers.
    pub(crate) fn statements(&self, report: &ReportRow) -> Result<Vec<(i64, Statement)>> {
        let mut found = statement::of_set(self.connection, report.set, &report.of())?;
        self.count(found.len());
        let mut rejected = self.connection.prepare_cached("SELECT 1 FROM rejected WHERE statement = ?")?;
        let mut stays = Vec::with_capacity(found.len());
        for (_, statement) in &found {
            stays.push(!rejected.exists([statement.id.to_string()])?);
        }
        let mut stays = stays.into_iter();
        found.retain(|_| stays.next().unwrap_or(true));
        Ok(found)
    }

    /// The number of a statement that is linked.
    pub(super) fn statement_no(&self, id: StatementId) -> Result<Option<i64>> {
        self.count(1);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT s.no FROM statement s JOIN report r ON r.record_set = s.record_set WHERE s.id = ? ORDER BY s.no LIMIT 1",
            )?
            .query_row([id.to_string()], |row| row.get(0))
            .optional()?)
    }

    /// A statement as it stands for a claim, with a nearness of 0.
    fn representative(&self, no: i64) -> Result<Rc<Representative>> {
        if let Some(one) = self.cache.borrow().representatives.get(&no) {
            return Ok(Rc::clone(one));
        }
        self.count(1);
        let report: i64 = self
            .connection
            .prepare_cached("SELECT r.no FROM statement s JOIN report r ON r.record_set = s.record_set WHERE s.no = ?")?
            .query_row([no], |row| row.get(0))?;
        let report = self.report(report)?;
        let sql = format!("SELECT {} FROM statement s WHERE s.no = ?", statement::COLUMNS);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([no])?;
        let row = rows.next()?.ok_or_else(|| Error::damaged(format!("expected statement {no}, found none")))?;
        let (_, statement) = statement::of_row(row, &report.of())?;
        let one = Rc::new(representative(statement));
        let cache = &mut self.cache.borrow_mut().representatives;
        room(cache, 4 * MOST_OTHERS).insert(no, Rc::clone(&one));
        Ok(one)
    }

    /// The number of the claim to which an id leads, through all merges.
    pub(crate) fn claim_no(&self, id: ClaimId) -> Result<Option<i64>> {
        if let Some(no) = self.cache.borrow().claim_numbers.get(&id) {
            return Ok(*no);
        }
        self.count(1);
        let no = self
            .connection
            .prepare_cached("SELECT no FROM claim WHERE id = ?")?
            .query_row([id.to_string()], |row| row.get(0))
            .optional()?;
        let no = no.map(|no| self.survivor(no)).transpose()?;
        let cache = &mut self.cache.borrow_mut().claim_numbers;
        room(cache, 4 * MOST_OTHERS).insert(id, no);
        Ok(no)
    }

    /// The claim that stays of this one.
    pub(crate) fn survivor(&self, mut no: i64) -> Result<i64> {
        let mut next = self.connection.prepare_cached("SELECT merged_into FROM claim WHERE no = ?")?;
        while let Some(into) = next.query_row([no], |row| row.get::<_, Option<i64>>(0))? {
            self.count(1);
            no = into;
        }
        Ok(no)
    }

    /// The id of the claim to which a number leads, through all merges.
    pub(super) fn leads_to(&self, no: i64) -> Result<ClaimId> {
        if let Some(id) = self.cache.borrow().leads.get(&no) {
            return Ok(*id);
        }
        let id = self.claim_id(self.survivor(no)?)?;
        room(&mut self.cache.borrow_mut().leads, 16 * MOST_OTHERS).insert(no, id);
        Ok(id)
    }

    pub(super) fn event_id(&self, no: i64) -> Result<EventId> {
        if let Some(id) = self.cache.borrow().event_ids.get(&no) {
            return Ok(*id);
        }
        self.count(1);
        let mut select = self.connection.prepare_cached("SELECT id FROM event WHERE no = ?")?;
        let id = operation::parse_id(&select.query_row([no], |row| row.get::<_, String>(0))?)?;
        room(&mut self.cache.borrow_mut().event_ids, 16 * MOST_OTHERS).insert(no, id);
        Ok(id)
    }

    pub(crate) fn claim_id(&self, no: i64) -> Result<ClaimId> {
        self.count(1);
        let mut select = self.connection.prepare_cached("SELECT id FROM claim WHERE no = ?")?;
        operation::parse_id(&select.query_row([no], |row| row.get::<_, String>(0))?)
    }

    /// A claim that stays.
    pub(crate) fn claim_at(&self, no: i64) -> Result<Arc<Claim>> {
        if let Some(claim) = self.cache.borrow().claims.get(&no) {
            return Ok(Arc::clone(claim));
        }
        self.count(1);
        let (id, event, statements, reports, canonical, apart): (String, String, u32, u32, String, Option<String>) =
            self.connection
                .prepare_cached(
                    "SELECT c.id, e.id, c.statements, c.reports, coalesce(s.id, ''), c.apart FROM claim c \
                 JOIN event e ON e.no = c.event LEFT JOIN statement s ON s.no = c.canonical WHERE c.no = ?",
                )?
                .query_row([no], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
                })?;
        let mut representatives = Vec::new();
        let mut select = self
            .connection
            .prepare_cached("SELECT statement, nearness FROM representative WHERE claim = ? ORDER BY statement")?;
        let mut rows = select.query([no])?;
        while let Some(row) = rows.next()? {
            let one = self.representative(row.get(0)?)?;
            representatives.push(Representative { nearness: row.get(1)?, ..Representative::clone(&one) });
        }
        representatives.sort_by_key(Representative::rank);
        let claim = Arc::new(Claim {
            id: operation::parse_id(&id)?,
            event: operation::parse_id(&event)?,
            statements,
            reports,
            canonical: operation::parse_id(&canonical)?,
            apart: apart.map_or(Ok(Vec::new()), |json| parse(&json, "statements kept apart"))?,
            representatives,
        });
        let cache = &mut self.cache.borrow_mut().claims;
        room(cache, MOST_OTHERS).insert(no, Arc::clone(&claim));
        Ok(claim)
    }

    pub(super) fn event_no(&self, id: EventId) -> Result<Option<i64>> {
        self.count(1);
        let mut select = self.connection.prepare_cached("SELECT no FROM event WHERE id = ?")?;
        Ok(select.query_row([id.to_string()], |row| row.get(0)).optional()?)
    }

    /// An event, and the reports that stand for it.
    pub(crate) fn event_at(&self, no: i64) -> Result<(Arc<Event>, Rc<EventReports>)> {
        if let Some((event, reports)) = self.cache.borrow().events.get(&no) {
            return Ok((Arc::clone(event), Rc::clone(reports)));
        }
        self.count(1);
        let (id, count, claims): (String, u32, String) = self
            .connection
            .prepare_cached("SELECT id, reports, claims FROM event WHERE no = ?")?
            .query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut reports = EventReports::new();
        let mut select = self
            .connection
            .prepare_cached("SELECT report, nearness FROM event_report WHERE event = ? ORDER BY place")?;
        let mut rows = select.query([no])?;
        while let Some(row) = rows.next()? {
            let report: i64 = row.get(0)?;
            if let Some(one) = self.event_report(report)? {
                reports.push((report, EventReport { nearness: row.get(1)?, ..EventReport::clone(&one) }));
            }
        }
        let numbers: Vec<i64> = parse(&claims, "the claims of an event")?;
        let mut claims = Vec::with_capacity(numbers.len());
        let mut select = self.connection.prepare_cached("SELECT id FROM claim WHERE no = ?")?;
        for no in numbers {
            let id: Option<String> = select.query_row([no], |row| row.get(0)).optional()?;
            claims.extend(id.map(|id| operation::parse_id::<ClaimId>(&id)).transpose()?);
        }
        let representatives = reports.iter().map(|(_, report)| report.clone()).collect();
        let event = Arc::new(Event { id: operation::parse_id(&id)?, reports: count, representatives, claims });
        let reports = Rc::new(reports);
        let cache = &mut self.cache.borrow_mut().events;
        room(cache, MOST_REPORTS).insert(no, (Arc::clone(&event), Rc::clone(&reports)));
        Ok((event, reports))
    }

    /// A report as it stands for an event, with a nearness of 0; `None` where nothing of it is left.
    fn event_report(&self, report: i64) -> Result<Option<Rc<EventReport>>> {
        if let Some(one) = self.cache.borrow().event_reports.get(&report) {
            return Ok(one.clone());
        }
        let row = self.report(report)?;
        let statements: Vec<Statement> = self.statements(&row)?.into_iter().map(|(_, statement)| statement).collect();
        let one = EventReport::new(&statements).map(Rc::new);
        let cache = &mut self.cache.borrow_mut().event_reports;
        room(cache, 2 * MOST_REPORTS).insert(report, one.clone());
        Ok(one)
    }

    pub(super) fn keep_held(&self, held: Rc<Held>) {
        let cache = &mut self.cache.borrow_mut().held;
        room(cache, MOST_REPORTS).insert(held.report.revision, held);
    }
}

/// The cache, emptied if it is full.
pub(super) fn room<K, V>(cache: &mut HashMap<K, V>, most: usize) -> &mut HashMap<K, V> {
    if cache.len() >= most {
        cache.clear();
    }
    cache
}

fn representative(statement: Statement) -> Representative {
    Representative {
        statement: statement.id,
        article: statement.article,
        published_ms: statement.published.as_ref().map(|time| time.earliest().as_millisecond()),
        order: statement.order,
        attributed: statement.voice == Voice::Attributed,
        nearness: 0,
        proposition: statement.proposition,
    }
}

/// Selects what [`report_of_row`] reads.
pub(crate) const REPORT: &str = "SELECT r.no, r.id, a.id, r.article, r.text, r.record_set, r.facts, r.repeated FROM report r JOIN article a ON a.no = r.article";

pub(crate) fn report_of_row(row: &Row<'_>) -> Result<ReportRow> {
    let text = |index: usize| -> Result<String> { Ok(row.get(index)?) };
    Ok(ReportRow {
        no: row.get(0)?,
        revision: operation::parse_id(&text(1)?)?,
        article: operation::parse_id(&text(2)?)?,
        article_no: row.get(3)?,
        text: row.get(4)?,
        set: row.get(5)?,
        facts: parse(&text(6)?, "the facts of a report")?,
        repeated: parse(&text(7)?, "repeated paragraphs")?,
    })
}

/// JSON that the ledger wrote.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(json: &str, what: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|cause| Error::damaged(format!("expected {what}, found {cause}")))
}
