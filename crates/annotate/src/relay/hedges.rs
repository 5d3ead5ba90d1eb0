//! Every hedge of a text with its scope and its holder. What an attribution's commitment is, `crate::hedge` decides.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use crate::manner::Quotations;
use crate::relay::lexicon::{HedgeKind, HedgeLexicon, LexiconRow};
use crate::relay::scope::scope;
use crate::relay::spans::{Place, SpanIndex};
use crate::relay::words::{Word, hull};
use crate::{Commitment, HedgedBy};

/// A hedge, the words that it hedges, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hedge {
    /// The hedge word or words.
    pub range: TextRange,
    /// What is hedged, the hedge included: unbroken, within its sentence, its quotation and its content (BioScope).
    pub scope: TextRange,
    /// Whose doubt or distance it is: the source's in a quotation and in what it is credited with, else the outlet's.
    pub by: HedgedBy,
    /// How surely it leaves its scope held.
    pub commitment: Commitment,
    /// The row of the table that knows it.
    pub row: String,
}

/// The hedges of one sentence, in text order; none overlaps another.
pub(crate) fn find(
    text: &str,
    words: &[Word<'_>],
    lexicon: &HedgeLexicon,
    quotations: &Quotations,
    spans: &SpanIndex,
    hedges: &mut Vec<Hedge>,
) {
    let mut at = 0;
    while at < words.len() {
        let found = (!words[at].mark).then(|| lexicon.at(words, at)).flatten();
        let Some((row, len)) = found.filter(|(row, len)| stands(words, at, *len, row.kind)) else {
            at += 1;
            continue;
        };
        if let Some(range) = hull(&words[at..at + len]) {
            // The first word tells: "perceptions of" may stand half in a cue.
            let place = spans.place(words[at].range);
            let reach = reach(text, words, at..at + len, row.kind, &place, range);
            hedges.push(Hedge {
                range,
                scope: reach,
                by: holder(words, at, row, quotations.hold(range), &place),
                commitment: row.commitment,
                row: row.id.clone(),
            });
        }
        at += len;
    }
}

/// The scope, kept within the content that holds the hedge; a hedge in a cue reaches over the content of that cue.
fn reach(
    text: &str,
    words: &[Word<'_>],
    hedge: std::ops::Range<usize>,
    kind: HedgeKind,
    place: &Place,
    range: TextRange,
) -> TextRange {
    let by_words = hull(&words[scope(words, hedge, kind)]).unwrap_or(range);
    match place {
        Place::Cue(content) if matches!(kind, HedgeKind::Verb | HedgeKind::Noun | HedgeKind::Clause) => {
            let sentence = hull(words).unwrap_or(range);
            let behind = content.iter().filter(|piece| piece.start >= range.end && sentence.overlaps(**piece));
            let whole =
                behind.fold(range, |whole, piece| whole.hull(TextRange::new(piece.start, piece.end.min(sentence.end))));
            trimmed_marks(text, if whole == range { by_words } else { whole }).unwrap_or(by_words)
        }
        Place::Content(piece) if piece.overlaps(range) => {
            let within = TextRange::new(by_words.start.max(piece.start), by_words.end.min(piece.end));
            trimmed_marks(text, within.hull(range)).unwrap_or(range)
        }
        _ => by_words,
    }
}

/// The range without white space and closing marks at its end.
fn trimmed_marks(text: &str, range: TextRange) -> Option<TextRange> {
    let words = range.slice(text)?;
    let kept = words.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '.' | ',' | ';' | '”' | '"' | '?' | '!' | '’' | '\'')
    });
    Some(TextRange::new(range.start, range.start + kept.len() as u32))
}

fn holder(words: &[Word<'_>], at: usize, row: &LexiconRow, quoted: bool, place: &Place) -> HedgedBy {
    if quoted {
        return HedgedBy::Source;
    }
    match place {
        Place::Content(_) => row.by,
        // A modal on the cue is the outlet's: "may have said".
        Place::Cue(_) if matches!(row.kind, HedgeKind::Modal | HedgeKind::Adverb) => HedgedBy::Outlet,
        Place::Cue(_) => row.by,
        // Outside of attributions only verbs name somebody who hedges: "villagers fear", and so do belief and hope.
        Place::Outside if matches!(row.kind, HedgeKind::Verb) => {
            let author = words[..at].last().is_some_and(|word| word.is_any(&["i", "we"]));
            if author { HedgedBy::Outlet } else { row.by }
        }
        Place::Outside => HedgedBy::Outlet,
    }
}

/// Participles that are adjectives behind a determiner only: "a reported theft", not "police reported thefts".
const PARTICIPLES: &[&str] = &[
    "reported",
    "expected",
    "estimated",
    "suspected",
    "predicted",
    "projected",
    "presumed",
    "assumed",
    "perceived",
    "disputed",
    "supposed",
    "seeming",
    "likely",
];
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "their", "its", "our", "any", "some", "of", "no",
    "two", "three", "most", "one",
];

/// Months have a capital letter and a number or a preposition beside them; nouns ("the might of") stand behind an article.
fn stands(words: &[Word<'_>], at: usize, len: usize, kind: HedgeKind) -> bool {
    let word = &words[at];
    let before = at.checked_sub(1).map(|before| &words[before]);
    let next = words.get(at + len);
    match kind {
        HedgeKind::Modal if word.written == "May" => {
            let digits = |word: &Word<'_>| word.folded.starts_with(|letter: char| letter.is_ascii_digit());
            let month = next.is_none_or(|next| {
                next.mark
                    || digits(next)
                    || next.is_capitalised() && before.is_none_or(|before| !before.is_capitalised())
            });
            let dated = before.is_some_and(|before| {
                digits(before)
                    || before.is_any(&[
                        "in", "of", "last", "next", "this", "early", "late", "mid", "since", "until", "by", "from",
                        "to", "between", "theresa", "ms", "mrs", "and", "for", "on",
                    ])
            });
            !month && !dated && (at == 0 || before.is_some_and(Word::is_capitalised))
        }
        HedgeKind::Modal if word.is_any(&["might"]) => {
            let noun = before.is_some_and(|before| {
                before.is_any(&[
                    "the", "its", "his", "her", "their", "our", "of", "military", "economic", "with", "full", "and",
                ])
            });
            !noun && next.is_some_and(|next| !next.is_any(&["of", "and"]))
        }
        HedgeKind::Modal => next.is_some_and(|next| !next.mark || next.is_quote() || next.folded == ","),
        HedgeKind::Adjective => next.is_some_and(|next| {
            let quoted = next.is_quote() || next.folded == "'";
            let participle = word.is_any(PARTICIPLES)
                && !before.is_some_and(|before| {
                    before.is_any(DETERMINERS) || before.folded.ends_with("'s") || before.is_quote()
                });
            !participle
                && (!next.mark || quoted)
                && !next.is_any(&[
                    "is", "was", "are", "were", "in", "on", "of", "as", "will", "would", "has", "had", "with", "from",
                    "then", "when", "until", "because",
                ])
        }),
        _ => true,
    }
}
