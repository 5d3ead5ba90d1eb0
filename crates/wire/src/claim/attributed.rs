//! Attributed wording that a reporter can use: an allegation with its responses, in "said" and "denied" and nothing stronger. Within quotation marks stand
//! exact words only; words that no report gives as a party's own are said to be those of the report.

use onrecord_annotate::Act;
use onrecord_evidence::Time;
use onrecord_link::position::Stance;

use super::asked::Desk;
use super::origins::OriginsView;
use super::positions::{DenialLine, HeldLine, PositionLine, RelayLine};
use super::terms::{day, did};

/// Parties that are named on each side.
const MOST_NAMED: usize = 3;
/// Characters of a quotation.
const MOST_QUOTED: usize = 240;

pub(super) fn attributed(
    desk: &Desk<'_>,
    positions: &[PositionLine],
    denials: &[DenialLine],
    origins: &OriginsView,
) -> String {
    let affirming: Vec<&PositionLine> =
        positions.iter().filter(|position| position.stance == Some(Stance::Affirms)).collect();
    let mut parts = Vec::new();
    // An outlet's own voice stands for the allegation only where nobody is credited with it.
    let credited: Vec<&&PositionLine> = affirming.iter().filter(|position| position.party.kind != "outlet").collect();
    let said = credited.first().map_or_else(|| affirming.first(), |first| Some(*first));
    match said.and_then(|position| Some((position, first_of(position, Stance::Affirms)?))) {
        Some((position, (held, relay))) => parts.push(allegation(position, held, relay)),
        None => {
            if let Some(quote) = desk.wording().quote {
                let outlet = quote.outlet.clone().unwrap_or_else(|| "A report".to_owned());
                parts.push(format!(
                    "Nobody on record affirms it; {outlet} of {} has the words \u{201c}{}\u{201d}.",
                    day(&quote.out),
                    short(&desk.wording().text)
                ));
            }
        }
    }
    let mut responses: Vec<String> = denials.iter().take(MOST_NAMED).map(|one| denial(one, positions)).collect();
    for position in positions.iter().filter(|position| position.stance != Some(Stance::Affirms)) {
        if position.party.kind == "outlet" || denials.iter().any(|denial| denial.party == position.party) {
            continue;
        }
        let held = position.current.iter().chain(&position.beside);
        if let Some(held) =
            held.rev().find(|held| held.stance != Stance::Affirms).filter(|_| responses.len() < 2 * MOST_NAMED)
        {
            let without = if held.stance == Stance::Denies { " (no standing to deny is shown)" } else { "" };
            responses.push(format!("{} {}{without}{}", position.party.name, did(held.act), words_of(held)));
        }
    }
    if responses.is_empty() {
        parts.push("No response in this ledger.".to_owned());
    } else {
        responses.dedup();
        let mut sentence = responses.join("; ");
        sentence.push('.');
        parts.push(capital(&sentence));
    }
    if origins.least != 1 || origins.unknown > 0 {
        parts.push(format!("Independent origins in this ledger: {}.", origins.words));
    }
    parts.join(" ")
}

/// The first utterance with this stance and the first report of it.
fn first_of(position: &PositionLine, stance: Stance) -> Option<(&HeldLine, &RelayLine)> {
    let held = position.current.iter().filter(|held| held.stance == stance);
    held.filter_map(|held| Some((held, held.quotes.first()?))).min_by_key(|(_, relay)| relay.quote.out.latest())
}

