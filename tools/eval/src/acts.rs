//! Acts and commitment against the labels of `tools/eval/truth`: on gold spans (the tables alone) and end to end (reading, then the tables).

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use onrecord::Pipeline;
use onrecord::annotate::{ActTable, AttributionSpans, HedgeTable, Interpreter, ScoredSpans};
use onrecord::evidence::Digest;

use crate::corpus::{self, Corpus, Document};
use crate::results::Results;
use crate::scores::Pairs;
use crate::truth::{Label, labels};
use crate::{Options, root};

/// The tables as they lie in the repository, so that an edited row is scored without a build.
pub struct Tables {
    acts: ActTable,
    hedges: HedgeTable,
}

impl Tables {
    pub fn open() -> Result<Self, Box<dyn Error>> {
        let text = |path: &str| std::fs::read_to_string(root().join(path));
        Ok(Self {
            acts: ActTable::parse(&text("models/acts/acts.toml")?)?,
            hedges: HedgeTable::parse(&text("models/hedges/hedges.toml")?)?,
        })
    }

    pub fn interpret(&self, text: &str, spans: &[ScoredSpans]) -> Vec<Option<AttributionSpans>> {
        let interpreter = Interpreter::new(text, &self.acts, &self.hedges);
        spans.iter().map(|spans| interpreter.interpret(spans)).collect()
    }
}

/// Scores `acts_dev.tsv`, `acts_train400.tsv` and the two parts of `acts_train.tsv`, and the agreement of the two labellings.
/// Of train, `--show` shows what the table may be tuned on, never a row of the held part.
pub fn score(
    corpus: &Corpus,
    pipeline: Option<&Pipeline>,
    options: &Options,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let truth = root().join("tools/eval/truth");
    let tables = Tables::open()?;
    let show = |train: bool| options.show.as_deref().filter(|_| options.train == train);
    let train = labels(&truth.join("acts_train400.tsv"))?;
    let (held, tune): (Vec<_>, Vec<_>) =
        labels(&truth.join("acts_train.tsv"))?.into_iter().partition(|label| is_held(&label.doc));
    on_gold_spans(corpus, ("train", "train"), &train, &tables, show(true), results)?;
    on_gold_spans(corpus, ("train", "tune"), &tune, &tables, show(true), results)?;
    if !(options.train && options.gold_only) {
        on_gold_spans(corpus, ("train", "held"), &held, &tables, None, results)?;
    }
    let dev = labels(&truth.join("acts_dev.tsv"))?;
    if !(options.train && options.gold_only) {
        on_gold_spans(corpus, ("dev", "dev"), &dev, &tables, show(false), results)?;
    }
    if let Some(pipeline) = pipeline {
        end_to_end(corpus, &dev, pipeline, results)?;
    }
    agreement(&truth, &[train, dev], results)
}

/// Whether an article of train is of the fifth that no row is written from: the number in its name's digest, modulo 5.
fn is_held(stem: &str) -> bool {
    // A digest is written in base 16, and 16 leaves 1 when divided by 5: the number leaves what its digits leave.
    let digest = Digest::of_bytes(format!("act {stem}").as_bytes()).to_string();
    digest.chars().filter_map(|digit| digit.to_digit(16)).sum::<u32>().is_multiple_of(5)
}

/// Prints where a row or an act applies in train without its held articles, and how often every row does.
pub fn survey(corpus: &Corpus, word: &str) -> Result<(), Box<dyn Error>> {
    let tables = Tables::open()?;
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for stem in corpus.stems("train")?.into_iter().filter(|stem| !is_held(stem)) {
        let document = corpus.document("train", &stem)?;
        for (event, spans) in &document.gold {
            let Some(found) = tables.interpret(&document.text, std::slice::from_ref(spans)).pop().flatten() else {
                continue;
            };
            *rows.entry(found.act.rule.clone()).or_default() += 1;
            if found.act.rule == word || found.act.act.word() == word {
                let words = |ranges: &[onrecord::evidence::TextRange]| line(&document.text, ranges);
                let spans = [words(&found.source), words(&found.cue), words(&found.content)].join("] [");
                println!("{stem} {event} {} [{spans}] {:?}", found.act.rule, words(&found.act.evidence));
            }
        }
    }
    rows.into_iter().for_each(|(row, count)| println!("{count:>6} {row}"));
    Ok(())
}

