//! The words of a text with what a look-up needs: folded form, case, sentence, paragraph, inside of a quotation or not. Not a grammar.

use std::collections::HashSet;
use std::ops::Range;

use onrecord_evidence::{Block, BlockKind, TextRange};

use super::fold::folded;
use super::lists;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    Capital,
    /// Two or more capitals and nothing else.
    Upper,
    Number,
    /// `'s` or the apostrophe behind a plural.
    Possessive,
    Comma,
    Stop,
    Quote,
    Open,
    Close,
    Dash,
    Other,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub range: TextRange,
    /// Folded, without dots; the mark itself for marks.
    pub lower: String,
    pub shape: Shape,
    pub sentence: u32,
    pub paragraph: u32,
    /// Whether it stands inside of double quotation marks.
    pub quoted: bool,
}

impl Token {
    pub fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capital | Shape::Upper | Shape::Number)
    }
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }
}

pub(super) struct Words<'text> {
    pub text: &'text str,
    pub tokens: Vec<Token>,
    /// Tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
    /// Sentences whose words nearly all have capitals, by index: headlines.
    pub titled: Vec<bool>,
    /// Lower-case words of the text.
    pub lower: HashSet<String>,
    /// Words that have a capital in the middle of a sentence.
    pub capital: HashSet<String>,
}

/// Abbreviations that keep their dot.
const DOTTED: &[&str] = &[
    "mr", "mrs", "ms", "dr", "sen", "sens", "rep", "reps", "gov", "govs", "gen", "lt", "col", "st", "jr", "sr", "rev",
    "prof", "hon", "sgt", "capt", "maj", "adm", "del", "pres", "messrs", "cmdr", "cpl", "brig", "supt", "no", "vt",
    "calif", "fla", "conn", "mass", "ariz", "pa", "va", "ala", "ark", "colo", "ga", "ill", "ind", "kan", "ky", "la",
    "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "tenn", "tex", "wash", "wis", "wyo",
];

impl<'text> Words<'text> {
    pub fn new(text: &'text str, blocks: &[Block], sentences: &[TextRange]) -> Self {
        let mut words = Self {
            text,
            tokens: Vec::with_capacity(text.len() / 5),
            sentences: Vec::with_capacity(sentences.len()),
            titled: Vec::with_capacity(sentences.len()),
            lower: HashSet::new(),
            capital: HashSet::new(),
        };
        let (mut paragraph, mut end, mut quoted, mut block) = (0, 0, false, 0);
        for (index, sentence) in sentences.iter().enumerate() {
            if sentence.start < end {
                words.sentences.push(words.tokens.len()..words.tokens.len());
                words.titled.push(false);
                continue;
            }
            let gap = TextRange::new(end, sentence.start).slice(text).unwrap_or_default();
            let mut heading = false;
            while blocks.get(block).is_some_and(|block| block.range.end <= sentence.start) {
                block += 1;
            }
            if let Some(block) = blocks.get(block).filter(|block| block.range.overlaps(*sentence)) {
                heading = block.kind == BlockKind::Heading;
            }
            if gap.contains('\n') || index == 0 {
                paragraph += 1;
                quoted = false;
            }
            let first = words.tokens.len();
            words.read(*sentence, index as u32, paragraph, &mut quoted);
            end = sentence.end;
            let titled = words.close(first, heading);
            words.sentences.push(first..words.tokens.len());
            words.titled.push(titled);
        }
        words
    }

