//! Reading the ledger: articles, revisions, attributions, each along both time axes. Not the search for words.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, AttributionId, CaptureId, Diagnostic, Digest, OperationId, RawRange};
use onrecord_record::AttributionRecord;

use crate::reader::Reader;
use crate::timeline::Left;
use crate::{Article, At, Error, KeptCapture, Ledger, Result, Revision, add, load};

/// What was found, and what an `as_of` had to leave out.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// What was found, in the order that the function names.
    pub found: Vec<T>,
    /// Articles that would have been in, but state no date and so stand apart when a date is asked for.
    pub undated: usize,
}

/// What is said about one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup<T> {
    /// Here it is.
    Found(T),
    /// It was withheld by order.
    Withheld(Tombstone),
    /// It is in the ledger, but its article states no date, and one was asked for.
    Undated,
    /// It is in the ledger, but was not published or not known by then.
    NotYet,
    /// It is not in the ledger.
    Unknown,
}

/// What is left of something withheld; it names nobody but the authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The operation that withheld it.
    pub by: OperationId,
    /// Why.
    pub reason: String,
    /// On whose order.
    pub authority: String,
    /// When.
    pub recorded_at: Timestamp,
}

/// An attribution with its place in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptAttribution {
    /// The record.
    pub record: AttributionRecord,
    /// The article, as it stands at the time asked for.
    pub article: Arc<Article>,
    /// Index of its revision in [`Article::revisions`]: the current one if that holds it, else the last one that does.
    pub revision: usize,
    /// Whether the current revision holds it.
    pub is_current: bool,
    /// One for each of [`AttributionRecord::quotes`]: the bytes of the revision's first capture that hold the words.
    pub raw: Vec<Option<RawRange>>,
}

impl KeptAttribution {
    /// Its revision.
    pub fn revision(&self) -> &Revision {
        &self.article.revisions[self.revision]
    }

    /// The capture that `raw` speaks of.
    pub fn capture(&self) -> CaptureId {
        self.revision().captures[0]
    }
}

impl Ledger {
    /// All articles, by id.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged; so for every function here.
    pub fn articles(&self, at: &At) -> Result<Answer<Article>> {
        self.read(at, |reader| {
            let mut answer = Answer { found: Vec::new(), undated: 0 };
            for no in reader.numbers("SELECT no FROM article ORDER BY id")? {
                match reader.article_fresh(no)? {
                    Ok(article) => answer.found.push(article),
                    Err(Left::Undated) => answer.undated += 1,
                    Err(Left::NotYet) => {}
                }
            }
            Ok(answer)
        })
    }

