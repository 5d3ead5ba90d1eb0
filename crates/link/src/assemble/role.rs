//! What parties are to a claim, by its own words: who is named in it, or whose office or side is. Nothing from outside of the words.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::PartyKind as Kind;
use onrecord_evidence::{Quoted, TextRange};

use super::names::{folded, is_common, is_of_side, words};
use super::record::{Told, of};
use super::seat::is_military;
use crate::position::{ClaimRole, Evidence, PartyKey, PartyKind, PartyView, RoleKind};

/// Statements whose words are looked at.
const MOST_STATEMENTS: usize = 64;
/// Beginnings of words for acts that somebody may be accused of.
const HARMS: &[&str] = &[
    "attack", "bomb", "blew", "blow", "kill", "shell", "shot", "shoot", "fire", "burn", "stole", "steal", "strike",
    "struck", "poison", "breach", "destroy", "sabotag", "threaten", "caus", "neglect", "abduct", "arrest", "tortur",
    "bribe", "order", "cut", "capture", "invad",
];
/// Beginnings of words for a conflict between sides.
const CONFLICT: &[&str] = &[
    "captur",
    "shell",
    "drone",
    "missile",
    "rocket",
    "artiller",
    "troop",
    "soldier",
    "army",
    "armies",
    "forces",
    "front",
    "frontline",
    "intercept",
    "shot",
    "positions",
    "offensive",
    "invad",
    "occup",
    "liberat",
    "warship",
    "bombard",
    "airstrike",
    "strike",
];

/// So many different words for a conflict show that a report is of one.
const FEWEST_CONFLICT: usize = 2;

/// The words of the statements that state the claim.
struct ClaimWords<'r> {
    words: Vec<(String, String, &'r Told<'r>, TextRange)>,
    lines: Vec<(String, &'r Told<'r>)>,
}

impl<'r> ClaimWords<'r> {
    fn of(told: &'r [Told<'r>]) -> Self {
        let mut found = Self { words: Vec::new(), lines: Vec::new() };
        for one in told.iter().filter(|one| one.states()).take(MOST_STATEMENTS) {
            for range in &one.line.statement.ranges {
                let Some(text) = range.slice(&one.report.text) else { continue };
                for (place, word) in words(text) {
                    let place = TextRange::new(range.start + place.start, range.start + place.end);
                    found.words.push((word.to_lowercase(), word.to_owned(), one, place));
                }
                found.lines.push((text.to_lowercase(), one));
            }
        }
        found
    }

    fn at(&self, word: &str) -> Option<(Evidence, bool)> {
        let index = self.words.iter().position(|(lower, ..)| lower == word)?;
        self.evidence(index)
    }

    fn of_side(&self, side: &str) -> Option<(Evidence, bool)> {
        let index = self.words.iter().position(|(_, written, ..)| is_of_side(written, side))?;
        self.evidence(index)
    }

    /// The word, and whether a word for harm follows it in its statement.
    fn evidence(&self, index: usize) -> Option<(Evidence, bool)> {
        let (_, _, told, place) = &self.words[index];
        let quoted = Quoted::new(&told.report.text, *place).ok()?;
        let behind = self.words[index..].iter().take_while(|(.., other, _)| std::ptr::eq(*other, *told));
        let harms = behind.skip(1).take(6).any(|(lower, ..)| HARMS.iter().any(|harm| lower.starts_with(harm)));
        Some((of(told.report, &quoted), harms))
    }

    fn phrase(&self, phrase: &str) -> Option<(Evidence, bool)> {
        let (_, told) = self.lines.iter().find(|(line, _)| line.contains(phrase))?;
        let first = phrase.split(' ').next()?;
        let index = self.words.iter().position(|(lower, _, other, _)| lower == first && std::ptr::eq(*other, *told))?;
        self.evidence(index)
    }
}

