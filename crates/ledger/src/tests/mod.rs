//! Tests of whole ledgers. Their captures are plain pages with a head (`Title: `, `Outlet: `, `Date: `), read by a toy pipeline.

mod adding;
mod backing_up;
mod damaged;
#[cfg(target_os = "linux")]
mod failing;
mod faults;
mod kill;
mod linking;
mod migrating;
mod rebuilding;
mod searching;
mod times;
mod verifying;
mod withholding;

use jiff::Timestamp;

use onrecord_annotate::{Act, ActFinding, AttributionSpans, Commitment, Layers, Manner};
use onrecord_evidence::{
    ArticleId, Capture, Digest, MediaType, OffsetMap, RawRange, Reading, TextRange, Time, TimeSource,
};

use crate::{At, Derived, Intake, KeptCapture, KeptReading, KeptRecord, Ledger, Metadata, Outcome};

/// A page: address, time of fetching, bytes.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub address: &'static str,
    pub fetched: Option<&'static str>,
    pub bytes: &'static str,
}

pub(super) const FIRST: Page = Page {
    address: "https://post.example/call",
    fetched: Some("2031-03-06T09:00Z"),
    bytes: "Title: Leaders spoke\nOutlet: Morning Post\nDate: 2031-03-06T08:00Z\n\n\
            Two officials said that the governor called the harbour master. The governor denied that a call took place.",
};
pub(super) const CHANGED: Page = Page {
    address: "https://post.example/call",
    fetched: Some("2031-03-07T09:00Z"),
    bytes: "Title: Leaders may have spoken\nOutlet: Morning Post\nDate: 2031-03-06T08:00Z\n\n\
            Two officials said that the governor called somebody. The governor declined to say whom she had called.",
};
pub(super) const BACK: Page = Page { fetched: Some("2031-03-08T09:00Z"), ..FIRST };
pub(super) const GATES: Page = Page {
    address: "https://courier.example/gates",
    fetched: None,
    bytes: "Title: Gates stay shut\nOutlet: Courier\nDate: 2031-03-07\n\n\
            The harbour master said that the gates were shut. Kolisnyk denied that she had ordered it.",
};
pub(super) const UNDATED: Page = Page {
    address: "https://gazette.example/undated",
    fetched: Some("2031-03-07T10:00Z"),
    bytes: "Title: Undated\nOutlet: Gazette\n\nThe mayor denied that the dam leaked.",
};
pub(super) const PAGES: [Page; 5] = [FIRST, CHANGED, BACK, GATES, UNDATED];

pub(super) fn time(text: &str) -> Time {
    Time::parse(text, TimeSource::User).unwrap()
}

pub(super) fn now(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn at(as_of: Option<&str>, known_at: Option<&str>) -> At {
    At { as_of: as_of.map(time), known_at: known_at.map(time) }
}

pub(super) fn pipeline() -> Digest {
    Digest::of_bytes(b"toy pipeline")
}

pub(super) fn article(address: &str) -> ArticleId {
    ArticleId::of_fields(&[address.as_bytes()])
}

pub(super) fn capture(page: &Page) -> Capture {
    Capture {
        bytes: page.bytes.as_bytes().to_vec(),
        media_type: MediaType::Text,
        address: Some(page.address.to_owned()),
        fetched: page.fetched.map(|text| Time::parse(text, TimeSource::Supplier).unwrap()),
        location: "wire/page.txt".to_owned(),
        delivery: None,
    }
}

pub(super) fn intake(page: &Page) -> Intake {
    stated(page, None)
}

pub(super) fn stated(page: &Page, stated: Option<serde_json::Value>) -> Intake {
    let capture = capture(page);
    let article = article(page.address);
    let derived = read(&capture, stated.as_ref(), article);
    Intake { capture, article, article_key: page.address.to_owned(), stated, derived }
}

/// A new ledger with a pipeline.
pub(super) fn ledger() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.activate_pipeline(pipeline(), "toy 1", "test", now("2031-03-01T00:00:00Z")).unwrap();
    ledger
}

pub(super) fn add(ledger: &mut Ledger, pages: &[Page], when: &str) -> Vec<Outcome> {
    let intakes: Vec<Intake> = pages.iter().map(intake).collect();
    ledger.add(&intakes, "test", now(when)).unwrap().into_iter().map(|(_, outcome)| outcome).collect()
}

/// A ledger with all pages, one day after the other.
pub(super) fn full() -> Ledger {
    let mut ledger = ledger();
    add(&mut ledger, &PAGES, "2031-03-10T00:00:00Z");
    ledger
}

pub(super) fn reread(captures: &[KeptCapture]) -> Vec<Derived> {
    captures.iter().map(|kept| read(&kept.capture, kept.stated.as_ref(), kept.article)).collect()
}

pub(super) fn decoded(capture: &Capture, ranges: &[RawRange]) -> Vec<Option<String>> {
    let words = |range: &RawRange| range.slice(&capture.bytes).and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    ranges.iter().map(words).collect()
}

/// The toy pipeline: one attribution for each sentence with one of three cues.
pub(super) fn read(capture: &Capture, stated: Option<&serde_json::Value>, article: ArticleId) -> Derived {
    let bytes = String::from_utf8(capture.bytes.clone()).unwrap();
    let (head, text) = bytes.split_once("\n\n").unwrap_or(("", &bytes));
    let field = |name: &str| {
        let given = stated.and_then(|stated| stated.get(name.to_lowercase())).and_then(|value| value.as_str());
        let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        given.or(line).map(str::to_owned)
    };
    let metadata = Metadata {
        address: capture.address.clone(),
        outlet: field("Outlet"),
        title: field("Title"),
        published: field("Date").map(|text| Time::parse(&text, TimeSource::Meta).unwrap()),
        ..Metadata::default()
    };
    let start = (bytes.len() - text.len()) as u32;
    let reading = Reading::new(text.to_owned(), OffsetMap::identity(start, text.len() as u32), vec![]).unwrap();
    let (records, refused) = onrecord_record::records(article, &reading, &layers(text));
    assert_eq!(refused, []);
    let kept = |record: onrecord_record::AttributionRecord| {
        let raw = record.quotes().map(|quoted| reading.raw_range(quoted.range()).ok()).collect();
        KeptRecord { record, raw }
    };
    let records = records.into_iter().map(kept).collect();
    Derived { metadata, reading: Some(KeptReading { text: text.to_owned(), records }), ..Derived::default() }
}

fn layers(text: &str) -> Layers {
    let mut layers = Layers::default();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        let range = |from: usize, to: usize| TextRange::new((start + from) as u32, (start + to) as u32);
        let words = sentence.trim_end().trim_end_matches('.');
        layers.sentences.push(range(0, sentence.trim_end().len()));
        let cues = [(" said that ", Act::Affirm), (" denied that ", Act::Deny), (" declined to ", Act::Decline)];
        for (cue, act) in cues {
            let Some(place) = words.find(cue) else { continue };
            let cue_range = range(place + 1, place + cue.len() - 1);
            layers.attributions.push(AttributionSpans {
                source: vec![range(0, place)],
                cue: vec![cue_range],
                content: vec![range(place + cue.len(), words.len())],
                score: 0.5,
                act: ActFinding { act, rule: "toy".to_owned(), evidence: vec![cue_range] },
                commitment: Commitment::Certain,
                hedges: vec![],
                manner: Manner::Indirect,
            });
        }
        start += sentence.len();
    }
    layers
}
