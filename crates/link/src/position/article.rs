//! What one article does with a claim, read off the positions in it: it holds the claim itself, it holds or only tells the denial of it, or it
//! tells of it without taking a side. No classifier: the same utterances and relays that the positions rest on.

use std::fmt;

use onrecord_annotate::Commitment;
use onrecord_evidence::RevisionId;
use serde::{Deserialize, Serialize};

use super::claim::{ClaimRecord, NewsroomKey, Utterance};
use super::party::Parties;
use super::report::RelayKind;
use super::stance::Stance;

/// The stance of an article on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleStance {
    /// The outlet itself says that it is so.
    For,
    /// The outlet itself says that it is not so, or all who take a stand in the article deny it.
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
/// 2. its own voice or its reporter's observation affirms it, and not as merely possible: for;
/// 3. of those whom it reports, somebody denies it and nobody affirms it: against;
/// 4. else observing: also where the report says nothing of the claim.
///
/// An article that states a rumour and then says that it is false is against it: that is why denying comes first. Who is reported with "it
/// may be so" affirms as little as who declines to say.
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
    for utterance in &record.utterances {
        for relay in utterance.relays.iter().filter(|relay| relay.report == revision) {
            let party = relay.credits.as_ref().unwrap_or(&utterance.party);
            let voice = matches!(relay.kind, RelayKind::OwnVoice | RelayKind::Observed);
            let is_own = |of: &NewsroomKey| Some(of) == newsroom;
            let by_outlet = parties.newsroom(party).is_some_and(is_own);
            let stances = if by_outlet || (voice && parties.newsroom(party).is_none()) { &mut own } else { &mut told };
            stances.add(utterance);
        }
    }
    match () {
        () if own.denies => ArticleStance::Against,
        () if own.affirms => ArticleStance::For,
        () if told.denies && !told.affirms => ArticleStance::Against,
        () => ArticleStance::Observing,
    }
}

/// What is done to the claim by several sayings.
#[derive(Default)]
struct Stances {
    affirms: bool,
    denies: bool,
}

impl Stances {
    fn add(&mut self, utterance: &Utterance) {
        let is_sure = !matches!(utterance.commitment, Commitment::Possible | Commitment::Unknown);
        match Stance::of(utterance.act, false) {
            Stance::Affirms => self.affirms |= is_sure,
            Stance::Denies | Stance::TakesBack => self.denies = true,
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
        check("a herald affirm in herald:own-voice\n b owner deny in herald", ArticleStance::For);
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
        check("a people affirm in herald\n b owner deny in herald", ArticleStance::Observing);
        check("a owner deny in herald", ArticleStance::Against);
        check("a owner decline in herald", ArticleStance::Observing);
        check("a owner deny in mail", ArticleStance::Observing);
    }
}
