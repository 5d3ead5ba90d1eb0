//! Variants of one quotation. Not a translation and no judgement on which is right. One function; every surface calls it.

use std::collections::BTreeMap;

use onrecord_evidence::{RevisionId, Time};
use serde::{Deserialize, Serialize};

use crate::position::Evidence;

/// One report's quotation of an utterance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// The report.
    pub report: RevisionId,
    /// When it was out; `None` where nobody says.
    pub out: Option<Time>,
    /// The quoted words, with or without their marks; several where the quotation goes on after the cue.
    pub words: Vec<Evidence>,
}

/// How a variant differs from the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VariantKind {
    /// It is the first one.
    First,
    /// A part of it, in its order.
    Shortened,
    /// The first is a part of it.
    Fuller,
    /// At least half of the words are the same.
    Altered,
    /// Other words: a translation, a paraphrase, or another part of the same saying.
    OtherWords,
}

/// One wording of a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuotationVariant {
    /// Its words in lower case, without marks.
    pub wording: String,
    /// How it differs from the first one.
    pub kind: VariantKind,
    /// Words of the first one that it does not have, in order.
    pub lost: Vec<String>,
    /// Words that the first one does not have, in order.
    pub gained: Vec<String>,
    /// The reports that have it, by time and key.
    pub reports: Vec<RevisionId>,
    /// Its exact words in each of them, in the order of `reports`.
    pub evidence: Vec<Evidence>,
}

/// The wordings of one quotation as of a time, the first known one first. Marks, dashes, spaces and capitals make no variant.
pub fn variants(quotations: &[Quotation], as_of: Option<&Time>) -> Vec<QuotationVariant> {
    let counts = |quotation: &&Quotation| match (&quotation.out, as_of) {
        (Some(out), Some(as_of)) => out.is_by(as_of),
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let mut known: Vec<&Quotation> = quotations.iter().filter(counts).collect();
    known.sort_by(|one, other| {
        let order = |quotation: &Quotation| {
            (
                quotation.out.is_none(),
                quotation.out.as_ref().map(Time::latest),
                quotation.report,
                quotation.words.clone(),
            )
        };
        order(one).cmp(&order(other))
    });
    let mut found: Vec<QuotationVariant> = Vec::new();
    let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut first: Vec<String> = Vec::new();
    for quotation in known {
        let words: Vec<String> = quotation.words.iter().flat_map(|part| words(part.words.words())).collect();
        if words.is_empty() {
            continue;
        }
        if found.is_empty() {
            first.clone_from(&words);
        }
        let at = *places.entry(words.clone()).or_insert_with(|| {
            found.push(variant(&first, &words, found.is_empty()));
            found.len() - 1
        });
        found[at].reports.push(quotation.report);
        found[at].evidence.extend(quotation.words.iter().cloned());
    }
    found
}

fn variant(first: &[String], words: &[String], is_first: bool) -> QuotationVariant {
    let (lost, gained) = (missing(first, words), missing(words, first));
    let shared = words.len() - gained.len();
    let kind = if is_first {
        VariantKind::First
    } else if is_within(words, first) {
        VariantKind::Shortened
    } else if is_within(first, words) {
        VariantKind::Fuller
    } else if 2 * shared >= first.len().max(words.len()) {
        VariantKind::Altered
    } else {
        VariantKind::OtherWords
    };
    QuotationVariant { wording: words.join(" "), kind, lost, gained, reports: Vec::new(), evidence: Vec::new() }
}

/// The words of `one` that `other` has not, each as often as it is missing.
fn missing(one: &[String], other: &[String]) -> Vec<String> {
    let mut has: BTreeMap<&str, usize> = BTreeMap::new();
    for word in other {
        *has.entry(word).or_default() += 1;
    }
    let mut missing = Vec::new();
    for word in one {
        match has.get_mut(word.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => missing.push(word.clone()),
        }
    }
    missing
}

/// Whether all of `part` stands in `whole` in its order, gaps allowed.
fn is_within(part: &[String], whole: &[String]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|word| rest.any(|other| other == word))
}

/// Words in lower case; an apostrophe inside of a word stays, in one form.
fn words(text: &str) -> Vec<String> {
    let straight = text.to_lowercase().replace(['\u{2019}', '\u{2018}', '\u{02bc}'], "'");
    let cut = straight.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    cut.map(|word| word.trim_matches('\'').to_owned()).filter(|word| !word.is_empty()).collect()
}
