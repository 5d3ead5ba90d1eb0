//! What the text says for and against the bearers of its names: countries it speaks of, regions behind a name, lists, near places.
//! Not the choice among them: that is `resolve`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_evidence::TextRange;

use super::file::{Bearer, Row};
use super::find::Found;
use super::mention::{CountryWord, PlaceReason, ReasonKind};
use super::place::{CountryCode, PlaceKind};
use super::resolve::PlaceFinder;

/// Places nearer than this to a known one of the text are near.
const NEAR_KM: f64 = 120.0;
/// Known places of a text that distances are taken to.
const MAX_ANCHORS: usize = 40;

/// A bearer with its points so far.
#[derive(Clone)]
pub(super) struct Weighed {
    pub(super) bearer: Bearer,
    pub(super) row: Row,
    pub(super) country: Option<CountryCode>,
    pub(super) score: i32,
    pub(super) reasons: Vec<PlaceReason>,
}

impl Weighed {
    pub(super) fn add(&mut self, kind: ReasonKind, points: i32, range: Option<TextRange>) {
        if points != 0 {
            self.score += points;
            self.reasons.push(PlaceReason { kind, points, range });
        }
    }
}

/// A place named behind another one as holding it.
#[derive(Clone, Copy)]
pub(super) struct Holder {
    /// Its index among the findings, or the row of an abbreviation.
    pub(super) which: Result<usize, u32>,
    pub(super) range: TextRange,
    /// Whether it stands right behind the name.
    pub(super) tight: bool,
}

/// How often a text speaks of each country, and how much of that is one name's doing.
#[derive(Default)]
pub(super) struct Shares<'f> {
    all: u32,
    by_country: BTreeMap<CountryCode, u32>,
    by_name: HashMap<(&'f str, CountryCode), u32>,
}

impl Shares<'_> {
    pub(super) fn add(&mut self, country: CountryCode, times: u32) {
        self.all += times;
        *self.by_country.entry(country).or_default() += times;
    }

    /// How often other names speak of the country.
    pub(super) fn of(&self, name: &str, country: CountryCode) -> u32 {
        let own = self.by_name.get(&(name, country)).copied().unwrap_or(0);
        self.by_country.get(&country).copied().unwrap_or(0).saturating_sub(own)
    }
}

