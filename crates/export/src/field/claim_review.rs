//! Claims that people decided, as schema.org `ClaimReview` with its `Claim` (<https://schema.org/ClaimReview>). A claim that only the machine has seen is never among them, and none is rated true or false:
//! `reviewRating` has the standing in words and no number.

use std::io::Write;

use onrecord_ledger::Ledger;
use onrecord_wire::claim::ReportLine;
use serde_json::{Value, json};

use crate::Result;
use crate::claim::{Claim, Only};
use crate::field::{ListWriter, urn};
use crate::pass::{Item, Progress, Summary, Wanted, pass};
use crate::run::Asked;

/// Writes the claims about which a person decided something that holds.
///
/// # Errors
/// Where the ledger cannot be read or `out` cannot be written.
pub fn claim_review(
    ledger: &Ledger,
    asked: &Asked,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let mut list = ListWriter::new(out, &json!({ "@context": "https://schema.org" }), "@graph")?;
    let mut decided = 0;
    let mut summary =
        pass(ledger, asked, Wanted { claims: Some(Only::Decided), articles: false }, progress, &mut |item| {
            let Item::Claim(claim) = item else { return Ok(()) };
            if let Some(review) = review(claim)? {
                decided += 1;
                list.add(&review)?;
            }
            Ok(())
        })?;
    list.end()?;
    summary.claims = decided;
    Ok(summary)
}

/// The review of a claim: by who decided last.
fn review(claim: &Claim<'_>) -> Result<Option<Value>> {
    let Some(last) = claim.decided.last() else { return Ok(None) };
    let view = &claim.view;
    let evidence = view.wording.quote.as_ref().map(|quote| claim.quote(quote)).transpose()?;
    let quote = evidence.and_then(|evidence| evidence.quote);
    let mut authors: Vec<String> = claim.decided.iter().map(|one| one.author.clone()).collect();
    authors.sort();
    authors.dedup();
    let people =
        |names: &[String]| names.iter().map(|name| json!({ "@type": "Person", "name": name })).collect::<Vec<_>>();
    let body = [vec![view.coverage.words.clone()], crate::rows::responses(claim)].concat().join("; ");
    Ok(Some(json!({
        "@type": "ClaimReview",
        "@id": urn(format_args!("review:{}", view.claim)),
        "claimReviewed": view.wording.text,
        "author": people(&authors),
        "datePublished": last.at.to_string(),
        "reviewAspect": "what is on record of the claim, and from whom; not whether it is true",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": view.standing.words,
            "ratingExplanation": view.standing.reason,
        },
        "reviewBody": body,
        "itemReviewed": {
            "@type": "Claim",
            "@id": urn(view.claim),
            "name": view.wording.text,
            "text": quote,
            "datePublished": view.coverage.from.map(|at| at.to_string()),
            "author": claimants(claim),
            "appearance": view.reports.iter().map(appearance).collect::<Vec<_>>(),
            "firstAppearance": first(claim),
        },
        "additionalProperty": claim.decided.iter().map(|one| json!({
            "@type": "PropertyValue",
            "name": one.word,
            "value": one.reason,
            "propertyID": one.operation,
        })).collect::<Vec<_>>(),
    })))
}

/// Parties that affirm it; the outlets where nobody else does.
fn claimants(claim: &Claim<'_>) -> Vec<Value> {
    use onrecord_link::position::Stance;
    let of = claim.view.positions.iter().filter(|position| position.stance == Some(Stance::Affirms));
    of.map(|position| json!({ "@type": "Thing", "name": claim.party(&position.party) })).collect()
}

fn appearance(report: &ReportLine) -> Value {
    json!({
        "@type": "NewsArticle",
        "@id": urn(report.name.revision),
        "url": report.address,
        "headline": report.title,
        "datePublished": report.name.out.as_ref().map(|out| out.earliest().to_string()),
        "publisher": report.name.outlet.as_ref().map(|outlet| json!({ "@type": "Organization", "name": outlet })),
    })
}

fn first(claim: &Claim<'_>) -> Option<Value> {
    let first = claim.view.origins.first.as_ref()?;
    let report = claim.view.reports.iter().find(|report| report.name.revision == first.report.revision)?;
    Some(appearance(report))
}
