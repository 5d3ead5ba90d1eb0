//! Boosted trees in whole numbers: a sum of small decisions on the features of a pair. Not the fitting of them (`training/propositions.py`).

/// Decisions on the way from the root of a tree to a leaf.
const DEPTH: usize = 3;
const SPLITS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;
/// Trees that a table may have.
const MOST_TREES: usize = 256;

/// A whole tree of three decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tree {
    /// Number of a feature, and the largest value that goes to the left; the root first, then from left to right.
    splits: [(usize, i64); SPLITS],
    /// What is added to the sum, in thousandths, from left to right.
    leaves: [i64; LEAVES],
}

/// Trees whose leaves are added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trees(Vec<Tree>);

impl Trees {
    /// Adds the tree of a line: name of a feature and value for each decision, then the leaves. Whether it is one.
    pub(super) fn add(&mut self, names: &[&str], line: &str) -> bool {
        let mut tree = Tree { splits: [(0, 0); SPLITS], leaves: [0; LEAVES] };
        let mut words = line.split_whitespace();
        let number = |word: Option<&str>| word?.parse::<i64>().ok().filter(|value| value.unsigned_abs() <= 1_000_000);
        for split in &mut tree.splits {
            let name = words.next();
            let feature = names.iter().position(|known| Some(*known) == name);
            let (Some(feature), Some(value)) = (feature, number(words.next())) else { return false };
            *split = (feature, value);
        }
        for leaf in &mut tree.leaves {
            let Some(value) = number(words.next()) else { return false };
            *leaf = value;
        }
        let fits = words.next().is_none() && self.0.len() < MOST_TREES;
        self.0.extend(fits.then_some(tree));
        fits
    }

    /// Whether there is no tree.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sum of the leaves at which `values` arrive, in thousandths.
    pub(super) fn sum(&self, values: &[i64]) -> i64 {
        let leaf = |tree: &Tree| {
            let mut at = 0;
            for _ in 0..DEPTH {
                let (feature, value) = tree.splits.get(at).copied().unwrap_or_default();
                at = 2 * at + if values.get(feature).is_some_and(|found| *found > value) { 2 } else { 1 };
            }
            tree.leaves.get(at - SPLITS).copied().unwrap_or(0)
        };
        self.0.iter().map(leaf).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_are_reached_by_decisions() {
        let mut trees = Trees::default();
        let names = ["a", "b"];
        assert!(trees.add(&names, "a 10 b 1 b 1 a 5 a 5 a 50 a 50 1 2 3 4 5 6 7 8"));
        let check = |a: i64, b: i64, expect: i64| assert_eq!(trees.sum(&[a, b]), expect, "{a} {b}");
        check(0, 0, 1);
        check(7, 1, 2);
        check(5, 2, 3);
        check(10, 2, 4);
        check(11, 0, 5);
        check(51, 1, 6);
        check(50, 9, 7);
        check(99, 9, 8);
    }

    #[test]
    fn a_line_that_is_no_tree_is_refused() {
        for line in [
            "",
            "a 1",
            "c 10 b 1 b 1 a 5 a 5 a 50 a 50 1 2 3 4 5 6 7 8",
            "a 10 b 1 b 1 a 5 a 5 a 50 a 50 1 2 3 4 5 6 7 8 9",
        ] {
            assert!(!Trees::default().add(&["a", "b"], line), "{line}");
        }
    }
}
