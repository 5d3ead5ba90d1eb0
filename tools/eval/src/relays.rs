//! How utterances reach a text: hedges with their scopes, unnamed sources and channels that are found, given the corpus' attributions
//! (Wikinews has none), against `truth/relay_*.jsonl`. Not whom a source refers to: that is `sources`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use onrecord::annotate::relay::{Channel, ChannelKind, Hedge, Relay, RelaySpans, RelayTable, UnnamedSource, relays};
use onrecord::annotate::{Commitment, HedgedBy, ScoredSpans, sentences};
use onrecord::evidence::{Digest, TextRange};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::corpus::{Corpus, byte_offsets};
use crate::facts::{is_open, matched, texts};
use crate::marks::{Mark, Marks};
use crate::results::Results;
use crate::root;

const STAGE: &str = "relays";
/// The data of the hedges: passages of PolNeAR train and of Wikinews.
const HEDGES: &str = "polnear-train-wikinews";
/// The data of unnamed sources and channels.
const RELAYS: &str = "polnear-train-gold-spans";

/// One line of the truth; ranges in code points of the text with this digest.
#[derive(Deserialize)]
struct Row<T> {
    doc: Option<String>,
    url: Option<String>,
    sha256: Option<Digest>,
    #[serde(flatten)]
    gold: T,
}

/// A passage with all of its hedges.
#[derive(Deserialize)]
struct Passage {
    passage: [u32; 2],
    hedges: Vec<GoldHedge>,
}

#[derive(Deserialize)]
struct GoldHedge {
    hedge: [u32; 2],
    scope: [u32; 2],
    by: HedgedBy,
    commitment: Commitment,
    doubt: Option<IgnoredAny>,
}

/// The source of one attribution; no class: it is no unnamed one. A doubtful row may have a class that is not in the program's list.
#[derive(Deserialize)]
struct GoldSource {
    event: String,
    class: Option<String>,
    number: Option<u32>,
    basis: Option<[u32; 2]>,
    ground: Option<[u32; 2]>,
    doubt: Option<IgnoredAny>,
}

/// A channel of one attribution; no kind: the attribution states none.
#[derive(Deserialize)]
struct GoldChannel {
    event: String,
    kind: Option<ChannelKind>,
    words: Option<[u32; 2]>,
    outlet: Option<[u32; 2]>,
    doubt: Option<IgnoredAny>,
}

/// What the truth has about one article.
#[derive(Default)]
struct Labels {
    digests: Vec<Digest>,
    passages: Vec<Passage>,
    sources: Vec<GoldSource>,
    channels: Vec<GoldChannel>,
}

/// Scores the stage on the labelled articles; `wrong`: lists what is wrong in those that may be read.
///
/// # Errors
/// The truth or a table cannot be read, or an article is another one than was labelled.
pub fn score(corpus: &Corpus, shared: &Path, wrong: bool, results: &mut Results) -> Result<(), Box<dyn Error>> {
    let Some(wikinews) = texts(shared)? else {
        println!("skipped relays: no articles under {}", shared.join("data/wikinews").display());
        return Ok(());
    };
    let table = table()?;
    let mut articles = BTreeMap::new();
    load("relay_hedges.jsonl", &mut articles, |labels| &mut labels.passages)?;
    load("relay_unnamed.jsonl", &mut articles, |labels| &mut labels.sources)?;
    load("relay_channels.jsonl", &mut articles, |labels| &mut labels.channels)?;
    let (mut hedges, mut others) = (Marks::default(), Marks::default());
    for (number, (name, labels)) in articles.iter().enumerate() {
        let (text, gold) = match wikinews.get(name) {
            Some(text) => (text.clone(), BTreeMap::new()),
            None => corpus.document("train", name).map(|document| (document.text, document.gold))?,
        };
        let digest = Digest::of_bytes(text.as_bytes());
        if labels.digests.iter().any(|other| *other != digest) {
            return Err(format!("{name}: the text is another one than was labelled").into());
        }
        let (attributions, found) = find(&text, gold, &table);
        let mark = Mark { article: number, open: is_open(digest), right: 0.0 };
        let judge = Judge { bytes: byte_offsets(&text), text: &text, mark, wrong: wrong && mark.open };
        let judged = judge
            .hedges(&labels.passages, &found, &mut hedges)
            .and_then(|()| judge.sources(&labels.sources, &attributions, &mut others))
            .and_then(|()| judge.channels(&labels.channels, &attributions, &mut others));
        judged.map_err(|message| format!("{name}: {message}"))?;
    }
    for (data, marks) in [(HEDGES, hedges), (RELAYS, others)] {
        results.clear(STAGE, data);
        marks.report(results, STAGE, data);
    }
    Ok(())
}

