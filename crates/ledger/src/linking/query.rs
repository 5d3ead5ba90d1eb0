//! Reading what is linked, along both time axes: a claim with its statements, the copies of a text. Not how a claim stands: that is concluded from
//! these by `onrecord_link`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use onrecord_evidence::{ArticleId, ClaimId, Diagnostic, EventId, RevisionId, StatementId, UtteranceId};
use onrecord_link::claims::{Claim, ClaimLink, Placement, Statement, Utterance};
use onrecord_link::copies::Copying;

use super::dump::copying;
use super::keep::PlacementBody;
use super::statement::{COLUMNS, of_row};
use super::store::{REPORT, ReportRow, Store, parse, report_of_row};
use crate::query::missing;
use crate::reader::Reader;
use crate::timeline::Left;
use crate::{Answer, Article, At, Ledger, Lookup, Result, load, operation};

/// A statement with its place in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptStatement {
    /// The statement.
    pub statement: Statement,
    /// Its words.
    pub words: String,
    /// How it came to its claim, and why.
    pub placement: Placement,
    /// The article, as it stands at the time asked for.
    pub article: Arc<Article>,
    /// Index in [`Article::revisions`] of the last one with its text.
    pub revision: usize,
    /// Whether the current revision has its text.
    pub is_current: bool,
}

/// A claim with what is on it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptClaim {
    /// The claim as it is now, all texts counted.
    pub claim: Claim,
    /// The statements on it that stood in the ledger at the time asked for, in the order of publication.
    pub statements: Vec<KeptStatement>,
    /// The utterances that these report, by id.
    pub utterances: Vec<Utterance>,
    /// Links to and from other claims, by id.
    pub links: Vec<ClaimLink>,
    /// Ids that were given up and lead here, by id.
    pub merged: Vec<ClaimId>,
}

/// A claim in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimLine {
    /// Identity.
    pub id: ClaimId,
    /// What it is about.
    pub event: EventId,
    /// The statement whose words stand for it.
    pub canonical: StatementId,
    /// Statements on it at the time asked for.
    pub statements: u32,
    /// Articles that have them.
    pub articles: u32,
}

/// What a text shares with another one.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptCopying {
    /// What they share; one of the two is the text that was asked for.
    pub copying: Copying,
    /// The article of the other one, as it stands at the time asked for.
    pub other: Arc<Article>,
}

