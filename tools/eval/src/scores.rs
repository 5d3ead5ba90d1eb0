//! Counting: precision, recall, F1, accuracy, Cohen's kappa, bootstrap intervals. Percent with one decimal outside, counts inside.

use std::collections::BTreeMap;

/// Gold and given label of each thing; `None` where it was not found, or is in no gold.
#[derive(Clone, Debug, Default)]
pub struct Pairs<'word> {
    pub pairs: Vec<(Option<&'word str>, Option<&'word str>)>,
}

/// Counts for one label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub right: usize,
    pub given: usize,
    pub gold: usize,
}

impl Counts {
    pub fn precision(self) -> f64 {
        percent(self.right, self.given)
    }

    pub fn recall(self) -> f64 {
        percent(self.right, self.gold)
    }

    /// 2 right / (given + gold): the harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.given + self.gold)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl<'word> Pairs<'word> {
    pub fn counts(&self) -> BTreeMap<&'word str, Counts> {
        let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
        for (gold, given) in &self.pairs {
            if let Some(word) = gold {
                counts.entry(word).or_default().gold += 1;
            }
            if let Some(word) = given {
                counts.entry(word).or_default().given += 1;
            }
            if let (Some(gold), true) = (gold, gold == given) {
                counts.entry(gold).or_default().right += 1;
            }
        }
        counts
    }

    /// Share of gold labels that were given; a label that was not found is wrong.
    pub fn accuracy(&self) -> f64 {
        let gold = self.pairs.iter().filter(|(gold, _)| gold.is_some()).count();
        percent(self.pairs.iter().filter(|(gold, given)| gold.is_some() && gold == given).count(), gold)
    }

    /// Mean F1 of the labels that the gold has.
    pub fn macro_f1(&self) -> f64 {
        let counts: Vec<_> = self.counts().into_values().filter(|counts| counts.gold > 0).collect();
        counts.iter().map(|counts| counts.f1()).sum::<f64>() / counts.len().max(1) as f64
    }

    /// F1 of all labels but `default` together: how well is found what is not the default.
    pub fn contested_f1(&self, default: &str) -> f64 {
        let counts =
            self.counts().into_iter().filter(|(word, _)| *word != default).fold(Counts::default(), |sum, (_, one)| {
                Counts { right: sum.right + one.right, given: sum.given + one.given, gold: sum.gold + one.gold }
            });
        counts.f1()
    }

    /// Cohen's kappa (Cohen 1960): agreement beyond what the two label distributions give by chance.
    pub fn kappa(&self) -> f64 {
        let total = self.pairs.len() as f64;
        let agreed = self.accuracy() / 100.0;
        let chance: f64 =
            self.counts().values().map(|counts| counts.gold as f64 * counts.given as f64 / total / total).sum();
        if chance >= 1.0 { 1.0 } else { (agreed - chance) / (1.0 - chance) }
    }

    /// Percentile bootstrap (95%) of a score over its pairs, with a fixed seed.
    pub fn interval(&self, score: impl Fn(&Self) -> f64) -> (f64, f64) {
        const RUNS: usize = 500;
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut scores: Vec<f64> = (0..RUNS)
            .map(|_| {
                let drawn = (0..self.pairs.len()).map(|_| self.pairs[draw(&mut state, self.pairs.len())]).collect();
                score(&Self { pairs: drawn })
            })
            .collect();
        scores.sort_by(f64::total_cmp);
        (scores[RUNS * 25 / 1000], scores[RUNS * 975 / 1000])
    }
}

/// A number below `limit`, by the generator SplitMix64.
pub fn draw(state: &mut u64, limit: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_hand() {
        let pairs = Pairs {
            pairs: vec![
                (Some("deny"), Some("deny")),
                (Some("deny"), Some("affirm")),
                (Some("affirm"), Some("affirm")),
                (Some("affirm"), None),
                (None, Some("deny")),
            ],
        };
        let counts = pairs.counts();
        assert_eq!(counts["deny"], Counts { right: 1, given: 2, gold: 2 });
        assert_eq!(counts["affirm"], Counts { right: 1, given: 2, gold: 2 });
        assert!((pairs.accuracy() - 50.0).abs() < 1e-9);
        assert!((pairs.macro_f1() - 50.0).abs() < 1e-9);
        assert!((pairs.contested_f1("affirm") - 50.0).abs() < 1e-9);
    }

    #[test]
    fn kappa_of_cohen() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: agreement 0.7, by chance 0.5, kappa 0.4.
        let mut pairs = Vec::new();
        for (times, pair) in [(20, ("yes", "yes")), (5, ("yes", "no")), (10, ("no", "yes")), (15, ("no", "no"))] {
            pairs.extend(std::iter::repeat_n((Some(pair.0), Some(pair.1)), times));
        }
        let pairs = Pairs { pairs };
        assert!((pairs.kappa() - 0.4).abs() < 1e-9);
        let (low, high) = pairs.interval(Pairs::accuracy);
        assert!(low < 70.0 && 70.0 < high && high - low < 40.0);
    }
}
