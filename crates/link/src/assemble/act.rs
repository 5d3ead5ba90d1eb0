//! The act of a statement on its claim *as the claim is worded*: who says that no call took place denies "a call took place". Not the act of
//! the attribution, which the record has.

use onrecord_annotate::Act;

use super::names::words;
use super::untrue::{is_by_the_way, is_negation, judgement, tokens};
use crate::claims::Statement;

/// Whether the statement says that it is not so: a negation of its main clause, not one of what was warned of or asked ("told him not to").
pub(super) fn is_negated(statement: &Statement, text: &str) -> bool {
    let whole = statement.words(text);
    let said = first_sentence(&whole);
    if let Some(is_untrue) = judgement(said) {
        return is_untrue;
    }
    let found = words(said);
    let lower: Vec<String> = found.iter().map(|(_, word)| word.to_lowercase()).collect();
    let mut negations = 0_usize;
    for (at, word) in lower.iter().enumerate() {
        let next = lower.get(at + 1).map_or("", String::as_str);
        let counts = match word.as_str() {
            "no" => !matches!(next, "longer" | "doubt" | "matter" | "later" | "fewer" | "less" | "more") && at < REACH,
            "not" => !matches!(next, "to" | "only" | "just" | "least" | "because") && at < REACH,
            "never" | "nobody" | "none" => at < REACH,
            // "Nothing in it is true", not "it changed nothing".
            "nothing" => at < 2,
            "neither" => at < REACH,
            "invented" | "fiction" | "untrue" | "fabrication" | "fabricated" => true,
            "false" => !matches!(next, "alarm" | "flag" | "start") && !is_by_the_way(&lower[..at]),
            _ => false,
        };
        // A negation behind another verb of saying is not of this clause.
        let inside = lower[..at].iter().any(|word| INNER.contains(&word.as_str()));
        negations += usize::from(counts && !inside);
    }
    // "isn't", "didn't": the ending is cut from the word.
    let contracted = said.match_indices("n't").chain(said.match_indices("n\u{2019}t")).any(|(at, _)| at < 60);
    negations > 0 || contracted
}

/// The act that the words of a statement show by themselves, where it would else be taken for saying that something is so or not so:
/// "would not be drawn on the boats", "he could not tell who held it", "takes no position on whether it took place".
pub(super) fn of_words(said: &str) -> Option<Act> {
    const OPENINGS: &[(Act, &[&str])] = &[
        (
            Act::NonDenial,
            &[
                "neither confirmed nor denied",
                "neither confirm nor deny",
                "neither confirms nor denies",
                "not saying either way",
            ],
        ),
        (
            Act::CouldNotVerify,
            &[
                "could not verify",
                "could not independently",
                "could not confirm",
                "unable to verify",
                "unable to confirm",
                "not been able to verify",
                "not been able to confirm",
                "not able to verify",
                "takes no position on",
                "not been verified",
                "not been independently",
                "not been confirmed",
                "not clear if",
                "not clear whether",
                "unclear if",
                "unclear whether",
            ],
        ),
        (
            Act::DoesNotKnow,
            &[
                "could not tell",
                "could not say",
                "did not know",
                "do not know",
                "does not know",
                "don't know",
                "no knowledge of",
                "no information of",
                "not heard whether",
                "no idea whether",
                "could not remember",
            ],
        ),
        (
            Act::Decline,
            &[
                "would not be drawn",
                "would not elaborate",
                "would not comment",
                "would not discuss",
                "would not say",
                "would not answer",
                "declined to",
                "declines to",
                "refused to comment",
                "refused to say",
                "refused to answer",
                "refused to discuss",
            ],
        ),
        (
            Act::NoReply,
            &[
                "did not respond to",
                "did not reply",
                "did not immediately respond",
                "did not immediately reply",
                "did not return",
                "could not be reached",
                "did not answer",
            ],
        ),
    ];
    let lower = first_sentence(said).to_lowercase().replace('\u{2019}', "'");
    let at = |phrase: &str| lower.find(phrase).filter(|at| lower[..*at].split_whitespace().count() <= OPENING);
    let found =
        OPENINGS.iter().flat_map(|(act, phrases)| phrases.iter().filter_map(|phrase| Some((at(phrase)?, *act))));
    found.min_by_key(|(at, _)| *at).map(|(_, act)| act)
}

/// Words before what shows the act: the subject of the clause.
const OPENING: usize = 9;

/// Whether what is credited only asks: "whether the log had been kept".
pub(super) fn asks_whether(said: &str) -> bool {
    words(said).first().is_some_and(|(_, word)| word.eq_ignore_ascii_case("whether"))
}

/// Whether the cue takes something back: "withdrew its claim of responsibility". Not of one who denies or will not say.
pub(super) fn takes_back(cue: Option<&str>, act: Act) -> bool {
    const TAKES_BACK: &[&str] = &["withdraw", "retract", "recant", "disavow", "rescind"];
    matches!(act, Act::Affirm | Act::AcceptResponsibility) && cue.is_some_and(|cue| TAKES_BACK.contains(&cue))
}

