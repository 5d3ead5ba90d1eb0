//! Prints the attributions of text files as JSON Lines with offsets in code points, as scorers want them.
//!
//! `cargo run --release -p onrecord-annotate --example spans -- MODEL_FOLDER LIKELY_CUES FILE...`; `-` for no likely cues.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a program, not part of the pure library")]

use std::path::Path;

use onrecord_annotate::{LikelyCues, Model, sentences};
use onrecord_evidence::TextRange;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("expected a model folder and text files")?;
    let likely_cues = match arguments.next().ok_or("expected a list of likely cues, or -")?.as_str() {
        "-" => LikelyCues::parse("row = []")?,
        path => LikelyCues::parse(&std::fs::read_to_string(path)?)?,
    };
    let started = std::time::Instant::now();
    let weights = std::fs::read(Path::new(&folder).join("weights.safetensors"))?;
    let model = Model::load(&weights, &std::fs::read_to_string(Path::new(&folder).join("vocab.txt"))?)?;
    drop(weights);
    eprintln!("loaded in {:?}", started.elapsed());
    let (mut words, mut seconds) = (0, 0.0);
    for path in arguments {
        let text = std::fs::read_to_string(&path)?;
        let started = std::time::Instant::now();
        let found = model.attributions(&text, &sentences(&text, &[]), &likely_cues.find(&text));
        seconds += started.elapsed().as_secs_f64();
        words += text.split_whitespace().count();
        let points = |at: u32| text[..at as usize].chars().count();
        let pairs =
            |ranges: &[TextRange]| -> Vec<_> { ranges.iter().map(|r| (points(r.start), points(r.end))).collect() };
        let attributions: Vec<_> = found
            .iter()
            .map(|one| {
                serde_json::json!({
                    "source": pairs(&one.source), "cue": pairs(&one.cue), "content": pairs(&one.content),
                    "score": (f64::from(one.score) * 1000.0).round() / 1000.0,
                })
            })
            .collect();
        let name = Path::new(&path).file_stem().unwrap_or_default().to_string_lossy();
        println!("{}", serde_json::json!({ "doc": name, "attributions": attributions }));
    }
    eprintln!("{words} words in {seconds:.2} s: {:.0} words/s", f64::from(words as u32) / seconds);
    Ok(())
}
