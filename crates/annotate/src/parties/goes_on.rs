//! A quotation that names no source and goes on with the speaker of the one before. Not for words that are not quoted.

use super::name::Name;
use super::party::ReasonKind;
use super::resolve::{Answer, Resolver, Spans};
use super::salience::{Scored, is_subject};
use super::token::{Shape, Words};

/// A shorter quotation is as likely a title or a single word.
const LEAST: usize = 6;
/// Paragraphs that a quotation may stand behind the one before.
const PARAGRAPHS: u32 = 1;

/// Gives quotations without a source the speaker before, where nobody else is named as a subject in between.
pub(super) fn goes_on(words: &Words<'_>, resolver: &Resolver<'_, '_>, spans: &[Spans], answers: &mut [Answer]) {
    let ends = |spans: &Spans| spans.source.iter().chain(&spans.content).map(|range| range.end).max().unwrap_or(0);
    let starts = |spans: &Spans| spans.content.iter().filter(|range| !range.is_empty()).map(|range| range.start).min();
    let mut order: Vec<(usize, usize, usize)> =
        spans.iter().enumerate().filter_map(|(index, spans)| Some((starts(spans)?, ends(spans), index))).collect();
    order.sort_unstable();
    let mut before: Option<(usize, usize)> = None;
    for (start, end, index) in order {
        let open = spans[index].source.iter().all(std::ops::Range::is_empty);
        let mark = |at: usize| words.shape(at) == Shape::Quote;
        let length: usize = spans[index].content.iter().map(std::ops::Range::len).sum();
        let quoted = length > LEAST
            && words.tokens.get(start).is_some_and(|token| token.quoted)
            && (mark(start) || start.checked_sub(1).is_some_and(mark));
        if open
            && quoted
            && let Some((last, other)) = before.filter(|(last, _)| *last <= start && *last > 0)
            && near(words, last - 1, start)
            && !interrupted(words, resolver, last, start)
        {
            let answer = follow(&answers[other], &spans[other]);
            answers[index] = answer;
        }
        let unnamed = answers[index]
            .unnamed
            .as_ref()
            .is_some_and(|unnamed| !unnamed.plural && resolver.tables.role(&unnamed.head).is_some());
        let known = answers[index].decided || unnamed;
        before = Some((end, index)).filter(|_| known);
    }
}

fn near(words: &Words<'_>, last: usize, start: usize) -> bool {
    let paragraph = |at: usize| words.tokens.get(at).map_or(0, |token| token.paragraph);
    paragraph(start).saturating_sub(paragraph(last)) <= PARAGRAPHS
}

/// Whether somebody else may have begun to speak.
fn interrupted(words: &Words<'_>, resolver: &Resolver<'_, '_>, from: usize, to: usize) -> bool {
    let first = resolver.names.partition_point(|name| name.first < from);
    let between = resolver.names[first..].iter().take_while(|name| name.first < to);
    let subject =
        |name: &Name| !name.nested && !words.tokens[name.first].quoted && is_subject(words, name.first, name.last);
    to - from > 80 || between.take(20).any(subject)
}

fn follow(answer: &Answer, spans: &Spans) -> Answer {
    if let Some(unnamed) = &answer.unnamed {
        let unnamed =
            super::resolve::Unnamed { definite: true, confidence: unnamed.confidence * 0.8, ..unnamed.clone() };
        return Answer { unnamed: Some(unnamed), ..Answer::default() };
    }
    let place = spans.source.iter().find(|range| !range.is_empty());
    let (first, last) = place.map_or((0, 0), |range| (range.start, range.end - 1));
    let place = answer.scored.first().filter(|_| place.is_none()).and_then(|best| best.reasons.first());
    let (first, last) = place.map_or((first, last), |(_, first, last)| (*first, *last));
    let scored = answer.scored.iter().take(1).map(|best| Scored {
        entity: best.entity,
        score: best.score,
        reasons: vec![(ReasonKind::GoesOn, first, last)],
    });
    let share = answer.shares.first().copied().unwrap_or_default();
    Answer {
        scored: scored.collect(),
        shares: vec![share * 0.8],
        decided: true,
        together: answer.together.clone(),
        ..Answer::default()
    }
}
