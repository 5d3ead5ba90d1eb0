//! Statements of one party on one claim joined to sayings, each with its relays and their bases. Not the joining of statements to claims.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::relay::{ChannelKind, RelayKind as Channelled, SourceClass};
use onrecord_annotate::{Act, Commitment, Manner};
use onrecord_evidence::{Quoted, TextRange, Time};
use onrecord_record::{AttributionRecord, SourceKind};

use super::cite::CiteKind;
use super::hedged::own_commitment;
use super::names::{folded, words};
use super::record::{Desk, Told, of, quote_all};
use super::said::said;
use super::sharing::sharings;
use crate::claims::Voice;
use crate::position::{
    Basis, ClaimKey, Evidence, Parties, PartyKey, PartyKind, Relay, RelayKind, Sharing, Utterance, UtteranceKey,
};

/// Reports of one saying are published within so long of each other.
pub(super) const APART_MS: i64 = 3 * 24 * 3600 * 1000;

/// Sayings of one party by one act that a statement is tried with, the latest first.
const MOST_SAYINGS: usize = 64;

/// The sayings on a claim.
pub(super) struct Sayings {
    pub(super) utterances: Vec<Utterance>,
    /// The utterance of each statement.
    pub(super) of_line: Vec<UtteranceKey>,
    pub(super) sharings: Vec<Sharing>,
}

struct Saying {
    utterance: Utterance,
    first_ms: Option<i64>,
    is_one: bool,
    /// The words of its quotations, folded.
    quoted: BTreeSet<String>,
    /// The telling stems of what it says, by statement.
    content: Vec<BTreeSet<String>>,
}

/// Contents of one saying that a statement is compared with.
const MOST_CONTENTS: usize = 8;

/// The telling stems of a statement.
fn content(one: &Told<'_>) -> BTreeSet<String> {
    let proposition = &one.line.statement.proposition;
    let amounts = proposition.amounts.iter().filter(|amount| amount.low.is_some() && amount.low == amount.high);
    let amounts = amounts.filter_map(|amount| Some(format!("{} {}", amount.low?, amount.counted.as_ref()?)));
    proposition.stems.iter().map(|stem| stem.text.clone()).chain(amounts).collect()
}

/// Whether two contents are one in other words: three in five stems of the shorter and at least two, or the same number of the same.
fn is_same(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let counts = one.intersection(other).any(|text| text.contains(' '));
    counts || (shared >= 2 && shared * 5 >= one.len().min(other.len()) * 3)
}

/// Whether a report tells a saying as one of before: "had denied", "earlier said"; not "repeated", which is saying it anew.
fn retells(one: &Told<'_>) -> bool {
    const BEFORE: &[&str] = &["earlier", "previously", "already", "originally", "then", "before"];
    const ANEW: &[&str] = &["repeated", "reiterated", "again", "renewed", "still", "reaffirmed"];
    let Some(record) = one.record else { return false };
    let cue = AttributionRecord::joined(&record.cue).to_lowercase();
    let has = |list: &[&str]| words(&cue).iter().any(|(_, word)| list.contains(word));
    (has(&["had", "has", "have"]) || has(BEFORE)) && !has(ANEW)
}

