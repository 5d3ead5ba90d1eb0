//! The newsroom of every report, and which of them only bear the name of another. Not whether an outlet is a good one.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{Quoted, TextRange};

use super::names::folded;
use crate::Report;
use crate::position::{Evidence, NewsroomKey};

/// The newsrooms of reports.
pub(super) struct Newsrooms {
    of: Vec<(NewsroomKey, Vec<Evidence>)>,
    names: BTreeMap<String, NewsroomKey>,
}

impl Newsrooms {
    /// The newsrooms of `reports`, in their order.
    ///
    /// Where a name stands on hosts of several owners, that host is the masthead's whose label is the name; without one none is an impostor.
    pub(super) fn of(reports: &[&Report]) -> Self {
        let mut hosts: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for report in reports {
            if let (Some(outlet), Some(domain)) = (&report.outlet, &report.domain) {
                hosts.entry(folded(outlet)).or_default().insert(owner(domain));
            }
        }
        let mut found = Self { of: Vec::with_capacity(reports.len()), names: BTreeMap::new() };
        for report in reports {
            let (key, impostor) = match (&report.outlet, &report.domain) {
                (Some(outlet), Some(domain)) => {
                    let name = folded(outlet);
                    let label: String = name.split(' ').collect();
                    let (own, all) = (owner(domain), &hosts[&name]);
                    if all.len() > 1 && all.contains(label.as_str()) && own != label {
                        (format!("{name} at {domain}"), heading(report))
                    } else {
                        (name, Vec::new())
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
            found.of.push((key, impostor));
        }
        found
    }

    /// The newsroom of a report by its index, and the words that show it to be an impostor.
    pub(super) fn at(&self, report: usize) -> &(NewsroomKey, Vec<Evidence>) {
        &self.of[report]
    }

    /// The newsroom that bears this name.
    pub(super) fn called(&self, name: &str) -> Option<NewsroomKey> {
        self.names.get(&folded(name)).cloned()
    }

    /// The newsroom that a name means which is known to be an outlet's: all of the name, or the one newsroom whose name ends with it.
    pub(super) fn named(&self, name: &str) -> Option<NewsroomKey> {
        let name = folded(name);
        if let Some(key) = self.names.get(&name) {
            return Some(key.clone());
        }
        let is_part = |full: &str| {
            !name.is_empty() && (full.ends_with(&format!(" {name}")) || full.starts_with(&format!("{name} ")))
        };
        let mut fits = self.names.iter().filter(|(full, _)| is_part(full));
        match (fits.next(), fits.next()) {
            (Some((_, key)), None) => Some(key.clone()),
            _ => None,
        }
    }
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
