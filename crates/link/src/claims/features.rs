//! How two propositions are alike, as whole numbers in thousandths, and by which words. Not a decision.

use onrecord_evidence::TextRange;

use super::proposition::{Proposition, Stem, Tense};

/// Ranges of the first statement and of the second one.
type Ranges = (Vec<TextRange>, Vec<TextRange>);

/// How near statements usually are to the topic of their report, where a report is too short to have one.
const USUAL_CENTRAL: i64 = 450;

/// What two propositions have in common and what not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Cosine of the vectors, -1000 to 1000; `None` where one has none.
    pub(super) cosine: Option<i64>,
    /// Cosine of the weighted stems.
    pub(super) stems: i64,
    /// Weight of the shared stems as a share of the lighter proposition.
    pub(super) contained: i64,
    /// Cosine of the weighted stems that are no names.
    pub(super) acts: i64,
    /// Weight of the shared names as a share of the lighter side's names; 0 where a side has none.
    pub(super) names: i64,
    /// Whether both have names and share none.
    pub(super) no_shared_name: bool,
    /// Share of the names' weight that the other side lacks, of the side that lacks less.
    pub(super) other_names: i64,
    /// Whether some figure may be the same.
    pub(super) same_figures: bool,
    /// Whether both have figures of one unit and none may be the same.
    pub(super) other_figures: bool,
    /// Whether the same sort of thing is counted and other things are said of it.
    pub(super) other_counts: bool,
    /// Whether days that they name overlap.
    pub(super) same_days: bool,
    /// Whether both name days and none overlap.
    pub(super) other_days: bool,
    /// Whether one of them lies ahead and the other does not.
    pub(super) other_tense: bool,
    /// Whether one of them asks and the other does not.
    pub(super) other_mood: bool,
    /// Number of shared telling stems.
    pub(super) shared: i64,
    /// Number of these that are no names.
    pub(super) shared_acts: i64,
    /// The lighter weight as a share of the heavier one.
    pub(super) sizes: i64,
    /// Cosine of the stems, each weighted by how little it is of its report's topic.
    pub(super) apart: i64,
    /// What a side has of its own, that is no topic of its report and that the other side lacks, as a share of its weight: of the side that has less of it.
    pub(super) own_less: i64,
    /// The same of the side that has more.
    pub(super) own_more: i64,
    /// How near the vectors are to their reports' topics, the farther one, -1000 to 1000.
    pub(super) central: i64,
    /// Cosine of what is left of the vectors without their reports' topic, as if it were one topic, -1000 to 1000; the plain cosine where none is known.
    pub(super) partial: i64,
    /// How much farther from its report's topic one vector is than the other.
    pub(super) off: i64,
    /// Number of telling stems of the shorter side.
    pub(super) short: i64,
}

/// The names of [`Likeness::values`], in that order; the rows of `models/propositions/comparison.txt`.
pub(super) const FEATURES: [&str; 25] = [
    "cosine",
    "cosine-high",
    "stems",
    "contained",
    "acts",
    "names",
    "no-shared-name",
    "other-names",
    "same-figures",
    "other-figures",
    "same-days",
    "other-days",
    "other-tense",
    "other-mood",
    "shared",
    "sizes",
    "cosine-acts",
    "names-acts",
    "apart",
    "own-less",
    "own-more",
    "central",
    "partial",
    "off",
    "short",
];

