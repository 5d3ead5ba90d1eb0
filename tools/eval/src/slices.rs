//! The table `slices.csv`: the same scores by role, manner, outlet and length, with intervals over articles.
//!
//! Precision is over the predictions that belong to a slice, recall over the gold that does: both are asked the same question
//! (which manner by the quotation marks, how long a content). Not the metric: that is `aligned.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use onrecord::annotate::{AttributionSpans, ScoredSpans};

use crate::acts::Tables;
use crate::aligned::{Compared, Fared, ROLES, compare};
use crate::results::rounded;
use crate::scores::draw;

/// One article as it was read.
pub struct Scored {
    pub stem: String,
    pub text: String,
    pub gold: Vec<ScoredSpans>,
    pub predicted: Vec<ScoredSpans>,
}

/// What a slice is cut by, its name, what is measured.
type Key = (&'static str, String, String);

/// Right and all of the predictions, right and all of the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts([usize; 4]);

impl Counts {
    fn add(&mut self, gold: bool, right: usize, all: usize) {
        self.0[2 * usize::from(gold)] += right;
        self.0[2 * usize::from(gold) + 1] += all;
    }

    fn plus(self, other: Self) -> Self {
        Self([0, 1, 2, 3].map(|at| self.0[at] + other.0[at]))
    }

    /// Precision, recall, F1, in per cent.
    fn scores(self) -> [f64; 3] {
        let share = |right: usize, all: usize| if all == 0 { 0.0 } else { 100.0 * right as f64 / all as f64 };
        let (precision, recall) = (share(self.0[0], self.0[1]), share(self.0[2], self.0[3]));
        let both = precision + recall;
        [precision, recall, if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 }]
    }
}

/// Scores of every slice.
pub struct Slices {
    articles: Vec<BTreeMap<Key, Counts>>,
}

const HEADER: &str = "data,by,slice,measure,precision,recall,f1,low,high,predicted,gold,pipeline";
const RESAMPLES: usize = 1000;
const SEED: u64 = 0x5EED_0F5C_0DE5;

impl Slices {
    pub fn of(articles: &[Scored]) -> Result<Self, Box<dyn Error>> {
        let tables = Tables::open()?;
        Ok(Self { articles: articles.iter().map(|article| counts(article, &tables)).collect() })
    }

    fn total<'count>(counts: impl Iterator<Item = &'count BTreeMap<Key, Counts>>) -> BTreeMap<Key, Counts> {
        let mut total: BTreeMap<Key, Counts> = BTreeMap::new();
        for (key, counts) in counts.flatten() {
            let sum = total.entry(key.clone()).or_default();
            *sum = sum.plus(*counts);
        }
        total
    }

    /// F1 of one measure over everything, such as `content overlap`.
    pub fn f1(&self, by: &'static str, slice: &str, measure: &str) -> f64 {
        let total = Self::total(self.articles.iter());
        total.get(&(by, slice.to_owned(), measure.to_owned())).map_or(0.0, |counts| counts.scores()[2])
    }

    /// Rows of the table. Intervals hold 95% of the F1 of a thousand draws of as many articles, with a fixed seed.
    pub fn rows(&self, data: &str, pipeline: &str) -> Vec<String> {
        let total = Self::total(self.articles.iter());
        let mut state = SEED;
        let mut drawn: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
        for _ in 0..RESAMPLES {
            let sample = (0..self.articles.len()).map(|_| &self.articles[draw(&mut state, self.articles.len())]);
            for (key, counts) in Self::total(sample.collect::<Vec<_>>().into_iter()) {
                drawn.entry(key).or_default().push(counts.scores()[2]);
            }
        }
        drawn.values_mut().for_each(|scores| scores.sort_by(f64::total_cmp));
        let row = |(key, counts): (Key, Counts)| {
            let [precision, recall, f1] = counts.scores().map(rounded);
            let scores = drawn.get(&key).map_or(&[][..], Vec::as_slice);
            let at = |share: usize| scores.get(scores.len() * share / 1000).copied().unwrap_or(f1);
            let (by, slice, measure) = key;
            let [_, predicted, _, gold] = counts.0;
            format!(
                "{data},{by},{slice},{measure},{precision:.1},{recall:.1},{f1:.1},{:.1},{:.1},{predicted},{gold},{pipeline}",
                at(25),
                at(975)
            )
        };
        let outlets =
            total.keys().filter(|(by, ..)| *by == "outlet").map(|(_, slice, _)| slice).collect::<BTreeSet<_>>();
        let one_outlet = outlets.len() < 2;
        // The scores over all are those of `results.csv`; one outlet alone is all.
        let of_use = |(by, ..): &Key| *by != "all" && (*by != "outlet" || !one_outlet);
        total.clone().into_iter().filter(|(key, _)| of_use(key)).map(row).collect()
    }
}

