//! What is compared of two figures, and how each of it is read. Not the rules that follow from it.

use onrecord_annotate::figures::Unit;
use serde::Serialize;

use super::figure_claim::{PlaceScope, Window};

/// What is compared of two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// The sort of number.
    Kind,
    /// The unit, or what it is per.
    Unit,
    /// What is counted.
    Counted,
    /// What became of it: killed, injured and missing are different counts.
    Outcome,
    /// Which people: civilians and combatants are different counts.
    Group,
    /// What is done.
    Action,
    /// By whom and to whom.
    Role,
    /// Where.
    Place,
    /// For which time.
    Window,
    /// As of when.
    AsOf,
    /// Who gives it.
    Claimant,
    /// Whether it is said to be so or not.
    Negation,
}

/// How one facet of two figures is read.
pub(super) enum Read {
    Equal,
    Differs,
    Missing,
    /// The first lies in the second.
    Inside,
    /// The second lies in the first.
    Around,
}

/// Whether both are read and equal.
pub(super) fn option<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> Read {
    match (one, other) {
        (Some(one), Some(other)) if one == other => Read::Equal,
        (Some(_), Some(_)) => Read::Differs,
        _ => Read::Missing,
    }
}

pub(super) fn unit(one: &Unit, other: &Unit) -> Read {
    match (one, other) {
        (Unit::Money { codes: one, .. }, Unit::Money { codes: other, .. }) => option(one.first(), other.first()),
        _ if one == other => Read::Equal,
        _ => Read::Differs,
    }
}

pub(super) fn place(one: Option<&PlaceScope>, other: Option<&PlaceScope>) -> Read {
    match (one, other) {
        (Some(one), Some(other)) if one.place == other.place => Read::Equal,
        (Some(one), Some(other)) if one.within.contains(&other.place) => Read::Inside,
        (Some(one), Some(other)) if other.within.contains(&one.place) => Read::Around,
        (Some(_), Some(_)) => Read::Differs,
        _ => Read::Missing,
    }
}

/// Windows that begin together are one window that is still growing.
pub(super) fn window(one: Option<Window>, other: Option<Window>) -> Read {
    let (Some(one), Some(other)) = (one, other) else { return Read::Missing };
    let ends_by = |one: Window, other: Window| other.to.is_none() || one.to.is_some_and(|to| Some(to) <= other.to);
    match one.from.cmp(&other.from) {
        std::cmp::Ordering::Equal => Read::Equal,
        std::cmp::Ordering::Greater if ends_by(one, other) => Read::Inside,
        std::cmp::Ordering::Less if ends_by(other, one) => Read::Around,
        _ => Read::Differs,
    }
}
