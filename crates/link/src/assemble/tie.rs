//! Links between claims: what is said together in one content, what is said in a talk and the talk, figures that conflict or follow each other.
//! Being of one event in the sense of one story links nothing: a denial would be carried where nobody denied.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::Act;
use onrecord_evidence::{ClaimId, EventId, StatementId};

use super::follow::follow;
use super::linked::LinkedClaim;
use super::names::words;
use super::refer::is_day;
use crate::claims::{self, ClaimLinkKind, Statement, Tense};
use crate::figure::compare;
use crate::position::{ClaimKey, ClaimKind, ClaimLink, Evidence, LinkKind, Stance};

/// Claims of one event that are compared with each other.
const MOST_CLAIMS: usize = 64;
/// Figures of a claim that are compared with others.
const MOST_FIGURES: usize = 8;
/// Stems of words for a talk, in which something is then said.
const TALKS: &[&str] =
    &["call", "phon", "telephon", "spok", "speak", "talk", "met", "meet", "conversation", "rang", "rung", "ring"];
/// Stems of words for what is said in it.
const SAYINGS: &[&str] = &[
    "warn", "told", "tell", "urg", "remind", "threaten", "offer", "promis", "demand", "insist", "assur", "ask", "advis",
];

/// Adds the links to the records.
pub(super) fn tie(claims: &mut [LinkedClaim], found: &[claims::ClaimLink]) {
    let place: BTreeMap<ClaimId, usize> = claims.iter().enumerate().map(|(index, claim)| (claim.id, index)).collect();
    let mut links: BTreeMap<usize, Vec<ClaimLink>> = BTreeMap::new();
    for link in found {
        let (Some(from), Some(to)) = (place.get(&link.from), place.get(&link.to)) else {
            continue;
        };
        // Parts of one content stand side by side: who denies one of them has not denied the other.
        let affirmed = |claim: &LinkedClaim| {
            claim.record.utterances.iter().any(|one| Stance::of(one.act, false) == Stance::Affirms)
        };
        if from == to
            || link.kind != ClaimLinkKind::Presupposes
            || !affirmed(&claims[*to])
            || claims[*to].canonical.is_negated
            || !claims[*to].record.kind.has_standing()
        {
            continue;
        }
        let talk =
            claims[*to].statements.iter().find(|one| one.statement.id == link.to_statement).map(|one| &one.statement);
        let is_talk = |one: &Statement| {
            one.proposition.tense != Tense::Ahead
                && one.proposition.stems.iter().any(|stem| TALKS.contains(&stem.text.as_str()))
        };
        if !talk.is_some_and(is_talk) {
            continue;
        }
        let mut evidence = evidence_of(&claims[*from], link.from_statement);
        evidence.extend(evidence_of(&claims[*to], link.to_statement));
        links.entry(*from).or_default().push(link_to(&claims[*to], LinkKind::Presupposes, None, evidence));
    }
    let mut events: BTreeMap<EventId, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        events.entry(claim.event).or_default().push(index);
    }
    for members in events.values() {
        let members = &members[..members.len().min(MOST_CLAIMS)];
        let rank = |one: &usize| (std::cmp::Reverse(claims[*one].record.reports.len()), claims[*one].id);
        let main = members.iter().copied().filter(|one| states_talk(&claims[*one])).min_by_key(rank);
        for (from, to) in
            members.iter().flat_map(|from| members.iter().map(move |to| (*from, *to))).filter(|(from, to)| from != to)
        {
            if is_said_in(&claims[from], &claims[to]) {
                let mut evidence = claims[from].canonical.evidence.clone();
                evidence.extend(claims[to].canonical.evidence.iter().cloned());
                links.entry(from).or_default().push(link_to(&claims[to], LinkKind::Presupposes, None, evidence));
            }
            if main == Some(to)
                && !states_talk(&claims[from])
                && let Some(evidence) = names_talk(&claims[from], &claims[to])
            {
                links.entry(from).or_default().push(link_to(&claims[to], LinkKind::Presupposes, None, evidence));
            }
            if let Some((kind, at, evidence)) = follow(&claims[from], &claims[to]) {
                links.entry(from).or_default().push(link_to(&claims[to], kind, at, evidence));
            }
            if from < to {
                figures(claims, from, to, &mut links);
            }
        }
    }
    for (from, list) in links {
        let record = &mut claims[from].record;
        for link in list {
            if !record.links.iter().any(|known| known.kind == link.kind && known.other == link.other) {
                record.links.push(link);
            }
        }
        record.links.sort_by(|one, other| (one.kind, &one.other).cmp(&(other.kind, &other.other)));
    }
}

fn link_to(
    claim: &LinkedClaim,
    kind: LinkKind,
    at: Option<onrecord_evidence::Time>,
    evidence: Vec<Evidence>,
) -> ClaimLink {
    ClaimLink { kind, other: ClaimKey::new(claim.id.to_string()), at, evidence }
}

fn evidence_of(claim: &LinkedClaim, statement: StatementId) -> Vec<Evidence> {
    let of_statement = claim.statements.iter().find(|one| one.statement.id == statement);
    let utterance = of_statement.and_then(|one| one.utterance.as_ref());
    let found = claim.record.utterances.iter().find(|one| Some(&one.key) == utterance);
    found.and_then(|utterance| utterance.relays.first()).map(|relay| relay.evidence.clone()).unwrap_or_default()
}

