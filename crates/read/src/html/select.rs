//! Which blocks are the article: a model that was fitted to real pages asks each block for itself, and a simple rule stands in for it.

use onrecord_evidence::BlockKind;

use super::blocks::{Block, Blocks};
use super::measures::{Element, Measures};
use super::rows::{Row, Rows, words};
use super::tokens::Tokens;
use super::trees::Trees;
use crate::Limits;
use crate::metadata::Hints;
use crate::printed::is_of_article;

/// Bytes of text in a page of a few lines, in which nothing needs to be chosen.
const FEW: usize = 500;

/// Blocks before and behind the article in which its byline, credit line and notes are looked for, and their bytes.
const BESIDE: usize = 4;
const LINE: usize = 900;
/// A byline has at most this many bytes.
const BYLINE: usize = 120;
/// The least vote by which a paragraph is let in for its neighbours' sake: odds of about one to three. Down to one to fifty, the score on the pages of
/// `data/pages` changes by less than 0.1.
const LEAN: f32 = -1.0;
/// How months and days of the week begin.
const DAYS: [&str; 19] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu",
    "Fri", "Sat", "Sun",
];

/// What the model chooses with the lines of the article beside it, one for each block; of a page of a few lines all that does not stand around the
/// article by its elements; `None` where nothing is found.
pub(super) fn select(
    (page, tokens): (&str, &Tokens),
    blocks: &Blocks,
    hints: &Hints,
    model: &Trees,
) -> Option<Vec<bool>> {
    let measures = Measures::of(page, tokens, blocks);
    if is_short(blocks) {
        let is_kept = |block: &Block| {
            let element = block.owner.and_then(|owner| measures.elements.get(owner as usize));
            block.linked * 2 < block.len && !element.is_some_and(Element::is_around)
        };
        return Some(blocks.list.iter().map(is_kept).collect());
    }
    let mut rows = Rows::new(page, blocks, &measures, hints);
    let mut row = Row::new();
    let vote = |index| {
        rows.row(index, &mut row);
        model.vote(&row)
    };
    let votes: Vec<f32> = (0..blocks.list.len()).map(vote).collect();
    let mut is_kept: Vec<bool> = votes.iter().map(|vote| *vote > 0.0).collect();
    spread(&mut is_kept, &votes, blocks, &measures);
    let first = is_kept.iter().position(|is_kept| *is_kept)?;
    let last = is_kept.iter().rposition(|is_kept| *is_kept)?;
    let headline = (0..first).rev().find(|index| blocks.list[*index].is_main_heading);
    for index in first.saturating_sub(BESIDE)..(last + 1 + BESIDE).min(is_kept.len()) {
        let block = &blocks.list[index];
        if is_kept[index] || block.kind == BlockKind::Heading || block.len > LINE || block.linked * 2 > block.len {
            continue;
        }
        let line = blocks.words(page, block);
        is_kept[index] = if index < first {
            headline.is_some_and(|headline| headline < index) && is_line(&line, hints)
        } else {
            is_of_article(&line)
        };
    }
    Some(is_kept)
}

/// Lets in paragraphs of which the model is not sure, where they stand beside one that is in, in the same element and looking alike: short
/// paragraphs of an article are told by their neighbours.
fn spread(is_kept: &mut [bool], votes: &[f32], blocks: &Blocks, measures: &Measures) {
    let place = |block: &Block| {
        let owner = block.owner? as usize;
        Some((blocks.owners.get(owner)?.above?, measures.elements.get(owner)?.look))
    };
    let places: Vec<_> = blocks.list.iter().map(place).collect();
    let joins = |index: usize, beside: usize, is_kept: &[bool]| {
        let block = &blocks.list[index];
        !is_kept[index]
            && is_kept[beside]
            && block.kind == BlockKind::Paragraph
            && block.linked == 0
            && votes[index] > LEAN
            && places[index].is_some()
            && places[index] == places[beside]
    };
    for index in 1..is_kept.len() {
        is_kept[index] |= joins(index, index - 1, is_kept);
    }
    for index in (1..is_kept.len()).rev() {
        is_kept[index - 1] |= joins(index - 1, index, is_kept);
    }
}

/// Whether a short line between headline and text says when or by which agency it was filed. Names of authors are known by themselves.
fn is_line(line: &str, hints: &Hints) -> bool {
    let others = words(line).iter().filter(|word| !hints.authors.contains(word)).count();
    let parts = || line.split(|letter: char| !letter.is_alphanumeric());
    let is_year = |part: &str| {
        part.len() == 4
            && (part.starts_with("19") || part.starts_with("20"))
            && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_name = |part: &&str| {
        part.chars().next().is_some_and(char::is_uppercase) && !DAYS.iter().any(|day| part.starts_with(day))
    };
    let is_dated = parts().any(is_year) && parts().filter(is_name).count() <= 1;
    line.len() <= BYLINE && others > 1 && (is_dated || is_of_article(line))
}

/// All rows of a page, for fitting the model.
pub(super) fn rows(page: &str, tokens: &Tokens, blocks: &Blocks, hints: &Hints) -> Vec<Row> {
    let measures = Measures::of(page, tokens, blocks);
    let mut rows = Rows::new(page, blocks, &measures, hints);
    let one = |index| {
        let mut row = Row::new();
        rows.row(index, &mut row);
        row
    };
    (0..blocks.list.len()).map(one).collect()
}

/// Whether the page has so little text that nothing needs to be chosen.
pub(super) fn is_short(blocks: &Blocks) -> bool {
    blocks.list.iter().map(|block| block.len).sum::<usize>() <= FEW
}

/// A rule for pages that are nested too deep or in which the model finds nothing: from the first to the last block of running
/// text, without lists of links.
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
