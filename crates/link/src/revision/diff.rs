//! Which words of a sentence were exchanged, taken out, put in. Not what that means ([`super::classify`]).

use std::ops::Range;

use super::sentence::Word;

/// Words that differ: empty on one side where words were taken out or put in; never on both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Words of the older sentence.
    pub older: Range<usize>,
    /// Words of the newer one.
    pub newer: Range<usize>,
}

/// Cells of the table of common words at most; longer sentences are one hunk between their common ends.
const CELLS: usize = 40_000;

/// The hunks of two lists of words, in order: what a longest common subsequence of the folded words leaves over.
pub(super) fn hunks(older: &[Word], newer: &[Word]) -> Vec<Hunk> {
    let same = |one: &Word, other: &Word| one.folded == other.folded;
    let head = older.iter().zip(newer).take_while(|(one, other)| same(one, other)).count();
    let tail =
        older[head..].iter().rev().zip(newer[head..].iter().rev()).take_while(|(one, other)| same(one, other)).count();
    let (left, right) = (&older[head..older.len() - tail], &newer[head..newer.len() - tail]);
    if left.is_empty() && right.is_empty() {
        return Vec::new();
    }
    let whole = Hunk { older: head..head + left.len(), newer: head..head + right.len() };
    if left.is_empty() || right.is_empty() || left.len().saturating_mul(right.len()) > CELLS {
        return vec![whole];
    }
    let width = right.len() + 1;
    let mut table = vec![0u32; (left.len() + 1) * width];
    for row in (0..left.len()).rev() {
        for column in (0..right.len()).rev() {
            table[row * width + column] = if same(&left[row], &right[column]) {
                table[(row + 1) * width + column + 1] + 1
            } else {
                table[(row + 1) * width + column].max(table[row * width + column + 1])
            };
        }
    }
    let mut found: Vec<Hunk> = Vec::new();
    let (mut row, mut column) = (0, 0);
    let mut open: Option<(usize, usize)> = None;
    loop {
        let ended = row == left.len() && column == right.len();
        let matched = row < left.len() && column < right.len() && same(&left[row], &right[column]);
        if (ended || matched)
            && let Some((older, newer)) = open.take()
        {
            found.push(Hunk { older: head + older..head + row, newer: head + newer..head + column });
        }
        if ended {
            return found;
        }
        if matched {
            (row, column) = (row + 1, column + 1);
            continue;
        }
        open.get_or_insert((row, column));
        let down = row < left.len()
            && (column == right.len() || table[(row + 1) * width + column] >= table[row * width + column + 1]);
        if down {
            row += 1;
        } else {
            column += 1;
        }
    }
}
