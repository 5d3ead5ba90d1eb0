//! What newsrooms no longer stand by: by their notes on other stories and on earlier texts, and where an attribution says so of a claim. Not
//! the finding of notes, and nothing where a note does not say which story it means.

use std::collections::BTreeSet;

use onrecord_annotate::Act;
use onrecord_evidence::{AttributionId, TextRange, Time};

use super::names::{folded, is_common, words};
use super::newsroom::Newsrooms;
use super::record::{Desk, Told};
use crate::Report;
use crate::position::{ClaimRecord, Evidence, PartyKind, Stance, UtteranceKey, Withdrawal};
use crate::revision::{NoteKind, NoteOf, notes};

/// What is taken back of reports.
pub(super) enum Taken {
    /// All that the newsroom vouches for itself.
    All,
    /// What has all of these words, whoever is credited.
    Wrong(Vec<String>),
    /// These attributions, and what the report says itself in these places.
    Parts { attributions: Vec<AttributionId>, ranges: Vec<TextRange> },
}

/// Words by which a newsroom takes something back.
pub(super) struct Taking {
    /// The report that says so.
    pub(super) by: usize,
    /// The reports that it means.
    pub(super) of: Vec<usize>,
    /// What of them.
    pub(super) taken: Taken,
    pub(super) evidence: Vec<Evidence>,
}

impl Taking {
    /// Whether a note of its own says so, and not the later text alone.
    pub(super) const fn is_note(&self) -> bool {
        !matches!(self.taken, Taken::Parts { .. })
    }

    /// Whether it means a statement of a report that it means.
    fn takes(&self, one: &Told<'_>) -> bool {
        let statement = one.line.statement;
        match &self.taken {
            Taken::All => true,
            Taken::Wrong(wrong) => {
                let said: BTreeSet<String> = words(&statement.words(&one.report.text))
                    .into_iter()
                    .map(|(_, word)| word.to_lowercase())
                    .collect();
                wrong.iter().all(|word| said.contains(word))
            }
            Taken::Parts { attributions, ranges } => match statement.attribution {
                Some(attribution) => attributions.contains(&attribution),
                None => ranges.iter().any(|range| statement.ranges.iter().any(|part| range.overlaps(*part))),
            },
        }
    }
}

/// The notes of all reports that withdraw or correct something of which the reports are at hand.
pub(super) fn takings(reports: &[&Report], newsrooms: &Newsrooms) -> Vec<Taking> {
    let mut found = Vec::new();
    for (by, report) in reports.iter().enumerate() {
        for note in notes(report) {
            let taken = match note.kind {
                NoteKind::Withdrawal if note.whole => Taken::All,
                NoteKind::Correction => Taken::Wrong(wrong(note.words.words())),
                _ => continue,
            };
            if matches!(&taken, Taken::Wrong(wrong) if wrong.is_empty()) {
                continue;
            }
            let own = |other: usize| {
                newsrooms.at(other).0 == newsrooms.at(by).0 && reports[other].revision != report.revision
            };
            let earlier = (0..by).filter(|other| own(*other));
            let of: Vec<usize> = match &note.of {
                NoteOf::This if note.kind == NoteKind::Correction => earlier.collect(),
                NoteOf::This => earlier.filter(|other| reports[*other].article == report.article).collect(),
                NoteOf::Story { date, headline } => {
                    let date = date.as_ref().map(|date| date.words());
                    let headline = headline.as_ref().map(|headline| headline.words());
                    earlier.filter(|other| is_meant(reports[*other], date, headline)).collect()
                }
            };
            if !of.is_empty() {
                let evidence = vec![super::record::of(report, &note.words)];
                found.push(Taking { by, of, taken, evidence });
            }
        }
    }
    found
}

