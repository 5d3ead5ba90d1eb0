//! Sentences of a text. Not a parser: a boundary where the segmenter sees one, never across a line or a block.

use onrecord_evidence::TextRange;

/// A line longer than this is cut before it is segmented, so that time stays linear in the length of any input.
/// (The longest paragraph among 36,534 of newspapers has 2,573 bytes; the segmenter's time grows with the square.)
const PIECE_BYTES: usize = 4 * 1024;

/// The sentences of `text` in text order, without the white space between them; every other byte is in one of them.
///
/// Lines and the edges of `blocks` always end a sentence. The language is taken to be English.
///
/// ```
/// use onrecord_annotate::sentences;
/// let text = "Dr. Vane declined to comment. The ministry denied it.\nThe port stayed shut.";
/// let words: Vec<_> = sentences(text, &[]).into_iter().filter_map(|range| range.slice(text)).collect();
/// assert_eq!(words, ["Dr. Vane declined to comment.", "The ministry denied it.", "The port stayed shut."]);
/// ```
pub fn sentences(text: &str, blocks: &[TextRange]) -> Vec<TextRange> {
    let mut sentences = Vec::new();
    for line in lines(text, blocks) {
        for piece in pieces(text, line) {
            segment(text, piece, &mut sentences);
        }
    }
    sentences
}

/// The text cut at line breaks and at the edges of blocks; edges that do not fit the text are passed over.
fn lines(text: &str, blocks: &[TextRange]) -> Vec<TextRange> {
    let mut edges: Vec<u32> = blocks
        .iter()
        .flat_map(|block| [block.start, block.end])
        .filter(|edge| text.is_char_boundary(*edge as usize))
        .chain(text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'\n' | b'\r')).map(|(at, _)| at as u32))
        .chain([text.len() as u32])
        .collect();
    edges.sort_unstable();
    let mut start = 0;
    edges
        .into_iter()
        .filter_map(|edge| {
            let line = TextRange::new(start, edge);
            start = edge;
            line.trimmed(text)
        })
        .collect()
}

/// The line in pieces of at most [`PIECE_BYTES`], cut at white space where there is any.
fn pieces(text: &str, line: TextRange) -> Vec<TextRange> {
    let mut pieces = Vec::new();
    let mut start = line.start;
    while start < line.end {
        let mut end = line.end;
        if (end - start) as usize > PIECE_BYTES {
            let limit = text.floor_char_boundary(start as usize + PIECE_BYTES);
            let window = &text[start as usize..limit];
            let cut = window.rfind(". ").map(|at| at + 1).or_else(|| window.rfind(' ')).filter(|cut| *cut > 0);
            end = start + cut.unwrap_or(window.len()) as u32;
        }
        pieces.push(TextRange::new(start, end));
        start = end;
    }
    pieces
}

fn segment(text: &str, piece: TextRange, sentences: &mut Vec<TextRange>) {
    let Some(words) = piece.slice(text) else { return };
    let mut start = piece.start;
    for boundary in sentencex::get_sentence_boundaries("en", words) {
        let end = piece.start + boundary.end_byte as u32;
        sentences.extend(TextRange::new(start, end).trimmed(text));
        start = end;
    }
    sentences.extend(TextRange::new(start, piece.end).trimmed(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, blocks: &[TextRange], expect: &[&str]) {
        let found: Vec<_> = sentences(text, blocks).into_iter().map(|range| range.slice(text).unwrap()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn news_sentences() {
        check("", &[], &[]);
        check(" \n\t\r\n ", &[], &[]);
        check(
            "“There was no call,” Mr. Haskar said. Gen. A. B. Orde of the U.N. mission agreed.",
            &[],
            &["“There was no call,” Mr. Haskar said.", "Gen. A. B. Orde of the U.N. mission agreed."],
        );
        check(
            "Port shut\nTwo people said so. No one denied it",
            &[],
            &["Port shut", "Two people said so.", "No one denied it"],
        );
    }

    #[test]
    fn blocks_end_sentences_and_wrong_ones_do_not_hurt() {
        let block = |start, end| TextRange::new(start, end);
        check("Talks begin Envoys met", &[block(0, 11), block(12, 22)], &["Talks begin", "Envoys met"]);
        check("Żeleński", &[block(1, 99)], &["Żeleński"]);
    }

    #[test]
    fn every_byte_that_is_no_white_space_is_in_one_sentence() {
        for text in ["…!?.”“’’ . . .", "“Unclosed. He said", "a.b.c. D", "\u{2028}x\u{85}y", "'''''' ((((", "。！？"]
        {
            let covered: usize = sentences(text, &[]).iter().map(|range| range.len() as usize).sum();
            let found = sentences(text, &[]);
            assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start), "{text}");
            assert!(covered >= text.split_whitespace().map(str::len).sum::<usize>(), "{text}");
        }
    }

    #[test]
    fn long_lines_are_cut() {
        let long = "word ".repeat(200_000);
        assert!(sentences(&long, &[]).len() >= 1_000_000 / PIECE_BYTES);
        let solid = "ж".repeat(1 << 20);
        assert!(sentences(&solid, &[]).iter().all(|range| range.len() as usize <= PIECE_BYTES));
        let quoted = "“He said “it” (was) said. ".repeat(40_000);
        assert!(!sentences(&quoted, &[]).is_empty());
    }
}
