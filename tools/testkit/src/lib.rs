//! Marked text for tests: `[source: The minister] [cue: denied] [content: that talks took place]`. Streams of
//! copied stories ([`copies`]), a server on loopback ([`server`]), and WARC files ([`warc`]). Not shipped.

pub mod copies;
pub mod server;
pub mod warc;

use onrecord_evidence::TextRange;

/// A text and the spans that were marked in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The text without its marks.
    pub text: String,
    /// Label and place of every mark, in the order of their opening brackets.
    pub spans: Vec<(String, TextRange)>,
}

impl Marked {
    /// Takes the marks out of `marked`. A mark is `[label: words]`, labels are lower case letters; marks may nest.
    /// A bracket that opens no mark is kept as text.
    ///
    /// # Panics
    /// Where a mark is not closed: a mistake in the test.
    ///
    /// ```
    /// use onrecord_testkit::Marked;
    /// let marked = Marked::parse("[source: She] [cue: said] [content: no].");
    /// assert_eq!(marked.text, "She said no.");
    /// assert_eq!(marked.words("cue"), ["said"]);
    /// ```
    pub fn parse(marked: &str) -> Self {
        let mut text = String::with_capacity(marked.len());
        let mut spans: Vec<(String, TextRange)> = Vec::new();
        let mut open = Vec::new();
        let mut rest = marked;
        while let Some(letter) = rest.chars().next() {
            if let Some((label, after)) = label(rest) {
                open.push(Some(spans.len()));
                spans.push((label.to_owned(), TextRange::new(text.len() as u32, text.len() as u32)));
                rest = after;
            } else {
                let closes = if letter == ']' { open.pop().flatten() } else { None };
                match closes {
                    Some(index) => spans[index].1.end = text.len() as u32,
                    None => text.push(letter),
                }
                if letter == '[' {
                    open.push(None);
                }
                rest = &rest[letter.len_utf8()..];
            }
        }
        assert!(open.is_empty(), "a mark is not closed in {marked:?}");
        Self { text, spans }
    }

    /// The ranges with this label, in order.
    pub fn ranges(&self, label: &str) -> Vec<TextRange> {
        self.spans.iter().filter(|(found, _)| found == label).map(|(_, range)| *range).collect()
    }

    /// The words with this label, in order.
    pub fn words(&self, label: &str) -> Vec<&str> {
        self.ranges(label).into_iter().filter_map(|range| range.slice(&self.text)).collect()
    }
}

/// The label that opens at the start of `rest`, and what stands behind its colon and one space.
fn label(rest: &str) -> Option<(&str, &str)> {
    let (label, words) = rest.strip_prefix('[')?.split_once(':')?;
    let fits = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase());
    fits.then(|| (label, words.strip_prefix(' ').unwrap_or(words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nests_and_keeps_other_brackets() {
        let marked = Marked::parse("[content: “It [the call] never [cue: took] place,”] he");
        assert_eq!(marked.text, "“It [the call] never took place,” he");
        assert_eq!(marked.words("content"), ["“It [the call] never took place,”"]);
        assert_eq!(marked.words("cue"), ["took"]);
    }
}
