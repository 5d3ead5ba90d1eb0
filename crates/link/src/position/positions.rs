//! Each party's position on one claim, and how it came about. One function; every surface calls it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use onrecord_annotate::{Act, Commitment};
use onrecord_evidence::{RevisionId, Time};
use serde::Serialize;

use super::claim::{ClaimKind, ClaimRecord, PartyKey, Utterance, UtteranceKey};
use super::party::Parties;
use super::record_at::{on_record, reports, uttered_by};
use super::report::{Evidence, Relay, ReportView};
use super::stance::Stance;
use super::withdrawn::Withdrawn;

/// One utterance in the history of a position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The utterance.
    pub utterance: UtteranceKey,
    /// What it does.
    pub act: Act,
    /// What that does to the position.
    pub stance: Stance,
    /// How surely.
    pub commitment: Commitment,
    /// The first moment at which it may have been made.
    pub earliest: Option<Timestamp>,
    /// The moment by which it was made at the latest; without a stated time, when the first report of it was out.
    pub latest: Option<Timestamp>,
    /// The rule that put it where it stands; permanent, in kebab case.
    pub rule: &'static str,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// What one party says on the claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyPosition {
    /// Who.
    pub party: PartyKey,
    /// What stands now. Several where one interview holds several answers, or where nothing shows which came last. Empty where all is
    /// context or was withdrawn by who reported it.
    pub current: Vec<Held>,
    /// Later sayings that take no stand: declines, no-replies, non-denials. Always shown, and they change nothing.
    pub beside: Vec<Held>,
    /// Sayings that may precede the event: context, no position.
    pub context: Vec<Held>,
    /// Everything in the order of utterance.
    pub history: Vec<Held>,
}

impl PartyPosition {
    /// Whether this stance is among what stands now.
    pub fn is(&self, stance: Stance) -> bool {
        self.current.iter().any(|held| held.stance == stance)
    }
}

/// Reports disagree on who spoke: nobody's position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DisputedAttribution {
    /// The utterance.
    pub utterance: UtteranceKey,
    /// What it would do.
    pub act: Act,
    /// Who is credited, with the words that do so; by party.
    pub credited: BTreeMap<PartyKey, Vec<Evidence>>,
}

/// The positions on a claim, by party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Positions {
    /// By party.
    pub parties: Vec<PartyPosition>,
    /// What is credited to different parties, by utterance.
    pub disputed: Vec<DisputedAttribution>,
}

impl Positions {
    /// The position of a party.
    pub fn of(&self, party: &PartyKey) -> Option<&PartyPosition> {
        let at = self.parties.binary_search_by(|position| position.party.cmp(party)).ok()?;
        self.parties.get(at)
    }
}

/// The positions on `record` as of a time, or on all of it.
///
/// By the time of utterance, the latest is current. An act that takes no stand leaves the stand that was taken. Answers of one occasion,
/// and answers of which nothing shows the order, are kept both. What may precede the event is context. What reports credit to
/// different parties is nobody's position, until one of them takes its credit back.
///
/// ```
/// use onrecord_annotate::{Act, Commitment};
/// use onrecord_evidence::{Time, TimeSource};
/// use onrecord_link::position::*;
/// let said = |key: &str, act: Act, day: &str| Utterance {
///     key: UtteranceKey::new(key),
///     party: PartyKey::new("the First Minister's spokesman"),
///     act,
///     commitment: Commitment::Certain,
///     said: Time::parse(day, TimeSource::Text).ok(),
///     occasion: None,
///     answers: Vec::new(),
///     rests_on: None,
///     relays: Vec::new(),
/// };
/// let mut call = ClaimRecord::new(ClaimKey::new("the call took place"), ClaimKind::Event);
/// call.utterances = vec![said("no such call", Act::Deny, "2031-03-10"), said("no comment", Act::Decline, "2031-03-12")];
/// let found = positions(&call, None);
/// assert!(found.parties[0].is(Stance::Denies), "a decline does not withdraw a denial");
/// assert_eq!(found.parties[0].beside.len(), 1);
/// ```
pub fn positions(record: &ClaimRecord, as_of: Option<&Time>) -> Positions {
    settle(&on_record(record, as_of))
}

