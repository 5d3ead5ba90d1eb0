//! How long a ledger takes beside the reading, and how large it grows: 1,000 articles of 600 words with 15 attributions each, made
//! up from a list of words. Run it with `cargo bench -p onrecord-ledger`. Not a test: nothing fails on a slow machine.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark has a clock and prints")]
#![allow(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::time::{Duration, Instant};

use jiff::Timestamp;
use onrecord_annotate::{Act, ActFinding, AttributionSpans, Commitment, Layers, Manner};
use onrecord_evidence::{ArticleId, Capture, Digest, MediaType, OffsetMap, Reading, TextRange, Time, TimeSource};
use onrecord_ledger::{At, Derived, Intake, KeptReading, KeptRecord, Ledger, Metadata, Options, Pipeline, Query};

const ARTICLES: usize = 1_000;
const BATCH: usize = 32;
const WORDS: &[&str] = &[
    "harbour",
    "minister",
    "report",
    "the",
    "of",
    "a",
    "in",
    "to",
    "gates",
    "water",
    "official",
    "spokesman",
    "evening",
    "river",
    "called",
    "said",
    "region",
    "troops",
    "village",
    "dam",
    "council",
    "governor",
    "statement",
    "two",
    "people",
    "night",
    "that",
    "company",
    "workers",
    "strike",
    "talks",
    "border",
    "quarter",
    "market",
    "fuel",
    "price",
    "road",
    "bridge",
    "and",
    "with",
];

struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// Common words often, others seldom, some with a number of their own, as in prose.
    fn word(&mut self) -> String {
        let place = self.below(WORDS.len()).min(self.below(WORDS.len()));
        match self.below(8) {
            0 => format!("{}{}", WORDS[place], self.below(4_000)),
            _ => WORDS[place].to_owned(),
        }
    }
}

fn article(number: usize) -> Intake {
    let mut numbers = Numbers(number as u64 + 1);
    let mut text = String::new();
    let mut layers = Layers::default();
    for sentence in 0..30 {
        let start = text.len();
        let mut ends = Vec::new();
        for word in 0..20 {
            text.push_str(&numbers.word());
            ends.push(text.len());
            text.push_str(if word == 19 { ". " } else { " " });
        }
        let range = |from: usize, to: usize| TextRange::new(from as u32, to as u32);
        layers.sentences.push(range(start, text.len() - 1));
        if sentence % 2 == 0 {
            let cue = range(ends[2] + 1, ends[3]);
            layers.attributions.push(AttributionSpans {
                source: vec![range(start, ends[2])],
                cue: vec![cue],
                content: vec![range(ends[3] + 1, ends[19])],
                score: 0.75,
                act: ActFinding { act: Act::ALL[numbers.below(4)], rule: "default".to_owned(), evidence: vec![cue] },
                commitment: Commitment::Certain,
                hedges: vec![],
                manner: Manner::Indirect,
            });
        }
    }
    let address = format!("https://outlet{}.example/news/2031/03/{number}", number % 40);
    let published = Time::parse("2031-03-06T08:00:00Z", TimeSource::Supplier).unwrap();
    let record = serde_json::json!({ "url": address, "title": "Gates stay shut", "published": "2031-03-06T08:00:00Z", "text": text });
    let id = ArticleId::of_fields(&[address.as_bytes()]);
    let reading = Reading::new(text.clone(), OffsetMap::identity(20, text.len() as u32), vec![]).unwrap();
    let (records, _) = onrecord_record::records(id, &reading, &layers);
    let kept = |record: onrecord_record::AttributionRecord| {
        let raw = record.quotes().map(|quoted| reading.raw_range(quoted.range()).ok()).collect();
        KeptRecord { record, raw }
    };
    Intake {
        capture: Capture {
            bytes: record.to_string().into_bytes(),
            media_type: MediaType::JsonRecord,
            address: Some(address.clone()),
            fetched: None,
            location: format!("stream.jsonl:{number}"),
            delivery: None,
        },
        article: id,
        article_key: address.clone(),
        stated: None,
        derived: Derived {
            metadata: Metadata {
                address: Some(address),
                outlet: Some(format!("Outlet {}", number % 40)),
                title: Some("Gates stay shut".to_owned()),
                published: Some(published),
                ..Metadata::default()
            },
            reading: Some(KeptReading { records: records.into_iter().map(kept).collect(), text }),
            ..Derived::default()
        },
    }
}

fn timed<T>(what: &str, times: usize, mut job: impl FnMut() -> T) -> T {
    let start = Instant::now();
    let mut result = job();
    for _ in 1..times {
        result = job();
    }
    let each: Duration = start.elapsed() / times as u32;
    println!("{what}: {:.3} ms", each.as_secs_f64() * 1_000.0);
    result
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.ledger");
    let now: Timestamp = "2031-04-01T00:00:00Z".parse().unwrap();
    let pipeline = Digest::of_bytes(b"bench");
    let intakes: Vec<Intake> = (0..ARTICLES).map(article).collect();
    let mut ledger = Ledger::open(&path, &Options::default()).unwrap();
    ledger.activate_pipeline(pipeline, "bench", "bench", now).unwrap();
    let start = Instant::now();
    for batch in intakes.chunks(BATCH) {
        ledger.add(batch, "bench", now).unwrap();
    }
    println!("add, an article: {:.3} ms", start.elapsed().as_secs_f64() * 1_000.0 / ARTICLES as f64);
    let stats = ledger.stats(&At::default()).unwrap();
    println!(
        "size: {} bytes an article, of {} captured",
        stats.size / ARTICLES as u64,
        stats.captured_bytes / ARTICLES as u64
    );
    timed("add again, 1,000 articles", 1, || ledger.add(&intakes, "bench", now).unwrap());
    let at = At::default();
    let query = |words: &str| Query { words: words.to_owned(), limit: Some(20), ..Query::default() };
    timed("search for a common word, 20 hits", 20, || ledger.search(&query("harbour minister"), &at).unwrap());
    timed("search for a rare word, 20 hits", 20, || ledger.search(&query("harbour77"), &at).unwrap());
    timed("articles", 5, || ledger.articles(&at).unwrap());
    let revision = ledger.articles(&at).unwrap().found[7].revisions[0].id;
    timed("revision by its id", 20, || ledger.revision(&revision, &at).unwrap());
    timed("contested", 3, || ledger.contested(&at).unwrap());
    timed("stats", 5, || ledger.stats(&at).unwrap());
    timed("verify without raw ranges", 1, || ledger.verify(|_, _| Vec::new()).unwrap());
    let derive = |captures: &[onrecord_ledger::KeptCapture]| {
        let number = |kept: &onrecord_ledger::KeptCapture| {
            kept.capture.location.rsplit(':').next().unwrap().parse::<usize>().unwrap()
        };
        captures.iter().map(|kept| intakes[number(kept)].derived.clone()).collect()
    };
    let description = "bench";
    timed("rebuild", 1, || {
        ledger.rebuild(Pipeline { digest: pipeline, description }, "bench", now, derive, |_| ()).unwrap()
    });
    let target = onrecord_ledger::Target::Article(intakes[3].article);
    timed("withhold", 1, || ledger.withhold(target, "order", "court", "bench", now).unwrap());
}
