//! `onrecord demo`: the sample stories go into a ledger, and what is contested in them is laid out with its words: the claims, then the one of which most is
//! on record in the first story; with `--all` also every contested attribution by story. Nothing here knows what the stories say.

mod attributions;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use jiff::Timestamp;

use onrecord::acquire::{Input, Limits, captures};
use onrecord::evidence::{ArticleId, ClaimId};
use onrecord::ledger::{At, ClaimQuery, ContestedClaim, Ledger, Lookup, Options, Outcome};
use onrecord::link::position::StandingWord;
use onrecord::read::Known;
use onrecord::samples::{STORIES, Story};
use onrecord::wire::claim::ClaimView;
use onrecord::{Acknowledgement, Keeper, Linking, Pipeline, for_each_ordered, intake};

use crate::args::{Demo, Threads};
use crate::claim::{self, parts};
use crate::commands::claims::print as print_claims;
use crate::progress::Unit;
use crate::report::{Reporter, failed};
use crate::terminal::{FAINT, STRONG, styled, width};
use crate::{Ending, inputs, progress};

/// Claims that are listed, unless all are asked for.
const CLAIMS_SHOWN: usize = 7;

/// Runs the command.
pub fn run(args: &Demo, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let pipeline = Pipeline::shipped()?;
    let path = ledger_path(args)?;
    let mut ledger = Ledger::open(&path, &Options::default())?;
    let mut shown = Vec::new();
    let mut is_whole = true;
    let fullest = render(STORIES, args.all, &pipeline, &mut ledger, reporter, &mut is_whole, &mut shown)?;
    let seconds = started.elapsed().as_secs_f64();
    let place = path.display();
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{}\n{}\n",
        styled(STRONG, "ONRECORD"),
        textwrap::fill(
            &format!(
                "Onrecord reads news and keeps the record of contested claims. It never says what is true: it says who says so, who \
                 denies it, who will not say, and in which exact words. Two sample stories (all invented) were read in {seconds:.1} s \
                 into a ledger, {place}, which may be deleted."
            ),
            width()
        )
    )?;
    out.write_all(&shown)?;
    let claim = fullest.map_or_else(|| "CLAIM".to_owned(), |id| id.to_string().chars().take(10).collect());
    writeln!(
        out,
        "\n{}\n  export ONRECORD_LEDGER={place}\n  \
         onrecord show {claim}              all of this claim: figures, wording, history\n  \
         onrecord show {claim} --as-of ...  the same as it was on record at a moment\n  \
         onrecord why {claim}               which rule decided, and by which words\n  \
         onrecord origins {claim}           which report hangs on which\n  \
         onrecord claims                       every claim; onrecord demo --all: every contested attribution too\n  \
         onrecord add YOUR-FOLDER/             keep your own articles; onrecord read FILE marks one\n\
         From a checkout, `cargo run --release --` stands for `onrecord`.",
        styled(STRONG, "What next")
    )?;
    out.flush()?;
    Ok(if is_whole { Ending::Done } else { Ending::Failed })
}

/// The ledger of the demonstration: as asked, else a fresh file in a folder of its own where temporary files go.
fn ledger_path(args: &Demo) -> anyhow::Result<PathBuf> {
    if let Some(path) = &args.ledger {
        return Ok(path.clone());
    }
    let folder =
        tempfile::Builder::new().prefix("onrecord-demo-").tempdir().context("no folder for a temporary ledger")?;
    Ok(folder.keep().join("demo.db"))
}

/// Puts the stories into the ledger and lays out what is contested; the claim of which most is on record in the first. `is_whole` becomes false where a
/// part of a story did not go in.
fn render(
    stories: &[Story],
    all: bool,
    pipeline: &Pipeline,
    ledger: &mut Ledger,
    reporter: &Reporter,
    is_whole: &mut bool,
    out: &mut impl Write,
) -> anyhow::Result<Option<ClaimId>> {
    let files = stories.iter().map(|story| story.files.len() as u64).sum();
    let bar = progress::bar(Some(files), Unit::Captures, "reading", reporter.is_quiet());
    let mut kept = Vec::new();
    for story in stories {
        let (articles, is_in) = keep(story, pipeline, ledger, &bar, reporter)?;
        kept.push(articles);
        *is_whole &= is_in;
    }
    bar.finish_and_clear();
    let first = kept.first().cloned().unwrap_or_default();
    let fullest = claims(out, ledger, &first, all, reporter)?;
    for (story, articles) in stories.iter().zip(kept).filter(|_| all) {
        attributions::show(out, ledger, story, &articles)?;
    }
    Ok(fullest)
}