/// The table as its files lie.
fn table() -> Result<RelayTable, Box<dyn Error>> {
    let read = |name: &str| std::fs::read_to_string(root().join("models").join(name));
    Ok(RelayTable::parse(&read("hedges/lexicon.toml")?, &read("relay/relay.toml")?)?)
}

/// Adds the labels of a file to those of their articles.
fn load<T: DeserializeOwned>(
    file: &str,
    articles: &mut BTreeMap<String, Labels>,
    list: impl Fn(&mut Labels) -> &mut Vec<T>,
) -> Result<(), Box<dyn Error>> {
    for line in std::fs::read_to_string(root().join("tools/eval/truth").join(file))?.lines() {
        let row: Row<T> = serde_json::from_str(line)?;
        let name = row.doc.or(row.url).ok_or_else(|| format!("{file}: expected doc or url, found {line}"))?;
        let labels = articles.entry(name).or_default();
        labels.digests.extend(row.sha256);
        list(labels).push(row.gold);
    }
    Ok(())
}

/// An attribution by its event: what was found of its relay, and where its source stands.
type Attributions = BTreeMap<String, (Relay, Vec<TextRange>)>;

/// The relays of the attributions by event, and the hedges of the text. A line is a block.
fn find(text: &str, gold: BTreeMap<String, ScoredSpans>, table: &RelayTable) -> (Attributions, Vec<Hedge>) {
    let mut spans: Vec<_> = gold.into_iter().collect();
    for (_, spans) in &mut spans {
        spans.source.sort_unstable();
        spans.cue.sort_unstable();
        spans.content.sort_unstable();
    }
    spans.sort_by_key(|(_, spans)| spans.cue.first().copied());
    let mut start = 0;
    let block = |line: &str| {
        let block = TextRange::new(start, start + line.len() as u32);
        start = block.end;
        block
    };
    let blocks: Vec<_> = text.split_inclusive('\n').map(block).collect();
    let asked: Vec<_> = spans
        .iter()
        .map(|(_, spans)| RelaySpans { source: &spans.source, cue: &spans.cue, content: &spans.content })
        .collect();
    let found = relays(text, &sentences(text, &blocks), &asked, table);
    let by_event = spans.into_iter().zip(found.attributions);
    (by_event.map(|((event, spans), relay)| (event, (relay, spans.source))).collect(), found.hedges)
}

/// Marks what was found in one article.
struct Judge<'text> {
    text: &'text str,
    bytes: Vec<u32>,
    mark: Mark,
    wrong: bool,
}

