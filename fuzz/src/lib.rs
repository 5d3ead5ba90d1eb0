//! What must hold for the reading of any capture. Not a target: those stand in `fuzz_targets`.

use onrecord_evidence::{Capture, TextRange};
use onrecord_read::{Known, Limits, RawWords, read};

/// Reads a capture, and follows each word to its bytes and back.
///
/// # Panics
/// Where a word has no bytes, other bytes, or bytes that do not lead back to it.
pub fn check(capture: &Capture) {
    let (article, diagnostics) = read(capture, &Known::default(), &Limits::default());
    let Some(article) = article else {
        assert!(!diagnostics.is_empty(), "no article, and no word why");
        return;
    };
    let reading = &article.reading;
    let words = RawWords::new(capture);
    let mut at = 0;
    for word in reading.text().split_inclusive(char::is_whitespace) {
        let range = TextRange::new(at, at + word.len() as u32);
        at = range.end;
        let Some(range) = range.trimmed(reading.text()) else { continue };
        if let Err(error) = words.check(reading, range) {
            panic!("{error}");
        }
        let raw = reading.raw_range(range).expect("it was just found");
        assert!(raw.slice(&capture.bytes).is_some_and(|bytes| !bytes.is_empty()));
        let back = reading.text_range(raw).expect("the bytes of a word lead back");
        assert_eq!(back, range, "{:?}", reading.slice(range));
    }
}