impl Likeness {
    pub(super) fn of(ours: &Proposition, theirs: &Proposition) -> Self {
        let mut sums = Sums::default();
        walk(&ours.stems, &theirs.stems, |a, b| sums.add(a, b));
        let same_figures = ours.amounts.iter().any(|a| theirs.amounts.iter().any(|b| a.may_equal(b)));
        let one_unit =
            ours.amounts.iter().any(|a| theirs.amounts.iter().any(|b| a.unit == b.unit && a.counted == b.counted));
        let other_counts = ours.amounts.iter().any(|a| theirs.amounts.iter().any(|b| a.counts_otherwise(b)))
            && !ours.amounts.iter().any(|a| theirs.amounts.iter().any(|b| a.counts_alike(b)));
        let same_days = ours.days.iter().any(|a| theirs.days.iter().any(|b| a.start <= b.end && b.start <= a.end));
        let both_days = !ours.days.is_empty() && !theirs.days.is_empty();
        let both_cosine =
            ours.vector.as_ref().zip(theirs.vector.as_ref()).map(|(a, b)| thousandths(f64::from(a.cosine(b))));
        let [ours_central, theirs_central] =
            [ours, theirs].map(|one| if one.central == 0 { USUAL_CENTRAL } else { i64::from(one.central) });
        let (near, far) = (ours_central.max(theirs_central), ours_central.min(theirs_central));
        let own = [share(sums.ours_own, sums.ours), share(sums.theirs_own, sums.theirs)];
        Self {
            apart: cosine(sums.apart_squares, sums.ours_apart_squares, sums.theirs_apart_squares),
            own_less: own[0].min(own[1]),
            own_more: own[0].max(own[1]),
            central: far,
            partial: both_cosine.map_or(0, |cosine| partial(cosine, ours_central, theirs_central)),
            off: near - far,
            short: i64::try_from(ours.stems.len().min(theirs.stems.len())).unwrap_or(i64::MAX),
            cosine: both_cosine,
            stems: cosine(sums.shared_squares, sums.ours_squares, sums.theirs_squares),
            contained: share(sums.shared, sums.ours.min(sums.theirs)),
            acts: cosine(sums.shared_acts_squares, sums.ours_acts_squares, sums.theirs_acts_squares),
            names: share(sums.shared_names, sums.ours_names.min(sums.theirs_names)),
            no_shared_name: sums.ours_names > 0 && sums.theirs_names > 0 && sums.shared_names == 0,
            other_names: share(
                sums.ours_names.min(sums.theirs_names).saturating_sub(sums.shared_names),
                sums.ours_names.min(sums.theirs_names),
            ),
            same_figures,
            other_figures: one_unit && !same_figures,
            other_counts,
            same_days,
            other_days: both_days && !same_days,
            other_tense: (ours.tense == Tense::Ahead) != (theirs.tense == Tense::Ahead),
            other_mood: ours.is_question != theirs.is_question,
            shared: sums.count,
            shared_acts: sums.act_count,
            sizes: share(sums.ours.min(sums.theirs), sums.ours.max(sums.theirs)),
        }
    }

    /// The features in the order of [`FEATURES`], each in thousandths.
    pub(super) fn values(&self) -> [i64; FEATURES.len()] {
        let yes = |flag: bool| i64::from(flag) * 1000;
        let cosine = self.cosine.unwrap_or(0).max(0);
        [
            cosine,
            (cosine - 600).max(0) * 5 / 2,
            self.stems,
            self.contained,
            self.acts,
            self.names,
            yes(self.no_shared_name),
            self.other_names,
            yes(self.same_figures),
            yes(self.other_figures),
            yes(self.same_days),
            yes(self.other_days),
            yes(self.other_tense),
            yes(self.other_mood),
            (self.shared * 125).min(1000),
            self.sizes,
            cosine * self.acts / 1000,
            self.names * self.acts / 1000,
            self.apart,
            self.own_less,
            self.own_more,
            self.central,
            self.partial,
            self.off,
            (self.short * 100).min(1000),
        ]
    }
}

/// Sums of weights in hundredths, and of their squares.
#[derive(Default)]
struct Sums {
    count: i64,
    act_count: i64,
    ours: u64,
    theirs: u64,
    shared: u64,
    ours_names: u64,
    theirs_names: u64,
    shared_names: u64,
    ours_squares: u64,
    theirs_squares: u64,
    shared_squares: u64,
    ours_acts_squares: u64,
    theirs_acts_squares: u64,
    shared_acts_squares: u64,
    ours_apart_squares: u64,
    theirs_apart_squares: u64,
    apart_squares: u64,
    ours_own: u64,
    theirs_own: u64,
}

