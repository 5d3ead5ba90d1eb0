//! What is shown of the sample stories comes from their words: change a sentence and the records change.

use onrecord::Pipeline;
use onrecord::annotate::Act;
use onrecord::evidence::{Capture, MediaType};
use onrecord::read::Known;
use onrecord::record::AttributionRecord;
use onrecord::samples::STORIES;

fn capture(bytes: Vec<u8>) -> Capture {
    Capture {
        bytes,
        media_type: MediaType::Html,
        address: None,
        fetched: None,
        location: "sample.html".to_owned(),
        delivery: None,
    }
}

fn records(pipeline: &Pipeline, bytes: Vec<u8>) -> Vec<AttributionRecord> {
    let (article, diagnostics) = pipeline.read(&capture(bytes), &Known::default());
    article.unwrap_or_else(|| panic!("{diagnostics:?}")).records
}

#[test]
fn a_changed_sentence_changes_the_records() {
    let pipeline = Pipeline::shipped().unwrap();
    let file = STORIES[0].files.iter().find(|file| file.name == "03-ustrek-standard-denial.html").unwrap();
    let page = String::from_utf8(file.bytes.to_vec()).unwrap();
    let denied = "denied that Ruben Haskar had spoken";
    assert!(page.contains(denied), "the sample has changed: choose another sentence");
    let act = |records: &[AttributionRecord]| {
        let record = records.iter().find(|record| AttributionRecord::joined(&record.content).contains("had spoken"));
        record.map(|record| record.act)
    };
    assert_eq!(act(&records(&pipeline, page.clone().into_bytes())), Some(Act::Deny));
    let confirmed = page.replace(denied, "confirmed that Ruben Haskar had spoken");
    assert_eq!(act(&records(&pipeline, confirmed.into_bytes())), Some(Act::Affirm));
}

#[test]
fn every_quote_of_the_stories_leads_back_to_its_bytes() {
    let pipeline = Pipeline::shipped().unwrap();
    let mut quotes = 0;
    for file in STORIES.iter().flat_map(|story| story.files).filter(|file| file.name.ends_with(".html")) {
        let capture = capture(file.bytes.to_vec());
        let (article, diagnostics) = pipeline.read(&capture, &Known::default());
        let article = article.unwrap();
        assert_eq!(diagnostics, [], "{}: a sample is read without complaint", file.name);
        let raw = onrecord::read::RawWords::new(&capture);
        for record in &article.records {
            for (quoted, range) in record.quotes().zip(record.raw_ranges(&article.article.reading)) {
                quoted.check(article.article.reading.text()).unwrap();
                let range = range.unwrap_or_else(|| panic!("{}: {:?} has no bytes", file.name, quoted.words()));
                let decoded = raw.words(range).unwrap();
                assert!(
                    onrecord::read::same_words(&decoded, quoted.words()),
                    "{}: {decoded:?} / {:?}",
                    file.name,
                    quoted.words()
                );
                quotes += 1;
            }
        }
    }
    assert!(quotes > 500, "only {quotes} quotes were checked");
}

#[test]
fn what_a_careful_reader_found_is_not_in_the_binary() {
    for file in STORIES.iter().flat_map(|story| story.files) {
        assert!(!file.name.contains("gold"), "{} is shipped", file.name);
        assert!(!String::from_utf8_lossy(file.bytes).contains("standing_at_end"), "{} holds gold", file.name);
    }
}
