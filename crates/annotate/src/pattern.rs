//! Patterns of the shipped tables: regular expressions over frames, with named word classes. Not a grammar.

use std::collections::BTreeMap;

use regex::bytes::{Regex, RegexBuilder};

use crate::frame::BORDER;

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The text is no TOML, or has other fields than the table.
    #[error("the table cannot be read")]
    Toml(#[from] toml::de::Error),
    /// A row contradicts itself or another one.
    #[error("row {row:?}: {what}")]
    Row {
        /// The row's id.
        row: String,
        /// What was expected.
        what: String,
    },
    /// A pattern is no regular expression.
    #[error("row {row:?}: pattern {pattern:?}")]
    Pattern {
        /// The row's id.
        row: String,
        /// The pattern as written.
        pattern: String,
        /// What is wrong with it.
        #[source]
        cause: Box<regex::Error>,
    },
}

/// Named alternatives: `<claim>` in a pattern stands for the class `claim`. Classes may use classes, [`DEPTH`] deep.
pub(crate) type Classes = BTreeMap<String, String>;

/// How deep classes may stand in classes.
const DEPTH: usize = 6;

/// Compiles alternatives into one expression that matches whole words only.
///
/// A plain space in a pattern matches one space or the border between cue and content; `<name>` stands for a class.
pub(crate) fn compile(row: &str, patterns: &[String], classes: &Classes) -> Result<Option<Regex>, TableError> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut whole = patterns.join("|");
    for _ in 0..DEPTH {
        for (name, words) in classes {
            whole = whole.replace(&format!("<{name}>"), &format!("(?:{words})"));
        }
    }
    if let Some(name) = class_name(&whole) {
        return Err(TableError::Row { row: row.to_owned(), what: format!("no class is named {name:?}") });
    }
    if bracketed_space(&whole) {
        let what = "expected no plain space inside of square brackets, which cannot match the border".to_owned();
        return Err(TableError::Row { row: row.to_owned(), what });
    }
    let spaced = whole.replace(' ', &format!("(?: |{BORDER})"));
    let expression = format!(r"\b{{start-half}}(?:{spaced})\b{{end-half}}");
    // Frames hold ASCII letters only (frame.rs), and tables without Unicode classes compile ten times as fast.
    RegexBuilder::new(&expression).unicode(false).build().map(Some).map_err(|cause| TableError::Pattern {
        row: row.to_owned(),
        pattern: patterns.join("|"),
        cause: Box::new(cause),
    })
}

/// The first `<name>` that is still there; `(?P<` and `(?<` are syntax of groups, which tables do not use.
fn class_name(pattern: &str) -> Option<&str> {
    let (_, rest) = pattern.split_once('<')?;
    rest.split_once('>').map(|(name, _)| name)
}

fn bracketed_space(pattern: &str) -> bool {
    let mut inside = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '[' => inside = true,
            ']' => inside = false,
            ' ' if inside => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_match_the_border_and_classes_expand() {
        let classes = Classes::from([("deny".to_owned(), "den(?:y|ied)".to_owned())]);
        let patterns = ["<deny> that".to_owned()];
        let regex = compile("test", &patterns, &classes).unwrap().unwrap();
        assert!(regex.is_match(b"denied that"));
        assert!(regex.is_match(format!("denied{BORDER}that").as_bytes()));
        assert!(!regex.is_match(b"denied thatch"));
    }

    #[test]
    fn mistakes_name_their_row() {
        let check = |pattern: &str, expect: &str| {
            let error = compile("some-row", &[pattern.to_owned()], &Classes::new()).unwrap_err();
            assert!(error.to_string().contains(expect), "{error}");
        };
        check("<nobody> said", "row \"some-row\": no class is named \"nobody\"");
        check("[, ]said", "row \"some-row\": expected no plain space");
        check("(said", "row \"some-row\": pattern \"(said\"");
    }
}
