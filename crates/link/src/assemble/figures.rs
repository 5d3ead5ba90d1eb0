//! The figures of a claim's statements with who gives them, of whom and when. Not their comparison.

use std::sync::LazyLock;

use onrecord_annotate::figures::{Figure, FigureKind, FigureTable, figures as read_figures};
use onrecord_annotate::{DateBounds, DateExpression};
use onrecord_evidence::{Quoted, TextRange};
use onrecord_record::Detail;

use super::land::Lands;
use super::names::{side, words};
use super::owner::capital;
use super::record::{Told, of, quote_all};
use super::said::said;
use crate::figure::{FigureClaim, FigureContext, Window};
use crate::position::{ClaimRecord, Evidence, Parties, PartyKey};

/// Figures of one claim.
const MOST_FIGURES: usize = 256;
/// How figures are read in the outlet's own voice, which no attribution holds: the same table as everywhere.
static TABLE: LazyLock<Option<FigureTable>> =
    LazyLock::new(|| FigureTable::parse(include_str!("../../../../models/figures/figures.toml")).ok());

/// The figures, in the order of the reports.
pub(super) fn figures(told: &[Told<'_>], record: &ClaimRecord, lands: &Lands) -> Vec<FigureClaim> {
    let parties = Parties::of(record);
    let mut found: Vec<FigureClaim> = Vec::new();
    let (mut from, mut before) = (0, None);
    for one in told {
        let own;
        let details: &[Detail<Figure>] = match one.record {
            Some(attribution) => &attribution.figures,
            None => {
                own = own_figures(one);
                &own
            }
        };
        // Parts of one content stand in lines of their own.
        let attribution = one.record.map(|record| record.id);
        if attribution.is_none() || before != attribution {
            from = found.len();
        }
        before = attribution;
        for detail in details.iter().filter(|detail| detail.finding.kind == FigureKind::Quantity) {
            let range = detail.finding.range;
            if found.len() == MOST_FIGURES || !one.line.statement.ranges.iter().any(|part| part.contains(range)) {
                continue;
            }
            let Some(cited) = cited(one, range) else { continue };
            let key = format!("{} {}", one.line.statement.id, range.start);
            let context = context(one, detail, &parties, lands);
            let Ok(mut figure) = FigureClaim::read(key, detail, &cited, context) else { continue };
            if let Some(whole) = found[from..].last().filter(|_| is_of_them(&figure)) {
                part_of(&mut figure, whole);
            }
            found.push(figure);
        }
    }
    found
}

/// The figures of a statement in the outlet's own voice.
fn own_figures(one: &Told<'_>) -> Vec<Detail<Figure>> {
    let Some(table) = TABLE.as_ref().filter(|_| !one.line.statement.proposition.amounts.is_empty()) else {
        return Vec::new();
    };
    let text = &one.report.text;
    let (found, _) = read_figures(text, &one.line.statement.ranges, table);
    found.into_iter().filter_map(|figure| Detail::new(text, figure).ok()).collect()
}

/// The words that hold a figure: of the content, else of the sentence; in own voice the statement itself.
fn cited(one: &Told<'_>, range: TextRange) -> Option<Evidence> {
    let holds = |words: &&Quoted| words.range().contains(range);
    match one.record {
        Some(attribution) => {
            let cited = attribution.content.iter().chain([&attribution.sentence]).find(holds);
            cited.map(|words| of(one.report, words))
        }
        None => quote_all(one.report, &one.line.statement.ranges).into_iter().find(|cited| holds(&&cited.words)),
    }
}

fn context(one: &Told<'_>, detail: &Detail<Figure>, parties: &Parties<'_>, lands: &Lands) -> FigureContext {
    let claimant = parties.head(&one.spoken.view.party);
    let in_side = |range: Option<TextRange>| {
        let all = words(range.and_then(|range| detail.words_of(range))?);
        let known = all.iter().find(|(_, word)| lands.name(word).is_some());
        let found = known.into_iter().chain(&all).find_map(|(_, word)| side(word));
        found.map(PartyKey::new)
    };
    let roles = detail.finding.roles;
    // "That its air defences had shot down", "to have shot down": who says so is who did it.
    let own_side = || {
        let land = claimant.as_str().strip_prefix("government of ")?;
        side(&capital(land)).map(PartyKey::new)
    };
    let is_own = roles.is_some_and(|roles| {
        let agent = roles.agent.and_then(|range| detail.words_of(range)).unwrap_or("");
        let passive = roles.voice == onrecord_annotate::figures::Voice::Passive;
        let first = words(agent).first().map(|(_, word)| word.to_lowercase());
        let points_back =
            first.is_none_or(|first| matches!(first.as_str(), "it" | "its" | "they" | "their" | "we" | "our"));
        !passive && points_back
    });
    FigureContext {
        agent: in_side(roles.and_then(|roles| roles.agent)).or_else(|| own_side().filter(|_| is_own)),
        patient: in_side(roles.and_then(|roles| roles.patient))
            .or_else(|| in_side(detail.finding.counted.map(|counted| counted.range))),
        claimant: Some(claimant),
        place: None,
        window: one.record.and_then(|record| window(detail, &record.happened)),
        as_of: one.record.and_then(|record| said(record, one.report)).or_else(|| one.report.published.clone()),
        out: one.report.published.clone().unwrap_or_else(|| one.report.observed.clone()),
        arithmetic: Vec::new(),
    }
}

/// The window that the figure's own clause states by days: "since Saturday", "from Friday to Sunday". One day is when it was counted as often
/// as what it covers, and makes none.
fn window(detail: &Detail<Figure>, dates: &[Detail<DateExpression>]) -> Option<Window> {
    let scopes = &detail.finding.scopes;
    let covers = |date: &&Detail<DateExpression>| {
        let range = date.finding.range;
        scopes.iter().any(|scope| scope.range.contains(range) || range.contains(scope.range))
    };
    let mut found = dates.iter().filter(covers).filter(|date| date.finding.alternatives.is_empty());
    let (one, None) = (found.next()?, found.next()) else { return None };
    let at = |day: jiff::civil::Date| day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    match one.finding.value.bounds {
        DateBounds::OpenEnd { start: Some(start) } => Some(Window { from: at(start)?, to: None }),
        // A night is told by the day on which it is reported: two words for one.
        DateBounds::Closed { start, end } if start.tomorrow().is_ok_and(|next| next < end) => {
            Some(Window { from: at(start)?, to: at(end.tomorrow().ok()?) })
        }
        _ => None,
    }
}

/// "33 of them": a part of what was counted just before.
fn is_of_them(figure: &FigureClaim) -> bool {
    let pronoun =
        |counted: &String| matches!(counted.as_str(), "them" | "which" | "those" | "whom" | "these" | "whose");
    figure.is_part && figure.counted.as_ref().is_none_or(pronoun)
}

fn part_of(part: &mut FigureClaim, whole: &FigureClaim) {
    part.counted = whole.counted.clone();
    part.outcome = part.outcome.or(whole.outcome);
    part.group = part.group.or(whole.group);
    part.action = whole.action.clone();
    part.context.agent = whole.context.agent.clone();
    part.context.patient = whole.context.patient.clone();
    part.context.window = whole.context.window;
}
