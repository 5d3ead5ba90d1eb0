//! Which relays are no longer stood by: withdrawn by their newsroom, or taken from one that was. Not the counting of origins.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::RevisionId;

use super::claim::{ClaimRecord, Ruling, Utterance, UtteranceKey};
use super::party::Parties;
use super::report::{Hanging, HangingKind, HangsOn, Relay, RelayKind, ReportView, Withdrawal};

/// The relays of a record that are no longer stood by.
pub(crate) struct Withdrawn<'r> {
    parties: &'r Parties<'r>,
    reports: &'r BTreeMap<RevisionId, &'r ReportView>,
    /// Utterances in reports that hang on a withdrawn relay of the same utterance.
    resting: BTreeSet<(&'r UtteranceKey, RevisionId)>,
}

impl<'r> Withdrawn<'r> {
    pub(crate) fn of(
        record: &'r ClaimRecord,
        parties: &'r Parties<'r>,
        reports: &'r BTreeMap<RevisionId, &'r ReportView>,
    ) -> Self {
        let mut found = Self { parties, reports, resting: BTreeSet::new() };
        if reports.values().all(|report| report.withdrawals.is_empty()) {
            return found;
        }
        let mut hanging: BTreeMap<RevisionId, Vec<&Hanging>> = BTreeMap::new();
        for edge in &record.hangings {
            if let (HangsOn::Report(on), true) = (&edge.on, edge.kind != HangingKind::DerivedEitherWay) {
                let cut = Ruling::NotHanging(edge.report, *on);
                if !record.decisions.iter().any(|decision| !decision.taken_back && decision.ruling == cut) {
                    hanging.entry(*on).or_default().push(edge);
                }
            }
        }
        for utterance in &record.utterances {
            let mut relays: BTreeMap<RevisionId, Vec<&Relay>> = BTreeMap::new();
            for relay in &utterance.relays {
                relays.entry(relay.report).or_default().push(relay);
            }
            let all_withdrawn = |of: &Vec<&Relay>| of.iter().all(|relay| found.withdrawal(utterance, relay).is_some());
            let mut open: Vec<RevisionId> =
                relays.iter().filter(|(_, of)| all_withdrawn(of)).map(|(report, _)| *report).collect();
            while let Some(on) = open.pop() {
                for edge in hanging.get(&on).into_iter().flatten().filter(|edge| edge.covers(&utterance.key)) {
                    let Some(of) = relays.get(&edge.report) else { continue };
                    let rests = edge.kind == HangingKind::Derived || of.iter().all(|relay| relay.basis.is_none());
                    if rests && found.resting.insert((&utterance.key, edge.report)) {
                        open.push(edge.report);
                    }
                }
            }
        }
        found
    }

    /// Whether a relay is no longer stood by, or rests on one that is not.
    pub(crate) fn is(&self, utterance: &Utterance, relay: &Relay) -> bool {
        self.withdrawal(utterance, relay).is_some() || self.resting.contains(&(&utterance.key, relay.report))
    }

    /// Whether the newsroom of a relay no longer stands by it, and by which words.
    fn withdrawal(&self, utterance: &Utterance, relay: &Relay) -> Option<&'r Withdrawal> {
        let report = *self.reports.get(&relay.report)?;
        let party = relay.credits.as_ref().unwrap_or(&utterance.party);
        let own = matches!(relay.kind, RelayKind::OwnVoice | RelayKind::Observed);
        let newsroom = self.parties.newsroom(party);
        let own = own || newsroom.map_or(!self.parties.is_named(party), |newsroom| *newsroom == report.newsroom);
        let covers = |withdrawal: &&Withdrawal| {
            if withdrawal.utterances.is_empty() { own } else { withdrawal.utterances.contains(&utterance.key) }
        };
        report.withdrawals.iter().filter(covers).min_by_key(|withdrawal| (withdrawal.at.latest(), &withdrawal.evidence))
    }
}
