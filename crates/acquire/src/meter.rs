//! How far taking is, for a bar and a summary: bytes that were read, records and files that were passed over. Not a clock.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What was taken from the inputs so far; may be asked from any thread.
#[derive(Debug, Default)]
pub struct Meter {
    bytes: AtomicU64,
    skipped: Mutex<BTreeMap<String, u64>>,
}

impl Meter {
    /// Bytes read from the inputs, as they lie in their files: packed where they are packed.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// What was passed over, by reason in kebab case: `request`, `not-html`, `status-404`, `hidden-file`, ...
    pub fn skipped(&self) -> BTreeMap<String, u64> {
        self.skipped.lock().map(|skipped| skipped.clone()).unwrap_or_default()
    }

    pub(crate) fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn skip(&self, reason: &str, count: u64) {
        if let (Ok(mut skipped), true) = (self.skipped.lock(), count > 0) {
            *skipped.entry(reason.to_owned()).or_default() += count;
        }
    }
}
