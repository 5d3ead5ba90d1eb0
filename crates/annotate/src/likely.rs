//! Phrases that are likely cues, as data: what the model is shy of and a record of contested claims must not miss. Not a
//! decision: the model's cue layer is given a bonus there, and decides.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use onrecord_evidence::TextRange;

use crate::pattern::TableError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    pattern: String,
    /// Share of occurrences that the training corpus marks, in per cent; for people.
    #[serde(rename = "marked")]
    _marked: u8,
}

/// The phrases.
pub struct LikelyCues {
    rows: Vec<Regex>,
}

impl LikelyCues {
    /// Reads `models/acts/likely_cues.toml`.
    ///
    /// # Errors
    /// Where the text is no such table or a pattern is no regular expression.
    pub fn parse(toml: &str) -> Result<Self, TableError> {
        let file: File = toml::from_str(toml)?;
        let compile = |row: Row| {
            let pattern = row.pattern.replace('\'', "['’]");
            let compiled = RegexBuilder::new(&format!(r"\b(?:{pattern})\b")).case_insensitive(true).build();
            compiled.map_err(|cause| TableError::Pattern {
                row: "likely cue".to_owned(),
                pattern,
                cause: Box::new(cause),
            })
        };
        Ok(Self { rows: file.row.into_iter().map(compile).collect::<Result<_, _>>()? })
    }

    /// Where the phrases stand in `text`, in text order, none inside of another one.
    ///
    /// ```
    /// use onrecord_annotate::LikelyCues;
    /// let cues = LikelyCues::parse("[[row]]\npattern = \"did(?: not|n't) respond\"\nmarked = 40")?;
    /// let text = "The harbour office didn’t respond to calls.";
    /// let found: Vec<_> = cues.find(text).into_iter().filter_map(|range| range.slice(text)).collect();
    /// assert_eq!(found, ["didn’t respond"]);
    /// # Ok::<(), onrecord_annotate::TableError>(())
    /// ```
    pub fn find(&self, text: &str) -> Vec<TextRange> {
        if text.len() >= u32::MAX as usize {
            return Vec::new();
        }
        let mut found: Vec<TextRange> = Vec::new();
        for row in &self.rows {
            for captures in row.captures_iter(text) {
                if let Some(phrase) = captures.name("cue").or_else(|| captures.get(0)) {
                    found.push(TextRange::new(phrase.start() as u32, phrase.end() as u32));
                }
            }
        }
        found.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        found
    }
}
