//! The party behind every attribution, joined over articles by its name, and whom it speaks for by its office. Unnamed people are one party
//! for each article of a newsroom, and never joined over newsrooms. Not the resolution inside of one article, which the record has.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::PartyKind as Kind;
use onrecord_annotate::relay::SourceClass;
use onrecord_evidence::{AttributionId, Quoted, RevisionId, TextRange};
use onrecord_record::{AttributionRecord, PartyFinding, SourceKind};

use super::land::Lands;
use super::names::{folded, is_pronoun, side, words};
use super::newsroom::Newsrooms;
use super::office::{
    also_known_as, headed, heads, is_body_noun, is_no_one, is_own_words, is_some_of, is_voice, ministry_of,
    names_outlet, owner_of, plain_owner, tells,
};
use super::owner::{Roles, attach, capital};
use super::seat::{is_bare_body, is_of_command, side_in};
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
    /// Owners that are named by a pronoun or a plain noun, in lower case: "its", "ministry". Found in the article, they become whom it
    /// speaks for.
    pub(super) plain: Vec<String>,
    /// Whom it speaks for by a pronoun alone; counts where nothing else is known of it.
    pub(super) perhaps: Option<PartyKey>,
}

/// The parties of all attributions.
pub(super) struct Speakers {
    pub(super) of: BTreeMap<(RevisionId, AttributionId), Spoken>,
    /// Full names by their last word.
    full: BTreeMap<String, BTreeSet<String>>,
    pub(super) lands: Lands,
    /// What is known of people and bodies over all reports: whom they speak for, under whom they stand.
    pub(super) known: Roles,
}

