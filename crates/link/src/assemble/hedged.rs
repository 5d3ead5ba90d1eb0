//! How surely an outlet says something in its own voice: by its hedges, and by words that leave it to reports and rumours without crediting anybody
//! in particular. Not the commitment of those who are credited.

use onrecord_annotate::Commitment;

use super::act::first_sentence;
use super::names::words;

/// Hedges that leave open whether it is so.
const OPEN: &[&str] = &[
    "reportedly",
    "allegedly",
    "alleged",
    "purportedly",
    "purported",
    "supposedly",
    "supposed",
    "rumoured",
    "rumored",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "unconfirmed",
    "unverified",
    "might",
    "may",
    "could",
    "possibly",
    "claims",
    "claimed",
    "speculation",
    "allegation",
    "allegations",
];
/// Hedges that make it probable.
const PROBABLE: &[&str] =
    &["apparently", "probably", "likely", "appears", "appeared", "seems", "seemed", "seemingly", "perhaps"];
/// Hedges of several words, which leave it open.
const PHRASES: &[&str] =
    &["said to", "thought to", "thought that", "believed to", "if true", "if confirmed", "if accurate"];
/// Words that leave it to others wherever they stand in the sentence.
const LEFT: &[&str] =
    &["report", "reports", "reported", "according", "quoted", "quoting", "circulating", "sources", "viral"];

/// Words of a sentence in which a hedge is of the whole.
const WITHIN: usize = 14;

/// How surely the outlet says this.
pub(super) fn own_commitment(said: &str) -> Commitment {
    let all = words(first_sentence(said));
    let lower: Vec<String> = all.iter().map(|(_, word)| word.to_lowercase()).collect();
    let head = &lower[..lower.len().min(WITHIN)];
    // "May" with a capital inside of a sentence is a month.
    let plain = |at: usize| at == 0 || !all[at].1.starts_with("May");
    let holds = |list: &[&str]| head.iter().enumerate().any(|(at, word)| plain(at) && list.contains(&word.as_str()));
    let phrase = || head.windows(2).any(|pair| PHRASES.contains(&pair.join(" ").as_str()));
    let left = || lower.iter().any(|word| LEFT.contains(&word.as_str()));
    match () {
        () if holds(OPEN) || phrase() || left() => Commitment::Possible,
        () if holds(PROBABLE) => Commitment::Probable,
        () => Commitment::Certain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_of_the_outlet_itself() {
        let check = |said: &str, expect| assert_eq!(own_commitment(said), expect, "{said}");
        check("The barge sank off Ambry Point.", Commitment::Certain);
        check("The barge reportedly sank off Ambry Point.", Commitment::Possible);
        check("A barge may have sunk in May.", Commitment::Possible);
        check("A barge sank in May.", Commitment::Certain);
        check("The barge appears to have sunk.", Commitment::Probable);
        check("The barge is said to have sunk.", Commitment::Possible);
        check("Reports of a sunken barge appeared on Monday.", Commitment::Possible);
        check("The barge, if true, would be the third to sink.", Commitment::Possible);
    }
}
