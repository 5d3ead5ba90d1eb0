//! Where everything comes from, by W3C PROV-O (<https://www.w3.org/TR/prov-o/>) as JSON-LD: captures, revisions, attributions and claims as entities, reading and linking as activities of software,
//! decisions as activities of people. Not the captures' bytes.

use std::collections::BTreeSet;
use std::io::Write;

use onrecord_ledger::Ledger;
use serde_json::{Value, json};

use crate::Result;
use crate::claim::{Claim, Only};
use crate::evidence::Provenance;
use crate::field::{ListWriter, urn};
use crate::pass::{ArticleItem, Item, Progress, Summary, Wanted, pass};
use crate::rows::attributions::row_parts;
use crate::run::{Asked, Decided};

/// Writes the provenance of the claims that are asked for and of all attributions of current texts.
///
/// # Errors
/// Where the ledger cannot be read or `out` cannot be written.
pub fn prov(
    ledger: &Ledger,
    asked: &Asked,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let context = json!({
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "onrecord": "urn:onrecord:",
    });
    let mut list = ListWriter::new(out, &json!({ "@context": context }), "@graph")?;
    let mut said = BTreeSet::new();
    let wanted = Wanted { claims: Some(Only::All), articles: true };
    let summary = pass(ledger, asked, wanted, progress, &mut |item| {
        let (base, nodes) = match &item {
            Item::Claim(claim) => (claim.provenance(&[]), of_claim(claim, &mut said)),
            Item::Article(article) => (article.run.base.clone(), of_article(article, &mut said)),
        };
        if said.insert("software".to_owned()) {
            software(&base).iter().try_for_each(|node| list.add(node))?;
        }
        nodes.iter().try_for_each(|node| list.add(node))?;
        Ok(())
    })?;
    list.end()?;
    Ok(summary)
}

fn id(name: impl std::fmt::Display) -> Value {
    json!({ "@id": urn(name) })
}

fn moment(at: impl std::fmt::Display) -> Value {
    json!({ "@type": "xsd:dateTime", "@value": at.to_string() })
}

/// The programs and what they did.
fn software(base: &Provenance) -> Vec<Value> {
    let program = |kind: &str, digest: &Option<String>| {
        let digest = digest.as_deref().unwrap_or("none");
        [
            json!({ "@id": urn(format_args!("{kind}:{digest}")), "@type": ["prov:Agent", "prov:SoftwareAgent"], "rdfs:label": format!("Onrecord, {kind}") }),
            json!({
                "@id": urn(format_args!("{kind}-run:{}", base.ledger)),
                "@type": "prov:Activity",
                "prov:wasAssociatedWith": id(format_args!("{kind}:{digest}")),
            }),
        ]
    };
    [program("pipeline", &base.pipeline), program("linker", &base.linker)].concat()
}

fn of_article(item: &ArticleItem<'_>, said: &mut BTreeSet<String>) -> Vec<Value> {
    let run = item.run;
    let article = &item.article;
    let revision = &article.revisions[item.current];
    let source = revision.metadata.address.as_ref().map(|address| json!({ "@id": address }));
    let mut nodes = vec![
        json!({ "@id": urn(article.id), "@type": "prov:Entity", "rdfs:label": revision.metadata.title }),
        json!({
            "@id": urn(revision.id),
            "@type": "prov:Entity",
            "prov:specializationOf": id(article.id),
            "prov:wasDerivedFrom": revision.captures.iter().map(id).collect::<Vec<_>>(),
            "prov:wasGeneratedBy": id(format_args!("pipeline-run:{}", run.base.ledger)),
            "onrecord:text_sha256": revision.text.to_string(),
        }),
    ];
    for capture in &revision.captures {
        if said.insert(capture.to_string()) {
            nodes.push(json!({ "@id": urn(capture), "@type": "prov:Entity", "prov:hadPrimarySource": source }));
        }
    }
    for (kept, decided) in &item.attributions {
        let (own, evidence) = row_parts(run, kept, &item.points);
        nodes.push(json!({
            "@id": urn(&own.attribution),
            "@type": "prov:Entity",
            "prov:wasQuotedFrom": id(revision.id),
            "prov:wasGeneratedBy": id(format_args!("pipeline-run:{}", run.base.ledger)),
            "prov:value": evidence.quote,
            "onrecord:start": evidence.quote_start,
            "onrecord:end": evidence.quote_end,
            "prov:wasInfluencedBy": decided.iter().map(|one| id(&one.operation)).collect::<Vec<_>>(),
        }));
        nodes.extend(decided.iter().flat_map(|one| decision(one, said)));
    }
    nodes
}

fn of_claim(claim: &Claim<'_>, said: &mut BTreeSet<String>) -> Vec<Value> {
    let view = &claim.view;
    let mut from: Vec<String> =
        claim.drawn.claim.statements.iter().filter_map(|one| one.attribution).map(urn).collect();
    from.sort();
    from.dedup();
    let mut nodes = vec![json!({
        "@id": urn(view.claim),
        "@type": "prov:Entity",
        "rdfs:label": view.wording.text,
        "prov:wasDerivedFrom": from.into_iter().map(|id| json!({ "@id": id })).collect::<Vec<_>>(),
        "prov:wasGeneratedBy": id(format_args!("linker-run:{}", claim.run.base.ledger)),
        "prov:wasInfluencedBy": claim.decided.iter().map(|one| id(&one.operation)).collect::<Vec<_>>(),
        "onrecord:standing": view.standing.words,
        "onrecord:rule": view.standing.rule,
    })];
    nodes.extend(claim.decided.iter().flat_map(|one| decision(one, said)));
    nodes
}

/// A decision and who decided, each once.
fn decision(one: &Decided, said: &mut BTreeSet<String>) -> Vec<Value> {
    let person = format!("person:{}", onrecord_evidence::Digest::of_bytes(one.author.as_bytes()));
    let mut nodes = Vec::new();
    if said.insert(person.clone()) {
        nodes.push(json!({ "@id": urn(&person), "@type": ["prov:Agent", "prov:Person"], "rdfs:label": one.author }));
    }
    if said.insert(one.operation.clone()) {
        nodes.push(json!({
            "@id": urn(&one.operation),
            "@type": "prov:Activity",
            "prov:wasAssociatedWith": id(&person),
            "prov:endedAtTime": moment(one.at),
            "rdfs:label": one.word,
            "rdfs:comment": one.reason,
        }));
    }
    nodes
}