/// Joins statements, which stand in the order of their reports.
///
/// An office and who speaks for it are one voice: what both are credited with is one saying, and each report's relay names whom it credits.
pub(super) fn utterances(desk: &Desk<'_>, claim: &ClaimKey, told: &[Told<'_>], parties: &Parties<'_>) -> Sayings {
    let mut sayings: Vec<Saying> = Vec::new();
    let mut by_party: BTreeMap<(PartyKey, Act), Vec<usize>> = BTreeMap::new();
    let mut of_line = Vec::with_capacity(told.len());
    for one in told {
        let said = one.record.and_then(|record| said(record, one.report));
        let at = one.report.published.as_ref().map(|time| time.earliest().as_millisecond());
        // What a report does not name is one party in one article; there every saying of one act is one.
        let is_one = one.spoken.view.kind != PartyKind::Named;
        let quoted = quotation(one);
        let list = by_party.entry((parties.head(&one.spoken.view.party), one.act)).or_default();
        let content = content(one);
        let known = list.iter().rev().take(MOST_SAYINGS).copied().find(|index| {
            let known = &sayings[*index];
            // Two voices of one government are one saying only by the same words.
            let is_party = known.utterance.party == one.spoken.view.party
                || parties.speaks_for(&known.utterance.party, &one.spoken.view.party)
                || parties.speaks_for(&one.spoken.view.party, &known.utterance.party);
            let same_words = || known.content.iter().any(|known| is_same(known, &content));
            let near = match (known.first_ms, at) {
                (Some(first), Some(at)) => at.saturating_sub(first) <= APART_MS,
                _ => known.utterance.relays.iter().any(|relay| relay.report == one.report.revision),
            };
            let one_day = match (&known.utterance.said, &said) {
                (Some(known), Some(said)) => known == said,
                _ => true,
            };
            let quoted_again = quoted.as_ref().is_some_and(|quoted| known.quoted.contains(quoted));
            let retold = retells(one) && said.is_none() && same_words();
            known.is_one && is_one
                || quoted_again
                || (near && one_day && (is_party || same_words()))
                || (is_party && retold)
        });
        let index = known.unwrap_or_else(|| {
            let key = UtteranceKey::new(format!("{claim} {}", one.line.statement.id));
            let utterance = Utterance {
                key,
                party: one.spoken.view.party.clone(),
                act: one.act,
                commitment: commitment(one),
                said: said.clone(),
                occasion: None,
                answers: Vec::new(),
                rests_on: None,
                relays: Vec::new(),
            };
            list.push(sayings.len());
            sayings.push(Saying { utterance, first_ms: at, is_one, quoted: BTreeSet::new(), content: Vec::new() });
            sayings.len() - 1
        });
        sayings[index].quoted.extend(quoted);
        if sayings[index].content.len() < MOST_CONTENTS {
            sayings[index].content.push(content);
        }
        let utterance = &mut sayings[index].utterance;
        utterance.said = utterance.said.take().or(said);
        utterance.occasion = utterance.occasion.take().or_else(|| occasion(one, told));
        utterance.answers.extend(answers(one));
        let mut relay = relay(desk, one);
        // Of what an outlet says itself the sentence that is nearest to the claim shows how surely.
        let nearest = utterance.relays.iter().filter_map(|relay| relay.nearness).max();
        if one.record.is_none() && nearest.is_some() && one.nearness > nearest {
            utterance.commitment = commitment(one);
        }
        relay.credits = (one.spoken.view.party != utterance.party).then(|| one.spoken.view.party.clone());
        add(&mut utterance.relays, relay);
        of_line.push(utterance.key.clone());
    }
    for saying in &mut sayings {
        saying.utterance.answers.sort();
        saying.utterance.answers.dedup();
    }
    let utterances: Vec<Utterance> = sayings.into_iter().map(|saying| saying.utterance).collect();
    let sharings = sharings(desk, told, &of_line);
    Sayings { utterances, of_line, sharings }
}

/// The words of a direct quotation that is long enough to be known again.
fn quotation(one: &Told<'_>) -> Option<String> {
    let is_direct = one.record.is_some_and(|record| record.manner == Manner::Direct);
    let folded: Vec<String> =
        words(&one.line.statement.words(&one.report.text)).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    (is_direct && folded.len() >= FEWEST_QUOTED).then(|| folded.join(" "))
}

/// Words of a quotation that is known again.
const FEWEST_QUOTED: usize = 5;

/// How surely: as the attribution is read; in the outlet's own voice by the hedges of the statement's first clause.
fn commitment(one: &Told<'_>) -> Commitment {
    let own = || own_commitment(&one.line.statement.words(&one.report.text));
    one.record.map_or_else(own, |record| record.commitment)
}

/// Takes a relay in; what one report says several times is one relay.
fn add(relays: &mut Vec<Relay>, relay: Relay) {
    let known = relays.iter_mut().find(|known| known.report == relay.report && known.kind == relay.kind);
    let Some(known) = known else { return relays.push(relay) };
    known.evidence.extend(relay.evidence);
    known.evidence.sort();
    known.evidence.dedup();
    known.basis = known.basis.take().or(relay.basis);
    known.nearness = known.nearness.zip(relay.nearness).map(|(one, other)| one.max(other));
}

fn relay(desk: &Desk<'_>, one: &Told<'_>) -> Relay {
    let kind = match one.record {
        None => RelayKind::OwnVoice,
        Some(record) if observed(one, record) => RelayKind::Observed,
        Some(_) if matches!(&one.spoken.view.kind, PartyKind::Outlet(_)) && !one.spoken.is_own_outlet => {
            RelayKind::Repeated
        }
        Some(record) => match record.relay.as_ref().map(|relay| relay.finding.kind) {
            Some(Channelled::Document) => RelayKind::Document,
            Some(Channelled::RepeatedBy | Channelled::Nested) => RelayKind::Repeated,
            _ => RelayKind::Told,
        },
    };
    let basis = one.record.and_then(|record| basis(desk, one, record));
    Relay {
        report: one.report.revision,
        kind,
        credits: None,
        basis,
        nearness: one.nearness,
        evidence: one.evidence.clone(),
    }
}

/// "A reporter for this newspaper saw".
fn observed(one: &Told<'_>, record: &AttributionRecord) -> bool {
    const SEEN: &[&str] = &["see", "saw", "witness", "watch", "count", "hear", "observe", "film", "photograph"];
    let cue = record.cue_lemma().is_some_and(|cue| SEEN.contains(&cue.as_str()));
    let source = AttributionRecord::joined(&record.source).to_lowercase();
    let reporter = ["reporter", "correspondent", "photographer", "journalist"].iter().any(|word| source.contains(word));
    cue && (reporter || (one.spoken.is_own_outlet && one.line.statement.voice == Voice::Attributed))
}