fn allegation(position: &PositionLine, held: &HeldLine, relay: &RelayLine) -> String {
    let outlet = relay.quote.outlet.clone().unwrap_or_else(|| "one report".to_owned());
    let content = content(relay);
    let on = day(&relay.quote.out);
    let words = short(&content);
    let said = if held.act == Act::AcceptResponsibility { "said that they had done it" } else { "said" };
    match (position.party.kind, relay.direct) {
        ("outlet", _) => format!("{outlet} reported on {on} in its own voice: \u{201c}{words}\u{201d}."),
        ("unnamed", _) => {
            let shown = relay.quote.evidence.iter().map(|one| one.words.as_str());
            let source = shown.filter(|words| words.split_whitespace().nth(1).is_some());
            let source = source.filter(|words| !content.contains(words) && relay.quote.words.contains(words));
            let source = source.max_by_key(|words| words.len()).map(str::to_owned);
            let source = source.or_else(|| {
                relay.basis.as_ref().map(|basis| {
                    basis.evidence.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join(" \u{2026} ")
                })
            });
            let citing = source.map_or_else(
                || "without naming its source".to_owned(),
                |source| format!("citing people it does not name (\u{201c}{}\u{201d})", short(&source)),
            );
            format!("{outlet} reported on {on}, {citing}, \u{201c}{words}\u{201d}.")
        }
        (_, true) => format!("{} {said}, {outlet} reported on {on}: \u{201c}{words}\u{201d}.", position.party.name),
        (_, false) => {
            format!("{} {said}, in the words of {outlet} of {on}, \u{201c}{words}\u{201d}.", position.party.name)
        }
    }
}

fn denial(denial: &DenialLine, positions: &[PositionLine]) -> String {
    let quote = denial.quotes.first();
    let own = positions.iter().filter(|position| position.party == denial.party && denial.carried.is_empty());
    let own = own.filter_map(|position| first_of(position, Stance::Denies)).map(|(_, relay)| relay).next();
    let words = match (own, quote) {
        (Some(relay), _) => format!(" ({})", cited(&content(relay), relay.quote.outlet.as_deref(), &relay.quote.out)),
        (None, Some(quote)) => {
            let content = quote.evidence.iter().max_by_key(|one| one.words.len()).map_or("", |one| one.words.as_str());
            format!(" ({})", cited(content, quote.outlet.as_deref(), &quote.out))
        }
        (None, None) => String::new(),
    };
    let what = match &denial.wording {
        Some(wording) if !denial.carried.is_empty() => {
            format!("{} of what it rests on, \u{201c}{}\u{201d}", did(denial.act).replace(" it", ""), short(wording))
        }
        _ => did(denial.act).to_owned(),
    };
    format!("{} {what}{words}", denial.party.name)
}

fn words_of(held: &HeldLine) -> String {
    let Some(relay) = held.quotes.first() else { return String::new() };
    let tells = held.act != Act::NoReply && !relay.content.is_empty();
    let content = if tells { content(relay) } else { String::new() };
    format!(" ({})", cited(&content, relay.quote.outlet.as_deref(), &relay.quote.out))
}

/// Words with outlet and day; where they only refer ("it", "to comment") without them.
fn cited(words: &str, outlet: Option<&str>, out: &Time) -> String {
    let (outlet, day) = (outlet.unwrap_or("one report"), day(out));
    if words.split_whitespace().nth(3).is_none() {
        return format!("{outlet}, {day}");
    }
    format!("\u{201c}{}\u{201d}, {outlet}, {day}", short(words))
}

fn content(relay: &RelayLine) -> String {
    let content: Vec<&str> = relay.content.iter().map(|one| one.words.trim()).collect();
    if content.is_empty() { relay.quote.words.clone() } else { content.join(" \u{2026} ") }
}

/// Words for use within quotation marks: one line, marks of the text at the ends left out, cut between words with an ellipsis.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let marks = ['\u{201c}', '\u{201d}', '"', ',', '\u{2018}'];
    // A closing mark behind a stop or comma is no apostrophe.
    let line = match line.strip_suffix('\u{2019}') {
        Some(bare) if bare.ends_with(['.', ',', '!', '?']) => bare.to_owned(),
        _ => line,
    };
    let line = line.trim_matches(marks).trim_end_matches('.').trim_matches(marks);
    if line.chars().count() <= MOST_QUOTED {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MOST_QUOTED).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} \u{2026}", &cut[..end])
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
