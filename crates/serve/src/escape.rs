//! How words get into a page: escaped, with what steers the direction of writing shown as a replacement character. Every template writes through this; no
//! words of an article ever reach a page as markup.

use std::fmt;

use onrecord::wire::is_steering;

/// The escaper of all templates: that of [`onrecord::wire::escape`], without a copy of the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Harmless;

impl askama::filters::Escaper for Harmless {
    fn write_escaped_str<W: fmt::Write>(&self, mut to: W, text: &str) -> fmt::Result {
        let mut from = 0;
        for (at, letter) in text.char_indices() {
            let Some(replacement) = replacement(letter) else { continue };
            to.write_str(&text[from..at])?;
            to.write_str(replacement)?;
            from = at + letter.len_utf8();
        }
        to.write_str(&text[from..])
    }
}

const fn replacement(letter: char) -> Option<&'static str> {
    Some(match letter {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\n' | '\r' | '\t' => return None,
        steering if is_steering(steering) => "\u{fffd}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_article_is_markup() {
        let hostile =
            ["<script>alert(1)</script>", "a & b \"c\" 'd'", "\u{202e}denied\u{2066}", "tab\tand\nline", "\u{0}\u{7f}"];
        for text in hostile {
            let mut escaped = String::new();
            askama::filters::Escaper::write_escaped_str(&Harmless, &mut escaped, text).unwrap();
            assert_eq!(escaped, onrecord::wire::escape(text), "{text:?}");
        }
    }
}
