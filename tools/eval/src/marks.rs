//! Marks from 0 to 1 for what gold asks or a program gives, by measure: means with intervals over articles, for all and for each half of the
//! articles. How something is marked is the stages' own business; answers that are right or wrong and have a confidence are `answers`.

use std::collections::BTreeMap;

use crate::results::Results;
use crate::scores::draw;

/// Draws of as many articles; 95% of them lie in an interval.
const DRAWS: usize = 1000;
/// Below so many marks the halves have no rows of their own.
const HALVED: usize = 40;
/// Ends the names of measures over what was found alone.
const GIVEN: &str = " of the given";

/// One mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Number of the article; intervals draw whole articles.
    pub article: usize,
    /// Whether errors were read in that article.
    pub open: bool,
    /// From 0 (wrong, not found) to 1 (right).
    pub right: f64,
}

/// The marks of some measures.
#[derive(Clone, Debug, Default)]
pub struct Marks(BTreeMap<String, Vec<Mark>>);

impl Marks {
    /// Adds a mark to a measure.
    pub fn add(&mut self, metric: &str, mark: Mark) {
        self.0.entry(metric.to_owned()).or_default().push(mark);
    }

    /// Adds the mark of something the gold asks: what was not given is wrong, and is left out of the measure over the given.
    pub fn asked(&mut self, metric: &str, right: Option<f64>, mark: Mark) {
        self.add(metric, Mark { right: right.unwrap_or(0.0), ..mark });
        if let Some(right) = right {
            self.add(&format!("{metric}{GIVEN}"), Mark { right, ..mark });
        }
    }

    /// Notes every measure with its interval and how many marks it has, and the halves of those that have enough.
    pub fn report(&self, results: &mut Results, stage: &str, data: &str) {
        for (metric, marks) in &self.0 {
            results.add(stage, data, metric, mean(marks), Some(interval(marks)));
            if !metric.ends_with(GIVEN) {
                results.add(stage, data, &format!("{metric} support"), marks.len() as f64, None);
            }
            if marks.len() < HALVED {
                continue;
            }
            let (open, closed): (Vec<Mark>, Vec<Mark>) = marks.iter().partition(|mark| mark.open);
            for (half, marks) in [("where errors were read", open), ("where none was read", closed)] {
                results.add(stage, data, &format!("{metric} {half}"), mean(&marks), Some(interval(&marks)));
            }
        }
    }
}

/// Per cent.
fn mean(marks: &[Mark]) -> f64 {
    percent(marks.iter().map(|mark| mark.right).sum(), marks.len())
}

fn percent(right: f64, asked: usize) -> f64 {
    if asked == 0 { 0.0 } else { 100.0 * right / asked as f64 }
}

/// Percentile bootstrap (95%) of the mean over articles, with a fixed seed.
fn interval(marks: &[Mark]) -> (f64, f64) {
    let mut articles: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for mark in marks {
        let (right, asked) = articles.entry(mark.article).or_default();
        *right += mark.right;
        *asked += 1;
    }
    let sums: Vec<_> = articles.into_values().collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = (0..sums.len()).map(|_| sums[draw(&mut state, sums.len())]);
            let (right, asked) = drawn.fold((0.0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            percent(right, asked)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (means[DRAWS * 25 / 1000], means[DRAWS * 975 / 1000])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_given_is_wrong() {
        let mark = Mark { article: 0, open: true, right: 0.0 };
        let mut marks = Marks::default();
        for right in [Some(1.0), Some(0.5), None] {
            marks.asked("step", right, mark);
        }
        assert_eq!([mean(&marks.0["step"]), mean(&marks.0["step of the given"])], [50.0, 75.0]);
        assert_eq!(mean(&[]), 0.0);
    }

    #[test]
    fn intervals_draw_articles() {
        let of = |rights: &[[f64; 2]]| {
            let marks = rights.iter().enumerate().flat_map(|(article, rights)| {
                rights.iter().map(move |&right| Mark { article: article * 7, open: false, right })
            });
            interval(&marks.collect::<Vec<_>>())
        };
        assert_eq!(of(&[[1.0, 0.0]; 3]), (50.0, 50.0));
        let (low, high) = of(&[[1.0; 2], [0.0; 2], [1.0; 2], [0.0; 2], [1.0; 2], [0.0; 2]]);
        assert!(low < 50.0 && high > 50.0);
        assert_eq!(of(&[]), (0.0, 0.0));
    }
}
