//! Sources that the text describes and does not name: what it states of them. Never who they are, and never joined over articles.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use crate::relay::class::SourceClass;
use crate::relay::ground::{self, Ground};
use crate::relay::table::RelayTable;
use crate::relay::words::{Word, hull, words};

/// A number that the text states of its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedNumber {
    /// The number's words.
    pub range: TextRange,
    /// The number; `None` for a vague word such as "several".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<u32>,
}

/// What the text states of a source that it does not name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnnamedSource {
    /// Its class.
    pub class: SourceClass,
    /// The describing noun.
    pub noun: TextRange,
    /// Words before the noun that describe it, such as "senior Western": side, rank, institution. As written, unresolved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<TextRange>,
    /// The stated number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<StatedNumber>,
    /// The stated basis of knowledge: "familiar with the matter", "who was present".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub basis: Option<TextRange>,
    /// The stated ground of anonymity.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ground: Option<Ground>,
}

/// Words of a source that are looked at.
const SOURCE_WORDS: usize = 80;

/// What the text states of the source at `source`, where it describes one and names none.
///
/// "Two Western officials", "a person close to the minister", "his advisers". Not unnamed: "official Ana Ruiz", "a harbour official, Ana
/// Ruiz,", "Ana Ruiz, an official", "the official" (introduced before), "a spokesman for the port" (speaks for a party that is named).
pub(crate) fn unnamed(
    text: &str,
    source: &[TextRange],
    sentences: &[TextRange],
    table: &RelayTable,
    others: &dyn Fn(TextRange) -> bool,
) -> Option<UnnamedSource> {
    let first = *source.first()?;
    let mut found = words(text, first);
    for range in &source[1..] {
        found.extend(words(text, *range));
    }
    found.truncate(SOURCE_WORDS);
    let start = head_start(&found);
    let end = head_end(&found, &start);
    // A quantity alone stands for its people: "many", "another".
    let at = (start.phrase..end)
        .rev()
        .find(|at| !found[*at].mark)
        .or(start.phrase.checked_sub(1))
        .filter(|at| *at < found.len())?;
    let noun = &found[at];
    let folded = noun
        .folded
        .strip_suffix("'s")
        .or(noun.folded.strip_suffix("s'").map(|_| &noun.folded[..noun.folded.len() - 1]));
    let (class, plural) = table.noun(folded.unwrap_or(&noun.folded)).or_else(|| bare(&found, at))?;
    let ground = ground::find(text, source, sentences, others);
    if is_named(&found, at, end, class) || is_introduced(&found, at, plural, end, ground.is_some()) {
        return None;
    }
    // Empty where a quantity stands alone.
    let before = found.get(start.phrase..at).unwrap_or_default();
    let side = hull(before);
    let basis = basis(&found, end);
    let qualified = before.iter().rev().find_map(|word| table.qualifier(&word.folded));
    let knows = basis.is_some() && matches!(class, SourceClass::Source | SourceClass::Person | SourceClass::Public);
    let class = match qualified {
        _ if knows => SourceClass::PersonFamiliar,
        Some(qualified) if class != SourceClass::Document || qualified == SourceClass::Outlet => qualified,
        _ if &*noun.folded == "people" && start.number.is_some() && found.len() > at + 1 => SourceClass::Person,
        _ => class,
    };
    Some(UnnamedSource { class, noun: noun.range, side, number: start.number, basis, ground })
}

/// Where the head phrase begins.
struct HeadStart {
    /// First word behind article, number and "of".
    phrase: usize,
    number: Option<StatedNumber>,
}

