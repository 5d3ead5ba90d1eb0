//! Parties and outlets over all claims: on which claims they are, which articles an outlet has. Not what they say there: the view of a claim has that.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, params};

use onrecord_evidence::{ArticleId, ClaimId, Time};
use onrecord_link::assemble::DrawnClaim;
use onrecord_link::position::{PartyKey, PartyKind};
use onrecord_record::{AttributionRecord, PartyFinding};

use super::draw::{OUTLET, PARTY, unpacked};
use super::store::parse;
use crate::{At, Ledger, Result, load, operation};

/// Attributions of a claim that are looked at to tell which of its parties are public.
const MOST_LOOKED_AT: usize = 64;
/// Claims of a party that are looked at to tell whether it is.
const MOST_CLAIMS: usize = 8;

/// The claims of a party or outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedClaims {
    /// A page of them, the most contested first.
    pub claims: Vec<ClaimId>,
    /// How many there are.
    pub total: usize,
}

/// An outlet with what the ledger holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOutlet {
    /// Its name, as most of its articles write it.
    pub name: String,
    /// Its articles.
    pub articles: usize,
    /// Claims that it reports, intentions and opinions not counted.
    pub claims: usize,
}

/// An article of an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletArticle {
    /// Which.
    pub article: ArticleId,
    /// The headline, where it is stated.
    pub title: Option<String>,
    /// When it was published, where it says so.
    pub published: Option<Time>,
}

impl Ledger {
    /// The claims on which a party is on record, as they are now.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged; so for every function here.
    pub fn claims_of_party(&self, party: &PartyKey, offset: usize, most: usize) -> Result<NamedClaims> {
        self.named(PARTY, &party.as_str().to_lowercase(), offset, most)
    }

    /// The claims that an outlet reports, as they are now; capitals do not matter.
    ///
    /// # Errors
    /// As [`Ledger::claims_of_party`].
    pub fn claims_of_outlet(&self, name: &str, offset: usize, most: usize) -> Result<NamedClaims> {
        self.named(OUTLET, &name.to_lowercase(), offset, most)
    }

    fn named(&self, kind: &str, name: &str, offset: usize, most: usize) -> Result<NamedClaims> {
        self.read(&At::default(), |reader| {
            let connection = reader.connection;
            let total: usize = connection
                .prepare_cached("SELECT count(*) FROM drawn_name WHERE kind = ? AND name = ?")?
                .query_row(params![kind, name], |row| row.get(0))?;
            let mut select = connection.prepare_cached(
                "SELECT c.id FROM drawn_name n JOIN drawn d ON d.claim = n.claim JOIN claim c ON c.no = n.claim \
                 WHERE n.kind = ? AND n.name = ? ORDER BY d.rank, d.weight DESC, d.last DESC, d.claim LIMIT ? OFFSET ?",
            )?;
            let rows = select.query_map(params![kind, name, most, offset], |row| row.get::<_, String>(0))?;
            let ids: Vec<String> = rows.collect::<Result<_, _>>()?;
            let claims = ids.iter().map(|id| operation::parse_id(id)).collect::<Result<_>>()?;
            Ok(NamedClaims { claims, total })
        })
    }

