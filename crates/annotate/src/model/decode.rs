//! Scores to decisions: the best path through a linear chain. Not here: the scores.

/// Most roles of a chain.
const ROLES: usize = 2;
/// State 0 is outside of every role.
const STATES: usize = ROLES + 1;
/// A score that no path wins with.
const NEVER: f32 = -1e9;

/// A chain over states 0 (outside) and 1 to `roles`.
pub(super) struct Chain {
    roles: usize,
    /// What a step from one state to the next adds; outside to outside adds nothing.
    steps: Vec<f32>,
}

/// What may be decided at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Any state.
    Open,
    /// The state of the position before: a word has one state.
    Glued,
    /// Outside.
    Shut,
}

impl Chain {
    /// A chain of one or two roles with its step scores, row by row (from, to).
    pub(super) fn new(roles: usize, steps: Vec<f32>) -> Self {
        debug_assert!(roles <= ROLES && steps.len() == (roles + 1) * (roles + 1));
        Self { roles, steps }
    }

    /// The best path. `scores` has, for each position, what being inside of each role adds, then entering, then leaving.
    pub(super) fn best(&self, scores: &[f32], places: impl Fn(usize) -> Place) -> Vec<u8> {
        let (roles, states, width) = (self.roles, self.roles + 1, 3 * self.roles);
        let mut from: Vec<[u8; STATES]> = Vec::with_capacity(scores.len() / width);
        let mut totals = [NEVER; STATES];
        totals[0] = 0.0;
        let mut leave = [0.0; STATES];
        for (position, row) in scores.chunks_exact(width).enumerate() {
            let place = places(position);
            let (mut next, mut came) = ([NEVER; STATES], [0; STATES]);
            for to in 0..states {
                if to > 0 && place == Place::Shut {
                    continue;
                }
                for before in 0..states {
                    let changes = before != to;
                    if changes && place == Place::Glued && position > 0 {
                        continue;
                    }
                    let mut total = totals[before];
                    if position > 0 && before + to > 0 {
                        total += self.steps[before * states + to];
                    }
                    if changes {
                        total += leave[before];
                        if to > 0 {
                            total += row[roles + to - 1];
                        }
                    }
                    if total > next[to] {
                        (next[to], came[to]) = (total, before as u8);
                    }
                }
                if to > 0 {
                    next[to] += row[to - 1];
                }
            }
            leave[1..states].copy_from_slice(&row[2 * roles..]);
            totals = next;
            from.push(came);
        }
        for (total, leave) in totals.iter_mut().zip(leave) {
            *total += leave;
        }
        let mut state = 0;
        for candidate in 1..states {
            if totals[candidate] > totals[state] {
                state = candidate;
            }
        }
        let mut path = vec![0; from.len()];
        for (position, came) in from.iter().enumerate().rev() {
            path[position] = state as u8;
            state = came[state] as usize;
        }
        path
    }

    /// How much better the positions `first..=last` do as one span of role 1 than outside, in a chain of one role.
    pub(super) fn odds(&self, scores: &[f32], first: usize, last: usize) -> f32 {
        let width = 3 * self.roles;
        let inside: f32 = (first..=last).map(|position| scores[position * width]).sum();
        let stays = (last - first) as f32 * self.steps[3];
        inside + stays + scores[first * width + 1] + scores[last * width + 2] + self.steps[1] + self.steps[2]
    }
}

/// Runs of one state in a path, as first and last position.
pub(super) fn runs(path: &[u8], state: u8) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for position in (0..path.len()).filter(|position| path[*position] == state) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == position => *last = position,
            _ => found.push((position, position)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One role, scores for being inside only; `entry` is paid by each span.
    fn check(inside: &[f32], entry: f32, places: &str, expected: &str) {
        let scores: Vec<f32> = inside.iter().flat_map(|score| [*score, entry, 0.0]).collect();
        let chain = Chain::new(1, vec![0.0; 4]);
        let path = chain.best(&scores, |position| match places.as_bytes().get(position) {
            Some(b'+') => Place::Glued,
            Some(b'x') => Place::Shut,
            _ => Place::Open,
        });
        let shown: String = path.iter().map(|state| if *state == 1 { '#' } else { '.' }).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn paths_weigh_what_a_span_costs() {
        check(&[1.0, -0.5, 1.0], 0.0, "", "#.#");
        check(&[1.0, -0.5, 1.0], -0.8, "", "###");
        check(&[1.0, -0.5, 1.0], -2.0, "", "...");
        check(&[1.0, -0.5, 1.0], 0.0, "x", "..#");
        check(&[1.0, -0.5, 1.0], 0.0, " +", "###");
        check(&[], 0.0, "", "");
    }

    #[test]
    fn numbers_that_are_none_do_no_harm() {
        check(&[f32::NAN, f32::INFINITY, 1.0], 0.0, "", ".#.");
    }

    #[test]
    fn two_roles_follow_each_other() {
        let chain = Chain::new(2, vec![0.0; 9]);
        let row = |source: f32, content: f32| [source, content, -0.1, -0.1, 0.0, 0.0];
        let scores: Vec<f32> = [row(2.0, -1.0), row(-1.0, -1.0), row(-1.0, 3.0), row(-1.0, 3.0)].concat();
        assert_eq!(chain.best(&scores, |_| Place::Open), [1, 0, 2, 2]);
        assert_eq!(runs(&[1, 0, 2, 2, 0, 2], 2), [(2, 3), (5, 5)]);
    }

    #[test]
    fn odds_are_the_difference_to_outside() {
        let chain = Chain::new(1, vec![0.0, 0.5, 0.25, 1.0]);
        let scores = [0.0, 0.0, 0.0, 2.0, 1.0, 0.0, 3.0, 0.0, 4.0, 0.0, 0.0, 0.0];
        assert_eq!(chain.odds(&scores, 1, 2), 2.0 + 3.0 + 1.0 + 4.0 + 0.5 + 0.25 + 1.0);
    }
}
