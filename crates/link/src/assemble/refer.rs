//! Statements whose words only refer: a refusal to say, an answer that did not come, a quotation that says a denial again. They are put to what
//! they refer to. Not the comparison of what statements say.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::Act;
use onrecord_evidence::calendar::MONTHS;
use onrecord_evidence::{ClaimId, StatementId};

use super::act::first_sentence;
use super::party::Speakers;
use super::untrue::judges_the_told;
use crate::Report;
use crate::claims::{Joining, Kinds, Statement, Voice};

/// How far back a quotation says again what was reported, in statements.
const SAYS_AGAIN: usize = 4;

/// How far back something is named again by one of its words, in statements.
const NAMED_BEFORE: usize = 12;

/// Statements at the head of a report that say what it is about.
const HEAD: usize = 6;

/// Where statements were put.
pub(super) type Placed = BTreeMap<StatementId, (ClaimId, Joining)>;

/// Puts the referring statements of every report, in text order, to the claims that they refer to.
///
/// - What has too few words of its own, but some ("receiving a warning", "that there had been no call"), is of the last claim before it, or of
///   what the report is mainly about, that has one of them or tells of the same kind of thing.
/// - Who will not say, does not answer or cannot confirm speaks of what the report is mainly about, where the words name nothing that
///   anybody affirms; "either account", "the claim" that cannot be confirmed was told just before.
/// - An answer to what nobody affirms ("We do not drown our own villages") is of what the same party answered just before or behind; a denial
///   without such a one, and without names of its own, is of what the report is mainly about.
/// - Who says that it took place speaks of what was told just before.
/// - "This is false", "The rumours were untrue" in the outlet's own voice judge what the report is mainly about.
pub(super) fn refer(reports: &[&Report], statements: &[Vec<Statement>], speakers: &Speakers, placed: &mut Placed) {
    let affirmed = Affirmed::of(reports, statements, placed);
    for (report, found) in reports.iter().zip(statements) {
        let main = main_claim(found, placed, &affirmed.by);
        let page = Page { report, found, speakers, affirmed: &affirmed, main };
        for (index, one) in found.iter().enumerate() {
            // A person's decision stands above the rule.
            if placed.get(&one.id).is_some_and(|(_, joining)| *joining == Joining::Decided) {
                continue;
            }
            if let Some(to) = page.refers_to(index, placed) {
                placed.insert(one.id, (to, Joining::RefersBack));
            }
        }
    }
}

/// Which claims somebody affirms, as they were joined by what is said.
struct Affirmed {
    /// The reports that affirm a claim, by index.
    by: BTreeMap<ClaimId, BTreeSet<usize>>,
    /// Claims that are affirmed by somebody else than an outlet by the way.
    credited: BTreeSet<ClaimId>,
    /// What the statements of a claim are about, and of what kinds of things they tell.
    matters: BTreeMap<ClaimId, (BTreeSet<String>, Kinds)>,
}

impl Affirmed {
    fn of(reports: &[&Report], statements: &[Vec<Statement>], placed: &Placed) -> Self {
        let mut affirmed = Self { by: BTreeMap::new(), credited: BTreeSet::new(), matters: BTreeMap::new() };
        for (index, (report, found)) in reports.iter().zip(statements).enumerate() {
            for one in found.iter().filter(|one| affirms(one, report)) {
                let Some((claim, _)) = placed.get(&one.id) else { continue };
                affirmed.by.entry(*claim).or_default().insert(index);
                if one.voice != Voice::Own {
                    affirmed.credited.insert(*claim);
                }
                let (stems, kinds) = affirmed.matters.entry(*claim).or_default();
                stems.extend(one.proposition.matters().map(str::to_owned));
                *kinds = kinds.and(Kinds::of(&one.words(&report.text)));
            }
        }
        affirmed
    }

    fn has(&self, claim: ClaimId) -> bool {
        self.by.contains_key(&claim)
    }

    fn elsewhere(&self, claim: ClaimId) -> bool {
        self.by.get(&claim).is_some_and(|reports| reports.len() > 1)
    }
}

/// A report while its referring statements are put to claims.
struct Page<'a> {
    report: &'a Report,
    found: &'a [Statement],
    speakers: &'a Speakers,
    affirmed: &'a Affirmed,
    main: Option<ClaimId>,
}

