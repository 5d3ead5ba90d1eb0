//! Who did what to whom, around one figure. Simple rules that would rather leave a role open than guess it.

use onrecord_evidence::TextRange;

use super::counted::phrase_end;
use super::quantity::at_before;
use super::table::Flags;
use super::token::{Kind, Line};
use super::{Roles, Voice};

/// Words that an agent or a patient may have.
const MOST_WORDS: usize = 14;
/// Words between a figure's noun and the verb behind it.
const FAR: usize = 7;

const ACTION: Flags = Flags::FINITE.with(Flags::BASE).with(Flags::GERUND);
const DONE: Flags = Flags::PARTICIPLE;

/// The roles in the clause of a figure whose words, bounds and noun are the tokens `start` to `end`.
pub(super) fn roles(line: &Line<'_>, start: usize, end: usize) -> Option<Roles> {
    let before = before(line, start, end);
    // "The ministry reported [12 soldiers] were killed": what is reported is the clause behind.
    let told = before.as_ref().is_some_and(|(_, told)| *told);
    let behind = (told || before.is_none()).then(|| behind(line, start, end)).flatten();
    // "They said [12 soldiers]": what is said is a clause, never a thing.
    let clause = |roles: &Roles| {
        const SAY: [&str; 14] = [
            "say", "says", "said", "saying", "tell", "tells", "told", "state", "stated", "insists", "insisted",
            "alleges", "asserts", "asserted",
        ];
        roles.verb.slice(line.text()).is_some_and(|verb| SAY.contains(&verb))
    };
    behind.or(before.map(|(roles, _)| roles).filter(|roles| !clause(roles)))
}

/// "Orland intercepted [84 drones]".
fn before(line: &Line<'_>, start: usize, end: usize) -> Option<(Roles, bool)> {
    let mut last = start.checked_sub(1)?;
    while last > 0
        && (matches!(
            line.lower(last),
            "the" | "its" | "his" | "her" | "their" | "all" | "only" | "just" | "a" | "an" | "also"
        ) || line.is_adverb(last))
    {
        last -= 1;
    }
    let particle = line.has(last, Flags::PARTICLE) && !line.has(last, Flags::PARTICIPLE.with(Flags::PAST));
    let verb = if particle { last.checked_sub(1)? } else { last };
    if line.has(verb, Flags::FUNCTION) {
        return None;
    }
    let known = line.has(verb, ACTION) && !line.has(verb, Flags::UNDERGO);
    let shaped = !particle
        && line.is_word(verb)
        && !line.capital(verb)
        && line.lower(verb).len() > 4
        && line.lower(verb).ends_with("ed");
    if !(known || shaped) {
        return None;
    }
    let group = Group::before(line, verb);
    // A bare form without "to" or a modal in a sentence is a noun: "an attack [12 ...]".
    let bare = line.has(verb, Flags::BASE) && !line.has(verb, Flags::FINITE) && !line.has(verb, Flags::GERUND);
    let determined = line.has(at_before(line, verb), Flags::DETERMINER)
        || line.has(at_before(line, verb), Flags::PREPOSITION) && !line.has(verb, Flags::GERUND);
    if group.passive
        || determined && group.first == verb
        || (bare && group.first == verb && !line.title() && verb > 0 && !line.is_plural(verb - 1))
    {
        return None;
    }
    let participle = line.has(verb, Flags::GERUND) && group.first == verb;
    let agent = if participle { None } else { subject(line, group.first).map(|(first, end)| line.range(first, end)) };
    let told = line.has(verb, Flags::DOUBTFUL);
    let verb = line.range(verb, if particle { last + 1 } else { verb + 1 });
    let roles = Roles {
        agent,
        verb,
        patient: Some(line.range(start, end)),
        voice: Voice::Active,
        negated: group.negated.map(|at| line.range(at, at + 1)),
    };
    Some((roles, told))
}

