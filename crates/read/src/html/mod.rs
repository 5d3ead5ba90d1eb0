//! A page: its main text with the way back, and what it states about itself.

mod blocks;
mod elements;
mod json_ld;
mod paced;
mod select;
mod stated;
mod tokens;

use onrecord_evidence::{BlockKind, Diagnostic, TextRange};

pub(crate) use self::paced::Paced;

use self::blocks::{Blocks, Words};
use self::tokens::Tokens;
use crate::Limits;
use crate::layer::{Layer, Weaver};
use crate::metadata::Found;
use crate::plain::squeezed;

/// What a page gives.
pub(crate) struct Page {
    pub(crate) layer: Layer,
    pub(crate) blocks: Vec<onrecord_evidence::Block>,
    pub(crate) found: Found,
}

/// Reads `source`, which is HTML.
pub(crate) fn read(source: &Layer, limits: &Limits) -> (Page, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let page = source.text.as_str();
    let tokens = Tokens::of(page);
    let blocks = blocks::blocks(page, &tokens, limits);
    let mut found = stated::stated(source, &tokens);
    let is_kept = kept(page, &tokens, &blocks, limits, &mut diagnostics);
    let headline = headline(page, &blocks, &is_kept, &found);
    if let Some(block) = headline.and_then(|index| blocks.list.get(index)) {
        let raw = raw_of(source, &blocks, block);
        found.heading(squeezed(&blocks.words(page, block)), raw);
    }
    let order =
        headline.into_iter().chain((0..blocks.list.len()).filter(|index| is_kept[*index] && Some(*index) != headline));
    let mut order: Vec<_> = order.collect();
    // Offsets never go back: a headline that stands after the first paragraph stays where it is.
    order.sort_unstable();
    let (layer, blocks) = weave(source, &blocks, &order, headline);
    (Page { layer, blocks, found }, diagnostics)
}

/// Which blocks are the article's text.
fn kept(page: &str, tokens: &Tokens, blocks: &Blocks, limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> Vec<bool> {
    let excess = if blocks.depth > limits.max_depth as usize {
        Some(format!("{} elements are open at once, the limit is {}", blocks.depth, limits.max_depth))
    } else if blocks.depth_sum > limits.max_depth_sum {
        Some(format!(
            "the depths of all elements add up to {}, the limit is {}",
            blocks.depth_sum, limits.max_depth_sum
        ))
    } else if tokens.max_attributes > limits.max_attributes {
        Some(format!("a tag has {} attributes, the limit is {}", tokens.max_attributes, limits.max_attributes))
    } else {
        None
    };
    if let Some(message) = excess {
        diagnostics.push(
            Diagnostic::warning("nested-too-deep", message).hint(
                "the text was taken by a simpler rule and may hold more than the article; compare it with the page",
            ),
        );
        return select::by_density(blocks, limits);
    }
    let Some(selection) = select::select(page, blocks) else {
        // Of a page of a few lines nothing needs to be selected.
        if blocks.list.iter().map(|block| block.len).sum::<usize>() > 500 {
            let message = "no article was recognised in the page; its running text was taken as a whole";
            diagnostics.push(Diagnostic::note("simple-selection", message).hint("compare the text with the page"));
        }
        return select::by_density(blocks, limits);
    };
    if selection.unlocated > 0 {
        diagnostics.push(
            Diagnostic::warning(
                "unlocated-text",
                format!("{} characters of the main text have no certain place in the page", selection.unlocated),
            )
            .hint("they were left out; compare the text with the page"),
        );
    }
    selection.is_kept
}

/// The block that is the headline: a heading that says what the page states as its title, else the last `h1` before the
/// first paragraph of the article.
fn headline(page: &str, blocks: &Blocks, is_kept: &[bool], found: &Found) -> Option<usize> {
    let is_heading = |index: &usize| blocks.list[*index].kind == BlockKind::Heading;
    let first = (0..blocks.list.len()).find(|index| is_kept[*index] && !is_heading(index));
    let headings = || (0..blocks.list.len()).filter(is_heading);
    let before = |index: &usize| first.is_none_or(|first| *index < first);
    let titles: Vec<_> = found.titles().map(|title| squeezed(title).to_lowercase()).collect();
    let says_title = |index: &usize| {
        let words = squeezed(&blocks.words(page, &blocks.list[*index])).to_lowercase();
        words.len() >= 8 && titles.iter().any(|title| *title == words || title.starts_with(&words))
    };
    let main = |index: &usize| blocks.list[*index].is_main_heading && blocks.list[*index].len >= 8;
    headings()
        .filter(before)
        .rfind(says_title)
        .or_else(|| headings().filter(before).rfind(main))
        .or_else(|| headings().find(says_title))
}

fn raw_of(source: &Layer, blocks: &Blocks, block: &blocks::Block) -> Option<onrecord_evidence::RawRange> {
    let fragments = blocks.fragments.get(block.first..block.last)?;
    source.raw(fragments.first()?.start as usize..fragments.last()?.end as usize)
}

/// Writes the blocks of `order`, one line each.
fn weave(
    source: &Layer,
    blocks: &Blocks,
    order: &[usize],
    headline: Option<usize>,
) -> (Layer, Vec<onrecord_evidence::Block>) {
    let mut weaver = Weaver::new(source);
    let mut written = Vec::with_capacity(order.len());
    for index in order {
        let block = &blocks.list[*index];
        if weaver.len() > 0 {
            weaver.inserted("\n");
        }
        let start = weaver.len() as u32;
        for fragment in &blocks.fragments[block.first..block.last] {
            let range = fragment.start as usize..fragment.end as usize;
            match &fragment.words {
                None => weaver.copied(range),
                Some(Words::Space) => weaver.decoded(" ", range),
                Some(Words::Short(words)) => weaver.decoded(words.as_str(), range),
            }
        }
        let kind = if Some(*index) == headline { BlockKind::Heading } else { block.kind };
        written.push(onrecord_evidence::Block { range: TextRange::new(start, weaver.len() as u32), kind });
    }
    (weaver.finish(), written)
}
