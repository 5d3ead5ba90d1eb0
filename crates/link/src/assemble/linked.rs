//! The one entry: reports in, claims with their records out, in a fixed order whatever the order of the reports.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{ClaimId, Diagnostic, EventId, RevisionId, StatementId};
use serde::{Deserialize, Serialize};

use super::at_hand::AtHand;
use super::cite::{Cite, Reading, cites};
use super::copying::copyings;
use super::names::is_furniture;
use super::newsroom::{Masthead, Newsrooms};
use super::outlets::credit_outlets;
use super::party::Speakers;
use super::record::Desk;
use super::refer::{Placed, refer};
use super::revised::{revisings, takings_of};
use super::tie::tie;
use super::withdrawal::takings;
use crate::Report;
use crate::claims::{
    self, Claim, ClaimLink, Comparer, Joining, LinkDecision, Placement, Statement, StatementTools, Thresholds, Voice,
};
use crate::copies::Copying;
use crate::drift::{Quotation, Wording};
use crate::figure::FigureClaim;
use crate::position::{ClaimRecord, Evidence, UtteranceKey};
use crate::revision::Revising;

/// What linking is done with.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// For reading statements.
    pub statements: StatementTools<'a>,
    /// For comparing them.
    pub comparer: &'a Comparer,
    /// From which nearness on they join.
    pub thresholds: Thresholds,
    /// What people decided on pairs of statements.
    pub decisions: &'a [(StatementId, StatementId, LinkDecision)],
    /// Outlets that the ledger knows by more than these reports: who bears such a name on another host is an impostor. None need be given.
    pub mastheads: &'a [Masthead],
}

/// The wording of a claim for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canonical {
    /// The words; a gap is shown by an ellipsis.
    pub text: String,
    /// Where they stand.
    pub evidence: Vec<Evidence>,
    /// Whether the words say that it is not so: an affirmation of the claim is then one of the negation.
    pub is_negated: bool,
}

/// A statement of a claim, and how it came there.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedStatement {
    /// The statement.
    pub statement: Statement,
    /// How it came to its claim.
    pub joining: Joining,
    /// The utterance of the record that it is.
    pub utterance: Option<UtteranceKey>,
    /// Whether it only stands beside the claim in its report, without an act on it.
    pub is_beside: bool,
}

/// A claim with all that was put together for it.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedClaim {
    /// Which.
    pub id: ClaimId,
    /// The event of its first report.
    pub event: EventId,
    /// What the rules read.
    pub record: ClaimRecord,
    /// Its words for people.
    pub canonical: Canonical,
    /// Its statements, by report and place.
    pub statements: Vec<LinkedStatement>,
    /// Its figures, for `figure::series` and `figure::compare`.
    pub figures: Vec<FigureClaim>,
    /// How each report words each utterance, the first report first; for `drift::drift`.
    pub wordings: BTreeMap<UtteranceKey, Vec<Wording>>,
    /// What is quoted of each utterance, the first report first; for `drift::variants`.
    pub quotations: BTreeMap<UtteranceKey, Vec<Quotation>>,
}

/// Everything that was linked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The claims, by their earliest statement.
    pub claims: Vec<LinkedClaim>,
    /// Which reports share passages, by the order of the reports.
    pub copyings: Vec<Copying>,
    /// Whom reports cite, by report and words.
    pub cites: Vec<Cite>,
    /// Each text of an article beside the one before it, by article.
    pub revisings: Vec<Revising>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// A statement with its report and where it was put.
#[derive(Clone, Copy)]
pub(super) struct Line<'r> {
    /// Index of the report in the order of the desk.
    pub(super) report: usize,
    pub(super) statement: &'r Statement,
    pub(super) joining: Joining,
}

/// Reports with what was put where: what [`draw_up`] makes records of. A store gives the reports of one event, and those of other events that have
/// statements on its claims.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// The reports in any order, each text of an article once.
    pub reports: Vec<Report>,
    /// Their statements, by report as in [`Event::reports`] and in the order of the report.
    pub statements: Vec<Vec<Statement>>,
    /// Where statements were put; claims by the ids that stay.
    pub placements: Vec<Placement>,
    /// The claims of which records are wanted.
    pub claims: Vec<Claim>,
    /// What was found to hang between claims, by the ids that stay.
    pub links: Vec<ClaimLink>,
    /// Which reports share passages.
    pub copyings: Vec<Copying>,
    /// Outlets that the store knows by more than these reports: who bears such a name on another host is an impostor. None need be given.
    pub mastheads: Vec<Masthead>,
}

/// The statements of a report as linking takes them: without headings and furniture in the outlet's own voice.
///
/// Diagnostics: as [`claims::statements`].
pub fn read_statements(report: &Report, tools: StatementTools<'_>) -> (Vec<Statement>, Vec<Diagnostic>) {
    let (mut found, left_out) = claims::statements(report, tools);
    found.retain(|statement| statement.voice != Voice::Own || !is_furniture(&statement.words(&report.text)));
    (found, left_out)
}

