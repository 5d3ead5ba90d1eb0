//! `onrecord demo`: the sample stories go into a ledger, and what is contested in them is laid out with its words.
//!
//! Until claims are linked across articles, it shows contested *attributions* by story, and what each answers within its
//! own article. Nothing here knows what the stories say.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use jiff::Timestamp;

use onrecord::acquire::{Input, Limits, captures};
use onrecord::annotate::Act;
use onrecord::evidence::ArticleId;
use onrecord::ledger::{Article, At, KeptAttribution, Ledger, Options, Outcome};
use onrecord::read::Known;
use onrecord::record::{AttributionRecord, answers};
use onrecord::samples::{STORIES, Story};
use onrecord::{Keeper, Pipeline, for_each_ordered, intake};

use crate::args::{Demo, Threads};
use crate::hits::{Texts, about};
use crate::progress::Unit;
use crate::report::Reporter;
use crate::terminal::{CONTESTED, FAINT, STRONG, harmless, marked, shortened, styled, who, width, wrapped};
use crate::{Ending, inputs, progress};

/// Rows of an act that stand out, unless all are asked for.
const fn rows(act: Act) -> usize {
    match act {
        Act::Deny => 3,
        Act::Decline | Act::NonDenial => 2,
        _ => 1,
    }
}

/// Runs the command.
pub fn run(args: &Demo, reporter: &Reporter) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let pipeline = Pipeline::shipped()?;
    let path = ledger_path(args)?;
    let mut ledger = Ledger::open(&path, &Options::default())?;
    let bar = progress::bar(
        Some(STORIES.iter().map(|story| story.files.len() as u64).sum()),
        Unit::Captures,
        "reading",
        reporter.is_quiet(),
    );
    let mut stories = Vec::new();
    for story in STORIES {
        stories.push((story, keep(story, &pipeline, &mut ledger, &bar, reporter)?));
    }
    bar.finish_and_clear();
    let mut out = anstream::stdout().lock();
    let seconds = started.elapsed().as_secs_f64();
    writeln!(
        out,
        "{}\nOnrecord reads news and keeps the record of contested claims. It never says what is true: it says who says so, who\n\
         denies it, who will not say, and in which exact words. Two sample stories (all invented) were read in {seconds:.1} s into\n{}.\n",
        styled(STRONG, "ONRECORD"),
        path.display()
    )?;
    for (story, articles) in &stories {
        show(&mut out, &ledger, story, articles, args.all)?;
    }
    let at = format!("--ledger {}", path.display());
    writeln!(
        out,
        "{}\n  onrecord demo --all                                  everything that is contested\n  \
         onrecord search \"warning\" --act decline {at}\n  onrecord read YOUR-ARTICLE.html                      your own text, marked\n  \
         onrecord add YOUR-FOLDER/                            keep it\n(from a checkout: cargo run --release -- demo --all)",
        styled(STRONG, "What next")
    )?;
    out.flush()?;
    Ok(Ending::Done)
}

/// The ledger of the demonstration: as asked, else a fresh file where temporary files go.
fn ledger_path(args: &Demo) -> anyhow::Result<PathBuf> {
    if let Some(path) = &args.ledger {
        return Ok(path.clone());
    }
    let folder = std::env::temp_dir().join(format!("onrecord-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join("demo.db");
    for end in ["", "-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(end);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot replace {}", Path::new(&name).display()));
            }
            _ => {}
        }
    }
    Ok(path)
}

/// Puts a story into the ledger, and says which articles it has.
fn keep(
    story: &Story,
    pipeline: &Pipeline,
    ledger: &mut Ledger,
    bar: &indicatif::ProgressBar,
    reporter: &Reporter,
) -> anyhow::Result<BTreeSet<ArticleId>> {
    let mut keeper = Keeper::new(ledger, pipeline, "onrecord demo", Timestamp::now())?;
    let files = story.files.iter().map(|file| Input::reader(format!("{}/{}", story.folder, file.name), file.bytes));
    let captures = captures(files.collect::<Vec<_>>(), Limits::default());
    let mut articles = BTreeSet::new();
    let mut outcome = Ok(());
    let read = |input| match input {
        Ok(capture) => intake(pipeline, capture, &Known::default(), None),
        Err(diagnostic) => (None, vec![diagnostic]),
    };
    for_each_ordered(inputs::threads(&Threads { threads: None }), captures, read, |(intake, diagnostics)| {
        bar.inc(1);
        diagnostics.iter().for_each(|diagnostic| reporter.diagnostic(diagnostic));
        let Some(intake) = intake else { return true };
        articles.insert(intake.article);
        outcome = keeper.keep(intake, Timestamp::now()).and_then(|kept| refused(&kept));
        outcome.is_ok()
    });
    outcome?;
    refused(&keeper.flush(Timestamp::now())?)?;
    Ok(articles)
}

fn refused(kept: &[onrecord::Acknowledgement]) -> onrecord::ledger::Result<()> {
    debug_assert!(!kept.iter().any(|one| matches!(one.outcome, Outcome::Refused { .. })), "a sample was refused");
    Ok(())
}

/// A contested attribution, and where else its very words stand.
struct Row {
    kept: KeptAttribution,
    same_words: Vec<Arc<Article>>,
    answer: Option<AttributionRecord>,
}

