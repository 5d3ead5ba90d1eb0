//! What becomes of a claim's words from one report to the next that hangs on it: who is credited, how surely, by which verb, with which figure.
//! One function; every surface calls it. No judgement on whether the change was a fault.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::Commitment;
use onrecord_evidence::RevisionId;
use serde::{Deserialize, Serialize};

use super::hedge::{HedgeChange, Wording, drift};
use crate::position::{
    ClaimRecord, Evidence, HangsOn, Parties, PartyKind, Relay, RelayKind, Stance, Utterance, UtteranceKey,
};

/// Reports above a report that are looked at.
const MOST_ABOVE: usize = 32;
/// Changes of one claim.
const MOST_CHANGES: usize = 256;

/// How a retelling differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetellingKind {
    /// The outlet says in its own voice what the other credits to somebody.
    AttributionLost,
    /// A hedge of the other is gone.
    HedgeLost,
    /// It has a hedge that the other does not have.
    HedgeGained,
    /// One unnamed person has become several.
    SourceInflated,
    /// "Warned" has become "urged".
    VerbWeakened,
    /// "Urged" has become "warned".
    VerbStrengthened,
    /// A number of the other is gone.
    FigureLost,
}

impl RetellingKind {
    /// The word for it; permanent, in kebab case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AttributionLost => "attribution-lost",
            Self::HedgeLost => "hedge-lost",
            Self::HedgeGained => "hedge-gained",
            Self::SourceInflated => "source-inflated",
            Self::VerbWeakened => "verb-weakened",
            Self::VerbStrengthened => "verb-strengthened",
            Self::FigureLost => "figure-lost",
        }
    }
}

/// A change from one report to another that hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Retelling {
    /// The report that it is told from.
    pub of: RevisionId,
    /// The report that tells it.
    pub report: RevisionId,
    /// What changed.
    pub kind: RetellingKind,
    /// The words of the first, then those of the second.
    pub evidence: Vec<Evidence>,
}

/// The changes of a claim's words along what hangs on what, in any number of steps, by report.
///
/// `wordings` are those of the claim's utterances. Only what affirms the claim is compared, and only passages that share most of their words.
pub fn retellings(record: &ClaimRecord, wordings: &BTreeMap<UtteranceKey, Vec<Wording>>) -> Vec<Retelling> {
    let parties = Parties::of(record);
    let mut above: BTreeMap<RevisionId, BTreeSet<RevisionId>> = BTreeMap::new();
    for hanging in &record.hangings {
        if let HangsOn::Report(on) = &hanging.on {
            above.entry(hanging.report).or_default().insert(*on);
        }
    }
    let mut tellings: BTreeMap<RevisionId, Vec<Telling<'_>>> = BTreeMap::new();
    for utterance in record.utterances.iter().filter(|one| Stance::of(one.act, false) == Stance::Affirms) {
        for relay in &utterance.relays {
            let wording = wordings.get(&utterance.key);
            let wording = wording.and_then(|list| list.iter().find(|wording| wording.report == relay.report));
            tellings.entry(relay.report).or_default().push(Telling::new(utterance, relay, wording, &parties));
        }
    }
    let mut found: BTreeSet<Retelling> = BTreeSet::new();
    for (report, told) in &tellings {
        for of in ancestors(*report, &above) {
            for before in tellings.get(&of).into_iter().flatten() {
                for after in told.iter().filter(|after| after.is_near(before)) {
                    for kind in changes(before, after) {
                        let evidence = before.relay.evidence.iter().chain(&after.relay.evidence).cloned().collect();
                        found.insert(Retelling { of, report: *report, kind, evidence });
                    }
                }
            }
        }
        if found.len() >= MOST_CHANGES {
            break;
        }
    }
    found.into_iter().take(MOST_CHANGES).collect()
}

/// Those above a report, nearest first.
fn ancestors(report: RevisionId, above: &BTreeMap<RevisionId, BTreeSet<RevisionId>>) -> Vec<RevisionId> {
    let mut found: Vec<RevisionId> = Vec::new();
    let mut open: Vec<RevisionId> = above.get(&report).into_iter().flatten().copied().collect();
    while let Some(next) = open.pop().filter(|_| found.len() < MOST_ABOVE) {
        if next != report && !found.contains(&next) {
            found.push(next);
            open.extend(above.get(&next).into_iter().flatten().copied());
        }
    }
    found
}

/// One report's words for the claim.
struct Telling<'r> {
    relay: &'r Relay,
    wording: Option<&'r Wording>,
    words: Vec<String>,
    is_own: bool,
    is_unnamed: bool,
}

impl<'r> Telling<'r> {
    fn new(utterance: &Utterance, relay: &'r Relay, wording: Option<&'r Wording>, parties: &Parties<'_>) -> Self {
        let words = relay.evidence.iter().flat_map(|evidence| evidence.words.words().split_whitespace());
        let words = words
            .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        let party = relay.credits.as_ref().unwrap_or(&utterance.party);
        let is_unnamed = parties.view(party).is_some_and(|view| view.kind == PartyKind::Unnamed);
        Self { relay, wording, words, is_own: relay.kind == RelayKind::OwnVoice, is_unnamed }
    }

    fn telling(&self) -> BTreeSet<&str> {
        self.words.iter().map(String::as_str).filter(|word| word.chars().count() > 3).collect()
    }

    /// Whether both share half of the longer words of the shorter.
    fn is_near(&self, other: &Telling<'_>) -> bool {
        let (one, other) = (self.telling(), other.telling());
        let shared = one.intersection(&other).count();
        shared >= 2 && shared * 2 >= one.len().min(other.len())
    }
}

