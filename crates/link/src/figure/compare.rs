//! How two figures stand to each other. One function; every surface calls it.

use onrecord_annotate::figures::{FigureKind, TallyKind, Unit};
use onrecord_evidence::Time;
use serde::Serialize;

use crate::position::{Evidence, LinkKind};

use super::facet::{Facet, Read, option, place, unit, window};
use super::figure_claim::FigureClaim;

/// Whether a later figure is higher or lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Higher.
    Up,
    /// Lower.
    Down,
}

/// How two figures stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same number of the same.
    Agrees,
    /// One fits the bound of the other: "at least 80" and 84.
    BoundAgrees,
    /// A later total of the same claimant and scope.
    Update(Direction),
    /// The first is a part of the second, which it does not contradict.
    PartOfWhole,
    /// The second is a part of the first.
    WholeOfPart,
    /// Estimates of different parties; whether one number fits both.
    Spread {
        /// Whether they overlap.
        overlaps: bool,
    },
    /// Everything is read and equal but the number.
    Conflict,
    /// Only the roles differ.
    RoleConflict,
    /// An outlet's own arithmetic: no figure of a claimant.
    OwnArithmetic,
    /// Something differs, or was not read.
    NotComparable,
}

impl Relation {
    /// The link that it makes from the first claim to the second. An update links the earlier one to the later.
    pub const fn link(self) -> Option<LinkKind> {
        match self {
            Self::Conflict | Self::RoleConflict => Some(LinkKind::Incompatible),
            Self::Update(_) => Some(LinkKind::SupersededBy),
            Self::PartOfWhole => Some(LinkKind::PartOf),
            _ => None,
        }
    }
}

/// A relation with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// How they stand.
    pub relation: Relation,
    /// The rule that decided; permanent, in kebab case.
    pub rule: &'static str,
    /// What is read and differs.
    pub differs: Vec<Facet>,
    /// What is missing.
    pub missing: Vec<Facet>,
    /// The words of both.
    pub evidence: Vec<Evidence>,
}

/// How `one` stands to `other`.
///
/// First match: own arithmetic; other counts; roles that are exchanged; a part; the same claimant's update; bounds and spreads; conflict,
/// only where unit, action, place, window and role are read and equal; else not comparable, naming what differs or is missing.
///
/// ```
/// # use onrecord_annotate::{FigureTable, figures::figures};
/// # use onrecord_evidence::*;
/// # use onrecord_record::Detail;
/// # use onrecord_link::{figure::*, position::{Evidence, PartyKey}};
/// # let table = FigureTable::parse(include_str!("../../../../models/figures/figures.toml"))?;
/// # let read = |text: &str, claimant: &str, day: &str| -> Result<FigureClaim, Box<dyn std::error::Error>> {
/// #     let whole = TextRange::new(0, text.len() as u32);
/// #     let figure = figures(text, &[whole], &table).0.remove(0);
/// #     let (article, revision) = (ArticleId::of_fields(&[text.as_bytes()]), RevisionId::of_fields(&[text.as_bytes()]));
/// #     let cited = Evidence { article, revision, words: Quoted::new(text, whole)? };
/// #     let day = Time::parse(day, TimeSource::Text)?;
/// #     let context = FigureContext {
/// #         claimant: Some(PartyKey::new(claimant)), agent: None, patient: None, place: None, window: None,
/// #         as_of: Some(day.clone()), out: day, arithmetic: Vec::new(),
/// #     };
/// #     Ok(FigureClaim::read(text, &Detail::new(text, figure)?, &cited, context)?)
/// # };
/// let early = read("The office said 500 people were killed.", "office", "2031-10-17")?;
/// let later = read("The office put the number of dead at 471.", "office", "2031-10-18")?;
/// let others = read("Analysts said between 100 and 300 people were killed.", "analysts", "2031-10-18")?;
/// assert_eq!(compare(&early, &later).relation, Relation::Update(Direction::Down));
/// assert_eq!(compare(&later, &others).relation, Relation::Spread { overlaps: false });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(one: &FigureClaim, other: &FigureClaim) -> Comparison {
    Pair { one, other, differs: Vec::new(), missing: Vec::new() }.compare()
}

struct Pair<'f> {
    one: &'f FigureClaim,
    other: &'f FigureClaim,
    differs: Vec<Facet>,
    missing: Vec<Facet>,
}

