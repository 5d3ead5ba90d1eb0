//! One row a claim of an event or a figure, with the columns of event data sets. Not an event data set: nobody has reconciled the sources.
//!
//! Codes of precision follow the codebook of the UCDP Georeferenced Event Dataset (Sundberg and Melander 2013) as far as a text gives them. `best` stands only where one claimant's last total is all
//! there is: between claimants Onrecord does not choose.

use std::collections::BTreeSet;

use onrecord_annotate::places::PlaceKind;
use onrecord_evidence::{Granularity, Time};
use onrecord_link::figure::{FigureClaim, series};
use onrecord_link::position::ClaimKind;

use crate::Result;
use crate::care::coarse;
use crate::claim::Claim;
use crate::rows::figures::{figures, high, low};
use crate::table::{Cell, columns};
use crate::words::word;

columns! {
    /// A claim of an event.
    pub struct Incident {
        /// The year of the first day; empty where no date is stated.
        year: Option<u32>,
        /// First day on which it is said to have happened, as YYYY-MM-DD.
        date_start: Option<String>,
        /// Last such day.
        date_end: Option<String>,
        /// UCDP date_prec: 1 the day is stated, 4 the month, 5 the year; empty where no date is.
        date_prec: Option<u32>,
        /// The place, where the texts settle on one; with several, the surest that holds no other.
        where_coordinates: Option<String>,
        /// Its number in a public table: gn: GeoNames, wof: Who's On First.
        place_id: Option<String>,
        /// Its first division.
        adm_1: Option<String>,
        /// Its country, by two letters of ISO 3166-1.
        country: Option<String>,
        /// Degrees north, coarse: a tenth of a degree for settlements, else a whole one.
        latitude: Option<f64>,
        /// Degrees east, as coarse.
        longitude: Option<f64>,
        /// UCDP where_prec as far as names give it: 1 a settlement, 3 a district, 4 a first division, 6 a country, 7 an area without borders of its own or a seat of government.
        where_prec: Option<u32>,
        /// How sure that is: the place's share among all bearers of its name, 0 to 1.
        where_confidence: Option<f64>,
        /// Other places that the texts name.
        other_places: Vec<String>,
        /// Parties against whom it is alleged or who took part, with their role.
        sides: Vec<String>,
        /// What became of the people counted by low, best and high: killed where anybody is, else the first that is counted; counts of different outcomes are never added.
        outcome: Option<String>,
        /// The lowest number that any claimant's words allow.
        low: Option<f64>,
        /// The last total, where all claimants give the same one; else empty, for Onrecord does not choose.
        best: Option<f64>,
        /// The highest number that any claimant's words allow.
        high: Option<f64>,
        /// Who gives these numbers.
        claimants: Vec<String>,
        /// The reports: outlet, day, headline, address.
        source_article: Vec<String>,
        /// Where the chains of reports end.
        source_original: Vec<String>,
        /// Articles.
        number_of_sources: usize,
        /// At least so many independent origins.
        number_of_origins: usize,
    }
}

/// The row of a claim of an event or a figure; none for other claims.
pub(super) fn rows(claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
    let view = &claim.view;
    if !matches!(view.kind, ClaimKind::Event | ClaimKind::Figure) {
        return Ok(Vec::new());
    }
    let Some(quote) = &view.wording.quote else { return Ok(Vec::new()) };
    let mut row = own(claim);
    dates(&mut row, claim.drawn.claim.record.happened.as_ref());
    place(&mut row, claim);
    people(&mut row, claim);
    Ok(vec![super::row(claim, &row, &claim.quote(quote)?, &claim.provenance(&[]))])
}

