//! What the network said of windows that it has read, so that a copy of a text costs little. Not kept on disk, and never the
//! reason for an answer: a window that was forgotten is read again, and comes out the same.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use onrecord_evidence::Digest;

use super::reading::WindowReading;

/// Bytes that the readings of windows may take, about: those of two million words of news.
const LIMIT: usize = 32 << 20;
/// Parts with a lock of their own.
const SHARDS: usize = 16;
/// What an entry takes beside its reading: key, pointer, counts, room in the table.
const ENTRY: usize = 128;

/// How often the windows of texts were known from before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheUse {
    /// Windows whose reading was there.
    pub hits: u64,
    /// Windows that the network read.
    pub misses: u64,
}

/// Readings by the digest of all that they depend on. Shared by threads; two that miss the same window at the same time both
/// read it, and get the same.
#[derive(Debug)]
pub(super) struct WindowCache {
    shards: [Mutex<Shard>; SHARDS],
    /// Bytes of one generation of one shard.
    limit: usize,
    hits: AtomicU64,
    misses: AtomicU64,
}

type Generation = HashMap<Digest, Arc<WindowReading>, BuildHasherDefault<DefaultHasher>>;

/// Two generations: what was not asked for while the young one filled up is forgotten.
#[derive(Debug, Default)]
struct Shard {
    young: Generation,
    old: Generation,
    /// Bytes of the young generation.
    bytes: usize,
}

impl Default for WindowCache {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl WindowCache {
    /// A cache of about so many bytes; with 0, one that keeps nothing.
    pub(super) fn with_limit(bytes: usize) -> Self {
        Self {
            shards: Default::default(),
            limit: bytes / SHARDS / 2,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// The reading under `key`; `read` makes it where it is not there.
    pub(super) fn get_or(&self, key: Digest, read: impl FnOnce() -> WindowReading) -> Arc<WindowReading> {
        if let Some(known) = self.shard(&key).get(&key, self.limit) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return known;
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let reading = Arc::new(read());
        self.shard(&key).put(key, Arc::clone(&reading), self.limit);
        reading
    }

    pub(super) fn uses(&self) -> CacheUse {
        CacheUse { hits: self.hits.load(Ordering::Relaxed), misses: self.misses.load(Ordering::Relaxed) }
    }

    fn shard(&self, key: &Digest) -> std::sync::MutexGuard<'_, Shard> {
        let number = usize::from(key.as_bytes()[0]) % SHARDS;
        // Whoever panicked with the lock left at worst an entry less.
        self.shards[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shard {
    fn get(&mut self, key: &Digest, limit: usize) -> Option<Arc<WindowReading>> {
        if let Some(known) = self.young.get(key) {
            return Some(Arc::clone(known));
        }
        let known = self.old.remove(key)?;
        self.put(*key, Arc::clone(&known), limit);
        Some(known)
    }

    fn put(&mut self, key: Digest, reading: Arc<WindowReading>, limit: usize) {
        let bytes = reading.bytes() + ENTRY;
        if self.bytes + bytes > limit {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        if bytes <= limit && self.young.insert(key, reading).is_none() {
            self.bytes += bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u32) -> Digest {
        Digest::of_bytes(&number.to_le_bytes())
    }

    #[test]
    fn what_is_asked_for_again_stays_and_the_rest_goes() {
        let cache = WindowCache::with_limit(SHARDS * 2 * ENTRY * 8);
        let read = |number| cache.get_or(key(number), WindowReading::default);
        for number in 0..10_000 {
            read(0);
            read(number);
        }
        let CacheUse { hits, misses } = cache.uses();
        assert_eq!((hits, misses), (10_000, 10_000));
        let kept = |shard: &Mutex<Shard>| shard.lock().map(|shard| shard.young.len() + shard.old.len()).unwrap();
        assert!(cache.shards.iter().map(kept).sum::<usize>() <= SHARDS * 16);
    }

    #[test]
    fn a_cache_without_room_keeps_nothing() {
        let cache = WindowCache::with_limit(0);
        for _ in 0..3 {
            cache.get_or(key(7), WindowReading::default);
        }
        assert_eq!(cache.uses(), CacheUse { hits: 0, misses: 3 });
    }
}
