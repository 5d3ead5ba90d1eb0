//! The newsroom of every report, which of them only bear the name of another, and which newsroom a name means. Not whether an outlet is a good
//! one.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{Quoted, TextRange};

use super::names::folded;
use super::title::families;
use crate::Report;
use crate::citing::disowned;
use crate::position::{Evidence, NewsroomKey};

/// An outlet that the ledger knows by more than the reports at hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Masthead {
    /// Its name, as its pages state it.
    pub name: String,
    /// The host of its pages.
    pub host: String,
}

/// The newsrooms of reports.
pub(super) struct Newsrooms {
    of: Vec<(NewsroomKey, Vec<Evidence>)>,
    names: BTreeMap<String, NewsroomKey>,
    /// Names that reports cite, with the newsroom that is meant.
    cited: BTreeMap<String, NewsroomKey>,
    /// What names begin or end with, by whole words; `None` where several do.
    parts: BTreeMap<String, Option<NewsroomKey>>,
    /// Newsrooms of which reports are at hand.
    at_hand: BTreeSet<NewsroomKey>,
}

impl Newsrooms {
    /// The newsrooms of `reports`, in their order.
    ///
    /// Where a name stands on hosts of several owners, that host is the masthead's whose own pages disown another one, else the one whose label
    /// is the name; without either none is an impostor. The hosts of `mastheads` count as if reports of them were at hand, so that it does not
    /// matter which came first.
    pub(super) fn of(reports: &[&Report], mastheads: &[Masthead]) -> Self {
        let mut hosts: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for masthead in mastheads {
            hosts.entry(folded(&masthead.name)).or_default().insert(owner(&masthead.host));
        }
        for report in reports {
            if let (Some(outlet), Some(domain)) = (&report.outlet, &report.domain) {
                hosts.entry(folded(outlet)).or_default().insert(owner(domain));
            }
        }
        let mut real: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (name, all) in hosts.iter().filter(|(_, all)| all.len() > 1) {
            let disowning = reports.iter().filter(|report| {
                let is_it = report.outlet.as_deref().map(folded).as_ref() == Some(name);
                is_it && report.domain.is_some() && disowns(report)
            });
            let own: BTreeSet<&str> = disowning.filter_map(|report| Some(owner(report.domain.as_deref()?))).collect();
            let label: String = name.split(' ').collect();
            // Two hosts that disown each other tell nothing.
            if own.len() == 1 {
                real.insert(name.clone(), own);
            } else if let Some(host) = all.get(label.as_str()).filter(|_| own.is_empty()) {
                real.insert(name.clone(), BTreeSet::from([*host]));
            }
        }
        let mut found = Self {
            of: Vec::with_capacity(reports.len()),
            names: BTreeMap::new(),
            cited: BTreeMap::new(),
            parts: BTreeMap::new(),
            at_hand: BTreeSet::new(),
        };
        for report in reports {
            let (key, impostor) = match (&report.outlet, &report.domain) {
                (Some(outlet), Some(domain)) => {
                    let name = folded(outlet);
                    match real.get(&name) {
                        Some(own) if !own.contains(owner(domain)) => (format!("{name} at {domain}"), heading(report)),
                        _ => (name, Vec::new()),
                    }
                }
                (Some(outlet), None) => (folded(outlet), Vec::new()),
                (None, Some(domain)) => (domain.clone(), Vec::new()),
                (None, None) => (format!("newsroom of {}", report.article), Vec::new()),
            };
            let key = NewsroomKey::new(key);
            if let (Some(outlet), true) = (&report.outlet, impostor.is_empty()) {
                found.names.insert(folded(outlet), key.clone());
            }
            found.at_hand.insert(key.clone());
            found.of.push((key, impostor));
        }
        for masthead in mastheads {
            let name = folded(&masthead.name);
            let is_real = real.get(&name).is_none_or(|own| own.contains(owner(&masthead.host)));
            if is_real && !name.is_empty() {
                found.names.entry(name.clone()).or_insert_with(|| NewsroomKey::new(name));
            }
        }
        for (name, key) in &found.names {
            let gaps = name.match_indices(' ').map(|(gap, _)| gap);
            let parts: BTreeSet<&str> = gaps.flat_map(|gap| [&name[..gap], &name[gap + 1..]]).collect();
            for part in parts.into_iter().filter(|part| !part.is_empty()) {
                let known = found.parts.entry(part.to_owned()).or_insert_with(|| Some(key.clone()));
                known.take_if(|known| known != key);
            }
        }
        found
    }

