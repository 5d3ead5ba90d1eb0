//! Identifiers as people type them: the first letters are enough where they are unique. Not a search for words.

use std::fmt;

use rusqlite::params;

use onrecord_evidence::{ArticleId, AttributionId, CaptureId, ClaimId, OperationId, RevisionId, StatementId};

use crate::operation::parse_id;
use crate::{At, Ledger, Result, linking, revisions};

/// An identifier of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnyId {
    /// Of an article.
    Article(ArticleId),
    /// Of a revision.
    Revision(RevisionId),
    /// Of an attribution.
    Attribution(AttributionId),
    /// Of a capture.
    Capture(CaptureId),
    /// Of an operation.
    Operation(OperationId),
}

impl fmt::Display for AnyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(id) => id.fmt(formatter),
            Self::Revision(id) => id.fmt(formatter),
            Self::Attribution(id) => id.fmt(formatter),
            Self::Capture(id) => id.fmt(formatter),
            Self::Operation(id) => id.fmt(formatter),
        }
    }
}

/// What the beginning of an identifier stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// One thing.
    Unique(AnyId),
    /// Several; the first [`Resolved::SHOWN`] of them, in order.
    Ambiguous(Vec<AnyId>),
    /// Nothing in this ledger at that time.
    None,
}

impl Resolved {
    /// How many candidates an ambiguous beginning is shown with.
    pub const SHOWN: usize = 10;
}

