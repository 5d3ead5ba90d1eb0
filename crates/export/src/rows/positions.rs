//! One row a report of an utterance of a party on a claim. Not the position: that is concluded by `onrecord_link`.

use onrecord_wire::claim::{HeldLine, PositionLine, RelayLine};

use crate::Result;
use crate::claim::Claim;
use crate::table::{Cell, Moment, columns};
use crate::words::{one_line, word};

columns! {
    /// A report of an utterance on a claim.
    pub struct Position {
        /// Who; a private person by initials.
        party: String,
        /// `named`, `unnamed` or `outlet`.
        party_kind: &'static str,
        /// Those for whom it speaks.
        speaks_for: Vec<String>,
        /// Its side in the conflict.
        side: Option<String>,
        /// The stand that the party takes now: affirms, denies, takes-back, open; empty where all is context or was withdrawn.
        stance: Option<String>,
        /// Its standing to deny, where it denies.
        right_to_deny: Option<String>,
        /// Which utterance of the party on this claim, from 1.
        utterance: usize,
        /// `current`, `beside` (takes no stand), `context` (may precede the event) or `earlier` (taken over by a later one).
        state: &'static str,
        /// What the utterance does to the claim as it is worded.
        act: String,
        /// What that does to the position.
        act_stance: String,
        /// How surely: certain, probable, possible, unknown.
        commitment: String,
        /// The first moment at which it may have been made.
        said_from: Option<Moment>,
        /// The moment by which it was made.
        said_until: Option<Moment>,
        /// The rule that put it where it stands; permanent.
        rule: String,
        /// Reports of the utterance.
        reports: usize,
        /// Whether this row is the first report of the utterance: take these to count utterances.
        is_first: bool,
        /// Whether these are quoted as the party's own words.
        is_direct: bool,
        /// The words of the content alone; empty where the quotation cap was reached.
        content: Option<String>,
        /// The attributions in this report.
        attributions: Vec<String>,
    }
}

/// The rows of a claim.
pub(super) fn rows(claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
    let mut rows = Vec::new();
    for position in &claim.view.positions {
        for (index, (state, held)) in states(position).enumerate() {
            for (place, relay) in held.quotes.iter().enumerate() {
                rows.push(relayed(claim, position, (index + 1, state, held), (place == 0, relay))?);
            }
        }
    }
    Ok(rows)
}

/// The utterances of a position with where they stand.
pub(super) fn states(position: &PositionLine) -> impl Iterator<Item = (&'static str, &HeldLine)> {
    let all = [
        ("current", &position.current),
        ("beside", &position.beside),
        ("context", &position.context),
        ("earlier", &position.earlier),
    ];
    all.into_iter().flat_map(|(state, held)| held.iter().map(move |held| (state, held)))
}

fn relayed(
    claim: &Claim<'_>,
    position: &PositionLine,
    (utterance, state, held): (usize, &'static str, &HeldLine),
    (is_first, relay): (bool, &RelayLine),
) -> Result<Vec<Cell>> {
    let evidence = claim.quote(&relay.quote)?;
    let content: Vec<&str> = relay.content.iter().map(|content| content.words.as_str()).collect();
    let content = one_line(&content.join(" \u{2026} "));
    let own = Position {
        party: claim.party(&position.party),
        party_kind: position.party.kind,
        speaks_for: position.party.speaks_for.iter().map(|name| claim.name(name)).collect(),
        side: position.party.side.clone(),
        stance: position.stance.map(word),
        right_to_deny: position.right.as_ref().map(|right| right.words.clone()),
        utterance,
        state,
        act: held.act.word().to_owned(),
        act_stance: word(held.stance),
        commitment: word(held.commitment),
        said_from: held.earliest.map(Moment),
        said_until: held.latest.map(Moment),
        rule: held.rule.to_owned(),
        reports: held.quotes.len() + held.more,
        is_first,
        is_direct: relay.direct,
        content: (!evidence.quote_cut && !content.is_empty()).then_some(content),
        attributions: relay.attributions.iter().map(ToString::to_string).collect(),
    };
    Ok(super::row(claim, &own, &evidence, &claim.provenance(&relay.attributions)))
}