impl Speakers {
    pub(super) fn of(reports: &[&Report], newsrooms: &Newsrooms) -> Self {
        let mut speakers =
            Self { of: BTreeMap::new(), full: BTreeMap::new(), lands: Lands::of(reports), known: Roles::default() };
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
            attach(report, &mut speakers.of, &speakers.lands);
        }
        speakers.join_lands();
        speakers.known = Roles::of(speakers.of.values(), &speakers.lands);
        speakers
    }

    /// The party of this report whose name opens a sentence of the outlet's own; `None` where none or several do.
    pub(super) fn subject(&self, report: &Report, said: &str) -> Option<Spoken> {
        let opening: String = words(said)
            .into_iter()
            .take(MOST_OPENING)
            .map(|(_, word)| word.to_lowercase())
            .collect::<Vec<_>>()
            .join(" ");
        let of_report = report.records.iter().filter_map(|record| self.get(report, record));
        let mut found: BTreeMap<&PartyKey, (usize, &Spoken)> = BTreeMap::new();
        for spoken in of_report.filter(|spoken| spoken.view.kind == PartyKind::Named) {
            let name = spoken.view.party.as_str().split(" in art_").next().unwrap_or("");
            let last = name.rsplit(' ').next().unwrap_or("");
            let shown = if spoken.what == Some(Kind::Person) { last } else { name };
            let at = opening.find(shown).filter(|at| *at == 0 || opening[..*at].ends_with(' '));
            if let Some(at) = at.filter(|_| !shown.is_empty()) {
                found.insert(&spoken.view.party, (at, spoken));
            }
        }
        let first = found.values().map(|(at, _)| *at).min()?;
        let mut at_first = found.values().filter(|(at, _)| *at == first);
        match (at_first.next(), at_first.next()) {
            (Some((_, spoken)), None) => Some((*spoken).clone()),
            _ => None,
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
        if let Some(land) = self.lands.name(owner) {
            return PartyKey::new(land);
        }
        let name = self.full_name(owner);
        let name = if is_of_command(owner) { self.lands.body(owner) } else { name };
        PartyKey::new(if tells(owner) || is_no_one(&name) { name } else { format!("{name} in {}", report.article) })
    }

    /// Whether what a land owns is another body than its voice or a seat of its government.
    fn is_body_of_land(&self, owner: &str, written: &str) -> bool {
        self.lands.name(owner).is_some() && !written.to_lowercase().contains("spokes") && !is_of_command(written)
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
            plain: Vec::new(),
            perhaps: None,
        };
        let joined = AttributionRecord::joined(&record.source);
        let of_person = || {
            let party = record.speaker.as_ref().and_then(|speaker| speaker.finding.party());
            party.is_some_and(|party| party.kind == Kind::Person) && !tells(&joined)
        };
        if is_bare_body(&joined) && (matches!(record.source_kind, SourceKind::Unnamed(_)) || of_person()) {
            return self.bare_body(&joined, report, source);
        }
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
            && !is_group(party)
            && also_known_as(&written).is_none()
        {
            return unnamed(format!("unnamed sources of {newsroom} in {article}"));
        }
        if let Some(of) = edits(record) {
            let named = of.and_then(|of| newsrooms.named(&of)).unwrap_or_else(|| newsroom.clone());
            let is_own = named == *newsroom;
            return Self::outlet(named, is_own, source);
        }
        if !tells(&party.name) && names_outlet(&party.name) {
            return unnamed(format!("{} in {article}", folded(&party.name)));
        }
        // Whom a pronoun means was not found.
        if is_pronoun(&party.name) && party.offices.is_empty() && party.owner.is_none() {
            return unnamed(format!("undecided: {} in {article}", folded(&party.name)));
        }
        self.resolved(report, record, party, source)
    }

    /// "The general staff", which the article's reading takes for people or for a name beside it.
    fn bare_body(&self, written: &str, report: &Report, evidence: Vec<Evidence>) -> Spoken {
        let body = self.lands.body(written);
        let government = self.lands.government(written);
        let key = if government.is_some() { body } else { format!("{body} in {}", report.article) };
        let mut view = view(PartyKey::new(key), PartyKind::Named, evidence);
        view.side = government.as_ref().map(|(_, side)| side.clone());
        view.commanded_by = government.map(|(government, _)| government).filter(|government| *government != view.party);
        let (what, stands_for, plain) = (Some(Kind::Institution), Vec::new(), Vec::new());
        Spoken { view, what, is_own_outlet: false, stands_for, plain, perhaps: None }
    }

    fn outlet(newsroom: NewsroomKey, is_own_outlet: bool, evidence: Vec<Evidence>) -> Spoken {
        let key = outlet_key(&newsroom);
        let view = view(key, PartyKind::Outlet(newsroom), evidence);
        Spoken {
            view,
            what: Some(Kind::Outlet),
            is_own_outlet,
            stands_for: Vec::new(),
            plain: Vec::new(),
            perhaps: None,
        }
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
        let mut plain: Vec<String> = record.source.iter().filter_map(|source| plain_owner(source.words())).collect();
        let mut speaks_for = BTreeSet::new();
        for office in &party.offices {
            let of = office.of.and_then(quoted);
            let title = quoted(office.title);
            let speaks = title.as_ref().is_some_and(|title| is_voice(title.words()) || heads(title.words()))
                || office.class == "spokesperson";
            match (&of, &title) {
                (Some(of), _) if speaks && is_plain(of.words()) => plain.push(folded(of.words())),
                (Some(of), _) if speaks => {
                    speaks_for.insert(self.spoken_for(of.words(), report));
                    stands_for.push(of.clone());
                }
                (None, Some(title)) if speaks => plain.extend(ministry_of(title.words())),
                _ => {}
            }
            describing.extend(of);
            describing.extend(title);
        }
        for source in &record.source {
            if let Some(body) = headed(source.words()) {
                speaks_for.insert(self.spoken_for(body, report));
            }
        }
        for quoted in record.source.iter().chain(quoted(party.named_at).iter()) {
            match owner_of(quoted, &report.text) {
                Some(owner) if is_plain(owner.words()) => plain.push(folded(owner.words())),
                // "Tarvia's statistics office" is a body of its own.
                Some(owner) if self.is_body_of_land(owner.words(), quoted.words()) => {}
                Some(owner) => {
                    speaks_for.insert(self.spoken_for(owner.words(), report));
                    stands_for.push(owner);
                }
                None => {}
            }
        }
        if let Some(owner) = &party.owner {
            let speaks = record.source.iter().any(|source| is_voice(source.words())) || is_voice(&party.name);
            if speaks && !self.is_body_of_land(owner, &party.name) {
                speaks_for.insert(self.spoken_for(owner, report));
            }
        }
        let written = record.who().unwrap_or_default();
        let land = self.lands.name(&party.name);
        let alias = also_known_as(&written).filter(|_| party.kind != Kind::Person);
        let what = if land.is_some() { Kind::Government } else { party.kind };
        let name = match (&land, alias, &party.stands_for) {
            (Some(land), ..) => land.clone(),
            (None, Some(alias), _) => folded(alias),
            (None, None, Some(stands_for)) if party.kind != Kind::Person => folded(stands_for),
            _ if party.kind == Kind::Person => self.full_name(&party.name),
            _ => self.lands.body(&party.name),
        };
        let of_side = party.side.as_ref().map(|side| side.name.clone());
        let is_named_body = is_group(party);
        let key = if what != Kind::Person && land.is_none() && alias.is_none() && !tells(&party.name) {
            match (&of_side, speaks_for.first()) {
                _ if tells(&written) && !is_pronoun(&written) && words(&written).len() <= MOST_WORDS => {
                    self.lands.body(&written)
                }
                (Some(country), _) => self.lands.body(&format!("{country} {}", party.name)),
                (None, Some(owner)) if self.lands.name(&capital(owner.as_str())).is_some() => {
                    self.lands.body(&format!("{} {name}", capital(owner.as_str())))
                }
                (None, Some(owner)) => format!("{name} of {owner}"),
                (None, None) => format!("{name} in {}", report.article),
            }
        } else {
            name
        };
        let key = PartyKey::new(key);
        speaks_for.remove(&key);
        speaks_for.retain(|spoken| !is_no_one(spoken.as_str()));
        let is_named = party.named || alias.is_some() || is_named_body || !speaks_for.is_empty() || !plain.is_empty();
        let kind = if is_named || party.kind != Kind::Unnamed { PartyKind::Named } else { PartyKind::Unnamed };
        let mut evidence = source;
        let quote =
            |words: &Quoted| Evidence { article: report.article, revision: report.revision, words: words.clone() };
        evidence.extend(stands_for.iter().map(quote));
        let mut view = view(key, kind, evidence);
        view.speaks_for = speaks_for.into_iter().collect();
        let own = || words(&party.name).first().and_then(|(_, word)| side(word)).filter(|_| what == Kind::Government);
        view.side = of_side.as_deref().and_then(side).or_else(|| side_in(&describing)).or_else(own);
        if what != Kind::Person {
            let country = of_side.filter(|_| what == Kind::Government || is_of_command(&party.name));
            let written = record.source.iter().map(Quoted::words).chain([party.name.as_str()]);
            let government = written.filter_map(|written| self.lands.government(written)).map(|(key, _)| key).next();
            let by_country = || country.map(|country| super::land::government(&folded(&country)));
            view.commanded_by = government.or_else(by_country).filter(|government| *government != view.party);
        }
        plain.sort();
        plain.dedup();
        let what = if is_named_body { Kind::Group } else { what };
        Spoken { view, what: Some(what), is_own_outlet: false, stands_for, plain, perhaps: None }
    }
}

