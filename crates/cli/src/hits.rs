//! Attributions from a ledger, shown to people and as JSON Lines. Used by every command that lists them.

use std::collections::HashMap;
use std::io::Write;

use onrecord::evidence::{CodePoints, Digest};
use onrecord::ledger::{Article, KeptAttribution, Ledger, Revision};
use onrecord::record::AttributionRecord;
use onrecord::wire::{AttributionLine, HitLine, HitPlace};

use crate::terminal::{CONTESTED, FAINT, STRONG, harmless, manner_and_commitment, marked, styled, who, wrapped};

/// Texts of the ledger, each loaded once.
pub struct Texts<'ledger> {
    ledger: &'ledger Ledger,
    loaded: HashMap<Digest, String>,
}

impl<'ledger> Texts<'ledger> {
    /// Nothing loaded yet.
    pub fn new(ledger: &'ledger Ledger) -> Self {
        Self { ledger, loaded: HashMap::new() }
    }

    /// The text with this digest; empty where it was withheld meanwhile.
    pub fn get(&mut self, digest: Digest) -> anyhow::Result<&str> {
        if !self.loaded.contains_key(&digest) {
            let text = self.ledger.text(&digest)?.unwrap_or_default();
            self.loaded.insert(digest, text);
        }
        Ok(&self.loaded[&digest])
    }
}

/// Prints `kept` as a `hit` line.
pub fn print_json(out: &mut impl Write, kept: &KeptAttribution, texts: &mut Texts<'_>) -> anyhow::Result<()> {
    let points = CodePoints::new(texts.get(kept.revision().text)?);
    let line = AttributionLine::new(&kept.record, kept.article.id, &points, &kept.raw);
    let metadata = &kept.revision().metadata;
    let place = HitPlace {
        revision: kept.revision().id,
        current: kept.is_current,
        capture: kept.capture(),
        outlet: metadata.outlet.clone(),
        title: metadata.title.clone(),
        address: metadata.address.clone(),
        published: kept.article.published.clone(),
    };
    serde_json::to_writer(&mut *out, &HitLine::new(&line, place)).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// Outlet, date and headline of an article, as one line.
pub fn about(article: &Article, revision: &Revision) -> String {
    let metadata = &revision.metadata;
    let mut parts = Vec::new();
    parts.extend(metadata.outlet.as_deref().map(harmless));
    parts.push(article.published.as_ref().map_or_else(|| "undated".to_owned(), ToString::to_string));
    parts.extend(metadata.title.as_deref().map(harmless));
    parts.join(" · ")
}

/// Prints `kept` for people: act and source, content, the sentence with its marks, where it stands.
pub fn print_people(out: &mut impl Write, kept: &KeptAttribution, texts: &mut Texts<'_>) -> anyhow::Result<()> {
    let record = &kept.record;
    let style = if record.is_contested() { CONTESTED } else { STRONG };
    writeln!(
        out,
        "{}  {}  {}",
        styled(style, record.act.word().to_uppercase()),
        styled(STRONG, harmless(&who(record))),
        styled(FAINT, manner_and_commitment(record)),
    )?;
    writeln!(out, "{}", wrapped(&harmless(&AttributionRecord::joined(&record.content)), "    "))?;
    let text = texts.get(kept.revision().text)?;
    let sentence =
        marked(text, record.sentence.range(), std::slice::from_ref(record), |_| Some(1)).replace(" 1: ", ": ");
    writeln!(out, "{}", wrapped(&sentence, "    ¶ "))?;
    let old = if kept.is_current { "" } else { " · a text that is not current" };
    writeln!(
        out,
        "{}\n",
        styled(FAINT, format!("    {}{old} · {}", about(&kept.article, kept.revision()), record.id))
    )?;
    Ok(())
}
