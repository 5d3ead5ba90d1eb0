//! What a ledger holds, in numbers. Not a report on quality.

use std::collections::BTreeMap;

use jiff::Timestamp;

use onrecord_evidence::Digest;

use crate::operation::{self, KINDS};
use crate::reader::timestamp;
use crate::timeline::Left;
use crate::{At, Ledger, Metadata, Result};

/// What a ledger holds at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Captures that came in, withheld ones included.
    pub captures: u64,
    /// Captures whose bytes were withheld by order.
    pub withheld: u64,
    /// Captures whose text is kept and left unread, because it is in another language than English. Texts whose language
    /// could not be told are read.
    pub unread: u64,
    /// Captures that gave no text. `add` takes in none; a later pipeline may fail on what an earlier one read.
    pub without_text: u64,
    /// Articles.
    pub articles: u64,
    /// Articles left out because they state no date and one was asked for; without `as_of`: articles without a date.
    pub undated: u64,
    /// Revisions.
    pub revisions: u64,
    /// Attributions in current revisions.
    pub attributions: u64,
    /// The same by act, in the words of every outward format.
    pub by_act: BTreeMap<String, u64>,
    /// Articles by outlet; those without one are left out.
    pub by_outlet: BTreeMap<String, u64>,
    /// The first and the last day on which an article was published.
    pub published: Option<(Timestamp, Timestamp)>,
    /// Operations by kind.
    pub operations: BTreeMap<String, u64>,
    /// Kinds of operation that this version does not know; they are kept as they are.
    pub unknown_kinds: Vec<String>,
    /// When the first and the last operation were recorded.
    pub recorded: Option<(Timestamp, Timestamp)>,
    /// Digest and description of the active pipeline.
    pub pipeline: Option<(Digest, String)>,
    /// Size of the ledger in bytes, without its write-ahead log; always as of now.
    pub size: u64,
    /// Bytes that captures hold unpacked, each once; always as of now.
    pub captured_bytes: u64,
}

impl Ledger {
    /// What the ledger holds.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn stats(&self, at: &At) -> Result<Stats> {
        self.read(at, |reader| {
            let mut stats = Stats::default();
            let connection = reader.connection;
            let known_by = at.known_by();
            let mut statement = connection.prepare_cached(
                "SELECT kind, count(*), count(withheld_by), min(recorded_at), max(recorded_at) FROM operation \
                 WHERE recorded_at <= ? GROUP BY kind",
            )?;
            let mut rows = statement.query([known_by])?;
            while let Some(row) = rows.next()? {
                let kind: String = row.get(0)?;
                let count: u64 = row.get(1)?;
                if kind == operation::CAPTURE {
                    (stats.captures, stats.withheld) = (count, row.get(2)?);
                }
                if !KINDS.contains(&&*kind) {
                    stats.unknown_kinds.push(kind.clone());
                }
                let (first, last) = (timestamp(row.get(3)?)?, timestamp(row.get(4)?)?);
                stats.recorded =
                    Some(stats.recorded.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
                stats.operations.insert(kind, count);
            }
            stats.pipeline = operation::active_pipeline(connection)?.map(|(_, body)| (body.digest, body.description));
            stats.size = connection.query_row(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                [],
                |row| row.get(0),
            )?;
            stats.captured_bytes =
                connection.query_row("SELECT coalesce(sum(length), 0) FROM blob", [], |row| row.get(0))?;
            let mut acts =
                connection.prepare_cached("SELECT act, count(*) FROM attribution WHERE record_set = ? GROUP BY act")?;
            for no in reader.numbers("SELECT no FROM article")? {
                let article = match reader.article_fresh(no)? {
                    Ok(article) => article,
                    Err(Left::NotYet) => continue,
                    Err(Left::Undated) => {
                        stats.undated += 1;
                        continue;
                    }
                };
                stats.articles += 1;
                stats.revisions += article.revisions.len() as u64;
                let mut with_text = 0;
                for revision in &article.revisions {
                    with_text += revision.captures.len();
                    // A language is that of the text, so it is the same for all captures of a revision.
                    if is_left_unread(&revision.metadata) {
                        stats.unread += revision.captures.len() as u64;
                    }
                }
                stats.without_text += (article.captures - with_text) as u64;
                match &article.published {
                    None => stats.undated += 1,
                    Some(time) => {
                        let (first, last) = (time.earliest(), time.latest());
                        stats.published =
                            Some(stats.published.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
                    }
                }
                if let Some(outlet) = &article.metadata.outlet {
                    *stats.by_outlet.entry(outlet.clone()).or_default() += 1;
                }
                if let Some(revision) = article.current() {
                    let rows = acts.query_map([revision.record_set], |row| {
                        Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?))
                    })?;
                    for row in rows {
                        let (act, count) = row?;
                        stats.attributions += count;
                        *stats.by_act.entry(act).or_default() += count;
                    }
                }
            }
            Ok(stats)
        })
    }
}

/// Whether the language is known and another than English.
fn is_left_unread(metadata: &Metadata) -> bool {
    metadata.language.as_deref().is_some_and(|language| !["eng", "en", "und"].contains(&language))
}
