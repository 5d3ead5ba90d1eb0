//! Bodies that reports name only by what they are, joined in one article, over articles, and on one claim: "the army", "the defence ministry". Where several may be meant each
//! stays a party of its own.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::{Act, PartyKind as Kind};
use onrecord_evidence::{AttributionId, RevisionId};

use super::owner::capital;
use super::party::{Speakers, Spoken};
use super::record::Told;
use crate::Report;
use crate::position::{PartyKey, PartyKind, PartyView, Stance};

/// "The army" of a headline is the one body that the report names for it; "the defence ministry" the one defence ministry that says the same of
/// this claim elsewhere. Where several may be meant, it stays a party of its own.
pub(super) fn join_bodies(told: &mut [Told<'_>]) {
    let is_body = |one: &Told<'_>| {
        one.spoken.view.kind == PartyKind::Named
            && one.spoken.what.is_some_and(|what| what != onrecord_annotate::PartyKind::Person)
    };
    let bare = |view: &PartyView| view.party.as_str().split_once(" in art_").map(|(name, _)| name.to_owned());
    let named: Vec<(RevisionId, Act, PartyView)> = told
        .iter()
        .filter(|one| is_body(one) && bare(&one.spoken.view).is_none())
        .map(|one| (one.report.revision, one.act, one.spoken.view.clone()))
        .collect();
    join_bare(told, &bare, &is_body);
    for one in told.iter_mut() {
        let Some(name) = bare(&one.spoken.view).filter(|_| is_body(one)) else { continue };
        let holds = |view: &PartyView| {
            let full: BTreeSet<&str> = view.party.as_str().split(' ').collect();
            name.split(' ').all(|word| full.contains(word))
        };
        let with_act = || named.iter().filter(|(_, act, _)| *act == one.act);
        let here = only(with_act().filter(|(revision, ..)| *revision == one.report.revision).map(|(.., view)| view));
        let found = here.or_else(|| only(with_act().map(|(.., view)| view).filter(|view| holds(view)))).cloned();
        if let Some(view) = found {
            let evidence = std::mem::take(&mut one.spoken.view.evidence);
            one.spoken.view = PartyView { evidence, ..view };
        }
    }
}

/// "The defence ministry" of several reports is one where all of them have the same act of it on this claim and the claim knows no two of the
/// name.
fn join_bare(told: &mut [Told<'_>], bare: &dyn Fn(&PartyView) -> Option<String>, is_body: &dyn Fn(&Told<'_>) -> bool) {
    let mut acts: BTreeMap<String, BTreeSet<Act>> = BTreeMap::new();
    let mut first: BTreeMap<String, PartyView> = BTreeMap::new();
    let mut landed: BTreeMap<String, BTreeSet<PartyKey>> = BTreeMap::new();
    for one in told.iter().filter(|one| is_body(one)) {
        let view = &one.spoken.view;
        if let Some(name) = bare(view) {
            if Stance::of(one.act, false).is_taken() {
                acts.entry(name.clone()).or_default().insert(one.act);
            }
            first.entry(name).or_insert_with(|| view.clone());
        } else if let Some((_, rest)) = view.party.as_str().split_once(' ') {
            landed.entry(rest.to_owned()).or_default().insert(view.party.clone());
        }
    }
    for one in told.iter_mut() {
        let Some(name) = bare(&one.spoken.view).filter(|_| is_body(one)) else { continue };
        let is_one =
            acts.get(&name).is_none_or(|acts| acts.len() <= 1) && landed.get(&name).is_none_or(|of| of.len() <= 1);
        if let Some(view) = first.get(&name).filter(|_| is_one) {
            let evidence = std::mem::take(&mut one.spoken.view.evidence);
            one.spoken.view = PartyView { evidence, ..view.clone() };
        }
    }
}

/// The one party of these views.
fn only<'v>(mut views: impl Iterator<Item = &'v PartyView>) -> Option<&'v PartyView> {
    let first = views.next()?;
    views.all(|other| other.party == first.party).then_some(first)
}

impl Speakers {
    /// "The health office" is "the Valley health office" where the article names only one that it may be.
    pub(super) fn join_short_names(&mut self, report: &Report) {
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

    /// "The Coastal Flotilla" is the Tarvian one where the reports know one land's alone.
    pub(super) fn join_lands(&mut self) {
        let mut landed: BTreeMap<String, BTreeSet<PartyKey>> = BTreeMap::new();
        let mut views: BTreeMap<PartyKey, PartyView> = BTreeMap::new();
        for spoken in self.of.values().filter(|spoken| spoken.what.is_some_and(|what| what != Kind::Person)) {
            let key = spoken.view.party.as_str();
            let rest = key.split_once(' ').filter(|(land, _)| self.lands.name(&capital(land)).as_deref() == Some(land));
            if let Some((_, rest)) = rest.filter(|_| spoken.view.kind == PartyKind::Named) {
                landed.entry(rest.to_owned()).or_default().insert(spoken.view.party.clone());
                views.entry(spoken.view.party.clone()).or_insert_with(|| spoken.view.clone());
            }
        }
        for spoken in self.of.values_mut() {
            let of = landed.get(spoken.view.party.as_str()).filter(|of| of.len() == 1);
            if let Some(view) = of.and_then(|of| views.get(of.first()?)) {
                let evidence = std::mem::take(&mut spoken.view.evidence);
                spoken.view = PartyView { evidence, ..view.clone() };
            }
        }
    }
}
