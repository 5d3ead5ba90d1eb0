//! Rules from words to acts. The rules are data (`models/acts/acts.toml`); here they are compiled and applied, none is written here.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::bytes::Regex;
use serde::Deserialize;

use crate::frame::Frame;
use crate::pattern::{Classes, TableError, compile};
use crate::{Act, ActFinding, Commitment};

/// One row of the act table as its file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActRow {
    /// Permanent name in kebab case.
    pub id: String,
    /// The act that the row gives.
    pub act: Act,
    /// How surely, where it is not what the act says by itself.
    pub commitment: Option<Commitment>,
    /// Where the row comes from.
    pub source: String,
    /// Marked sentences for which this row decides.
    pub yes: Vec<String>,
    /// Marked sentences for which it does not.
    #[serde(default)]
    pub no: Vec<String>,
    /// Patterns over the whole frame; one must match, and begin before the content.
    #[serde(default)]
    frame: Vec<String>,
    /// Patterns over auxiliaries and cue; one must match where there are any.
    #[serde(default)]
    cue: Vec<String>,
    /// Patterns over the content; one must match where there are any.
    #[serde(default)]
    content: Vec<String>,
    /// Patterns over the whole frame of which none may match.
    #[serde(default)]
    unless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    #[serde(default)]
    class: Classes,
    row: Vec<ActRow>,
}

struct Compiled {
    frame: Option<Regex>,
    /// Index in [`ActTable::cues`].
    cue: Option<usize>,
    content: Option<Regex>,
    unless: Option<Regex>,
}

/// The rows in the order in which they are tried; the first that matches decides.
///
/// ```
/// use onrecord_annotate::{Act, ActTable};
/// let table = ActTable::parse(r#"
///     [[row]]
///     id = "denied"
///     act = "deny"
///     source = "VerbNet say-37.7"
///     cue = ["den(?:y|ies|ied|ying)"]
///     yes = ["[source: The port] [cue: denied] [content: the report]"]
/// "#)?;
/// assert_eq!(table.rows().next().map(|row| row.act), Some(Act::Deny));
/// # Ok::<(), onrecord_annotate::TableError>(())
/// ```
pub struct ActTable {
    rows: Vec<(ActRow, Compiled)>,
    /// The expressions for cues: many rows want the same one, which is looked for once in a frame.
    cues: Vec<Regex>,
}

/// The rule named where no row matches.
pub(crate) const DEFAULT_RULE: &str = "default";

impl ActTable {
    /// Reads the table. Every row has an id of its own, at least one pattern that must match, and an example.
    ///
    /// # Errors
    /// Where the text is no such table or a pattern is wrong; the message names the row.
    pub fn parse(toml: &str) -> Result<Self, TableError> {
        let file: ActFile = toml::from_str(toml)?;
        let mut rows: Vec<(ActRow, Compiled)> = Vec::with_capacity(file.row.len());
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut cues = Vec::new();
        for row in file.row {
            let wrong = |what: &str| TableError::Row { row: row.id.clone(), what: what.to_owned() };
            if rows.iter().any(|(other, _)| other.id == row.id) || row.id == DEFAULT_RULE {
                return Err(wrong("expected an id that no other row has"));
            }
            if row.frame.is_empty() && row.cue.is_empty() && row.content.is_empty() {
                return Err(wrong("expected a pattern for frame, cue or content"));
            }
            if row.yes.is_empty() {
                return Err(wrong("expected an example"));
            }
            let regex = |patterns: &[String]| compile(&row.id, patterns, &file.class);
            let cue = match known.get(&row.cue) {
                Some(known) => Some(*known),
                None => regex(&row.cue)?.map(|cue| {
                    cues.push(cue);
                    *known.entry(row.cue.clone()).or_insert(cues.len() - 1)
                }),
            };
            let compiled =
                Compiled { frame: regex(&row.frame)?, cue, content: regex(&row.content)?, unless: regex(&row.unless)? };
            rows.push((row, compiled));
        }
        Ok(Self { rows, cues })
    }

    /// The rows, in the order in which they are tried.
    pub fn rows(&self) -> impl Iterator<Item = &ActRow> {
        self.rows.iter().map(|(row, _)| row)
    }

    /// The act of a frame and the commitment that it has by itself.
    pub(crate) fn find(&self, frame: &Frame) -> (ActFinding, Commitment) {
        let mut cues = vec![None; self.cues.len()];
        for (row, compiled) in &self.rows {
            let cue = compiled.cue.map(|cue| {
                let find = || self.cues[cue].find(frame.cue().as_bytes()).map(|found| found.range());
                cues[cue].get_or_insert_with(find).clone()
            });
            if let Some(parts) = compiled.matches(frame, cue) {
                let mut evidence: Vec<_> = parts.into_iter().flat_map(|part| frame.evidence(part)).collect();
                evidence.sort_unstable();
                evidence.dedup();
                let commitment = row.commitment.unwrap_or_else(|| by_itself(row.act));
                return (ActFinding { act: row.act, rule: row.id.clone(), evidence }, commitment);
            }
        }
        let finding = ActFinding { act: Act::Affirm, rule: DEFAULT_RULE.to_owned(), evidence: Vec::new() };
        (finding, Commitment::Certain)
    }
}

impl Compiled {
    /// The parts of the line that matched, or `None`; `cue` is what the row's expression for cues found, where it has one.
    fn matches(&self, frame: &Frame, cue: Option<Option<Range<usize>>>) -> Option<Vec<Range<usize>>> {
        let mut parts = Vec::new();
        if let Some(cue) = cue {
            parts.push(cue?);
        }
        if let Some(content) = &self.content {
            let found = content.find(frame.content().as_bytes())?.range();
            parts.push(found.start + frame.content_start()..found.end + frame.content_start());
        }
        if let Some(line) = &self.frame {
            let found = line.find(frame.line().as_bytes()).filter(|found| found.start() < frame.content_start())?;
            parts.push(found.range());
        }
        match &self.unless {
            Some(unless) if unless.is_match(frame.line().as_bytes()) => None,
            _ => Some(parts),
        }
    }
}

/// The commitment of an act without any hedge: who takes no stand leaves it unknown.
const fn by_itself(act: Act) -> Commitment {
    match act {
        Act::Decline | Act::NoReply | Act::NonDenial | Act::DoesNotKnow | Act::CouldNotVerify | Act::Question => {
            Commitment::Unknown
        }
        _ => Commitment::Certain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_rows_that_contradict_themselves() {
        let check = |rows: &str, expect: &str| {
            let error = ActTable::parse(rows).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(expect), "{error}");
        };
        let row = |id: &str, rest: &str| format!("[[row]]\nid = \"{id}\"\nact = \"deny\"\nsource = \"test\"\n{rest}\n");
        check("row = 3", "the table cannot be read");
        check(&row("a", "yes = [\"x\"]"), "row \"a\": expected a pattern");
        check(&row("a", "cue = [\"x\"]\nyes = []"), "row \"a\": expected an example");
        let twice = row("a", "cue = [\"x\"]\nyes = [\"x\"]").repeat(2);
        check(&twice, "row \"a\": expected an id that no other row has");
    }
}
