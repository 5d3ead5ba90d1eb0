//! The act of a statement on its claim *as the claim is worded*: who says that no call took place denies "a call took place". Not the act of
//! the attribution, which the record has.

use onrecord_annotate::Act;

use super::names::words;
use crate::claims::Statement;

/// Whether the statement says that it is not so: a negation of its main clause, not one of what was warned of or asked ("told him not to").
pub(super) fn is_negated(statement: &Statement, text: &str) -> bool {
    let whole = statement.words(text);
    let said = first_sentence(&whole);
    let found = words(said);
    let lower: Vec<String> = found.iter().map(|(_, word)| word.to_lowercase()).collect();
    let mut negations = 0_usize;
    for (at, word) in lower.iter().enumerate() {
        let next = lower.get(at + 1).map_or("", String::as_str);
        let counts = match word.as_str() {
            "no" => !matches!(next, "longer" | "doubt" | "matter" | "later" | "fewer" | "less" | "more") && at < REACH,
            "not" => !matches!(next, "to" | "only" | "just" | "least" | "because") && at < REACH,
            "never" | "nobody" | "none" | "nothing" => at < REACH,
            "neither" => at < REACH,
            "invented" | "fiction" | "untrue" | "fabrication" | "fabricated" => true,
            "false" => !matches!(next, "alarm" | "flag" | "start"),
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
}
