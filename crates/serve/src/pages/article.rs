//! The page of an article: one text of it with its attributions marked by act, what it shares with others, and how it differs from the text before it.

mod beside;
mod changes;
mod text;

use std::sync::Arc;

use askama::Template;
use onrecord::evidence::{ArticleId, CodePoints};
use onrecord::ledger::{Article, At, Ledger, text_id};
use onrecord::record::AttributionRecord;

use crate::asked::Asked;
use crate::moment;
use crate::reply::{Problem, Reply};
use crate::shell::{Links, Shell};
use crate::shown::{Address, outlet, words_href};

use beside::{Card, Copied};
use changes::Changes;
use text::{Block, Marked};

struct RevisionLink {
    number: u32,
    seen: String,
    href: String,
    on: bool,
    current: bool,
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    shell: Shell<'a>,
    title: &'a str,
    /// The headline as the text has it.
    headline: Option<Block>,
    outlet: String,
    outlet_href: Option<String>,
    published: String,
    address: Option<Address>,
    id: String,
    revisions: Vec<RevisionLink>,
    left_unread: Option<String>,
    seen_later: bool,
    attributions: usize,
    contested: usize,
    blocks: Vec<Block>,
    cut: bool,
    missing: bool,
    cards: Vec<Card>,
    more_cards: usize,
    copied: Vec<Copied>,
    changes: Option<Changes>,
}

/// Makes the page.
pub fn page(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    let at = asked.at()?;
    let id: ArticleId = asked
        .segment(1)
        .to_lowercase()
        .parse()
        .map_err(|_| Problem::Missing("No article has such an id.".to_owned()))?;
    let article = Arc::new(Problem::found(ledger.article(&id, &at)?, "This article")?);
    let index = shown(&article, asked)?;
    Reply::page(&made(ledger, asked, &at, &article, index)?)
}

/// The revision that is asked for, else the current one.
fn shown(article: &Article, asked: &Asked) -> Result<usize, Problem> {
    let Some(wanted) = asked.params.get("revision") else {
        return article
            .current
            .ok_or_else(|| Problem::Missing("This article has no text: its captures could not be read.".to_owned()));
    };
    let fits = |one: &onrecord::ledger::Revision| one.id.to_string() == wanted || one.number.to_string() == wanted;
    let found = article.revisions.iter().position(fits);
    found.ok_or_else(|| Problem::Missing("This article has no such revision.".to_owned()))
}

fn made<'a>(
    ledger: &Ledger,
    asked: &Asked,
    at: &At,
    article: &'a Arc<Article>,
    index: usize,
) -> Result<ArticlePage<'a>, Problem> {
    let links = Links::new(asked);
    let revision = &article.revisions[index];
    let metadata = &revision.metadata;
    let text = ledger.text(&revision.text)?;
    let records: Vec<AttributionRecord> =
        ledger.attributions_of(article, index)?.into_iter().map(|kept| kept.record).collect();
    let name = text_id(&article.id, &revision.text);
    let report = ledger.report(&name)?;
    let points = CodePoints::new(text.as_deref().unwrap_or_default());
    let copied = beside::copied(ledger, &name, at, &links)?;
    let marked = Marked {
        text: points.text(),
        blocks: report.as_ref().map(|report| report.blocks.as_slice()).unwrap_or_default(),
        records: &records,
        asked: text::places(asked.params.get("words").unwrap_or_default(), &points),
        copied: &copied,
    };
    let (mut blocks, cut) = marked.blocks();
    let title = metadata.title.as_deref().unwrap_or("No headline is stated");
    // Where the text begins with its headline, that stands above, with what is marked in it.
    let headline = blocks.first().is_some_and(|first| first.words().trim() == title.trim()).then(|| blocks.remove(0));
    Ok(ArticlePage {
        shell: Shell::new(asked, title),
        title,
        headline,
        outlet: outlet(metadata.outlet.as_deref()),
        outlet_href: metadata.outlet.as_deref().map(|name| links.outlet(name)),
        published: article.published.as_ref().map_or_else(|| "undated".to_owned(), moment::exact),
        address: metadata.address.as_deref().map(Address::new),
        id: article.id.to_string(),
        revisions: revisions(article, index, &links),
        left_unread: metadata.language.clone().filter(|code| !matches!(&**code, "eng" | "und")),
        seen_later: article.seen_later,
        attributions: records.len(),
        contested: records.iter().filter(|record| record.is_contested()).count(),
        blocks,
        cut,
        missing: text.is_none(),
        cards: beside::cards(ledger, &records, &links)?,
        more_cards: records.len().saturating_sub(beside::MOST_CARDS),
        changes: Changes::new(ledger, article, index)?,
        copied,
    })
}

fn revisions(article: &Article, index: usize, links: &Links) -> Vec<RevisionLink> {
    let one = |(place, revision): (usize, &onrecord::ledger::Revision)| RevisionLink {
        number: revision.number,
        seen: moment::exact(&revision.observed.time),
        href: words_href(&article.id.to_string(), &revision.id.to_string(), &[], links),
        on: place == index,
        current: article.current == Some(place),
    };
    article.revisions.iter().enumerate().map(one).collect()
}
