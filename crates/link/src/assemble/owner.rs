//! Whom people and offices speak for where the words only point there: "its spokeswoman", "the ministry's director", "the interior minister".
//! Looked for among the bodies that the same article names before; what is found holds for a person in every report. Not the reading of names.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::PartyKind as Kind;
use onrecord_evidence::{AttributionId, RevisionId};

use super::land::Lands;
use super::office::is_no_one;
use super::party::Spoken;
use crate::Report;
use crate::position::{Evidence, PartyKey, PartyKind, PartyView};

/// Attributions between a pronoun and the body that it means.
const MOST_BACK: usize = 2;
/// Evidence that is kept of one person's office.
const MOST_EVIDENCE: usize = 8;
/// Parties that are added for those who speak themselves.
const MOST_IMPLIED: usize = 64;

/// A body that an article named.
struct Named {
    order: usize,
    key: PartyKey,
    /// All words by which it was named, in lower case.
    words: BTreeSet<String>,
}

/// Resolves the plain owners of an article's parties.
pub(super) fn attach(report: &Report, of: &mut BTreeMap<(RevisionId, AttributionId), Spoken>, lands: &Lands) {
    let mut bodies: Vec<Named> = Vec::new();
    for (order, record) in report.records.iter().enumerate() {
        let Some(spoken) = of.get_mut(&(report.revision, record.id)) else { continue };
        let is_body = spoken.view.kind == PartyKind::Named && spoken.what.is_some_and(|what| what != Kind::Person);
        let plain = std::mem::take(&mut spoken.plain);
        for owner in &plain {
            if owner == "its" {
                let near = bodies.iter().rev().find(|body| body.key != spoken.view.party);
                let near = near.filter(|body| order - body.order <= MOST_BACK).map(|body| body.key.clone());
                spoken.perhaps = spoken.perhaps.take().or(near);
                continue;
            }
            let found = {
                let telling = |body: &&Named| owner.split(' ').all(|word| body.words.contains(word));
                bodies.iter().rev().filter(|body| body.key != spoken.view.party).find(telling)
            };
            let key = match found {
                Some(body) => body.key.clone(),
                // A body that only the article's other words name is one of its own: "a spokesman for the army".
                None if !is_no_one(owner) => PartyKey::new(format!("{owner} in {}", report.article)),
                None => continue,
            };
            if !spoken.view.speaks_for.contains(&key) {
                spoken.view.speaks_for.push(key);
                spoken.view.speaks_for.sort();
            }
        }
        if is_body && plain.is_empty() {
            let written = record.source.iter().map(onrecord_evidence::Quoted::words);
            let mut words: BTreeSet<String> =
                written.flat_map(|written| super::names::words(written)).map(|(_, word)| word.to_lowercase()).collect();
            words.extend(spoken.view.party.as_str().split(' ').map(str::to_owned));
            if let Some(party) = record.speaker.as_ref().and_then(|speaker| speaker.finding.party()) {
                words.extend(lands.body(&party.name).split(' ').map(str::to_owned));
            }
            let key = spoken.view.party.clone();
            if let Some(known) = bodies.iter_mut().find(|body| body.key == key) {
                known.order = order;
                known.words.extend(words);
            } else {
                bodies.push(Named { order, key, words });
            }
            bodies.sort_by_key(|body| body.order);
        }
    }
}

/// Whom the parties of all reports speak for and stand under.
#[derive(Default)]
pub(super) struct Roles {
    views: BTreeMap<PartyKey, PartyView>,
}

