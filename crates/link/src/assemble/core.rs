//! Which statements of a claim carry an act on it, and which only stand beside it in the same article: of the claim is what is about as near to its
//! middle as the nearest one of its article. Not the joining of statements to claims, and not their acts.
//!
//! The middle is the medoid: of the statements that state the claim the one that is nearest to the others by its direction of meaning, the
//! fuller ones counting for more. No cut in the nearness itself would do: how near statements of one claim are to each other differs from
//! claim to claim. That an article has a nearer one shows that the other is about something else.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::{Act, SentenceVector};

use super::record::Told;
use super::untrue::{is_negation, says_untrue, tokens};
use crate::claims::{Joining, Voice};

/// Statements among which the middle is sought; of more the first by the order of the reports.
const MOST_SOUGHT: usize = 96;
/// Of the nearness of the nearest one of its article, in hundredths, what a sentence in the outlet's own voice needs: most of them tell of what
/// happened around it.
const SHARE_OWN: i32 = 75;
/// The same of what somebody is credited with: others answer in words of their own.
const SHARE_CREDITED: i32 = 40;
/// Above this weight, in hundredths, a statement is no fuller.
const FULLEST: u32 = 3000;
/// From this nearness on, in thousandths, a statement may word the claim for people.
const WORDS_IT: i32 = 600;
/// Words behind a negation that are negated.
const NEGATED: usize = 9;

/// A claim's statements, apart.
pub(super) struct Core<'r> {
    /// Those that carry an act on it, in their order.
    pub(super) told: Vec<Told<'r>>,
    /// Those that only stand beside it, in their order.
    pub(super) beside: Vec<Told<'r>>,
}

/// Parts the statements of a claim, which stand in the order of their reports. Of every report at least one carries an act.
pub(super) fn core(all: Vec<Told<'_>>) -> Core<'_> {
    let nearness = nearness(&all);
    let mut nearest: BTreeMap<usize, i32> = BTreeMap::new();
    for (one, nearness) in all.iter().zip(&nearness) {
        if let Some(nearness) = *nearness {
            let best = nearest.entry(one.line.report).or_insert(nearness);
            *best = nearness.max(*best);
        }
    }
    let stems = claim_stems(&all);
    let mut is_core: Vec<bool> = all
        .iter()
        .zip(&nearness)
        .map(|(one, nearness)| {
            let best = nearest.get(&one.line.report).copied().unwrap_or_default();
            let share = if is_own(one) && !judges(one) { SHARE_OWN } else { SHARE_CREDITED };
            let is_near = nearness.is_none_or(|nearness| nearness * 100 >= best * share);
            stays(one) || (is_near && !negates_another(one, &stems))
        })
        .collect();
    let held: BTreeSet<usize> =
        all.iter().zip(&is_core).filter(|(_, is_core)| **is_core).map(|(one, _)| one.line.report).collect();
    for (one, is_core) in all.iter().zip(&mut is_core) {
        *is_core |= !held.contains(&one.line.report);
    }
    let mut core = Core { told: Vec::new(), beside: Vec::new() };
    for ((one, nearness), is_core) in all.into_iter().zip(nearness).zip(is_core) {
        if is_core {
            let nearness = nearness.filter(|_| !stays(&one));
            core.told.push(Told { nearness, ..one });
        } else {
            core.beside.push(one);
        }
    }
    core
}

/// Whether a statement is near enough to the middle to word the claim.
pub(super) fn may_word(one: &Told<'_>) -> bool {
    one.nearness.is_none_or(|nearness| nearness >= WORDS_IT)
}

fn judges(one: &Told<'_>) -> bool {
    says_untrue(&one.line.statement.words(&one.report.text))
}

fn is_own(one: &Told<'_>) -> bool {
    one.line.statement.voice != Voice::Attributed
}

/// A person's decision stands; what refers to the claim is of it without words of its own, and who will not say or cannot confirm speaks of it
/// in other words.
fn stays(one: &Told<'_>) -> bool {
    matches!(one.line.joining, Joining::Decided | Joining::RefersBack)
        || one.line.statement.proposition.is_thin()
        || !matches!(one.act, Act::Affirm | Act::Deny | Act::Question)
}

/// How near every statement is to the middle of all, in thousandths; `None` where there is no telling.
fn nearness(all: &[Told<'_>]) -> Vec<Option<i32>> {
    let sought: Vec<(&SentenceVector, u32)> =
        of_first(all, &|one| one.states()).or_else(|| of_first(all, &|_| true)).unwrap_or_default();
    let middle = medoid(&sought);
    all.iter().map(|one| Some(thousandths(vector(one)?, middle?))).collect()
}

fn vector<'t>(one: &'t Told<'_>) -> Option<&'t SentenceVector> {
    let proposition = &one.line.statement.proposition;
    proposition.vector.as_ref().filter(|_| !proposition.is_thin())
}

/// The vectors of the first statements that fit, with their weight; `None` where none does.
fn of_first<'t>(all: &'t [Told<'_>], fits: &dyn Fn(&Told<'_>) -> bool) -> Option<Vec<(&'t SentenceVector, u32)>> {
    let own = |one: &&Told<'_>| one.line.joining != Joining::RefersBack && fits(one);
    let weighed = |one: &'t Told<'_>| Some((vector(one)?, one.line.statement.proposition.weight().min(FULLEST)));
    let found: Vec<(&SentenceVector, u32)> = all.iter().filter(own).filter_map(weighed).take(MOST_SOUGHT).collect();
    (!found.is_empty()).then_some(found)
}

/// The one that is nearest to all others; of several the first.
fn medoid<'v>(vectors: &[(&'v SentenceVector, u32)]) -> Option<&'v SentenceVector> {
    let near = |one: &SentenceVector| -> i64 {
        vectors.iter().map(|(other, weight)| i64::from(thousandths(one, other)) * i64::from(*weight)).sum()
    };
    let ranked = vectors.iter().enumerate().map(|(at, (one, _))| (near(one), std::cmp::Reverse(at), *one));
    ranked.max_by_key(|(near, at, _)| (*near, *at)).map(|(.., one)| one)
}

