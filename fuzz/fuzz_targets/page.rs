//! Any bytes as a page: every word of the reading has its bytes, those bytes decode to the word by another way, and lead back to it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_evidence::{Capture, MediaType};
use onrecord_fuzz::check;

fuzz_target!(|bytes: &[u8]| {
    let capture = Capture {
        bytes: bytes.to_vec(),
        media_type: MediaType::Html,
        address: None,
        fetched: None,
        location: "fuzz".to_owned(),
        delivery: None,
    };
    check(&capture);
});
