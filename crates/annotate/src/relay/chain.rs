//! Attributions within attributions, and how each utterance reached the text. Not who the parties are, nor chains over articles.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use crate::relay::channel::Channel;
use crate::relay::channel_kind::ChannelKind;
use crate::relay::class::SourceClass;
use crate::relay::spans::{RelaySpans, SpanIndex};
use crate::relay::unnamed::UnnamedSource;
use crate::relay::words::{Word, hull};

/// How an utterance reached the text (the glossary's *relay*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelayKind {
    /// Written or recorded: a statement, a letter, a post, a filing, a report.
    Document,
    /// Said where others heard it: a speech, a news conference, on television, "told supporters".
    HeardBy,
    /// Told to somebody who is named: "told Reuters", "in an interview with the Mail".
    Told,
    /// Another attribution of this text passes it on: "Reuters reported that X said".
    RepeatedBy,
    /// More than one stands between: "Reuters: X told it that Y said".
    Nested,
    /// The text does not say.
    NotStated,
}

/// Words behind a source in which "citing" is looked for.
const CITED_WORDS: usize = 60;
/// Links of one chain at most: what is deeper is cut off at its outer end.
const CHAIN_LINKS: usize = 8;

/// The attribution that holds each one in its content; `None` for outermost ones.
pub(crate) fn parents(attributions: &[RelaySpans<'_>], index: &SpanIndex<'_>) -> Vec<Option<u32>> {
    let holder = |(me, spans): (usize, &RelaySpans<'_>)| {
        let cue = spans.cue.first()?;
        let holder = index.holder(*cue, me as u32)?;
        // Two attributions that hold each other's cue are no chain; the one that begins first is kept outside.
        let outer = attributions.get(holder as usize)?;
        let mutual = outer.cue.iter().any(|cue| spans.content.iter().any(|piece| piece.contains(*cue)));
        (!mutual).then_some(holder)
    };
    attributions.iter().enumerate().map(holder).collect()
}

/// The attributions around `me`, outermost first, itself left out.
pub(crate) fn chain(parents: &[Option<u32>], me: usize) -> Vec<u32> {
    let mut chain = Vec::new();
    let mut at = parents.get(me).copied().flatten();
    while let Some(parent) = at {
        if chain.len() == CHAIN_LINKS || chain.contains(&parent) || parent as usize == me {
            break;
        }
        chain.push(parent);
        at = parents.get(parent as usize).copied().flatten();
    }
    chain.reverse();
    chain
}

/// "citing Y", "quoting Y", "per Y" behind a source: whom the source itself relies on.
pub(crate) fn cited(words: &[Word<'_>], spans: &RelaySpans<'_>) -> Option<TextRange> {
    let anchor = spans.source.last().or(spans.cue.last())?;
    let outside = |word: &&Word<'_>| !spans.content.iter().any(|piece| piece.overlaps(word.range));
    let first = words.partition_point(|word| word.range.start < anchor.start);
    let at = words
        .iter()
        .enumerate()
        .skip(first)
        .take(CITED_WORDS)
        .find(|(_, word)| word.is_any(&["citing", "quoting", "cited", "quoted"]) && outside(word))
        .map(|(at, _)| at)?;
    if words[at].is_any(&["cited", "quoted"]) && words.get(at + 1).is_none_or(|next| next.folded != "by") {
        return None;
    }
    let from = at + 1 + usize::from(words[at].is_any(&["cited", "quoted"]));
    let len = words
        .get(from..)?
        .iter()
        .take(24)
        .take_while(|word| {
            outside(word)
                && !(word.mark && matches!(&*word.folded, "," | "." | ";" | "\"" | ":"))
                && !word.is_any(&["said", "reported", "that", "says"])
        })
        .count();
    hull(words.get(from..from + len)?)
}

/// How the utterance reached the text, by its chain, its channels, and what its source is.
pub(crate) fn kind(depth: usize, channels: &[Channel], unnamed: Option<&UnnamedSource>) -> RelayKind {
    match depth {
        0 => {}
        1 => return RelayKind::RepeatedBy,
        _ => return RelayKind::Nested,
    }
    let of = |channel: &Channel| match channel.kind {
        ChannelKind::Told => RelayKind::Told,
        ChannelKind::Interview | ChannelKind::Phone => RelayKind::Told,
        ChannelKind::Hearers
        | ChannelKind::NewsConference
        | ChannelKind::Speech
        | ChannelKind::Testimony
        | ChannelKind::Broadcast
        | ChannelKind::Event => RelayKind::HeardBy,
        _ => RelayKind::Document,
    };
    // "said in a statement to Reuters": the document is nearer to the words than whoever was sent it.
    let document = unnamed.is_some_and(|unnamed| unnamed.class == SourceClass::Document);
    let kinds = channels.iter().map(of);
    kinds.min().unwrap_or(if document { RelayKind::Document } else { RelayKind::NotStated })
}
