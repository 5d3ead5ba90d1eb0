//! One state of the ledger, seen from one time: articles and sets of records, each loaded once for a query. Not a function that
//! users call.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::RawRange;
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
}

impl Set {
    /// The raw ranges of the record at `place`, out of those of the whole set.
    pub(crate) fn raw_of(&self, raw: &[Option<RawRange>], place: usize) -> Vec<Option<RawRange>> {
        let before: usize = self.records[..place].iter().map(|record| record.quotes().count()).sum();
        let quotes = self.records[place].quotes().count();
        raw.get(before..before + quotes).map_or_else(|| vec![None; quotes], <[_]>::to_vec)
    }
}

/// One state of the ledger, seen from one [`At`].
pub(crate) struct Reader<'call> {
    pub connection: &'call Connection,
    pub at: &'call At,
    articles: HashMap<i64, Result<Arc<Article>, Left>>,
    sets: HashMap<i64, Rc<Set>>,
}

impl<'call> Reader<'call> {
    pub(crate) fn new(connection: &'call Connection, at: &'call At) -> Self {
        Self { connection, at, articles: HashMap::new(), sets: HashMap::new() }
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
        let Some((no, by, body, recorded_at)) = row else { return Ok(Lookup::Unknown) };
        let body: WithholdBody = operation::parse(&body, operation::WITHHOLD, no)?;
        Ok(Lookup::Withheld(Tombstone {
            by: operation::parse_id(&by)?,
            reason: body.reason,
            authority: body.authority,
            recorded_at: timestamp(recorded_at)?,
        }))
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
        let set = Rc::new(Set { records: load::records(self.connection, no)? });
        self.sets.insert(no, Rc::clone(&set));
        Ok(set)
    }

    pub(crate) fn raw(&self, revision: &Revision, set: i64) -> Result<Vec<Option<RawRange>>> {
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT raw FROM capture_view WHERE capture = ? AND record_set = ? LIMIT 1")?
            .query_row(params![revision.captures[0].to_string(), set], |row| row.get(0))
            .optional()?;
        pack::unpack_ranges(&packed.unwrap_or_default())
            .ok_or_else(|| Error::damaged(format!("{}: the raw ranges do not unpack", revision.captures[0])))
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

/// A time that the ledger wrote.
pub(crate) fn timestamp(microseconds: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|cause| Error::damaged(format!("expected a time, found {microseconds}: {cause}")))
}
