//! Whether two propositions are one: a calibrated sum of features, and rules that no similarity outweighs. Not who holds them, and not what is true.

use onrecord_evidence::TextRange;
use serde::{Deserialize, Serialize};

use super::features::{FEATURES, Likeness, other_names, shared_ranges};
use super::proposition::Proposition;
use super::reports::{EventReport, REPORT_FEATURES};
use super::stem::TableError;
use super::trees::Trees;

/// Whether two statements say the same of the same, whatever their acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They do.
    Same,
    /// They do not.
    Different,
    /// Their words leave it open.
    Undecided,
}

/// What a comparison rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// The same names.
    SharedNames,
    /// The same words that are no names.
    SharedWords,
    /// Figures that may be the same.
    SharedFigures,
    /// Days that overlap.
    SharedDays,
    /// Sentences of one meaning, by their vectors.
    Meaning,
    /// Each names somebody whom the other does not.
    OtherNames,
    /// The same sort of thing is counted, and other things are said of it.
    OtherCounts,
    /// Figures of one unit that cannot be the same; alone it separates nothing, for figures of one claim move.
    OtherFigures,
    /// Days that do not overlap.
    OtherDays,
    /// Only the topic is shared: names or single words, no act.
    TopicOnly,
    /// A person decided.
    Decision,
}

/// One ground of a comparison, with its words in both texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is.
    pub kind: ReasonKind,
    /// Words of the first statement, in text order; empty where its whole is meant.
    pub ours: Vec<TextRange>,
    /// Words of the second statement.
    pub theirs: Vec<TextRange>,
}

/// The outcome of comparing two propositions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is concluded.
    pub verdict: Verdict,
    /// How probable it is that both are one claim, 0 to 1000, rounded before it decides; calibrated on `training/propositions.py`'s pairs. A rule may decide
    /// against it.
    pub score: u16,
    /// Why, in the order of [`ReasonKind`].
    pub reasons: Vec<Reason>,
}

/// Weights of the features, and the scores at which it decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparer {
    bias: i64,
    trees: Trees,
    words_only: Weights<{ FEATURES.len() }>,
    reports: Weights<{ REPORT_FEATURES.len() }>,
    same: u16,
    different: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Weights<const COUNT: usize> {
    bias: i64,
    features: [i64; COUNT],
}

impl<const COUNT: usize> Weights<COUNT> {
    const NONE: Self = Self { bias: 0, features: [0; COUNT] };

    /// Sets the weight of a name; whether there is such a name.
    fn set(&mut self, names: &[&str; COUNT], name: &str, value: i64) -> bool {
        match names.iter().position(|known| *known == name) {
            Some(index) => self.features[index] = value,
            None if name == "bias" => self.bias = value,
            None => return false,
        }
        true
    }

    /// The logistic of the weighted sum, 0 to 1000.
    fn score(&self, values: [i64; COUNT]) -> u16 {
        // Whole numbers: the sum is the same on every machine. Below 18 * 10^9, exact as a float.
        let sum: i64 = self.features.iter().zip(values).map(|(weight, value)| weight * value).sum();
        let logit = (self.bias * 1000 + sum) as f64 / 1_000_000.0;
        logistic(logit)
    }
}

fn logistic(logit: f64) -> u16 {
    (1000.0 / (1.0 + (-logit).exp())).round() as u16
}

