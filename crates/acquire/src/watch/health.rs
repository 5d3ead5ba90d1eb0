//! How sources are doing, out of the store. Not the showing.

use rusqlite::params;

use super::{Sources, Store, StoreError};

/// How one source is doing. Times are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceHealth {
    /// Its name.
    pub name: String,
    /// Its feeds, by address.
    pub feeds: Vec<FeedHealth>,
    /// Articles that were found.
    pub found: u64,
    /// Articles of which at least one capture was taken.
    pub articles: u64,
    /// Captures that were taken.
    pub captures: u64,
    /// Articles that a robots.txt forbids.
    pub forbidden: u64,
    /// Articles that were given up.
    pub given_up: u64,
    /// Articles that are due, or will be.
    pub waiting: u64,
    /// The reasons why articles did not come, with their number, the most frequent first.
    pub reasons: Vec<(String, u64)>,
}

/// How one feed is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedHealth {
    /// Its address.
    pub address: String,
    /// When it last answered.
    pub last_ok: Option<i64>,
    /// When it was last asked.
    pub last_asked: Option<i64>,
    /// When it is asked next.
    pub next_due: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
    /// Why the last of them.
    pub reason: Option<String>,
}

/// Reasons that are listed of one source.
const REASONS: i64 = 5;

impl Store {
    /// How the sources of a file are doing; those that were never watched have only their names and feeds.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn health(&self, sources: &Sources) -> Result<Vec<SourceHealth>, StoreError> {
        sources.sources.iter().map(|source| self.health_of(&source.name, &source.feeds)).collect()
    }

    fn health_of(&self, name: &str, feeds: &[String]) -> Result<SourceHealth, StoreError> {
        let mut health = SourceHealth { name: name.to_owned(), ..SourceHealth::default() };
        let mut select = self.connection.prepare_cached(
            "SELECT p.ok, p.asked, max(p.due, ifnull(o.not_before, 0)), p.failures, p.reason FROM page p LEFT JOIN origin o USING (origin) WHERE p.address = ?",
        )?;
        for feed in feeds {
            let found = select.query_row([feed], |row| {
                Ok(FeedHealth {
                    address: feed.clone(),
                    last_ok: row.get(0)?,
                    last_asked: row.get(1)?,
                    next_due: row.get(2)?,
                    failures: row.get(3)?,
                    reason: row.get(4)?,
                })
            });
            let never = || FeedHealth {
                address: feed.clone(),
                last_ok: None,
                last_asked: None,
                next_due: None,
                failures: 0,
                reason: None,
            };
            match found {
                Err(rusqlite::Error::QueryReturnedNoRows) => health.feeds.push(never()),
                found => health.feeds.push(found?),
            }
        }
        let sql = "SELECT count(*), ifnull(sum(taken > 0), 0), ifnull(sum(taken), 0), ifnull(sum(state = 'forbidden'), 0), ifnull(sum(state = 'given-up'), 0), \
                   ifnull(sum(due IS NOT NULL), 0) FROM page WHERE source = ? AND kind = 'article'";
        let counts: [i64; 6] = self.connection.query_row(sql, [name], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
        })?;
        let counts = counts.map(|count| u64::try_from(count).unwrap_or(0));
        [health.found, health.articles, health.captures, health.forbidden, health.given_up, health.waiting] = counts;
        let mut select = self.connection.prepare_cached(
            "SELECT reason, count(*) FROM page WHERE source = ? AND kind = 'article' AND reason IS NOT NULL GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ?",
        )?;
        let rows = select.query_map(params![name, REASONS], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        for row in rows {
            let (reason, count) = row?;
            health.reasons.push((reason, u64::try_from(count).unwrap_or(0)));
        }
        Ok(health)
    }
}
