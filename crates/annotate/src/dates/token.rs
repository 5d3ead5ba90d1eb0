//! A text as the tokens that dates are read from. Not a general tokenizer: words no date has are all alike.

use std::cell::Cell;

use onrecord_evidence::TextRange;

use crate::dates::words::{Key, Lex, lookup};

/// One word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub start: u32,
    pub end: u32,
    pub lex: Lex,
    /// Begins with a capital.
    pub capital: bool,
    /// Nothing stands between it and the token before it.
    pub joined: bool,
}

/// The tokens of `text` in order. Time and space are linear in its length.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(bytes.len() / 5 + 8);
    let mut at = 0;
    let mut joined = false;
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        let (lex, capital) = match byte {
            b'\n' | b'\r' => {
                at += 1;
                if matches!(tokens.last(), Some(Token { lex: Lex::Break, .. })) {
                    joined = false;
                    continue;
                }
                (Lex::Break, false)
            }
            b' ' | b'\t' | 0..=0x1F => {
                at += 1;
                joined = false;
                continue;
            }
            b'0'..=b'9' => {
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
                (number(&bytes[start..at]), false)
            }
            b'A'..=b'Z' | b'a'..=b'z' => {
                while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
                    at += 1;
                }
                let foreign = at < bytes.len() && bytes[at] >= 0x80 && letters(text, &mut at);
                let lex = if foreign { Lex::Word } else { lookup(&bytes[start..at]) };
                (lex, byte.is_ascii_uppercase())
            }
            0..=0x7F => {
                at += 1;
                (Lex::Mark(byte), false)
            }
            _ => match text[at..].chars().next() {
                Some(letter) if letter.is_alphabetic() => {
                    letters(text, &mut at);
                    (Lex::Word, letter.is_uppercase())
                }
                Some(letter) => {
                    at += letter.len_utf8();
                    if letter.is_whitespace()
                        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{2060}')
                    {
                        joined = false;
                        continue;
                    }
                    (Lex::Mark(plain(letter)), false)
                }
                None => break,
            },
        };
        tokens.push(Token { start: start as u32, end: at as u32, lex, capital, joined });
        joined = true;
    }
    tokens
}

/// Moves past letters and digits-free marks of a word that is not plain ASCII; whether it moved.
fn letters(text: &str, at: &mut usize) -> bool {
    let rest = &text[*at..];
    let len: usize = rest.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
    *at += len;
    len > 0
}

/// A figure of up to nine digits; longer ones are words that no date has.
fn number(digits: &[u8]) -> Lex {
    if digits.len() > 9 {
        return Lex::Word;
    }
    let value = digits.iter().fold(0u32, |value, digit| value * 10 + u32::from(digit - b'0'));
    Lex::Number { value, digits: digits.len() as u8 }
}

/// The ASCII mark that stands for a typographic one.
const fn plain(letter: char) -> u8 {
    match letter {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => b'-',
        '’' | '‘' | '′' | 'ʼ' => b'\'',
        '“' | '”' | '„' | '«' | '»' => b'"',
        '…' => b'.',
        '½' => b'h',
        _ => b'#',
    }
}

/// Tokens with their text: what the rules look at.
pub(crate) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    /// How many dates deep the reading of one date's anchor is ("the day after the day after ...").
    pub depth: Cell<u8>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, depth: Cell::new(0) }
    }

    /// The token at an index; a line break stands beyond both ends.
    pub fn at(&self, index: usize) -> Token {
        const END: Token = Token { start: 0, end: 0, lex: Lex::Break, capital: false, joined: false };
        self.tokens.get(index).copied().unwrap_or(END)
    }

    pub fn lex(&self, index: usize) -> Lex {
        self.at(index).lex
    }

    /// What stands before the token at `index`.
    pub fn before(&self, index: usize) -> Token {
        self.at(index.wrapping_sub(1))
    }

    pub fn is(&self, index: usize, key: Key) -> bool {
        self.lex(index) == Lex::Key(key)
    }

    pub fn is_any(&self, index: usize, keys: &[Key]) -> bool {
        matches!(self.lex(index), Lex::Key(key) if keys.contains(&key))
    }

    pub fn mark(&self, index: usize, mark: u8) -> bool {
        self.lex(index) == Lex::Mark(mark)
    }

    /// The index behind `key` where it stands at `index`, else `index`.
    pub fn skip(&self, index: usize, keys: &[Key]) -> usize {
        index + usize::from(self.is_any(index, keys))
    }

    pub fn skip_mark(&self, index: usize, mark: u8) -> usize {
        index + usize::from(self.mark(index, mark))
    }

    /// The exact words of one token.
    pub fn word(&self, index: usize) -> &'a str {
        let token = self.at(index);
        self.text.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    /// Whether the token is one of these words, whatever its capitals.
    pub fn says(&self, index: usize, words: &[&str]) -> bool {
        let word = self.word(index);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    /// A number of figures with at most `digits` digits.
    pub fn figure(&self, index: usize, digits: std::ops::RangeInclusive<u8>) -> Option<u32> {
        match self.lex(index) {
            Lex::Number { value, digits: found } if digits.contains(&found) => Some(value),
            _ => None,
        }
    }

    /// The bytes from one token up to, not including, another.
    pub fn range(&self, start: usize, end: usize) -> TextRange {
        TextRange::new(self.at(start).start, self.at(end.max(start + 1) - 1).end)
    }

    /// Whether the token is glued to a letter, figure or mark before it that makes it part of something else.
    pub fn glued(&self, index: usize) -> bool {
        let token = self.at(index);
        let before = self.before(index).lex;
        token.joined
            && !matches!(before, Lex::Break)
            && !matches!(before, Lex::Mark(b'(' | b'[' | b'"' | b'\'' | b'-' | b'/' | b':' | b'#' | b';' | b'h'))
    }

    /// Whether the token begins a sentence, as far as can be told from the one before it.
    pub fn begins_sentence(&self, index: usize) -> bool {
        matches!(self.before(index).lex, Lex::Break | Lex::Mark(b'.' | b'?' | b'!' | b'"' | b':' | b'-' | b'#'))
    }
}
