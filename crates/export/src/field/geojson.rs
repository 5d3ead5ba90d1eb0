//! Claims by the places that their reports name, as GeoJSON (RFC 7946): one feature a claim and place. Coarse, by `care.rs`; an address is never given. Not a map.

use std::io::Write;

use onrecord_ledger::Ledger;
use serde_json::{Map, Value, json};

use crate::care::coarse;
use crate::claim::{Claim, Only};
use crate::field::ListWriter;
use crate::pass::{Item, Progress, Summary, Wanted, pass};
use crate::rows::Table;
use crate::run::Asked;
use crate::words::word;
use crate::{Error, Result};

/// Columns of the table of claims that a feature bears.
const PROPERTIES: [&str; 20] = [
    "claim",
    "event",
    "claim_kind",
    "claim_wording",
    "standing",
    "life",
    "denied_by",
    "responses",
    "affirmed_by",
    "origins_least",
    "origins_unknown",
    "first_out",
    "last_out",
    "quote",
    "article",
    "address",
    "quote_start",
    "quote_end",
    "made_by",
    "ledger",
];

/// Writes the claims that name a settled place.
///
/// # Errors
/// Where the ledger cannot be read or `out` cannot be written.
pub fn geojson(
    ledger: &Ledger,
    asked: &Asked,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let mut list = ListWriter::new(out, &json!({ "type": "FeatureCollection" }), "features")?;
    let summary =
        pass(ledger, asked, Wanted { claims: Some(Only::WithPlace), articles: false }, progress, &mut |item| {
            if let Item::Claim(claim) = item {
                features(claim, &mut |feature| Ok(list.add(feature)?))?;
            }
            Ok(())
        })?;
    list.end()?;
    Ok(summary)
}

fn features(claim: &Claim<'_>, each: &mut dyn FnMut(&Value) -> Result<(), Error>) -> Result<()> {
    let Some(row) = Table::Claims.rows(claim)?.into_iter().next() else { return Ok(()) };
    let columns = Table::Claims.columns();
    let members = columns.iter().zip(&row).filter(|(column, _)| PROPERTIES.contains(&column.name));
    let properties: Map<String, Value> = members.map(|(column, cell)| (column.name.to_owned(), cell.json())).collect();
    for named in claim.places() {
        let Some((at, step)) = coarse(&named.place) else { continue };
        let mut properties = properties.clone();
        properties.insert("place".to_owned(), json!(named.place.name));
        properties.insert("place_id".to_owned(), json!(named.place.id.to_string()));
        properties.insert("place_kind".to_owned(), json!(word(named.place.kind)));
        properties.insert("place_words".to_owned(), json!(named.words));
        properties.insert("place_confidence".to_owned(), json!(named.confidence));
        properties.insert("place_precision_degrees".to_owned(), json!(step));
        each(&json!({
            "type": "Feature",
            "id": format!("{}-{}", claim.view.claim, named.place.id),
            "geometry": { "type": "Point", "coordinates": at },
            "properties": properties,
        }))?;
    }
    Ok(())
}
