//! One pass over one state of a ledger: the claims that are asked for, then the articles. Not what is written of them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use onrecord_evidence::{AttributionId, CodePoints};
use onrecord_ledger::{Article, KeptAttribution, Ledger, Lookup};

use crate::Result;
use crate::claim::{Claim, Only};
use crate::run::{Asked, Decided, Run};

/// How far an export is, for whoever waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Claims and articles that are done.
    pub done: u64,
    /// Of how many.
    pub total: u64,
}

/// What an export held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Claims.
    pub claims: u64,
    /// Attributions.
    pub attributions: u64,
    /// Quotations that were left out by the cap.
    pub cut: u64,
    /// Articles that state no date and stand apart where one was asked for.
    pub undated: u64,
    /// Digest of what the ledger holds.
    pub ledger: String,
}

/// What is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Which claims; `None` for none.
    pub claims: Option<Only>,
    pub articles: bool,
}

/// An article in its current text, with those of its attributions that are asked for and what people decided about each.
pub(crate) struct ArticleItem<'run> {
    pub run: &'run Run<'run>,
    pub article: Arc<Article>,
    pub current: usize,
    pub points: Rc<CodePoints<'static>>,
    pub attributions: Vec<(KeptAttribution, Vec<Rc<Decided>>)>,
}

/// One of them.
pub(crate) enum Item<'item> {
    Claim(&'item Claim<'item>),
    Article(&'item ArticleItem<'item>),
}

/// Goes over one state of the ledger: claims by event and id, then articles by id.
pub(crate) fn pass(
    ledger: &Ledger,
    asked: &Asked,
    wanted: Wanted,
    progress: &mut dyn FnMut(Progress),
    each: &mut dyn FnMut(Item<'_>) -> Result<()>,
) -> Result<Summary> {
    let _held = ledger.hold()?;
    let run = Run::new(ledger, asked.clone())?;
    let mut summary = Summary { ledger: run.base.ledger.clone(), ..Summary::default() };
    let narrows = wanted.articles && run.narrows_claims();
    let claims = if wanted.claims.is_some() || narrows { run.claims()? } else { Vec::new() };
    let articles = if wanted.articles { ledger.article_ids()? } else { Vec::new() };
    let mut told = Progress { done: 0, total: (claims.len() + articles.len()) as u64 };
    let mut only: BTreeSet<AttributionId> = BTreeSet::new();
    for (_, id) in claims {
        told.done += 1;
        progress(told);
        let only_these = wanted.claims.unwrap_or(Only::All);
        let Some(claim) = Claim::load(&run, &id, only_these)? else { continue };
        if narrows {
            only.extend(claim.drawn.claim.statements.iter().filter_map(|statement| statement.attribution));
        }
        if wanted.claims.is_some() {
            summary.claims += 1;
            each(Item::Claim(&claim))?;
        }
    }
    let decided = if wanted.articles { run.decided_attributions()? } else { BTreeMap::new() };
    for id in articles {
        told.done += 1;
        progress(told);
        let article = match ledger.article(&id, &asked.at)? {
            Lookup::Found(article) => Arc::new(article),
            Lookup::Undated => {
                summary.undated += 1;
                continue;
            }
            _ => continue,
        };
        let Some(current) = article.current.filter(|_| takes(asked, &article)) else { continue };
        let Some(points) = run.text(&article.revisions[current].text)? else { continue };
        let kept = ledger.attributions_of(&article, current)?;
        let kept = kept.into_iter().filter(|kept| !narrows || only.contains(&kept.record.id));
        let attributions: Vec<_> = kept
            .map(|kept| {
                let decided = decided.get(&kept.record.id).cloned().unwrap_or_default();
                (kept, decided)
            })
            .collect();
        summary.attributions += attributions.len() as u64;
        each(Item::Article(&ArticleItem { run: &run, article, current, points, attributions }))?;
    }
    summary.cut = run.quota.borrow().cut();
    Ok(summary)
}

/// Whether an article is of the outlet and the time that are asked for.
fn takes(asked: &Asked, article: &Article) -> bool {
    let query = &asked.claims;
    let outlet = article.metadata.outlet.as_deref().unwrap_or_default().to_lowercase();
    let fits = query.outlet.as_ref().is_none_or(|wanted| outlet.contains(&wanted.to_lowercase()));
    let out = article.published.as_ref();
    let from = query.from.is_none_or(|from| out.is_some_and(|out| out.latest() >= from));
    fits && from && query.to.is_none_or(|to| out.is_some_and(|out| out.earliest() <= to))
}
