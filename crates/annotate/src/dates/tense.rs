//! Whether the words around a date speak of what was or of what is to come. A rule of thumb over verbs, not a parser.

use crate::dates::token::Words;
use crate::dates::words::{Key, Lex};

/// What the verb nearest to a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    /// No verb says: news tells what has happened.
    Unknown,
}

/// How far a verb is looked for, in tokens.
const REACH: usize = 18;

/// Verbs and their like that look ahead.
const FUTURE: &[&str] = &[
    "will",
    "ll",
    "shall",
    "upcoming",
    "scheduled",
    "due",
    "expected",
    "plans",
    "plan",
    "planning",
    "hopes",
    "hope",
    "intends",
    "aims",
    "expects",
    "expect",
    "begins",
    "starts",
    "opens",
    "expires",
    "ends",
    "would",
    "could",
    "may",
    "might",
    "must",
    "should",
    "can",
    "going",
    "slated",
    "poised",
    "promises",
    "vows",
    "vowed",
    "pledged",
    "ahead",
    "needs",
    "wants",
    "let",
    "predict",
    "predicts",
    "predicted",
    "forecast",
    "forecasts",
    "forecasters",
    "anticipates",
    "anticipate",
    "anticipated",
    "projected",
    "preparing",
    "awaits",
    "begin",
    "resume",
    "resumes",
    "expire",
];
/// Verbs whose infinitive lies ahead: "planned to meet on Monday".
const AHEAD: &[&str] = &[
    "planned",
    "promised",
    "intended",
    "hoped",
    "prepared",
    "threatened",
    "invited",
    "proposed",
    "ordered",
    "arranged",
];
/// What nobody would say or could do is over: "would not comment on Thursday".
const SAYING: &[&str] = &[
    "say",
    "comment",
    "elaborate",
    "confirm",
    "discuss",
    "provide",
    "answer",
    "reveal",
    "identify",
    "disclose",
    "give",
];
const PAST: &[&str] = &[
    "said", "told", "was", "were", "had", "did", "went", "came", "took", "made", "met", "held", "left", "began",
    "fell", "rose", "shot", "hit", "won", "lost", "struck", "died", "spoke", "wrote", "saw", "found", "gave", "got",
    "ran", "sent", "sold", "brought", "became", "led", "put", "cut", "broke", "drew", "drove", "flew", "fought",
    "swore", "sworn", "blew", "withdrew", "threw", "has", "have", "ve", "been", "grew", "rang", "sank", "laid", "paid",
    "felt", "thought", "heard", "knew", "kept", "stood", "says", "sought", "taught", "caught", "built", "sunk",
];

fn is_participle(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed") || PAST.contains(&word)
}

impl Words<'_> {
    /// The tense around the tokens `start..end`: of the verb before them, else of the one behind.
    pub fn tense(&self, start: usize, end: usize) -> Tense {
        let mut at = start;
        while at > 0 && start - at < REACH {
            at -= 1;
            if self.ends_sentence(at) {
                break;
            }
            if let Some(tense) = self.verb(at) {
                return tense;
            }
        }
        (end..end + REACH)
            .take_while(|index| !self.ends_sentence(*index) && !self.mark(*index, b':'))
            .find_map(|index| self.verb(index))
            .unwrap_or(Tense::Unknown)
    }

    fn verb(&self, at: usize) -> Option<Tense> {
        let token = self.at(at);
        if !matches!(token.lex, Lex::Word | Lex::Month { .. })
            || token.end - token.start > 12
            || token.end - token.start < 2
        {
            return None;
        }
        let mut small = [0u8; 12];
        let raw = self.word(at).as_bytes();
        let small = small.get_mut(..raw.len())?;
        small.copy_from_slice(raw);
        small.make_ascii_lowercase();
        let word = std::str::from_utf8(small).ok()?;
        if word == "won" && self.mark(at + 1, b'\'') && self.says(at + 2, &["t"]) {
            return Some(Tense::Future);
        }
        if FUTURE.contains(&word) && !token.capital {
            return self.looks_ahead(at, word);
        }
        if AHEAD.contains(&word)
            && self.is(at + 1, Key::To)
            && matches!(self.lex(at + 2), Lex::Word)
            && !self.at(at + 2).capital
        {
            return Some(Tense::Future);
        }
        if word == "set" && self.is_any(at + 1, &[Key::To, Key::For]) {
            return Some(Tense::Future);
        }
        if self.is(at + 1, Key::To) && matches!(word, "is" | "are") {
            return Some(Tense::Future);
        }
        if token.capital && !self.begins_sentence(at) || !is_participle(word) {
            return None;
        }
        // "Will be held", "to be announced", "will have closed": the verb in front tells.
        let helper = (1..=2).map(|back| at.wrapping_sub(back)).find(|index| self.says(*index, &["be", "being"]));
        match helper {
            Some(_) if word != "been" => None,
            _ if matches!(word, "have") && self.says(at.wrapping_sub(1), &["will", "to", "would", "ll"]) => None,
            _ => Some(Tense::Past),
        }
    }

    /// What a word of the list says where it stands: a noun says nothing, and "could not be reached" is over.
    fn looks_ahead(&self, at: usize, word: &str) -> Option<Tense> {
        let before = at.wrapping_sub(1);
        let owned = self.is_any(before, &[Key::The, Key::A, Key::This, Key::That, Key::These, Key::Than])
            || self.says(before, &["his", "her", "its", "their", "our", "my", "no"])
            || self.before(at).joined && self.says(before, &["s"]);
        if owned && !matches!(word, "will" | "would" | "could" | "may" | "might" | "must" | "should" | "can") {
            return None;
        }
        if word == "due" && self.is(at + 1, Key::To) && !matches!(self.lex(at + 2), Lex::Word) {
            return None;
        }
        if matches!(word, "would" | "could" | "may" | "might" | "must" | "should" | "can") {
            let short = self.mark(at + 1, b'\'') || self.says(at + 1, &["couldn", "wouldn"]);
            let not = self.says(at + 1, &["not"]) || short;
            let verb = at + 2 + usize::from(short);
            let over = self.says(at + 1, &["have"])
                || not && (word == "could" || word == "would" && self.says(verb, SAYING) || self.says(verb, &["have"]));
            return Some(if over { Tense::Past } else { Tense::Future });
        }
        Some(Tense::Future)
    }

    /// Whether a sentence ends at a mark; the dot of an abbreviation ends none.
    pub fn ends_sentence(&self, at: usize) -> bool {
        match self.lex(at) {
            Lex::Break | Lex::Mark(b'?' | b'!' | b';') => true,
            Lex::Mark(b'.') => {
                let before = self.before(at);
                let short = before.end - before.start <= 2 && before.capital
                    || matches!(before.lex, Lex::Month { short: true, .. } | Lex::Weekday { short: true, .. })
                    || self.says(
                        at.wrapping_sub(1),
                        &[
                            "mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "st", "col", "lt", "capt", "prof",
                            "p", "m", "a",
                        ],
                    );
                let next = self.at(at + 1);
                !next.joined && !short || matches!(next.lex, Lex::Break)
            }
            _ => false,
        }
    }
}
