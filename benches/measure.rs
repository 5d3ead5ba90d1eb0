//! CPU time of this process, and plain texts to work on. Not other processes.

use nix::sys::resource::{UsageWho, getrusage};
use onrecord::evidence::{Capture, MediaType};

/// CPU-seconds of this process in `work`, and what it gave.
///
/// # Errors
/// Where the system does not tell what was used.
pub fn timed<T>(work: impl FnOnce() -> T) -> anyhow::Result<(f64, T)> {
    let before = cpu(UsageWho::RUSAGE_SELF)?;
    let given = work();
    Ok((cpu(UsageWho::RUSAGE_SELF)? - before, given))
}

/// CPU-seconds so far, of the user and of the system for him.
///
/// # Errors
/// Where the system does not tell what was used.
pub fn cpu(who: UsageWho) -> anyhow::Result<f64> {
    let used = getrusage(who)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(used.user_time()) + seconds(used.system_time()))
}

/// A plain text as it comes from a file.
pub fn capture(text: &str) -> Capture {
    Capture {
        bytes: text.as_bytes().to_vec(),
        media_type: MediaType::Text,
        address: None,
        fetched: None,
        location: "text".to_owned(),
        delivery: None,
    }
}

/// Words, as white space parts them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
