//! Words as copying sees them: lower case, without apostrophes, each with its place and whether it stands in a quotation. Not tokens
//! of a language model, and no lemmas.

use onrecord_evidence::TextRange;

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// FNV-1a (64 bits) of the lower-case letters and digits: specified, the same on every machine.
    pub hash: u64,
    /// Where it stands.
    pub range: TextRange,
    /// Whether it is somebody's words: in quotation marks, in a block quotation, or in a sentence that says "I".
    pub quoted: bool,
    /// Whether it is a name or a number by its first letter; the first word of a sentence is taken for none.
    pub named: bool,
}

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0100_0000_01B3;

/// FNV-1a of the lower-case form of `letters`.
pub(super) fn hash_word(letters: impl Iterator<Item = char>) -> u64 {
    let mut bytes = [0; 4];
    letters.flat_map(char::to_lowercase).fold(OFFSET, |hash, letter| {
        letter.encode_utf8(&mut bytes).bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
    })
}

/// A number for a sequence of words, for shingles and paragraphs; specified like [`hash_word`].
pub(super) fn hash_words(words: impl Iterator<Item = u64>) -> u64 {
    let mixed = words.fold(OFFSET, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 31)
}

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

/// The words of `range` in order; `quoted` holds the quotations of the paragraph, in order.
pub(super) fn words(text: &str, range: TextRange, quoted: &[TextRange]) -> Vec<Word> {
    let Some(slice) = range.slice(text) else { return Vec::new() };
    let mut found: Vec<Word> = Vec::new();
    let mut letters = slice.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut before = first;
        while let Some(&(at, letter)) = letters.peek() {
            let inside = is_apostrophe(letter) && before.is_alphanumeric();
            let next = slice[at + letter.len_utf8()..].chars().next();
            let goes_on = letter.is_alphanumeric() || (inside && next.is_some_and(char::is_alphanumeric));
            if !goes_on {
                break;
            }
            end = at + letter.len_utf8();
            before = letter;
            letters.next();
        }
        let place = TextRange::new(range.start + start as u32, range.start + end as u32);
        let hash = hash_word(slice[start..end].chars().filter(|letter| !is_apostrophe(*letter)));
        let named = (first.is_uppercase() && !found.is_empty()) || first.is_numeric();
        let from = quoted.partition_point(|quote| quote.end <= place.start);
        let quoted = quoted.get(from).is_some_and(|quote| quote.overlaps(place));
        found.push(Word { hash, range: place, quoted, named });
    }
    found
}

/// The quotations of one paragraph, marks included. One that is not closed goes to the end where it opened with a double mark, at
/// the very beginning, or behind a colon or comma.
pub(super) fn quotations(text: &str, paragraph: TextRange) -> Vec<TextRange> {
    let Some(slice) = paragraph.slice(text) else { return Vec::new() };
    let range = |start: usize, end: usize| TextRange::new(paragraph.start + start as u32, paragraph.start + end as u32);
    let mut found = Vec::new();
    let mut double: Option<usize> = None;
    let mut single: Option<(usize, usize)> = None;
    let mut before: Option<char> = None;
    let mut letters = slice.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, letter)| *letter);
        let end = at + letter.len_utf8();
        let twice = letter == '\'' && next == Some('\'');
        match letter {
            '“' | '„' | '«' if single.is_none() => double = double.or(Some(at)),
            '”' | '»' if single.is_none() => found.extend(double.take().map(|start| range(start, end))),
            _ if (letter == '"' || twice) && single.is_none() => {
                if twice {
                    letters.next();
                }
                match double.take() {
                    Some(start) => found.push(range(start, if twice { end + 1 } else { end })),
                    None => double = Some(at),
                }
            }
            '‘' | '’' | '\'' if double.is_none() => {
                let opens = before
                    .is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '.' | ',' | '?' | '!'))
                    && next.is_some_and(|letter| {
                        letter.is_alphanumeric() || matches!(letter, '“' | '"' | '[' | '…' | '‘' | '\'')
                    });
                let closes = next.is_none_or(|letter| !letter.is_alphanumeric())
                    && before.is_some_and(|letter| !letter.is_whitespace());
                single = match single {
                    None if opens => Some((at, 1)),
                    Some((start, depth)) if opens => Some((start, depth + 1)),
                    Some((start, 1)) if closes => {
                        found.push(range(start, end));
                        None
                    }
                    Some((start, depth)) if closes => Some((start, depth - 1)),
                    kept => kept,
                };
            }
            _ => {}
        }
        before = Some(letter);
    }
    let presented = |start: usize| start == 0 || slice[..start].trim_end().ends_with([':', ',']);
    let open = double.or(single.filter(|(start, _)| presented(*start)).map(|(start, _)| start));
    found.extend(open.map(|start| range(start, slice.len())));
    found
}

/// Whether the words outside of quotations speak of themselves, as letters and statements set as blocks do.
pub(super) fn speaks_of_itself(text: &str, words: &[Word]) -> bool {
    words.iter().enumerate().any(|(index, word)| {
        let written = word.range.slice(text).unwrap_or("");
        let first_person = matches!(written, "I" | "My" | "my" | "me" | "myself")
            || written.starts_with("I'")
            || written.starts_with("I’");
        let regnal = written == "I" && index > 0 && words[index - 1].named;
        first_person && !regnal && !word.quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let whole = TextRange::new(0, text.len() as u32);
        let quotes = quotations(text, whole);
        let found: Vec<_> = quotes.iter().filter_map(|range| range.slice(text)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn quotations_of_many_makes() {
        check("“No,” she said. “Never.”", &["“No,”", "“Never.”"]);
        check("She said \"no\" and \"never\".", &["\"no\"", "\"never\""]);
        check("'I asked who'd heard 'the news' today,' he said.", &["'I asked who'd heard 'the news' today,'"]);
        check("‘It’s the ministers’ fault,’ he said.", &["‘It’s the ministers’"]);
        check("The ministers' offices didn't answer.", &[]);
        check("''No,'' he said. “We wait", &["''No,''", "“We wait"]);
    }

    #[test]
    fn words_have_no_apostrophes() {
        let text = "Orla’s 3 boats didn't sail";
        let found = words(text, TextRange::new(0, text.len() as u32), &[]);
        assert_eq!(found.len(), 5);
        assert_eq!(found[0].hash, hash_word("orlas".chars()));
        assert_eq!(found[3].hash, hash_word("DIDNT".chars()));
        assert_eq!(found.iter().filter(|word| word.named).count(), 1);
    }
}
