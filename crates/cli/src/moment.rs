//! Times and words that a person typed, turned into what the library takes. Not a reader of prose dates.

use anyhow::Context as _;

use onrecord::evidence::{Time, TimeSource};
use onrecord::ledger::At;
use onrecord::read::Known;

use crate::args::{Moment, Told};

/// The time behind an option.
///
/// # Errors
/// Names the option and the forms that are understood.
pub fn time(option: &str, text: &str) -> anyhow::Result<Time> {
    Time::parse(text, TimeSource::User).with_context(|| format!("--{option} is no time"))
}

fn optional(option: &str, text: Option<&str>) -> anyhow::Result<Option<Time>> {
    text.map(|text| time(option, text)).transpose()
}

/// The moment that a read is about.
pub fn at(moment: &Moment) -> anyhow::Result<At> {
    Ok(At {
        as_of: optional("as-of", moment.as_of.as_deref())?,
        known_at: optional("known-at", moment.known_at.as_deref())?,
    })
}

/// What the user says about the inputs.
pub fn known(told: &Told) -> anyhow::Result<Known> {
    Ok(Known {
        address: told.url.clone(),
        outlet: told.outlet.clone(),
        published: optional("published", told.published.as_deref())?,
        ..Known::default()
    })
}
