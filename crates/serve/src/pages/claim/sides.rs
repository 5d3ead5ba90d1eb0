//! Who says so, who denies it, who takes no stand, in columns; and what stands beside that counts neither for nor against. The positions are those of the
//! view.

use std::collections::BTreeSet;

use onrecord::link::position::{PartyKey, Stance};
use onrecord::wire::claim::{ClaimView, DenialLine, HeldLine, PartyLine, PositionLine, terms};

use crate::moment;
use crate::shell::Links;
use crate::shown::{Quote, some};

/// Parties of a column that are shown at once; the others fold.
const SHOWN: usize = 8;
/// Items of what stands beside.
const BESIDE: usize = 12;

/// One stance with its parties.
pub struct Column {
    /// "Say so"
    pub title: &'static str,
    /// Its class.
    pub class: &'static str,
    /// What is said where nobody takes it.
    pub nobody: &'static str,
    /// The parties, in the order of their first saying.
    pub parties: Vec<Position>,
    /// Those that fold.
    pub folded: Vec<Position>,
}

/// A party with what it says now.
pub struct Position {
    /// Its name.
    pub name: String,
    /// Its page, where it has one.
    pub href: Option<String>,
    /// For whom it speaks, in whose voice.
    pub about: Vec<String>,
    /// Standing to deny, or that none is shown; for those who deny.
    pub right: Option<Right>,
    /// Its sayings.
    pub held: Vec<Held>,
}

/// Standing to deny.
pub struct Right {
    /// In words.
    pub words: String,
    /// Whether it is shown.
    pub shown: bool,
    /// The words behind it.
    pub quotes: Vec<Quote>,
}

/// One saying.
pub struct Held {
    /// "denied it"
    pub act: &'static str,
    /// Its words in reports.
    pub quotes: Vec<Quote>,
    /// How many more reports have it, and which outlets.
    pub more: Option<String>,
}

/// What stands beside: a heading with its items.
pub struct Extra {
    /// What it is.
    pub title: &'static str,
    /// What that means.
    pub means: &'static str,
    /// The items.
    pub items: Vec<ExtraItem>,
    /// How many are left out.
    pub more: usize,
}

/// One item of what stands beside.
pub struct ExtraItem {
    /// Who.
    pub name: String,
    /// What it is, in words.
    pub about: String,
    /// The words.
    pub quotes: Vec<Quote>,
}

/// Who has a role in the claim, and what is on record of an answer.
pub struct Answer {
    /// Who.
    pub name: String,
    /// What it is to the claim.
    pub role: &'static str,
    /// What was answered; empty for no response in this ledger.
    pub answers: Vec<String>,
}

/// The columns.
pub fn columns(view: &ClaimView, links: &Links, public: &BTreeSet<PartyKey>) -> Vec<Column> {
    let column = |title, class, nobody, stances: &[Stance]| {
        let of = view.positions.iter().filter(|one| one.stance.is_some_and(|stance| stances.contains(&stance)));
        let mut parties: Vec<Position> = of.map(|one| position(one, links, Some(public))).collect();
        let folded = if parties.len() > SHOWN + 1 { parties.split_off(SHOWN) } else { Vec::new() };
        Column { title, class, nobody, parties, folded }
    };
    vec![
        column("Say so", "affirm", "Nobody on record says so.", &[Stance::Affirms]),
        column("Deny it", "deny", "Nobody on record denies it.", &[Stance::Denies]),
        column(
            "Take no stand",
            "open",
            "Nobody on record declined, doubted or took it back.",
            &[Stance::TakesBack, Stance::Open],
        ),
    ]
}

/// A party with what it says now; `public` are those that have a page.
pub fn position(line: &PositionLine, links: &Links, public: Option<&BTreeSet<PartyKey>>) -> Position {
    let party = &line.party;
    let mut about = Vec::new();
    if !party.speaks_for.is_empty() {
        about.push(format!("speaks for {}", some(&party.speaks_for, 3).join(", ")));
    }
    if party.kind == "outlet" {
        let mut quotes = line.current.iter().flat_map(|held| &held.quotes);
        let is_own = quotes.all(|relay| relay.quote.outlet.as_ref() == Some(&party.name));
        about.push(if is_own { "in its own voice" } else { "as others report of it" }.to_owned());
    }
    about.extend(party.side.as_ref().map(|side| format!("side: {side}")));
    let right = (line.stance == Some(Stance::Denies)).then(|| match &line.right {
        Some(right) => Right {
            words: format!("Standing to deny: {}", right.words),
            shown: true,
            quotes: right.quotes.iter().take(1).map(|quote| Quote::new(quote, links)).collect(),
        },
        None => Right { words: "No standing to deny is shown".to_owned(), shown: false, quotes: Vec::new() },
    });
    let held = line.current.iter().chain(&line.beside).map(|held| self::held(held, links)).collect();
    let has_page = public.is_some_and(|public| public.contains(&party.key));
    let href = has_page.then(|| links.party(party.key.as_str()));
    Position { name: party.name.clone(), href, about, right, held }
}

