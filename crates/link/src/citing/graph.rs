//! Citing edges of a claim's reports as a graph: chains in any number of steps, circles, and one origin that comes back as several. Not
//! the count of origins, which uses it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use onrecord_evidence::{Diagnostic, Quoted, RevisionId};
use serde::{Deserialize, Serialize};

/// One step from a report to what it hangs on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Step {
    /// The report that cites, or is derived.
    pub from: RevisionId,
    /// What it cites, or is derived from.
    pub to: RevisionId,
    /// The words in the report that cites; for a passage that was taken without credit, its words.
    pub words: Vec<Quoted>,
    /// Whether it names the other: a passage taken without credit does not.
    pub named: bool,
}

/// Steps from a report to the end of a chain; never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Chain {
    /// The steps, the report's own first.
    pub steps: Vec<Step>,
}

impl Chain {
    /// The report at its end.
    pub fn end(&self) -> Option<RevisionId> {
        self.steps.last().map(|step| step.to)
    }

    /// The reports in it, the one that it begins with first.
    pub fn reports(&self) -> Vec<RevisionId> {
        self.steps.first().map(|step| step.from).into_iter().chain(self.steps.iter().map(|step| step.to)).collect()
    }
}

/// Reports that cite each other in a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitingCircle {
    /// The reports, ascending.
    pub reports: Vec<RevisionId>,
    /// The steps between them, ascending, with their words.
    pub steps: Vec<Step>,
}

/// One origin that comes back as several: a report cites two others whose chains end at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    /// The report that has it as several.
    pub report: RevisionId,
    /// Where the chains end.
    pub end: RevisionId,
    /// One chain for each report that it cites, those with fewest steps first; at least two.
    pub chains: Vec<Chain>,
}

/// Steps of a chain at most.
const DEEPEST: usize = 64;
/// Steps that are followed from one report at most.
const FOLLOWED: usize = 4096;

/// The steps between the reports of one claim.
#[derive(Clone, Debug, Default)]
pub struct CitingGraph {
    steps: BTreeMap<RevisionId, BTreeMap<RevisionId, Step>>,
}

