//! What a report is about as a whole: how far its statements share a word and a direction of meaning. It tells what sets a statement apart from its
//! neighbours. Not the frequency of words in a ledger, which decides nothing.

use std::collections::BTreeMap;

use onrecord_annotate::SentenceVector;

use super::proposition::Proposition;

/// Statements of a report that are looked at; the others are of the same topic.
const MOST_RELATED: usize = 64;
/// So many more statements are counted than there are: of three statements nothing is known for sure.
const UNSEEN: usize = 2;

/// Notes in each proposition of one report what it shares with the others of it.
pub fn relate(report: &mut [&mut Proposition]) {
    let full: Vec<usize> = (0..report.len()).filter(|at| !report[*at].is_thin()).take(MOST_RELATED).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for stem in full.iter().flat_map(|at| &report[*at].stems) {
        *counts.entry(stem.text.clone()).or_default() += 1;
    }
    let vectors: Vec<Option<Vec<f64>>> = report.iter().map(|one| one.vector.as_ref().map(unit)).collect();
    let mut sum = Vec::new();
    let mut summed = 0_usize;
    for vector in full.iter().filter_map(|at| vectors[*at].as_ref()) {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        summed += 1;
    }
    for (at, one) in report.iter_mut().enumerate() {
        let own = usize::from(full.contains(&at));
        // Itself is counted among `full` if it is one of them.
        for stem in &mut one.stems {
            let others = counts.get(&stem.text).copied().unwrap_or(0).saturating_sub(own);
            stem.spread = u8::try_from(others * 100 / (full.len() - own + UNSEEN)).unwrap_or(100);
        }
        one.central = match &vectors[at] {
            Some(vector) if summed > own => central(vector, &sum, own == 1),
            _ => 0,
        };
    }
}

/// The vector as numbers, of length one.
fn unit(vector: &SentenceVector) -> Vec<f64> {
    let values: Vec<f64> = vector.to_bytes().iter().map(|byte| f64::from(*byte as i8)).collect();
    let length = values.iter().map(|value| value * value).sum::<f64>().sqrt().max(1.0);
    values.into_iter().map(|value| value / length).collect()
}

/// The cosine of `vector` with `sum`, without itself if `own`, in thousandths.
fn central(vector: &[f64], sum: &[f64], own: bool) -> i16 {
    let (mut dot, mut square) = (0.0, 0.0);
    for (value, sum) in vector.iter().zip(sum) {
        let other = if own { sum - value } else { *sum };
        dot += value * other;
        square += other * other;
    }
    if square > 0.0 { (1000.0 * dot / square.sqrt()).round() as i16 } else { 0 }
}