impl Ledger {
    /// What `text` stands for: a whole identifier, or its beginning (`att_3f`), in capitals or not. The letters after the
    /// underscore may also stand alone. What was published after [`At::as_of`], or states no date, is found all the same, and so
    /// is a withheld article, capture or revision: the function that looks it up says why it is not shown.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn resolve(&self, text: &str, at: &At) -> Result<Resolved> {
        let typed = text.trim().to_lowercase();
        if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Ok(Resolved::None);
        }
        let (kind, rest) = typed.split_once('_').unwrap_or(("", &typed));
        let mut found = Vec::new();
        for prefix in
            [ArticleId::PREFIX, RevisionId::PREFIX, AttributionId::PREFIX, CaptureId::PREFIX, OperationId::PREFIX]
        {
            if kind.is_empty() || kind == prefix {
                found.extend(self.beginning(prefix, &format!("{prefix}_{rest}"), at)?);
            }
        }
        found.truncate(Resolved::SHOWN);
        Ok(match found.as_slice() {
            [] => Resolved::None,
            [one] => Resolved::Unique(*one),
            _ => Resolved::Ambiguous(found),
        })
    }

    /// The claims whose ids begin with `text`, with or without `clm_` and in capitals or not, by id; at most one more than [`Resolved::SHOWN`]. Ids that
    /// were given up are among them.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn resolve_claim(&self, text: &str, at: &At) -> Result<Vec<ClaimId>> {
        let typed = text.trim().to_lowercase();
        let letters = typed.strip_prefix("clm_").unwrap_or(&typed);
        if !letters.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(Vec::new());
        }
        self.read(at, |reader| {
            let sql = "SELECT c.id FROM claim c WHERE c.id BETWEEN ?1 AND ?1 || '~' AND EXISTS (SELECT 1 FROM statement s \
                       JOIN capture_view v ON v.record_set = s.record_set WHERE s.no = c.canonical AND v.known_from <= ?2) \
                       ORDER BY c.id LIMIT ?3";
            let mut select = reader.connection.prepare_cached(sql)?;
            let limit = Resolved::SHOWN as i64 + 1;
            let rows = select.query_map(params![format!("clm_{letters}"), at.known_by(), limit], |row| row.get::<_, String>(0))?;
            rows.map(|id| parse_id(&id?)).collect()
        })
    }

    /// The statements whose ids begin with `text` (`stm_3f`, or without `stm_`), and those that are the content of the attributions whose ids do
    /// (`att_3f`), by id; at most one more than [`Resolved::SHOWN`].
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn resolve_statement(&self, text: &str) -> Result<Vec<StatementId>> {
        let typed = text.trim().to_lowercase();
        let (kind, letters) = typed.split_once('_').unwrap_or((StatementId::PREFIX, &typed));
        if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(Vec::new());
        }
        let limit = Resolved::SHOWN + 1;
        self.read(&At::default(), |reader| {
            let begins = format!("{kind}_{letters}");
            let mut found: Vec<StatementId> = match kind {
                StatementId::PREFIX => {
                    let sql = "SELECT DISTINCT s.id FROM statement s WHERE s.id BETWEEN ?1 AND ?1 || '~' ORDER BY s.id LIMIT ?2";
                    let mut select = reader.connection.prepare_cached(sql)?;
                    let rows = select.query_map(params![begins, limit as i64], |row| row.get::<_, String>(0))?;
                    rows.map(|id| parse_id(&id?)).collect::<Result<_>>()?
                }
                AttributionId::PREFIX => {
                    let sql = "SELECT a.id, a.record_set FROM attribution a WHERE a.id BETWEEN ?1 AND ?1 || '~' ORDER BY a.id, a.record_set LIMIT ?2";
                    let mut select = reader.connection.prepare_cached(sql)?;
                    let rows = select.query_map(params![begins, limit as i64], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
                    let mut found = Vec::new();
                    for row in rows {
                        let (id, set) = row?;
                        let id: AttributionId = parse_id(&id)?;
                        found.extend(linking::statements_of(reader.connection, set, id)?);
                    }
                    found
                }
                _ => Vec::new(),
            };
            found.sort_unstable();
            found.dedup();
            found.truncate(limit);
            Ok(found)
        })
    }

    fn beginning(&self, kind: &str, typed: &str, at: &At) -> Result<Vec<AnyId>> {
        if kind == RevisionId::PREFIX {
            let found = self.read(at, |reader| revisions::beginning(reader, typed, Resolved::SHOWN + 1))?;
            return Ok(found.into_iter().map(AnyId::Revision).collect());
        }
        let known = "v.known_from <= ?2 AND (v.known_until IS NULL OR v.known_until > ?2)";
        let range = "BETWEEN ?1 AND ?1 || '~'";
        let sql = match kind {
            ArticleId::PREFIX => format!(
                "SELECT id FROM (SELECT a.id FROM article a WHERE a.id {range} \
                 AND EXISTS (SELECT 1 FROM capture_view v WHERE v.article = a.no AND {known}) \
                 UNION SELECT target FROM operation WHERE target {range} AND kind = 'withhold' AND recorded_at <= ?2)"
            ),
            AttributionId::PREFIX => format!(
                "SELECT DISTINCT a.id FROM attribution a WHERE a.id {range} \
                 AND EXISTS (SELECT 1 FROM capture_view v WHERE v.record_set = a.record_set AND {known})"
            ),
            CaptureId::PREFIX => {
                format!(
                    "SELECT target AS id FROM operation WHERE target {range} AND kind = 'capture' AND recorded_at <= ?2"
                )
            }
            _ => format!("SELECT id FROM operation WHERE id {range} AND recorded_at <= ?2"),
        };
        self.read(at, |reader| {
            let mut statement = reader.connection.prepare_cached(&format!("{sql} ORDER BY id LIMIT ?3"))?;
            let limit = Resolved::SHOWN as i64 + 1;
            let rows = statement.query_map(params![typed, at.known_by(), limit], |row| row.get::<_, String>(0))?;
            rows.map(|id| any(kind, &id?)).collect()
        })
    }
}

fn any(kind: &str, id: &str) -> Result<AnyId> {
    Ok(match kind {
        ArticleId::PREFIX => AnyId::Article(parse_id(id)?),
        AttributionId::PREFIX => AnyId::Attribution(parse_id(id)?),
        CaptureId::PREFIX => AnyId::Capture(parse_id(id)?),
        _ => AnyId::Operation(parse_id(id)?),
    })
}
