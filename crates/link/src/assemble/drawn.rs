//! A claim with its record as it is kept and shown: what was put together, without the features by which it was.
//!
//! Not here: how it stands at a time, which the rules conclude from it.

use std::collections::BTreeMap;

use onrecord_evidence::{ArticleId, AttributionId, ClaimId, EventId, RevisionId, StatementId, TextRange};
use serde::{Deserialize, Serialize};

use super::linked::{Canonical, LinkedClaim, LinkedStatement};
use crate::claims::{Joining, Voice};
use crate::drift::{Quotation, Wording};
use crate::figure::FigureClaim;
use crate::position::{ClaimRecord, UtteranceKey};

/// A statement of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnStatement {
    /// Which.
    pub id: StatementId,
    /// The attribution whose content it is, or a part of; `None` in own voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<AttributionId>,
    /// Where it stands.
    pub article: ArticleId,
    /// In which revision.
    pub revision: RevisionId,
    /// In whose voice.
    pub voice: Voice,
    /// Its words, in text order.
    pub ranges: Vec<TextRange>,
    /// How it came to its claim.
    pub joining: Joining,
    /// The utterance of the record that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utterance: Option<UtteranceKey>,
    /// Whether it only stands beside the claim in its report, without an act on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_beside: bool,
}

/// A claim with all that was put together for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawnClaim {
    /// Which.
    pub id: ClaimId,
    /// The event of its first report.
    pub event: EventId,
    /// What the rules read.
    pub record: ClaimRecord,
    /// Its words for people.
    pub canonical: Canonical,
    /// Its statements, by report and place.
    pub statements: Vec<DrawnStatement>,
    /// Its figures, for `figure::series` and `figure::compare`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureClaim>,
    /// How each report words each utterance, the first report first; for `drift::drift`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wordings: BTreeMap<UtteranceKey, Vec<Wording>>,
    /// What is quoted of each utterance, the first report first; for `drift::variants`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quotations: BTreeMap<UtteranceKey, Vec<Quotation>>,
}

impl From<LinkedStatement> for DrawnStatement {
    fn from(linked: LinkedStatement) -> Self {
        let LinkedStatement { statement, joining, utterance, is_beside } = linked;
        Self {
            id: statement.id,
            attribution: statement.attribution,
            article: statement.article,
            revision: statement.revision,
            voice: statement.voice,
            ranges: statement.ranges,
            joining,
            utterance,
            is_beside,
        }
    }
}

impl From<LinkedClaim> for DrawnClaim {
    fn from(linked: LinkedClaim) -> Self {
        let LinkedClaim { id, event, record, canonical, statements, figures, wordings, quotations } = linked;
        let statements = statements.into_iter().map(DrawnStatement::from).collect();
        Self { id, event, record, canonical, statements, figures, wordings, quotations }
    }
}
