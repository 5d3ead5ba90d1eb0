//! What each rule of positions, origins, standing, figures and drift says, in one sentence for people. Not the rules themselves.

/// Rule and sentence, by rule.
const REASONS: &[(&str, &str)] = &[
    ("a-claim-that-ends-it", "another claim on record says that it ended"),
    ("a-part-above-its-whole", "one is a part of the other and is higher"),
    ("a-part-does-not-contradict-a-whole", "one is a part of the other, and a part does not contradict a whole"),
    ("a-persons-decision", "a person decided it"),
    ("affirmed-by-the-accused", "the party against whom the act is alleged affirms that same event"),
    (
        "all-read-and-equal-but-the-number",
        "unit, action, place, window and role are read and equal, and the numbers do not fit",
    ),
    ("at-least-two-origins", "at least two independent origins are shown in words"),
    ("attribution-disputed", "reports disagree on who spoke"),
    ("cites-a-newsroom", "it says that another newsroom reported it"),
    ("commitment-changed", "no hedge word came or went, and it is held more or less surely"),
    ("corrected-by-who-said-it", "who had said it gave another in its place, or corrected it"),
    ("denied", "a party denies it"),
    ("denied-in-part", "a party denies a part of it and grants another"),
    ("denies-responsibility", "a party denies having done it"),
    ("denies-the-same-event", "a party denies the same event in other words"),
    ("denies-the-whole", "a party denies the whole that it is a part of"),
    ("denies-what-it-presupposes", "a party denies what it takes for granted"),
    ("derived-from-a-report-without-it", "its passage is taken from a report that does not say it"),
    ("derived-passage", "the passage that carries it is taken from another report"),
    ("each-a-part-of-something-else", "each is limited in a way in which the other is not"),
    ("estimates-of-different-parties", "different parties estimate it"),
    ("every-origin-withdrew", "every origin withdrew"),
    ("fits-the-bound", "one number fits both"),
    ("hedge-exchanged", "one hedge was lost on the way and another gained"),
    ("hedge-gained", "a hedge was gained on the way"),
    ("hedge-lost", "a hedge was lost on the way"),
    ("hedge-reworded", "the same party hedges in other words"),
    ("impostor-of-a-masthead", "the outlet is an impostor of a masthead"),
    ("incompatible-accounts", "another account that is stood by cannot stand beside it"),
    ("intention-or-opinion", "intentions and opinions get no standing"),
    ("later-figure-of-the-claimant", "a later figure of the same claimant took its place"),
    ("later-total-of-the-same-claimant", "a later total of the same claimant and scope"),
    ("latest-utterance", "by the time of utterance; the latest is current"),
    ("may-precede-event", "it may have been said before the event: context, no position"),
    ("no-origin-shown", "no report shows a basis of its own in words"),
    ("nobody-affirms", "nobody on record affirms it"),
    ("not-affirmed-since", "it was last affirmed then, and may have ended since"),
    ("nothing-took-its-place", "nothing on record has taken its place"),
    ("one-occasion", "both were said on one occasion, and both are kept"),
    ("one-origin", "one independent origin is shown in words"),
    ("only-one-side-affirms", "only a party to the conflict or its ally affirms it"),
    ("only-own-voice", "only outlets say it, in their own voice"),
    ("only-stated-ground", "the other is its only stated ground"),
    ("only-the-roles-differ", "the same number, with who did it to whom exchanged"),
    ("order-undetermined", "nothing shows which was said last, and both are kept"),
    ("outlets-own-arithmetic", "the outlet's own arithmetic"),
    ("own-observation", "the newsroom's reporter saw it"),
    ("own-voice", "the outlet says it in its own voice"),
    ("own-voice-beside-a-source", "the outlet says it in its own voice beside a source of the same report"),
    ("precedes-event", "it was said before the event: context, no position"),
    ("report-withdrawn", "every newsroom that reported it has withdrawn it"),
    ("rests-on-a-saying-beside-it", "a source of the same report says as much elsewhere in it"),
    ("scope-differs-or-is-missing", "something that must be read and equal differs or is missing"),
    ("takes-no-stand", "it takes no stand, and leaves the stand that was taken"),
    ("the-same-number", "the same number of the same"),
    ("unnamed-sources-of-its-own", "the newsroom vouches for unnamed sources of its own, by words"),
    (
        "unnamed-sources-without-a-basis",
        "the newsroom vouches for unnamed sources, and no words show on what they rest",
    ),
    ("utterance-of-a-party", "the chain ends at what a party said or wrote"),
];

/// What a rule says; `None` for a word that names no rule.
///
/// ```
/// use onrecord_link::standing::reason;
/// assert_eq!(reason("every-origin-withdrew"), Some("every origin withdrew"));
/// ```
pub fn reason(rule: &str) -> Option<&'static str> {
    let at = REASONS.binary_search_by(|(name, _)| (*name).cmp(rule)).ok()?;
    REASONS.get(at).map(|(_, sentence)| *sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_sentence() {
        assert!(REASONS.is_sorted());
        let sources = [
            include_str!("../position/positions.rs"),
            include_str!("../origin/tree.rs"),
            include_str!("../origin/group.rs"),
            include_str!("denial.rs"),
            include_str!("life.rs"),
            include_str!("rule.rs"),
            include_str!("../figure/compare.rs"),
            include_str!("../drift/hedge.rs"),
        ];
        let no_rules = ["kebab-case", "linked-claims-left-out"];
        for literal in sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2)) {
            let is_rule =
                literal.contains('-') && literal.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            if is_rule && !no_rules.contains(&literal) {
                assert!(reason(literal).is_some(), "{literal}");
            }
        }
        for (rule, _) in REASONS {
            assert!(sources.iter().any(|source| source.contains(&format!("\"{rule}\""))), "{rule}");
        }
    }
}
