//! How long a search takes that finds 10,000 attributions of one long article: 200,000 words, made up. Run it with
//! `cargo bench -p onrecord-ledger --bench search`. Not a test: nothing fails on a slow machine.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark has a clock and prints")]
#![allow(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::time::Instant;

use jiff::Timestamp;
use onrecord_annotate::{Act, ActFinding, AttributionSpans, Commitment, Layers, Manner};
use onrecord_evidence::{ArticleId, Capture, Digest, MediaType, OffsetMap, Reading, TextRange};
use onrecord_ledger::{At, Derived, Intake, KeptReading, KeptRecord, Ledger, Metadata, Query};

const HITS: usize = 10_000;

/// 20 words a sentence, one attribution in each.
fn article() -> Intake {
    let mut text = String::new();
    let mut layers = Layers::default();
    for sentence in 0..HITS {
        let start = text.len() as u32;
        let mut piece = |words: &str| {
            let from = text.len() as u32;
            text.push_str(words);
            TextRange::new(from, text.len() as u32)
        };
        let source = piece("The harbour master");
        piece(" ");
        let cue = piece("said");
        piece(" ");
        let content =
            piece(&format!("that gate number {sentence} was shut in the night and that no water ran past it"));
        piece(". ");
        layers.sentences.push(TextRange::new(start, content.end + 1));
        layers.attributions.push(AttributionSpans {
            source: vec![source],
            cue: vec![cue],
            content: vec![content],
            score: 0.75,
            act: ActFinding { act: Act::Affirm, rule: "default".to_owned(), evidence: vec![cue] },
            commitment: Commitment::Certain,
            hedges: vec![],
            manner: Manner::Indirect,
        });
    }
    let id = ArticleId::of_fields(&[b"gates"]);
    let reading = Reading::new(text.clone(), OffsetMap::identity(0, text.len() as u32), vec![]).unwrap();
    let (records, _) = onrecord_record::records(id, &reading, &layers);
    let kept = |record: onrecord_record::AttributionRecord| KeptRecord { raw: record.raw_ranges(&reading), record };
    let records = records.into_iter().map(kept).collect();
    Intake {
        capture: Capture {
            bytes: text.clone().into_bytes(),
            media_type: MediaType::Text,
            address: None,
            fetched: None,
            location: "gates.txt".to_owned(),
            delivery: None,
        },
        article: id,
        article_key: "gates".to_owned(),
        stated: None,
        derived: Derived {
            metadata: Metadata::default(),
            reading: Some(KeptReading { records, text }),
            ..Derived::default()
        },
    }
}

fn main() {
    let now: Timestamp = "2031-04-01T00:00:00Z".parse().unwrap();
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.activate_pipeline(Digest::of_bytes(b"bench"), "bench", "bench", now).unwrap();
    ledger.add(&[article()], "bench", now).unwrap();
    let query = Query { words: "harbour".to_owned(), ..Query::default() };
    let started = Instant::now();
    let found = ledger.search(&query, &At::default()).unwrap().found;
    println!("search, {} hits in one article: {:.1} ms", found.len(), started.elapsed().as_secs_f64() * 1_000.0);
    assert!(found.iter().all(|kept| kept.raw.iter().all(Option::is_some)));
}
