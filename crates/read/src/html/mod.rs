//! A page: its main text with the way back, and what it states about itself.

mod blocks;
mod elements;
mod json_ld;
mod measures;
mod names;
mod paced;
mod rows;
mod select;
mod stated;
mod tokens;
mod trees;

use onrecord_evidence::{BlockKind, Diagnostic, TextRange};

pub(crate) use self::paced::Paced;
pub(crate) use self::rows::{Row, words};

use self::blocks::{Blocks, Words};
use self::tokens::Tokens;
use self::trees::Trees;
use crate::Limits;
use crate::layer::{Layer, Weaver};
use crate::metadata::{Found, Hints};
use crate::plain::squeezed;
use crate::printed::Place;

/// Blocks before and behind the article that are looked at for notes.
const BESIDE: usize = 8;
/// Bytes of a block that may be or hold a line of its own meaning.
const MOST_LINE: usize = 4000;

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
    let is_kept = kept((page, &tokens), &blocks, (&found.hints, limits), trees::shipped(), &mut diagnostics);
    let headline = headline(page, &blocks, &is_kept, &found);
    if let Some(block) = headline.and_then(|index| blocks.list.get(index)) {
        let raw = raw_of(source, &blocks, block);
        found.heading(squeezed(&blocks.words(page, block)), raw);
    }
    printed_lines(source, &blocks, &is_kept, &mut found);
    let order =
        headline.into_iter().chain((0..blocks.list.len()).filter(|index| is_kept[*index] && Some(*index) != headline));
    let mut order: Vec<_> = order.collect();
    // Offsets never go back: a headline that stands after the first paragraph stays where it is.
    order.sort_unstable();
    let (layer, blocks) = weave(source, &blocks, &order, headline);
    (Page { layer, blocks, found }, diagnostics)
}

/// The blocks of a page as the model sees them that chooses among them: words, features, whether they are kept now, or would be with other `trees`.
pub(crate) fn candidates(source: &Layer, limits: &Limits, trees: Option<&str>) -> Vec<(String, Row, bool)> {
    let other = trees.map(Trees::parse);
    let model = other.as_ref().unwrap_or_else(|| trees::shipped());
    let page = source.text.as_str();
    let tokens = Tokens::of(page);
    let blocks = blocks::blocks(page, &tokens, limits);
    let found = stated::stated(source, &tokens);
    let is_kept = kept((page, &tokens), &blocks, (&found.hints, limits), model, &mut Vec::new());
    let rows = select::rows(page, &tokens, &blocks, &found.hints);
    let words = blocks.list.iter().map(|block| blocks.words(page, block));
    words.zip(rows).zip(is_kept).map(|((words, row), is_kept)| (words, row, is_kept)).collect()
}

/// Which blocks are the article's text.
fn kept(
    (page, tokens): (&str, &Tokens),
    blocks: &Blocks,
    (hints, limits): (&Hints, &Limits),
    model: &Trees,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<bool> {
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
    if let Some(is_kept) = select::select((page, tokens), blocks, hints, model) {
        return is_kept;
    }
    if !select::is_short(blocks) {
        let message = "no article was recognised in the page; its running text was taken as a whole";
        diagnostics.push(Diagnostic::note("simple-selection", message).hint("compare the text with the page"));
    }
    select::by_density(blocks, limits)
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

/// Notes what lines of the article and right beside it state: notes of correction often stand outside of what is chosen.
fn printed_lines(source: &Layer, blocks: &Blocks, is_kept: &[bool], found: &mut Found) {
    let Some(first) = is_kept.iter().position(|is_kept| *is_kept) else { return };
    let last = is_kept.iter().rposition(|is_kept| *is_kept).unwrap_or(first);
    let mut paragraphs = 0;
    let near = first.saturating_sub(BESIDE)..(last + 1 + BESIDE).min(blocks.list.len());
    for (block, is_kept) in blocks.list[near.clone()].iter().zip(&is_kept[near]) {
        if block.kind == BlockKind::Heading || block.len > MOST_LINE || block.linked * 2 > block.len {
            continue;
        }
        paragraphs += usize::from(*is_kept);
        let place = match *is_kept && block.kind != BlockKind::Other {
            true if paragraphs <= 4 => Place::First,
            true => Place::Inside,
            false => Place::Beside,
        };
        found.line(&blocks.words(&source.text, block), place, raw_of(source, blocks, block));
    }
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
