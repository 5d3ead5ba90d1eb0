//! The ALIGNED metric of the corpus' scorer, attribution by attribution, so that it can be added up over parts of the data.
//!
//! Every run compares its totals with those of the scorer and fails where they differ (`attributions.rs`). Not here: the parts.

use onrecord::annotate::ScoredSpans;
use onrecord::evidence::TextRange;

/// The roles, in the order of the arrays below.
pub const ROLES: [&str; 3] = ["cue", "source", "content"];
const CONTENT: usize = 2;
const SOURCE: usize = 1;

/// How one attribution, of the gold or predicted, fared against the one that it was paired with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fared {
    /// Tokens of each role.
    pub tokens: [usize; 3],
    /// Those of them that its partner has too.
    pub shared: [usize; 3],
    /// Words of the content: tokens that are no punctuation.
    pub content_words: usize,
    /// Whether a role is there and has the same tokens on both sides.
    pub role_exact: [bool; 3],
    /// Whether all roles have.
    pub exact: bool,
    /// Whether cues touch, sources touch or are both empty, and contents have a Dice coefficient of at least one half.
    pub relaxed: bool,
}

/// One article's attributions, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    pub gold: Vec<Fared>,
    pub predicted: Vec<Fared>,
}

/// Token numbers of each role, sorted.
struct Prepared([Vec<usize>; 3]);

/// Compares what was predicted for one text with its gold.
pub fn compare(text: &str, gold: &[ScoredSpans], predicted: &[ScoredSpans]) -> Compared {
    let tokens = tokens(text);
    let prepare = |all: &[ScoredSpans]| -> Vec<Prepared> {
        all.iter().map(|one| Prepared([&one.cue, &one.source, &one.content].map(|role| owned(&tokens, role)))).collect()
    };
    let (gold, predicted) = (prepare(gold), prepare(predicted));
    let weights: Vec<Vec<f64>> = predicted
        .iter()
        .map(|one| {
            let weight = |other: &Prepared| {
                let dice = |role: usize| dice(&one.0[role], &other.0[role]);
                dice(CONTENT) + 0.01 * dice(0) + 0.0001 * dice(SOURCE)
            };
            gold.iter().map(weight).collect()
        })
        .collect();
    let word = |number: &&usize| text[tokens[**number].indices()].starts_with(is_word);
    let alone = |one: &Prepared| Fared {
        tokens: [0, 1, 2].map(|role| one.0[role].len()),
        content_words: one.0[CONTENT].iter().filter(word).count(),
        ..Fared::default()
    };
    let mut compared =
        Compared { gold: gold.iter().map(alone).collect(), predicted: predicted.iter().map(alone).collect() };
    for (row, column) in assign(&weights) {
        let (one, other) = (&predicted[row].0, &gold[column].0);
        let shared = [0, 1, 2].map(|role| shared(&one[role], &other[role]));
        let role_exact = [0, 1, 2].map(|role| !one[role].is_empty() && one[role] == other[role]);
        let exact = one == other;
        let no_source = one[SOURCE].is_empty() && other[SOURCE].is_empty();
        let relaxed = shared[0] > 0 && (shared[SOURCE] > 0 || no_source) && dice(&one[CONTENT], &other[CONTENT]) >= 0.5;
        for side in [&mut compared.predicted[row], &mut compared.gold[column]] {
            *side = Fared { shared, role_exact, exact, relaxed, ..side.clone() };
        }
    }
    compared
}

