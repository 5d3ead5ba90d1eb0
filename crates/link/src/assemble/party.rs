//! The party behind every attribution, joined over articles by its name, and whom it speaks for by its office. Unnamed people are one party
//! for each article of a newsroom, and never joined over newsrooms. Not the resolution inside of one article, which the record has.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::PartyKind as Kind;
use onrecord_annotate::relay::SourceClass;
use onrecord_evidence::{AttributionId, Quoted, RevisionId, TextRange};
use onrecord_record::{AttributionRecord, PartyFinding, SourceKind};

use super::names::{folded, side, words};
use super::newsroom::Newsrooms;
use super::office::{
    heads, is_no_one, is_of_command, is_own_words, is_some_of, is_voice, names_outlet, owner_of, side_in, tells,
};
use crate::Report;
use crate::position::{Evidence, NewsroomKey, PartyKey, PartyKind, PartyView};

/// A party as one attribution credits it.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub(super) view: PartyView,
    /// What it is, where the article resolves it.
    pub(super) what: Option<Kind>,
    /// Whether it is the newsroom of its own report.
    pub(super) is_own_outlet: bool,
    /// Words of whom it speaks for, as written.
    pub(super) stands_for: Vec<Quoted>,
}

/// The parties of all attributions.
pub(super) struct Speakers {
    of: BTreeMap<(RevisionId, AttributionId), Spoken>,
    /// Full names by their last word.
    full: BTreeMap<String, BTreeSet<String>>,
}

impl Speakers {
    pub(super) fn of(reports: &[&Report], newsrooms: &Newsrooms) -> Self {
        let mut speakers = Self { of: BTreeMap::new(), full: BTreeMap::new() };
        for record in reports.iter().flat_map(|report| &report.records) {
            let candidates = record.speaker.iter().flat_map(|speaker| &speaker.finding.candidates);
            for party in
                candidates.map(|candidate| &candidate.party).filter(|party| party.kind == Kind::Person && party.named)
            {
                let name = folded(&party.name);
                if let Some((_, last)) = name.rsplit_once(' ') {
                    speakers.full.entry(last.to_owned()).or_default().insert(name);
                }
            }
        }
        for (index, report) in reports.iter().enumerate() {
            for record in &report.records {
                let spoken = speakers.read(index, report, record, newsrooms);
                speakers.of.insert((report.revision, record.id), spoken);
            }
            speakers.join_short_names(report);
        }
        speakers
    }

    /// "The health office" is "the Valley health office" where the article names only one that it may be.
    fn join_short_names(&mut self, report: &Report) {
        let ids: Vec<(RevisionId, AttributionId)> =
            report.records.iter().map(|record| (report.revision, record.id)).collect();
        let is_body = |spoken: &Spoken| {
            spoken.view.kind == PartyKind::Named && spoken.what.is_some_and(|what| what != Kind::Person)
        };
        let bodies: BTreeMap<PartyKey, PartyView> = ids
            .iter()
            .filter_map(|id| self.of.get(id))
            .filter(|spoken| is_body(spoken))
            .map(|spoken| (spoken.view.party.clone(), spoken.view.clone()))
            .collect();
        let bare = |key: &PartyKey| -> BTreeSet<String> {
            let name = key.as_str().split(" in art_").next().unwrap_or("");
            name.split(' ').map(str::to_owned).collect()
        };
        for id in ids {
            let Some(spoken) = self.of.get_mut(&id).filter(|spoken| is_body(spoken)) else { continue };
            let short = bare(&spoken.view.party);
            let mut longer = bodies.values().filter(|view| {
                let full = bare(&view.party);
                full.len() > short.len() && full.is_superset(&short)
            });
            if let (Some(full), None) = (longer.next(), longer.next()) {
                let evidence = std::mem::take(&mut spoken.view.evidence);
                spoken.view = PartyView { evidence, ..full.clone() };
            }
        }
    }

    /// The party that an attribution credits.
    pub(super) fn get(&self, report: &Report, record: &AttributionRecord) -> Option<&Spoken> {
        self.of.get(&(report.revision, record.id))
    }

