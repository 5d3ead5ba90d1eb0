//! Sourcing of an article's own: words that say that its outlet was told, saw, obtained. Not what it cites.

use onrecord_evidence::{Quoted, TextRange};

use super::name::{folded, is_descriptor, label};
use super::token::Token;
use crate::Report;

/// Findings that are kept.
pub(super) const MOST: usize = 4;

/// Whether words name the outlet of the report itself: its name or a part of it, its host, "us".
pub(super) fn is_own(report: &Report, name: &str) -> bool {
    let key = folded(name);
    if key.len() < 2 {
        return false;
    }
    let by_host = report.domain.as_deref().and_then(label).is_some_and(|owner| folded(owner) == key);
    let part = report.outlet.as_deref().is_some_and(|outlet| folded(outlet) == key || is_part(name, outlet));
    by_host || part
}

/// Whether the words of `short` stand together in `full`, in its order: "Courier" in "The Almery Courier".
pub(super) fn is_part(short: &str, full: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let lower = name.to_lowercase();
        lower.split([' ', '-']).filter(|word| !word.is_empty() && *word != "the").map(str::to_owned).collect()
    };
    let (short, full) = (words(short), words(full));
    !short.is_empty() && short.len() < full.len() && full.windows(short.len()).any(|part| part == short)
}

/// The words of one sentence that show own sourcing; `None` where there are none.
pub(super) fn own_sourcing(report: &Report, tokens: &[Token<'_>]) -> Option<Quoted> {
    for (at, token) in tokens.iter().enumerate() {
        let Some(end) = receiver(report, tokens, at) else { continue };
        let talked = |back: usize| {
            at.checked_sub(back).is_some_and(|from| tokens[from].is_any(&["told", "tells", "telling", "informed"]))
        };
        let to = at.checked_sub(1).is_some_and(|from| tokens[from].is_any(&["to", "with", "by"]));
        let verb = (2..=5).filter_map(|back| at.checked_sub(back)).find(|here| {
            tokens[*here].is_any(&[
                "spoke",
                "said",
                "confirmed",
                "interview",
                "speaking",
                "seen",
                "obtained",
                "reviewed",
                "read",
                "reached",
                "interviewed",
            ])
        });
        let first = if talked(1) {
            at - 1
        } else if let Some(verb) = verb.filter(|_| to) {
            verb
        } else if token.capital && saw(tokens, end + 1) {
            at
        } else {
            continue;
        };
        let last = if token.capital && saw(tokens, end + 1) && !talked(1) { end + 2 } else { end };
        let range = tokens[first].range.hull(tokens[last.min(tokens.len() - 1)].range);
        return Quoted::new(&report.text, range).ok();
    }
    None
}

/// The last token of words that name the report's own outlet from `at` on.
fn receiver(report: &Report, tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let token = &tokens[at];
    let led = at.checked_sub(1).is_some_and(|from| tokens[from].is_any(&["told", "tells", "to", "with", "by"]));
    if token.lower == "us" && !token.capital && led {
        // Inside of what somebody else says it is somebody else.
        let said = report
            .records
            .iter()
            .flat_map(|record| &record.content)
            .any(|content| content.range().contains(token.range));
        let quoted = tokens[..at].iter().filter(|token| matches!(token.words, "“" | "\"" | "‘")).count() > 0;
        return (!said && !quoted).then_some(at);
    }
    if token.lower == "this" {
        let next = tokens.get(at + 1)?;
        return (is_descriptor(&next.lower) || next.lower == "reporter").then_some(at + 1);
    }
    let from = if token.lower == "the" { at + 1 } else { at };
    if !tokens.get(from)?.capital {
        return None;
    }
    (from..tokens.len().min(from + 5)).rev().find(|last| {
        let range = TextRange::new(tokens[from].range.start, tokens[*last].range.end);
        tokens[*last].capital && range.slice(&report.text).is_some_and(|name| is_own(report, name))
    })
}

/// "has seen", "obtained", "reviewed" behind the outlet's name.
fn saw(tokens: &[Token<'_>], at: usize) -> bool {
    let one = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is_any(words));
    let saw = &["seen", "saw", "obtained", "reviewed", "learned", "learnt", "read", "heard", "spoke", "understands"];
    one(at, saw) || (one(at, &["has", "had", "reporter", "correspondent"]) && one(at + 1, saw))
}
