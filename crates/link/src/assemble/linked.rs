//! The one entry: reports in, claims with their records out, in a fixed order whatever the order of the reports.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{ClaimId, Diagnostic, EventId, StatementId};

use super::cite::{Cite, cites};
use super::copying::copyings;
use super::names::is_furniture;
use super::newsroom::Newsrooms;
use super::party::Speakers;
use super::record::Desk;
use super::refer::{Placed, refer};
use super::tie::tie;
use super::withdrawal::takings;
use crate::Report;
use crate::claims::{
    self, Claim, Comparer, Joining, LinkDecision, Placement, Statement, StatementTools, Thresholds, Voice,
};
use crate::copies::Copying;
use crate::drift::{Quotation, Wording};
use crate::figure::FigureClaim;
use crate::position::{ClaimRecord, Evidence, UtteranceKey};

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
}

/// The wording of a claim for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// Links `reports`: the same reports in any order give the same. Of two reports of one revision the first by text is taken.
///
/// Diagnostics: those of reading statements and of linking copies.
pub fn assemble(reports: &[Report], tools: Tools<'_>) -> Linked {
    let reports = in_order(reports);
    let mut diagnostics = Vec::new();
    let mut statements: Vec<Vec<Statement>> = Vec::with_capacity(reports.len());
    for report in &reports {
        let (mut found, left_out) = claims::statements(report, tools.statements);
        diagnostics.extend(left_out);
        found.retain(|statement| statement.voice != Voice::Own || !is_furniture(&statement.words(&report.text)));
        statements.push(found);
    }
    let (store, assignments) = claims::relink(statements.clone(), tools.decisions, tools.comparer, tools.thresholds);
    let mut placed = Placed::new();
    for assignment in &assignments {
        for Placement { statement, claim, joining, .. } in &assignment.placements {
            if let Some(claim) = claim {
                placed.insert(*statement, (store.survivor(*claim), *joining));
            }
        }
    }
    let newsrooms = Newsrooms::of(&reports);
    let speakers = Speakers::of(&reports, &newsrooms);
    let (copyings, left_out) = copyings(&reports);
    diagnostics.extend(left_out);
    let takings = takings(&reports, &newsrooms);
    let (cites, left_out) = cites(&reports, &newsrooms);
    diagnostics.extend(left_out);
    refer(&reports, &statements, &speakers, &mut placed);
    let mut lines: BTreeMap<ClaimId, Vec<Line<'_>>> = BTreeMap::new();
    for (report, found) in statements.iter().enumerate() {
        for statement in found {
            if let Some((claim, joining)) = placed.get(&statement.id).copied() {
                lines.entry(claim).or_default().push(Line { report, statement, joining });
            }
        }
    }
    let desk = Desk::new(&reports, &newsrooms, &speakers, &copyings, &cites, &takings);
    let kept: BTreeMap<ClaimId, &Claim> = store.claims().map(|claim| (claim.id, claim)).collect();
    let mut claims: Vec<LinkedClaim> = lines
        .iter()
        .filter_map(|(id, lines)| {
            let claim = kept.get(id)?;
            Some(desk.claim(claim, lines))
        })
        .collect();
    tie(&mut claims, &store, &assignments);
    let rank: BTreeMap<StatementId, usize> =
        statements.iter().flatten().enumerate().map(|(rank, statement)| (statement.id, rank)).collect();
    claims.sort_by_key(|claim| {
        (claim.statements.iter().filter_map(|one| rank.get(&one.statement.id)).min().copied(), claim.id)
    });
    Linked { claims, copyings, cites, diagnostics }
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
