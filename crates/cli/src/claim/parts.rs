//! The parts of a claim's record behind who says what: origins, figures, wording, history, links, wording for a reporter.

use std::io::{self, Write};

use onrecord::link::drift::VariantKind;
use onrecord::link::figure::Relation;
use onrecord::wire::claim::{ClaimView, OriginLine, OriginsView, RelationLine, SeriesLine, terms};

use super::layout::{cut, heading, hung, item, quote, quoted, report, some, style, when};
use super::record::Extent;
use crate::terminal::{CONTESTED, FAINT, STRONG, harmless, styled, width};

/// The range of origins with its tree.
pub fn origins(out: &mut dyn Write, origins: &OriginsView, extent: Extent) -> io::Result<()> {
    heading(out, &format!("Origins: {}", origins.words))?;
    let most = if extent == Extent::Whole { 24 } else { 4 };
    for origin in origins.origins.iter().take(most) {
        self::origin(out, origin, extent)?;
    }
    if origins.origins.len() > most {
        writeln!(out, "  {}", styled(FAINT, format!("and {} more ends of chains", origins.origins.len() - most)))?;
    }
    for circle in &origins.circles {
        let reports: Vec<String> = circle.reports.iter().map(report).collect();
        item(out, "  ", &format!("{} {}", styled(CONTESTED, "circular:"), some(&reports, 6)))?;
        for one in circle.quotes.iter().take(2) {
            quote(out, "    ", one)?;
        }
    }
    if !origins.rest_on_withdrawn.is_empty() {
        let reports: Vec<String> = origins.rest_on_withdrawn.iter().map(report).collect();
        item(out, "  ", &format!("{} {}", styled(CONTESTED, "rest on a withdrawn origin:"), some(&reports, 6)))?;
    }
    if let Some(first) = &origins.first {
        let at = first.report.out.as_ref().map_or_else(|| "undated".to_owned(), ToString::to_string);
        let outlet = first.report.outlet.as_deref().map_or_else(|| "outlet not stated".to_owned(), harmless);
        let mut text = format!("{outlet}, {at}");
        if !first.doubts.is_empty() {
            text.push_str(&format!(
                "; {}",
                first.doubts.iter().map(|doubt| harmless(doubt)).collect::<Vec<_>>().join("; ")
            ));
        }
        item(out, "  first known report: ", &text)?;
    }
    Ok(())
}

fn origin(out: &mut dyn Write, origin: &OriginLine, extent: Extent) -> io::Result<()> {
    let mark = if origin.count_words() == "counts" { "●" } else { "○" };
    let ends = some(&origin.ends, 3);
    let about = format!("{} · {}", origin.count_words(), origin.reasons.join("; "));
    item(out, &format!("  {mark} "), &format!("{} {}", styled(STRONG, ends), styled(FAINT, about)))?;
    let most = if extent == Extent::Whole { 60 } else { 8 };
    let rows = &origin.rows[..origin.rows.len().min(most)];
    // Where a level goes on below, its line is drawn through.
    for (index, row) in rows.iter().enumerate() {
        let goes_on = |depth: usize| {
            let below = rows[index + 1..].iter().take_while(|later| later.depth >= depth);
            below.clone().any(|later| later.depth == depth)
        };
        let mut lead = "    ".to_owned();
        let mut rest = "    ".to_owned();
        for depth in 0..row.depth {
            let line = if goes_on(depth) { "│ " } else { "  " };
            lead.push_str(line);
            rest.push_str(line);
        }
        lead.push_str(if goes_on(row.depth) { "├ " } else { "└ " });
        rest.push_str(if goes_on(row.depth) { "│   " } else { "    " });
        let names: Vec<String> = row.reports.iter().map(report).collect();
        let count = match (row.reports.len(), row.rule) {
            (1, _) => String::new(),
            (count, "derived-passage") => format!("{count} copies: "),
            (count, _) => format!("{count} reports: "),
        };
        let withdrawn = if row.withdrawn { styled(CONTESTED, " withdrawn") } else { String::new() };
        let why = if row.depth > 0 {
            styled(FAINT, format!(" · {}", row.reason.unwrap_or(row.rule)))
        } else {
            String::new()
        };
        let text = format!("{count}{}{withdrawn}{why}", some(&names, if extent == Extent::Whole { 8 } else { 3 }));
        hung(out, &lead, &rest, &text)?;
        if let Some(one) = row.quote.as_ref().filter(|_| row.depth > 0 || extent == Extent::Whole) {
            let words = cut(&one.words, width().saturating_sub(textwrap::core::display_width(&rest) + 4).max(30) * 2);
            hung(out, &rest, &rest, &quoted(&words))?;
        }
    }
    if origin.rows.len() > most {
        writeln!(out, "      {}", styled(FAINT, format!("and {} more rows", origin.rows.len() - most)))?;
    }
    Ok(())
}

