//! The page of one claim: everything on record about it, in the order in which a careful reader asks. What stands in it is the view that `onrecord show`
//! prints; here it is only put into the order of the page.

mod figures;
mod origins;
pub mod sides;
mod time;
mod wording;

use std::collections::BTreeSet;

use askama::Template;
use onrecord::LoadedClaim;
use onrecord::evidence::ClaimId;
use onrecord::ledger::Ledger;
use onrecord::link::position::PartyKey;
use onrecord::wire::claim::{ClaimView, LinkLine, RuleLine, StandingLine, Tried, WhyView};

use crate::asked::Asked;
use crate::moment;
use crate::reply::{Problem, Reply};
use crate::shell::{Links, Shell};
use crate::shown::{Address, Quote, Report, standing_class};

use figures::Figures;
use origins::OriginsPart;
use sides::{Answer, Column, Extra};
use time::Time;
use wording::{Drift, Variants};

/// Quotations that are shown of a reason.
const QUOTES: usize = 2;
/// Reports that are listed.
const MOST_REPORTS: usize = 200;

/// How it stands, with its reason.
struct Standing {
    words: &'static str,
    class: &'static str,
    reason: &'static str,
    quotes: Vec<Quote>,
    decision: Option<Decision>,
}

struct Decision {
    author: String,
    day: String,
    reason: String,
    by_rule: &'static str,
}

struct Life {
    words: String,
    reason: &'static str,
    by: Option<String>,
    quotes: Vec<Quote>,
}

/// A rule of standing, tried in its place.
struct Rule {
    standing: &'static str,
    asks: &'static str,
    tried: &'static str,
    matched: bool,
    found: Option<String>,
    quotes: Vec<Quote>,
}

struct Linked {
    words: &'static str,
    wording: String,
    href: String,
    standing: &'static str,
    class: &'static str,
    quotes: Vec<Quote>,
}

struct Reported {
    anchor: String,
    address: Option<Address>,
    report: Report,
    title: Option<String>,
    impostor: bool,
    withdrawn: Vec<Quote>,
}

#[derive(Template)]
#[template(path = "claim.html")]
struct ClaimPage<'a> {
    shell: Shell<'a>,
    id: String,
    kind: String,
    wording: &'a str,
    negated: bool,
    first: Option<Quote>,
    coverage: &'a str,
    older: bool,
    standing: Standing,
    life: Life,
    rules: Vec<Rule>,
    attributed: &'a str,
    columns: Vec<Column>,
    extras: Vec<Extra>,
    answers: Vec<Answer>,
    time: Time,
    origins: OriginsPart,
    figures: Option<Figures>,
    drift: Vec<Drift>,
    variants: Vec<Variants>,
    links: Vec<Linked>,
    reports: Vec<Reported>,
    more_reports: usize,
    left_out: Vec<String>,
    report_href: String,
}

/// Makes the page.
pub fn page(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    rendered(ledger, asked, false)
}

/// Makes the page as one file to send.
pub fn file(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    let id = claim_id(ledger, asked)?.to_string();
    let stem = id.get(..12).unwrap_or(&id);
    Ok(rendered(ledger, asked, true)?.named(format!("{stem}.html")))
}

fn rendered(ledger: &Ledger, asked: &Asked, is_file: bool) -> Result<Reply, Problem> {
    let at = asked.at()?;
    let id = claim_id(ledger, asked)?;
    let loaded = Problem::found(LoadedClaim::of(ledger, &id, &at)?, "This claim")?;
    let view = ClaimView::new(loaded.asked(false));
    let why = WhyView::new(loaded.asked(false));
    loaded.sound()?;
    if !view.is_on_record() {
        return Err(Problem::Missing("Nothing was on record about this claim by then.".to_owned()));
    }
    let public = if is_file { BTreeSet::new() } else { ledger.public_parties(&loaded.drawn.claim)? };
    let drawn = &loaded.drawn;
    Reply::page(&made(asked, &view, &why, &public, (drawn.is_undrawn, is_file)))
}

/// The claim that the address names, by its id or the first letters of it.
fn claim_id(ledger: &Ledger, asked: &Asked) -> Result<ClaimId, Problem> {
    let typed = asked.segment(1);
    if let Ok(id) = typed.to_lowercase().parse() {
        return Ok(id);
    }
    match ledger.resolve_claim(typed, &asked.at()?)?.as_slice() {
        [one] => Ok(*one),
        [] => Err(Problem::Missing("No claim in this ledger has an id that begins so.".to_owned())),
        _ => Err(Problem::Missing("Several claims have an id that begins so; write more of one.".to_owned())),
    }
}

