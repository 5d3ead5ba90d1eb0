//! Sources that are outlets, or only reports of nobody named, put as such where the words that cite show it. Not the parties themselves, which
//! `party` reads.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{Quoted, RevisionId};
use onrecord_record::{AttributionRecord, SourceKind};

use super::cite::{Cite, CiteKind};
use super::names::{folded, words};
use super::newsroom::Newsrooms;
use super::party::{Speakers, Spoken, outlet_key, view};
use crate::Report;
use crate::position::{Evidence, NewsroomKey, PartyKey, PartyKind};

/// Nouns for reports, and for people on a platform, of which nobody is named.
const REPORTS: &[&str] = &[
    "report",
    "reports",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "speculation",
    "story",
    "stories",
    "account",
    "accounts",
    "media",
    "site",
    "website",
    "websites",
    "blog",
    "blogs",
    "leak",
    "leaks",
    "gossip",
    "newspaper",
    "newspapers",
    "outlet",
    "outlets",
    "post",
    "posts",
    "tweets",
    "users",
    "commenters",
];

/// Puts every source whose words are those by which an outlet is cited as that outlet, and "rumours", "a new report" as nobody named.
pub(super) fn credit_outlets(speakers: &mut Speakers, reports: &[&Report], newsrooms: &Newsrooms, cites: &[Cite]) {
    let mut grounds: BTreeMap<RevisionId, Vec<&Cite>> = BTreeMap::new();
    for cite in cites.iter().filter(|cite| cite.kind == CiteKind::Ground) {
        grounds.entry(cite.from).or_default().push(cite);
    }
    let known = known(cites);
    let mut staff: BTreeMap<(RevisionId, PartyKey), NewsroomKey> = BTreeMap::new();
    for (index, report) in reports.iter().enumerate() {
        let own = &newsrooms.at(index).0;
        let cites = grounds.get(&report.revision).map_or(&[][..], Vec::as_slice);
        for record in &report.records {
            let Some(spoken) = speakers.get(report, record) else { continue };
            let is_outlet = matches!(spoken.view.kind, PartyKind::Outlet(_));
            let is_described = is_outlet && !spoken.is_own_outlet && names_nobody(record);
            if (is_outlet && !is_described) || is_of_people(record) {
                continue;
            }
            let evidence = spoken.view.evidence.clone();
            let named = spoken.view.kind == PartyKind::Named;
            let is_person = spoken.what == Some(onrecord_annotate::PartyKind::Person);
            let party = record.speaker.as_ref().and_then(|speaker| speaker.finding.party()).map(|party| &party.name);
            let by_words = || cites.iter().find(|cite| is_cited(record, cite)).map(|cite| cite.outlet.clone());
            let by_name = || {
                let newsroom = newsrooms.named(party.filter(|_| named && !is_person)?)?;
                known.contains(&newsroom).then_some(newsroom)
            };
            let by_staff = || {
                let name = staff_of(record)?;
                Some(newsrooms.named(&name).unwrap_or_else(|| NewsroomKey::new(folded(&name))))
            };
            if let Some(outlet) = by_words().or_else(by_name).or_else(by_staff) {
                if is_person {
                    staff.insert((report.revision, spoken.view.party.clone()), outlet.clone());
                }
                put_outlet(speakers, report, record, outlet, own, evidence);
            } else if is_described
                || named
                    && spoken.view.speaks_for.is_empty()
                    && !is_person
                    && (names_nobody(record) || is_nobody(record))
            {
                let name = folded(&AttributionRecord::joined(&record.source));
                let key = PartyKey::new(format!("{name} in {}", report.article));
                speakers.put(report, record, nobody(key, evidence));
            }
        }
        // Whom a report shows to write for an outlet speaks for it wherever the report names them.
        for record in &report.records {
            let Some(spoken) = speakers.get(report, record) else { continue };
            if let Some(outlet) = staff.get(&(report.revision, spoken.view.party.clone())).cloned() {
                let evidence = spoken.view.evidence.clone();
                put_outlet(speakers, report, record, outlet, own, evidence);
            }
        }
    }
}

fn put_outlet(
    speakers: &mut Speakers,
    report: &Report,
    record: &AttributionRecord,
    outlet: NewsroomKey,
    own: &NewsroomKey,
    evidence: Vec<Evidence>,
) {
    let is_own_outlet = outlet == *own;
    let view = view(outlet_key(&outlet), PartyKind::Outlet(outlet), evidence);
    let what = Some(onrecord_annotate::PartyKind::Outlet);
    speakers.put(
        report,
        record,
        Spoken { view, what, is_own_outlet, stands_for: Vec::new(), plain: Vec::new(), perhaps: None },
    );
}

