//! On what the reports of a claim hang: copies of the very passage that carries it, and whom they cite for it. Not the tree.

use std::collections::BTreeMap;

use onrecord_evidence::{Quoted, RevisionId};

use super::cite::{Cite, CiteKind};
use super::record::{Desk, Told, of};
use crate::copies::{Copying, Direction, Side, Taken};
use crate::position::{Evidence, Hanging, HangingKind, HangsOn, NewsroomKey, UtteranceKey};

type Edge = (RevisionId, HangsOn, HangingKind);
type Words = (Vec<UtteranceKey>, Vec<Evidence>);

/// The edges of a claim's reports, sorted.
pub(super) fn hangings(desk: &Desk<'_>, told: &[Told<'_>], of_line: &[UtteranceKey]) -> Vec<Hanging> {
    let mut edges: BTreeMap<Edge, Words> = BTreeMap::new();
    let mut by_report: BTreeMap<RevisionId, Vec<usize>> = BTreeMap::new();
    for (index, one) in told.iter().enumerate() {
        by_report.entry(one.report.revision).or_default().push(index);
    }
    for (from, members) in &by_report {
        for copying in desk.copyings.get(from).into_iter().flatten() {
            let (side, other) =
                if copying.first == *from { (Side::First, copying.second) } else { (Side::Second, copying.first) };
            let Some((on, kind)) = taken_from(desk, copying, side, other) else { continue };
            for index in members {
                if let Some(words) = passage(copying, side, &told[*index]) {
                    add(&mut edges, (*from, on.clone(), kind), &of_line[*index], words);
                }
            }
        }
        for cite in desk.cites_of(*from) {
            let kind = match cite.kind {
                CiteKind::Told => continue,
                CiteKind::FirstReportedBy => HangingKind::FirstReportedBy,
                CiteKind::Ground | CiteKind::Credit => HangingKind::Cites,
            };
            let meant = cite.to.and_then(|article| desk.of_article(article));
            let newsroom = || HangsOn::Newsroom(cite.outlet.clone());
            let on = meant.map_or_else(newsroom, |report| HangsOn::Report(report.revision));
            for index in members {
                let statement = told[*index].line.statement;
                let covers = |cite: &Cite| cite.covers(statement.attribution, &statement.ranges);
                // Who is named for these words beats who is credited with all of the text.
                let is_outdone = cite.kind == CiteKind::Credit
                    && desk.cites_of(*from).any(|other| other.kind == CiteKind::Ground && covers(other));
                if covers(cite) && !is_outdone {
                    add(&mut edges, (*from, on.clone(), kind), &of_line[*index], cite.words.clone());
                }
            }
        }
    }
    edges
        .into_iter()
        .map(|((report, on, kind), (mut utterances, mut evidence))| {
            utterances.sort();
            utterances.dedup();
            evidence.sort();
            evidence.dedup();
            Hanging { report, utterances, on, kind, evidence }
        })
        .collect()
}

fn add(edges: &mut BTreeMap<Edge, Words>, edge: Edge, utterance: &UtteranceKey, words: Evidence) {
    let (utterances, evidence) = edges.entry(edge).or_default();
    utterances.push(utterance.clone());
    evidence.push(words);
}

/// What the text on `side` was taken from, if it was.
fn taken_from(desk: &Desk<'_>, copying: &Copying, side: Side, other: RevisionId) -> Option<(HangsOn, HangingKind)> {
    match (&copying.direction, side) {
        (Direction::FirstFromSecond, Side::First) | (Direction::SecondFromFirst, Side::Second) => {
            Some((HangsOn::Report(other), HangingKind::Derived))
        }
        (Direction::Undetermined, Side::First) => Some((HangsOn::Report(other), HangingKind::DerivedEitherWay)),
        (Direction::Common(name), _) => {
            let newsroom = desk.newsrooms.named(name).unwrap_or_else(|| NewsroomKey::new(super::names::folded(name)));
            Some((HangsOn::Newsroom(newsroom), HangingKind::Derived))
        }
        _ => None,
    }
}

/// The words of a statement that stand in the other text as prose; a quotation that both have is no copy.
fn passage(copying: &Copying, side: Side, one: &Told<'_>) -> Option<Evidence> {
    let range = one
        .line
        .statement
        .ranges
        .iter()
        .copied()
        .find(|range| matches!(copying.taken(side, *range), Taken::Text(_)))?;
    let words = Quoted::new(&one.report.text, range).ok()?;
    Some(of(one.report, &words))
}
