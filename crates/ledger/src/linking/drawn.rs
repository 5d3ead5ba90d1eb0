//! One claim with its record, its neighbours and its articles, along both time axes. Not how it stands: the rules conclude that from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use onrecord_evidence::{ArticleId, ClaimId, RevisionId};
use onrecord_link::assemble::DrawnClaim;
use onrecord_link::position::ClaimRecord;

use super::draw::{claims_of_event, report_numbers, unpacked};
use super::query::claim_or_founded;
use super::statement::text_id;
use super::store::Store;
use crate::reader::Reader;
use crate::timeline::Left;
use crate::{Article, At, Ledger, Lookup, Result};

/// Claims that are looked at on behalf of one.
const MOST_CLAIMS: usize = 64;

/// A claim with all that a reader is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnView {
    /// The claim. With [`At::known_at`] without what came in later; [`At::as_of`] is left to the rules, which take it.
    pub claim: DrawnClaim,
    /// The claims that links lead to or come from, in any number of steps, nearest first.
    pub neighbours: Vec<DrawnClaim>,
    /// The articles that report it or its neighbours, as they stand in the ledger at [`At::known_at`].
    pub articles: BTreeMap<ArticleId, Arc<Article>>,
    /// The texts of these as the record names them: article, and index in [`Article::revisions`] of the last one with that text.
    pub texts: BTreeMap<RevisionId, (ArticleId, usize)>,
    /// Whether its event changed since it was drawn up: what is shown is older than the ledger.
    pub is_undrawn: bool,
}

impl DrawnView {
    /// The records of all claims of the view: what the rules look at beside the claim.
    pub fn records(&self) -> impl Iterator<Item = &ClaimRecord> {
        [&self.claim].into_iter().chain(&self.neighbours).map(|claim| &claim.record)
    }
}

impl Ledger {
    /// One claim as it was drawn up. An id that was given up leads to the claim that stays.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn drawn(&self, id: &ClaimId, at: &At) -> Result<Lookup<DrawnView>> {
        // Articles as they are known; what they were as of a time, the rules know by the record.
        let known_at = At { as_of: None, known_at: at.known_at.clone() };
        self.read(&known_at, |reader| {
            let store = Store::new(reader.connection);
            let Some(no) = claim_or_founded(&store, id)? else { return reader.gone(&id.to_string()) };
            let claims = match at.known_at {
                None => connected(reader.connection, no)?,
                Some(_) => {
                    let event: i64 = reader
                        .connection
                        .prepare_cached("SELECT event FROM claim WHERE no = ?")?
                        .query_row([no], |row| row.get(0))?;
                    let stays = store.claim_id(no)?;
                    let known = Known::of(reader)?;
                    nearest(known.claims(reader.connection, event)?, stays)
                }
            };
            let mut claims = claims.into_iter();
            let Some(claim) = claims.next().filter(|claim| !claim.statements.is_empty()) else {
                return Ok(crate::query::missing(Left::NotYet));
            };
            let neighbours: Vec<DrawnClaim> = claims.collect();
            let (mut articles, mut texts) = (BTreeMap::new(), BTreeMap::new());
            let mut find = reader.connection.prepare_cached("SELECT no FROM article WHERE id = ?")?;
            let reports = [&claim].into_iter().chain(&neighbours).flat_map(|claim| &claim.record.reports);
            let reports: BTreeSet<(ArticleId, RevisionId)> =
                reports.map(|report| (report.article, report.revision)).collect();
            for (article, revision) in reports {
                let no: Option<i64> = find.query_row([article.to_string()], |row| row.get(0)).optional()?;
                let Some(Ok(kept)) = no.map(|no| reader.article(no)).transpose()? else { continue };
                let place = kept.revisions.iter().rposition(|one| text_id(&article, &one.text) == revision);
                texts.extend(place.map(|place| (revision, (article, place))));
                articles.insert(article, kept);
            }
            let is_undrawn = reader
                .connection
                .prepare_cached("SELECT 1 FROM undrawn u JOIN claim c ON c.event = u.event WHERE c.no = ?")?
                .exists([no])?;
            Ok(Lookup::Found(DrawnView { claim, neighbours, articles, texts, is_undrawn }))
        })
    }
}

