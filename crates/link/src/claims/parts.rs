//! Contents that say several things: "called and warned him". A rule on words, not a parser: what it does not see stays one statement.

use onrecord_evidence::TextRange;

use super::stem::{Word, words};

/// Past forms that begin a second predicate and do not end in "-ed".
const PAST: &[&str] = &[
    "said", "told", "gave", "took", "went", "left", "kept", "held", "met", "spoke", "sent", "made", "put", "won",
    "lost", "fell", "shot", "hit", "struck", "cut", "fled", "brought", "paid", "sold", "bought", "wrote", "began",
    "broke", "found", "got", "led", "let", "saw", "was", "were", "had", "did", "withdrew", "forbade", "sought",
    "threw", "drove", "rose", "ran",
];
/// Words that join a second predicate of the same subject.
const JOINED: &[&str] = &["and", "but", "then"];
/// Fewest words on either side of the joint.
const FEWEST_WORDS: usize = 2;

/// Fewest words of a clause.
const FEWEST_OF_CLAUSE: usize = 4;

/// The parts of a content, each as ranges in text order; the whole as one part where it is not seen to be compound.
///
/// The second part keeps the words before the first predicate, its subject.
pub(super) fn parts(text: &str, content: &[TextRange]) -> Vec<Vec<TextRange>> {
    let whole = || vec![content.to_vec()];
    // A content in pieces is not cut further: which piece a word belongs to would be a guess.
    let [range] = content else { return whole() };
    let Some(part) = range.slice(text) else { return whole() };
    let words = words(part, range.start);
    let folded: Vec<String> = words.iter().map(Word::folded).collect();
    if let Some(and) = second_clause(&folded) {
        let first = TextRange::new(range.start, words[and].range.start).trimmed(text);
        let second = TextRange::new(words[and + 1].range.start, range.end).trimmed(text);
        if let (Some(first), Some(second)) = (first, second) {
            return vec![vec![first], vec![second]];
        }
    }
    let Some((verb, joint)) = joint(&words, &folded, text) else { return whole() };
    let subject = TextRange::new(range.start, words[verb].range.start).trimmed(text);
    let first = TextRange::new(range.start, words[joint].range.start).trimmed(text);
    let second = TextRange::new(words[joint + 1].range.start, range.end).trimmed(text);
    match (subject, first, second) {
        (Some(subject), Some(first), Some(second)) => vec![vec![first], vec![subject, second]],
        _ => whole(),
    }
}

/// The "and" before a second clause with a "that" of its own.
fn second_clause(folded: &[String]) -> Option<usize> {
    let that = |word: &String| word == "that";
    let last = folded.len().checked_sub(FEWEST_OF_CLAUSE + 1)?;
    let and =
        |index: &usize| matches!(folded[*index].as_str(), "and" | "but") && folded.get(index + 1).is_some_and(that);
    (FEWEST_OF_CLAUSE..last).find(and)
}

/// The first predicate and the word that joins a second one to it.
fn joint(words: &[Word<'_>], folded: &[String], text: &str) -> Option<(usize, usize)> {
    let is_past = |index: usize| {
        let word = folded[index].as_str();
        PAST.contains(&word) || (word.len() > 4 && word.ends_with("ed") && !words[index].is_capitalised())
    };
    let verb = (1..words.len().min(14)).find(|index| is_past(*index) && !is_article(&folded[index - 1]))?;
    let joint = (verb + FEWEST_WORDS.min(1)..words.len().checked_sub(FEWEST_WORDS)?).find(|index| {
        JOINED.contains(&folded[*index].as_str())
            && is_past(index + 1)
            && words[*index].range.start > words[verb].range.end
            && !text
                .get(words[*index].range.end as usize..words[index + 1].range.start as usize)
                .is_some_and(|gap| gap.contains(['"', '“']))
    })?;
    // "Wounded and killed people": two verbs of one object are one statement with two counts.
    (joint > verb + 1 || !is_past(verb) || words.len() > joint + 2).then_some((verb, joint))
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "his" | "her" | "its" | "their" | "of" | "some" | "any" | "no")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compound_contents_are_cut_at_the_second_predicate() {
        let check = |text: &str, expect: &[&str]| {
            let found: Vec<String> = parts(text, &[TextRange::new(0, text.len() as u32)])
                .iter()
                .map(|ranges| ranges.iter().filter_map(|range| range.slice(text)).collect::<Vec<_>>().join(" … "))
                .collect();
            assert_eq!(found, expect, "{text}");
        };
        check(
            "the president called Arno Vask and warned him not to close the port",
            &["the president called Arno Vask", "the president … warned him not to close the port"],
        );
        check(
            "Vask phoned the governor on Monday but refused to apologise",
            &["Vask phoned the governor on Monday", "Vask … refused to apologise"],
        );
        check(
            "that Vask spoke with the governor by telephone, and that she told him to open the port",
            &["that Vask spoke with the governor by telephone,", "that she told him to open the port"],
        );
        check("the port was closed", &["the port was closed"]);
        check("ships and crews were held", &["ships and crews were held"]);
        check("", &[""]);
    }

    #[test]
    fn pieces_stay_together() {
        let content = [TextRange::new(0, 4), TextRange::new(6, 9)];
        assert_eq!(parts("abcd, efg", &content), vec![content.to_vec()]);
    }
}
