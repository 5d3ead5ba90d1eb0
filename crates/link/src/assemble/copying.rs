//! The copies among reports, by a store of passages in memory. Not the comparison of two texts.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use onrecord_evidence::{ArticleId, Diagnostic, RevisionId};

use crate::Report;
use crate::copies::{Copying, Held, Holders, PassageStore, Passages, link, own_passages};

/// What was linked so far.
#[derive(Default)]
struct Memory {
    holders: BTreeMap<u64, BTreeSet<(RevisionId, ArticleId)>>,
    held: BTreeMap<RevisionId, Rc<Held>>,
    /// Articles of an outlet by paragraph; one text counts once.
    repeats: BTreeMap<(String, u64), BTreeSet<ArticleId>>,
}

impl PassageStore for Memory {
    fn holders(&self, key: u64, limit: usize) -> Holders {
        let Some(all) = self.holders.get(&key) else { return Holders::default() };
        let revisions = all.iter().take(limit).map(|(revision, article)| (*article, *revision)).collect();
        Holders { revisions, more: all.len() > limit }
    }

    fn held(&self, revision: RevisionId) -> Option<Rc<Held>> {
        self.held.get(&revision).cloned()
    }

    fn repeats(&self, outlet: &str, paragraph: u64) -> u32 {
        let articles = self.repeats.get(&(outlet.to_owned(), paragraph)).map_or(0, BTreeSet::len);
        u32::try_from(articles).unwrap_or(u32::MAX)
    }
}

/// The copyings among reports that stand in the order of their times.
pub(super) fn copyings(reports: &[&Report]) -> (Vec<Copying>, Vec<Diagnostic>) {
    let mut memory = Memory::default();
    let mut texts = BTreeSet::new();
    for report in reports {
        let passages = Passages::of(report);
        let Some(outlet) = report.outlet.as_ref().or(report.domain.as_ref()) else { continue };
        if texts.insert((outlet, passages.digest().to_string())) {
            for (_, key) in passages.paragraph_keys() {
                memory.repeats.entry((outlet.clone(), key)).or_default().insert(report.article);
            }
        }
    }
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    for report in reports {
        let passages = own_passages(report, &memory);
        let linked = link(report, &passages, &memory);
        for key in &linked.keys {
            memory.holders.entry(*key).or_default().insert((report.revision, report.article));
        }
        memory.held.insert(report.revision, Rc::new(Held { report: (*report).clone(), passages }));
        found.extend(linked.copyings);
        diagnostics.extend(linked.diagnostics);
    }
    (found, diagnostics)
}
