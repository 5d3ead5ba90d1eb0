//! `onrecord stats`: what a ledger holds, in numbers.

use std::io::Write as _;

use onrecord::ledger::{Ledger, Options};
use onrecord::wire::{StatsLine, VERSION};

use crate::args::Stats;
use crate::report::write_json;
use crate::terminal::{FAINT, STRONG, harmless, styled};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Stats) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let stats = ledger.stats(&at)?;
    if args.json {
        let line = StatsLine {
            r#type: StatsLine::TYPE,
            version: VERSION,
            articles: stats.articles,
            undated: stats.undated,
            revisions: stats.revisions,
            captures: stats.captures,
            withheld: stats.withheld,
            unread: stats.unread,
            without_text: stats.without_text,
            attributions: stats.attributions,
            by_act: stats.by_act,
            by_outlet: stats.by_outlet,
            published: stats.published.map(|(first, last)| [first.to_string(), last.to_string()]),
            operations: stats.operations,
            unknown_kinds: stats.unknown_kinds,
            pipeline: stats.pipeline.map(|(digest, _)| digest),
            bytes: stats.size,
            captured_bytes: stats.captured_bytes,
        };
        write_json(&mut std::io::stdout().lock(), &line)?;
        return Ok(Ending::Done);
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", styled(STRONG, ledger.place()))?;
    let rows = [
        ("articles", stats.articles),
        ("revisions", stats.revisions),
        ("captures", stats.captures),
        ("  withheld", stats.withheld),
        ("  in another language", stats.unread),
        ("  without a text", stats.without_text),
        ("undated", stats.undated),
        ("attributions", stats.attributions),
    ];
    for (label, count) in rows {
        writeln!(out, "  {label:<22}{count:>8}")?;
    }
    for (act, count) in &stats.by_act {
        writeln!(out, "    {act:<20}{count:>8}")?;
    }
    writeln!(out, "  {}", styled(FAINT, "articles by outlet"))?;
    for (outlet, count) in &stats.by_outlet {
        writeln!(out, "    {:<30}{count:>8}", harmless(outlet))?;
    }
    for (kind, count) in &stats.operations {
        writeln!(out, "  operations: {:<10}{count:>8}", harmless(kind))?;
    }
    if let Some((first, last)) = stats.published {
        writeln!(out, "  published {} to {}", first.strftime("%Y-%m-%d"), last.strftime("%Y-%m-%d"))?;
    }
    writeln!(out, "  {} bytes on disk for {} bytes captured", stats.size, stats.captured_bytes)?;
    Ok(Ending::Done)
}
