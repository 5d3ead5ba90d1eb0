//! The words and marks of one sentence, folded, each with its place. Not a parse: no word classes are guessed here.

use std::borrow::Cow;

use onrecord_evidence::TextRange;

/// A word or a mark of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Word<'text> {
    /// Where it stands.
    pub(crate) range: TextRange,
    /// As written.
    pub(crate) written: &'text str,
    /// In lower case (ASCII letters only), with straight apostrophes.
    pub(crate) folded: Cow<'text, str>,
    /// Whether it is a mark and no word.
    pub(crate) mark: bool,
}

impl Word<'_> {
    /// Whether the folded word is one of these.
    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&&*self.folded)
    }

    /// Whether it begins with a capital letter.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.written.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is a double quotation mark of any form.
    pub(crate) fn is_quote(&self) -> bool {
        self.mark && matches!(&*self.folded, "\"" | "''")
    }

    /// Whether it is a dash between clauses.
    pub(crate) fn is_dash(&self) -> bool {
        self.mark && matches!(&*self.folded, "-" | "--" | "–" | "—")
    }
}

/// The words and marks of `sentence`, in text order; none where the range does not fit.
pub(crate) fn words(text: &str, sentence: TextRange) -> Vec<Word<'_>> {
    let Some(line) = sentence.slice(text) else { return Vec::new() };
    let mut found = Vec::with_capacity(line.len() / 5);
    let mut at = 0;
    while let Some(letter) = line[at..].chars().next() {
        let len = if letter.is_alphanumeric() { word_len(&line[at..]) } else { mark_len(&line[at..], letter) };
        if !letter.is_whitespace() {
            let written = &line[at..at + len];
            let start = sentence.start + at as u32;
            let mark = !letter.is_alphanumeric();
            found.push(Word {
                range: TextRange::new(start, start + len as u32),
                written,
                folded: if mark { fold_mark(written) } else { fold(written) },
                mark,
            });
        }
        at += len;
    }
    found
}

/// Bytes of the word that `rest` begins with: letters and digits, and single joints between them ("so-called", "didn't", "U.S", "1,000").
fn word_len(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, letter)) = letters.next() {
        let joint = match letter {
            _ if letter.is_alphanumeric() => false,
            '\'' | '’' | '-' | '‑' | '.' | '&' | '@' | '_' => true,
            ',' if rest[..at].ends_with(|digit: char| digit.is_ascii_digit()) => true,
            _ => break,
        };
        let after = letters.peek().map(|(_, next)| *next);
        let holds = match letter {
            ',' => after.is_some_and(|next| next.is_ascii_digit()),
            _ => after.is_some_and(char::is_alphanumeric),
        };
        if joint && !holds {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

fn mark_len(rest: &str, letter: char) -> usize {
    match letter {
        '\'' if rest.starts_with("''") => 2,
        '-' => rest.len() - rest.trim_start_matches('-').len(),
        _ => letter.len_utf8(),
    }
}

fn fold(written: &str) -> Cow<'_, str> {
    let plain = written.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if plain { Cow::Borrowed(written) } else { Cow::Owned(written.replace('’', "'").to_ascii_lowercase()) }
}

fn fold_mark(written: &str) -> Cow<'_, str> {
    match written {
        "“" | "”" | "„" | "‟" | "«" | "»" | "''" | "″" => Cow::Borrowed("\""),
        "‘" | "’" => Cow::Borrowed("'"),
        "―" => Cow::Borrowed("—"),
        _ => Cow::Borrowed(written),
    }
}

/// The range from the first word to the last; `None` where there is none.
pub(crate) fn hull(words: &[Word<'_>]) -> Option<TextRange> {
    Some(words.first()?.range.hull(words.last()?.range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_joints_and_places() {
        let check = |text: &str, expect: &str| {
            let found = words(text, TextRange::new(0, text.len() as u32));
            let folded: Vec<_> = found.iter().map(|word| &*word.folded).collect();
            assert_eq!(folded.join("|"), expect);
            assert!(found.iter().all(|word| word.range.slice(text) == Some(word.written)));
        };
        check("He didn’t say: “so-called”.", "he|didn't|say|:|\"|so-called|\"|.");
        check("1,000 of U.S. men -- no", "1,000|of|u.s|.|men|--|no");
        check("tweeted, “so”, 5, or", "tweeted|,|\"|so|\"|,|5|,|or");
        check("", "");
        check("’’ '' \u{2029}é,", "'|'|\"|é|,");
        assert!(words("é", TextRange::new(1, 2)).is_empty());
    }
}
