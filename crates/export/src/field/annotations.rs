//! Attributions as W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): an `AnnotationPage` whose items point at the words of an article by a `TextQuoteSelector`, and by a
//! `TextPositionSelector` that counts code points of the reading's text. Not the texts.

use std::io::Write;

use onrecord_ledger::{KeptAttribution, Ledger};
use serde_json::{Value, json};

use crate::field::{ListWriter, urn};
use crate::pass::{ArticleItem, Item, Progress, Summary, Wanted, pass};
use crate::rows::attributions::{Attribution, passage, row_parts};
use crate::run::{Asked, Decided};
use crate::{Error, Result};

/// Code points that are given before and after the words, to find them where the text has moved.
const AROUND: usize = 32;

/// Writes the attributions of current texts.
///
/// # Errors
/// Where the ledger cannot be read or `out` cannot be written.
pub fn annotations(
    ledger: &Ledger,
    asked: &Asked,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let digest = ledger.digest(&asked.at)?;
    let head = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "onrecord": "urn:onrecord:" }],
        "id": urn(format_args!("annotations:{digest}")),
        "type": "AnnotationPage",
    });
    let mut list = ListWriter::new(out, &head, "items")?;
    let wanted = Wanted { claims: None, articles: true };
    let summary = pass(ledger, asked, wanted, progress, &mut |item| {
        if let Item::Article(article) = item {
            for (kept, decided) in &article.attributions {
                list.add(&annotation(article, kept, decided)?)?;
            }
        }
        Ok(())
    })?;
    list.end()?;
    Ok(summary)
}

fn annotation(article: &ArticleItem<'_>, kept: &KeptAttribution, decided: &[std::rc::Rc<Decided>]) -> Result<Value> {
    let (own, evidence) = row_parts(article.run, kept, &article.points);
    let text = article.points.text();
    let passage = passage(&kept.record);
    let place = evidence.quote_start.zip(evidence.quote_end);
    let (start, end) = place.ok_or_else(|| Error::Damaged(format!("{} has no place in its text", kept.record.id)))?;
    let mut selectors = vec![json!({ "type": "TextPositionSelector", "start": start, "end": end })];
    if let Some(quote) = &evidence.quote {
        let before: Vec<char> =
            text.get(..passage.start as usize).unwrap_or_default().chars().rev().take(AROUND).collect();
        let prefix: String = before.into_iter().rev().collect();
        let suffix: String = text.get(passage.end as usize..).unwrap_or_default().chars().take(AROUND).collect();
        selectors.insert(0, json!({ "type": "TextQuoteSelector", "exact": quote, "prefix": prefix, "suffix": suffix }));
    }
    let provenance = article.run.base.decided(decided);
    let creator = match decided.first() {
        Some(first) => json!({ "type": "Person", "name": first.author }),
        None => generator(article),
    };
    Ok(json!({
        "id": urn(&own.attribution),
        "type": "Annotation",
        "motivation": "describing",
        "creator": creator,
        "generator": generator(article),
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "value": own.act },
            { "type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": summary(&own) },
            {
                "type": "Dataset",
                "purpose": "describing",
                "onrecord:act": own.act,
                "onrecord:act_rule": own.act_rule,
                "onrecord:source": own.source,
                "onrecord:speaker": own.speaker,
                "onrecord:manner": own.manner,
                "onrecord:commitment": own.commitment,
                "onrecord:confidence": kept_score(kept),
                "onrecord:made_by": provenance.made_by,
                "onrecord:ledger": provenance.ledger,
            },
        ],
        "target": {
            "source": {
                "id": evidence.address.clone().unwrap_or_else(|| urn(&evidence.article)),
                "type": "Text",
                "onrecord:article": urn(&evidence.article),
                "onrecord:revision": evidence.revision.as_ref().map(urn),
                "onrecord:text_sha256": evidence.text_sha256,
            },
            "selector": selectors,
        },
    }))
}

fn kept_score(kept: &KeptAttribution) -> f64 {
    (f64::from(kept.record.score) * 1000.0).round() / 1000.0
}

fn generator(article: &ArticleItem<'_>) -> Value {
    json!({ "type": "Software", "name": "Onrecord", "id": article.run.base.pipeline.as_ref().map(|pipeline| urn(format_args!("pipeline:{pipeline}"))) })
}

fn summary(own: &Attribution) -> String {
    let who = own.speaker.as_deref().or(own.source.as_deref()).unwrap_or("nobody credited");
    format!("{}: {who}, {}", own.act, own.commitment)
}