impl Comparer {
    /// Reads `models/propositions/comparison.txt`: a line for each number, a name and its value; weights in thousandths, `words.` before those that
    /// hold where there are no vectors.
    ///
    /// # Errors
    /// Where a name is unknown or missing, or a value is no whole number.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut comparer = Self {
            bias: 0,
            trees: Trees::default(),
            words_only: Weights::NONE,
            reports: Weights::NONE,
            same: 0,
            different: 0,
        };
        let mut seen = 0;
        for (index, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let wrong = |message| TableError { line: index + 1, message };
            let (name, value) = line.split_once(char::is_whitespace).ok_or(wrong("expected a name and a number"))?;
            if name == "tree" {
                if !comparer.trees.add(&FEATURES, value) {
                    return Err(wrong("expected the decisions and leaves of a tree"));
                }
                continue;
            }
            let value: i64 = value.trim().parse().map_err(|_| wrong("expected a whole number"))?;
            if value.unsigned_abs() > 1_000_000 {
                return Err(wrong("expected a number below a million"));
            }
            seen += 1;
            let score = || u16::try_from(value.clamp(0, 1000)).unwrap_or(1000);
            let known = match name.split_once('.') {
                Some(("words", name)) => comparer.words_only.set(&FEATURES, name, value),
                Some(("report", name)) => comparer.reports.set(&REPORT_FEATURES, name, value),
                Some(_) => false,
                None => match name {
                    "same" => {
                        comparer.same = score();
                        true
                    }
                    "different" => {
                        comparer.different = score();
                        true
                    }
                    "bias" => {
                        comparer.bias = value;
                        true
                    }
                    _ => false,
                },
            };
            if !known {
                return Err(wrong("expected the name of a feature"));
            }
        }
        let complete = seen == FEATURES.len() + 1 + REPORT_FEATURES.len() + 1 + 3 && !comparer.trees.is_empty();
        if complete && comparer.different <= comparer.same {
            return Ok(comparer);
        }
        Err(TableError { line: text.lines().count(), message: "expected a number for every feature and both scores" })
    }

    /// Compares two propositions; the same both ways round.
    pub fn compare(&self, ours: &Proposition, theirs: &Proposition) -> Comparison {
        let likeness = Likeness::of(ours, theirs);
        let score = self.score_of(&likeness);
        let barred = bar(&likeness);
        let verdict = match score {
            _ if barred => Verdict::Different,
            score if score >= self.same && mostly_own(&likeness) => Verdict::Undecided,
            score if score >= self.same => Verdict::Same,
            score if score < self.different => Verdict::Different,
            _ => Verdict::Undecided,
        };
        Comparison { verdict, score, reasons: reasons(ours, theirs, &likeness) }
    }

    /// The score alone, without reasons; 0 where a rule separates them.
    pub fn score(&self, ours: &Proposition, theirs: &Proposition) -> u16 {
        let likeness = Likeness::of(ours, theirs);
        if bar(&likeness) { 0 } else { self.score_of(&likeness) }
    }

    /// The score; `None` where they count other things or another people's, which keeps all of their claims apart.
    pub(super) fn weigh(&self, ours: &Proposition, theirs: &Proposition) -> Option<u16> {
        let likeness = Likeness::of(ours, theirs);
        let score = || if bar(&likeness) { 0 } else { self.score_of(&likeness) };
        (!likeness.other_counts).then(score)
    }

    /// The features of a pair by name, in thousandths, for fitting the weights.
    pub fn features(ours: &Proposition, theirs: &Proposition) -> Vec<(&'static str, i64)> {
        FEATURES.into_iter().zip(Likeness::of(ours, theirs).values()).collect()
    }

    /// From this score on, two propositions are one.
    pub const fn same(&self) -> u16 {
        self.same
    }

    /// How probable it is that two reports are about one event, 0 to 1000; the same both ways round.
    pub fn report_score(&self, ours: &EventReport, theirs: &EventReport) -> u16 {
        ours.values(theirs, self).map_or(0, |values| self.reports.score(values))
    }

    /// The features of a pair of reports by name, in thousandths, for fitting the weights; none where they have next to nothing in common.
    pub fn report_features(&self, ours: &EventReport, theirs: &EventReport) -> Vec<(&'static str, i64)> {
        let values = ours.values(theirs, self);
        values.map(|values| REPORT_FEATURES.into_iter().zip(values).collect()).unwrap_or_default()
    }

    fn score_of(&self, likeness: &Likeness) -> u16 {
        let values = likeness.values();
        let score = match likeness.cosine {
            // Whole numbers, exact as floats.
            Some(_) => logistic((self.bias + self.trees.sum(&values)) as f64 / 1000.0),
            None => self.words_only.score(values),
        };
        match topic_only(likeness) {
            // Names in common, and the meaning is known to be far.
            Some(true) => score.min(self.different.saturating_sub(1)),
            // What shares only its topic is at best undecided, and joins nothing alone.
            Some(false) => score.min((2 * self.same + 3 * self.different) / 5),
            None => score,
        }
    }
}

