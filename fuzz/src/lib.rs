//! What must hold for the reading of any capture. Not a target: those stand in `fuzz_targets`.

use onrecord_evidence::{Capture, RawRange, Reading, TextRange};
use onrecord_read::{Known, Limits, RawWords, read};

/// Reads a capture, and follows each word to its bytes and back, and bytes to their words and back.
///
/// # Panics
/// Where a word has no bytes, other bytes, or bytes that do not lead back to it; and where bytes became words that do not lead back to them.
pub fn check(capture: &Capture) {
    let (article, diagnostics) = read(capture, &Known::default(), &Limits::default());
    let Some(article) = article else {
        assert!(!diagnostics.is_empty(), "no article, and no word why");
        return;
    };
    words_lead_back(&article.reading, capture);
    bytes_lead_back(&article.reading, capture.bytes.len() as u32);
}

fn words_lead_back(reading: &Reading, capture: &Capture) {
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
    for block in reading.blocks() {
        let raw = reading.raw_range(block.range).expect("a block has its bytes");
        assert_eq!(reading.text_range(raw), Ok(block.range), "the bytes of a block lead back");
    }
}

/// Any range of bytes that became words is the range of just those words: whole runs, and windows of growing widths over all of the capture.
fn bytes_lead_back(reading: &Reading, len: u32) {
    let check = |raw: RawRange| {
        if let Ok(text) = reading.text_range(raw) {
            assert_eq!(reading.raw_range(text), Ok(raw), "the words of {raw:?} lead back to it");
        }
    };
    for run in reading.map().runs().iter().filter(|run| !run.raw.is_empty()) {
        assert_eq!(reading.text_range(run.raw), Ok(run.text), "the bytes of a run lead to its words");
        check(run.raw);
    }
    for width in [1, 2, 3, 5, 8, 13, 34, 89, 233] {
        for start in (0..len.saturating_sub(width)).step_by(1 + width as usize / 4) {
            check(RawRange::new(start, start + width));
        }
    }
}
