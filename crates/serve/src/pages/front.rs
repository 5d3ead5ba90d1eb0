//! The front: what is contested, the disputed first; filters as links; what changed since the reader last looked. Not the list's order: that of the ledger.

use askama::Template;
use jiff::Timestamp;
use onrecord::evidence::ClaimId;
use onrecord::ledger::{At, ClaimList, ClaimQuery, Facets, Ledger};
use onrecord::link::position::StandingWord;
use onrecord::listed;
use onrecord::wire::claim::ListedClaim;

use crate::asked::Asked;
use crate::moment;
use crate::params::Params;
use crate::reply::{Problem, Reply};
use crate::shell::{Links, Shell};
use crate::shown::{origins, plural, some, standing_class, standing_means};

/// Claims of one page.
const PER_PAGE: usize = 25;
/// Names of one kind among the filters.
const FACETS: usize = 10;
/// Changed claims that are shown.
const CHANGED: usize = 8;
/// Names of one side of a claim.
const NAMES: usize = 3;

/// A claim of the list.
pub struct Row {
    /// To its page.
    pub href: String,
    /// Its words.
    pub wording: String,
    /// Its life, where it is not current.
    pub life: Option<String>,
    /// Who stands where.
    pub sides: Vec<Side>,
    /// Its origins in words.
    pub origins: String,
    /// Articles and outlets.
    pub reports: String,
    /// From when to when it was reported.
    pub span: String,
}

/// Parties of one stance.
pub struct Side {
    /// "say so"
    pub label: &'static str,
    class: &'static str,
    names: Vec<String>,
}

struct Group {
    words: &'static str,
    means: &'static str,
    class: &'static str,
    rows: Vec<Row>,
}

struct Chip {
    words: String,
    href: String,
}

struct FacetLinks {
    title: &'static str,
    links: Vec<FacetLink>,
}

struct FacetLink {
    words: String,
    href: String,
    /// How many claims it leaves, where these are the claims of now.
    count: Option<usize>,
    on: bool,
}

struct Changed {
    heading: String,
    claims: Vec<ChangedRow>,
    more: Option<String>,
}

struct ChangedRow {
    href: String,
    wording: String,
    standing: &'static str,
    class: &'static str,
    what: String,
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage<'a> {
    shell: Shell<'a>,
    coverage: String,
    notes: Vec<String>,
    changed: Option<Changed>,
    chips: Vec<Chip>,
    groups: Vec<Group>,
    nothing: &'static str,
    range: String,
    first: Option<String>,
    next: Option<String>,
    facets: Vec<FacetLinks>,
    as_of: String,
    from: String,
    to: String,
    kept: Vec<(String, String)>,
    kept_window: Vec<(String, String)>,
    all: bool,
    all_href: String,
}

/// Makes the page.
pub fn page(ledger: &Ledger, asked: &Asked) -> Result<Reply, Problem> {
    let at = asked.at()?;
    let params = &asked.params;
    let query = query(params, &at)?;
    let list = ledger.contested_claims(&query, &at)?;
    let links = Links::new(asked);
    let is_plain =
        params.only(&["q", "standing", "party", "place", "outlet", "from", "to", "after", "skip"]).pairs().is_empty();
    let changed = if is_plain && at == At::default() { changed(ledger, asked, &links)? } else { None };
    let facets = ledger.claim_facets(&ClaimQuery { after: None, offset: 0, ..query.clone() }, FACETS)?;
    let title = if params.get("q").is_some() { "Search" } else { "What is contested" };
    let text = |name: &str| params.get(name).unwrap_or_default().to_owned();
    let page = FrontPage {
        shell: Shell::new(asked, title),
        coverage: list.coverage.to_string(),
        notes: notes(ledger, &list)?,
        changed,
        chips: chips(params),
        groups: groups(&list, &links),
        nothing: if list.total == 0 { "No claim on record fits this." } else { "There are no more claims." },
        range: range(&list, &query),
        first: (query.after.is_some() || query.offset > 0).then(|| params.with("after", None).href("/")),
        next: next(&list, &query, params, &at),
        facets: facet_links(&facets, params, &at),
        as_of: text("as-of"),
        from: text("from"),
        to: text("to"),
        kept: params.with("as-of", None).pairs().to_vec(),
        kept_window: params.with("from", None).with("to", None).pairs().to_vec(),
        all: query.without_standing,
        all_href: params.with("all", (!query.without_standing).then_some("yes")).href("/"),
    };
    let reply = Reply::page(&page)?;
    Ok(if is_plain && at == At::default() { reply.looked() } else { reply })
}

