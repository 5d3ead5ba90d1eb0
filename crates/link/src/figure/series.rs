//! The figures of each claimant in the order of the time that they are of. Not a chart, and no figure is corrected.

use std::collections::BTreeMap;

use onrecord_annotate::figures::{TallyKind, Value};
use onrecord_evidence::Time;
use serde::Serialize;

use crate::position::{Evidence, PartyKey};

use super::classes::{Outcome, PeopleGroup};
use super::compare::{Comparison, Relation, compare};
use super::figure_claim::FigureClaim;

/// Series of one count that a figure is tried with.
const MOST_TRIED: usize = 64;

/// One number of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeriesStep {
    /// The figure.
    pub key: String,
    /// How much.
    pub value: Value,
    /// As of when.
    pub as_of: Time,
    /// Its words, then those of every figure that says the same again.
    pub evidence: Vec<Evidence>,
    /// How the step before it stands to it; `None` for the first.
    pub change: Option<Comparison>,
}

/// What one claimant gives on one count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Who.
    pub claimant: PartyKey,
    /// What is counted.
    pub counted: Option<String>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Which people.
    pub group: Option<PeopleGroup>,
    /// What is done.
    pub action: Option<String>,
    /// Totals, by the time that they are of.
    pub steps: Vec<SeriesStep>,
    /// Parts and increments, by key.
    pub parts: Vec<String>,
    /// Figures of which nobody says as of when, by key.
    pub undated: Vec<String>,
}

/// The series of each claimant as of a time, by claimant, count and first step. A figure without a claimant, or that is an outlet's own
/// arithmetic, stands in none.
pub fn series(figures: &[FigureClaim], as_of: Option<&Time>) -> Vec<Series> {
    let mut known: Vec<&FigureClaim> = figures
        .iter()
        .filter(|figure| figure.context.arithmetic.is_empty() && !figure.is_negated)
        .filter(|figure| {
            let (out, of) = (&figure.context.out, figure.context.as_of.as_ref());
            as_of.is_none_or(|as_of| out.is_by(as_of) || of.is_some_and(|of| of.is_by(as_of)))
        })
        .collect();
    known.sort_by(|one, other| order(one).cmp(&order(other)));
    let mut counts: BTreeMap<String, Vec<Running<'_>>> = BTreeMap::new();
    for figure in known {
        let Some(claimant) = &figure.context.claimant else { continue };
        // Debug texts of plain data order the counts; they are never shown.
        let count = format!(
            "{claimant}\u{0}{:?}\u{0}{:?}\u{0}{:?}\u{0}{:?}\u{0}{:?}\u{0}{:?}",
            figure.unit, figure.per, figure.counted, figure.outcome, figure.group, figure.action
        );
        let running = counts.entry(count).or_default();
        // The latest series are tried, so that a count with thousands of places stays linear; one too many is shown, none is lost.
        match running.iter_mut().rev().take(MOST_TRIED).find(|running| running.takes(figure)) {
            Some(running) => running.push(figure),
            None => running.push(Running::new(figure)),
        }
    }
    counts.into_values().flatten().map(Running::series).collect()
}

fn order(figure: &FigureClaim) -> impl Ord + '_ {
    let as_of = figure.context.as_of.as_ref();
    (as_of.is_none(), as_of.map(|as_of| (as_of.latest(), as_of.earliest())), figure.context.out.latest(), &figure.key)
}

/// A series while it is made.
struct Running<'f> {
    totals: Vec<&'f FigureClaim>,
    repeats: BTreeMap<usize, Vec<Evidence>>,
    parts: Vec<&'f FigureClaim>,
    undated: Vec<&'f FigureClaim>,
}

impl<'f> Running<'f> {
    fn new(figure: &'f FigureClaim) -> Self {
        let mut running = Self { totals: Vec::new(), repeats: BTreeMap::new(), parts: Vec::new(), undated: Vec::new() };
        running.push(figure);
        running
    }

    fn first(&self) -> &'f FigureClaim {
        self.totals.first().or(self.parts.first()).copied().unwrap_or_else(|| self.undated[0])
    }

    /// Whether nothing that is read of a figure differs from the series: exchanged roles or another place make another series.
    fn takes(&self, figure: &FigureClaim) -> bool {
        let last = self.totals.last().copied().unwrap_or_else(|| self.first());
        let comparison = compare(last, figure);
        comparison.differs.is_empty() && comparison.relation != Relation::RoleConflict
    }

    fn push(&mut self, figure: &'f FigureClaim) {
        if figure.is_part || figure.tally == Some(TallyKind::Increment) {
            self.parts.push(figure);
        } else if figure.context.as_of.is_none() {
            self.undated.push(figure);
        } else {
            let last = self.totals.last().copied();
            let again = last.is_some_and(|last| {
                last.value == figure.value && last.bounds == figure.bounds && last.context.as_of == figure.context.as_of
            });
            if again {
                self.repeats.entry(self.totals.len() - 1).or_default().push(figure.words.clone());
            } else {
                self.totals.push(figure);
            }
        }
    }

    fn series(self) -> Series {
        let first = self.first();
        let keys = |figures: &[&FigureClaim]| figures.iter().map(|figure| figure.key.clone()).collect();
        let mut steps = Vec::with_capacity(self.totals.len());
        for (at, figure) in self.totals.iter().enumerate() {
            let Some(as_of) = figure.context.as_of.clone() else { continue };
            let mut evidence = vec![figure.words.clone()];
            evidence.extend(self.repeats.get(&at).into_iter().flatten().cloned());
            let change = at.checked_sub(1).map(|before| compare(self.totals[before], figure));
            steps.push(SeriesStep { key: figure.key.clone(), value: figure.value.clone(), as_of, evidence, change });
        }
        Series {
            claimant: first.context.claimant.clone().unwrap_or_else(|| PartyKey::new("")),
            counted: first.counted.clone(),
            outcome: first.outcome,
            group: first.group,
            action: first.action.clone(),
            steps,
            parts: keys(&self.parts),
            undated: keys(&self.undated),
        }
    }
}
