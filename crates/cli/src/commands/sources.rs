//! `onrecord sources`: how the sources of a watch are doing.

use comfy_table::{ContentArrangement, Table, presets};
use jiff::Timestamp;

use onrecord::acquire::watch::{FeedHealth, SourceHealth, Store};
use onrecord::wire::{FeedLine, ReasonLine, SourceLine, VERSION};

use super::watch::{beside, read_sources};
use crate::Ending;
use crate::args::Sources;
use crate::report::{Reporter, failed, write_json};
use crate::terminal::{FAINT, STRONG, harmless, styled, width};

/// Runs the command.
pub fn run(args: &Sources, reporter: &Reporter) -> anyhow::Result<Ending> {
    let (sources, problems) = read_sources(&args.sources)?;
    problems.iter().for_each(|problem| reporter.diagnostic(problem));
    let Some(sources) = sources else { return Ok(Ending::Failed) };
    let path = beside(&args.ledger.ledger, ".watch");
    // Looking makes no file.
    let store = if path.exists() { Store::open(&path)? } else { Store::in_memory()? };
    let health = store.health(&sources)?;
    if args.json {
        let mut out = std::io::stdout().lock();
        for source in health {
            write_json(&mut out, &line(source))?;
        }
    } else {
        let mut out = anstream::stdout().lock();
        for source in &health {
            show(&mut out, source)?;
        }
    }
    Ok(if failed(&problems) { Ending::Failed } else { Ending::Done })
}

fn line(source: SourceHealth) -> SourceLine {
    let feed = |feed: FeedHealth| FeedLine {
        address: feed.address,
        last_ok: feed.last_ok.map(instant),
        last_asked: feed.last_asked.map(instant),
        next_due: feed.next_due.map(instant),
        failures: feed.failures,
        reason: feed.reason,
    };
    SourceLine {
        r#type: SourceLine::TYPE,
        version: VERSION,
        source: source.name,
        found: source.found,
        articles: source.articles,
        captures: source.captures,
        waiting: source.waiting,
        forbidden: source.forbidden,
        given_up: source.given_up,
        reasons: source.reasons.into_iter().map(|(reason, articles)| ReasonLine { reason, articles }).collect(),
        feeds: source.feeds.into_iter().map(feed).collect(),
    }
}

fn instant(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}

fn show(out: &mut impl std::io::Write, source: &SourceHealth) -> anyhow::Result<()> {
    writeln!(
        out,
        "{}  {} articles taken of {} found, {} captures; {} waiting, {} forbidden, {} given up",
        styled(STRONG, harmless(&source.name)),
        source.articles,
        source.found,
        source.captures,
        source.waiting,
        source.forbidden,
        source.given_up
    )?;
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width()).unwrap_or(u16::MAX));
    table.set_header(["feed", "last ok", "next due", "failures", "why"]);
    for feed in &source.feeds {
        let time = |seconds: Option<i64>| {
            let at = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
            at.map_or_else(|| "-".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string())
        };
        table.add_row([
            harmless(&feed.address),
            time(feed.last_ok),
            time(feed.next_due),
            feed.failures.to_string(),
            harmless(feed.reason.as_deref().unwrap_or("")),
        ]);
    }
    writeln!(out, "{table}")?;
    for (reason, count) in &source.reasons {
        writeln!(out, "  {}", styled(FAINT, format_args!("{count} articles: {}", harmless(reason))))?;
    }
    writeln!(out)?;
    Ok(())
}