impl Sums {
    fn add(&mut self, ours: Option<&Stem>, theirs: Option<&Stem>) {
        let weight = |stem: Option<&Stem>| stem.map_or(0, |stem| u64::from(stem.weight));
        let is_name = ours.is_some_and(|stem| stem.name) || theirs.is_some_and(|stem| stem.name);
        let (a, b) = (weight(ours), weight(theirs));
        self.ours += a;
        self.theirs += b;
        self.ours_squares += a * a;
        self.theirs_squares += b * b;
        let both = a.min(b);
        let apart = |stem: Option<&Stem>| {
            stem.map_or(0, |stem| u64::from(stem.weight) * u64::from(100 - stem.spread.min(100)) / 100)
        };
        let (ours_apart, theirs_apart) = (apart(ours), apart(theirs));
        self.ours_apart_squares += ours_apart * ours_apart;
        self.theirs_apart_squares += theirs_apart * theirs_apart;
        if both > 0 {
            self.apart_squares += ours_apart * theirs_apart;
        } else {
            self.ours_own += ours_apart;
            self.theirs_own += theirs_apart;
        }
        self.count += i64::from(both > 0);
        self.shared += both;
        self.shared_squares += both * both;
        if is_name {
            self.ours_names += a;
            self.theirs_names += b;
            self.shared_names += both;
        } else {
            self.ours_acts_squares += a * a;
            self.theirs_acts_squares += b * b;
            self.shared_acts_squares += both * both;
            self.act_count += i64::from(both > 0);
        }
    }
}

/// Visits the stems of both, which are in order, each text once.
fn walk<'a>(ours: &'a [Stem], theirs: &'a [Stem], mut visit: impl FnMut(Option<&'a Stem>, Option<&'a Stem>)) {
    let (mut left, mut right) = (0, 0);
    loop {
        match (ours.get(left), theirs.get(right)) {
            (None, None) => return,
            (Some(a), Some(b)) if a.text == b.text => {
                visit(Some(a), Some(b));
                (left, right) = (left + 1, right + 1);
            }
            (Some(a), b) if b.is_none_or(|b| a.text < b.text) => {
                visit(Some(a), None);
                left += 1;
            }
            (_, b) => {
                visit(None, b);
                right += 1;
            }
        }
    }
}

/// The ranges of the shared stems, those of names if `names`, else of the others, in text order.
pub(super) fn shared_ranges(ours: &Proposition, theirs: &Proposition, names: bool) -> Ranges {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    walk(&ours.stems, &theirs.stems, |a, b| {
        if let (Some(a), Some(b)) = (a, b)
            && (a.name || b.name) == names
        {
            left.push(a.range);
            right.push(b.range);
        }
    });
    left.sort_unstable();
    right.sort_unstable();
    (left, right)
}

/// The ranges of the names that the other side lacks, in text order.
pub(super) fn other_names(ours: &Proposition, theirs: &Proposition) -> Ranges {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    walk(&ours.stems, &theirs.stems, |a, b| match (a, b) {
        (Some(stem), None) if stem.name => left.push(stem.range),
        (None, Some(stem)) if stem.name => right.push(stem.range),
        _ => {}
    });
    left.sort_unstable();
    right.sort_unstable();
    (left, right)
}

/// The partial correlation of two vectors, given how near each is to a third one, all in thousandths.
fn partial(cosine: i64, ours: i64, theirs: i64) -> i64 {
    let [cosine, ours, theirs] = [cosine, ours, theirs].map(|value| value as f64 / 1000.0);
    let left = (1.0 - ours * ours) * (1.0 - theirs * theirs);
    if left > 0.0001 { thousandths(((cosine - ours * theirs) / left.sqrt()).clamp(-1.0, 1.0)) } else { 0 }
}

fn thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}

fn share(part: u64, whole: u64) -> i64 {
    i64::try_from((part.min(whole) * 1000).checked_div(whole).unwrap_or(0)).unwrap_or(1000)
}

fn cosine(shared: u64, ours: u64, theirs: u64) -> i64 {
    let size = (ours as f64) * (theirs as f64);
    if size > 0.0 { thousandths(shared as f64 / size.sqrt()).min(1000) } else { 0 }
}
