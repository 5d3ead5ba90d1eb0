//! `onrecord show`: one article, revision, attribution or capture by its id or the beginning of it.

use std::io::Write as _;
use std::sync::Arc;

use onrecord::ledger::{AnyId, Article, At, KeptAttribution, Ledger, Lookup, Options, Resolved};

use crate::args::Show;
use crate::hits::{Texts, about, print_json, print_people};
use crate::terminal::{FAINT, STRONG, harmless, styled, wrapped};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Show) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let Some(id) = resolve(&ledger, &args.id, &at)? else { return Ok(Ending::No) };
    match id {
        AnyId::Attribution(id) => match found(ledger.attribution(&id, &at)?, &args.id) {
            Some(kept) => show(&ledger, args, &[kept]),
            None => Ok(Ending::No),
        },
        AnyId::Article(id) => match found(ledger.article(&id, &at)?, &args.id) {
            Some(article) => {
                let current = article.current;
                show_article(&ledger, args, &Arc::new(article), current)
            }
            None => Ok(Ending::No),
        },
        AnyId::Revision(id) => match found(ledger.revision(&id, &at)?, &args.id) {
            Some((article, index)) => show_article(&ledger, args, &Arc::new(article), Some(index)),
            None => Ok(Ending::No),
        },
        AnyId::Capture(id) => match found(ledger.capture(&id, &at)?, &args.id) {
            Some(kept) => {
                let mut out = anstream::stdout().lock();
                writeln!(out, "{id}\n  article   {}\n  taken from {}", kept.article, harmless(&kept.capture.location))?;
                writeln!(out, "  bytes     {}\n  sha-256   {}", kept.capture.bytes.len(), kept.capture.digest())?;
                for diagnostic in ledger.diagnostics(&id)? {
                    writeln!(out, "  {}", harmless(&diagnostic.to_string()))?;
                }
                Ok(Ending::Done)
            }
            None => Ok(Ending::No),
        },
        AnyId::Operation(id) => {
            anstream::println!("{id} is an operation in the log; `onrecord stats` counts them by kind");
            Ok(Ending::Done)
        }
    }
}

/// What a person typed, as an id; says on standard error why it is none.
pub fn resolve(ledger: &Ledger, typed: &str, at: &At) -> anyhow::Result<Option<AnyId>> {
    match ledger.resolve(typed, at)? {
        Resolved::Unique(id) => Ok(Some(id)),
        Resolved::None => {
            anstream::eprintln!("nothing in {} has an id that begins with {}", ledger.place(), harmless(typed));
            Ok(None)
        }
        Resolved::Ambiguous(candidates) => {
            anstream::eprintln!("{} is the beginning of several ids; type more of one:", harmless(typed));
            candidates.iter().for_each(|candidate| anstream::eprintln!("  {candidate}"));
            Ok(None)
        }
    }
}

/// The thing itself; says on standard error why it cannot be shown.
fn found<T>(lookup: Lookup<T>, typed: &str) -> Option<T> {
    match lookup {
        Lookup::Found(thing) => return Some(thing),
        Lookup::Withheld(tombstone) => anstream::eprintln!(
            "withheld on {} by order of {}: {} ({})",
            tombstone.recorded_at.strftime("%Y-%m-%d"),
            harmless(&tombstone.authority),
            harmless(&tombstone.reason),
            tombstone.by
        ),
        Lookup::Undated => anstream::eprintln!("{typed} states no date, so it stands apart when --as-of is given"),
        Lookup::NotYet => anstream::eprintln!("{typed} was not published, or not in this ledger, by then"),
        Lookup::Unknown => anstream::eprintln!("{typed} is not in this ledger"),
    }
    None
}

fn show(ledger: &Ledger, args: &Show, kept: &[KeptAttribution]) -> anyhow::Result<Ending> {
    let mut texts = Texts::new(ledger);
    if args.json {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for one in kept {
            print_json(&mut out, one, &mut texts)?;
        }
        out.flush()?;
        return Ok(Ending::Done);
    }
    let mut out = anstream::stdout().lock();
    for one in kept {
        print_people(&mut out, one, &mut texts)?;
    }
    if let [one] = kept {
        evidence(&mut out, one)?;
    }
    Ok(Ending::Done)
}

/// Where the words of one attribution stand, and which rule decided.
fn evidence(out: &mut impl std::io::Write, kept: &KeptAttribution) -> anyhow::Result<()> {
    let record = &kept.record;
    writeln!(out, "{}", styled(STRONG, "evidence"))?;
    let roles = [
        ("source", record.source.len()),
        ("cue", record.cue.len()),
        ("content", record.content.len()),
        ("sentence", 1),
    ];
    let more = [("act", record.act_evidence.len()), ("hedge", record.hedges.len())];
    let labels = roles.iter().chain(&more).flat_map(|(label, count)| std::iter::repeat_n(*label, *count));
    for ((index, quoted), label) in record.quotes().enumerate().zip(labels) {
        let raw = kept.raw.get(index).copied().flatten();
        let bytes = raw.map_or_else(|| "no exact bytes".to_owned(), |raw| format!("bytes {}..{}", raw.start, raw.end));
        writeln!(
            out,
            "{}",
            wrapped(&format!("{:<9}{} {}", label, harmless(quoted.words()), styled(FAINT, bytes)), "  ")
        )?;
    }
    writeln!(out, "  act       {} by rule {}; score {:.3}", record.act, record.act_rule, record.score)?;
    writeln!(
        out,
        "  capture   {}\n  revision  {} (number {})",
        kept.capture(),
        kept.revision().id,
        kept.revision().number
    )?;
    Ok(())
}

fn show_article(ledger: &Ledger, args: &Show, article: &Arc<Article>, index: Option<usize>) -> anyhow::Result<Ending> {
    let Some((index, revision)) = index.and_then(|index| Some((index, article.revisions.get(index)?))) else {
        anstream::eprintln!("{} has no text: its captures could not be read", article.id);
        return Ok(Ending::No);
    };
    let kept = ledger.attributions_of(article, index)?;
    if !args.json {
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}\n  {}", styled(STRONG, about(article, revision)), styled(FAINT, article.id))?;
        if let Some(address) = &revision.metadata.address {
            writeln!(out, "  {}", harmless(address))?;
        }
        for other in &article.revisions {
            let mark = if Some(usize::try_from(other.number)? - 1) == article.current { " (current)" } else { "" };
            writeln!(
                out,
                "  revision {} seen {}{mark} {}",
                other.number,
                other.observed.time,
                styled(FAINT, other.id)
            )?;
        }
        writeln!(out)?;
    }
    show(ledger, args, &kept)
}