/// Runs of word characters, and every other character that is no white space.
fn tokens(text: &str) -> Vec<TextRange> {
    let mut tokens: Vec<TextRange> = Vec::new();
    let mut in_word = false;
    for (at, letter) in text.char_indices() {
        let (start, end) = (at as u32, (at + letter.len_utf8()) as u32);
        match tokens.last_mut() {
            Some(token) if in_word && is_word(letter) => token.end = end,
            _ if letter.is_whitespace() => {}
            _ => tokens.push(TextRange::new(start, end)),
        }
        in_word = is_word(letter);
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The tokens that share a character with one of the ranges.
fn owned(tokens: &[TextRange], ranges: &[TextRange]) -> Vec<usize> {
    let mut owned = Vec::new();
    for range in ranges.iter().filter(|range| range.start < range.end) {
        let first = tokens.partition_point(|token| token.end <= range.start);
        owned.extend((first..tokens.len()).take_while(|number| tokens[*number].start < range.end));
    }
    owned.sort_unstable();
    owned.dedup();
    owned
}

fn shared(one: &[usize], other: &[usize]) -> usize {
    one.iter().filter(|number| other.binary_search(number).is_ok()).count()
}

/// 2 shared / (one + other), 0 where one is empty.
fn dice(one: &[usize], other: &[usize]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    2.0 * shared(one, other) as f64 / (one.len() + other.len()) as f64
}

/// Pairs (row, column) of greatest total weight, each row and column once, pairs of no weight left out.
///
/// The method of augmenting paths (Kuhn 1955, Munkres 1957), row by row, with prices that keep every reduced cost at zero or more.
fn assign(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let rows = weights.len();
    let real = weights.first().map_or(0, Vec::len);
    // One spare column a row means "unpaired".
    let columns = real + rows;
    let cost = |row: usize, column: usize| if column < real { -weights[row][column] } else { 0.0 };
    let (mut row_price, mut column_price) = (vec![0.0; rows], vec![0.0; columns]);
    let mut holder: Vec<Option<usize>> = vec![None; columns];
    for start in 0..rows {
        let mut distance = vec![f64::INFINITY; columns];
        let mut before: Vec<Option<usize>> = vec![None; columns];
        let mut done = vec![false; columns];
        let (mut row, mut from) = (start, None);
        let mut path = Vec::new();
        let free = loop {
            for column in (0..columns).filter(|column| !done[*column]) {
                let reduced = cost(row, column) - row_price[row] - column_price[column];
                if reduced < distance[column] {
                    (distance[column], before[column]) = (reduced, from);
                }
            }
            let open = (0..columns).filter(|column| !done[*column]);
            let Some(nearest) = open.min_by(|a, b| distance[*a].total_cmp(&distance[*b])) else { return Vec::new() };
            let step = distance[nearest];
            row_price[start] += step;
            for column in &path {
                let column: usize = *column;
                column_price[column] -= step;
                if let Some(held) = holder[column] {
                    row_price[held] += step;
                }
            }
            (0..columns).filter(|column| !done[*column]).for_each(|column| distance[column] -= step);
            done[nearest] = true;
            path.push(nearest);
            match holder[nearest] {
                Some(held) => (row, from) = (held, Some(nearest)),
                None => break nearest,
            }
        };
        let mut at = free;
        while let Some(previous) = before[at] {
            holder[at] = holder[previous];
            at = previous;
        }
        holder[at] = Some(start);
    }
    let pairs = holder[..real].iter().enumerate().filter_map(|(column, row)| row.map(|row| (row, column)));
    pairs.filter(|(row, column)| weights[*row][*column] > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Ann Lee said that it rained. “It did,” Bo added, “all day.”\nIt is thought to be over, she said.";

    fn spans(source: &[&str], cue: &str, content: &[&str]) -> ScoredSpans {
        let place = |words: &&str| {
            let at = TEXT.find(*words).unwrap() as u32;
            TextRange::new(at, at + words.len() as u32)
        };
        ScoredSpans {
            source: source.iter().map(place).collect(),
            cue: vec![place(&cue)],
            content: content.iter().map(place).collect(),
            score: 1.0,
        }
    }

    #[test]
    fn the_best_pairs_are_found() {
        let check = |weights: &[&[f64]], expected: &[(usize, usize)]| {
            let weights: Vec<Vec<f64>> = weights.iter().map(|row| row.to_vec()).collect();
            assert_eq!(assign(&weights), expected);
        };
        check(&[], &[]);
        check(&[&[], &[]], &[]);
        check(&[&[0.9, 0.8], &[0.8, 0.0]], &[(1, 0), (0, 1)]);
        check(&[&[0.5], &[0.7], &[0.6]], &[(1, 0)]);
        check(&[&[0.0, 0.0]], &[]);
        check(&[&[0.4, 0.9, 0.1], &[0.1, 0.8, 0.0]], &[(0, 0), (1, 1)]);
    }

    #[test]
    fn the_assignment_is_as_good_as_the_best_of_all_orders() {
        fn best(weights: &[Vec<f64>], row: usize, used: &mut Vec<bool>) -> f64 {
            let Some(choices) = weights.get(row) else { return 0.0 };
            let mut most = best(weights, row + 1, used);
            for column in 0..choices.len() {
                if !std::mem::replace(&mut used[column], true) {
                    most = most.max(choices[column] + best(weights, row + 1, used));
                    used[column] = false;
                }
            }
            most
        }
        let mut state = 1_u64;
        for round in 0..200 {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as f64 / f64::from(1_u32 << 31)
            };
            let (rows, columns) = (1 + round % 5, 1 + round / 5 % 5);
            let weights: Vec<Vec<f64>> =
                (0..rows).map(|_| (0..columns).map(|_| (next() - 0.3).max(0.0)).collect()).collect();
            let total: f64 = assign(&weights).iter().map(|(row, column)| weights[*row][*column]).sum();
            assert!((total - best(&weights, 0, &mut vec![false; columns])).abs() < 1e-9, "{weights:?}");
        }
    }

    #[test]
    fn gold_against_itself_is_right_in_all() {
        let gold = [
            spans(&["Ann Lee"], "said", &["that it rained"]),
            spans(&["Bo"], "added", &["“It did,”", "“all day.”"]),
            spans(&[], "is thought", &["to be over"]),
        ];
        let compared = compare(TEXT, &gold, &gold);
        assert_eq!(compared.gold, compared.predicted);
        assert!(compared.gold.iter().all(|one| one.exact && one.relaxed && one.shared == one.tokens));
        assert_eq!(compared.gold[1].tokens, [1, 1, 10]);
        assert_eq!(compared.gold[1].content_words, 4);
        assert_eq!(compared.gold[2].role_exact, [true, false, true]);
    }

    #[test]
    fn near_misses_are_relaxed_and_no_more() {
        let gold = [spans(&["Ann Lee"], "said", &["that it rained"]), spans(&["Bo"], "added", &["“It did,”"])];
        let predicted = [spans(&["Lee"], "said", &["it rained."])];
        let compared = compare(TEXT, &gold, &predicted);
        assert!(compared.predicted[0].relaxed && !compared.predicted[0].exact);
        assert_eq!(compared.predicted[0].role_exact, [true, false, false]);
        assert_eq!((compared.gold[0].shared, compared.gold[1].shared), ([1, 1, 2], [0, 0, 0]));
        assert!(!compared.gold[1].relaxed);
    }
}