fn query(params: &Params, at: &At) -> Result<ClaimQuery, Problem> {
    let text = |name: &str| params.get(name).map(str::to_owned);
    let standing = params.get("standing").map(|word| {
        let found = STANDINGS.into_iter().find(|one| slug(*one) == word);
        found.ok_or_else(|| Problem::Bad(format!("{word} is no standing")))
    });
    let after = params
        .get("after")
        .map(|id| id.parse::<ClaimId>().map_err(|_| Problem::Bad("after: expected the id of a claim".to_owned())));
    let skip = params
        .get("skip")
        .map(|skip| skip.parse::<usize>().map_err(|_| Problem::Bad("skip: expected a number".to_owned())));
    let is_now = *at == At::default();
    Ok(ClaimQuery {
        standing: standing.transpose()?,
        party: text("party"),
        place: text("place"),
        outlet: text("outlet"),
        from: moment::read(params, "from")?.map(|time| time.earliest()),
        to: moment::read(params, "to")?.map(|time| time.latest()),
        words: text("q"),
        without_standing: params.get("all").is_some(),
        limit: Some(PER_PAGE),
        offset: skip.transpose()?.filter(|_| !is_now).unwrap_or(0),
        after: after.transpose()?.filter(|_| is_now),
    })
}

const STANDINGS: [StandingWord; 9] = [
    StandingWord::Disputed,
    StandingWord::Withdrawn,
    StandingWord::Acknowledged,
    StandingWord::ClaimedByOneSide,
    StandingWord::SeveralOrigins,
    StandingWord::OneOrigin,
    StandingWord::OutletsVoiceOnly,
    StandingWord::OriginUnknown,
    StandingWord::NoStanding,
];

/// A standing in an address.
fn slug(word: StandingWord) -> String {
    word.words().replace('\'', "").replace(' ', "-")
}

fn notes(ledger: &Ledger, list: &ClaimList) -> Result<Vec<String>, Problem> {
    let state = ledger.link_state()?;
    let mut notes = Vec::new();
    if state.unprepared > 0 {
        notes.push(format!("{} texts are not linked yet; run onrecord rebuild.", state.unprepared));
    } else if state.waiting > 0 || list.undrawn > 0 {
        notes.push("Some texts are not linked yet; run onrecord relink.".to_owned());
    } else if let Some(reason) = state.stale {
        notes.push(format!("Linking anew may give other claims: {reason}; run onrecord relink."));
    }
    Ok(notes)
}

fn groups(list: &ClaimList, links: &Links) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for one in &list.found {
        let line = listed(one);
        let (words, row) = (line.standing.words(), row(&line, links));
        match groups.last_mut() {
            Some(group) if group.words == words => group.rows.push(row),
            _ => groups.push(Group {
                words,
                means: standing_means(line.standing),
                class: standing_class(line.standing),
                rows: vec![row],
            }),
        }
    }
    groups
}

/// A claim as a row of a list.
pub fn row(line: &ListedClaim, links: &Links) -> Row {
    let sides =
        [("Say so", "affirm", &line.affirm), ("Deny it", "deny", &line.deny), ("Take no stand", "open", &line.open)];
    let sides = sides.into_iter().filter(|(.., names)| !names.is_empty());
    Row {
        href: links.claim(&line.claim.to_string()),
        wording: line.wording.clone(),
        life: (line.life != "current").then(|| line.life.clone()),
        sides: sides.map(|(label, class, names)| Side { label, class, names: some(names, NAMES) }).collect(),
        origins: origins(line.least, line.unknown),
        reports: format!("{}, {}", plural(line.articles, "article"), plural(line.outlets, "outlet")),
        span: moment::span(line.from, line.to),
    }
}

fn range(list: &ClaimList, query: &ClaimQuery) -> String {
    let (shown, total) = (list.found.len(), plural(list.total, "claim"));
    match (query.after.is_some() || query.offset > 0, shown == list.total) {
        (false, true) => total,
        (false, false) => format!("The first {shown} of {total}"),
        (true, _) => format!("{shown} of {total}"),
    }
}