impl Judge<'_> {
    fn hedges(&self, passages: &[Passage], found: &[Hedge], marks: &mut Marks) -> Result<(), String> {
        for Passage { passage, hedges: gold } in passages {
            let passage = self.range(*passage)?;
            let found: Vec<_> = found.iter().filter(|hedge| passage.contains(hedge.range)).collect();
            let ranges: Vec<_> = found.iter().map(|hedge| hedge.range).collect();
            let places: Vec<_> = gold.iter().map(|gold| self.range(gold.hedge)).collect::<Result<_, _>>()?;
            let sure: Vec<_> = gold.iter().map(|gold| gold.doubt.is_none()).collect();
            self.found(["hedge precision", "hedge F1"], &ranges, &places, &sure, marks);
            for ((gold, place), index) in gold.iter().zip(&places).zip(matched(&places, &ranges).found) {
                if gold.doubt.is_some() {
                    continue;
                }
                let hedge = index.and_then(|index| found.get(index).copied());
                self.asked(["hedge recall", "hedge F1"], hedge.is_some(), *place, marks);
                let scope = self.range(gold.scope)?;
                let exact = |hedge: &Hedge| self.same_scope((hedge.range, hedge.scope), (*place, scope));
                let overlap = hedge.map(|hedge| overlap(hedge.scope, scope));
                self.label("hedge holder accuracy", hedge.map(|hedge| hedge.by == gold.by), *place, marks);
                let step = hedge.map(|hedge| hedge.commitment == gold.commitment);
                self.label("hedge step accuracy", step, *place, marks);
                self.label("hedge scope exact accuracy", hedge.map(exact), scope, marks);
                marks.asked("hedge scope overlap F1", overlap, self.mark);
            }
        }
        Ok(())
    }

    fn sources(&self, gold: &[GoldSource], found: &Attributions, marks: &mut Marks) -> Result<(), String> {
        for gold in gold.iter().filter(|gold| gold.doubt.is_none()) {
            let (relay, source) = found.get(&gold.event).ok_or_else(|| no_event(&gold.event))?;
            let unnamed = relay.unnamed.as_ref();
            let place = source.first().copied().unwrap_or(TextRange::new(0, 0));
            if unnamed.is_some() {
                let wanted: &[TextRange] = if gold.class.is_some() { &[place] } else { &[] };
                self.found(["unnamed source precision", "unnamed source F1"], &[place], wanted, &[true], marks);
            }
            let Some(class) = &gold.class else { continue };
            self.asked(["unnamed source recall", "unnamed source F1"], unnamed.is_some(), place, marks);
            let same = |found: &UnnamedSource| serde_json::to_value(found.class).is_ok_and(|found| found == *class);
            self.label("unnamed source class accuracy", unnamed.map(same), place, marks);
            if gold.number.is_some() {
                let number = unnamed.map(|found| found.number.and_then(|number| number.value) == gold.number);
                self.label("unnamed source number accuracy", number, place, marks);
            }
            let stated = unnamed.map(|found| [found.basis, found.ground.map(|ground| ground.range)]);
            for (at, wanted) in [gold.basis, gold.ground].into_iter().enumerate() {
                let Some(wanted) = wanted else { continue };
                let wanted = self.range(wanted)?;
                let right = stated.map(|stated| stated[at] == Some(wanted));
                self.label("unnamed source basis or ground accuracy", right, wanted, marks);
            }
        }
        Ok(())
    }

    fn channels(&self, gold: &[GoldChannel], found: &Attributions, marks: &mut Marks) -> Result<(), String> {
        let mut events: BTreeMap<&str, Vec<(&GoldChannel, ChannelKind, TextRange)>> = BTreeMap::new();
        for gold in gold {
            let stated = events.entry(&gold.event).or_default();
            if let (Some(kind), Some(words)) = (gold.kind, gold.words) {
                stated.push((gold, kind, self.range(words)?));
            }
        }
        for (event, stated) in events {
            let (relay, _) = found.get(event).ok_or_else(|| no_event(event))?;
            let ranges: Vec<_> = relay.channels.iter().map(|channel| channel.words).collect();
            let places: Vec<_> = stated.iter().map(|(_, _, words)| *words).collect();
            let sure: Vec<_> = stated.iter().map(|(gold, ..)| gold.doubt.is_none()).collect();
            self.found(["channel precision", "channel F1"], &ranges, &places, &sure, marks);
            for ((gold, kind, words), index) in stated.into_iter().zip(matched(&places, &ranges).found) {
                if gold.doubt.is_some() {
                    continue;
                }
                let channel: Option<&Channel> = index.and_then(|index| relay.channels.get(index));
                self.asked(["channel recall", "channel F1"], channel.is_some(), words, marks);
                self.label("channel kind accuracy", channel.map(|channel| channel.kind == kind), words, marks);
                if let Some(outlet) = gold.outlet {
                    let outlet = self.range(outlet)?;
                    let same = |channel: &Channel| channel.outlet.is_some_and(|found| found.overlaps(outlet));
                    self.label("channel outlet accuracy", channel.map(same), outlet, marks);
                }
            }
        }
        Ok(())
    }

    /// Code points become bytes.
    fn range(&self, [start, end]: [u32; 2]) -> Result<TextRange, String> {
        let at = |point: u32| {
            self.bytes.get(point as usize).copied().ok_or_else(|| format!("no code point {point} in the text"))
        };
        Ok(TextRange::new(at(start)?, at(end)?))
    }

    /// Precision: a finding is right where it shares words with sure gold; one that shares words with doubtful gold alone is left out.
    fn found(&self, metrics: [&str; 2], found: &[TextRange], gold: &[TextRange], sure: &[bool], marks: &mut Marks) {
        for found in found {
            let mut met = gold.iter().zip(sure).filter(|(gold, _)| gold.overlaps(*found)).peekable();
            let spurious = met.peek().is_none();
            let right = met.any(|(_, sure)| *sure);
            if right || spurious {
                self.both(metrics, right, *found, marks);
            }
        }
    }

    /// Recall.
    fn asked(&self, metrics: [&str; 2], right: bool, gold: TextRange, marks: &mut Marks) {
        self.both(metrics, right, gold, marks);
    }

    /// Precision or recall, and F1: the mean over gold and findings together.
    fn both(&self, metrics: [&str; 2], right: bool, place: TextRange, marks: &mut Marks) {
        for metric in metrics {
            marks.add(metric, Mark { right: f64::from(u8::from(right)), ..self.mark });
        }
        if !right {
            self.show(metrics[0], place);
        }
    }

    /// Whether a label is right, of what was found.
    fn label(&self, metric: &str, right: Option<bool>, place: TextRange, marks: &mut Marks) {
        marks.asked(metric, right.map(|right| f64::from(u8::from(right))), self.mark);
        if right == Some(false) {
            self.show(metric, place);
        }
    }

    /// Both ends, but for marks and white space. Where the words of the hedge differ ("[do not] think"), a scope may begin with either.
    fn same_scope(&self, found: (TextRange, TextRange), gold: (TextRange, TextRange)) -> bool {
        let same = |one: u32, other: u32| {
            let between = self.text.get(one.min(other) as usize..one.max(other) as usize);
            between.is_some_and(|between| !between.chars().any(char::is_alphanumeric))
        };
        let (own, wanted) = (found.1, gold.1);
        let with_hedge = own.start == found.0.start && wanted.start == gold.0.start;
        (same(own.start, wanted.start) || with_hedge) && same(own.end, wanted.end)
    }

    fn show(&self, metric: &str, place: TextRange) {
        if self.wrong {
            let from = self.text.floor_char_boundary((place.start as usize).saturating_sub(60));
            let to = self.text.ceil_char_boundary((place.end as usize + 60).min(self.text.len()));
            let words = place.slice(self.text).unwrap_or_default();
            println!("wrong {metric}: {words:?} in {:?}", self.text[from..to].replace('\n', " "));
        }
    }
}

