//! Which attributions and parts of the text a citing edge covers. Not finding the edge.

use std::collections::BTreeSet;

use onrecord_evidence::{Quoted, TextRange};

use super::kind::{Citing, CitingKind};
use crate::Report;

/// A covered content of fewer bytes is a name for the story ("The talks") and no statement.
const STATEMENT: u32 = 30;

/// Which attributions and parts of the text an edge covers.
pub(super) fn cover(report: &Report, citing: &mut Citing, sentence: TextRange) {
    if matches!(citing.kind, CitingKind::Credit | CitingKind::Dateline) {
        return;
    }
    let records = &report.records;
    let start =
        records.partition_point(|record| record.cue.first().is_some_and(|cue| cue.range().start < sentence.start));
    let inside: Vec<usize> = (start..records.len())
        .take_while(|at| records[*at].cue.first().is_none_or(|cue| cue.range().start < sentence.end))
        .collect();
    let words = citing.words.range();
    let touches = |quoted: &[Quoted]| quoted.iter().any(|quoted| quoted.range().overlaps(words));
    let by_channel = |at: usize| {
        let relay = records[at].relay.as_ref().map(|relay| &relay.finding);
        relay.is_some_and(|relay| {
            relay.channels.iter().any(|channel| channel.words.overlaps(words))
                || relay.cites.is_some_and(|cites| cites.overlaps(words))
        })
    };
    let mut covered: Vec<usize> = inside
        .iter()
        .copied()
        .filter(|at| touches(&records[*at].source) || touches(&records[*at].cue) || by_channel(*at))
        .collect();
    if covered.is_empty() && citing.kind != CitingKind::FirstReportedBy {
        covered.clone_from(&inside);
    }
    let outer: BTreeSet<_> = covered.iter().map(|at| records[*at].id).collect();
    covered.extend(inside.iter().copied().filter(|at| records[*at].within.iter().any(|id| outer.contains(id))));
    covered.sort_unstable();
    covered.dedup();
    citing.statements = covered.iter().map(|at| records[*at].id).collect();
    let contents = covered.iter().flat_map(|at| &records[*at].content).map(Quoted::range);
    let mut reach: Vec<TextRange> = contents.filter(|range| range.len() >= STATEMENT).collect();
    reach.sort_unstable();
    reach.dedup();
    if reach.is_empty() && citing.kind != CitingKind::FirstReportedBy {
        reach.push(sentence);
    }
    citing.reach = reach;
}
