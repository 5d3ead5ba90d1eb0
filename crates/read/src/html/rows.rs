//! The features of each block, in a fixed order: what the model that chooses the main text is asked with. `training/main_text.py` fits that
//! model to them, so that a change here needs a new fit.

use std::collections::{HashMap, HashSet};

use onrecord_evidence::BlockKind;

use super::blocks::{Block, Blocks};
use super::measures::{Element, FAR, MOST_STEPS, Measures, SURROUNDINGS, digest, is_prose};
use crate::metadata::Hints;

/// Features of one block.
pub(crate) type Row = Vec<f32>;

/// Words of a hint that are compared; more say nothing more.
const MOST_WORDS: usize = 400;

/// Phrases that news pages use around an article and seldom in it.
const PHRASES: [&str; 40] = [
    "read more",
    "also read",
    "read also",
    "see also",
    "related:",
    "more on this",
    "more from",
    "recommended",
    "sign up",
    "subscribe",
    "newsletter",
    "advertisement",
    "follow us",
    "click here",
    "all rights reserved",
    "copyright",
    "©",
    "getty",
    "photo:",
    "photograph",
    "image:",
    "picture:",
    "cookies",
    "log in",
    "your inbox",
    "our app",
    "download",
    "share this",
    "comments",
    "continue reading",
    "terms of",
    "privacy",
    "watch:",
    "listen",
    "support us",
    "donat",
    "member",
    "whatsapp",
    "contact us",
    "sponsored",
];

/// Gives the rows of a page one after the other, so that no more than one is kept.
pub(super) struct Rows<'a> {
    page: &'a str,
    blocks: &'a Blocks,
    measures: &'a Measures,
    title: Hint,
    description: Hint,
    authors: Hint,
    body: HashSet<[u64; 3]>,
    headline: Option<usize>,
    /// Running text so far, and what was said so far.
    behind: f32,
    said: HashSet<u64>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(page: &'a str, blocks: &'a Blocks, measures: &'a Measures, hints: &Hints) -> Self {
        let title = Hint::new(words(&hints.title));
        Self {
            headline: headline(page, blocks, &title),
            page,
            blocks,
            measures,
            title,
            description: Hint::new(words(&hints.description)),
            authors: Hint::new(hints.authors.clone()),
            body: runs(&words(&hints.body)).collect(),
            behind: 0.0,
            said: HashSet::new(),
        }
    }

    /// The features of block `index`; to be asked for in order, from 0.
    pub(super) fn row(&mut self, index: usize, row: &mut Row) {
        row.clear();
        let block = &self.blocks.list[index];
        let text = self.blocks.words(self.page, block);
        own(block, &text, row);
        self.place(index, &text, row);
        let element = block.owner.map(|owner| &self.measures.elements[owner as usize]);
        self.around(block, element, row);
        for step in [-2, -1, 1, 2] {
            self.neighbour(index, step, row);
        }
        if is_prose(block) {
            self.behind += block.len as f32;
        }
    }

    /// Where it stands, and what it shares with what the page states.
    fn place(&mut self, index: usize, text: &str, row: &mut Row) {
        let said = digest(text.bytes());
        row.push(index as f32 / self.blocks.list.len() as f32);
        row.push(self.behind / self.measures.prose.max(1.0));
        row.push(self.headline.map_or(-99.0, |headline| (index as f32 - headline as f32).clamp(-50.0, 50.0)));
        row.push(self.measures.seen.get(&said).map_or(0.0, |count| (count - 1) as f32));
        row.push(yes(!self.said.insert(said)));
        let own = words(text);
        row.push(self.title.share_of(&own));
        row.push(self.description.share_of(&own));
        row.push(self.description.share_in(&own));
        row.push(if self.body.is_empty() { -1.0 } else { self.repeated(&own) });
        row.push(self.authors.share_of(&own));
    }

    /// Which share of its runs of words the metadata repeat as the text.
    fn repeated(&self, own: &[u64]) -> f32 {
        if own.len() < 3 {
            return -0.5;
        }
        runs(own).filter(|run| self.body.contains(run)).count() as f32 / (own.len() - 2) as f32
    }

    fn around(&self, block: &Block, element: Option<&Element>, row: &mut Row) {
        match element {
            Some(element) => row.extend(element.near.map(f32::from)),
            None => row.extend([f32::from(FAR); SURROUNDINGS]),
        }
        row.push(element.map_or(0.0, |element| f32::from(element.depth)));
        let prose = self.measures.prose.max(1.0);
        let look = element.and_then(|element| self.measures.looks.get(&element.look)).copied().unwrap_or_default();
        row.extend([look.1 / prose, look.1 / look.0.max(1.0), look.0.ln_1p()]);
        let mut number = block.owner;
        for _ in 0..5 {
            let Some(own) = number else {
                row.extend([0.0; 4]);
                continue;
            };
            let element = &self.measures.elements[own as usize];
            let len = element.len.max(1.0);
            row.extend([element.prose / prose, element.linked / len, element.prose / len, element.blocks.ln_1p()]);
            // The outermost element stands for all that would be around it.
            number = self.blocks.owners[own as usize].above.or(number);
        }
        row.push(f32::from(element.map_or(MOST_STEPS, |element| element.up)));
        row.push(f32::from(element.map_or(MOST_STEPS, |element| element.down)));
    }

    fn neighbour(&self, index: usize, step: isize, row: &mut Row) {
        let own = &self.blocks.list[index];
        let Some(other) = index.checked_add_signed(step).and_then(|other| self.blocks.list.get(other)) else {
            row.extend([-1.0; 5]);
            return;
        };
        let look = |block: &Block| block.owner.map_or(0, |owner| self.measures.elements[owner as usize].look);
        let is_alike = look(own) as u32 == look(other) as u32;
        row.push((other.len as f32).ln_1p());
        row.push(other.linked as f32 / other.len.max(1) as f32);
        row.push(yes(is_prose(other)));
        row.push(yes(other.kind == BlockKind::Heading));
        row.push(yes(look(own) == look(other)) + yes(is_alike));
    }
}

