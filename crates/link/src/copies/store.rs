//! What is asked of a store so that a text meets the few others worth comparing, and what the store is told to keep. Not the store, and
//! not the comparison.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use onrecord_evidence::{ArticleId, Diagnostic, RevisionId};

use super::{Copying, Extent, Passages, compare};
use crate::Report;

/// Of the holders of one key, the first so many are looked at.
const HOLDERS: usize = 32;
/// Of the revisions that share keys with a text, so many are candidates, those that share the most keys first.
const CANDIDATES: usize = 256;
/// Of the candidates, so many are compared.
const COMPARED: usize = 16;
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Each with the keys that it shares, ascending; those that share the most first, then ascending by id.
    pub revisions: Vec<(RevisionId, Vec<u64>)>,
    /// Keys that have more holders than are looked at, ascending.
    pub crowded: Vec<u64>,
    /// How many revisions share fewer keys than those and were left out.
    pub left_out: usize,
}

/// The revisions of other articles that share keys with a text, at most 256, out of the first 32 holders of each key.
pub fn candidates(report: &Report, passages: &Passages, store: &dyn PassageStore) -> Candidates {
    let mut shared: BTreeMap<RevisionId, Vec<u64>> = BTreeMap::new();
    let mut found = Candidates::default();
    for key in passages.keys() {
        let holders = store.holders(*key, HOLDERS);
        if holders.more {
            found.crowded.push(*key);
        }
        for (article, revision) in holders.revisions.into_iter().take(HOLDERS) {
            if article != report.article {
                shared.entry(revision).or_default().push(*key);
            }
        }
    }
    found.revisions = shared.into_iter().collect();
    found.revisions.sort_by_key(|(revision, keys)| (std::cmp::Reverse(keys.len()), *revision));
    found.left_out = found.revisions.len().saturating_sub(CANDIDATES);
    found.revisions.truncate(CANDIDATES);
    found
}

/// What linking one text to its copies gives.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// What it shares with others, itself as the first text; those that share the most keys first.
    pub copyings: Vec<Copying>,
    /// The revision in which it stands wholly, the first of `copyings` that is one; `None` where there is none.
    pub stands_in: Option<RevisionId>,
    /// The keys under which the store should hold it, ascending: those of words that no text that it was compared with has.
    pub keys: Vec<u64>,
    /// How many texts it was compared with.
    pub compared: usize,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds what a text shares with those that the store holds.
///
/// Of many copies of one passage it meets one, which stands for the others: a candidate that shares no words beyond those that a compared
/// one has is passed over, and the text itself is to be held under its new keys alone. Texts are to be linked in the order of their
/// times, then of their ids, so that the earliest stands for the rest; in another order other pairs are found.
/// Taking a text away (withholding it) means linking anew those that were compared with it.
///
/// Diagnostics: those of the passages; `copies-left-out`, a key has more holders than are looked at or more revisions share keys than are
/// compared, and no compared one has the words; `copies-not-held`, the store named a revision that it does not hold.
pub fn link(report: &Report, passages: &Passages, store: &dyn PassageStore) -> Linked {
    let candidates = candidates(report, passages, store);
    let mut linked = Linked { diagnostics: passages.diagnostics().to_vec(), ..Linked::default() };
    let (mut explained, mut tried): (BTreeSet<u64>, BTreeSet<u64>) = Default::default();
    let mut left_out = candidates.left_out;
    for (revision, keys) in candidates.revisions {
        if keys.iter().all(|key| explained.contains(key) || tried.contains(key)) {
            continue;
        }
        if linked.compared == COMPARED {
            left_out += 1;
            continue;
        }
        let Some(other) = store.held(revision) else {
            let message = format!("revision {revision} is named by the store and not held");
            linked.diagnostics.push(Diagnostic::warning("copies-not-held", message).at(report.revision.to_string()));
            continue;
        };
        linked.compared += 1;
        let Some(copying) = compare(report, passages, &other.report, &other.passages) else {
            // A phrase, no passage: whoever else has it alone has no more to share.
            tried.extend(keys);
            continue;
        };
        explained.extend(other.passages.shingles().filter(|shingle| passages.keys().binary_search(shingle).is_ok()));
        if copying.first_extent == Extent::Wholly {
            linked.stands_in = linked.stands_in.or(Some(revision));
        }
        linked.copyings.push(copying);
    }
    let crowded = candidates.crowded.iter().filter(|key| !explained.contains(key) && !tried.contains(key)).count();
    if crowded > 0 || left_out > 0 {
        let message = format!(
            "{crowded} keys have more than {HOLDERS} holders, and {left_out} revisions that share fewer keys than others are not compared"
        );
        linked.diagnostics.push(Diagnostic::note("copies-left-out", message).at(report.revision.to_string()));
    }
    linked.keys = passages.keys().iter().copied().filter(|key| !explained.contains(key)).collect();
    linked
}

/// Copies of one text: each stands wholly in the representative, or in one that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The one that stands for the others.
    pub representative: RevisionId,
    /// All of them, the representative included, ascending.
    pub members: Vec<RevisionId>,
}

impl Group {
    /// The groups of texts that were linked: each with the one in which it stands. Ordered by representative; a text without copies is a
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
