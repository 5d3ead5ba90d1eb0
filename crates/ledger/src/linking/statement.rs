//! What linking needs of one text, kept with its records: statements, blocks, host. Not what other articles have to do with it.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use onrecord_annotate::{Act, SentenceVector};
use onrecord_evidence::{ArticleId, AttributionId, Block, Digest, RevisionId, StatementId, TextRange, Time};
use onrecord_link::claims::{Proposition, Shared, Statement, Voice};

use crate::{Error, Result, operation, pack};

/// What the texts of one article need so that other articles can be linked with them; a function of the text, its records and its address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linkable {
    /// Host of the article's address without `www.`; `None` where it has no address.
    pub domain: Option<String>,
    /// The blocks of the text, in text order.
    pub blocks: Vec<Block>,
    /// Its statements, made of a [`Report`](onrecord_link::Report) whose revision is the [`text_id`]. The time of publication in them
    /// is not kept: the ledger takes what the first capture says.
    pub statements: Vec<Statement>,
}

/// The id under which the text of an article is linked: a revision of the number 0. The real number moves when a late capture comes in; what
/// is linked does not.
pub fn text_id(article: &ArticleId, text: &Digest) -> RevisionId {
    crate::timeline::revision_id(&article.to_string(), *text, 0)
}

/// A statement without what is known of its report and without its vector.
#[derive(Serialize, Deserialize)]
struct Body {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    attribution: Option<AttributionId>,
    voice: Voice,
    ranges: Vec<TextRange>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    act: Option<Act>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    part: Option<u8>,
    proposition: Proposition,
}

/// Deflate begins with these words, so that a short statement packs well. Part of the format: a change needs another version of the tables.
const DICTIONARY: &str = r#""},"amounts":[],"days":[],"negations":[],"tense":"ahead","is_question":true}}{"attribution":"att_","voice":"headline","voice":"own","ranges":[{"start":"act":"decline","act":"deny","act":"affirm","speaker":"","part":0,"proposition":{"stems":[{"text":"","weight":1","name":true,"range":{"start":1","end":2}},{"text":"said","weight":3","name":false,"range":{"start":0","end":0}}],"amounts":[],"days":[],"negations":[],"tense":"open","is_question":false}}"#;

/// Whether every statement has its words in the text.
pub(crate) fn check(linkable: &Linkable, text: &str) -> Result<(), String> {
    for statement in &linkable.statements {
        let is_whole = |range: &TextRange| range.slice(text).is_some_and(|words| !words.is_empty());
        if statement.ranges.is_empty() || !statement.ranges.iter().all(is_whole) {
            return Err(format!("{}: expected words of the text, found none", statement.id));
        }
    }
    match linkable.blocks.iter().all(|block| block.range.slice(text).is_some()) {
        true => Ok(()),
        false => Err("expected blocks of the text, found one outside of it".to_owned()),
    }
}

/// Keeps what linking needs of a set of records; nothing where it is kept.
pub(crate) fn keep(connection: &Connection, set: i64, linkable: &Linkable, text: &str) -> Result<()> {
    if connection.prepare_cached("SELECT 1 FROM prepared WHERE record_set = ?")?.exists([set])? {
        return Ok(());
    }
    let blocks = operation::json(&linkable.blocks)?;
    connection
        .prepare_cached("INSERT INTO prepared (record_set, domain, length, blocks) VALUES (?, ?, ?, ?)")?
        .execute(params![set, linkable.domain, blocks.len(), pack::deflate(blocks.as_bytes(), b"")])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO statement (id, record_set, place, length, packed, vector, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (place, statement) in linkable.statements.iter().enumerate() {
        let proposition = Proposition { vector: None, ..Proposition::clone(&statement.proposition) };
        let body = operation::json(&Body {
            attribution: statement.attribution,
            voice: statement.voice,
            ranges: statement.ranges.clone(),
            act: statement.act,
            speaker: statement.speaker.clone(),
            part: statement.part,
            proposition,
        })?;
        let vector = statement.proposition.vector.as_ref().map(SentenceVector::to_bytes);
        let digest = digest(&body, vector.as_deref(), &statement.words(text));
        let packed = pack::deflate(body.as_bytes(), DICTIONARY.as_bytes());
        insert.execute(params![statement.id.to_string(), set, place, body.len(), packed, vector, digest.as_bytes()])?;
    }
    Ok(())
}

/// The statements of a set that are the content of an attribution, or parts of it.
pub(crate) fn statements_of(connection: &Connection, set: i64, attribution: AttributionId) -> Result<Vec<StatementId>> {
    let nobody = Of { article: ArticleId::of_fields(&[]), revision: RevisionId::of_fields(&[]), published: None };
    let found = of_set(connection, set, &nobody)?;
    Ok(found
        .into_iter()
        .map(|(_, one)| one)
        .filter(|one| one.attribution == Some(attribution))
        .map(|one| one.id)
        .collect())
}

fn digest(body: &str, vector: Option<&[u8]>, words: &str) -> Digest {
    Digest::of_fields("onrecord/statement/1", &[body.as_bytes(), vector.unwrap_or_default(), words.as_bytes()])
}

/// What is known of the report that a statement stands in.
pub(crate) struct Of<'call> {
    pub article: ArticleId,
    pub revision: RevisionId,
    pub published: Option<&'call Time>,
}

