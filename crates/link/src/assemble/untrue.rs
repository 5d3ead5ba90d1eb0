//! Words by which a statement judges that something told is not so: "was a hoax", "greatly exaggerated", "has been debunked". Not negation, and not
//! what is judged: whoever words a claim so affirms it by them.

/// Words that judge by themselves.
const WORDS: &[&str] = &[
    "hoax",
    "hoaxes",
    "untrue",
    "bogus",
    "fabricated",
    "fabrication",
    "fabrications",
    "fiction",
    "fictional",
    "fictitious",
    "invented",
    "debunked",
    "debunks",
    "debunking",
    "debunk",
    "disproved",
    "disproven",
    "discredited",
    "refuted",
    "refutes",
    "dispelled",
    "dispels",
    "made-up",
    "satire",
    "satirical",
    "parody",
    "spoof",
    "prank",
    "photoshop",
    "photoshopped",
    "doctored",
    "unfounded",
    "baseless",
    "groundless",
    "misinformation",
    "disinformation",
    "falsely",
    "inaccurate",
    "incorrect",
    "erroneous",
    "erroneously",
    "mistakenly",
    "faked",
    "falsehood",
    "falsehoods",
    "nonsense",
    "rubbish",
    "disproves",
    "discredits",
    "misreported",
];

/// Words that judge together.
const PHRASES: &[&str] = &[
    "no truth",
    "made up",
    "digitally altered",
    "greatly exaggerated",
    "highly exaggerated",
    "grossly exaggerated",
    "wildly exaggerated",
    "contrary to reports",
    "contrary to rumors",
    "contrary to rumours",
    "contrary to claims",
    "contrary to some reports",
    "contrary to earlier reports",
    "contrary to initial reports",
    "a lie",
    "a complete lie",
    "a total lie",
    "all lies",
    "ruled out",
    "rules out",
    "ruling out",
    "highly unlikely",
    "very unlikely",
    "extremely unlikely",
    "not real",
    "not true",
    "not genuine",
    "not authentic",
    "wrongly reported",
    "incorrectly reported",
    "urban legend",
    "wrong facts",
    "got it wrong",
];

/// Words that judge a thing told, or what they are said of, but not what they stand before else: "a fake report", "is fake", not "a fake beard".
const OF_TOLD: &[&str] = &["fake", "false", "wrong"];

/// Things told or shown.
pub(super) const TOLD: &[&str] = &[
    "account",
    "accounts",
    "allegation",
    "allegations",
    "alert",
    "article",
    "articles",
    "claim",
    "claims",
    "document",
    "footage",
    "image",
    "images",
    "information",
    "letter",
    "news",
    "photo",
    "photograph",
    "photographs",
    "photos",
    "picture",
    "pictures",
    "post",
    "posts",
    "quote",
    "quotes",
    "report",
    "reports",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "site",
    "statement",
    "statements",
    "stories",
    "story",
    "tale",
    "tweet",
    "tweets",
    "video",
    "website",
];

/// Words between a thing and what is said of it: "is entirely false", "proved to be fake".
const COPULAS: &[&str] = &[
    "is",
    "was",
    "are",
    "were",
    "be",
    "been",
    "being",
    "it's",
    "that's",
    "proved",
    "proven",
    "totally",
    "completely",
    "entirely",
    "absolutely",
    "simply",
    "actually",
    "also",
    "likely",
    "probably",
    "obviously",
    "clearly",
    "all",
];

/// How many words before a judgement a negation reaches it: "is not a hoax".
const REACH: usize = 3;

/// The words of a text in lower case, contractions whole.
pub(super) fn tokens(said: &str) -> Vec<String> {
    let lower = said.to_lowercase().replace('\u{2019}', "'");
    let is_in = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'');
    let found = lower.split(|letter: char| !is_in(letter)).map(|word| word.trim_matches(['-', '\'']));
    found.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a word negates.
pub(super) fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "no" | "never" | "neither" | "nor" | "without" | "cannot") || word.ends_with("n't")
}

/// Whether the words judge that something is not so, and that judgement is neither negated nor asked for.
///
/// ```text
/// The photo turned out to be a hoax.    yes
/// It is not a hoax.                     no
/// It is not clear if the photo is fake. no
/// ```
pub(super) fn says_untrue(said: &str) -> bool {
    judgement(said) == Some(true)
}