fn changes(before: &Telling<'_>, after: &Telling<'_>) -> Vec<RetellingKind> {
    let mut found = Vec::new();
    if after.is_own && !before.is_own {
        found.push(RetellingKind::AttributionLost);
    }
    let sure = |telling: &Telling<'_>| telling.wording.map_or(Commitment::Certain, |wording| wording.commitment);
    if let (Some(one), Some(other)) = (before.wording, after.wording) {
        let changes: Vec<HedgeChange> =
            drift(one, std::slice::from_ref(other), None).into_iter().flat_map(|drift| drift.changes).collect();
        if changes.iter().any(|change| matches!(change, HedgeChange::Lost(_))) {
            found.push(RetellingKind::HedgeLost);
        }
        if changes.iter().any(|change| matches!(change, HedgeChange::Gained(_))) {
            found.push(RetellingKind::HedgeGained);
        }
    }
    let hedged = |telling: &Telling<'_>| telling.words.iter().any(|word| HEDGES.contains(&word.as_str()));
    let gains = !hedged(before) && hedged(after) && sure(before) == Commitment::Certain;
    if gains && !found.contains(&RetellingKind::HedgeGained) {
        found.push(RetellingKind::HedgeGained);
    }
    if hedged(before) && !hedged(after) && !found.contains(&RetellingKind::HedgeLost) {
        found.push(RetellingKind::HedgeLost);
    }
    if before.is_unnamed && after.is_unnamed && is_one(before) && !is_one(after) && is_several(after) {
        found.push(RetellingKind::SourceInflated);
    }
    if let (Some(one), Some(other)) = (strength(before), strength(after)) {
        match other.cmp(&one) {
            std::cmp::Ordering::Less => found.push(RetellingKind::VerbWeakened),
            std::cmp::Ordering::Greater => found.push(RetellingKind::VerbStrengthened),
            std::cmp::Ordering::Equal => {}
        }
    }
    let numbers = |telling: &Telling<'_>| {
        telling.words.iter().any(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    if numbers(before) && !numbers(after) {
        found.push(RetellingKind::FigureLost);
    }
    found
}

/// Words by which a report keeps off what it tells.
const HEDGES: &[&str] =
    &["reportedly", "allegedly", "alleged", "purportedly", "supposedly", "apparently", "claimed", "unconfirmed"];

/// "One of the people", "a person", "an official".
fn is_one(telling: &Telling<'_>) -> bool {
    const ONE: &[&str] =
        &["person", "official", "source", "aide", "diplomat", "officer", "engineer", "participant", "witness"];
    let of_many = telling.words.windows(2).any(|pair| pair[0] == "one" && pair[1] == "of");
    of_many || telling.words.iter().any(|word| ONE.contains(&word.as_str()))
}

/// "Sources", "officials".
fn is_several(telling: &Telling<'_>) -> bool {
    const SEVERAL: &[&str] = &[
        "people",
        "officials",
        "sources",
        "aides",
        "diplomats",
        "officers",
        "engineers",
        "participants",
        "witnesses",
        "persons",
    ];
    telling.words.iter().any(|word| SEVERAL.contains(&word.as_str()))
}

/// How strong the first verb of talking somebody into something is: asking, urging, warning, threatening.
fn strength(telling: &Telling<'_>) -> Option<u8> {
    const VERBS: &[(u8, &[&str])] = &[
        (1, &["asked", "suggested", "invited", "advised", "asks", "suggests"]),
        (2, &["urged", "appealed", "called", "pressed", "encouraged", "urges"]),
        (3, &["warned", "cautioned", "demanded", "insisted", "warns", "demands"]),
        (4, &["threatened", "ordered", "forbade", "commanded", "threatens", "orders"]),
    ];
    telling
        .words
        .iter()
        .find_map(|word| VERBS.iter().find(|(_, verbs)| verbs.contains(&word.as_str())))
        .map(|(strength, _)| *strength)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::sample::{claim, evidence, revision};

    fn check(lines: &str, of: &str, report: &str, expect: &[RetellingKind]) {
        let text = format!(
            "claim barge event
             report herald herald 2031-03-11T08:00Z
             report mail mail 2031-03-12T08:00Z
             party herald outlet:herald
             party mail outlet:mail
             party people unnamed
             party persons unnamed
             hangs mail derived herald
             {lines}"
        );
        let mut record = claim(&text);
        for utterance in &mut record.utterances {
            for relay in &mut utterance.relays {
                let is_first = relay.report == revision("herald");
                relay.evidence =
                    vec![evidence(if is_first { "herald" } else { "mail" }, if is_first { of } else { report })];
            }
        }
        let found: Vec<RetellingKind> =
            retellings(&record, &BTreeMap::new()).into_iter().map(|change| change.kind).collect();
        assert_eq!(found, expect, "{of} / {report}");
    }

    #[test]
    fn what_is_lost_and_gained_in_retelling() {
        let told = "a people affirm in herald\n b persons affirm in mail";
        let own = "a people affirm in herald\n b mail affirm in mail:own-voice";
        check(
            own,
            "The barge carried rifles, one of the guards said",
            "The barge carried rifles",
            &[RetellingKind::AttributionLost],
        );
        check(
            told,
            "One of the guards said the barge carried rifles",
            "Sources said the barge carried rifles",
            &[RetellingKind::SourceInflated],
        );
        check(
            told,
            "She warned the skipper off the barge, people said",
            "She urged the skipper off the barge, people said",
            &[RetellingKind::VerbWeakened],
        );
        check(
            told,
            "The barge carried rifles, people said",
            "The barge reportedly carried rifles, people said",
            &[RetellingKind::HedgeGained],
        );
        check(
            told,
            "The barge carried 40 rifles, people said",
            "The barge carried rifles, people said",
            &[RetellingKind::FigureLost],
        );
        check(told, "The barge carried rifles, people said", "The mayor went home, people said", &[]);
    }
}
