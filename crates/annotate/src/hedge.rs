//! Hedges and whose they are. The words are data (`models/hedges/hedges.toml`); how far a hedge reaches is decided here.

use std::ops::Range;

use onrecord_evidence::TextRange;
use regex::bytes::Regex;
use serde::Deserialize;

use crate::frame::Frame;
use crate::manner::Quotations;
use crate::pattern::{Classes, TableError, compile};
use crate::{Commitment, HedgeSpan, HedgedBy, ScoredSpans};

/// Where a hedge is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HedgePlace {
    /// Among auxiliaries and cue.
    Cue,
    /// In the head clause of the content, which carries its main statement.
    Content,
    /// Directly beside source and cue, in no span.
    Beside,
}

/// One row of the hedge table as its file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HedgeRow {
    /// Permanent name in kebab case.
    pub id: String,
    /// How surely it leaves the content held.
    pub commitment: Commitment,
    /// Whose hedge it is. Inside of a quotation every hedge is the source's.
    pub by: HedgedBy,
    /// Where it counts.
    pub places: Vec<HedgePlace>,
    /// Where the row comes from.
    pub source: String,
    /// Marked sentences in which this row finds its hedge.
    pub yes: Vec<String>,
    /// Patterns of the hedge words; where one has a group, the group is the hedge and the rest what must stand around it.
    words: Vec<String>,
    /// Patterns over the whole line of which none may match.
    #[serde(default)]
    unless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HedgeFile {
    #[serde(default)]
    class: Classes,
    row: Vec<HedgeRow>,
}

/// The hedge words that are known.
pub struct HedgeTable {
    rows: Vec<(HedgeRow, Regex, Option<Regex>)>,
}

impl HedgeTable {
    /// Reads the table.
    ///
    /// # Errors
    /// Where the text is no such table or a pattern is wrong; the message names the row.
    pub fn parse(toml: &str) -> Result<Self, TableError> {
        let file: HedgeFile = toml::from_str(toml)?;
        let mut rows: Vec<(HedgeRow, Regex, Option<Regex>)> = Vec::with_capacity(file.row.len());
        for row in file.row {
            let wrong = |what: &str| TableError::Row { row: row.id.clone(), what: what.to_owned() };
            if rows.iter().any(|(other, ..)| other.id == row.id) {
                return Err(wrong("expected an id that no other row has"));
            }
            if row.places.is_empty() || row.yes.is_empty() || row.commitment == Commitment::Certain {
                return Err(wrong("expected a place, an example, and a commitment that is less than certain"));
            }
            let words = compile(&row.id, &row.words, &file.class)?.ok_or_else(|| wrong("expected words"))?;
            let unless = compile(&row.id, &row.unless, &file.class)?;
            rows.push((row, words, unless));
        }
        Ok(Self { rows })
    }

    /// The rows, in the order of their file.
    pub fn rows(&self) -> impl Iterator<Item = &HedgeRow> {
        self.rows.iter().map(|(row, ..)| row)
    }

    /// The hedges of one attribution, in text order, each word in one hedge only (the earlier row's).
    pub(crate) fn find(
        &self,
        text: &str,
        spans: &ScoredSpans,
        frame: &Frame,
        quotations: &Quotations,
    ) -> Vec<HedgeSpan> {
        let beside = Frame::of_words(text, &beside(text, spans));
        let clause = head_clause(frame.content());
        let mut hedges: Vec<HedgeSpan> = Vec::new();
        let mut look = |frame: &Frame, line: &str, parts: Vec<Range<usize>>, offset: usize, place: HedgePlace| {
            for (row, words, unless) in self.rows.iter().filter(|(row, ..)| row.places.contains(&place)) {
                if unless.as_ref().is_some_and(|unless| unless.is_match(line.as_bytes())) {
                    continue;
                }
                let found = parts.iter().find_map(|part| {
                    let groups = words.captures(line.get(part.clone())?.as_bytes())?;
                    let found = groups.iter().flatten().last()?;
                    Some(offset + part.start + found.start()..offset + part.start + found.end())
                });
                for range in found.map(|found| frame.evidence(found)).unwrap_or_default() {
                    if !hedges.iter().any(|hedge| hedge.range.overlaps(range)) {
                        let by = if quotations.hold(range) { HedgedBy::Source } else { row.by };
                        hedges.push(HedgeSpan { range, by, commitment: row.commitment });
                    }
                }
            }
        };
        let whole = |line: &str| std::iter::once(0..line.len()).collect();
        look(frame, frame.cue(), whole(frame.cue()), 0, HedgePlace::Cue);
        look(frame, frame.content(), clause, frame.content_start(), HedgePlace::Content);
        look(&beside, beside.line(), whole(beside.line()), 0, HedgePlace::Beside);
        hedges.sort_by_key(|hedge| hedge.range);
        hedges
    }
}

