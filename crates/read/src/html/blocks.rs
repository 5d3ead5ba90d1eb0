//! The blocks of a page in order, each with its fragments and the element that holds it. No choice among them is made here.

use std::ops::Range;

use onrecord_evidence::BlockKind;

use super::elements::{Shape, closes, is_raw, shape};
use super::tokens::{Kind, Name, Short, Tokens};
use crate::Limits;

/// A stretch of text: the page's own bytes, or what they stand for as one piece.
#[derive(Clone, Copy)]
pub(super) struct Fragment {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) words: Option<Words>,
}

/// What a decoded fragment stands for.
#[derive(Clone, Copy)]
pub(super) enum Words {
    /// White space, collapsed.
    Space,
    /// An entity.
    Short(Short),
}

impl Fragment {
    pub(super) fn words<'a>(&'a self, page: &'a str) -> &'a str {
        match &self.words {
            Some(Words::Space) => " ",
            Some(Words::Short(words)) => words.as_str(),
            None => page.get(self.start as usize..self.end as usize).unwrap_or(""),
        }
    }
}

/// One block: fragments without white space at the ends.
pub(super) struct Block {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The number of the block element that holds it, counted over start tags of block elements; `None` outside of all.
    pub(super) owner: Option<u32>,
    pub(super) kind: BlockKind,
    /// Name of the innermost heading, for telling `h1` from the others.
    pub(super) is_main_heading: bool,
    /// Bytes of text, and how many of them stand in links.
    pub(super) len: usize,
    pub(super) linked: usize,
}

/// A block element.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    /// The block element around it.
    pub(super) above: Option<u32>,
    /// Its start tag, by its number among the tokens.
    pub(super) token: u32,
}

/// All blocks of a page.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
    pub(super) fragments: Vec<Fragment>,
    /// The block elements, by number.
    pub(super) owners: Vec<Owner>,
    /// Most elements open at once.
    pub(super) depth: usize,
    /// The sum of the depths of all elements.
    pub(super) depth_sum: u64,
}

impl Blocks {
    /// The text of a block.
    pub(super) fn words(&self, page: &str, block: &Block) -> String {
        self.fragments[block.first..block.last].iter().map(|fragment| fragment.words(page)).collect()
    }
}

struct Open {
    name: Name,
    is_block: bool,
    owner: Option<u32>,
    kind: BlockKind,
    is_main_heading: bool,
    keeps_space: bool,
    is_link: bool,
}

struct Builder<'a> {
    page: &'a str,
    tokens: &'a Tokens,
    blocks: Blocks,
    shapes: Vec<Shape>,
    stack: Vec<Open>,
    /// How many of each name are open, so that a stray end tag costs nothing.
    open: Vec<u32>,
    /// Elements beyond the depth limit; they are counted and not kept.
    beyond: usize,
    /// First fragment of the block being written.
    first: usize,
    len: usize,
    linked: usize,
    /// White space seen since the last word.
    space: Option<(u32, u32, bool)>,
}

/// Puts the text of `tokens` into blocks.
pub(super) fn blocks(page: &str, tokens: &Tokens, limits: &Limits) -> Blocks {
    let shapes: Vec<_> = tokens.names.iter().map(|name| shape(name)).collect();
    let open = vec![0; shapes.len()];
    let mut last_end = vec![0; shapes.len()];
    for (index, token) in tokens.list.iter().enumerate() {
        if let Kind::End { name } = token.kind {
            last_end[name.0 as usize] = index;
        }
    }
    let mut builder = Builder {
        page,
        tokens,
        blocks: Blocks::default(),
        shapes,
        stack: Vec::new(),
        open,
        beyond: 0,
        first: 0,
        len: 0,
        linked: 0,
        space: None,
    };
    let mut index = 0;
    while let Some(token) = tokens.list.get(index) {
        index += 1;
        match token.kind {
            Kind::Text { first, last } => builder.text(first as usize..last as usize),
            Kind::End { name } => builder.end(name),
            Kind::Start { name, is_self_closing, .. } => match builder.shapes[name.0 as usize] {
                Shape::Void(breaks) => {
                    if breaks {
                        builder.close_block();
                    }
                }
                // As in a browser, `<script/>` does not close itself: its content is no markup, up to its end tag.
                Shape::Dropped if is_self_closing && !is_raw(tokens.name(name)) => {}
                Shape::Dropped if last_end[name.0 as usize] >= index || is_raw(tokens.name(name)) => {
                    index = after_element(tokens, index, name);
                }
                Shape::Dropped => {}
                Shape::Inline | Shape::Block(_) => builder.start(name, index - 1, limits.max_depth as usize),
            },
        }
    }
    while builder.pop().is_some() {}
    builder.close_block();
    builder.blocks
}

/// The index after the next end tag `name`. Nesting is not counted: one drawing that is never closed would swallow the page.
fn after_element(tokens: &Tokens, index: usize, name: Name) -> usize {
    let rest = tokens.list.get(index..).unwrap_or(&[]);
    let is_end = |kind: Kind| matches!(kind, Kind::End { name: inner } if inner == name);
    rest.iter().position(|token| is_end(token.kind)).map_or(tokens.list.len(), |at| index + at + 1)
}