/// A text as it is linked.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedText {
    /// Its article.
    pub article: ArticleId,
    /// The event that it is about; `None` where it has no statements.
    pub event: Option<EventId>,
    /// The text in which it stands wholly, by its [`text_id`](crate::text_id).
    pub stands_in: Option<RevisionId>,
    /// What was left out in comparing it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Ledger {
    /// One claim. An id that was given up leads to the claim that stays; one of an earlier linking leads to the claim on which the statement that founded it is
    /// now.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged; so for every function here.
    pub fn claim(&self, id: &ClaimId, at: &At) -> Result<Lookup<KeptClaim>> {
        self.read(at, |reader| {
            let store = Store::new(reader.connection);
            let Some(no) = claim_or_founded(&store, id)? else { return reader.gone(&id.to_string()) };
            let merged = group(reader.connection, no)?;
            let mut left = Left::Undated;
            let mut statements = Vec::new();
            let mut utterances = Vec::new();
            for (group_no, _) in &merged {
                for (kept, utterance) in on_claim(reader, &store, *group_no, store.claim_id(no)?)? {
                    match kept {
                        Ok(kept) => {
                            statements.push(kept);
                            utterances.extend(utterance);
                        }
                        // Some were not there yet, whatever the others state.
                        Err(Left::NotYet) => left = Left::NotYet,
                        Err(Left::Undated) => {}
                    }
                }
            }
            if statements.is_empty() {
                return Ok(missing(left));
            }
            statements.sort_by_cached_key(|kept| {
                let published = kept.article.published.as_ref().map(|time| (time.earliest(), time.latest()));
                (published.is_none(), published, kept.article.id, kept.statement.order, kept.statement.id)
            });
            utterances.sort_by_key(|utterance: &Utterance| utterance.id);
            utterances.dedup_by_key(|utterance| utterance.id);
            let mut ids = merged.iter().filter(|(other, _)| *other != no).map(|(_, id)| *id).collect::<Vec<_>>();
            ids.sort_unstable();
            let links = links(reader.connection, &store, &merged)?.into_iter().collect();
            let claim = Claim::clone(store.claim_at(no)?.as_ref());
            store.sound()?;
            Ok(Lookup::Found(KeptClaim { claim, statements, utterances, links, merged: ids }))
        })
    }

    /// The claim on which a statement is now; `None` where it is on none.
    ///
    /// # Errors
    /// As [`Ledger::claim`].
    pub fn claim_of(&self, statement: &StatementId) -> Result<Option<ClaimId>> {
        self.read(&At::default(), |reader| {
            let store = Store::new(reader.connection);
            let claim = onrecord_link::claims::ClaimStore::claim_of(&store, *statement);
            store.sound()?;
            Ok(claim)
        })
    }

    /// All claims, by id.
    ///
    /// # Errors
    /// As [`Ledger::claim`].
    pub fn claims(&self, at: &At) -> Result<Answer<ClaimLine>> {
        self.read(at, |reader| {
            let (seen, undated) = seen(reader)?;
            let survivors = survivors(reader)?;
            let mut select = reader.connection.prepare_cached(
                "SELECT p.claim, r.no, r.article FROM placement p JOIN statement s ON s.no = p.statement \
                 JOIN report r ON r.record_set = s.record_set WHERE p.claim IS NOT NULL",
            )?;
            let mut rows = select.query([])?;
            let mut counts: HashMap<i64, (u32, HashSet<i64>)> = HashMap::new();
            while let Some(row) = rows.next()? {
                let (claim, report, article): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                if seen.as_ref().is_none_or(|seen| seen.contains(&report)) {
                    let entry = counts.entry(survivors.get(&claim).copied().unwrap_or(claim)).or_default();
                    entry.0 += 1;
                    entry.1.insert(article);
                }
            }
            let mut found = Vec::with_capacity(counts.len());
            let mut select = reader.connection.prepare_cached(
                "SELECT c.id, e.id, s.id FROM claim c JOIN event e ON e.no = c.event JOIN statement s ON s.no = c.canonical WHERE c.no = ?",
            )?;
            for (no, (statements, articles)) in counts {
                let (id, event, canonical): (String, String, String) =
                    select.query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
                found.push(ClaimLine {
                    id: operation::parse_id(&id)?,
                    event: operation::parse_id(&event)?,
                    canonical: operation::parse_id(&canonical)?,
                    statements,
                    articles: u32::try_from(articles.len()).unwrap_or(u32::MAX),
                });
            }
            found.sort_by_key(|line| line.id);
            Ok(Answer { found, undated })
        })
    }

    /// What the text with this [`text_id`](crate::text_id) shares with others that stood in the ledger at the time asked for, by the ids of the two.
    ///
    /// # Errors
    /// As [`Ledger::claim`].
    pub fn copies(&self, text: &RevisionId, at: &At) -> Result<Vec<KeptCopying>> {
        self.read(at, |reader| {
            let store = Store::new(reader.connection);
            let Some(no) = reader.number("SELECT no FROM report WHERE id = ?", &text.to_string())? else {
                return Ok(Vec::new());
            };
            let mut select = reader.connection.prepare_cached(
                "SELECT second, length, packed FROM copying WHERE first = ?1 \
                 UNION ALL SELECT first, length, packed FROM copying WHERE second = ?1 AND first <> ?1",
            )?;
            let mut rows = select.query([no])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let other = store.report(row.get(0)?)?;
                if let Ok((article, _)) = stands(reader, &other)? {
                    let copying = copying(row.get(1)?, &row.get::<_, Vec<u8>>(2)?)?;
                    found.push(KeptCopying { copying, other: article });
                }
            }
            found.sort_by_key(|kept| (kept.copying.first, kept.copying.second));
            Ok(found)
        })
    }

    /// How the text with this [`text_id`](crate::text_id) is linked; `None` where it is not.
    ///
    /// # Errors
    /// As [`Ledger::claim`].
    pub fn linked_text(&self, text: &RevisionId) -> Result<Option<LinkedText>> {
        self.read(&At::default(), |reader| {
            type Columns = (String, Option<String>, Option<String>, Option<String>);
            let row: Option<Columns> = reader
                .connection
                .prepare_cached(
                    "SELECT a.id, e.id, o.id, r.diagnostics FROM report r JOIN article a ON a.no = r.article \
                     LEFT JOIN event e ON e.no = r.event LEFT JOIN report o ON o.no = r.stands_in WHERE r.id = ?",
                )?
                .query_row([text.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .optional()?;
            let Some((article, event, stands_in, diagnostics)) = row else { return Ok(None) };
            Ok(Some(LinkedText {
                article: operation::parse_id(&article)?,
                event: event.map(|id| operation::parse_id(&id)).transpose()?,
                stands_in: stands_in.map(|id| operation::parse_id(&id)).transpose()?,
                diagnostics: diagnostics.map_or(Ok(Vec::new()), |json| parse(&json, "diagnostics"))?,
            }))
        })
    }
}

/// The number of the claim to which an id leads, given up ones and those of an earlier linking too.
pub(super) fn claim_or_founded(store: &Store<'_>, id: &ClaimId) -> Result<Option<i64>> {
    store.claim_no(*id)?.map_or_else(|| founded_by(store, id), |no| Ok(Some(no)))
}

/// The claim of the statement that founded a claim with this id in an earlier linking. Hashing all ids is far cheaper than keeping them.
fn founded_by(store: &Store<'_>, id: &ClaimId) -> Result<Option<i64>> {
    let mut select = store.connection.prepare_cached(
        "SELECT s.id, p.claim FROM placement p JOIN statement s ON s.no = p.statement WHERE p.claim IS NOT NULL",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if ClaimId::of_fields(&[row.get_ref(0)?.as_str().unwrap_or_default().as_bytes()]) == *id {
            return store.survivor(row.get(1)?).map(Some);
        }
    }
    Ok(None)
}

/// A claim and those that lead to it, with their ids.
pub(super) fn group(connection: &Connection, no: i64) -> Result<Vec<(i64, ClaimId)>> {
    let mut select = connection.prepare_cached(
        "WITH RECURSIVE merged (no) AS (VALUES (?1) UNION SELECT c.no FROM claim c JOIN merged m ON c.merged_into = m.no) \
         SELECT c.no, c.id FROM merged m JOIN claim c ON c.no = m.no ORDER BY c.no",
    )?;
    let rows = select.query_map([no], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let rows: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
    rows.into_iter().map(|(no, id)| Ok((no, operation::parse_id(&id)?))).collect()
}

/// The article of a report at the reader's time, and the last revision that has the report's text.
pub(super) fn stands(reader: &mut Reader<'_>, report: &ReportRow) -> Result<Result<(Arc<Article>, usize), Left>> {
    let article = match reader.article(report.article_no)? {
        Ok(article) => article,
        Err(left) => return Ok(Err(left)),
    };
    let place =
        article.revisions.iter().rposition(|revision| super::text_id(&article.id, &revision.text) == report.revision);
    Ok(place.map(|place| (article, place)).ok_or(Left::NotYet))
}

/// For each claim that was given up the one that stays.
fn survivors(reader: &Reader<'_>) -> Result<HashMap<i64, i64>> {
    let mut select = reader.connection.prepare_cached(
        "WITH RECURSIVE leads (no, top) AS (SELECT no, no FROM claim WHERE merged_into IS NULL \
         UNION ALL SELECT c.no, l.top FROM claim c JOIN leads l ON c.merged_into = l.no) SELECT no, top FROM leads WHERE no <> top",
    )?;
    Ok(select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// The reports that stand in the ledger at the reader's time (`None` for all), and how many articles are left out for want of a date.
fn seen(reader: &mut Reader<'_>) -> Result<(Option<HashSet<i64>>, usize)> {
    if *reader.at == At::default() {
        return Ok((None, 0));
    }
    let connection = reader.connection;
    let mut select = connection.prepare_cached(REPORT)?;
    let mut rows = select.query([])?;
    let (mut seen, mut undated) = (HashSet::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let report = report_of_row(row)?;
        match stands(reader, &report)? {
            Ok(_) => {
                seen.insert(report.no);
            }
            Err(Left::Undated) => {
                undated.insert(report.article_no);
            }
            Err(Left::NotYet) => {}
        }
    }
    Ok((Some(seen), undated.len()))
}

type OnClaim = Vec<(Result<KeptStatement, Left>, Option<Utterance>)>;

/// The statements that were put to a claim, with the utterances that they report.
fn on_claim(reader: &mut Reader<'_>, store: &Store<'_>, no: i64, claim: ClaimId) -> Result<OnClaim> {
    let connection = reader.connection;
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, r.no, u.body, p.length, p.packed FROM placement p JOIN statement s ON s.no = p.statement \
         JOIN report r ON r.record_set = s.record_set LEFT JOIN utterance u ON u.no = p.utterance WHERE p.claim = ? ORDER BY r.no, s.place"
    ))?;
    let mut rows = select.query([no])?;
    let mut found = OnClaim::new();
    let mut text: Option<(i64, String)> = None;
    while let Some(row) = rows.next()? {
        let report = store.report(row.get(6)?)?;
        let (article, revision) = match stands(reader, &report)? {
            Ok(place) => place,
            Err(left) => {
                found.push((Err(left), None));
                continue;
            }
        };
        let (_, statement) = of_row(row, &report.of())?;
        if text.as_ref().is_none_or(|(no, _)| *no != report.text) {
            text = Some((report.text, load::text(connection, report.text)?));
        }
        let words = text.as_ref().map(|(_, text)| statement.words(text)).unwrap_or_default();
        let body = PlacementBody::unpacked(row.get(8)?, &row.get::<_, Vec<u8>>(9)?)?;
        let utterance: Option<Utterance> =
            row.get::<_, Option<String>>(7)?.map(|body| parse(&body, "an utterance")).transpose()?;
        let utterance = utterance.map(|utterance| Utterance { claim, ..utterance });
        let placement = Placement {
            statement: statement.id,
            claim: Some(claim),
            joining: body.joining,
            nearness: body.nearness,
            nearest: body.nearest,
            reasons: body.reasons,
            undecided: body.undecided,
            utterance: utterance.as_ref().map(|utterance| -> UtteranceId { utterance.id }),
        };
        let is_current = article.current == Some(revision)
            || article.current().is_some_and(|current| current.text == article.revisions[revision].text);
        found.push((Ok(KeptStatement { statement, words, placement, article, revision, is_current }), utterance));
    }
    Ok(found)
}

/// The links of a claim and of those that lead to it.
pub(super) fn links(
    connection: &Connection,
    store: &Store<'_>,
    group: &[(i64, ClaimId)],
) -> Result<BTreeSet<ClaimLink>> {
    let mut select = connection.prepare_cached(
        "SELECT l.hangs, l.kind, l.holds, f.id, t.id FROM claim_link l JOIN statement f ON f.no = l.from_statement \
         JOIN statement t ON t.no = l.to_statement WHERE l.hangs = ?1 OR l.holds = ?1",
    )?;
    let mut found = BTreeSet::new();
    for (no, _) in group {
        let mut rows = select.query([no])?;
        while let Some(row) = rows.next()? {
            let (from, to): (i64, i64) = (store.survivor(row.get(0)?)?, store.survivor(row.get(2)?)?);
            let (from_statement, to_statement): (String, String) = (row.get(3)?, row.get(4)?);
            found.insert(ClaimLink {
                from: store.claim_id(from)?,
                kind: parse(&row.get::<_, String>(1)?, "a kind of link")?,
                to: store.claim_id(to)?,
                from_statement: operation::parse_id(&from_statement)?,
                to_statement: operation::parse_id(&to_statement)?,
            });
        }
    }
    Ok(found)
}