/// Whether somebody speaks as the editor of a newsroom, and of which by name; without a name it is that of the report. What an editor stands by or
/// regrets is said by the newsroom.
fn edits(record: &AttributionRecord) -> Option<Option<String>> {
    let detail = record.speaker.as_ref()?;
    let party = detail.finding.party()?;
    let words_of = |range: TextRange| detail.quotes().find(|quoted| quoted.range() == range).map(Quoted::words);
    let office = party.offices.iter().find(|office| {
        words_of(office.title).is_some_and(|title| {
            let title = title.to_lowercase();
            title.split([' ', '-']).any(|word| word == "editor") && !title.contains("former")
        })
    })?;
    let of = office.of.and_then(words_of).filter(|of| tells(of));
    Some(of.map(str::to_owned))
}

/// "The Ninth of March wing": a group with a name of its own, though the article's reading takes it for people without one.
fn is_group(party: &PartyFinding) -> bool {
    party.kind == Kind::Unnamed && tells(&party.name) && is_body_noun(&party.name)
}

/// Whether an owner is named by a pronoun or a plain noun.
fn is_plain(owner: &str) -> bool {
    !tells(owner) && words(owner).len() <= 3
}

/// Words of a sentence in which its subject stands.
const MOST_OPENING: usize = 8;

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
