//! How the text of a page lies in its elements: what surrounds each element, and how much running text it holds. Not yet the features of a
//! block, and no choice.

use std::collections::HashMap;

use onrecord_evidence::BlockKind;

use super::blocks::{Block, Blocks};
use super::names::{self, GROUPS};
use super::tokens::{Kind, Tokens};

/// Elements whose nearness counts.
const TAGS: [&str; 14] = [
    "article",
    "main",
    "aside",
    "footer",
    "header",
    "nav",
    "figure",
    "form",
    "table",
    "ul",
    "ol",
    "blockquote",
    "section",
    "figcaption",
];
/// What can be near: the groups of names, being hidden, the tags.
pub(super) const SURROUNDINGS: usize = GROUPS + 1 + TAGS.len();
/// Steps up that are looked at; further is as good as not at all.
pub(super) const FAR: u8 = 10;
/// Steps that are more than any page means.
pub(super) const MOST_STEPS: u16 = 30;

/// An element, what is around it and what is in it.
#[derive(Clone, Default)]
pub(super) struct Element {
    /// Steps up to the nearest element of each kind, itself at 0.
    pub(super) near: [u8; SURROUNDINGS],
    pub(super) depth: u16,
    /// Bytes of text, of text in links, and of running text.
    pub(super) len: f32,
    pub(super) linked: f32,
    pub(super) prose: f32,
    pub(super) blocks: f32,
    /// Points for the paragraphs in it, the more the nearer they stand (after Readability).
    points: f32,
    /// Name and classes: its own in the lower half, with those of the element around it in the upper.
    pub(super) look: u64,
    /// Steps up to the way that leads to the best element, and down that way.
    pub(super) up: u16,
    pub(super) down: u16,
}

impl Element {
    /// Whether it stands in an element for what is around an article.
    pub(super) fn is_around(&self) -> bool {
        const AROUND: [&str; 4] = ["aside", "footer", "nav", "form"];
        let near = TAGS.iter().zip(&self.near[GROUPS + 1..]);
        near.into_iter().any(|(tag, steps)| AROUND.contains(tag) && *steps < FAR)
    }
}

/// A page, measured.
pub(super) struct Measures {
    pub(super) elements: Vec<Element>,
    /// Bytes of text, and of running text, of all blocks that look alike.
    pub(super) looks: HashMap<u64, (f32, f32)>,
    /// How many blocks say the same, by the digest of their words.
    pub(super) seen: HashMap<u64, u32>,
    /// Bytes of running text.
    pub(super) prose: f32,
}

/// Whether a block is running text.
pub(super) fn is_prose(block: &Block) -> bool {
    block.len >= 60 && block.linked * 3 < block.len && block.kind != BlockKind::Heading
}

impl Measures {
    /// Measures a page; the time grows with its length, whatever its depth.
    pub(super) fn of(page: &str, tokens: &Tokens, blocks: &Blocks) -> Self {
        let mut measures =
            Self { elements: elements(tokens, blocks), looks: HashMap::new(), seen: HashMap::new(), prose: 0.0 };
        for block in &blocks.list {
            measures.add(block, &blocks.words(page, block), blocks);
        }
        // An element stands behind the one around it: from the last to the first, each has all of its own.
        for number in (0..measures.elements.len()).rev() {
            let Some(above) = blocks.owners[number].above else { continue };
            let Element { len, linked, prose, blocks, .. } = measures.elements[number];
            let above = &mut measures.elements[above as usize];
            (above.len, above.linked) = (above.len + len, above.linked + linked);
            (above.prose, above.blocks) = (above.prose + prose, above.blocks + blocks);
        }
        measures.find_ways(blocks);
        measures
    }

    fn add(&mut self, block: &Block, text: &str, blocks: &Blocks) {
        *self.seen.entry(digest(text.bytes())).or_default() += 1;
        let Some(own) = block.owner else { return };
        let len = block.len as f32;
        let prose = if is_prose(block) { len } else { 0.0 };
        self.prose += prose;
        let element = &mut self.elements[own as usize];
        (element.len, element.linked) = (element.len + len, element.linked + block.linked as f32);
        (element.prose, element.blocks) = (element.prose + prose, element.blocks + 1.0);
        let look = self.looks.entry(element.look).or_default();
        (look.0, look.1) = (look.0 + len, look.1 + prose);
        if prose == 0.0 {
            return;
        }
        let points = 1.0 + text.matches([',', '、', '，']).count() as f32 + (len / 100.0).min(3.0);
        let mut above = blocks.owners[own as usize].above;
        for share in [1.0, 2.0, 9.0, 12.0, 15.0] {
            let Some(number) = above else { break };
            self.elements[number as usize].points += points / share;
            above = blocks.owners[number as usize].above;
        }
    }

    /// The element with the most points, links taken off, and the way to it from everywhere.
    fn find_ways(&mut self, blocks: &Blocks) {
        let points = |element: &Element| element.points * (1.0 - element.linked / element.len.max(1.0));
        let best = |best: Option<usize>, (number, element): (usize, &Element)| {
            let most = best.map_or(0.0, |best| points(&self.elements[best]));
            if points(element) > most { Some(number) } else { best }
        };
        let best = self.elements.iter().enumerate().fold(None, best);
        for element in &mut self.elements {
            (element.up, element.down) = (MOST_STEPS, MOST_STEPS);
        }
        let (mut way, mut step) = (best, 0);
        while let Some(number) = way {
            (self.elements[number].up, self.elements[number].down) = (0, step);
            step = (step + 1).min(MOST_STEPS);
            way = blocks.owners[number].above.map(|above| above as usize);
        }
        for number in 0..self.elements.len() {
            if self.elements[number].up > 0
                && let Some(above) = blocks.owners[number].above
            {
                let Element { up, down, .. } = self.elements[above as usize];
                (self.elements[number].up, self.elements[number].down) = ((up + 1).min(MOST_STEPS), down);
            }
        }
    }
}

fn elements(tokens: &Tokens, blocks: &Blocks) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::with_capacity(blocks.owners.len());
    for owner in &blocks.owners {
        let above = owner.above.and_then(|above| elements.get(above as usize));
        let mut element = Element { near: [FAR; SURROUNDINGS], ..Element::default() };
        let mut look_above = 0;
        if let Some(above) = above {
            element.depth = above.depth.saturating_add(1);
            look_above = above.look & 0xFFFF_FFFF;
            for (near, above) in element.near.iter_mut().zip(above.near) {
                *near = (above + 1).min(FAR);
            }
        }
        let kind = tokens.list.get(owner.token as usize).map(|token| token.kind);
        if let Some(Kind::Start { name, first, last, .. }) = kind {
            let (name, attributes) = (tokens.name(name), tokens.attributes(first, last));
            let groups = names::groups(attributes);
            for (bit, near) in element.near.iter_mut().enumerate().take(GROUPS + 1) {
                if groups & (1 << bit) != 0 {
                    *near = 0;
                }
            }
            if let Some(tag) = TAGS.iter().position(|tag| *tag == name) {
                element.near[GROUPS + 1 + tag] = 0;
            }
            let class = attributes.iter().find(|attribute| attribute.name == "class").map_or("", |class| &class.value);
            let own = || name.bytes().chain([0]).chain(class.bytes());
            element.look = (digest(own().chain(look_above.to_le_bytes())) << 32) | (digest(own()) & 0xFFFF_FFFF);
        }
        elements.push(element);
    }
    elements
}

/// FNV-1a: quick, and the same everywhere.
pub(super) fn digest(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
