//! Finds the names of a text with their titles. Not whom they name: that is the next step.

use std::collections::HashSet;

use super::adjective::has_adjective;
use super::begin::{agency_behind, behind_adjective, firm_behind, is_org_head, longest, starts, surnames};
use super::lists::{self, COMMON, PARTICLES};
use super::party::PartyKind;
use super::tables::PartyTables;
use super::token::{Shape, Words};

/// What the words of a name show.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// A title, a given name.
    Person,
    /// The last word shows a body.
    Body(PartyKind),
    /// In the tables.
    Known(PartyKind),
    /// Nothing.
    Open,
}

/// A name as it stands, by token index, both ends inclusive.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub first: usize,
    pub last: usize,
    /// Title words before it: first token and last token.
    pub title: Option<(usize, usize)>,
    pub shown: Shown,
    /// Its words are part of a longer name ("the Clinton campaign").
    pub nested: bool,
}

/// All names of the text, in text order; nested ones behind the longer one.
pub(super) fn names(words: &Words<'_>, tables: &PartyTables) -> Vec<Name> {
    let mut found = Vec::new();
    let surnames = surnames(words, tables);
    for sentence in 0..words.sentences.len() {
        let range = words.sentences[sentence].clone();
        let titled = words.titled[sentence];
        let mut at = range.start;
        while at < range.end {
            at = if starts(words, tables, at, range.start, titled) {
                chunk(words, tables, &surnames, at, range.end, titled, &mut found)
            } else {
                at + 1
            };
        }
    }
    found
}

