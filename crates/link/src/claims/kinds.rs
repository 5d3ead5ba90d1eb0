//! Kinds of happenings, by the words that tell of them: "telephoned", "a call" and "no conversation" are of one kind, "killed" and "warned" of two. A
//! short list of words, not a dictionary: most words are of no kind, some of several. It separates nothing alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::stem::{stem, words};

/// The kinds of happenings that words tell of: a bit for each, in the order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u64);

/// Each kind with its words; any form that has the same stem counts.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("talk", "call phone telephone rang ring rung spoke speak spoken talk conversation met meet meetings summit encounter discussed discussion contact"),
    ("warn", "warn warnings caution threat threaten urge alert"),
    ("inform", "inform aware notified briefed beforehand advance foresee foreseen predicted"),
    ("die", "kill killings dead die died dying death toll bodies corpse coffins perished fatalities fatal victims murder massacre executed lives mortuary buried"),
    ("hurt", "injured injuries hurt wounded hospital"),
    ("missing", "missing unaccounted disappeared vanished whereabouts"),
    ("blast", "explosion explode explosive blast bomb charge blew blown sabotage detonated detonation mine"),
    ("collapse", "collapse failure failed gave burst ruptured breach broke cracked overtopped"),
    ("fire", "fire blaze burned burnt arson ablaze flames"),
    ("attack", "attack raid shelling assault bombardment airstrike strikes fired shooting"),
    ("down", "intercepted downed shot shoots brought stopped destroyed"),
    ("launch", "launch fired"),
    ("capture", "capture taken seize seizure fall fallen fell lost loss hold held control controlled occupied hands retake retaken recaptured restored retook liberated protection"),
    ("withdraw", "withdraw withdrew withdrawn withdrawal retreat pulled pullback"),
    ("order", "order instructed instruction commanded directed"),
    ("upkeep", "maintenance maintained neglect serviced inspection inspected repair replaced replacement tested greased painted overdue defects skipped"),
    ("blame", "responsibility responsible blame behind culprit perpetrators carried"),
    ("resign", "resign resignation quit stepping fired sacked dismissed dismissal ousted"),
    ("arrest", "arrest detained detention custody jailed prison imprisoned caught"),
    ("court", "charged trial indicted indictment prosecutors prosecuted court sue sued suing lawsuit convicted sentenced"),
    ("close", "close shut closure suspended halted"),
    ("pay", "pay paid payment cost price fee salary wage loan money bribe bribery donated"),
    ("buy", "buy bought purchase acquire acquisition takeover merger merge sell sold sale deal transfer"),
    ("vote", "vote election elected ballot poll motion abstained"),
    ("win", "win won victory winner concede"),
    ("agree", "agree agreement treaty accord sign pact truce ceasefire"),
    ("release", "release unveil ship"),
    ("delay", "delay postponed"),
    ("ill", "ill sick disease infected infection virus outbreak cases patient ebola"),
    ("hoax", "hoax fake staged satire prank invented fabricated fiction doctored"),
    ("evacuate", "evacuate evacuation fled flee"),
    ("approve", "endorse approve approval blessing backed opposed"),
    ("expel", "expel expelled expulsion deport"),
    ("marry", "marry marriage wedding engaged divorce pregnant baby birth"),
    ("steal", "steal stole stolen theft robbed robbery smuggled"),
    ("find", "found find discovered discovery located recovered"),
    ("spy", "spy espionage hacked hackers"),
    ("protest", "protest protesters demonstrators marched rally"),
    ("grow", "rise risen rose increase raised lowered cut drop"),
    ("travel", "visit arrive travel travelled landed flew flight"),
    ("hire", "hire appointed named"),
    ("cover", "hid hidden secret cover concealed"),
    ("rescue", "rescue saved survived survivors alive"),
    ("leak", "leak escaped"),
    ("build", "build built construct construction"),
];

/// The kinds of each stem.
static KINDS: LazyLock<BTreeMap<String, u64>> = LazyLock::new(|| {
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for (at, (_, words)) in WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *kinds.entry(stem(word)).or_default() |= 1 << at;
        }
    }
    kinds
});

impl Kinds {
    /// The kinds of the words of `said`.
    pub(crate) fn of(said: &str) -> Self {
        let found = words(said, 0);
        Self(found.iter().filter_map(|word| KINDS.get(&stem(&word.folded()))).fold(0, |all, kinds| all | kinds))
    }

    /// The kinds of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether both tell of one kind.
    pub(crate) const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_kind_meet() {
        let check = |one: &str, other: &str, expect: bool| {
            assert_eq!(Kinds::of(one).meet(Kinds::of(other)), expect, "{one} / {other}");
        };
        check("that vask telephoned the governor", "there was no conversation", true);
        check("the call never happened", "they met at the lake", true);
        check("at least 80 people were killed", "the toll has risen to 127", true);
        check("at least 80 people were killed", "the operator was warned", false);
        check("the harbour is nine metres deep", "the harbour is deep", false);
    }

    #[test]
    fn every_kind_has_a_bit() {
        assert!(WORDS.len() <= 64);
        assert!(WORDS.iter().all(|(name, words)| Kinds::of(words).0 != 0 && !name.is_empty()));
    }
}
