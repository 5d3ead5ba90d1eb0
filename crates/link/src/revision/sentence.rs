//! The sentences of a revision with their words, ready to be aligned. Not the alignment.

use onrecord_annotate::sentences;
use onrecord_evidence::TextRange;

use crate::Report;

/// A word of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands.
    pub range: TextRange,
    /// As written.
    pub written: String,
    /// Letters and digits in lower case, quotation marks and dashes left out: what makes two words one.
    pub folded: String,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Where it stands.
    pub range: TextRange,
    /// Its words.
    pub words: Vec<Word>,
    /// Key of its folded words; equal for two that differ in layout alone.
    pub key: u64,
}

/// Sentences of one revision at most.
pub(super) const SENTENCES: usize = 4096;

/// The sentences of a revision, at most 4,096, and whether there are more.
pub(super) fn sentences_of(report: &Report) -> (Vec<Sentence>, bool) {
    let text = &report.text;
    let blocks: Vec<TextRange> = report.blocks.iter().map(|block| block.range).collect();
    let mut found: Vec<Sentence> = Vec::new();
    let mut quoted = false;
    for range in sentences(text, &blocks) {
        if found.len() == SENTENCES {
            return (found, true);
        }
        if let Some(last) = found.last() {
            let between = TextRange::new(last.range.end, range.start);
            let line = between.slice(text).is_none_or(|gap| gap.contains('\n'));
            let first = blocks.partition_point(|block| block.start < last.range.end);
            if line || blocks.get(first).is_some_and(|block| block.start <= range.start) {
                // A quotation that nobody closed ends with its paragraph.
                quoted = false;
            }
        }
        let words = words_of(text, range, &mut quoted);
        if words.is_empty() {
            continue;
        }
        let key = key(words.iter().map(|word| word.folded.as_str()));
        found.push(Sentence { range, words, key });
    }
    (found, false)
}

/// The words of a stretch; `quoted` is whether a quotation is open before it, and comes back as it is behind it.
pub(super) fn words_of(text: &str, range: TextRange, quoted: &mut bool) -> Vec<Word> {
    let Some(slice) = range.slice(text) else { return Vec::new() };
    let mut words = Vec::new();
    let mut start = None;
    let ends = slice.char_indices().chain([(slice.len(), ' ')]);
    for (at, letter) in ends {
        if !letter.is_whitespace() {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        let written = &slice[from..at];
        let opens = written.starts_with(['“', '"', '‘', '«', '(', '\''])
            && written.trim_start_matches('(').starts_with(['“', '"', '‘', '«', '\'']);
        let straight = written.trim_start_matches('(').starts_with('"');
        if opens && !(straight && *quoted) {
            *quoted = true;
        }
        let bare: String = written
            .chars()
            .enumerate()
            .filter(|(place, letter)| {
                letter.is_alphanumeric()
                    || (matches!(letter, '.' | ',') && inner_of_number(written, *place))
                    || *letter == '%'
            })
            .flat_map(|(_, letter)| letter.to_lowercase())
            .collect();
        if !bare.is_empty() {
            let range = TextRange::new(range.start + from as u32, range.start + at as u32);
            words.push(Word { range, written: written.to_owned(), folded: bare, quoted: *quoted });
        }
        let end = written.trim_end_matches(['.', ',', '?', '!', ';', ':', ')']);
        let closes = |mark: &str| end.ends_with(mark) || written.ends_with(mark);
        // An apostrophe inside of a word closes nothing.
        if ["”", "»"].iter().any(|mark| closes(mark))
            || (closes("\"") && !(opens && written.chars().count() == 1))
            || closes("’") && *quoted
        {
            *quoted = false;
        }
    }
    words
}

/// Whether the mark at `place` stands between two digits: the comma of "1,500".
fn inner_of_number(written: &str, place: usize) -> bool {
    let letters: Vec<char> = written.chars().collect();
    place > 0 && letters[place - 1].is_ascii_digit() && letters.get(place + 1).is_some_and(char::is_ascii_digit)
}

/// FNV-1a over words.
fn key<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