fn own(claim: &Claim<'_>) -> Incident {
    let view = &claim.view;
    let report = |report: &onrecord_wire::claim::ReportLine| {
        let day = report.name.out.as_ref().map(ToString::to_string);
        let parts = [report.name.outlet.clone(), day, report.title.clone(), report.address.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    };
    let ends: BTreeSet<String> =
        view.origins.origins.iter().flat_map(|origin| &origin.ends).map(|end| claim.name(end)).collect();
    Incident {
        year: None,
        date_start: None,
        date_end: None,
        date_prec: None,
        where_coordinates: None,
        place_id: None,
        adm_1: None,
        country: None,
        latitude: None,
        longitude: None,
        where_prec: None,
        where_confidence: None,
        other_places: Vec::new(),
        sides: view.responses.iter().map(|one| format!("{} ({})", claim.party(&one.party), word(one.role))).collect(),
        outcome: None,
        low: None,
        best: None,
        high: None,
        claimants: Vec::new(),
        source_article: view.reports.iter().map(report).collect(),
        source_original: ends.into_iter().collect(),
        number_of_sources: view.coverage.articles,
        number_of_origins: view.origins.least,
    }
}

fn dates(row: &mut Incident, happened: Option<&Time>) {
    let Some(happened) = happened else { return };
    let day = |at: jiff::Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let first = happened.day().unwrap_or_else(|| day(happened.earliest()));
    // The interval ends where the next day, month or year begins.
    let last = match happened.granularity() {
        Granularity::Year | Granularity::Month => day(happened.latest()).yesterday().unwrap_or(first),
        _ => first,
    };
    row.year = u32::try_from(first.year()).ok();
    (row.date_start, row.date_end) = (Some(first.to_string()), Some(last.to_string()));
    row.date_prec = Some(match happened.granularity() {
        Granularity::Year => 5,
        Granularity::Month => 4,
        _ => 1,
    });
}

fn place(row: &mut Incident, claim: &Claim<'_>) {
    let places = claim.places();
    let fine = |kind: PlaceKind| match kind {
        PlaceKind::City | PlaceKind::Village | PlaceKind::Quarter => (0, 1),
        PlaceKind::District => (1, 3),
        PlaceKind::Region => (2, 4),
        PlaceKind::Country => (3, 6),
        PlaceKind::Area | PlaceKind::Seat => (4, 7),
    };
    let sure = |named: &crate::notes::NamedPlace| (named.confidence * 100.0) as i64;
    let chosen = places.iter().min_by_key(|named| (fine(named.place.kind).0, -sure(named), named.place.id.to_string()));
    let Some(named) = chosen else { return };
    row.where_coordinates = Some(named.place.name.clone());
    row.place_id = Some(named.place.id.to_string());
    row.adm_1.clone_from(&named.place.region_name);
    row.country = named.place.country.map(|country| country.as_str().to_owned());
    let at = coarse(&named.place).map(|(at, _)| at);
    (row.longitude, row.latitude) = at.map(|[east, north]| (east, north)).unzip();
    row.where_prec = Some(fine(named.place.kind).1);
    row.where_confidence = Some(named.confidence);
    let others = places.iter().filter(|other| other.place.id != named.place.id);
    row.other_places = others.map(|other| other.place.name.clone()).collect();
}

fn people(row: &mut Incident, claim: &Claim<'_>) {
    let found = figures(claim);
    let counted = |figure: &&&FigureClaim| {
        figure.outcome.is_some() && !figure.is_part && !figure.is_negated && figure.context.arithmetic.is_empty()
    };
    let Some(outcome) = found.iter().filter(counted).filter_map(|figure| figure.outcome).min() else { return };
    let of: Vec<&FigureClaim> =
        found.iter().filter(counted).filter(|figure| figure.outcome == Some(outcome)).copied().collect();
    row.outcome = Some(word(outcome));
    let ends = || of.iter().map(|figure| figure.ends());
    row.low = ends().filter_map(|ends| low(&ends)).min_by(f64::total_cmp);
    row.high = ends().filter_map(|ends| high(&ends)).max_by(f64::total_cmp);
    let all: Vec<FigureClaim> = of.iter().map(|figure| (*figure).clone()).collect();
    let as_of = claim.run.asked.at.as_of.as_ref();
    let last = series(&all, as_of).into_iter().filter_map(|one| {
        let key = one.steps.last()?.key.clone();
        all.iter().find(|figure| figure.key == key)
    });
    let totals: Vec<Option<f64>> = last.map(|figure| figure.ends().exact().and(low(&figure.ends()))).collect();
    row.best = match totals.as_slice() {
        [Some(first), rest @ ..] if rest.iter().all(|other| *other == Some(*first)) => Some(*first),
        _ => None,
    };
    let claimants: BTreeSet<String> = of
        .iter()
        .filter_map(|figure| figure.context.claimant.as_ref())
        .map(|key| claim.name(&onrecord_wire::claim::ListedClaim::party(key.as_str())))
        .collect();
    row.claimants = claimants.into_iter().collect();
}