/// The list of what is contested, then the claim of which most is on record among those of a story, which has these articles.
fn claims(
    out: &mut impl Write,
    ledger: &Ledger,
    story: &BTreeSet<ArticleId>,
    all: bool,
    reporter: &Reporter,
) -> anyhow::Result<Option<ClaimId>> {
    let limit = (!all).then_some(CLAIMS_SHOWN);
    let list = ledger.contested_claims(&ClaimQuery { limit, ..ClaimQuery::default() }, &At::default())?;
    writeln!(out, "{}\n", styled(STRONG, "What is contested"))?;
    print_claims(out, &list)?;
    if list.found.len() < list.total {
        writeln!(out, "{}", styled(FAINT, format!("and {} more claims", list.total - list.found.len())))?;
    }
    let parties = |one: &ContestedClaim| one.line.affirm.len() + one.line.deny.len() + one.line.open.len();
    let mut disputed: Vec<_> = list.found.iter().filter(|one| one.line.standing == StandingWord::Disputed).collect();
    disputed.sort_by_key(|one| std::cmp::Reverse((one.line.outlets + parties(one), one.line.articles, one.id)));
    let mut fullest = disputed.first().or(list.found.first().as_ref()).map(|one| one.id);
    for one in disputed {
        if let Lookup::Found(view) = ledger.drawn(&one.id, &At::default())?
            && view.claim.record.reports.iter().any(|report| story.contains(&report.article))
        {
            fullest = Some(one.id);
            break;
        }
    }
    let Some(fullest) = fullest else { return Ok(None) };
    writeln!(out, "\n{}\n{}\n", styled(FAINT, "─".repeat(width())), styled(STRONG, "One of them, with its words"))?;
    let typed = fullest.to_string();
    if let Some(loaded) = claim::of(ledger, &fullest, &typed, &At::default(), reporter)? {
        let view = ClaimView::new(loaded.asked(false));
        loaded.sound()?;
        parts::short(out, &view)?;
    }
    Ok(Some(fullest))
}

/// Puts a story into the ledger: the articles that it has, and whether all of it went in.
fn keep(
    story: &Story,
    pipeline: &Pipeline,
    ledger: &mut Ledger,
    bar: &indicatif::ProgressBar,
    reporter: &Reporter,
) -> anyhow::Result<(BTreeSet<ArticleId>, bool)> {
    let linking = Linking::shipped(pipeline)?;
    let mut keeper = Keeper::new(ledger, pipeline, &linking, "onrecord demo", Timestamp::now())?;
    let files = story.files.iter().map(|file| Input::reader(format!("{}/{}", story.folder, file.name), file.bytes));
    let captures = captures(files.collect::<Vec<_>>(), Limits::default());
    let mut articles = BTreeSet::new();
    let mut is_whole = true;
    let mut outcome = Ok(());
    let read = |input| match input {
        Ok(capture) => intake(pipeline, &linking, capture, &Known::default(), None),
        Err(diagnostic) => (None, vec![diagnostic]),
    };
    for_each_ordered(
        inputs::threads(&Threads { threads: None }),
        pipeline.crew(),
        captures,
        read,
        |(intake, diagnostics)| {
            bar.inc(1);
            is_whole &= !failed(&diagnostics);
            diagnostics.iter().for_each(|diagnostic| reporter.diagnostic(diagnostic));
            let Some(intake) = intake else { return true };
            articles.insert(intake.article);
            outcome = keeper.keep(intake, Timestamp::now()).map(|kept| is_whole &= all_in(&kept));
            outcome.is_ok()
        },
    );
    outcome?;
    is_whole &= all_in(&keeper.finish(Timestamp::now(), |_| ())?.acknowledged);
    Ok((articles, is_whole))
}

fn all_in(kept: &[Acknowledgement]) -> bool {
    !kept.iter().any(|one| matches!(one.outcome, Outcome::Refused { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::annotate::Act;
    use onrecord::samples::SampleFile;

    fn shown(pipeline: &Pipeline, stories: &[Story]) -> String {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut out = Vec::new();
        let mut is_whole = true;
        render(stories, true, pipeline, &mut ledger, &Reporter::new(true), &mut is_whole, &mut out).unwrap();
        assert!(is_whole);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_changed_sentence_changes_what_is_shown() {
        let pipeline = Pipeline::shipped().unwrap();
        let file = STORIES[0].files.iter().find(|file| file.name.starts_with("03-")).unwrap();
        let page = String::from_utf8(file.bytes.to_vec()).unwrap();
        let (before, after) = (
            "There was no such conversation, on Thursday or on any other day",
            "There was a conversation, on Thursday as on any other day",
        );
        assert!(page.contains(before), "the sample has changed: choose another sentence");
        // A story for the length of the test; its type wants it for ever.
        let story = |page: String| Story {
            folder: "test",
            title: "One page",
            files: vec![SampleFile { name: "03.html", bytes: page.into_bytes().leak() }].leak(),
        };
        let original = shown(&pipeline, &[story(page.clone())]);
        let changed = shown(&pipeline, &[story(page.replace(before, after))]);
        assert!(original.contains(before) && original.contains("DENY"), "{original}");
        assert!(!changed.contains(before), "{changed}");
        assert_ne!(original, changed);
    }

    #[test]
    fn the_stories_show_every_act_and_what_is_answered() {
        let shown = shown(&Pipeline::shipped().unwrap(), STORIES);
        for act in Act::ALL.iter().filter(|act| **act != Act::Affirm) {
            assert!(shown.contains(&act.word().to_uppercase()), "no {act} in {shown}");
        }
        assert!(shown.matches("↳ answers").count() >= 3, "{shown}");
        for part in ["DISPUTED", "Who says what", "DENY IT", "Asked and answered", "Origins: at least", "For a report"]
        {
            assert!(shown.contains(part), "no {part} in {shown}");
        }
    }
}
