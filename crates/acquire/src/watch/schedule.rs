//! When what is due: arithmetic only. Not a clock.

use std::time::Duration;

/// First wait after a failure.
const FIRST: Duration = Duration::from_secs(60);

/// Longest wait after failures of a feed.
pub(super) const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// After so many failures in a row an article is given up: the waits before add up to some 6 hours.
pub(super) const GIVE_UP: u32 = 8;

/// The wait after `failures` failures in a row of `address`: one minute, doubled each time up to a day, and of that between half and all, spread by
/// `seed` so that hosts that failed together are not asked together. The same arguments give the same wait.
pub(super) fn back_off(seed: u64, address: &str, failures: u32) -> Duration {
    let whole = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(LONGEST);
    let mut bits = seed ^ (u64::from(failures) << 32);
    for byte in address.bytes() {
        bits = mixed(bits ^ u64::from(byte));
    }
    // 53 bits make a number between 0 and 1.
    let share = (mixed(bits) >> 11) as f64 / (1_u64 << 53) as f64;
    whole.mul_f64(0.5 + share / 2.0)
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(state: u64) -> u64 {
    let mut bits = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// The stage of an article that was fetched just now, and when it is due again, in seconds of the same clock as `first`, when it was first taken.
///
/// Stages that passed while nobody watched are made up for by one fetch.
pub(super) fn next_stage(first: i64, now: i64, again: &[Duration]) -> Option<i64> {
    // A clock that was set back must not make an article due at once over and over.
    let now = now.max(first);
    let due = |wait: &Duration| first.saturating_add(i64::try_from(wait.as_secs()).unwrap_or(i64::MAX));
    again.iter().map(due).find(|due| *due > now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_are_spread() {
        let mut spread = std::collections::BTreeSet::new();
        for failures in 1..40 {
            let whole = (60_u64 << (failures - 1).min(20)).min(86_400) as f64;
            for seed in 0..20 {
                let wait = back_off(seed, "https://post.example/feed", failures).as_secs_f64();
                assert!((whole * 0.5..=whole).contains(&wait), "{failures} {seed}: {wait}");
                assert_eq!(back_off(seed, "https://post.example/feed", failures).as_secs_f64(), wait);
                spread.insert((wait * 1000.0) as u64);
            }
        }
        assert!(spread.len() > 700, "{}", spread.len());
    }

    #[test]
    fn articles_come_due_at_growing_intervals() {
        let again = [3600, 21_600, 86_400, 604_800].map(Duration::from_secs);
        let check = |now: i64, expect: Option<i64>| {
            assert_eq!(next_stage(1000, 1000 + now, &again).map(|due| due - 1000), expect, "{now}")
        };
        check(0, Some(3600));
        check(3600, Some(21_600));
        check(3700, Some(21_600));
        // Nobody watched for two days.
        check(2 * 86_400, Some(604_800));
        check(604_800, None);
        // The clock went back.
        check(-500, Some(3600));
        assert_eq!(next_stage(0, 5, &[]), None);
    }
}