impl Roles {
    pub(super) fn of<'s>(spoken: impl Iterator<Item = &'s Spoken>, lands: &Lands) -> Self {
        let mut roles = Self::default();
        let mut perhaps: BTreeMap<PartyKey, BTreeSet<PartyKey>> = BTreeMap::new();
        for one in spoken.filter(|one| one.view.kind == PartyKind::Named) {
            let view = &one.view;
            if let Some(spoken) = &one.perhaps {
                perhaps.entry(view.party.clone()).or_default().insert(spoken.clone());
            }
            let known = roles.views.entry(view.party.clone()).or_insert_with(|| PartyView {
                evidence: Vec::new(),
                speaks_for: Vec::new(),
                ..view.clone()
            });
            let is_new = view.speaks_for.iter().any(|spoken| !known.speaks_for.contains(spoken));
            if (is_new || known.evidence.is_empty()) && known.evidence.len() < MOST_EVIDENCE {
                known.evidence.extend(view.evidence.iter().cloned());
            }
            known.speaks_for.extend(view.speaks_for.iter().cloned());
            known.speaks_for.sort();
            known.speaks_for.dedup();
            known.commanded_by = known.commanded_by.clone().or_else(|| view.commanded_by.clone());
            known.side = known.side.clone().or_else(|| view.side.clone());
        }
        roles.name_bodies();
        for (party, mut spoken) in perhaps {
            // "Ulvane" and "Ulvane's general staff" are one voice: the nearer of the two is meant.
            let above: BTreeSet<PartyKey> =
                spoken.iter().filter_map(|key| roles.views.get(key)).flat_map(|view| view.speaks_for.clone()).collect();
            spoken.retain(|key| !above.contains(key));
            let is_one = spoken.len() == 1;
            if let Some(view) = roles.views.get_mut(&party).filter(|view| is_one && view.speaks_for.is_empty()) {
                view.speaks_for.extend(spoken);
            }
        }
        let named: BTreeSet<PartyKey> = roles.views.values().flat_map(|view| view.speaks_for.clone()).collect();
        for key in named {
            // A land or a body of one that is only spoken for; the capital tells a name, which keys have lost.
            let written: String = key.as_str().split(' ').map(capital).collect::<Vec<_>>().join(" ");
            let Some((government, side)) = lands.government(&written).filter(|(government, _)| *government != key)
            else {
                continue;
            };
            let view = roles.views.entry(key.clone()).or_insert_with(|| bare(key));
            view.commanded_by = view.commanded_by.take().or(Some(government));
            view.side = view.side.take().or(Some(side));
        }
        roles
    }

    /// "The water ministry" of an article that names no other is the one that another report names so; of one person's it is one in all reports.
    fn name_bodies(&mut self) {
        let named: BTreeSet<PartyKey> = self.views.keys().cloned().collect();
        for view in self.views.values_mut() {
            let mut first: BTreeMap<String, PartyKey> = BTreeMap::new();
            let keys = std::mem::take(&mut view.speaks_for);
            for key in keys {
                let Some((bare, _)) = key.as_str().split_once(" in art_") else {
                    view.speaks_for.push(key);
                    continue;
                };
                let whole = PartyKey::new(bare);
                let known = if named.contains(&whole) {
                    whole
                } else {
                    first.entry(bare.to_owned()).or_insert(key.clone()).clone()
                };
                view.speaks_for.push(known);
            }
            view.speaks_for.sort();
            view.speaks_for.dedup();
        }
    }

    /// Adds what is known to the parties of a claim: whom they speak for by other reports, and those themselves, in any number of steps.
    pub(super) fn add(&self, found: &mut BTreeMap<PartyKey, PartyView>) {
        let mut open: Vec<PartyKey> = found.keys().cloned().collect();
        let mut added = 0;
        while let Some(key) = open.pop() {
            let known = self.views.get(&key);
            let view = match (found.get_mut(&key), known) {
                (Some(view), Some(known)) => {
                    if known.speaks_for != view.speaks_for {
                        view.speaks_for = known.speaks_for.clone();
                        view.evidence.extend(known.evidence.iter().cloned());
                    }
                    view.commanded_by = view.commanded_by.take().or_else(|| known.commanded_by.clone());
                    view
                }
                (Some(view), None) => view,
                (None, Some(known)) if added < MOST_IMPLIED => {
                    added += 1;
                    found.entry(key).or_insert_with(|| known.clone())
                }
                (None, _) => continue,
            };
            view.speaks_for.sort();
            view.speaks_for.dedup();
            let next: Vec<PartyKey> = view.speaks_for.clone();
            open.extend(next.into_iter().filter(|next| !found.contains_key(next)));
        }
    }
}

/// A word with a capital: keys have lost theirs.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn bare(party: PartyKey) -> PartyView {
    let evidence: Vec<Evidence> = Vec::new();
    PartyView { party, kind: PartyKind::Named, speaks_for: Vec::new(), commanded_by: None, side: None, evidence }
}
