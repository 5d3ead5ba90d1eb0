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
    /// Stated number, such as the 2 of "two of the people"; `None` where none is stated.
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
    "people",
    "diplomat",
    "insider",
    "aide",
    "witness",
    "witnesses",
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
    "spokesperson",
];
const NUMBERS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What kind of source these words name. A capitalised word past the first one is taken for a name.
pub(crate) fn kind(source: &[Quoted]) -> SourceKind {
    if source.is_empty() {
        return SourceKind::None;
    }
    let text = AttributionText(source);
    if text.names_somebody() {
        return SourceKind::Written;
    }
    let words = text.words();
    let class = words.iter().find_map(|word| {
        UNNAMED
            .iter()
            .find(|noun| word == *noun || word.strip_suffix('s') == Some(*noun))
            .map(|noun| (*noun).to_owned())
    });
    match class {
        Some(class) => {
            let number = words.iter().find_map(|word| NUMBERS.iter().position(|number| word == number));
            SourceKind::Unnamed(Unnamed { number: number.map(|index| index as u32 + 1), class })
        }
        None => SourceKind::Written,
    }
}

struct AttributionText<'quote>(&'quote [Quoted]);

impl AttributionText<'_> {
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|quoted| quoted.words().split(|letter: char| !letter.is_alphanumeric() && letter != '-'))
    }

    fn words(&self) -> Vec<String> {
        self.parts().filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    }

    /// Whether a definite description or a name stands here: "the official" was introduced before, "Ana Ruiz" has a name.
    fn names_somebody(&self) -> bool {
        let mut parts = self.parts().filter(|word| !word.is_empty());
        let first = parts.next().unwrap_or_default();
        matches!(first.to_lowercase().as_str(), "the" | "this" | "that" | "his" | "her" | "their")
            || parts.any(|word| word.chars().next().is_some_and(char::is_uppercase))
    }
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
        check("two people familiar with the matter", unnamed(Some(2), "people"));
        check("A senior official", unnamed(None, "official"));
        check("sources", unnamed(None, "source"));
        check("officials in the ministry, who asked not to be named,", unnamed(None, "official"));
        check("harbour officials", unnamed(None, "official"));
        check("The official", SourceKind::Written);
        check("Port Authority official Ana Ruiz", SourceKind::Written);
        check("She", SourceKind::Written);
        assert_eq!(kind(&[]), SourceKind::None);
    }
}
