//! The ordered rules of standing. One function; every surface calls it.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use onrecord_evidence::{Diagnostic, Time};
use serde::Serialize;

use crate::origin::{OriginCount, OriginKind, Origins};
use crate::position::{
    ClaimRecord, Decision, Evidence, LinkKind, Parties, PartyKind, Positions, RoleKind, Ruling, Stance, StandingWord,
};

use super::denial::{Denial, denials, voices};
use super::life::{Life, life_of};
use super::neighbours::{Neighbours, Seen, reach};

/// What the rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ByRule {
    /// The standing.
    pub word: StandingWord,
    /// The rule that matched first; permanent, in kebab case.
    pub rule: &'static str,
    /// The words that it rests on.
    pub evidence: Vec<Evidence>,
}

/// What the ledger holds of a claim: every statement of standing says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Articles that report it.
    pub articles: usize,
    /// Outlets of these; reports of which nobody says the outlet are in none.
    pub outlets: usize,
    /// When the first of them was out.
    pub from: Option<Timestamp>,
    /// When the last of them was out.
    pub to: Option<Timestamp>,
}

impl fmt::Display for Coverage {
    /// "in this ledger: 4 articles, 3 outlets, 2031-03-09 to 2031-03-12"
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |number: usize| if number == 1 { "" } else { "s" };
        let (articles, outlets) = (self.articles, self.outlets);
        write!(formatter, "in this ledger: {articles} article{}", plural(articles))?;
        write!(formatter, ", {outlets} outlet{}", plural(outlets))?;
        let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
        match self.from.map(day).zip(self.to.map(day)) {
            Some((from, to)) if from == to => write!(formatter, ", {from}"),
            Some((from, to)) => write!(formatter, ", {from} to {to}"),
            None => Ok(()),
        }
    }
}

/// The standing of a claim at a time, with everything that is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The standing: a person's decision where there is one, else what the rules say.
    pub word: StandingWord,
    /// What the rules say; shown beside a decision.
    pub by_rule: ByRule,
    /// The decision that stands above the rule.
    pub decision: Option<Decision>,
    /// Its life.
    pub life: Life,
    /// Denials by parties with standing to deny.
    pub denials: Vec<Denial>,
    /// Denials without standing, shown beside.
    pub beside: Vec<Denial>,
    /// The positions, which carry the declines and non-denials that are always shown.
    pub positions: Positions,
    /// The origins.
    pub origins: Origins,
    /// What the ledger holds.
    pub coverage: Coverage,
    /// What was left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
}

/// The standing of `claim` as of a time, or on all that is on record.
///
/// First match: withdrawn, disputed, acknowledged, origin unknown, outlet's voice only, claimed by one side, one origin, several origins.
/// `others` are the claims to which links lead.
///
/// What only outlets say in their own voice is told by its own word, though it shows no origin either; what nobody affirms has an unknown
/// origin. An outlet's own voice beside one side's saying does not make it two sides.
///
/// ```
/// use onrecord_link::position::{ClaimKey, ClaimKind, ClaimRecord, StandingWord};
/// use onrecord_link::standing::{Neighbours, standing};
/// let call = ClaimRecord::new(ClaimKey::new("the call took place"), ClaimKind::Event);
/// let found = standing(&call, &Neighbours::default(), None);
/// assert_eq!((found.word, found.by_rule.rule), (StandingWord::OriginUnknown, "nobody-affirms"));
/// ```
pub fn standing(claim: &ClaimRecord, others: &Neighbours<'_>, as_of: Option<&Time>) -> Standing {
    let seen = Seen::new(claim, as_of, Vec::new());
    let origins = seen.origins();
    let (all, left_out) = denials(claim, others, as_of);
    let (with, beside): (Vec<Denial>, Vec<Denial>) = all.into_iter().partition(|denial| denial.right.is_some());
    let by_rule = by_rule(claim, &seen, &origins, &with, others, as_of);
    let decision = decision(claim);
    let word = decision.as_ref().map_or(by_rule.word, |(word, _)| *word);
    let mut diagnostics = Vec::new();
    if left_out {
        let message =
            format!("claim {}: expected at most 64 linked claims, found more; the nearest were looked at", claim.claim);
        diagnostics.push(Diagnostic::warning("linked-claims-left-out", message));
    }
    Standing {
        word,
        by_rule,
        decision: decision.map(|(_, decision)| decision),
        life: life_of(&seen, others, as_of),
        denials: with,
        beside,
        coverage: coverage(&seen),
        positions: seen.positions,
        origins,
        diagnostics,
    }
}