/// Whether a story bears this headline, or was published on this day.
fn is_meant(report: &Report, date: Option<&str>, headline: Option<&str>) -> bool {
    if let Some(headline) = headline {
        let first = report.text.lines().next().unwrap_or("");
        let titles = [report.title.as_deref().unwrap_or(""), first];
        if titles.iter().any(|title| folded(title) == folded(headline)) {
            return true;
        }
        if date.is_none() {
            return false;
        }
    }
    let (Some(date), Some(day)) = (date, report.published.as_ref().and_then(Time::day)) else { return false };
    let month = day.strftime("%B").to_string().to_lowercase();
    let said: Vec<String> = words(date).into_iter().map(|(_, word)| word.to_lowercase()).collect();
    let number = day.day().to_string();
    said.contains(&number) && said.iter().any(|word| word.len() >= 3 && month.starts_with(word.as_str()))
}

/// The words behind "not" in a correction: "two, not 12", "was over the cable, not that it cut it".
fn wrong(note: &str) -> Vec<String> {
    const PLAIN: &[&str] = &[
        "that", "it", "he", "she", "they", "was", "were", "had", "has", "is", "as", "by", "from", "been", "stated",
        "reported", "said", "wrongly",
    ];
    let Some((_, behind)) = note.split_once(", not ") else { return Vec::new() };
    let clause = behind.split(['.', ';', ',']).next().unwrap_or("");
    let lower = words(clause).into_iter().map(|(_, word)| word.to_lowercase());
    lower.filter(|word| !is_common(word) && !PLAIN.contains(&word.as_str())).collect()
}

/// Adds the withdrawals to the reports of `record`.
///
/// A newsroom that withdraws takes back what it vouched for itself; one that corrects takes back what its earlier reports have in the words
/// that it calls wrong, whoever they credit, for then it is the crediting that was wrong.
pub(super) fn withdrawals(desk: &Desk<'_>, record: &mut ClaimRecord, told: &[Told<'_>], of_line: &[UtteranceKey]) {
    let reports: BTreeSet<usize> = told.iter().map(|one| one.line.report).collect();
    let mut known = BTreeSet::new();
    let takings = reports.iter().filter_map(|report| desk.takings.get(report)).flatten();
    for taking in takings.filter(|taking| known.insert((taking.by, &taking.evidence))) {
        let meant: BTreeSet<&UtteranceKey> = told
            .iter()
            .zip(of_line)
            .filter(|(one, _)| taking.of.contains(&one.line.report) && taking.takes(one))
            .map(|(_, key)| key)
            .collect();
        if meant.is_empty() {
            continue;
        }
        let is_whole = matches!(taking.taken, Taken::All);
        let utterances = if is_whole { Vec::new() } else { meant.into_iter().cloned().collect() };
        let withdrawal = Withdrawal { at: desk.out(taking.by), utterances, evidence: taking.evidence.clone() };
        for report in &mut record.reports {
            if desk.index_of(report.revision).is_some_and(|index| taking.of.contains(&index)) {
                report.withdrawals.push(withdrawal.clone());
            }
        }
    }
    for one in told {
        let (PartyKind::Outlet(newsroom), Act::Retract) = (&one.spoken.view.kind, one.act) else { continue };
        let printed = told.iter().any(|other| {
            other.line.report < one.line.report
                && desk.newsrooms.at(other.line.report).0 == *newsroom
                && Stance::of(other.act, false) == Stance::Affirms
        });
        let noted = desk.takers.contains(&one.line.report);
        if !printed || noted {
            continue;
        }
        let withdrawal =
            Withdrawal { at: desk.out(one.line.report), utterances: Vec::new(), evidence: one.evidence.clone() };
        for report in &mut record.reports {
            let earlier = desk.index_of(report.revision).is_some_and(|index| index < one.line.report);
            if report.newsroom == *newsroom && earlier {
                report.withdrawals.push(withdrawal.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_names_what_was_wrong() {
        let check = |note: &str, expect: &[&str]| assert_eq!(wrong(note), expect, "{note}");
        check("Corrects to say that it was two boats, not 12.", &["12"]);
        check("Corrects to say that the barge was near the bridge, not that it hit it.", &["hit"]);
        check("Corrects the spelling of a name.", &[]);
    }
}