/// A saying with its words.
pub fn held(line: &HeldLine, links: &Links) -> Held {
    let more = (line.more > 0).then(|| format!("and {} more: {}", line.more, some(&line.more_outlets, 8).join(", ")));
    Held {
        act: terms::did(line.act),
        quotes: line.quotes.iter().map(|relay| Quote::new(&relay.quote, links)).collect(),
        more,
    }
}

/// What counts neither for nor against, or is carried from another claim.
pub fn extras(view: &ClaimView, links: &Links) -> Vec<Extra> {
    let quote = |quote| Quote::new(quote, links);
    let carried: Vec<&DenialLine> = view.denials.iter().filter(|one| !one.carried.is_empty()).collect();
    let beside: Vec<&DenialLine> = view.denials_beside.iter().collect();
    let credited = view.attribution_disputed.iter().flat_map(|one| &one.credited);
    let credited = credited.map(|one| item(&one.party, String::new(), one.quotes.iter().take(1).map(quote).collect()));
    let said = view.said_beside.iter().map(|one| item(&one.party, String::new(), vec![quote(&one.quote)]));
    let found = [
        extra(
            "Denied in what it rests on",
            "who denies that is taken to deny this too",
            carried.into_iter().map(|one| denial(one, links)),
        ),
        extra(
            "Denials without standing",
            "shown, and without effect on the standing",
            beside.into_iter().map(|one| denial(one, links)),
        ),
        extra("Reports disagree on who spoke", "nobody\u{2019}s position", credited),
        extra(
            "Context",
            "it may have been said before the event, and is no position on it",
            sayings(view, |one| &one.context, links),
        ),
        extra("Said earlier", "a later saying stands now", sayings(view, |one| &one.earlier, links)),
        extra("Said beside it", "what reports of it say besides, no position on it", said),
    ];
    found.into_iter().flatten().collect()
}

fn extra(title: &'static str, means: &'static str, items: impl Iterator<Item = ExtraItem>) -> Option<Extra> {
    let mut items: Vec<ExtraItem> = items.collect();
    let more = items.len().saturating_sub(BESIDE);
    items.truncate(BESIDE);
    (!items.is_empty()).then_some(Extra { title, means, items, more })
}

fn item(party: &PartyLine, about: String, quotes: Vec<Quote>) -> ExtraItem {
    ExtraItem { name: party.name.clone(), about, quotes }
}

fn denial(line: &DenialLine, links: &Links) -> ExtraItem {
    let right = line.right.as_ref().map_or("no standing to deny is shown", |right| &right.words);
    let on = line.wording.as_ref().map_or_else(String::new, |wording| format!("; on \u{201c}{wording}\u{201d}"));
    let about = format!("{right}; {}{on}", line.reason.unwrap_or(line.rule));
    item(&line.party, about, line.quotes.iter().take(1).map(|quote| Quote::new(quote, links)).collect())
}

fn sayings<'v>(
    view: &'v ClaimView,
    of: impl Fn(&'v PositionLine) -> &'v Vec<HeldLine> + 'v,
    links: &'v Links,
) -> impl Iterator<Item = ExtraItem> + 'v {
    let all = view.positions.iter().flat_map(move |one| of(one).iter().map(move |held| (one, held)));
    all.map(|(one, held)| {
        let when = held.latest.map_or_else(String::new, |at| format!(", {}", moment::moment_day(at)));
        let quotes = held.quotes.iter().take(1).map(|relay| Quote::new(&relay.quote, links)).collect();
        item(&one.party, format!("{}{when}", terms::did(held.act)), quotes)
    })
}

/// Who was asked or would be, and what they answered.
pub fn answers(view: &ClaimView) -> Vec<Answer> {
    let responses = view.responses.iter().filter(|response| response.party.kind != "outlet");
    responses
        .map(|response| {
            let name = &response.party.name;
            let mut answers: Vec<String> = Vec::new();
            for answer in &response.answers {
                let by = &answer.by;
                let text = if by == name { answer.words.to_owned() } else { format!("{by} {}", answer.words) };
                if !answers.contains(&text) {
                    answers.push(text);
                }
            }
            Answer { name: name.clone(), role: terms::role(response.role), answers }
        })
        .collect()
}
