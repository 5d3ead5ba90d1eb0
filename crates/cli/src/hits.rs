//! Attributions from a ledger, shown to people and as JSON Lines. Used by every command that lists them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Write;

use onrecord::evidence::{CodePoints, Digest};
use onrecord::ledger::{Article, KeptAttribution, Ledger, Revision};
use onrecord::record::AttributionRecord;
use onrecord::wire::{AttributionLine, HitLine, HitPlace};

use crate::terminal::{
    CONTESTED, FAINT, MarkedText, STRONG, act_label, harmless, manner_and_commitment, styled, who, wrapped,
};

/// Texts of the ledger with their code points, each loaded once as long as not too many are needed.
pub struct Texts<'ledger> {
    ledger: &'ledger Ledger,
    loaded: HashMap<Digest, CodePoints<'static>>,
}

/// Texts that are held at a time.
const HELD: usize = 256;

impl<'ledger> Texts<'ledger> {
    /// Nothing loaded yet.
    pub fn new(ledger: &'ledger Ledger) -> Self {
        Self { ledger, loaded: HashMap::new() }
    }

    /// The text with this digest; empty where it was withheld meanwhile.
    pub fn get(&mut self, digest: Digest) -> anyhow::Result<&CodePoints<'static>> {
        if self.loaded.len() >= HELD && !self.loaded.contains_key(&digest) {
            self.loaded.clear();
        }
        Ok(match self.loaded.entry(digest) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(CodePoints::new(self.ledger.text(&digest)?.unwrap_or_default())),
        })
    }
}

/// Prints `kept` as a `hit` line.
pub fn print_json(out: &mut impl Write, kept: &KeptAttribution, texts: &mut Texts<'_>) -> anyhow::Result<()> {
    let points = texts.get(kept.revision().text)?;
    let line = AttributionLine::new(&kept.record, kept.article.id, points, &kept.raw);
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
        styled(style, act_label(record)),
        styled(STRONG, harmless(&who(record))),
        styled(FAINT, manner_and_commitment(record)),
    )?;
    writeln!(out, "{}", wrapped(&harmless(&AttributionRecord::joined(&record.content)), "    "))?;
    writeln!(out, "{}", wrapped(&sentence(kept, texts)?, "    ¶ "))?;
    let old = if kept.is_current { "" } else { " · a text that is not current" };
    let place = format!("    {}{old} · {}", about(&kept.article, kept.revision()), record.id);
    writeln!(out, "{}\n", styled(FAINT, place))?;
    Ok(())
}

/// The sentence of an attribution with its marks.
pub fn sentence(kept: &KeptAttribution, texts: &mut Texts<'_>) -> anyhow::Result<String> {
    let sentence = kept.record.sentence.range();
    let text = texts.get(kept.revision().text)?;
    Ok(MarkedText::single(text.text(), &kept.record).slice(sentence))
}
