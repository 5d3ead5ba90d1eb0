//! One claim as the rules see it: its utterances, reports, parties, and links. Plain data; nothing is decided here.

use std::fmt;

use onrecord_annotate::{Act, Commitment};
use onrecord_evidence::{RevisionId, Time};
use serde::{Deserialize, Serialize};

use super::report::{Evidence, Hanging, Relay, ReportView};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The key that is written so.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// As written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }
    )*};
}

keys! {
    /// Names a claim.
    ClaimKey;
    /// Names an utterance.
    UtteranceKey;
    /// Names a party.
    PartyKey;
    /// Names a newsroom: the staff behind one or more outlets.
    NewsroomKey;
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// Something that happened.
    Event,
    /// How something stands, which may end: who holds a village.
    State,
    /// A number.
    Figure,
    /// What somebody means to do. Kept, without standing.
    Intention,
    /// What somebody thinks of something. Kept, without standing.
    Opinion,
}

impl ClaimKind {
    /// Whether claims of this kind get a standing.
    pub const fn has_standing(self) -> bool {
        !matches!(self, Self::Intention | Self::Opinion)
    }
}

/// What kind of party it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A person, office or institution with a name; also the author of a document or recording.
    Named,
    /// People whom a report does not name; each report's are their own party.
    Unnamed,
    /// An outlet, by its newsroom.
    Outlet(NewsroomKey),
}

/// A party with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyView {
    /// The party.
    pub party: PartyKey,
    /// What kind.
    pub kind: PartyKind,
    /// Those for whom it speaks, by its office.
    pub speaks_for: Vec<PartyKey>,
    /// The party under whose command it stands.
    pub commanded_by: Option<PartyKey>,
    /// Its side in the conflict that the claim is about.
    pub side: Option<String>,
    /// The words behind this.
    pub evidence: Vec<Evidence>,
}

/// What a party is to a claim, which gives it standing to deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// It took part in what is claimed.
    Participant,
    /// An act is alleged against it.
    Accused,
    /// It holds the record of such things.
    RecordHolder,
}

/// A role with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRole {
    /// Who.
    pub party: PartyKey,
    /// What it is to the claim.
    pub role: RoleKind,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// The only stated ground of a saying is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestsOn {
    /// The other utterance.
    pub utterance: UtteranceKey,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// One party's saying of something at one time, on this claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// Which.
    pub key: UtteranceKey,
    /// Whose.
    pub party: PartyKey,
    /// What is done to the claim *as it is worded*: who says that no call took place denies "a call took place".
    pub act: Act,
    /// How surely.
    pub commitment: Commitment,
    /// When it was said, where words state it.
    pub said: Option<Time>,
    /// The one interview, briefing or document that it belongs to.
    pub occasion: Option<String>,
    /// Words that show that it speaks of the event as past or answers a report of it; without them one made on the day of the event may
    /// precede it.
    pub answers: Vec<Evidence>,
    /// The ground that it states, where that is only another utterance.
    pub rests_on: Option<RestsOn>,
    /// The reports of it.
    pub relays: Vec<Relay>,
}

/// How a claim stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// It takes the other for granted: what was said in a call presupposes the call.
    Presupposes,
    /// It is a part of the other.
    PartOf,
    /// Both are of one event.
    SameEvent,
    /// Both cannot stand: the figures or the accounts conflict.
    Incompatible,
    /// A later figure of the same claimant is the other.
    SupersededBy,
    /// The other was given in its place by who had said it.
    CorrectedBy,
    /// What the other says ends it.
    EndedBy,
    /// What the other says may end it: "positions restored near" a village.
    MayBeEndedBy,
}

/// A link from a claim to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimLink {
    /// How they stand.
    pub kind: LinkKind,
    /// The other claim.
    pub other: ClaimKey,
    /// From when it is so, for superseding, correcting and ending.
    pub at: Option<Time>,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// Two utterances may come from one place: one briefing, several newsrooms. It makes the range of origins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// One.
    pub one: UtteranceKey,
    /// The other.
    pub other: UtteranceKey,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// Words of a report that stand beside the claim: to be shown as its context, never counted for or against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The report.
    pub report: RevisionId,
    /// Who says it there; the outlet where it is in its own voice.
    pub party: PartyKey,
    /// The words: source, cue and content of the attribution, or the sentence.
    pub evidence: Vec<Evidence>,
}

/// The standing of a claim, in the order in which the rules are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandingWord {
    /// Every origin withdrew.
    Withdrawn,
    /// A party with standing currently denies it or what it presupposes, or incompatible accounts stand.
    Disputed,
    /// The party against whom an act is alleged affirms that same event.
    Acknowledged,
    /// No origin is shown.
    OriginUnknown,
    /// Only outlets say it, in their own voice.
    OutletsVoiceOnly,
    /// Only a party to the conflict or its ally affirms.
    ClaimedByOneSide,
    /// One origin.
    OneOrigin,
    /// At least two.
    SeveralOrigins,
    /// An intention or an opinion: kept, without standing.
    NoStanding,
}

impl StandingWord {
    /// The words for it on every surface.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Disputed => "disputed",
            Self::Acknowledged => "acknowledged",
            Self::OriginUnknown => "origin unknown",
            Self::OutletsVoiceOnly => "outlet's voice only",
            Self::ClaimedByOneSide => "claimed by one side",
            Self::OneOrigin => "one origin",
            Self::SeveralOrigins => "several origins",
            Self::NoStanding => "no standing",
        }
    }
}

/// What a person decides about a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// Its standing.
    Standing(StandingWord),
    /// Two utterances have one origin.
    SameOrigin(UtteranceKey, UtteranceKey),
    /// Two utterances do not have one origin.
    ApartOrigin(UtteranceKey, UtteranceKey),
    /// A report does not hang on another.
    NotHanging(RevisionId, RevisionId),
}

/// A person's decision, which stands above the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What is decided.
    pub ruling: Ruling,
    /// By whom.
    pub author: String,
    /// When.
    pub at: Time,
    /// Why.
    pub reason: String,
    /// Whether it was taken back.
    pub taken_back: bool,
}

/// One claim with all that the rules look at. Lists may come in any order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Which.
    pub claim: ClaimKey,
    /// What it is about.
    pub kind: ClaimKind,
    /// When the event is said to have happened; of a state or figure, its window.
    pub happened: Option<Time>,
    /// What was said on it, whatever the act.
    pub utterances: Vec<Utterance>,
    /// The reports that relay it.
    pub reports: Vec<ReportView>,
    /// Which report hangs on which.
    pub hangings: Vec<Hanging>,
    /// What may have been shared.
    pub sharings: Vec<Sharing>,
    /// What stands beside it in its reports: of the same matter, but no saying on this claim. By report and place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Beside>,
    /// The parties.
    pub parties: Vec<PartyView>,
    /// What parties are to the claim.
    pub roles: Vec<ClaimRole>,
    /// Its links to others.
    pub links: Vec<ClaimLink>,
    /// Pairs of sides that are allied.
    pub allies: Vec<(String, String)>,
    /// Decisions of people.
    pub decisions: Vec<Decision>,
}

impl ClaimRecord {
    /// A claim of which nothing is on record yet.
    pub const fn new(claim: ClaimKey, kind: ClaimKind) -> Self {
        Self {
            claim,
            kind,
            happened: None,
            utterances: Vec::new(),
            reports: Vec::new(),
            hangings: Vec::new(),
            sharings: Vec::new(),
            beside: Vec::new(),
            parties: Vec::new(),
            roles: Vec::new(),
            links: Vec::new(),
            allies: Vec::new(),
            decisions: Vec::new(),
        }
    }
}