/// What can be said of a block alone.
fn own(block: &Block, text: &str, row: &mut Row) {
    let letters = text.chars().count() as f32;
    let count = |is: fn(char) -> bool| text.chars().filter(|letter| is(*letter)).count() as f32;
    row.push(letters.ln_1p());
    row.push((text.split_whitespace().count() as f32).ln_1p());
    row.push(block.linked as f32 / block.len.max(1) as f32);
    use BlockKind::{Heading, ListItem, Other, Paragraph, Quotation};
    row.extend([Heading, Paragraph, ListItem, Quotation, Other].map(|kind| yes(block.kind == kind)));
    row.push(yes(block.is_main_heading));
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', '」']);
    row.push(yes(bare.ends_with(['.', '!', '?', '…', '。', ':'])));
    row.push(yes(text.ends_with(':')));
    row.push(yes(text.chars().next().is_some_and(char::is_uppercase)));
    row.push(yes(text.starts_with(['"', '“', '„', '«', '»', '‘', '「', '-', '–', '—'])));
    row.push(count(|letter| matches!(letter, '.' | ',' | ';' | '!' | '?' | '。' | '、')) / letters.max(1.0));
    row.push(count(char::is_numeric) / letters.max(1.0));
    row.push(count(char::is_uppercase) / letters.max(1.0));
    row.push(count(|letter| matches!(letter, '|' | '©' | '@' | '/' | '+' | '►' | '›' | '→' | '•' | '·')).min(9.0));
    let lower = if text.len() > 600 { String::new() } else { text.to_lowercase() };
    row.push(PHRASES.iter().filter(|phrase| lower.contains(**phrase)).count() as f32);
}

/// The block that says the title: an `h1` first, then any, then the first `h1` of all.
fn headline(page: &str, blocks: &Blocks, title: &Hint) -> Option<usize> {
    let says = |index: &usize| {
        let block = &blocks.list[*index];
        let own = if block.len < 400 { words(&blocks.words(page, block)) } else { Vec::new() };
        own.len() > 1 && title.share_of(&own) > 0.8 && title.share_in(&own) > 0.6
    };
    let all = || 0..blocks.list.len();
    let main = |index: &usize| blocks.list[*index].is_main_heading;
    let long = |index: &usize| blocks.list[*index].len >= 8;
    all().filter(main).find(says).or_else(|| all().find(says)).or_else(|| all().filter(main).find(long))
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// Words that the page states, for comparing.
struct Hint {
    /// Each word, with its number among the distinct ones.
    words: HashMap<u64, usize>,
    /// How often each stands.
    counts: Vec<u32>,
    len: usize,
}

impl Hint {
    fn new(list: Vec<u64>) -> Self {
        let (mut words, mut counts) = (HashMap::new(), Vec::new());
        for word in list.iter().take(MOST_WORDS) {
            let number = *words.entry(*word).or_insert(counts.len());
            if number == counts.len() {
                counts.push(0);
            }
            counts[number] += 1;
        }
        Self { words, counts, len: list.len().min(MOST_WORDS) }
    }

    /// Which share of `own` stands here.
    fn share_of(&self, own: &[u64]) -> f32 {
        if own.is_empty() || self.len == 0 {
            return 0.0;
        }
        own.iter().filter(|word| self.words.contains_key(word)).count() as f32 / own.len() as f32
    }

    /// Which share of what is here stands in `own`.
    fn share_in(&self, own: &[u64]) -> f32 {
        if self.len == 0 {
            return 0.0;
        }
        let mut is_there = vec![false; self.counts.len()];
        for number in own.iter().filter_map(|word| self.words.get(word)) {
            is_there[*number] = true;
        }
        let found = self.counts.iter().zip(is_there).filter(|(_, is_there)| *is_there);
        found.map(|(count, _)| *count).sum::<u32>() as f32 / self.len as f32
    }
}

/// Words in lower case, as numbers.
pub(crate) fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let (mut word, mut is_in) = (0_u64, false);
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            for lower in letter.to_lowercase() {
                word = (word ^ u64::from(u32::from(lower))).wrapping_mul(0x100_0000_01b3).rotate_left(5);
            }
            is_in = true;
        } else if is_in {
            words.push(word);
            (word, is_in) = (0, false);
        }
    }
    if is_in {
        words.push(word);
    }
    words
}

/// All runs of three words.
fn runs(words: &[u64]) -> impl Iterator<Item = [u64; 3]> {
    words.windows(3).map(|run| [run[0], run[1], run[2]])
}
