//! Text to BERT's uncased word pieces, each with the bytes of the text that it stands for.
//!
//! Gives the ids of the Hugging Face tokenizer for the same vocabulary (a test holds fixtures of it). Bytes that leave no
//! trace in any piece (combining accents) belong to the letter before them. Not here: special marks; "[SEP]" in a text
//! is punctuation and a word.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;

use onrecord_evidence::TextRange;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{Error, ErrorKind};

/// Words of more characters than this are not looked up.
const LONGEST_WORD: usize = 100;
/// The id of a word that the vocabulary cannot spell.
const UNKNOWN: u32 = 100;

/// A hasher without random keys: the same in every run.
type Map<K> = HashMap<K, u32, BuildHasherDefault<DefaultHasher>>;

/// The vocabulary: pieces that begin a word, and pieces that go on with one.
pub(super) struct Vocabulary {
    first: Map<Box<str>>,
    further: Map<Box<str>>,
    /// Length in bytes of the longest piece.
    longest: usize,
}

/// One piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordPiece {
    pub(super) id: u32,
    pub(super) range: TextRange,
    /// Whether it goes on with the word of the piece before.
    pub(super) continues: bool,
}

/// A character of the normalised word, with the bytes of the text that it came from.
struct Letter {
    /// Where it starts in the normalised word, in bytes.
    at: usize,
    range: TextRange,
}

#[derive(Default)]
struct Word {
    text: String,
    letters: Vec<Letter>,
}

impl Vocabulary {
    /// Reads a vocabulary, one piece a line; its number is its id.
    pub(super) fn read(lines: &str, size: usize) -> Result<Self, Error> {
        let (mut first, mut further, mut longest, mut count) = (Map::default(), Map::default(), 0, 0);
        for (line, id) in lines.lines().zip(0u32..) {
            count += 1;
            longest = longest.max(line.len());
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => further.insert(rest.into(), id),
                _ => first.insert(line.into(), id),
            };
        }
        if count == size {
            Ok(Self { first, further, longest })
        } else {
            let message = format!("the vocabulary has {count} lines, the weights expect {size}");
            Err(Error::new(ErrorKind::Vocabulary, message))
        }
    }

    /// The pieces of `text`, in order.
    pub(super) fn pieces(&self, text: &str) -> Vec<WordPiece> {
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut word = Word::default();
        for (start, original) in text.char_indices() {
            let range = TextRange::new(start as u32, (start + original.len_utf8()) as u32);
            if original.is_ascii_alphanumeric() {
                word.push(original.to_ascii_lowercase(), range);
                continue;
            }
            if is_space(original) {
                self.finish(&mut word, &mut pieces);
                continue;
            }
            if is_dropped(original) {
                continue;
            }
            let ideograph = is_ideograph(original);
            if ideograph {
                self.finish(&mut word, &mut pieces);
            }
            for decomposed in std::iter::once(original).nfd() {
                if decomposed.general_category() == GeneralCategory::NonspacingMark {
                    word.extend(range);
                    continue;
                }
                for letter in decomposed.to_lowercase() {
                    if is_punctuation(letter) {
                        self.finish(&mut word, &mut pieces);
                        word.push(letter, range);
                        self.finish(&mut word, &mut pieces);
                    } else {
                        word.push(letter, range);
                    }
                }
            }
            if ideograph {
                self.finish(&mut word, &mut pieces);
            }
        }
        self.finish(&mut word, &mut pieces);
        pieces
    }

    /// Spells `word` by the longest pieces from its start, and empties it.
    fn finish(&self, word: &mut Word, pieces: &mut Vec<WordPiece>) {
        let before = pieces.len();
        if !self.spell(word, pieces) {
            pieces.truncate(before);
            if let (Some(first), Some(last)) = (word.letters.first(), word.letters.last()) {
                pieces.push(WordPiece { id: UNKNOWN, range: first.range.hull(last.range), continues: false });
            }
        }
        word.text.clear();
        word.letters.clear();
    }

    fn spell(&self, word: &Word, pieces: &mut Vec<WordPiece>) -> bool {
        if word.letters.len() > LONGEST_WORD {
            return false;
        }
        let mut start = 0;
        while start < word.letters.len() {
            let map = if start == 0 { &self.first } else { &self.further };
            let from = word.letters[start].at;
            let found = (start + 1..=word.letters.len()).rev().find_map(|end| {
                let to = word.letters.get(end).map_or(word.text.len(), |letter| letter.at);
                if to - from > self.longest {
                    return None;
                }
                map.get(&word.text[from..to]).map(|id| (*id, end))
            });
            let Some((id, end)) = found else { return false };
            let range = word.letters[start].range.hull(word.letters[end - 1].range);
            pieces.push(WordPiece { id, range, continues: start > 0 });
            start = end;
        }
        true
    }
}

impl Word {
    fn push(&mut self, letter: char, range: TextRange) {
        self.letters.push(Letter { at: self.text.len(), range });
        self.text.push(letter);
    }

    /// Gives the last letter the bytes of a mark that was taken off it.
    fn extend(&mut self, range: TextRange) {
        if let Some(last) = self.letters.last_mut() {
            last.range = last.range.hull(range);
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c.is_whitespace() && c.general_category_group() != GeneralCategoryGroup::Other
}

fn is_dropped(c: char) -> bool {
    c == '\u{FFFD}' || !c.is_ascii_graphic() && c.general_category_group() == GeneralCategoryGroup::Other
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks that BERT's tokenizer takes one character at a time.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
        | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces joined by bars, words by spaces, as the bytes of the text say.
    fn check(text: &str, expected: &str) {
        let lines = ["[PAD]", "den", "##ied", "naive", "un", "said", "\"", "?", "京"];
        let mut vocabulary: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        vocabulary.resize(UNKNOWN as usize + 1, "[other]".to_owned());
        vocabulary[UNKNOWN as usize] = "[UNK]".to_owned();
        let vocabulary = Vocabulary::read(&vocabulary.join("\n"), 101).unwrap();
        let mut shown = String::new();
        for piece in vocabulary.pieces(text) {
            if !shown.is_empty() {
                shown.push(if piece.continues { '|' } else { ' ' });
            }
            shown.push_str(piece.range.slice(text).unwrap());
            if piece.id == UNKNOWN {
                shown.push('*');
            }
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn pieces_keep_their_bytes() {
        check("He DENIED it", "He* DEN|IED it*");
        check("naïve nai\u{308}ve", "naïve nai\u{308}ve");
        check("\"denied\"?", "\" den|ied \" ?");
        check("said京京said", "said 京 京 said");
        check("sa\u{200B}id", "sa\u{200B}id");
        check(&"x".repeat(101), &format!("{}*", "x".repeat(101)));
        check("", "");
        check("\u{301}said", "said");
    }

    #[test]
    fn a_vocabulary_of_another_size_is_refused() {
        assert!(Vocabulary::read("a\nb\n", 3).is_err());
    }
}
