//! Who says what on a claim, who was asked and what they answered, with the words. Not the rules: those of `onrecord_link::position`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use onrecord_annotate::{Act, Commitment};
use onrecord_evidence::{AttributionId, RevisionId};
use onrecord_link::position::{ClaimKey, Held, LinkKind, Parties, PartyKey, PartyPosition, RoleKind, Stance};
use onrecord_link::standing::{Denial, Right, RightKind, Standing, reason, right_to_deny};
use serde::Serialize;

use super::asked::{Desk, EvidenceLine, PartyLine, QuoteLine};
use super::terms;

/// One utterance of a party with the reports of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeldLine {
    /// What it does to the claim as it is worded.
    pub act: Act,
    /// What that does to the position.
    pub stance: Stance,
    /// How surely.
    pub commitment: Commitment,
    /// The first moment at which it may have been made.
    pub earliest: Option<Timestamp>,
    /// The moment by which it was made.
    pub latest: Option<Timestamp>,
    /// The rule that put it where it stands.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// Its words in the reports of it, the first report first.
    pub quotes: Vec<RelayLine>,
    /// How many more reports there are, of which no words are given.
    pub more: usize,
    /// Outlets of these.
    pub more_outlets: Vec<String>,
}

/// An utterance in one report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelayLine {
    /// Source, cue and content.
    #[serde(flatten)]
    pub quote: QuoteLine,
    /// The words of the content alone.
    pub content: Vec<EvidenceLine>,
    /// Whether these are quoted as the party's own words.
    pub direct: bool,
    /// The words on which the relay rests: "people briefed on the call".
    pub basis: Option<QuoteLine>,
    /// The attributions whose contents these words are.
    #[serde(skip)]
    pub attributions: Vec<AttributionId>,
}

/// Standing to deny.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RightLine {
    /// Why.
    pub kind: RightKind,
    /// The party that has the role.
    pub of: PartyLine,
    /// In words.
    pub words: String,
    /// The words behind it.
    pub quotes: Vec<QuoteLine>,
}

/// What one party says on the claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionLine {
    /// Who.
    pub party: PartyLine,
    /// The stand that it takes; `null` where all is context or was withdrawn.
    pub stance: Option<Stance>,
    /// Standing to deny, where it denies.
    pub right: Option<RightLine>,
    /// What stands now.
    pub current: Vec<HeldLine>,
    /// Later sayings that take no stand.
    pub beside: Vec<HeldLine>,
    /// Sayings that may precede the event.
    pub context: Vec<HeldLine>,
    /// Sayings that stand no longer: taken over by a later one.
    pub earlier: Vec<HeldLine>,
}

/// Who was asked or would be, and what is on record of an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResponseLine {
    /// The party that has a role in the claim.
    pub party: PartyLine,
    /// What it is to the claim.
    pub role: RoleKind,
    /// Who answered for it, by which act; empty: no response in this ledger.
    pub answers: Vec<AnswerLine>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerLine {
    /// Who.
    pub by: String,
    /// By which act.
    pub act: Act,
    /// What it did, in words.
    pub words: &'static str,
}

/// A denial that currently stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DenialLine {
    /// Who denies.
    pub party: PartyLine,
    /// By which act.
    pub act: Act,
    /// The claim that is denied in words.
    pub claim: ClaimKey,
    /// Its wording, where it is another than the one that is asked about.
    pub wording: Option<String>,
    /// The links by which the denial is carried.
    pub carried: Vec<LinkKind>,
    /// Standing to deny; `null` where it is only shown beside.
    pub right: Option<RightLine>,
    /// The rule by which it counts.
    pub rule: &'static str,
    /// What the rule says.
    pub reason: Option<&'static str>,
    /// The words.
    pub quotes: Vec<QuoteLine>,
}

/// Reports disagree on who spoke.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DisputedLine {
    /// What it would do.
    pub act: Act,
    /// Who is credited, with the words that do so.
    pub credited: Vec<CreditLine>,
}

