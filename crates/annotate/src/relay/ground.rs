//! The stated ground of anonymity, in the source, its sentence or the sentences around it. Not whether the ground is good.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use crate::relay::words::{Word, hull, words};

/// Why a source is not named, in the text's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The words: "on condition of anonymity because he was not authorized to speak publicly".
    pub range: TextRange,
    /// How it is known to be this source's.
    pub tie: GroundTie,
}

/// How a ground belongs to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroundTie {
    /// It stands in the words of the source.
    Source,
    /// It stands in the same sentence.
    Sentence,
    /// A sentence nearby gives it of "he", "she", "they" or "who".
    Pronoun,
    /// A sentence nearby gives it of "the official", "all of them", "both".
    Noun,
}

/// Sentences behind the source that are looked at.
const SENTENCES_BEHIND: usize = 2;
/// Longer sentences are not looked at: they are no prose.
const SENTENCE_BYTES: u32 = 4_000;
/// Words of one sentence that are looked at.
const SENTENCE_WORDS: usize = 160;

/// The ground of anonymity stated for the source; `others` tells whether a range holds another source of the text.
pub(crate) fn find(
    text: &str,
    source: &[TextRange],
    sentences: &[TextRange],
    others: &dyn Fn(TextRange) -> bool,
) -> Option<Ground> {
    let (first, last) = (source.first()?, source.last()?);
    for range in source {
        if let Some((range, _)) = in_words(&words(text, *range)) {
            return Some(Ground { range, tie: GroundTie::Source });
        }
    }
    let own = sentences.partition_point(|sentence| sentence.end <= first.start);
    let same = sentences.get(own).filter(|sentence| sentence.contains(*last));
    if let Some(sentence) = same
        && holds_hint(text, *sentence)
    {
        let found = limited(text, *sentence);
        if let Some((range, _)) = in_words(&found)
            && range.start >= last.end
            && !others(TextRange::new(last.end, range.start))
        {
            return Some(Ground { range, tie: GroundTie::Sentence });
        }
    }
    let around = (own + 1..=own + SENTENCES_BEHIND).chain(own.checked_sub(1));
    for (distance, index) in around.enumerate() {
        let Some(sentence) = sentences.get(index).filter(|sentence| holds_hint(text, **sentence)) else { continue };
        let found = limited(text, *sentence);
        let Some((range, at)) = in_words(&found) else { continue };
        let Some(tie) = tie(&found[..at]) else { continue };
        let between = if index > own {
            TextRange::new(last.end, sentence.start)
        } else {
            TextRange::new(sentence.end, first.start)
        };
        // "He" two sentences on may be somebody else where another source stands between.
        if distance > 0 && others(between) {
            continue;
        }
        return Some(Ground { range, tie });
    }
    None
}

/// A cheap look before the words are taken apart.
fn holds_hint(text: &str, sentence: TextRange) -> bool {
    sentence.len() <= SENTENCE_BYTES
        && sentence.slice(text).is_some_and(|line| {
            ["anonym", "authori", "identified", "be named", "background", "be quoted", "used", "on the record"]
                .iter()
                .any(|hint| line.contains(hint))
        })
}

fn limited(text: &str, sentence: TextRange) -> Vec<Word<'_>> {
    let mut found = words(text, sentence);
    found.truncate(SENTENCE_WORDS);
    found
}

/// Who the sentence speaks of before the ground: a pronoun, or a noun that stands for sources.
fn tie(before: &[Word<'_>]) -> Option<GroundTie> {
    let subject = before.iter().find(|word| !word.mark)?;
    if subject.is_any(&["he", "she", "they", "like"]) {
        return Some(GroundTie::Pronoun);
    }
    if subject.is_any(&["all", "both", "each", "none", "neither", "most", "some"]) {
        return Some(GroundTie::Noun);
    }
    let nouns = [
        "official",
        "officials",
        "source",
        "sources",
        "person",
        "people",
        "aide",
        "aides",
        "diplomat",
        "diplomats",
        "officer",
        "officers",
        "adviser",
        "advisers",
        "employee",
        "witness",
        "witnesses",
        "individual",
        "individuals",
        "lawmaker",
        "lawmakers",
    ];
    (subject.is_any(&["the", "this", "these", "those"]) && before.iter().take(5).any(|word| word.is_any(&nouns)))
        .then_some(GroundTie::Noun)
}

/// The ground's words in one sentence or source, and the word at which they begin.
fn in_words(found: &[Word<'_>]) -> Option<(TextRange, usize)> {
    let at = found.iter().enumerate().position(|(at, _)| begins(&found[at..]))?;
    let mut end = at + 1;
    // "because" and what follows belong to it; a clause that somebody else says does not.
    while let Some(word) = found.get(end) {
        let stops = word.is_quote()
            || word.is_dash()
            || matches!(&*word.folded, ";" | "." | ":")
                && word.mark
                && found.get(end + 1).is_none_or(|next| next.is_capitalised() || next.mark);
        let comma = word.folded == ","
            && !found
                .get(end + 1)
                .is_some_and(|next| next.is_any(&["because", "since", "citing", "saying", "as", "given", "fearing"]));
        // Without a reason the ground is over where another verb follows: "declined to be named and left".
        let reasoned = found[at..end]
            .iter()
            .any(|word| word.is_any(&["because", "since", "for", "authorized", "authorised", "to"]));
        let verb =
            found.get(end + 1).is_some_and(|next| next.is_any(&["was", "is", "has", "were", "are", "had", "did"]));
        let joined = word.is_any(&["and", "but"]) && (!reasoned || verb);
        if stops || comma || joined {
            break;
        }
        end += 1;
    }
    while end > at + 1 && found[end - 1].mark {
        end -= 1;
    }
    // A verb of the main clause behind it ("..., told the paper") stands behind a comma as a rule.
    Some((hull(&found[at..end])?, at))
}

/// Whether a ground of anonymity begins with the first of these words.
fn begins(words: &[Word<'_>]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let near = |wanted: &[&str], within: usize| rest.iter().take(within).any(|word| word.is_any(wanted));
    let naming = |within: usize| near(&["named", "identified", "quoted"], within) && near(&["be"], within);
    match &*first.folded {
        "on" | "under" => {
            near(&["anonymity"], 5) && near(&["condition", "conditions"], 3)
                || near(&["background"], 1) && first.folded == "on"
        }
        "condition" | "anonymity" => near(&["anonymity"], 2) || first.folded == "anonymity",
        "anonymously" => true,
        "declined" | "refused" | "asked" | "requested" | "wished" | "wanted" | "insisted" | "preferred" | "asking"
        | "requesting" | "declining" | "insisting" => {
            naming(5) && (near(&["not"], 4) || matches!(&*first.folded, "declined" | "refused" | "declining"))
                || near(&["anonymity"], 3)
        }
        "granted" => near(&["anonymity"], 2),
        "not" | "wasn't" | "weren't" | "unauthorized" | "lacked" => {
            let allowed = near(&["authorized", "authorised", "permitted", "allowed", "cleared", "authorization"], 3)
                || first.folded == "unauthorized";
            allowed && near(&["speak", "discuss", "comment", "talk", "brief", "publicly"], 7)
        }
        _ => false,
    }
}