/// "[84 drones] were shot down by Orland", "[12 soldiers] killed three civilians", "[12 people] died".
fn behind(line: &Line<'_>, start: usize, end: usize) -> Option<Roles> {
    // A figure inside of a prepositional phrase is not the subject of what follows.
    let lead = at_before(line, start);
    if line.has(lead, Flags::PREPOSITION) || line.lower(lead) == "of" {
        return None;
    }
    let own = line.range(start, end);
    let mut at = end;
    // One prepositional phrase may stand between noun and verb: "84 drones over the bay were ...".
    if line.has(at, Flags::PREPOSITION) && line.lower(at) != "by" {
        let skipped = (at + 1..at + FAR)
            .find(|at| line.has(*at, Flags::AUXILIARY) || !line.is_word(*at) || line.has(*at, Flags::BOUNDARY))?;
        at = Some(skipped).filter(|at| {
            line.has(*at, Flags::BE) || matches!(line.lower(*at), "have" | "has" | "had" | "may" | "could")
        })?;
    }
    let mut passive = false;
    let mut auxiliary = false;
    let mut negated = None;
    let first = at;
    while at < first + FAR && (line.has(at, Flags::AUXILIARY) || line.is_adverb(at) || line.lower(at) == "also") {
        passive |= line.has(at, Flags::BE) && !line.has(at, Flags::default());
        auxiliary |= line.has(at, Flags::AUXILIARY);
        if line.has(at, Flags::NEGATION) {
            negated = Some(line.range(at, at + 1));
        }
        at += 1;
    }
    // "Were being shot down", but "were shooting": the last form decides.
    let particle = usize::from(line.has(at + 1, Flags::PARTICLE));
    let after = at + 1 + particle;
    let verb = line.range(at, after);
    if line.has(at, Flags::UNDERGO) && (line.has(at, Flags::FINITE) || auxiliary) {
        return Some(Roles {
            agent: None,
            verb: line.range(at, at + 1),
            patient: Some(own),
            voice: Voice::Active,
            negated,
        });
    }
    if !passive && line.has(at, Flags::ALONE) && (line.has(at, Flags::FINITE) || auxiliary) && !is_object(line, at + 1)
    {
        return Some(Roles {
            agent: Some(own),
            verb: line.range(at, at + 1),
            patient: None,
            voice: Voice::Active,
            negated,
        });
    }
    let shaped = passive
        && line.is_word(at)
        && line.lower(at).len() > 4
        && (line.lower(at).ends_with("ed") || line.lower(at).ends_with("en"));
    if passive && (line.has(at, DONE) || shaped) {
        return Some(Roles { agent: by(line, after), verb, patient: Some(own), voice: Voice::Passive, negated });
    }
    if passive || !(line.has(at, Flags::FINITE.with(DONE)) || (auxiliary && line.has(at, Flags::BASE))) {
        return None;
    }
    // No auxiliary: "84 drones intercepted by", "12 people arrested in" against "12 soldiers killed three civilians".
    if is_object(line, after) {
        let finite = auxiliary || line.has(at, Flags::FINITE);
        let patient = object_range(line, after);
        return finite.then_some(Roles { agent: Some(own), verb, patient, voice: Voice::Active, negated });
    }
    // Without an object a transitive verb is passive; verbs of saying and those that do without an object are left alone.
    let open = line.has(at, Flags::DOUBTFUL)
        || matches!(
            line.lower(at),
            "left"
                | "wanted"
                | "needed"
                | "sought"
                | "came"
                | "run"
                | "won"
                | "lost"
                | "attended"
                | "voted"
                | "returned"
                | "visited"
                | "drove"
                | "closed"
                | "opened"
                | "entered"
                | "joined"
                | "crossed"
        );
    let follows = line.has(after, Flags::PREPOSITION);
    let reduced = !auxiliary && line.has(at, DONE) && follows && (!open || line.lower(after) == "by");
    reduced.then(|| Roles { agent: by(line, after), verb, patient: Some(own), voice: Voice::Passive, negated })
}

/// Whether an object may begin at `at`.
fn is_object(line: &Line<'_>, at: usize) -> bool {
    let closed =
        Flags::PREPOSITION.with(Flags::BOUNDARY).with(Flags::AUXILIARY).with(Flags::PARTICLE).with(Flags::WEEKDAY);
    let none = matches!(line.lower(at), "and" | "or" | "but" | "yesterday" | "today" | "overnight" | "here" | "there");
    line.is_digits(at) || (line.is_word(at) && !line.has(at, closed) && !none && !line.is_adverb(at))
}

/// Auxiliaries before a verb.
pub(super) struct Group {
    /// The first of them, or the verb.
    pub(super) first: usize,
    passive: bool,
    negated: Option<usize>,
}

