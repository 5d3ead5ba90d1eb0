//! The figures of a claim by claimant, and how they stand to each other. Not the comparison: that of `onrecord_link::figure`.

use std::collections::BTreeSet;

use onrecord_annotate::figures::{BoundKind, Value};
use onrecord_evidence::Time;
use onrecord_link::figure::{Comparison, Facet, FigureClaim, Relation, compare, series};
use onrecord_link::position::LinkKind;
use onrecord_link::standing::reason;
use serde::Serialize;

use super::asked::{Desk, QuoteLine};
use super::terms;
use crate::words::{bound_words, unit_words, value_words};

/// The figures of one claimant on one count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesLine {
    /// Who gives them.
    pub claimant: String,
    /// What is counted, what became of it, what is done.
    pub counts: String,
    /// Its totals in the order of the time that they are of.
    pub steps: Vec<StepLine>,
    /// Parts and increments.
    pub parts: Vec<FigureLine>,
    /// Figures of which nobody says as of when.
    pub undated: Vec<FigureLine>,
}

/// One figure with its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureLine {
    /// Who gives it; `null` where nobody is credited.
    pub claimant: Option<String>,
    /// With its bounds and unit, in words.
    pub shown: String,
    /// How much.
    pub value: Value,
    /// Its bounds.
    pub bounds: Vec<BoundKind>,
    /// The words.
    pub quotes: Vec<QuoteLine>,
}

/// One number of a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepLine {
    /// The figure.
    #[serde(flatten)]
    pub figure: FigureLine,
    /// As of when.
    pub as_of: Time,
    /// How the step before it stands to it; `null` for the first.
    pub change: Option<RelationLine>,
}

/// How two figures stand to each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelationLine {
    /// The relation.
    pub relation: Relation,
    /// The relation in words.
    pub words: &'static str,
    /// The rule that decided.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// What is read and differs.
    pub differs: Vec<Facet>,
    /// What is missing.
    pub missing: Vec<Facet>,
}

/// A pair of figures of different claimants, or with roles exchanged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigurePair {
    /// One.
    pub one: FigureLine,
    /// The other.
    pub other: FigureLine,
    /// How they stand.
    pub relation: RelationLine,
}

/// Pairs that are compared.
const MOST_PAIRS: usize = 64;
/// Figures that are taken into pairs.
const MOST_FIGURES: usize = 24;

impl RelationLine {
    fn new(comparison: &Comparison) -> Self {
        Self {
            relation: comparison.relation,
            words: terms::relation(comparison.relation),
            rule: comparison.rule,
            reason: reason(comparison.rule),
            differs: comparison.differs.clone(),
            missing: comparison.missing.clone(),
        }
    }
}

impl Desk<'_> {
    /// The figures of the claim, and those of claims with which its own conflict or which follow it.
    fn figures(&self) -> Vec<&FigureClaim> {
        let linked = |near: &onrecord_link::assemble::DrawnClaim| {
            let kinds = [LinkKind::Incompatible, LinkKind::SupersededBy];
            let own = &self.record;
            let to = own.links.iter().any(|link| kinds.contains(&link.kind) && link.other == near.record.claim);
            to || near.record.links.iter().any(|link| kinds.contains(&link.kind) && link.other == own.claim)
        };
        let near = self.asked.neighbours.iter().filter(|near| linked(near)).flat_map(|near| &near.figures);
        let counts = |figure: &&FigureClaim| self.asked.as_of.is_none_or(|as_of| figure.context.out.is_by(as_of));
        self.asked.claim.figures.iter().chain(near).filter(counts).collect()
    }

    fn figure(&self, figure: &FigureClaim) -> FigureLine {
        FigureLine {
            claimant: figure.context.claimant.as_ref().map(|claimant| self.party(claimant).name),
            shown: shown(figure),
            value: figure.value.clone(),
            bounds: figure.bounds.clone(),
            quotes: self.quotes(std::slice::from_ref(&figure.words)),
        }
    }

    pub(super) fn series(&self) -> Vec<SeriesLine> {
        let figures: Vec<FigureClaim> = self.figures().into_iter().cloned().collect();
        let by_key = |key: &String| figures.iter().find(|figure| figure.key == *key);
        let line = |found: onrecord_link::figure::Series| {
            let outcome = found.outcome.and_then(word);
            let group = found.group.and_then(word);
            let counts = [group, found.counted.clone(), outcome, found.action.clone()];
            let steps = found.steps.iter().filter_map(|step| {
                let figure = self.figure(by_key(&step.key)?);
                let figure = FigureLine { quotes: self.quotes(&step.evidence), ..figure };
                Some(StepLine {
                    figure,
                    as_of: step.as_of.clone(),
                    change: step.change.as_ref().map(RelationLine::new),
                })
            });
            let lines = |keys: &[String]| keys.iter().filter_map(by_key).map(|figure| self.figure(figure)).collect();
            SeriesLine {
                claimant: self.party(&found.claimant).name,
                counts: counts.into_iter().flatten().collect::<Vec<_>>().join(", "),
                steps: steps.collect(),
                parts: lines(&found.parts),
                undated: lines(&found.undated),
            }
        };
        series(&figures, self.asked.as_of).into_iter().map(line).collect()
    }

    /// Figures that different claimants give, and those that differ by their roles; each pair of numbers once.
    pub(super) fn pairs(&self) -> Vec<FigurePair> {
        let mut seen = BTreeSet::new();
        let mut figures: Vec<&FigureClaim> = Vec::new();
        for figure in self.figures() {
            let context = &figure.context;
            let key = (context.claimant.clone(), shown(figure), context.agent.clone(), context.patient.clone());
            if figures.len() < MOST_FIGURES && seen.insert(key) {
                figures.push(figure);
            }
        }
        let mut found: Vec<FigurePair> = Vec::new();
        for (index, one) in figures.iter().enumerate() {
            for other in &figures[index + 1..] {
                let comparison = compare(one, other);
                let same = one.context.claimant == other.context.claimant;
                if found.len() < MOST_PAIRS && (!same || comparison.relation == Relation::RoleConflict) {
                    let relation = RelationLine::new(&comparison);
                    found.push(FigurePair { one: self.figure(one), other: self.figure(other), relation });
                }
            }
        }
        found.sort_by_key(|pair| match pair.relation.relation {
            Relation::Conflict | Relation::RoleConflict => 0,
            Relation::Spread { .. } => 1,
            Relation::NotComparable => 3,
            _ => 2,
        });
        found
    }
}

/// A figure with bounds and unit.
fn shown(figure: &FigureClaim) -> String {
    let mut words: Vec<String> = figure.bounds.iter().map(|bound| bound_words(*bound).to_owned()).collect();
    words.push(value_words(&figure.value));
    words.extend(unit_words(&figure.unit));
    words.extend(figure.per.clone());
    words.join(" ")
}

/// The word of a class, as it is serialised.
fn word(class: impl Serialize) -> Option<String> {
    serde_json::to_value(class).ok()?.as_str().map(|word| word.replace('-', " "))
}
