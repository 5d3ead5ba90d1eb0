//! Ends of chains joined to origins: circles, passages that stand in two reports, decisions of people. Not the counting.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::RevisionId;

use crate::position::{HangingKind, HangsOn, Ruling, UtteranceKey};

use super::tree::{Circle, End, Grower};

/// Sets of indices that were joined.
#[derive(Clone)]
pub(super) struct Joined {
    to: Vec<usize>,
}

impl Joined {
    pub(super) fn new(len: usize) -> Self {
        Self { to: (0..len).collect() }
    }

    /// The first of the set that holds `at`.
    pub(super) fn find(&mut self, mut at: usize) -> usize {
        while self.to[at] != at {
            self.to[at] = self.to[self.to[at]];
            at = self.to[at];
        }
        at
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.to[one.max(other)] = one.min(other);
    }
}

/// Resolves every node to the end of its chain; gives the circles that were found.
pub(super) fn resolve(grower: &mut Grower<'_>) -> Vec<Circle> {
    let mut circles = Vec::new();
    let mut done = vec![false; grower.nodes.len()];
    for start in 0..grower.nodes.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut on_path: BTreeMap<usize, usize> = BTreeMap::new();
        let mut at = start;
        let end = loop {
            let node = &grower.nodes[at];
            if let (true, Some(end)) | (false, Some(end)) = (done[at], &node.end) {
                break end.clone();
            }
            if let Some(first) = on_path.get(&at) {
                let members = &path[*first..];
                circles.extend(circle(grower, members));
                break close(grower, members);
            }
            on_path.insert(at, path.len());
            path.push(at);
            match node.parent {
                Some(parent) => at = parent,
                None => break End::Without(node.report.revision),
            }
        };
        for at in path {
            grower.nodes[at].end.get_or_insert_with(|| end.clone());
            done[at] = true;
        }
    }
    circles.sort_by(|one, other| one.reports.cmp(&other.reports));
    circles.dedup_by(|one, other| one.reports == other.reports);
    circles
}

/// A circle that runs through at least two articles.
fn circle(grower: &Grower<'_>, members: &[usize]) -> Option<Circle> {
    let articles: BTreeSet<_> = members.iter().map(|at| grower.nodes[*at].report.article).collect();
    let reports: BTreeSet<RevisionId> = members.iter().map(|at| grower.nodes[*at].report.revision).collect();
    let evidence: BTreeSet<_> = members.iter().flat_map(|at| grower.nodes[*at].evidence.iter().cloned()).collect();
    (articles.len() > 1)
        .then(|| Circle { reports: reports.into_iter().collect(), evidence: evidence.into_iter().collect() })
}

/// The end of what hangs in a circle: the words of a named party end with it however they are passed round, of several with the first
/// by key.
fn close(grower: &mut Grower<'_>, members: &[usize]) -> End {
    let heads = members.iter().map(|at| grower.nodes[*at].party).filter(|party| grower.parties.is_named(party));
    if let Some(head) = heads.map(|party| grower.parties.head(party)).min() {
        members.iter().for_each(|at| grower.nodes[*at].is_shown = true);
        return End::Party(head);
    }
    let first = members.iter().map(|at| grower.nodes[*at].report.revision).min();
    End::Circle(first.unwrap_or(grower.nodes[0].report.revision))
}

/// The ends by order, and which of them are one.
pub(super) struct Groups {
    pub(super) ends: Vec<End>,
    pub(super) joined: Joined,
    /// Pairs that a person set apart, as utterances.
    apart: BTreeSet<(UtteranceKey, UtteranceKey)>,
}

