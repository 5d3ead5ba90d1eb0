//! Checking a whole ledger: the file, every digest, every quote in its text, every raw range in its bytes. Not a repair.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use onrecord_evidence::{Capture, Digest, RawRange};
use onrecord_record::AttributionRecord;

use crate::derive::{Index, view_digest};
use crate::operation::{self, CAPTURE, CaptureBody, KINDS};
use crate::{At, Ledger, Result, linking, load, pack};

/// What a [`Ledger::verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Operations whose digest was computed again.
    pub operations: u64,
    /// Operations that are tombstones: nothing is left to check.
    pub withheld: u64,
    /// Operations of kinds that this version does not know; their digests were checked.
    pub unknown_operations: u64,
    /// Captures whose bytes were hashed again.
    pub captures: u64,
    /// Texts that were hashed again.
    pub texts: u64,
    /// Attributions that were compared with their rows.
    pub attributions: u64,
    /// Quotes that were sliced again from their text.
    pub quotes: u64,
    /// Ranges of statements that were sliced again from their text.
    pub statements: u64,
    /// Words in the records of claims that were sliced again from their text.
    pub evidence: u64,
    /// Raw ranges that were decoded again from the bytes of their capture.
    pub raw_ranges: u64,
    /// Quotes without an exact place in the bytes; not a failure.
    pub without_raw: u64,
    /// What does not hold, in the order in which it was found.
    pub failures: Vec<Failure>,
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// An id, or the part of the file.
    pub place: String,
    /// What was expected and what was found.
    pub reason: String,
}

impl Report {
    /// Whether everything holds.
    pub fn is_sound(&self) -> bool {
        self.failures.is_empty()
    }

    pub(crate) fn fail(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.failures.push(Failure { place: place.into(), reason: reason.into() });
    }

    /// Notes an error of a step, so that the others still run.
    pub(crate) fn step(&mut self, place: &str, step: impl FnOnce(&mut Self) -> Result<()>) {
        if let Err(error) = step(self) {
            let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})")).unwrap_or_default();
            self.fail(place, format!("{error}{cause}"));
        }
    }
}

impl Ledger {
    /// Checks everything. `decoded` says which words the bytes in these ranges of a capture become, `None` for one that it
    /// cannot decode; it is asked once for each capture.
    ///
    /// # Errors
    /// Where nothing can be read at all. What does not hold is in the report.
    pub fn verify(&self, mut decoded: impl FnMut(&Capture, &[RawRange]) -> Vec<Option<String>>) -> Result<Report> {
        self.read(&At::default(), |reader| {
            let connection = reader.connection;
            let mut report = Report::default();
            report.step("file", |report| check_file(connection, report));
            report.step("operations", |report| check_operations(connection, report));
            report.step("texts", |report| check_texts(connection, report));
            report.step("records", |report| check_records(connection, report));
            report.step("statements", |report| linking::check_statements(connection, report));
            report.step("links", |report| linking::check_links(connection, report));
            report.step("views", |report| check_views(connection, report, &mut decoded));
            report.step("index", |report| check_index(connection, report));
            Ok(report)
        })
    }
}

pub(crate) fn check_file(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            report.fail("file", line);
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        report.fail("file", format!("a row of {table} names a row of {parent} that is not there"));
    }
    Ok(())
}