    /// Whether a party may have a page of its own: an article shows it as a named body or in a public office
    /// ([`PartyFinding::is_public`](onrecord_record::PartyFinding::is_public)), or it speaks for somebody by its office.
    ///
    /// # Errors
    /// As [`Ledger::claims_of_party`].
    pub fn is_public(&self, party: &PartyKey) -> Result<bool> {
        self.read(&At::default(), |reader| {
            let connection = reader.connection;
            let mut select = connection.prepare_cached(
                "SELECT d.length, d.packed FROM drawn_name n JOIN drawn d ON d.claim = n.claim WHERE n.kind = ? AND n.name = ? \
                 ORDER BY d.weight DESC, d.claim LIMIT ?",
            )?;
            let mut rows = select.query(params![PARTY, party.as_str().to_lowercase(), MOST_CLAIMS])?;
            while let Some(row) = rows.next()? {
                let claim = unpacked(row.get(0)?, &row.get::<_, Vec<u8>>(1)?)?;
                if !public(connection, &claim, &|one| one == party)?.is_empty() {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// The parties of a claim that may have a page of their own by what the reports of the claim show of them.
    ///
    /// # Errors
    /// As [`Ledger::claims_of_party`].
    pub fn public_parties(&self, claim: &DrawnClaim) -> Result<BTreeSet<PartyKey>> {
        self.read(&At::default(), |reader| public(reader.connection, claim, &|_| true))
    }

    /// The outlets, those of most articles first.
    ///
    /// # Errors
    /// As [`Ledger::claims_of_party`].
    pub fn outlets(&self) -> Result<Vec<KeptOutlet>> {
        self.read(&At::default(), |reader| {
            let mut select = reader.connection.prepare_cached(
                "SELECT max(facts ->> '$.outlet'), count(DISTINCT article) articles, \
                 (SELECT count(*) FROM drawn_name n JOIN drawn d ON d.claim = n.claim \
                  WHERE n.kind = ? AND n.name = lower(facts ->> '$.outlet') AND d.rank < 8) \
                 FROM report WHERE facts ->> '$.outlet' IS NOT NULL GROUP BY lower(facts ->> '$.outlet') \
                 ORDER BY articles DESC, lower(facts ->> '$.outlet')",
            )?;
            let rows = select.query_map([OUTLET], |row| {
                Ok(KeptOutlet { name: row.get(0)?, articles: row.get(1)?, claims: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The linked articles of an outlet, the latest first; capitals do not matter.
    ///
    /// # Errors
    /// As [`Ledger::claims_of_party`].
    pub fn articles_of_outlet(&self, name: &str, most: usize) -> Result<Vec<OutletArticle>> {
        self.read(&At::default(), |reader| {
            let mut select = reader.connection.prepare_cached(
                "SELECT a.id, r.facts ->> '$.title', r.facts -> '$.published', max(r.no) FROM report r JOIN article a ON a.no = r.article \
                 WHERE lower(r.facts ->> '$.outlet') = ? GROUP BY r.article \
                 ORDER BY coalesce(r.facts ->> '$.published.latest', '') DESC, a.id LIMIT ?",
            )?;
            let mut rows = select.query(params![name.to_lowercase(), most])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (id, published): (String, Option<String>) = (row.get(0)?, row.get(2)?);
                let published = published.map(|json| parse(&json, "a time")).transpose()?;
                found.push(OutletArticle { article: operation::parse_id(&id)?, title: row.get(1)?, published });
            }
            Ok(found)
        })
    }
}

/// The parties of a claim that are wanted and public.
fn public(
    connection: &Connection,
    claim: &DrawnClaim,
    wanted: &dyn Fn(&PartyKey) -> bool,
) -> Result<BTreeSet<PartyKey>> {
    let record = &claim.record;
    let named =
        |party: &PartyKey| record.parties.iter().any(|view| view.party == *party && view.kind == PartyKind::Named);
    let speaks = record.parties.iter().filter(|view| view.kind == PartyKind::Named && !view.speaks_for.is_empty());
    let mut found: BTreeSet<PartyKey> = speaks.map(|view| view.party.clone()).filter(wanted).collect();
    let mut find =
        connection.prepare_cached("SELECT record_set FROM attribution WHERE id = ? ORDER BY record_set LIMIT 1")?;
    let mut sets: BTreeMap<i64, Vec<AttributionRecord>> = BTreeMap::new();
    let mut left = MOST_LOOKED_AT;
    for utterance in record.utterances.iter().filter(|one| wanted(&one.party) && named(&one.party)) {
        let of = claim.statements.iter().filter(|one| one.utterance.as_ref() == Some(&utterance.key));
        for attribution in of.filter_map(|one| one.attribution) {
            if left == 0 || found.contains(&utterance.party) {
                break;
            }
            left -= 1;
            let set: Option<i64> = find.query_row([attribution.to_string()], |row| row.get(0)).optional()?;
            let Some(set) = set else { continue };
            if let std::collections::btree_map::Entry::Vacant(entry) = sets.entry(set) {
                entry.insert(load::records(connection, set)?);
            }
            let shown = sets[&set].iter().find(|one| one.id == attribution).and_then(|one| one.speaker.as_ref());
            if shown.and_then(|speaker| speaker.finding.party()).is_some_and(PartyFinding::is_public) {
                found.insert(utterance.party.clone());
            }
        }
    }
    Ok(found)
}
