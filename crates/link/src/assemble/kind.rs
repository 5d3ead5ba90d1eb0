//! What a claim is about, by the words of its statements; an event where nothing shows another kind. Not whether it is checkable.

use onrecord_record::AttributionRecord;

use super::names::words;
use super::record::Told;
use crate::claims::Tense;
use crate::position::ClaimKind;

/// Cues of thinking and wishing, by their lemma.
const OPINIONS: &[&str] = &[
    "think",
    "feel",
    "hope",
    "fear",
    "argue",
    "predict",
    "expect",
    "wish",
    "doubt",
    "criticise",
    "criticize",
    "praise",
    "blame",
];
/// Words that state how something stands.
const STATES: &[&str] = &["controls", "holds", "remains", "stands", "owns", "lies", "occupies"];

/// The kind of the claim of these statements, where at least two thirds of them show it.
pub(super) fn kind(told: &[Told<'_>]) -> ClaimKind {
    let most = |shows: &dyn Fn(&Told<'_>) -> bool| told.iter().filter(|one| shows(one)).count() * 3 >= told.len() * 2;
    let cue = |one: &Told<'_>| one.record.and_then(AttributionRecord::cue_lemma);
    let counts = |one: &Told<'_>| {
        let amounts = &one.line.statement.proposition.amounts;
        amounts.iter().any(|amount| amount.counted.is_some() && amount.unit.as_deref() == Some("count"))
    };
    let is_state = |one: &Told<'_>| {
        let said = one.line.statement.words(&one.report.text);
        words(&said).iter().take(12).any(|(_, word)| STATES.contains(word))
    };
    match () {
        () if told.is_empty() => ClaimKind::Event,
        () if most(&|one| one.line.statement.proposition.tense == Tense::Ahead) => ClaimKind::Intention,
        () if most(&|one| cue(one).is_some_and(|cue| OPINIONS.contains(&cue.as_str()))) => ClaimKind::Opinion,
        () if most(&counts) => ClaimKind::Figure,
        () if most(&is_state) => ClaimKind::State,
        () => ClaimKind::Event,
    }
}
