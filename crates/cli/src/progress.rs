//! Progress of long work on standard error: a bar with rate and time left on a terminal, nothing in a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What a bar counts.
#[derive(Clone, Copy)]
pub enum Unit {
    /// Bytes of input.
    Bytes,
    /// Captures.
    Captures,
    /// Events across articles.
    Events,
    /// Claims and articles.
    Claims,
}

/// A bar over `total` units, or a counter where the total is not known.
pub fn bar(total: Option<u64>, unit: Unit, what: &str, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(8) };
    let bar = ProgressBar::with_draw_target(total, target);
    let form = match (unit, total) {
        (Unit::Bytes, Some(_)) => "{msg} {wide_bar} {bytes}/{total_bytes} · {bytes_per_sec} · {eta} left",
        (Unit::Bytes, None) => "{msg} {spinner} {bytes} · {bytes_per_sec} · {elapsed}",
        (Unit::Captures | Unit::Events | Unit::Claims, Some(_)) => {
            "{msg} {wide_bar} {human_pos}/{human_len} · {per_sec} · {eta} left"
        }
        (Unit::Captures | Unit::Events | Unit::Claims, None) => "{msg} {spinner} {human_pos} · {per_sec} · {elapsed}",
    };
    bar.set_style(ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
