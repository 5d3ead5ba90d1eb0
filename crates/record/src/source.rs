//! What kind of source the words name. Not who it is: resolving "he" and "the minister" to a party is a later stage.

use serde::{Deserialize, Serialize};

use onrecord_evidence::Quoted;

/// What kind of source is credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum SourceKind {
    /// The text credits nobody: "was reportedly said to".
    None,
    /// Words that name or describe somebody, kept as written.
    Written,
    /// People whom the text does not name; never matched to a person.
    Unnamed(Unnamed),
}

/// What the text states about people that it does not name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unnamed {
    /// Stated number before the noun, such as the 2 of "two of the people", in digits or up to twelve in letters; `None` where no such number
    /// is stated ("dozens" is not read).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<u32>,
    /// The noun that describes them: official, person, source, diplomat.
    pub class: String,
}

/// Nouns that describe people without naming them, in the singular; the plural is formed by `s`.
const UNNAMED: &[&str] = &[
    "source",
    "official",
    "person",
    "diplomat",
    "insider",
    "aide",
    "witness",
    "observer",
    "analyst",
    "adviser",
    "advisor",
    "expert",
    "critic",
    "operative",
    "strategist",
    "staffer",
    "employee",
    "resident",
];
/// Plurals that are formed otherwise, and their singulars.
const PLURALS: &[(&str, &str)] = &[("people", "person"), ("persons", "person"), ("witnesses", "witness")];
const NUMBERS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What kind of source these words name.
///
/// Unnamed are people described by one of the nouns above and given no name: "two Western officials", "a person close to the
/// minister". A name stands right behind the noun ("official Ana Ruiz", "an official, Ana Ruiz,") or before it and a comma ("Ana
/// Ruiz, an official"). "The official" was introduced before, and is kept as written.
pub(crate) fn kind(source: &[Quoted]) -> SourceKind {
    if source.is_empty() {
        return SourceKind::None;
    }
    let text = source.iter().map(Quoted::words).collect::<Vec<_>>().join(" ");
    let words: Vec<Word<'_>> = words(&text).collect();
    let Some(at) = words.iter().position(|word| class(&word.folded).is_some()) else { return SourceKind::Written };
    let definite = ["the", "this", "that", "these", "those", "his", "her", "its", "their"];
    let is_definite = words.first().is_some_and(|word| definite.contains(&word.folded.as_str()));
    let named_behind = words.get(at + 1).is_some_and(|word| word.is_capitalised());
    let named_before = words[..at].iter().any(|word| word.ends_phrase) && words[..at].iter().any(Word::is_capitalised);
    if is_definite || named_behind || named_before {
        return SourceKind::Written;
    }
    let number = words[..at].iter().find_map(|word| number(&word.folded));
    let class = class(&words[at].folded).unwrap_or_default().to_owned();
    SourceKind::Unnamed(Unnamed { number, class })
}

/// The noun in the singular, if this word is one of [`UNNAMED`].
fn class(word: &str) -> Option<&'static str> {
    let plural = PLURALS.iter().find(|(plural, _)| *plural == word).map(|(_, singular)| *singular);
    plural.or_else(|| UNNAMED.iter().copied().find(|noun| word == *noun || word.strip_suffix('s') == Some(noun)))
}

/// The number that a word states, in digits or up to twelve in letters.
fn number(word: &str) -> Option<u32> {
    let spelled = NUMBERS.iter().position(|number| word == *number).map(|index| index as u32 + 1);
    spelled.or_else(|| word.parse().ok())
}

struct Word<'text> {
    written: &'text str,
    folded: String,
    /// Whether a comma stands behind it.
    ends_phrase: bool,
}

impl Word<'_> {
    fn is_capitalised(&self) -> bool {
        self.written.chars().next().is_some_and(char::is_uppercase)
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split_whitespace().filter_map(|token| {
        let written = token.trim_matches(|letter: char| !letter.is_alphanumeric());
        (!written.is_empty()).then(|| Word {
            written,
            folded: written.to_lowercase(),
            ends_phrase: token.ends_with(','),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_evidence::TextRange;

    #[test]
    fn tells_unnamed_people_from_names() {
        let check = |words: &str, expect: SourceKind| {
            let quoted = Quoted::new(words, TextRange::new(0, words.len() as u32)).unwrap();
            assert_eq!(kind(&[quoted]), expect, "{words}");
        };
        let unnamed = |number, class: &str| SourceKind::Unnamed(Unnamed { number, class: class.to_owned() });
        check("two people familiar with the matter", unnamed(Some(2), "person"));
        check("A senior official", unnamed(None, "official"));
        check("sources", unnamed(None, "source"));
        check("officials in the ministry, who asked not to be named,", unnamed(None, "official"));
        check("harbour officials", unnamed(None, "official"));
        check("15 witnesses to the fire", unnamed(Some(15), "witness"));
        check("A spokesperson for Orsel", SourceKind::Written);
        check("a person close to President Morrow", unnamed(None, "person"));
        check("Two Western diplomats", unnamed(Some(2), "diplomat"));
        check("a harbour official, Ana Ruiz,", SourceKind::Written);
        check("Ana Ruiz, an official in Port Alben", SourceKind::Written);
        check("The official", SourceKind::Written);
        check("Port Authority official Ana Ruiz", SourceKind::Written);
        check("She", SourceKind::Written);
        assert_eq!(kind(&[]), SourceKind::None);
    }
}
