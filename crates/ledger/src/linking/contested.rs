//! The list of claims, the most contested first, along both time axes. Not one claim with its record (`drawn.rs`), and not the rules.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};

use onrecord_evidence::{ClaimId, EventId};
use onrecord_link::assemble::DrawnClaim;
use onrecord_link::position::{ClaimKind, PartyKey, Stance, StandingWord};
use onrecord_link::standing::{Coverage, Neighbours, Standing, standing};

use super::draw::{OUTLET, PARTY, PLACE, rank};
use super::drawn::{Known, connected};
use super::store::{Store, parse};
use crate::reader::Reader;
use crate::{At, Ledger, Result, operation};

/// Which claims are asked for; the default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimQuery {
    /// Only those that stand so.
    pub standing: Option<StandingWord>,
    /// Only those on which a party with these letters in its name is on record; capitals or not.
    pub party: Option<String>,
    /// Only those whose statements name a place with these letters.
    pub place: Option<String>,
    /// Only those that an outlet with these letters reports.
    pub outlet: Option<String>,
    /// Only those of which a report was out at this moment or later.
    pub from: Option<Timestamp>,
    /// Only those of which a report was out at this moment or before.
    pub to: Option<Timestamp>,
    /// Only those that have all of these words: in their wording, in a name of a party, outlet or place, or in an attribution that is on them.
    pub words: Option<String>,
    /// Intentions and opinions too, which have no standing.
    pub without_standing: bool,
    /// At most so many; `None` for all.
    pub limit: Option<usize>,
    /// So many of the first are passed over.
    pub offset: usize,
    /// Only those behind this one in the order of the list as claims stand now; a claim that is not on record any more stands behind none. Without effect
    /// where another time is asked for.
    pub after: Option<ClaimId>,
}

/// A claim in a list, as it stands at the time asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestedClaim {
    /// Which.
    pub id: ClaimId,
    /// What it is about.
    pub event: EventId,
    /// How it stands.
    #[serde(flatten)]
    pub line: Line,
}

/// What a list shows of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its words for people; exact words of an article, a gap shown by an ellipsis.
    pub wording: String,
    /// What it is about.
    pub kind: ClaimKind,
    /// Its standing.
    pub standing: StandingWord,
    /// Its life, in a word.
    pub life: String,
    /// At least so many independent origins.
    pub least: usize,
    /// So many more may be some, or none.
    pub unknown: usize,
    /// Parties that affirm it; outlets in their own voice are not among them.
    pub affirm: Vec<PartyKey>,
    /// Parties that deny it or what it takes for granted.
    pub deny: Vec<PartyKey>,
    /// Parties that were asked, or spoke, and take no stand.
    pub open: Vec<PartyKey>,
    /// Articles that report it.
    pub articles: usize,
    /// Outlets of these.
    pub outlets: usize,
    /// When the first of them was out.
    pub from: Option<Timestamp>,
    /// When the last of them was out.
    pub to: Option<Timestamp>,
}

impl Line {
    /// What a list shows of a claim that stands so.
    pub fn of(claim: &DrawnClaim, stands: &Standing) -> Self {
        let named = |party: &PartyKey| !party.as_str().starts_with("outlet ");
        let with = |fits: &dyn Fn(&onrecord_link::position::PartyPosition) -> bool| {
            let parties = stands.positions.parties.iter().filter(|one| fits(one)).map(|one| one.party.clone());
            parties.filter(named).collect::<Vec<_>>()
        };
        let mut deny = with(&|one| one.is(Stance::Denies));
        for denial in stands.denials.iter().chain(&stands.beside) {
            if !deny.contains(&denial.party) && named(&denial.party) {
                deny.push(denial.party.clone());
            }
        }
        let affirm = with(&|one| one.is(Stance::Affirms));
        let mut open = with(&|one| one.is(Stance::Open) || !one.beside.is_empty());
        open.retain(|party| !affirm.contains(party) && !deny.contains(party));
        let Coverage { articles, outlets, from, to } = stands.coverage;
        Self {
            wording: claim.canonical.text.clone(),
            kind: claim.record.kind,
            standing: stands.word,
            life: stands.life.words().to_owned(),
            least: stands.origins.least,
            unknown: stands.origins.unknown,
            affirm,
            deny,
            open,
            articles,
            outlets,
            from,
            to,
        }
    }

    /// How much reports it: outlets before articles.
    pub(super) fn weight(&self) -> i64 {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX).min(1_000_000);
        count(self.outlets) * 1_000_000 + count(self.articles)
    }
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimList {
    /// The claims, disputed ones first, then by number of outlets and articles, the latest first.
    pub found: Vec<ContestedClaim>,
    /// How many fit the query in all.
    pub total: usize,
    /// What all of it covers.
    pub coverage: Coverage,
    /// Events that changed since they were drawn up: what is shown of them is older than the ledger.
    pub undrawn: u64,
}

