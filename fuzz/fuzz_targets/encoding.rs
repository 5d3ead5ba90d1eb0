//! Any bytes in any encoding that a server may name, as text, as a page and as a record: the same as for pages holds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_evidence::{Capture, Delivery, MediaType};
use onrecord_fuzz::check;

const LABELS: [&str; 12] = [
    "utf-8", "windows-1252", "iso-8859-2", "windows-1251", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr", "utf-16le", "utf-16be",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let mut delivery = Delivery::default();
    let label = LABELS[usize::from(*choice) % LABELS.len()];
    delivery.keep_header("content-type", &format!("text/html; charset={label}"));
    for media_type in [MediaType::Text, MediaType::Html, MediaType::JsonRecord] {
        let capture = Capture {
            bytes: bytes.to_vec(),
            media_type,
            address: None,
            fetched: None,
            location: "fuzz".to_owned(),
            delivery: Some(Box::new(delivery.clone())),
        };
        check(&capture);
    }
});
