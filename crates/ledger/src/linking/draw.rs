//! Drawing up the claims of an event: from its reports, their statements and where these were put, to records as the rules read them, kept with how they
//! stand. Not the rules (`onrecord_link`), and not the reading of what is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, params};

use onrecord_annotate::PlaceMention;
use onrecord_evidence::{AttributionId, ClaimId, RevisionId};
use onrecord_link::assemble::{DrawnClaim, Event, Masthead, draw_up, hold_joinings};
use onrecord_link::claims::{Assignment, ClaimLink, Placement};
use onrecord_link::position::{PartyKind, StandingWord};
use onrecord_link::standing::{Neighbours, changes, standing};
use onrecord_record::{AttributionRecord, Detail};

use super::contested::Line;
use super::dump::copyings;
use super::keep::PlacementBody;
use super::obeyed::{decided, origin_rulings};
use super::query::links;
use super::store::{ReportRow, Store, parse};
use crate::{At, Error, Ledger, Progress, Result, load, operation, pack};

/// Reports of one event of which records are made, the first by date; a story of more is drawn up without its latest copies.
const MOST_REPORTS: usize = 4_000;
/// Events that are drawn up in one transaction.
const AT_ONCE: usize = 32;

/// The kinds of names under which a claim is found.
pub(super) const PARTY: &str = "party";
pub(super) const OUTLET: &str = "outlet";
pub(super) const PLACE: &str = "place";

/// Deflate begins with these words. Part of the format: a change needs another version of the tables.
const DICTIONARY: &str = r#"{"id":"clm_","event":"evt_","record":{"claim":"clm_","kind":"event","happened":null,"utterances":[{"key":"utt_","party":"","act":"affirm","commitment":"certain","said":{"earliest":"2031-01-01T00:00:00Z","latest":"2031-01-01T00:00:00Z","zone":"known","granularity":"day","source":"text"},"occasion":null,"answers":[],"rests_on":null,"relays":[{"report":"rev_","kind":"own-voice","kind":"repeated","kind":"told","credits":null,"basis":null,"evidence":[{"article":"art_","revision":"rev_","words":{"range":{"start":1,"end":2},"words":""}}]}]}],"reports":[{"article":"art_","revision":"rev_","outlet":"","newsroom":"","impostor":[],"published":null,"observed":{"withdrawals":[]}],"hangings":[{"report":"rev_","utterances":[],"on":{"newsroom":""},"kind":"derived","kind":"cites","evidence":[]}],"sharings":[],"parties":[{"party":"","kind":"named","kind":"unnamed","kind":{"outlet":""},"speaks_for":[],"commanded_by":null,"side":null,"evidence":[]}],"roles":[],"links":[],"allies":[],"decisions":[]},"canonical":{"text":"","evidence":[],"is_negated":false},"statements":[{"id":"stm_","attribution":"att_","article":"art_","revision":"rev_","voice":"attributed","ranges":[{"start":1,"end":2}],"joining":"same-proposition","utterance":""}],"figures":[],"wordings":{},"quotations":{}}"#;

impl Ledger {
    /// Events whose claims changed since their records were drawn up; what is asked for waits for [`Ledger::draw_up`].
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn undrawn(&self) -> Result<u64> {
        self.read(&At::default(), |reader| {
            Ok(reader.connection.query_row("SELECT count(*) FROM undrawn", [], |row| row.get(0))?)
        })
    }

    /// Draws up the claims of every event that changed: what claims are asked for by ([`Ledger::contested_claims`], [`Ledger::drawn`]). A few events are
    /// one transaction: a stop loses nothing, and the next call goes on. Gives how many events there were.
    ///
    /// An event is drawn up as a whole: best called after many articles, not after each.
    ///
    /// # Errors
    /// Where another process writes, the disk is full, or a row is damaged.
    pub fn draw_up(&mut self, mut progress: impl FnMut(Progress)) -> Result<u64> {
        let place = self.place.clone();
        let total = self.undrawn()?;
        let mut done = 0;
        let mut work = || {
            while done < total {
                let transaction = self.write()?;
                let events = undrawn(&transaction, AT_ONCE)?;
                if events.is_empty() {
                    break;
                }
                let store = Store::new(&transaction);
                for event in events {
                    draw_event(&store, event)?;
                    done += 1;
                    progress(Progress { done, total });
                }
                drop(store);
                transaction.commit()?;
            }
            Ok(())
        };
        let result: Result<()> = work();
        result.map_err(|error| error.at(&place))?;
        Ok(done)
    }
}

