//! The words around a name that make it a citation: "according to the Post", "the Post reported". Not finding names.

use super::kind::CitingKind;
use super::mention::Mention;
use super::pattern::{
    BETWEEN, CONFIRMING, FILLERS, FIRST, LEADING, PIECES, PUBLISHED, REPORTING, SAYING, STAFF, TALKED,
};
use super::token::Token;

/// How a name is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context {
    /// In which way.
    pub kind: CitingKind,
    /// The first token of the citing words, the name's included.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// Whether the words cite an outlet whatever the name is: "first reported by".
    pub strong: bool,
}

/// Words before the name that are skipped at most.
const LEADS: usize = 6;
/// Words between a verb and its preposition at most.
const FILLED: usize = 5;
/// Words between the name and its verb at most.
const BEHIND: usize = 7;

/// How the name is cited, by the words before it, else by those behind it.
pub(super) fn context(tokens: &[Token<'_>], mention: &Mention) -> Option<Context> {
    let left = left(tokens, mention);
    let right = right(tokens, mention);
    match (left, right) {
        (_, Some(right)) if right.kind == CitingKind::FirstReportedBy => Some(right),
        (Some(left), Some(right)) => {
            Some(Context { last: right.last, ..left }).filter(|_| left.kind == CitingKind::Reported).or(Some(left))
        }
        (left, right) => left.or(right),
    }
}

/// The token before `at`, leading words skipped.
fn before(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let mut here = at.checked_sub(1)?;
    for _ in 0..LEADS {
        let token = &tokens[here];
        let adjective =
            token.capital && !token.mark && here + 1 < at && !token.is_any(&["according", "citing", "via", "source"]);
        let by_reporter = token.is_any(&["by", "of", "from", "at", "reporters", "reporter"]) && here + 1 == at;
        if token.mark || by_reporter || !(token.is_any(LEADING) || adjective || token.possessive) {
            break;
        }
        here = here.checked_sub(1)?;
    }
    Some(here)
}

/// The nearest of the few tokens before `at` for which `is_it` holds, fillers skipped.
fn behind_fillers(tokens: &[Token<'_>], at: usize, is_it: &dyn Fn(&Token<'_>) -> bool) -> Option<usize> {
    let mut here = at.checked_sub(1)?;
    for _ in 0..FILLED {
        if is_it(&tokens[here]) {
            return Some(here);
        }
        let number = tokens[here].words.chars().all(|letter| letter.is_ascii_digit());
        if tokens[here].mark || !(tokens[here].is_any(FILLERS) || number) {
            return None;
        }
        here = here.checked_sub(1)?;
    }
    None
}

fn is_first(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    tokens[from..=to].iter().any(|token| token.is_any(FIRST))
}

fn left(tokens: &[Token<'_>], mention: &Mention) -> Option<Context> {
    let at = before(tokens, mention.first)?;
    let token = &tokens[at];
    let found = |kind, first, strong| Some(Context { kind, first, last: mention.last, strong });
    if token.is_any(&["citing", "crediting", "quoting"]) {
        return found(CitingKind::Citing, at, false);
    }
    if token.is_any(&["cited", "cites", "quoted", "quotes"]) && !token.mark {
        return found(CitingKind::Citing, at, false);
    }
    if token.is_any(&["told", "tells", "telling", "informed"]) {
        return found(CitingKind::Told, at, false);
    }
    // "Open it via vint.example" is no credit: that stands apart, "(via the Observer)", or at the head of a line.
    let apart = at == 0 || tokens[at - 1].mark;
    if token.is_any(&["h/t", "per", "hat-tip"]) || (token.lower == "via" && apart) {
        let kind = if token.lower == "per" { CitingKind::AccordingTo } else { CitingKind::Credit };
        return found(kind, at, false);
    }
    if token.mark && token.words == ":" && at > 0 && tokens[at - 1].is_any(&["source", "sources", "via", "credit"]) {
        return found(CitingKind::Credit, at - 1, true);
    }
    if token.is_any(&["reports", "reported", "writes", "wrote", "says", "said", "notes"])
        && at > 0
        && tokens[at - 1].mark
    {
        return found(CitingKind::Reported, at, false);
    }
    if token.lower == "to" && at > 0 {
        if tokens[at - 1].lower == "according" {
            return found(CitingKind::AccordingTo, at - 1, false);
        }
        if let Some(verb) = behind_fillers(tokens, at, &|token| token.is_any(&["interview", "interviews"])) {
            return found(CitingKind::Interview, verb, true);
        }
        if let Some(verb) = behind_fillers(tokens, at, &|token| token.is_any(&["responding", "answering", "reacting"]))
        {
            return found(CitingKind::Reported, verb, false);
        }
        // "confirmed the report to the Post": what was confirmed may stand between.
        let near = (1..=4).filter_map(|step| at.checked_sub(step)).take_while(|here| !tokens[*here].mark);
        if let Some(verb) = near.into_iter().find(|here| tokens[*here].is_any(TALKED)) {
            return found(CitingKind::Told, verb, false);
        }
    }
    if token.lower == "with" {
        if let Some(verb) = behind_fillers(tokens, at, &|token| token.is_any(&["interview", "interviews"])) {
            return found(CitingKind::Interview, verb, true);
        }
        if let Some(verb) = behind_fillers(tokens, at, &|token| token.is_any(&["spoke", "talked", "conversation"])) {
            return found(CitingKind::Told, verb, false);
        }
    }
    if token.is_any(&["in", "by", "from", "on", "of", "at"]) {
        return placed(tokens, at, mention);
    }
    None
}

/// "a report in the Post", "first reported by the Post", "published on vint.example".
fn placed(tokens: &[Token<'_>], at: usize, mention: &Mention) -> Option<Context> {
    let found = |kind, first, strong| Some(Context { kind, first, last: mention.last, strong });
    let by = tokens[at].lower == "by";
    let verb = behind_fillers(tokens, at, &|token| {
        token.is_any(PUBLISHED) && !token.is_any(FIRST) || token.is_any(&["broken", "broke"])
    });
    if let Some(verb) = verb.filter(|_| !tokens[at].is_any(&["from", "of", "at"])) {
        let from = verb.saturating_sub(2);
        let told = tokens[verb].is_any(&["told"]);
        if is_first(tokens, from, at) && !told {
            let first = (from..=verb).find(|here| tokens[*here].is_any(FIRST)).unwrap_or(verb);
            return found(CitingKind::FirstReportedBy, first, by);
        }
        let strong = by && tokens[verb].is_any(&["reported", "published", "broadcast", "quoted", "saying"]);
        if !told {
            return found(CitingKind::Reported, verb, strong);
        }
    }
    let noun = behind_fillers(tokens, at, &|token| token.is_any(PIECES))?;
    if tokens[noun].lower == "interview" {
        return found(CitingKind::Interview, noun, false);
    }
    let start = noun.saturating_sub(5);
    let according =
        (start..noun).rev().find(|here| tokens[*here].lower == "according" && tokens[*here + 1].lower == "to");
    if let Some(first) = according {
        return found(CitingKind::AccordingTo, first, by);
    }
    let report = tokens[noun].is_any(&["report", "story", "article", "scoop", "exclusive"]);
    found(CitingKind::Reported, noun, report && by)
}

fn right(tokens: &[Token<'_>], mention: &Mention) -> Option<Context> {
    let found = |kind, last, strong| Some(Context { kind, first: mention.first, last, strong });
    let mut at = mention.last + 1;
    if tokens[mention.last].possessive {
        // "the Post's report", "the Post's Otto Frane reported": what it has published, or who writes for it.
        let near = (at..tokens.len().min(at + 4)).take_while(|here| !tokens[*here].mark);
        let noun = near.into_iter().find(|here| tokens[*here].is_any(PIECES) || tokens[*here].is_any(REPORTING));
        return noun.and_then(|noun| found(CitingKind::Reported, noun, false));
    }
    let mut first = false;
    let mut own = false;
    let mut staff = false;
    for step in 0..BEHIND {
        let token = tokens.get(at)?;
        if token.mark {
            // "the Post (a daily) reported", "the Post, which first reported the call": only right behind the name.
            let clause = token.words == ","
                && tokens.get(at + 1).is_some_and(|next| next.is_any(&["which", "who", "citing", "in"]));
            if token.words == ","
                && step == 0
                && tokens.get(at + 1).is_some_and(|next| next.is_any(&["citing", "quoting"]))
            {
                return found(CitingKind::Reported, mention.last, false);
            }
            // "Seaboard, the agency, has it too": what stands beside the name is passed over.
            let apposed = token.words == ","
                && step == 0
                && tokens.get(at + 1).is_some_and(|next| next.is_any(&["the", "a", "an"]));
            if apposed && let Some(close) = (at + 2..tokens.len().min(at + 8)).find(|here| tokens[*here].mark) {
                at = close + 1;
                continue;
            }
            // "Otto Frane, of the Vint Observer, reported".
            let of = mention.first.checked_sub(2).is_some_and(|lead| {
                tokens[lead].is_any(&["of", "at", "from"]) || tokens[lead + 1].is_any(&["of", "at", "from"])
            });
            if token.words == "," && step == 0 && of && tokens.get(at + 1).is_some_and(|next| next.is_any(REPORTING)) {
                return found(CitingKind::Reported, at + 1, false);
            }
            if token.words == "(" && step == 0 {
                let close = (at..tokens.len().min(at + 6)).find(|here| tokens[*here].words == ")")?;
                at = close + 1;
                continue;
            }
            if !(clause && step == 0) {
                return None;
            }
            at += 1;
            continue;
        }
        if token.is_any(CONFIRMING) {
            return found(CitingKind::HeardToo, at, false);
        }
        if token.is_any(REPORTING)
            && !(token.lower == "report" && step > 0 && tokens[at - 1].is_any(&["a", "its", "the"]))
        {
            first |= token.is_any(&["broke"]);
            let kind = if first { CitingKind::FirstReportedBy } else { CitingKind::Reported };
            let strong = token.is_any(&["reported", "reports"]) && !own;
            return found(kind, at, strong);
        }
        if token.is_any(SAYING) {
            return found(CitingKind::Reported, at, false);
        }
        if token.is_any(PIECES) && token.lower != "news" && step == 0 {
            return found(CitingKind::Reported, at, false);
        }
        if token.is_any(&["has", "had", "have", "is", "was"]) && is_too(tokens, at) {
            return found(CitingKind::HeardToo, at, false);
        }
        if token.lower == "was" && tokens.get(at + 1).is_some_and(|next| next.lower == "first") {
            return found(CitingKind::FirstReportedBy, at + 1, false);
        }
        // "the Observer's columnist", "Observer columnist Otto Frane wrote".
        if token.is_any(STAFF) || (staff && token.capital) {
            staff = true;
            at += 1;
            continue;
        }
        first |= token.is_any(FIRST);
        own |= token.is_any(&["who"]);
        if !token.is_any(BETWEEN) && !token.words.chars().all(|letter| letter.is_ascii_digit()) {
            return None;
        }
        at += 1;
    }
    None
}

/// "has the story from an official, too", "has a source of its own": said of the report, on ground of its own.
fn is_too(tokens: &[Token<'_>], at: usize) -> bool {
    let rest = &tokens[at..tokens.len().min(at + 14)];
    let piece = rest.iter().take(4).any(|token| token.is_any(&["story", "report", "account", "source", "news"]));
    let too = rest.iter().any(|token| token.is_any(&["too", "also", "separately", "independently"]));
    let own = rest.windows(3).any(|three| three[0].lower == "of" && three[1].lower == "its" && three[2].lower == "own");
    piece && (too || own)
}
