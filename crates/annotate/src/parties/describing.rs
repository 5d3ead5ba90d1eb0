//! The words that name a party known by description only: as written, without article and clauses behind. Not who it is.

use onrecord_evidence::TextRange;

use super::lists::{self, DETERMINERS, PREPOSITIONS, VERBS};
use super::resolve::Unnamed;
use super::token::{Shape, Words};

/// Without a leading article, a relative clause behind a comma, and marks at the end.
pub(super) fn description(words: &Words<'_>, range: TextRange) -> TextRange {
    let tokens = words.within(range);
    let (mut first, mut end) = (tokens.start, tokens.end);
    if first >= end {
        return range;
    }
    if lists::has(&["the", "a", "an"], words.at(first)) && first + 1 < end && words.tokens[first + 1].is_word() {
        first += 1;
    }
    let clause = (first + 1..end).find(|at| {
        words.at(*at) == ","
            && *at + 1 < end
            && lists::has(&["who", "which", "whose", "whom", "known"], words.at(*at + 1))
    });
    end = clause.unwrap_or(end);
    while end > first + 1 && matches!(words.shape(end - 1), Shape::Comma | Shape::Stop | Shape::Dash) {
        end -= 1;
    }
    let own = words.range(first, end - 1);
    TextRange::new(own.start.max(range.start), own.end.min(range.end).max(own.start.max(range.start)))
}

/// The description that a relative pronoun hangs on, with the words before its noun.
pub(super) fn antecedent(words: &Words<'_>, unnamed: &Unnamed) -> TextRange {
    words.range(phrase_start(words, unnamed.first), unnamed.last)
}

/// Where the noun phrase that ends at `head` begins, behind its determiner.
pub(super) fn phrase_start(words: &Words<'_>, head: usize) -> usize {
    let mut first = head;
    while let Some(before) = first.checked_sub(1).filter(|_| first + 6 > head) {
        let token = &words.tokens[before];
        let stops = token.sentence != words.tokens[head].sentence
            || !token.is_word()
            || lists::has(DETERMINERS, &token.lower)
            || lists::has(PREPOSITIONS, &token.lower)
            || lists::has(VERBS, &token.lower)
            || lists::has(lists::COMMON, &token.lower);
        if stops {
            break;
        }
        first = before;
    }
    first
}
