//! Linking texts with those that are linked: one when it comes in, or all anew in the order of their times. Not the comparisons (`onrecord_link`), and
//! not the reading of the result.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, CaptureId, Diagnostic, Digest};
use onrecord_link::claims::{Comparer, Statement, Thresholds, assign};
use onrecord_link::copies::{Passages, link, own_passages};

use super::asked::{id_head, number, outlet_number};
use super::draw;
use super::obeyed;
use super::statement::{prepared, text_id};
use super::store::{Facts, REPORT, ReportRow, Store, report_of_row};
use crate::operation::{self, LINKING, NewOperation, PipelineBody};
use crate::{At, Error, ErrorKind, Intake, Ledger, Outcome, Progress, Result, load, schema, timeline};

/// What decides which statements are one claim and which texts are copies.
#[derive(Clone, Copy)]
pub struct Linker<'call> {
    /// Digest over everything that decides: code version, tables, thresholds.
    pub digest: Digest,
    /// The same for people.
    pub description: &'call str,
    /// Compares statements.
    pub comparer: &'call Comparer,
    /// From which nearness on something joins.
    pub thresholds: Thresholds,
}

/// How the linking of a ledger stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    /// By which linker it was done; `None` where nothing is linked.
    pub digest: Option<Digest>,
    /// Texts of articles that are linked.
    pub linked: u64,
    /// Texts of articles that are ready and wait for [`Ledger::relink`].
    pub waiting: u64,
    /// Texts of articles that were kept without what linking needs: [`Ledger::rebuild`] makes it.
    pub unprepared: u64,
    /// Why [`Ledger::relink`] may give other claims than stand now; `None` where it gives the same.
    pub stale: Option<String>,
}

/// A report came in after one that is later in order.
const OUT_OF_ORDER: &str = "an article came in after one that was published later";
/// The name of an outlet stands on pages of another host than before.
const OTHER_HOST: &str = "an outlet's name came in on another host";
/// Another statement about a report changed what is known of it.
const RESTATED: &str = "something else is stated about an article";
/// A person decided something.
pub(super) const DECIDED: &str = "a person decided something";
/// Something was erased.
pub(super) const WITHHELD: &str = "something was withheld";

impl Ledger {
    /// Adds captures as [`Ledger::add`] does, and links their texts with those that are in, in the same transaction.
    ///
    /// # Errors
    /// As [`Ledger::add`]; [`ErrorKind::OtherPipeline`] where another linker linked what is in.
    pub fn add_linked(
        &mut self,
        intakes: &[Intake],
        linker: &Linker<'_>,
        author: &str,
        now: Timestamp,
    ) -> Result<Vec<(CaptureId, Outcome)>> {
        let place = self.place.clone();
        self.add_batch(intakes, Some(linker), author, now).map_err(|error| error.at(&place))
    }

    /// Forgets how texts were linked and links them anew, in the order of publication and then of their ids, as decided by people: the same captures
    /// and decisions give the same claims in whatever order they came in. Nothing is read again. Readers see the old claims until it ends.
    ///
    /// # Errors
    /// Where another process writes, the disk is full, or a row is damaged; then everything is as it was.
    pub fn relink(
        &mut self,
        linker: &Linker<'_>,
        author: &str,
        now: Timestamp,
        progress: impl FnMut(Progress),
    ) -> Result<()> {
        let place = self.place.clone();
        let work = || {
            let transaction = self.write()?;
            relink(&transaction, linker, author, now, progress)?;
            Ok(transaction.commit()?)
        };
        let result: Result<()> = work();
        result.map_err(|error| error.at(&place))
    }

