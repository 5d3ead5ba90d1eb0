//! The small parts of what is shown of a claim: wording, standing, life, coverage, a change, a link, a report. What they say is concluded elsewhere.

use jiff::Timestamp;
use onrecord_evidence::Time;
use onrecord_link::position::{ClaimKey, LinkKind, StandingWord};
use serde::Serialize;

use super::asked::{PartyLine, QuoteLine};

/// The wording of a claim for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordingLine {
    /// The words; a gap is shown by an ellipsis.
    pub text: String,
    /// Whether the words say that it is not so.
    pub negated: bool,
    /// Where they stand.
    pub quote: Option<QuoteLine>,
}

/// How a claim stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StandingLine {
    /// The standing: a person's decision where there is one, else by rule.
    pub standing: StandingWord,
    /// In words.
    pub words: &'static str,
    /// What the rules say.
    pub by_rule: StandingWord,
    /// The rule that matched first.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// The words that it rests on.
    pub quotes: Vec<QuoteLine>,
    /// The decision above the rule: author, moment, reason.
    pub decision: Option<DecisionNote>,
}

/// Who decided, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionNote {
    /// By whom.
    pub author: String,
    /// When.
    pub at: Time,
    /// Why.
    pub reason: String,
}

/// Whether it is still the claim to go by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LifeLine {
    /// In words.
    pub words: String,
    /// The rule.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// The claim that took its place.
    pub by: Option<ClaimKey>,
    /// When it was affirmed last, where it was last seen then.
    pub at: Option<Timestamp>,
    /// The words.
    pub quotes: Vec<QuoteLine>,
}

/// What the ledger holds of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageLine {
    /// Articles that report it.
    pub articles: usize,
    /// Outlets of these.
    pub outlets: usize,
    /// When the first was out.
    pub from: Option<Timestamp>,
    /// When the last was out.
    pub to: Option<Timestamp>,
    /// "in this ledger: 4 articles, 3 outlets, 2031-03-09 to 2031-03-12"
    pub words: String,
}

/// What stood from one moment on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeLine {
    /// From when.
    pub at: Timestamp,
    /// The standing.
    pub standing: StandingWord,
    /// In words.
    pub words: &'static str,
    /// The rule.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// At least so many origins.
    pub least: usize,
    /// So many unknown.
    pub unknown: usize,
    /// The life, in words.
    pub life: &'static str,
    /// The words behind it.
    pub quotes: Vec<QuoteLine>,
}

/// A claim to which this one is linked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkLine {
    /// How they stand.
    pub kind: LinkKind,
    /// Whether the link leads from the claim that is asked about; else from the other one.
    pub from_this: bool,
    /// In words, from the claim that is asked about: "presupposes".
    pub words: &'static str,
    /// The other claim.
    pub claim: ClaimKey,
    /// Its wording.
    pub wording: String,
    /// Its standing.
    pub standing: StandingWord,
    /// Its standing in words.
    pub standing_words: &'static str,
    /// The words behind the link.
    pub quotes: Vec<QuoteLine>,
}

/// Words of a report that stand beside the claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BesideLine {
    /// Who says it; the outlet where it is in its own voice.
    pub party: PartyLine,
    /// The words.
    pub quote: QuoteLine,
}

/// One report of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportLine {
    /// Article, revision, outlet and when it was out.
    #[serde(flatten)]
    pub name: super::origins::ReportName,
    /// Its headline.
    pub title: Option<String>,
    /// Address of its article.
    pub address: Option<String>,
    /// Whether it only bears the name of its outlet.
    pub impostor: bool,
    /// The words by which its newsroom no longer stands by it, or by a part of it.
    pub withdrawn: Vec<QuoteLine>,
}