impl PlaceFinder {
    /// How often the text speaks of each country.
    pub(super) fn shares<'f>(
        &self,
        found: &'f [Found],
        words: &[CountryWord],
        weighed: &[Vec<Weighed>],
        holders: &[Vec<Holder>],
        input: Option<CountryCode>,
    ) -> Shares<'f> {
        let mut shares = Shares::default();
        for word in words {
            shares.add(word.country, 1);
        }
        for (found, candidates) in found.iter().zip(weighed) {
            if let Some(country) = clear(candidates) {
                shares.add(country, 1);
                *shares.by_name.entry((&found.key, country)).or_default() += 1;
            }
        }
        for holder in holders.iter().flatten() {
            if let Err(row) = holder.which
                && let Some(country) = self.gazetteer.country(row)
            {
                shares.add(country, 2);
            }
        }
        if let Some(country) = input {
            shares.add(country, 3);
        }
        shares
    }

    /// What other names say about a candidate's country; a name does not speak for itself.
    pub(super) fn weigh_country(&self, weighed: &mut [Vec<Weighed>], found: &[Found], shares: &Shares<'_>) {
        for (candidates, found) in weighed.iter_mut().zip(found) {
            let settled: Vec<_> =
                candidates.iter().filter(|one| one.row.kind.is_settlement()).map(|one| one.country).collect();
            let others = candidates.iter().filter(|one| one.row.kind == PlaceKind::Region);
            let rival = others
                .filter_map(|one| Some((one.country?, shares.of(&found.key, one.country?))))
                .max_by_key(|(_, share)| *share);
            for candidate in candidates {
                let Some(country) = candidate.country else { continue };
                let share = shares.of(&found.key, country);
                if candidate.row.kind == PlaceKind::Country && !settled.contains(&Some(country)) {
                    // "Georgia" in a text about the United States.
                    let outdone = rival.is_some_and(|(other, most)| {
                        other != country && share == 0 && most >= 3 && most * 2 >= shares.all
                    });
                    candidate.add(ReasonKind::CountryNamed, if outdone { -150 } else { 0 }, None);
                } else if share > 0 {
                    let points = 90 + (160.0 * f64::from(share) / f64::from(shares.all.max(1))).round() as i32;
                    candidate.add(ReasonKind::CountryNamed, points, None);
                }
            }
        }
    }

    pub(super) fn weigh_holders(&self, weighed: &mut [Vec<Weighed>], holders: &[Vec<Holder>]) {
        for (index, holders) in holders.iter().enumerate() {
            for (depth, holder) in holders.iter().enumerate() {
                let rows: Vec<u32> = match holder.which {
                    Ok(other) => weighed[other].iter().map(|weighed| weighed.bearer.row).collect(),
                    Err(row) => vec![row],
                };
                let points = match (depth, holder.tight) {
                    (0, true) => 600,
                    (0, false) => 400,
                    _ => 200,
                };
                let mut holding = Vec::new();
                for candidate in &mut weighed[index] {
                    let line: Vec<u32> =
                        self.gazetteer.line(candidate.bearer.row).skip(1).map(|(row, _)| row).collect();
                    if let Some(row) = rows.iter().find(|row| line.contains(row)) {
                        candidate.add(ReasonKind::Held, points, Some(holder.range));
                        holding.push((*row, candidate.score));
                    }
                }
                let (Ok(other), Some(&(best, _))) =
                    (holder.which, holding.iter().max_by_key(|(row, score)| (*score, std::cmp::Reverse(*row))))
                else {
                    continue;
                };
                for candidate in weighed[other].iter_mut().filter(|candidate| candidate.bearer.row == best) {
                    candidate.add(ReasonKind::Holds, 450, None);
                }
                // In "Lindholt, New York" it is the state that holds, whatever the city's size.
                for candidate in weighed[other].iter_mut().filter(|one| holder.tight && one.row.kind.is_settlement()) {
                    candidate.add(ReasonKind::Holds, -300, None);
                }
            }
        }
    }

    /// A region that holds bearers of most names of a list is where they all lie.
    pub(super) fn weigh_lists(&self, weighed: &mut [Vec<Weighed>], found: &[Found]) {
        let mut start = 0;
        while start < found.len() {
            let list = found[start].list;
            let length = found[start..].iter().take_while(|other| other.list == list).count();
            if list.is_some() {
                let members = &mut weighed[start..start + length];
                let divisions: Vec<_> = members.iter().filter_map(|candidates| clear_region(candidates)).collect();
                if let [country, second, ..] = divisions[..]
                    && divisions.iter().all(|other| *other == country)
                    && second == country
                    && divisions.len() * 2 >= length
                {
                    let alike = |one: &&mut Weighed| one.row.kind == PlaceKind::Region && one.country == Some(country);
                    members.iter_mut().flatten().filter(alike).for_each(|one| one.add(ReasonKind::Listed, 350, None));
                }
                let mut regions: BTreeMap<u32, usize> = BTreeMap::new();
                for candidates in members.iter() {
                    let own: BTreeSet<u32> = candidates
                        .iter()
                        .filter(|one| one.row.kind.is_settlement())
                        .filter_map(|one| self.gazetteer.region(one.bearer.row))
                        .collect();
                    own.into_iter().for_each(|region| *regions.entry(region).or_default() += 1);
                }
                let most = regions
                    .into_iter()
                    .filter(|(_, count)| *count >= 3 && count * 3 >= length * 2)
                    .max_by_key(|(row, count)| (*count, std::cmp::Reverse(*row)));
                if let Some((region, count)) = most {
                    let points = 80 * count.min(6) as i32;
                    for candidate in members.iter_mut().flatten() {
                        if candidate.row.kind.is_settlement()
                            && self.gazetteer.region(candidate.bearer.row) == Some(region)
                        {
                            candidate.add(ReasonKind::Listed, points, None);
                        }
                    }
                }
            }
            start += length;
        }
    }

    /// What mentions say about one another, once each has a first candidate.
    pub(super) fn weigh_others(&self, weighed: &mut [Vec<Weighed>], found: &[Found], holders: &[Vec<Holder>]) {
        let mut anchors: Vec<(usize, (f64, f64))> = Vec::new();
        let mut regions: HashMap<u32, TextRange> = HashMap::new();
        let mut settled: HashMap<&str, u32> = HashMap::new();
        let mut spellings: HashMap<u32, Vec<&str>> = HashMap::new();
        for (index, candidates) in weighed.iter().enumerate() {
            let Some(first) = candidates.first() else { continue };
            if first.row.kind == PlaceKind::Region {
                regions.entry(first.bearer.row).or_insert(found[index].range);
            }
            let margin = candidates.get(1).map_or(i32::MAX, |second| first.score - second.score);
            if first.row.kind.is_settlement()
                && margin >= 120
                && anchors.len() < MAX_ANCHORS
                && let Some(at) = first.row.at
            {
                anchors.push((index, at));
            }
            if !holders[index].is_empty() && first.reasons.iter().any(|reason| reason.kind == ReasonKind::Held) {
                settled.entry(&found[index].key).or_insert(first.bearer.row);
            }
            for candidate in candidates {
                let keys = spellings.entry(candidate.bearer.row).or_default();
                if keys.len() < 4 && !keys.contains(&found[index].key.as_str()) {
                    keys.push(&found[index].key);
                }
            }
        }
        let anchor_keys: Vec<_> = anchors.iter().map(|(index, _)| found[*index].key.clone()).collect();
        for (index, candidates) in weighed.iter_mut().enumerate() {
            let key = found[index].key.as_str();
            for candidate in candidates {
                if settled.get(key) == Some(&candidate.bearer.row)
                    && !candidate.reasons.iter().any(|reason| reason.kind == ReasonKind::Held)
                {
                    candidate.add(ReasonKind::SameName, 400, None);
                }
                if spellings.get(&candidate.bearer.row).is_some_and(|keys| keys.len() > 1)
                    && candidate.row.kind.is_settlement()
                {
                    candidate.add(ReasonKind::TwoSpellings, 120, None);
                }
                if candidate.row.kind == PlaceKind::Country || candidate.row.kind == PlaceKind::Region {
                    continue;
                }
                if let Some(range) = self.gazetteer.region(candidate.bearer.row).and_then(|region| regions.get(&region))
                {
                    candidate.add(ReasonKind::RegionNamed, 120, Some(*range));
                }
                if let Some(at) = candidate.row.at {
                    let others = anchors.iter().zip(&anchor_keys).filter(|(_, other)| other.as_str() != key);
                    let near = others
                        .map(|((anchor, there), _)| (kilometres(at, *there), *anchor))
                        .min_by(|one, other| one.0.total_cmp(&other.0));
                    if let Some((distance, anchor)) = near.filter(|(distance, _)| *distance < NEAR_KM) {
                        let points = (120.0 * (1.0 - distance / NEAR_KM)).round() as i32;
                        candidate.add(ReasonKind::NearOther, points, Some(found[anchor].range));
                    }
                }
            }
        }
    }
}