const ARTICLES: &[&str] = &[
    "a", "an", "the", "his", "her", "their", "its", "our", "this", "that", "these", "those", "any", "no", "other",
    "such", "both",
];
const VAGUE: &[&str] = &[
    "several",
    "many",
    "some",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "few",
    "multiple",
    "numerous",
    "various",
    "most",
    "handful",
    "number",
    "couple",
    "group",
    "array",
    "majority",
    "half",
    "third",
    "quarter",
    "plenty",
    "lots",
    "range",
    "percent",
    "%",
    "each",
    "all",
    "none",
    "members",
    "kind",
    "sort",
];
const NUMBERS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Passes over article and number, and over the "of" behind them: "two of the", "a dozen", "a wide array of".
fn head_start(words: &[Word<'_>]) -> HeadStart {
    let mut at = 0;
    let mut number = None;
    loop {
        while words.get(at).is_some_and(|word| {
            word.is_any(ARTICLES)
                || word.is_any(&["about", "nearly", "almost", "at", "least", "more", "than", "roughly", "some"])
                    && words.get(at + 1).is_some_and(|next| counts(next).is_some())
        }) {
            at += 1;
        }
        let before = at;
        if let Some(value) = words.get(at).and_then(counts) {
            number = number.or(Some(StatedNumber { range: words[at].range, value }));
            at += 1;
            if value == Some(12) && words.get(at).is_some_and(|word| word.folded == "dozen") {
                at += 1;
            }
        }
        // "a wide array of", "Two of the", "Thirty percent of": whatever stands before "of" counts.
        let of = words[at..].iter().take(3).position(|word| word.folded == "of").map(|of| at + of);
        let counting =
            of.is_some_and(|of| words[before..of].iter().any(|word| word.is_any(VAGUE) || counts(word).is_some()));
        match of {
            Some(of) if counting => {
                if number.is_none() {
                    let word = words[before..of].iter().find(|word| word.is_any(VAGUE));
                    number = word.map(|word| StatedNumber { range: word.range, value: None });
                }
                at = of + 1;
            }
            _ => break,
        }
    }
    HeadStart { phrase: at, number }
}

/// The number that a word states: `Some(None)` for a vague one.
fn counts(word: &Word<'_>) -> Option<Option<u32>> {
    if word.mark {
        return None;
    }
    if let Some(value) = NUMBERS.iter().position(|number| *word.folded == **number) {
        return Some(Some(value as u32));
    }
    if word.folded == "another" {
        return Some(Some(1));
    }
    if word.folded == "dozen" {
        return Some(Some(12));
    }
    if let Some((spelled, "million")) = word.folded.split_once('-') {
        return NUMBERS.iter().position(|number| *number == spelled).map(|value| Some(value as u32 * 1_000_000));
    }
    if word.folded.starts_with(|digit: char| digit.is_ascii_digit()) {
        return Some(word.folded.replace(',', "").parse().ok());
    }
    (word.is_any(VAGUE)
        && !word
            .is_any(&["kind", "sort", "members", "group", "number", "third", "array", "range", "handful", "couple"]))
    .then_some(None)
}

/// Words behind a noun that describe it: its phrase ends before them.
const BEHIND: &[&str] = &[
    "of",
    "in",
    "at",
    "with",
    "from",
    "for",
    "to",
    "who",
    "whom",
    "whose",
    "that",
    "which",
    "familiar",
    "close",
    "briefed",
    "on",
    "near",
    "involved",
    "inside",
    "within",
    "among",
    "aware",
    "privy",
    "present",
    "across",
    "around",
    "here",
    "there",
    "where",
    "speaking",
    "spoke",
    "knowledgeable",
    "working",
    "supporting",
    "including",
    "by",
    "not",
    "released",
    "published",
    "i",
    "we",
    "i've",
    "we've",
    "i'm",
    "he",
    "she",
    "they",
    "like",
    "about",
    "under",
    "over",
    "unearthed",
    "obtained",
    "reviewed",
    "seen",
    "polled",
    "surveyed",
    "interviewed",
    "attending",
    "opposed",
    "behind",
    "outside",
    "say",
    "said",
    "worried",
    "backing",
    "and",
    "or",
    "show",
    "as",
];

fn head_end(words: &[Word<'_>], start: &HeadStart) -> usize {
    let from = start.phrase;
    let tail = words.get(from..).unwrap_or_default();
    let behind = tail.iter().enumerate().position(|(at, word)| {
        let mark = word.mark && !matches!(&*word.folded, "'" | "\"" | "." | "/");
        mark || at > 0 && word.is_any(BEHIND)
    });
    behind.map_or(words.len(), |behind| from + behind)
}

/// "Some said", "Two in three", "Thirty percent": a number or quantity alone.
fn bare(words: &[Word<'_>], at: usize) -> Option<(SourceClass, bool)> {
    let word = &words[at];
    let alone = counts(word).is_some() || word.is_any(&["those", "others"]);
    let counted = words[..=at].iter().all(|word| {
        word.is_any(ARTICLES)
            || word.is_any(VAGUE)
            || counts(word).is_some()
            || word.is_any(&["in", "nearly", "almost", "about", "of"])
            || word.folded.ends_with("ty")
    });
    (alone && counted).then_some((SourceClass::Public, true))
}

/// A name right behind the noun, behind a comma, or the noun itself as a part of a name.
fn is_named(words: &[Word<'_>], at: usize, end: usize, class: SourceClass) -> bool {
    let name = |word: &Word<'_>| word.is_capitalised() && !word.mark;
    let titled =
        words[at].is_capitalised() && at > 0 && class != SourceClass::PartyMember && class != SourceClass::Public;
    let behind = words.get(at + 1..end).unwrap_or_default().iter().any(name);
    // "a harbour official, Ana Ruiz," and "one pastor supporting Mr. Orsel, Ana Ruiz of Port Alben,".
    let mut appositive = false;
    for (comma, word) in words.iter().enumerate().skip(end) {
        if word.folded == "," {
            let next = words.get(comma + 1..).unwrap_or_default();
            // The name may stand behind words of its own: ", radio host Ana Ruiz,".
            let end = next.iter().position(|word| word.mark || word.is_any(BEHIND)).unwrap_or(next.len());
            appositive |= end >= 2 && (next[..2].iter().all(name) || next[end - 2..end].iter().all(name));
        }
    }
    // Documents and media that carry a name are known by it: "a CBS poll".
    let carried = matches!(class, SourceClass::Document | SourceClass::Outlet)
        && words[..at].iter().enumerate().any(|(index, word)| {
            name(word)
                && (index > 0 || word.folded.len() > 1 && word.written.chars().nth(1).is_some_and(char::is_uppercase))
        });
    titled || behind || appositive || carried
}

/// "The official", "his chief aide": somebody whom the text has introduced. Not "his advisers", nor "the people briefed on it".
fn is_introduced(words: &[Word<'_>], at: usize, plural: bool, end: usize, grounded: bool) -> bool {
    let first = &words[0];
    let definite = first.is_any(&["the", "this", "that", "these", "those"]);
    let owned = first.is_any(&["his", "her", "its", "their", "my", "our"])
        || words[..at].iter().any(|word| word.folded.ends_with("'s"));
    let described = words.get(end).is_some_and(|word| !word.mark);
    (definite && !(plural && described) || owned && !plural) && !grounded
}

/// Words that begin a stated basis of knowledge.
const KNOWS: &[&str] =
    &["familiar", "briefed", "close", "involved", "knowledgeable", "aware", "privy", "present", "inside"];

/// The stated basis of knowledge behind the noun, up to the next comma.
fn basis(words: &[Word<'_>], from: usize) -> Option<TextRange> {
    let tail = words.get(from..)?;
    let begins = tail.iter().enumerate().position(|(at, word)| {
        let rest = &tail[at + 1..];
        let near = |wanted: &[&str], within: usize| rest.iter().take(within).any(|word| word.is_any(wanted));
        word.is_any(KNOWS)
            || word.is_any(&["with"]) && near(&["knowledge", "access", "insight"], 4)
            || word.is_any(&["who"])
                && near(
                    &[
                        "was",
                        "were",
                        "attended",
                        "saw",
                        "heard",
                        "witnessed",
                        "watched",
                        "participated",
                        "reviewed",
                        "seen",
                        "present",
                        "briefed",
                        "run",
                        "viewed",
                        "listened",
                        "overheard",
                        "took",
                    ],
                    3,
                )
                && !near(&["anonymity", "authorized", "authorised", "declined", "granted"], 6)
            || word.is_any(&["at"]) && near(&["meeting", "scene"], 2)
            || word.is_any(&["in"]) && near(&["attendance"], 2)
    })?;
    let length = tail[begins..].iter().position(|word| word.mark && word.folded == ",").unwrap_or(tail.len() - begins);
    hull(&tail[begins..begins + length])
}
