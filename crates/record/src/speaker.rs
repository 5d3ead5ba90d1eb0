//! Who speaks in an attribution: a party of the article, or the candidates where that is open. Not a match with other articles or
//! with the world.

use serde::{Deserialize, Serialize};

use onrecord_annotate::parties::{Office, Parties, Party, PartyKind, Reason, Side};
use onrecord_evidence::TextRange;

use crate::Grounded;

/// A party as its article shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyFinding {
    /// The fullest mention, without titles.
    pub name: String,
    /// Where that mention stands.
    pub named_at: TextRange,
    /// What it is.
    pub kind: PartyKind,
    /// Whether the article gives a name: not for "two officials", "his lawyer".
    pub named: bool,
    /// What a metonym or an alias stands for, by the tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// Its country, where words or tables give one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Whose it is: the person behind the "his" of "his lawyer".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Offices and affiliations, in text order; the first few.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
}

/// A party that may be the speaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PossibleSpeaker {
    /// The party.
    pub party: PartyFinding,
    /// How likely, in hundredths.
    pub confidence: u8,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Who speaks in one attribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerFinding {
    /// The words that credit it; the cue where nobody is credited in words.
    pub range: TextRange,
    /// Whether the first candidate is taken.
    pub decided: bool,
    /// How sure, in hundredths.
    pub confidence: u8,
    /// The candidates, best first; never empty.
    pub candidates: Vec<PossibleSpeaker>,
    /// Further parties that speak with it: "the minister and the mayor".
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<PartyFinding>,
}

/// Offices that are kept with a party.
const MOST_OFFICES: usize = 4;

impl SpeakerFinding {
    /// The speaker of attribution number `index`, credited by the words of `range`; `None` where no party may be it.
    pub fn of(parties: &Parties, index: usize, range: TextRange) -> Option<Self> {
        let speaker = parties.speakers.get(index)?;
        let party = |number: usize| parties.parties.get(number).map(|party| PartyFinding::of(party, &parties.parties));
        let candidates: Vec<_> = speaker
            .candidates
            .iter()
            .filter_map(|candidate| {
                let reasons = candidate.reasons.clone();
                Some(PossibleSpeaker { party: party(candidate.party)?, confidence: candidate.confidence, reasons })
            })
            .collect();
        (!candidates.is_empty()).then(|| Self {
            range,
            decided: speaker.party.is_some(),
            confidence: speaker.confidence,
            candidates,
            together: speaker.together.iter().copied().filter_map(party).collect(),
        })
    }

    /// The party that speaks; `None` where that is open.
    pub fn party(&self) -> Option<&PartyFinding> {
        self.candidates.first().filter(|_| self.decided).map(|candidate| &candidate.party)
    }
}

/// Classes of `models/parties/titles.toml` whose bearers speak in a public office or for a body, not as private people.
const PUBLIC: &[&str] = &[
    "spokesperson",
    "head-of-state",
    "head-of-government",
    "minister",
    "legislator",
    "candidate",
    "diplomat",
    "military",
    "police",
    "judge",
    "lawyer",
    "executive",
    "aide",
    "official",
    "clergy",
];

impl PartyFinding {
    /// Whether it may have a page of its own: it is a named body, or a named person whom the article gives a public office. Private people, and people
    /// of whom the article says nothing, may not.
    pub fn is_public(&self) -> bool {
        self.named
            && match self.kind {
                PartyKind::Person => self.offices.iter().any(|office| PUBLIC.contains(&office.class.as_str())),
                PartyKind::Document | PartyKind::Unnamed => false,
                _ => true,
            }
    }

    fn of(party: &Party, all: &[Party]) -> Self {
        Self {
            name: party.name.clone(),
            named_at: party.named_at,
            kind: party.kind,
            named: party.named,
            stands_for: party.stands_for.clone(),
            side: party.side.clone(),
            owner: party.owner.and_then(|owner| all.get(owner)).map(|owner| owner.name.clone()),
            offices: party.offices.iter().take(MOST_OFFICES).cloned().collect(),
        }
    }

    fn grounds(&self) -> impl Iterator<Item = TextRange> {
        let offices = self.offices.iter().flat_map(|office| {
            let side = office.side.as_ref().map(|side| side.evidence);
            [Some(office.title), office.of, side].into_iter().flatten()
        });
        offices.chain(self.side.as_ref().map(|side| side.evidence)).chain([self.named_at])
    }
}

impl Grounded for SpeakerFinding {
    fn range(&self) -> TextRange {
        self.range
    }

    fn grounds(&self) -> Vec<TextRange> {
        let mut grounds: Vec<TextRange> = self.together.iter().flat_map(PartyFinding::grounds).collect();
        for candidate in &self.candidates {
            grounds.extend(candidate.party.grounds());
            grounds.extend(candidate.reasons.iter().flat_map(|reason| &reason.evidence));
        }
        grounds
    }
}