/// The positions on a record that was already cut to a time.
pub(crate) fn settle(record: &ClaimRecord) -> Positions {
    let (parties, reports) = (Parties::of(record), reports(record));
    let mut utterances: Vec<(&Utterance, Option<(Timestamp, Timestamp)>)> =
        record.utterances.iter().map(|utterance| (utterance, uttered_by(utterance, &reports))).collect();
    utterances.sort_by_key(|(utterance, at)| (at.map(|(earliest, latest)| (latest, earliest)), &utterance.key));
    utterances.dedup_by(|later, first| later.0.key == first.0.key);

    let withdrawals = Withdrawn::of(record, &parties, &reports);
    let mut found = Positions::default();
    let mut histories: BTreeMap<PartyKey, History> = BTreeMap::new();
    let mut holders: BTreeSet<PartyKey> = BTreeSet::new();
    for (utterance, at) in utterances {
        let standing: Vec<&Relay> = utterance.relays.iter().filter(|relay| !withdrawals.is(utterance, relay)).collect();
        let credited = credited(utterance, &standing);
        let voices: BTreeSet<PartyKey> = credited.keys().map(|party| parties.head(party)).collect();
        if voices.len() > 1 {
            let (utterance, act) = (utterance.key.clone(), utterance.act);
            found.disputed.push(DisputedAttribution { utterance, act, credited });
            continue;
        }
        // Where all who are left credit another party than the utterance's own, it is that party's.
        let owner = if credited.is_empty() || credited.keys().any(|party| *party == utterance.party) {
            utterance.party.clone()
        } else {
            credited.into_keys().next().unwrap_or_else(|| utterance.party.clone())
        };
        let holder = holder(&owner, &parties);
        let stance = Stance::of(utterance.act, holders.contains(&holder));
        let withdrawn = !utterance.relays.is_empty() && standing.is_empty();
        if stance == Stance::Affirms {
            holders.extend(printers(utterance, &reports));
            holders.insert(holder);
        }
        let context = if withdrawn { None } else { before_event(record, utterance, stance, at) };
        let rule = if withdrawn { "report-withdrawn" } else { context.unwrap_or("latest-utterance") };
        let held = Held {
            utterance: utterance.key.clone(),
            act: utterance.act,
            stance,
            commitment: utterance.commitment,
            earliest: at.map(|(earliest, _)| earliest),
            latest: at.map(|(_, latest)| latest),
            rule,
            evidence: words(utterance, &owner),
        };
        histories.entry(owner).or_default().push(Said {
            held,
            occasion: utterance.occasion.clone(),
            is_stated: utterance.said.is_some(),
            is_context: context.is_some(),
            counts: !withdrawn && context.is_none(),
        });
    }
    found.parties = histories.into_iter().map(|(party, history)| history.position(party)).collect();
    found.disputed.sort_by(|one, other| one.utterance.cmp(&other.utterance));
    found
}

/// Whom the reports credit, with their words.
fn credited(utterance: &Utterance, relays: &[&Relay]) -> BTreeMap<PartyKey, Vec<Evidence>> {
    let mut credited: BTreeMap<PartyKey, Vec<Evidence>> = BTreeMap::new();
    for relay in relays {
        let party = relay.credits.as_ref().unwrap_or(&utterance.party);
        credited.entry(party.clone()).or_default().extend(relay.evidence.iter().cloned());
    }
    credited.values_mut().for_each(sort);
    credited
}

/// Who counts as having held a claim: a newsroom for its outlets, else the head of the command.
fn holder(party: &PartyKey, parties: &Parties<'_>) -> PartyKey {
    parties
        .newsroom(party)
        .map_or_else(|| parties.head(party), |newsroom| PartyKey::new(format!("newsroom {newsroom}")))
}

/// The newsrooms that printed an utterance: each of them can correct what it printed.
fn printers(utterance: &Utterance, reports: &BTreeMap<RevisionId, &ReportView>) -> Vec<PartyKey> {
    let reports = utterance.relays.iter().filter_map(|relay| reports.get(&relay.report));
    reports.map(|report| PartyKey::new(format!("newsroom {}", report.newsroom))).collect()
}

