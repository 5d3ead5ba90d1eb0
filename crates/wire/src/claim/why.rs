//! `{"type": "why"}`: the rules of standing in their order, which of them matched and which did not, with the words. Not another rule: all of it is read
//! from what `onrecord_link::standing` found.

use onrecord_evidence::{ClaimId, Time};
use onrecord_link::origin::OriginCount;
use onrecord_link::position::{RoleKind, Stance, StandingWord};
use onrecord_link::standing::{Standing, standing};
use serde::Serialize;

use super::asked::{ClaimAsked, Desk, QuoteLine};
use super::parts::{CoverageLine, LifeLine, StandingLine, WordingLine};
use super::positions::DenialLine;
use super::view::coverage;
use crate::VERSION;

/// Whether a rule held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tried {
    /// It did: it decides.
    Matched,
    /// It did not.
    NotMatched,
    /// A rule before it decided.
    NotTried,
}

/// One rule in its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleLine {
    /// The standing that it gives.
    pub standing: &'static str,
    /// What it asks.
    pub asks: &'static str,
    /// Whether it held.
    pub tried: Tried,
    /// What was found, in words.
    pub found: Option<String>,
    /// The words behind it.
    pub quotes: Vec<QuoteLine>,
}

/// Why a claim stands as it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyView {
    r#type: &'static str,
    version: u32,
    /// The claim.
    pub claim: ClaimId,
    /// As of when.
    pub as_of: Option<Time>,
    /// Its wording.
    pub wording: WordingLine,
    /// How it stands.
    pub standing: StandingLine,
    /// The rules in the order in which they are tried.
    pub rules: Vec<RuleLine>,
    /// Denials with standing, which are behind `disputed`.
    pub denials: Vec<DenialLine>,
    /// Denials without standing.
    pub denials_beside: Vec<DenialLine>,
    /// Its life.
    pub life: LifeLine,
    /// What the ledger holds of it.
    pub coverage: CoverageLine,
}

/// The rules: their standing, what they ask, and by which of [`onrecord_link::standing::ByRule`]'s rules they show.
const RULES: &[(StandingWord, &str, &[&str])] = &[
    (StandingWord::NoStanding, "is it an intention or an opinion?", &["intention-or-opinion"]),
    (StandingWord::Withdrawn, "did every origin withdraw?", &["every-origin-withdrew"]),
    (
        StandingWord::Disputed,
        "does a party with standing deny it, or what it presupposes?",
        &[
            "denied",
            "denied-in-part",
            "denies-responsibility",
            "denies-the-same-event",
            "denies-the-whole",
            "denies-what-it-presupposes",
        ],
    ),
    (StandingWord::Disputed, "is an account on record that cannot stand beside it?", &["incompatible-accounts"]),
    (StandingWord::Acknowledged, "does the party against whom it is alleged affirm it?", &["affirmed-by-the-accused"]),
    (StandingWord::OriginUnknown, "is no origin shown in words?", &["nobody-affirms", "no-origin-shown"]),
    (StandingWord::OutletsVoiceOnly, "do only outlets say it, in their own voice?", &["only-own-voice"]),
    (StandingWord::ClaimedByOneSide, "does only one side, or its ally, affirm it?", &["only-one-side-affirms"]),
    (StandingWord::OneOrigin, "is one independent origin shown?", &["one-origin"]),
    (StandingWord::SeveralOrigins, "are at least two shown?", &["at-least-two-origins"]),
];

impl WhyView {
    /// Why a claim stands as it does.
    pub fn new(asked: ClaimAsked<'_>) -> Self {
        let desk = Desk::new(asked);
        let found = standing(&asked.claim.record, &desk.others, asked.as_of);
        let matched = RULES.iter().position(|(.., rules)| rules.contains(&found.by_rule.rule));
        let line = |(index, (word, asks, _)): (usize, &(StandingWord, &'static str, &[&str]))| {
            let tried = match matched {
                Some(matched) if index == matched => Tried::Matched,
                Some(matched) if index > matched => Tried::NotTried,
                _ => Tried::NotMatched,
            };
            RuleLine {
                standing: word.words(),
                asks,
                tried,
                found: (tried != Tried::NotTried).then(|| desk.facts_of(index, &found)).flatten(),
                quotes: if tried == Tried::Matched { desk.quotes(&found.by_rule.evidence) } else { Vec::new() },
            }
        };
        Self {
            r#type: "why",
            version: VERSION,
            claim: asked.claim.id,
            as_of: asked.as_of.cloned(),
            wording: desk.wording(),
            standing: desk.standing(&found),
            rules: RULES.iter().enumerate().map(line).collect(),
            denials: desk.denials(&found.denials),
            denials_beside: desk.denials(&found.beside),
            life: desk.life(&found.life),
            coverage: coverage(&found),
        }
    }
}

impl Desk<'_> {
    /// What was found where a rule was tried.
    fn facts_of(&self, rule: usize, found: &Standing) -> Option<String> {
        let plural =
            |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
        let affirming = || found.positions.parties.iter().filter(|position| position.is(Stance::Affirms));
        Some(match rule {
            0 => {
                let kind = serde_json::to_value(self.record.kind).ok()?;
                format!("it is of the kind {}", kind.as_str()?)
            }
            1 => {
                let all = found.origins.origins.len();
                let gone = found.origins.origins.iter().filter(|origin| origin.count == OriginCount::Withdrawn).count();
                format!("{} on record, {gone} withdrawn", plural(all, "origin"))
            }
            2 => match (found.denials.len(), found.beside.len()) {
                (0, 0) => "nobody on record denies it".to_owned(),
                (0, beside) => format!("{} without standing to deny", plural(beside, "denial")),
                (with, beside) => format!("{} with standing, {beside} without", plural(with, "denial")),
            },
            3 => "looked for among the claims that are linked with it as incompatible".to_owned(),
            4 => {
                let accused = self.record.roles.iter().filter(|role| role.role == RoleKind::Accused);
                let mut names: Vec<String> = accused.map(|role| self.party(&role.party).name).collect();
                names.dedup();
                match names.as_slice() {
                    [] => "nobody is accused in it".to_owned(),
                    names => format!("accused: {}", names.join(", ")),
                }
            }
            5 | 8 | 9 => format!("origins: {}", found.origins),
            6 => {
                let own = found.origins.tree.iter().filter(|branch| branch.is_own_voice).count();
                format!("{own} of {} in own voice", plural(found.origins.tree.len(), "report"))
            }
            _ => {
                let mut sides: Vec<String> = affirming()
                    .filter(|position| self.party(&position.party).kind != "outlet")
                    .map(|position| {
                        let party = self.party(&position.party);
                        let side = party.side.unwrap_or_else(|| "no side".to_owned());
                        format!("{} ({side})", party.name)
                    })
                    .collect();
                sides.dedup();
                let more = sides.len().saturating_sub(4);
                sides.truncate(4);
                let more = if more > 0 { format!(", and {more} more") } else { String::new() };
                format!("affirmed by {}{more}", sides.join(", "))
            }
        })
    }
}