/// The country of the first candidate by size, where it leaves the others behind.
pub(super) fn clear(candidates: &[Weighed]) -> Option<CountryCode> {
    let first = candidates.iter().max_by_key(|candidate| (candidate.score, std::cmp::Reverse(candidate.bearer.row)))?;
    let rival = candidates.iter().filter(|other| other.country != first.country).map(|other| other.score).max();
    let large = first.row.population >= 100_000 || first.row.kind == PlaceKind::Country;
    (large && rival.is_none_or(|rival| first.score - rival >= 120)).then_some(first.country).flatten()
}

/// Whether the likeliest bearer by size is a country or a large region.
pub(super) fn clear_division(candidates: &[Weighed]) -> bool {
    let first = candidates.iter().max_by_key(|candidate| (candidate.score, std::cmp::Reverse(candidate.bearer.row)));
    first.is_some_and(|first| matches!(first.row.kind, PlaceKind::Country | PlaceKind::Region))
}

/// The country of the first candidate by points so far, where it is a first division.
fn clear_region(candidates: &[Weighed]) -> Option<CountryCode> {
    let first = candidates.iter().max_by_key(|candidate| (candidate.score, std::cmp::Reverse(candidate.bearer.row)))?;
    (first.row.kind == PlaceKind::Region).then_some(first.country).flatten()
}

/// Kilometres between two points, on a flat map that is good enough up to some hundreds.
pub(super) fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let north = (one.0 - other.0) * 111.2;
    let turn = (one.1 - other.1).abs();
    let east = turn.min(360.0 - turn) * 111.2 * one.0.to_radians().cos();
    north.hypot(east)
}
