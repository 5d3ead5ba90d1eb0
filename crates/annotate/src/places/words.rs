//! The words of a text with their cases and what stands between them. Not sentences (they are passed over at full stops), and no names yet.

use onrecord_evidence::TextRange;
use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, is_dropped};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// It begins with a small letter, or holds no letter.
    Lower,
    /// It begins with a capital and has a small letter.
    Capital,
    /// Two capitals or more and no small letter, or one capital alone.
    Upper,
    /// A script without capitals.
    None,
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Blanks, or nothing.
    Space,
    /// A hyphen without blanks.
    Hyphen,
    /// A comma and blanks.
    Comma,
    /// An opening bracket.
    Open,
    /// The end of a sentence, or a colon: the next word's capital says nothing.
    Stop,
    /// An opening quotation mark: the next word's capital may say nothing.
    Quote,
    /// A new line, or the beginning of the text.
    Line,
    /// Anything else.
    Other,
}

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) range: TextRange,
    pub(super) key: String,
    pub(super) case: Case,
    pub(super) before: Gap,
    /// Whether an apostrophe and s follow, which are not in the range.
    pub(super) possessive: bool,
    /// Letters with a dot each ("U.S."), or a word that is always written with a dot ("St.").
    pub(super) dotted: bool,
}

impl Word {
    pub(super) fn is_named(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether a capital is due to where the word stands.
    pub(super) fn begins_sentence(&self) -> bool {
        matches!(self.before, Gap::Stop | Gap::Line | Gap::Quote)
    }
}

/// Short forms whose dot ends no sentence.
const SHORT: [&str; 34] = [
    "st", "mt", "ft", "mr", "mrs", "ms", "dr", "gen", "gov", "sen", "rep", "col", "capt", "lt", "sgt", "maj", "adm",
    "prof", "rev", "hon", "jr", "sr", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "no", "vs", "inc", "sens",
    "reps",
];

/// The words of `text`. Time is linear in its length.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut letters = text.char_indices().peekable();
    let mut last_end = 0;
    while let Some((start, letter)) = letters.next() {
        if !letter.is_alphanumeric() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        while let Some(&(at, next)) = letters.peek() {
            let after = || text[at + next.len_utf8()..].chars().next();
            let inside = next.is_alphanumeric()
                || is_combining_mark(next)
                || (is_dropped(next)
                    && next != '.'
                    && after().is_some_and(char::is_alphanumeric)
                    && !possessive_at(text, at))
                || (next == '.' && initials(&text[start..at]) && after().is_none_or(|after| !after.is_lowercase()));
            if !inside {
                break;
            }
            letters.next();
            end = at + next.len_utf8();
        }
        let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else { break };
        let surface = &text[start..end];
        // A single initial ("George W.") keeps its dot out of the word; "U.S." keeps it in.
        let dotted_initials = surface.ends_with('.') && surface.len() > 2;
        let (to, surface) = if surface.ends_with('.') && !dotted_initials {
            (to - 1, &surface[..surface.len() - 1])
        } else {
            (to, surface)
        };
        let key = fold(surface);
        let dotted = dotted_initials
            || (text[to as usize..].starts_with('.') && (SHORT.contains(&key.as_str()) || single_capital(surface)));
        let before = gap(&text[last_end..start], words.last());
        let possessive = possessive_at(text, to as usize);
        words.push(Word { range: TextRange::new(from, to), case: case(surface), before, possessive, dotted, key });
        last_end = end.min(to as usize + usize::from(to as usize != end));
        if possessive {
            letters.by_ref().take(2).for_each(drop);
        }
    }
    words
}

/// Whether an apostrophe and a final s stand at `at`.
fn possessive_at(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    let mut letters = rest.chars();
    matches!(letters.next(), Some('\'' | '’'))
        && matches!(letters.next(), Some('s' | 'S'))
        && !letters.next().is_some_and(char::is_alphanumeric)
}

fn single_capital(surface: &str) -> bool {
    let mut letters = surface.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Whether `surface` is capitals with a dot behind each but the last ("U", "U.S"); at most four.
fn initials(surface: &str) -> bool {
    surface.len() <= 8 && surface.split('.').all(single_capital)
}

fn case(surface: &str) -> Case {
    let mut letters = surface.chars().filter(|letter| letter.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            if surface.chars().any(char::is_lowercase) {
                Case::Capital
            } else {
                Case::Upper
            }
        }
        Some(first) if first.is_lowercase() => Case::Lower,
        Some(_) => Case::None,
        None => Case::Lower,
    }
}

fn gap(between: &str, last: Option<&Word>) -> Gap {
    let Some(last) = last else { return Gap::Line };
    if between.contains('\n') {
        return Gap::Line;
    }
    let mut between = between;
    if last.possessive {
        between = between.trim_start_matches(['\'', '’']).trim_start_matches(['s', 'S']);
    }
    if last.dotted {
        between = between.strip_prefix('.').unwrap_or(between);
    }
    let kept = between.trim();
    match kept {
        "" => Gap::Space,
        "-" | "–" | "‑" if kept.len() == between.len() => Gap::Hyphen,
        "," => Gap::Comma,
        _ if kept.ends_with(['“', '"', '‘', '«', '\'']) => Gap::Quote,
        _ if kept.contains(['.', '!', '?', ':', '•']) => Gap::Stop,
        _ if kept.ends_with(['(', '[']) => Gap::Open,
        _ => Gap::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Case, Gap)]) {
        let found: Vec<_> = words(text)
            .into_iter()
            .map(|word| (word.range.slice(text).unwrap_or("?"), word.case, word.before))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_keep_their_gaps() {
        check(
            "In Vellburg, U.S. aid",
            &[
                ("In", Case::Capital, Gap::Line),
                ("Vellburg", Case::Capital, Gap::Space),
                ("U.S.", Case::Upper, Gap::Comma),
                ("aid", Case::Lower, Gap::Space),
            ],
        );
        check(
            "St. Orla's mayor. He",
            &[
                ("St", Case::Capital, Gap::Line),
                ("Orla", Case::Capital, Gap::Space),
                ("mayor", Case::Lower, Gap::Space),
                ("He", Case::Capital, Gap::Stop),
            ],
        );
        check(
            "Sana'a-based (Київ",
            &[
                ("Sana'a", Case::Capital, Gap::Line),
                ("based", Case::Lower, Gap::Hyphen),
                ("Київ", Case::Capital, Gap::Open),
            ],
        );
    }

    #[test]
    fn odd_texts_do_not_panic() {
        for text in ["", "'", "’s", "A.", "A.B.C.D.E.F.G.", "\u{202e}Київ\u{301}", "....", "a’", "U.S", "é'", "١٢٣ غزة"]
        {
            words(text);
        }
    }
}