/// Figures by claimant, and how they stand to each other.
pub fn figures(out: &mut dyn Write, view: &ClaimView, extent: Extent) -> io::Result<()> {
    if !view.tells_of_figures() {
        return Ok(());
    }
    heading(out, "Figures")?;
    let most = if extent == Extent::Whole { 16 } else { 4 };
    let rows: Vec<[String; 5]> = view.figures.iter().take(most).flat_map(rows).collect();
    if !rows.is_empty() {
        writeln!(out, "{}", table(&["claimant", "counts", "figure", "as of", "how"], &rows))?;
    }
    let telling = view.figure_relations.iter().filter(|pair| pair.relation.relation != Relation::NotComparable);
    for pair in telling.take(most) {
        let name =
            |claimant: &Option<String>| claimant.as_deref().map_or_else(|| "nobody credited".to_owned(), harmless);
        let label = pair.relation.words;
        let label = match pair.relation.relation {
            Relation::Conflict | Relation::RoleConflict => styled(CONTESTED, label),
            _ => styled(STRONG, label),
        };
        let (one, other) = (&pair.one, &pair.other);
        let text = format!(
            "{label}: {} ({}) and {} ({}): {}",
            harmless(&one.shown),
            name(&one.claimant),
            harmless(&other.shown),
            name(&other.claimant),
            pair.relation.reason.unwrap_or(pair.relation.rule)
        );
        item(out, "  ", &text)?;
        for one in one.quotes.iter().take(1).chain(other.quotes.iter().take(1)) {
            quote(out, "    ", one)?;
        }
    }
    let open: Vec<_> =
        view.figure_relations.iter().filter(|pair| pair.relation.relation == Relation::NotComparable).collect();
    for pair in open.iter().take(3) {
        let (one, other) = (harmless(&pair.one.shown), harmless(&pair.other.shown));
        let text = format!("{one} and {other}: {}", not_comparable(&pair.relation));
        item(out, "  ", &styled(FAINT, text))?;
    }
    if open.len() > 3 {
        writeln!(out, "  {}", styled(FAINT, format!("and {} more pairs that cannot be compared", open.len() - 3)))?;
    }
    Ok(())
}

fn not_comparable(relation: &RelationLine) -> String {
    let words = |facets: &[onrecord::link::figure::Facet]| {
        facets.iter().map(|one| terms::facet(*one)).collect::<Vec<_>>().join(", ")
    };
    let mut parts = vec!["not comparable".to_owned()];
    if !relation.differs.is_empty() {
        parts.push(format!("differs: {}", words(&relation.differs)));
    }
    if !relation.missing.is_empty() {
        parts.push(format!("not stated: {}", words(&relation.missing)));
    }
    parts.join("; ")
}

fn rows(series: &SeriesLine) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    let mut name = harmless(&series.claimant);
    let mut counts = harmless(&series.counts);
    let mut push = |shown: &str, as_of: String, how: String| {
        rows.push([std::mem::take(&mut name), std::mem::take(&mut counts), harmless(shown), as_of, how]);
    };
    for step in &series.steps {
        let how = step.change.as_ref().map_or_else(String::new, |change| change.words.to_owned());
        push(&step.figure.shown, when(&step.as_of), how);
    }
    for part in &series.parts {
        push(&part.shown, String::new(), "a part, or on top".to_owned());
    }
    for part in &series.undated {
        push(&part.shown, "not stated".to_owned(), String::new());
    }
    rows
}