/// A claim, and those that links lead to or come from, nearest first; empty where it is not drawn up.
pub(super) fn connected(connection: &Connection, no: i64) -> Result<Vec<DrawnClaim>> {
    let mut order = vec![no];
    let mut seen = BTreeSet::from([no]);
    let mut select = connection.prepare_cached(
        "SELECT other FROM drawn_link WHERE claim = ?1 UNION SELECT claim FROM drawn_link WHERE other = ?1 ORDER BY 1",
    )?;
    let mut at = 0;
    while let Some(here) = order.get(at).copied() {
        at += 1;
        for other in select.query_map([here], |row| row.get::<_, i64>(0))? {
            let other = other?;
            if order.len() < MOST_CLAIMS && seen.insert(other) {
                order.push(other);
            }
        }
    }
    let mut select = connection.prepare_cached("SELECT length, packed FROM drawn WHERE claim = ?")?;
    let mut found = Vec::with_capacity(order.len());
    for no in order {
        let row: Option<(usize, Vec<u8>)> = select.query_row([no], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match row {
            Some((length, packed)) => found.push(unpacked(length, &packed)?),
            None if found.is_empty() => return Ok(found),
            None => {}
        }
    }
    Ok(found)
}

/// The claim with this id before the others that links connect with it; empty where it is not among them.
fn nearest(claims: Vec<DrawnClaim>, id: ClaimId) -> Vec<DrawnClaim> {
    let mut left: BTreeMap<ClaimId, DrawnClaim> = claims.into_iter().map(|claim| (claim.id, claim)).collect();
    let linked = |one: &DrawnClaim, other: &DrawnClaim| {
        one.record.links.iter().any(|link| link.other == other.record.claim)
            || other.record.links.iter().any(|link| link.other == one.record.claim)
    };
    let mut found: Vec<DrawnClaim> = left.remove(&id).into_iter().collect();
    let mut at = 0;
    while at < found.len() && found.len() < MOST_CLAIMS {
        let next: Vec<ClaimId> =
            left.values().filter(|other| linked(&found[at], other)).map(|other| other.id).collect();
        found.extend(next.iter().filter_map(|id| left.remove(id)));
        at += 1;
    }
    found
}

/// What was in the ledger by a time.
pub(super) struct Known {
    /// The reports; `None` for all.
    reports: Option<BTreeSet<i64>>,
    by: i64,
    /// Whether a person decided something afterwards.
    decided_later: bool,
}

impl Known {
    /// What was in by the reader's [`At::known_at`].
    pub(super) fn of(reader: &Reader<'_>) -> Result<Self> {
        let Some(known_at) = &reader.at.known_at else {
            return Ok(Self { reports: None, by: i64::MAX, decided_later: false });
        };
        let by = known_at.latest().as_microsecond();
        let mut select = reader.connection.prepare_cached(
            "SELECT DISTINCT r.no FROM report r JOIN record_set s ON s.no = r.record_set \
             JOIN capture_view v ON v.article = r.article JOIN record_set o ON o.no = v.record_set AND o.text = r.text \
             WHERE v.known_from <= ?",
        )?;
        let reports = select.query_map([by], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let later = "SELECT 1 FROM operation WHERE kind = 'decision' AND recorded_at > ?";
        let decided_later = reader.connection.prepare_cached(later)?.exists([by])?;
        Ok(Self { reports: Some(reports), by, decided_later })
    }

    /// Whether a report was in.
    pub(super) fn has(&self, report: i64) -> bool {
        self.reports.as_ref().is_none_or(|reports| reports.contains(&report))
    }

    /// The claims of an event out of what was in.
    pub(super) fn claims(&self, connection: &Connection, event: i64) -> Result<Vec<DrawnClaim>> {
        let all = report_numbers(connection, event)?;
        if !self.decided_later && all.iter().all(|no| self.has(*no)) {
            let mut select =
                connection.prepare_cached("SELECT length, packed FROM drawn WHERE event = ? ORDER BY claim")?;
            let mut rows = select.query([event])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(unpacked(row.get(0)?, &row.get::<_, Vec<u8>>(1)?)?);
            }
            return Ok(found);
        }
        if !all.iter().any(|no| self.has(*no)) {
            return Ok(Vec::new());
        }
        let drawn = claims_of_event(&Store::new(connection), event, &|no| self.has(no), self.by)?;
        Ok(drawn.into_iter().map(|(claim, _)| claim).collect())
    }
}