fn thousandths(one: &SentenceVector, other: &SentenceVector) -> i32 {
    (one.cosine(other) * 1000.0).round() as i32
}

/// The telling stems of the statements that state the claim, as far as one in five of them has each; names tell who, not what.
fn claim_stems(all: &[Told<'_>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let stating = || all.iter().filter(|one| !one.negated && !one.line.statement.proposition.is_thin());
    for stem in stating().flat_map(|one| &one.line.statement.proposition.stems).filter(|stem| !stem.name) {
        *counts.entry(&stem.text).or_default() += 1;
    }
    let least = stating().count().div_ceil(5);
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(stem, _)| stem.to_owned()).collect()
}

/// Whether the outlet's own words negate something else than the claim: "the mayor, who has not been seen for a year".
///
/// What is negated are the telling words behind the negation; where it has none it is the whole, as in "it did not happen".
fn negates_another(one: &Told<'_>, stems: &BTreeSet<String>) -> bool {
    let said = one.line.statement.words(&one.report.text);
    if !is_own(one) || !one.negated || judges(one) {
        return false;
    }
    let telling: Vec<&str> = one.line.statement.proposition.stems.iter().map(|stem| stem.text.as_str()).collect();
    let mut clauses = said.split([',', ';', '.', ':']).map(tokens);
    !clauses.any(|clause| {
        let starts = clause.iter().enumerate().filter(|(_, word)| negates(word));
        starts.into_iter().any(|(at, _)| {
            let scope = &clause[at + 1..clause.len().min(at + 1 + NEGATED)];
            let mut hit = telling.iter().filter(|stem| scope.iter().any(|word| word.starts_with(**stem))).peekable();
            hit.peek().is_none() || hit.any(|stem| stems.contains(*stem))
        })
    })
}

fn negates(word: &str) -> bool {
    is_negation(word) || matches!(word, "nobody" | "none" | "nothing")
}
