//! One state of the ledger, seen from one time: articles and sets of records, each loaded once for a query. Not a function that
//! users call.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::{CaptureId, RawRange};
use onrecord_record::AttributionRecord;

use crate::operation::{self, WithholdBody};
use crate::timeline::{self, Left};
use crate::{Article, At, Error, KeptAttribution, Lookup, Result, Revision, Tombstone, load, pack};

/// Where an attribution stands in the tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttributionPlace {
    pub no: i64,
    pub set: i64,
    pub place: usize,
    pub article: i64,
}

impl AttributionPlace {
    /// From the columns that [`Reader::places`] names.
    pub(crate) fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { no: row.get(0)?, set: row.get(1)?, place: row.get(2)?, article: row.get(3)? })
    }
}

/// A set of records, unpacked.
pub(crate) struct Set {
    pub records: Vec<AttributionRecord>,
    /// For each record, how many quotes the records before it have; at the end, how many all have.
    quotes_before: Vec<usize>,
}

/// The raw ranges of the quotes of a whole set; `None` for a quote without exact bytes.
type RawRanges = Rc<[Option<RawRange>]>;

impl Set {
    fn new(records: Vec<AttributionRecord>) -> Self {
        let mut quotes_before = Vec::with_capacity(records.len() + 1);
        let mut quotes = 0;
        quotes_before.push(quotes);
        for record in &records {
            quotes += record.quotes().count();
            quotes_before.push(quotes);
        }
        Self { records, quotes_before }
    }

    /// The raw ranges of the record at `place`, out of those of the whole set.
    pub(crate) fn raw_of(&self, raw: &[Option<RawRange>], place: usize) -> Vec<Option<RawRange>> {
        let (start, end) = (self.quotes_before[place], self.quotes_before[place + 1]);
        raw.get(start..end).map_or_else(|| vec![None; end - start], <[_]>::to_vec)
    }
}

/// One state of the ledger, seen from one [`At`].
pub(crate) struct Reader<'call> {
    pub connection: &'call Connection,
    pub at: &'call At,
    articles: HashMap<i64, Result<Arc<Article>, Left>>,
    sets: HashMap<i64, Rc<Set>>,
    raw: HashMap<(CaptureId, i64), RawRanges>,
}

impl<'call> Reader<'call> {
    pub(crate) fn new(connection: &'call Connection, at: &'call At) -> Self {
        Self { connection, at, articles: HashMap::new(), sets: HashMap::new(), raw: HashMap::new() }
    }

    pub(crate) fn numbers(&self, sql: &str) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    pub(crate) fn number(&self, sql: &str, id: &str) -> Result<Option<i64>> {
        Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }

    /// What is left of a thing that has no rows.
    pub(crate) fn gone<T>(&self, id: &str) -> Result<Lookup<T>> {
        let row: Option<(i64, String, String, i64)> = self
            .connection
            .prepare_cached(
                "SELECT no, id, body, recorded_at FROM operation WHERE kind = 'withhold' AND kind <> 'capture' AND (target = ?1 \
                 OR no IN (SELECT withheld_by FROM operation WHERE target = ?1)) ORDER BY no LIMIT 1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        row.map_or(Ok(Lookup::Unknown), |(no, by, body, recorded_at)| {
            let body: WithholdBody = operation::parse(&body, operation::WITHHOLD, no)?;
            Ok(Lookup::Withheld(tombstone(&by, body, recorded_at)?))
        })
    }

    pub(crate) fn article_fresh(&self, no: i64) -> Result<Result<Article, Left>> {
        let (id, key): (String, String) = self
            .connection
            .prepare_cached("SELECT id, key FROM article WHERE no = ?")?
            .query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let views = load::views(self.connection, no, self.at.known_by())?;
        Ok(timeline::article(operation::parse_id(&id)?, key, views, self.at.as_of.as_ref()))
    }

    pub(crate) fn article(&mut self, no: i64) -> Result<Result<Arc<Article>, Left>> {
        if let Some(article) = self.articles.get(&no) {
            return Ok(article.clone());
        }
        let article = self.article_fresh(no)?.map(Arc::new);
        self.articles.insert(no, article.clone());
        Ok(article)
    }

    pub(crate) fn set(&mut self, no: i64) -> Result<Rc<Set>> {
        if let Some(set) = self.sets.get(&no) {
            return Ok(Rc::clone(set));
        }
        let set = Rc::new(Set::new(load::records(self.connection, no)?));
        self.sets.insert(no, Rc::clone(&set));
        Ok(set)
    }

    /// The raw ranges of a set in the first capture of a revision.
    pub(crate) fn raw(&mut self, revision: &Revision, set: i64) -> Result<RawRanges> {
        let capture = revision.captures[0];
        if let Some(raw) = self.raw.get(&(capture, set)) {
            return Ok(Rc::clone(raw));
        }
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT raw FROM capture_view WHERE capture = ? AND record_set = ? LIMIT 1")?
            .query_row(params![capture.to_string(), set], |row| row.get(0))
            .optional()?;
        let raw: RawRanges = pack::unpack_ranges(&packed.unwrap_or_default())
            .ok_or_else(|| Error::damaged(format!("{capture}: the raw ranges do not unpack")))?
            .into();
        self.raw.insert((capture, set), Rc::clone(&raw));
        Ok(raw)
    }

    /// Where attributions stand, for a condition over `a` (attribution) and `s` (record_set).
    pub(crate) fn places(&self, condition: &str, id: Option<&str>) -> Result<Vec<AttributionPlace>> {
        let sql = format!(
            "SELECT a.no, a.record_set, a.place, s.article FROM attribution a JOIN record_set s ON s.no = a.record_set {condition}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(id), AttributionPlace::of_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The attribution at a place; `None` where no revision at this time holds its set.
    pub(crate) fn attribution(&mut self, place: &AttributionPlace) -> Result<Result<Option<KeptAttribution>, Left>> {
        let article = match self.article(place.article)? {
            Ok(article) => article,
            Err(left) => return Ok(Err(left)),
        };
        let is_current = self.is_current(&article, place);
        let index = match is_current {
            true => article.current,
            false => article.revisions.iter().rposition(|revision| revision.record_set == place.set),
        };
        let Some(revision) = index else { return Ok(Ok(None)) };
        let set = self.set(place.set)?;
        let record = load::record_at(&set.records, place.place, place.set)?.clone();
        let raw = set.raw_of(&self.raw(&article.revisions[revision], place.set)?, place.place);
        Ok(Ok(Some(KeptAttribution { record, article, revision, is_current, raw })))
    }

    /// Whether the current revision holds the set of this place.
    pub(crate) fn is_current(&self, article: &Article, place: &AttributionPlace) -> bool {
        article.current().is_some_and(|revision| revision.record_set == place.set)
    }
}

/// What a `withhold` leaves.
pub(crate) fn tombstone(by: &str, body: WithholdBody, recorded_at: i64) -> Result<Tombstone> {
    Ok(Tombstone {
        by: operation::parse_id(by)?,
        reason: body.reason,
        authority: body.authority,
        recorded_at: timestamp(recorded_at)?,
    })
}

/// A time that the ledger wrote.
pub(crate) fn timestamp(microseconds: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|cause| Error::damaged(format!("expected a time, found {microseconds}: {cause}")))
}
