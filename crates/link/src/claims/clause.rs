//! What a sentence says beside what it only dates by: "The toll rose to 127 after a flood gate failed". A rule on words, not a parser: what it does not
//! see is taken for said.

use onrecord_evidence::TextRange;

use super::stem::{Word, words};

/// Words that begin a clause that dates by what is known.
const MARKERS: &[&str] = &["when", "after", "before", "while", "since", "as"];
/// Words behind which "as" compares or names: "known as", "such as", "as soon as".
const NO_CLAUSE: &[&str] =
    &["such", "known", "described", "well", "soon", "long", "far", "much", "many", "same", "acts", "used", "seen"];
/// Finite verbs with which the clause around goes on: "people killed when the gate failed *has risen*".
const RESUMED: &[&str] = &["has", "have", "had", "is", "are", "was", "were", "will", "would", "rose", "fell"];
/// Fewest words of a clause that dates.
const FEWEST: usize = 4;
/// Fewest words that are left beside it.
const FEWEST_LEFT: usize = 4;

/// The range of the clause by which a text dates what it says; `None` where none is seen, or too little would be left.
pub(super) fn dating(text: &str, range: TextRange) -> Option<TextRange> {
    let part = range.slice(text)?;
    let words = words(part, range.start);
    let folded: Vec<String> = words.iter().map(Word::folded).collect();
    let gap =
        |at: usize| text.get(words[at].range.end as usize..words[at + 1].range.start as usize).unwrap_or_default();
    let starts = |at: &usize| {
        let before = at.checked_sub(1).map_or("", |before| folded[before].as_str());
        MARKERS.contains(&folded[*at].as_str())
            && (folded[*at] != "as"
                || !(NO_CLAUSE.contains(&before) || folded.get(at + 2).is_some_and(|next| next == "as")))
            && folded.get(at + 1).is_some_and(|next| !next.starts_with(|first: char| first.is_ascii_digit()))
    };
    let start = (1..words.len()).find(starts)?;
    let stop = |at: usize| {
        if at > start + FEWEST && RESUMED.contains(&folded[at].as_str()) {
            return Some(at);
        }
        (at + 1 < words.len() && gap(at).contains([',', ';', '.', ':', '—', '"', '”'])).then_some(at + 1)
    };
    let end = (start + 1..words.len()).find_map(stop).unwrap_or(words.len());
    let left = words.len() - (end - start);
    (end - start >= FEWEST && left >= FEWEST_LEFT)
        .then(|| TextRange::new(words[start].range.start, words[end - 1].range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_dates_is_told_apart() {
        let check = |text: &str, expect: Option<&str>| {
            let found = dating(text, TextRange::new(0, text.len() as u32)).and_then(|range| range.slice(text));
            assert_eq!(found, expect, "{text}");
        };
        check(
            "More than 300 people are missing after a ferry sank off Port Amery",
            Some("after a ferry sank off Port Amery"),
        );
        check(
            "The number of people killed when a ferry sank off Port Amery has risen to 31",
            Some("when a ferry sank off Port Amery"),
        );
        check("At least 31 dead as ferry sinks off Port Amery", Some("as ferry sinks off Port Amery"));
        check(
            "The line was warned, some hours before the ferry left its berth, that a door was open",
            Some("before the ferry left its berth"),
        );
        // Too little would be left, or it is no clause.
        check("The ferry sank after it had struck the mole", None);
        check("The mole, known as the Long Arm of Port Amery, was struck", None);
        check("The ferry sank in the night after 5.30 on Tuesday morning", None);
        check("When the ferry sank the mole was dark and empty", None);
        check("", None);
    }
}
