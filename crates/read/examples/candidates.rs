//! `cargo run --release -p onrecord-read --example candidates FOLDER [read | TREES]`: every page of a folder as JSON Lines: what is read of it, how many
//! of its blocks lead back to their bytes, and (without `read`) its blocks as the model sees them that chooses the main text, with the choice of the file TREES
//! in place of the model that ships. For `training/main_text.py` and `benches/pages.py`; not shipped.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a development tool: it reads files and arguments, and prints"
)]

use std::error::Error;
use std::path::PathBuf;

use onrecord_evidence::{BlockKind, Capture, MediaType};
use onrecord_read::{Known, Limits, RawWords, candidates, read};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("expected a folder of pages")?);
    let more = std::env::args().nth(2);
    let is_read_only = more.as_deref() == Some("read");
    let trees = more.filter(|_| !is_read_only).map(std::fs::read_to_string).transpose()?;
    let mut pages: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    pages.sort();
    for page in pages {
        let location = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&page)?;
        let capture =
            Capture { bytes, media_type: MediaType::Html, address: None, fetched: None, location, delivery: None };
        let limits = Limits::default();
        let (article, _) = read(&capture, &Known::default(), &limits);
        let mut line = json!({ "page": capture.location });
        if let Some(article) = article {
            let blocks = article.reading.blocks();
            let words = RawWords::new(&capture);
            let located = blocks.iter().filter(|block| words.check(&article.reading, block.range).is_ok()).count();
            line["has_headline"] = blocks.first().is_some_and(|block| block.kind == BlockKind::Heading).into();
            line["text"] = article.reading.text().into();
            line["read"] = blocks.len().into();
            line["located"] = located.into();
            line["metadata"] = serde_json::to_value(&article.metadata)?;
        }
        if !is_read_only {
            line["blocks"] = serde_json::to_value(candidates(&capture, &limits, trees.as_deref()))?;
        }
        println!("{line}");
    }
    Ok(())
}
