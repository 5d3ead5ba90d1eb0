//! The words and marks of one sentence. Not the annotation's tokens: only what citing patterns look at.

use onrecord_evidence::TextRange;

/// A word or a mark.
pub(super) struct Token<'text> {
    /// Where it stands.
    pub range: TextRange,
    /// As written, a possessive ending left out.
    pub words: &'text str,
    /// In lower case.
    pub lower: String,
    /// Whether it begins with a capital letter or a digit inside of a name.
    pub capital: bool,
    /// Whether it is a mark and no word.
    pub mark: bool,
    /// Whether a possessive ending follows.
    pub possessive: bool,
}

impl Token<'_> {
    /// Whether it is one of these lower-case words.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str())
    }
}

/// The tokens of `sentence`; an empty list where it does not fit.
pub(super) fn tokens(text: &str, sentence: TextRange) -> Vec<Token<'_>> {
    let Some(words) = sentence.slice(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut letters = words.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        let mark = !letter.is_alphanumeric() && letter != '@';
        if !mark {
            while let Some((at, next)) = letters.peek().copied() {
                let inner = matches!(next, '-' | '.' | '\'' | '’' | '&' | '/')
                    && words[at + next.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
                if !next.is_alphanumeric() && !inner {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
        }
        let whole = &words[start..end];
        let bare = whole.strip_suffix("'s").or_else(|| whole.strip_suffix("’s")).filter(|bare| !bare.is_empty());
        let bare_words = bare.unwrap_or(whole);
        let from = sentence.start + start as u32;
        found.push(Token {
            range: TextRange::new(from, from + bare_words.len() as u32),
            words: bare_words,
            lower: bare_words.to_lowercase(),
            capital: bare_words.chars().next().is_some_and(|letter| letter.is_uppercase()),
            mark,
            possessive: bare.is_some(),
        });
    }
    found
}
