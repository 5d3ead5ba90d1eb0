//! How two reports are alike as wholes: whether they are about one event. Not whether any two of their statements are one claim.

use std::collections::BTreeMap;

use onrecord_evidence::ArticleId;
use serde::{Deserialize, Serialize};

use super::claim::published_ms;
use super::compare::Comparer;
use super::proposition::Shared;
use super::statement::Statement;

/// Statements of a report by which its event is found.
const MOST_CORE: usize = 14;
/// Statements at the head of a report.
const LEAD: usize = 3;
/// Best pairs of which the mean counts.
const BEST: usize = 3;
/// From this score on a statement has its like in the other report.
const ALIKE: u16 = 700;
/// Below this cosine of all words, in thousandths, two reports are not about one event, and their statements are not compared.
const STRANGERS: i64 = 40;

/// Below this cosine of the names, in thousandths, two reports that both name enough tell of other people and places, however alike their words are:
/// results, verdicts and casualties are told in the same sentences again and again.
const OTHER_NAMES: i64 = 85;
/// So many names are enough.
const FEWEST_NAMES: usize = 10;

/// The names of [`EventReport::values`], in that order; the rows `report.` of `models/propositions/comparison.txt`.
pub(super) const REPORT_FEATURES: [&str; 6] = ["best", "best-three", "stems", "names", "lead", "alike"];

/// A report as it stands for its event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventReport {
    /// The report.
    pub article: ArticleId,
    /// When it was published, in milliseconds since 1970; `None` where nobody says.
    pub published_ms: Option<i64>,
    /// How near it was to the others when it came, 0 to 1000.
    pub nearness: u16,
    /// Its first statements that say enough to be found again, at most 14.
    pub core: Vec<Shared>,
    /// The telling stems of these, by text: weight in hundredths, and whether it is a name.
    pub stems: Vec<(String, u16, bool)>,
}

/// The statements by which a report's event is found: those that say enough, the headline and the first ones.
pub(super) fn core(statements: &[Statement]) -> impl Iterator<Item = &Statement> {
    statements.iter().filter(|one| !one.proposition.is_thin()).take(MOST_CORE)
}

impl EventReport {
    /// The report of these statements; `None` where there are none.
    pub fn new(statements: &[Statement]) -> Option<Self> {
        let first = statements.first()?;
        let core: Vec<Shared> = core(statements).map(|one| one.proposition.clone()).collect();
        let mut stems: BTreeMap<&str, (u16, bool)> = BTreeMap::new();
        for stem in core.iter().flat_map(|one| &one.stems) {
            let entry = stems.entry(&stem.text).or_insert((stem.weight, false));
            entry.1 |= stem.name;
        }
        let stems = stems.into_iter().map(|(text, (weight, name))| (text.to_owned(), weight, name)).collect();
        Some(Self { article: first.article, published_ms: published_ms(first), nearness: 0, core, stems })
    }

    /// Whether both have the same words.
    pub(super) fn is_copy_of(&self, other: &Self) -> bool {
        self.stems == other.stems
    }

    /// What two reports have in common, in the order of [`REPORT_FEATURES`], in thousandths; `None` where it is next to nothing.
    pub(super) fn values(&self, other: &Self, comparer: &Comparer) -> Option<[i64; REPORT_FEATURES.len()]> {
        let [stems, names] = self.cosines(other);
        if stems < STRANGERS || (names < OTHER_NAMES && self.names_enough() && other.names_enough()) {
            return None;
        }
        let (mut ours, mut theirs) = (vec![0_u16; self.core.len()], vec![0_u16; other.core.len()]);
        let mut lead = 0;
        for (i, a) in self.core.iter().enumerate() {
            for (j, b) in other.core.iter().enumerate() {
                let score = comparer.score(a, b);
                ours[i] = ours[i].max(score);
                theirs[j] = theirs[j].max(score);
                if i < LEAD && j < LEAD {
                    lead = lead.max(score);
                }
            }
        }
        let alike = |scores: &[u16]| per_mille(scores.iter().filter(|score| **score >= ALIKE).count(), scores.len());
        let best = ours.iter().copied().max().unwrap_or(0);
        let alike = (alike(&ours) + alike(&theirs)) / 2;
        let best_three = (best_mean(&mut ours) + best_mean(&mut theirs)) / 2;
        Some([i64::from(best), best_three, stems, names, i64::from(lead), alike])
    }

    fn names_enough(&self) -> bool {
        self.stems.iter().filter(|(_, _, name)| *name).take(FEWEST_NAMES).count() == FEWEST_NAMES
    }

    /// Cosines of the weighted stems and of the names among them, in thousandths.
    fn cosines(&self, other: &Self) -> [i64; 2] {
        let mut sums = [[0_u64; 3]; 2];
        let mut add = |weight: u16, name: bool, place: usize| {
            let square = u64::from(weight) * u64::from(weight);
            sums[0][place] += square;
            sums[1][place] += if name { square } else { 0 };
        };
        let (mut left, mut right) = (0, 0);
        while left < self.stems.len() || right < other.stems.len() {
            match (self.stems.get(left), other.stems.get(right)) {
                (Some(a), Some(b)) if a.0 == b.0 => {
                    let name = a.2 || b.2;
                    (0..3).for_each(|place| add(a.1.min(b.1), name, place));
                    (left, right) = (left + 1, right + 1);
                }
                (Some(a), b) if b.is_none_or(|b| a.0 < b.0) => {
                    add(a.1, a.2, 0);
                    left += 1;
                }
                (_, Some(b)) => {
                    add(b.1, b.2, 1);
                    right += 1;
                }
                _ => break,
            }
        }
        sums.map(|[ours, theirs, shared]| {
            let size = (ours as f64) * (theirs as f64);
            if size > 0.0 { (1000.0 * shared as f64 / size.sqrt()).round() as i64 } else { 0 }
        })
    }
}

fn per_mille(part: usize, whole: usize) -> i64 {
    i64::try_from((part * 1000).checked_div(whole).unwrap_or(0)).unwrap_or(1000)
}

/// The mean of the largest scores.
fn best_mean(scores: &mut [u16]) -> i64 {
    scores.sort_unstable_by(|a, b| b.cmp(a));
    let best = &scores[..scores.len().min(BEST)];
    let sum: i64 = best.iter().copied().map(i64::from).sum();
    sum.checked_div(best.len() as i64).unwrap_or(0)
}
