//! What a view of a claim is made of: the claim as it was drawn up, those around it, and the texts that it quotes. Not the view.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_evidence::{ArticleId, AttributionId, CodePoints, RevisionId, TextRange, Time};
use onrecord_link::assemble::DrawnClaim;
use onrecord_link::position::{
    ClaimRecord, Evidence, NewsroomKey, Parties, PartyKey, PartyKind, PartyView, ReportView, UtteranceKey, on_record,
};
use onrecord_link::standing::Neighbours;
use serde::Serialize;

use super::names;
use super::passage::{cut, passage};

/// What is known of a report beside its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFacts {
    /// The revision by which the formats name it.
    pub revision: RevisionId,
    /// Its number in the sequence of its article, from 1.
    pub number: u32,
    /// Its headline.
    pub title: Option<String>,
    /// Address of its article.
    pub address: Option<String>,
}

/// The texts that a claim quotes.
pub trait ClaimTexts {
    /// The text of a report, by the revision of its record; `None` where it was withheld meanwhile.
    fn points(&self, report: RevisionId) -> Option<Rc<CodePoints<'static>>>;
}

/// A claim that is asked about.
#[derive(Clone, Copy)]
pub struct ClaimAsked<'a> {
    /// The claim.
    pub claim: &'a DrawnClaim,
    /// The claims around it, by its links.
    pub neighbours: &'a [DrawnClaim],
    /// The reports of all of them, by the revision of their records.
    pub reports: &'a BTreeMap<RevisionId, ReportFacts>,
    /// Their texts.
    pub texts: &'a dyn ClaimTexts,
    /// As of when; `None` for all that is on record.
    pub as_of: Option<&'a Time>,
    /// Whether every word is wanted with its place; else so many as people read.
    pub everything: bool,
}

/// Exact words with their place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceLine {
    /// First code point of the reading's text; `null` where the text is gone.
    pub start: Option<u32>,
    /// One past the last code point.
    pub end: Option<u32>,
    /// The words.
    pub words: String,
}

/// Words of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuoteLine {
    /// The article.
    pub article: ArticleId,
    /// The revision of it.
    pub revision: RevisionId,
    /// The outlet, as shown.
    pub outlet: Option<String>,
    /// By when it was out.
    pub out: Time,
    /// The sentence or sentences of the text that hold the words; of words in several places, those that hold most of them. Where the text is gone, the
    /// words alone.
    pub words: String,
    /// The words that count.
    pub evidence: Vec<EvidenceLine>,
    /// Where `words` stands, in bytes.
    #[serde(skip)]
    pub range: Option<TextRange>,
    /// `words` cut where those that count begin and end.
    #[serde(skip)]
    pub pieces: Vec<QuotePiece>,
}

/// A part of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotePiece {
    /// The words, on one line.
    pub words: String,
    /// Whether they are among those that count.
    pub counts: bool,
}

/// A party as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyLine {
    /// Its name, or what it is in words.
    pub name: String,
    /// `named`, `unnamed` or `outlet`.
    pub kind: &'static str,
    /// Those for whom it speaks.
    pub speaks_for: Vec<String>,
    /// Its side in the conflict.
    pub side: Option<String>,
    /// The key that linking gives it.
    #[serde(skip)]
    pub key: PartyKey,
}