/// Draws up all that waits, within a transaction.
pub(crate) fn draw_all(connection: &Connection, mut progress: impl FnMut(Progress)) -> Result<()> {
    let events = undrawn(connection, usize::MAX)?;
    let total = events.len() as u64;
    for (done, event) in (1..).zip(events) {
        // A new store for each: what one event needs, the next one does not.
        draw_event(&Store::new(connection), event)?;
        progress(Progress { done, total });
    }
    Ok(())
}

fn undrawn(connection: &Connection, most: usize) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached("SELECT event FROM undrawn ORDER BY event LIMIT ?")?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(select.query_map([most], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Notes that an event changed.
pub(super) fn mark(connection: &Connection, event: i64) -> Result<()> {
    connection.prepare_cached("INSERT OR IGNORE INTO undrawn (event) VALUES (?)")?.execute([event])?;
    Ok(())
}

/// Notes which events a report changed.
pub(super) fn mark_changed(store: &Store<'_>, report: &ReportRow, assignment: &Assignment) -> Result<()> {
    let mut events = events_of_set(store.connection, report.set)?;
    for claim in &assignment.claims {
        events.extend(store.event_no(claim.event)?);
    }
    events.into_iter().try_for_each(|event| mark(store.connection, event))
}

/// Takes what was drawn up of an event away, and leaves it to be drawn up again.
pub(super) fn forget(connection: &Connection, event: i64) -> Result<()> {
    let mut select = connection.prepare_cached("SELECT claim FROM drawn WHERE event = ?")?;
    let claims: Vec<i64> = select.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for claim in claims {
        forget_claim(connection, claim)?;
    }
    mark(connection, event)
}

fn forget_claim(connection: &Connection, claim: i64) -> Result<()> {
    for sql in [
        "DELETE FROM drawn_link WHERE claim = ?1 OR other = ?1",
        "DELETE FROM drawn_name WHERE claim = ?1",
        "DELETE FROM drawn_change WHERE claim = ?1",
        "DELETE FROM drawn WHERE claim = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([claim])?;
    }
    Ok(())
}

/// The events that a set of records has a part in: its report's, and those of the claims to which its statements were put.
pub(super) fn events_of_set(connection: &Connection, set: i64) -> Result<BTreeSet<i64>> {
    let mut select = connection.prepare_cached(
        "SELECT event FROM report WHERE record_set = ?1 AND event IS NOT NULL UNION \
         SELECT c.event FROM statement s JOIN placement p ON p.statement = s.no JOIN claim c ON c.no = p.claim WHERE s.record_set = ?1",
    )?;
    Ok(select.query_map([set], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Draws up one event, keeps its claims, and takes it from the list of those that wait.
fn draw_event(store: &Store<'_>, event: i64) -> Result<()> {
    let connection = store.connection;
    forget(connection, event)?;
    let claims = claims_of_event(store, event, &|_| true, i64::MAX)?;
    let mut numbers = BTreeMap::new();
    for (claim, _) in &claims {
        numbers.insert(claim.id, number(store, claim.id)?);
    }
    for group in connected(&claims) {
        let neighbours = Neighbours::new(group.iter().map(|place| &claims[*place].0.record));
        for (claim, places) in group.iter().map(|place| &claims[*place]) {
            keep(connection, claim, &neighbours, places, (event, numbers[&claim.id]))?;
        }
    }
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO drawn_link (claim, other) VALUES (?, ?)")?;
    for (claim, _) in &claims {
        for link in &claim.record.links {
            let other = operation::parse_id::<ClaimId>(link.other.as_str()).ok().and_then(|id| numbers.get(&id));
            if let Some(other) = other {
                insert.execute([numbers[&claim.id], *other])?;
            }
        }
    }
    connection.prepare_cached("DELETE FROM undrawn WHERE event = ?")?.execute([event])?;
    Ok(())
}

/// The claims that links connect in any number of steps, by place; how one stands may depend on the others of its group, and on nothing else.
fn connected(claims: &[(DrawnClaim, BTreeSet<String>)]) -> Vec<Vec<usize>> {
    let places: HashMap<&str, usize> =
        claims.iter().enumerate().map(|(place, (claim, _))| (claim.record.claim.as_str(), place)).collect();
    // For each claim the first of its group, as far as is known.
    let mut first: Vec<usize> = (0..claims.len()).collect();
    fn head(first: &[usize], mut place: usize) -> usize {
        while first[place] != place {
            place = first[place];
        }
        place
    }
    for (place, (claim, _)) in claims.iter().enumerate() {
        for other in claim.record.links.iter().filter_map(|link| places.get(link.other.as_str())) {
            let (one, other) = (head(&first, place), head(&first, *other));
            first[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..claims.len() {
        groups.entry(head(&first, place)).or_default().push(place);
    }
    groups.into_values().collect()
}

/// Keeps a claim with how it stands and stood.
fn keep(
    connection: &Connection,
    claim: &DrawnClaim,
    neighbours: &Neighbours<'_>,
    places: &BTreeSet<String>,
    (event, no): (i64, i64),
) -> Result<()> {
    // It may have been drawn up with another event, of which it was before.
    forget_claim(connection, no)?;
    let stands = standing(&claim.record, neighbours, None);
    let line = Line::of(claim, &stands);
    let json = operation::json(claim)?;
    let packed = pack::deflate(json.as_bytes(), DICTIONARY.as_bytes());
    let moment = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_microsecond);
    connection
        .prepare_cached(
            "INSERT INTO drawn (claim, event, rank, weight, first, last, line, length, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            no,
            event,
            rank(stands.word),
            line.weight(),
            moment(stands.coverage.from),
            moment(stands.coverage.to),
            operation::json(&line)?,
            json.len(),
            packed
        ])?;
    let mut insert =
        connection.prepare_cached("INSERT OR REPLACE INTO drawn_change (claim, at, rank) VALUES (?, ?, ?)")?;
    for change in changes(&claim.record, neighbours).0 {
        insert.execute(params![no, change.at.as_microsecond(), rank(change.word)])?;
    }
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO drawn_name (claim, kind, name) VALUES (?, ?, ?)")?;
    for party in claim.record.parties.iter().filter(|party| !matches!(party.kind, PartyKind::Outlet(_))) {
        insert.execute(params![no, PARTY, party.party.as_str().to_lowercase()])?;
    }
    for outlet in claim.record.reports.iter().filter_map(|report| report.outlet.as_ref()) {
        insert.execute(params![no, OUTLET, outlet.to_lowercase()])?;
    }
    for place in places {
        insert.execute(params![no, PLACE, place])?;
    }
    Ok(())
}

/// What was packed.
pub(super) fn unpacked(length: usize, packed: &[u8]) -> Result<DrawnClaim> {
    json(length, packed)
}

/// The same in another form, such as a JSON value.
pub(super) fn json<T: serde::de::DeserializeOwned>(length: usize, packed: &[u8]) -> Result<T> {
    let json = pack::inflate(packed, length, DICTIONARY.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok());
    parse(&json.ok_or_else(|| Error::damaged("the record of a claim does not unpack"))?, "the record of a claim")
}

/// The standings in the order of a list: the most contested first.
pub(super) const RANKED: [StandingWord; 9] = [
    StandingWord::Disputed,
    StandingWord::Withdrawn,
    StandingWord::Acknowledged,
    StandingWord::ClaimedByOneSide,
    StandingWord::SeveralOrigins,
    StandingWord::OneOrigin,
    StandingWord::OutletsVoiceOnly,
    StandingWord::OriginUnknown,
    StandingWord::NoStanding,
];

/// The place of a standing in a list: its index in [`RANKED`].
pub(super) const fn rank(word: StandingWord) -> i64 {
    match word {
        StandingWord::Disputed => 0,
        StandingWord::Withdrawn => 1,
        StandingWord::Acknowledged => 2,
        StandingWord::ClaimedByOneSide => 3,
        StandingWord::SeveralOrigins => 4,
        StandingWord::OneOrigin => 5,
        StandingWord::OutletsVoiceOnly => 6,
        StandingWord::OriginUnknown => 7,
        StandingWord::NoStanding => 8,
    }
}

fn number(store: &Store<'_>, id: ClaimId) -> Result<i64> {
    store.claim_no(id)?.ok_or_else(|| Error::damaged(format!("expected {id}, found none")))
}

/// The records of an event's claims out of the reports that `is_seen` lets in, under the decisions recorded by `known_by`; each with the places
/// that its statements name, in small letters.
pub(super) fn claims_of_event(
    store: &Store<'_>,
    event: i64,
    is_seen: &dyn Fn(i64) -> bool,
    known_by: i64,
) -> Result<Vec<(DrawnClaim, BTreeSet<String>)>> {
    let connection = store.connection;
    let mut rows = Vec::new();
    for no in report_numbers(connection, event)?.into_iter().filter(|no| is_seen(*no)).take(MOST_REPORTS) {
        rows.push(store.report(no)?);
    }
    let ids: BTreeSet<RevisionId> = rows.iter().map(|row| row.revision).collect();
    let mut drawing = Event::default();
    for row in &rows {
        let mut report = store.whole(row)?;
        report.records = load::records(connection, row.set)?;
        let statements = store.statements(row)?;
        drawing.placements.extend(placements(store, row)?);
        drawing.statements.push(statements.into_iter().map(|(_, statement)| statement).collect());
        drawing.reports.push(report);
        let shared = copyings(connection, row.no)?;
        drawing.copyings.extend(shared.into_iter().filter(|one| ids.contains(&one.first) && ids.contains(&one.second)));
    }
    drawing.mastheads = mastheads(connection)?;
    hold_joinings(&mut drawing.placements, &decided(connection)?);
    drawing.copyings.sort_by_key(|copying| (copying.first, copying.second));
    let mut select =
        connection.prepare_cached("SELECT no FROM claim WHERE event = ? AND merged_into IS NULL ORDER BY id")?;
    let claims: Vec<i64> = select.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut found: BTreeSet<ClaimLink> = BTreeSet::new();
    for no in claims {
        drawing.claims.push(store.claim_at(no)?.as_ref().clone());
        found.extend(links(connection, store, &super::query::group(connection, no)?)?);
    }
    drawing.links = found.into_iter().collect();
    store.sound()?;
    let records: HashMap<AttributionId, &AttributionRecord> =
        drawing.reports.iter().flat_map(|report| &report.records).map(|record| (record.id, record)).collect();
    let places = |claim: &DrawnClaim| {
        let of = claim.statements.iter().filter_map(|one| records.get(&one.attribution?));
        of.flat_map(|record| &record.places).flat_map(names).collect()
    };
    let mut claims: Vec<DrawnClaim> = draw_up(&drawing).claims.into_iter().map(DrawnClaim::from).collect();
    for ruling in origin_rulings(connection, known_by)? {
        claims.iter_mut().for_each(|claim| ruling.bear_on(claim));
    }
    Ok(claims.into_iter().map(|claim| (places(&claim), claim)).map(|(places, claim)| (claim, places)).collect())
}

/// Under which hosts which outlet's name stands, by name and host.
fn mastheads(connection: &Connection) -> Result<Vec<Masthead>> {
    let mut select = connection.prepare_cached("SELECT name, host FROM masthead ORDER BY name, host")?;
    let masthead = |row: &rusqlite::Row<'_>| Ok(Masthead { name: row.get(0)?, host: row.get(1)? });
    Ok(select.query_map([], masthead)?.collect::<Result<_, _>>()?)
}

/// The reports of an event and those that have statements on its claims, in the order of linking.
pub(super) fn report_numbers(connection: &Connection, event: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(
        "WITH RECURSIVE of (no) AS (SELECT no FROM claim WHERE event = ?1 AND merged_into IS NULL \
         UNION SELECT c.no FROM claim c JOIN of ON c.merged_into = of.no), \
         here (no) AS (SELECT no FROM report WHERE event = ?1 UNION \
         SELECT r.no FROM of JOIN placement p ON p.claim = of.no JOIN statement s ON s.no = p.statement \
         JOIN report r ON r.record_set = s.record_set) \
         SELECT h.no FROM here h JOIN report r ON r.no = h.no ORDER BY r.rank, r.no",
    )?;
    Ok(select.query_map([event], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Where the statements of a report were put.
fn placements(store: &Store<'_>, report: &ReportRow) -> Result<Vec<Placement>> {
    let mut select = store.connection.prepare_cached(
        "SELECT s.id, p.claim, p.length, p.packed FROM statement s JOIN placement p ON p.statement = s.no \
         WHERE s.record_set = ? ORDER BY s.place",
    )?;
    let mut rows = select.query([report.set])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let body = PlacementBody::unpacked(row.get(2)?, &row.get::<_, Vec<u8>>(3)?)?;
        found.push(Placement {
            statement: operation::parse_id(&row.get::<_, String>(0)?)?,
            claim: row.get::<_, Option<i64>>(1)?.map(|no| store.leads_to(no)).transpose()?,
            joining: body.joining,
            nearness: body.nearness,
            nearest: body.nearest,
            reasons: Vec::new(),
            undecided: Vec::new(),
            utterance: None,
        });
    }
    Ok(found)
}

/// The names of a place, as written and as the gazetteer has it, in small letters.
fn names(place: &Detail<PlaceMention>) -> impl Iterator<Item = String> + use<> {
    let chosen = place.finding.chosen().map(|place| place.name.to_lowercase());
    [place.words.words().to_lowercase()].into_iter().chain(chosen)
}
