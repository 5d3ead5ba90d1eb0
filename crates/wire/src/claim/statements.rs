//! `{"type": "statement"}`: why a statement stands on its claim, with words of both. Not the comparison: that of `onrecord_link::claims`.

use onrecord_evidence::{ArticleId, AttributionId, ClaimId, RevisionId, StatementId, Time};
use onrecord_link::claims::{Joining, ReasonKind, Voice};
use serde::Serialize;

/// A statement of a claim with the grounds on which it stands there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementLine {
    /// Always [`StatementLine::TYPE`].
    pub r#type: &'static str,
    /// Always [`crate::VERSION`].
    pub version: u32,
    /// The statement.
    pub statement: StatementId,
    /// The claim.
    pub claim: ClaimId,
    /// The attribution whose content it is, or a part of; `null` in own voice.
    pub attribution: Option<AttributionId>,
    /// The article.
    pub article: ArticleId,
    /// The revision of it.
    pub revision: RevisionId,
    /// The outlet, as shown.
    pub outlet: Option<String>,
    /// By when it was out.
    pub out: Option<Time>,
    /// In whose voice it is.
    pub voice: Voice,
    /// Its words.
    pub words: String,
    /// How it came to the claim.
    pub joining: Joining,
    /// The same in words.
    pub reason: &'static str,
    /// Mean nearness to the statements that stand for the claim, 0 to 1000; 0 where it founds it.
    pub nearness: u16,
    /// The statement that is nearest.
    pub nearest: Option<StatementId>,
    /// Its words.
    pub nearest_words: Option<String>,
    /// Why, with words of both.
    pub grounds: Vec<GroundLine>,
    /// Claims that it may also be on, with their nearness.
    pub undecided: Vec<(ClaimId, u16)>,
}

/// One ground of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroundLine {
    /// What it is.
    pub kind: ReasonKind,
    /// In words.
    pub reason: &'static str,
    /// Words of the statement.
    pub ours: Vec<String>,
    /// Words of the nearest one.
    pub theirs: Vec<String>,
}

impl StatementLine {
    /// The `type`.
    pub const TYPE: &'static str = "statement";
}
