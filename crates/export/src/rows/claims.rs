//! One row a claim. Not its standing: that is concluded by `onrecord_link`.

use onrecord_link::position::Stance;

use crate::Result;
use crate::claim::Claim;
use crate::table::{Cell, Moment, columns};

columns! {
    /// A claim.
    pub struct ClaimRow {
        /// What the rules say where a person decided otherwise; else the same as `standing`.
        standing_by_rule: String,
        /// The rule that matched first; permanent.
        rule: String,
        /// What the rule says.
        reason: Option<String>,
        /// The rule of its life.
        life_rule: String,
        /// At least so many independent origins.
        origins_least: usize,
        /// So many more may be origins of their own, or none.
        origins_unknown: usize,
        /// Parties that affirm it; outlets in their own voice are not among them.
        affirmed_by: Vec<String>,
        /// Parties that were asked, or spoke, and take no stand.
        open: Vec<String>,
        /// Outlets that state it in their own voice.
        own_voice: Vec<String>,
        /// Articles of this ledger that report it.
        articles: usize,
        /// Outlets of these.
        outlets: usize,
        /// When the first of them was out.
        first_out: Option<Moment>,
        /// When the last of them was out.
        last_out: Option<Moment>,
        /// Outlet of the first known report.
        first_outlet: Option<String>,
        /// Why that may not be the first.
        first_doubts: Vec<String>,
        /// How it stands to other claims: "presupposes clm_...".
        links: Vec<String>,
        /// Changes of its standing: "2031-03-09T08:00:00Z one origin".
        changes: Vec<String>,
        /// What all of this is said of.
        coverage: String,
    }
}

/// The row of a claim.
pub(super) fn rows(claim: &Claim<'_>) -> Result<Vec<Vec<Cell>>> {
    let view = &claim.view;
    let with = |stance: Stance, outlets: bool| {
        let of = view.positions.iter().filter(|position| position.stance == Some(stance));
        let of = of.filter(|position| (position.party.kind == "outlet") == outlets);
        of.map(|position| claim.party(&position.party)).collect::<Vec<_>>()
    };
    let first = view.origins.first.as_ref();
    let own = ClaimRow {
        standing_by_rule: view.standing.by_rule.words().to_owned(),
        rule: view.standing.rule.to_owned(),
        reason: view.standing.reason.map(str::to_owned),
        life_rule: view.life.rule.to_owned(),
        origins_least: view.origins.least,
        origins_unknown: view.origins.unknown,
        affirmed_by: with(Stance::Affirms, false),
        open: with(Stance::Open, false),
        own_voice: with(Stance::Affirms, true),
        articles: view.coverage.articles,
        outlets: view.coverage.outlets,
        first_out: view.coverage.from.map(Moment),
        last_out: view.coverage.to.map(Moment),
        first_outlet: first.and_then(|first| first.report.outlet.clone()),
        first_doubts: first.into_iter().flat_map(|first| &first.doubts).map(|doubt| unquoted(doubt)).collect(),
        links: view.links.iter().map(|link| format!("{} {}", link.words, link.claim)).collect(),
        changes: view.timeline.iter().map(|change| format!("{} {}", change.at, change.words)).collect(),
        coverage: view.coverage.words.clone(),
    };
    let evidence = match &view.wording.quote {
        Some(quote) => claim.quote(quote)?,
        None => match view.reports.first() {
            Some(report) => claim.report(report.name.article, report.name.revision, None, "")?,
            None => return Ok(Vec::new()),
        },
    };
    Ok(vec![super::row(claim, &own, &evidence, &claim.provenance(&[]))])
}

/// Without the words of articles that a reason ends with: these are in `positions` and `origins`, under the quotation cap.
fn unquoted(reason: &str) -> String {
    reason.split_once(": \u{201c}").map_or(reason, |(reason, _)| reason).to_owned()
}
