//! `{"type": "claim"}`: everything that is on record about one claim at a time. Every part is concluded by the one function of `onrecord_link` that there is
//! for it, and stands with its words.

use jiff::Timestamp;
use onrecord_evidence::{ClaimId, Diagnostic, EventId, Time};
use onrecord_link::figure::Relation;
use onrecord_link::position::{Beside, ClaimKey, ClaimKind, LinkKind, on_record};
use onrecord_link::standing::{Change, Life, Neighbours, Standing, changes, reason, standing};
use serde::Serialize;

use super::asked::{ClaimAsked, Desk};
use super::drifts::{DriftLine, VariantsLine};
use super::figures::{FigurePair, SeriesLine};
use super::origins::OriginsView;
use super::parts::{
    BesideLine, ChangeLine, CoverageLine, DecisionNote, LifeLine, LinkLine, ReportLine, StandingLine, WordingLine,
};
use super::positions::{DenialLine, DisputedLine, PositionLine, ResponseLine};
use super::terms;
use crate::VERSION;

/// Everything on record about a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimView {
    r#type: &'static str,
    version: u32,
    /// The claim.
    pub claim: ClaimId,
    /// Its event.
    pub event: EventId,
    /// What it is about.
    pub kind: ClaimKind,
    /// As of when; `null` for all that is on record.
    pub as_of: Option<Time>,
    /// Its wording.
    pub wording: WordingLine,
    /// How it stands.
    pub standing: StandingLine,
    /// Whether it is still the one to go by.
    pub life: LifeLine,
    /// What the ledger holds of it.
    pub coverage: CoverageLine,
    /// What each party says.
    pub positions: Vec<PositionLine>,
    /// What reports of the claim say beside it: words that were put to the claim and carry no act on it.
    pub said_beside: Vec<BesideLine>,
    /// Who has a role in it, and what they answered.
    pub responses: Vec<ResponseLine>,
    /// Denials by parties with standing to deny.
    pub denials: Vec<DenialLine>,
    /// Denials without standing, shown beside.
    pub denials_beside: Vec<DenialLine>,
    /// Words that reports credit to different parties.
    pub attribution_disputed: Vec<DisputedLine>,
    /// Its origins.
    pub origins: OriginsView,
    /// Its figures by claimant.
    pub figures: Vec<SeriesLine>,
    /// How figures of different claimants stand to each other.
    pub figure_relations: Vec<FigurePair>,
    /// Hedges lost and gained.
    pub drift: Vec<DriftLine>,
    /// The wordings of its quotations.
    pub quotations: Vec<VariantsLine>,
    /// How its standing changed.
    pub timeline: Vec<ChangeLine>,
    /// Every moment at which its standing changed, those after the time asked for too.
    #[serde(skip)]
    pub moments: Vec<Timestamp>,
    /// The claims to which it is linked.
    pub links: Vec<LinkLine>,
    /// Sentences for a reporter: the allegation and its responses together, with nothing but exact words within quotation marks.
    pub attributed: String,
    /// The reports of it.
    pub reports: Vec<ReportLine>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

impl ClaimView {
    /// The `type`.
    pub const TYPE: &'static str = "claim";

    /// The view of a claim.
    pub fn new(asked: ClaimAsked<'_>) -> Self {
        let desk = Desk::new(asked);
        let claim = asked.claim;
        let found = standing(&claim.record, &desk.others, asked.as_of);
        let (timeline, moments, left_out) = desk.timeline();
        let mut diagnostics = found.diagnostics.clone();
        diagnostics.extend(left_out);
        let positions = desk.positions(&found);
        let denials = desk.denials(&found.denials);
        let origins = desk.origins(&found.origins);
        let attributed = super::attributed::attributed(&desk, &positions, &denials, &origins);
        Self {
            r#type: Self::TYPE,
            version: VERSION,
            claim: claim.id,
            event: claim.event,
            kind: claim.record.kind,
            as_of: asked.as_of.cloned(),
            wording: desk.wording(),
            standing: desk.standing(&found),
            life: desk.life(&found.life),
            coverage: coverage(&found),
            said_beside: desk.beside(),
            responses: desk.responses(&found),
            denials_beside: desk.denials(&found.beside),
            attribution_disputed: desk.disputed(&found),
            figures: desk.series(),
            figure_relations: desk.pairs(),
            drift: desk.drifts(),
            quotations: desk.variants(),
            timeline,
            moments,
            links: desk.links(),
            reports: desk.reports(),
            positions,
            denials,
            origins,
            attributed,
            diagnostics,
        }
    }

    /// Whether anything is on record of it at the time asked for.
    pub const fn is_on_record(&self) -> bool {
        self.coverage.articles > 0 || !self.positions.is_empty()
    }

    /// Whether its figures are to be shown: numbers within the words of an event are no series, unless something is to be said about them.
    pub fn tells_of_figures(&self) -> bool {
        let tells = |pair: &FigurePair| {
            matches!(pair.relation.relation, Relation::Conflict | Relation::RoleConflict | Relation::Spread { .. })
        };
        !self.figures.is_empty() && (self.kind == ClaimKind::Figure || self.figure_relations.iter().any(tells))
    }
}