/// The words of some ranges on one line, cut to what a person reads at a glance.
fn line(text: &str, ranges: &[onrecord::evidence::TextRange]) -> String {
    let words: Vec<_> = ranges.iter().filter_map(|range| range.slice(text)).collect();
    words.join(" … ").replace('\n', " ").chars().take(230).collect()
}

type Labelled<'label> = (Document, Vec<&'label Label>);

/// Labels by document, each with its text and gold.
fn by_document<'label>(
    corpus: &Corpus,
    part: &str,
    labels: &'label [Label],
) -> Result<Vec<Labelled<'label>>, Box<dyn Error>> {
    let mut documents: BTreeMap<&str, Vec<&Label>> = BTreeMap::new();
    for label in labels {
        documents.entry(&label.doc).or_default().push(label);
    }
    documents.into_iter().map(|(stem, labels)| Ok((corpus.document(part, stem)?, labels))).collect()
}

fn on_gold_spans(
    corpus: &Corpus,
    (part, name): (&str, &str),
    labels: &[Label],
    tables: &Tables,
    show: Option<&str>,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let (mut acts, mut commitments) = (Pairs::default(), Pairs::default());
    let mut rows: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (document, labels) in by_document(corpus, part, labels)? {
        for label in labels {
            let spans =
                document.gold.get(&label.event).ok_or_else(|| format!("{}: no event {}", label.doc, label.event))?;
            let found = tables.interpret(&document.text, std::slice::from_ref(spans)).pop().flatten();
            acts.pairs.push((Some(label.act.word()), found.as_ref().map(|found| found.act.act.word())));
            commitments
                .pairs
                .push((Some(label.commitment.word()), found.as_ref().map(|found| found.commitment.word())));
            if let (Some(word), Some(found)) = (show, &found) {
                show_error(word, &document.text, label, found);
                let [right, given] = rows.entry(found.act.rule.clone()).or_default();
                *right += usize::from(label.act == found.act.act);
                *given += 1;
            }
        }
    }
    rows.into_iter().for_each(|(row, [right, given])| println!("{name} {row}: right {right} of {given}"));
    let data = format!("polnear-{name}-gold-spans");
    add(&data, &acts, &commitments, results);
    Ok(())
}

fn show_error(word: &str, text: &str, label: &Label, found: &AttributionSpans) {
    let acts = (label.act.word(), found.act.act.word());
    let commitments = (label.commitment.word(), found.commitment.word());
    let concerns = |(gold, given): (&str, &str)| gold != given && (word == "all" || gold == word || given == word);
    if concerns(acts) || (label.act == found.act.act && concerns(commitments)) {
        let words = |ranges: &[onrecord::evidence::TextRange]| line(text, ranges);
        let hedges: Vec<_> = found.hedges.iter().filter_map(|hedge| hedge.range.slice(text)).collect();
        println!(
            "{} {} bytes {}: {} {} read as {} {} by {} {hedges:?}\n    [{}] [{}] [{}]",
            label.doc,
            label.event,
            found.cue[0].start,
            acts.0,
            commitments.0,
            acts.1,
            commitments.1,
            found.act.rule,
            words(&found.source),
            words(&found.cue),
            words(&found.content),
        );
    }
}

