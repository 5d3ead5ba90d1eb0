//! By what channel an utterance was made: whom it was told, where it was written or spoken. Not who relays it further ([`super::chain`]).

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use crate::relay::channel_kind::ChannelKind;
use crate::relay::spans::{RelaySpans, SpanIndex};
use crate::relay::table::RelayTable;
use crate::relay::told::{told, written};
use crate::relay::words::{Word, hull};

/// One channel of an utterance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its kind.
    pub kind: ChannelKind,
    /// The words that state it: "in an interview with the Mail", "told Reuters".
    pub words: TextRange,
    /// The named outlet, programme or platform.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<TextRange>,
    /// Who was told, an outlet included.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hearers: Option<TextRange>,
}

/// Words before and behind the cue that are looked at.
const SENTENCE_WORDS: usize = 100;
/// Words between a preposition and the noun of the channel at most.
const PHRASE_WORDS: usize = 11;

const PREPOSITIONS: &[&str] = &["in", "during", "at", "on", "via", "by", "through", "over"];
/// Words that end a noun phrase.
pub(crate) const ENDS: &[&str] = &[
    "in",
    "during",
    "at",
    "on",
    "via",
    "by",
    "through",
    "over",
    "with",
    "to",
    "for",
    "from",
    "about",
    "of",
    "that",
    "which",
    "who",
    "when",
    "where",
    "after",
    "before",
    "and",
    "or",
    "but",
    "as",
    "while",
    "said",
    "says",
    "last",
    "late",
    "earlier",
    "ahead",
    "whether",
    "if",
    "was",
    "is",
    "were",
    "had",
    "has",
    "have",
    "this",
    "published",
    "provided",
    "hosted",
    "issued",
    "released",
    "condemning",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "he",
    "she",
    "they",
    "it",
    "i",
    "we",
    "how",
    "why",
    "what",
    "against",
    "because",
    "would",
    "not",
    "following",
    "being",
    "saying",
    "rhetorically",
    "under",
    "between",
    "near",
    "sent",
    "posted",
    "recently",
    "his",
    "her",
    "their",
    "there",
    "will",
    "into",
    "until",
    "aired",
    "broadcast",
    "held",
    "adding",
    "also",
];

