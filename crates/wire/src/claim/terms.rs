//! The words for what the rules conclude, the same on every surface. Not the rules, and not their reasons (`onrecord_link::standing::reason`).

use onrecord_annotate::Act;
use onrecord_evidence::{Granularity, Time};
use onrecord_link::claims::{Joining, ReasonKind};
use onrecord_link::drift::VariantKind;
use onrecord_link::figure::{Direction, Facet, Relation};
use onrecord_link::origin::{OriginCount, OriginKind};
use onrecord_link::position::{LinkKind, RoleKind, Stance};
use onrecord_link::standing::RightKind;

/// What somebody did who did this: "denied it".
pub const fn did(act: Act) -> &'static str {
    match act {
        Act::Affirm => "said so",
        Act::Deny => "denied it",
        Act::PartialDeny => "denied a part of it",
        Act::RejectPremise => "said that it assumes something wrong",
        Act::Decline => "declined to comment",
        Act::NoReply => "did not reply",
        Act::NonDenial => "would neither confirm nor deny it",
        Act::DoesNotKnow => "said that it was not known to them",
        Act::CouldNotVerify => "could not verify it",
        Act::AcceptResponsibility => "said that they had done it",
        Act::DenyResponsibility => "denied having done it",
        Act::Retract => "took it back",
        Act::Correct => "corrected it",
        Act::Question => "asked, or raised a doubt",
        Act::Condition => "bound it to a condition",
    }
}

/// The heading under which a stance stands.
pub const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Affirms => "say so",
        Stance::Denies => "deny it",
        Stance::TakesBack => "took it back",
        Stance::Open => "take no stand",
    }
}

/// Why somebody has standing to deny.
pub const fn right(right: RightKind) -> &'static str {
    match right {
        RightKind::Participant => "took part",
        RightKind::Accused => "is accused",
        RightKind::RecordHolder => "holds the record",
        RightKind::Spokesman => "speaks for",
        RightKind::Command => "commands",
    }
}

/// What a party is to a claim.
pub const fn role(role: RoleKind) -> &'static str {
    match role {
        RoleKind::Participant => "said to have taken part",
        RoleKind::Accused => "accused",
        RoleKind::RecordHolder => "holds the record",
    }
}

/// How a claim stands to another; the second word from the other's side.
pub const fn link(kind: LinkKind, is_from: bool) -> &'static str {
    match (kind, is_from) {
        (LinkKind::Presupposes, true) => "presupposes",
        (LinkKind::Presupposes, false) => "is presupposed by",
        (LinkKind::PartOf, true) => "is a part of",
        (LinkKind::PartOf, false) => "has as a part",
        (LinkKind::SameEvent, _) => "is of the same event as",
        (LinkKind::Incompatible, _) => "cannot stand beside",
        (LinkKind::SupersededBy, true) => "is superseded by",
        (LinkKind::SupersededBy, false) => "supersedes",
        (LinkKind::CorrectedBy, true) => "is corrected by",
        (LinkKind::CorrectedBy, false) => "corrects",
        (LinkKind::EndedBy, true) => "is ended by",
        (LinkKind::EndedBy, false) => "ends",
        (LinkKind::MayBeEndedBy, true) => "may be ended by",
        (LinkKind::MayBeEndedBy, false) => "may end",
    }
}

/// How an origin counts.
pub const fn count(count: OriginCount) -> &'static str {
    match count {
        OriginCount::Counted => "counts",
        OriginCount::MayBeShared => "may be one with another",
        OriginCount::Unknown => "unknown: shows no basis of its own",
        OriginCount::Withdrawn => "withdrawn",
    }
}

/// What an origin is.
pub const fn origin(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Utterance => "utterance",
        OriginKind::Observation => "observation",
        OriginKind::Newsroom => "newsroom",
        OriginKind::None => "no origin",
    }
}

/// How two figures stand to each other.
pub const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Agrees => "agrees",
        Relation::BoundAgrees => "fits the bound",
        Relation::Update(Direction::Up) => "update, higher",
        Relation::Update(Direction::Down) => "update, lower",
        Relation::PartOfWhole => "part of the whole",
        Relation::WholeOfPart => "the whole of the part",
        Relation::Spread { overlaps: true } => "spread, overlapping",
        Relation::Spread { overlaps: false } => "spread, not overlapping",
        Relation::Conflict => "conflict",
        Relation::RoleConflict => "role conflict",
        Relation::OwnArithmetic => "own arithmetic",
        Relation::NotComparable => "not comparable",
    }
}

/// What is compared of two figures.
pub const fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Kind => "sort of number",
        Facet::Unit => "unit",
        Facet::Counted => "what is counted",
        Facet::Outcome => "what became of them",
        Facet::Group => "which people",
        Facet::Action => "action",
        Facet::Role => "role",
        Facet::Place => "place",
        Facet::Window => "window",
        Facet::AsOf => "as of when",
        Facet::Claimant => "claimant",
        Facet::Negation => "whether it is said not to be so",
    }
}

/// How a variant of a quotation differs from the first one.
pub const fn variant(kind: VariantKind) -> &'static str {
    match kind {
        VariantKind::First => "first",
        VariantKind::Shortened => "shortened",
        VariantKind::Fuller => "fuller",
        VariantKind::Altered => "altered",
        VariantKind::OtherWords => "other words",
    }
}

/// How a statement came to its claim.
pub const fn joining(joining: Joining) -> &'static str {
    match joining {
        Joining::Founds => "it is the first statement of the claim",
        Joining::SameProposition => "it says the same",
        Joining::RefersBack => "its words refer to what a statement before it says",
        Joining::Decided => "a person decided it",
        Joining::Unplaced => "it says too little to be put to a claim",
    }
}

/// A ground on which two statements are or are not one claim.
pub const fn ground(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::SharedNames => "the same names",
        ReasonKind::SharedWords => "the same words",
        ReasonKind::SharedFigures => "figures that may be the same",
        ReasonKind::SharedDays => "days that overlap",
        ReasonKind::Meaning => "sentences of one meaning",
        ReasonKind::OtherNames => "each names somebody whom the other does not",
        ReasonKind::OtherCounts => "other things are said of what is counted",
        ReasonKind::OtherFigures => "figures that cannot be the same",
        ReasonKind::OtherDays => "days that do not overlap",
        ReasonKind::TopicOnly => "only the topic is shared",
        ReasonKind::Decision => "a person decided it",
    }
}

/// A day as a newspaper writes it, as finely as it is known: "17 October 2032".
pub fn day(time: &Time) -> String {
    match time.day() {
        Some(day) => day.strftime("%-d %B %Y").to_string(),
        None if time.granularity() == Granularity::Month => time.earliest().strftime("%B %Y").to_string(),
        None => time.to_string(),
    }
}