impl Page<'_> {
    /// The claim that a statement refers to; `None` where it stays where it is.
    fn refers_to(&self, index: usize, placed: &Placed) -> Option<ClaimId> {
        let one = &self.found[index];
        let put = placed.get(&one.id).copied();
        let is_affirmed = put.is_some_and(|(claim, _)| self.affirmed.has(claim));
        // What the outlet says by the way in its own voice is not what somebody is asked about.
        let is_asked = put.is_some_and(|(claim, _)| self.affirmed.credited.contains(&claim));
        let refers = put.is_none_or(|(_, joining)| joining == Joining::RefersBack);
        let named = || self.by_matter(index, placed);
        match one.act {
            Some(Act::CouldNotVerify) if refers || !is_asked => {
                named().or_else(|| self.told_before(index, placed)).or(self.main)
            }
            Some(Act::Decline | Act::NoReply | Act::NonDenial) if refers || !is_asked => named().or(self.main),
            Some(Act::Retract) if is_report(&one.words(&self.report.text)) && !self.is_elsewhere(put) => self.main,
            Some(Act::DoesNotKnow | Act::Retract) if put.is_none() || !is_asked => named().or(self.main),
            Some(act) if answers(act) && refers && one.proposition.is_thin() => {
                // "Which denies it" is of what was told just before.
                let otherwise = || self.answered(index, placed).or(self.main.filter(|_| self.is_nameless(one)));
                named().or_else(|| if is_asked { None } else { otherwise() })
            }
            Some(act) if answers(act) && (!is_affirmed || (is_denial(act) && !is_asked && !self.is_elsewhere(put))) => {
                let again = self.answered(index, placed);
                again.or_else(|| self.main.filter(|_| is_denial(act) && self.is_nameless(one)))
            }
            Some(Act::Affirm)
                if put.is_none_or(|(claim, _)| !self.affirmed.elsewhere(claim)) && upholds(one, self.report) =>
            {
                let last = || self.before(index, SAYS_AGAIN, placed).find(|claim| self.affirmed.has(*claim));
                named().or_else(last).or(self.main)
            }
            None if judges(one, self.report) => self.main,
            _ => None,
        }
    }

    /// The claims of the statements before, the last one first.
    fn before<'p>(&'p self, index: usize, most: usize, placed: &'p Placed) -> impl Iterator<Item = ClaimId> + 'p {
        let before = self.found[index.saturating_sub(most)..index].iter().rev();
        before.filter_map(|other| placed.get(&other.id)).map(|(claim, _)| *claim)
    }

    /// The last affirmed claim before, else the report's main one, that is about the same by the few words that a statement has.
    fn by_matter(&self, index: usize, placed: &Placed) -> Option<ClaimId> {
        let one = &self.found[index];
        if !one.proposition.is_thin() {
            return None;
        }
        let matters: BTreeSet<&str> = one.proposition.matters().collect();
        let kinds = Kinds::of(&one.words(&self.report.text));
        let fits = |claim: &ClaimId| {
            self.affirmed.matters.get(claim).is_some_and(|(stems, theirs)| {
                kinds.meet(*theirs) || matters.iter().any(|matter| stems.contains(*matter))
            })
        };
        self.main.filter(fits).or_else(|| self.before(index, NAMED_BEFORE, placed).find(fits))
    }

    /// What is told just before, for words like "either account", "the claim".
    fn told_before(&self, index: usize, placed: &Placed) -> Option<ClaimId> {
        const TOLD: &[&str] = &["either", "both", "claim", "claims", "that", "this", "them"];
        let said = self.found[index].words(&self.report.text).to_lowercase();
        let told = said.split(|letter: char| !letter.is_alphanumeric()).any(|word| TOLD.contains(&word));
        let mut before = self.before(index, SAYS_AGAIN, placed);
        told.then(|| before.find(|claim| self.affirmed.credited.contains(claim) && self.affirmed.elsewhere(*claim)))?
    }

    /// Whether a statement was put to a claim that another report affirms too.
    fn is_elsewhere(&self, put: Option<(ClaimId, Joining)>) -> bool {
        put.is_some_and(|(claim, _)| self.affirmed.elsewhere(claim))
    }

    /// What the same party answered just before, else just behind; who did it or did not, what anybody answered so.
    fn answered(&self, index: usize, placed: &Placed) -> Option<ClaimId> {
        let one = &self.found[index];
        let claim = |other: &Statement| {
            let is_blame = is_of_blame(one.act) && is_of_blame(other.act);
            let answers =
                other.act.is_some_and(answers) && (is_blame || is_one_party(self.report, one, other, self.speakers));
            let claim = placed.get(&other.id).map(|(claim, _)| *claim);
            claim.filter(|claim| answers && self.affirmed.has(*claim))
        };
        let before = self.found[index.saturating_sub(SAYS_AGAIN)..index].iter().rev().find_map(claim);
        let behind = || self.found[index + 1..].iter().take(SAYS_AGAIN).find_map(claim);
        before.or_else(behind)
    }

    /// Whether the first sentence has no name but those of days.
    fn is_nameless(&self, one: &Statement) -> bool {
        let first = first_sentence(&one.words(&self.report.text)).trim().len();
        let end = one.ranges.first().map_or(0, |range| range.start as usize + first);
        let in_first = |at: u32| (at as usize) < end;
        !one.proposition.stems.iter().any(|stem| stem.name && !is_day(&stem.text) && in_first(stem.range.start))
    }
}

