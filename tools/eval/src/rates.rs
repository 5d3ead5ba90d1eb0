//! Shares that are summed over claims, and their intervals: a draw takes whole stories, and what was found in each stays as it is.

use std::collections::BTreeMap;

use crate::results::Results;
use crate::scores::draw;

/// Draws of as many stories; 95% of them lie in an interval.
const DRAWS: usize = 1000;

/// What was counted on one claim: by measure the part and the whole.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Its story.
    pub story: usize,
    rates: BTreeMap<String, (f64, f64)>,
}

impl Tally {
    pub fn new(story: usize) -> Self {
        Self { story, rates: BTreeMap::new() }
    }

    /// Adds to a measure.
    pub fn add(&mut self, measure: &str, part: f64, whole: f64) {
        let sum = self.rates.entry(measure.to_owned()).or_default();
        *sum = (sum.0 + part, sum.1 + whole);
    }

    /// Adds one thing that is right or wrong.
    pub fn count(&mut self, measure: &str, right: bool) {
        self.add(measure, f64::from(u8::from(right)), 1.0);
    }
}

/// A measure over claims, per cent; 0 where nothing was counted.
pub fn rate<'t>(tallies: impl IntoIterator<Item = &'t Tally>, measure: &str) -> f64 {
    let (part, whole) = sum(tallies, measure);
    if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
}

fn sum<'t>(tallies: impl IntoIterator<Item = &'t Tally>, measure: &str) -> (f64, f64) {
    let found = tallies.into_iter().filter_map(|tally| tally.rates.get(measure));
    found.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// The F1 of two measures.
pub fn f1<'t>(tallies: impl IntoIterator<Item = &'t Tally> + Clone, precision: &str, recall: &str) -> f64 {
    let [precision, recall] = [precision, recall].map(|measure| rate(tallies.clone(), measure));
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// Percentile bootstrap (95%) over stories, with a fixed seed.
pub fn interval<T>(items: &[T], story: impl Fn(&T) -> usize, of: impl Fn(&[&T]) -> f64) -> (f64, f64) {
    let mut stories: BTreeMap<usize, Vec<&T>> = BTreeMap::new();
    for item in items {
        stories.entry(story(item)).or_default().push(item);
    }
    let stories: Vec<Vec<&T>> = stories.into_values().collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut found: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<&T> =
                (0..stories.len()).flat_map(|_| stories[draw(&mut state, stories.len())].iter().copied()).collect();
            of(&drawn)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    (found[DRAWS * 25 / 1000], found[DRAWS * 975 / 1000])
}

/// Notes every measure of the tallies with its interval, and of those in `supports` on how many things it rests.
pub fn report(stage: &str, data: &str, tallies: &[Tally], supports: &[&str], results: &mut Results) {
    let mut measures: Vec<&String> = tallies.iter().flat_map(|tally| tally.rates.keys()).collect();
    measures.sort();
    measures.dedup();
    for measure in measures {
        let range = interval(tallies, |tally| tally.story, |drawn| rate(drawn.iter().copied(), measure));
        results.add(stage, data, measure, rate(tallies, measure), Some(range));
        if supports.contains(&measure.as_str()) {
            results.add(stage, data, &format!("{measure} support"), sum(tallies, measure).1, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(story: usize, right: &[bool]) -> Tally {
        let mut tally = Tally::new(story);
        right.iter().for_each(|right| tally.count("act", *right));
        tally
    }

    #[test]
    fn shares_are_of_all_things_not_of_claims() {
        let tallies = [tally(0, &[true]), tally(1, &[false, false, true])];
        assert_eq!(rate(&tallies, "act"), 50.0);
        assert_eq!(rate(&tallies, "unknown"), 0.0);
        let (low, high) = interval(&tallies, |tally| tally.story, |drawn| rate(drawn.iter().copied(), "act"));
        assert!(low < 40.0 && high > 60.0);
        let one_story = interval(&tallies, |_| 0, |drawn| rate(drawn.iter().copied(), "act"));
        assert_eq!(one_story, (50.0, 50.0));
    }

    #[test]
    fn f1_of_two_measures() {
        let mut tally = Tally::new(0);
        tally.add("precision", 1.0, 2.0);
        tally.add("recall", 1.0, 1.0);
        assert!((f1([&tally], "precision", "recall") - 200.0 / 3.0).abs() < 1e-9);
        assert_eq!(f1([&tally], "none", "none"), 0.0);
    }
}
