//! On what a report's own words and its unnamed sources rest where it does not say so beside them: the one outlet that it cites, a source that
//! says the same elsewhere in it, the same quotation in another report. Not the edges that citing words and passages show.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::relay::SourceClass;
use onrecord_annotate::{Act, Manner};
use onrecord_evidence::RevisionId;
use onrecord_record::{AttributionRecord, SourceKind};

use super::at_hand::{shared, telling_of};
use super::cite::{Cite, CiteKind};
use super::names::words;
use super::record::{Desk, Told, of};
use crate::position::{
    Basis, ClaimRecord, Evidence, Hanging, HangingKind, HangsOn, NewsroomKey, PartyKey, PartyKind, PartyView,
    RelayKind, RestsOn, UtteranceKey,
};

/// Words in a row by which a quotation is known again.
const QUOTED: usize = 6;
/// Telling words that a saying shares with what rests on it, at the least.
const SHARED: usize = 3;

/// Adds to the record of a claim, whose hangings stand, what its statements rest on.
pub(super) fn ground(desk: &Desk<'_>, record: &mut ClaimRecord, told: &[Told<'_>], of_line: &[UtteranceKey]) {
    bases(desk, record, told, of_line);
    one_command(record, told);
    let mut by_report: BTreeMap<RevisionId, Vec<usize>> = BTreeMap::new();
    for (index, one) in told.iter().enumerate() {
        by_report.entry(one.report.revision).or_default().push(index);
    }
    for (report, members) in &by_report {
        if members.iter().any(|index| is_sourced(record, &told[*index], &of_line[*index])) {
            continue;
        }
        let hangs = |key: &UtteranceKey| {
            let edges = record.hangings.iter().filter(|edge| edge.report == *report);
            edges.filter(|edge| edge.kind != HangingKind::DerivedEitherWay).any(|edge| edge.covers(key))
        };
        let open: BTreeSet<UtteranceKey> = members
            .iter()
            .filter(|index| told[**index].act == Act::Affirm && !hangs(&of_line[**index]))
            .map(|index| of_line[*index].clone())
            .collect();
        if open.is_empty() {
            continue;
        }
        let first = members.iter().find(|index| open.contains(&of_line[**index])).copied();
        let Some(first) = first else { continue };
        // A newsroom that is known may say other things itself; what hangs on the cited one must be shown to be of this claim.
        let is_known = told[first].report.outlet.is_some() || told[first].report.domain.is_some();
        let is_shown = record.hangings.iter().any(|edge| edge.report == *report && edge.kind == HangingKind::Cites);
        if let Some(cite) = only_cited(desk, *report).filter(|_| is_shown || !is_known) {
            let meant = cite.to.and_then(|article| desk.of_article(article));
            let newsroom = || HangsOn::Newsroom(cite.outlet.clone());
            record.hangings.push(Hanging {
                report: *report,
                utterances: open.iter().cloned().collect(),
                on: meant.map_or_else(newsroom, |report| HangsOn::Report(report.revision)),
                kind: HangingKind::Cites,
                evidence: vec![cite.words.clone()],
            });
            let evidence = sources_of(desk, &told[first], cite);
            let taken = record.utterances.iter_mut().filter(|utterance| open.contains(&utterance.key));
            for relay in taken.flat_map(|utterance| &mut utterance.relays).filter(|relay| relay.report == *report) {
                if relay.basis.is_none() && !evidence.is_empty() {
                    relay.basis = Some(Basis { of: Some(cite.outlet.clone()), evidence: evidence.clone() });
                }
            }
        } else if let Some(rests) = saying_beside(desk, told, members, &told[first]) {
            for utterance in record.utterances.iter_mut().filter(|utterance| open.contains(&utterance.key)) {
                utterance.rests_on.get_or_insert_with(|| rests.clone());
            }
        }
    }
    quotations(record, told, of_line);
    record.hangings.sort_by(|one, other| {
        let rank = |edge: &Hanging| (edge.report, edge.on.clone(), edge.kind);
        rank(one).cmp(&rank(other)).then_with(|| one.utterances.cmp(&other.utterances))
    });
}

/// Whether a statement shows whose it is: a named party, or people with a basis.
fn is_sourced(record: &ClaimRecord, one: &Told<'_>, key: &UtteranceKey) -> bool {
    if one.spoken.view.kind == PartyKind::Named || one.act != Act::Affirm {
        return one.spoken.view.kind == PartyKind::Named && one.act == Act::Affirm;
    }
    let utterance = record.utterances.iter().find(|utterance| utterance.key == *key);
    let relays = utterance.into_iter().flat_map(|utterance| &utterance.relays);
    relays
        .filter(|relay| relay.report == one.report.revision)
        .any(|relay| relay.basis.is_some() || matches!(relay.kind, RelayKind::Observed | RelayKind::Document))
}

