//! The figures of a claim's statements with who gives them, of whom and when. Not their comparison.

use onrecord_annotate::figures::FigureKind;
use onrecord_evidence::TextRange;

use super::names::{side, words};
use super::record::{Told, of};
use super::said::said;
use crate::figure::{FigureClaim, FigureContext};
use crate::position::{ClaimRecord, Parties, PartyKey};

/// Figures of one claim.
const MOST_FIGURES: usize = 256;

/// The figures, in the order of the reports.
pub(super) fn figures(told: &[Told<'_>], record: &ClaimRecord) -> Vec<FigureClaim> {
    let parties = Parties::of(record);
    let mut found = Vec::new();
    for one in told {
        let Some(attribution) = one.record else { continue };
        for detail in attribution.figures.iter().filter(|detail| detail.finding.kind == FigureKind::Quantity) {
            let range = detail.finding.range;
            if found.len() == MOST_FIGURES || !one.line.statement.ranges.iter().any(|part| part.contains(range)) {
                continue;
            }
            let in_side = |range: Option<TextRange>| {
                let words_of = range.and_then(|range| detail.words_of(range))?;
                words(words_of).into_iter().find_map(|(_, word)| side(word)).map(PartyKey::new)
            };
            let roles = detail.finding.roles;
            let out = one.report.published.clone().unwrap_or_else(|| one.report.observed.clone());
            let context = FigureContext {
                claimant: Some(parties.head(&one.spoken.view.party)),
                agent: in_side(roles.and_then(|roles| roles.agent)),
                patient: in_side(roles.and_then(|roles| roles.patient))
                    .or_else(|| in_side(detail.finding.counted.map(|counted| counted.range))),
                place: None,
                window: None,
                as_of: said(attribution, one.report).or_else(|| one.report.published.clone()),
                out,
                arithmetic: Vec::new(),
            };
            let key = format!("{} {}", one.line.statement.id, range.start);
            let holds = |words: &&onrecord_evidence::Quoted| words.range().contains(range);
            let cited = attribution.content.iter().chain([&attribution.sentence]).find(holds);
            let Some(cited) = cited.map(|words| of(one.report, words)) else { continue };
            found.extend(FigureClaim::read(key, detail, &cited, context));
        }
    }
    found
}