impl Builder<'_> {
    fn start(&mut self, name: Name, at: usize, max_depth: usize) {
        let tokens = self.tokens;
        let word = tokens.name(name);
        while let Some(last) = self.stack.last()
            && closes(word, tokens.name(last.name))
        {
            self.pop();
        }
        let block = match self.shapes[name.0 as usize] {
            Shape::Block(kind) => Some(kind),
            _ => None,
        };
        let above = self.stack.last();
        let mut open = Open {
            name,
            is_block: block.is_some(),
            owner: above.and_then(|above| above.owner),
            kind: above.map_or(BlockKind::Paragraph, |above| above.kind),
            is_main_heading: word == "h1" || above.is_some_and(|above| above.is_main_heading),
            keeps_space: word == "pre" || above.is_some_and(|above| above.keeps_space),
            is_link: word == "a" || above.is_some_and(|above| above.is_link),
        };
        if let Some(kind) = block {
            self.close_block();
            // A paragraph in a list item or in a quotation is one of those.
            open.kind = match kind {
                Some(BlockKind::Paragraph) if open.kind != BlockKind::Heading => open.kind,
                Some(kind) => kind,
                None => open.kind,
            };
            let above = open.owner.replace(self.blocks.owners.len() as u32);
            self.blocks.owners.push(Owner { above, token: at as u32 });
        }
        if self.stack.len() >= max_depth {
            self.beyond += 1;
        } else {
            self.open[name.0 as usize] += 1;
            self.stack.push(open);
        }
        let depth = self.stack.len() + self.beyond;
        self.blocks.depth = self.blocks.depth.max(depth);
        self.blocks.depth_sum += depth as u64;
    }

    fn end(&mut self, name: Name) {
        match self.shapes[name.0 as usize] {
            Shape::Dropped => return,
            Shape::Void(breaks) => {
                if breaks {
                    self.close_block();
                }
                return;
            }
            Shape::Block(_) => self.close_block(),
            Shape::Inline => {}
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.open[name.0 as usize] == 0 {
            return;
        }
        // An inline end tag does not reach out of the block that it stands in.
        let is_inline = self.shapes[name.0 as usize] == Shape::Inline;
        if is_inline && !self.stack.iter().rev().take_while(|open| !open.is_block).any(|open| open.name == name) {
            return;
        }
        while let Some(last) = self.pop() {
            if last == name {
                break;
            }
        }
    }

    fn pop(&mut self) -> Option<Name> {
        let last = self.stack.last()?;
        let (name, is_block) = (last.name, last.is_block);
        if is_block {
            self.close_block();
        }
        self.stack.pop();
        self.open[name.0 as usize] -= 1;
        Some(name)
    }

    fn text(&mut self, pieces: Range<usize>) {
        let (page, tokens) = (self.page, self.tokens);
        let keeps_space = self.stack.last().is_some_and(|open| open.keeps_space);
        for piece in tokens.pieces.get(pieces).unwrap_or(&[]) {
            if let Some(words) = piece.words {
                match words.as_str() {
                    "\0" => {}
                    space if space.chars().all(is_space) && !keeps_space => self.space(piece.start, piece.end, false),
                    _ => self.push(Fragment { start: piece.start, end: piece.end, words: Some(Words::Short(words)) }),
                }
                continue;
            }
            let mut start = piece.start as usize;
            let mut rest = piece.words(page);
            while let Some(first) = rest.chars().next() {
                let is_gap = |letter: char| is_space(letter) && !keeps_space;
                let gap = is_gap(first);
                let len = rest.find(|letter: char| is_gap(letter) != gap || letter == '\0').unwrap_or(rest.len());
                let len = if first == '\0' { 1 } else { len };
                let end = start + len;
                if gap {
                    self.space(start as u32, end as u32, &rest[..len] == " ");
                } else if first != '\0' {
                    self.push(Fragment { start: start as u32, end: end as u32, words: None });
                }
                start = end;
                rest = &rest[len..];
            }
        }
    }

    /// Notes white space; only the first of several in a row counts, and only between words of one block.
    fn space(&mut self, start: u32, end: u32, is_plain: bool) {
        if self.blocks.fragments.len() > self.first {
            self.space.get_or_insert((start, end, is_plain));
        }
    }

    fn push(&mut self, fragment: Fragment) {
        if let Some((start, end, is_plain)) = self.space.take() {
            let words = (!is_plain).then_some(Words::Space);
            self.append(Fragment { start, end, words });
        }
        self.append(fragment);
    }

    fn append(&mut self, fragment: Fragment) {
        let len = fragment.words(self.page).len();
        self.len += len;
        if self.stack.last().is_some_and(|open| open.is_link) {
            self.linked += len;
        }
        if self.blocks.fragments.len() > self.first
            && fragment.words.is_none()
            && let Some(last) = self.blocks.fragments.last_mut()
            && last.words.is_none()
            && last.end == fragment.start
        {
            last.end = fragment.end;
        } else {
            self.blocks.fragments.push(fragment);
        }
    }

    fn close_block(&mut self) {
        self.space = None;
        let last = self.blocks.fragments.len();
        if last > self.first {
            let open = self.stack.last();
            // Within inline elements the block element around them owns the text: `owner` is handed down.
            self.blocks.list.push(Block {
                first: self.first,
                last,
                owner: open.and_then(|open| open.owner),
                kind: open.map_or(BlockKind::Paragraph, |open| open.kind),
                is_main_heading: open.is_some_and(|open| open.is_main_heading),
                len: self.len,
                linked: self.linked,
            });
        }
        (self.first, self.len, self.linked) = (last, 0, 0);
    }
}

/// White space of HTML, and the no-break space, which news pages use as an ordinary one.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}')
}