const fn is_of_blame(act: Option<Act>) -> bool {
    matches!(act, Some(Act::AcceptResponsibility | Act::DenyResponsibility))
}

/// Whether words are of a report rather than of what is told in it.
fn is_report(said: &str) -> bool {
    const REPORTS: &[&str] = &["story", "report", "item", "article", "dispatch"];
    let lower = said.to_lowercase();
    lower.split(|letter: char| !letter.is_alphanumeric()).take(FIRST_WORDS).any(|word| REPORTS.contains(&word))
}

/// Words at the head of a statement that say what it is of.
const FIRST_WORDS: usize = 6;

/// Whether an act answers what another said.
const fn answers(act: Act) -> bool {
    is_denial(act) || matches!(act, Act::AcceptResponsibility | Act::PartialDeny | Act::Condition)
}

const fn is_denial(act: Act) -> bool {
    matches!(act, Act::Deny | Act::RejectPremise | Act::DenyResponsibility)
}

/// Whether the words only say that it is so: "that it took place", "that the call happened".
fn upholds(one: &Statement, report: &Report) -> bool {
    const SO: &[&str] = &[
        "took place",
        "happened",
        "was true",
        "is true",
        "occurred",
        "stand by",
        "stands by",
        "was accurate",
        "is accurate",
        "was right",
    ];
    let whole = one.words(&report.text).to_lowercase();
    let said = first_sentence(whole.split('…').next().unwrap_or_default());
    said.split_whitespace().nth(MOST_UPHOLDING).is_none() && SO.iter().any(|so| said.contains(so))
}

/// Words of a statement that only says that it is so.
const MOST_UPHOLDING: usize = 10;

/// Whether the stem of a name is one of the calendar.
pub(super) fn is_day(stem: &str) -> bool {
    // "May" is more often a verb, and of January the stem is shorter.
    stem.ends_with("day") || stem == "januar" || !["january", "may"].contains(&stem) && MONTHS.contains(&stem)
}

/// Whether a statement says that something is so: no refusal, no question, no headline that only credits others.
fn affirms(one: &Statement, report: &Report) -> bool {
    matches!(one.act, None | Some(Act::Affirm | Act::AcceptResponsibility))
        && !one.proposition.is_question
        && !only_credits(one, report)
        && !judges(one, report)
}

/// Whether the outlet itself judges what was told.
fn judges(one: &Statement, report: &Report) -> bool {
    one.voice == Voice::Own && !one.proposition.is_question && judges_the_told(first_sentence(&one.words(&report.text)))
}

/// Whether a headline holds the content of an attribution: then it is not the outlet that says it.
pub(super) fn only_credits(one: &Statement, report: &Report) -> bool {
    one.voice == Voice::Headline
        && one.ranges.iter().any(|range| {
            let contents = report.records.iter().flat_map(|record| &record.content);
            contents.into_iter().any(|content| range.contains(content.range()))
        })
}

/// What the report is mainly about: of the claims that its first statements affirm, the one that most reports affirm, and of these the first.
fn main_claim(found: &[Statement], placed: &Placed, affirmed: &BTreeMap<ClaimId, BTreeSet<usize>>) -> Option<ClaimId> {
    let mut best: Option<(usize, ClaimId)> = None;
    for claim in found.iter().filter_map(|one| placed.get(&one.id)).map(|(claim, _)| *claim).take(HEAD) {
        let Some(reports) = affirmed.get(&claim).map(BTreeSet::len) else { continue };
        if best.is_none_or(|(most, _)| reports > most) {
            best = Some((reports, claim));
        }
    }
    best.map(|(_, claim)| claim)
}

fn is_one_party(report: &Report, one: &Statement, other: &Statement, speakers: &Speakers) -> bool {
    let party = |statement: &Statement| {
        let attribution = statement.attribution?;
        let record = report.records.iter().find(|record| record.id == attribution)?;
        Some(speakers.get(report, record)?.view.party.clone())
    };
    party(one).is_some_and(|one| party(other) == Some(one))
}