    /// Puts another party in the place of the one that was read.
    pub(super) fn put(&mut self, report: &Report, record: &AttributionRecord, spoken: Spoken) {
        self.of.insert((report.revision, record.id), spoken);
    }

    /// Those for whom somebody speaks; a body without a name is one of its article.
    fn spoken_for(&self, owner: &str, report: &Report) -> PartyKey {
        let name = self.full_name(owner);
        PartyKey::new(if tells(owner) || is_no_one(&name) { name } else { format!("{name} in {}", report.article) })
    }

    /// The full name that a name stands for, where there is exactly one.
    pub(super) fn full_name(&self, name: &str) -> String {
        let name = folded(name);
        match self.full.get(&name) {
            Some(full) if full.len() == 1 => full.first().cloned().unwrap_or(name),
            _ => name,
        }
    }

    fn read(&self, index: usize, report: &Report, record: &AttributionRecord, newsrooms: &Newsrooms) -> Spoken {
        let newsroom = &newsrooms.at(index).0;
        let article = report.article;
        let quote = |words: &Quoted| Evidence { article, revision: report.revision, words: words.clone() };
        let source: Vec<Evidence> = record.source.iter().map(quote).collect();
        let unnamed = |key: String| Spoken {
            view: view(PartyKey::new(key), PartyKind::Unnamed, source.clone()),
            what: None,
            is_own_outlet: false,
            stands_for: Vec::new(),
        };
        match &record.source_kind {
            SourceKind::None => return unnamed(format!("nobody named by {newsroom} in {article}")),
            SourceKind::Unnamed(class) if matches!(class.class, SourceClass::Outlet | SourceClass::Public) => {
                return unnamed(format!("{} in {article}", folded(&AttributionRecord::joined(&record.source))));
            }
            SourceKind::Unnamed(_) => return unnamed(format!("unnamed sources of {newsroom} in {article}")),
            SourceKind::Written => {}
        }
        let written = record.who().unwrap_or_default();
        if is_own_words(&written) {
            return Self::outlet(newsroom.clone(), true, source);
        }
        let Some(party) = record.speaker.as_ref().and_then(|speaker| speaker.finding.party()) else {
            return match newsrooms.called(&written) {
                Some(named) => Self::outlet(named.clone(), named == *newsroom, source),
                None if is_some_of(&written) => unnamed(format!("unnamed sources of {newsroom} in {article}")),
                None => unnamed(format!("undecided: {} in {article}", folded(&written))),
            };
        };
        let own = || newsrooms.named(&party.name).filter(|named| named == newsroom && party.kind != Kind::Person);
        let known = newsrooms.called(&party.name).or_else(own);
        let is_outlet = matches!(party.kind, Kind::Outlet | Kind::Agency);
        if let Some(named) = known.or_else(|| newsrooms.named(&party.name).filter(|_| is_outlet)) {
            return Self::outlet(named.clone(), named == *newsroom, source);
        }
        if is_outlet {
            let named = NewsroomKey::new(folded(&party.name));
            return Self::outlet(named.clone(), named == *newsroom, source);
        }
        if party.kind == Kind::Unnamed
            && !party.named
            && owner_of_any(record, report).is_none()
            && party.offices.is_empty()
        {
            return unnamed(format!("unnamed sources of {newsroom} in {article}"));
        }
        if !tells(&party.name) && names_outlet(&party.name) {
            return unnamed(format!("{} in {article}", folded(&party.name)));
        }
        self.resolved(report, record, party, source)
    }

    fn outlet(newsroom: NewsroomKey, is_own_outlet: bool, evidence: Vec<Evidence>) -> Spoken {
        let key = outlet_key(&newsroom);
        let view = view(key, PartyKind::Outlet(newsroom), evidence);
        Spoken { view, what: Some(Kind::Outlet), is_own_outlet, stands_for: Vec::new() }
    }

