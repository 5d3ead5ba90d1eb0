//! Words that say which count a figure is: killed, injured and missing, civilian and combatant are different counts. Not a thesaurus:
//! a word that is not listed stays itself.

use serde::{Deserialize, Serialize};

/// What became of those who are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Dead, by whatever word.
    Killed,
    /// Injured or wounded.
    Injured,
    /// In hospital, which is not quite injured.
    InHospital,
    /// Missing.
    Missing,
    /// Killed or injured, not told apart.
    Casualties,
    /// Held.
    Detained,
    /// Away from home.
    Displaced,
    /// Brought to safety, or alive.
    Rescued,
}

/// Who is counted among people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeopleGroup {
    /// Civilians.
    Civilians,
    /// Soldiers, fighters.
    Combatants,
    /// Children.
    Children,
}

const OUTCOMES: &[(Outcome, &[&str])] = &[
    (Outcome::InHospital, &["hospital", "hospitalised", "hospitalized"]),
    (
        Outcome::Killed,
        &[
            "kill",
            "killed",
            "killing",
            "kills",
            "dead",
            "died",
            "die",
            "dies",
            "death",
            "deaths",
            "bodies",
            "body",
            "fatalities",
            "fatality",
            "toll",
            "perished",
            "drowned",
            "slain",
        ],
    ),
    (
        Outcome::Injured,
        &["injured", "injure", "injuring", "injures", "injuries", "wounded", "wounding", "wounds", "wound", "hurt"],
    ),
    (Outcome::Missing, &["missing", "unaccounted", "disappeared"]),
    (Outcome::Casualties, &["casualties", "casualty"]),
    (Outcome::Detained, &["detained", "detain", "arrested", "arrest", "arrests", "detentions"]),
    (Outcome::Displaced, &["displaced", "evacuated", "homeless", "fled"]),
    (Outcome::Rescued, &["rescued", "survivors", "survived", "alive"]),
];

const GROUPS: &[(PeopleGroup, &[&str])] = &[
    (PeopleGroup::Civilians, &["civilian", "civilians"]),
    (
        PeopleGroup::Combatants,
        &[
            "soldier",
            "soldiers",
            "troops",
            "trooper",
            "troopers",
            "fighter",
            "fighters",
            "servicemen",
            "serviceman",
            "militants",
            "militant",
            "combatants",
            "combatant",
            "gunmen",
            "rebels",
        ],
    ),
    (PeopleGroup::Children, &["child", "children", "minors", "infants"]),
];

/// Nouns that count people and say nothing more.
const PEOPLE: &[&str] = &[
    "person",
    "people",
    "persons",
    "man",
    "men",
    "woman",
    "women",
    "body",
    "bodies",
    "victim",
    "victims",
    "life",
    "lives",
    "dead",
    "death",
    "deaths",
    "toll",
    "fatalities",
    "casualties",
    "injured",
    "wounded",
    "missing",
    "survivors",
    "injuries",
];

/// Actions with more than one name; a row is one action, its first name is the one that is shown.
const ACTIONS: &[&[&str]] = &[
    &["shot down", "shoot down", "shooting down", "brought down", "bring down", "downed", "down"],
    &["intercepted", "intercept", "intercepting"],
    &["seized", "seize", "seizing", "captured", "capture", "took", "taken", "take"],
    &["lost", "lose", "losing", "failed to return"],
    &["destroyed", "destroy", "destroying"],
    &["launched", "launch", "fired", "fire"],
];

/// Words that may stand between people and what became of them: "130 people are still listed as missing".
const BEHIND: &[&str] = &[
    "are",
    "is",
    "was",
    "were",
    "be",
    "been",
    "being",
    "had",
    "has",
    "have",
    "still",
    "remain",
    "remained",
    "left",
    "reported",
    "believed",
    "feared",
    "confirmed",
    "presumed",
    "listed",
    "found",
    "as",
    "in",
    "to",
    "now",
    "there",
    "of",
    "them",
    "people",
    "others",
];