/// The words that show on what unnamed sources rest, and whose sources they are.
fn basis(desk: &Desk<'_>, one: &Told<'_>, record: &AttributionRecord) -> Option<Basis> {
    let cites =
        desk.cites_of(one.report.revision).filter(|cite| cite.covers(Some(record.id), &one.line.statement.ranges));
    let mut other = cites.filter(|cite| cite.kind != CiteKind::FirstReportedBy).peekable();
    if let Some(cite) = other.peek() {
        let elsewhere = one.spoken.view.kind == PartyKind::Unnamed && cite.own_sourcing.is_empty();
        if elsewhere {
            return Some(Basis { of: Some(cite.outlet.clone()), evidence: vec![cite.words.clone()] });
        }
    }
    let relay = record.relay.as_ref();
    let quoted = |range| {
        relay.and_then(|relay| relay.quotes().find(|quoted| quoted.range() == range)).map(|words| of(one.report, words))
    };
    let told = relay
        .iter()
        .flat_map(|relay| &relay.finding.channels)
        .find(|channel| matches!(channel.kind, ChannelKind::Told | ChannelKind::Interview));
    let told = told.and_then(|channel| quoted(channel.words)).or_else(|| told_to_own(one, record));
    match &record.source_kind {
        SourceKind::Unnamed(unnamed) => {
            let stated = relay
                .and_then(|relay| relay.finding.unnamed.as_ref())
                .and_then(|unnamed| unnamed.basis)
                .and_then(quoted);
            let telling = !matches!(
                unnamed.class,
                SourceClass::Source
                    | SourceClass::Person
                    | SourceClass::Public
                    | SourceClass::Outlet
                    | SourceClass::Document
            );
            let described = (telling || unnamed.number.is_some())
                .then(|| record.source.iter().map(|words| of(one.report, words)).collect::<Vec<_>>())
                .filter(|words| !words.is_empty());
            let evidence = stated.map(|words| vec![words]).or(told.map(|words| vec![words])).or(described)?;
            Some(Basis { of: None, evidence })
        }
        _ => told.map(|words| Basis { of: None, evidence: vec![words] }),
    }
}

/// "Told Concord" in Concord's report, "told this newspaper": the words.
fn told_to_own(one: &Told<'_>, record: &AttributionRecord) -> Option<Evidence> {
    let outlet = one.report.outlet.as_deref().map(folded).unwrap_or_default();
    let first = outlet.split(' ').next().filter(|first| !first.is_empty());
    let last = outlet.split(' ').next_back().filter(|last| !last.is_empty());
    let all = words(record.sentence.words());
    let lower: Vec<String> = all.iter().map(|(_, word)| word.to_lowercase()).collect();
    for (at, word) in lower.iter().enumerate() {
        if !matches!(word.as_str(), "told" | "tells" | "tell" | "informed") {
            continue;
        }
        let from = at + 1 + usize::from(lower.get(at + 1).is_some_and(|next| next == "the"));
        let next = lower.get(from).map(String::as_str);
        let is_own = next.is_some() && (next == first || next == last) && all[from].1.starts_with(char::is_uppercase);
        let is_this = next == Some("this")
            && lower
                .get(from + 1)
                .is_some_and(|noun| matches!(noun.as_str(), "newspaper" | "paper" | "agency" | "programme"));
        if is_own || is_this {
            let to = if is_this { from + 1 } else { from };
            let base = record.sentence.range().start;
            let range = TextRange::new(base + all[at].0.start, base + all[to].0.end);
            return Quoted::new(&one.report.text, range).ok().map(|words| of(one.report, &words));
        }
    }
    None
}

/// One interview or briefing in one article.
fn occasion(one: &Told<'_>, told: &[Told<'_>]) -> Option<String> {
    let of_party = |other: &&Told<'_>| {
        other.spoken.view.party == one.spoken.view.party && other.report.revision == one.report.revision
    };
    let is_one = told.iter().filter(of_party).filter_map(|other| other.record).any(|record| {
        let channels = record.relay.iter().flat_map(|relay| &relay.finding.channels);
        channels.into_iter().any(|channel| matches!(channel.kind, ChannelKind::Interview | ChannelKind::NewsConference))
    });
    is_one.then(|| format!("{} in {}", one.spoken.view.party, one.report.article))
}

/// Words that speak of it as past, or of a report of it.
fn answers(one: &Told<'_>) -> Vec<Evidence> {
    const PAST: &[&str] = &[
        "was",
        "were",
        "had",
        "did",
        "happened",
        "took",
        "been",
        "never",
        "report",
        "reports",
        "reported",
        "story",
        "account",
        "claim",
        "claims",
        "accusation",
        "allegation",
        "allegations",
        "invented",
        "fiction",
        "false",
    ];
    let said = one.line.statement.words(&one.report.text);
    let content =
        words(&said).iter().any(|(_, word)| PAST.contains(&word.to_lowercase().as_str()) || word.ends_with("ed"));
    if content && one.record.is_some() { quote_all(one.report, &one.line.statement.ranges) } else { Vec::new() }
}

pub(super) fn out_ms(one: &Told<'_>) -> Option<i64> {
    one.report.published.as_ref().map(Time::earliest).map(|at| at.as_millisecond())
}
