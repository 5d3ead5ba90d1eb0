//! What a reader browses by: claims that have some words, what a list can be narrowed by, what came in since, the claims of attributions. Not the list itself
//! (`contested.rs`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use onrecord_evidence::{AttributionId, ClaimId};
use onrecord_link::claims::statement_ids;
use onrecord_link::position::StandingWord;

use super::contested::{self, ClaimQuery, ContestedClaim};
use super::draw::{OUTLET, PARTY, PLACE, RANKED};
use super::store::{Store, parse};
use crate::search::strings;
use crate::{At, Ledger, Result, operation};

/// Attributions that are looked at for one search, the best matches first.
const MOST_MATCHES: usize = 200;

/// By what a list of claims can be narrowed, with how many claims would be left; as they stand now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Standings, in the order of the list; the other filters of the query hold.
    pub standings: Vec<(StandingWord, usize)>,
    /// Keys of parties in small letters, the most frequent first; unnamed people, and parties that are known within one article only, are left out.
    pub parties: Vec<(String, usize)>,
    /// Outlets as their articles write them, the most frequent first.
    pub outlets: Vec<(String, usize)>,
    /// Places in small letters, the most frequent first.
    pub places: Vec<(String, usize)>,
}

/// A claim of which something came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedClaim {
    /// As it stands now.
    pub claim: ContestedClaim,
    /// Articles that came in since and report it.
    pub articles: usize,
    /// How it stood before its last change of standing, and when that was; `None` where it stood so from its first report on.
    pub before: Option<(StandingWord, Timestamp)>,
}

impl Ledger {
    /// By what the list of this query can be narrowed: at most so many names of each kind.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged; so for every function here.
    pub fn claim_facets(&self, query: &ClaimQuery, most: usize) -> Result<Facets> {
        self.read(&At::default(), |reader| {
            let connection = reader.connection;
            let names = |kind: &str| names(connection, query, kind, most);
            Ok(Facets {
                standings: standings(connection, query)?,
                parties: names(PARTY)?,
                outlets: written_outlets(connection, names(OUTLET)?)?,
                places: names(PLACE)?,
            })
        })
    }

    /// The claims of which an article came into this ledger after `since`: those of most new articles first; and how many there are in all.
    ///
    /// # Errors
    /// As [`Ledger::claim_facets`].
    pub fn changed_claims(&self, since: Timestamp, most: usize) -> Result<(Vec<ChangedClaim>, usize)> {
        self.read(&At::default(), |reader| {
            let connection = reader.connection;
            // An article that was in and got another text is new to the claims of that text.
            let mut select = connection.prepare_cached(
                "SELECT p.claim, r.article FROM capture_view v JOIN record_set o ON o.no = v.record_set \
                 JOIN report r ON r.article = v.article AND r.text = o.text \
                 JOIN statement s ON s.record_set = r.record_set JOIN placement p ON p.statement = s.no \
                 WHERE p.claim IS NOT NULL GROUP BY p.claim, r.no HAVING min(v.known_from) > ?",
            )?;
            let rows =
                select.query_map([since.as_microsecond()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
            let store = Store::new(connection);
            let mut articles: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
            for row in rows {
                let (claim, article) = row?;
                articles.entry(store.survivor(claim)?).or_default().insert(article);
            }
            let mut order: Vec<(i64, usize)> =
                articles.into_iter().map(|(no, articles)| (no, articles.len())).collect();
            order.sort_by_key(|(no, articles)| (std::cmp::Reverse(*articles), *no));
            let mut found = Vec::new();
            let mut total = 0;
            for (no, articles) in order {
                let Some(claim) = line(connection, no)? else { continue };
                if claim.line.standing == StandingWord::NoStanding {
                    continue;
                }
                total += 1;
                if found.len() < most {
                    found.push(ChangedClaim { claim, articles, before: before(connection, no)? });
                }
            }
            Ok((found, total))
        })
    }

    /// The claims on which these attributions are, by attribution; those that are on none are left out.
    ///
    /// # Errors
    /// As [`Ledger::claim_facets`].
    pub fn claims_of(&self, attributions: &[AttributionId]) -> Result<BTreeMap<AttributionId, Vec<ClaimId>>> {
        self.read(&At::default(), |reader| {
            let store = Store::new(reader.connection);
            let mut found = BTreeMap::new();
            for attribution in attributions {
                let mut claims = Vec::new();
                for no in claims_of_attribution(&store, *attribution)? {
                    claims.push(store.claim_id(no)?);
                }
                if !claims.is_empty() {
                    found.insert(*attribution, claims);
                }
            }
            Ok(found)
        })
    }

    /// The lines of these claims as they stand now, in the order given; those that are not on record are left out.
    ///
    /// # Errors
    /// As [`Ledger::claim_facets`].
    pub fn claim_lines(&self, ids: &[ClaimId]) -> Result<Vec<ContestedClaim>> {
        self.read(&At::default(), |reader| {
            let store = Store::new(reader.connection);
            let mut found = Vec::new();
            for id in ids {
                let Some(no) = store.claim_no(*id)? else { continue };
                found.extend(line(reader.connection, store.survivor(no)?)?);
            }
            Ok(found)
        })
    }
}

/// The numbers of the claims that have all of `words`: in their wording and names, or in an attribution that is on them.
pub(super) fn claims_with_words(connection: &Connection, words: &str) -> Result<BTreeSet<i64>> {
    let strings = strings(words);
    let mut found = BTreeSet::new();
    if strings.is_empty() {
        return Ok(found);
    }
    let mut condition = String::from("1");
    let mut values = Vec::new();
    for word in &strings {
        let word = word.trim_matches('"').trim().to_lowercase();
        condition.push_str(
            " AND (instr(lower(d.line ->> '$.wording'), ?) \
             OR EXISTS (SELECT 1 FROM drawn_name n WHERE n.claim = d.claim AND instr(n.name, ?)))",
        );
        values.extend([Value::from(word.clone()), Value::from(word)]);
    }
    let mut select = connection.prepare(&format!("SELECT d.claim FROM drawn d WHERE {condition}"))?;
    for no in select.query_map(params_from_iter(&values), |row| row.get(0))? {
        found.insert(no?);
    }
    let mut select = connection.prepare_cached(
        "SELECT a.id FROM words JOIN attribution a ON a.no = words.rowid WHERE words MATCH ?1 \
         ORDER BY round(bm25(words), 6), a.id LIMIT ?2",
    )?;
    let expression = format!("{{source cue content}} : ({})", strings.join(" AND "));
    let rows = select.query_map(params![expression, MOST_MATCHES], |row| row.get::<_, String>(0))?;
    let ids: Vec<String> = rows.collect::<Result<_, _>>()?;
    let store = Store::new(connection);
    for id in ids {
        found.extend(claims_of_attribution(&store, operation::parse_id(&id)?)?);
    }
    Ok(found)
}

fn claims_of_attribution(store: &Store<'_>, attribution: AttributionId) -> Result<BTreeSet<i64>> {
    let mut select = store.connection.prepare_cached(
        "SELECT p.claim FROM statement s JOIN placement p ON p.statement = s.no WHERE s.id = ? AND p.claim IS NOT NULL",
    )?;
    let mut found = BTreeSet::new();
    for id in statement_ids(attribution) {
        for claim in select.query_map([id.to_string()], |row| row.get::<_, i64>(0))? {
            found.insert(store.survivor(claim?)?);
        }
    }
    Ok(found)
}

/// The line of a claim; `None` where it is not drawn up.
fn line(connection: &Connection, no: i64) -> Result<Option<ContestedClaim>> {
    let mut select = connection.prepare_cached(
        "SELECT c.id, e.id, d.line FROM drawn d JOIN claim c ON c.no = d.claim JOIN event e ON e.no = d.event WHERE d.claim = ?",
    )?;
    let row: Option<(String, String, String)> =
        select.query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let claim = |(id, event, line): (String, String, String)| {
        Ok(ContestedClaim {
            id: operation::parse_id(&id)?,
            event: operation::parse_id(&event)?,
            line: parse(&line, "a line of a claim")?,
        })
    };
    row.map(claim).transpose()
}

/// How a claim stood before its last change, and when that was.
fn before(connection: &Connection, no: i64) -> Result<Option<(StandingWord, Timestamp)>> {
    let mut select = connection.prepare_cached("SELECT at, rank FROM drawn_change WHERE claim = ? ORDER BY at DESC")?;
    let rows = select.query_map([no], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, usize>(1)?)))?;
    let rows: Vec<(i64, usize)> = rows.collect::<Result<_, _>>()?;
    let mut turn = None;
    for pair in rows.windows(2) {
        if pair[0].1 != pair[1].1 {
            turn = Some((pair[0].0, pair[1].1));
            break;
        }
    }
    Ok(turn.and_then(|(at, rank)| Some((*RANKED.get(rank)?, Timestamp::from_microsecond(at).ok()?))))
}