/// The channels of one attribution, in text order, as its cue's sentence states them outside of every content.
pub(crate) fn channels(
    words: &[Word<'_>],
    spans: &RelaySpans<'_>,
    index: &SpanIndex<'_>,
    me: u32,
    table: &RelayTable,
) -> Vec<Channel> {
    let Some(cue) = spans.cue.first() else { return Vec::new() };
    // The words around the cue, so that a line without stops costs no more than a sentence.
    let at = words.partition_point(|word| word.range.end <= cue.start);
    let words = &words[at.saturating_sub(SENTENCE_WORDS).min(words.len())..words.len().min(at + SENTENCE_WORDS)];
    let own_holder = index.holder(*cue, me);
    let outside = |range: TextRange| {
        let holder = index.holder(range, u32::MAX);
        // What stands in the same content as the cue itself is this attribution's, where it is nested.
        holder.is_none() || holder == own_holder
    };
    let mine = |range: TextRange| {
        let (from, to) = if range.start < cue.start { (range.end, cue.start) } else { (cue.end, range.start) };
        !index.cue_between(from, to)
    };
    let mut quoted = false;
    let mut found: Vec<Channel> = Vec::new();
    let writes = words.iter().any(|word| {
        cue.contains(word.range) && word.is_any(&["wrote", "writes", "writing", "written", "reported", "explained"])
    });
    for at in 0..words.len() {
        let word = &words[at];
        if word.is_quote() {
            quoted = !quoted;
        }
        if spans.source.iter().any(|source| source.contains(word.range)) {
            continue;
        }
        if found.last().is_some_and(|channel| channel.words.overlaps(word.range)) || quoted && !outside(word.range) {
            continue;
        }
        let channel = if spans.cue.iter().any(|cue| cue.overlaps(word.range)) && is_tweet(&word.folded) {
            Some(Channel { kind: ChannelKind::Social, words: word.range, outlet: None, hearers: None })
        } else if word.is_any(PREPOSITIONS) {
            placed(words, at, table).or_else(|| written(words, at, writes))
        } else {
            told(words, at, spans, table, &outside)
        };
        if let Some(channel) = channel.filter(|channel| {
            outside(TextRange::new(channel.words.start, channel.words.start + 1)) && mine(channel.words)
        }) {
            found.push(channel);
        }
    }
    found
}

fn is_tweet(folded: &str) -> bool {
    matches!(
        folded,
        "tweeted" | "tweets" | "tweet" | "tweeting" | "retweeted" | "re-tweeted" | "live-tweeted" | "blogged"
    )
}

/// Where the noun phrase that begins at word `from` ends.
pub(crate) fn phrase_end(words: &[Word<'_>], from: usize) -> usize {
    let tail = words.get(from..).unwrap_or_default();
    let ends = tail.iter().take(PHRASE_WORDS).enumerate().position(|(at, word)| {
        let owner = at == 0 && word.is_any(&["his", "her", "their", "this"]);
        let day = word.is_any(&[
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "late",
            "last",
        ]) && tail.get(at + 1).is_some_and(|next| !next.mark && !next.is_any(ENDS))
            && at < 3;
        word.mark && !matches!(&*word.folded, "'" | "\"" | "." | "/" | "«" | "»")
            || word.is_quote() && at > 3
            || word.is_any(ENDS) && !owner && !day
    });
    from + ends.unwrap_or(tail.len().min(PHRASE_WORDS))
}

/// "in an interview with the Mail", "on Facebook", "by telephone", "on CNN".
fn placed(words: &[Word<'_>], at: usize, table: &RelayTable) -> Option<Channel> {
    let from = at + 1;
    let mut end = phrase_end(words, from);
    // "his final State of the Union address"
    if end > from
        && table.head(words, end).is_none()
        && words.get(end).is_some_and(|word| word.folded == "of")
        && words[end - 1].is_capitalised()
    {
        end = phrase_end(words, end + 1);
    }
    while end > from && (words[end - 1].mark || words[end - 1].folded.ends_with("ly")) {
        end -= 1;
    }
    if end <= from {
        return None;
    }
    let outlet_in = |range: std::ops::Range<usize>| {
        range
            .clone()
            .find_map(|start| {
                table
                    .outlet(words, start)
                    .filter(|(len, _)| start + len <= words.len())
                    .map(|(len, outlet)| (start, len, outlet))
            })
            .filter(|(start, ..)| range.contains(start))
    };
    // The noun at the end, or before what follows it without a preposition ("hearing Arizona lawmakers called").
    let head = (from + 1..=end).rev().find_map(|end| table.head(words, end).map(|(kind, _)| (kind, end)));
    let preposition = &*words[at].folded;
    let Some((kind, head_end)) = head.filter(|(kind, end)| suits(preposition, *kind, &words[*end - 1])) else {
        let (start, len, _) = outlet_in(from..from + 1).filter(|_| preposition == "on")?;
        let outlet = hull(&words[start..start + len])?;
        let more = table.outlet(words, start + len).map_or(0, |(more, _)| more);
        return Some(Channel {
            kind: ChannelKind::Broadcast,
            words: hull(&words[at..start + len + more])?,
            outlet: Some(outlet),
            hearers: None,
        });
    };
    let mut whole = head_end;
    let mut outlet = outlet_in(from..head_end).and_then(|(start, len, _)| hull(&words[start..start + len]));
    let mut hearers = None;
    if words.get(head_end).is_some_and(|word| word.is_any(&["with", "to", "of", "on", "for", "before"]))
        && kind != ChannelKind::Social
    {
        let to = phrase_end(words, head_end + 1);
        let named = outlet_in(head_end + 1..to.max(head_end + 2));
        let addressed = words[head_end].is_any(&["with", "to", "before"]) && to > head_end + 1;
        if let Some((start, len, _)) = named {
            outlet = outlet.or_else(|| hull(&words[start..start + len]));
            whole = start + len;
        }
        if addressed {
            hearers = hull(&words[head_end + 1..to]);
            whole = whole.max(to);
        }
    }
    if kind == ChannelKind::Social && outlet.is_none() && words[from..head_end].len() == 1 {
        outlet = Some(words[from].range);
    }
    Some(Channel { kind, words: hull(&words[at..whole])?, outlet, hearers })
}

/// Whether the preposition can state a channel of this kind.
fn suits(preposition: &str, kind: ChannelKind, head: &Word<'_>) -> bool {
    let among = |prepositions: &[&str]| prepositions.contains(&preposition);
    match kind {
        ChannelKind::Phone => among(&["by", "over", "via", "on", "in", "during"]),
        // Words that are names only with a capital letter.
        ChannelKind::Social if head.is_any(&["x", "telegram", "threads"]) => {
            preposition == "on" && head.is_capitalised()
        }
        ChannelKind::Social => among(&["on", "in", "via", "through"]),
        // "the Democracy Program" is none; "in the program" is mostly another kind.
        ChannelKind::Broadcast if head.is_any(&["program", "programme", "air"]) => {
            preposition == "on" && !head.is_capitalised()
        }
        ChannelKind::Broadcast | ChannelKind::Video => among(&["on", "in", "during", "via"]),
        ChannelKind::Event => among(&["at", "during", "in"]),
        ChannelKind::Email => among(&["in", "by", "via", "through", "over"]),
        ChannelKind::NewsConference if head.folded == "call" => among(&["on", "in", "during"]),
        ChannelKind::Article if head.folded == "blog" => among(&["on", "in"]),
        ChannelKind::Interview | ChannelKind::Speech | ChannelKind::NewsConference => {
            among(&["in", "during", "at", "through"])
        }
        _ => among(&["in", "during", "at", "through", "via"]),
    }
}