fn by_rule(
    claim: &ClaimRecord,
    seen: &Seen<'_>,
    origins: &Origins,
    denials: &[Denial],
    others: &Neighbours<'_>,
    as_of: Option<&Time>,
) -> ByRule {
    let result = |word, rule, evidence: Vec<Evidence>| ByRule { word, rule, evidence };
    if !claim.kind.has_standing() {
        return result(StandingWord::NoStanding, "intention-or-opinion", Vec::new());
    }
    if origins.all_withdrawn() {
        return result(StandingWord::Withdrawn, "every-origin-withdrew", taken_back(seen));
    }
    if let Some(denial) = denials.first() {
        return result(StandingWord::Disputed, denial.rule, denial.evidence.clone());
    }
    if let Some(evidence) = incompatible(claim, origins, others, as_of) {
        return result(StandingWord::Disputed, "incompatible-accounts", evidence);
    }
    if let Some(evidence) = acknowledged(claim, others, as_of) {
        return result(StandingWord::Acknowledged, "affirmed-by-the-accused", evidence);
    }
    let words = |count: OriginCount| {
        let counted = origins.origins.iter().filter(move |origin| origin.count == count);
        let evidence: BTreeSet<Evidence> = counted.flat_map(|origin| origin.evidence.iter().cloned()).collect();
        evidence.into_iter().collect::<Vec<_>>()
    };
    if origins.least == 0 {
        return if origins.tree.is_empty() {
            result(StandingWord::OriginUnknown, "nobody-affirms", Vec::new())
        } else if only_own_voice(origins) {
            result(StandingWord::OutletsVoiceOnly, "only-own-voice", words(OriginCount::Unknown))
        } else {
            result(StandingWord::OriginUnknown, "no-origin-shown", words(OriginCount::Unknown))
        };
    }
    if let Some(evidence) = one_side(seen, origins) {
        return result(StandingWord::ClaimedByOneSide, "only-one-side-affirms", evidence);
    }
    let counted = words(OriginCount::Counted);
    if origins.least == 1 {
        return result(StandingWord::OneOrigin, "one-origin", counted);
    }
    result(StandingWord::SeveralOrigins, "at-least-two-origins", counted)
}

/// Whether every chain that is stood by ends with an outlet that says it in its own voice.
fn only_own_voice(origins: &Origins) -> bool {
    let mut ends = origins.tree.iter().filter(|branch| !branch.is_withdrawn && branch.hangs_on.is_none()).peekable();
    ends.peek().is_some() && ends.all(|branch| branch.is_own_voice)
}

/// The words by which origins were withdrawn.
fn taken_back(seen: &Seen<'_>) -> Vec<Evidence> {
    let held = seen.positions.parties.iter().flat_map(|position| &position.current);
    let held = held.filter(|held| held.stance != Stance::Open).flat_map(|held| held.evidence.iter());
    let withdrawals = seen.record.reports.iter().flat_map(|report| &report.withdrawals);
    let evidence: BTreeSet<&Evidence> = held.chain(withdrawals.flat_map(|withdrawal| &withdrawal.evidence)).collect();
    evidence.into_iter().cloned().collect()
}

/// The words of an account that cannot stand beside this one, where both are stood by.
fn incompatible(
    claim: &ClaimRecord,
    origins: &Origins,
    others: &Neighbours<'_>,
    as_of: Option<&Time>,
) -> Option<Vec<Evidence>> {
    let stands = |origins: &Origins| origins.origins.iter().any(|origin| origin.count != OriginCount::Withdrawn);
    if !stands(origins) {
        return None;
    }
    let (seen, _) = reach(claim, others, as_of, &[LinkKind::Incompatible]);
    let mut accounts = seen.iter().filter(|seen| seen.way.len() == 1).filter(|seen| stands(&seen.origins()));
    accounts.next().map(|account| account.way.iter().flat_map(|step| step.evidence.iter().cloned()).collect())
}

