//! Sayings inside of sayings on one claim: whose position it is. "Four people said that she warned him": the people affirm that she did; "the
//! Post reported that he denied it": he denies it, and the Post only tells. Not the chain of relays.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::{AttributionId, RevisionId, TextRange};
use onrecord_record::AttributionRecord;

use super::names::words;
use super::record::Told;
use crate::claims::Statement;
use crate::position::PartyKind;

/// Cues of talking to somebody, by their lemma: that it was said is itself what is claimed.
const TALKS: &[&str] = &[
    "warn", "tell", "urge", "remind", "ask", "order", "promise", "threaten", "instruct", "advise", "offer", "assure",
    "counsel",
];

/// Whether an attribution tells that somebody was talked to, and its words are what the hearer was to do: "warned him not to", "urged her to".
pub(super) fn is_talk(record: &AttributionRecord, statement: &Statement, text: &str) -> bool {
    let cue = record.cue_lemma().is_some_and(|cue| TALKS.contains(&cue.as_str()));
    let joint = record.cue.last().zip(statement.ranges.first()).and_then(|(cue, content)| {
        let from = cue.range().start.min(content.start);
        TextRange::new(from, content.start).slice(text)
    });
    let leads =
        joint.is_some_and(|joint| words(joint).last().is_some_and(|(_, word)| matches!(*word, "to" | "against")));
    let said = statement.words(text);
    let found: Vec<String> = words(&said).into_iter().take(4).map(|(_, word)| word.to_lowercase()).collect();
    let directs = found.iter().take(3).any(|word| matches!(word.as_str(), "to" | "against"))
        || found.first().is_some_and(|word| word == "not");
    // "Promised to close the market": nobody is talked into it, it is what the one who promises means to do.
    let commits = record.cue_lemma().is_some_and(|cue| matches!(cue.as_str(), "promise" | "offer" | "threaten"));
    cue && !commits && (directs || leads)
}

/// Whether one of two attributions is told in the other.
pub(super) fn is_with(one: &Told<'_>, other: &Told<'_>) -> bool {
    let (Some(one), Some(other)) = (one.record, other.record) else { return false };
    one.within.contains(&other.id) || other.within.contains(&one.id)
}

/// An attribution with the lemma of its cue.
type Cued = (AttributionId, Option<String>);

/// Which of these statements of one claim are left to others: the inner talk to who tells of it, the outlet's report to who is reported.
pub(super) fn left_to_others(told: &[Told<'_>]) -> Vec<bool> {
    let mut holders: BTreeSet<AttributionId> = BTreeSet::new();
    let own: BTreeSet<AttributionId> = told.iter().filter_map(|one| one.record).map(|record| record.id).collect();
    // Attributions with the very same words of one report, with the lemmas of their cues.
    let mut same_words: BTreeMap<(RevisionId, &[TextRange]), Vec<Cued>> = BTreeMap::new();
    for one in told {
        if let Some(record) = one.record {
            let words = (one.report.revision, one.line.statement.ranges.as_slice());
            same_words.entry(words).or_default().push((record.id, record.cue_lemma()));
        }
    }
    let inner_talk: Vec<bool> = told
        .iter()
        .map(|one| {
            one.record.is_some_and(|record| {
                let cue = record.cue_lemma();
                let words = (one.report.revision, one.line.statement.ranges.as_slice());
                let mut others = same_words.get(&words).into_iter().flatten();
                cue.as_ref().is_some_and(|cue| TALKS.contains(&cue.as_str()))
                    && (record.within.iter().any(|outer| own.contains(outer))
                        || others.any(|(id, other)| *id != record.id && *other != cue))
            })
        })
        .collect();
    for (one, is_talk) in told.iter().zip(&inner_talk) {
        if !is_talk && let Some(record) = one.record {
            holders.extend(record.within.iter().filter(|outer| own.contains(outer)));
        }
    }
    let tells = |one: &Told<'_>| {
        matches!(one.spoken.view.kind, PartyKind::Outlet(_))
            && one.record.is_some_and(|record| holders.contains(&record.id))
    };
    told.iter().zip(inner_talk).map(|(one, is_talk)| is_talk || tells(one)).collect()
}
