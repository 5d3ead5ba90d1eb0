//! Spans on PolNeAR dev, scored by the corpus' own scorer: predictions in its form, its JSON back. And the table of slices.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use onrecord::Pipeline;
use onrecord::annotate::ScoredSpans;
use onrecord::evidence::CodePoints;
use serde_json::{Value, json};

use crate::corpus::{self, Corpus, code_points};
use crate::results::Results;
use crate::root;
use crate::slices::{Scored, Slices};

const DATA: &str = "polnear-dev";
const RESAMPLES: &str = "500";
/// How far, in per cent, our count of the metric may be from the scorer's: no further than sums of fractions go.
const AGREES: f64 = 1e-6;

/// Reads all dev texts, writes the predictions to `target/eval/`, and takes over the scores.
pub fn score(corpus: &Corpus, pipeline: Option<&Pipeline>, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(pipeline) = pipeline else {
        println!("skipped attributions: --gold-only");
        return Ok(());
    };
    let mut texts = Vec::new();
    for stem in corpus.stems("dev")? {
        let document = corpus.document("dev", &stem)?;
        texts.push(Text { stem, text: document.text, gold: document.gold.into_values().collect() });
    }
    score_texts(pipeline, texts, &corpus.scorer(), &corpus.folder("dev"), DATA, results)
}

/// One article and its gold.
pub struct Text {
    pub stem: String,
    pub text: String,
    pub gold: Vec<ScoredSpans>,
}

/// Reads `texts`, and takes over what the corpus' scorer says of them against the folder `gold`.
pub fn score_texts(
    pipeline: &Pipeline,
    texts: Vec<Text>,
    scorer: &Path,
    gold: &Path,
    data: &str,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let mut lines = String::new();
    let mut read = Vec::new();
    for Text { stem, text, gold } in texts {
        let points = CodePoints::new(text.as_str());
        let (predicted, _) = corpus::read(pipeline, &stem, &text);
        let attributions: Vec<Value> = predicted
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
        read.push(Scored { stem, text, gold, predicted });
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
    let slices = Slices::of(&read)?;
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
        let ours = match role {
            "attribution" => slices.f1("all", "all", &format!("attribution {metric}")),
            _ => slices.f1("role", role, metric),
        };
        if (ours - number(&entry["F1"])?).abs() > AGREES {
            return Err(format!("{role} {metric} F1: the scorer says {}, aligned.rs {ours}", entry["F1"]).into());
        }
        let interval = (number(&entry["F1_95"][0])?, number(&entry["F1_95"][1])?);
        results.add("attributions", data, &format!("{role} {metric} F1"), number(&entry["F1"])?, Some(interval));
        if role == "attribution" {
            results.add("attributions", data, &format!("{role} {metric} precision"), number(&entry["P"])?, None);
            results.add("attributions", data, &format!("{role} {metric} recall"), number(&entry["R"])?, None);
        }
    }
    results.slices(data, slices.rows(data, &results.pipeline));
    Ok(())
}
