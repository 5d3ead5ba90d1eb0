//! Words, digits and signs of one sentence, with their bytes. Not a general tokenizer: made for what stands around numbers.

use onrecord_evidence::TextRange;

use super::table::{Flags, Table};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with apostrophes between them.
    Word,
    /// Digits, with commas and points between them.
    Digits,
    /// "'s" or a lone apostrophe behind a word.
    Possessive,
    /// One other sign.
    Sign(char),
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) range: TextRange,
    pub(super) kind: Kind,
    /// Whether no white space stands before it; false for the first.
    pub(super) glued: bool,
    pub(super) flags: Flags,
}

/// A sentence as tokens. Every look outside of it finds an empty word without flags.
pub(super) struct Line<'t> {
    text: &'t str,
    /// The text of the sentence with ASCII letters in lower case: as long as the text, byte for byte.
    lower: String,
    start: u32,
    tokens: Vec<Token>,
    title: bool,
}

const APOSTROPHES: [char; 2] = ['\'', '’'];

/// The value of a decimal digit of the scripts that news in English quotes numbers in.
pub(super) fn digit(letter: char) -> Option<u8> {
    let zero = match letter {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u8::try_from(u32::from(letter) - u32::from(zero)).ok()
}

/// The tokens of `words`, whose first byte is at `start`.
pub(super) fn tokens(words: &str, start: u32) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(words.len() / 5 + 1);
    let mut letters = words.char_indices().peekable();
    let mut glued = false;
    let after = |at: usize| words.get(at..).and_then(|rest| rest.chars().next());
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() || letter == '\u{ad}' {
            glued = false;
            continue;
        }
        let mut end = at + letter.len_utf8();
        let kind = if digit(letter).is_some() {
            while let Some((at, letter)) = letters.peek().copied() {
                let next = at + letter.len_utf8();
                let inside =
                    matches!(letter, ',' | '.' | '٬' | '٫') && after(next).is_some_and(|next| digit(next).is_some());
                if !inside && digit(letter).is_none() {
                    break;
                }
                end = next;
                letters.next();
            }
            Kind::Digits
        } else if letter.is_alphabetic() {
            while let Some((at, letter)) = letters.peek().copied() {
                let next = at + letter.len_utf8();
                if APOSTROPHES.contains(&letter) {
                    let mut rest = words[next..].chars();
                    let first = rest.next();
                    let possessive = matches!(first, Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphabetic);
                    if possessive || !first.is_some_and(char::is_alphabetic) {
                        break;
                    }
                } else if !letter.is_alphabetic() && !is_mark(letter) {
                    break;
                }
                end = next;
                letters.next();
            }
            Kind::Word
        } else if APOSTROPHES.contains(&letter)
            && glued
            && matches!(tokens.last(), Some(Token { kind: Kind::Word, .. }))
        {
            if let Some((at, 's' | 'S')) = letters.peek().copied()
                && !after(at + 1).is_some_and(char::is_alphabetic)
            {
                end = at + 1;
                letters.next();
            }
            Kind::Possessive
        } else {
            Kind::Sign(letter)
        };
        let range = TextRange::new(start + at as u32, start + end as u32);
        tokens.push(Token { range, kind, glued, flags: Flags::default() });
        glued = true;
    }
    tokens
}

