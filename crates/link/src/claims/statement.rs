//! The statements of one report that claims are made of: contents of attributions, and sentences in the outlet's own voice. Not claims yet.

use std::collections::BTreeSet;

use onrecord_annotate::{Act, sentences};
use onrecord_evidence::{
    ArticleId, AttributionId, BlockKind, Diagnostic, Digest, RevisionId, StatementId, TextRange, Time,
};
use onrecord_record::AttributionRecord;
use serde::{Deserialize, Serialize};

use super::parts::parts;
use super::proposition::{Proposition, PropositionInput, Shared, Vectors};
use super::speaker::speaker;
use super::stem::StemTable;
use super::topic::relate;
use crate::Report;

/// Attributions of one report whose contents become statements.
const MOST_ATTRIBUTED: usize = 160;
/// Sentences in own voice that become statements: what an article claims itself stands at its head.
const MOST_OWN: usize = 8;
/// Bytes of a text in which they are looked for.
const HEAD_BYTES: usize = 16 * 1024;
/// A sentence in own voice of fewer words is a heading of a section or a fragment.
const FEWEST_WORDS: usize = 4;

/// In whose voice something is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The headline, where it stands in the text.
    Headline,
    /// The outlet's own voice.
    Own,
    /// Attributed to somebody.
    Attributed,
}

/// One statement of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Identity: the article, the digest of its text and the ranges of its words; for an attribution, the attribution and the part of its content.
    pub id: StatementId,
    /// Where it stands.
    pub article: ArticleId,
    /// In which revision.
    pub revision: RevisionId,
    /// The attribution whose content it is, or a part of; `None` in own voice.
    pub attribution: Option<AttributionId>,
    /// In whose voice.
    pub voice: Voice,
    /// Its words, in text order.
    pub ranges: Vec<TextRange>,
    /// What is done by it; `None` in own voice.
    pub act: Option<Act>,
    /// Who is credited, as far as the words name one: folded, for joining utterances; `None` where nobody is named.
    pub speaker: Option<String>,
    /// When the report was published; `None` where nobody says.
    pub published: Option<Time>,
    /// Its place among the statements of its report.
    pub order: u32,
    /// Which part of a compound content it is, from 0; `None` where the content is whole.
    pub part: Option<u8>,
    /// Its features.
    pub proposition: Shared,
}

/// The tools by which statements are read.
#[derive(Clone, Copy)]
pub struct StatementTools<'a> {
    /// How telling words are.
    pub table: &'a StemTable,
    /// Directions of meaning.
    pub vectors: &'a dyn Vectors,
}

impl Statement {
    /// The words of its ranges in the text of its revision, a gap shown by an ellipsis.
    pub fn words(&self, text: &str) -> String {
        self.ranges.iter().filter_map(|range| range.slice(text)).map(str::trim).collect::<Vec<_>>().join(" … ")
    }

    /// When it was known to be published and which it is: statements are taken in this order.
    pub(super) fn rank(&self) -> (bool, Option<jiff::Timestamp>, ArticleId, u32, StatementId) {
        let at = self.published.as_ref().map(Time::earliest);
        (at.is_none(), at, self.article, self.order, self.id)
    }
}

/// Parts into which a content is looked up.
const MOST_LOOKED_UP: u8 = 4;

fn statement_id(attribution: &str, part: Option<u8>) -> StatementId {
    StatementId::of_fields(&[attribution.as_bytes(), &[part.unwrap_or(u8::MAX)]])
}

/// The ids that statements of an attribution would have: of its whole content, then of its parts, of which there are two at the most. Which of them
/// there are, a ledger knows.
pub fn statement_ids(attribution: AttributionId) -> impl Iterator<Item = StatementId> {
    let id = attribution.to_string();
    std::iter::once(None).chain((0..MOST_LOOKED_UP).map(Some)).map(move |part| statement_id(&id, part))
}

/// The statements of a report in text order, and what was left out.
pub fn statements(report: &Report, tools: StatementTools<'_>) -> (Vec<Statement>, Vec<Diagnostic>) {
    let mut found: Vec<(TextRange, Statement)> = Vec::new();
    let mut diagnostics = Vec::new();
    let text = report.text.as_str();
    let article = report.article.to_string();
    let digest = Digest::of_bytes(text.as_bytes()).to_string();
    for (range, voice) in own_voice(report) {
        let place = format!("{}-{}", range.start, range.end);
        let fields = [article.as_bytes(), digest.as_bytes(), b"own", place.as_bytes()];
        let input = PropositionInput { text, ranges: &[range], record: None };
        let statement = Statement {
            id: StatementId::of_fields(&fields),
            voice,
            ranges: vec![range],
            proposition: Shared::new(Proposition::new(input, tools.table, tools.vectors)),
            ..empty(report)
        };
        found.push((range, statement));
    }
    let records = report.records.iter().filter(|record| !record.content.is_empty());
    for record in records.take(MOST_ATTRIBUTED) {
        attributed(report, record, tools, &mut found);
    }
    if report.records.len() > MOST_ATTRIBUTED {
        let left = report.records.len() - MOST_ATTRIBUTED;
        diagnostics.push(
            Diagnostic::note("statements-left-out", format!("{left} attributions of a long text are not linked"))
                .at(report.article.to_string()),
        );
    }
    found.sort_by_key(|(range, statement)| (*range, statement.voice, statement.part, statement.id));
    relate(&mut found.iter_mut().map(|(_, one)| one.proposition.make_mut()).collect::<Vec<_>>());
    let statements = found
        .into_iter()
        .enumerate()
        .map(|(order, (_, statement))| Statement { order: u32::try_from(order).unwrap_or(u32::MAX), ..statement });
    (statements.collect(), diagnostics)
}

