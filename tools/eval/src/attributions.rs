//! Spans on PolNeAR dev, scored by the corpus' own scorer: predictions in its form, its JSON back.

use std::error::Error;
use std::process::Command;

use onrecord::Pipeline;
use onrecord::evidence::CodePoints;
use serde_json::{Value, json};

use crate::corpus::{self, Corpus, code_points};
use crate::results::Results;
use crate::root;

const DATA: &str = "polnear-dev";
const RESAMPLES: &str = "500";

/// Reads all dev texts, writes the predictions to `target/eval/`, and takes over the scores.
pub fn score(corpus: &Corpus, pipeline: Option<&Pipeline>, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(pipeline) = pipeline else {
        println!("skipped attributions: --gold-only");
        return Ok(());
    };
    let mut lines = String::new();
    for stem in corpus.stems("dev")? {
        let text = corpus.document("dev", &stem)?.text;
        let points = CodePoints::new(&text);
        let (spans, _) = corpus::read(pipeline, &stem, &text);
        let attributions: Vec<Value> = spans
            .iter()
            .map(|spans| {
                json!({
                    "source": code_points(&points, &spans.source),
                    "cue": code_points(&points, &spans.cue),
                    "content": code_points(&points, &spans.content),
                })
            })
            .collect();
        lines += &format!("{}\n", json!({ "doc": stem, "attributions": attributions }));
    }
    let folder = root().join("target/eval");
    std::fs::create_dir_all(&folder)?;
    let predictions = folder.join("polnear-dev.jsonl");
    std::fs::write(&predictions, lines)?;
    let scorer = Command::new("python3")
        .arg(corpus.scorer())
        .args([corpus.folder("dev"), predictions])
        .args(["--bootstrap", RESAMPLES, "--json"])
        .output()?;
    if !scorer.status.success() {
        return Err(format!("the scorer failed: {}", String::from_utf8_lossy(&scorer.stderr)).into());
    }
    let scores: Value = serde_json::from_slice(&scorer.stdout)?;
    results.clear("attributions", DATA);
    let rows = [
        ("attribution", "relaxed"),
        ("attribution", "exact"),
        ("cue", "exact"),
        ("source", "exact"),
        ("content", "exact"),
        ("content", "overlap"),
    ];
    for (role, metric) in rows {
        let entry = &scores["tables"]["aligned"][role][metric];
        let number = |value: &Value| value.as_f64().ok_or_else(|| format!("the scorer gave no {role} {metric}"));
        let interval = (number(&entry["F1_95"][0])?, number(&entry["F1_95"][1])?);
        results.add("attributions", DATA, &format!("{role} {metric} F1"), number(&entry["F1"])?, Some(interval));
        if role == "attribution" {
            results.add("attributions", DATA, &format!("{role} {metric} precision"), number(&entry["P"])?, None);
            results.add("attributions", DATA, &format!("{role} {metric} recall"), number(&entry["R"])?, None);
        }
    }
    Ok(())
}
