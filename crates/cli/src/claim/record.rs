//! One claim's record on a terminal: its head, who says what, and what stands beside. The other parts stand in `parts.rs`.

use std::io::{self, Write};

use onrecord::link::position::Stance;
use onrecord::wire::claim::{
    ClaimView, CoverageLine, DenialLine, HeldLine, LifeLine, PositionLine, RelayLine, StandingLine, WordingLine, terms,
};

use super::layout::{heading, item, quote, quoted, some, style, when, whence};
use crate::terminal::{CONTESTED, FAINT, SOURCE, STRONG, harmless, styled};

/// How much of a record is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What fits a first look.
    Short,
}

impl Extent {
    /// Parties of one stance.
    pub const fn parties(self) -> usize {
        match self {
            Self::Whole => 12,
            Self::Short => 3,
        }
    }
}

/// Standing, wording, id and what it covers.
pub fn head(
    out: &mut dyn Write,
    standing: &StandingLine,
    wording: &WordingLine,
    about: &str,
    coverage: &CoverageLine,
) -> io::Result<()> {
    let label = standing.words.to_uppercase();
    let negated = if wording.negated { " (worded as what is not so)" } else { "" };
    let text = format!("{}{}", styled(STRONG, harmless(&wording.text)), styled(FAINT, negated));
    item(out, &format!("{}  ", styled(style(standing.standing), label)), &text)?;
    item(out, "  ", &styled(FAINT, about))?;
    item(out, "  ", &styled(FAINT, &coverage.words))
}

/// The reason of the standing and of the life, each with its words.
pub fn reasons(out: &mut dyn Write, standing: &StandingLine, life: &LifeLine) -> io::Result<()> {
    if let Some(decision) = &standing.decision {
        let (author, reason) = (harmless(&decision.author), harmless(&decision.reason));
        let by_rule = standing.by_rule.words();
        item(
            out,
            "  decided  ",
            &format!("by {author} on {}: {reason}; by rule it would be {by_rule}", when(&decision.at)),
        )?;
    }
    item(out, "  why      ", standing.reason.unwrap_or(standing.rule))?;
    for one in standing.quotes.iter().take(2) {
        quote(out, "           ", one)?;
    }
    item(out, "  life     ", &format!("{}: {}", life.words, life.reason.unwrap_or(life.rule)))?;
    for one in life.quotes.iter().take(1) {
        quote(out, "           ", one)?;
    }
    Ok(())
}

