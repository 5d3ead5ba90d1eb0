//! Which blocks are the article. A crate for main text says which elements it keeps; not a word of its output is used.

use std::collections::HashMap;
use std::panic::catch_unwind;

use dom_smoothie::{CandidateSelectMode, Config, Readability};
use onrecord_evidence::BlockKind;

use super::blocks::{Block, Blocks, is_left_out};
use super::elements::{Shape, shape};
use super::tokens::{Kind, MARK, Name, Tokens};
use crate::Limits;

/// What was selected.
pub(super) struct Selection {
    /// One for each block.
    pub(super) is_kept: Vec<bool>,
    /// Characters that the selector keeps and that stand in none of our blocks.
    pub(super) unlocated: usize,
}

/// Asks the selector. `None` where it finds no article or fails.
///
/// The caller has checked size, depth and attributes, and the page is written so that a tree of it is no deeper than was
/// counted; within those limits no page is known on which the selector takes long or overflows the stack. A panic in it
/// ends here: it holds nothing that outlives the call.
pub(super) fn select(page: &str, blocks: &Blocks) -> Option<Selection> {
    let kept = catch_unwind(|| ask(&blocks.marked)).ok()??;
    let mut kept = Kept::of(&kept, blocks.owners.len());
    let is_kept: Vec<_> = blocks.list.iter().map(|block| kept.take(page, blocks, block)).collect();
    is_kept.contains(&true).then_some(Selection { is_kept, unlocated: kept.unlocated() })
}

fn ask(marked: &str) -> Option<String> {
    let config =
        Config { disable_json_ld: true, candidate_select_mode: CandidateSelectMode::DomSmoothie, ..Config::default() };
    let mut readability = Readability::new(marked, None, Some(config)).ok()?;
    readability.parse().ok().map(|article| article.content.to_string())
}

/// What the selector keeps, by the innermost of our elements around it.
struct Kept {
    /// Whether an element is in what is kept, by number.
    is_there: Vec<bool>,
    /// Stretches of text between tags of block elements, without white space, and whether one of our blocks is it.
    stretches: HashMap<(Option<u32>, String), bool>,
}

impl Kept {
    fn of(kept: &str, owners: usize) -> Self {
        let mut found = Self { is_there: vec![false; owners], stretches: HashMap::new() };
        let tokens = Tokens::of(kept);
        let mut stack: Vec<(Name, Option<u32>)> = Vec::new();
        let mut stretch = String::new();
        for token in &tokens.list {
            let owner = stack.last().and_then(|last| last.1);
            let name = match token.kind {
                Kind::Text { first, last } => {
                    push_letters(&mut stretch, &tokens.words(kept, first, last));
                    continue;
                }
                Kind::Start { name, .. } | Kind::End { name } => name,
            };
            let shape = shape(tokens.name(name));
            if shape != Shape::Inline {
                found.close(owner, &mut stretch);
            }
            match token.kind {
                Kind::Start { first, last, is_self_closing: false, .. } if !matches!(shape, Shape::Void(_)) => {
                    let number =
                        |name: &str| name.strip_prefix(MARK)?.parse().ok().filter(|owner| *owner < owners as u32);
                    // Of merged elements the innermost began last and has the highest number.
                    let own =
                        tokens.attributes(first, last).iter().filter_map(|attribute| number(&attribute.name)).max();
                    if let Some(own) = own {
                        found.is_there[own as usize] = true;
                    }
                    stack.push((name, own.or(owner)));
                }
                Kind::End { name } if stack.last().is_some_and(|last| last.0 == name) => {
                    stack.pop();
                }
                _ => {}
            }
        }
        found.close(stack.last().and_then(|last| last.1), &mut stretch);
        found
    }

    fn close(&mut self, owner: Option<u32>, stretch: &mut String) {
        if !stretch.is_empty() {
            self.stretches.insert((owner, std::mem::take(stretch)), false);
        }
    }

    /// Whether `block` is kept: its words stand in the innermost element around it that is kept.
    fn take(&mut self, page: &str, blocks: &Blocks, block: &Block) -> bool {
        let mut owner = block.owner;
        while let Some(number) = owner.filter(|number| !self.is_there[*number as usize]) {
            owner = blocks.owners[number as usize].above;
        }
        let mut letters = String::new();
        push_letters(&mut letters, &blocks.words(page, block));
        let Some(is_located) = self.stretches.get_mut(&(owner, letters)) else { return false };
        *is_located = true;
        // A block that is one link leads to another article.
        block.kind == BlockKind::Heading || block.linked * 10 < block.len * 8
    }

    /// Characters of stretches that are none of our blocks.
    fn unlocated(&self) -> usize {
        let lost = self.stretches.iter().filter(|(_, is_located)| !**is_located);
        lost.map(|((_, letters), _)| letters.chars().count()).sum()
    }
}

fn push_letters(letters: &mut String, words: &str) {
    letters.extend(words.chars().filter(|letter| !letter.is_whitespace() && !is_left_out(*letter)));
}

/// A rule that needs no tree, for pages that may not be parsed into one or in which the selector finds nothing: from the
/// first to the last block of running text, without lists of links.
pub(super) fn by_density(blocks: &Blocks, limits: &Limits) -> Vec<bool> {
    let is_prose = |block: &Block| block.len >= 80 && block.linked * 3 < block.len;
    let is_prose: Vec<_> = blocks.list.iter().map(is_prose).collect();
    let first = is_prose.iter().position(|is_prose| *is_prose);
    let last = is_prose.iter().rposition(|is_prose| *is_prose);
    let (Some(first), Some(last)) = (first, last) else {
        // A page of a few short lines is all there is.
        return blocks
            .list
            .iter()
            .map(|block| block.linked * 2 < block.len && block.len < limits.max_paragraph)
            .collect();
    };
    let is_kept = |(index, block): (usize, &Block)| {
        is_prose[index] || (first < index && index < last && block.len >= 25 && block.linked * 2 < block.len)
    };
    blocks.list.iter().enumerate().map(is_kept).collect()
}
