//! Writing what was derived: views, texts, records, and the index of words. The only place that fills those tables, so that
//! adding and rebuilding cannot differ.

use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, CaptureId, Digest, Time, TimeSource};
use onrecord_record::AttributionRecord;

use crate::timeline::{self, Observed};
use crate::{At, Derived, Error, KeptReading, KeptRecord, Metadata, Placed, Result, linking, load, operation, pack};

/// What the operations tell about a capture under one statement.
pub(crate) struct Told<'call> {
    pub capture: CaptureId,
    /// The operation that brought the capture.
    pub operation: i64,
    /// The operation that brought the statement: the same one, or a later `metadata`.
    pub stated_by: i64,
    /// When the statement came in, in microseconds since 1970.
    pub known_from: i64,
    /// When the capture came in.
    pub recorded_at: i64,
    pub fetched: Option<&'call Time>,
    pub article: ArticleId,
    pub article_key: &'call str,
}

/// Whether every record has its evidence in the text.
pub(crate) fn check(derived: &Derived) -> Result<(), String> {
    let Some(reading) = &derived.reading else { return Ok(()) };
    for KeptRecord { record, raw } in &reading.records {
        if record.cue.is_empty() || record.content.is_empty() {
            return Err(format!("{}: expected words for cue and content, found none", record.id));
        }
        for quoted in record.quotes() {
            quoted.check(&reading.text).map_err(|cause| format!("{}: {cause}", record.id))?;
        }
        let quotes = record.quotes().count();
        if !raw.is_empty() && raw.len() != quotes {
            return Err(format!("{}: expected {quotes} raw ranges, found {}", record.id, raw.len()));
        }
    }
    derived.linkable.as_ref().map_or(Ok(()), |linkable| linking::check(linkable, &reading.text))
}

/// Keeps what was derived from a capture under a statement; an earlier statement ends where this one begins.
pub(crate) fn keep(connection: &Connection, told: &Told<'_>, derived: &Derived, pipeline: i64) -> Result<Placed> {
    let (article, new_article) = keep_article(connection, told)?;
    let known_from = end_earlier(connection, told)?;
    let mut new_text = false;
    let mut record_set = None;
    let mut attributions = 0;
    let mut raw = Vec::new();
    if let Some(reading) = &derived.reading {
        let (text, is_new) = keep_text(connection, article, reading)?;
        new_text = is_new && !new_article;
        let records = once_each(&reading.records);
        attributions = records.len();
        let title = derived.metadata.title.as_deref().unwrap_or_default();
        let set = NewSet { article, text, pipeline, title };
        let set = keep_records(connection, &set, reading, &records)?;
        if let Some(linkable) = &derived.linkable {
            linking::keep(connection, set, linkable, &reading.text)?;
        }
        record_set = Some(set);
        raw = records.iter().flat_map(|kept| padded(kept)).collect();
    }
    keep_view(connection, told, derived, &ViewPlace { article, record_set, pipeline, known_from, raw })?;
    if !new_article {
        settle_titles(connection, article)?;
    }
    let revision = match new_article {
        true => record_set.map(|_| 1),
        false => revision_of(connection, article, told)?,
    };
    Ok(Placed { article: told.article, new_article, new_text, revision, attributions })
}

/// Records without repetitions: the same spans twice are one attribution.
fn once_each(records: &[KeptRecord]) -> Vec<&KeptRecord> {
    let mut seen = std::collections::HashSet::new();
    records.iter().filter(|kept| seen.insert(kept.record.id)).collect()
}

/// One raw range, or none, for each quote.
fn padded(kept: &KeptRecord) -> Vec<Option<onrecord_evidence::RawRange>> {
    match kept.raw.is_empty() {
        true => vec![None; kept.record.quotes().count()],
        false => kept.raw.clone(),
    }
}

fn keep_article(connection: &Connection, told: &Told<'_>) -> Result<(i64, bool)> {
    let id = told.article.to_string();
    let kept: Option<i64> = connection
        .prepare_cached("SELECT no FROM article WHERE id = ?")?
        .query_row([&id], |row| row.get(0))
        .optional()?;
    if let Some(kept) = kept {
        return Ok((kept, false));
    }
    connection.prepare_cached("INSERT INTO article (id, key) VALUES (?, ?)")?.execute([&*id, told.article_key])?;
    Ok((connection.last_insert_rowid(), true))
}

