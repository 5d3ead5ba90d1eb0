//! One text made ready for comparing: its words, sentences and paragraphs, and the keys by which a store finds texts that share words
//! with it. Not a comparison, and nothing about other articles.

use onrecord_annotate::sentences;
use onrecord_evidence::{BlockKind, Diagnostic, Digest, TextRange};

use super::credit::{Credit, credits};
use super::furniture::is_furniture;
use super::word::{Word, hash_words, quotations, speaks_of_itself, words};
use crate::Report;

/// Words in one shingle.
pub(super) const SHINGLE: usize = 5;
/// Shingles in one window: two texts that share `SHINGLE + WINDOW - 1` words in a row share a key.
const WINDOW: usize = 12;
/// More keys than this are thinned out by doubling the window.
const MAX_KEYS: usize = 512;
/// Words behind these are not compared (a diagnostic says so).
const MAX_WORDS: usize = 20_000;
/// A longer sentence is compared in pieces, so that the work stays linear in the length of a text.
const MAX_SENTENCE: usize = 96;

/// Sentences from one that says "I" to the next one of the same letter.
const LETTER: usize = 5;

/// A sentence, or a piece of a long one.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its first word and one past its last.
    pub words: std::ops::Range<usize>,
    /// The paragraph that it stands in.
    pub paragraph: usize,
    /// Whether it says "I" outside of quotation marks.
    pub itself: bool,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Hash of its words.
    pub key: u64,
    /// Whether no copy is judged by it.
    pub furniture: bool,
    /// Whether the paragraph before it ends with a colon and so presents it.
    pub presented: bool,
}

/// A revision's text as words, sentences and paragraphs, with its index keys and its credits.
///
/// Depends on the text and its blocks alone (and so does [`Passages::digest`]), until paragraphs that the outlet repeats are
/// left out by [`Passages::without`].
#[derive(Clone, Debug)]
pub struct Passages {
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) credits: Vec<Credit>,
    keys: Vec<u64>,
    digest: Digest,
    diagnostics: Vec<Diagnostic>,
}

impl Passages {
    /// Reads the text of `report`. Linear in its length.
    ///
    /// Diagnostic `passages-cut`: the text has more than 20,000 words; those behind are not compared.
    pub fn of(report: &Report) -> Self {
        let text = report.text.as_str();
        let edges: Vec<TextRange> = report.blocks.iter().map(|block| block.range).collect();
        let mut found = Self {
            words: Vec::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            credits: credits(text),
            keys: Vec::new(),
            digest: Digest::of_fields("onrecord/passages/1", &[]),
            diagnostics: Vec::new(),
        };
        let blocks = report.blocks.iter().filter(|block| block.kind == BlockKind::Quotation);
        let quoted: Vec<TextRange> = blocks.map(|block| block.range).collect();
        let mut presented = false;
        for lines in paragraphs(text, &sentences(text, &edges), &edges) {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else { continue };
            let whole = first.hull(*last);
            let from = quoted.partition_point(|range| range.end <= whole.start);
            let block = quoted.get(from).is_some_and(|range| range.overlaps(whole));
            found.paragraph(text, whole, &lines, block, presented);
            presented = whole.slice(text).is_some_and(|words| words.ends_with(':'));
            if found.words.len() > MAX_WORDS {
                let message = format!(
                    "the text has more than {MAX_WORDS} words; those behind byte {} are not compared",
                    whole.end
                );
                found.diagnostics.push(Diagnostic::warning("passages-cut", message).at(report.revision.to_string()));
                break;
            }
        }
        found.quote_letters();
        found.index();
        found
    }

    /// What stands between two sentences that say "I" without quotation marks, near to both, is of the same letter or statement.
    fn quote_letters(&mut self) {
        let itself: Vec<usize> = (0..self.sentences.len()).filter(|index| self.sentences[*index].itself).collect();
        for pair in itself.windows(2).filter(|pair| pair[1] - pair[0] <= LETTER) {
            let words = self.sentences[pair[0]].words.end..self.sentences[pair[1]].words.start;
            self.words[words].iter_mut().for_each(|word| word.quoted = true);
        }
    }

    fn paragraph(&mut self, text: &str, whole: TextRange, lines: &[TextRange], block: bool, presented: bool) {
        let quotes = if block { vec![whole] } else { quotations(text, whole) };
        let (first, index) = (self.words.len(), self.paragraphs.len());
        for line in lines {
            if self.words.len() > MAX_WORDS {
                break;
            }
            let mut words = words(text, *line, &quotes);
            let itself = speaks_of_itself(text, &words);
            if itself {
                words.iter_mut().for_each(|word| word.quoted = true);
            }
            let mut at = self.words.len();
            self.words.append(&mut words);
            while at < self.words.len() {
                let end = self.words.len().min(at + MAX_SENTENCE);
                self.sentences.push(Sentence { words: at..end, paragraph: index, itself });
                at = end;
            }
        }
        let own = &self.words[first..];
        let written: Vec<String> = own
            .iter()
            .take(64)
            .map(|word| word.range.slice(text).unwrap_or("").to_lowercase().replace(['\'', '’'], ""))
            .collect();
        let furniture = is_furniture(whole.slice(text).unwrap_or(""), &written);
        let key = hash_words(own.iter().map(|word| word.hash));
        self.paragraphs.push(Paragraph { key, furniture, presented });
    }

