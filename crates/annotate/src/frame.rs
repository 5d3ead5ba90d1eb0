//! The words that decide an act, in one normalised line: auxiliaries, cue, border, content. Not a parse.
//!
//! `Neither company [cue: would comment on] [content: those reports]` gives the frame `neither would comment on » those reports`.

use onrecord_evidence::TextRange;

use crate::ScoredSpans;

/// Stands between cue and content.
pub(crate) const BORDER: &str = " » ";
/// Bytes of content that are looked at: acts and hedges show early.
const CONTENT_BYTES: usize = 4_000;
/// Words left of the cue that are looked at.
const LEFT_WORDS: usize = 6;

/// Auxiliaries and negations: where the words directly left of a cue hold one of these, they are part of the frame.
const AUXILIARIES: &[&str] = &[
    "am",
    "are",
    "be",
    "been",
    "being",
    "can",
    "cannot",
    "could",
    "did",
    "do",
    "does",
    "had",
    "has",
    "have",
    "is",
    "may",
    "might",
    "must",
    "neither",
    "never",
    "no",
    "nor",
    "not",
    "shall",
    "should",
    "was",
    "were",
    "will",
    "would",
    // Verbs that turn the cue around: "declined to [say]", "stopped short of [calling]".
    "decline",
    "declined",
    "declines",
    "declining",
    "fail",
    "failed",
    "fails",
    "failing",
    "refuse",
    "refused",
    "refuses",
    "refusing",
    "short",
    "unable",
    "unwilling",
    "without",
];
/// Words that may stand among them.
const BETWEEN: &[&str] = &[
    "able",
    "also",
    "again",
    "allegedly",
    "and",
    "even",
    "ever",
    "going",
    "immediately",
    "just",
    "longer",
    "made",
    "of",
    "only",
    "said",
    "seem",
    "seems",
    "seemed",
    "still",
    "stopped",
    "stopping",
    "stops",
    "supposedly",
    "then",
    "to",
    "want",
    "wanted",
    "wants",
    "willing",
    "yet",
    "appeared",
    "appears",
    "appear",
];

/// A normalised line with the way back to the text.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Lower case, straight quotation marks, single spaces, ASCII letters.
    line: String,
    /// For each byte of `line` the range of the text that it comes from; empty for what was put in.
    origins: Vec<TextRange>,
    /// Where [`BORDER`] begins.
    border: usize,
}

impl Frame {
    /// The frame of one attribution; ranges that do not fit `text` are passed over.
    pub(crate) fn new(text: &str, spans: &ScoredSpans) -> Self {
        let mut frame = Self { line: String::new(), origins: Vec::new(), border: 0 };
        for range in
            negating_source(text, spans).into_iter().chain(left_of_cue(text, spans)).chain(spans.cue.iter().copied())
        {
            frame.push_words(text, range, usize::MAX);
        }
        frame.border = frame.line.len();
        frame.push_str(BORDER);
        let limit = frame.line.len() + CONTENT_BYTES;
        for range in &spans.content {
            frame.push_words(text, *range, limit);
        }
        frame
    }

    /// A frame of words alone, for looking up hedges beside the spans.
    pub(crate) fn of_words(text: &str, ranges: &[TextRange]) -> Self {
        let mut frame = Self { line: String::new(), origins: Vec::new(), border: 0 };
        for range in ranges {
            frame.push_words(text, *range, CONTENT_BYTES);
        }
        frame.border = frame.line.len();
        frame
    }

    /// The whole line.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// Auxiliaries and cue.
    pub(crate) fn cue(&self) -> &str {
        &self.line[..self.border]
    }

    /// The content.
    pub(crate) fn content(&self) -> &str {
        self.line.get(self.content_start()..).unwrap_or_default()
    }

    /// Where the content begins in the line.
    pub(crate) fn content_start(&self) -> usize {
        self.border + BORDER.len()
    }

