//! Words that stand for an outlet named before: "the newspaper said", "It cited two officials", "the Post". Not pronouns for people.

use super::kind::CitingKind;
use super::name::is_descriptor;
use super::pattern::{BETWEEN, REPORTING, SAYING};
use super::token::Token;

/// Words of a sentence that stand for an outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anaphor {
    /// In which way it is cited.
    pub kind: CitingKind,
    /// The first token of the citing words.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// The token that stands for the outlet.
    pub at: usize,
    /// Whether it is "it" alone, which may be anything.
    pub weak: bool,
    /// Whether no outlet before it is needed: "local media reported", "a newspaper report".
    pub open: bool,
}

/// Sentences back in which an outlet is looked for.
pub(super) const REACH: usize = 3;

/// Nouns for many outlets.
const MEDIA: &[&str] =
    &["media", "newspapers", "outlets", "papers", "reports", "tabloids", "websites", "agencies", "blogs", "sites"];

/// The anaphors of a sentence, in order.
pub(super) fn anaphors(tokens: &[Token<'_>]) -> Vec<Anaphor> {
    (0..tokens.len()).filter_map(|at| anaphor(tokens, at)).collect()
}

fn anaphor(tokens: &[Token<'_>], at: usize) -> Option<Anaphor> {
    let token = &tokens[at];
    if token.mark {
        return None;
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let article = before.is_some_and(|word| word.is_any(&["the", "that", "same"]));
    let descriptor = is_descriptor(&token.lower) && !token.capital;
    let news = token.is_any(&["agency", "site", "channel", "station", "outlet", "network"])
        && before.is_some_and(|word| word.is_any(&["news", "media", "tv", "radio"]));
    if token.lower == "it" && (at == 0 || tokens[at - 1].mark) {
        let verb = verb(tokens, at + 1, REPORTING)
            .filter(|verb| tokens[*verb].is_any(&["cited", "cites", "reported", "quoted", "quotes", "reports"]));
        return verb.map(|last| Anaphor { kind: CitingKind::Reported, first: at, last, at, weak: true, open: false });
    }
    if token.lower == "it" && before.is_some_and(|word| word.lower == "told") {
        return Some(Anaphor { kind: CitingKind::Told, first: at - 1, last: at, at, weak: true, open: false });
    }
    let according = |to: usize| -> Option<usize> {
        let start = to.checked_sub(1)?;
        (tokens[to].lower == "to" && tokens[start].lower == "according").then_some(start)
    };
    let led = at > 1
        && tokens[at - 2].is_any(&["the", "that"])
        && (news
            || before.is_some_and(|word| {
                word.is_any(&[
                    "tech",
                    "gossip",
                    "satire",
                    "satirical",
                    "local",
                    "state",
                    "british",
                    "weekly",
                    "new",
                    "same",
                ])
            }));
    if descriptor && (article || led) {
        let from = if article { at - 1 } else { at - 2 };
        if let Some(first) = from.checked_sub(1).and_then(according) {
            return Some(Anaphor { kind: CitingKind::AccordingTo, first, last: at, at, weak: false, open: false });
        }
        if let Some(told) = from.checked_sub(1).filter(|told| tokens[*told].is_any(&["told", "tells", "tell"])) {
            return Some(Anaphor { kind: CitingKind::Told, first: told, last: at, at, weak: false, open: false });
        }
        let last = verb(tokens, at + 1, REPORTING).or_else(|| verb(tokens, at + 1, SAYING))?;
        return Some(Anaphor { kind: CitingKind::Reported, first: from, last, at, weak: false, open: false });
    }
    // "according to the report", "the article says".
    if token.is_any(&["report", "article", "story"]) && article {
        if let Some(first) = at.checked_sub(2).and_then(according) {
            return Some(Anaphor { kind: CitingKind::AccordingTo, first, last: at, at, weak: false, open: false });
        }
        // "The report, which cites an aide, says".
        let comma = tokens.get(at + 1).is_some_and(|next| next.words == ",");
        let which = comma && tokens.get(at + 2).is_some_and(|next| next.lower == "which");
        let from = if which { at + 3 } else { at + 1 };
        let last = verb(tokens, from, REPORTING).or_else(|| verb(tokens, from, SAYING))?;
        let last = if which { at } else { last };
        return Some(Anaphor { kind: CitingKind::Reported, first: at - 1, last, at, weak: false, open: false });
    }
    unnamed(tokens, at, &according)
}

/// Outlets that are not named: "local media reported", "according to reports", "a newspaper report", "a second newspaper has reported".
fn unnamed(tokens: &[Token<'_>], at: usize, according: &dyn Fn(usize) -> Option<usize>) -> Option<Anaphor> {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let lead = |from: usize| {
        let mut here = from;
        while here > 0 && from - here < 3 && !tokens[here - 1].mark && tokens[here - 1].is_any(LEADS) {
            here -= 1;
        }
        here
    };
    let open = |kind, first, last| Some(Anaphor { kind, first, last, at, weak: false, open: true });
    if token.is_any(MEDIA) {
        let first = lead(at);
        if let Some(start) = first.checked_sub(1).and_then(according) {
            return open(CitingKind::AccordingTo, start, at);
        }
        if first.checked_sub(1).is_some_and(|told| tokens[told].is_any(&["told"])) && token.lower != "reports" {
            return open(CitingKind::Told, first - 1, at);
        }
        let verbs: &[&str] = if token.lower == "reports" {
            &["say", "said", "claim", "claimed", "suggest", "suggested", "state", "stated"]
        } else {
            &["reported", "report", "said", "say", "claimed", "reporting", "quoted"]
        };
        let last = verb(tokens, at + 1, verbs)?;
        return open(CitingKind::Reported, first, last);
    }
    let article = before.is_some_and(|word| word.is_any(&["a", "an", "another", "one", "second", "third", "new"]));
    if token.is_any(&["newspaper", "magazine", "tabloid", "website"]) && !token.capital {
        if tokens.get(at + 1).is_some_and(|next| next.is_any(&["report", "reports", "story"])) {
            return open(CitingKind::Reported, lead(at), at + 1);
        }
        if article {
            let last = verb(tokens, at + 1, REPORTING)?;
            return open(CitingKind::Reported, lead(at), last);
        }
    }
    if token.lower == "report" && article && !token.capital {
        let first = lead(at);
        if let Some(start) = first.checked_sub(1).and_then(according) {
            return open(CitingKind::AccordingTo, start, at);
        }
    }
    None
}

/// Words before the noun of an unnamed outlet.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "a", "an", "local", "state", "international", "foreign", "some", "several", "multiple", "other", "many",
    "various", "news", "press", "recent", "earlier", "previous", "unconfirmed", "media", "another", "one", "second",
    "third", "new", "the", "social", "online", "national",
];

fn verb(tokens: &[Token<'_>], from: usize, verbs: &[&str]) -> Option<usize> {
    (from..tokens.len().min(from + 4))
        .take_while(|at| *at == from || !tokens[*at - 1].mark && (tokens[*at - 1].is_any(BETWEEN) || *at - 1 < from))
        .find(|at| tokens[*at].is_any(verbs))
}
