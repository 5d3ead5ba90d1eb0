//! Names as keys, and where words name the same: not who is meant, which `party` decides.

use onrecord_evidence::TextRange;
use onrecord_evidence::calendar::{DAYS, MONTHS};

/// The words of a text with their ranges; a hyphen joins, an apostrophe and what follows it are left out ("Drovany's": "drovany").
pub(super) fn words(text: &str) -> Vec<(TextRange, &str)> {
    let mut found: Vec<(TextRange, &str)> = Vec::new();
    let mut start: Option<usize> = None;
    let is_in = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '\u{2019}');
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_in(letter), start) {
            (true, None) if letter.is_alphanumeric() => start = Some(at),
            (false, Some(from)) => {
                let word = text.get(from..at).unwrap_or("");
                let bare = word.split(['\'', '\u{2019}']).next().unwrap_or(word).trim_end_matches('-');
                let end = from + bare.len();
                if let (Ok(from), Ok(end)) = (u32::try_from(from), u32::try_from(end)) {
                    found.push((TextRange::new(from, end), bare));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A name in lower case, its words by one space, without articles and titles before it.
pub(super) fn folded(name: &str) -> String {
    let lower: Vec<String> = words(name).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    let first = lower.iter().position(|word| !is_before_names(word)).unwrap_or(0);
    lower[first..].join(" ")
}

fn is_before_names(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr" | "sir")
}

/// The stem of a country's or a people's name, by which "Tarvia" and "Tarvian", "Drovany" and "Drovan" are one side, and "Austria" and
/// "Australia" are two; `None` for a word that is no name.
pub(super) fn side(word: &str) -> Option<String> {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let mut stem = word.to_lowercase();
    let long = stem.chars().count() >= SHORTEST_SIDE;
    while stem.chars().count() > SHORTEST_SIDE && stem.ends_with(['a', 'e', 'i', 'n', 's', 'h', 'y']) {
        stem.pop();
    }
    (capital && long).then_some(stem)
}

/// Letters that the stem of a side keeps.
const SHORTEST_SIDE: usize = 4;

/// Whether a word may be one for a side.
pub(super) fn is_of_side(word: &str, side_key: &str) -> bool {
    side(word).is_some_and(|other| other == side_key)
}

/// Whether a line in the outlet's own voice is a byline, a date line or a credit: it states nothing.
pub(super) fn is_furniture(line: &str) -> bool {
    const OF_PAPERS: &[&str] =
        &["staff", "reporter", "correspondent", "desk", "updated", "published", "bureau", "editor"];
    let lower = line.trim().trim_start_matches('(').to_lowercase();
    if ["reporting by ", "by ", "editing by "].iter().any(|beginning| lower.starts_with(beginning))
        && words(line).len() <= 12
    {
        let plain = words(line).iter().filter(|(_, word)| word.chars().next().is_some_and(char::is_lowercase)).count();
        return plain <= 4;
    }
    let all = words(line);
    let dated = all.iter().filter(|(_, word)| {
        let lower = word.to_lowercase();
        word.starts_with(|letter: char| letter.is_ascii_digit())
            || [OF_PAPERS, &MONTHS, &DAYS].iter().any(|list| list.contains(&lower.as_str()))
    });
    all.len() <= 10 && dated.count() * 2 >= all.len()
}

/// Words that are in a name and tell nothing apart.
pub(super) fn is_common(word: &str) -> bool {
    const COMMON: &[&str] = &[
        "the",
        "of",
        "for",
        "and",
        "a",
        "an",
        "in",
        "on",
        "at",
        "to",
        "by",
        "his",
        "her",
        "their",
        "its",
        "office",
        "government",
        "ministry",
        "minister",
        "president",
        "prime",
        "foreign",
        "defence",
        "defense",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "general",
        "staff",
        "army",
        "force",
        "forces",
        "air",
        "police",
        "party",
        "council",
        "city",
        "national",
        "state",
        "agency",
        "service",
        "department",
        "company",
        "senator",
        "governor",
        "secretary",
        "chief",
        "press",
        "news",
        "public",
        "union",
        "international",
        "new",
    ];
    COMMON.contains(&word)
}

/// Whether a party has no more of a name than a pronoun.
pub(super) fn is_pronoun(name: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "it", "he", "she", "they", "we", "i", "you", "who", "which", "that", "this", "these", "those", "one", "both",
        "others", "some", "everyone", "someone", "nobody", "anyone",
    ];
    PRONOUNS.contains(&folded(name).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        let check = |name: &str, expect: &str| assert_eq!(folded(name), expect);
        check("The Vint Observer", "vint observer");
        check("Mr. Arno Vask", "arno vask");
        check("Vask\u{2019}s", "vask");
        check("president-elect Lind", "president-elect lind");
        assert_eq!(side("Tarvian"), side("Tarvia"));
        assert_eq!(side("Drovany"), side("Drovan"));
        assert_eq!(side("Ulvane"), side("Ulvan"));
        assert_ne!(side("Austria"), side("Australia"));
        assert_ne!(side("Iran"), side("Iraq"));
        assert_eq!(side("ministry"), None);
    }
}