    /// The words of the text behind a part of the line, in text order, one range for each unbroken run.
    pub(crate) fn evidence(&self, part: std::ops::Range<usize>) -> Vec<TextRange> {
        let mut ranges: Vec<TextRange> = Vec::new();
        let mut broken = true;
        for origin in self.origins.get(part).unwrap_or_default() {
            match ranges.last_mut() {
                _ if origin.is_empty() => broken = true,
                Some(last) if !broken || last.end == origin.start || last.contains(*origin) => {
                    *last = last.hull(*origin)
                }
                _ => {
                    ranges.push(*origin);
                    broken = false;
                }
            }
        }
        ranges
    }

    fn push_str(&mut self, words: &str) {
        self.line.push_str(words);
        self.origins.resize(self.line.len(), TextRange::default());
    }

    /// Where nothing but white space stands between the last words and `start`, the space that was put in stands for it.
    fn fill_gap(&mut self, text: &str, start: u32) {
        let [.., last, space] = self.origins.as_mut_slice() else { return };
        let gap = TextRange::new(last.end, start);
        if !last.is_empty() && gap.slice(text).is_some_and(|gap| gap.trim().is_empty()) {
            *space = gap;
        }
    }

    /// Adds the words of `range`, a put-in space before them where something stands there already.
    fn push_words(&mut self, text: &str, range: TextRange, limit: usize) {
        let Some(words) = range.trimmed(text).and_then(|range| range.slice(text).map(|words| (range, words))) else {
            return;
        };
        let (range, words) = words;
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.push_str(" ");
            self.fill_gap(text, range.start);
        }
        let mut letters = words.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let start = range.start + at as u32;
            let mut end = start + letter.len_utf8() as u32;
            match letter {
                _ if letter.is_whitespace() => {
                    while let Some((at, next)) = letters.next_if(|(_, next)| next.is_whitespace()) {
                        end = range.start + (at + next.len_utf8()) as u32;
                    }
                    self.line.push(' ');
                }
                '“' | '”' | '„' | '‟' | '«' | '»' | '″' => self.line.push('"'),
                // Old wire copy and some archives write a double quotation mark as two single ones.
                '\'' if letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                    letters.next();
                    end += 1;
                    self.line.push('"');
                }
                '‘' | '’' | 'ʼ' | '`' | '´' | '′' => self.line.push('\''),
                '‐' | '‑' | '‒' | '–' | '—' | '―' => self.line.push('-'),
                // Patterns know English words only; a letter that none of them has may be any letter (names keep one word).
                _ if letter.is_alphanumeric() && !letter.is_ascii() => self.line.push('x'),
                '…' => self.line.push('.'),
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
                _ => self.line.push(letter.to_ascii_lowercase()),
            }
            self.origins.resize(self.line.len(), TextRange::new(start, end));
            if self.line.len() >= limit {
                return;
            }
        }
    }
}

/// The negating word that a source begins with: "Neither company", "No group".
fn negating_source(text: &str, spans: &ScoredSpans) -> Option<TextRange> {
    let source = *spans.source.first()?;
    let word = source.slice(text)?.split_whitespace().next()?;
    let negates =
        ["neither", "no", "nobody", "none", "no-one"].iter().any(|negation| word.eq_ignore_ascii_case(negation));
    negates.then(|| TextRange::new(source.start, source.start + word.len() as u32))
}

/// The auxiliaries and negations that stand directly left of the cue; with inversion ("nor did she [say]") left of the source.
fn left_of_cue(text: &str, spans: &ScoredSpans) -> Option<TextRange> {
    let cue = *spans.cue.first()?;
    if let Some(range) = left_words(text, cue.start, spans) {
        return Some(range);
    }
    let source = *spans.source.last()?;
    let between = text.get(source.end as usize..cue.start as usize)?;
    if !between.trim().is_empty() {
        return None;
    }
    let range = left_words(text, source.start, spans)?;
    let words = range.slice(text)?.to_lowercase();
    (words.starts_with("nor") || words.starts_with("neither")).then_some(range)
}

