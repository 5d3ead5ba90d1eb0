//! One claim's record, put together from its statements. Each field is filled by a module of its own.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::Act;
use onrecord_evidence::{ArticleId, AttributionId, Quoted, RevisionId, StatementId, TextRange, Time};
use onrecord_record::AttributionRecord;

use super::act;
use super::bodies::join_bodies;
use super::cite::Cite;
use super::core::{Core, core, may_word};
use super::figures::figures;
use super::ground::ground;
use super::hanging::hangings;
use super::kind::kind;
use super::linked::{Canonical, Line, LinkedClaim, LinkedStatement};
use super::names::words;
use super::nest::{is_talk, is_with, left_to_others};
use super::newsroom::Newsrooms;
use super::party::{Speakers, Spoken, outlet_key, view};
use super::refer::only_credits;
use super::rest::rest;
use super::role::{allies, conflict_sides, roles};
use super::said::happened;
use super::utterance::{Sayings, utterances};
use super::withdrawal::{Taking, withdrawals};
use super::wording::{quotations, wordings};
use crate::Report;
use crate::claims::{Claim, Voice};
use crate::copies::Copying;
use crate::position::{
    Beside, ClaimKey, ClaimRecord, Evidence, Parties, PartyKey, PartyKind, PartyView, ReportView, UtteranceKey,
};

/// All that is known of the reports while claims are put together.
pub(super) struct Desk<'r> {
    pub(super) reports: &'r [&'r Report],
    pub(super) newsrooms: &'r Newsrooms,
    pub(super) speakers: &'r Speakers,
    pub(super) index: BTreeMap<RevisionId, usize>,
    /// The copyings in which a revision is one of the two.
    pub(super) copyings: BTreeMap<RevisionId, Vec<&'r Copying>>,
    /// Whom a revision cites.
    pub(super) cites: BTreeMap<RevisionId, Vec<&'r Cite>>,
    /// The notes that mean a report, by its index.
    pub(super) takings: BTreeMap<usize, Vec<&'r Taking>>,
    /// Reports with such a note.
    pub(super) takers: BTreeSet<usize>,
    /// The reports of an article.
    articles: BTreeMap<ArticleId, Vec<usize>>,
}

/// A line with what is made of it.
#[derive(Clone)]
pub(super) struct Told<'r> {
    pub(super) line: Line<'r>,
    pub(super) report: &'r Report,
    pub(super) record: Option<&'r AttributionRecord>,
    pub(super) spoken: Spoken,
    /// What is done to the claim as it is worded.
    pub(super) act: Act,
    /// Whether its content says that it is not so.
    pub(super) negated: bool,
    /// How near it is to the middle of the claim, in thousandths; `None` where there is no telling, or that does not matter.
    pub(super) nearness: Option<i32>,
    /// Source, cue and the words of the statement.
    pub(super) evidence: Vec<Evidence>,
}

impl Told<'_> {
    /// Whether its words state the claim, whoever denies them.
    pub(super) fn states(&self) -> bool {
        !self.negated
            && matches!(self.act, Act::Affirm | Act::Deny | Act::AcceptResponsibility | Act::DenyResponsibility)
    }

    fn beside(&self) -> Beside {
        let (report, party) = (self.report.revision, self.spoken.view.party.clone());
        Beside { report, party, evidence: self.evidence.clone() }
    }
}