/// A table without lines, behind two blanks.
pub fn table(head: &[&str], rows: &[[String; 5]]) -> String {
    use comfy_table::{ContentArrangement, Table, presets};
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width() as u16 - 2);
    table.set_header(head.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    table
        .trim_fmt()
        .lines()
        .map(|line| format!("  {}", line.strip_prefix(' ').unwrap_or(line)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Hedges lost and gained, variants of quotations.
pub fn wording(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    if view.drift.is_empty() && view.quotations.is_empty() {
        return Ok(());
    }
    heading(out, "Wording on the way")?;
    for drift in view.drift.iter().take(10) {
        let changes: Vec<String> = drift
            .changes
            .iter()
            .map(|change| match (&change.before, &change.after) {
                (Some(before), Some(after)) => format!("{} became {}", quoted(before), quoted(after)),
                (Some(before), None) => format!("lost {}", quoted(before)),
                (None, Some(after)) => format!("gained {}", quoted(after)),
                (None, None) => String::new(),
            })
            .collect();
        let changes =
            if changes.is_empty() { drift.reason.unwrap_or(drift.rule).to_owned() } else { changes.join(", ") };
        let surer = if drift.surer { " and has it more surely" } else { "" };
        item(out, "  • ", &format!("{} against {}: {changes}{surer}", report(&drift.report), report(&drift.origin)))?;
    }
    for variants in view.quotations.iter().take(6) {
        item(out, "  ", &format!("{} is quoted in {} wordings:", harmless(&variants.party), variants.variants.len()))?;
        for variant in variants.variants.iter().take(4) {
            let Some(one) = variant.quotes.first() else { continue };
            let kind = if variant.kind == VariantKind::First { "first" } else { terms::variant(variant.kind) };
            quote(out, &format!("    {kind}: "), one)?;
        }
    }
    Ok(())
}

/// How the standing changed.
pub fn timeline(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    heading(out, "Changes of standing")?;
    let mut last: Option<&str> = None;
    for change in view.timeline.iter().take(40) {
        let at = change.at.strftime("%Y-%m-%d %H:%M UTC").to_string();
        let unknown = if change.unknown > 0 { format!(", {} unknown", change.unknown) } else { String::new() };
        let life = if change.life == "current" { String::new() } else { format!(" · {}", change.life) };
        let text = format!(
            "{} {}",
            styled(style(change.standing), change.words),
            styled(
                FAINT,
                format!("at least {}{unknown}{life} · {}", change.least, change.reason.unwrap_or(change.rule))
            )
        );
        item(out, &format!("  {at}  "), &text)?;
        // Words that decided before are not said again.
        if let Some(one) = change.quotes.first().filter(|one| last != Some(one.words.as_str())) {
            quote(out, "                        ", one)?;
            last = Some(&one.words);
        }
    }
    Ok(())
}

/// The claims to which it is linked.
pub fn links(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    if view.links.is_empty() {
        return Ok(());
    }
    heading(out, "Linked claims")?;
    for link in view.links.iter().take(16) {
        let id = link.claim.as_str();
        let standing = styled(style(link.standing), link.standing_words);
        let text = format!("{} {standing} · {} {}", link.words, harmless(&link.wording), styled(FAINT, id));
        item(out, "  • ", &text)?;
    }
    Ok(())
}

/// The sentences for a reporter.
pub fn attributed(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    heading(out, "For a report")?;
    item(out, "  ", &harmless(&view.attributed))
}

/// The claim as `show` prints it.
pub fn whole(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    super::record::top(out, view)?;
    super::record::positions(out, view, Extent::Whole)?;
    super::record::responses(out, view)?;
    origins(out, &view.origins, Extent::Whole)?;
    figures(out, view, Extent::Whole)?;
    wording(out, view)?;
    timeline(out, view)?;
    links(out, view)?;
    attributed(out, view)
}

/// The claim as `demo` prints it.
pub fn short(out: &mut dyn Write, view: &ClaimView) -> io::Result<()> {
    super::record::top(out, view)?;
    super::record::positions(out, view, Extent::Short)?;
    super::record::responses(out, view)?;
    origins(out, &view.origins, Extent::Short)?;
    figures(out, view, Extent::Short)?;
    attributed(out, view)
}
