//! The English test specs of Recognizers-Text (Microsoft, MIT), as far as they can be asked of our values: the share of cases passed per file.
//!
//! Information, not a goal: many cases are utterances to an assistant, or fragments, that news does not have. A case passes if there are as
//! many findings as results, each shares words with its result, and says the same; how far its words reach is not compared.

mod numbers;
mod times;

use std::error::Error;
use std::path::{Path, PathBuf};

use jiff::civil;
use onrecord::annotate::figures::FigureTable;
use onrecord::evidence::TextRange;
use serde::Deserialize;
use serde_json::Value;

use crate::corpus::byte_offsets;
use crate::figures;
use crate::results::Results;

const STAGE: &str = "recognizers";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    context: Context,
    #[serde(default)]
    not_supported: String,
    #[serde(default)]
    not_supported_by_design: String,
    results: Vec<Expected>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Context {
    #[serde(default)]
    reference_date_time: String,
}

/// One result that a case expects; fields as far as they are read.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Expected {
    #[serde(default)]
    text: String,
    start: Option<usize>,
    #[serde(default, alias = "TypeName")]
    r#type: String,
    /// What it means, in the parsers' form or the models'; not there in an extractor's cases.
    #[serde(default, alias = "Resolution")]
    value: Value,
}

impl Case {
    /// The day on which the case is read.
    fn day(&self) -> Option<civil::Date> {
        self.context.reference_date_time.get(..10)?.parse().ok()
    }

    /// Whether the specs' own first program is said to pass it.
    fn asked(&self) -> bool {
        !format!("{} {}", self.not_supported, self.not_supported_by_design).to_lowercase().contains("dotnet")
    }

    /// Whether each finding answers one result; findings in text order.
    fn passes<F>(&self, found: &[F], range: impl Fn(&F) -> TextRange, same: impl Fn(&F, &Expected) -> bool) -> bool {
        let mut expected: Vec<_> =
            self.results.iter().map(|expected| (expected.range(&self.input), expected)).collect();
        expected.sort_by_key(|(range, _)| *range);
        found.len() == expected.len()
            && found.iter().zip(expected).all(|(found, (words, expected))| {
                words.is_some_and(|words| words.overlaps(range(found))) && same(found, expected)
            })
    }
}

impl Expected {
    /// Its words in the input, in bytes.
    fn range(&self, input: &str) -> Option<TextRange> {
        let bytes = byte_offsets(input);
        let letters = self.text.chars().count();
        let start = match self.start {
            Some(start) => start,
            None => input.to_lowercase().find(&self.text.to_lowercase())?,
        };
        Some(TextRange::new(*bytes.get(start)?, *bytes.get(start + letters.max(1)).or(bytes.last())?))
    }

    /// What sort of thing, without the model's name before it.
    fn sort(&self) -> &str {
        self.r#type.rsplit_once("V2.").map_or(self.r#type.as_str(), |(_, sort)| sort)
    }
}

/// Reads every file and notes the share of cases passed.
///
/// # Errors
/// A file cannot be read, or is no such list of cases.
pub fn score(shared: &Path, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let folder = shared.join("data/dates");
    if !folder.is_dir() {
        println!("skipped {STAGE}: no specs under {}", folder.display());
        return Ok(());
    }
    let table = figures::table()?;
    for part in ["recognizers_datetime_english", "recognizers_number_english", "recognizers_unit_english"] {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder.join(part))?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
            let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let json = std::fs::read_to_string(file)?;
            let cases: Vec<Case> = serde_json::from_str(json.trim_start_matches('\u{feff}'))
                .map_err(|error| format!("{}: {error}", file.display()))?;
            let cases: Vec<&Case> = cases.iter().filter(|case| case.asked()).collect();
            let passed = cases.iter().filter(|case| passes(&name, case, &table)).count();
            results.clear(STAGE, &name);
            let share = 100.0 * passed as f64 / cases.len().max(1) as f64;
            results.add(STAGE, &name, "cases passed", share, None);
            results.add(STAGE, &name, "support", cases.len() as f64, None);
        }
    }
    Ok(())
}

fn passes(name: &str, case: &Case, table: &FigureTable) -> bool {
    const MODELS: &[&str] = &["Number", "Ordinal", "Percent", "Age", "Currency", "Dimension", "Temperature"];
    if MODELS.iter().any(|model| name.starts_with(model)) {
        numbers::passes(name, case, table)
    } else {
        times::passes(case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether our stages pass an invented case of the file `name`.
    pub fn check(name: &str, case: &str, expect: bool) {
        let table = figures::table().unwrap();
        let case: Case = serde_json::from_str(case).unwrap();
        assert_eq!(super::passes(name, &case, &table), expect, "{}", case.input);
    }

    #[test]
    fn as_many_findings_as_results() {
        check("DateExtractor", r#"{"Input":"The mill closed.","Results":[]}"#, true);
        check("DateExtractor", r#"{"Input":"The mill closed on May 3, 2031.","Results":[]}"#, false);
        let case = r#"{"Input":"The mill closed on May 3, 2031.","Results":[{"Text":"May 3, 2031","Start":19,"Type":"date"}]}"#;
        check("DateExtractor", case, true);
        check("DateExtractor", &case.replace("\"Start\":19", "\"Start\":0"), false);
    }

    #[test]
    fn cases_that_the_first_program_fails_are_not_asked() {
        let case: Case = serde_json::from_str(r#"{"Input":"","NotSupported":"dotNet, java","Results":[]}"#).unwrap();
        assert!(!case.asked());
    }
}
