//! What is asked of a store so that a text meets the few others worth comparing, and what the store is told to keep. Not the store, and
//! not the comparison.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use onrecord_evidence::{ArticleId, Diagnostic, RevisionId};

use super::{Copying, Passages, compare};
use crate::Report;

/// Of the holders of one key, the first so many are looked at.
const HOLDERS: usize = 16;
/// Of the candidates for one text, so many are compared, those that share the most keys first.
const COMPARED: usize = 24;
/// A paragraph that stands in so many of an outlet's own articles is its furniture.
const REPEATED: u32 = 3;

/// Who holds a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holders {
    /// Article and revision, ascending by revision, as many as were asked for.
    pub revisions: Vec<(ArticleId, RevisionId)>,
    /// Whether there are more.
    pub more: bool,
}

/// A revision that a store holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// The revision.
    pub report: Report,
    /// Its passages, as [`own_passages`] gave them.
    pub passages: Passages,
}

/// What stands in other articles.
pub trait PassageStore {
    /// The first `limit` revisions, ascending by id, for which [`Linked::keys`] named `key`.
    fn holders(&self, key: u64, limit: usize) -> Holders;

    /// A revision that the store named.
    fn held(&self, revision: RevisionId) -> Option<Rc<Held>>;

    /// In how many articles of the outlet with this name (or host, where no name is stated) the paragraph with this key stands, the
    /// asking one included; copies and revisions of one text count once.
    fn repeats(&self, outlet: &str, paragraph: u64) -> u32;
}

/// The passages of a report without the paragraphs that its outlet repeats under at least three articles of its own.
pub fn own_passages(report: &Report, store: &dyn PassageStore) -> Passages {
    let passages = Passages::of(report);
    let Some(outlet) = report.outlet.as_deref().or(report.domain.as_deref()) else { return passages };
    let repeated: Vec<usize> = passages
        .paragraph_keys()
        .filter(|(_, key)| store.repeats(outlet, *key) >= REPEATED)
        .map(|(index, _)| index)
        .collect();
    passages.without(&repeated)
}

/// Revisions worth comparing with a text.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Each with the keys that it shares, ascending; those that share the most first, then ascending by id.
    pub revisions: Vec<(RevisionId, Vec<u64>)>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// The revisions of other articles that share keys with a text, at most 24.
///
/// Diagnostic `copies-left-out`: a key has more holders than are looked at, or more revisions share keys than are compared.
pub fn candidates(report: &Report, passages: &Passages, store: &dyn PassageStore) -> Candidates {
    let mut shared: BTreeMap<RevisionId, Vec<u64>> = BTreeMap::new();
    let mut crowded = 0;
    for key in passages.keys() {
        let holders = store.holders(*key, HOLDERS);
        crowded += usize::from(holders.more);
        for (article, revision) in holders.revisions {
            if article != report.article {
                shared.entry(revision).or_default().push(*key);
            }
        }
    }
    let mut found = Candidates { revisions: shared.into_iter().collect(), diagnostics: Vec::new() };
    found.revisions.sort_by_key(|(revision, keys)| (std::cmp::Reverse(keys.len()), *revision));
    let more = found.revisions.len().saturating_sub(COMPARED);
    found.revisions.truncate(COMPARED);
    if crowded > 0 || more > 0 {
        let message = format!(
            "{crowded} of {} keys have more than {HOLDERS} holders, and {more} revisions that share fewer keys are not compared",
            passages.keys().len()
        );
        found.diagnostics.push(Diagnostic::note("copies-left-out", message).at(report.revision.to_string()));
    }
    found
}

/// What linking one text to its copies gives.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// What it shares with others, itself as the first text; those that share the most keys first.
    pub copyings: Vec<Copying>,
    /// The revision of which it is a whole copy, as that one is of it; `None` where there is none.
    pub same_as: Option<RevisionId>,
    /// The keys under which the store should hold it, ascending: those of words that no text that it was compared with has.
    pub keys: Vec<u64>,
    /// How many texts it was compared with.
    pub compared: usize,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds what a text shares with those that the store holds.
///
/// Of many copies of one passage it meets one, which stands for the others: a candidate that shares no key beyond those that a compared
/// one shares is passed over, and the text itself is to be held under its new keys alone. Texts are to be linked in the order of their
/// times, then of their ids, so that the earliest stands for the rest; in another order the pairs differ, though not the groups of whole
/// copies in the plain case. Taking a text away (withholding it) means linking anew those that were compared with it.
pub fn link(report: &Report, passages: &Passages, store: &dyn PassageStore) -> Linked {
    let candidates = candidates(report, passages, store);
    let mut linked = Linked { diagnostics: passages.diagnostics().to_vec(), ..Linked::default() };
    linked.diagnostics.extend(candidates.diagnostics);
    let mut explained: BTreeSet<u64> = BTreeSet::new();
    for (revision, keys) in candidates.revisions {
        if keys.iter().all(|key| explained.contains(key)) {
            continue;
        }
        let Some(other) = store.held(revision) else {
            let message = format!("revision {revision} is named by the store and not held");
            linked.diagnostics.push(Diagnostic::warning("copies-not-held", message).at(report.revision.to_string()));
            continue;
        };
        linked.compared += 1;
        let Some(copying) = compare(report, passages, &other.report, &other.passages) else { continue };
        explained.extend(keys);
        if copying.is_whole() && linked.same_as.is_none() {
            linked.same_as = Some(revision);
        }
        linked.copyings.push(copying);
    }
    linked.keys = passages.keys().iter().copied().filter(|key| !explained.contains(key)).collect();
    linked
}

/// Whole copies of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The one that the others were compared with.
    pub representative: RevisionId,
    /// All of them, the representative included, ascending.
    pub members: Vec<RevisionId>,
}

impl Group {
    /// The groups of texts that were linked: each with the one that it is a copy of. Ordered by representative; a text without copies is a
    /// group of its own.
    pub fn of(linked: &BTreeMap<RevisionId, Option<RevisionId>>) -> Vec<Self> {
        let mut groups: BTreeMap<RevisionId, Vec<RevisionId>> = BTreeMap::new();
        for revision in linked.keys() {
            let mut at = *revision;
            let mut steps = BTreeSet::from([at]);
            while let Some(Some(next)) = linked.get(&at) {
                if !steps.insert(*next) {
                    // A circle, which no order of linking makes: its smallest member stands for it.
                    at = steps.iter().copied().min().unwrap_or(at);
                    break;
                }
                at = *next;
            }
            groups.entry(at).or_default().push(*revision);
        }
        groups.into_iter().map(|(representative, members)| Self { representative, members }).collect()
    }
}