fn made<'a>(
    asked: &Asked,
    view: &'a ClaimView,
    why: &WhyView,
    public: &BTreeSet<PartyKey>,
    (older, is_file): (bool, bool),
) -> ClaimPage<'a> {
    let links = if is_file { Links::file(asked) } else { Links::new(asked) };
    let title = &view.wording.text;
    let id = view.claim.to_string();
    let quote = |quote| Quote::new(quote, &links);
    let kind = match view.kind {
        onrecord::link::position::ClaimKind::Event => "event",
        onrecord::link::position::ClaimKind::State => "state",
        onrecord::link::position::ClaimKind::Figure => "figure",
        onrecord::link::position::ClaimKind::Intention => "intention",
        onrecord::link::position::ClaimKind::Opinion => "opinion",
    };
    ClaimPage {
        shell: if is_file { Shell::file(asked, title) } else { Shell::new(asked, title) },
        kind: kind.to_owned(),
        wording: &view.wording.text,
        negated: view.wording.negated,
        first: view.wording.quote.as_ref().map(quote),
        coverage: &view.coverage.words,
        older,
        standing: standing(&view.standing, &links),
        life: Life {
            words: view.life.words.clone(),
            reason: view.life.reason.unwrap_or(view.life.rule),
            by: view.life.by.as_ref().map(|by| links.claim(by.as_str())),
            quotes: view.life.quotes.iter().take(1).map(quote).collect(),
        },
        rules: why.rules.iter().map(|rule| self::rule(rule, &links)).collect(),
        attributed: &view.attributed,
        columns: sides::columns(view, &links, public),
        extras: sides::extras(view, &links),
        answers: sides::answers(view),
        time: Time::new(view, asked, &links),
        origins: OriginsPart::new(&view.origins, &links),
        figures: Figures::new(view, &links),
        drift: wording::drift(view, &links),
        variants: wording::variants(view, &links),
        links: view.links.iter().map(|link| linked(link, &links)).collect(),
        reports: view.reports.iter().take(MOST_REPORTS).map(|one| reported(one, &links)).collect(),
        more_reports: view.reports.len().saturating_sub(MOST_REPORTS),
        left_out: view.diagnostics.iter().map(|one| one.message.clone()).collect(),
        report_href: links.moments().href(&format!("/claim/{id}/report.html")),
        id,
    }
}

fn standing(line: &StandingLine, links: &Links) -> Standing {
    let decision = line.decision.as_ref().map(|decision| Decision {
        author: decision.author.clone(),
        day: moment::day(&decision.at),
        reason: decision.reason.clone(),
        by_rule: line.by_rule.words(),
    });
    Standing {
        words: line.words,
        class: standing_class(line.standing),
        reason: line.reason.unwrap_or(line.rule),
        quotes: line.quotes.iter().take(QUOTES).map(|quote| Quote::new(quote, links)).collect(),
        decision,
    }
}

fn rule(line: &RuleLine, links: &Links) -> Rule {
    Rule {
        standing: line.standing,
        asks: line.asks,
        tried: match line.tried {
            Tried::Matched => "yes: this decides",
            Tried::NotMatched => "no",
            Tried::NotTried => "not asked",
        },
        matched: line.tried == Tried::Matched,
        found: line.found.clone(),
        quotes: line.quotes.iter().take(QUOTES).map(|quote| Quote::new(quote, links)).collect(),
    }
}

fn linked(line: &LinkLine, links: &Links) -> Linked {
    Linked {
        words: line.words,
        wording: line.wording.clone(),
        href: links.claim(line.claim.as_str()),
        standing: line.standing_words,
        class: standing_class(line.standing),
        quotes: line.quotes.iter().take(1).map(|quote| Quote::new(quote, links)).collect(),
    }
}

fn reported(line: &onrecord::wire::claim::ReportLine, links: &Links) -> Reported {
    Reported {
        anchor: line.name.revision.to_string(),
        address: line.address.as_deref().map(Address::new),
        report: Report::new(&line.name, links),
        title: line.title.clone(),
        impostor: line.impostor,
        withdrawn: line.withdrawn.iter().take(1).map(|quote| Quote::new(quote, links)).collect(),
    }
}