/// The words with which the party against whom the act is alleged affirms the same event.
fn acknowledged(claim: &ClaimRecord, others: &Neighbours<'_>, as_of: Option<&Time>) -> Option<Vec<Evidence>> {
    let accused: Vec<_> =
        claim.roles.iter().filter(|role| role.role == RoleKind::Accused).map(|role| &role.party).collect();
    if accused.is_empty() {
        return None;
    }
    let (seen, _) = reach(claim, others, as_of, &[LinkKind::SameEvent]);
    let own = Parties::of(claim);
    seen.iter().find_map(|seen| {
        let parties = Parties::of(&seen.record);
        let affirming = seen.positions.parties.iter().filter(|position| position.is(Stance::Affirms));
        let speaks = affirming.filter(|position| {
            let voices = [voices(&own, &position.party), voices(&parties, &position.party)].concat();
            accused.iter().any(|accused| own.up(accused).iter().any(|above| voices.contains(above)))
        });
        let held = speaks.flat_map(|position| &position.current).find(|held| held.stance == Stance::Affirms)?;
        Some(held.evidence.clone())
    })
}

/// The words of the one side that affirms; `None` where another side, a party of no side, or an observer does too.
fn one_side(seen: &Seen<'_>, origins: &Origins) -> Option<Vec<Evidence>> {
    let parties = Parties::of(&seen.record);
    let observed = |origin: &crate::origin::Origin| {
        origin.kind == OriginKind::Observation && origin.count != OriginCount::Withdrawn
    };
    if origins.origins.iter().any(observed) {
        return None;
    }
    let mut sides: BTreeSet<&str> = BTreeSet::new();
    let mut evidence: BTreeSet<Evidence> = BTreeSet::new();
    for position in seen.positions.parties.iter().filter(|position| position.is(Stance::Affirms)) {
        let kind = parties.view(&position.party).map(|view| &view.kind);
        if matches!(kind, Some(PartyKind::Outlet(_))) {
            continue;
        }
        // Unnamed people of whom no origin is counted are no second side.
        let is_counted = || {
            let newsrooms = origins.origins.iter().filter(|origin| origin.kind == OriginKind::Newsroom);
            newsrooms.into_iter().any(|origin| matches!(origin.count, OriginCount::Counted | OriginCount::MayBeShared))
        };
        if kind == Some(&PartyKind::Unnamed) && !is_counted() {
            continue;
        }
        sides.insert(parties.side(&position.party)?);
        evidence.extend(position.current.iter().flat_map(|held| held.evidence.iter().cloned()));
    }
    let allied = |one: &str, other: &str| {
        one == other
            || seen
                .record
                .allies
                .iter()
                .any(|(left, right)| (left == one && right == other) || (left == other && right == one))
    };
    let is_one = sides.iter().any(|side| sides.iter().all(|other| allied(side, other)));
    is_one.then(|| evidence.into_iter().collect())
}

/// The latest decision on standing that was not taken back.
fn decision(claim: &ClaimRecord) -> Option<(StandingWord, Decision)> {
    let decisions = claim.decisions.iter().filter(|decision| !decision.taken_back);
    let decisions = decisions.filter_map(|decision| match decision.ruling {
        Ruling::Standing(word) => Some((word, decision)),
        _ => None,
    });
    let last = decisions
        .max_by_key(|(word, decision)| (decision.at.latest(), decision.author.clone(), decision.reason.clone(), *word));
    last.map(|(word, decision)| (word, decision.clone()))
}

fn coverage(seen: &Seen<'_>) -> Coverage {
    let reports = &seen.record.reports;
    let articles: BTreeSet<_> = reports.iter().map(|report| report.article).collect();
    let outlets: BTreeSet<_> = reports.iter().filter_map(|report| report.outlet.as_ref()).collect();
    Coverage {
        articles: articles.len(),
        outlets: outlets.len(),
        from: reports.iter().map(|report| report.out().earliest()).min(),
        to: reports.iter().map(|report| report.out().latest()).max(),
    }
}