/// The next page: behind the last claim of this one; of a time that is past, by number, since the past does not move.
fn next(list: &ClaimList, query: &ClaimQuery, params: &Params, at: &At) -> Option<String> {
    let last = list.found.last().filter(|_| list.found.len() == PER_PAGE)?;
    if *at == At::default() {
        return Some(params.with("after", Some(&last.id.to_string())).href("/"));
    }
    let skip = query.offset + list.found.len();
    (skip < list.total).then(|| params.with("skip", Some(&skip.to_string())).href("/"))
}

fn chips(params: &Params) -> Vec<Chip> {
    let named = [
        ("q", "words"),
        ("standing", "standing"),
        ("party", "party"),
        ("place", "place"),
        ("outlet", "outlet"),
        ("from", "from"),
        ("to", "to"),
    ];
    let chip = |(name, label): (&str, &str)| {
        let value = params.get(name)?;
        let shown = if name == "party" { ListedClaim::party(value) } else { value.to_owned() };
        Some(Chip { words: format!("{label}: {shown}"), href: params.with(name, None).href("/") })
    };
    named.into_iter().filter_map(chip).collect()
}

fn facet_links(facets: &Facets, params: &Params, at: &At) -> Vec<FacetLinks> {
    let is_now = *at == At::default();
    let links = |title: &'static str, name: &str, values: Vec<(String, String, usize)>| FacetLinks {
        title,
        links: values
            .into_iter()
            .map(|(words, value, count)| {
                let on = params.get(name) == Some(&value);
                let href = params.with(name, (!on).then_some(value.as_str())).href("/");
                FacetLink { words, href, count: is_now.then_some(count), on }
            })
            .collect(),
    };
    let standings = facets.standings.iter().map(|(word, count)| (word.words().to_owned(), slug(*word), *count));
    let capital = |names: &[(String, usize)]| -> Vec<(String, String, usize)> {
        names.iter().map(|(name, count)| (ListedClaim::party(name), name.clone(), *count)).collect()
    };
    let outlets = facets.outlets.iter().map(|(name, count)| (name.clone(), name.clone(), *count));
    // How many stood so at another time is another question: the list answers it.
    let standings: Vec<_> = if is_now { standings.collect() } else { Vec::new() };
    vec![
        links("Standing", "standing", standings),
        links("Party", "party", capital(&facets.parties)),
        links("Place", "place", capital(&facets.places)),
        links("Outlet", "outlet", outlets.collect()),
    ]
}

/// What came in since the moment that is asked for, else since the reader last looked; nothing at a first visit.
fn changed(ledger: &Ledger, asked: &Asked, links: &Links) -> Result<Option<Changed>, Problem> {
    let stated = moment::read(&asked.params, "since")?.map(|time| time.earliest());
    let Some(since) = stated.or(asked.looked.map(|looked| looked.since)) else { return Ok(None) };
    let (found, total) = ledger.changed_claims(since, CHANGED)?;
    if found.is_empty() && stated.is_none() {
        return Ok(None);
    }
    let heading = match stated {
        Some(_) => format!("Since {}", moment::moment(since)),
        None => format!("Since you last looked, {}", ago(asked.now, since)),
    };
    let claims = found.iter().map(|one| {
        let line = listed(&one.claim);
        let turned = one
            .before
            .map_or_else(String::new, |(before, at)| format!("; {} until {}", before.words(), moment::moment_day(at)));
        ChangedRow {
            href: links.claim(&line.claim.to_string()),
            wording: line.wording,
            standing: line.standing.words(),
            class: standing_class(line.standing),
            what: format!("{}{turned}", plural(one.articles, "new article")),
        }
    });
    let claims: Vec<ChangedRow> = claims.collect();
    let more = (total > claims.len()).then(|| format!("and {}", plural(total - claims.len(), "more claim")));
    Ok(Some(Changed { heading, claims, more }))
}

/// How long ago, in words that do not pretend to be exact.
fn ago(now: Timestamp, then: Timestamp) -> String {
    let minutes = now.duration_since(then).as_secs().max(0) / 60;
    let several =
        |count: i64, word: &str| if count == 1 { format!("1 {word} ago") } else { format!("{count} {word}s ago") };
    match minutes {
        0..=1 => "a moment ago".to_owned(),
        2..=119 => several(minutes, "minute"),
        120..=2879 => several(minutes / 60, "hour"),
        _ => several(minutes / 1440, "day"),
    }
}
