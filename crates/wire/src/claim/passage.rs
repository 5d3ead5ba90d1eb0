//! The sentences of a text that hold some words of it, as one exact passage for people. Not a splitter of sentences for anything that decides.

use onrecord_evidence::TextRange;

use super::asked::QuotePiece;

/// Bytes between two words that are shown in one passage.
const MOST_BETWEEN: u32 = 240;
/// Bytes by which a passage is extended to the ends of its sentence.
const MOST_AROUND: usize = 240;

/// The sentences that hold most of these words, on one line, and where they stand; `None` where there are none.
pub(super) fn passage(text: &str, ranges: &[TextRange]) -> Option<(String, TextRange)> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let mut clusters: Vec<(TextRange, u32)> = Vec::new();
    for range in sorted {
        let length = range.end - range.start;
        if let Some((last, words)) = clusters.last_mut() {
            let between = text.get(last.end as usize..(range.start as usize).max(last.end as usize)).unwrap_or("");
            if !between.contains('\n') && between.len() as u32 <= MOST_BETWEEN {
                *last = TextRange::new(last.start, last.end.max(range.end));
                *words += length;
                continue;
            }
        }
        clusters.push((range, length));
    }
    // Of two as full ones the first.
    let (best, _) = clusters.into_iter().rev().max_by_key(|(_, words)| *words)?;
    let start = sentence_start(text, best.start as usize);
    let end = sentence_end(text, best.end as usize);
    let words = text.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some((words, TextRange::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?)))
}

/// Marks that may follow the end of a sentence.
const CLOSING: [char; 5] = ['\u{201d}', '"', '\u{2019}', '\'', ')'];

/// Where the sentence begins that holds this place; the place itself where that is far.
/// A passage cut where `ranges` begin and end, each part on one line; together they are the words of the passage.
pub(super) fn cut(text: &str, passage: TextRange, ranges: &[TextRange]) -> Vec<QuotePiece> {
    let mut edges: Vec<u32> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    edges.retain(|edge| (passage.start..passage.end).contains(edge));
    edges.extend([passage.start, passage.end]);
    edges.sort_unstable();
    edges.dedup();
    let mut pieces: Vec<QuotePiece> = Vec::new();
    for pair in edges.windows(2) {
        let range = TextRange::new(pair[0], pair[1]);
        let Some(words) = range.slice(text) else { continue };
        let counts = ranges.iter().any(|one| one.start <= range.start && range.end <= one.end);
        let mut line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let has_gap = |edge: Option<char>| edge.is_some_and(char::is_whitespace);
        if has_gap(words.chars().next()) && range.start > passage.start {
            line.insert(0, ' ');
        }
        if has_gap(words.chars().next_back()) && range.end < passage.end && line != " " {
            line.push(' ');
        }
        match pieces.last_mut() {
            Some(last) if last.counts == counts => last.words.push_str(&line),
            _ => pieces.push(QuotePiece { words: line, counts }),
        }
    }
    pieces
}

fn sentence_start(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(MOST_AROUND));
    // With the letter at this place: without it no sentence would begin there.
    let next = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let (Some(before), Some(with)) = (text.get(from..at), text.get(from..at + next)) else { return at };
    if let Some(line) = before.rfind('\n') {
        return ends(with.get(line + 1..).unwrap_or("")).last().map_or(from + line + 1, |end| from + line + 1 + end);
    }
    match ends(with).last() {
        Some(end) => from + end,
        None if from == 0 => 0,
        None => at,
    }
}

/// Where the sentence ends that holds the word before this place; the place itself where that is far.
fn sentence_end(text: &str, at: usize) -> usize {
    let back = text.get(..at).and_then(|before| before.char_indices().next_back()).map_or(at, |(place, _)| place);
    let to = text.floor_char_boundary((at + MOST_AROUND).min(text.len()));
    let Some(after) = text.get(back..to) else { return at };
    let line = after.find('\n').unwrap_or(after.len());
    let within = after.get(..line).unwrap_or(after);
    match ends(within).next() {
        Some(end) => back + within.get(..end).unwrap_or("").trim_end().len(),
        None if line < after.len() || to == text.len() => back + within.trim_end().len(),
        None => at,
    }
}

/// The places behind the ends of sentences: a stop, closing marks, a blank, and then a capital or an opening mark. "Mr. Renkel" and "Oct. 17" end none.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?')).filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let marks: usize = rest.chars().take_while(|letter| CLOSING.contains(letter)).map(char::len_utf8).sum();
        let behind = rest.get(marks..)?;
        let blanks = behind.len() - behind.trim_start().len();
        let next = behind.trim_start().chars().next()?;
        let word = text.get(..at)?.split(|letter: char| !letter.is_alphanumeric()).next_back().unwrap_or("");
        let is_short = word.len() <= 3 && word.starts_with(char::is_uppercase) && marks == 0;
        let opens = next.is_uppercase() || matches!(next, '\u{201c}' | '"' | '\u{2018}' | '\'');
        (blanks > 0 && opens && !is_short).then_some(at + 1 + marks + blanks)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[&str], expect: &str) {
        let range = |words: &&str| {
            let start = text.find(*words).expect("words of the text");
            TextRange::new(start as u32, (start + words.len()) as u32)
        };
        let ranges: Vec<TextRange> = words.iter().map(range).collect();
        assert_eq!(passage(text, &ranges).map(|(words, _)| words).as_deref(), Some(expect), "{words:?}");
    }

    #[test]
    fn a_passage_is_cut_where_its_words_begin_and_end() {
        let text = "Orsk said on\n Sunday that  it fell. More.";
        let range = |words: &str| {
            let start = text.find(words).expect("words of the text");
            TextRange::new(start as u32, (start + words.len()) as u32)
        };
        let check = |passage: &str, words: &[&str], expect: &[(&str, bool)]| {
            let ranges: Vec<TextRange> = words.iter().map(|words| range(words)).collect();
            let pieces = cut(text, range(passage), &ranges);
            let found: Vec<(&str, bool)> = pieces.iter().map(|piece| (piece.words.as_str(), piece.counts)).collect();
            assert_eq!(found, expect, "{words:?}");
            let whole: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
            assert_eq!(
                whole,
                range(passage).slice(text).expect("it stands there").split_whitespace().collect::<Vec<_>>().join(" ")
            );
        };
        let all = "Orsk said on\n Sunday that  it fell.";
        check(
            all,
            &["Orsk said", "that  it fell"],
            &[("Orsk said", true), (" on Sunday ", false), ("that it fell", true), (".", false)],
        );
        check(
            all,
            &["Orsk", "said"],
            &[("Orsk", true), (" ", false), ("said", true), (" on Sunday that it fell.", false)],
        );
        check(all, &["fell. More"], &[("Orsk said on Sunday that it ", false), ("fell.", true)]);
        check(all, &[all], &[("Orsk said on Sunday that it fell.", true)]);
    }

    #[test]
    fn a_passage_is_whole_sentences() {
        let text = "Head of a page\nIt rained. Mr. Renkel denied the call on Monday. \u{201c}There was none.\u{201d} Others said nothing.\n";
        check(text, &["Mr. Renkel"], "Mr. Renkel denied the call on Monday.");
        check(text, &["denied", "the call"], "Mr. Renkel denied the call on Monday.");
        check(text, &["There was none"], "\u{201c}There was none.\u{201d}");
        check(text, &["Head"], "Head of a page");
        check(text, &["nothing"], "Others said nothing.");
        check(text, &["Head", "denied", "the call"], "Mr. Renkel denied the call on Monday.");
    }
}
