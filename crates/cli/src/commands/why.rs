//! `onrecord why`: which rule decided how a claim stands, and why a statement is on it, each with its words.

use std::collections::BTreeMap;
use std::io::{self, Write};

use onrecord::LoadedClaim;
use onrecord::evidence::{StatementId, TextRange};
use onrecord::ledger::{At, Ledger, Lookup, Options};
use onrecord::link::assemble::DrawnStatement;
use onrecord::link::claims::{Placement, ReasonKind};
use onrecord::wire::VERSION;
use onrecord::wire::claim::{GroundLine, StatementLine, Tried, WhyView, terms};

use crate::args::Why;
use crate::claim;
use crate::claim::layout::{heading, item, quote, quoted, when};
use crate::claim::record::{denial, head, reasons};
use crate::report::{Reporter, write_json};
use crate::terminal::{CONTESTED, FAINT, STRONG, harmless, styled};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Why, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let Some(loaded) = claim::open(&ledger, &args.claim, &at, reporter)? else { return Ok(Ending::No) };
    if args.joined || args.statement.is_some() {
        return joined(args, &ledger, &loaded, &at, reporter);
    }
    let view = WhyView::new(loaded.asked(args.json));
    loaded.sound()?;
    if view.coverage.articles == 0 {
        reporter.note(format_args!("nothing was on record about {} by then", view.claim));
        return Ok(Ending::No);
    }
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        write_json(&mut out, &view)?;
        out.flush()?;
        return Ok(Ending::Done);
    }
    let mut out = anstream::stdout().lock();
    print(&mut out, &view)?;
    out.flush()?;
    Ok(Ending::Done)
}

fn print(out: &mut dyn Write, view: &WhyView) -> io::Result<()> {
    let as_of = view.as_of.as_ref().map_or_else(String::new, |as_of| format!(" · as of {as_of}"));
    head(out, &view.standing, &view.wording, &format!("{}{as_of}", view.claim), &view.coverage)?;
    writeln!(out)?;
    reasons(out, &view.standing, &view.life)?;
    heading(out, "The rules in their order; the first that matches decides")?;
    for (number, rule) in view.rules.iter().enumerate() {
        let (mark, style) = match rule.tried {
            Tried::Matched => ("yes", CONTESTED),
            Tried::NotMatched => ("no", STRONG),
            Tried::NotTried => ("not asked", FAINT),
        };
        let first = format!("  {:>2} {:<20} ", number + 1, rule.standing);
        let found = rule.found.as_ref().map_or_else(String::new, |found| format!(" ({})", harmless(found)));
        item(out, &first, &format!("{} {}{}", rule.asks, styled(style, mark), styled(FAINT, found)))?;
        for one in rule.quotes.iter().take(3) {
            quote(out, "                          ", one)?;
        }
    }
    for (title, denials) in
        [("Denials with standing", &view.denials), ("Denials without standing", &view.denials_beside)]
    {
        if !denials.is_empty() {
            heading(out, title)?;
        }
        for one in denials.iter().take(12) {
            denial(out, one)?;
            if let Some(right) = one.right.as_ref().and_then(|right| right.quotes.first()) {
                quote(out, "      standing by: ", right)?;
            }
        }
    }
    Ok(())
}

/// Why statements are on the claim: all of them, or the one that was asked for.
fn joined(
    args: &Why,
    ledger: &Ledger,
    loaded: &LoadedClaim<'_>,
    at: &At,
    reporter: &Reporter,
) -> anyhow::Result<Ending> {
    let claim = &loaded.drawn.claim;
    let asked = args.statement.as_deref().map(str::trim).map(str::to_lowercase);
    let is_asked = |one: &&DrawnStatement| {
        asked.as_ref().is_none_or(|typed| {
            let attribution = one.attribution.map(|attribution| attribution.to_string());
            one.id.to_string().starts_with(typed.as_str())
                || attribution.is_some_and(|id| id.starts_with(typed.as_str()))
        })
    };
    let by_then = |one: &&DrawnStatement| {
        let report = claim.record.reports.iter().find(|report| report.revision == one.revision);
        report.zip(at.as_of.as_ref()).is_none_or(|(report, as_of)| report.out().is_by(as_of))
    };
    let statements: Vec<&DrawnStatement> = claim.statements.iter().filter(is_asked).filter(by_then).collect();
    if statements.is_empty() {
        let typed = args
            .statement
            .as_deref()
            .map_or_else(String::new, |typed| format!(" that begins with {}", harmless(typed)));
        reporter.note(format_args!("{} has no statement{typed} at that time", claim.id));
        return Ok(Ending::No);
    }
    let kept = match ledger.claim(&claim.id, &At::default())? {
        Lookup::Found(kept) => kept.statements,
        _ => Vec::new(),
    };
    let placements: BTreeMap<StatementId, (&Placement, &str)> =
        kept.iter().map(|one| (one.statement.id, (&one.placement, one.words.as_str()))).collect();
    let lines = statements.into_iter().map(|one| line(loaded, one, &placements));
    let lines: Vec<StatementLine> = lines.collect();
    loaded.sound()?;
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in &lines {
            write_json(&mut out, line)?;
        }
        out.flush()?;
        return Ok(Ending::Done);
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} {}", styled(STRONG, harmless(&claim.canonical.text)), styled(FAINT, claim.id))?;
    for line in &lines {
        print_statement(&mut out, line)?;
    }
    out.flush()?;
    Ok(Ending::Done)
}