fn standings(connection: &Connection, query: &ClaimQuery) -> Result<Vec<(StandingWord, usize)>> {
    let all = ClaimQuery { standing: None, without_standing: true, ..query.clone() };
    let (condition, values) = contested::condition(connection, &all)?;
    let mut select = connection
        .prepare(&format!("SELECT d.rank, count(*) FROM drawn d WHERE {condition} GROUP BY d.rank ORDER BY d.rank"))?;
    let rows =
        select.query_map(params_from_iter(&values), |row| Ok((row.get::<_, usize>(0)?, row.get::<_, usize>(1)?)))?;
    let rows: Vec<(usize, usize)> = rows.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().filter_map(|(rank, count)| Some((*RANKED.get(rank)?, count))).collect())
}

fn names(connection: &Connection, query: &ClaimQuery, kind: &str, most: usize) -> Result<Vec<(String, usize)>> {
    let (condition, mut values) = contested::condition(connection, query)?;
    let ranks = contested::ranks(query);
    values.extend([Value::from(*ranks.start()), Value::from(*ranks.end())]);
    values.extend([Value::from(kind.to_owned()), Value::from(i64::try_from(most).unwrap_or(i64::MAX))]);
    let mut select = connection.prepare(&format!(
        "SELECT x.name, count(*) times FROM drawn d JOIN drawn_name x ON x.claim = d.claim \
         WHERE {condition} AND d.rank BETWEEN ? AND ? AND x.kind = ? AND NOT instr(x.name, ' in art_') \
         AND x.name NOT LIKE 'unnamed sources of %' AND x.name NOT LIKE 'nobody named by %' AND x.name NOT LIKE 'undecided: %' \
         GROUP BY x.name ORDER BY times DESC, x.name LIMIT ?"
    ))?;
    let rows = select.query_map(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Outlets as their articles write them.
fn written_outlets(connection: &Connection, names: Vec<(String, usize)>) -> Result<Vec<(String, usize)>> {
    let mut select = connection
        .prepare_cached("SELECT DISTINCT facts ->> '$.outlet' FROM report WHERE facts ->> '$.outlet' IS NOT NULL")?;
    let written: Vec<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let as_written = |name: String| written.iter().find(|one| one.to_lowercase() == name).cloned().unwrap_or(name);
    Ok(names.into_iter().map(|(name, count)| (as_written(name), count)).collect())
}