/// Reads the run of capitals that begins at `at`, adds its names, gives where to go on.
fn chunk(
    words: &Words<'_>,
    tables: &PartyTables,
    surnames: &HashSet<String>,
    at: usize,
    limit: usize,
    titled: bool,
    found: &mut Vec<Name>,
) -> usize {
    let mut end = at;
    if let Some(next) = behind_adjective(words, tables, at) {
        return next;
    }
    // First the run of capitals with the particles of persons.
    while end + 1 < limit {
        let next = end + 1;
        let token = &words.tokens[next];
        let stopped = words.tokens[end].range.end != token.range.start
            && words.text[words.tokens[end].range.end as usize..token.range.start as usize].contains('\n');
        if stopped || token.sentence != words.tokens[at].sentence {
            break;
        }
        if token.is_capital()
            && (!lists::has(COMMON, &token.lower)
                || lists::has(lists::INSIDE, &token.lower)
                || token.shape == Shape::Upper
                || (token.lower.len() > 2 && tables.given.contains_key(&token.lower)))
            && (!titled || words.capital.contains(&token.lower))
        {
            end = next;
        } else if token.lower == "&" && words.tokens.get(next + 1).is_some_and(|after| after.is_capital()) {
            end = next + 1;
        } else if token.shape == Shape::Lower && lists::has(PARTICLES, &token.lower) {
            let mut to = next;
            while to + 1 < limit && words.shape(to + 1) == Shape::Lower && lists::has(PARTICLES, words.at(to + 1)) {
                to += 1;
            }
            if to + 1 < limit && words.shape(to + 1) == Shape::Capital && !lists::has(COMMON, words.at(to + 1)) {
                end = to + 1;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    // "Secretary of State John Kerry", "Department of Justice", "University of Texas at Austin".
    let mut of = false;
    while end + 2 < limit.max(2) && end + 1 < limit {
        let link = words.at(end + 1);
        let mut to = end + 2;
        if words.at(to) == "the" {
            to += 1;
        }
        let head = is_org_head(words, tables, end).is_some() || of;
        let post = lists::has(&["secretary", "ministry", "department", "minister"], words.at(end));
        let links = match link {
            "of" => head || post,
            "for" => head && !lists::has(&["senate", "house", "party"], words.at(end)),
            "and" if end == at && !of => agency_behind(words, tables, at, to),
            "and" if !of && firm_behind(words, to) => true,
            "and" => {
                of && end > at
                    && words.shape(end) == Shape::Capital
                    && words.tokens.get(to + 1).is_none_or(|token| !token.is_capital())
                    && !tables.given.contains_key(words.at(to))
                    && lists::has(
                        &[
                            "department",
                            "ministry",
                            "committee",
                            "commission",
                            "office",
                            "bureau",
                            "centers",
                            "center",
                            "council",
                            "endowment",
                            "institute",
                        ],
                        words.at(at),
                    )
            }
            "at" => of && lists::has(&["university"], words.at(at)),
            "on" => {
                head && lists::has(
                    &["committee", "commission", "subcommittee", "council", "center", "conference"],
                    words.at(end),
                )
            }
            _ => false,
        };
        let fits = links && to < limit && words.tokens[to].is_capital() && !lists::has(COMMON, words.at(to)) && !titled;
        if !fits {
            break;
        }
        of = true;
        end = to;
        while end + 1 < limit && words.tokens[end + 1].is_capital() && !lists::has(COMMON, words.at(end + 1)) {
            end += 1;
        }
    }
    split(words, tables, surnames, at, end, found);
    end + 1
}

/// Splits a run of capitals into titles, known names and the rest.
fn split(
    words: &Words<'_>,
    tables: &PartyTables,
    surnames: &HashSet<String>,
    at: usize,
    end: usize,
    found: &mut Vec<Name>,
) {
    if at > end {
        return;
    }
    // The last title with something behind it.
    let mut title_end = None;
    let mut index = at;
    while index < end {
        let mut to = index;
        let mut word = words.at(index).to_owned();
        let mut is_title = false;
        for last in index..end.min(index + 3) {
            if last > index {
                word.push(' ');
                word.push_str(words.at(last));
            }
            if (tables.address.contains_key(&word) || tables.role(&word).is_some()) && !surnames.contains(&word) {
                is_title = true;
                to = last;
            }
        }
        if is_title
            && to == index
            && index == at
            && tables.given.contains_key(words.at(index))
            && !words.text[words.tokens[index].range.indices()].ends_with('.')
        {
            is_title = false;
        }
        if is_title && words.at(to + 1) == "of" {
            // "Secretary of State John Kerry": the post's words end before a given name or the last word.
            let mut post = to + 2;
            while post < end && !tables.given.contains_key(words.at(post)) {
                post += 1;
            }
            if post <= end && post > to + 2 {
                to = post - 1;
            } else {
                is_title = false;
            }
        }
        let rest_is_body = is_org_head(words, tables, to + 1).is_some()
            && !tables.given.contains_key(words.at(to + 1))
            && to + 1 == end
            || is_org_head(words, tables, end).is_some()
                && !tables.given.contains_key(words.at(to + 1))
                && tables.role(words.at(end)).is_none();
        if is_title && !rest_is_body && to < end {
            title_end = Some(to);
            index = to + 1;
        } else {
            index += 1;
        }
    }
    if let Some(to) = title_end {
        // Bodies named in the title are names of their own: "Kremlin Spokesman Dmitry Peskov".
        let mut inside = at;
        while inside <= to {
            if let Some((last, known)) = longest(words, tables, inside, to + 1) {
                found.push(Name { first: inside, last, title: None, shown: Shown::Known(known.kind), nested: true });
                inside = last;
            }
            inside += 1;
        }
        push(words, tables, surnames, to + 1, end, Some((at, to)), found);
        return;
    }
    // A known name at the start or the end of the run.
    if let Some((last, known)) = longest(words, tables, at, end + 1)
        && (last == end
            || (last > at && last < end)
            || (known.place && words.at(last + 1) != "of" && tables.given.contains_key(words.at(last + 1))))
    {
        let whole_body = last < end && is_org_head(words, tables, end).is_some();
        if !whole_body {
            found.push(Name { first: at, last, title: None, shown: Shown::Known(known.kind), nested: false });
            split(words, tables, surnames, last + 1, end, found);
            return;
        }
    }
    // A demonym or a party's adjective before a person: "Russian Dmitry Peskov", "Republican Donald Trump".
    if at < end
        && (tables.demonyms.contains_key(words.at(at))
            || lists::has(&["republican", "democrat", "democratic", "gop"], words.at(at)))
        && tables.given.contains_key(words.at(at + 1))
    {
        push(words, tables, surnames, at + 1, end, Some((at, at)), found);
        return;
    }
    push(words, tables, surnames, at, end, None, found);
}

fn push(
    words: &Words<'_>,
    tables: &PartyTables,
    surnames: &HashSet<String>,
    first: usize,
    last: usize,
    title: Option<(usize, usize)>,
    found: &mut Vec<Name>,
) {
    if first > last || !(first..=last).any(|at| words.tokens[at].is_capital()) {
        return;
    }
    let mut shown = Shown::Open;
    let lower = words.at(first);
    if title.is_some_and(|(at, to)| {
        (at..=to).any(|at| tables.role(words.at(at)).is_some() || tables.address.contains_key(words.at(at)))
    }) {
        shown = Shown::Person;
    } else if let Some((end, known)) = longest(words, tables, first, last + 1).filter(|(end, _)| *end == last) {
        let _ = end;
        shown = Shown::Known(known.kind);
    } else if let Some(kind) = is_org_head(words, tables, last) {
        shown = if first == last && tables.given.contains_key(lower) { Shown::Open } else { Shown::Body(kind) };
    } else if (first..=last).any(|at| lists::has(&["of", "&", "and"], words.at(at))) {
        let kind = (first..=last).find_map(|at| is_org_head(words, tables, at)).unwrap_or(PartyKind::Institution);
        shown = Shown::Body(kind);
    } else if first < last && tables.given.contains_key(lower) && last - first < 5 {
        shown = Shown::Person;
    } else if first == last && words.shape(first) == Shape::Upper && words.at(first).len() > 1 {
        shown = Shown::Body(PartyKind::Institution);
    }
    // "First Minister of Orsia": the place is the name.
    let link = (first..last).find(|at| words.at(*at) == "of").filter(|at| title.is_none() && at + 1 == last);
    let rules = |class: &str| lists::has(&["head-of-state", "head-of-government"], class);
    let made = || has_adjective(words, words.at(last));
    let class = link.and_then(|at| super::office::role_ending(words, tables, at.checked_sub(1)?));
    if class.is_some_and(|(_, class)| rules(class) || made()) {
        return push(words, tables, surnames, last, last, None, found);
    }
    // "Republicans", "Americans", "Republican", "Democratic": no names.
    if first == last
        && (tables.demonyms.contains_key(lower)
            || lists::has(
                &[
                    "republican",
                    "republicans",
                    "democrat",
                    "democrats",
                    "democratic",
                    "conservatives",
                    "liberals",
                    "muslim",
                    "muslims",
                    "christian",
                    "christians",
                    "jewish",
                    "jews",
                    "catholic",
                    "catholics",
                    "latino",
                    "latinos",
                    "hispanic",
                    "hispanics",
                    "african-american",
                    "african-americans",
                    "english",
                    "libertarian",
                    "internet",
                    "american",
                    "americans",
                    "i'm",
                    "i've",
                    "black",
                    "blacks",
                    "asian",
                    "islamic",
                    "western",
                ],
                lower,
            ))
    {
        return;
    }
    if first < last
        && title.is_none()
        && !tables.given.contains_key(lower)
        && tables.role(words.at(last)).is_some()
        && !surnames.contains(words.at(last))
        && !matches!(shown, Shown::Known(_) | Shown::Body(_))
    {
        return;
    }
    if first == last
        && (tables.address.contains_key(lower) && title.is_none() && !tables.given.contains_key(lower)
            || lists::has(lists::NO_NAMES, lower))
    {
        return;
    }
    if first == last
        && title.is_none()
        && !surnames.contains(lower)
        && (tables.role(lower).is_some() || tables.bodies.contains_key(lower) && !matches!(shown, Shown::Known(_)))
    {
        return;
    }
    // "the Clinton campaign", "the Trump administration", "a Bloomberg poll".
    let mut to = last + 1;
    while to < last + 4 && words.shape(to) == Shape::Lower && lists::has(super::works::POLL_WORDS, words.at(to)) {
        to += 1;
    }
    let suffix = words.at(to);
    let same = words
        .tokens
        .get(to)
        .is_some_and(|token| token.sentence == words.tokens[last].sentence && token.shape == Shape::Lower);
    let group = same && to == last + 1 && lists::has(&["campaign", "administration", "foundation", "camp"], suffix);
    let document = same && lists::has(&["poll", "survey", "study"], suffix);
    if same && to == last + 1 && lists::has(&["magazine", "newspaper"], suffix) && !matches!(shown, Shown::Known(_)) {
        shown = Shown::Body(PartyKind::Outlet);
    }
    if (group || document) && title.is_none() {
        let kind = if document { PartyKind::Document } else { PartyKind::Group };
        found.push(Name { first, last: to, title: None, shown: Shown::Body(kind), nested: false });
        found.push(Name { first, last, title, shown, nested: true });
        return;
    }
    found.push(Name { first, last, title, shown, nested: false });
}
