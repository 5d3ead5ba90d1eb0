//! How utterances reach a text: unnamed sources, channels, chains, and every hedge with its scope. Not who a party is (`parties`), and not what an
//! attribution does (`act`) or how surely it holds its content (`hedge`).
//!
//! Sources: FactBank (Saurí and Pustejovsky 2009) for the scale of commitment; BioScope (Vincze and others 2008) for scopes; MPQA for chains.

mod chain;
mod channel;
mod channel_kind;
mod class;
mod ground;
mod hedges;
mod lexicon;
mod scope;
mod spans;
mod table;
#[cfg(test)]
mod tests;
mod told;
mod unnamed;
mod words;

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

pub use chain::RelayKind;
pub use channel::Channel;
pub use channel_kind::ChannelKind;
pub use class::SourceClass;
pub use ground::{Ground, GroundTie};
pub use hedges::Hedge;
pub use lexicon::{HedgeKind, HedgeLexicon, LexiconRow};
pub use spans::RelaySpans;
pub use table::RelayTable;
pub use unnamed::{StatedNumber, UnnamedSource};

use crate::manner::Quotations;
use spans::SpanIndex;

/// How the utterance of one attribution reached the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// The kind of relay.
    pub kind: RelayKind,
    /// What is stated of the source, where it is described and not named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unnamed: Option<UnnamedSource>,
    /// The channels, in text order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub channels: Vec<Channel>,
    /// The attributions that hold this one in their content, outermost first, as indices into the list that was given.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub chain: Vec<u32>,
    /// Whom the source itself cites: "according to the paper, citing two officials".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cites: Option<TextRange>,
}

/// What this stage finds in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relays {
    /// One for each attribution, in the order given.
    pub attributions: Vec<Relay>,
    /// Every hedge of the text, in text order, in attributions and outside of them.
    pub hedges: Vec<Hedge>,
}

const PRONOUNS: &[&str] = &["who", "he", "she", "they", "which", "that", "whom"];

/// Relays and hedges of a text.
///
/// `sentences` are in text order; ranges that do not fit the text are passed over. An attribution that crosses sentences is read in the
/// sentence of its cue.
pub fn relays(text: &str, sentences: &[TextRange], attributions: &[RelaySpans<'_>], table: &RelayTable) -> Relays {
    let quotations = Quotations::new(text);
    let index = SpanIndex::new(attributions);
    let mut hedges = Vec::new();
    let taken: Vec<Vec<words::Word<'_>>> = sentences
        .iter()
        .map(|sentence| {
            let words = words::words(text, *sentence);
            hedges::find(text, &words, &table.hedges, &quotations, &index, &mut hedges);
            words
        })
        .collect();
    // "who declined to be named": a pronoun is no other source.
    let pronoun = |range: &TextRange| {
        range.slice(text).is_none_or(|words| PRONOUNS.contains(&words.to_ascii_lowercase().as_str()))
    };
    let mut sources: Vec<TextRange> =
        attributions.iter().flat_map(|spans| spans.source.iter().copied()).filter(|range| !pronoun(range)).collect();
    sources.sort_unstable();
    let others = |range: TextRange| {
        let first = sources.partition_point(|source| source.start < range.start);
        sources.get(first).is_some_and(|source| source.start < range.end)
    };
    let parents = chain::parents(attributions, &index);
    let relay = |(me, spans): (usize, &RelaySpans<'_>)| {
        let at = spans.cue.first().map(|cue| sentences.partition_point(|sentence| sentence.end <= cue.start));
        let words = at.and_then(|at| taken.get(at)).map(Vec::as_slice).unwrap_or_default();
        let unnamed = unnamed::unnamed(text, spans.source, sentences, table, &others);
        let channels = channel::channels(words, spans, &index, me as u32, table);
        let chain = chain::chain(&parents, me);
        Relay {
            kind: chain::kind(chain.len(), &channels, unnamed.as_ref()),
            unnamed,
            channels,
            chain,
            cites: chain::cited(words, spans),
        }
    };
    Relays { attributions: attributions.iter().enumerate().map(relay).collect(), hedges }
}
