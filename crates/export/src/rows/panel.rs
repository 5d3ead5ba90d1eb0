//! A panel for researchers: party by claim by day. Not a position at every day: a stance holds until the party's next row.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use onrecord_wire::claim::HeldLine;

use crate::Result;
use crate::claim::Claim;
use crate::rows::positions::states;
use crate::table::{Cell, columns};
use crate::words::word;

columns! {
    /// What a party says of a claim on a day.
    pub struct PanelRow {
        /// Who; a private person by initials.
        party: String,
        /// `named`, `unnamed` or `outlet`.
        party_kind: &'static str,
        /// Its side in the conflict.
        side: Option<String>,
        /// The day by which it was said, in UTC, as YYYY-MM-DD; empty where nobody says when.
        day: Option<String>,
        /// The acts of that day.
        acts: Vec<String>,
        /// What these do to its position: affirms, denies, takes-back, open.
        stances: Vec<String>,
        /// How surely.
        commitments: Vec<String>,
        /// Whether one of these is what stands of the party now.
        is_current: bool,
        /// Utterances of that day.
        utterances: usize,
        /// Reports of these.
        reports: usize,
        /// How the claim stood at the end of that day.
        standing_then: Option<String>,
        /// At least so many independent origins it had then.
        origins_then: Option<usize>,
    }
}

/// The rows of a claim.
pub(super) fn rows(claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
    let mut rows = Vec::new();
    for position in &claim.view.positions {
        let mut days: BTreeMap<Option<Date>, Vec<(&str, &HeldLine)>> = BTreeMap::new();
        for (state, held) in states(position).filter(|(_, held)| !held.quotes.is_empty()) {
            let day = held.latest.map(|latest| latest.to_zoned(TimeZone::UTC).date());
            days.entry(day).or_default().push((state, held));
        }
        for (day, held) in days {
            let words = |of: &dyn Fn(&HeldLine) -> String| {
                let mut words: Vec<String> = held.iter().map(|(_, held)| of(held)).collect();
                words.dedup();
                words
            };
            let then = day.and_then(|day| {
                let by = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).date() <= day;
                claim.view.timeline.iter().rfind(|change| by(change.at))
            });
            let own = PanelRow {
                party: claim.party(&position.party),
                party_kind: position.party.kind,
                side: position.party.side.clone(),
                day: day.map(|day| day.to_string()),
                acts: words(&|held| held.act.word().to_owned()),
                stances: words(&|held| word(held.stance)),
                commitments: words(&|held| word(held.commitment)),
                is_current: held.iter().any(|(state, _)| *state == "current"),
                utterances: held.len(),
                reports: held.iter().map(|(_, held)| held.quotes.len() + held.more).sum(),
                standing_then: then.map(|change| change.words.to_owned()),
                origins_then: then.map(|change| change.least),
            };
            let Some(relay) = held.first().and_then(|(_, held)| held.quotes.first()) else { continue };
            let evidence = claim.quote(&relay.quote)?;
            rows.push(super::row(claim, &own, &evidence, &claim.provenance(&relay.attributions)));
        }
    }
    Ok(rows)
}