/// The rules that separate whatever the score: other counts, other days of the event, and no name, word or figure in common.
fn bar(likeness: &Likeness) -> bool {
    likeness.other_counts
        || likeness.other_days
        // Most pairs of a ledger: next to nothing in common.
        || (likeness.stems < 30 && !likeness.same_figures && likeness.cosine.is_some_and(|cosine| cosine < 250))
        || (likeness.shared == 0 && !likeness.same_figures && likeness.cosine.is_none_or(|cosine| cosine < 800))
}

/// Whether both have as much of their own as in common, beside the topic of their reports, and the meaning is not near.
fn mostly_own(likeness: &Likeness) -> bool {
    likeness.own_less >= 500 && !likeness.same_figures && likeness.cosine.is_some_and(|cosine| cosine < 750)
}

/// Whether only names are shared, or all names are others, and the meaning is not near: `None` if not so, else whether it is known to be far.
fn topic_only(likeness: &Likeness) -> Option<bool> {
    let near = |least: i64| likeness.cosine.is_some_and(|cosine| cosine >= least);
    let only_names = likeness.shared_acts == 0 && !likeness.same_figures;
    let topic = (only_names && !near(700)) || (likeness.no_shared_name && !near(750));
    topic.then(|| only_names && likeness.cosine.is_some_and(|cosine| cosine < 500))
}

fn reasons(ours: &Proposition, theirs: &Proposition, likeness: &Likeness) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |kind, (ours, theirs): (Vec<TextRange>, Vec<TextRange>)| reasons.push(Reason { kind, ours, theirs });
    let amounts = |fits: &dyn Fn(&super::Amount, &super::Amount) -> bool| {
        let left = ours.amounts.iter().filter(|a| theirs.amounts.iter().any(|b| fits(a, b)));
        let right = theirs.amounts.iter().filter(|b| ours.amounts.iter().any(|a| fits(a, b)));
        (left.map(|amount| amount.range).collect::<Vec<_>>(), right.map(|amount| amount.range).collect::<Vec<_>>())
    };
    let days = || {
        let ranges = |proposition: &Proposition| proposition.days.iter().map(|days| days.range).collect::<Vec<_>>();
        (ranges(ours), ranges(theirs))
    };
    let names = shared_ranges(ours, theirs, true);
    if !names.0.is_empty() {
        add(ReasonKind::SharedNames, names);
    }
    let words = shared_ranges(ours, theirs, false);
    if !words.0.is_empty() {
        add(ReasonKind::SharedWords, words);
    }
    if likeness.same_figures {
        add(ReasonKind::SharedFigures, amounts(&|a, b| a.may_equal(b)));
    }
    if likeness.same_days {
        add(ReasonKind::SharedDays, days());
    }
    if likeness.cosine.is_some_and(|cosine| cosine >= 500) {
        add(ReasonKind::Meaning, (Vec::new(), Vec::new()));
    }
    let others = other_names(ours, theirs);
    if !others.0.is_empty() && !others.1.is_empty() {
        add(ReasonKind::OtherNames, others);
    }
    if likeness.other_counts {
        add(ReasonKind::OtherCounts, amounts(&|a, b| a.counts_otherwise(b)));
    }
    if likeness.other_figures {
        add(ReasonKind::OtherFigures, amounts(&|a, b| a.unit == b.unit));
    }
    if likeness.other_days {
        add(ReasonKind::OtherDays, days());
    }
    if topic_only(likeness).is_some() {
        add(ReasonKind::TopicOnly, shared_ranges(ours, theirs, true));
    }
    reasons
}
