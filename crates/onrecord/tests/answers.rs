//! Which claim a short answer is of: invented articles from text to claims, one case for each rule by which what has few words of its own is put to
//! what it answers. What holds for whole stories is in `stories.rs`.

#![allow(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use onrecord::evidence::{Capture, MediaType, RevisionId, Time, TimeSource};
use onrecord::link::Report;
use onrecord::link::assemble::assemble;
use onrecord::read::Known;
use onrecord::{Linking, Pipeline};

fn report(pipeline: &Pipeline, words: &str) -> Report {
    let published = Time::parse("2033-05-04T12:00:00Z", TimeSource::Meta).unwrap();
    let known =
        Known { outlet: Some("Ostwick Echo".to_owned()), published: Some(published.clone()), ..Known::default() };
    let bytes = words.as_bytes().to_vec();
    let location = "echo.txt".to_owned();
    let capture =
        Capture { bytes, media_type: MediaType::Text, address: None, fetched: None, location, delivery: None };
    let (read, diagnostics) = pipeline.read(&capture, &known);
    let read = read.unwrap_or_else(|| panic!("{words}: {diagnostics:?}"));
    let text = read.article.reading.text().to_owned();
    Report {
        article: read.id,
        revision: RevisionId::of_fields(&[text.as_bytes()]),
        outlet: Some("Ostwick Echo".to_owned()),
        domain: None,
        published: Some(published.clone()),
        observed: published,
        title: None,
        blocks: read.article.reading.blocks().to_vec(),
        text,
        records: read.records,
    }
}

#[test]
fn answers_are_put_to_what_they_answer() {
    let pipeline = Pipeline::shipped().unwrap();
    let linking = Linking::shipped(&pipeline).unwrap();
    let mut wrong = Vec::new();
    let mut check = |text: &str, answer: &str, claim: &str| {
        let report = report(&pipeline, text);
        let linked = assemble(std::slice::from_ref(&report), linking.tools());
        let of = |words: &str| {
            let has = |claim: &&onrecord::link::assemble::LinkedClaim| {
                claim.statements.iter().any(|one| one.statement.words(&report.text).contains(words))
            };
            linked.claims.iter().find(has)
        };
        let found = of(answer).map(|claim| claim.canonical.text.as_str());
        if found.is_none() || of(answer).map(|one| one.id) != of(claim).map(|one| one.id) {
            let all: Vec<Vec<String>> = linked
                .claims
                .iter()
                .map(|claim| {
                    let words = |one: &onrecord::link::assemble::LinkedStatement| {
                        format!("{:?} {}", one.statement.act, one.statement.words(&report.text))
                    };
                    claim.statements.iter().map(words).collect()
                })
                .collect();
            wrong.push(format!("{answer}: expected in {claim}, found in {found:?} of {all:#?}"));
        }
    };
    // By the few words that it has.
    check(
        "Brandt Lines was warned on Monday that the lock gate at Ostwick was cracked, an engineer told the Echo.\n\n\
         Grain barges have used the river for a century, the harbour master said.\n\n\
         The company denied receiving a warning.",
        "receiving a warning",
        "was warned on Monday",
    );
    check(
        "Mayor Tilda Renn telephoned the builder Oskar Vane on Sunday, two clerks said.\n\n\
         The new bridge at Ostwick will cost 4 million crowns, the council said.\n\n\
         Vane denied that there had been a call.",
        "there had been a call",
        "telephoned the builder",
    );
    // What cannot be confirmed is what was told just before.
    check(
        "The Coast army shot down nine Inland drones over Ostwick on Monday, its general said.\n\n\
         Nine Inland drones were shot down over Ostwick, the mayor said.\n\n\
         The Echo could not confirm the claim.",
        "the claim",
        "shot down nine Inland drones",
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
