//! Answers to the questions that gold asks: given or not, right or not, how sure. Shares of them with intervals over articles,
//! and risk against coverage. How an answer is judged is the stages' own business.

use crate::results::Results;
use crate::scores::draw;

/// Draws of as many articles; 95% of them lie in an interval.
const DRAWS: usize = 1000;

/// One question of the gold, answered or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Number of the article that asks; intervals draw whole articles.
    pub article: usize,
    /// Whether anything was answered.
    pub given: bool,
    /// Whether the first answer is right; never where none was given.
    pub right: bool,
    /// The higher the surer; only its order counts.
    pub confidence: f64,
}

/// The answers to some questions of the gold.
#[derive(Clone, Debug, Default)]
pub struct Answers(pub Vec<Answer>);

/// Counts of one article.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    asked: usize,
    given: usize,
    right: usize,
}

impl Tally {
    fn of<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Self {
        answers.into_iter().fold(Self::default(), |sum, answer| Self {
            asked: sum.asked + 1,
            given: sum.given + usize::from(answer.given),
            right: sum.right + usize::from(answer.right),
        })
    }

    fn plus(self, other: Self) -> Self {
        Self { asked: self.asked + other.asked, given: self.given + other.given, right: self.right + other.right }
    }

    fn accuracy(self) -> f64 {
        share(self.right, self.asked)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl Answers {
    /// Right ones of all that were asked, per cent: what was not answered is wrong.
    pub fn accuracy(&self) -> f64 {
        Tally::of(&self.0).accuracy()
    }

    /// Answered ones of all that were asked, per cent.
    pub fn coverage(&self) -> f64 {
        let tally = Tally::of(&self.0);
        share(tally.given, tally.asked)
    }

    /// Right ones of those that were answered, per cent.
    pub fn accuracy_of_given(&self) -> f64 {
        let tally = Tally::of(&self.0);
        share(tally.right, tally.given)
    }

    /// Percentile bootstrap (95%) of the accuracy over articles, with a fixed seed.
    pub fn interval(&self) -> (f64, f64) {
        let mut tallies: Vec<Tally> = Vec::new();
        for answer in &self.0 {
            tallies.resize(tallies.len().max(answer.article + 1), Tally::default());
            tallies[answer.article] = tallies[answer.article].plus(Tally::of([answer]));
        }
        tallies.retain(|tally| tally.asked > 0);
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut accuracies: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let drawn = (0..tallies.len()).map(|_| tallies[draw(&mut state, tallies.len())]);
                drawn.fold(Tally::default(), Tally::plus).accuracy()
            })
            .collect();
        accuracies.sort_by(f64::total_cmp);
        (accuracies[DRAWS * 25 / 1000], accuracies[DRAWS * 975 / 1000])
    }

    /// Accuracy of the surest tenth, two tenths ... of all that were asked (El-Yaniv and Wiener 2010: risk is what is missing to 100).
    /// Of answers that are equally sure, as many right ones are taken as their share gives; those not given come last.
    pub fn curve(&self) -> [f64; 10] {
        let sureness = |answer: &Answer| if answer.given { answer.confidence } else { f64::NEG_INFINITY };
        let mut answers = self.0.clone();
        answers.sort_by(|left, right| sureness(right).total_cmp(&sureness(left)));
        let groups: Vec<Tally> =
            answers.chunk_by(|left, right| sureness(left) == sureness(right)).map(Tally::of).collect();
        std::array::from_fn(|tenth| {
            let taken = ((tenth + 1) * answers.len()) as f64 / 10.0;
            let (mut left, mut right) = (taken, 0.0);
            for group in &groups {
                let part = left.min(group.asked as f64);
                right += part * group.accuracy() / 100.0;
                left -= part;
            }
            if taken == 0.0 { 0.0 } else { 100.0 * right / taken }
        })
    }

    /// Notes the accuracy under `metric` with its interval, and beside it coverage, accuracy of what was given, and how many were asked.
    pub fn report(&self, results: &mut Results, stage: &str, data: &str, metric: &str) {
        self.report_accuracy(results, stage, data, metric);
        results.add(stage, data, &format!("{metric} coverage"), self.coverage(), None);
        results.add(stage, data, &format!("{metric} of the given"), self.accuracy_of_given(), None);
        results.add(stage, data, &format!("{metric} support"), self.0.len() as f64, None);
    }

    /// Notes the accuracy alone.
    pub fn report_accuracy(&self, results: &mut Results, stage: &str, data: &str, metric: &str) {
        results.add(stage, data, metric, self.accuracy(), Some(self.interval()));
    }

    /// Notes the curve, a row for each tenth.
    pub fn report_curve(&self, results: &mut Results, stage: &str, data: &str, metric: &str) {
        for (tenth, accuracy) in self.curve().into_iter().enumerate() {
            results.add(stage, data, &format!("{metric} of the surest {:03}%", (tenth + 1) * 10), accuracy, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter an answer, a space between articles: `r` right, `w` wrong, `-` none; capitals are surer.
    fn answers(marks: &str) -> Answers {
        let of = |article: usize, mark: char| Answer {
            article,
            given: mark != '-',
            right: mark.eq_ignore_ascii_case(&'r'),
            confidence: if mark.is_ascii_uppercase() { 0.9 } else { 0.4 },
        };
        let articles = marks.split(' ').enumerate();
        Answers(articles.flat_map(|(article, marks)| marks.chars().map(move |mark| of(article, mark))).collect())
    }

    #[test]
    fn what_was_not_answered_is_wrong() {
        let answers = answers("rrw- r");
        assert_eq!([answers.accuracy(), answers.coverage(), answers.accuracy_of_given()], [60.0, 80.0, 75.0]);
        assert_eq!(Answers::default().accuracy(), 0.0);
    }

    #[test]
    fn intervals_draw_articles() {
        assert_eq!(answers("rw rw rw").interval(), (50.0, 50.0));
        let (low, high) = answers("rr ww rr ww rr ww").interval();
        assert!(low < 50.0 && high > 50.0);
        assert_eq!(Answers::default().interval(), (0.0, 0.0));
    }

    #[test]
    fn the_surest_come_first_and_ties_share() {
        assert_eq!(
            answers("RRRRRwwww-").curve(),
            [100.0, 100.0, 100.0, 100.0, 100.0, 500.0 / 6.0, 500.0 / 7.0, 62.5, 500.0 / 9.0, 50.0]
        );
        assert_eq!(answers("rwrwrwrwrw").curve(), [50.0; 10]);
    }
}