pub(super) fn coverage(found: &Standing) -> CoverageLine {
    let coverage = found.coverage;
    CoverageLine {
        articles: coverage.articles,
        outlets: coverage.outlets,
        from: coverage.from,
        to: coverage.to,
        words: coverage.to_string(),
    }
}

impl Desk<'_> {
    fn beside(&self) -> Vec<BesideLine> {
        let record = on_record(&self.asked.claim.record, self.asked.as_of);
        let line = |one: &Beside| {
            let quote = self.quote(one.report, one.evidence.iter().collect())?;
            Some(BesideLine { party: self.party(&one.party), quote })
        };
        record.beside.iter().filter_map(line).collect()
    }

    pub(super) fn wording(&self) -> WordingLine {
        let canonical = &self.asked.claim.canonical;
        WordingLine {
            text: canonical.text.split_whitespace().collect::<Vec<_>>().join(" "),
            negated: canonical.is_negated,
            quote: self.quotes(&canonical.evidence).into_iter().next(),
        }
    }

    pub(super) fn standing(&self, found: &Standing) -> StandingLine {
        let decision = found.decision.as_ref().map(|decision| DecisionNote {
            author: decision.author.clone(),
            at: decision.at.clone(),
            reason: decision.reason.clone(),
        });
        StandingLine {
            standing: found.word,
            words: found.word.words(),
            by_rule: found.by_rule.word,
            rule: found.by_rule.rule,
            reason: reason(found.by_rule.rule),
            quotes: self.quotes(&found.by_rule.evidence),
            decision,
        }
    }

    pub(super) fn life(&self, life: &Life) -> LifeLine {
        let (by, at, evidence) = match life {
            Life::Current => (None, None, &[][..]),
            Life::Superseded { by, evidence } | Life::Ended { by, evidence } => (Some(by.clone()), None, &evidence[..]),
            Life::CorrectedBy { by, evidence } => (by.clone(), None, &evidence[..]),
            Life::LastSeen { at, evidence } => (None, Some(*at), &evidence[..]),
        };
        let day = at.map_or_else(String::new, |at| format!(" on {}", at.strftime("%Y-%m-%d")));
        LifeLine {
            words: format!("{}{day}", life.words()),
            rule: life.rule(),
            reason: reason(life.rule()),
            by,
            at,
            quotes: self.quotes(evidence),
        }
    }

    fn timeline(&self) -> (Vec<ChangeLine>, Vec<Timestamp>, Vec<Diagnostic>) {
        let (found, diagnostics) = changes(&self.asked.claim.record, &self.others);
        let line = |change: &Change| ChangeLine {
            at: change.at,
            standing: change.word,
            words: change.word.words(),
            rule: change.by_rule.rule,
            reason: reason(change.by_rule.rule),
            least: change.origins.0,
            unknown: change.origins.1,
            life: change.life.words(),
            quotes: self.quotes(&change.by_rule.evidence),
        };
        let by_then = |change: &&Change| self.asked.as_of.is_none_or(|as_of| change.at <= as_of.latest());
        let moments = found.iter().map(|change| change.at).collect();
        (found.iter().filter(by_then).map(line).collect(), moments, diagnostics)
    }

    fn links(&self) -> Vec<LinkLine> {
        let own = &self.record.claim;
        let all = self.asked.neighbours.iter().map(|near| &near.record).chain([&self.asked.claim.record]);
        let around = Neighbours::new(all);
        let mut found: Vec<LinkLine> = Vec::new();
        let mut add = |kind: LinkKind, from_this: bool, other: &ClaimKey, evidence: &[_]| {
            let Some(near) = self.asked.neighbours.iter().find(|near| near.record.claim == *other) else { return };
            let words = terms::link(kind, from_this);
            if found.iter().any(|known| known.claim == *other && known.words == words) {
                return;
            }
            let its = standing(&near.record, &around, self.asked.as_of);
            if its.coverage.articles == 0 && its.positions.parties.is_empty() {
                return;
            }
            found.push(LinkLine {
                kind,
                from_this,
                words,
                claim: other.clone(),
                wording: near.canonical.text.split_whitespace().collect::<Vec<_>>().join(" "),
                standing: its.word,
                standing_words: its.word.words(),
                quotes: self.quotes(evidence),
            });
        };
        for link in &self.record.links {
            add(link.kind, true, &link.other, &link.evidence);
        }
        for near in self.asked.neighbours {
            for link in near.record.links.iter().filter(|link| link.other == *own) {
                add(link.kind, false, &near.record.claim, &link.evidence);
            }
        }
        found
    }

    fn reports(&self) -> Vec<ReportLine> {
        let mut reports: Vec<_> = self.record.reports.iter().collect();
        reports.sort_by_key(|report| (report.out().latest(), report.revision));
        let line = |report: &onrecord_link::position::ReportView| {
            let facts = self.facts(report.revision);
            let withdrawn = report.withdrawals.iter().flat_map(|withdrawal| self.quotes(&withdrawal.evidence));
            ReportLine {
                name: self.report_name(report.revision),
                title: facts.and_then(|facts| facts.title.clone()),
                address: facts.and_then(|facts| facts.address.clone()),
                impostor: report.is_impostor(),
                withdrawn: withdrawn.collect(),
            }
        };
        reports.into_iter().map(line).collect()
    }
}
