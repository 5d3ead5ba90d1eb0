//! How far a hedge reaches: from the hedge, or the subject of what it hedges, to the end of its clause. By words and marks, without a parser.
//!
//! After the guidelines of BioScope (Vincze and others 2008): the scope holds the hedge itself, is unbroken, and takes the subject in where the
//! hedge says something of the subject ("the gate seems shut") or the verb is passive ("words could be twisted").

use crate::relay::lexicon::HedgeKind;
use crate::relay::words::Word;

/// Auxiliaries: they end a noun phrase, and stand between a subject and its hedge.
const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may",
    "might", "must", "shall", "should", "was", "were", "will", "would", "won't", "isn't", "aren't", "wasn't",
    "weren't", "don't", "doesn't", "didn't",
];
/// Adverbs that stand between a subject and its verb.
const BETWEEN: &[&str] = &[
    "not", "also", "still", "now", "just", "most", "more", "very", "quite", "almost", "even", "always", "never",
    "ever", "already", "long", "once", "again", "likely", "unlikely", "less", "seem", "seems", "seemed", "appear",
    "appears", "appeared",
];
/// Words that open a clause: a subject begins behind them.
const OPENERS: &[&str] = &[
    "that",
    "if",
    "because",
    "when",
    "while",
    "although",
    "though",
    "whether",
    "but",
    "as",
    "since",
    "than",
    "so",
    "where",
    "until",
    "unless",
    "after",
    "before",
    "said",
    "says",
    "say",
    "saying",
    "think",
    "thinks",
    "thought",
    "believe",
    "believes",
    "believed",
    "and",
    "or",
    "told",
    "added",
    "noted",
    "argued",
    "claimed",
    "predicted",
    "warned",
];
/// Words that open another clause after a comma.
const AFTER_COMMA: &[&str] = &[
    "according",
    "but",
    "although",
    "though",
    "while",
    "whereas",
    "which",
    "who",
    "whose",
    "whom",
    "where",
    "because",
    "since",
    "yet",
    "adding",
    "noting",
    "citing",
    "said",
    "says",
    "so",
    "such",
    "as",
    "however",
    "he",
    "she",
    "they",
    "we",
    "i",
    "it",
    "despite",
    "unlike",
    "including",
    "after",
    "before",
    "when",
    "with",
    "nor",
    "too",
    "even",
    "not",
    "particularly",
    "especially",
    "unless",
    "until",
    "then",
    "if",
];
/// Words that begin a side clause at the front of a sentence.
const FRONTED: &[&str] =
    &["as", "if", "when", "while", "although", "because", "since", "after", "before", "once", "though", "unless"];
/// Words that end a modal's or an adverb's clause without a comma.
const ENDS_CLAUSE: &[&str] = &["but", "because", "although", "though", "whereas"];
/// Words that end a noun phrase.
const ENDS_PHRASE: &[&str] = &[
    "that", "which", "who", "whom", "whose", "when", "while", "as", "because", "if", "but", "where", "he", "she",
    "they", "it", "we", "i", "said", "says", "after", "before", "during", "since", "until", "against",
];
/// Words that are subjects of a clause of their own.
const SUBJECTS: &[&str] =
    &["he", "she", "they", "it", "we", "i", "you", "there", "this", "that's", "it's", "who", "which", "then"];
/// Verbs of saying that stand behind a source at the end of a sentence.
const SAYS: &[&str] = &[
    "said",
    "says",
    "say",
    "added",
    "adds",
    "told",
    "wrote",
    "argued",
    "noted",
    "explained",
    "reported",
    "tweeted",
    "believes",
    "believe",
    "claimed",
    "insisted",
    "asked",
    "warned",
    "stated",
    "declared",
    "continued",
    "replied",
];

/// Words that a scope reaches to either side at most: no clause of news text is longer, and a line without stops costs no more.
const SCOPE_WORDS: usize = 120;