/// A word of more than three capitals.
fn shouts(word: &str) -> bool {
    word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Combining marks that belong to the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

impl<'t> Line<'t> {
    /// The sentence at `range`; `None` where it does not fit the text.
    pub(super) fn new(text: &'t str, range: TextRange, table: &Table) -> Option<Self> {
        let words = range.slice(text)?;
        let lower = words.to_ascii_lowercase();
        let mut tokens = tokens(words, range.start);
        let mixed = words.bytes().any(|byte| byte.is_ascii_lowercase());
        let shouted: Vec<bool> =
            tokens.iter().map(|token| shouts(token.range.slice(text).unwrap_or_default())).collect();
        for (at, token) in tokens.iter_mut().enumerate() {
            if token.kind == Kind::Word {
                let inside = (token.range.start - range.start) as usize..(token.range.end - range.start) as usize;
                // "US" is no pronoun and "WHO" asks nothing, but "FROM AFRICA" is shouted.
                let beside = shouted.get(at + 1) == Some(&true) || at > 0 && shouted.get(at - 1) == Some(&true);
                let name = words
                    .get(inside.clone())
                    .is_some_and(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
                if !(name && mixed) || beside {
                    token.flags = lower.get(inside).map_or(Flags::default(), |word| table.flags(word));
                }
            }
        }
        let mut line = Self { text, lower, start: range.start, tokens, title: false };
        line.title = line.is_title();
        Some(line)
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The token's letters, as written.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.get(at).and_then(|token| token.range.slice(self.text)).unwrap_or_default()
    }

    /// The token's letters, ASCII ones in lower case.
    pub(super) fn lower(&self, at: usize) -> &str {
        let inside = |token: &Token| (token.range.start - self.start) as usize..(token.range.end - self.start) as usize;
        self.get(at).and_then(|token| self.lower.get(inside(token))).unwrap_or_default()
    }

    pub(super) fn has(&self, at: usize, flags: Flags) -> bool {
        self.get(at).is_some_and(|token| token.flags.any(flags))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.get(at).map(|token| token.kind)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Word)
    }

    pub(super) fn is_digits(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Digits)
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at) {
            Some(Kind::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.sign(at).is_some_and(|sign| signs.contains(&sign))
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.is_sign(at, &['-', '‐', '‑', '–', '—', '−'])
    }

    /// Whether a hyphen stands at `at` with no space on either side.
    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        self.is_sign(at, &['-', '‐', '‑', '–', '−']) && self.glued(at) && self.glued(at + 1)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    /// Whether the word begins with a capital letter.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.is_word(at) && self.word(at).starts_with(char::is_uppercase)
    }

    /// What stands between the token and the one before it.
    pub(super) fn gap(&self, at: usize) -> &'t str {
        let before = at.checked_sub(1).and_then(|before| self.get(before));
        let gap = before.zip(self.get(at)).map(|(before, token)| TextRange::new(before.range.end, token.range.start));
        gap.and_then(|gap| gap.slice(self.text)).unwrap_or_default()
    }

    /// The text from the byte `start` up to the token `end`.
    pub(super) fn words_between(&self, start: u32, end: usize) -> &'t str {
        let end = self.get(end).map_or(self.start + self.lower.len() as u32, |token| token.range.start);
        TextRange::new(start, end).slice(self.text).unwrap_or_default()
    }

    /// The bytes of the tokens `from` up to, not including, `to`.
    pub(super) fn range(&self, from: usize, to: usize) -> TextRange {
        let start = self.get(from).map_or(0, |token| token.range.start);
        let end = to.checked_sub(1).and_then(|last| self.get(last)).map_or(start, |token| token.range.end);
        TextRange::new(start, end)
    }
}

impl Line<'_> {
    /// Whether the line is a headline in which most words have capitals, so that a capital says nothing.
    pub(super) fn title(&self) -> bool {
        self.title
    }

    /// An adverb in "-ly".
    pub(super) fn is_adverb(&self, at: usize) -> bool {
        const OTHERS: [&str; 9] =
            ["family", "only", "supply", "assembly", "monopoly", "anomaly", "reply", "apply", "ally"];
        let word = self.lower(at);
        self.is_word(at) && !self.capital(at) && word.len() > 4 && word.ends_with("ly") && !OTHERS.contains(&word)
    }

    fn is_title(&self) -> bool {
        let words = (0..self.len().min(40)).filter(|at| self.is_word(*at) && !self.has(*at, Flags::FUNCTION));
        let (capitals, all) =
            words.fold((0, 0), |(capitals, all), at| (capitals + usize::from(self.capital(at)), all + 1));
        all >= 4 && capitals * 10 >= all * 8 && !self.is_sign(self.len().saturating_sub(1), &['.', '!', '?', '"', '”'])
    }
}