/// Ends the statement that held so far. Gives the moment from which the new one holds: never before the earlier one,
/// whatever a clock that was set back says.
fn end_earlier(connection: &Connection, told: &Told<'_>) -> Result<i64> {
    if told.operation == told.stated_by {
        return Ok(told.known_from);
    }
    let capture = told.capture.to_string();
    let earlier: Option<(i64, i64)> = connection
        .prepare_cached("SELECT no, known_from FROM capture_view WHERE capture = ? AND known_until IS NULL")?
        .query_row([&capture], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((no, began)) = earlier else { return Ok(told.known_from) };
    let known_from = told.known_from.max(began);
    connection.prepare_cached("UPDATE capture_view SET known_until = ? WHERE no = ?")?.execute([known_from, no])?;
    Ok(known_from)
}

/// Keeps a text once; the flag says whether the article has it for the first time.
fn keep_text(connection: &Connection, article: i64, reading: &KeptReading) -> Result<(i64, bool)> {
    let digest = reading.digest();
    let kept: Option<i64> = connection
        .prepare_cached("SELECT no FROM text WHERE digest = ?")?
        .query_row([digest.as_bytes()], |row| row.get(0))
        .optional()?;
    if let Some(kept) = kept {
        let known = connection
            .prepare_cached("SELECT 1 FROM record_set WHERE article = ? AND text = ?")?
            .exists([article, kept])?;
        return Ok((kept, !known));
    }
    connection.prepare_cached("INSERT INTO text (digest, length, packed) VALUES (?, ?, ?)")?.execute(params![
        digest.as_bytes(),
        reading.text.len(),
        pack::deflate(reading.text.as_bytes(), b"")
    ])?;
    Ok((connection.last_insert_rowid(), true))
}

struct NewSet<'call> {
    article: i64,
    text: i64,
    pipeline: i64,
    title: &'call str,
}

fn keep_records(
    connection: &Connection,
    set: &NewSet<'_>,
    reading: &KeptReading,
    records: &[&KeptRecord],
) -> Result<i64> {
    let records: Vec<&AttributionRecord> = records.iter().map(|kept| &kept.record).collect();
    let json = operation::json(&records)?;
    let digest = Digest::of_bytes(json.as_bytes());
    let kept: Option<i64> = connection
        .prepare_cached("SELECT no FROM record_set WHERE article = ? AND text = ? AND digest = ?")?
        .query_row(params![set.article, set.text, digest.as_bytes()], |row| row.get(0))
        .optional()?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let packed = pack::deflate(json.as_bytes(), reading.text.as_bytes());
    connection
        .prepare_cached(
            "INSERT INTO record_set (article, text, pipeline, digest, title, length, packed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![set.article, set.text, set.pipeline, digest.as_bytes(), set.title, json.len(), packed])?;
    let no = connection.last_insert_rowid();
    let mut insert =
        connection.prepare_cached("INSERT INTO attribution (id, record_set, place, act) VALUES (?, ?, ?, ?)")?;
    let mut index = Index::new(connection)?;
    for (place, record) in records.iter().enumerate() {
        insert.execute(params![record.id.to_string(), no, place, record.act.word()])?;
        index.insert(connection.last_insert_rowid(), record, set.title)?;
    }
    Ok(no)
}

struct ViewPlace {
    article: i64,
    record_set: Option<i64>,
    pipeline: i64,
    known_from: i64,
    raw: Vec<Option<onrecord_evidence::RawRange>>,
}

fn keep_view(connection: &Connection, told: &Told<'_>, derived: &Derived, place: &ViewPlace) -> Result<()> {
    let recorded = Timestamp::from_microsecond(told.recorded_at)
        .map_err(|cause| Error::damaged(format!("operation {}: {cause}", told.operation)))?;
    let observed = Observed::of(told.fetched, &derived.metadata, Time::instant(recorded, TimeSource::Received));
    let metadata = operation::json(&derived.metadata)?;
    let observed = operation::json(&observed)?;
    let raw = pack::pack_ranges(&place.raw);
    let diagnostics = (!derived.diagnostics.is_empty()).then(|| operation::json(&derived.diagnostics)).transpose()?;
    let digest = view_digest(&metadata, &observed, &raw, diagnostics.as_deref());
    connection
        .prepare_cached(
            "INSERT INTO capture_view (capture, operation, stated_by, pipeline, known_from, article, record_set, metadata, \
             observed, raw, diagnostics, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            told.capture.to_string(),
            told.operation,
            told.stated_by,
            place.pipeline,
            place.known_from,
            place.article,
            place.record_set,
            metadata,
            observed,
            raw,
            diagnostics,
            digest.as_bytes()
        ])?;
    Ok(())
}

