//! What one article does with a claim, read off the positions in it: it holds the claim itself, it holds or only tells the denial of it, or it
//! tells of it without taking a side. No classifier: the same utterances and relays that the positions rest on.

use std::fmt;

use onrecord_annotate::Commitment;
use onrecord_evidence::RevisionId;
use serde::{Deserialize, Serialize};

use super::claim::{ClaimRecord, Utterance};
use super::party::Parties;
use super::report::{Relay, RelayKind};
use super::stance::Stance;

/// The stance of an article on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleStance {
    /// The outlet itself says that it is so, and tells of nobody who denies it.
    For,
    /// The outlet itself says that it is not so, or it tells at least as many denials of it as affirmations.
    Against,
    /// It tells what others say and takes no side.
    Observing,
}

impl ArticleStance {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Observing => "observing",
        }
    }
}

impl fmt::Display for ArticleStance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

/// The stance of the report `revision` on the claim as it is worded; first match:
///
/// 1. its own voice denies or takes it back: against;
/// 2. its own voice or its reporter's observation affirms it, nobody whom it reports denies it, and nothing in it affirms it only with a hedge: for;
/// 3. it tells of denials, at least as many as of affirmations, its own voice counting as one: against, for a denial answers what was said;
/// 4. else observing: also where the report says nothing of the claim.
///
/// Only what is about as near to the claim as the most direct of what the article says counts: the rest tells of what is around it.
///
/// An article that states a rumour and then says that it is false is against it: that is why denying comes first. Who is reported with "it
/// may be so" affirms as little as who declines to say; the outlet that says "apparently" leaves it open as well. An
/// outlet that states the claim beside a denial of it tells both sides.
///
/// ```
/// use onrecord_evidence::RevisionId;
/// use onrecord_link::position::*;
/// let empty = ClaimRecord::new(ClaimKey::new("the bridge is closed"), ClaimKind::Event);
/// assert_eq!(article_stance(&empty, RevisionId::of_fields(&[b"a"])), ArticleStance::Observing);
/// ```
pub fn article_stance(record: &ClaimRecord, revision: RevisionId) -> ArticleStance {
    let parties = Parties::of(record);
    let report = record.reports.iter().find(|report| report.revision == revision);
    let newsroom = report.map(|report| &report.newsroom);
    let (mut own, mut told) = (Stances::default(), Stances::default());
    let relays = || record.utterances.iter().flat_map(|utterance| &utterance.relays);
    let nearest = relays().filter(|relay| relay.report == revision).filter_map(|relay| relay.nearness).max();
    let is_direct = |relay: &Relay, share: i32| {
        relay.nearness.zip(nearest).is_none_or(|(nearness, nearest)| nearness * 100 >= nearest * share)
    };
    for utterance in &record.utterances {
        for relay in utterance.relays.iter().filter(|relay| relay.report == revision) {
            let party = relay.credits.as_ref().unwrap_or(&utterance.party);
            let voice = matches!(relay.kind, RelayKind::OwnVoice | RelayKind::Observed);
            let by_outlet = parties.newsroom(party).is_some_and(|of| Some(of) == newsroom);
            let is_own = by_outlet || (voice && parties.newsroom(party).is_none());
            if is_direct(relay, if is_own { DIRECT_OWN } else { DIRECT_TOLD }) {
                let stances = if is_own { &mut own } else { &mut told };
                stances.add(utterance);
            }
        }
    }
    let affirms = told.affirms + own.affirms.min(1);
    match () {
        () if own.denies > 0 => ArticleStance::Against,
        () if own.affirms > 0 && told.denies == 0 && !own.hedges && !told.hedges => ArticleStance::For,
        () if told.denies > 0 && told.denies >= affirms => ArticleStance::Against,
        () => ArticleStance::Observing,
    }
}

/// Of the nearness to the claim of what the article says most directly of it, in hundredths, what else in its own voice counts.
const DIRECT_OWN: i32 = 90;
/// The same of what it tells.
const DIRECT_TOLD: i32 = 70;

/// What is done to the claim by several sayings.
#[derive(Default)]
struct Stances {
    affirms: usize,
    denies: usize,
    /// Whether something affirms it only with a hedge.
    hedges: bool,
}

impl Stances {
    fn add(&mut self, utterance: &Utterance) {
        let is_open = matches!(utterance.commitment, Commitment::Possible | Commitment::Unknown);
        match Stance::of(utterance.act, false) {
            Stance::Affirms => {
                self.affirms += usize::from(!is_open);
                self.hedges |= is_open || utterance.commitment == Commitment::Probable;
            }
            Stance::Denies | Stance::TakesBack => self.denies += 1,
            Stance::Open => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{claim, revision};
    use super::*;

    fn check(lines: &str, expect: ArticleStance) {
        let text = format!(
            "claim barge event
             report herald herald 2031-03-11T08:00Z
             party herald outlet:herald
             party mail outlet:mail
             party people unnamed
             {lines}"
        );
        assert_eq!(article_stance(&claim(&text), revision("herald")), expect, "{lines}");
    }

    #[test]
    fn the_outlets_own_voice_comes_first() {
        check("a herald affirm in herald:own-voice", ArticleStance::For);
        check("a herald affirm in herald:own-voice\n b owner deny in herald", ArticleStance::Against);
        check(
            "a herald affirm in herald:own-voice\n b owner deny in herald\n c people affirm in herald",
            ArticleStance::Observing,
        );
        check("a herald deny in herald:own-voice\n b people affirm in herald", ArticleStance::Against);
        // It states the rumour, then that it is false.
        check("a herald affirm in herald:own-voice\n b herald deny in herald:own-voice", ArticleStance::Against);
        check("a herald retract in herald:own-voice", ArticleStance::Against);
        check("a people affirm in herald:observed", ArticleStance::For);
    }

    #[test]
    fn what_others_say_is_told() {
        check("", ArticleStance::Observing);
        check("a people affirm in herald", ArticleStance::Observing);
        check("a mail affirm in herald:repeated", ArticleStance::Observing);
        check("a people affirm in herald\n b owner deny in herald", ArticleStance::Against);
        check("a people affirm in herald\n b owner deny in herald\n c mail affirm in herald", ArticleStance::Observing);
        check("a owner deny in herald", ArticleStance::Against);
        check("a owner decline in herald", ArticleStance::Observing);
        check("a owner deny in mail", ArticleStance::Observing);
    }
}
