//! The places that are found in the Wikinews articles against their gold: which place, and whether its government is meant.
//!
//! The gold's points are from memory, to a tenth of a degree: they tell one Madrid from another and no more.

use std::error::Error;

use onrecord::annotate::places::{Gazetteer, Place, PlaceFinder, PlaceInput, PlaceKind, PlaceMention, PlaceOutcome};

use crate::answers::{Answer, Answers};
use crate::facts::{DATA, Facts, GoldPlace, Placed, fold, matched};
use crate::results::Results;
use crate::root;
use crate::scores::Counts;

const STAGE: &str = "places";
/// A hundred miles: within this a place is the same one (Leidner 2007; "accuracy at 161 km" of the geocoding literature).
const SAME_KM: f64 = 161.0;
/// As near as the gold's points allow.
const NEAR_KM: f64 = 50.0;
/// Continents and seas: the point is nominal, in the gold as in any gazetteer.
const NOMINAL_KM: f64 = 1500.0;

/// What came of one gold place.
struct Judged {
    answer: Answer,
    near: bool,
    decided: bool,
    government: (bool, Option<bool>),
    doubt: bool,
    open: bool,
}

/// Scores the stage on the articles; `wrong`: lists what is wrong in the articles that may be read.
pub fn score(facts: &[Facts], finder: &PlaceFinder, wrong: bool, results: &mut Results) {
    let (mut judged, mut spurious) = (Vec::new(), 0);
    for (article, facts) in facts.iter().enumerate() {
        let found = finder.places(&facts.text, &PlaceInput::default()).mentions;
        let ranges: Vec<_> = found.iter().map(|found| found.range).collect();
        let gold: Vec<_> = facts.places.iter().map(Placed::range).collect();
        let matched = matched(&gold, &ranges);
        spurious += matched.spurious;
        // A place inside of another name may be found or not.
        for (gold, index) in facts.places.iter().zip(matched.found).filter(|(gold, _)| gold.usage != "in-name") {
            let found = index.and_then(|index| found.get(index));
            let one = judge(article, facts, gold, found);
            let government = one.government.1 == Some(one.government.0);
            if wrong && facts.open && !(one.answer.right && government) {
                show(&facts.text, gold, found);
            }
            judged.push(one);
        }
    }
    results.clear(STAGE, DATA);
    let values =
        |keep: &dyn Fn(&Judged) -> bool| Answers(judged.iter().filter(|one| keep(one)).map(|one| one.answer).collect());
    let all = values(&|_| true);
    all.report(results, STAGE, DATA, "value accuracy");
    all.report_curve(results, STAGE, DATA, "value accuracy");
    values(&|one| !one.doubt).report(results, STAGE, DATA, "value accuracy without doubt");
    values(&|one| one.open).report_accuracy(results, STAGE, DATA, "value accuracy where errors were read");
    values(&|one| !one.open).report_accuracy(results, STAGE, DATA, "value accuracy where none was read");
    let parts = |right: &dyn Fn(&Judged) -> bool, given: &dyn Fn(&Judged) -> bool, keep: &dyn Fn(&Judged) -> bool| {
        let kept = judged.iter().filter(|one| keep(one));
        Answers(kept.map(|one| Answer { right: right(one), given: given(one), ..one.answer }).collect())
    };
    let decided = |one: &Judged| one.decided && one.answer.right;
    parts(&decided, &|one| one.decided, &|_| true).report(results, STAGE, DATA, "chosen value accuracy");
    parts(&|one| one.near, &|one| one.answer.given, &|_| true).report_accuracy(
        results,
        STAGE,
        DATA,
        "value accuracy within 50 km",
    );
    let sense = |one: &Judged| one.government.1 == Some(one.government.0);
    parts(&sense, &|one| one.answer.given, &|_| true).report_accuracy(
        results,
        STAGE,
        DATA,
        "government sense accuracy",
    );
    let clear = parts(&sense, &|one| one.answer.given, &|one| !one.doubt);
    clear.report_accuracy(results, STAGE, DATA, "government sense accuracy without doubt");
    let counts = judged.iter().fold(Counts::default(), |sum, one| {
        let (gold, given) = (one.government.0, one.government.1 == Some(true));
        Counts {
            right: sum.right + usize::from(gold && given),
            given: sum.given + usize::from(given),
            gold: sum.gold + usize::from(gold),
        }
    });
    results.add(STAGE, DATA, "government sense F1", counts.f1(), None);
    results.add(STAGE, DATA, "government sense precision", counts.precision(), None);
    results.add(STAGE, DATA, "government sense recall", counts.recall(), None);
    results.add(STAGE, DATA, "spurious an article", spurious as f64 / facts.len().max(1) as f64, None);
}

/// The finder with the gazetteer as it lies.
///
/// # Errors
/// The gazetteer cannot be read, or is damaged.
pub fn finder() -> Result<PlaceFinder, Box<dyn Error>> {
    Ok(PlaceFinder::new(Gazetteer::new(std::fs::read(root().join("models/places/gazetteer.bin"))?)?))
}