    /// Takes in the names of outlets that reports cite: those that are written like a part, the initials or another spelling of exactly one other
    /// name mean that one.
    pub(super) fn learn(&mut self, cited: &BTreeSet<String>) {
        let mut all: BTreeSet<String> = cited.iter().map(|name| folded(name)).filter(|name| !name.is_empty()).collect();
        let own: BTreeSet<String> = self.names.keys().cloned().collect();
        all.extend(own.iter().cloned());
        for family in families(&all) {
            let at_hand = family.iter().find(|name| own.contains(*name)).and_then(|name| self.names.get(name));
            let longest = family.iter().max_by_key(|name| (name.len(), std::cmp::Reverse(*name)));
            let Some(longest) = longest else { continue };
            let key = at_hand.cloned().unwrap_or_else(|| NewsroomKey::new(longest.clone()));
            for name in family.iter().filter(|name| !own.contains(*name)) {
                self.cited.insert(name.clone(), key.clone());
            }
        }
    }

    /// The newsroom of a report by its index, and the words that show it to be an impostor.
    pub(super) fn at(&self, report: usize) -> &(NewsroomKey, Vec<Evidence>) {
        &self.of[report]
    }

    /// Whether reports of a newsroom are at hand.
    pub(super) fn has(&self, newsroom: &NewsroomKey) -> bool {
        self.at_hand.contains(newsroom)
    }

    /// The newsroom that bears this name.
    pub(super) fn called(&self, name: &str) -> Option<NewsroomKey> {
        self.names.get(&folded(name)).cloned()
    }

    /// The newsroom that a name means which is known to be an outlet's: all of the name, or the one newsroom whose name ends with it; else one that
    /// reports cite by it.
    pub(super) fn named(&self, name: &str) -> Option<NewsroomKey> {
        let name = folded(name);
        if let Some(key) = self.names.get(&name) {
            return Some(key.clone());
        }
        self.parts.get(&name).cloned().flatten().or_else(|| self.cited.get(&name).cloned())
    }
}

/// Whether a report says that a page under its outlet's name is not its outlet's.
fn disowns(report: &Report) -> bool {
    let blocks: Vec<TextRange> = report.blocks.iter().map(|block| block.range).collect();
    !disowned(report, &onrecord_annotate::sentences(&report.text, &blocks)).is_empty()
}

/// The label of a host that names its owner: "harbournews" of "www.harbournews.example".
fn owner(host: &str) -> &str {
    let mut labels = host.rsplit('.');
    let last = labels.next().unwrap_or(host);
    labels.next().unwrap_or(last)
}

/// The outlet's name in the report's text, else its first line.
fn heading(report: &Report) -> Vec<Evidence> {
    let name = report.outlet.as_deref().unwrap_or("").trim_start_matches("The ");
    let at = report.text.find(name).filter(|_| !name.is_empty());
    let (start, end) = match at {
        Some(at) => (at, at + name.len()),
        None => (0, report.text.find('\n').unwrap_or(report.text.len())),
    };
    let range = u32::try_from(start).ok().zip(u32::try_from(end).ok()).map(|(start, end)| TextRange::new(start, end));
    let words = range.and_then(|range| Quoted::new(&report.text, range).ok());
    words.map(|words| Evidence { article: report.article, revision: report.revision, words }).into_iter().collect()
}