impl<'r> Desk<'r> {
    pub(super) fn new(
        reports: &'r [&'r Report],
        newsrooms: &'r Newsrooms,
        speakers: &'r Speakers,
        copyings: &'r [Copying],
        cites: &'r [Cite],
        takings: &'r [Taking],
    ) -> Self {
        let mut desk = Self {
            reports,
            newsrooms,
            speakers,
            index: BTreeMap::new(),
            copyings: BTreeMap::new(),
            cites: BTreeMap::new(),
            takings: BTreeMap::new(),
            takers: takings.iter().filter(|taking| taking.is_note()).map(|taking| taking.by).collect(),
            articles: BTreeMap::new(),
        };
        for (index, report) in reports.iter().enumerate() {
            desk.index.insert(report.revision, index);
            desk.articles.entry(report.article).or_default().push(index);
        }
        for copying in copyings {
            for revision in [copying.first, copying.second] {
                desk.copyings.entry(revision).or_default().push(copying);
            }
        }
        for cite in cites {
            desk.cites.entry(cite.from).or_default().push(cite);
        }
        for taking in takings {
            for index in &taking.of {
                desk.takings.entry(*index).or_default().push(taking);
            }
        }
        desk
    }

    /// The record of `claim` with all that stands beside it.
    pub(super) fn claim(&self, claim: &Claim, lines: &[Line<'r>]) -> LinkedClaim {
        let mut lines: Vec<Line<'r>> = lines.to_vec();
        lines.sort_by_key(|line| (line.report, line.statement.order, line.statement.id));
        let credits = |line: &Line<'_>| only_credits(line.statement, self.reports[line.report]);
        if !lines.iter().all(credits) {
            lines.retain(|line| !credits(line));
        }
        let mut told: Vec<Told<'r>> = lines.iter().map(|line| self.told(*line)).collect();
        let left = left_to_others(&told);
        let all: Vec<Told<'r>> = std::mem::take(&mut told);
        let (mut others, mut kept) = (Vec::new(), Vec::new());
        for (one, left) in all.into_iter().zip(left) {
            if left { others.push(one) } else { kept.push(one) }
        }
        join_bodies(&mut kept);
        let Core { mut told, beside } = core(kept);
        let canonical = canonical(claim, &told);
        for one in &mut told {
            one.act = act::on_claim(one.act, one.negated, canonical.is_negated);
        }
        let mut record = ClaimRecord::new(ClaimKey::new(claim.id.to_string()), kind(&told));
        let affirming = told.iter().filter(|one| one.act == Act::Affirm).map(|one| &one.line);
        record.happened = happened(affirming, self.reports);
        record.parties = parties(&told, self.speakers);
        let Sayings { utterances, of_line, sharings } = utterances(self, &record.claim, &told, &Parties::of(&record));
        record.utterances = utterances;
        record.sharings = sharings;
        record.beside = beside.iter().map(Told::beside).collect();
        conflict_sides(&mut record.parties, &told);
        record.allies = allies(&record.parties, &told);
        record.roles = roles(&record.parties, &told);
        rest(&mut record.utterances, &told, &of_line);
        record.reports = self.report_views(&told);
        record.hangings = hangings(self, &told, &of_line);
        ground(self, &mut record, &told, &of_line);
        withdrawals(self, &mut record, &told, &of_line);
        let mut utterance_of: BTreeMap<StatementId, &UtteranceKey> =
            told.iter().zip(&of_line).map(|(one, utterance)| (one.line.statement.id, utterance)).collect();
        for other in &others {
            let with = told.iter().zip(&of_line).find(|(one, _)| is_with(one, other));
            if let Some((_, utterance)) = with {
                utterance_of.insert(other.line.statement.id, utterance);
            }
        }
        let beside: BTreeSet<StatementId> = beside.iter().map(|one| one.line.statement.id).collect();
        let statements = lines
            .iter()
            .map(|line| LinkedStatement {
                statement: line.statement.clone(),
                joining: line.joining,
                utterance: utterance_of.get(&line.statement.id).copied().cloned(),
                is_beside: beside.contains(&line.statement.id),
            })
            .collect();
        LinkedClaim {
            id: claim.id,
            event: claim.event,
            figures: figures(&told, &record, &self.speakers.lands),
            wordings: wordings(&told, &of_line),
            quotations: quotations(&told, &of_line),
            record,
            canonical,
            statements,
        }
    }

    fn record_of(&self, line: &Line<'_>) -> Option<&'r AttributionRecord> {
        let attribution = line.statement.attribution?;
        self.reports[line.report].records.iter().find(|record| record.id == attribution)
    }

    fn told(&self, line: Line<'r>) -> Told<'r> {
        let report = self.reports[line.report];
        let record = self.record_of(&line);
        let negated = act::is_negated(line.statement, &report.text);
        let own = || {
            let newsroom = self.newsrooms.at(line.report).0.clone();
            let words = quote_all(report, &line.statement.ranges);
            Spoken {
                view: view(outlet_key(&newsroom), PartyKind::Outlet(newsroom), words),
                what: None,
                is_own_outlet: true,
                stands_for: Vec::new(),
                plain: Vec::new(),
                perhaps: None,
            }
        };
        // Who talked to somebody does not thereby affirm that the talk took place: who tells of it does.
        let teller = |record: &'r AttributionRecord| {
            let outer = |id: &AttributionId| report.records.iter().find(|other| other.id == *id);
            let is_talk = is_talk(record, line.statement, &report.text);
            if is_talk { record.within.last().and_then(outer) } else { Some(record) }
        };
        let record = record.and_then(teller);
        let spoken = record.and_then(|record| self.speakers.get(report, record)).cloned().unwrap_or_else(own);
        let said = line.statement.words(&report.text);
        let act = match (record, line.statement.proposition.is_question && line.statement.voice != Voice::Attributed) {
            (_, true) => Act::Question,
            (Some(record), _) if act::takes_back(record.cue_lemma().as_deref(), record.act) => Act::Retract,
            (Some(record), _) if matches!(record.act, Act::Affirm | Act::Deny) => match act::of_words(&said) {
                _ if act::stands_by(&said) => Act::Affirm,
                _ if act::asks_whether(&said) => Act::Question,
                _ if record.act == Act::Affirm && act::disbelieves(&AttributionRecord::joined(&record.cue)) => {
                    Act::Deny
                }
                Some(act) if record.act == Act::Affirm => act,
                None if record.act == Act::Affirm && act::grants_a_part(&said) => Act::PartialDeny,
                _ => record.act,
            },
            (Some(record), _) => record.act,
            (None, _) if takes_back(&said) => Act::Retract,
            (None, _) => act::of_words(&said).unwrap_or(Act::Affirm),
        };
        let negated = negated && !act::stands_by(&said);
        // "Ostrov's foreign ministry would not be drawn": told in the outlet's own voice, it is the ministry that will not say.
        let is_of_others =
            record.is_none() && !matches!(act, Act::Affirm | Act::Question | Act::Retract | Act::CouldNotVerify);
        let spoken = if is_of_others { self.speakers.subject(report, &said).unwrap_or(spoken) } else { spoken };
        let mut evidence: Vec<Evidence> = record
            .iter()
            .flat_map(|record| record.source.iter().chain(&record.cue))
            .map(|words| of(report, words))
            .collect();
        evidence.extend(quote_all(report, &line.statement.ranges));
        evidence.sort();
        evidence.dedup();
        Told { line, report, record, spoken, act, negated, nearness: None, evidence }
    }

    fn report_views(&self, told: &[Told<'r>]) -> Vec<ReportView> {
        let known: BTreeSet<usize> = told.iter().map(|one| one.line.report).collect();
        known.into_iter().map(|index| self.report_view(index)).collect()
    }

    fn report_view(&self, index: usize) -> ReportView {
        let report = self.reports[index];
        let (newsroom, impostor) = self.newsrooms.at(index).clone();
        // A later text of an article was not out when the first was published.
        let texts =
            self.articles.get(&report.article).into_iter().flatten().filter_map(|other| self.reports.get(*other));
        let observed = texts.map(|other| other.observed.latest());
        let replaces = observed.filter(|observed| *observed < report.observed.latest()).max();
        let published = match (&report.published, replaces) {
            (Some(published), Some(before)) if published.latest() <= before => Some(report.observed.clone()),
            (published, _) => published.clone(),
        };
        ReportView {
            article: report.article,
            revision: report.revision,
            outlet: report.outlet.clone(),
            newsroom,
            impostor,
            published,
            observed: report.observed.clone(),
            withdrawals: Vec::new(),
        }
    }

    /// By when the text of a report was out.
    pub(super) fn out(&self, index: usize) -> Time {
        self.report_view(index).out().clone()
    }

    /// The index of a revision.
    pub(super) fn index_of(&self, revision: RevisionId) -> Option<usize> {
        self.index.get(&revision).copied()
    }

    /// Whom a revision cites.
    pub(super) fn cites_of(&self, revision: RevisionId) -> impl Iterator<Item = &'r Cite> {
        self.cites.get(&revision).into_iter().flatten().copied()
    }

    /// The first text of an article that is at hand.
    pub(super) fn of_article(&self, article: ArticleId) -> Option<&'r Report> {
        let first = self.articles.get(&article)?.first()?;
        self.reports.get(*first).copied()
    }
}