/// What guards the columns of a view that nothing else checks.
pub(crate) fn view_digest(metadata: &str, observed: &str, raw: &[u8], diagnostics: Option<&str>) -> Digest {
    let fields = [metadata.as_bytes(), observed.as_bytes(), raw, diagnostics.unwrap_or_default().as_bytes()];
    Digest::of_fields("onrecord/view/1", &fields)
}

/// The index of words, one row for each attribution.
pub(crate) struct Index<'connection> {
    insert: CachedStatement<'connection>,
    delete: CachedStatement<'connection>,
}

impl<'connection> Index<'connection> {
    pub(crate) fn new(connection: &'connection Connection) -> Result<Self> {
        Ok(Self {
            insert: connection
                .prepare_cached("INSERT INTO words (rowid, source, cue, content, title) VALUES (?, ?, ?, ?, ?)")?,
            delete: connection.prepare_cached(
                "INSERT INTO words (words, rowid, source, cue, content, title) VALUES ('delete', ?, ?, ?, ?, ?)",
            )?,
        })
    }

    /// Puts an attribution in.
    pub(crate) fn insert(&mut self, no: i64, record: &AttributionRecord, title: &str) -> Result<()> {
        let [source, cue, content] = Self::columns(record);
        self.insert.execute(params![no, source, cue, content, title])?;
        Ok(())
    }

    /// Takes an attribution out; it must be the same words that were put in.
    pub(crate) fn delete(&mut self, no: i64, record: &AttributionRecord, title: &str) -> Result<()> {
        let [source, cue, content] = Self::columns(record);
        self.delete.execute(params![no, source, cue, content, title])?;
        Ok(())
    }

    fn columns(record: &AttributionRecord) -> [String; 3] {
        [&record.source, &record.cue, &record.content].map(|spans| AttributionRecord::joined(spans))
    }
}

/// Indexes each set of records under the title that the first capture of its text gives, whatever came in first.
pub(crate) fn settle_titles(connection: &Connection, article: i64) -> Result<()> {
    let mut views = load::views(connection, article, At::default().known_by())?;
    timeline::put_in_order(&mut views);
    let mut settled = std::collections::HashSet::new();
    for view in &views {
        let Some((_, set)) = view.reading else { continue };
        if !settled.insert(set) {
            continue;
        }
        let title = view.metadata.title.as_deref().unwrap_or_default();
        let indexed: String = connection
            .prepare_cached("SELECT title FROM record_set WHERE no = ?")?
            .query_row([set], |row| row.get(0))?;
        if indexed != title {
            retitle(connection, set, &indexed, title)?;
        }
    }
    Ok(())
}

fn retitle(connection: &Connection, set: i64, indexed: &str, title: &str) -> Result<()> {
    let records = load::records(connection, set)?;
    let mut index = Index::new(connection)?;
    for (no, place) in load::attribution_numbers(connection, set)? {
        let record = load::record_at(&records, place, set)?;
        index.delete(no, record, indexed)?;
        index.insert(no, record, title)?;
    }
    connection.prepare_cached("UPDATE record_set SET title = ? WHERE no = ?")?.execute(params![title, set])?;
    Ok(())
}

fn revision_of(connection: &Connection, article: i64, told: &Told<'_>) -> Result<Option<u32>> {
    let views = load::views(connection, article, At::default().known_by())?;
    let article = timeline::article(told.article, String::new(), views, None).ok();
    let holds = |revision: &&crate::Revision| revision.captures.contains(&told.capture);
    Ok(article.and_then(|article| article.revisions.iter().find(holds).map(|revision| revision.number)))
}

/// Metadata that a damaged row does not give.
pub(crate) fn parse_metadata(json: &str, no: i64) -> Result<Metadata> {
    serde_json::from_str(json).map_err(|cause| Error::damaged(format!("view {no}: expected metadata, found {cause}")))
}