fn attributed(
    report: &Report,
    record: &AttributionRecord,
    tools: StatementTools<'_>,
    found: &mut Vec<(TextRange, Statement)>,
) {
    let text = report.text.as_str();
    let content: Vec<TextRange> = record.content.iter().map(onrecord_evidence::Quoted::range).collect();
    let Some(first) = content.first().copied() else { return };
    let named = speaker(record);
    let id = record.id.to_string();
    let read = |ranges: Vec<TextRange>| {
        let input = PropositionInput { text, ranges: &ranges, record: Some(record) };
        (Proposition::new(input, tools.table, tools.vectors), ranges)
    };
    let content = answer(text, content);
    let mut pieces: Vec<(Proposition, Vec<TextRange>)> = parts(text, &content).into_iter().map(read).collect();
    // A part that says too little alone is not cut off.
    if pieces.len() > 1 && pieces.iter().any(|(proposition, _)| proposition.is_thin()) {
        pieces = vec![read(content)];
    }
    let compound = pieces.len() > 1;
    for (index, (proposition, ranges)) in pieces.into_iter().enumerate() {
        let part = if compound { u8::try_from(index).ok() } else { None };
        let statement = Statement {
            id: statement_id(&id, part),
            attribution: Some(record.id),
            voice: Voice::Attributed,
            act: Some(record.act),
            speaker: named.clone(),
            part,
            proposition: Shared::new(proposition),
            ranges,
            ..empty(report)
        };
        found.push((first, statement));
    }
}

/// Words of a question that is asked and answered in one content.
const MOST_ASKED: usize = 12;

/// The content without the question that it answers: "How many people died? The dead number 127" says that the dead number 127.
fn answer(text: &str, content: Vec<TextRange>) -> Vec<TextRange> {
    let [range] = content.as_slice() else { return content };
    let Some((asked, rest)) = range.slice(text).and_then(|words| words.split_once("? ")) else { return content };
    let count = |words: &str| words.split_whitespace().count();
    let is_quoted = asked.contains(['"', '“', '‘']);
    if is_quoted || count(asked) > MOST_ASKED || count(rest) < FEWEST_WORDS || rest.contains('?') {
        return content;
    }
    let start = range.end - u32::try_from(rest.len()).unwrap_or(0);
    TextRange::new(start, range.end).trimmed(text).map_or(content, |answer| vec![answer])
}

/// A statement of this report of which nothing is known yet.
fn empty(report: &Report) -> Statement {
    Statement {
        id: StatementId::of_fields(&[]),
        article: report.article,
        revision: report.revision,
        attribution: None,
        voice: Voice::Own,
        ranges: Vec::new(),
        act: None,
        speaker: None,
        published: report.published.clone(),
        order: 0,
        part: None,
        proposition: Shared::default(),
    }
}

/// The headline and the first sentences that no attribution has words of.
fn own_voice(report: &Report) -> Vec<(TextRange, Voice)> {
    let text = report.text.as_str();
    let blocks: Vec<TextRange> = report.blocks.iter().map(|block| block.range).collect();
    let mut taken: Vec<TextRange> = report
        .records
        .iter()
        .flat_map(|record| record.content.iter().chain(&record.cue).map(onrecord_evidence::Quoted::range))
        .collect();
    taken.sort_unstable();
    // The longest range so far in front of each: ranges of several attributions overlap.
    let ends: Vec<u32> = taken
        .iter()
        .scan(0, |end, range| {
            *end = range.end.max(*end);
            Some(*end)
        })
        .collect();
    let is_taken = |range: TextRange| {
        let before = taken.partition_point(|other| other.start < range.end);
        before > 0 && ends[before - 1] > range.start
    };
    let headline = report.blocks.first().filter(|block| block.kind == BlockKind::Heading).map(|block| block.range);
    let headings: BTreeSet<TextRange> =
        report.blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|block| block.range).collect();
    let is_whole = |range: TextRange| {
        range.slice(text).is_some_and(|words| words.split_whitespace().nth(FEWEST_WORDS - 1).is_some())
    };
    let head = headline.filter(|range| is_whole(*range)).map(|range| (range, Voice::Headline));
    let head_of_text = &text[..text.floor_char_boundary(HEAD_BYTES)];
    let own = sentences(head_of_text, &blocks)
        .into_iter()
        .filter(|range| {
            let before = headings.range(..=TextRange::new(range.start, u32::MAX)).next_back();
            before.is_none_or(|heading| !heading.contains(*range))
        })
        .filter(|range| is_whole(*range) && !is_taken(*range))
        .map(|range| (range, Voice::Own));
    head.into_iter().chain(own.take(MOST_OWN)).collect()
}