/// Whether the source is described as people who may know, not as reports or nobody.
fn describes_people(record: &AttributionRecord) -> bool {
    matches!(&record.source_kind, SourceKind::Unnamed(unnamed)
        if !matches!(unnamed.class, SourceClass::Outlet | SourceClass::Public | SourceClass::Document))
}

/// The basis of what another outlet reports is the people whom it is said to cite; without any there is none.
fn bases(desk: &Desk<'_>, record: &mut ClaimRecord, told: &[Told<'_>], of_line: &[UtteranceKey]) {
    for (one, key) in told.iter().zip(of_line) {
        let Some(utterance) = record.utterances.iter_mut().find(|utterance| utterance.key == *key) else { continue };
        for relay in utterance.relays.iter_mut().filter(|relay| relay.report == one.report.revision) {
            if let (PartyKind::Unnamed, Some(Basis { of: of @ None, .. })) = (&one.spoken.view.kind, &mut relay.basis) {
                *of = teller(desk, one).or_else(|| taken_from(desk, &record.hangings, one));
            }
            if one.spoken.view.kind == PartyKind::Named && one.act == Act::Affirm && tells_of_reports(one) {
                let words = one.evidence.clone();
                relay.basis = Some(Basis { of: Some(NewsroomKey::new("reports of nobody named")), evidence: words });
            }
            let cited = match (&one.spoken.view.kind, &relay.basis) {
                (PartyKind::Outlet(newsroom), None) if !one.spoken.is_own_outlet => newsroom.clone(),
                (PartyKind::Unnamed, Some(Basis { of: Some(newsroom), .. }))
                    if !one.record.is_some_and(describes_people) =>
                {
                    newsroom.clone()
                }
                _ => continue,
            };
            let cite = desk.cites_of(one.report.revision).find(|cite| cite.outlet == cited);
            let mut evidence: Vec<Evidence> = cite.map(|cite| sources_of(desk, one, cite)).unwrap_or_default();
            if evidence.is_empty() && only_cited(desk, one.report.revision).is_some_and(|cite| cite.outlet == cited) {
                evidence.extend(people(told, one));
            }
            evidence.dedup();
            relay.basis = (!evidence.is_empty()).then_some(Basis { of: Some(cited), evidence });
        }
    }
}

/// Words by which a report tells of the sources of an outlet that it cites: "citing an aide"; "its sources", where it cites no other.
fn sources_of(desk: &Desk<'_>, one: &Told<'_>, cite: &Cite) -> Vec<Evidence> {
    const OWN: &[&str] = &["its sources", "its own sources", "their sources", "'s sources", "\u{2019}s sources"];
    let cites = desk.cites_of(one.report.revision).filter(|other| other.outlet == cite.outlet);
    let mut found: Vec<Evidence> = cites.flat_map(|cite| cite.sources.iter().cloned()).collect();
    if found.is_empty() && only_cited(desk, one.report.revision).is_some_and(|only| only.outlet == cite.outlet) {
        let text = &one.report.text;
        let places = OWN.iter().flat_map(|words| text.match_indices(words).map(|(at, words)| (at, at + words.len())));
        let first = places.min().and_then(|(from, to)| Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?)));
        let quoted = first.and_then(|(from, to)| {
            onrecord_evidence::Quoted::new(text, onrecord_evidence::TextRange::new(from, to)).ok()
        });
        found.extend(quoted.map(|words| of(one.report, &words)));
    }
    found.sort();
    found.dedup();
    found
}

/// Whether somebody only tells of reports: "Reports that he flew", "local reports say that".
fn tells_of_reports(one: &Told<'_>) -> bool {
    const REPORTS: &[&str] = &["report", "reports", "rumor", "rumors", "rumour", "rumours"];
    const BEHIND: &[&str] = &["that", "say", "says", "said", "suggest", "claim", "of", "here", "in"];
    let said = one.line.statement.words(&one.report.text);
    let first: Vec<String> = words(&said).into_iter().take(4).map(|(_, word)| word.to_lowercase()).collect();
    let pair = |pair: &[String]| REPORTS.contains(&pair[0].as_str()) && BEHIND.contains(&pair[1].as_str());
    first.windows(2).any(pair)
}

