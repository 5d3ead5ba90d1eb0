//! Who currently denies a claim or what it takes for granted, and who of them has standing to. One function for every surface.

use onrecord_annotate::Act;
use onrecord_evidence::Time;
use serde::Serialize;

use crate::position::{
    ClaimKey, ClaimKind, ClaimRecord, Evidence, Held, LinkKind, Parties, PartyKey, RoleKind, Stance, UtteranceKey,
};

use super::neighbours::{Neighbours, Seen, Step, reach};

/// Why a party has standing to deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RightKind {
    /// It took part.
    Participant,
    /// It is accused.
    Accused,
    /// It holds the record.
    RecordHolder,
    /// It speaks for one of these.
    Spokesman,
    /// One of these stands under its command.
    Command,
}

/// Standing to deny, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Right {
    /// Why.
    pub kind: RightKind,
    /// The party that has the role.
    pub of: PartyKey,
    /// The words for the role, and for speaking or commanding.
    pub evidence: Vec<Evidence>,
}

/// A link by which a denial is carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// The link.
    pub by: LinkKind,
    /// Its words.
    pub evidence: Vec<Evidence>,
}

/// A denial that currently stands against a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// Who denies.
    pub party: PartyKey,
    /// By which act.
    pub act: Act,
    /// The utterance.
    pub utterance: UtteranceKey,
    /// The claim that is denied in words.
    pub claim: ClaimKey,
    /// The links from the claim that is asked about to that one; empty where it is denied itself.
    pub carried: Vec<Carried>,
    /// Standing to deny; `None` where the denial is only shown beside.
    pub right: Option<Right>,
    /// The rule by which it counts; permanent, in kebab case.
    pub rule: &'static str,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// The standing to deny of a party: as participant, accused, holder of the record, spokesman of one, or commander of one. Its own role
/// goes before that of another.
///
/// Who merely stands under the command of the accused does not speak for them.
pub fn right_to_deny(record: &ClaimRecord, party: &PartyKey) -> Option<Right> {
    let parties = Parties::of(record);
    let voices = voices(&parties, party);
    let right = |kind: RightKind, role: &crate::position::ClaimRole| {
        let spoken = (kind >= RightKind::Spokesman).then(|| parties.view(party)).flatten();
        let mut evidence = role.evidence.clone();
        evidence.extend(spoken.into_iter().flat_map(|view| view.evidence.iter().cloned()));
        evidence.sort();
        evidence.dedup();
        Right { kind, of: role.party.clone(), evidence }
    };
    let rights = record.roles.iter().filter_map(|role| {
        let own = match role.role {
            RoleKind::Participant => RightKind::Participant,
            RoleKind::Accused => RightKind::Accused,
            RoleKind::RecordHolder => RightKind::RecordHolder,
        };
        if role.party == *party {
            return Some(right(own, role));
        }
        if voices.contains(&role.party) {
            return Some(right(RightKind::Spokesman, role));
        }
        let commanded = parties.up(&role.party).iter().any(|above| voices.contains(above));
        commanded.then(|| right(RightKind::Command, role))
    });
    rights.min_by(|one, other| (one.kind, &one.of, &one.evidence).cmp(&(other.kind, &other.of, &other.evidence)))
}

/// A party and those for whom it speaks, in any number of steps.
pub(super) fn voices(parties: &Parties<'_>, party: &PartyKey) -> Vec<PartyKey> {
    let mut voices = vec![party.clone()];
    let mut at = 0;
    while at < voices.len() && voices.len() < 16 {
        let spoken: Vec<PartyKey> = parties.view(&voices[at]).map(|view| view.speaks_for.clone()).unwrap_or_default();
        for next in spoken {
            if !voices.contains(&next) {
                voices.push(next);
            }
        }
        at += 1;
    }
    voices
}

/// The links along which a denial is carried.
pub(super) const CARRYING: &[LinkKind] = &[LinkKind::Presupposes, LinkKind::PartOf, LinkKind::SameEvent];

/// The denials that stand against a claim, with standing first; and whether linked claims were left out.
pub(super) fn denials(claim: &ClaimRecord, others: &Neighbours<'_>, as_of: Option<&Time>) -> (Vec<Denial>, bool) {
    let (seen, left_out) = reach(claim, others, as_of, CARRYING);
    let mut denials = Vec::new();
    for seen in &seen {
        for position in &seen.positions.parties {
            for held in position.current.iter().filter(|held| held.stance == Stance::Denies) {
                denials.extend(denial(claim, seen, &position.party, held));
            }
        }
    }
    denials.sort_by(|one: &Denial, other| {
        let order = |denial: &Denial| {
            let right = denial.right.as_ref().map_or(u8::MAX, |right| right.kind as u8);
            (right, denial.carried.len(), denial.party.clone(), denial.claim.clone(), denial.utterance.clone())
        };
        order(one).cmp(&order(other))
    });
    (denials, left_out)
}

fn denial(claim: &ClaimRecord, seen: &Seen<'_>, party: &PartyKey, held: &Held) -> Option<Denial> {
    // Roles are those of either claim: who took part in the call took part in what was said in it.
    let target = right_to_deny(claim, party);
    let right = right_to_deny(&seen.record, party).or_else(|| target.clone());
    let by = |kind: LinkKind| seen.way.iter().any(|step| step.kind == kind);
    let carries = match held.act {
        _ if seen.way.is_empty() => true,
        // Who denies a part has granted the rest.
        Act::PartialDeny => false,
        // Who denies having done it does not deny that it happened.
        Act::DenyResponsibility if by(LinkKind::SameEvent) => target.is_some(),
        _ => true,
    };
    // Who denies a figure denies that number, neither a part of it nor the event.
    let of_figure = seen.record.kind == ClaimKind::Figure && (by(LinkKind::SameEvent) || by(LinkKind::PartOf));
    if !carries || of_figure {
        return None;
    }
    let rule = match (held.act, seen.way.last()) {
        (Act::RejectPremise, None) => "denies-what-it-presupposes",
        (Act::PartialDeny, _) => "denied-in-part",
        (Act::DenyResponsibility, None) => "denies-responsibility",
        (_, None) => "denied",
        (_, Some(Step { kind: LinkKind::Presupposes, .. })) => "denies-what-it-presupposes",
        (_, Some(Step { kind: LinkKind::PartOf, .. })) => "denies-the-whole",
        (_, Some(_)) => "denies-the-same-event",
    };
    let carried = seen.way.iter().map(|step| Carried { by: step.kind, evidence: step.evidence.clone() }).collect();
    Some(Denial {
        party: party.clone(),
        act: held.act,
        utterance: held.utterance.clone(),
        claim: seen.record.claim.clone(),
        carried,
        right,
        rule,
        evidence: held.evidence.clone(),
    })
}
