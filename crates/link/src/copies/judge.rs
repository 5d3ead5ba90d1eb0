//! What two sentences that share words share: prose, a quotation, a stock phrase. Not how much of the texts that is ([`super::compare`]).
//!
//! The thresholds are shipped statistics, set on news articles (`docs/design/copies.md`); nothing that a ledger holds moves them.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Row, Run, rows};
use super::word::Word;
use super::{PassageKind, Passages};

/// Short paragraphs that may stand between the colon and what is shared: "To the council."
const SALUTATION: usize = 1;
/// Sentences from one row of a presented document to the next.
const SKIPPED: usize = 2;
/// Less prose than this in all shows nothing.
const LEAST: usize = 11;
/// A run of so many words makes a row that stands alone a copy where most words around it are shared.
const RUN: usize = 6;
/// A run of so many words makes it one whatever stands around it.
const LONG_RUN: usize = 12;

/// A row that counts, and as what.
pub(super) struct Judged {
    /// The sentences and their runs.
    pub row: Row,
    /// What they share.
    pub kind: PassageKind,
    strong: bool,
}

/// The rows of two texts that count, in the order of the first text, then of the second.
pub(super) fn judged(one: &Passages, other: &Passages) -> Vec<Judged> {
    let mut judged: Vec<Judged> = rows(one, other).into_iter().filter_map(|row| judge(row, one, other)).collect();
    keep_by_neighbours(&mut judged);
    judged = without_repeats(judged, one, other);
    present(&mut judged, one, other);
    let text: Vec<&Row> = judged.iter().filter(|row| row.kind == PassageKind::Text).map(|row| &row.row).collect();
    let prose: usize = text.iter().map(|row| row.shared()).sum();
    let is_thin = matches!(text.as_slice(), [only] if is_thin(only));
    if prose < LEAST || is_thin {
        judged.retain(|row| row.kind == PassageKind::Quotation);
    }
    judged
}

fn both_quoted(pair: &(&Word, &Word)) -> bool {
    pair.0.quoted && pair.1.quoted
}

/// Whether two sentences say the same of others: most of the names and numbers between their shared words differ, as in two reports of
/// the police or of a match.
fn is_formula(row: &Row, one: &Passages, other: &Passages) -> bool {
    let (left, right) = hull(row);
    let named = |passages: &Passages, words: std::ops::Range<usize>| {
        passages.words[words].iter().filter(|word| word.named).count()
    };
    let fewer = named(one, left).min(named(other, right));
    let shared: usize = row.runs.iter().map(|run| named(one, run.first..run.first + run.len)).sum();
    fewer >= 2 && shared * 10 < fewer * 4
}

/// Whether a row that stands alone is one fact in two wordings: its words lie in short runs, or between as many others.
fn is_thin(row: &Row) -> bool {
    let (left, right) = hull(row);
    let (shared, fewer) = (row.shared(), left.len().min(right.len()));
    (row.longest() < RUN && shared * 10 < fewer * 9) || (row.longest() < LONG_RUN && shared * 10 < fewer * 7)
}

/// Decides what two sentences share. Rows that only their
/// neighbours can hold up come back as not strong.
fn judge(row: Row, one: &Passages, other: &Passages) -> Option<Judged> {
    let lens = [one.sentences[row.first].words.len(), other.sentences[row.second].words.len()];
    let (short, long) = (lens[0].min(lens[1]), lens[0].max(lens[1]));
    let shared = row.shared();
    let pairs = || {
        row.runs
            .iter()
            .flat_map(|run| (0..run.len).map(|step| (&one.words[run.first + step], &other.words[run.second + step])))
    };
    let quoted = pairs().filter(both_quoted).count();
    let prose = shared - quoted;
    // Names and titles are shared by whoever writes about the same people.
    let plain = pairs().filter(|pair| !both_quoted(pair) && !pair.0.named && !pair.1.named).count();
    let most = shared * 10 >= short * 6;
    let run = row
        .runs
        .iter()
        .map(|run| {
            let words = (0..run.len).map(|step| (&one.words[run.first + step], &other.words[run.second + step]));
            words.filter(|pair| !both_quoted(pair)).count()
        })
        .max()
        .unwrap_or(0);
    let in_run = run >= 10 && plain >= 7 && prose * 10 >= shared * 4;
    let in_most =
        shared * 100 >= short * 65 && shared * 100 >= long * 45 && prose >= 8 && plain >= 6 && prose * 10 >= shared * 6;
    if (in_run || in_most) && !is_formula(&row, one, other) {
        return Some(Judged { row, kind: PassageKind::Text, strong: true });
    }
    let kind = if quoted * 10 >= shared * 6 { PassageKind::Quotation } else { PassageKind::Text };
    let strong = kind == PassageKind::Quotation && quoted >= 4 && (row.longest() >= 7 || (most && quoted >= 5));
    let weak = (shared * 10 >= short * 8) || (shared >= 5 && shared * 100 >= short * 45);
    (strong || weak).then_some(Judged { row, kind, strong })
}

