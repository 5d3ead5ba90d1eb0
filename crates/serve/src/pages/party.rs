//! The page of a party: what it affirmed, denied and declined over all claims, and where it changed. Private people have none. The positions are those of
//! each claim's view.

use askama::Template;
use onrecord::LoadedClaim;
use onrecord::ledger::{Ledger, Lookup};
use onrecord::link::position::{PartyKey, Stance};
use onrecord::wire::claim::{ListedClaim, PartyOnClaim};

use crate::asked::Asked;
use crate::pages::claim::sides::{self, Position};
use crate::reply::{Problem, Reply};
use crate::shell::{Links, Shell};
use crate::shown::{plural, standing_class};

/// Claims of one page.
pub const PER_PAGE: usize = 24;

struct Group {
    title: &'static str,
    class: &'static str,
    items: Vec<Item>,
}

struct Item {
    wording: String,
    href: String,
    standing: &'static str,
    class: &'static str,
    position: Position,
    earlier: Vec<sides::Held>,
}

#[derive(Template)]
#[template(path = "party.html")]
struct PartyPage<'a> {
    shell: Shell<'a>,
    name: &'a str,
    about: Vec<String>,
    total: String,
    changed: usize,
    groups: Vec<Group>,
    next: Option<String>,
    filter: String,
}

/// Makes the page.
pub fn page(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    let at = asked.at()?;
    let key = PartyKey::new(asked.segment(1));
    let skip = skip(asked)?;
    if !ledger.is_public(&key)? {
        return Err(Problem::Missing(
            "There is no page about this party: none is made for people who are not named, nor for private people."
                .to_owned(),
        ));
    }
    let named = ledger.claims_of_party(&key, skip, PER_PAGE)?;
    let links = Links::new(asked);
    let mut found = Vec::new();
    for id in &named.claims {
        let Lookup::Found(loaded) = LoadedClaim::of(ledger, id, &at)? else { continue };
        found.extend(PartyOnClaim::new(loaded.asked(false), &key));
        loaded.sound()?;
    }
    let party = found.first().map(|one| one.position.party.clone());
    let name = party.as_ref().map_or_else(|| ListedClaim::party(key.as_str()), |party| party.name.clone());
    let shown = skip + named.claims.len();
    let mut about: Vec<String> = Vec::new();
    for one in &found {
        about.extend(one.position.party.speaks_for.iter().map(|whom| format!("speaks for {whom}")));
        about.extend(one.position.party.side.iter().map(|side| format!("side: {side}")));
    }
    about.sort();
    about.dedup();
    let page = PartyPage {
        shell: Shell::new(asked, &name),
        name: &name,
        about,
        total: plural(named.total, "claim"),
        changed: found.iter().filter(|one| !one.position.earlier.is_empty()).count(),
        groups: groups(&found, &links),
        next: next(asked, shown, named.total),
        filter: links.moments().with("party", Some(key.as_str())).href("/"),
    };
    Reply::page(&page)
}

/// From which claim on a page of a party or outlet goes.
pub fn skip(asked: &Asked) -> Result<usize, Problem> {
    let skip = asked.params.get("skip").map(str::parse::<usize>).transpose();
    Ok(skip.map_err(|_| Problem::Bad("skip: expected a number".to_owned()))?.unwrap_or(0))
}

/// To the next page of a party or outlet.
pub fn next(asked: &Asked, shown: usize, total: usize) -> Option<String> {
    let path = format!("/{}/{}", asked.segment(0), crate::params::segment(asked.segment(1)));
    (shown < total).then(|| asked.params.with("skip", Some(&shown.to_string())).href(&path))
}

fn groups(found: &[PartyOnClaim], links: &Links) -> Vec<Group> {
    let group = |title, class, stances: &[Option<Stance>]| {
        let of = found.iter().filter(|one| stances.contains(&one.position.stance));
        let items: Vec<Item> = of.map(|one| item(one, links)).collect();
        (!items.is_empty()).then_some(Group { title, class, items })
    };
    let all = [
        group("Affirmed", "affirm", &[Some(Stance::Affirms)]),
        group("Denied", "deny", &[Some(Stance::Denies)]),
        group("Took back", "open", &[Some(Stance::TakesBack)]),
        group("Took no stand", "open", &[Some(Stance::Open), None]),
    ];
    all.into_iter().flatten().collect()
}

fn item(one: &PartyOnClaim, links: &Links) -> Item {
    Item {
        wording: one.wording.text.clone(),
        href: links.claim(&one.claim.to_string()),
        standing: one.standing.words,
        class: standing_class(one.standing.standing),
        position: sides::position(&one.position, links, None),
        earlier: one.position.earlier.iter().map(|held| sides::held(held, links)).collect(),
    }
}