/// The outlet of "Alben Post reporter Otto Frane": the name before the noun for who writes.
fn staff_of(record: &AttributionRecord) -> Option<String> {
    const STAFF: &[&str] = &["reporter", "correspondent", "columnist", "blogger", "anchor"];
    let source = record.source.first()?;
    let all = words(source.words());
    let at = all.iter().position(|(_, word)| STAFF.contains(word))?;
    let is_name = |word: &&(onrecord_evidence::TextRange, &str)| word.1.starts_with(char::is_uppercase);
    let first = all[..at].iter().rev().take_while(is_name).count();
    let from = all.get(at.checked_sub(first)?).filter(|_| first > 0)?.0.start;
    let end = all.get(at.checked_sub(1)?)?.0.end;
    let name = onrecord_evidence::TextRange::new(from, end).slice(source.words())?;
    // "French reporter", "Alben reporter": where from, not for whom; one word must be written like no place.
    let is_place = first == 1 && name.chars().skip(1).all(char::is_lowercase);
    (!is_place && all.len() > at + 1).then(|| name.to_owned())
}

/// "It is claimed that": nobody.
fn is_nobody(record: &AttributionRecord) -> bool {
    let source = AttributionRecord::joined(&record.source).to_lowercase();
    let cue = record.cue.iter().flat_map(|cue| words(cue.words()).into_iter().map(|(_, word)| word.to_lowercase()));
    source == "it" && cue.take(2).any(|word| matches!(word.as_str(), "is" | "was" | "been"))
}

/// Newsrooms that are outlets for sure: a report rests on one by its words, or several say what was told to it.
fn known(cites: &[Cite]) -> BTreeSet<NewsroomKey> {
    let mut told: BTreeMap<&NewsroomKey, BTreeSet<RevisionId>> = BTreeMap::new();
    for cite in cites {
        told.entry(&cite.outlet).or_default().insert(cite.from);
    }
    let grounds = cites.iter().filter(|cite| cite.kind == CiteKind::Ground).map(|cite| &cite.outlet);
    let several = told.iter().filter(|(_, from)| from.len() > 1).map(|(outlet, _)| *outlet);
    grounds.chain(several).cloned().collect()
}

fn nobody(key: PartyKey, evidence: Vec<Evidence>) -> Spoken {
    let view = view(key, PartyKind::Unnamed, evidence);
    Spoken { view, what: None, is_own_outlet: false, stands_for: Vec::new(), plain: Vec::new(), perhaps: None }
}

/// Whether the source is people whom nobody names: those are theirs whoever cites them.
fn is_of_people(record: &AttributionRecord) -> bool {
    use onrecord_annotate::relay::SourceClass as Class;
    matches!(&record.source_kind, SourceKind::Unnamed(unnamed)
        if !matches!(unnamed.class, Class::Outlet | Class::Public | Class::Document))
}

/// Whether the citing words hold the name at the head of the source: "the Post" of "the Post reported", not the people whom it quotes.
fn is_cited(record: &AttributionRecord, cite: &Cite) -> bool {
    let cited = cite.words.words.range();
    let capital = |quoted: &Quoted| {
        let from = quoted.range().start;
        let mut found = words(quoted.words()).into_iter().filter(|(_, word)| word.contains(char::is_uppercase));
        found.next().map(|(range, _)| (from + range.start, from + range.end))
    };
    let plain = record.source.iter().all(|quoted| capital(quoted).is_none());
    match record.source.iter().find_map(capital) {
        Some((from, to)) => cited.start <= from && to <= cited.end,
        None => plain && record.source.iter().any(|quoted| cited.contains(quoted.range())),
    }
}

/// Whether the source names nobody: reports, "multiple posters on the forum".
fn names_nobody(record: &AttributionRecord) -> bool {
    const SOME: &[&str] = &[
        "one", "two", "three", "four", "five", "some", "many", "several", "multiple", "another", "other", "others",
        "various", "numerous",
    ];
    let [source] = record.source.as_slice() else { return false };
    let all = words(source.words());
    let ends = |word: &str| {
        matches!(word, "that" | "which" | "who" | "of" | "from" | "in" | "on" | "by" | "about" | "at" | "with" | "for")
    };
    let head: Vec<&str> = all.iter().map(|(_, word)| *word).take_while(|word| !ends(word)).collect();
    let is_named = head.iter().skip(1).any(|word| word.contains(char::is_uppercase));
    let is_some = head.first().is_some_and(|first| SOME.contains(&first.to_lowercase().as_str()));
    let is_report = head.last().is_some_and(|last| REPORTS.contains(&last.to_lowercase().as_str()));
    (is_report || is_some) && !is_named
}
