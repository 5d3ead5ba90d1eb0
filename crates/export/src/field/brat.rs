//! brat standoff (<https://brat.nlplab.org/standoff.html>): for each article its text and, beside it, source, cue and content as text-bound annotations in code points, the attribution as an event on the
//! cue, its act and commitment as attributes. Whole texts: for the house only.

use std::io::Write;

use onrecord_evidence::{CodePoints, Quoted};
use onrecord_ledger::{KeptAttribution, Ledger};

use crate::pass::{Item, Progress, Summary, Wanted, pass};
use crate::run::Asked;
use crate::words::word;
use crate::{Error, Result};

/// `annotation.conf`, by which brat knows the types.
pub const CONFIGURATION: &str = "[entities]\nSource\nContent\n\n[relations]\n\n[events]\nAttribution\tSource*:Source, Content+:Content\n\n[attributes]\nAct\tArg:Attribution, Value:affirm|deny|partial-deny|reject-premise|decline|no-reply|non-denial|does-not-know|could-not-verify|accept-responsibility|deny-responsibility|retract|correct|question|condition\nCommitment\tArg:Attribution, Value:certain|probable|possible|unknown\nManner\tArg:Attribution, Value:direct|indirect|mixed\n";

/// Gives each article as two files to `file`: name and bytes.
///
/// # Errors
/// [`Error::WholeTexts`] where quotations are capped; where the ledger cannot be read or a file cannot be written.
pub fn brat(
    ledger: &Ledger,
    asked: &Asked,
    file: &mut dyn FnMut(&str, &[u8]) -> Result<()>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    if asked.care.quoted_words.is_some() {
        return Err(Error::WholeTexts("brat standoff"));
    }
    file("annotation.conf", CONFIGURATION.as_bytes())?;
    pass(ledger, asked, Wanted { claims: None, articles: true }, progress, &mut |item| {
        let Item::Article(article) = item else { return Ok(()) };
        let name = article.article.id.to_string();
        file(&format!("{name}.txt"), article.points.text().as_bytes())?;
        let mut out = Vec::new();
        let mut numbers = Numbers::default();
        for (kept, decided) in &article.attributions {
            attribution(&mut out, kept, &article.points, &mut numbers)?;
            for one in decided {
                writeln!(
                    out,
                    "#{}\tAnnotatorNotes E{}\t{} by {}: {}",
                    numbers.note(),
                    numbers.events,
                    one.word,
                    one.author,
                    line(&one.reason)
                )?;
            }
        }
        file(&format!("{name}.ann"), &out)
    })
}

#[derive(Default)]
struct Numbers {
    texts: u32,
    events: u32,
    attributes: u32,
    notes: u32,
}

impl Numbers {
    fn note(&mut self) -> u32 {
        self.notes += 1;
        self.notes
    }
}

fn attribution(
    out: &mut Vec<u8>,
    kept: &KeptAttribution,
    points: &CodePoints<'_>,
    numbers: &mut Numbers,
) -> Result<()> {
    let record = &kept.record;
    let mut bound = |out: &mut Vec<u8>, kind: &str, spans: &[Quoted]| -> Result<Option<u32>> {
        let Some(places) = places(spans, points).filter(|places| !places.is_empty()) else { return Ok(None) };
        numbers.texts += 1;
        let offsets: Vec<String> = places.iter().map(|(start, end, _)| format!("{start} {end}")).collect();
        let words: Vec<&str> = places.iter().map(|(.., words)| words.as_str()).collect();
        writeln!(out, "T{}\t{kind} {}\t{}", numbers.texts, offsets.join(";"), words.join(" "))?;
        Ok(Some(numbers.texts))
    };
    let cue = bound(out, "Attribution", &record.cue)?;
    let source = bound(out, "Source", &record.source)?;
    let content = bound(out, "Content", &record.content)?;
    let (Some(cue), Some(content)) = (cue, content) else { return Ok(()) };
    numbers.events += 1;
    let event = numbers.events;
    let source = source.map_or_else(String::new, |source| format!(" Source:T{source}"));
    writeln!(out, "E{event}\tAttribution:T{cue}{source} Content:T{content}")?;
    for (name, value) in [
        ("Act", record.act.word().to_owned()),
        ("Commitment", word(record.commitment)),
        ("Manner", word(record.manner)),
    ] {
        numbers.attributes += 1;
        writeln!(out, "A{}\t{name} E{event} {value}", numbers.attributes)?;
    }
    writeln!(out, "#{}\tAnnotatorNotes E{event}\t{}", numbers.note(), record.id)?;
    Ok(())
}

/// The places of spans in code points, in order; a span that goes over a line break is one place a line, as brat wants it.
fn places(spans: &[Quoted], points: &CodePoints<'_>) -> Option<Vec<(u32, u32, String)>> {
    let mut found = Vec::new();
    for span in spans {
        let mut start = span.range().start;
        for part in span.words().split_inclusive(['\n', '\r']) {
            let words = part.trim_end_matches(['\n', '\r']);
            let from = start;
            start += part.len() as u32;
            if !words.trim().is_empty() {
                found.push((points.of(from)?, points.of(from + words.len() as u32)?, words.to_owned()));
            }
        }
    }
    found.sort();
    Some(found)
}

fn line(words: &str) -> String {
    crate::words::one_line(words)
}

#[cfg(test)]
mod tests {
    use onrecord_evidence::TextRange;

    use super::*;

    #[test]
    fn no_place_goes_over_a_line() {
        let text = "\u{201c}No call,\u{201d}\r\nshe said.\n";
        let points = CodePoints::new(text);
        let check = |range: TextRange, expect: &[(u32, u32, &str)]| {
            let found = places(&[Quoted::new(text, range).unwrap()], &points).unwrap();
            let found: Vec<_> = found.iter().map(|(start, end, words)| (*start, *end, words.as_str())).collect();
            assert_eq!(found, expect, "{range:?}");
        };
        let line = text.find('\r').unwrap() as u32;
        check(TextRange::new(0, line), &[(0, 10, "\u{201c}No call,\u{201d}")]);
        check(TextRange::new(0, line + 5), &[(0, 10, "\u{201c}No call,\u{201d}"), (12, 15, "she")]);
        check(TextRange::new(line, line + 5), &[(12, 15, "she")]);
    }
}
