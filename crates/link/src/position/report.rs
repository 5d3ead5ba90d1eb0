//! Reports and relays as the rules see them: which report carries an utterance, on which other report it hangs, and by which words.
//! Not the finding of copies and citing words, which is done before.

use onrecord_evidence::{ArticleId, Quoted, RevisionId, Time};
use serde::{Deserialize, Serialize};

use super::claim::{NewsroomKey, PartyKey, UtteranceKey};

/// Exact words of a named article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The article.
    pub article: ArticleId,
    /// The revision whose reading the words stand in.
    pub revision: RevisionId,
    /// The words with their place.
    pub words: Quoted,
}

/// One report of a claim: a revision of an article, with what the rules need of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// The article.
    pub article: ArticleId,
    /// The revision; the key of the report.
    pub revision: RevisionId,
    /// Its outlet, as shown; `None` where nobody says.
    pub outlet: Option<String>,
    /// The staff behind its outlet. An impostor's is its own, never that of the masthead.
    pub newsroom: NewsroomKey,
    /// Words that show it to be an impostor of a masthead; empty where it is none.
    pub impostor: Vec<Evidence>,
    /// When it was published; `None` where nobody says: then it stands apart.
    pub published: Option<Time>,
    /// When this text was first seen to stand.
    pub observed: Time,
    /// What the newsroom no longer stands by.
    pub withdrawals: Vec<Withdrawal>,
}

impl ReportView {
    /// By when it was out: the time of publishing, without one the time at which it was seen; of both the earlier, for a report cannot be
    /// seen before it is out (a page may state a time in the future).
    pub fn out(&self) -> &Time {
        match &self.published {
            Some(published) if published.latest() <= self.observed.latest() => published,
            _ => &self.observed,
        }
    }

    /// Whether it is an impostor of a masthead.
    pub fn is_impostor(&self) -> bool {
        !self.impostor.is_empty()
    }
}

/// A newsroom no longer stands by a report or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When it said so.
    pub at: Time,
    /// The utterances that it withdraws. Empty: all that the newsroom vouches for itself (own voice, observation, unnamed sources);
    /// what a named party said stays said.
    pub utterances: Vec<UtteranceKey>,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// How a report has an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelayKind {
    /// From a document or a recording.
    Document,
    /// Its reporter saw the thing itself.
    Observed,
    /// It was told, or heard it said.
    Told,
    /// It repeats what another one reported.
    Repeated,
    /// It states it without crediting anyone.
    OwnVoice,
}

/// The words that show on what a relay rests: who told it, how these people know, what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The newsroom whose sources they are; `None` for the report's own ("told Concord Press" in Concord's report).
    pub of: Option<NewsroomKey>,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// One utterance in one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// The report.
    pub report: RevisionId,
    /// How the report has it.
    pub kind: RelayKind,
    /// The party that this report credits, where it is another one than the utterance's.
    pub credits: Option<PartyKey>,
    /// The basis that is shown in words.
    pub basis: Option<Basis>,
    /// How near the words are to the middle of the claim, in thousandths; `None` where there is no telling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearness: Option<i32>,
    /// The words: source, cue and content of the attribution.
    pub evidence: Vec<Evidence>,
}

/// What a report hangs on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HangsOn {
    /// A report in the ledger.
    Report(RevisionId),
    /// A newsroom of which no report is pointed at.
    Newsroom(NewsroomKey),
}

/// In which way a report hangs on another. The order is that in which one is chosen where several are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HangingKind {
    /// The passage that carries the claim is taken from it.
    Derived,
    /// The passage stands in both, and nothing shows which had it first.
    DerivedEitherWay,
    /// It is named as the ground: "the Post reported", "according to Interfax".
    Cites,
    /// It is named as the first: "first reported by the Post".
    FirstReportedBy,
}

/// An edge from a report to what it hangs on, for this claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hanging {
    /// The report that hangs.
    pub report: RevisionId,
    /// The utterances that the passage or the citing words cover; empty for all of this claim.
    pub utterances: Vec<UtteranceKey>,
    /// On what.
    pub on: HangsOn,
    /// In which way.
    pub kind: HangingKind,
    /// The words: the citing words, the shared passage, the credit line.
    pub evidence: Vec<Evidence>,
}

impl Hanging {
    /// Whether it covers an utterance.
    pub fn covers(&self, utterance: &UtteranceKey) -> bool {
        self.utterances.is_empty() || self.utterances.contains(utterance)
    }
}