pub(crate) fn check_operations(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = connection
        .prepare("SELECT no, id, kind, target, author, recorded_at, digest, body, blob FROM operation ORDER BY no")?;
    let mut rows = statement.query([])?;
    let mut expected_no = 1;
    while let Some(row) = rows.next()? {
        let (no, id, kind): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if no != expected_no {
            report.fail("operations", format!("expected operation {expected_no}, found {no}"));
        }
        expected_no = no + 1;
        let (target, author, recorded_at): (Option<String>, String, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let digest = Digest::from_bytes(row.get(6)?);
        if operation::id(&digest).to_string() != id {
            report.fail(&*id, "the id does not belong to the digest");
        }
        let Some(body): Option<String> = row.get(7)? else {
            report.withheld += 1;
            continue;
        };
        report.operations += 1;
        report.unknown_operations += u64::from(!KINDS.contains(&&*kind));
        if operation::digest(&kind, target.as_deref(), &author, recorded_at, &body) != digest {
            report.fail(&*id, "the operation has other words than its digest says");
        }
        if kind == CAPTURE {
            let blob: Option<i64> = row.get(8)?;
            report.step(&id, |report| {
                check_capture(connection, report, &id, no, &target.unwrap_or_default(), &body, blob)
            });
        }
    }
    let last: i64 = connection.query_row(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'operation'",
        [],
        |row| row.get(0),
    )?;
    if last != expected_no - 1 {
        report.fail("operations", format!("expected {last} operations, found {}", expected_no - 1));
    }
    Ok(())
}

fn check_capture(
    connection: &Connection,
    report: &mut Report,
    id: &str,
    no: i64,
    target: &str,
    body: &str,
    blob: Option<i64>,
) -> Result<()> {
    let body: CaptureBody = operation::parse(body, CAPTURE, no)?;
    let Some(blob) = blob else {
        report.fail(id, "expected the bytes of the capture, found none");
        return Ok(());
    };
    let bytes = load::bytes(connection, blob)?;
    report.captures += 1;
    let capture = body.capture(bytes);
    if capture.digest() != body.digest || capture.id().to_string() != target {
        report.fail(target, "the bytes have another digest than when they came in");
    }
    let views: i64 = connection
        .prepare_cached("SELECT count(*) FROM capture_view v JOIN article a ON a.no = v.article WHERE v.operation = ? AND v.known_until IS NULL AND a.id = ? AND a.key = ?")?
        .query_row(params![no, body.article.to_string(), body.article_key], |row| row.get(0))?;
    if views != 1 {
        report.fail(target, format!("expected one view under article {}, found {views}", body.article));
    }
    Ok(())
}

pub(crate) fn check_texts(connection: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = connection
        .prepare("SELECT no, digest, (SELECT count(*) FROM record_set WHERE text = t.no) FROM text t ORDER BY no")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (no, digest, uses): (i64, [u8; 32], i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let place = format!("text {no}");
        report.step(&place, |report| {
            report.texts += 1;
            if Digest::of_bytes(load::text(connection, no)?.as_bytes()) != Digest::from_bytes(digest) {
                report.fail(&*place, "the text has other words than its digest says");
            }
            if uses == 0 {
                report.fail(&*place, "expected a capture with this text, found none");
            }
            Ok(())
        });
    }
    Ok(())
}

fn check_records(connection: &Connection, report: &mut Report) -> Result<()> {
    let active = operation::active_pipeline(connection)?.map(|(no, _)| no);
    let mut statement = connection.prepare(
        "SELECT no, text, pipeline, digest, (SELECT count(*) FROM capture_view WHERE record_set = s.no AND article = s.article) \
         FROM record_set s ORDER BY no",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (no, text, pipeline): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (digest, uses): ([u8; 32], i64) = (row.get(3)?, row.get(4)?);
        let place = format!("record set {no}");
        if Some(pipeline) != active {
            report.fail(&*place, "expected records of the active pipeline, found those of another");
        }
        if uses == 0 {
            report.fail(&*place, "expected a capture with these records, found none");
        }
        report.step(&place, |report| {
            if Digest::of_bytes(&load::records_json(connection, no)?) != Digest::from_bytes(digest) {
                report.fail(&*place, "the records are others than their digest says");
            }
            let records = load::records(connection, no)?;
            check_quotes(report, &records, &load::text(connection, text)?);
            check_rows(connection, report, no, &records)
        });
    }
    Ok(())
}

fn check_quotes(report: &mut Report, records: &[AttributionRecord], text: &str) {
    for record in records {
        for quoted in record.quotes() {
            report.quotes += 1;
            if let Err(cause) = quoted.check(text) {
                report.fail(record.id.to_string(), cause.to_string());
            }
        }
    }
}

fn check_rows(connection: &Connection, report: &mut Report, set: i64, records: &[AttributionRecord]) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT id, place, act FROM attribution WHERE record_set = ? ORDER BY place, no")?;
    let rows = statement
        .query_map([set], |row| Ok((row.get::<_, String>(0)?, row.get::<_, usize>(1)?, row.get::<_, String>(2)?)))?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    report.attributions += rows.len() as u64;
    let expected =
        records.iter().enumerate().map(|(place, record)| (record.id.to_string(), place, record.act.word().to_owned()));
    if !expected.eq(rows) {
        report.fail(format!("record set {set}"), "the rows of its attributions differ from its records");
    }
    Ok(())
}