fn no_event(event: &str) -> String {
    format!("the corpus has no complete attribution {event}")
}

/// 2 shared / (one + other), in bytes.
fn overlap(one: TextRange, other: TextRange) -> f64 {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    f64::from(2 * shared) / f64::from((one.len() + other.len()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The wall may fall, engineers do not think it will.";

    fn judge() -> Judge<'static> {
        let mark = Mark { article: 0, open: true, right: 0.0 };
        Judge { text: TEXT, bytes: byte_offsets(TEXT), mark, wrong: false }
    }

    fn place(words: &str) -> TextRange {
        let start = TEXT.find(words).unwrap() as u32;
        TextRange::new(start, start + words.len() as u32)
    }

    #[test]
    fn scopes_end_where_words_do() {
        let check = |found: [&str; 2], gold: [&str; 2], expect: bool| {
            let [found, gold] = [found, gold].map(|[hedge, scope]| (place(hedge), place(scope)));
            assert_eq!(judge().same_scope(found, gold), expect, "{found:?} {gold:?}");
        };
        check(["may", "may fall,"], ["may", "may fall"], true);
        check(["may", "may fall"], ["may", "The wall may fall"], false);
        check(["may", "wall may fall"], ["may", "may fall"], false);
        check(["think", "think it will"], ["not think", "not think it will."], true);
        check(["think", "think it"], ["think", "think it will"], false);
    }

    #[test]
    fn overlap_by_hand() {
        assert_eq!(overlap(TextRange::new(0, 4), TextRange::new(2, 4)), 4.0 / 6.0);
        assert_eq!(overlap(TextRange::new(0, 4), TextRange::new(5, 9)), 0.0);
    }

    /// Marks of precision for findings at these words, where "may" is sure gold and "think" doubtful.
    #[test]
    fn doubtful_gold_neither_counts_nor_harms() {
        let check = |found: &[&str], expect: &str| {
            let (mut marks, mut expected) = (Marks::default(), Marks::default());
            let found: Vec<_> = found.iter().map(|words| place(words)).collect();
            judge().found(["precision", "F1"], &found, &[place("may"), place("think")], &[true, false], &mut marks);
            for right in expect.chars() {
                judge().both(["precision", "F1"], right == 'r', place("may"), &mut expected);
            }
            assert_eq!(format!("{marks:?}"), format!("{expected:?}"));
        };
        check(&["may", "will"], "rw");
        check(&["not think"], "");
        check(&["may fall, engineers do not think"], "r");
    }
}
