//! Plain text: where its paragraphs are. The text itself stays as it is, line ends included.

use onrecord_evidence::{Block, BlockKind, TextRange};

/// The blocks of `text`: each line is one; neighbouring lines that were broken at a fixed width are one together.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut group: Vec<TextRange> = Vec::new();
    for line in lines(text) {
        match line.trimmed(text) {
            Some(line) => group.push(line),
            None => close(text, &mut group, &mut blocks),
        }
    }
    close(text, &mut group, &mut blocks);
    if let [first, _, ..] = &mut blocks[..]
        && is_headline(first.range.slice(text).unwrap_or(""))
    {
        first.kind = BlockKind::Heading;
    }
    blocks
}

/// The lines with their ends; a carriage return ends one too.
fn lines(text: &str) -> impl Iterator<Item = TextRange> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len() as u32;
        TextRange::new(start, at)
    })
}

fn close(text: &str, group: &mut Vec<TextRange>, blocks: &mut Vec<Block>) {
    let block = |range| Block { range, kind: BlockKind::Paragraph };
    match (group.first(), group.last()) {
        (Some(first), Some(last)) if is_wrapped(text, group) => blocks.push(block(first.hull(*last))),
        _ => blocks.extend(group.iter().copied().map(block)),
    }
    group.clear();
}

/// Whether neighbouring lines look like one paragraph broken at a fixed width: none is long, all but the last are nearly
/// as long as the longest, and at least half of those do not end a sentence.
fn is_wrapped(text: &str, group: &[TextRange]) -> bool {
    let Some((_, broken)) = group.split_last().filter(|(_, broken)| !broken.is_empty()) else { return false };
    let words = |range: &TextRange| range.slice(text).unwrap_or("");
    let len = |range: &TextRange| words(range).chars().count();
    let longest = group.iter().map(len).max().unwrap_or(0);
    let unfinished = broken.iter().filter(|line| !ends_sentence(words(line))).count();
    (40..=120).contains(&longest)
        && broken.iter().all(|line| len(line) * 10 >= longest * 6)
        && unfinished * 2 >= broken.len()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', '»']).ends_with(['.', '!', '?', ':', '…'])
}

fn is_headline(line: &str) -> bool {
    line.chars().count() <= 140 && !line.contains(['\n', '\r']) && !ends_sentence(line) && !line.ends_with([',', ';'])
}

/// The words of `text` with one blank between them.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