impl Pair<'_> {
    fn result(mut self, relation: Relation, rule: &'static str) -> Comparison {
        self.differs.sort();
        self.missing.sort();
        self.missing.dedup();
        let evidence = vec![self.one.words.clone(), self.other.words.clone()];
        Comparison { relation, rule, differs: self.differs, missing: self.missing, evidence }
    }

    fn note(&mut self, facet: Facet, read: &Read) {
        match read {
            Read::Differs => self.differs.push(facet),
            Read::Missing => self.missing.push(facet),
            _ => {}
        }
    }

    fn compare(mut self) -> Comparison {
        let (one, other) = (self.one, self.other);
        if !one.context.arithmetic.is_empty() || !other.context.arithmetic.is_empty() {
            return self.result(Relation::OwnArithmetic, "outlets-own-arithmetic");
        }
        if one.kind != FigureKind::Quantity || other.kind != FigureKind::Quantity {
            self.differs.push(Facet::Kind);
        }
        if one.is_negated || other.is_negated {
            self.differs.push(Facet::Negation);
        }
        self.note(Facet::Unit, &if one.per == other.per { unit(&one.unit, &other.unit) } else { Read::Differs });
        self.counted();
        let exchanged = self.roles();
        let action = match (one.outcome, other.outcome) {
            (None, None) => option(one.action.as_ref(), other.action.as_ref()),
            _ => Read::Equal,
        };
        self.note(Facet::Action, &action);
        let (place, window) = (
            place(one.context.place.as_ref(), other.context.place.as_ref()),
            window(one.context.window, other.context.window),
        );
        self.note(Facet::Place, &place);
        self.note(Facet::Window, &window);
        if !self.differs.is_empty() || self.is_missing(&[Facet::Unit, Facet::Counted, Facet::Outcome]) {
            return self.result(Relation::NotComparable, "scope-differs-or-is-missing");
        }
        if exchanged {
            return self.exchanged(&action);
        }
        let (inside, around) = self.parts(&place, &window);
        match (inside, around) {
            (true, true) => return self.result(Relation::NotComparable, "each-a-part-of-something-else"),
            (true, false) => return self.part(Relation::PartOfWhole),
            (false, true) => return self.part(Relation::WholeOfPart),
            (false, false) => {}
        }
        let claimants = one.context.claimant.as_ref().zip(other.context.claimant.as_ref());
        match claimants {
            Some((one, other)) if one == other => self.same_claimant(),
            Some(_) => self.other_claimant(),
            None => {
                self.missing.push(Facet::Claimant);
                self.other_claimant()
            }
        }
    }

    fn is_missing(&self, facets: &[Facet]) -> bool {
        facets.iter().any(|facet| self.missing.contains(facet))
    }

    /// What is counted; a group of people is a part of all, and no other group.
    fn counted(&mut self) {
        let (one, other) = (self.one, self.other);
        if one.unit == Unit::Count || other.unit == Unit::Count {
            self.note(Facet::Counted, &option(one.counted.as_ref(), other.counted.as_ref()));
        }
        match (one.outcome, other.outcome) {
            (Some(one), Some(other)) if one != other => self.differs.push(Facet::Outcome),
            (Some(_), None) | (None, Some(_)) if one.action.is_some() || other.action.is_some() => {
                self.differs.push(Facet::Outcome);
            }
            (Some(_), None) | (None, Some(_)) => self.missing.push(Facet::Outcome),
            _ => {}
        }
        if one.group.zip(other.group).is_some_and(|(one, other)| one != other) {
            self.differs.push(Facet::Group);
        }
    }

    /// Compares agent and patient; whether they are exchanged. Those whose fate is counted have no agent that must be read.
    fn roles(&mut self) -> bool {
        let (one, other) = (&self.one.context, &self.other.context);
        let exchanged = one.agent.is_some() && one.patient.is_some() && one.agent != one.patient;
        if exchanged && one.agent == other.patient && one.patient == other.agent {
            return true;
        }
        let (agent, patient) =
            (option(one.agent.as_ref(), other.agent.as_ref()), option(one.patient.as_ref(), other.patient.as_ref()));
        if matches!(agent, Read::Differs) || matches!(patient, Read::Differs) {
            self.differs.push(Facet::Role);
        } else if self.one.outcome.or(self.other.outcome).is_none()
            && (matches!(agent, Read::Missing) || matches!(patient, Read::Missing))
        {
            self.missing.push(Facet::Role);
        }
        false
    }

    /// The same number with the roles exchanged is one thing told two ways; another number is another count.
    fn exchanged(mut self, action: &Read) -> Comparison {
        let (one, other) = (self.one.ends(), self.other.ends());
        if matches!(action, Read::Equal) && one.exact().is_some() && one.exact() == other.exact() {
            return self.result(Relation::RoleConflict, "only-the-roles-differ");
        }
        self.differs.push(Facet::Role);
        self.result(Relation::NotComparable, "scope-differs-or-is-missing")
    }

    /// Whether the first is a part of the second, and the other way round.
    fn parts(&self, place: &Read, window: &Read) -> (bool, bool) {
        let (one, other) = (self.one, self.other);
        let on_top = |figure: &FigureClaim| figure.is_part || figure.tally == Some(TallyKind::Increment);
        let inside = matches!(place, Read::Inside)
            || matches!(window, Read::Inside)
            || (on_top(one) && !on_top(other))
            || (one.group.is_some() && other.group.is_none());
        let around = matches!(place, Read::Around)
            || matches!(window, Read::Around)
            || (on_top(other) && !on_top(one))
            || (other.group.is_some() && one.group.is_none());
        (inside, around)
    }

    fn part(self, relation: Relation) -> Comparison {
        let (part, whole) =
            if relation == Relation::PartOfWhole { (self.one, self.other) } else { (self.other, self.one) };
        let exceeds = part.ends().low.zip(whole.ends().high).is_some_and(|(part, whole)| part.at > whole.at);
        match exceeds {
            false => self.result(relation, "a-part-does-not-contradict-a-whole"),
            true if self.missing.is_empty() && self.is_one_time() => {
                self.result(Relation::Conflict, "a-part-above-its-whole")
            }
            true => self.result(Relation::NotComparable, "a-part-above-its-whole"),
        }
    }

    fn as_of(&self) -> Option<(&Time, &Time)> {
        self.one.context.as_of.as_ref().zip(self.other.context.as_of.as_ref())
    }

    /// Whether both may be as of one time.
    fn is_one_time(&self) -> bool {
        self.as_of().is_some_and(|(one, other)| one.earliest() <= other.latest() && other.earliest() <= one.latest())
    }

    fn same_claimant(mut self) -> Comparison {
        let (one, other) = (self.one.ends(), self.other.ends());
        if one == other {
            return self.result(Relation::Agrees, "the-same-number");
        }
        let order =
            self.as_of().map(|(one, other)| (one.latest(), one.earliest()).cmp(&(other.latest(), other.earliest())));
        let Some(order) = order else {
            self.missing.push(Facet::AsOf);
            return if one.overlaps(&other) {
                self.result(Relation::BoundAgrees, "fits-the-bound")
            } else {
                self.result(Relation::NotComparable, "scope-differs-or-is-missing")
            };
        };
        let total = |figure: &FigureClaim| figure.outcome.is_some() || figure.tally == Some(TallyKind::Cumulative);
        let is_total = total(self.one) || total(self.other) || !self.is_missing(&[Facet::Window]);
        match (order.is_eq(), is_total) {
            (true, _) if one.overlaps(&other) => self.result(Relation::BoundAgrees, "fits-the-bound"),
            (true, _) => self.disagree(),
            (false, false) => self.result(Relation::NotComparable, "scope-differs-or-is-missing"),
            (false, true) => {
                let (early, late) = if order.is_lt() { (one, other) } else { (other, one) };
                let direction = if late.size() < early.size() { Direction::Down } else { Direction::Up };
                self.result(Relation::Update(direction), "later-total-of-the-same-claimant")
            }
        }
    }

    fn other_claimant(mut self) -> Comparison {
        let (one, other) = (self.one.ends(), self.other.ends());
        if one.exact().is_some() && one.exact() == other.exact() {
            return self.result(Relation::Agrees, "the-same-number");
        }
        if one.is_estimate || other.is_estimate {
            return self.result(Relation::Spread { overlaps: one.overlaps(&other) }, "estimates-of-different-parties");
        }
        if one.overlaps(&other) {
            return self.result(Relation::BoundAgrees, "fits-the-bound");
        }
        match self.as_of() {
            None => self.missing.push(Facet::AsOf),
            Some(_) if !self.is_one_time() => self.differs.push(Facet::AsOf),
            Some(_) => {}
        }
        self.disagree()
    }

    /// Two numbers that do not fit: a conflict only where all is read and equal.
    fn disagree(self) -> Comparison {
        if self.missing.is_empty() && self.differs.is_empty() {
            return self.result(Relation::Conflict, "all-read-and-equal-but-the-number");
        }
        self.result(Relation::NotComparable, "scope-differs-or-is-missing")
    }
}