/// The head of a view with its reasons.
pub fn top(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    let kind = serde_json::to_value(view.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    let as_of = view.as_of.as_ref().map_or_else(String::new, |as_of| format!(" · as of {as_of}"));
    let about = format!("{} · {} · {}{as_of}", kind.unwrap_or_default(), view.life.words, view.claim);
    head(out, &view.standing, &view.wording, &about, &view.coverage)?;
    writeln!(out)?;
    reasons(out, &view.standing, &view.life)
}

/// Who says what, by stance.
pub fn positions(out: &mut dyn Write, view: &ClaimView, extent: Extent) -> io::Result<()> {
    heading(out, "Who says what")?;
    let groups = [Some(Stance::Affirms), Some(Stance::Denies), Some(Stance::TakesBack), Some(Stance::Open)];
    for stance in groups.into_iter().flatten() {
        let of: Vec<&PositionLine> = view.positions.iter().filter(|one| one.stance == Some(stance)).collect();
        if of.is_empty() {
            continue;
        }
        let label = format!("{} ({})", terms::stance(stance).to_uppercase(), of.len());
        let label = if stance == Stance::Affirms { styled(STRONG, label) } else { styled(CONTESTED, label) };
        writeln!(out, " {label}")?;
        for one in of.iter().take(extent.parties()) {
            position(out, one)?;
        }
        more(out, of.len(), extent.parties(), "party", "parties")?;
    }
    if extent == Extent::Whole {
        context(out, view)?;
    }
    if !view.denials_beside.is_empty() {
        writeln!(out, " {}", styled(FAINT, "Denials without standing, shown beside"))?;
        for one in view.denials_beside.iter().take(extent.parties()) {
            denial(out, one)?;
        }
        more(out, view.denials_beside.len(), extent.parties(), "denial", "denials")?;
    }
    let carried = view.denials.iter().filter(|denial| !denial.carried.is_empty());
    let carried: Vec<&DenialLine> = carried.collect();
    if !carried.is_empty() {
        writeln!(out, " {}", styled(FAINT, "Denied in what it rests on"))?;
        for one in carried.iter().take(extent.parties()) {
            denial(out, one)?;
        }
        more(out, carried.len(), extent.parties(), "denial", "denials")?;
    }
    Ok(())
}

fn more(out: &mut dyn Write, count: usize, shown: usize, one: &str, several: &str) -> io::Result<()> {
    match count.saturating_sub(shown) {
        0 => Ok(()),
        1 => writeln!(out, "   {}", styled(FAINT, format!("and 1 more {one}"))),
        left => writeln!(out, "   {}", styled(FAINT, format!("and {left} more {several}"))),
    }
}

/// A party with all that it says now.
fn position(out: &mut dyn Write, position: &PositionLine) -> io::Result<()> {
    let party = &position.party;
    let mut about = Vec::new();
    if !party.speaks_for.is_empty() {
        about.push(format!("speaks for {}", some(&party.speaks_for, 3)));
    }
    if party.kind == "outlet" {
        let mut quotes = position.current.iter().flat_map(|held| &held.quotes);
        let is_own = quotes.all(|relay| relay.quote.outlet.as_ref() == Some(&party.name));
        about.push(if is_own { "in its own voice" } else { "as others report of it" }.to_owned());
    }
    if position.stance == Some(Stance::Denies) {
        about.push(match &position.right {
            Some(right) => format!("standing to deny: {}", harmless(&right.words)),
            None => "no standing to deny is shown".to_owned(),
        });
    }
    let about = if about.is_empty() { String::new() } else { styled(FAINT, format!("  {}", about.join(" · "))) };
    item(out, "  • ", &format!("{}{about}", styled(SOURCE.bold(), harmless(&party.name))))?;
    for held in &position.current {
        self::held(out, held)?;
    }
    for held in &position.beside {
        self::held(out, held)?;
    }
    Ok(())
}

/// One utterance: what it does, its words in the first report, and how many more there are.
fn held(out: &mut dyn Write, held: &HeldLine) -> io::Result<()> {
    let act = terms::did(held.act);
    for relay in &held.quotes {
        item(out, "      ", &format!("{act}: {} {}", words_of(relay), styled(FAINT, whence(&relay.quote))))?;
    }
    if held.more > 0 {
        let text = format!("and {} more: {}", held.more, some(&held.more_outlets, 6));
        item(out, "      ", &styled(FAINT, text))?;
    }
    Ok(())
}

/// The words of a relay: as they stand in the text, source and cue with them.
fn words_of(relay: &RelayLine) -> String {
    quoted(&relay.quote.words)
}

fn context(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    let context = || view.positions.iter().flat_map(|one| one.context.iter().map(move |held| (one, held)));
    if context().next().is_some() {
        writeln!(out, " {}", styled(FAINT, "Context: it may have been said before the event, and is no position"))?;
        for (position, held) in context().take(8) {
            writeln!(out, "  • {}", styled(SOURCE, harmless(&position.party.name)))?;
            self::held(out, held)?;
        }
    }
    for one in &view.attribution_disputed {
        writeln!(out, " {}", styled(FAINT, "Reports disagree on who spoke: nobody\u{2019}s position"))?;
        for credit in one.credited.iter().take(4) {
            writeln!(out, "  • {}", styled(SOURCE, harmless(&credit.party.name)))?;
            for quote in credit.quotes.iter().take(1) {
                self::quote(out, "      ", quote)?;
            }
        }
    }
    if !view.said_beside.is_empty() {
        writeln!(out, " {}", styled(FAINT, "Said beside it: what reports of it say besides, no position on it"))?;
        for one in view.said_beside.iter().take(4) {
            let text = format!(
                "{}: {} {}",
                harmless(&one.party.name),
                quoted(&one.quote.words),
                styled(FAINT, whence(&one.quote))
            );
            item(out, "  • ", &text)?;
        }
        if view.said_beside.len() > 4 {
            item(out, "  ", &styled(FAINT, format!("and {} more", view.said_beside.len() - 4)))?;
        }
    }
    let earlier = || view.positions.iter().flat_map(|one| one.earlier.iter().map(move |held| (one, held)));
    if earlier().next().is_some() {
        writeln!(out, " {}", styled(FAINT, "Said earlier; a later utterance stands now"))?;
        for (position, held) in earlier().take(8) {
            writeln!(out, "  • {}", styled(SOURCE, harmless(&position.party.name)))?;
            self::held(out, held)?;
        }
    }
    Ok(())
}

/// A denial with what is denied in words.
pub fn denial(out: &mut dyn Write, denial: &DenialLine) -> io::Result<()> {
    let right =
        denial.right.as_ref().map_or_else(|| "no standing to deny is shown".to_owned(), |right| right.words.clone());
    let about = styled(FAINT, format!("  {} · {}", harmless(&right), denial.reason.unwrap_or(denial.rule)));
    item(out, "  • ", &format!("{}{about}", styled(SOURCE.bold(), harmless(&denial.party.name))))?;
    if let Some(wording) = &denial.wording {
        item(out, "      on: ", &styled(FAINT, harmless(wording)))?;
    }
    for one in denial.quotes.iter().take(1) {
        quote(out, "      ", one)?;
    }
    Ok(())
}

/// Who has a role in the claim, and what they answered.
pub fn responses(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    let responses = || view.responses.iter().filter(|response| response.party.kind != "outlet");
    if responses().next().is_none() {
        return Ok(());
    }
    heading(out, "Asked and answered")?;
    for response in responses() {
        let (name, role) = (harmless(&response.party.name), terms::role(response.role));
        let mut answers: Vec<String> = Vec::new();
        for answer in &response.answers {
            let by = harmless(&answer.by);
            let text = if by == name { answer.words.to_owned() } else { format!("{by} {}", answer.words) };
            if !answers.contains(&text) {
                answers.push(text);
            }
        }
        let answered = if answers.is_empty() { "no response in this ledger".to_owned() } else { answers.join("; ") };
        item(
            out,
            "  • ",
            &format!("{} {}: {answered}", styled(SOURCE.bold(), name), styled(FAINT, format!("({role})"))),
        )?;
    }
    Ok(())
}