/// The words for people: the canonical statement if it states the claim; else the first of the fullest that does. Of those near the middle of the
/// claim, as far as one of them states it.
fn canonical(claim: &Claim, told: &[Told<'_>]) -> Canonical {
    let near: Vec<&Told<'_>> = told.iter().filter(|one| may_word(one)).collect();
    let all: Vec<&Told<'_>> = told.iter().collect();
    let states = |one: &Told<'_>| one.states() && one.act == Act::Affirm;
    let told = if near.iter().any(|one| states(one)) { near } else { all };
    let chosen = told.iter().find(|one| states(one) && one.line.statement.id == claim.canonical);
    let full = |one: &Told<'_>| one.line.statement.proposition.weight();
    let fullest = || {
        let attributed = told.iter().any(|one| states(one) && one.record.is_some());
        let fits = |one: &&&Told<'_>| states(one) && (!attributed || one.record.is_some());
        let most = told.iter().filter(fits).map(|one| full(one)).max()?;
        told.iter().filter(fits).find(|one| full(one) * 4 >= most * 3)
    };
    let denied = || told.iter().find(|one| one.states());
    let any = || told.iter().find(|one| one.line.statement.id == claim.canonical).or(told.first());
    let Some(one) = chosen.or_else(fullest).or_else(denied).or_else(any) else { return Canonical::default() };
    Canonical {
        text: one.line.statement.words(&one.report.text),
        evidence: quote_all(one.report, &one.line.statement.ranges),
        is_negated: one.negated && matches!(one.act, Act::Affirm),
    }
}

/// Whether the outlet says in its own voice that it takes a report back.
fn takes_back(said: &str) -> bool {
    let lower: Vec<String> = words(said).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    let verb = lower
        .iter()
        .position(|word| matches!(word.as_str(), "withdrawn" | "withdraws" | "withdrew" | "retracted" | "retracts"));
    verb.is_some_and(|at| {
        lower[at..].iter().any(|word| matches!(word.as_str(), "story" | "report" | "article" | "item" | "dispatch"))
    })
}

/// Words of a report as evidence.
pub(super) fn of(report: &Report, words: &Quoted) -> Evidence {
    Evidence { article: report.article, revision: report.revision, words: words.clone() }
}

/// The words of ranges as evidence; ranges without words are left out.
pub(super) fn quote_all(report: &Report, ranges: &[TextRange]) -> Vec<Evidence> {
    ranges.iter().filter_map(|range| Quoted::new(&report.text, *range).ok()).map(|words| of(report, &words)).collect()
}

/// The parties with all that is known of them in these statements, by key.
fn parties(told: &[Told<'_>], speakers: &Speakers) -> Vec<PartyView> {
    let mut found: BTreeMap<PartyKey, PartyView> = BTreeMap::new();
    for one in told {
        let view = &one.spoken.view;
        let known =
            found.entry(view.party.clone()).or_insert_with(|| PartyView { evidence: Vec::new(), ..view.clone() });
        known.speaks_for.extend(view.speaks_for.iter().cloned());
        known.evidence.extend(view.evidence.iter().cloned());
        known.side = known.side.clone().or_else(|| view.side.clone());
        known.commanded_by = known.commanded_by.clone().or_else(|| view.commanded_by.clone());
    }
    speakers.known.add(&mut found);
    for view in found.values_mut() {
        view.speaks_for.sort();
        view.speaks_for.dedup();
        view.evidence.sort();
        view.evidence.dedup();
    }
    found.into_values().collect()
}
