//! The contested attributions of one story in the ledger, by act, each with who said it, where else its words stand, and what it answers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use onrecord::annotate::Act;
use onrecord::evidence::ArticleId;
use onrecord::ledger::{Article, At, KeptAttribution, Ledger};
use onrecord::record::{AttributionRecord, answers};
use onrecord::samples::Story;
use onrecord::wire::resolved_words;

use crate::hits::{Texts, sentence};
use crate::terminal::{CONTESTED, FAINT, STRONG, harmless, styled, who, width, wrapped};

/// A contested attribution, where else its very words stand, and what it answers.
struct Row {
    kept: KeptAttribution,
    same_words: Vec<Arc<Article>>,
    answered: Option<AttributionRecord>,
}

/// What a story's articles hold.
#[derive(Default)]
struct Contested {
    attributions: usize,
    contested: usize,
    /// By act; within one, what stands out first.
    rows: BTreeMap<Act, Vec<Row>>,
}

impl Contested {
    fn gather(ledger: &Ledger, articles: &[Arc<Article>]) -> anyhow::Result<Self> {
        let mut found = Self::default();
        for article in articles {
            let Some(current) = article.current else { continue };
            let kept = ledger.attributions_of(article, current)?;
            let records: Vec<_> = kept.iter().map(|kept| kept.record.clone()).collect();
            let answers = answers(&records);
            found.attributions += kept.len();
            for (index, kept) in kept.into_iter().enumerate().filter(|(_, kept)| kept.record.is_contested()) {
                found.contested += 1;
                let answered =
                    answers.iter().find(|answer| answer.by == index).map(|answer| records[answer.to].clone());
                let rows = found.rows.entry(kept.record.act).or_default();
                match rows.iter_mut().find(|row| words(&row.kept.record) == words(&kept.record)) {
                    Some(row) => row.same_words.push(kept.article),
                    None => rows.push(Row { kept, same_words: Vec::new(), answered }),
                }
            }
        }
        // What answers something, what several outlets print and who is named stands out; the rest keeps its order in time.
        for rows in found.rows.values_mut() {
            rows.sort_by_key(|row| {
                (row.answered.is_none(), is_pronoun(&row.kept.record), std::cmp::Reverse(row.same_words.len()))
            });
        }
        Ok(found)
    }
}

/// Who and what, by letters and digits alone: outlets set quotation marks and commas in their own ways.
fn words(record: &AttributionRecord) -> (String, String) {
    let letters =
        |text: String| text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (letters(who(record)), letters(AttributionRecord::joined(&record.content)))
}

fn is_pronoun(record: &AttributionRecord) -> bool {
    const PRONOUNS: [&str; 9] = ["he", "she", "it", "they", "who", "which", "we", "i", "his"];
    record.who().is_none_or(|who| PRONOUNS.contains(&who.to_lowercase().as_str()))
}

/// Shows what is contested in a story that has the articles `ids`.
///
/// # Errors
/// Where the ledger cannot be read, or `out` not be written.
pub(super) fn show(
    out: &mut impl Write,
    ledger: &Ledger,
    story: &Story,
    ids: &BTreeSet<ArticleId>,
) -> anyhow::Result<()> {
    let mut articles: Vec<Arc<Article>> = ledger
        .articles(&At::default())?
        .found
        .into_iter()
        .filter(|article| ids.contains(&article.id))
        .map(Arc::new)
        .collect();
    articles.sort_by_key(|article| (article.published.as_ref().map(|time| time.earliest()), article.id));
    let contested = Contested::gather(ledger, &articles)?;
    heading(out, story, &articles, &contested)?;
    let mut texts = Texts::new(ledger);
    for (act, rows) in &contested.rows {
        let total: usize = rows.iter().map(|row| 1 + row.same_words.len()).sum();
        let label = styled(CONTESTED, act.word().to_uppercase());
        writeln!(out, "  {label} {}", styled(FAINT, format!("{total}×, {}", meaning(*act))))?;
        for row in rows {
            print(out, row, &mut texts)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn heading(
    out: &mut impl Write,
    story: &Story,
    articles: &[Arc<Article>],
    contested: &Contested,
) -> anyhow::Result<()> {
    let outlets: BTreeSet<&str> = articles.iter().filter_map(|article| article.metadata.outlet.as_deref()).collect();
    let day = |article: &Arc<Article>| {
        article.published.as_ref().map(|time| time.earliest().strftime("%Y-%m-%d").to_string())
    };
    let days: Vec<String> = articles.first().and_then(day).into_iter().chain(articles.last().and_then(day)).collect();
    let covers = format!(
        "in this ledger: {} articles, {} outlets, {} · {} attributions, {} of them contested",
        articles.len(),
        outlets.len(),
        days.join(" to "),
        contested.attributions,
        contested.contested
    );
    writeln!(out, "{}\n{}", styled(FAINT, "─".repeat(width())), styled(STRONG, story.title))?;
    writeln!(out, "{}\n", styled(FAINT, covers))?;
    Ok(())
}

fn print(out: &mut impl Write, row: &Row, texts: &mut Texts<'_>) -> anyhow::Result<()> {
    let record = &row.kept.record;
    let metadata = &row.kept.revision().metadata;
    let mut place: Vec<String> = metadata.outlet.as_deref().map(harmless).into_iter().collect();
    place.extend(row.kept.article.published.as_ref().map(ToString::to_string));
    let others: BTreeSet<&str> = row
        .same_words
        .iter()
        .filter_map(|article| article.metadata.outlet.as_deref())
        .filter(|outlet| Some(*outlet) != metadata.outlet.as_deref())
        .collect();
    if !others.is_empty() {
        let others: Vec<_> = others.into_iter().map(harmless).collect();
        place.push(format!("the same words in {}", others.join(", ")));
    }
    let resolved = record.speaker.as_ref().and_then(resolved_words).filter(|_| is_pronoun(record));
    let speaker = resolved.map_or_else(|| who(record), |resolved| format!("{} ({resolved})", who(record)));
    let head = format!("{}  {}", styled(STRONG, harmless(&speaker)), styled(FAINT, place.join(" · ")));
    writeln!(out, "{}", wrapped(&head, "   • "))?;
    writeln!(out, "{}", wrapped(&sentence(&row.kept, texts)?, "       "))?;
    if let Some(answered) = &row.answered {
        let said = format!("answers {}: {}", who(answered), AttributionRecord::joined(&answered.content));
        writeln!(out, "{}", wrapped(&harmless(&said), "       ↳ "))?;
    }
    Ok(())
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
        Act::NonDenial => "leaves it open, neither way",
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
