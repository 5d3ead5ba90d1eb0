//! Other processes: what a command uses of time and memory, the release binary. Not this process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

use crate::measure::cpu;

/// What a process used.
pub struct Used {
    /// CPU-seconds, of the user and of the system for him.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
    /// MiB of memory; the largest of all processes so far.
    pub peak_mb: f64,
}

/// The release binary, if it was built.
pub fn binary() -> Option<PathBuf> {
    let binary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/onrecord");
    if !binary.exists() {
        println!("build the binary first: cargo build --release");
        return None;
    }
    Some(binary)
}

/// Runs a command and says what it used; its output is dropped.
///
/// # Errors
/// Where it cannot be run, or fails with another code than 1 (nothing found).
pub fn used(command: &mut Command) -> anyhow::Result<Used> {
    let before = cpu(UsageWho::RUSAGE_CHILDREN)?;
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    anyhow::ensure!(status.success() || status.code() == Some(1), "{command:?} failed: {status}");
    let wall = started.elapsed().as_secs_f64();
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    Ok(Used { cpu: cpu(UsageWho::RUSAGE_CHILDREN)? - before, wall, peak_mb: peak as f64 / 1024.0 })
}
