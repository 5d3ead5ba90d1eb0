//! The tables of this stage, parsed once. Their words are data (`models/relay/relay.toml`, `models/hedges/lexicon.toml`).

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::TableError;
use crate::relay::channel_kind::ChannelKind;
use crate::relay::class::SourceClass;
use crate::relay::lexicon::HedgeLexicon;
use crate::relay::words::Word;

/// What the relay stage knows.
pub struct RelayTable {
    pub(crate) hedges: HedgeLexicon,
    nouns: HashMap<String, (SourceClass, bool)>,
    qualifiers: HashMap<String, SourceClass>,
    heads: HashMap<String, ChannelKind>,
    outlets: HashSet<String>,
    programmes: HashSet<String>,
    ambiguous: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelayFile {
    noun: Vec<NounRow>,
    plurals: BTreeMap<String, String>,
    qualifiers: BTreeMap<String, SourceClass>,
    channel: Vec<ChannelRow>,
    outlets: Outlets,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounRow {
    class: SourceClass,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelRow {
    kind: ChannelKind,
    heads: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outlets {
    names: Vec<String>,
    programmes: Vec<String>,
    ambiguous: Vec<String>,
}

/// Words of an outlet's name at most.
const NAME_WORDS: usize = 5;

impl RelayTable {
    /// Reads both tables: the hedge lexicon and the words of relays.
    ///
    /// # Errors
    /// Where a text is no such table, a class or kind is not of the closed lists, or a plural names no noun.
    pub fn parse(lexicon: &str, relay: &str) -> Result<Self, TableError> {
        let file: RelayFile = toml::from_str(relay)?;
        let mut nouns = HashMap::new();
        for row in &file.noun {
            for noun in &row.nouns {
                nouns.entry(noun.clone()).or_insert((row.class, false));
                nouns.entry(format!("{noun}s")).or_insert((row.class, true));
            }
        }
        for (plural, noun) in &file.plurals {
            let what = || TableError::Row {
                row: plural.clone(),
                what: format!("expected a noun of the table, found {noun:?}"),
            };
            let (class, _) = *nouns.get(noun).ok_or_else(what)?;
            nouns.insert(plural.clone(), (class, true));
        }
        let heads = file.channel.iter().flat_map(|row| row.heads.iter().map(|head| (head.clone(), row.kind)));
        Ok(Self {
            hedges: HedgeLexicon::parse(lexicon)?,
            nouns,
            qualifiers: file.qualifiers.into_iter().collect(),
            heads: heads.collect(),
            outlets: file.outlets.names.into_iter().collect(),
            programmes: file.outlets.programmes.into_iter().collect(),
            ambiguous: file.outlets.ambiguous.into_iter().collect(),
        })
    }

    /// Class of a describing noun, and whether it is a plural.
    pub(crate) fn noun(&self, folded: &str) -> Option<(SourceClass, bool)> {
        self.nouns.get(folded).copied()
    }

    /// Class that a word before the noun gives.
    pub(crate) fn qualifier(&self, folded: &str) -> Option<SourceClass> {
        self.qualifiers.get(folded).copied()
    }

    /// The channel's kind that the one or two words ending at `end` name, and the number of these words.
    pub(crate) fn head(&self, words: &[Word<'_>], end: usize) -> Option<(ChannelKind, usize)> {
        let last = words.get(end.checked_sub(1)?)?;
        if end > 1 {
            let two = format!("{} {}", words[end - 2].folded, last.folded);
            if let Some(kind) = self.heads.get(&two) {
                return Some((*kind, 2));
            }
        }
        self.heads.get(&*last.folded).map(|kind| (*kind, 1))
    }

    /// The number of words of the outlet's (`true`) or programme's (`false`) name that begins at word `at`, an article included.
    /// Names that are words too ("time", "the post") need capital letters, and so do all others but written-together ones.
    pub(crate) fn outlet(&self, words: &[Word<'_>], at: usize) -> Option<(usize, bool)> {
        let article = usize::from(words.get(at)?.folded == "the");
        let mut best = None;
        for skip in [0, article] {
            let from = at + skip;
            let mut name = String::new();
            for (count, word) in words.get(from..).unwrap_or_default().iter().take(NAME_WORDS).enumerate() {
                if word.mark
                    || !(word.is_capitalised()
                        || matches!(&*word.folded, "the" | "of")
                        || word.folded.starts_with(|digit: char| digit.is_ascii_digit()))
                {
                    break;
                }
                if count > 0 {
                    name.push(' ');
                }
                name.push_str(word.folded.strip_suffix("'s").unwrap_or(&word.folded));
                let len = skip + count + 1;
                let sure = !self.ambiguous.contains(&name)
                    || article == 1
                    || word.written.bytes().all(|byte| byte.is_ascii_uppercase());
                let programme = self.programmes.contains(&name);
                if (programme || self.outlets.contains(&name) && sure) && best.is_none_or(|(found, _)| len > found) {
                    best = Some((len, !programme));
                }
            }
            if article == 0 {
                break;
            }
        }
        best
    }
}