/// The rule by which an utterance is context.
fn before_event(
    record: &ClaimRecord,
    utterance: &Utterance,
    stance: Stance,
    at: Option<(Timestamp, Timestamp)>,
) -> Option<&'static str> {
    let (happened, (earliest, latest)) = (record.happened.as_ref()?, at?);
    if latest < happened.earliest() || (latest == happened.earliest() && latest < happened.latest()) {
        return Some("precedes-event");
    }
    if !utterance.answers.is_empty() {
        return None;
    }
    // An event that is affirmed on its own day has happened; a denial of that day may be of something that was yet to come.
    let same_day = record.kind == ClaimKind::Event
        && utterance.said.is_some()
        && stance != Stance::Affirms
        && earliest < happened.latest();
    (earliest < happened.earliest() || same_day).then_some("may-precede-event")
}

fn words(utterance: &Utterance, party: &PartyKey) -> Vec<Evidence> {
    let credits = |relay: &&Relay| relay.credits.as_ref().unwrap_or(&utterance.party) == party;
    let mut evidence: Vec<Evidence> =
        utterance.relays.iter().filter(credits).flat_map(|relay| relay.evidence.iter().cloned()).collect();
    sort(&mut evidence);
    evidence
}

fn sort(evidence: &mut Vec<Evidence>) {
    evidence.sort();
    evidence.dedup();
}

/// An utterance on its way into a history.
struct Said {
    held: Held,
    occasion: Option<String>,
    /// Whether words state its time.
    is_stated: bool,
    is_context: bool,
    counts: bool,
}

impl Said {
    /// Whether nothing shows that `later`, which is not ordered before it, is the later one.
    fn is_with(&self, later: &Said) -> Option<&'static str> {
        if self.occasion.is_some() && self.occasion == later.occasion {
            return Some("one-occasion");
        }
        let (from, to) = (later.held.earliest, self.held.latest);
        let overlap = from < to || (from == self.held.earliest && later.held.latest == to);
        (self.is_stated == later.is_stated && overlap).then_some("order-undetermined")
    }
}

/// The utterances of one party in order of time.
#[derive(Default)]
struct History {
    said: Vec<Said>,
}

impl History {
    fn push(&mut self, said: Said) {
        self.said.push(said);
    }

    fn position(self, party: PartyKey) -> PartyPosition {
        let history = self.said.iter().map(|said| said.held.clone()).collect();
        let context = self.said.iter().filter(|said| said.is_context).map(|said| said.held.clone()).collect();
        // Answers that stand together are one step; an occasion may be told in several reports with others between them.
        let mut steps: Vec<Vec<Said>> = Vec::new();
        let mut occasions: BTreeMap<String, usize> = BTreeMap::new();
        for mut said in self.said.into_iter().filter(|said| said.counts) {
            let known = said.occasion.as_ref().and_then(|occasion| occasions.get(occasion)).copied();
            let last = steps.len().checked_sub(1);
            let with = |at: usize| steps[at].iter().find_map(|earlier| earlier.is_with(&said));
            let joined = known.or(last).and_then(|at| with(at).map(|rule| (at, rule)));
            let at = if let Some((at, rule)) = joined {
                said.held.rule = rule;
                steps[at].iter_mut().for_each(|earlier| earlier.held.rule = rule);
                steps[at].push(said);
                at
            } else {
                steps.push(vec![said]);
                steps.len() - 1
            };
            if let Some(occasion) = steps[at].last().and_then(|said| said.occasion.clone()) {
                occasions.insert(occasion, at);
            }
        }
        let (mut current, mut beside): (Vec<Held>, Vec<Held>) = (Vec::new(), Vec::new());
        for step in steps {
            let held: Vec<Held> = step.into_iter().map(|said| said.held).collect();
            if held.iter().any(|held| held.stance.is_taken()) {
                (current, beside) = (held, Vec::new());
            } else if current.iter().any(|held| held.stance.is_taken()) {
                beside.extend(held);
            } else {
                beside.append(&mut current);
                current = held;
            }
        }
        for held in &mut beside {
            held.rule = "takes-no-stand";
        }
        PartyPosition { party, current, beside, context, history }
    }
}