/// The words for people whom a report does not name and who say the same in it.
fn people(told: &[Told<'_>], one: &Told<'_>) -> Vec<Evidence> {
    let here = told.iter().filter(|other| other.report.revision == one.report.revision && other.act == Act::Affirm);
    let found = here.filter_map(|other| other.record).find(|record| describes_people(record));
    found.into_iter().flat_map(|record| &record.source).map(|words| of(one.report, words)).collect()
}

/// Where nobody says whose a report is, no newsroom vouches in it: its unnamed sources are those of the one outlet on which it hangs this claim,
/// if it cites no other for anything.
fn taken_from(desk: &Desk<'_>, hangings: &[Hanging], one: &Told<'_>) -> Option<NewsroomKey> {
    if one.report.outlet.is_some() || one.report.domain.is_some() {
        return None;
    }
    let cite = only_cited(desk, one.report.revision)?;
    let is_only = desk.cites_of(one.report.revision).all(|other| other.outlet == cite.outlet);
    let hangs = hangings.iter().any(|edge| edge.report == one.report.revision && edge.kind == HangingKind::Cites);
    (is_only && hangs).then(|| cite.outlet.clone())
}

/// A person whose name is the head or the tail of exactly one other's ("Orne" beside "Abel Orne"), and one whose description holds a body's name
/// ("Alben Port Office director Orne"), stands with that one and counts once with it.
fn one_command(record: &mut ClaimRecord, told: &[Told<'_>]) {
    let person = Some(onrecord_annotate::PartyKind::Person);
    let people: BTreeSet<PartyKey> =
        told.iter().filter(|one| one.spoken.what == person).map(|one| one.spoken.view.party.clone()).collect();
    let split = |key: &PartyKey| -> Vec<String> { key.as_str().split(' ').map(str::to_owned).collect() };
    let whole = |key: &PartyKey| !key.as_str().contains(" in art_") && !key.as_str().contains(" of ");
    let named = record.parties.iter().filter(|view| view.kind == PartyKind::Named && whole(&view.party));
    let names = named.map(|view| (view.party.clone(), split(&view.party))).take(MOST_PARTIES);
    let (persons, bodies): (Vec<_>, Vec<_>) = names.partition(|(key, _)| people.contains(key));
    let fuller = |own: &PartyKey| {
        let name = split(own);
        let mut found = persons
            .iter()
            .filter(|(key, full)| key != own && full.len() > name.len())
            .filter(|(_, full)| full.starts_with(&name) || full.ends_with(&name));
        match (found.next(), found.next()) {
            (Some((key, _)), None) => Some(key.clone()),
            _ => None,
        }
    };
    for view in &mut record.parties {
        let is_free = view.commanded_by.is_none() && view.speaks_for.is_empty() && people.contains(&view.party);
        if is_free {
            view.commanded_by = fuller(&view.party).or_else(|| body_of(view, &bodies));
        }
    }
}

/// Parties of a claim whose names are compared.
const MOST_PARTIES: usize = 256;

/// The body of two words or more whose name the description of somebody holds.
fn body_of(view: &PartyView, names: &[(PartyKey, Vec<String>)]) -> Option<PartyKey> {
    let described: Vec<Vec<String>> = view
        .evidence
        .iter()
        .map(|one| words(one.words.words()).into_iter().map(|(_, word)| word.to_lowercase()).collect())
        .collect();
    let holds = |name: &[String]| described.iter().any(|said| said.windows(name.len()).any(|part| part == name));
    let mut found = names.iter().filter(|(key, name)| *key != view.party && name.len() > 1 && holds(name));
    match (found.next(), found.next()) {
        (Some((key, _)), None) => Some(key.clone()),
        _ => None,
    }
}

/// The outlet of another newsroom that tells of these sources: "the Lamp, which says its sources expect it".
fn teller(desk: &Desk<'_>, one: &Told<'_>) -> Option<NewsroomKey> {
    let outer = |id: &onrecord_evidence::AttributionId| one.report.records.iter().find(|record| record.id == *id);
    one.record?.within.iter().filter_map(outer).find_map(|record| {
        let spoken = desk.speakers.get(one.report, record)?;
        match &spoken.view.kind {
            PartyKind::Outlet(newsroom) if !spoken.is_own_outlet => Some(newsroom.clone()),
            _ => None,
        }
    })
}

/// The one outlet on which a report that shows no sourcing of its own hangs what it says: the first words that cite it.
fn only_cited<'d>(desk: &Desk<'d>, report: RevisionId) -> Option<&'d Cite> {
    let cites: Vec<&Cite> = desk.cites_of(report).collect();
    if cites.iter().any(|cite| !cite.own_sourcing.is_empty()) {
        return None;
    }
    let grounds = |kind: CiteKind| cites.iter().copied().filter(move |cite| cite.kind == kind);
    // The outlet that is named beats the one that is credited with the text: it is where that one has it from.
    let mut found = grounds(CiteKind::Ground).peekable();
    let list: Vec<&Cite> = if found.peek().is_some() { found.collect() } else { grounds(CiteKind::Credit).collect() };
    let outlets: BTreeSet<&NewsroomKey> = list.iter().map(|cite| &cite.outlet).collect();
    if outlets.len() != 1 {
        return None;
    }
    list.into_iter().min_by_key(|cite| cite.words.words.range())
}