fn counts(article: &Scored, tables: &Tables) -> BTreeMap<Key, Counts> {
    let Compared { gold, predicted } = compare(&article.text, &article.gold, &article.predicted);
    let mut counts = BTreeMap::new();
    for (is_gold, fared, spans) in [(true, gold, &article.gold), (false, predicted, &article.predicted)] {
        for (fared, read) in fared.iter().zip(tables.interpret(&article.text, spans)) {
            for (role, name) in ROLES.iter().enumerate() {
                let mut add = |measure: &str, right, all| {
                    let key = ("role", (*name).to_owned(), measure.to_owned());
                    counts.entry(key).or_insert_with(Counts::default).add(is_gold, right, all);
                };
                if fared.tokens[role] > 0 {
                    add("exact", usize::from(fared.role_exact[role]), 1);
                    add("overlap", fared.shared[role], fared.tokens[role]);
                }
            }
            for (by, slice) in slices_of(article, fared, read.as_ref()) {
                for (measure, right) in [("attribution relaxed", fared.relaxed), ("attribution exact", fared.exact)] {
                    let key = (by, slice.clone(), measure.to_owned());
                    counts.entry(key).or_default().add(is_gold, usize::from(right), 1);
                }
            }
        }
    }
    counts
}

/// What an attribution counts for.
fn slices_of(article: &Scored, fared: &Fared, read: Option<&AttributionSpans>) -> Vec<(&'static str, String)> {
    let outlet = article.stem.split('_').next().unwrap_or_default();
    let words = article.text.split_whitespace().count();
    let pieces = read.map_or(0, |read| read.content.len());
    vec![
        ("all", "all".to_owned()),
        ("manner", read.map_or_else(|| "indirect".to_owned(), |read| read.manner.word().to_owned())),
        ("outlet", outlet.to_owned()),
        ("source", if fared.tokens[1] > 0 { "named" } else { "none" }.to_owned()),
        ("content pieces", if pieces > 1 { "several" } else { "one" }.to_owned()),
        ("content words", class(fared.content_words, &[1, 8, 16, 31])),
        ("article words", class(words, &[0, 400, 800, 1200])),
    ]
}

/// The class of a number, by the first numbers of the classes; numbers are padded so that classes sort.
fn class(number: usize, starts: &[usize]) -> String {
    let at = starts.partition_point(|start| *start <= number).saturating_sub(1);
    match starts.get(at + 1) {
        Some(next) => format!("{:04}-{:04}", starts[at], next - 1),
        None => format!("{:04}-", starts[at]),
    }
}

/// Writes the rows of some data into the table in place of its older ones.
pub fn write(folder: &Path, data: &str, rows: Vec<String>) -> Result<(), Box<dyn Error>> {
    let path = folder.join("slices.csv");
    let table = if path.exists() { std::fs::read_to_string(&path)? } else { String::new() };
    let others = table.lines().skip(1).filter(|line| line.split(',').next() != Some(data)).map(str::to_owned);
    let mut rows: Vec<String> = others.chain(rows).collect();
    rows.sort();
    std::fs::write(path, format!("{HEADER}\n{}\n", rows.join("\n")))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::evidence::TextRange;

    #[test]
    fn classes_by_hand() {
        for (number, expected) in [(0, "0000-0399"), (399, "0000-0399"), (400, "0400-0799"), (9000, "0800-")] {
            assert_eq!(class(number, &[0, 400, 800]), expected);
        }
    }

    #[test]
    fn precision_is_over_predictions_and_recall_over_gold_of_a_slice() {
        // Gold: a direct one and an indirect one. Predicted: the direct one only, and a second direct one that is wrong.
        let text = "“It rained,” said Bo. Ann said it did. Cay thought “so”.";
        let place = |words: &str| {
            let at = text.find(words).unwrap() as u32;
            vec![TextRange::new(at, at + words.len() as u32)]
        };
        let one = |source: &str, cue: &str, content: &str| ScoredSpans {
            source: place(source),
            cue: place(cue),
            content: place(content),
            score: 1.0,
        };
        let gold = vec![one("Bo", "said", "“It rained,”"), one("Ann", "said", "it did")];
        let predicted = vec![gold[0].clone(), one("Cay", "thought", "“so”")];
        let article = Scored { stem: "outlet_1".to_owned(), text: text.to_owned(), gold, predicted };
        let slices = Slices::of(&[article]).unwrap();
        let total = Slices::total(slices.articles.iter());
        let counts = |by, slice: &str| total[&(by, slice.to_owned(), "attribution relaxed".to_owned())];
        assert_eq!(counts("manner", "direct"), Counts([1, 2, 1, 1]));
        assert_eq!(counts("manner", "indirect"), Counts([0, 0, 0, 1]));
        assert_eq!(counts("outlet", "outlet"), Counts([1, 2, 1, 2]));
        assert!((slices.f1("all", "all", "attribution exact") - 50.0).abs() < 1e-9);
        let rows = slices.rows("data", "p");
        assert!(rows.iter().all(|row| !row.starts_with("data,all") && !row.starts_with("data,outlet")));
        assert!(rows.contains(&"data,manner,direct,attribution relaxed,50.0,100.0,66.7,66.7,66.7,2,1,p".to_owned()));
    }
}
