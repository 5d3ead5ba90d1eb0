//! The model that chooses the main text: small decision trees that vote on each block. It reads features; what they measure is elsewhere.

use std::sync::OnceLock;

/// Made by `training/main_text.py`; `models/main_text/CARD.md` says from what.
const TREES: &str = include_str!("../../../../models/main_text/trees.txt");

/// A question, or an answer.
#[derive(Clone, Copy, Debug)]
enum Node {
    /// Where the feature is at most the threshold the first way, else the second.
    Ask { feature: usize, threshold: f32, low: usize, high: usize },
    /// The vote.
    Vote(f32),
}

/// Trees, each with its root first.
#[derive(Debug)]
pub(super) struct Trees {
    base: f32,
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

/// The model that ships.
pub(super) fn shipped() -> &'static Trees {
    static SHIPPED: OnceLock<Trees> = OnceLock::new();
    SHIPPED.get_or_init(|| Trees::parse(TREES))
}

impl Trees {
    /// Reads `base VALUE`, and trees as `tree`, `ask FEATURE THRESHOLD LOW HIGH` (numbers of lines below `tree`), `vote VALUE`.
    /// A line that is none of these is passed over; a way that leads nowhere ends without a vote.
    pub(super) fn parse(text: &str) -> Self {
        let mut trees = Self { base: 0.0, nodes: Vec::new(), roots: Vec::new() };
        for line in text.lines() {
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            let number = |at: usize| words.get(at).and_then(|word| word.parse::<f32>().ok());
            let root = trees.roots.last().copied().unwrap_or(0);
            let place = |at: usize| words.get(at).and_then(|word| word.parse::<usize>().ok());
            match (words.first(), number(1)) {
                (Some(&"base"), Some(base)) => trees.base = base,
                (Some(&"tree"), _) => trees.roots.push(trees.nodes.len()),
                (Some(&"vote"), Some(vote)) => trees.nodes.push(Node::Vote(vote)),
                (Some(&"ask"), _) => {
                    if let (Some(feature), Some(threshold), Some(low), Some(high)) =
                        (place(1), number(2), place(3), place(4))
                    {
                        trees.nodes.push(Node::Ask { feature, threshold, low: root + low, high: root + high });
                    }
                }
                _ => {}
            }
        }
        trees
    }

    /// Above 0 where the block is more likely of the article than not (the logarithm of the odds).
    pub(super) fn vote(&self, row: &[f32]) -> f32 {
        self.roots.iter().fold(self.base, |sum, root| sum + self.one(*root, row))
    }

    fn one(&self, root: usize, row: &[f32]) -> f32 {
        let mut at = root;
        loop {
            match self.nodes.get(at) {
                Some(Node::Vote(vote)) => return *vote,
                Some(Node::Ask { feature, threshold, low, high }) => {
                    let value = row.get(*feature).copied().unwrap_or(0.0);
                    let next = if value <= *threshold { *low } else { *high };
                    // Ways lead down the list only, so that every one ends.
                    if next <= at {
                        return 0.0;
                    }
                    at = next;
                }
                None => return 0.0,
            }
        }
    }
}
