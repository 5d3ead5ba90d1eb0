//! How parts of a claim's record look on a terminal: headings, quotations, labels in columns. Readable without colour; not what is shown.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use onrecord::evidence::Time;
use onrecord::link::position::StandingWord;
use onrecord::wire::claim::{QuoteLine, ReportName};

use crate::terminal::{CONTENT, CONTESTED, FAINT, STRONG, harmless, styled, width};

/// The style of a standing.
pub const fn style(word: StandingWord) -> Style {
    match word {
        StandingWord::Disputed => CONTESTED,
        StandingWord::Withdrawn => AnsiColor::Magenta.on_default().bold(),
        StandingWord::OriginUnknown | StandingWord::OutletsVoiceOnly | StandingWord::ClaimedByOneSide => {
            AnsiColor::Yellow.on_default().bold()
        }
        StandingWord::Acknowledged | StandingWord::SeveralOrigins => AnsiColor::Green.on_default().bold(),
        StandingWord::OneOrigin | StandingWord::NoStanding => STRONG,
    }
}

/// A heading with a line to the right edge.
pub fn heading(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let rest = width().saturating_sub(textwrap::core::display_width(title) + 1);
    writeln!(out, "\n{} {}", styled(STRONG, title), styled(FAINT, "─".repeat(rest)))
}

/// `text` behind `first`, wrapped between words only: no date is broken.
pub fn item(out: &mut dyn Write, first: &str, text: &str) -> io::Result<()> {
    let rest = " ".repeat(textwrap::core::display_width(first));
    hung(out, first, &rest, text)
}

/// `text` with its first line behind `first`, the others behind `rest`.
pub fn hung(out: &mut dyn Write, first: &str, rest: &str, text: &str) -> io::Result<()> {
    let options = textwrap::Options::new(width())
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    writeln!(out, "{}", textwrap::fill(text, options))
}

/// Words of a text within quotation marks; those that have marks of their own keep them.
pub fn quoted(words: &str) -> String {
    let words = harmless(words);
    let words = words.trim();
    let has_marks = |mark: char| words.starts_with(mark) && words.chars().skip(1).all(|letter| letter != mark);
    if has_marks('\u{201c}') && words.ends_with('\u{201d}') {
        return styled(CONTENT, words);
    }
    // A passage that has marks within stands in others, so that they can be told apart.
    let has_any = words.contains(['\u{201c}', '\u{201d}', '"']);
    styled(CONTENT, if has_any { format!("\u{ab}{words}\u{bb}") } else { format!("\u{201c}{words}\u{201d}") })
}

/// A day or a moment, as finely as it is known.
pub fn when(time: &Time) -> String {
    time.day().map_or_else(|| time.to_string(), |day| day.to_string())
}

/// Outlet and date of a quotation.
pub fn whence(quote: &QuoteLine) -> String {
    let outlet = quote.outlet.as_deref().map_or_else(|| "outlet not stated".to_owned(), harmless);
    format!("{outlet}, {}", when(&quote.out))
}

/// A quotation with outlet and date behind it.
pub fn quote(out: &mut dyn Write, first: &str, quote: &QuoteLine) -> io::Result<()> {
    item(out, first, &format!("{} {}", quoted(&quote.words), styled(FAINT, whence(quote))))
}

/// A report by outlet and date.
pub fn report(name: &ReportName) -> String {
    let outlet = name.outlet.as_deref().map_or_else(|| "outlet not stated".to_owned(), harmless);
    let number = if name.number > 1 { format!(" (revision {})", name.number) } else { String::new() };
    name.out.as_ref().map_or_else(|| outlet.clone(), |out| format!("{outlet}, {}{number}", when(out)))
}

/// The first names of a list, and how many more there are.
pub fn some(names: &[String], most: usize) -> String {
    let mut text = names.iter().take(most).map(|name| harmless(name)).collect::<Vec<_>>().join(", ");
    if names.len() > most {
        text.push_str(&format!(" and {} more", names.len() - most));
    }
    text
}

/// A claim in one line, cut at the width.
pub fn cut(text: &str, room: usize) -> String {
    let text = harmless(text);
    if textwrap::core::display_width(&text) <= room {
        return text;
    }
    let mut shown = String::new();
    for letter in text.chars() {
        if textwrap::core::display_width(&shown) + 2 > room {
            break;
        }
        shown.push(letter);
    }
    let end = shown.rfind(' ').filter(|end| *end * 2 > shown.len()).unwrap_or(shown.len());
    format!("{} \u{2026}", &shown[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_once() {
        let plain = |words: &str| anstream::adapter::strip_str(&quoted(words)).to_string();
        assert_eq!(plain("the call took place"), "\u{201c}the call took place\u{201d}");
        assert_eq!(plain("\u{201c}Not one word\u{201d}"), "\u{201c}Not one word\u{201d}");
        assert_eq!(
            plain("\u{201c}No,\u{201d} he said. \u{201c}Never.\u{201d}"),
            "\u{ab}\u{201c}No,\u{201d} he said. \u{201c}Never.\u{201d}\u{bb}"
        );
        assert_eq!(cut("a claim that is long", 12), "a claim \u{2026}");
    }
}