/// Weak rows stay where the sentence before or after on both sides is a strong row's; prose only beside prose.
fn keep_by_neighbours(judged: &mut Vec<Judged>) {
    let strong: BTreeMap<(usize, usize), PassageKind> =
        judged.iter().filter(|row| row.strong).map(|row| ((row.row.first, row.row.second), row.kind)).collect();
    judged.retain(|judged| {
        let (first, second) = (judged.row.first, judged.row.second);
        let before = first.checked_sub(1).zip(second.checked_sub(1));
        let near = [before, Some((first + 1, second + 1))].into_iter().flatten().filter_map(|at| strong.get(&at));
        judged.strong || near.into_iter().any(|kind| *kind == PassageKind::Text || *kind == judged.kind)
    });
}

/// Leaves out rows that cover no words that better ones do not cover, on neither side.
fn without_repeats(mut judged: Vec<Judged>, one: &Passages, other: &Passages) -> Vec<Judged> {
    judged.sort_by_key(|row| (std::cmp::Reverse(row.row.shared()), row.row.first, row.row.second));
    let (mut left, mut right) = (vec![false; one.words.len()], vec![false; other.words.len()]);
    let mut kept: Vec<Judged> = Vec::with_capacity(judged.len());
    for row in judged {
        let fresh = |taken: &[bool], place: fn(&Run) -> usize| {
            row.row.runs.iter().flat_map(|run| place(run)..place(run) + run.len).filter(|at| !taken[*at]).count()
        };
        let news = fresh(&left, |run| run.first).max(fresh(&right, |run| run.second));
        if news * 2 < row.row.shared() {
            continue;
        }
        for run in &row.row.runs {
            left[run.first..run.first + run.len].fill(true);
            right[run.second..run.second + run.len].fill(true);
        }
        kept.push(row);
    }
    kept.sort_by_key(|row| (row.row.first, row.row.second));
    kept
}

/// A shared piece that a colon presents on both sides, and what follows it row by row, is a document that both quote; unless the words
/// that present it are shared too: then it is taken over with the text around it.
fn present(judged: &mut [Judged], one: &Passages, other: &Passages) {
    let behind_colon = |passages: &Passages, index: usize| {
        let paragraph = passages.sentences[index].paragraph;
        passages.paragraphs[paragraph.saturating_sub(SALUTATION)..=paragraph]
            .iter()
            .any(|paragraph| paragraph.presented)
    };
    let quoted = |passages: &Passages, index: usize| {
        let words = &passages.words[passages.sentences[index].words.clone()];
        words.iter().filter(|word| word.quoted).count() * 2 > words.len()
    };
    let prose: BTreeSet<(usize, usize)> =
        judged.iter().filter(|row| row.kind == PassageKind::Text).map(|row| (row.row.first, row.row.second)).collect();
    let taken_over = |at: (usize, usize)| {
        at.0.checked_sub(1).zip(at.1.checked_sub(1)).is_some_and(|before| {
            let ends = |passages: &Passages, index: usize| {
                let next = passages.sentences.get(index + 1).map(|sentence| sentence.paragraph);
                next.is_some_and(|next| {
                    passages.paragraphs[next].presented && passages.sentences[index].paragraph != next
                })
            };
            prose.contains(&before) && ends(one, before.0) && ends(other, before.1)
        })
    };
    let mut last: Option<(usize, usize)> = None;
    for row in judged {
        let at = (row.row.first, row.row.second);
        if taken_over(at) {
            last = None;
            continue;
        }
        let goes_on = last.is_some_and(|(first, second)| {
            at.0.abs_diff(first) <= SKIPPED && at.1 >= second && at.1 - second <= SKIPPED
        });
        let (left, right) = (behind_colon(one, at.0), behind_colon(other, at.1));
        let opens = (left && (right || quoted(other, at.1))) || (right && quoted(one, at.0));
        if goes_on || opens {
            row.kind = PassageKind::Quotation;
            last = Some(at);
        }
    }
}

/// The words from the first run of a row to the last, on both sides.
pub(super) fn hull(row: &Row) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    match (row.runs.first(), row.runs.last()) {
        (Some(begin), Some(end)) => (begin.first..end.first + end.len, begin.second..end.second + end.len),
        _ => (0..0, 0..0),
    }
}
