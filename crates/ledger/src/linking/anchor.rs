//! Where a decision holds on: exact words of a text of an article. It finds its statement again by these words alone, or is an orphan; nothing is guessed.

use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use onrecord_evidence::{ArticleId, Digest, RevisionId, StatementId, TextRange};
use onrecord_link::claims::{Statement, Voice};

use super::statement::of_set;
use super::store::{REPORT, report_of_row};
use crate::{Result, load};

/// Characters before and behind the words that are kept with them.
const CONTEXT: usize = 32;

/// Words of a text, with what stands around them (W3C Web Annotation: TextQuoteSelector and TextPositionSelector).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    /// Where the words stand in the text, in bytes.
    pub range: TextRange,
    /// The words.
    pub exact: String,
    /// At most 32 characters before them.
    pub prefix: String,
    /// At most 32 characters behind them.
    pub suffix: String,
}

impl Selector {
    /// The words in this range; `None` where it does not fit the text.
    pub fn new(text: &str, range: TextRange) -> Option<Self> {
        let exact = range.slice(text)?.to_owned();
        let (before, after) = (text.get(..range.start as usize)?, text.get(range.end as usize..)?);
        let mut prefix: Vec<char> = before.chars().rev().take(CONTEXT).collect();
        prefix.reverse();
        Some(Self { range, exact, prefix: prefix.into_iter().collect(), suffix: after.chars().take(CONTEXT).collect() })
    }

    /// Whether the same words stand in another text with the same words around them.
    fn is_like(&self, other: &Self) -> bool {
        (&self.exact, &self.prefix, &self.suffix) == (&other.exact, &other.prefix, &other.suffix)
    }
}

/// One statement, as a decision names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The article.
    pub article: ArticleId,
    /// The revision that the person saw.
    pub revision: RevisionId,
    /// SHA-256 of its text.
    pub text: Digest,
    /// The statement as it was then.
    pub statement: StatementId,
    /// In whose voice it is.
    pub voice: Voice,
    /// Its words, in text order.
    pub words: Vec<Selector>,
}

impl Anchor {
    pub(super) fn new(statement: &Statement, revision: RevisionId, text: &str) -> Option<Self> {
        let words = statement.ranges.iter().map(|range| Selector::new(text, *range)).collect::<Option<Vec<_>>>()?;
        Some(Self {
            article: statement.article,
            revision,
            text: Digest::of_bytes(text.as_bytes()),
            statement: statement.id,
            voice: statement.voice,
            words,
        })
    }

    /// The statements that it stands for: that of its own text, and those of the article's other linked texts with the very words in the very
    /// surroundings. Empty where it is an orphan.
    pub(super) fn resolve(&self, connection: &Connection) -> Result<Vec<StatementId>> {
        let article: Option<i64> = connection
            .prepare_cached("SELECT no FROM article WHERE id = ?")?
            .query_row([self.article.to_string()], |row| row.get(0))
            .optional()?;
        let Some(article) = article else { return Ok(Vec::new()) };
        let mut select = connection.prepare_cached(&format!("{REPORT} WHERE r.article = ? ORDER BY r.id"))?;
        let mut rows = select.query([article])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let report = report_of_row(row)?;
            let text = load::text(connection, report.text)?;
            let statements = of_set(connection, report.set, &report.of())?;
            let statements = statements.iter().map(|(_, statement)| statement);
            found.extend(self.find(statements, &text));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn find<'a>(&self, statements: impl Iterator<Item = &'a Statement> + Clone, text: &str) -> Option<StatementId> {
        let own = Digest::of_bytes(text.as_bytes()) == self.text;
        if own && statements.clone().any(|statement| statement.id == self.statement) {
            return Some(self.statement);
        }
        let attributed = self.voice == Voice::Attributed;
        let mut fits = statements.filter(|statement| {
            (statement.voice == Voice::Attributed) == attributed
                && statement.ranges.len() == self.words.len()
                && statement.ranges.iter().zip(&self.words).all(|(range, words)| match own {
                    true => *range == words.range,
                    false => Selector::new(text, *range).is_some_and(|found| words.is_like(&found)),
                })
        });
        let first = fits.next()?;
        // Two that fit are none: which one was meant nobody says.
        fits.next().is_none().then_some(first.id)
    }
}