impl Ledger {
    /// The claims that fit a query.
    ///
    /// With [`At::known_at`] the claims are those of today, without the articles that came in later; that takes longer.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn contested_claims(&self, query: &ClaimQuery, at: &At) -> Result<ClaimList> {
        self.read(at, |reader| {
            let undrawn = reader.connection.query_row("SELECT count(*) FROM undrawn", [], |row| row.get(0))?;
            let coverage = coverage(reader)?;
            let mut list = match (&at.as_of, &at.known_at) {
                (None, None) => stored(reader.connection, query)?,
                (Some(_), None) => as_of(reader, query)?,
                (_, Some(_)) => known_at(reader, query)?,
            };
            list.undrawn = undrawn;
            list.coverage = coverage;
            Ok(list)
        })
    }
}

/// The filters that do not depend on the time, as a condition on `drawn d`.
pub(super) fn condition(connection: &Connection, query: &ClaimQuery) -> Result<(String, Vec<Value>)> {
    let mut condition = String::from("1");
    let mut values = Vec::new();
    for (kind, name) in [(PARTY, &query.party), (PLACE, &query.place), (OUTLET, &query.outlet)] {
        if let Some(name) = name {
            condition.push_str(
                " AND EXISTS (SELECT 1 FROM drawn_name n WHERE n.claim = d.claim AND n.kind = ? AND instr(n.name, ?))",
            );
            values.push(Value::from(kind.to_owned()));
            values.push(Value::from(name.to_lowercase()));
        }
    }
    if let Some(from) = query.from {
        condition.push_str(" AND d.last >= ?");
        values.push(Value::from(from.as_microsecond()));
    }
    if let Some(to) = query.to {
        condition.push_str(" AND d.first <= ?");
        values.push(Value::from(to.as_microsecond()));
    }
    if let Some(words) = &query.words {
        let found = super::browse::claims_with_words(connection, words)?;
        condition.push_str(" AND d.claim IN (SELECT value FROM json_each(?))");
        values.push(Value::from(operation::json(&found)?));
    }
    Ok((condition, values))
}

/// The ranks that a query asks for.
pub(super) fn ranks(query: &ClaimQuery) -> std::ops::RangeInclusive<i64> {
    match query.standing {
        Some(word) => rank(word)..=rank(word),
        None if query.without_standing => 0..=rank(StandingWord::NoStanding),
        None => 0..=rank(StandingWord::NoStanding) - 1,
    }
}

/// How claims stand on all that is in.
fn stored(connection: &Connection, query: &ClaimQuery) -> Result<ClaimList> {
    let (mut condition, mut values) = condition(connection, query)?;
    let ranks = ranks(query);
    condition.push_str(" AND d.rank BETWEEN ? AND ?");
    values.extend([Value::from(*ranks.start()), Value::from(*ranks.end())]);
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM drawn d WHERE {condition}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    if let Some(after) = query.after {
        condition.push_str(
            " AND (d.rank, -d.weight, -ifnull(d.last, 0), d.claim) > (SELECT a.rank, -a.weight, -ifnull(a.last, 0), a.claim \
             FROM drawn a JOIN claim c ON c.no = a.claim WHERE c.id = ?)",
        );
        values.push(Value::from(after.to_string()));
    }
    let whole = |number: usize| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
    values.extend([whole(query.limit.unwrap_or(usize::MAX)), whole(query.offset)]);
    let mut select = connection.prepare_cached(&format!(
        "SELECT c.id, e.id, d.line FROM drawn d JOIN claim c ON c.no = d.claim JOIN event e ON e.no = d.event WHERE {condition} \
         ORDER BY d.rank, d.weight DESC, d.last DESC, d.claim LIMIT ? OFFSET ?"
    ))?;
    let mut rows = select.query(params_from_iter(&values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, event, line): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        found.push(ContestedClaim {
            id: operation::parse_id(&id)?,
            event: operation::parse_id(&event)?,
            line: parse(&line, "a line of a claim")?,
        });
    }
    Ok(ClaimList { found, total: usize::try_from(total).unwrap_or(0), ..ClaimList::default() })
}