/// Whether most statements of the first tell what two said to each other, and most of the second that these two talked.
fn is_said_in(said: &LinkedClaim, talk: &LinkedClaim) -> bool {
    if said.record.kind == ClaimKind::Opinion || talk.record.kind == ClaimKind::Opinion {
        return false;
    }
    let share = |claim: &LinkedClaim, fits: &dyn Fn(&Statement) -> bool| {
        let all: Vec<&Statement> =
            claim.statements.iter().map(|one| &one.statement).filter(|one| !one.proposition.is_thin()).collect();
        !all.is_empty() && all.iter().filter(|one| fits(one)).count() * 2 >= all.len()
    };
    // What is asked of the talk alone comes first: few claims are one.
    let affirmed = talk.record.utterances.iter().any(|one| Stance::of(one.act, false) == Stance::Affirms);
    if !affirmed
        || talk.canonical.is_negated
        || !share(talk, &|one| has(one, TALKS) && !has(one, SAYINGS))
        || !share(said, &|one| has(one, SAYINGS))
        || share(said, &|one| has(one, TALKS))
    {
        return false;
    }
    fn names(statement: &Statement) -> BTreeSet<&str> {
        let stems = statement.proposition.stems.iter().filter(|stem| stem.name && !is_day(&stem.text));
        stems.map(|stem| stem.text.as_str()).collect()
    }
    fn statements(claim: &LinkedClaim) -> impl Iterator<Item = &Statement> {
        claim.statements.iter().map(|one| &one.statement)
    }
    let of_talk: Vec<BTreeSet<&str>> = statements(talk)
        .filter(|one| has(one, TALKS) && one.proposition.tense != Tense::Ahead && !one.proposition.is_question)
        .map(names)
        .collect();
    statements(said).filter(|one| has(one, SAYINGS)).any(|one| {
        let named = names(one);
        of_talk.iter().any(|other| other.intersection(&named).count() >= 2)
    })
}

/// Whether most of what affirms a claim tells that two talked, and not what they said.
fn states_talk(claim: &LinkedClaim) -> bool {
    let affirming =
        |statement: &&Statement| matches!(statement.act, None | Some(Act::Affirm)) && !statement.proposition.is_thin();
    let own: Vec<&Statement> = claim.statements.iter().map(|one| &one.statement).filter(affirming).collect();
    let talks = own.iter().filter(|one| {
        let names = one.proposition.stems.iter().filter(|stem| stem.name && !is_day(&stem.text)).count();
        names >= 2 && one.proposition.tense != Tense::Ahead && has(one, TALKED)
    });
    let says = own.iter().filter(|one| has(one, SAYINGS)).count();
    let affirmed = claim.record.utterances.iter().any(|one| Stance::of(one.act, false) == Stance::Affirms);
    affirmed && !claim.canonical.is_negated && !own.is_empty() && talks.count() * 2 >= own.len() && says * 2 < own.len()
}

/// Whether a statement has one of these stems.
fn has(statement: &Statement, list: &[&str]) -> bool {
    statement.proposition.stems.iter().any(|stem| list.contains(&stem.text.as_str()))
}

/// The words by which a claim takes a talk for granted that another one states, the talk of the event that most reports have: "told of the call",
/// "endorsed the call".
fn names_talk(claim: &LinkedClaim, talk: &LinkedClaim) -> Option<Vec<Evidence>> {
    let text = &claim.canonical.text;
    let all: Vec<String> = words(text).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    let names = all
        .windows(2)
        .any(|pair| matches!(pair[0].as_str(), "the" | "this" | "that") && MEETINGS.contains(&pair[1].as_str()));
    names.then(|| claim.canonical.evidence.iter().chain(&talk.canonical.evidence).cloned().collect())
}

/// Stems of verbs by which two talk.
const TALKED: &[&str] = &["phon", "telephon", "spok", "speak", "talk", "met", "meet", "rang", "rung", "ring", "call"];
/// Nouns for a talk that is known.
const MEETINGS: &[&str] = &["call", "conversation", "meeting", "talk", "talks", "discussion", "summit", "encounter"];

/// Figures that conflict, or of which the later takes the place of the earlier.
fn figures(claims: &[LinkedClaim], one: usize, other: usize, links: &mut BTreeMap<usize, Vec<ClaimLink>>) {
    if claims[one].record.kind != ClaimKind::Figure || claims[other].record.kind != ClaimKind::Figure {
        return;
    }
    for a in claims[one].figures.iter().take(MOST_FIGURES) {
        for b in claims[other].figures.iter().take(MOST_FIGURES) {
            let comparison = compare(a, b);
            let Some(kind) = comparison.relation.link() else { continue };
            let (from, to, later) = match kind {
                LinkKind::SupersededBy if a.context.out.latest() > b.context.out.latest() => (other, one, a),
                _ => (one, other, b),
            };
            if !matches!(kind, LinkKind::Incompatible | LinkKind::SupersededBy) {
                continue;
            }
            let at = (kind == LinkKind::SupersededBy).then(|| later.context.out.clone());
            links.entry(from).or_default().push(link_to(&claims[to], kind, at, comparison.evidence));
        }
    }
}
