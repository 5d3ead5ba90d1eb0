//! What one party says on a claim, and what an outlet is to it: parts of a claim's view for pages about a party or an outlet. Concluded by the same
//! functions as the whole view.

use onrecord_evidence::ClaimId;
use onrecord_link::position::PartyKey;
use onrecord_link::standing::standing;

use super::asked::{ClaimAsked, Desk};
use super::origins::{OriginLine, ReportName};
use super::parts::{CoverageLine, StandingLine, WordingLine};
use super::positions::PositionLine;
use super::view::coverage;

/// What one party says on a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyOnClaim {
    /// The claim.
    pub claim: ClaimId,
    /// Its wording.
    pub wording: WordingLine,
    /// How it stands.
    pub standing: StandingLine,
    /// What the party says.
    pub position: PositionLine,
}

impl PartyOnClaim {
    /// What `party` says on the claim; `None` where it is not on record by then.
    pub fn new(asked: ClaimAsked<'_>, party: &PartyKey) -> Option<Self> {
        let desk = Desk::new(asked);
        let found = standing(&asked.claim.record, &desk.others, asked.as_of);
        let position =
            found.positions.parties.iter().find(|one| one.party.as_str().eq_ignore_ascii_case(party.as_str()))?;
        Some(Self {
            claim: asked.claim.id,
            wording: desk.wording(),
            standing: desk.standing(&found),
            position: desk.position(position),
        })
    }
}

/// What an outlet is to a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct OutletOnClaim {
    /// The claim.
    pub claim: ClaimId,
    /// Its wording.
    pub wording: WordingLine,
    /// How it stands.
    pub standing: StandingLine,
    /// What the ledger holds of it.
    pub coverage: CoverageLine,
    /// Its reports in the trees of origins.
    pub parts: Vec<OutletPart>,
}

/// A report of an outlet in a tree of origins.
#[derive(Clone, Debug, PartialEq)]
pub struct OutletPart {
    /// The report.
    pub report: ReportName,
    /// Where the chain ends.
    pub ends: Vec<String>,
    /// How that origin counts, in words.
    pub count: &'static str,
    /// The report on which it hangs; `None` where it stands at the end of the chain.
    pub from: Option<ReportName>,
    /// Why it hangs there, or is an end.
    pub reason: Option<&'static str>,
}

impl OutletOnClaim {
    /// What the outlet of this name is to the claim; `None` where it does not report it by then. Capitals do not matter.
    pub fn new(asked: ClaimAsked<'_>, outlet: &str) -> Option<Self> {
        let desk = Desk::new(asked);
        let found = standing(&asked.claim.record, &desk.others, asked.as_of);
        let origins = desk.origins(&found.origins);
        let parts: Vec<OutletPart> = origins.origins.iter().flat_map(|origin| parts(origin, outlet)).collect();
        (!parts.is_empty()).then(|| Self {
            claim: asked.claim.id,
            wording: desk.wording(),
            standing: desk.standing(&found),
            coverage: coverage(&found),
            parts,
        })
    }
}

fn parts(origin: &OriginLine, outlet: &str) -> Vec<OutletPart> {
    let mut found = Vec::new();
    // The last row of each depth: what a row hangs on is the last one that is less deep.
    let mut above: Vec<&ReportName> = Vec::new();
    for row in &origin.rows {
        above.truncate(row.depth);
        let is_its =
            |name: &&ReportName| name.outlet.as_ref().is_some_and(|one| one.to_lowercase() == outlet.to_lowercase());
        found.extend(row.reports.iter().filter(is_its).map(|report| OutletPart {
            report: report.clone(),
            ends: origin.ends.clone(),
            count: origin.count_words(),
            from: above.last().filter(|_| row.depth > 0).map(|name| (*name).clone()),
            reason: row.reason,
        }));
        above.extend(row.reports.first());
    }
    found
}