/// Every gold label with the reading whose cue shares the most bytes with its own; readings that match no gold attribution
/// count against precision.
fn end_to_end(
    corpus: &Corpus,
    labels: &[Label],
    pipeline: &Pipeline,
    results: &mut Results,
) -> Result<(), Box<dyn Error>> {
    let (mut acts, mut commitments) = (Pairs::default(), Pairs::default());
    for (document, labels) in by_document(corpus, "dev", labels)? {
        let (spans, records) = corpus::read(pipeline, &labels[0].doc, &document.text);
        let mut used = vec![false; spans.len()];
        for label in labels {
            let Some(gold) = document.gold.get(&label.event) else { continue };
            let best = spans
                .iter()
                .enumerate()
                .map(|(index, spans)| (shared(&spans.cue, &gold.cue), shared(&spans.content, &gold.content), index))
                .max();
            let found = best.filter(|(cue, ..)| *cue > 0).map(|(.., index)| index);
            if let Some(index) = found {
                used[index] = true;
            }
            acts.pairs.push((Some(label.act.word()), found.map(|index| records[index].act.word())));
            commitments
                .pairs
                .push((Some(label.commitment.word()), found.map(|index| records[index].commitment.word())));
        }
        for (record, _) in records.iter().zip(&used).filter(|(_, used)| !**used) {
            acts.pairs.push((None, Some(record.act.word())));
            commitments.pairs.push((None, Some(record.commitment.word())));
        }
    }
    add("polnear-dev-end-to-end", &acts, &commitments, results);
    Ok(())
}

/// Bytes that two lists of ranges share.
pub fn shared(one: &[onrecord::evidence::TextRange], other: &[onrecord::evidence::TextRange]) -> u32 {
    one.iter().flat_map(|a| other.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum()
}

/// Adds the scores of acts and commitments to the table.
pub fn add(data: &str, acts: &Pairs<'_>, commitments: &Pairs<'_>, results: &mut Results) {
    results.clear("acts", data);
    for (kind, pairs, default) in [("act", acts, "affirm"), ("commitment", commitments, "certain")] {
        results.add("acts", data, &format!("{kind} accuracy"), pairs.accuracy(), Some(pairs.interval(Pairs::accuracy)));
        results.add("acts", data, &format!("{kind} macro F1"), pairs.macro_f1(), Some(pairs.interval(Pairs::macro_f1)));
        let other = |pairs: &Pairs<'_>| pairs.contested_f1(default);
        results.add(
            "acts",
            data,
            &format!("{kind} F1 of all but {default}"),
            other(pairs),
            Some(pairs.interval(other)),
        );
        for (word, counts) in pairs.counts() {
            results.add("acts", data, &format!("{kind} {word} precision"), counts.precision(), None);
            results.add("acts", data, &format!("{kind} {word} recall"), counts.recall(), None);
            results.add("acts", data, &format!("{kind} {word} support"), counts.gold as f64, None);
        }
    }
}

fn agreement(truth: &Path, first: &[Vec<Label>], results: &mut Results) -> Result<(), Box<dyn Error>> {
    let path = truth.join("acts_second.tsv");
    if !path.exists() {
        return Ok(());
    }
    let second = labels(&path)?;
    let (mut acts, mut commitments) = (Pairs::default(), Pairs::default());
    for label in &second {
        let same = first.iter().flatten().find(|other| (&other.doc, &other.event) == (&label.doc, &label.event));
        if let Some(other) = same {
            acts.pairs.push((Some(other.act.word()), Some(label.act.word())));
            commitments.pairs.push((Some(other.commitment.word()), Some(label.commitment.word())));
        }
    }
    let data = "two-labellings";
    results.clear("acts", data);
    for (kind, pairs) in [("act", &acts), ("commitment", &commitments)] {
        results.add(
            "acts",
            data,
            &format!("{kind} agreement"),
            pairs.accuracy(),
            Some(pairs.interval(Pairs::accuracy)),
        );
        results.add("acts", data, &format!("{kind} kappa x 100"), 100.0 * pairs.kappa(), None);
        results.add("acts", data, &format!("{kind} support"), pairs.pairs.len() as f64, None);
    }
    Ok(())
}
