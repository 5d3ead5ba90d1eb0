//! A second domain: Wikinews articles that nobody trained on, against our own annotation. Their texts are not in the repository.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use onrecord::Pipeline;
use onrecord::evidence::Digest;
use serde::Deserialize;

use crate::attributions::{Text, score_texts};
use crate::corpus::brat;
use crate::results::Results;
use crate::root;

const DATA: &str = "wikinews";

/// One line of `truth/wikinews.jsonl`: spans in code points of the text with this digest.
#[derive(Deserialize)]
struct Truth {
    url: String,
    text_sha256: Digest,
    attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
}

#[derive(Deserialize)]
struct Article {
    url: String,
    text: String,
}

/// Scores the reading of the annotated articles by the scorer of PolNeAR.
pub fn score(shared: &Path, pipeline: Option<&Pipeline>, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let articles = shared.join("data/wikinews/articles.jsonl");
    let (Some(pipeline), true) = (pipeline, articles.exists()) else {
        println!("skipped wikinews: it needs the reading model and {}", articles.display());
        return Ok(());
    };
    let lines = std::fs::read_to_string(&articles)?;
    let articles: Vec<Article> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: HashMap<&str, &str> =
        articles.iter().map(|article| (article.url.as_str(), article.text.as_str())).collect();
    let gold = root().join("target/eval/wikinews");
    if gold.exists() {
        std::fs::remove_dir_all(&gold)?;
    }
    std::fs::create_dir_all(&gold)?;
    let truth = std::fs::read_to_string(root().join("tools/eval/truth/wikinews.jsonl"))?;
    let mut read = Vec::new();
    for (number, line) in truth.lines().enumerate() {
        let truth: Truth = serde_json::from_str(line)?;
        let text = texts.get(truth.url.as_str()).ok_or_else(|| format!("no article has the address {}", truth.url))?;
        if Digest::of_bytes(text.as_bytes()) != truth.text_sha256 {
            return Err(format!("{}: the text is another one than was annotated", truth.url).into());
        }
        let stem = format!("wikinews_{number:02}");
        std::fs::write(gold.join(format!("{stem}.txt")), text)?;
        let standoff = standoff(&truth.attributions)?;
        read.push(Text {
            stem: stem.clone(),
            text: (*text).to_owned(),
            gold: brat(text, &standoff).into_values().collect(),
        });
        std::fs::write(gold.join(format!("{stem}.ann")), standoff)?;
    }
    score_texts(pipeline, read, &shared.join("eval/score_attributions.py"), &gold, DATA, results)
}

/// The attributions in the standoff form of brat, as far as the scorer reads it.
fn standoff(attributions: &[Attribution]) -> Result<String, std::fmt::Error> {
    let (mut out, mut span) = (String::new(), 0);
    for (event, attribution) in attributions.iter().enumerate() {
        let mut links = String::new();
        for (role, spans) in
            [("Cue", &attribution.cue), ("Source", &attribution.source), ("Content", &attribution.content)]
        {
            if spans.is_empty() {
                continue;
            }
            span += 1;
            let places: Vec<String> = spans.iter().map(|[start, end]| format!("{start} {end}")).collect();
            writeln!(out, "T{span}\t{role} {}\t-", places.join(";"))?;
            // The first link of an event is its trigger.
            if role == "Cue" {
                write!(links, "Attribution:T{span}")?;
            }
            write!(links, " {role}:T{span}")?;
        }
        writeln!(out, "E{}\t{links}", event + 1)?;
    }
    Ok(out)
}