impl CitingGraph {
    /// Puts steps together; of several between two reports the words are joined, in text order. A report does not cite itself.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut graph = Self::default();
        steps.into_iter().for_each(|step| graph.add(step));
        graph
    }

    /// Adds one step.
    pub fn add(&mut self, step: Step) {
        if step.from == step.to {
            return;
        }
        let known = self.steps.entry(step.from).or_default().entry(step.to);
        let into = known.or_insert_with(|| Step { words: Vec::new(), named: false, ..step });
        into.words.extend(step.words);
        into.words.sort();
        into.words.dedup();
        into.named |= step.named;
    }

    fn next(&self, report: RevisionId) -> impl Iterator<Item = &Step> {
        self.steps.get(&report).into_iter().flat_map(BTreeMap::values)
    }

    /// The shortest chain from a report to each end that it reaches: a report that hangs on no other. Ordered by end. A circle has no end.
    ///
    /// Diagnostic `chains-left-out`: more than 4,096 steps or chains of more than 64 steps were not followed.
    pub fn chains(&self, from: RevisionId) -> (Vec<Chain>, Vec<Diagnostic>) {
        let mut came: BTreeMap<RevisionId, &Step> = BTreeMap::new();
        let mut depth: BTreeMap<RevisionId, usize> = BTreeMap::from([(from, 0)]);
        let mut queue = VecDeque::from([from]);
        let (mut ends, mut followed, mut cut) = (BTreeSet::new(), 0, false);
        while let Some(at) = queue.pop_front() {
            let here = depth.get(&at).copied().unwrap_or(0);
            if at != from && self.next(at).next().is_none() {
                ends.insert(at);
            }
            for step in self.next(at) {
                followed += 1;
                if followed > FOLLOWED || here == DEEPEST {
                    cut = true;
                    break;
                }
                if let std::collections::btree_map::Entry::Vacant(vacant) = depth.entry(step.to) {
                    vacant.insert(here + 1);
                    came.insert(step.to, step);
                    queue.push_back(step.to);
                }
            }
        }
        let chain = |end: RevisionId| {
            let mut steps = Vec::new();
            let mut at = end;
            while let Some(step) = came.get(&at).filter(|_| at != from) {
                steps.push((*step).clone());
                at = step.from;
            }
            steps.reverse();
            Chain { steps }
        };
        let left_out = cut.then(|| {
            let message = format!("chains of more than {DEEPEST} steps or {FOLLOWED} steps in all are not followed");
            Diagnostic::note("chains-left-out", message).at(from.to_string())
        });
        (ends.into_iter().map(chain).collect(), left_out.into_iter().collect())
    }

    /// Where a report has one origin as several: at least two of the reports that it names lead to one end. Ordered by end.
    pub fn returning(&self, report: RevisionId) -> Vec<Returning> {
        let mut by_end: BTreeMap<RevisionId, Vec<Chain>> = BTreeMap::new();
        for step in self.next(report).filter(|step| step.named) {
            let (chains, _) = self.chains(step.to);
            for chain in chains.into_iter().filter(|chain| chain.reports().iter().all(|at| *at != report)) {
                let Some(end) = chain.end() else { continue };
                by_end.entry(end).or_default().push(Chain { steps: [vec![step.clone()], chain.steps].concat() });
            }
            if self.next(step.to).next().is_none() {
                by_end.entry(step.to).or_default().push(Chain { steps: vec![step.clone()] });
            }
        }
        let several = by_end.into_iter().filter(|(_, chains)| chains.len() > 1);
        several
            .map(|(end, mut chains)| {
                chains.sort_by(|one, other| (one.steps.len(), &one.steps).cmp(&(other.steps.len(), &other.steps)));
                Returning { report, end, chains }
            })
            .collect()
    }

    /// Reports that cite each other in a circle: the strongly connected components of more than one report (Tarjan 1972), each with
    /// the steps inside of it; ordered by their first report. Linear in the steps.
    pub fn circles(&self) -> Vec<CitingCircle> {
        let mut tarjan = Tarjan::default();
        for report in self.steps.keys() {
            tarjan.visit(self, *report);
        }
        let mut circles: Vec<CitingCircle> = tarjan
            .components
            .into_iter()
            .map(|members| {
                let inside = |step: &&Step| members.contains(&step.to);
                let steps = members.iter().flat_map(|from| self.next(*from).filter(inside)).cloned().collect();
                CitingCircle { steps, reports: members.into_iter().collect() }
            })
            .collect();
        circles.sort_by(|one, other| one.reports.cmp(&other.reports));
        circles
    }
}

#[derive(Default)]
struct Tarjan {
    index: BTreeMap<RevisionId, usize>,
    low: BTreeMap<RevisionId, usize>,
    stack: Vec<RevisionId>,
    on_stack: BTreeSet<RevisionId>,
    components: Vec<BTreeSet<RevisionId>>,
}

impl Tarjan {
    /// Visits without recursion, so that long chains cost no stack.
    fn visit(&mut self, graph: &CitingGraph, root: RevisionId) {
        if self.index.contains_key(&root) {
            return;
        }
        let targets = |at: RevisionId| -> Vec<RevisionId> { graph.next(at).map(|step| step.to).collect() };
        let mut path = vec![(root, targets(root), 0)];
        self.open(root);
        while let Some((at, next, done)) = path.last_mut() {
            let at = *at;
            if let Some(to) = next.get(*done).copied() {
                *done += 1;
                if !self.index.contains_key(&to) {
                    self.open(to);
                    path.push((to, targets(to), 0));
                } else if self.on_stack.contains(&to) {
                    self.lower(at, self.index.get(&to).copied());
                }
                continue;
            }
            path.pop();
            if let Some((parent, ..)) = path.last() {
                self.lower(*parent, self.low.get(&at).copied());
            }
            if self.low.get(&at) == self.index.get(&at) {
                self.close(at);
            }
        }
    }

    fn open(&mut self, at: RevisionId) {
        let number = self.index.len();
        self.index.insert(at, number);
        self.low.insert(at, number);
        self.stack.push(at);
        self.on_stack.insert(at);
    }

    fn lower(&mut self, at: RevisionId, to: Option<usize>) {
        if let (Some(low), Some(to)) = (self.low.get_mut(&at), to) {
            *low = (*low).min(to);
        }
    }

    fn close(&mut self, root: RevisionId) {
        let mut members = BTreeSet::new();
        while let Some(member) = self.stack.pop() {
            self.on_stack.remove(&member);
            members.insert(member);
            if member == root {
                break;
            }
        }
        if members.len() > 1 {
            self.components.push(members);
        }
    }
}
