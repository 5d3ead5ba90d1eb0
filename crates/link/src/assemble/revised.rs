//! The texts of one article beside each other, and what a newsroom no longer stands by through a later one. Not the comparison of two texts, and
//! not the notes that one text carries.

use std::collections::BTreeMap;

use onrecord_evidence::{ArticleId, Quoted};

use super::record::of;
use super::withdrawal::{Taken, Taking};
use crate::Report;
use crate::position::Evidence;
use crate::revision::{ChangeClass, Fate, NoteKind, NoteOf, Noting, Place, Revising, Touched, compare};

/// Texts of one article that are compared, each with the one before.
const MOST: usize = 64;

/// Each text of an article compared with the one before it, by article and order of the texts.
pub(super) fn revisings(reports: &[&Report]) -> Vec<Revising> {
    pairs(reports).into_iter().map(|(older, newer)| compare(reports[older], reports[newer])).collect()
}

fn pairs(reports: &[&Report]) -> Vec<(usize, usize)> {
    let mut texts: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    for (index, report) in reports.iter().enumerate() {
        texts.entry(report.article).or_default().push(index);
    }
    for same in texts.values_mut() {
        same.sort_by_key(|index| (reports[*index].observed.earliest(), *index));
    }
    texts.values().flat_map(|same| same.windows(2).take(MOST)).map(|pair| (pair[0], pair[1])).collect()
}

/// What the newer of two texts takes back of the older one: what a noted correction touches, and a figure that another one silently replaced.
/// Words that went silently are no withdrawal: the outlet may only have cut them.
pub(super) fn takings_of(reports: &[&Report], revisings: &[Revising]) -> Vec<Taking> {
    let index: BTreeMap<_, usize> =
        reports.iter().enumerate().map(|(index, report)| (report.revision, index)).collect();
    let mut found = Vec::new();
    for revising in revisings {
        let (Some(older), Some(newer)) = (index.get(&revising.older), index.get(&revising.newer)) else { continue };
        let corrects = |note: &&crate::revision::Note| note.kind == NoteKind::Correction && note.of == NoteOf::This;
        let note = revising.notes.iter().find(corrects).map(|note| of(reports[*newer], &note.words));
        if revising.noting == Noting::Unchanged {
            continue;
        }
        let pair = |before: Option<&Quoted>, after: Option<&Quoted>| -> Vec<Evidence> {
            let before = before.map(|words| of(reports[*older], words));
            note.clone().into_iter().chain(before).chain(after.map(|words| of(reports[*newer], words))).collect()
        };
        for change in revising.attributions.iter().filter(|change| change.older.is_some()) {
            let figure = change.fate == Fate::Changed && change.touched.contains(&Touched::Figure);
            let corrected = note.is_some()
                && (change.fate == Fate::Removed
                    || change.touched.iter().any(|one| matches!(one, Touched::Source | Touched::Act)));
            if figure || corrected {
                found.push(Taking {
                    by: *newer,
                    of: vec![*older],
                    taken: Taken::Parts { attributions: change.older.into_iter().collect(), ranges: Vec::new() },
                    evidence: pair(change.before.last(), change.after.last()),
                });
            }
        }
        let changes = revising.changes.iter().filter(|change| {
            let figure = change.class == ChangeClass::Figure && change.before.is_some() && change.after.is_some();
            change.place == Place::Text && (figure || (note.is_some() && change.class == ChangeClass::Removal))
        });
        for change in changes {
            let ranges: Vec<_> = change.older.into_iter().collect();
            found.push(Taking {
                by: *newer,
                of: vec![*older],
                taken: Taken::Parts { attributions: Vec::new(), ranges },
                evidence: pair(change.before.as_ref(), change.after.as_ref()),
            });
        }
    }
    found
}