/// The words of the scope of the hedge at `hedge` (indices of its words in their sentence, end exclusive).
pub(crate) fn scope(words: &[Word<'_>], hedge: std::ops::Range<usize>, kind: HedgeKind) -> std::ops::Range<usize> {
    let first = hedge.start.saturating_sub(SCOPE_WORDS);
    let near = &words[first..words.len().min(hedge.end + SCOPE_WORDS)];
    let found = scope_within(near, hedge.start - first..hedge.end - first, kind);
    found.start + first..found.end + first
}

fn scope_within(words: &[Word<'_>], hedge: std::ops::Range<usize>, kind: HedgeKind) -> std::ops::Range<usize> {
    let end = match kind {
        HedgeKind::Adjective => phrase_end(words, hedge.end),
        HedgeKind::Adverb if before_phrase(words, &hedge) => phrase_end(words, hedge.end),
        HedgeKind::Noun if !opens_complement(words, &hedge) => hedge.end,
        _ => clause_end(words, hedge.end, kind),
    };
    let start = match kind {
        HedgeKind::Raising => subject_start(words, hedge.start),
        HedgeKind::Modal if is_passive(words, hedge.end) => subject_start(words, hedge.start),
        _ => hedge.start,
    };
    let mut end = end.max(hedge.end);
    while end > hedge.end && words[end - 1].mark && !matches!(&*words[end - 1].folded, ")" | "]" | "%") {
        end -= 1;
    }
    start.min(hedge.start)..end
}

/// "the possibility that", "chances of", "hopes to".
fn opens_complement(words: &[Word<'_>], hedge: &std::ops::Range<usize>) -> bool {
    let last = &words[hedge.end - 1];
    last.is_any(&["that", "of"]) || words.get(hedge.end).is_some_and(|next| !next.mark)
}

/// "potentially unfair laws", "maybe six years", ", reportedly, a factor of two": an adverb of a phrase, not of its clause.
fn before_phrase(words: &[Word<'_>], hedge: &std::ops::Range<usize>) -> bool {
    let next = words[hedge.end..].iter().find(|word| !matches!(&*word.folded, "," | "\""));
    let in_list = hedge.start > 0 && words[hedge.start - 1].mark && hedge.start > 1;
    next.is_some_and(|next| {
        let digits = next.folded.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits
            || next.is_any(&[
                "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds",
            ]);
        number || in_list && next.is_any(&["a", "an"]) && words[hedge.end].mark
    })
}

/// Where the clause that goes on at word `from` ends.
fn clause_end(words: &[Word<'_>], from: usize, kind: HedgeKind) -> usize {
    let holds_clause = matches!(kind, HedgeKind::Verb | HedgeKind::Clause | HedgeKind::Noun);
    // "As the chance grows that it rains, crews ...": a clause at the front ends with its comma.
    let fronted =
        words.first().is_some_and(|word| word.is_any(FRONTED)) && !words[..from].iter().any(|word| word.folded == ",");
    let mut inner_quote = false;
    let mut depth = 0_u32;
    for at in from..words.len() {
        let word = &words[at];
        match &*word.folded {
            "\"" if word.mark => {
                // A mark that closes a quotation which began before the hedge ends the clause.
                if !inner_quote && closes(words, at) {
                    return at;
                }
                inner_quote = !inner_quote;
            }
            "(" | "[" if word.mark => depth += 1,
            ")" | "]" if word.mark => {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
            }
            ";" | "?" | "!" | "…" | ":" if word.mark && depth == 0 => return at,
            "." if word.mark
                && depth == 0
                && words.get(at + 1).is_none_or(|next| next.is_capitalised() || next.mark) =>
            {
                return at;
            }
            "," if word.mark && depth == 0 && at > from && !inner_quote => {
                // "believed that if it rained, they would stay": the comma closes the inner clause only.
                let inner = holds_clause
                    && words[from..at].iter().any(|word| word.is_any(&["if", "when", "as", "because", "while"]));
                let goes_on = inner && words.get(at + 1).is_some_and(|next| next.is_any(SUBJECTS));
                if fronted || !goes_on && comma_ends(words, at) {
                    return at;
                }
            }
            _ if word.is_dash() && depth == 0 && at > from => return at,
            _ if at > from && !holds_clause && word.is_any(ENDS_CLAUSE) => return at,
            _ => {}
        }
    }
    words.len()
}

/// Whether the double mark at `at` closes: something stands directly before it, and no word directly behind.
fn closes(words: &[Word<'_>], at: usize) -> bool {
    let mark = &words[at];
    if matches!(mark.written, "”" | "»") {
        return true;
    }
    let joined_behind = words.get(at + 1).is_some_and(|next| next.range.start == mark.range.end && !next.mark);
    mark.written != "“" && !joined_behind
}

/// Whether the comma at `at` ends the clause before it.
fn comma_ends(words: &[Word<'_>], at: usize) -> bool {
    let rest = &words[at + 1..];
    let Some(next) = rest.first() else { return true };
    if next.is_any(AFTER_COMMA) {
        return true;
    }
    if next.is_quote() && closes(words, at + 1) {
        return true;
    }
    let clause = |word: &Word<'_>| word.is_any(SUBJECTS);
    if next.is_any(&["and", "or"]) && rest.get(1).is_some_and(clause) {
        return true;
    }
    if next.folded.len() > 5 && next.folded.ends_with("ing") {
        return true;
    }
    // ", the office said.": a source and its verb, or a name and a verb with more behind it.
    let source = rest.iter().take(10).take_while(|word| !word.mark || word.folded == ".");
    let Some(says) = source.enumerate().filter(|(_, word)| word.is_any(SAYS)).map(|(at, _)| at).next() else {
        return false;
    };
    let last = rest.get(says + 1).is_none_or(|word| word.mark);
    says > 0 && (last || next.is_capitalised() && says < 5)
}

/// Where the noun phrase that goes on at word `from` ends.
fn phrase_end(words: &[Word<'_>], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = words.get(at) {
        let skipped = at == from && matches!(&*word.folded, "," | "\"");
        let ends = word.mark && !skipped && !matches!(&*word.folded, "'" | "$" | "%");
        let finite = word.is_any(AUXILIARIES) || word.is_any(ENDS_PHRASE);
        if ends || (at > from && finite) {
            break;
        }
        at += 1;
    }
    at
}

/// "could [not] be twisted", "might have been taken".
fn is_passive(words: &[Word<'_>], from: usize) -> bool {
    let mut rest = words[from..].iter().filter(|word| !word.is_any(BETWEEN) && !word.folded.ends_with("ly"));
    let mut next = rest.next();
    if next.is_some_and(|word| word.is_any(&["have"])) {
        next = rest.next();
    }
    if !next.is_some_and(|word| word.is_any(&["be", "been", "get"])) {
        return false;
    }
    let irregular = [
        "held", "made", "taken", "given", "seen", "found", "done", "known", "shown", "brought", "built", "sent",
        "left", "lost", "put", "cut", "told", "kept", "won", "drawn", "driven", "beaten", "forced", "sold", "hit",
        "shot", "paid", "met", "hurt", "read", "set", "used", "won",
    ];
    rest.next().is_some_and(|word| !word.mark && (word.folded.ends_with("ed") || word.is_any(&irregular)))
}

/// Where the subject of the hedge that begins at word `hedge` begins; `hedge` where no subject stands there.
fn subject_start(words: &[Word<'_>], hedge: usize) -> usize {
    let mut end = hedge;
    while end > 0
        && (words[end - 1].is_any(AUXILIARIES)
            || words[end - 1].is_any(BETWEEN)
            || words[end - 1].folded.ends_with("ly"))
    {
        end -= 1;
    }
    let mut at = end;
    // An inserted clause between commas belongs to the subject.
    if at > 1
        && words[at - 1].folded == ","
        && let Some(comma) = words[..at - 1].iter().rposition(|word| word.folded == ",")
        && comma > 0
    {
        at = comma;
    }
    while at > 0 {
        let word = &words[at - 1];
        let relative = word.is_any(&["what", "who", "which"]);
        if relative {
            return at - 1;
        }
        let stops = word.mark && !matches!(&*word.folded, "'" | "$" | "%" | ".")
            || word.is_any(OPENERS) && !joins(words, at - 1);
        if stops {
            break;
        }
        at -= 1;
    }
    if at == end { hedge } else { at }
}

/// "and" between two names or nouns joins them; behind a comma or before a verb it opens a clause. Only names can be told.
fn joins(words: &[Word<'_>], at: usize) -> bool {
    words[at].folded == "and"
        && at > 0
        && words[at - 1].is_capitalised()
        && words.get(at + 1).is_some_and(Word::is_capitalised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relay::words::words;
    use onrecord_testkit::Marked;

    #[test]
    fn scopes_end_with_their_clause() {
        let check = |marked: &str, kind: HedgeKind| {
            let marked = Marked::parse(marked);
            let found = words(&marked.text, onrecord_evidence::TextRange::new(0, marked.text.len() as u32));
            let hedge = marked.ranges("hedge")[0];
            let start = found.iter().position(|word| word.range.start == hedge.start).unwrap();
            let end = found.iter().position(|word| word.range.end == hedge.end).unwrap() + 1;
            let range = scope(&found, start..end, kind);
            let range = found[range.start].range.hull(found[range.end - 1].range);
            assert_eq!(range.slice(&marked.text), marked.ranges("scope")[0].slice(&marked.text), "{}", marked.text);
        };
        check("The ferry [scope: [hedge: may] sail on Monday], but the crew is small.", HedgeKind::Modal);
        check("[scope: The ferry [hedge: may] be cancelled], the office said.", HedgeKind::Modal);
        check("On Monday, [scope: the harbour gate [hedge: seemed] shut].", HedgeKind::Raising);
        check("He said [scope: the gate was [hedge: likely to] fail], adding that it rained.", HedgeKind::Raising);
        check("“I [scope: [hedge: think] the gate will hold],” she said.", HedgeKind::Verb);
        check("She saw the [scope: [hedge: alleged] theft of grain] when she passed.", HedgeKind::Adjective);
        check("He asked [scope: [hedge: whether] they knew]; nobody did.", HedgeKind::Clause);
        check("It took [scope: [hedge: perhaps] six years], they said.", HedgeKind::Adverb);
        check("The envoy [scope: [hedge: reportedly] left Orsel].", HedgeKind::Adverb);
    }
}