fn left_words(text: &str, end: u32, spans: &ScoredSpans) -> Option<TextRange> {
    let taken = |range: TextRange| spans.source.iter().chain(&spans.content).any(|span| span.overlaps(range));
    let mut start = None;
    let mut edge = end as usize;
    for _ in 0..LEFT_WORDS {
        let before = text.get(..edge)?.trim_end_matches(' ');
        if before.len() == edge && edge != end as usize {
            break;
        }
        // A word longer than any auxiliary ends the search, so that a line without spaces costs nothing.
        let floor = before.len().saturating_sub(24);
        let tail = &before[before.ceil_char_boundary(floor)..];
        let word_at = tail
            .rfind(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'))
            .map(|at| at + tail[at..].chars().next().map_or(1, char::len_utf8));
        let word = &tail[word_at.unwrap_or(0)..];
        let range = TextRange::new((before.len() - word.len()) as u32, before.len() as u32);
        if word.is_empty() || taken(range) {
            break;
        }
        let word = word.to_lowercase().replace('’', "'");
        if AUXILIARIES.contains(&word.as_str()) || word.ends_with("n't") {
            start = Some(range.start);
        } else if !BETWEEN.contains(&word.as_str()) && !word.ends_with("ly") {
            break;
        }
        edge = range.start as usize;
    }
    TextRange::new(start?, end).trimmed(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_testkit::Marked;

    fn frame(marked: &str) -> (String, Frame) {
        let marked = Marked::parse(marked);
        let [source, cue, content] = ["source", "cue", "content"].map(|role| marked.ranges(role));
        let frame = Frame::new(&marked.text, &ScoredSpans { source, cue, content, score: 1.0 });
        (marked.text, frame)
    }

    #[test]
    fn takes_what_turns_the_cue_around() {
        let check = |marked: &str, expect: &str| assert_eq!(frame(marked).1.line(), expect, "{marked}");
        check("[source: She] [cue: said] [content: “It’s  a\nLIE”].", "said » \"it's a lie\"");
        check(
            "[source: He] did not immediately [cue: respond to] [content: calls]",
            "did not immediately respond to » calls",
        );
        check("[source: Neither company] [cue: would comment on] [content: it]", "neither would comment on » it");
        check("nor did [source: he] [cue: report] [content: losses]", "nor did report » losses");
        check("She has never, [source: he] [cue: said], [content: met him]", "said » met him");
        check("[source: They] declined to [cue: say] [content: when]", "declined to say » when");
        check("[content: ''No,''] [source: he] [cue: said]. [content: ''Never.'']", "said » \"no,\" \"never.\"");
        check("[cue: said] [content: so]", "said » so");
        check("hardly [cue: said] [content: so]", "said » so");
        check("[source: The office], which had [cue: said] [content: so]", "had said » so");
    }

    #[test]
    fn leads_back_to_exact_words() {
        let (text, frame) = frame("[source: Ż.] [cue: DENIED] on Monday [content: it’s\n true]");
        let whole = frame.evidence(0..frame.line().len());
        let words: Vec<_> = whole.iter().map(|range| range.slice(&text).unwrap()).collect();
        assert_eq!(words, ["DENIED", "it’s\n true"]);
        let at = frame.line().find("true").unwrap();
        assert_eq!(frame.evidence(at..at + 4)[0].slice(&text), Some("true"));
    }

    #[test]
    fn spans_that_do_not_fit_are_passed_over() {
        let far = vec![TextRange::new(90, 99)];
        let spans = ScoredSpans { source: far.clone(), cue: far.clone(), content: far, score: 0.0 };
        assert_eq!(Frame::new("Żal", &spans).line(), BORDER);
        let inside = vec![TextRange::new(1, 2)];
        assert_eq!(
            Frame::new("Żal", &ScoredSpans { source: vec![], cue: inside, content: vec![], score: 0.0 }).line(),
            BORDER
        );
    }
}
