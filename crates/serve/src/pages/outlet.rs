//! The outlets, and the page of one: in which claims it stands at the end of a chain, in which it has it from others, and from whom. The trees are those of
//! each claim's view.

use std::collections::BTreeMap;

use askama::Template;
use onrecord::LoadedClaim;
use onrecord::ledger::{Ledger, Lookup};
use onrecord::wire::claim::{OutletOnClaim, OutletPart};

use crate::asked::Asked;
use crate::moment;
use crate::pages::party::{PER_PAGE, next, skip};
use crate::reply::{Problem, Reply};
use crate::shell::{Links, Shell};
use crate::shown::{Report, outlet, plural, standing_class};

/// Articles that are listed.
const MOST_ARTICLES: usize = 30;

struct Listed {
    name: String,
    href: String,
    articles: usize,
    claims: usize,
}

#[derive(Template)]
#[template(path = "outlets.html")]
struct OutletsPage<'a> {
    shell: Shell<'a>,
    outlets: Vec<Listed>,
}

/// Makes the list.
pub fn list(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    let links = Links::new(asked);
    let listed = ledger.outlets()?.into_iter().map(|one| Listed {
        href: links.outlet(&one.name),
        name: one.name,
        articles: one.articles,
        claims: one.claims,
    });
    Reply::page(&OutletsPage { shell: Shell::new(asked, "Outlets"), outlets: listed.collect() })
}

struct Item {
    wording: String,
    href: String,
    standing: &'static str,
    class: &'static str,
    coverage: String,
    parts: Vec<Part>,
}

struct Part {
    report: Report,
    from: Option<Report>,
    ends: String,
    count: &'static str,
    reason: &'static str,
}

struct ArticleLink {
    title: String,
    day: String,
    href: String,
}

#[derive(Template)]
#[template(path = "outlet.html")]
struct OutletPage<'a> {
    shell: Shell<'a>,
    name: String,
    total: String,
    shown: usize,
    /// Claims of this page in which it stands at the end of every chain, and in which it only repeats.
    originates: Vec<Item>,
    repeats: Vec<Item>,
    from: Vec<(String, usize)>,
    articles: Vec<ArticleLink>,
    next: Option<String>,
    filter: String,
}

/// Makes the page of one.
pub fn page(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    let at = asked.at()?;
    let typed = asked.segment(1);
    let articles = ledger.articles_of_outlet(typed, MOST_ARTICLES)?;
    let known = ledger.outlets()?.into_iter().find(|one| one.name.to_lowercase() == typed.to_lowercase());
    let Some(known) = known else {
        return Err(Problem::Missing(
            "No article in this ledger says that it is of an outlet of that name.".to_owned(),
        ));
    };
    let skip = skip(asked)?;
    let named = ledger.claims_of_outlet(&known.name, skip, PER_PAGE)?;
    let links = Links::new(asked);
    let (mut originates, mut repeats) = (Vec::new(), Vec::new());
    let mut from: BTreeMap<String, usize> = BTreeMap::new();
    for id in &named.claims {
        let Lookup::Found(loaded) = LoadedClaim::of(ledger, id, &at)? else { continue };
        let on_claim = OutletOnClaim::new(loaded.asked(false), &known.name);
        loaded.sound()?;
        let Some(one) = on_claim else { continue };
        for part in &one.parts {
            if let Some(whom) = &part.from {
                *from.entry(outlet(whom.outlet.as_deref())).or_default() += 1;
            }
        }
        let is_end = one.parts.iter().any(|part| part.from.is_none());
        if is_end { originates.push(item(&one, &links)) } else { repeats.push(item(&one, &links)) }
    }
    let mut from: Vec<(String, usize)> = from.into_iter().collect();
    from.sort_by(|(one, ones), (other, others)| others.cmp(ones).then_with(|| one.cmp(other)));
    let page = OutletPage {
        shell: Shell::new(asked, &known.name),
        total: format!("{}, {}", plural(known.articles, "article"), plural(named.total, "claim")),
        shown: originates.len() + repeats.len(),
        originates,
        repeats,
        from,
        articles: articles
            .into_iter()
            .filter(|one| links.shows(one.published.as_ref()))
            .map(|one| ArticleLink {
                title: one.title.unwrap_or_else(|| "no headline is stated".to_owned()),
                day: one.published.as_ref().map_or_else(|| "undated".to_owned(), moment::day),
                href: links.article(&one.article.to_string()),
            })
            .collect(),
        next: next(asked, skip + named.claims.len(), named.total),
        filter: links.moments().with("outlet", Some(&known.name)).href("/"),
        name: known.name.clone(),
    };
    Reply::page(&page)
}

fn item(one: &OutletOnClaim, links: &Links) -> Item {
    let part = |part: &OutletPart| Part {
        report: Report::new(&part.report, links),
        from: part.from.as_ref().map(|name| Report::new(name, links)),
        ends: part.ends.join(", "),
        count: part.count,
        reason: part.reason.unwrap_or_default(),
    };
    Item {
        wording: one.wording.text.clone(),
        href: links.claim(&one.claim.to_string()),
        standing: one.standing.words,
        class: standing_class(one.standing.standing),
        coverage: one.coverage.words.clone(),
        parts: one.parts.iter().map(part).collect(),
    }
}
