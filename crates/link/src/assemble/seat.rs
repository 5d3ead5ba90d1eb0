//! Ministries, armies and the like: which words name one, and the country in them. Word lists; which country it is, `land` knows.

use onrecord_evidence::{Quoted, TextRange};

use super::names::{is_common, side, words};

/// Words of ministries, armies and the like, which stand under the government of their side.
const SEATS: &[&str] = &[
    "ministry",
    "army",
    "air force",
    "general staff",
    "armed forces",
    "military",
    "navy",
    "air defence",
    "air defense",
    "government",
    "coastguard",
    "coast guard",
    "flotilla",
    "fleet",
    "border guard",
    "border troops",
    "chancellery",
    "presidency",
    "security service",
    "intelligence service",
    "southern command",
    "joint command",
    "high command",
    "state department",
    "defence forces",
    "defense forces",
    "foreign office",
    "home office",
    "kremlin",
    "pentagon",
    "national guard",
    "cabinet",
];

/// Ministries and armies, which stand under the government of their side.
pub(super) fn is_of_command(name: &str) -> bool {
    let lower = name.to_lowercase();
    SEATS.iter().any(|seat| {
        lower.match_indices(seat).any(|(at, seat)| {
            let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            edge(lower[..at].chars().next_back()) && edge(lower[at + seat.len()..].chars().next())
        })
    })
}

/// Armies and those who speak for them: what they say of a conflict is said by a party to it, whichever side it is.
pub(super) fn is_military(name: &str) -> bool {
    const MILITARY: &[&str] = &[
        "defence ministry",
        "defense ministry",
        "ministry of defence",
        "ministry of defense",
        "army",
        "air force",
        "general staff",
        "armed forces",
        "military",
        "navy",
        "air defence",
        "air defense",
        "flotilla",
        "fleet",
        "border guard",
        "border troops",
        "high command",
        "joint command",
        "southern command",
        "defence forces",
        "defense forces",
    ];
    let lower = name.to_lowercase();
    MILITARY.iter().any(|body| lower.contains(body))
}

/// Whether a plain description is of a body itself, not of people in it: "the general staff", not "an officer of the general staff".
pub(super) fn is_bare_body(written: &str) -> bool {
    const PEOPLE: &[&str] = &[
        "official", "officer", "source", "member", "aide", "spokes", "person", "people", "soldier", "minister",
        "insider", "adviser",
    ];
    let lower = written.to_lowercase();
    is_of_command(written) && !PEOPLE.iter().any(|people| lower.contains(people)) && words(written).len() <= 5
}

/// The word for a side that the words of an office show: the "Tarvian" of "the Tarvian defence ministry", the "Tarvia" of "Tarvia's army" and
/// of "the army of Tarvia".
pub(super) fn side_word(description: &str) -> Option<&str> {
    const SEATS: &[&str] = &[
        "ministry",
        "army",
        "government",
        "staff",
        "force",
        "forces",
        "minister",
        "military",
        "navy",
        "front",
        "office",
        "kremlin",
        "command",
        "coastguard",
        "flotilla",
        "fleet",
        "chancellery",
        "guard",
        "guards",
        "troops",
        "cabinet",
        "service",
    ];
    let all = words(description);
    let is_side = |word: &str| !is_common(&word.to_lowercase()) && side(word).is_some();
    for (at, (_, word)) in all.iter().enumerate() {
        if !SEATS.contains(&word.to_lowercase().as_str()) {
            continue;
        }
        let from = at.saturating_sub(MOST_BETWEEN);
        // "Hanne Corvill, the ministry's spokeswoman": a comma ends what qualifies the seat.
        let joined = |from: &TextRange| {
            description
                .get(from.end as usize..all[at].0.start as usize)
                .is_some_and(|between| !between.contains([',', '(']))
        };
        let before = all[from..at].iter().rev().take_while(|(range, _)| joined(range)).map(|(_, word)| *word);
        // Only what qualifies the seat stands between it and its side: "Tarvian general staff".
        let mut qualifying =
            before.take_while(|word| is_side(word) || is_common(&word.to_lowercase()) || is_topic(word));
        if let Some(word) = qualifying.find(|word| is_side(word) && !is_topic(word)) {
            return Some(word);
        }
        let mut behind = all[at + 1..].iter().map(|(_, word)| *word);
        if behind.next().is_some_and(|word| word == "of")
            && let Some(word) = behind.find(|word| *word != "the").filter(|word| is_side(word) && !is_topic(word))
        {
            return Some(word);
        }
    }
    None
}

/// Words between a side and its seat.
const MOST_BETWEEN: usize = 3;

/// What ministries are for, which is no country.
fn is_topic(word: &str) -> bool {
    const TOPICS: &[&str] = &[
        "interior",
        "finance",
        "health",
        "justice",
        "information",
        "water",
        "energy",
        "transport",
        "education",
        "agriculture",
        "environment",
        "labour",
        "labor",
        "trade",
        "culture",
        "economy",
        "emergencies",
        "emergency",
        "home",
        "border",
        "coast",
        "coastal",
        "security",
        "intelligence",
        "digital",
        "development",
        "affairs",
        "communications",
        "sport",
        "sports",
        "first",
        "deputy",
        "air",
        "northern",
        "southern",
        "eastern",
        "western",
        "joint",
        "high",
        "colonel",
        "general",
        "captain",
    ];
    TOPICS.contains(&word.to_lowercase().as_str())
}

/// The side that descriptions show.
pub(super) fn side_in(describing: &[Quoted]) -> Option<String> {
    describing.iter().find_map(|quoted| side_word(quoted.words())).and_then(side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_seats() {
        let check =
            |description: &str, expect: Option<&str>| assert_eq!(side_word(description), expect, "{description}");
        check("the Tarvian defence ministry", Some("Tarvian"));
        check("Colonel Piet Lammer, a spokesman for the Calveran army", Some("Calveran"));
        check("the general staff of Tarvia", Some("Tarvia"));
        check("the Ministry of Water", None);
        check("the Interior Ministry", None);
        check("Hanne Corvill, the ministry's spokeswoman", None);
        check("Ostrov's coastguard", Some("Ostrov"));
        assert!(is_of_command("Calvera coastguard") && !is_of_command("Harrow police"));
    }
}
