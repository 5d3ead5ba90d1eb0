//! One party's saying at one time, joined over articles, outlets and wordings. Not the resolution of who the party is, and not its position.

use onrecord_annotate::Act;
use onrecord_evidence::{ArticleId, ClaimId, StatementId, UtteranceId};
use serde::{Deserialize, Serialize};

use super::claim::published_ms;
use super::statement::Statement;

/// One saying of one party, however often and in whatever wording it is reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// Identity: that of the statement that founded it.
    pub id: UtteranceId,
    /// The claim that it is on.
    pub claim: ClaimId,
    /// Who speaks, by the key of [`Statement::speaker`].
    pub speaker: String,
    /// What is done by it.
    pub act: Act,
    /// Publication of its first report, in milliseconds since 1970; `None` where no report of it is dated.
    pub first_ms: Option<i64>,
    /// Publication of the report that founded it: what is published within three days of the two is at one time with it.
    pub founded_ms: Option<i64>,
    /// The statement that founded it.
    pub founder: StatementId,
    /// The article that founded it.
    pub article: ArticleId,
    /// Number of statements that report it.
    pub statements: u32,
}

/// Reports of one saying are published within so long of each other: a day's news and the papers of the second day behind it.
const APART_MS: i64 = 3 * 24 * 3600 * 1000;

impl Utterance {
    /// The utterance of a statement; `None` in own voice and where no speaker is named.
    pub(super) fn founded(statement: &Statement, claim: ClaimId) -> Option<Self> {
        let published = published_ms(statement);
        Some(Self {
            id: UtteranceId::of_fields(&[statement.id.to_string().as_bytes()]),
            claim,
            speaker: statement.speaker.clone()?,
            act: statement.act?,
            first_ms: published,
            founded_ms: published,
            founder: statement.id,
            article: statement.article,
            statements: 1,
        })
    }

    /// Whether `other` reports the same saying: the same speaker on the same claim, by the same act, at one time. Its words need not be the same: a
    /// translation has others. Sayings whose time nobody states are one only within one article.
    pub(super) fn is_reported_by(&self, other: &Self) -> bool {
        let at_one_time = match (self.first_ms, self.founded_ms, other.first_ms) {
            (Some(first), Some(last), Some(at)) => {
                at >= first.saturating_sub(APART_MS) && at <= last.saturating_add(APART_MS)
            }
            _ => self.article == other.article,
        };
        self.claim == other.claim && self.speaker == other.speaker && self.act == other.act && at_one_time
    }

    /// Takes another report of it in. The window does not grow beyond its founder's, so that a saying repeated every day stays several.
    pub(super) fn admit(&mut self, other: &Self) {
        self.statements = self.statements.saturating_add(other.statements);
        self.first_ms = self.first_ms.into_iter().chain(other.first_ms).min();
    }
}