    fn resolved(
        &self,
        report: &Report,
        record: &AttributionRecord,
        party: &PartyFinding,
        source: Vec<Evidence>,
    ) -> Spoken {
        let detail = record.speaker.as_ref();
        let quoted = |range: TextRange| {
            detail.and_then(|detail| detail.quotes().find(|quoted| quoted.range() == range)).cloned()
        };
        let mut describing: Vec<Quoted> = record.source.clone();
        describing.extend(quoted(party.named_at));
        let mut stands_for = Vec::new();
        let mut speaks_for = BTreeSet::new();
        for office in &party.offices {
            let of = office.of.and_then(quoted);
            let title = quoted(office.title);
            let speaks = title.as_ref().is_some_and(|title| is_voice(title.words()) || heads(title.words()))
                || office.class == "spokesperson";
            if let (Some(of), true) = (&of, speaks) {
                speaks_for.insert(self.spoken_for(of.words(), report));
                stands_for.push(of.clone());
            }
            describing.extend(of);
            describing.extend(title);
        }
        for quoted in record.source.iter().chain(quoted(party.named_at).iter()) {
            if let Some(owner) = owner_of(quoted, &report.text) {
                speaks_for.insert(self.spoken_for(owner.words(), report));
                stands_for.push(owner);
            }
        }
        if let Some(owner) = &party.owner {
            let speaks = record.source.iter().any(|source| is_voice(source.words())) || is_voice(&party.name);
            if speaks {
                speaks_for.insert(self.spoken_for(owner, report));
            }
        }
        let name = if party.kind == Kind::Person { self.full_name(&party.name) } else { folded(&party.name) };
        let of_side = party.side.as_ref().map(|side| side.name.clone());
        let key = if party.kind != Kind::Person && !tells(&party.name) {
            let written = record.who().unwrap_or_default();
            match (&of_side, speaks_for.first()) {
                _ if tells(&written) && words(&written).len() <= MOST_WORDS => folded(&written),
                (Some(country), _) => format!("{name} of {}", country.to_lowercase()),
                (None, Some(owner)) => format!("{name} of {owner}"),
                (None, None) => format!("{name} in {}", report.article),
            }
        } else {
            name
        };
        let key = PartyKey::new(key);
        speaks_for.remove(&key);
        speaks_for.retain(|spoken| !is_no_one(spoken.as_str()));
        let kind = if party.named || !speaks_for.is_empty() || party.kind != Kind::Unnamed {
            PartyKind::Named
        } else {
            PartyKind::Unnamed
        };
        let mut evidence = source;
        let quote =
            |words: &Quoted| Evidence { article: report.article, revision: report.revision, words: words.clone() };
        evidence.extend(stands_for.iter().map(quote));
        let mut view = view(key, kind, evidence);
        view.speaks_for = speaks_for.into_iter().collect();
        let own =
            || words(&party.name).first().and_then(|(_, word)| side(word)).filter(|_| party.kind == Kind::Government);
        view.side = of_side.and_then(|name| side(&name)).or_else(|| side_in(&describing)).or_else(own);
        let commanded = party.kind == Kind::Government
            || is_of_command(&party.name)
            || record.source.iter().any(|source| is_of_command(source.words()));
        view.commanded_by = view
            .side
            .as_ref()
            .filter(|_| commanded && party.kind != Kind::Person)
            .map(|side| PartyKey::new(format!("government of {side}")));
        Spoken { view, what: Some(party.kind), is_own_outlet: false, stands_for }
    }
}

/// Words of a description that is taken for a party's key.
const MOST_WORDS: usize = 6;

fn owner_of_any(record: &AttributionRecord, report: &Report) -> Option<Quoted> {
    record.source.iter().find_map(|source| owner_of(source, &report.text))
}

/// The key of a newsroom as a party.
pub(super) fn outlet_key(newsroom: &NewsroomKey) -> PartyKey {
    PartyKey::new(format!("outlet {newsroom}"))
}

/// A party of which only key, kind and words are known.
pub(super) fn view(party: PartyKey, kind: PartyKind, mut evidence: Vec<Evidence>) -> PartyView {
    evidence.sort();
    evidence.dedup();
    PartyView { party, kind, speaks_for: Vec::new(), commanded_by: None, side: None, evidence }
}
