//! Whom an utterance was told ("told Reuters"), and titles behind a verb of writing ("in his The Gate"). Other channels are `channel.rs`'s.

use onrecord_evidence::TextRange;
use onrecord_evidence::calendar::MONTHS;

use crate::relay::channel::{Channel, ENDS, phrase_end};
use crate::relay::channel_kind::ChannelKind;
use crate::relay::spans::RelaySpans;
use crate::relay::table::RelayTable;
use crate::relay::words::{Word, hull};

/// "wrote Ana Ruiz on Harbour News", "in his The Gate": a title without a noun, behind a verb of writing.
pub(crate) fn written(words: &[Word<'_>], at: usize, writes: bool) -> Option<Channel> {
    let owned = words.get(at + 1).is_some_and(|word| word.is_any(&["his", "her", "their"]));
    let from = at + 1 + usize::from(owned);
    let kind = if owned { ChannelKind::Book } else { ChannelKind::Article };
    let title = |word: &Word<'_>| !word.mark && word.is_capitalised();
    let first = words.get(from).filter(|word| title(word))?;
    if !writes
        || !words[at].is_any(&["in", "on"])
        || (!owned && words[at].folded == "in")
        || first.is_any(ENDS)
        || is_month(first)
    {
        return None;
    }
    let len = words[from..].iter().take(6).take_while(|word| title(word)).count();
    let outlet = hull(&words[from..from + len]);
    Some(Channel { kind, words: hull(&words[at..from + len])?, outlet: outlet.filter(|_| !owned), hearers: None })
}

fn is_month(word: &Word<'_>) -> bool {
    word.is_any(&MONTHS) || word.is_any(&["jan", "feb", "aug", "sept", "oct", "nov", "dec", "capitol"])
}

/// "told Reuters", "asked reporters", "spoke to the Mail".
pub(crate) fn told(
    words: &[Word<'_>],
    at: usize,
    spans: &RelaySpans<'_>,
    table: &RelayTable,
    outside: &dyn Fn(TextRange) -> bool,
) -> Option<Channel> {
    let word = &words[at];
    let in_cue = spans.cue.iter().any(|cue| cue.contains(word.range));
    let tells = in_cue
        && word.is_any(&[
            "told",
            "tell",
            "tells",
            "telling",
            "informed",
            "informing",
            "assured",
            "asked",
            "reminded",
            "reminding",
            "warned",
            "advised",
            "advising",
            "briefed",
        ]);
    let speaks = word.is_any(&[
        "spoke",
        "speaking",
        "speaks",
        "talked",
        "talking",
        "said",
        "explained",
        "confirmed",
        "confided",
        "complained",
    ]) && words.get(at + 1).is_some_and(|next| {
        next.folded == "to" || next.folded == "with" && word.is_any(&["spoke", "speaking", "talked", "talking"])
    });
    if !tells && !(speaks && (in_cue || !word.is_any(&["said"]))) {
        return None;
    }
    let from = at + 1 + usize::from(!tells);
    let pronoun = words.get(from).is_some_and(|word| word.is_any(&["him", "her", "them", "me", "us", "you"]));
    let mut end = if pronoun { from + 1 } else { phrase_end(words, from) };
    let inside = (from..end)
        .find(|at| !outside(words[*at].range) || spans.content.iter().any(|piece| piece.overlaps(words[*at].range)));
    end = inside.unwrap_or(end);
    while end > from && words[end - 1].mark {
        end -= 1;
    }
    let phrase = words.get(from..end).filter(|phrase| !phrase.is_empty())?;
    let clause = phrase[0].is_any(&["that", "there", "you", "it", "for", "about", "if", "whether"])
        || words.get(end).is_some_and(|next| {
            next.is_any(&["was", "is", "had", "would", "were", "has", "will"]) && word.is_any(&["warned", "advised"])
        });
    if clause && !pronoun {
        return None;
    }
    let named =
        (from..end).find_map(|start| table.outlet(words, start).map(|(len, _)| (start, (start + len).min(end))));
    let outlet = named.and_then(|(start, to)| hull(&words[start..to]));
    let kind = if outlet.is_some() { ChannelKind::Told } else { ChannelKind::Hearers };
    Some(Channel { kind, words: word.range.hull(hull(phrase)?), outlet, hearers: hull(phrase) })
}