    /// Cuts one sentence into tokens.
    fn read(&mut self, sentence: TextRange, index: u32, paragraph: u32, quoted: &mut bool) {
        let Some(words) = sentence.slice(self.text) else { return };
        let mut letters = words.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            if letter.is_whitespace() {
                continue;
            }
            let mut end = at + letter.len_utf8();
            let mut shape = match letter {
                ',' | ';' | ':' => Shape::Comma,
                '.' | '!' | '?' | '…' => Shape::Stop,
                '"' | '“' | '”' | '«' | '»' | '„' => Shape::Quote,
                '\'' if words[end..].starts_with('\'') => {
                    letters.next();
                    end += 1;
                    Shape::Quote
                }
                '(' | '[' | '{' => Shape::Open,
                ')' | ']' | '}' => Shape::Close,
                '—' | '–' | '-' => Shape::Dash,
                '\'' | '’'
                    if words[end..].starts_with(['s', 'S']) && !words[end + 1..].starts_with(char::is_alphanumeric) =>
                {
                    letters.next();
                    end += 1;
                    Shape::Possessive
                }
                '\'' | '’'
                    if self.tokens.last().is_some_and(|last| {
                        last.range.end == sentence.start + at as u32 && last.lower.ends_with('s')
                    }) =>
                {
                    Shape::Possessive
                }
                _ if letter.is_alphanumeric() || matches!(letter, '@' | '#') => Shape::Lower,
                _ => Shape::Other,
            };
            if shape == Shape::Quote {
                *quoted = match letter {
                    '“' | '«' | '„' => true,
                    '”' | '»' => false,
                    _ => !*quoted,
                };
            }
            if shape == Shape::Lower {
                let (mut capitals, mut smalls, mut digits) = (0, 0, 0);
                let mut count = |letter: char| {
                    if letter.is_uppercase() {
                        capitals += 1;
                    } else if letter.is_alphabetic() {
                        smalls += 1;
                    } else if letter.is_numeric() {
                        digits += 1;
                    }
                };
                count(letter);
                while let Some((next_at, next)) = letters.peek().copied() {
                    let rest = &words[next_at + next.len_utf8()..];
                    let joins = next.is_alphanumeric()
                        || (matches!(next, '-' | '\'' | '’' | '&')
                            || (next == '.' && rest.starts_with(char::is_alphanumeric)))
                            && rest.starts_with(char::is_alphanumeric)
                            && !(matches!(next, '\'' | '’')
                                && rest.starts_with('s')
                                && !rest[1..].starts_with(char::is_alphanumeric))
                        || (next == '\u{301}');
                    if !joins {
                        break;
                    }
                    count(next);
                    end = next_at + next.len_utf8();
                    letters.next();
                }
                // A dot belongs to initials and abbreviations.
                let written = &words[at..end];
                if words[end..].starts_with('.') {
                    let initial =
                        capitals > 0 && (written.chars().count() == 1 || (written.contains('.') && written.len() < 8));
                    if initial || (capitals > 0 && lists::has(DOTTED, &folded(written))) {
                        end += 1;
                        letters.next();
                    }
                }
                shape = if digits > 0 && capitals + smalls == 0 {
                    Shape::Number
                } else if capitals >= 2 && smalls == 0 {
                    Shape::Upper
                } else if letter.is_uppercase()
                    || (capitals > 0 && (words[at..end].contains('-') || matches!(letter, 'i' | 'e')))
                {
                    Shape::Capital
                } else {
                    Shape::Lower
                };
            }
            let range = TextRange::new(sentence.start + at as u32, sentence.start + end as u32);
            let mut lower = folded(&words[at..end]);
            if shape != Shape::Stop && lower.contains('.') {
                lower.retain(|letter| letter != '.');
            }
            self.tokens.push(Token { range, lower, shape, sentence: index, paragraph, quoted: *quoted });
        }
    }

    /// Looks at the case of a finished sentence.
    fn close(&mut self, first: usize, heading: bool) -> bool {
        let long = |token: &&Token| token.is_word() && token.shape != Shape::Number && token.lower.len() > 3;
        let all = self.tokens[first..].iter().filter(long).count();
        let capitals = self.tokens[first..].iter().filter(long).filter(|token| token.is_capital()).count();
        let upper = self.tokens[first..].iter().filter(long).filter(|token| token.shape == Shape::Upper).count();
        let ends = self.tokens.last().is_some_and(|last| last.shape == Shape::Stop);
        let plain = self.tokens[first..].iter().all(|token| {
            token.shape != Shape::Lower
                || lists::has(lists::COMMON, &token.lower)
                || lists::has(lists::PREPOSITIONS, &token.lower)
                || token.lower.len() < 3
        });
        let titled =
            (all >= 4 && (plain || heading) && capitals * 10 >= all * 7 && (heading || !ends || capitals == all))
                || (all >= 3 && upper * 10 >= all * 7)
                || (all >= 1 && upper == all && self.tokens.len() - first <= 4);
        if !titled {
            let mut middle = false;
            for at in first..self.tokens.len() {
                let token = &self.tokens[at];
                match token.shape {
                    Shape::Lower => {
                        if !self.lower.contains(&token.lower) {
                            self.lower.insert(token.lower.clone());
                        }
                        middle = true;
                    }
                    Shape::Capital | Shape::Upper => {
                        if middle && !self.capital.contains(&token.lower) {
                            self.capital.insert(token.lower.clone());
                        }
                        middle = true;
                    }
                    Shape::Quote | Shape::Stop | Shape::Open | Shape::Dash => middle = false,
                    Shape::Comma => middle = middle && token.lower != ":",
                    _ => {}
                }
            }
        }
        titled
    }

    pub fn at(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.lower)
    }

    pub fn shape(&self, index: usize) -> Shape {
        self.tokens.get(index).map_or(Shape::Stop, |token| token.shape)
    }

    pub fn range(&self, first: usize, last: usize) -> TextRange {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(first), Some(last)) => first.range.hull(last.range),
            _ => TextRange::default(),
        }
    }

    /// The tokens that lie in `range`.
    pub fn within(&self, range: TextRange) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.range.end <= range.start);
        let last = self.tokens.partition_point(|token| token.range.start < range.end);
        first..last.max(first)
    }

    /// Lower forms of a run of tokens, joined by one space.
    pub fn joined(&self, first: usize, last: usize) -> String {
        let mut out = String::new();
        for at in first..=last.min(self.tokens.len().saturating_sub(1)) {
            if !out.is_empty() && self.shape(at) != Shape::Possessive {
                out.push(' ');
            }
            out.push_str(self.at(at));
        }
        out
    }
}
