//! Spans on PolNeAR dev, scored by the corpus' own scorer: predictions in its form, its JSON back.

use std::error::Error;
use std::path::Path;
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
    let stems = corpus.stems("dev")?;
    let texts = stems.into_iter().map(|stem| corpus.document("dev", &stem).map(|document| (stem, document.text)));
    let texts: Vec<_> = texts.collect::<Result<_, _>>()?;
    score_texts(pipeline, &texts, &corpus.scorer(), &corpus.folder("dev"), DATA, results)
}

/// Reads `texts`, and takes over what the corpus' scorer says of them against the folder `gold`.
pub fn score_texts(
    pipeline: &Pipeline,
    texts: &[(String, String)],
    scorer: &Path,
    gold: &Path,
    data: &str,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let mut lines = String::new();
    for (stem, text) in texts {
        let points = CodePoints::new(text.as_str());
        let (spans, _) = corpus::read(pipeline, stem, text);
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
    let predictions = folder.join(format!("{data}.jsonl"));
    std::fs::write(&predictions, lines)?;
    let scored = Command::new("python3")
        .arg(scorer)
        .args([gold, &predictions])
        .args(["--bootstrap", RESAMPLES, "--json"])
        .output()?;
    if !scored.status.success() {
        return Err(format!("the scorer failed: {}", String::from_utf8_lossy(&scored.stderr)).into());
    }
    let scores: Value = serde_json::from_slice(&scored.stdout)?;
    results.clear("attributions", data);
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
        results.add("attributions", data, &format!("{role} {metric} F1"), number(&entry["F1"])?, Some(interval));
        if role == "attribution" {
            results.add("attributions", data, &format!("{role} {metric} precision"), number(&entry["P"])?, None);
            results.add("attributions", data, &format!("{role} {metric} recall"), number(&entry["R"])?, None);
        }
    }
    Ok(())
}
