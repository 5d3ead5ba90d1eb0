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
/// Words of what somebody means to do, before it is done.
const INTENTIONS: &[&str] = &[
    "will",
    "shall",
    "plan",
    "plans",
    "planned",
    "planning",
    "intend",
    "intends",
    "intended",
    "scheduled",
    "promise",
    "promises",
    "promised",
    "pledge",
    "pledges",
    "pledged",
    "vow",
    "vows",
    "vowed",
    "propose",
    "proposes",
    "proposed",
    "preparing",
    "would",
];
/// Cues of promising, by their lemma: what they hold, as an infinitive, is yet to be done.
const PROMISES: &[&str] =
    &["promise", "vow", "pledge", "plan", "intend", "propose", "threaten", "offer", "agree", "undertake", "swear"];
/// Verbs of a saying's own content that make it what somebody thinks.
const THOUGHTS: &[&str] = &[
    "expect", "expects", "expected", "think", "thinks", "thought", "believe", "believes", "believed", "hope", "hopes",
    "hoped", "fear", "fears", "feared",
];
/// Words that state how something stands.
const STATES: &[&str] = &["controls", "holds", "remains", "remained", "stands", "owns", "lies", "occupies"];

/// Words of a statement in which its main verb stands.
const OPENING: usize = 9;

/// The kind of the claim of these statements, where at least two thirds of them show it.
///
/// Refusals, questions and denials by a word say nothing of what it is about: the statements that state the claim decide, where there are any.
pub(super) fn kind(told: &[Told<'_>]) -> ClaimKind {
    let stating: Vec<&Told<'_>> = told.iter().filter(|one| one.states()).collect();
    let told: Vec<&Told<'_>> = if stating.is_empty() { told.iter().collect() } else { stating };
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
    let said = |one: &Told<'_>| {
        let said = one.line.statement.words(&one.report.text);
        words(&said).into_iter().take(OPENING).map(|(_, word)| word.to_lowercase()).collect::<Vec<_>>()
    };
    // "That he expected", "that they hope": a thought of the one who says it, not of another.
    let is_thought = |one: &Told<'_>| {
        let opening = said(one);
        let at = opening.iter().position(|word| THOUGHTS.contains(&word.as_str()));
        at.is_some_and(|at| {
            let subject = opening[..at]
                .iter()
                .rfind(|word| !matches!(word.as_str(), "had" | "have" | "has" | "also" | "still" | "always"));
            subject.is_none_or(|word| matches!(word.as_str(), "he" | "she" | "they" | "i" | "we" | "it" | "that"))
        })
    };
    let is_intended = |one: &Told<'_>| {
        let opening = said(one);
        let to = opening.first().is_some_and(|word| word == "to");
        let promised = to && cue(one).is_some_and(|cue| PROMISES.contains(&cue.as_str()));
        // "Would have" is no plan; "planned" of a figure or with its own past is none either.
        let plans = opening.iter().enumerate().any(|(at, word)| {
            INTENTIONS.contains(&word.as_str())
                && opening.get(at + 1).is_none_or(|next| !matches!(next.as_str(), "have" | "be" if word == "would"))
        });
        promised || plans
    };
    match () {
        () if told.is_empty() => ClaimKind::Event,
        () if most(&is_intended) => ClaimKind::Intention,
        () if most(&is_thought) => ClaimKind::Opinion,
        () if most(&|one| one.line.statement.proposition.tense == Tense::Ahead) => ClaimKind::Intention,
        () if most(&|one| cue(one).is_some_and(|cue| OPINIONS.contains(&cue.as_str()))) => ClaimKind::Opinion,
        () if told.iter().filter(|one| counts(one)).count() * 2 >= told.len() => ClaimKind::Figure,
        () if most(&is_state) => ClaimKind::State,
        () => ClaimKind::Event,
    }
}