/// Links `reports`: the same reports in any order give the same. Of two reports of one revision the first by text is taken.
///
/// Diagnostics: those of reading statements and of linking copies.
pub fn assemble(reports: &[Report], tools: Tools<'_>) -> Linked {
    let reports = in_order(reports);
    let mut diagnostics = Vec::new();
    let mut statements: Vec<Vec<Statement>> = Vec::with_capacity(reports.len());
    for report in &reports {
        let (found, left_out) = read_statements(report, tools.statements);
        diagnostics.extend(left_out);
        statements.push(found);
    }
    let (store, assignments) = claims::relink(statements.clone(), tools.decisions, tools.comparer, tools.thresholds);
    let survivor = |id: ClaimId| store.survivor(id);
    let (copyings, left_out) = copyings(&reports);
    diagnostics.extend(left_out);
    let mut placements: Vec<Placement> =
        assignments.iter().flat_map(|assignment| assignment.placements.iter().cloned()).collect();
    for placement in &mut placements {
        placement.claim = placement.claim.map(survivor);
    }
    hold_joinings(&mut placements, tools.decisions);
    let links = assignments.iter().flat_map(|assignment| &assignment.links);
    let links = links.map(|link| ClaimLink { from: survivor(link.from), to: survivor(link.to), ..*link }).collect();
    let claims = store.claims().cloned().collect();
    let reports = reports.into_iter().cloned().collect();
    let mastheads = tools.mastheads.to_vec();
    let mut linked = draw_up(&Event { reports, statements, placements, claims, links, copyings, mastheads });
    diagnostics.append(&mut linked.diagnostics);
    Linked { diagnostics, ..linked }
}

/// Who joins statements stands above the rules by which words refer: both statements of a pair that people joined count as decided, and one that
/// is in no claim goes to that of the other.
pub fn hold_joinings(placements: &mut [Placement], decisions: &[(StatementId, StatementId, LinkDecision)]) {
    let place: BTreeMap<StatementId, usize> =
        placements.iter().enumerate().map(|(index, placement)| (placement.statement, index)).collect();
    for (one, other, _) in decisions.iter().filter(|(.., decision)| *decision == LinkDecision::MustLink) {
        let (Some(one), Some(other)) = (place.get(one).copied(), place.get(other).copied()) else { continue };
        let claim = placements[one].claim.or(placements[other].claim);
        for index in [one, other] {
            placements[index].joining = Joining::Decided;
            placements[index].claim = placements[index].claim.or(claim);
        }
    }
}

/// Makes the records of the claims of an event: the same reports in any order give the same.
///
/// Diagnostics: those of citing and of comparing the texts of an article.
pub fn draw_up(event: &Event) -> Linked {
    let reports = in_order(&event.reports);
    let of: BTreeMap<RevisionId, &Vec<Statement>> =
        event.reports.iter().map(|report| report.revision).zip(&event.statements).collect();
    let statements: Vec<Vec<Statement>> =
        reports.iter().map(|report| of.get(&report.revision).copied().cloned().unwrap_or_default()).collect();
    let mut placed = Placed::new();
    for Placement { statement, claim, joining, .. } in &event.placements {
        if let Some(claim) = claim {
            placed.insert(*statement, (*claim, *joining));
        }
    }
    let mut newsrooms = Newsrooms::of(&reports, &event.mastheads);
    let at_hand = AtHand::new(&reports, &statements, &placed, &newsrooms);
    let reading = Reading { reports: &reports, mastheads: &event.mastheads, at_hand: &at_hand };
    let (cites, mut diagnostics) = cites(&reading, &mut newsrooms);
    let mut speakers = Speakers::of(&reports, &newsrooms);
    credit_outlets(&mut speakers, &reports, &newsrooms, &cites);
    let revisings = revisings(&reports);
    let mut takings = takings(&reports, &newsrooms);
    takings.extend(takings_of(&reports, &revisings));
    refer(&reports, &statements, &speakers, &mut placed);
    let mut lines: BTreeMap<ClaimId, Vec<Line<'_>>> = BTreeMap::new();
    for (report, found) in statements.iter().enumerate() {
        for statement in found {
            if let Some((claim, joining)) = placed.get(&statement.id).copied() {
                lines.entry(claim).or_default().push(Line { report, statement, joining });
            }
        }
    }
    let desk = Desk::new(&reports, &newsrooms, &speakers, &event.copyings, &cites, &takings);
    let kept: BTreeMap<ClaimId, &Claim> = event.claims.iter().map(|claim| (claim.id, claim)).collect();
    let mut claims: Vec<LinkedClaim> = lines
        .iter()
        .filter_map(|(id, lines)| {
            let claim = kept.get(id)?;
            Some(desk.claim(claim, lines))
        })
        .collect();
    tie(&mut claims, &event.links);
    let rank: BTreeMap<StatementId, usize> =
        statements.iter().flatten().enumerate().map(|(rank, statement)| (statement.id, rank)).collect();
    claims.sort_by_key(|claim| {
        (claim.statements.iter().filter_map(|one| rank.get(&one.statement.id)).min().copied(), claim.id)
    });
    diagnostics.extend(revisings.iter().flat_map(|revising| revising.diagnostics.iter().cloned()));
    Linked { claims, copyings: event.copyings.clone(), cites, revisings, diagnostics }
}

/// The reports by the time at which they were out, each revision once.
fn in_order(reports: &[Report]) -> Vec<&Report> {
    let mut sorted: Vec<&Report> = reports.iter().collect();
    sorted.sort_by(|one, other| {
        let rank = |report: &Report| {
            let published = report.published.as_ref().map(onrecord_evidence::Time::earliest);
            (published.is_none(), published, report.observed.earliest(), report.article, report.revision)
        };
        rank(one).cmp(&rank(other)).then_with(|| one.text.cmp(&other.text))
    });
    let mut known = BTreeSet::new();
    sorted.retain(|report| known.insert(report.revision));
    sorted
}