/// Words that may stand between what became of people and their number: "put the number of dead at 471".
const BEFORE: &[&str] = &[
    "at", "to", "of", "from", "is", "was", "stood", "stands", "rose", "risen", "rises", "fell", "fallen", "has", "had",
    "reached", "now", "by", "the", "were", "are", "number", "numbered", "count", "toll", "climbed", "lowered",
    "raised", "least", "more", "than", "about", "some",
];

/// Words that are looked at to either side.
const MOST_BETWEEN: usize = 5;

/// What became of those who are counted by the words right behind or before a number, within its clause.
pub(super) fn outcome_beside(before: &str, behind: &str) -> Option<Outcome> {
    let clause =
        |text: &str| text.find([',', ';', ':', '.', '(', ')', '\u{2014}', '\u{201d}', '"']).unwrap_or(text.len());
    let behind: Vec<String> = tokens(&behind[..clause(behind)]).take(MOST_BETWEEN + 1).collect();
    let start = before.rfind([',', ';', ':', '.', '(', ')', '\u{2014}', '\u{201c}', '"']);
    let start = start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let mut before: Vec<String> = tokens(&before[start..]).collect();
    before.reverse();
    let near = |words: &[String], skipped: &[&str]| {
        let word = words
            .iter()
            .take(MOST_BETWEEN + 1)
            .find(|word| outcome(word).is_some() || !skipped.contains(&word.as_str()))?;
        outcome(word)
    };
    near(&behind, BEHIND).or_else(|| near(&before, BEFORE)).or_else(|| number_of(&before))
}

/// "The number of people killed at the hall at 471": what became of them stands behind "number of", however far before the number. The words
/// stand in reverse.
fn number_of(before: &[String]) -> Option<Outcome> {
    let at = before
        .windows(2)
        .position(|pair| pair[0] == "of" && matches!(pair[1].as_str(), "number" | "count" | "total"))?;
    before[..at].iter().rev().take(MOST_BETWEEN).find_map(|word| outcome(word))
}

/// What became of them, by the first class that any of the words belongs to.
pub(super) fn outcome(words: &str) -> Option<Outcome> {
    class(words, OUTCOMES)
}

/// Which people.
pub(super) fn group(words: &str) -> Option<PeopleGroup> {
    class(words, GROUPS)
}

fn class<C: Copy>(words: &str, table: &[(C, &[&str])]) -> Option<C> {
    let tokens: Vec<String> = tokens(words).collect();
    table.iter().find(|(_, names)| tokens.iter().any(|token| names.contains(&token.as_str()))).map(|(class, _)| *class)
}

/// What is counted, in one form for singular and plural; `person` for every noun that only counts people.
pub(super) fn counted(head: &str) -> String {
    let noun = tokens(head).last().unwrap_or_default();
    if PEOPLE.contains(&noun.as_str()) || group(&noun).is_some() {
        return "person".to_owned();
    }
    match noun.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        Some(stem) => format!("{stem}y"),
        None if noun.ends_with("ss") || noun.len() < 4 => noun,
        None => {
            match noun.strip_suffix("es").filter(|stem| ["sh", "ch", "x", "ss"].iter().any(|end| stem.ends_with(end))) {
                Some(stem) => stem.to_owned(),
                None => noun.strip_suffix('s').map(str::to_owned).unwrap_or(noun),
            }
        }
    }
}

/// What is done, by the first name of its row; a verb that is in none by its base form.
pub(super) fn action(verb: &str) -> String {
    let verb = tokens(verb).collect::<Vec<_>>().join(" ");
    let row = ACTIONS.iter().find(|row| row.contains(&verb.as_str()));
    row.map_or_else(|| onrecord_annotate::cue_lemma(&verb).unwrap_or(verb), |row| row[0].to_owned())
}

fn tokens(words: &str) -> impl Iterator<Item = String> {
    words.split(|letter: char| !letter.is_alphanumeric()).filter(|token| !token.is_empty()).map(str::to_lowercase)
}