    /// How the linking stands.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn link_state(&self) -> Result<LinkState> {
        self.read(&At::default(), |reader| {
            let count = |sql: &str| -> Result<u64> { Ok(reader.connection.query_row(sql, [], |row| row.get(0))?) };
            let texts = "SELECT count(*) FROM (SELECT DISTINCT s.article, s.text FROM record_set s";
            let linked = count("SELECT count(*) FROM report")?;
            let ready = count(&format!("{texts} JOIN prepared p ON p.record_set = s.no)"))?;
            let all = count(&format!("{texts})"))?;
            let state: Option<([u8; 32], Option<String>)> = reader
                .connection
                .query_row("SELECT digest, stale FROM linking", [], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (digest, stale) =
                state.map_or((None, None), |(digest, stale)| (Some(Digest::from_bytes(digest)), stale));
            Ok(LinkState {
                digest,
                linked,
                waiting: ready.saturating_sub(linked),
                unprepared: all.saturating_sub(ready),
                stale,
            })
        })
    }
}

/// Names the linker of this ledger, or refuses one that is not the one that linked what is in.
pub(crate) fn activate(connection: &Connection, linker: &Linker<'_>, author: &str, now: Timestamp) -> Result<()> {
    let active: Option<[u8; 32]> =
        connection.query_row("SELECT digest FROM linking", [], |row| row.get(0)).optional()?;
    match active {
        Some(active) if Digest::from_bytes(active) == linker.digest => return Ok(()),
        Some(_) => {
            let message = format!("the articles were linked by another linker than {}", linker.description);
            let error = Error::new(ErrorKind::OtherPipeline, message);
            return Err(error.with_hint("link them anew with `onrecord relink`"));
        }
        None => {}
    }
    connection.execute("INSERT INTO linking (no, digest) VALUES (1, ?)", [linker.digest.as_bytes()])?;
    if last_linker(connection)? != Some(linker.digest) {
        let body =
            operation::json(&PipelineBody { digest: linker.digest, description: linker.description.to_owned() })?;
        operation::append(
            connection,
            &NewOperation { kind: LINKING, target: None, author, recorded_at: now, blob: None, body },
        )?;
    }
    Ok(())
}

/// The linker that the log names last.
fn last_linker(connection: &Connection) -> Result<Option<Digest>> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("SELECT no, body FROM operation WHERE kind = 'linking' ORDER BY no DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(no, body)| Ok(operation::parse::<PipelineBody>(&body, LINKING, no)?.digest)).transpose()
}

/// Notes that linking anew may give other claims; the first reason stays.
pub(crate) fn set_stale(connection: &Connection, reason: &str) -> Result<()> {
    connection.prepare_cached("UPDATE linking SET stale = ? WHERE stale IS NULL")?.execute([reason])?;
    Ok(())
}