fn show(
    out: &mut impl Write,
    ledger: &Ledger,
    story: &Story,
    ids: &BTreeSet<ArticleId>,
    all: bool,
) -> anyhow::Result<()> {
    let mut articles: Vec<Arc<Article>> = ledger
        .articles(&At::default())?
        .found
        .into_iter()
        .filter(|article| ids.contains(&article.id))
        .map(Arc::new)
        .collect();
    articles.sort_by_key(|article| (article.published.as_ref().map(|time| time.earliest()), article.id));
    let mut rows: BTreeMap<Act, Vec<Row>> = BTreeMap::new();
    let (mut attributions, mut contested) = (0, 0);
    for article in &articles {
        let Some(current) = article.current else { continue };
        let kept = ledger.attributions_of(article, current)?;
        attributions += kept.len();
        contested += kept.iter().filter(|kept| kept.record.is_contested()).count();
        let records: Vec<_> = kept.iter().map(|kept| kept.record.clone()).collect();
        let answers = answers(&records);
        for (index, kept) in kept.into_iter().enumerate().filter(|(_, kept)| kept.record.is_contested()) {
            let answer = answers.iter().find(|answer| answer.by == index).map(|answer| records[answer.to].clone());
            let of_act = rows.entry(kept.record.act).or_default();
            match of_act.iter_mut().find(|row| words(&row.kept.record) == words(&kept.record)) {
                Some(row) => row.same_words.push(kept.article),
                None => of_act.push(Row { kept, same_words: Vec::new(), answer }),
            }
        }
    }
    heading(out, story, &articles, attributions, contested)?;
    let mut texts = Texts::new(ledger);
    for (act, mut rows) in rows {
        let total: usize = rows.iter().map(|row| 1 + row.same_words.len()).sum();
        // What several outlets print and what answers something stands out; the rest keeps its order in time.
        rows.sort_by_key(|row| (std::cmp::Reverse(row.same_words.len()), row.answer.is_none()));
        let shown = if all { rows.len() } else { self::rows(act).min(rows.len()) };
        writeln!(
            out,
            "  {} {}",
            styled(CONTESTED, act.word().to_uppercase()),
            styled(FAINT, format!("{total}×, {}", meaning(act)))
        )?;
        for row in &rows[..shown] {
            print(out, row, &mut texts)?;
        }
        if shown < rows.len() {
            writeln!(out, "{}\n", styled(FAINT, format!("     and {} more", rows.len() - shown)))?;
        }
    }
    Ok(())
}

/// Who and what, by letters and digits alone: outlets set quotation marks and commas in their own ways.
fn words(record: &AttributionRecord) -> (String, String) {
    let letters =
        |text: String| text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (letters(who(record)), letters(AttributionRecord::joined(&record.content)))
}

fn heading(
    out: &mut impl Write,
    story: &Story,
    articles: &[Arc<Article>],
    attributions: usize,
    contested: usize,
) -> anyhow::Result<()> {
    let outlets: HashSet<&str> = articles.iter().filter_map(|article| article.metadata.outlet.as_deref()).collect();
    let days = |article: &&Arc<Article>| {
        article.published.as_ref().map(|time| time.to_string().chars().take(10).collect::<String>())
    };
    let span: Vec<_> = articles.first().iter().chain(&articles.last()).filter_map(days).collect();
    writeln!(out, "{}", styled(FAINT, "─".repeat(width())))?;
    writeln!(out, "{}", styled(STRONG, story.title))?;
    writeln!(
        out,
        "{}\n",
        styled(
            FAINT,
            format!(
                "in this ledger: {} articles, {} outlets, {} · {attributions} attributions, {contested} of them contested",
                articles.len(),
                outlets.len(),
                span.join(" to ")
            )
        )
    )?;
    Ok(())
}

fn print(out: &mut impl Write, row: &Row, texts: &mut Texts<'_>) -> anyhow::Result<()> {
    let record = &row.kept.record;
    writeln!(out, "{}", wrapped(&styled(STRONG, harmless(&who(record))), "   • "))?;
    let text = texts.get(row.kept.revision().text)?;
    let sentence =
        marked(text, record.sentence.range(), std::slice::from_ref(record), |_| Some(1)).replace(" 1: ", ": ");
    writeln!(out, "{}", wrapped(&sentence, "       "))?;
    writeln!(out, "{}", wrapped(&styled(FAINT, about(&row.kept.article, row.kept.revision())), "       "))?;
    let others: BTreeSet<&str> =
        row.same_words.iter().filter_map(|article| article.metadata.outlet.as_deref()).collect();
    if !others.is_empty() {
        let others: Vec<_> = others.into_iter().collect();
        writeln!(out, "{}", wrapped(&styled(FAINT, format!("the same words in {}", others.join(", "))), "       "))?;
    }
    if let Some(answer) = &row.answer {
        let said = format!("answers {}: {}", who(answer), shortened(&AttributionRecord::joined(&answer.content), 120));
        writeln!(out, "{}", wrapped(&harmless(&said), "       ↳ "))?;
    }
    Ok(writeln!(out)?)
}

/// What an act means, in a few words, for somebody who has never seen it.
const fn meaning(act: Act) -> &'static str {
    match act {
        Act::Affirm => "says so",
        Act::Deny => "says it is not so",
        Act::PartialDeny => "grants a part, denies a part",
        Act::RejectPremise => "says the question assumes something wrong",
        Act::Decline => "will not say",
        Act::NoReply => "did not answer",
        Act::NonDenial => "neither confirms nor denies",
        Act::DoesNotKnow => "says they do not know",
        Act::CouldNotVerify => "could not confirm it",
        Act::AcceptResponsibility => "takes the blame or claims the act",
        Act::DenyResponsibility => "refuses the blame",
        Act::Retract => "takes back what was said",
        Act::Correct => "replaces what was said",
        Act::Question => "asks, or raises doubt",
        Act::Condition => "binds it to an if",
    }
}