/// The saying of a source of the same report that says most of the same: it is the ground of what the report says itself.
fn saying_beside(desk: &Desk<'_>, told: &[Told<'_>], members: &[usize], one: &Told<'_>) -> Option<RestsOn> {
    let report = one.report;
    let said: BTreeSet<String> = members
        .iter()
        .flat_map(|index| telling_of(&report.text, told[*index].line.statement.ranges.iter().copied()))
        .collect();
    let known: BTreeSet<_> = members.iter().filter_map(|index| told[*index].record).map(|record| record.id).collect();
    let mut best: Option<(usize, std::cmp::Reverse<usize>, &AttributionRecord, PartyKey)> = None;
    for (at, record) in report.records.iter().enumerate().filter(|(_, record)| !known.contains(&record.id)) {
        let Some(spoken) = desk.speakers.get(report, record) else { continue };
        let is_source = match &spoken.view.kind {
            PartyKind::Named => true,
            PartyKind::Unnamed => describes_people(record),
            PartyKind::Outlet(_) => false,
        };
        if record.act != Act::Affirm || !is_source {
            continue;
        }
        let content = telling_of(&report.text, record.content.iter().map(onrecord_evidence::Quoted::range));
        let (both, shorter) = shared(&said, &content);
        let rank = (both, std::cmp::Reverse(at));
        let is_better = best.as_ref().is_none_or(|(most, place, ..)| rank > (*most, *place));
        if both >= SHARED && both * 3 >= shorter && is_better {
            best = Some((both, std::cmp::Reverse(at), record, spoken.view.party.clone()));
        }
    }
    let (.., record, party) = best?;
    let mut evidence: Vec<Evidence> =
        record.source.iter().chain(&record.cue).chain(&record.content).map(|words| of(report, words)).collect();
    evidence.sort();
    Some(RestsOn { utterance: UtteranceKey::new(format!("a saying of {party}")), evidence })
}

/// The same words in quotation marks are one saying, whoever each report credits with them.
fn quotations(record: &mut ClaimRecord, told: &[Told<'_>], of_line: &[UtteranceKey]) {
    let mut holders: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut edges: BTreeMap<(usize, usize), Evidence> = BTreeMap::new();
    for (index, one) in told.iter().enumerate().filter(|(_, one)| one.act == Act::Affirm) {
        for (run, evidence) in quoted_runs(one) {
            let holder = *holders.entry(run).or_insert(index);
            let is_other = told[holder].report.article != one.report.article && of_line[holder] != of_line[index];
            if is_other {
                edges.entry((index, holder)).or_insert(evidence);
            }
        }
    }
    let mut known = BTreeSet::new();
    for ((from, to), evidence) in edges {
        let (one, other) = (of_line[from].clone(), of_line[to].clone());
        if known.insert((told[from].report.revision, one.clone(), other.clone())) {
            record.hangings.push(Hanging {
                report: told[from].report.revision,
                utterances: vec![one, other],
                on: HangsOn::Report(told[to].report.revision),
                kind: HangingKind::DerivedEitherWay,
                evidence: vec![evidence],
            });
        }
    }
}

/// Runs of words inside of the quotation marks of a statement, each with the quotation.
fn quoted_runs(one: &Told<'_>) -> Vec<(Vec<String>, Evidence)> {
    let is_direct = one.record.is_some_and(|record| record.manner == Manner::Direct);
    let mut found = Vec::new();
    for range in &one.line.statement.ranges {
        let Ok(quoted) = onrecord_evidence::Quoted::new(&one.report.text, *range) else { continue };
        let parts: Vec<&str> = if is_direct { vec![quoted.words()] } else { marked(quoted.words()) };
        for part in parts {
            let said: Vec<String> = words(part).into_iter().map(|(_, word)| word.to_lowercase()).collect();
            for run in said.windows(QUOTED) {
                found.push((run.to_vec(), of(one.report, &quoted)));
            }
        }
    }
    found
}

/// What stands between quotation marks.
fn marked(text: &str) -> Vec<&str> {
    let is_mark = |letter: char| matches!(letter, '"' | '\u{201c}' | '\u{201d}');
    text.split(is_mark).skip(1).step_by(2).collect()
}