/// The columns that [`of_row`] reads.
pub(crate) const COLUMNS: &str = "s.id, s.place, s.length, s.packed, s.vector, s.no";

/// A statement out of the columns [`COLUMNS`], and its number.
pub(crate) fn of_row(row: &Row<'_>, of: &Of<'_>) -> Result<(i64, Statement)> {
    let no: i64 = row.get(5)?;
    let id: StatementId = operation::parse_id(row.get_ref(0)?.as_str().unwrap_or_default())?;
    let (body, vector) = parts(row, no)?;
    let body: Body = serde_json::from_str(&body)
        .map_err(|cause| Error::damaged(format!("statement {no}: expected a statement, found {cause}")))?;
    let vector = vector.map(|bytes| {
        SentenceVector::from_bytes(&bytes)
            .ok_or_else(|| Error::damaged(format!("statement {no}: expected a vector, found {} bytes", bytes.len())))
    });
    let proposition = Shared::new(Proposition { vector: vector.transpose()?, ..body.proposition });
    let statement = Statement {
        id,
        article: of.article,
        revision: of.revision,
        attribution: body.attribution,
        voice: body.voice,
        ranges: body.ranges,
        act: body.act,
        speaker: body.speaker,
        published: of.published.cloned(),
        order: row.get(1)?,
        part: body.part,
        proposition,
    };
    Ok((no, statement))
}

fn parts(row: &Row<'_>, no: i64) -> Result<(String, Option<Vec<u8>>)> {
    let (length, packed): (usize, Vec<u8>) = (row.get(2)?, row.get(3)?);
    let body = pack::inflate(&packed, length, DICTIONARY.as_bytes())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| Error::damaged(format!("statement {no} does not unpack")))?;
    Ok((body, row.get(4)?))
}

/// The statements of a set in their order, with their numbers.
pub(crate) fn of_set(connection: &Connection, set: i64, of: &Of<'_>) -> Result<Vec<(i64, Statement)>> {
    let sql = format!("SELECT {COLUMNS} FROM statement s WHERE s.record_set = ? ORDER BY s.place");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([set])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(of_row(row, of)?);
    }
    Ok(found)
}

/// Host and blocks of a set; `None` where an earlier version kept none.
pub(crate) fn prepared(connection: &Connection, set: i64) -> Result<Option<(Option<String>, Vec<Block>)>> {
    let row: Option<(Option<String>, usize, Vec<u8>)> = connection
        .prepare_cached("SELECT domain, length, blocks FROM prepared WHERE record_set = ?")?
        .query_row([set], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((domain, length, packed)) = row else { return Ok(None) };
    let json = pack::inflate(&packed, length, b"")
        .ok_or_else(|| Error::damaged(format!("the blocks of record set {set} do not unpack")))?;
    let blocks = serde_json::from_slice(&json)
        .map_err(|cause| Error::damaged(format!("record set {set}: expected blocks, found {cause}")))?;
    Ok(Some((domain, blocks)))
}

/// What does not hold of the statements of a set: each re-slices to the words with which it came in.
pub(crate) fn failures(connection: &Connection, set: i64, text: &str) -> Result<(u64, Vec<(String, String)>)> {
    let sql = format!("SELECT {COLUMNS}, s.digest FROM statement s WHERE s.record_set = ? ORDER BY s.place, s.no");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([set])?;
    let nobody = Of { article: ArticleId::of_fields(&[]), revision: RevisionId::of_fields(&[]), published: None };
    let (mut checked, mut failures) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        let (no, statement) = of_row(row, &nobody)?;
        let (body, vector) = parts(row, no)?;
        let words = statement.ranges.iter().all(|range| range.slice(text).is_some()).then(|| statement.words(text));
        checked += statement.ranges.len() as u64;
        let expected = Digest::from_bytes(row.get(6)?);
        if words.is_none_or(|words| digest(&body, vector.as_deref(), &words) != expected) {
            failures.push((statement.id.to_string(), "the statement has other words than its digest says".to_owned()));
        }
    }
    Ok((checked, failures))
}