impl Groups {
    /// Joins what shares an origin for sure.
    pub(super) fn of(grower: &mut Grower<'_>) -> Self {
        let mut apart = BTreeSet::new();
        let mut same = BTreeSet::new();
        for decision in grower.record.decisions.iter().filter(|decision| !decision.taken_back) {
            match &decision.ruling {
                Ruling::ApartOrigin(one, other) => apart.insert(ordered(one, other)),
                Ruling::SameOrigin(one, other) => same.insert(ordered(one, other)),
                _ => continue,
            };
        }
        for (one, other) in &apart {
            set_apart(grower, one, other);
        }
        let ends: BTreeSet<End> = grower.nodes.iter().filter_map(|node| node.end.clone()).collect();
        let ends: Vec<End> = ends.into_iter().collect();
        let mut groups = Self { joined: Joined::new(ends.len()), ends, apart };
        for (one, other) in same.iter().filter(|pair| !groups.apart.contains(pair)).cloned().collect::<Vec<_>>() {
            groups.join_utterances(grower, &one, &other);
        }
        groups.join_passages(grower);
        groups
    }

    /// The set of a node's end.
    pub(super) fn at(&mut self, grower: &Grower<'_>, node: usize) -> Option<usize> {
        let end = grower.nodes[node].end.as_ref()?;
        let at = self.ends.binary_search(end).ok()?;
        Some(self.joined.find(at))
    }

    /// Whether a person set two utterances apart.
    pub(super) fn is_apart(&self, one: &UtteranceKey, other: &UtteranceKey) -> bool {
        self.apart.contains(&ordered(one, other))
    }

    /// Sets of the ends of an utterance.
    pub(super) fn of_utterance(&mut self, grower: &Grower<'_>, utterance: &UtteranceKey) -> BTreeSet<usize> {
        let nodes = grower.by_utterance.get(utterance).cloned().unwrap_or_default();
        nodes.into_iter().filter_map(|node| self.at(grower, node)).collect()
    }

    fn join_utterances(&mut self, grower: &Grower<'_>, one: &UtteranceKey, other: &UtteranceKey) {
        let all: BTreeSet<usize> =
            self.of_utterance(grower, one).union(&self.of_utterance(grower, other)).copied().collect();
        let Some(first) = all.first().copied() else { return };
        all.into_iter().for_each(|at| self.joined.join(first, at));
    }

    /// A passage that stands in two reports has one origin, whichever had it first.
    fn join_passages(&mut self, grower: &Grower<'_>) {
        for hanging in &grower.record.hangings {
            let HangsOn::Report(on) = &hanging.on else { continue };
            if hanging.kind != HangingKind::DerivedEitherWay || grower.is_cut(hanging) {
                continue;
            }
            for node in grower.by_report.get(&hanging.report).into_iter().flatten().copied() {
                let (key, named) =
                    (&grower.nodes[node].utterance.key, grower.parties.is_named(grower.nodes[node].party));
                if !hanging.covers(key) {
                    continue;
                }
                // One quotation in two reports names the sayings of both.
                let same = grower.by_report.get(on).into_iter().flatten().copied().find(|other| {
                    let theirs = &grower.nodes[*other].utterance.key;
                    theirs != key && hanging.utterances.contains(theirs)
                });
                let other = same.or_else(|| grower.best(node, grower.by_report.get(on), named));
                let Some(other) = other.filter(|other| !self.is_apart(key, &grower.nodes[*other].utterance.key)) else {
                    continue;
                };
                if let (Some(one), Some(other)) = (self.at(grower, node), self.at(grower, other)) {
                    self.joined.join(one, other);
                }
            }
        }
    }
}

/// Gives the later of two utterances an end of its own where both have one.
fn set_apart(grower: &mut Grower<'_>, one: &UtteranceKey, other: &UtteranceKey) {
    let ends = |key: &UtteranceKey, grower: &Grower<'_>| -> BTreeSet<End> {
        let nodes = grower.by_utterance.get(key).into_iter().flatten();
        nodes.filter_map(|node| grower.nodes[*node].end.clone()).collect()
    };
    let shared = ends(one, grower);
    for node in grower.by_utterance.get(other).cloned().unwrap_or_default() {
        if grower.nodes[node].end.as_ref().is_some_and(|end| shared.contains(end)) {
            grower.nodes[node].end = Some(End::Decided(other.clone()));
            grower.nodes[node].is_shown = true;
            grower.nodes[node].rule = "a-persons-decision";
        }
    }
}

fn ordered(one: &UtteranceKey, other: &UtteranceKey) -> (UtteranceKey, UtteranceKey) {
    if one <= other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) }
}