fn check_views(
    connection: &Connection,
    report: &mut Report,
    decoded: &mut impl FnMut(&Capture, &[RawRange]) -> Vec<Option<String>>,
) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT v.capture, v.operation, v.record_set, v.metadata, v.observed, v.raw, v.diagnostics, v.digest, \
         v.stated_by, v.known_from, v.known_until, s.recorded_at, s.target, a.id, o.body \
         FROM capture_view v JOIN operation o ON o.no = v.operation JOIN operation s ON s.no = v.stated_by \
         JOIN article a ON a.no = v.article ORDER BY v.operation, v.stated_by",
    )?;
    let mut rows = statement.query([])?;
    let mut checked = HashSet::new();
    let mut before: Option<(i64, i64, Option<i64>)> = None;
    while let Some(row) = rows.next()? {
        let (capture, operation, set): (String, i64, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (metadata, observed, raw): (String, String, Vec<u8>) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let (diagnostics, digest): (Option<String>, [u8; 32]) = (row.get(6)?, row.get(7)?);
        if view_digest(&metadata, &observed, &raw, diagnostics.as_deref()) != Digest::from_bytes(digest) {
            report.fail(&*capture, "the view of the capture is another than its digest says");
        }
        let (target, article, body): (Option<String>, String, Option<String>) =
            (row.get(12)?, row.get(13)?, row.get(14)?);
        let body: Option<CaptureBody> = body.map(|body| operation::parse(&body, CAPTURE, operation)).transpose()?;
        if target.as_ref() != Some(&capture) || body.is_none_or(|body| body.article.to_string() != article) {
            report.fail(&*capture, "the view belongs to another capture or article than its operation says");
        }
        // A statement holds from its operation on, until the next one.
        let (stated_by, known_from, known_until): (i64, i64, Option<i64>) = (row.get(8)?, row.get(9)?, row.get(10)?);
        let earlier = before.filter(|(of, ..)| *of == operation);
        let begins = row.get::<_, i64>(11)?.max(earlier.map_or(i64::MIN, |(_, from, _)| from));
        let follows = earlier.map_or(stated_by == operation, |(.., until)| until == Some(known_from));
        let open_before_another = before.is_some_and(|(of, _, until)| of != operation && until.is_some());
        if known_from != begins || !follows || open_before_another {
            report.fail(&*capture, "the views of the capture do not follow each other as its operations do");
        }
        before = Some((operation, known_from, known_until));
        let Some(set) = set else { continue };
        if checked.insert((operation, set, raw.clone())) {
            report.step(&capture, |report| check_raw(connection, report, operation, set, &raw, decoded));
        }
    }
    if let Some((.., Some(_))) = before {
        report.fail("views", "the last view of a capture has an end");
    }
    Ok(())
}

fn check_raw(
    connection: &Connection,
    report: &mut Report,
    operation: i64,
    set: i64,
    raw: &[u8],
    decoded: &mut impl FnMut(&Capture, &[RawRange]) -> Vec<Option<String>>,
) -> Result<()> {
    let Some(capture) = load::capture(connection, operation)? else { return Ok(()) };
    let records = load::records(connection, set)?;
    let place = capture.id.to_string();
    let Some(raw) = pack::unpack_ranges(raw) else {
        report.fail(place, "the raw ranges do not unpack");
        return Ok(());
    };
    let quotes: Vec<_> =
        records.iter().flat_map(|record| record.quotes().map(|quoted| (record.id, quoted.words()))).collect();
    if quotes.len() != raw.len() {
        report.fail(place, format!("expected {} raw ranges, found {}", quotes.len(), raw.len()));
        return Ok(());
    }
    report.without_raw += raw.iter().filter(|range| range.is_none()).count() as u64;
    let ranges: Vec<RawRange> = raw.iter().copied().flatten().collect();
    if ranges.is_empty() {
        return Ok(());
    }
    report.raw_ranges += ranges.len() as u64;
    let found = decoded(&capture.capture, &ranges);
    let expected = quotes.iter().zip(&raw).filter_map(|(quote, range)| range.map(|range| (quote, range)));
    for (index, ((id, words), range)) in expected.enumerate() {
        let found = found.get(index).cloned().flatten();
        if found.as_deref() != Some(*words) {
            let bytes = format!("bytes {}..{} of {place}", range.start, range.end);
            report.fail(id.to_string(), format!("expected {words:?} at {bytes}, found {found:?}"));
        }
    }
    Ok(())
}

/// Indexes everything again beside the ledger, and compares word for word.
fn check_index(connection: &Connection, report: &mut Report) -> Result<()> {
    // A database without a name lives in a temporary file.
    let again = Connection::open("")?;
    let (_, table) = include_str!("derived.sql").split_once("CREATE VIRTUAL TABLE").unwrap_or_default();
    again.execute_batch(&format!("BEGIN; CREATE VIRTUAL TABLE{table}"))?;
    let mut index = Index::new(&again)?;
    let mut statement = connection.prepare("SELECT no, title FROM record_set ORDER BY no")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (set, title): (i64, String) = (row.get(0)?, row.get(1)?);
        let records = load::records(connection, set)?;
        for (no, place) in load::attribution_numbers(connection, set)? {
            index.insert(no, load::record_at(&records, place, set)?, &title)?;
        }
    }
    drop(index);
    let entries = "CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, words, instance)";
    connection.execute_batch("DROP TABLE IF EXISTS temp.entries")?;
    for database in [connection, &again] {
        database.execute_batch(entries)?;
    }
    let select = "SELECT term, doc, col, \"offset\" FROM temp.entries";
    let (mut kept, mut expected) = (connection.prepare(select)?, again.prepare(select)?);
    let (mut kept, mut expected) = (kept.query([])?, expected.query([])?);
    loop {
        let kept = kept.next()?.map(entry).transpose()?;
        if kept != expected.next()?.map(entry).transpose()? {
            let word = kept.map(|(word, ..)| word).unwrap_or_default();
            report.fail("index", format!("the index of words differs from the records, first at {word:?}"));
            break;
        }
        if kept.is_none() {
            break;
        }
    }
    Ok(())
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, i64, String, i64)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}
