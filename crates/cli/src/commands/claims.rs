//! `onrecord claims`: what is contested over all articles, the disputed first.

use std::io::{self, Write};

use onrecord::ledger::{ClaimList, ClaimQuery, Ledger, Options};
use onrecord::listed;
use onrecord::wire::claim::ListedClaim;

use crate::args::Claims;
use crate::claim::layout::{some, style};
use crate::report::{Reporter, write_json};
use crate::terminal::{FAINT, STRONG, harmless, styled, wrapped};
use crate::{Ending, moment};

/// Runs the command.
pub fn run(args: &Claims, reporter: &Reporter) -> anyhow::Result<Ending> {
    let at = moment::at(&args.moment)?;
    let limit = args.limit.get();
    let moment =
        |option: &str, text: &Option<String>| text.as_deref().map(|text| moment::time(option, text)).transpose();
    let query = ClaimQuery {
        standing: args.standing,
        party: args.party.clone(),
        place: args.place.clone(),
        outlet: args.outlet.clone(),
        from: moment("from", &args.from)?.map(|time| time.earliest()),
        to: moment("to", &args.to)?.map(|time| time.latest()),
        without_standing: args.all,
        limit: Some(limit),
        offset: args.skip,
        ..ClaimQuery::default()
    };
    let ledger = Ledger::open_existing(&args.ledger.ledger, &Options::default())?;
    let list = ledger.contested_claims(&query, &at)?;
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for one in &list.found {
            write_json(&mut out, &listed(one))?;
        }
        out.flush()?;
    } else {
        let mut out = anstream::stdout().lock();
        print(&mut out, &list)?;
        out.flush()?;
    }
    let state = ledger.link_state()?;
    if state.unprepared > 0 {
        reporter.note(format_args!("{} texts are not linked yet; run `onrecord rebuild`", state.unprepared));
    } else if state.waiting > 0 || list.undrawn > 0 {
        reporter.note("some texts are not linked yet; run `onrecord relink`");
    } else if let Some(reason) = state.stale {
        reporter.note(format_args!("linking anew may give other claims: {reason}; run `onrecord relink`"));
    }
    if list.found.is_empty() {
        reporter.note(format_args!("no claim on record fits this in {}", args.ledger.ledger.display()));
        return Ok(Ending::No);
    }
    let shown = args.skip + list.found.len();
    if list.total > shown {
        reporter.note(format_args!(
            "{} of {} are shown; --limit N and --skip N show others",
            list.found.len(),
            list.total
        ));
    }
    Ok(Ending::Done)
}

/// The list, by standing, with what all of it covers.
pub fn print(out: &mut dyn Write, list: &ClaimList) -> io::Result<()> {
    let mut last = None;
    for one in &list.found {
        let listed = listed(one);
        if last != Some(listed.standing) {
            if last.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", styled(style(listed.standing), listed.standing.words().to_uppercase()))?;
            last = Some(listed.standing);
        }
        claim(out, &listed)?;
    }
    if !list.found.is_empty() {
        writeln!(out, "\n{}", styled(FAINT, list.coverage))?;
    }
    Ok(())
}

/// One claim: its words, who says and denies it, and its numbers.
fn claim(out: &mut dyn Write, listed: &ListedClaim) -> io::Result<()> {
    let life = if listed.life == "current" { String::new() } else { format!(" ({})", listed.life) };
    writeln!(out, "{}", wrapped(&format!("{}{life}", styled(STRONG, harmless(&listed.wording))), "  • "))?;
    let sides = [("say so", &listed.affirm), ("deny it", &listed.deny), ("take no stand", &listed.open)];
    let sides = sides.into_iter().filter(|(_, parties)| !parties.is_empty());
    let sides: Vec<String> = sides.map(|(words, parties)| format!("{words}: {}", some(parties, 3))).collect();
    if !sides.is_empty() {
        writeln!(out, "{}", wrapped(&sides.join(" · "), "    "))?;
    }
    let origins = match (listed.least, listed.unknown) {
        (0, 0) => "no origin".to_owned(),
        (0, unknown) => format!("origins: none shown, {unknown} unknown"),
        (least, 0) => format!("origins: at least {least}"),
        (least, unknown) => format!("origins: at least {least}, {unknown} unknown"),
    };
    let plural = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    let about = format!(
        "{origins} · {}, {} · {}",
        plural(listed.articles, "article"),
        plural(listed.outlets, "outlet"),
        listed.claim
    );
    writeln!(out, "{}", wrapped(&styled(FAINT, about), "    "))
}