/// A claim with everything looked up: what every part of a view is made with.
pub(super) struct Desk<'a> {
    pub(super) asked: ClaimAsked<'a>,
    /// The record as of the time asked for.
    pub(super) record: std::borrow::Cow<'a, ClaimRecord>,
    pub(super) others: Neighbours<'a>,
    reports: BTreeMap<RevisionId, &'a ReportView>,
    /// Outlets by newsroom.
    outlets: BTreeMap<&'a NewsroomKey, &'a str>,
    words: Vec<&'a str>,
    names: RefCell<BTreeMap<PartyKey, PartyLine>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(asked: ClaimAsked<'a>) -> Self {
        let claims = || std::iter::once(asked.claim).chain(asked.neighbours);
        let mut reports = BTreeMap::new();
        let mut outlets = BTreeMap::new();
        for report in claims().flat_map(|claim| &claim.record.reports) {
            reports.entry(report.revision).or_insert(report);
            if let Some(outlet) = report.outlet.as_deref().filter(|_| !report.is_impostor()) {
                outlets.entry(&report.newsroom).or_insert(outlet);
            }
        }
        let record = &asked.claim.record;
        let parties = record.parties.iter().flat_map(|view| &view.evidence);
        let relays = record.utterances.iter().flat_map(|utterance| &utterance.relays).take(MOST_NAMING);
        let all = parties.chain(record.roles.iter().flat_map(|role| &role.evidence));
        let all = all.chain(relays.flat_map(|relay| &relay.evidence));
        let all = all.chain(record.hangings.iter().take(MOST_NAMING).flat_map(|hanging| &hanging.evidence));
        let near = asked.neighbours.iter().flat_map(|claim| &claim.record.parties).flat_map(|view| &view.evidence);
        let words = all.chain(near).map(|evidence| evidence.words.words()).collect();
        Self {
            record: on_record(record, asked.as_of),
            others: Neighbours::new(asked.neighbours.iter().map(|claim| &claim.record)),
            asked,
            reports,
            outlets,
            words,
            names: RefCell::default(),
        }
    }

    pub(super) fn report(&self, revision: RevisionId) -> Option<&'a ReportView> {
        self.reports.get(&revision).copied()
    }

    pub(super) fn facts(&self, revision: RevisionId) -> Option<&'a ReportFacts> {
        self.asked.reports.get(&revision)
    }

    /// The revision by which the formats name a report.
    pub(super) fn outward(&self, revision: RevisionId) -> RevisionId {
        self.facts(revision).map_or(revision, |facts| facts.revision)
    }

    /// A report by its outlet.
    pub(super) fn outlet(&self, revision: RevisionId) -> String {
        let report = self.report(revision);
        let name = report.and_then(|report| report.outlet.clone());
        name.unwrap_or_else(|| "an outlet that is not stated".to_owned())
    }

    /// A newsroom by its outlet; one of which there is no report as its name is written.
    pub(super) fn newsroom(&self, key: &NewsroomKey) -> String {
        if let Some(outlet) = self.outlets.get(key) {
            return (*outlet).to_owned();
        }
        names::written(key.as_str(), &self.words).unwrap_or_else(|| names::capitalised(key.as_str()))
    }

    /// A party as it is shown.
    pub(super) fn party(&self, key: &PartyKey) -> PartyLine {
        if let Some(known) = self.names.borrow().get(key) {
            return known.clone();
        }
        let line = self.read_party(key);
        self.names.borrow_mut().insert(key.clone(), line.clone());
        line
    }

    fn read_party(&self, key: &PartyKey) -> PartyLine {
        let near = self.asked.neighbours.iter().map(|claim| &claim.record);
        let view = std::iter::once(&self.asked.claim.record).chain(near);
        let view = view.flat_map(|record| &record.parties).find(|view| view.party == *key);
        let written = |key: &str| names::written(names::bare(key), &self.words);
        let name = |key: &PartyKey| {
            let bare = names::bare(key.as_str());
            let side = || {
                bare.strip_prefix("government of ")
                    .map(|side| format!("government of {}", names::stemmed(side, &self.words)))
            };
            written(bare).or_else(side).unwrap_or_else(|| names::capitalised(bare))
        };
        let described = || {
            let words = view.into_iter().flat_map(|view| &view.evidence).map(|evidence| evidence.words.words());
            let words: Vec<&str> = words.collect();
            let longest = words.iter().copied().filter(|words| words.len() < 160).max_by_key(|words| words.len());
            longest.map(|words| format!("\u{201c}{}\u{201d}", words.trim()))
        };
        let (kind, shown) = match view.map(|view| &view.kind) {
            Some(PartyKind::Outlet(newsroom)) => ("outlet", self.newsroom(newsroom)),
            Some(PartyKind::Unnamed) => {
                let outlet = names::newsroom_of(key.as_str()).map(|key| self.newsroom(&NewsroomKey::new(key)));
                let of = outlet.map_or_else(String::new, |outlet| format!(" ({outlet})"));
                let words =
                    described().map_or_else(|| "nobody credited".to_owned(), |words| format!("unnamed: {words}"));
                ("unnamed", format!("{words}{of}"))
            }
            // What nobody writes as the key has it is shown in the words of a report.
            _ => ("named", written(key.as_str()).or_else(|| self.sourced(view)).unwrap_or_else(|| name(key))),
        };
        let speaks_for: Vec<String> = view.map(|view| view.speaks_for.iter().map(name).collect()).unwrap_or_default();
        PartyLine {
            speaks_for: names::distinct(speaks_for, &shown),
            name: shown,
            key: key.clone(),
            kind,
            side: Parties::of(&self.asked.claim.record).side(key).map(|side| names::stemmed(side, &self.words)),
        }
    }

    /// A party by the words that credit it.
    fn sourced(&self, view: Option<&PartyView>) -> Option<String> {
        let words = view?.evidence.iter().map(|evidence| evidence.words.words().trim());
        let fits = words.filter(|words| words.len() < 80 && words.split_whitespace().nth(1).is_some());
        let words = fits.max_by_key(|words| {
            (words.chars().filter(|letter| letter.is_uppercase()).count(), std::cmp::Reverse(words.len()))
        })?;
        let bare = words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
        Some(bare.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The words of evidence by report, the first that was out first; at most so many reports as are wanted.
    pub(super) fn quotes(&self, evidence: &[Evidence]) -> Vec<QuoteLine> {
        let mut by_report: BTreeMap<RevisionId, Vec<&Evidence>> = BTreeMap::new();
        for one in evidence {
            by_report.entry(one.revision).or_default().push(one);
        }
        let mut reports: Vec<(RevisionId, Vec<&Evidence>)> = by_report.into_iter().collect();
        reports.sort_by_key(|(report, _)| (self.report(*report).map(|report| report.out().latest()), *report));
        reports.truncate(if self.asked.everything { usize::MAX } else { MOST_QUOTED });
        reports.into_iter().filter_map(|(report, words)| self.quote(report, words)).collect()
    }

    /// Words of one report.
    pub(super) fn quote(&self, revision: RevisionId, mut evidence: Vec<&Evidence>) -> Option<QuoteLine> {
        evidence.sort();
        evidence.dedup();
        let report = self.report(revision)?;
        let points = self.asked.texts.points(revision);
        let place = |at: u32| points.as_ref().and_then(|points| points.of(at));
        let lines = evidence.iter().map(|one| EvidenceLine {
            start: place(one.words.range().start),
            end: place(one.words.range().end),
            words: one.words.words().to_owned(),
        });
        let lines = lines.collect();
        let ranges: Vec<TextRange> = evidence.iter().map(|one| one.words.range()).collect();
        let is_whole = |points: &Rc<CodePoints<'_>>| evidence.iter().all(|one| one.words.check(points.text()).is_ok());
        let passage =
            points.as_ref().filter(|points| is_whole(points)).and_then(|points| passage(points.text(), &ranges));
        let (words, range) = match passage {
            Some((words, range)) => (words, Some(range)),
            None => (joined(&evidence), None),
        };
        let pieces = match (points.as_ref(), range) {
            (Some(points), Some(range)) => cut(points.text(), range, &ranges),
            _ => vec![QuotePiece { words: words.clone(), counts: true }],
        };
        Some(QuoteLine {
            article: report.article,
            revision: self.outward(revision),
            outlet: report.outlet.clone(),
            out: report.out().clone(),
            words,
            evidence: lines,
            range,
            pieces,
        })
    }

    /// The words of the statements of an utterance in a report, and whether they are a direct quotation.
    pub(super) fn content(&self, utterance: &UtteranceKey, revision: RevisionId) -> (Vec<TextRange>, bool) {
        let statements = self.asked.claim.statements.iter();
        let of = statements.filter(|one| one.revision == revision && one.utterance.as_ref() == Some(utterance));
        let ranges = of.flat_map(|one| one.ranges.iter().copied()).collect();
        let quotations = self.asked.claim.quotations.get(utterance);
        (ranges, quotations.is_some_and(|quoted| quoted.iter().any(|one| one.report == revision)))
    }
}

impl Desk<'_> {
    /// The attributions of the statements of an utterance in a report.
    pub(super) fn attributions(&self, utterance: &UtteranceKey, revision: RevisionId) -> Vec<AttributionId> {
        let statements = self.asked.claim.statements.iter();
        let of = statements.filter(|one| one.revision == revision && one.utterance.as_ref() == Some(utterance));
        let mut found: Vec<AttributionId> = of.filter_map(|one| one.attribution).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Relays in which names are looked for as they are written.
const MOST_NAMING: usize = 64;
/// Reports whose words people are shown where several say one thing.
const MOST_QUOTED: usize = 3;

fn joined(evidence: &[&Evidence]) -> String {
    evidence.iter().map(|one| one.words.words().trim()).collect::<Vec<_>>().join(" \u{2026} ")
}
