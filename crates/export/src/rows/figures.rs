//! One row a figure of a claim. Not the comparison: that of `onrecord_link::figure`.

use std::collections::BTreeMap;

use onrecord_annotate::figures::{Decimal, Unit};
use onrecord_link::figure::{Ends, FigureClaim, compare, series};
use onrecord_wire::claim::ListedClaim;
use serde_json::{Value, json};

use crate::Result;
use crate::claim::Claim;
use crate::evidence::precision;
use crate::table::{Cell, Moment, columns};
use crate::words::{one_line, word};

columns! {
    /// A figure.
    pub struct Figure {
        /// Names the figure within its claim.
        figure: String,
        /// Who gives it; empty where nobody is credited.
        claimant: Option<String>,
        /// The words of the figure.
        figure_words: String,
        /// The lowest number that fits the words; empty where they set no lower end.
        low: Option<f64>,
        /// The highest number that fits the words; empty where they set no upper end.
        high: Option<f64>,
        /// The one number that is said, where it is one without a bound.
        exact: Option<f64>,
        /// Whether it is a guess at a number ("about", "dozens", "between 20 and 30") and not a count with a bound.
        is_estimate: bool,
        /// Its bounds: at-least, more-than, at-most, as-many-as, about, ...
        bounds: Vec<String>,
        /// Of which unit.
        unit: String,
        /// What is counted, in the singular.
        counted: Option<String>,
        /// Which people: civilian, combatant, child, ...
        people: Option<String>,
        /// What became of it: killed, injured, missing, ... Each is a count of its own.
        outcome: Option<String>,
        /// What is done, where nothing became of anybody: intercept, launch, ...
        action: Option<String>,
        /// Who does it.
        agent: Option<String>,
        /// To whom it is done.
        patient: Option<String>,
        /// Where, as the linker names the place.
        place: Option<String>,
        /// From when the figure covers.
        window_from: Option<Moment>,
        /// To when; empty for a window that is open.
        window_to: Option<Moment>,
        /// As of when: as stated, else the time of the utterance.
        figure_as_of: Option<Moment>,
        /// How exact that is.
        figure_as_of_precision: Option<String>,
        /// `cumulative` or `increment`, where the words say.
        tally: Option<String>,
        /// "A day", "per 100,000".
        per: Option<String>,
        /// Whether it is a part of what is counted.
        is_part: bool,
        /// Whether it is said not to be so.
        is_negated: bool,
        /// Whether it is the outlet's own arithmetic.
        is_arithmetic: bool,
        /// Its place in the series of its claimant: `step`, `part`, `undated`, `repeats` (says again what a step says), or empty where it stands in none.
        series: Option<&'static str>,
        /// How the step before it in its series stands to it.
        series_change: Option<String>,
        /// How it stands to figures of others on this claim: relation, rule, the other figure.
        compared: Vec<Value>,
    }
}

/// Figures of a claim that are compared with each other.
const MOST_COMPARED: usize = 24;

/// The figures of a claim that were out by the time asked for.
pub(super) fn figures<'c>(claim: &'c Claim<'_>) -> Vec<&'c FigureClaim> {
    let as_of = claim.run.asked.at.as_of.as_ref();
    let counts = |figure: &&FigureClaim| as_of.is_none_or(|as_of| figure.context.out.is_by(as_of));
    claim.drawn.claim.figures.iter().filter(counts).collect()
}

/// The rows of a claim.
pub(super) fn rows(claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
    let found = figures(claim);
    let all: Vec<FigureClaim> = found.iter().map(|figure| (*figure).clone()).collect();
    let mut stands: BTreeMap<String, (&'static str, Option<String>)> = BTreeMap::new();
    for one in series(&all, claim.run.asked.at.as_of.as_ref()) {
        for step in one.steps {
            stands.insert(step.key, ("step", step.change.map(|change| word(change.relation))));
        }
        stands.extend(one.parts.into_iter().map(|key| (key, ("part", None))));
        stands.extend(one.undated.into_iter().map(|key| (key, ("undated", None))));
    }
    let mut rows = Vec::new();
    for figure in &found {
        let Some(evidence) = claim.named(&figure.words)? else { continue };
        let own = own(claim, figure, &found, stands.get(&figure.key));
        rows.push(super::row(claim, &own, &evidence, &claim.provenance(&[])));
    }
    Ok(rows)
}

fn own(
    claim: &Claim<'_>,
    figure: &FigureClaim,
    all: &[&FigureClaim],
    stands: Option<&(&'static str, Option<String>)>,
) -> Figure {
    let ends = figure.ends();
    let context = &figure.context;
    let party = |key: &Option<onrecord_link::position::PartyKey>| {
        key.as_ref().map(|key| claim.name(&ListedClaim::party(key.as_str())))
    };
    let others = all
        .iter()
        .take(MOST_COMPARED)
        .filter(|other| other.key != figure.key && other.context.claimant != context.claimant);
    let compared = others.map(|other| {
        let comparison = compare(figure, other);
        json!({ "relation": word(comparison.relation), "rule": comparison.rule, "figure": other.key })
    });
    Figure {
        figure: figure.key.clone(),
        claimant: party(&context.claimant),
        figure_words: one_line(figure.words.words.words()),
        low: low(&ends),
        high: high(&ends),
        exact: ends.exact().and_then(number),
        is_estimate: ends.is_estimate,
        bounds: figure.bounds.iter().map(word).collect(),
        unit: unit(&figure.unit),
        counted: figure.counted.clone(),
        people: figure.group.map(word),
        outcome: figure.outcome.map(word),
        action: figure.action.clone(),
        agent: party(&context.agent),
        patient: party(&context.patient),
        place: context.place.as_ref().map(|place| place.place.clone()),
        window_from: context.window.map(|window| Moment(window.from)),
        window_to: context.window.and_then(|window| window.to).map(Moment),
        figure_as_of: context.as_of.as_ref().map(|time| Moment(time.earliest())),
        figure_as_of_precision: context.as_of.as_ref().map(|time| precision(time.granularity())),
        tally: figure.tally.map(word),
        per: figure.per.clone(),
        is_part: figure.is_part,
        is_negated: figure.is_negated,
        is_arithmetic: !context.arithmetic.is_empty(),
        series: match stands {
            Some((place, _)) => Some(*place),
            None => {
                (context.claimant.is_some() && context.arithmetic.is_empty() && !figure.is_negated).then_some("repeats")
            }
        },
        series_change: stands.and_then(|(_, change)| change.clone()),
        compared: compared.collect(),
    }
}

/// The lower end, as a number for tables.
pub(super) fn low(ends: &Ends) -> Option<f64> {
    ends.low.and_then(|end| number(end.at))
}

/// The upper end.
pub(super) fn high(ends: &Ends) -> Option<f64> {
    ends.high.and_then(|end| number(end.at))
}

fn number(decimal: Decimal) -> Option<f64> {
    decimal.to_string().replace(',', "").parse().ok()
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Money { codes, .. } => codes.first().cloned().unwrap_or_else(|| "money".to_owned()),
        Unit::Measure { name, .. } => name.clone(),
        other => word(other),
    }
}
