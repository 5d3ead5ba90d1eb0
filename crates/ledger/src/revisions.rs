//! Revisions by their ids. No table holds these: a late capture gives the revisions behind it new numbers, and so new ids. Not the
//! sequence itself (`timeline.rs`).

use std::collections::HashSet;

use rusqlite::Connection;

use onrecord_evidence::{CaptureId, Digest, RevisionId};

use crate::operation::{self, WITHHOLD, WithholdBody};
use crate::query::missing;
use crate::reader::{Reader, tombstone};
use crate::{Article, At, Ledger, Lookup, Result, timeline};

impl Ledger {
    /// The article that has this revision, and the revision's index in it. An id that a revision had until a late capture moved
    /// it is only found with a [`At::known_at`] before that.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn revision(&self, id: &RevisionId, at: &At) -> Result<Lookup<(Article, usize)>> {
        self.read(at, |reader| {
            let position = |article: &Article| article.revisions.iter().position(|revision| revision.id == *id);
            let Some((_, no)) = candidates(reader.connection, |candidate| candidate == id)?.pop() else {
                return withheld(reader, id);
            };
            let article = match reader.article_fresh(no)? {
                Ok(article) => article,
                Err(left) => return Ok(missing(left)),
            };
            if let Some(index) = position(&article) {
                return Ok(Lookup::Found((article, index)));
            }
            let now = Reader::new(reader.connection, &At::default()).article_fresh(no)?;
            Ok(if now.is_ok_and(|article| position(&article).is_some()) { Lookup::NotYet } else { Lookup::Unknown })
        })
    }
}

/// The ids that begin with `typed`, in order, at most `limit`: of revisions that were known at the reader's time whatever their
/// date, and of withheld ones.
pub(crate) fn beginning(reader: &Reader<'_>, typed: &str, limit: usize) -> Result<Vec<RevisionId>> {
    let begins = |id: &RevisionId| id.to_string().starts_with(typed);
    let mut found = Vec::new();
    for (_, _, body, _) in withholdings(reader.connection, reader.at.known_by())? {
        found.extend(body.revisions.into_iter().filter(begins).map(|id| (id, None)));
    }
    found.extend(candidates(reader.connection, begins)?.into_iter().map(|(id, no)| (id, Some(no))));
    found.sort_unstable();
    found.dedup_by_key(|(id, _)| *id);
    let known = At { as_of: None, known_at: reader.at.known_at.clone() };
    let mut reader = Reader::new(reader.connection, &known);
    let mut ids = Vec::new();
    for (id, no) in found {
        if ids.len() >= limit {
            break;
        }
        let stands = match no {
            None => true,
            Some(no) => {
                reader.article(no)?.is_ok_and(|article| article.revisions.iter().any(|revision| revision.id == id))
            }
        };
        if stands {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Every id that `fits`, with the number of its article, out of all that a revision can have: any text of an article at any place of
/// a sequence of its captures. Hashing these is far cheaper than reading all captures.
fn candidates(connection: &Connection, fits: impl Fn(&RevisionId) -> bool) -> Result<Vec<(RevisionId, i64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.article, a.id, t.digest, (SELECT count(*) FROM capture_view v WHERE v.article = s.article) \
         FROM record_set s JOIN article a ON a.no = s.article JOIN text t ON t.no = s.text GROUP BY s.article, s.text",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (no, text, views): (i64, [u8; 32], u32) = (row.get(0)?, row.get(2)?, row.get(3)?);
        let article = row.get_ref(1)?.as_str().unwrap_or_default();
        let ids = (1..=views).map(|number| timeline::revision_id(article, Digest::from_bytes(text), number));
        found.extend(ids.filter(|id| fits(id)).map(|id| (id, no)));
    }
    Ok(found)
}

/// What is left of a revision that has no text any more.
fn withheld<T>(reader: &Reader<'_>, id: &RevisionId) -> Result<Lookup<T>> {
    for (_, by, body, recorded_at) in withholdings(reader.connection, i64::MAX)? {
        if body.revisions.contains(id) {
            return Ok(Lookup::Withheld(tombstone(&by, body, recorded_at)?));
        }
    }
    Ok(Lookup::Unknown)
}

/// The `withhold` operations that were recorded by `known_by`: number, id, body, time.
fn withholdings(connection: &Connection, known_by: i64) -> Result<Vec<(i64, String, WithholdBody, i64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT no, id, body, recorded_at FROM operation WHERE kind = ?1 AND kind <> 'capture' AND recorded_at <= ?2 \
         ORDER BY no",
    )?;
    let mut rows = statement.query(rusqlite::params![WITHHOLD, known_by])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let no = row.get(0)?;
        let body = operation::parse(row.get_ref(2)?.as_str().unwrap_or_default(), WITHHOLD, no)?;
        found.push((no, row.get(1)?, body, row.get(3)?));
    }
    Ok(found)
}

/// The revisions whose text their article has nowhere else once `captures` are erased, as they stand now.
pub(crate) fn losing_text(connection: &Connection, captures: &[String]) -> Result<Vec<RevisionId>> {
    let now = At::default();
    let reader = Reader::new(connection, &now);
    let mut articles = Vec::new();
    for capture in captures {
        articles.extend(reader.number("SELECT article FROM capture_view WHERE capture = ? LIMIT 1", capture)?);
    }
    articles.sort_unstable();
    articles.dedup();
    let erased: HashSet<CaptureId> = captures.iter().map(|id| operation::parse_id(id)).collect::<Result<_>>()?;
    let mut losing = Vec::new();
    for no in articles {
        let Ok(article) = reader.article_fresh(no)? else { continue };
        let stays = |text: Digest| {
            let mut holding = article.revisions.iter().filter(|revision| revision.text == text);
            holding.any(|revision| revision.captures.iter().any(|capture| !erased.contains(capture)))
        };
        losing.extend(article.revisions.iter().filter(|revision| !stays(revision.text)).map(|revision| revision.id));
    }
    Ok(losing)
}