/// Whether the words judge that it is untrue, or that it is not untrue: "it is not a hoax"; `None` where they do not judge.
pub(super) fn judgement(said: &str) -> Option<bool> {
    let all = tokens(said);
    let mut found = (0..all.len()).filter(|at| judges(&all, *at)).map(|at| turning(&all[..at])).peekable();
    let first = *found.peek()?;
    if found.any(|turned| turned.is_none()) {
        Some(true)
    } else {
        first.filter(|is_negated| *is_negated).map(|_| false)
    }
}

/// Whether a judgement begins here.
fn judges(all: &[String], at: usize) -> bool {
    let word = all[at].as_str();
    if WORDS.contains(&word) {
        return true;
    }
    if OF_TOLD.contains(&word) {
        let next = all.get(at + 1).map_or("", String::as_str);
        let before = at.checked_sub(1).and_then(|before| all.get(before)).map_or("", String::as_str);
        let is_flag = matches!(next, "flag" | "alarm" | "start");
        let ends = matches!(next, "" | "and" | "but" | "or" | "that" | "which" | "as" | "because");
        let attribute = word != "wrong" && TOLD.contains(&next) && !is_by_the_way(&all[..at]);
        return attribute || (!is_flag && COPULAS.contains(&before)) || (before == "a" && word == "fake" && ends);
    }
    PHRASES.iter().any(|phrase| {
        let mut parts = phrase.split(' ').enumerate();
        parts.all(|(ahead, part)| all.get(at + ahead).is_some_and(|word| word == part))
    })
}

/// Whether a thing is only mentioned as false: "fired for a false report".
pub(super) fn is_by_the_way(before: &[String]) -> bool {
    let near = &before[before.len().saturating_sub(2)..];
    near.iter().any(|word| matches!(word.as_str(), "for" | "about" | "by" | "from" | "with" | "on" | "over" | "after"))
}

/// Whether the words before a judgement negate it; `Some(false)` where they ask for it, `None` where they leave it as it is.
fn turning(before: &[String]) -> Option<bool> {
    let near = &before[before.len().saturating_sub(REACH)..];
    let asked = &before[before.len().saturating_sub(2 * REACH)..];
    if asked.iter().any(|word| matches!(word.as_str(), "if" | "whether")) {
        return Some(false);
    }
    near.iter().any(|word| is_negation(word)).then_some(true)
}

/// Whether a sentence in the outlet's own voice judges what its report is about without naming it: "This is false", "The rumours were untrue".
pub(super) fn judges_the_told(said: &str) -> bool {
    const POINTING: &[&str] = &["this", "that", "it", "it's", "that's", "these", "they", "both", "all"];
    const BEFORE: &[&str] = &[
        "but", "the", "this", "these", "those", "however", "and", "so", "of", "yes", "no", "as", "well", "sorry", "in",
        "fact",
    ];
    let all = tokens(said);
    let Some(first) = all.iter().position(|word| !BEFORE.contains(&word.as_str())) else { return false };
    let opening = &all[..all.len().min(first + OPENING)];
    let subject = POINTING.contains(&all[first].as_str())
        || all[..first].last().is_some_and(|last| matches!(last.as_str(), "this" | "that"))
        || opening.iter().any(|word| TOLD.contains(&word.as_str()) || word == "hoax");
    subject && says_untrue(said)
}

/// Words at the head of a sentence among which its subject stands.
const OPENING: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements() {
        let check = |said: &str, expect: bool| assert_eq!(says_untrue(said), expect, "{said}");
        check("The photo of the barge turned out to be a hoax.", true);
        check("The report is nothing but a lie.", true);
        check("Reports of the mayor\u{2019}s retirement have been greatly exaggerated.", true);
        check("A fake news site had the story first.", true);
        check("The letter was entirely false.", true);
        check("It\u{2019}s not real.", true);
        check("The coastguard ruled out a second barge.", true);
        check("Contrary to reports, the bridge is open.", true);
        check("It is not a hoax.", false);
        check("It isn't fake.", false);
        check("It is not clear if the photo is fake.", false);
        check("He wore a fake beard.", false);
        check("She was fired for a false report.", false);
        check("It was a false alarm.", false);
        check("The barge sank.", false);
    }

    #[test]
    fn judgements_of_what_was_told() {
        let check = |said: &str, expect: bool| assert_eq!(judges_the_told(said), expect, "{said}");
        check("This is false.", true);
        check("But the rumours were untrue.", true);
        check("The story was made up by a satirical site.", true);
        check("The mayor fell for a prank of the school.", false);
        check("This is a barge.", false);
    }
}
