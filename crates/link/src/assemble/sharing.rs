//! One briefing, several newsrooms: which sayings of unnamed people may be of the same people. Not the counting of origins.

use std::collections::BTreeMap;

use onrecord_annotate::Act;
use onrecord_annotate::relay::SourceClass;
use onrecord_evidence::{Quoted, TextRange};
use onrecord_record::SourceKind;

use super::record::{Desk, Told, of};
use super::utterance::{APART_MS, out_ms};
use crate::position::{Evidence, PartyKind, Sharing, UtteranceKey};

/// Unnamed people whom several newsrooms heard, where one of them tells of a briefing, may be the same people.
pub(super) fn sharings(desk: &Desk<'_>, told: &[Told<'_>], of_line: &[UtteranceKey]) -> Vec<Sharing> {
    let mut vouched: BTreeMap<&UtteranceKey, (&Told<'_>, Option<Evidence>)> = BTreeMap::new();
    for (one, key) in told.iter().zip(of_line) {
        let is_official = one.record.is_some_and(|record| {
            matches!(&record.source_kind, SourceKind::Unnamed(unnamed) if !matches!(unnamed.class, SourceClass::Outlet | SourceClass::Document | SourceClass::Public))
        });
        if one.spoken.view.kind == PartyKind::Unnamed
            && one.act == Act::Affirm
            && is_official
            && vouched.len() < MOST_BRIEFED
        {
            vouched.entry(key).or_insert_with(|| (one, briefing(desk, one)));
        }
    }
    let all: Vec<_> = vouched.into_iter().collect();
    let mut found = Vec::new();
    for (index, (key, (one, words))) in all.iter().enumerate() {
        for (other_key, (other, other_words)) in &all[index + 1..] {
            let near = out_ms(one).zip(out_ms(other)).is_some_and(|(first, second)| (second - first).abs() <= APART_MS);
            let evidence: Vec<Evidence> = words.iter().chain(other_words).cloned().collect();
            if near && !evidence.is_empty() && one.report.outlet != other.report.outlet {
                found.push(Sharing { one: (*key).clone(), other: (*other_key).clone(), evidence });
            }
        }
    }
    found
}

/// Words of a report that tell of a briefing of several newsrooms.
fn briefing(desk: &Desk<'_>, one: &Told<'_>) -> Option<Evidence> {
    const BRIEFINGS: &[&str] = &[
        "told reporters",
        "at a briefing",
        "briefed reporters",
        "briefed journalists",
        "told journalists",
        "group of journalists",
        "group of reporters",
        "background briefing",
    ];
    let report = one.report;
    // Where somebody with a name briefs, it is not the unnamed people's briefing.
    let is_of_named = |place: TextRange| {
        report.records.iter().any(|record| {
            let named = desk.speakers.get(report, record).is_some_and(|spoken| spoken.view.kind == PartyKind::Named);
            named && record.sentence.range().contains(place)
        })
    };
    let found = BRIEFINGS.iter().flat_map(|phrase| report.text.match_indices(phrase)).filter_map(|(at, phrase)| {
        Some(TextRange::new(u32::try_from(at).ok()?, u32::try_from(at + phrase.len()).ok()?))
    });
    let place = found.into_iter().filter(|place| !is_of_named(*place)).min()?;
    Quoted::new(&report.text, place).ok().map(|words| of(report, &words))
}

/// Briefed sayings of one claim that are compared with each other.
const MOST_BRIEFED: usize = 32;
