//! Keys by which statements that may be one claim are found: pairs of telling stems, and the side of planes on which a vector lies. A key in common
//! decides nothing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::proposition::{Proposition, Stem};

/// One key of a statement. Two statements with a key in common are candidates for one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimKey(pub u64);

/// Telling stems of a statement of which each pair is a key.
const PAIRED: usize = 6;
/// Groups of planes; in each a vector has one key.
const BANDS: u64 = 4;
/// Planes of a group.
const PLANES: u64 = 9;

impl ClaimKey {
    /// The keys of a proposition with their weights in hundredths, by key, each once: at most 15 pairs of stems and 4 of its vector.
    pub fn of(proposition: &Proposition) -> Vec<(Self, u32)> {
        let mut stems: Vec<&Stem> = proposition.stems.iter().collect();
        stems.sort_by(|a, b| (b.weight, &a.text).cmp(&(a.weight, &b.text)));
        stems.truncate(PAIRED);
        stems.sort_by(|a, b| a.text.cmp(&b.text));
        let mut keys = BTreeSet::new();
        for (index, first) in stems.iter().enumerate() {
            for second in &stems[index + 1..] {
                let key = hashed(first.text.bytes().chain([0]).chain(second.text.bytes()));
                keys.insert((Self(key), u32::from(first.weight) + u32::from(second.weight)));
            }
        }
        if let Some(vector) = &proposition.vector {
            keys.extend((0..BANDS).map(|band| (Self(bucket(&vector.to_bytes(), band)), BUCKET_WEIGHT)));
        }
        keys.into_iter().collect()
    }
}

/// What a shared bucket weighs: less than two rare stems.
const BUCKET_WEIGHT: u32 = 600;

/// FNV-1a, 64 bits: fixed for ever, unlike the standard library's hasher.
fn hashed(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// On which sides of the planes of a band the vector lies; the planes' signs are a fixed mixing of their numbers (SplitMix64).
fn bucket(vector: &[u8], band: u64) -> u64 {
    let mut sides = 0_u64;
    for plane in 0..PLANES {
        let mut sum = 0_i32;
        for (block, values) in (0_u64..).zip(vector.chunks(64)) {
            let signs = mixed(((band * PLANES + plane) << 8) | block);
            for (bit, value) in values.iter().enumerate() {
                let value = i32::from(*value as i8);
                sum += if signs >> bit & 1 == 1 { value } else { -value };
            }
        }
        sides = sides << 1 | u64::from(sum >= 0);
    }
    hashed([b'v', band as u8, (sides >> 8) as u8, sides as u8].into_iter())
}

const fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
