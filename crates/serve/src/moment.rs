//! Times as a reader states them in an address, and as pages show them. Not a reader of prose dates.

use jiff::Timestamp;
use onrecord::evidence::{Granularity, Time, TimeSource};
use onrecord::wire::claim::terms;

use crate::params::Params;
use crate::reply::Problem;

/// The time of a parameter.
///
/// # Errors
/// Where it states none.
pub fn read(params: &Params, name: &str) -> Result<Option<Time>, Problem> {
    let stated = params.get(name).map(|text| Time::parse(text, TimeSource::User));
    stated.transpose().map_err(|error| Problem::Bad(format!("{name}: {error}")))
}

/// A day as a newspaper writes it: "6 March 2031".
pub fn day(time: &Time) -> String {
    terms::day(time)
}

/// A day with the clock where it is known: "6 March 2031, 09:30".
pub fn exact(time: &Time) -> String {
    if time.granularity() < Granularity::Minute {
        return day(time);
    }
    let zone = if time.zone() == onrecord::evidence::Zone::Known { " UTC" } else { ", zone not stated" };
    format!("{}{zone}", time.earliest().strftime("%-d %B %Y, %H:%M"))
}

/// A moment: "6 March 2031, 09:30 UTC".
pub fn moment(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// The day of a moment: "6 March 2031".
pub fn moment_day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

/// The same for machines.
pub fn machine(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Two days as one span: "6 to 12 March 2031".
pub fn span(from: Option<Timestamp>, to: Option<Timestamp>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => {
            let (first, last) = (from.strftime("%-d %B %Y").to_string(), to.strftime("%-d %B %Y").to_string());
            if first == last {
                return first;
            }
            let shared = |form: &str| from.strftime(form).to_string() == to.strftime(form).to_string();
            let first = match (shared("%Y %m"), shared("%Y")) {
                (true, _) => from.strftime("%-d").to_string(),
                (false, true) => from.strftime("%-d %B").to_string(),
                _ => first,
            };
            format!("{first} to {last}")
        }
        (Some(at), None) | (None, Some(at)) => moment_day(at),
        (None, None) => "undated".to_owned(),
    }
}