/// Whom some reports credit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CreditLine {
    /// Who.
    pub party: PartyLine,
    /// The words.
    pub quotes: Vec<QuoteLine>,
}

impl Desk<'_> {
    pub(super) fn positions(&self, standing: &Standing) -> Vec<PositionLine> {
        let mut found: Vec<(u8, usize, Option<Timestamp>, PositionLine)> = Vec::new();
        for position in &standing.positions.parties {
            let line = self.position(position);
            let order = match line.stance {
                Some(Stance::Affirms) => 0,
                Some(Stance::Denies) => 1,
                Some(Stance::TakesBack) => 2,
                Some(Stance::Open) => 3,
                None => 4,
            };
            let outlet = usize::from(line.party.kind == "outlet");
            let first = position.history.iter().filter_map(|held| held.latest).min();
            found.push((order, outlet, first, line));
        }
        found.sort_by_key(|one| (one.0, one.1, one.2));
        found.into_iter().map(|(.., line)| line).collect()
    }

    pub(super) fn position(&self, position: &PartyPosition) -> PositionLine {
        let stance = |wanted: Stance| position.is(wanted).then_some(wanted);
        let taken = stance(Stance::Affirms).or_else(|| stance(Stance::Denies)).or_else(|| stance(Stance::TakesBack));
        let stance = taken.or_else(|| position.current.first().map(|held| held.stance));
        let stance = stance.or_else(|| position.beside.first().map(|held| held.stance));
        let right = position.is(Stance::Denies).then(|| right_to_deny(&self.record, &position.party)).flatten();
        let shown: Vec<_> = [&position.current, &position.beside, &position.context]
            .into_iter()
            .flatten()
            .map(|held| &held.utterance)
            .collect();
        let earlier = position.history.iter().filter(|held| !shown.contains(&&held.utterance));
        let lines = |held: &[Held]| held.iter().map(|held| self.held(held)).collect::<Vec<_>>();
        PositionLine {
            party: self.party(&position.party),
            stance,
            right: right.map(|right| self.right(&right)),
            current: lines(&position.current),
            beside: lines(&position.beside),
            context: lines(&position.context),
            earlier: earlier.map(|held| self.held(held)).collect(),
        }
    }

    fn held(&self, held: &Held) -> HeldLine {
        let utterance = self.record.utterances.iter().find(|utterance| utterance.key == held.utterance);
        let mut relays: Vec<_> = utterance.into_iter().flat_map(|utterance| &utterance.relays).collect();
        let out = |report: RevisionId| self.report(report).map(|report| report.out().latest());
        relays.sort_by_key(|relay| (out(relay.report), relay.report, relay.kind));
        relays.dedup_by_key(|relay| relay.report);
        let shown = if self.asked.everything { relays.len() } else { relays.len().min(1) };
        let quotes = relays.iter().take(shown).filter_map(|relay| {
            let quote = self.quote(relay.report, relay.evidence.iter().collect())?;
            let (mut ranges, direct) = self.content(&held.utterance, relay.report);
            // Of what a report says several times, the passage that is shown.
            if let Some(shown) = quote.range.filter(|shown| ranges.iter().any(|range| shown.contains(*range))) {
                ranges.retain(|range| shown.contains(*range));
            }
            let all = ranges.clone();
            ranges.retain(|range| !all.iter().any(|other| other != range && other.contains(*range)));
            ranges.sort_unstable();
            ranges.dedup();
            let points = self.asked.texts.points(relay.report);
            let content = points.iter().flat_map(|points| {
                ranges.iter().filter_map(|range| {
                    Some(EvidenceLine {
                        start: points.of(range.start),
                        end: points.of(range.end),
                        words: range.slice(points.text())?.to_owned(),
                    })
                })
            });
            let content = content.collect();
            let basis = relay.basis.as_ref().and_then(|basis| self.quotes(&basis.evidence).into_iter().next());
            let attributions = self.attributions(&held.utterance, relay.report);
            Some(RelayLine { quote, content, direct, basis, attributions })
        });
        let mut more_outlets: Vec<String> = Vec::new();
        for relay in relays.iter().skip(shown) {
            let outlet = self.outlet(relay.report);
            if !more_outlets.contains(&outlet) {
                more_outlets.push(outlet);
            }
        }
        HeldLine {
            act: held.act,
            stance: held.stance,
            commitment: held.commitment,
            earliest: held.earliest,
            latest: held.latest,
            rule: held.rule,
            reason: reason(held.rule),
            quotes: quotes.collect(),
            more: relays.len() - shown,
            more_outlets,
        }
    }

    pub(super) fn right(&self, right: &Right) -> RightLine {
        let of = self.party(&right.of);
        let words = match right.kind {
            RightKind::Spokesman | RightKind::Command => {
                let role =
                    self.record.roles.iter().find(|role| role.party == right.of).map(|role| terms::role(role.role));
                let role = role.map_or_else(String::new, |role| format!(", {role}"));
                format!("{} {}{role}", terms::right(right.kind), of.name)
            }
            kind => terms::right(kind).to_owned(),
        };
        RightLine { kind: right.kind, of, words, quotes: self.quotes(&right.evidence) }
    }

    pub(super) fn denials(&self, denials: &[Denial]) -> Vec<DenialLine> {
        let wording = |claim: &ClaimKey| {
            let near = self.asked.neighbours.iter().find(|near| near.record.claim == *claim);
            near.map(|near| near.canonical.text.clone())
        };
        let line = |denial: &Denial| DenialLine {
            party: self.party(&denial.party),
            act: denial.act,
            claim: denial.claim.clone(),
            wording: wording(&denial.claim).filter(|_| denial.claim != self.record.claim),
            carried: denial.carried.iter().map(|carried| carried.by).collect(),
            right: denial.right.as_ref().map(|right| self.right(right)),
            rule: denial.rule,
            reason: reason(denial.rule),
            quotes: self.quotes(&denial.evidence),
        };
        denials.iter().map(line).collect()
    }

    pub(super) fn disputed(&self, standing: &Standing) -> Vec<DisputedLine> {
        let credit = |(party, evidence): (&PartyKey, &Vec<_>)| CreditLine {
            party: self.party(party),
            quotes: self.quotes(evidence),
        };
        let lines = standing.positions.disputed.iter();
        lines.map(|one| DisputedLine { act: one.act, credited: one.credited.iter().map(credit).collect() }).collect()
    }

    /// Those who have a role in the claim, with what they or who speaks for them answered.
    pub(super) fn responses(&self, standing: &Standing) -> Vec<ResponseLine> {
        let parties = Parties::of(&self.record);
        let mut roles: BTreeMap<&PartyKey, RoleKind> = BTreeMap::new();
        for role in &self.record.roles {
            let known = roles.entry(&role.party).or_insert(role.role);
            *known = (*known).min(role.role);
        }
        let answers = |party: &PartyKey| {
            let of = standing.positions.parties.iter().filter(|position| parties.up(&position.party).contains(party));
            of.flat_map(|position| {
                let by = self.party(&position.party).name;
                let held = position.current.iter().chain(&position.beside);
                held.map(move |held| AnswerLine { by: by.clone(), act: held.act, words: terms::did(held.act) })
            })
            .collect::<Vec<_>>()
        };
        let speaks = |party: &PartyKey| {
            // Who answers for somebody else is shown there.
            parties.view(party).is_some_and(|view| view.speaks_for.iter().any(|of| roles.contains_key(of)))
        };
        let mut found: Vec<ResponseLine> = roles
            .iter()
            .filter(|(party, _)| !speaks(party))
            .map(|(party, role)| {
                let mut answers = answers(party);
                answers.dedup();
                ResponseLine { party: self.party(party), role: *role, answers }
            })
            .collect();
        found.sort_by_key(|one| one.answers.is_empty());
        found
    }
}