    /// The ids of all articles of which anything is kept, in their order, whatever the time.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn article_ids(&self) -> Result<Vec<ArticleId>> {
        self.read(&At::default(), |reader| {
            let mut select = reader.connection.prepare_cached("SELECT id FROM article ORDER BY id")?;
            let mut rows = select.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(crate::operation::parse_id(row.get_ref(0)?.as_str().unwrap_or_default())?);
            }
            Ok(found)
        })
    }

    /// One article.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn article(&self, id: &ArticleId, at: &At) -> Result<Lookup<Article>> {
        self.read(at, |reader| {
            let id = id.to_string();
            match reader.number("SELECT no FROM article WHERE id = ?", &id)? {
                Some(no) => Ok(found(reader.article_fresh(no)?)),
                None => reader.gone(&id),
            }
        })
    }

    /// The text with this digest.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn text(&self, digest: &Digest) -> Result<Option<String>> {
        self.read(&At::default(), |reader| {
            let no: Option<i64> = reader
                .connection
                .prepare_cached("SELECT no FROM text WHERE digest = ?")?
                .query_row([digest.as_bytes()], |row| row.get(0))
                .optional()?;
            no.map(|no| load::text(reader.connection, no)).transpose()
        })
    }

    /// One capture with its bytes, and what is stated about it.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn capture(&self, id: &CaptureId, at: &At) -> Result<Lookup<KeptCapture>> {
        self.read(at, |reader| {
            let id = id.to_string();
            let row: Option<(i64, i64)> = reader
                .connection
                .prepare_cached("SELECT no, recorded_at FROM operation WHERE target = ? AND kind = 'capture'")?
                .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((no, recorded_at)) = row else { return Ok(Lookup::Unknown) };
            if recorded_at > at.known_by() {
                return Ok(Lookup::NotYet);
            }
            match load::capture(reader.connection, no)? {
                Some(mut capture) => {
                    let later = add::last_statement(reader.connection, &id, at.known_by())?;
                    capture.stated = later.or(capture.stated);
                    Ok(Lookup::Found(capture))
                }
                None => reader.gone(&id),
            }
        })
    }

    /// What reading a capture had to say, for people; empty where nothing.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn diagnostics(&self, capture: &CaptureId) -> Result<Vec<Diagnostic>> {
        self.read(&At::default(), |reader| {
            let json: Option<Option<String>> = reader
                .connection
                .prepare_cached("SELECT diagnostics FROM capture_view WHERE capture = ? AND known_until IS NULL")?
                .query_row([capture.to_string()], |row| row.get(0))
                .optional()?;
            let Some(json) = json.flatten() else { return Ok(Vec::new()) };
            serde_json::from_str(&json)
                .map_err(|cause| Error::damaged(format!("{capture}: expected diagnostics, found {cause}")))
        })
    }

    /// One attribution.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn attribution(&self, id: &AttributionId, at: &At) -> Result<Lookup<KeptAttribution>> {
        self.read(at, |reader| {
            let mut left = Lookup::Unknown;
            for place in reader.places("WHERE a.id = ? ORDER BY a.record_set", Some(&id.to_string()))? {
                match reader.attribution(&place)? {
                    Ok(Some(kept)) => return Ok(Lookup::Found(kept)),
                    Ok(None) | Err(Left::NotYet) => left = Lookup::NotYet,
                    Err(Left::Undated) => left = Lookup::Undated,
                }
            }
            Ok(left)
        })
    }

    /// The attributions of one revision of an article, in the order of their cues.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn attributions_of(&self, article: &Arc<Article>, revision: usize) -> Result<Vec<KeptAttribution>> {
        self.read(&At::default(), |reader| {
            let Some(asked) = article.revisions.get(revision) else { return Ok(Vec::new()) };
            // Numbers of rows may have changed since the article was read; ids and digests have not.
            let set: Option<i64> = reader
                .connection
                .prepare_cached(
                    "SELECT s.no FROM capture_view v JOIN record_set s ON s.no = v.record_set JOIN text t ON t.no = s.text \
                     WHERE v.capture = ?1 AND t.digest = ?2 ORDER BY s.no = ?3 DESC, s.digest LIMIT 1",
                )?
                .query_row(params![asked.captures[0].to_string(), asked.text.as_bytes(), asked.record_set], |row| row.get(0))
                .optional()?;
            let Some(set) = set else { return Ok(Vec::new()) };
            let is_current = article.current == Some(revision);
            let kept = reader.set(set)?;
            let raw = reader.raw(asked, set)?;
            let records = kept.records.iter().enumerate();
            Ok(records
                .map(|(place, record)| KeptAttribution {
                    record: record.clone(),
                    article: Arc::clone(article),
                    revision,
                    is_current,
                    raw: kept.raw_of(&raw, place),
                })
                .collect())
        })
    }

    /// Every attribution whose act is another than affirm, in the revision that is current at `at`: by the time at which the
    /// article was published (undated articles last), then by article, then in the order of the text.
    ///
    /// # Errors
    /// As [`Ledger::articles`].
    pub fn contested(&self, at: &At) -> Result<Answer<KeptAttribution>> {
        self.read(at, |reader| {
            let places = reader.places("WHERE a.act <> 'affirm' ORDER BY s.article, a.record_set, a.place", None)?;
            let mut answer = Answer { found: Vec::new(), undated: 0 };
            let mut undated = std::collections::HashSet::new();
            for place in places {
                match reader.attribution(&place)? {
                    Ok(kept) => answer.found.extend(kept.filter(|kept| kept.is_current)),
                    Err(Left::NotYet) => {}
                    Err(Left::Undated) => {
                        undated.insert(place.article);
                    }
                }
            }
            answer.undated = undated.len();
            answer.found.sort_by_cached_key(|kept| {
                let published = kept.article.published.as_ref().map(|time| (time.earliest(), time.latest()));
                (
                    published.is_none(),
                    published,
                    kept.article.id,
                    kept.record.cue.first().map(|cue| cue.range()),
                    kept.record.id,
                )
            });
            Ok(answer)
        })
    }

    pub(crate) fn read<T>(&self, at: &At, job: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        let work = || {
            let snapshot = self.snapshot()?;
            job(&mut Reader::new(&snapshot, at))
        };
        work().map_err(|error| error.at(&self.place))
    }
}

fn found<T>(result: Result<T, Left>) -> Lookup<T> {
    match result {
        Ok(value) => Lookup::Found(value),
        Err(left) => missing(left),
    }
}

/// Why there is nothing to be found.
pub(crate) const fn missing<T>(left: Left) -> Lookup<T> {
    match left {
        Left::NotYet => Lookup::NotYet,
        Left::Undated => Lookup::Undated,
    }
}