/// Links the text of a capture that has just come in.
pub(crate) fn link_capture(store: &Store<'_>, capture: &CaptureId, linker: &Linker<'_>) -> Result<()> {
    let row: Option<(i64, String, i64)> = store
        .connection
        .prepare_cached(
            "SELECT v.article, a.id, s.text FROM capture_view v JOIN article a ON a.no = v.article \
             JOIN record_set s ON s.no = v.record_set WHERE v.capture = ? AND v.known_until IS NULL",
        )?
        .query_row([capture.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((article_no, article, text)) = row else { return Ok(()) };
    let article: ArticleId = operation::parse_id(&article)?;
    let settled = settled(store.connection, article_no, article, i64::MAX)?;
    for found in settled {
        let known: Option<(String, i64)> = store
            .connection
            .prepare_cached("SELECT facts, record_set FROM report WHERE article = ? AND text = ?")?
            .query_row([article_no, found.text], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let facts = operation::json(&found.facts)?;
        match known {
            Some((known, set)) if known != facts || set != found.set => set_stale(store.connection, RESTATED)?,
            None if found.text == text => {
                let last: Option<String> =
                    store.connection.prepare_cached("SELECT max(rank) FROM report")?.query_row([], |row| row.get(0))?;
                if last.is_some_and(|last| found.rank <= last) {
                    set_stale(store.connection, OUT_OF_ORDER)?;
                }
                link_text(store, &found, linker)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// A text of an article with what its first capture says.
pub(super) struct Settled {
    article_no: i64,
    pub article: ArticleId,
    text: i64,
    pub digest: Digest,
    pub set: i64,
    pub facts: Facts,
    pub rank: String,
}

/// The texts of an article that are ready for linking, each with what its first capture says; the order in which the captures came in plays no part.
pub(super) fn settled(
    connection: &Connection,
    article_no: i64,
    article: ArticleId,
    known_by: i64,
) -> Result<Vec<Settled>> {
    let mut views = load::views(connection, article_no, known_by)?;
    timeline::put_in_order(&mut views);
    let published = views.iter().find_map(|view| view.metadata.published.clone());
    let mut found: Vec<Settled> = Vec::new();
    for view in views {
        let Some((digest, set)) = view.reading else { continue };
        if found.iter().any(|known| known.digest == digest) || prepared(connection, set)?.is_none() {
            continue;
        }
        let text = connection
            .prepare_cached("SELECT text FROM record_set WHERE no = ?")?
            .query_row([set], |row| row.get(0))?;
        let micros = |time: &onrecord_evidence::Time| {
            // Years before 1970 too, as letters in order.
            time.earliest().as_microsecond().wrapping_sub(i64::MIN).cast_unsigned()
        };
        let date = published.as_ref().map_or_else(|| "~".to_owned(), |time| format!("{:020}", micros(time)));
        let rank = format!("{date}{article}{:020}{digest}", micros(&view.observed.time));
        let facts = Facts {
            outlet: view.metadata.outlet,
            title: view.metadata.title,
            published: published.clone(),
            observed: view.observed.time,
        };
        found.push(Settled { article_no, article, text, digest, set, facts, rank });
    }
    Ok(found)
}

/// Paragraphs of one outlet are counted up to so many articles.
const MOST_REPEATS: i64 = 16;

/// Puts one text to the others.
fn link_text(store: &Store<'_>, settled: &Settled, linker: &Linker<'_>) -> Result<()> {
    let connection = store.connection;
    let revision = text_id(&settled.article, &settled.digest);
    connection
        .prepare_cached(
            "INSERT INTO report (id, head, rank, article, text, record_set, facts, passages, repeated) \
             VALUES (?, ?, ?, ?, ?, ?, ?, zeroblob(32), '[]')",
        )?
        .execute(params![
            revision.to_string(),
            id_head(&revision),
            settled.rank,
            settled.article_no,
            settled.text,
            settled.set,
            operation::json(&settled.facts)?
        ])?;
    let row = ReportRow {
        no: connection.last_insert_rowid(),
        revision,
        article: settled.article,
        article_no: settled.article_no,
        text: settled.text,
        set: settled.set,
        facts: settled.facts.clone(),
        repeated: Vec::new(),
    };
    let mut diagnostics = link_passages(store, &row)?;
    obeyed::anchor_article(connection, &settled.article)?;
    let statements = store.statements(&row)?;
    let plain: Vec<Statement> = statements.iter().map(|(_, statement)| statement.clone()).collect();
    let assignment = assign(&plain, store, linker.comparer, linker.thresholds);
    store.sound()?;
    if let Some(assignment) = assignment {
        store.keep_claims(&row, &statements, &assignment)?;
        draw::mark_changed(store, &row, &assignment)?;
        diagnostics.extend(assignment.diagnostics);
    }
    if !diagnostics.is_empty() {
        connection
            .prepare_cached("UPDATE report SET diagnostics = ? WHERE no = ?")?
            .execute(params![operation::json(&diagnostics)?, row.no])?;
    }
    Ok(())
}

/// Keeps under which host an outlet's name stands. Another host may make one of the two an impostor, also in what was drawn up before.
fn keep_masthead(connection: &Connection, name: &str, host: &str) -> Result<()> {
    let insert = "INSERT OR IGNORE INTO masthead (name, host) VALUES (?, ?)";
    if connection.prepare_cached(insert)?.execute([name, host])? > 0 {
        let others = "SELECT 1 FROM masthead WHERE name = ? AND host <> ?";
        if connection.prepare_cached(others)?.exists([name, host])? {
            set_stale(connection, OTHER_HOST)?;
        }
    }
    Ok(())
}

/// Finds what a text shares with others, and gives what was left out.
fn link_passages(store: &Store<'_>, row: &ReportRow) -> Result<Vec<Diagnostic>> {
    let connection = store.connection;
    let report = store.whole(row)?;
    let all = Passages::of(&report);
    let digest = all.digest();
    if let (Some(name), Some(host)) = (&report.outlet, &report.domain) {
        keep_masthead(connection, name, host)?;
    }
    if let Some(outlet) = report.outlet.as_deref().or(report.domain.as_deref()) {
        let outlet = outlet_number(outlet);
        // Copies of one text count once, whoever has them.
        let is_copy =
            connection.prepare_cached("SELECT 1 FROM report WHERE passages = ?")?.exists([digest.as_bytes()])?;
        let mut insert = connection.prepare_cached(
            "INSERT OR IGNORE INTO paragraph (outlet, key, article) SELECT ?1, ?2, ?3 \
             WHERE (SELECT count(*) FROM paragraph WHERE outlet = ?1 AND key = ?2) < ?4",
        )?;
        for (_, key) in all.paragraph_keys().filter(|_| !is_copy) {
            insert.execute([outlet, number(key), row.article_no, MOST_REPEATS])?;
        }
    }
    let passages = own_passages(&report, store);
    let kept: Vec<usize> = passages.paragraph_keys().map(|(index, _)| index).collect();
    let repeated: Vec<usize> =
        all.paragraph_keys().map(|(index, _)| index).filter(|index| kept.binary_search(index).is_err()).collect();
    connection.prepare_cached("UPDATE report SET passages = ?, repeated = ? WHERE no = ?")?.execute(params![
        digest.as_bytes(),
        operation::json(&repeated)?,
        row.no
    ])?;
    let linked = link(&report, &passages, store);
    store.sound()?;
    store.keep_copies(row, &linked)?;
    Ok(linked.diagnostics)
}

/// Links all texts anew within a transaction.
pub(crate) fn relink(
    connection: &Connection,
    linker: &Linker<'_>,
    author: &str,
    now: Timestamp,
    mut progress: impl FnMut(Progress),
) -> Result<()> {
    schema::clear_links(connection)?;
    activate(connection, linker, author, now)?;
    obeyed::settle(connection)?;
    let mut select = connection.prepare("SELECT no, id FROM article ORDER BY no")?;
    let articles = select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut order: Vec<(String, i64, ArticleId)> = Vec::new();
    for article in articles {
        let (no, id) = article?;
        let id: ArticleId = operation::parse_id(&id)?;
        order.extend(settled(connection, no, id, i64::MAX)?.into_iter().map(|one| (one.rank, no, id)));
    }
    order.sort();
    let total = order.len() as u64;
    progress(Progress { done: 0, total });
    let store = Store::new(connection);
    for (done, (rank, no, id)) in (1..).zip(order) {
        // Read again rather than kept: the facts of all texts of a large ledger do not fit the memory that linking may take.
        if let Some(one) = settled(connection, no, id, i64::MAX)?.into_iter().find(|one| one.rank == rank) {
            link_text(&store, &one, linker)?;
        }
        progress(Progress { done, total });
    }
    drop(store);
    draw::draw_all(connection, |_| ())?;
    // What came in on the way is in all that was drawn up.
    connection.execute("UPDATE linking SET stale = NULL", [])?;
    Ok(())
}

/// Every report in the order of linking.
pub(super) fn reports(connection: &Connection) -> Result<Vec<ReportRow>> {
    let mut select = connection.prepare(&format!("{REPORT} ORDER BY r.rank, r.no"))?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(report_of_row(row)?);
    }
    Ok(found)
}
