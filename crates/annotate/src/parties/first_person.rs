//! Who "I" and "we" are: the speaker of the quotation around, the writer outside of one. Not other pronouns.

use super::lists;
use super::name::Name;
use super::party::ReasonKind;
use super::resolve::{Answer, Resolver, Spans};
use super::salience::Scored;
use super::token::{Shape, Words};

/// "I" and "we" inside of a quotation are its speaker's; outside of one the writer's.
pub(super) fn first_person(words: &Words<'_>, resolver: &Resolver<'_, '_>, spans: &[Spans], answers: &mut [Answer]) {
    let open: Vec<usize> = (0..spans.len())
        .filter(|index| {
            answers[*index].scored.is_empty() && answers[*index].unnamed.is_none() && answers[*index].mention.is_some()
        })
        .collect();
    if open.is_empty() {
        return;
    }
    // For each token the smallest content around it, found by one pass over the contents, longest first.
    let mut contents: Vec<(usize, usize, usize)> = spans
        .iter()
        .enumerate()
        .flat_map(|(index, spans)| spans.content.iter().map(move |range| (range.start, range.end, index)))
        .collect();
    contents.sort_by_key(|(start, end, _)| std::cmp::Reverse(end - start));
    let mut around = vec![usize::MAX; words.tokens.len()];
    let mut budget = words.tokens.len() * 16;
    for (start, end, index) in contents {
        budget = budget.saturating_sub(end - start);
        if budget == 0 {
            break;
        }
        for slot in around.iter_mut().take(end).skip(start) {
            *slot = index;
        }
    }
    let author = author(words, resolver);
    for index in open {
        let Some((at, _, _)) = answers[index].mention else { continue };
        let mut outer = around.get(at).copied().filter(|outer| *outer != usize::MAX && *outer != index);
        let mut steps = 0;
        while let Some(other) =
            outer.filter(|other| answers[*other].scored.is_empty() && answers[*other].unnamed.is_none())
        {
            let first = spans[other].source.first().map_or(usize::MAX, |range| range.start);
            outer = around.get(first).copied().filter(|next| *next != usize::MAX && *next != other);
            steps += 1;
            if steps > 4 {
                outer = None;
            }
        }
        let token = &words.tokens[at];
        let (entity, reason, place, share) = match outer {
            Some(outer) => {
                if let Some(unnamed) = answers[outer].unnamed.clone() {
                    answers[index].unnamed = Some(unnamed);
                    continue;
                }
                let Some(best) = answers[outer].scored.first() else { continue };
                let first = spans[outer].source.first().map_or(at, |range| range.start);
                let share = answers[outer].shares.first().copied().unwrap_or(0.5) * 0.95;
                (best.entity, ReasonKind::OwnQuotation, (first, first), share)
            }
            None if token.quoted => {
                let near = resolver
                    .discourse
                    .spoke
                    .iter()
                    .rev()
                    .find(|(first, _)| *first < at)
                    .filter(|(first, _)| token.sentence - words.tokens[*first].sentence <= 6)
                    .copied();
                let next = resolver
                    .discourse
                    .spoke
                    .iter()
                    .find(|(first, _)| {
                        *first > at
                            && words.tokens[*first].sentence <= token.sentence + 1
                            && words.tokens[*first].paragraph == token.paragraph
                    })
                    .copied();
                let Some((first, entity)) = next.or(near) else { continue };
                (entity, ReasonKind::OwnQuotation, (first, first), 0.6)
            }
            None => {
                let Some((entity, place)) = signature(words, resolver, at).or(author) else { continue };
                let signed = place.0 > at && token.lower == "we";
                if !lists::has(&["i", "me", "my", "i'm", "i've", "i'd", "i'll", "myself"], &token.lower) && !signed {
                    continue;
                }
                (entity, ReasonKind::Author, place, 0.7)
            }
        };
        let answer = &mut answers[index];
        answer.scored = vec![Scored { entity, score: 2.0, reasons: vec![(reason, place.0, place.1)] }];
        answer.shares = vec![share];
        answer.decided = true;
    }
}

/// The name that alone makes one of the next paragraphs: a letter is signed so.
fn signature(words: &Words<'_>, resolver: &Resolver<'_, '_>, at: usize) -> Option<(usize, (usize, usize))> {
    let paragraph = words.tokens[at].paragraph;
    let first = resolver.names.partition_point(|name| name.first <= at);
    let near = resolver.names[first..].iter().enumerate().take(60);
    near.take_while(|(_, name)| words.tokens[name.first].paragraph <= paragraph + 6).find_map(|(index, name)| {
        let entity = resolver.of_name[first + index];
        let there = words.tokens[name.first].paragraph;
        let start = name.title.map_or(name.first, |(first, _)| first);
        let alone = there > paragraph
            && (start == 0 || words.tokens[start - 1].paragraph != there)
            && (name.last + 1..name.last + 3).all(|next| {
                words.tokens.get(next).is_none_or(|token| token.paragraph != there || token.shape == Shape::Stop)
            });
        (alone && name.last > name.first && resolver.entities[entity].is_person())
            .then_some((entity, (name.first, name.last)))
    })
}

/// The writer, where a byline or a closing note gives a name.
fn author(words: &Words<'_>, resolver: &Resolver<'_, '_>) -> Option<(usize, (usize, usize))> {
    let person = |index: usize| {
        let name: &Name = &resolver.names[index];
        let entity = resolver.of_name[index];
        resolver.entities[entity].is_person().then_some((entity, (name.first, name.last)))
    };
    let last = words.tokens.last().map_or(0, |token| token.paragraph);
    for (index, name) in resolver.names.iter().enumerate() {
        let token = &words.tokens[name.first];
        let before = name.first.checked_sub(1).map_or("", |at| words.at(at));
        if token.paragraph <= 3 && before == "by" && words.shape(name.first - 1) != Shape::Lower {
            return person(index);
        }
        let note = token.paragraph + 3 >= last && last > 5 && name.last > name.first;
        if note
            && lists::has(&["is", "was", "writes", "teaches", "contributed", "covers"], words.at(name.last + 1))
            && lists::has(&["a", "an", "the", "for", "about", "at", "to"], words.at(name.last + 2))
        {
            return person(index);
        }
    }
    None
}