impl Group {
    pub(super) fn before(line: &Line<'_>, verb: usize) -> Self {
        let mut group = Self { first: verb, passive: false, negated: None };
        while group.first > 0 && verb - group.first < FAR {
            let at = group.first - 1;
            let control = line.lower(group.first) == "to"
                && line.has(at, Flags::FINITE.with(Flags::DOUBTFUL))
                && !line.has(at, Flags::FUNCTION);
            let failed = line.lower(group.first) == "to" && matches!(line.lower(at), "failed" | "fails" | "refused");
            let adverb =
                line.is_adverb(at) || matches!(line.lower(at), "also" | "only" | "still" | "now" | "already" | "just");
            if !(line.has(at, Flags::AUXILIARY) || adverb || control || failed) {
                break;
            }
            if line.has(at, Flags::NEGATION) || failed {
                group.negated = Some(at);
            }
            // "Was killing" is active, "was killed" is not.
            group.passive |= line.has(at, Flags::BE) && !line.has(verb, Flags::GERUND) && group.first == verb;
            group.first = at;
        }
        group
    }
}

/// The tokens of the noun phrase that ends before `end`, back to the edge of its clause; `None` where something else may be in it.
pub(super) fn subject(line: &Line<'_>, end: usize) -> Option<(usize, usize)> {
    let mut end = end;
    let relative = at_before(line, end);
    if matches!(line.lower(relative), "who" | "which" | "that") {
        // "A gunman who killed 12": the noun before it, where it stands directly there.
        end = relative;
        if end == 0 || line.is_sign(end - 1, &[',']) {
            return None;
        }
    }
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS {
        let at = start - 1;
        let stop = line.has(at, Flags::BOUNDARY)
            || line.is_sign(at, &[',', ';', ':', '"', '“', '”', '(', ')', '—', '–', '.', '‘', '!', '?'])
                && !abbreviation(line, at);
        let verb = line.has(at, Flags::PAST.with(Flags::AUXILIARY).with(Flags::DOUBTFUL))
            && !line.capital(at)
            && line.lower(at) != "to";
        if stop || verb || (line.lower(at) == "and" && !(line.capital(at + 1) && at > 0 && line.capital(at - 1))) {
            break;
        }
        start = at;
    }
    if end - start >= MOST_WORDS || start == end {
        return None;
    }
    while start < end && line.is_sign(start, &['-', '–', '~', '*', '•', '·', '…']) {
        start += 1;
    }
    // "And intercepted 84": the subject stands further back, and could be any of those before.
    while start < end
        && (line.is_adverb(start)
            || matches!(line.lower(start), "also" | "then" | "meanwhile" | "however" | "yesterday" | "today"))
    {
        start += 1;
    }
    if start == end
        || line.has(start, Flags::PREPOSITION)
        || !has_noun(line, start, end)
        || matches!(line.kind(start), Some(Kind::Possessive))
    {
        return None;
    }
    Some((start, end))
}

/// A full stop inside of "U.S." or behind "Gen".
fn abbreviation(line: &Line<'_>, at: usize) -> bool {
    line.is_sign(at, &['.'])
        && line.glued(at)
        && line.word(at.wrapping_sub(1)).len() <= 3
        && line.capital(at.wrapping_sub(1))
}

fn has_noun(line: &Line<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|at| {
        line.is_word(at)
            && (!line.has(at, Flags::FUNCTION)
                || matches!(line.lower(at), "he" | "she" | "it" | "they" | "we" | "i" | "others" | "both" | "all"))
    })
}

/// The agent of "... by Orland"; not "by Thursday" and not "by 5 per cent".
fn by(line: &Line<'_>, from: usize) -> Option<TextRange> {
    let at = (from..from + FAR)
        .take_while(|at| !line.has(*at, Flags::BOUNDARY) && !line.is_sign(*at, &[';', ':', ',']))
        .find(|at| line.lower(*at) == "by")?;
    let start = at + 1;
    let name = start + usize::from(line.has(start, Flags::DETERMINER));
    if !line.is_word(name)
        || line.has(name, Flags::MONTH.with(Flags::WEEKDAY).with(Flags::TIME).with(Flags::GERUND))
            && !line.has(name, Flags::IRREGULAR)
    {
        return None;
    }
    object_range(line, start)
}

/// The noun phrase that begins at `start`, with its determiner or number.
fn object_range(line: &Line<'_>, start: usize) -> Option<TextRange> {
    let mut at = start;
    while at < start + 3
        && (line.has(at, Flags::DETERMINER) || line.is_digits(at) || matches!(line.lower(at), "at" | "least" | "about"))
    {
        at += 1;
    }
    let mut end = phrase_end(line, at)?;
    // "The Ministry of Works": names go on behind "of".
    while line.lower(end) == "of" && line.is_word(end + 1) && end < start + MOST_WORDS {
        let next = end + 1 + usize::from(line.has(end + 1, Flags::DETERMINER));
        match phrase_end(line, next) {
            Some(further) => end = further,
            None => break,
        }
    }
    Some(line.range(start, end))
}