/// Words between source and cue, and the two words before whichever of them comes first, where they are in no span.
fn beside(text: &str, spans: &ScoredSpans) -> Vec<TextRange> {
    const NEAR_BYTES: usize = 40;
    let (Some(first), Some(last)) = (spans.cue.first(), spans.cue.last()) else { return Vec::new() };
    let mut all: Vec<TextRange> = spans.source.iter().chain(&spans.cue).chain(&spans.content).copied().collect();
    all.sort_unstable();
    let free = |range: TextRange| {
        let short = range.len() as usize <= NEAR_BYTES && !all.iter().any(|span| span.overlaps(range));
        (short && range.slice(text).is_some_and(|words| !words.contains(['\n', ';', '.', '?', '!']))).then_some(range)
    };
    let mut ranges = Vec::new();
    if let Some(before) = all.iter().rev().find(|span| span.end <= first.start) {
        ranges.extend(free(TextRange::new(before.end, first.start)));
    }
    if let Some(after) = all.iter().find(|span| span.start >= last.end) {
        ranges.extend(free(TextRange::new(last.end, after.start)));
    }
    let start = spans.source.first().map_or(first.start, |source| source.start.min(first.start));
    if let Some(left) = text.get(..start as usize) {
        let floor = left.ceil_char_boundary(left.len().saturating_sub(NEAR_BYTES));
        let words_at = left[floor..]
            .char_indices()
            .rev()
            .filter(|(_, letter)| letter.is_whitespace())
            .nth(2)
            .map_or(floor, |(at, _)| floor + at);
        let clause_at = left[words_at..].rfind(['\n', ';', '.', '?', '!']).map_or(words_at, |at| words_at + at + 1);
        ranges.extend(free(TextRange::new(clause_at as u32, start)));
    }
    ranges.sort_unstable();
    ranges
}

/// Words that begin a clause which does not carry the main statement.
const SIDE_CLAUSES: &[&str] = &[
    "because", "although", "though", "whereas", "which", "who", "whom", "whose", "where", "when", "while", "unless",
    "until", "if", "so that", "in case", "even if", "as if", "lest",
];

/// The parts of a normalised content that carry its main statement: its first sentence, without a side clause at its front
/// ("if it rains, ..."), without an inserted one (", which may fail,"), up to the first side clause after it.
fn head_clause(content: &str) -> Vec<Range<usize>> {
    let end = first_sentence(content);
    let mut start = content.len() - content.trim_start_matches(|letter: char| !letter.is_alphanumeric()).len();
    start = start.min(end);
    if let Some(rest) = content[start..end].strip_prefix("that ") {
        start = end - rest.len();
    }
    let begins = |at: usize| {
        let rest = &content[at..end];
        SIDE_CLAUSES.iter().any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
            || rest.starts_with("that ")
    };
    if begins(start)
        && let Some(comma) = content[start..end].find(", ")
    {
        start += comma + 2;
    }
    let mut parts = Vec::new();
    let mut at = start;
    while let Some(space) = content[at..end].find(' ') {
        let word = at + space + 1;
        at = word;
        if word >= end || !begins(word) {
            continue;
        }
        parts.push(start..word - 1);
        let inserted = content[..word - 1].ends_with(',');
        match content[word..end].find(", ") {
            Some(comma) if inserted => {
                start = word + comma + 2;
                at = start;
            }
            _ => return parts,
        }
    }
    parts.push(start..end);
    parts
}

/// Where the first sentence ends; abbreviations do not matter here: a clause that is too short misses a hedge, no more.
fn first_sentence(content: &str) -> usize {
    let mut letters = content.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let long_enough = at > 12;
        if matches!(letter, '.' | '?' | '!' | ';')
            && long_enough
            && letters.peek().is_none_or(|(_, next)| matches!(next, ' ' | '"'))
        {
            return at;
        }
    }
    content.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_clause_carries_the_main_statement() {
        let check = |content: &str, expect: &str| {
            let parts: Vec<_> = head_clause(content).into_iter().map(|part| &content[part]).collect();
            assert_eq!(parts.join("|"), expect);
        };
        check("that it may rain", "it may rain");
        check("the plan, which may fail, is law", "the plan,|is law");
        check("\"if it rains, the gate may open because of it. it could.\"", "the gate may open");
        check("those who might have left are safe", "those");
        check("", "");
        check("...", "");
        check("when", "when");
    }
}