/// The roles of the parties, by party.
pub(super) fn roles(parties: &[PartyView], told: &[Told<'_>]) -> Vec<ClaimRole> {
    let words = ClaimWords::of(told);
    let mut found: BTreeMap<(PartyKey, RoleKind), BTreeSet<Evidence>> = BTreeMap::new();
    for view in parties.iter().filter(|view| view.kind != PartyKind::Unnamed) {
        let named = name_in(view, &words);
        if let Some((evidence, harms)) = named {
            let role = if harms { RoleKind::Accused } else { RoleKind::Participant };
            found.entry((view.party.clone(), role)).or_default().insert(evidence);
        }
        for spoken in &view.speaks_for {
            if let Some((evidence, harms)) = phrase_in(spoken.as_str(), &words) {
                let role = if harms { RoleKind::Accused } else { RoleKind::Participant };
                found.entry((spoken.clone(), role)).or_default().insert(evidence);
            }
        }
        let of_party = told.iter().filter(|one| one.spoken.view.party == view.party);
        let is_seat = of_party.clone().next().is_none() || of_party.clone().any(|one| speaks_for_side(one));
        if let Some((evidence, harms)) = view.side.as_deref().filter(|_| is_seat).and_then(|side| words.of_side(side)) {
            let role = if harms { RoleKind::Accused } else { RoleKind::Participant };
            found.entry((view.party.clone(), role)).or_default().insert(evidence);
        }
    }
    for view in parties.iter().filter(|view| view.kind == PartyKind::Named && !view.evidence.is_empty()) {
        if let Some(words) = holds_record(view.party.as_str(), &words) {
            let evidence = found.entry((view.party.clone(), RoleKind::RecordHolder)).or_default();
            evidence.extend(view.evidence.iter().take(1).cloned());
            evidence.insert(words);
        }
    }
    found
        .into_iter()
        .map(|((party, role), evidence)| ClaimRole { party, role, evidence: evidence.into_iter().collect() })
        .collect()
}

/// Bodies that keep the record of something, by words of their names, with beginnings of the words for it.
const RECORDS: &[(&[&str], &[&str])] = &[
    (
        &[
            "health",
            "hospital",
            "coroner",
            "civil protection",
            "rescue",
            "emergency",
            "emergencies",
            "ambulance",
            "morgue",
        ],
        &["kill", "dead", "death", "died", "injur", "wound", "missing", "toll", "bodies", "casualt"],
    ),
    (&["election", "elections", "electoral"], &["vote", "ballot", "turnout", "elect", "poll"]),
    (
        &["statistics", "statistical", "central bank", "treasury"],
        &["inflation", "unemploy", "growth", "deficit", "census"],
    ),
    (
        &["police", "prosecutor", "prosecutors", "court"],
        &["arrest", "detain", "charged", "convict", "sentenc", "indict"],
    ),
    (
        &["weather", "meteorological", "seismological", "geological"],
        &["quake", "magnitude", "wind", "rain", "temperature"],
    ),
    (&["registry", "register", "port authority", "aviation authority"], &["register", "licen", "flight", "berth"]),
];

/// The word of the claim of which a body keeps the record.
fn holds_record(name: &str, claim: &ClaimWords<'_>) -> Option<Evidence> {
    let spaced = format!(" {} ", name.split(" in art_").next().unwrap_or(name));
    let kept = RECORDS.iter().filter(|(bodies, _)| bodies.iter().any(|body| spaced.contains(&format!(" {body} "))));
    let mut found = kept.flat_map(|(_, beginnings)| *beginnings).filter_map(|beginning| {
        let index = claim.words.iter().position(|(lower, ..)| lower.starts_with(beginning))?;
        claim.evidence(index).map(|(evidence, _)| evidence)
    });
    found.next()
}

/// A government, a ministry, an army, or who speaks for one.
fn speaks_for_side(one: &Told<'_>) -> bool {
    matches!(one.spoken.what, Some(Kind::Government | Kind::Office | Kind::Institution | Kind::Group))
        || !one.spoken.stands_for.is_empty()
}

fn name_in(view: &PartyView, words: &ClaimWords<'_>) -> Option<(Evidence, bool)> {
    match &view.kind {
        PartyKind::Outlet(newsroom) => phrase_in(newsroom.as_str(), words),
        _ => phrase_in(view.party.as_str(), words),
    }
}

/// A name in the words: its last telling word for one of two words, like a person's; for others all of them. A description without a name
/// as a whole.
fn phrase_in(name: &str, words: &ClaimWords<'_>) -> Option<(Evidence, bool)> {
    let name = folded(name.split(" in art_").next().unwrap_or(name));
    let telling: Vec<&str> = name.split(' ').filter(|word| !is_common(word) && word.chars().count() > 2).collect();
    match telling.as_slice() {
        [] => words.phrase(&name),
        [one] => words.at(one),
        [_, last] => words.at(last),
        all => {
            let found: Option<Vec<_>> = all.iter().map(|word| words.at(word)).collect();
            found?.into_iter().next()
        }
    }
}

/// Pairs of sides of which a report says that they are allies: "Istrand, an ally of Saldria", "Saldria's ally Istrand".
pub(super) fn allies(parties: &[PartyView], told: &[Told<'_>]) -> Vec<(String, String)> {
    let sides: BTreeSet<&str> = parties.iter().filter_map(|view| view.side.as_deref()).collect();
    let mut found = BTreeSet::new();
    if sides.len() < 2 {
        return Vec::new();
    }
    for one in told.iter().take(MOST_STATEMENTS) {
        let all = words(&one.report.text);
        for (at, (_, word)) in all.iter().enumerate() {
            let is_ally = matches!(word.to_lowercase().as_str(), "ally" | "allies" | "allied");
            let denied = all[at.saturating_sub(3)..at]
                .iter()
                .any(|(_, word)| matches!(*word, "no" | "not" | "former" | "longer"));
            if !is_ally || denied {
                continue;
            }
            let near = all[at.saturating_sub(ALLY_REACH)..].iter().take(2 * ALLY_REACH + 1);
            let named: Vec<&str> =
                near.filter_map(|(_, word)| sides.iter().find(|side| is_of_side(word, side))).copied().collect();
            let (Some(first), Some(last)) = (named.iter().min(), named.iter().max()) else { continue };
            if first != last {
                found.insert(((*first).to_owned(), (*last).to_owned()));
            }
        }
    }
    found.into_iter().collect()
}

/// Words to either side of "ally" in which both are named.
const ALLY_REACH: usize = 4;

/// Keeps the sides of parties only where the claim is about a conflict: elsewhere an office that says something is no side of it.
pub(super) fn conflict_sides(parties: &mut [PartyView], told: &[Told<'_>]) {
    let is_conflict = told.iter().filter(|one| one.states()).take(MOST_STATEMENTS).any(|one| {
        let text = &one.report.text;
        let found: BTreeSet<&str> = words(text)
            .iter()
            .filter_map(|(_, word)| {
                CONFLICT.iter().find(|beginning| word.to_lowercase().starts_with(**beginning)).copied()
            })
            .collect();
        found.len() >= FEWEST_CONFLICT
    });
    for view in parties {
        let mut of_party = told.iter().filter(|one| one.spoken.view.party == view.party).peekable();
        // Who does not speak on the claim is there because somebody speaks for it.
        let seat = of_party.peek().is_none() || of_party.any(speaks_for_side);
        if !is_conflict || !seat || view.kind != PartyKind::Named {
            view.side = None;
        } else if view.side.is_none() && is_military(view.party.as_str()) {
            // Which side it is stays open; that it is one does not.
            view.side = Some(view.party.to_string());
        }
    }
}