    fn index(&mut self) {
        let bytes: Vec<u8> = self.counted().flat_map(|word| word.hash.to_be_bytes()).collect();
        self.digest = Digest::of_fields("onrecord/passages/1", &[&bytes]);
        let shingles: Vec<u64> = self.shingles().collect();
        let mut window = WINDOW;
        self.keys = winnow(&shingles, window);
        while self.keys.len() > MAX_KEYS {
            window *= 2;
            self.keys = winnow(&shingles, window);
        }
    }

    /// The words that count, in order.
    fn counted(&self) -> impl Iterator<Item = &Word> {
        let kept = self.sentences.iter().filter(|sentence| !self.paragraphs[sentence.paragraph].furniture);
        kept.flat_map(|sentence| &self.words[sentence.words.clone()])
    }

    /// All shingles in order; the keys are some of them.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u64> {
        let counted: Vec<u64> = self.counted().map(|word| word.hash).collect();
        (SHINGLE..=counted.len()).map(move |end| hash_words(counted[end - SHINGLE..end].iter().copied()))
    }

    /// How many words count: those of paragraphs that are no furniture.
    pub fn len(&self) -> usize {
        self.counted().count()
    }

    /// Whether no word counts.
    pub fn is_empty(&self) -> bool {
        self.counted().next().is_none()
    }

    /// The keys under which a store finds this text, ascending, at most 512: winnowed shingles of five words (Schleimer, Wilkerson and
    /// Aiken 2003). Two texts that share 16 words in a row share a key; in texts of more than some 3,000 words it takes longer runs.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The key of each paragraph that may be one that the outlet repeats, with its number, in text order.
    pub fn paragraph_keys(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let kept = self.paragraphs.iter().enumerate().filter(|(_, paragraph)| !paragraph.furniture);
        kept.map(|(index, paragraph)| (index, paragraph.key))
    }

    /// The same text with these paragraphs (by number) taken for furniture: the outlet repeats them under its own articles.
    #[must_use]
    pub fn without(mut self, repeated: &[usize]) -> Self {
        for index in repeated {
            if let Some(paragraph) = self.paragraphs.get_mut(*index) {
                paragraph.furniture = true;
            }
        }
        if !repeated.is_empty() {
            self.index();
        }
        self
    }

    /// Says that the words are the same: two texts with one digest have the same words in the same order, furniture aside.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Who is credited with the text, in text order.
    pub fn credits(&self) -> &[Credit] {
        &self.credits
    }

    /// What was left out.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// The sentences by paragraph: a line break or the edge of a block parts two.
fn paragraphs(text: &str, sentences: &[TextRange], blocks: &[TextRange]) -> Vec<Vec<TextRange>> {
    let mut found: Vec<Vec<TextRange>> = Vec::new();
    let mut edges: Vec<u32> = blocks.iter().flat_map(|block| [block.start, block.end]).collect();
    edges.sort_unstable();
    let mut before: Option<TextRange> = None;
    for sentence in sentences {
        let parted = before.is_none_or(|before| {
            let gap = TextRange::new(before.end, sentence.start).slice(text).unwrap_or("");
            let from = edges.partition_point(|edge| *edge < before.end);
            gap.contains(['\n', '\r']) || edges.get(from).is_some_and(|edge| *edge <= sentence.start)
        });
        match found.last_mut().filter(|_| !parted) {
            Some(last) => last.push(*sentence),
            None => found.push(vec![*sentence]),
        }
        before = Some(*sentence);
    }
    found
}

/// The smallest of each `window` shingles, once each, ascending.
fn winnow(shingles: &[u64], window: usize) -> Vec<u64> {
    let mut kept: Vec<u64> = Vec::new();
    // Positions whose shingle is smaller than all that follow in the window: the first is the smallest.
    let mut rising: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    for (at, shingle) in shingles.iter().enumerate() {
        while rising.back().is_some_and(|back| shingles[*back] >= *shingle) {
            rising.pop_back();
        }
        rising.push_back(at);
        if rising.front().is_some_and(|front| front + window <= at) {
            rising.pop_front();
        }
        if at + 1 >= window.min(shingles.len()) {
            kept.extend(rising.front().map(|front| shingles[*front]));
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}