fn line(
    loaded: &LoadedClaim<'_>,
    one: &DrawnStatement,
    placements: &BTreeMap<StatementId, (&Placement, &str)>,
) -> StatementLine {
    let claim = &loaded.drawn.claim;
    let report = claim.record.reports.iter().find(|report| report.revision == one.revision);
    let slices = |statement: Option<&DrawnStatement>, ranges: &[TextRange]| -> Vec<String> {
        let points = statement.and_then(|statement| loaded.text(statement.revision));
        points
            .iter()
            .flat_map(|points| ranges.iter().filter_map(|range| Some(range.slice(points.text())?.to_owned())))
            .collect()
    };
    let placement = placements.get(&one.id).map(|(placement, _)| *placement);
    let nearest = placement.and_then(|placement| placement.nearest);
    let near = nearest.and_then(|nearest| claim.statements.iter().find(|other| other.id == nearest));
    let ground = |reason: &onrecord::link::claims::Reason| GroundLine {
        kind: reason.kind,
        reason: terms::ground(reason.kind),
        ours: slices(Some(one), &reason.ours),
        theirs: slices(near, &reason.theirs),
    };
    StatementLine {
        r#type: StatementLine::TYPE,
        version: VERSION,
        statement: one.id,
        claim: claim.id,
        attribution: one.attribution,
        article: one.article,
        revision: loaded.outward(one.revision),
        outlet: report.and_then(|report| report.outlet.clone()),
        out: report.map(|report| report.out().clone()),
        voice: one.voice,
        words: slices(Some(one), &one.ranges).join(" \u{2026} "),
        joining: one.joining,
        reason: terms::joining(one.joining),
        nearness: placement.map_or(0, |placement| placement.nearness),
        nearest,
        nearest_words: nearest.and_then(|nearest| placements.get(&nearest)).map(|(_, words)| (*words).to_owned()),
        grounds: placement.map(|placement| placement.reasons.iter().map(ground).collect()).unwrap_or_default(),
        undecided: placement.map(|placement| placement.undecided.clone()).unwrap_or_default(),
    }
}

fn print_statement(out: &mut dyn Write, line: &StatementLine) -> io::Result<()> {
    let outlet = line.outlet.as_deref().map_or_else(|| "outlet not stated".to_owned(), harmless);
    let out_at = line.out.as_ref().map_or_else(|| "undated".to_owned(), when);
    let voice = if line.attribution.is_some() { "" } else { ", in its own voice" };
    writeln!(out)?;
    item(out, "  • ", &format!("{} {}", quoted(&line.words), styled(FAINT, format!("{outlet}, {out_at}{voice}"))))?;
    item(out, "    ", &styled(FAINT, line.statement))?;
    let near = if line.nearness > 0 { format!(" (nearness {} of 1000)", line.nearness) } else { String::new() };
    item(out, "    ", &format!("{}{near}", line.reason))?;
    if let Some(words) = &line.nearest_words {
        item(out, "      as ", &quoted(words))?;
    }
    for ground in &line.grounds {
        let words = |words: &[String]| words.iter().map(|words| harmless(words)).collect::<Vec<_>>().join(" | ");
        let (ours, theirs) = (words(&ground.ours), words(&ground.theirs));
        let said = match (ground.kind, ours.is_empty() && theirs.is_empty(), ours == theirs) {
            (ReasonKind::Meaning, ..) | (_, true, _) => String::new(),
            (_, _, true) => format!(": {ours}"),
            _ => format!(": {ours} / {theirs}"),
        };
        item(out, "      ", &styled(FAINT, format!("{}{said}", ground.reason)))?;
    }
    for (claim, nearness) in &line.undecided {
        item(out, "      ", &styled(FAINT, format!("it may also be on {claim} (nearness {nearness} of 1000)")))?;
    }
    Ok(())
}