/// Whether the words of a cue say that its source holds it untrue: "does not believe", "ruled out".
pub(super) fn disbelieves(cue: &str) -> bool {
    const BELIEFS: &[&str] =
        &["believe", "believed", "think", "thought", "consider", "suspect", "suspected", "agree", "accept", "expect"];
    const AGAINST: &[&str] = &[
        "debunked",
        "debunks",
        "debunking",
        "disproved",
        "disproves",
        "refuted",
        "refutes",
        "refuting",
        "negated",
        "negates",
        "dispelled",
        "dispels",
        "discredited",
    ];
    let all = tokens(cue);
    let has = |list: &[&str]| all.iter().any(|word| list.contains(&word.as_str()));
    let is_out = all.windows(2).any(|pair| pair[0].starts_with("rul") && pair[1] == "out");
    match all.iter().any(|word| is_negation(word)) {
        true => has(BELIEFS),
        false => is_out || has(AGAINST),
    }
}

/// Whether the words say that somebody holds on to what was said: an affirmation, whatever is negated beside it.
pub(super) fn stands_by(said: &str) -> bool {
    const STANDS: &[&str] = &["stand by", "stands by", "stood by"];
    let lower = first_sentence(said).to_lowercase();
    STANDS.iter().any(|words| lower.contains(words)) && !lower.contains("not st") && !lower.contains("no longer st")
}

/// "We lost a hut. We did not lose Brenholt": a part is granted and the rest denied, by the same subject in two sentences.
pub(super) fn grants_a_part(said: &str) -> bool {
    let mut sentences = said.split(['.', '!']).map(words).filter(|sentence| sentence.len() > 1);
    let (Some(first), Some(second)) = (sentences.next(), sentences.next()) else { return false };
    let negates = |sentence: &[(onrecord_evidence::TextRange, &str)]| {
        sentence.iter().take(4).any(|(_, word)| matches!(word.to_lowercase().as_str(), "not" | "never"))
    };
    first[0].1.eq_ignore_ascii_case(second[0].1) && !negates(&first) && negates(&second)
}

/// The first sentence that is no question: what follows explains it.
pub(super) fn first_sentence(said: &str) -> &str {
    let mut rest = said;
    loop {
        let end = rest.char_indices().find(|(at, letter)| {
            matches!(letter, '.' | '!' | '?' | ';')
                && rest[at + letter.len_utf8()..].chars().next().is_none_or(|next| !next.is_alphanumeric())
        });
        match end {
            Some((at, '?')) if !rest[at + 1..].trim().is_empty() && rest[at + 1..].chars().any(char::is_alphabetic) => {
                rest = &rest[at + 1..]
            }
            Some((at, _)) if at > 0 => return &rest[..at],
            _ => return rest,
        }
    }
}

/// Words of a statement in which its main clause is negated.
const REACH: usize = 14;
/// Words behind which something else is negated.
const INNER: &[&str] = &[
    "warned", "told", "urged", "asked", "ordered", "because", "if", "who", "which", "reminded", "after", "although",
    "though",
];

/// The act on the claim.
pub(super) fn on_claim(act: Act, statement_negated: bool, claim_negated: bool) -> Act {
    let is_turned = statement_negated != claim_negated;
    match act {
        Act::Affirm if is_turned => Act::Deny,
        // "Denied it: 'There was no call'": the words of the denial hold its negation.
        Act::Deny if claim_negated && !statement_negated => Act::Affirm,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_relative_to_the_wording() {
        let check = |act, statement, claim, expect| assert_eq!(on_claim(act, statement, claim), expect);
        check(Act::Affirm, false, false, Act::Affirm);
        check(Act::Affirm, true, false, Act::Deny);
        check(Act::Affirm, true, true, Act::Affirm);
        check(Act::Deny, false, false, Act::Deny);
        check(Act::Deny, true, false, Act::Deny);
        check(Act::Decline, true, false, Act::Decline);
    }

    #[test]
    fn words_show_acts() {
        let check = |said: &str, expect| assert_eq!(of_words(said), expect, "{said}");
        check("Ostrov's foreign ministry would not be drawn on the barges.", Some(Act::Decline));
        check("he could not tell who held the mill", Some(Act::DoesNotKnow));
        check("The agency takes no position on whether the call took place", Some(Act::CouldNotVerify));
        check("The barge sank.", None);
        check("The barge, which had been built in Lund for a company that could not say what for, sank.", None);
        assert!(disbelieves("does not believe") && disbelieves("has ruled out") && !disbelieves("believes"));
        assert!(!disbelieves("has not ruled out"));
        assert!(stands_by("We stand by every word") && !stands_by("We no longer stand by it"));
        assert!(
            grants_a_part("We lost a hut. We did not lose the mill") && !grants_a_part("We lost a hut. They did not.")
        );
    }
}