/// How claims stood as of a time: which, from the changes that are kept; how, from the records of those that are shown.
fn as_of(reader: &mut Reader<'_>, query: &ClaimQuery) -> Result<ClaimList> {
    let connection = reader.connection;
    let at = reader.at.as_of.as_ref().map_or(i64::MAX, |time| time.latest().as_microsecond());
    let (condition, mut values) = condition(connection, query)?;
    let ranks = ranks(query);
    values.insert(0, Value::from(at));
    let mut select = connection.prepare_cached(&format!(
        "SELECT d.claim, (SELECT rank FROM drawn_change x WHERE x.claim = d.claim AND x.at <= ? ORDER BY x.at DESC LIMIT 1) r, d.weight \
         FROM drawn d WHERE {condition} ORDER BY r, d.weight DESC, d.last DESC, d.claim"
    ))?;
    let rows = select
        .query_map(params_from_iter(&values), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
    let rows: Vec<(i64, Option<i64>)> = rows.collect::<Result<_, _>>()?;
    let fits: Vec<i64> =
        rows.into_iter().filter(|(_, rank)| rank.is_some_and(|rank| ranks.contains(&rank))).map(|(no, _)| no).collect();
    let total = fits.len();
    let mut found = Vec::new();
    let store = Store::new(connection);
    let shown = fits.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX));
    for no in shown {
        let claims = connected(connection, no)?;
        let Some(claim) = claims.first() else { continue };
        let neighbours = Neighbours::new(claims.iter().map(|claim| &claim.record));
        let stands = standing(&claim.record, &neighbours, reader.at.as_of.as_ref());
        found.push(ContestedClaim { id: store.claim_id(no)?, event: claim.event, line: Line::of(claim, &stands) });
    }
    Ok(ClaimList { found, total, ..ClaimList::default() })
}

/// How claims stood on what was in by a time; each event of which something came in later is drawn up without it.
fn known_at(reader: &mut Reader<'_>, query: &ClaimQuery) -> Result<ClaimList> {
    let known = Known::of(reader)?;
    let connection = reader.connection;
    let (condition, values) = condition(connection, query)?;
    let mut select = connection.prepare_cached(&format!(
        "SELECT d.event, c.id FROM drawn d JOIN claim c ON c.no = d.claim WHERE {condition}"
    ))?;
    let rows =
        select.query_map(params_from_iter(&values), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut events: BTreeMap<i64, Vec<ClaimId>> = BTreeMap::new();
    for row in rows {
        let (event, id) = row?;
        events.entry(event).or_default().push(operation::parse_id(&id)?);
    }
    let ranks = ranks(query);
    let mut found = Vec::new();
    for (event, ids) in events {
        let claims = known.claims(connection, event)?;
        let neighbours = Neighbours::new(claims.iter().map(|claim| &claim.record));
        for claim in claims.iter().filter(|claim| ids.contains(&claim.id)) {
            let stands = standing(&claim.record, &neighbours, reader.at.as_of.as_ref());
            let line = Line::of(claim, &stands);
            if line.articles > 0 && ranks.contains(&rank(line.standing)) {
                found.push(ContestedClaim { id: claim.id, event: claim.event, line });
            }
        }
    }
    found.sort_by_key(|one| {
        let line = &one.line;
        (rank(line.standing), std::cmp::Reverse((line.weight(), line.to)), one.id)
    });
    let total = found.len();
    let found = found.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect();
    Ok(ClaimList { found, total, ..ClaimList::default() })
}

/// What the ledger holds at the time asked for: articles, outlets, first and last day.
fn coverage(reader: &mut Reader<'_>) -> Result<Coverage> {
    let connection = reader.connection;
    if *reader.at == At::default() {
        let (articles, outlets): (usize, usize) = connection.query_row(
            "SELECT count(DISTINCT article), count(DISTINCT lower(facts ->> '$.outlet')) FROM report",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (from, to): (Option<i64>, Option<i64>) =
            connection
                .query_row("SELECT min(first), max(last) FROM drawn", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let moment = |at: Option<i64>| at.and_then(|at| Timestamp::from_microsecond(at).ok());
        return Ok(Coverage { articles, outlets, from: moment(from), to: moment(to) });
    }
    let known = Known::of(reader)?;
    let mut outlets = std::collections::BTreeSet::new();
    let mut articles = std::collections::BTreeSet::new();
    let (mut from, mut to) = (None::<Timestamp>, None::<Timestamp>);
    let store = Store::new(connection);
    let mut select = connection.prepare_cached("SELECT no FROM report")?;
    let numbers: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for no in numbers.into_iter().filter(|no| known.has(*no)) {
        let row = store.report(no)?;
        let out = match &row.facts.published {
            Some(published) if published.latest() <= row.facts.observed.latest() => published,
            _ => &row.facts.observed,
        };
        if reader.at.as_of.as_ref().is_some_and(|as_of| !out.is_by(as_of)) {
            continue;
        }
        articles.insert(row.article_no);
        outlets.extend(row.facts.outlet.as_ref().map(|outlet| outlet.to_lowercase()));
        from = Some(from.map_or(out.latest(), |from| from.min(out.latest())));
        to = Some(to.map_or(out.latest(), |to| to.max(out.latest())));
    }
    Ok(Coverage { articles: articles.len(), outlets: outlets.len(), from, to })
}