fn judge(article: usize, facts: &Facts, gold: &GoldPlace, found: Option<&PlaceMention>) -> Judged {
    // A list counts by its first, chosen or not.
    let first = found.and_then(|found| found.candidates.first()).map(|candidate| &candidate.place);
    let confidence = found.map_or(0.0, |found| match found.outcome {
        PlaceOutcome::Chosen { confidence } | PlaceOutcome::Undecided { confidence, .. } => confidence,
    });
    let right = |within: f64| first.is_some_and(|place| same_place(gold, place, within));
    Judged {
        answer: Answer { article, given: first.is_some(), right: right(SAME_KM), confidence },
        near: right(NEAR_KM),
        decided: found.is_some_and(|found| found.chosen().is_some()),
        government: (gold.as_government, found.map(PlaceMention::as_government)),
        doubt: gold.doubt.is_some(),
        open: facts.open,
    }
}

fn show(text: &str, gold: &GoldPlace, found: Option<&PlaceMention>) {
    let range = gold.range();
    let from = text.floor_char_boundary((range.start as usize).saturating_sub(30));
    let to = text.ceil_char_boundary((range.end as usize + 30).min(text.len()));
    let found = found.map(|found| {
        let first = found.candidates.first().map(|candidate| &candidate.place);
        let sense = if found.as_government() { "government" } else { "place" };
        let words = found.range.slice(text).unwrap_or_default();
        let place = first.map(|place| format!("{} {:?} {:?} {:?}", place.name, place.kind, place.country, place.at));
        format!("{words:?} {} {sense}", place.unwrap_or_default())
    });
    println!(
        "wrong: {:?} {} {} {} ({}, {}): {}",
        &text[from..to].replace('\n', " "),
        gold.name,
        gold.kind,
        gold.usage,
        gold.lat,
        gold.lon,
        found.unwrap_or_else(|| "not found".into())
    );
}

/// A country by its code (or name, where it has none any more); a region by country, sort and middle; a settlement by country and distance;
/// a continent, sea or island by name or nominal distance.
fn same_place(gold: &GoldPlace, place: &Place, within: f64) -> bool {
    let code = place.country.map(|country| country.to_string());
    let same_country = gold.country == code;
    let same_name = fold(&gold.name) == fold(&place.name);
    let apart = place.at.map_or(f64::INFINITY, |at| kilometres((gold.lat, gold.lon), at));
    let division = matches!(place.kind, PlaceKind::Region | PlaceKind::District);
    match (gold.kind.as_str(), gold.country.is_some()) {
        ("country", _) => same_country && matches!(place.kind, PlaceKind::Country | PlaceKind::Seat) || same_name,
        ("region", _) => same_country && (division || place.kind == PlaceKind::Area) && (same_name || apart <= within),
        ("city" | "village", _) => same_country && place.kind != PlaceKind::Country && apart <= within,
        (_, true) => same_country && (same_name || place.kind != PlaceKind::Country && apart <= within),
        // Of no country: only another thing without borders can be it.
        (_, false) => same_name || place.kind == PlaceKind::Area && apart <= within.max(NOMINAL_KM),
    }
}

/// Along the great circle, by the haversine formula.
fn kilometres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    const RADIUS_KM: f64 = 6371.0;
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let chord = half(lat, other_lat) + lat.to_radians().cos() * other_lat.to_radians().cos() * half(lon, other_lon);
    2.0 * RADIUS_KM * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::annotate::places::{CountryCode, PlaceId};

    fn place(name: &str, kind: PlaceKind, country: &str, at: (f64, f64)) -> Place {
        Place {
            id: PlaceId::geonames(1).unwrap(),
            name: name.to_owned(),
            kind,
            country: CountryCode::new(country),
            region: None,
            region_name: None,
            at: Some(at),
            population: None,
        }
    }

    fn gold(name: &str, kind: &str, country: Option<&str>, (lat, lon): (f64, f64)) -> GoldPlace {
        let country = serde_json::to_string(&country).unwrap();
        serde_json::from_str(&format!(
            r#"{{"range":[0,1],"name":"{name}","kind":"{kind}","country":{country},"lat":{lat},"lon":{lon},"use":"literal","as_government":false}}"#
        ))
        .unwrap()
    }

    #[test]
    fn places_are_compared() {
        let check = |gold: &GoldPlace, place: &Place, expect: bool| {
            assert_eq!(same_place(gold, place, SAME_KM), expect, "{place:?}")
        };
        let town = gold("Lindholt", "city", Some("DK"), (56.1, 9.0));
        check(&town, &place("Lindholt", PlaceKind::City, "DK", (56.0, 9.2)), true);
        check(&town, &place("Lindholt", PlaceKind::City, "SE", (56.0, 9.2)), false);
        check(&town, &place("Lindholt", PlaceKind::Village, "DK", (54.0, 12.0)), false);
        check(&town, &place("Denmark", PlaceKind::Country, "DK", (56.0, 9.2)), false);
        let country = gold("Denmark", "country", Some("DK"), (56.0, 10.0));
        check(&country, &place("Denmark", PlaceKind::Country, "DK", (0.0, 0.0)), true);
        check(&country, &place("Ribe", PlaceKind::City, "DK", (56.0, 10.0)), false);
        let sea = gold("Long Sound", "other", None, (50.0, 0.0));
        check(&sea, &place("Long Sound", PlaceKind::Area, "", (10.0, 0.0)), true);
        check(&sea, &place("Short Sound", PlaceKind::Area, "", (10.0, 0.0)), false);
    }

    #[test]
    fn distances_follow_the_great_circle() {
        assert!((kilometres((0.0, 0.0), (0.0, 90.0)) - 10_007.5).abs() < 1.0);
        assert!(kilometres((51.5, -0.1), (51.5, -0.1)) < 1e-6);
    }
}
